import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Fields,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { type ConditionalOrder, readConditionalOrder, toOrderId } from './algoRow.ts'
import { directionOf, reduceOnlyFlag, targetSide, tradeMode } from './direction.ts'
import { onInstrument } from './limits.ts'
import { type Page, type PageRequest, pageQuery, readPage } from './pages.ts'
import { findInstrument, requireInstrument, toContracts } from './symbols.ts'
import { sideTokens, triggerSourceTokens } from './tokens.ts'

// Conditional orders live outside the book, with ids of their own (docs/wire/okx.md 4.4).

/** Margin and position are looked at when it fires, not now. */
export function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  return call(algoPlacement, intent)
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-place-algo-order */
const algoPlacement: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v5/trade/order-algo',
  access: 'trade',
  effect: 'once',
  cost: ({ instrument }) => onInstrument('POST trade/order-algo', instrument),
  encode(intent) {
    return {
      json: {
        instId: intent.instrument.nativeSymbol,
        tdMode: tradeMode(intent),
        side: sideTokens[intent.side],
        posSide: targetSide(intent),
        // Never `trigger`, which cannot be reduce-only.
        ordType: 'conditional',
        ...(intent.closePosition
          ? { closeFraction: WHOLE_POSITION }
          : { sz: toContracts(intent.quantity, intent.instrument) }),
        ...legFields(intent),
        reduceOnly: reduceOnlyFlag(intent),
        algoClOrdId: intent.clientOrderId,
      },
    }
  },
  decode(answer, intent) {
    const { type, stopPrice, closePosition } = intent
    const order = readAlgoReceipt(answer.at('data').at(0), intent, { type, stopPrice })
    return closePosition ? withRaw({ ...order, quantity: '0', closePosition }, order.raw) : order
  },
}

/** The only fraction there is. */
const WHOLE_POSITION = '1'

/** The answer tells the id alone: the rest is what was asked for. */
export function readAlgoReceipt(
  receipt: Reader,
  intent: ConditionalOrderIntent | TrailingOrderIntent,
  told: Pick<FuturesOrder, 'type' | 'stopPrice' | 'callbackRate' | 'activationPrice'>,
): FuturesOrder {
  return withRaw(
    {
      orderId: toOrderId(receipt.at('algoId').id()),
      clientOrderId: intent.clientOrderId,
      symbol: intent.instrument.symbol,
      nativeSymbol: intent.instrument.nativeSymbol,
      ...directionOf(intent),
      quantity: intent.quantity,
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      ...told,
    },
    receipt.value,
  )
}

/** One leg only: with both, the exchange executes the stop and drops the other in silence. */
export function legFields({
  type,
  stopPrice,
  triggerSource,
}: Pick<ConditionalOrderIntent, 'type' | 'stopPrice' | 'triggerSource'>): Fields {
  const source = triggerSourceTokens[triggerSource]
  return type === 'STOP_MARKET'
    ? { slTriggerPx: stopPrice, slTriggerPxType: source, slOrdPx: MARKET_PRICE }
    : { tpTriggerPx: stopPrice, tpTriggerPxType: source, tpOrdPx: MARKET_PRICE }
}

/** As the price of a leg: a market order. */
export const MARKET_PRICE = '-1'

/** Which conditional order is meant, in the exchange's own words. */
export type AlgoKey = { algoId: string } | { algoClOrdId: string }

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-details */
export const algoDetails: Endpoint<AlgoKey, ConditionalOrder> = {
  method: 'GET',
  path: '/api/v5/trade/order-algo',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/order-algo': 1 },
  encode(key) {
    return { query: { ...key } }
  },
  decode(answer, _key, { instruments, receivedAt }) {
    const row = answer.at('data').at(0)
    return readConditionalOrder(row, requireInstrument(row, instruments), receivedAt)
  },
}

/** One list holds the first two kinds together, and each other kind needs a request of its own. */
export const ALGO_KINDS = ['conditional,oco', 'trigger', 'move_order_stop'] as const

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-list */
export const pendingAlgos: Endpoint<PageRequest, Page<ConditionalOrder>> = {
  method: 'GET',
  path: '/api/v5/trade/orders-algo-pending',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/orders-algo-pending': 1 },
  encode(request) {
    return { query: pageQuery(request) }
  },
  decode(answer, _params, { instruments, receivedAt }) {
    return readPage(answer, 'algoId', receivedAt, (row) => {
      const instrument = findInstrument(row, instruments)
      return instrument && readConditionalOrder(row, instrument, receivedAt)
    })
  },
}

/** The most conditional orders one call cancels. */
export const ALGO_CANCELLATIONS_AT_ONCE = 10

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-cancel-algo-order */
export const algosCancellation: Endpoint<
  { instrument: Instrument; algoIds: readonly string[] },
  void
> = {
  method: 'POST',
  path: '/api/v5/trade/cancel-algos',
  access: 'trade',
  effect: 'idempotent',
  cost: ({ algoIds }) => ({ 'POST trade/cancel-algos': algoIds.length }),
  encode({ instrument, algoIds }) {
    return { json: algoIds.map((algoId) => ({ instId: instrument.nativeSymbol, algoId })) }
  },
  decode(answer) {
    for (const row of answer.at('data').items()) row.at('algoId').id()
  },
  unchanged() {},
}

/**
 * Of the last three months, each state in a list of its own: `filter` names it.
 * https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-history
 */
export const algoHistory: Endpoint<PageRequest, Page<ConditionalOrder>> = {
  ...pendingAlgos,
  path: '/api/v5/trade/orders-algo-history',
  cost: { 'GET trade/orders-algo-history': 1 },
}
