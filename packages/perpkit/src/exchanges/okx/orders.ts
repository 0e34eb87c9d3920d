import type {
  Call,
  Endpoint,
  JsonValue,
  OrderKey,
  PlainOrderIntent,
} from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { directionOf, reduceOnlyFlag, targetSide, tradeMode } from './direction.ts'
import { onInstrument } from './limits.ts'
import { type BookOrder, readOrder } from './orderRow.ts'
import { type Page, type PageRequest, pageQuery, readPage } from './pages.ts'
import { findInstrument, requireInstrument, toContracts } from './symbols.ts'
import { limitOrderTokens, sideTokens } from './tokens.ts'
import { legFields } from './triggers.ts'

// The order book. Conditional orders are a store of their own (triggers.ts) and enter it when they
// fire.

/** The answer is a receipt: neither state nor price. */
export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(orderPlacement, intent)
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-order */
const orderPlacement: Endpoint<PlainOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v5/trade/order',
  access: 'trade',
  effect: 'once',
  cost: ({ instrument }) => ({
    'new orders': 1,
    ...onInstrument('POST trade/order', instrument),
  }),
  encode(intent) {
    return { json: orderFields(intent) }
  },
  decode(answer, intent) {
    return readReceipt(answer.at('data').at(0), intent)
  },
}

/** A new order of the book, alone or in a batch. */
export function orderFields(intent: PlainOrderIntent): Record<string, JsonValue | undefined> {
  const { instrument, side, type, quantity, price, timeInForce, clientOrderId, stopLoss } = intent
  const isLimit = type === 'LIMIT'
  return {
    instId: instrument.nativeSymbol,
    tdMode: tradeMode(intent),
    clOrdId: clientOrderId,
    side: sideTokens[side],
    posSide: targetSide(intent),
    ordType: isLimit ? limitOrderTokens[timeInForce ?? 'GTC'] : 'market',
    px: isLimit ? price : undefined,
    sz: toContracts(quantity, instrument),
    reduceOnly: reduceOnlyFlag(intent),
    // Without a client id of its own: that of the entry would name two orders, and one made of it need
    // not fit into the 32 characters there are (docs/wire/okx.md 4.5).
    attachAlgoOrds: stopLoss && [legFields({ type: 'STOP_MARKET', ...stopLoss })],
  }
}

/** The answer tells the id alone: the rest is what was asked for. */
export function readReceipt(receipt: Reader, intent: PlainOrderIntent): FuturesOrder {
  const isLimit = intent.type === 'LIMIT'
  return withRaw(
    {
      orderId: receipt.at('ordId').id(),
      clientOrderId: intent.clientOrderId,
      symbol: intent.instrument.symbol,
      nativeSymbol: intent.instrument.nativeSymbol,
      ...directionOf(intent),
      type: intent.type,
      quantity: intent.quantity,
      price: isLimit ? (intent.price ?? '0') : '0',
      status: 'NEW',
      executedQty: '0',
      timeInForce: isLimit ? (intent.timeInForce ?? 'GTC') : 'IOC',
    },
    receipt.value,
  )
}

/**
 * By client order id it is the newest of that id.
 * https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-details
 */
export const orderDetails: Endpoint<OrderKey, BookOrder> = {
  method: 'GET',
  path: '/api/v5/trade/order',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/order': 1 },
  encode({ instrument, orderId, clientOrderId }) {
    const instId = instrument.nativeSymbol
    return {
      query:
        orderId === undefined ? { instId, clOrdId: clientOrderId } : { instId, ordId: orderId },
    }
  },
  decode(answer, _params, { instruments }) {
    const row = answer.at('data').at(0)
    return readOrder(row, requireInstrument(row, instruments))
  },
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-list */
export const pendingOrders: Endpoint<PageRequest, Page<BookOrder>> = {
  method: 'GET',
  path: '/api/v5/trade/orders-pending',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/orders-pending': 1 },
  encode(request) {
    return { query: pageQuery(request) }
  },
  decode(answer, _params, { instruments, receivedAt }) {
    return readPage(answer, 'ordId', receivedAt, (row) => {
      const instrument = findInstrument(row, instruments)
      return instrument && readOrder(row, instrument)
    })
  },
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-order */
export const orderCancellation: Endpoint<{ instrument: Instrument; orderId: string }, void> = {
  method: 'POST',
  path: '/api/v5/trade/cancel-order',
  access: 'trade',
  effect: 'idempotent',
  cost: ({ instrument }) => onInstrument('POST trade/cancel-order', instrument),
  encode({ instrument, orderId }) {
    return { json: { instId: instrument.nativeSymbol, ordId: orderId } }
  },
  decode(answer) {
    answer.at('data').at(0).at('ordId').id()
  },
  // It is being cancelled by an earlier call.
  unchanged() {},
}

/** The most orders one call cancels. */
export const CANCELLATIONS_AT_ONCE = 20

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-multiple-orders */
export const ordersCancellation: Endpoint<
  { instrument: Instrument; orderIds: readonly string[] },
  void
> = {
  method: 'POST',
  path: '/api/v5/trade/cancel-batch-orders',
  access: 'trade',
  effect: 'idempotent',
  // A batch of one is counted as a single cancellation (docs/wire/okx.md 7).
  cost: ({ instrument, orderIds: { length } }) =>
    onInstrument(
      `POST trade/cancel-${length === 1 ? 'order' : 'batch-orders'}`,
      instrument,
      length,
    ),
  encode({ instrument, orderIds }) {
    return { json: orderIds.map((ordId) => ({ instId: instrument.nativeSymbol, ordId })) }
  },
  decode(answer) {
    for (const row of answer.at('data').items()) row.at('ordId').id()
  },
  unchanged() {},
}
