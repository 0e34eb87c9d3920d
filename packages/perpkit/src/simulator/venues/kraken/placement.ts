import { add, type Decimal, isGreater, mul, sub } from '../../../core/decimal.ts'
import { type EngineConditional, type EngineOrder, isRefusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { cancelReasonOf } from './endings.ts'
import { executionEvents, orderShape, placeEvent, rejectEvent, triggerShape } from './events.ts'
import { uuidOf } from './ids.ts'
import { iso, num, toTick } from './numbers.ts'
import { named, type OrderDraft, type TriggerDraft } from './orderDraft.ts'
import { marketProtection } from './rules.ts'
import { isOutsideCollar, isPositionTooLarge, wouldMeetItself } from './tradingRules.ts'
import { Failed, failedByEngine, type Verdict } from './verdict.ts'

/** Sends one order that could be read; what the venue says of it. */
export function place(handling: Handling, draft: OrderDraft): Verdict {
  if (isUsed(handling, draft.cliOrdId)) {
    throw new Failed('clientOrderIdAlreadyExist', named(draft.cliOrdId))
  }
  return draft.trigger ? placeTrigger(handling, draft, draft.trigger) : placePlain(handling, draft)
}

function placeTrigger(
  { accountId, engine }: Handling,
  draft: OrderDraft,
  trigger: TriggerDraft,
): Verdict {
  const { kind, price, source, trailingDistance, trailingRate } = trigger
  const { cliOrdId, limitPrice, listing, side } = draft
  const isStop = kind !== 'takeProfit'
  const placed = engine.placeConditional(accountId, {
    clientOrderId: cliOrdId,
    symbol: listing.engine.symbol,
    side,
    kind,
    orderType: limitPrice === undefined ? 'MARKET' : 'LIMIT',
    quantity: draft.size,
    ...(limitPrice !== undefined && { price: limitPrice }),
    timeInForce: limitPrice === undefined ? 'IOC' : 'GTC',
    reduceOnly: draft.reduceOnly,
    ...(price !== undefined && { triggerPrice: price }),
    triggerSource: source,
    triggerDirection: (side === 'BUY') === isStop ? 'rise' : 'fall',
    // Beyond its trigger already, it is activated at once: docs/wire/kraken.md 4.5.
    firesAtOnce: true,
    ...(trailingRate !== undefined && { trailingRate }),
    ...(trailingDistance !== undefined && { trailingDistance }),
    ...(draft.limitOffset && { venueData: { limitOffset: draft.limitOffset } }),
  })
  if (isRefusal(placed)) throw failed(failedByEngine(placed), cliOrdId)
  return {
    status: 'placed',
    orderId: placed.conditionalId,
    ...named(cliOrdId),
    orderEvents: [triggerPlaced(placed)],
  }
}

function triggerPlaced(conditional: EngineConditional): Record<string, unknown> {
  const { createdAt } = conditional
  return { type: 'PLACE', orderTrigger: triggerShape({ ...conditional, updatedAt: createdAt }) }
}

function placePlain(handling: Handling, draft: OrderDraft): Verdict {
  const { accountId, engine } = handling
  const { cliOrdId, limitPrice, listing, side, size } = draft
  const { symbol } = listing.engine
  if (!engine.isTrading(symbol)) throw new Failed('marketSuspended', named(cliOrdId))
  const limit = limitPrice ?? protectionOf(handling, draft)
  const terms = { symbol, side, size, limit }
  if (!draft.reduceOnly && isPositionTooLarge(handling, terms)) {
    throw new Failed('maxPositionViolation', named(cliOrdId))
  }
  if (limitPrice !== undefined && isOutsideCollar(handling, terms)) {
    throw new Failed('outsidePriceCollar', named(cliOrdId))
  }
  if (wouldMeetItself(handling, terms)) throw meetsItself(handling, draft, limit)
  const placed = engine.placeOrder(accountId, {
    clientOrderId: cliOrdId,
    symbol,
    side,
    type: limitPrice === undefined ? 'MARKET' : 'LIMIT',
    quantity: size,
    ...(limitPrice === undefined ? { worstPrice: limit } : { price: limitPrice }),
    timeInForce: draft.timeInForce,
    reduceOnly: draft.reduceOnly,
  })
  if (isRefusal(placed)) throw failed(failedByEngine(placed), cliOrdId)
  return verdictOver(handling, placed, sub(size, placed.quantity))
}

/** The venue's word for an order the engine has taken in: docs/wire/kraken.md 5.4. */
function verdictOver(handling: Handling, order: EngineOrder, cut: Decimal): Verdict {
  const ids = { orderId: order.orderId, ...named(order.clientOrderId) }
  const fills = handling.engine
    .fills(handling.accountId)
    .filter(({ orderId }) => orderId === order.orderId)
  const orderEvents: unknown[] = executionEvents(order, fills, { before: '0', cut })
  if (order.status === 'NEW' || order.status === 'PARTIALLY_FILLED') {
    return { status: 'placed', ...ids, orderEvents: [...orderEvents, placeEvent(order, cut)] }
  }
  if (fills.length > 0) return { status: 'placed', ...ids, orderEvents }
  const reason = cancelReasonOf(order)
  const rejected = rejectEvent(orderShape(order), reason.error, order.orderId)
  return { status: reason.status, ...ids, orderEvents: [rejected] }
}

/** A buy may trade 1 % through the best ask, a sell as much through the best bid. */
function protectionOf({ engine }: Handling, { listing, side }: OrderDraft): Decimal {
  const { symbol, tickSize } = listing.engine
  const { ask, bid, mark } = engine.prices(symbol)
  const touch = (price: Decimal): Decimal => (isGreater(price, '0') ? price : mark)
  return side === 'BUY'
    ? toTick(mul(touch(ask), add('1', marketProtection)), tickSize, 'down')
    : toTick(mul(touch(bid), sub('1', marketProtection)), tickSize, 'up')
}

/** The one refusal with an id and an event that the engine does not know of. */
function meetsItself(handling: Handling, draft: OrderDraft, limit: Decimal): Failed {
  const { cliOrdId, listing, orderType, reduceOnly, side, size } = draft
  const at = iso(handling.clock.now())
  const orders = handling.engine.orders(handling.accountId).length
  const orderId = uuidOf(`selfFill ${handling.accountId} ${orders} ${at} ${cliOrdId}`)
  const order = {
    orderId,
    cliOrdId: cliOrdId === '' ? null : cliOrdId,
    type: orderType === 'mkt' ? 'ioc' : orderType,
    symbol: listing.native,
    side: side === 'BUY' ? 'buy' : 'sell',
    quantity: num(size),
    filled: 0,
    limitPrice: num(limit),
    reduceOnly,
    timestamp: at,
    lastUpdateTimestamp: at,
  }
  const orderEvents = [rejectEvent(order, 'WOULD_EXECUTE_SELF', orderId)]
  return new Failed('selfFill', { orderId, ...named(cliOrdId), orderEvents })
}

function failed(error: Failed, cliOrdId: string): Failed {
  return new Failed(error.verdict.status, named(cliOrdId))
}

function isUsed({ accountId, engine }: Handling, cliOrdId: string): boolean {
  if (cliOrdId === '') return false
  const all = [...engine.orders(accountId), ...engine.conditionals(accountId)]
  return all.some(({ clientOrderId }) => clientOrderId === cliOrdId)
}
