import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { Handling } from '../../server/types.ts'
import { scaled } from './decimals.ts'
import { priceInvalid } from './errors.ts'
import { type Fields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { Refused } from './replies.ts'
import { readPrice } from './sizes.ts'
import { type TriggerBy, triggerSources } from './triggers.ts'

// Take-profit and stop-loss as order/create, order/amend and position/trading-stop spell them:
// docs/wire/bybit.md 4.4 and 4.5.

export const protectionTable = {
  takeProfit: 'string',
  stopLoss: 'string',
  tpslMode: 'string',
  tpTriggerBy: 'string',
  slTriggerBy: 'string',
  tpOrderType: 'string',
  slOrderType: 'string',
  tpLimitPrice: 'string',
  slLimitPrice: 'string',
} as const

export type ProtectionName = keyof typeof protectionTable

export type Goal = 'takeProfit' | 'stopLoss'

/** One side of a protection. */
export interface LegTerms {
  goal: Goal
  /** `'0'` takes the leg away. */
  trigger: Decimal
  triggerBy: TriggerBy
  /** Absent for a market order. */
  limitPrice: Decimal | undefined
}

export interface Protection {
  mode: 'Full' | 'Partial'
  /** What was sent, take-profit first. */
  legs: readonly LegTerms[]
}

const modes = ['Full', 'Partial'] as const

const legTypes = ['Market', 'Limit'] as const

const names = {
  takeProfit: { type: 'tpOrderType', limit: 'tpLimitPrice', source: 'tpTriggerBy' },
  stopLoss: { type: 'slOrderType', limit: 'slLimitPrice', source: 'slTriggerBy' },
} as const

/** Reads what was sent; sides are not looked at yet. */
export function readProtection(
  handling: Handling,
  fields: Fields<ProtectionName>,
  listing: Listing,
): Protection {
  const mode = readToken(handling, fields, 'tpslMode', modes)
  const goals: readonly Goal[] = ['takeProfit', 'stopLoss']
  const legs = goals
    .map((goal) => readLeg(handling, fields, listing, goal, mode))
    .filter((leg) => leg !== undefined)
  return { mode: mode ?? 'Full', legs }
}

/**
 * Refuses a leg on the wrong side of `base`, the price the venue compares with; texts of
 * docs/wire/bybit.md 4.5.
 */
export function refuseWrongSide(leg: LegTerms, side: 'LONG' | 'SHORT', base: Decimal): void {
  const isAbove = (side === 'LONG') === (leg.goal === 'takeProfit')
  const isRight = isAbove ? isGreater(leg.trigger, base) : isLess(leg.trigger, base)
  if (isRight) return
  throw wrongSide(leg.goal === 'takeProfit' ? 'TakeProfit' : 'StopLoss', leg, side, base)
}

/** The text for a price on the wrong side; `what` as it begins. */
export function wrongSide(
  what: 'TakeProfit' | 'StopLoss' | 'TrailingProfit',
  leg: { trigger: Decimal; triggerBy: TriggerBy },
  side: 'LONG' | 'SHORT',
  base: Decimal,
): Refused {
  const position = side === 'LONG' ? 'Buy' : 'Sell'
  const phrase =
    what === 'StopLoss'
      ? { LONG: 'should lower than', SHORT: 'should greater' }[side]
      : { LONG: 'should be higher than', SHORT: 'should be lower than' }[side]
  return new Refused(
    10001,
    `${what}:${scaled(leg.trigger, 4)} set for ${position} position ${phrase} ` +
      `base_price:${scaled(base, 4)}??${leg.triggerBy}`,
  )
}

function readLeg(
  handling: Handling,
  fields: Fields<ProtectionName>,
  listing: Listing,
  goal: Goal,
  mode: 'Full' | 'Partial' | undefined,
): LegTerms | undefined {
  const { limit, source, type } = names[goal]
  const orderType = readToken(handling, fields, type, legTypes)
  const limitText = fields.text(limit)
  const triggerBy = readToken(handling, fields, source, triggerSources) ?? 'LastPrice'
  if (mode === undefined && (orderType !== undefined || limitText !== undefined)) {
    throw new Refused(10001, `${type} can not have a value when tpSlMode is empty`)
  }
  const isLimit = orderType === 'Limit'
  if (mode !== 'Partial' && isLimit) {
    throw new Refused(10001, `${type} only support Market when tpSlMode is Full`)
  }
  const given = fields.text(goal)
  if (given === undefined) return undefined
  const trigger = Number(given) === 0 ? '0' : readPrice(listing, given)
  const limitPrice = isLimit ? readPrice(listing, limitText) : undefined
  if (trigger === undefined || (isLimit && limitPrice === undefined)) throw priceInvalid()
  return { goal, trigger, triggerBy, limitPrice }
}
