import {
  abs,
  add,
  type Decimal,
  div,
  isGreater,
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
  type PositionView,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { type Code, Refused, refusedByEngine } from './errors.ts'
import { fees } from './instruments.ts'
import type { OrderDraft } from './orderDraft.ts'

/** Holds an order against the trading rules: docs/wire/okx.md 4.2 and 4.6. */
export function checkDraft({ accountId, engine }: Handling, draft: OrderDraft): void {
  const { clOrdId, listing, price, quantity, reduceOnly, side } = draft
  const { symbol } = listing.engine
  if (!engine.isTrading(symbol)) throw new Refused('51022')
  const open = engine.openOrders(accountId)
  if (clOrdId !== '' && open.some((order) => order.clientOrderId === clOrdId)) {
    throw new Refused('51016')
  }
  if (reduceOnly) {
    refuseOversized(engine, accountId, { symbol, side, quantity, price })
    return
  }
  refuseTurnOver(engine, accountId, draft)
  if (draft.type === 'MARKET') refuseDearMarket(engine, accountId, draft)
}

/** Places an order that {@link checkDraft} has let pass. */
export function place({ accountId, engine }: Handling, draft: OrderDraft): EngineOrder {
  const { listing, price, worstPrice } = draft
  const placed = engine.placeOrder(accountId, {
    clientOrderId: draft.clOrdId,
    symbol: listing.engine.symbol,
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
  symbol: string
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
  const { price, quantity, side, symbol } = reducing
  const position = positionOf(engine, accountId, symbol)
  if (!position) throw new Refused('51169')
  if ((position.side === 'LONG') === (side === 'BUY')) throw new Refused('51170')
  const ahead =
    price === undefined
      ? []
      : reducingOrders(engine, accountId, symbol, side)
          .filter((order) => order.orderId !== reducing.orderId)
          .filter((order) => !isBetter(side, price, order.price ?? price))
          .map((order) => sub(order.quantity, order.executedQuantity))
  if (isGreater(add(sum(ahead), quantity), position.size)) throw new Refused(oversized)
}

export function positionOf(
  engine: Engine,
  accountId: string,
  symbol: string,
): PositionView | undefined {
  return engine.positions(accountId).find((position) => position.symbol === symbol)
}

/** Reduce-only orders that rest on that side. */
export function reducingOrders(
  engine: Engine,
  accountId: string,
  symbol: string,
  side: EngineSide,
): EngineOrder[] {
  return engine
    .openOrders(accountId)
    .filter((order) => order.reduceOnly && order.symbol === symbol && order.side === side)
}

/** Whether `price` trades before `other` on that side of the book. */
function isBetter(side: EngineSide, price: Decimal, other: Decimal): boolean {
  return side === 'BUY' ? isGreater(price, other) : isGreater(other, price)
}

/** An order that would turn the position over would leave reduce-only orders on the wrong side. */
function refuseTurnOver(engine: Engine, accountId: string, draft: OrderDraft): void {
  const { listing, quantity, side, type } = draft
  const { symbol } = listing.engine
  const position = positionOf(engine, accountId, symbol)
  if (!position || (position.side === 'LONG') === (side === 'BUY')) return
  if (!isGreater(quantity, position.size)) return
  if (reducingOrders(engine, accountId, symbol, side).length === 0) return
  throw new Refused('51206', type === 'MARKET' ? 'market' : 'limit')
}

/** While a market order is checked, 5 % more margin is asked of it. */
function refuseDearMarket(engine: Engine, accountId: string, draft: OrderDraft): void {
  const { listing, quantity, side } = draft
  const { settleAsset, symbol } = listing.engine
  const position = positionOf(engine, accountId, symbol)
  const size = position?.size ?? '0'
  const signed = position?.side === 'SHORT' ? negate(size) : size
  const after = side === 'BUY' ? add(signed, quantity) : sub(signed, quantity)
  const increase = sub(abs(after), size)
  if (!isGreater(increase, '0')) return
  const { ask, bid } = engine.prices(symbol)
  const notional = mul(increase, side === 'BUY' ? ask : bid)
  const leverage = String(engine.leverage(accountId, symbol))
  const required = add(div(mul(notional, '1.05'), leverage), mul(notional, fees.taker))
  const { availableBalance } = engine.margin(accountId, settleAsset)
  if (isGreater(required, availableBalance)) throw new Refused('51008', settleAsset)
}
