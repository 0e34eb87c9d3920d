import {
  abs,
  add,
  type Decimal,
  div,
  isGreater,
  isPositive,
  min,
  mul,
  negate,
  sub,
  sum,
} from '../../../core/decimal.ts'
import {
  type Engine,
  type EngineOrder,
  type EngineSide,
  isRefusal,
  type PositionLeg,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { type Code, Refused, refusedByEngine } from './errors.ts'
import { fees } from './instruments.ts'
import { closersOn, isClosing, legFrom, positionOn } from './legs.ts'
import type { OrderDraft } from './orderDraft.ts'

/** Holds an order against the trading rules: docs/wire/okx.md 4.2 and 4.6. */
export function checkDraft({ accountId, engine }: Handling, draft: OrderDraft): void {
  const { clOrdId, leg, price, quantity, reduceOnly, side } = draft
  if (!engine.isTrading(leg.symbol)) throw new Refused('51022')
  const open = engine.openOrders(accountId)
  if (clOrdId !== '' && open.some((order) => order.clientOrderId === clOrdId)) {
    throw new Refused('51016')
  }
  if (reduceOnly) {
    refuseOversized(engine, accountId, { leg, side, quantity, price })
    return
  }
  if (isClosing({ ...leg, side, reduceOnly })) {
    if (!positionOn(engine, accountId, leg)) throw new Refused('51169')
    return
  }
  if (leg.positionSide === undefined) refuseTurnOver(engine, accountId, draft)
  if (draft.type === 'MARKET') refuseDearMarket(engine, accountId, draft)
}

/** Places an order that {@link checkDraft} has let pass. */
export function place({ accountId, engine }: Handling, draft: OrderDraft): EngineOrder {
  const { leg, price, worstPrice } = draft
  if (leg.positionSide !== undefined) makeRoom(engine, accountId, draft)
  const placed = engine.placeOrder(accountId, {
    clientOrderId: draft.clOrdId,
    ...legFrom(leg),
    side: draft.side,
    type: draft.type,
    quantity: draft.quantity,
    ...(price === undefined ? {} : { price }),
    ...(worstPrice === undefined ? {} : { worstPrice }),
    timeInForce: draft.timeInForce,
    reduceOnly: draft.reduceOnly,
    venueData: draft.notes,
  })
  if (isRefusal(placed)) throw refusedByEngine(placed, 'place')
  return placed
}

/** An order that may only make the position smaller. */
export interface Reducing {
  leg: PositionLeg
  side: EngineSide
  /** What of it is not filled. */
  quantity: Decimal
  /** Absent for market orders, which nothing is ahead of. */
  price: Decimal | undefined
  /** The order itself, when it rests already. */
  orderId?: string
}

/**
 * With the reduce-only orders ahead of it in price and time an order may not exceed the position;
 * else it is refused whole.
 */
export function refuseOversized(
  engine: Engine,
  accountId: string,
  reducing: Reducing,
  oversized: Code = '51112',
): void {
  const { leg, price, quantity, side } = reducing
  const position = positionOn(engine, accountId, leg)
  if (!position) throw new Refused('51169')
  if ((position.side === 'LONG') === (side === 'BUY')) throw new Refused('51170')
  const ahead =
    price === undefined
      ? []
      : closersOn(engine, accountId, leg, side)
          .filter((order) => order.orderId !== reducing.orderId)
          .filter((order) => !isBetter(side, price, order.price ?? price))
          .map(leftOf)
  if (isGreater(add(sum(ahead), quantity), position.size)) throw new Refused(oversized)
}

/**
 * In long/short mode a closing order may have any size: of those that rest behind it, the first that
 * no longer fits is made smaller. What lies further behind goes, which the engine sees to.
 */
function makeRoom(engine: Engine, accountId: string, draft: OrderDraft): void {
  const { leg, price, side } = draft
  const position = positionOn(engine, accountId, leg)
  if (!position || !isClosing({ ...leg, side, reduceOnly: false })) return
  const ranked = closersOn(engine, accountId, leg, side).sort((a, b) => rank(side, a, b))
  const isAhead = (order: EngineOrder): boolean =>
    price !== undefined && !isBetter(side, price, order.price ?? price)
  let room = sub(position.size, sum(ranked.filter(isAhead).map(leftOf)))
  room = sub(room, min(draft.quantity, room))
  for (const order of ranked.filter((resting) => !isAhead(resting))) {
    const left = leftOf(order)
    if (isGreater(left, room)) {
      if (!isPositive(room)) return
      const quantity = add(order.executedQuantity, room)
      const cut = engine.amendOrder(accountId, order.orderId, { quantity })
      if (isRefusal(cut)) throw refusedByEngine(cut, 'amend')
      return
    }
    room = sub(room, left)
  }
}

function rank(side: EngineSide, a: EngineOrder, b: EngineOrder): number {
  const [first, second] = [a.price ?? '0', b.price ?? '0']
  if (isBetter(side, first, second)) return -1
  return isBetter(side, second, first) ? 1 : a.sequence - b.sequence
}

function leftOf({ executedQuantity, quantity }: EngineOrder): Decimal {
  return sub(quantity, executedQuantity)
}

/** Whether `price` trades before `other` on that side of the book. */
function isBetter(side: EngineSide, price: Decimal, other: Decimal): boolean {
  return side === 'BUY' ? isGreater(price, other) : isGreater(other, price)
}

/** An order that would turn the position over would leave reduce-only orders on the wrong side. */
function refuseTurnOver(engine: Engine, accountId: string, draft: OrderDraft): void {
  const { leg, quantity, side, type } = draft
  const position = positionOn(engine, accountId, leg)
  if (!position || (position.side === 'LONG') === (side === 'BUY')) return
  if (!isGreater(quantity, position.size)) return
  if (closersOn(engine, accountId, leg, side).length === 0) return
  throw new Refused('51206', type === 'MARKET' ? 'market' : 'limit')
}

/** While a market order is checked, 5 % more margin is asked of it. */
function refuseDearMarket(engine: Engine, accountId: string, draft: OrderDraft): void {
  const { leg, listing, quantity, side } = draft
  const { settleAsset } = listing.engine
  const position = positionOn(engine, accountId, leg)
  const size = position?.size ?? '0'
  const signed = position?.side === 'SHORT' ? negate(size) : size
  const after = side === 'BUY' ? add(signed, quantity) : sub(signed, quantity)
  const increase = sub(abs(after), size)
  if (!isGreater(increase, '0')) return
  const { ask, bid } = engine.prices(leg.symbol)
  const notional = mul(increase, side === 'BUY' ? ask : bid)
  const leverage = String(engine.leverage(accountId, leg.symbol, leg))
  const required = add(div(mul(notional, '1.05'), leverage), mul(notional, fees.taker))
  const { availableBalance } = engine.margin(accountId, settleAsset)
  if (isGreater(required, availableBalance)) throw new Refused('51008', settleAsset)
}
