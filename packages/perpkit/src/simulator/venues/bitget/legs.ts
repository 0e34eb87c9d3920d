import type { Decimal } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, PositionView, Refusal } from '../../engine/types.ts'
import { keepNotes, type Notes, readNotes, type Watched } from './notes.ts'

// Legs: take-profits and stops that belong to a position and end with it (docs/wire/bitget.md 4.6,
// 12.5).

export type Goal = 'takeProfit' | 'stopLoss'

/** When a leg fires and what it becomes. */
export interface LegTerms {
  goal: Goal
  trigger: Decimal
  watched: Watched
  /** Absent: at market. */
  limitPrice: Decimal | undefined
}

/** What a leg covers and is called. */
export interface LegCover {
  /** Absent: the whole position, and as it changes. */
  quantity: Decimal | undefined
  clientOrderId?: string
  group?: string
  notes: Partial<Notes>
  /** Where the trigger holds already, it fires at once. */
  firesAtOnce?: boolean
}

/** The account's position in a contract. */
export function positionOf(
  engine: Engine,
  accountId: string,
  symbol: string,
): PositionView | undefined {
  return engine.positions(accountId).find((position) => position.symbol === symbol)
}

/** Plans that wait, of one contract. */
export function waiting(engine: Engine, accountId: string, symbol: string): EngineConditional[] {
  return engine.openConditionals(accountId).filter((row) => row.symbol === symbol)
}

/** The leg that covers the whole position. */
export function wholeLeg(
  engine: Engine,
  position: Pick<PositionView, 'accountId' | 'symbol' | 'side'>,
  goal: Goal,
): EngineConditional | undefined {
  const planType = goal === 'takeProfit' ? 'pos_profit' : 'pos_loss'
  return waiting(engine, position.accountId, position.symbol).find(
    (row) => readNotes(row.venueData).planType === planType,
  )
}

export function placeLeg(
  engine: Engine,
  position: PositionView,
  terms: LegTerms,
  cover: LegCover,
): EngineConditional | Refusal {
  const isLong = position.side === 'LONG'
  const { goal, limitPrice, trigger, watched } = terms
  const { clientOrderId = '', firesAtOnce = false, group, notes, quantity } = cover
  const isTake = goal === 'takeProfit'
  const sized = isTake ? 'profit_plan' : 'loss_plan'
  const whole = isTake ? 'pos_profit' : 'pos_loss'
  return engine.placeConditional(position.accountId, {
    clientOrderId,
    symbol: position.symbol,
    side: isLong ? 'SELL' : 'BUY',
    kind: isTake ? 'takeProfit' : 'stop',
    orderType: limitPrice === undefined ? 'MARKET' : 'LIMIT',
    quantity: quantity ?? '0',
    ...(limitPrice === undefined ? {} : { price: limitPrice }),
    timeInForce: limitPrice === undefined ? 'IOC' : 'GTC',
    reduceOnly: true,
    closePosition: quantity === undefined,
    endsWithPosition: true,
    triggerPrice: trigger,
    triggerSource: watched,
    triggerDirection: isLong === isTake ? 'rise' : 'fall',
    ...(firesAtOnce ? { firesAtOnce } : {}),
    ...(group === undefined ? {} : { group }),
    venueData: keepNotes({ ...notes, planType: quantity === undefined ? whole : sized }),
  })
}

/** A name for a new group of legs. */
export function nextGroup(engine: Engine, accountId: string): string {
  return `pair ${engine.conditionals(accountId).length + 1}`
}
