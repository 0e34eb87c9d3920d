import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import {
  type Engine,
  type EngineConditional,
  type EngineSide,
  isRefusal,
  type MarginMode,
  type PositionSide,
  type PriceKind,
  type Refusal,
} from '../../engine/types.ts'
import type { Listing } from './contracts.ts'
import { emptyField, stopLossPassed, takeProfitPassed, triggerOffTick } from './errors.ts'
import { plain } from './figures.ts'
import type { Form } from './form.ts'
import { keepNotes, type LegNotes, noLeg, type OrderNotes } from './notes.ts'
import { matchPrice, type PriceMatch } from './pricing.ts'
import { sidePart } from './sides.ts'

// Take-profit and stop-loss, as conditional orders of their own and attached to an entry:
// docs/wire/htx.md 4.4, 4.10 and 4.11.

export type Goal = 'tp' | 'sl'

export interface Leg {
  goal: Goal
  trigger: Decimal
  type: 'market' | 'limit' | Exclude<PriceMatch, 'opponent'>
  /** Of a limit order. */
  orderPrice: Decimal | undefined
  source: 'last' | 'mark'
}

export const legNames: readonly string[] = ['tp', 'sl'].flatMap((goal) => [
  `${goal}_trigger_price`,
  `${goal}_order_price`,
  `${goal}_type`,
  `${goal}_trigger_price_type`,
])

const legTypes = ['market', 'limit', 'optimal_5', 'optimal_10', 'optimal_20'] as const

// `market` stands for the mark price in one table of the venue's documentation.
const sources = ['last', 'mark', 'market'] as const

/** Reads one leg; `undefined` when nothing of it was sent. */
export function readLeg(form: Form, listing: Listing, goal: Goal): Leg | undefined {
  const { tickSize } = listing.engine
  const offTick = (name: string): Error => triggerOffTick(name, tickSize)
  const trigger = form.price(`${goal}_trigger_price`, tickSize, offTick)
  const type = form.token(`${goal}_type`, legTypes)
  const source = form.token(`${goal}_trigger_price_type`, sources)
  const orderPrice = readOrderPrice(form, listing, goal)
  if (trigger === undefined) {
    if ((type ?? source ?? orderPrice) === undefined) return undefined
    throw emptyField(`${goal}_trigger_price`)
  }
  if (type === 'limit' && orderPrice === undefined) throw emptyField(`${goal}_order_price`)
  return {
    goal,
    trigger,
    type: type ?? 'market',
    orderPrice: type === 'limit' ? orderPrice : undefined,
    source: source === undefined || source === 'last' ? 'last' : 'mark',
  }
}

/** Refuses a leg on the wrong side of `base`; `side` is that of the closing order. */
export function refusePassed(leg: Leg, side: EngineSide, base: Decimal): void {
  const isAbove = (side === 'SELL') === (leg.goal === 'tp')
  const isRight = isAbove ? isGreater(leg.trigger, base) : isLess(leg.trigger, base)
  if (isRight) return
  const bound = `${isAbove ? 'lower' : 'higher'} than or equal to ${plain(base)}`
  throw leg.goal === 'tp' ? takeProfitPassed(bound) : stopLossPassed(bound)
}

/** Conditional orders to be placed: one leg, or two of which one ends the other. */
export interface LegOrder {
  accountId: string
  symbol: string
  side: EngineSide
  marginMode: MarginMode
  /** Hedge mode only. */
  positionSide?: PositionSide
  quantity: Decimal
  legs: readonly Leg[]
  clientId: string
  /** Of the entry they came with; their triggers may have been passed meanwhile. */
  entryOrderId?: string
}

/** Places the legs; the conditional order whose id stands for all of them. */
export function placeLegs(engine: Engine, order: LegOrder): EngineConditional | Refusal {
  const { legs } = order
  const [first, second] = legs
  if (!first) throw new Error('no leg to place')
  const group = second ? `tpsl ${engine.conditionals(order.accountId).length + 1}` : undefined
  const primary = placeLeg(engine, order, first, { group, primaryId: '' })
  if (isRefusal(primary) || !second) return primary
  const partner = placeLeg(engine, order, second, { group, primaryId: primary.conditionalId })
  if (!isRefusal(partner)) return primary
  engine.cancelConditional(order.accountId, primary.conditionalId)
  return partner
}

/** The two sets of leg fields as notes. */
export function legNotes(legs: readonly Leg[]): Pick<OrderNotes, 'tp' | 'sl'> {
  const noteOf = (goal: Goal): LegNotes => {
    const leg = legs.find((one) => one.goal === goal)
    if (!leg) return noLeg
    return {
      trigger: plain(leg.trigger),
      orderPrice: leg.orderPrice === undefined ? '0' : plain(leg.orderPrice),
      type: leg.type,
      source: leg.source,
    }
  }
  return { tp: noteOf('tp'), sl: noteOf('sl') }
}

const kinds: Readonly<Record<Leg['source'], PriceKind>> = { last: 'last', mark: 'mark' }

function placeLeg(
  engine: Engine,
  order: LegOrder,
  leg: Leg,
  place: { group: string | undefined; primaryId: string },
): EngineConditional | Refusal {
  const { accountId, entryOrderId, legs, marginMode, quantity, side, symbol } = order
  const own = { marginMode, ...sidePart(order.positionSide) }
  const [first, second] = legs
  const price = provisionalPrice(engine, order, leg)
  return engine.placeConditional(accountId, {
    // The second leg of a pair has no name of its own.
    clientOrderId: place.primaryId === '' ? order.clientId : '',
    symbol,
    side,
    ...own,
    kind: leg.goal === 'tp' ? 'takeProfit' : 'stop',
    orderType: leg.type === 'market' ? 'MARKET' : 'LIMIT',
    quantity,
    ...(price === undefined ? {} : { price }),
    timeInForce: leg.type === 'market' ? 'IOC' : 'GTC',
    // In hedge mode the two sides say so.
    reduceOnly: order.positionSide === undefined,
    triggerPrice: leg.trigger,
    triggerSource: kinds[leg.source],
    triggerDirection: (side === 'SELL') === (leg.goal === 'tp') ? 'rise' : 'fall',
    ...(entryOrderId === undefined ? {} : { firesAtOnce: true }),
    ...(place.group === undefined ? {} : { group: place.group }),
    venueData: keepNotes({
      algoType: second ? 'tpsl' : (first?.goal ?? leg.goal),
      primaryId: place.primaryId,
      entryOrderId: entryOrderId ?? '',
      priceMatch: leg.type === 'market' || leg.type === 'limit' ? '' : leg.type,
      leverRate: engine.leverage(accountId, symbol, own),
      ...legNotes(legs),
    }),
  })
}

/** A matched price is found again when the leg fires; the trigger stands in where there is none. */
function provisionalPrice(engine: Engine, order: LegOrder, leg: Leg): Decimal | undefined {
  if (leg.type === 'market') return undefined
  if (leg.type === 'limit') return leg.orderPrice
  return matchPrice(engine, order.symbol, order.side, leg.type) ?? leg.trigger
}

function readOrderPrice(form: Form, listing: Listing, goal: Goal): Decimal | undefined {
  const name = `${goal}_order_price`
  // `0` is how a market leg reads back.
  if (Number(form.text(name) ?? '0') === 0) return undefined
  return form.price(name, listing.engine.tickSize, (wrong) =>
    triggerOffTick(wrong, listing.engine.tickSize),
  )
}
