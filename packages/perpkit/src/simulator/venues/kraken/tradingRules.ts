import {
  add,
  type Decimal,
  isGreater,
  isLess,
  mul,
  negate,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { EngineSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { listingOf } from './instruments.ts'

// What is held against an order before the engine sees it: docs/wire/kraken.md 5.4.

/** Share of the mark beyond which an order that would execute is refused. */
const collar = '0.1'

/** An order as it would stand in the book, its remainder in the case of one that stands there. */
export interface OrderTerms {
  /** Of one that stands in the book already. */
  orderId?: string
  symbol: string
  side: EngineSide
  size: Decimal
  limit: Decimal
}

export function isOutsideCollar(
  { engine }: Handling,
  { limit, side, symbol }: OrderTerms,
): boolean {
  const { ask, bid, mark } = engine.prices(symbol)
  return side === 'BUY'
    ? !isLess(limit, ask) && isGreater(limit, mul(mark, add('1', collar)))
    : !isGreater(limit, bid) && isLess(limit, mul(mark, sub('1', collar)))
}

/** The position must not outgrow the contract's limit, open orders of the same side included. */
export function isPositionTooLarge(
  { accountId, engine }: Handling,
  { orderId, side, size, symbol }: OrderTerms,
): boolean {
  const { maxQuantity } = listingOf(symbol).engine
  const position = engine.positions(accountId).find((one) => one.symbol === symbol)
  const signed = position?.side === 'SHORT' ? negate(position.size) : (position?.size ?? '0')
  const standing = side === 'BUY' ? signed : negate(signed)
  const open = engine
    .openOrders(accountId)
    .filter((order) => order.symbol === symbol && order.side === side && !order.reduceOnly)
    .filter((order) => order.orderId !== orderId)
    .map((order) => sub(order.quantity, order.executedQuantity))
  return isGreater(sum([standing, size, ...open]), maxQuantity)
}

/** Whether an order would come to the account's own order on the other side (`REJECT_TAKER`). */
export function wouldMeetItself({ accountId, engine }: Handling, order: OrderTerms): boolean {
  const { limit, side, size, symbol } = order
  const isWithin = (price: Decimal): boolean =>
    side === 'BUY' ? !isGreater(price, limit) : !isLess(price, limit)
  const isBetter = (price: Decimal, than: Decimal): boolean =>
    side === 'BUY' ? isLess(price, than) : isGreater(price, than)
  let own: Decimal | undefined
  for (const other of engine.openOrders(accountId)) {
    if (other.symbol !== symbol || other.side === side || other.price === undefined) continue
    if (!isWithin(other.price)) continue
    if (own === undefined || isBetter(other.price, own)) own = other.price
  }
  if (own === undefined) return false
  const nearest = own
  const { asks, bids } = engine.depth(symbol, Number.MAX_SAFE_INTEGER)
  const ahead = (side === 'BUY' ? asks : bids).filter(([price]) => isBetter(price, nearest))
  return isGreater(size, sum(ahead.map(([, quantity]) => quantity)))
}
