import type { FuturesExchange } from 'perpkit'
import type { WireIds } from './evidence.ts'

/** One unified call, asked of every exchange with the same arguments. */
export interface WireCase<Id extends string = string> {
  readonly id: Id
  readonly title: string
  readonly run: (exchange: FuturesExchange, ids: WireIds) => Promise<unknown>
}

/** When the cases take place: 2025-11-22 08:00 UTC. */
export const WIRE_TIME = 1_763_798_400_000

const SYMBOL = 'BTCUSDT'
const MINUTE = 60_000
/** A Monday, the first of a month, and a multiple of three days since the epoch. */
const JULY = Date.UTC(2024, 6, 1)

/** The numbered cases. An id never changes its meaning; new ones are added at the end. */
export const wireCases = [
  define('W-01', 'connectivity', (exchange) => exchange.testConnectivity()),
  define('W-02', 'instruments', async (exchange) =>
    (await exchange.getInstruments()).map(({ symbol, nativeSymbol, isTrading }) => [
      symbol,
      nativeSymbol,
      isTrading,
    ]),
  ),
  define('W-03', 'ticker', (exchange) => exchange.getTicker(SYMBOL)),
  define('W-04', 'order book', (exchange) => exchange.getOrderBook(SYMBOL, { depth: 20 })),
  define('W-05', 'klines with times', async (exchange) => {
    const startTime = WIRE_TIME - 50 * MINUTE
    const endTime = WIRE_TIME - 40 * MINUTE
    return (await exchange.getKlines(SYMBOL, '5m', { startTime, endTime })).objects()
  }),
  define('W-06', 'account', (exchange) => exchange.getAccountInfo()),
  define('W-07', 'positions of a symbol', (exchange) => exchange.getPositionInfo(SYMBOL)),
  define('W-08', 'leverage get', (exchange) => exchange.getLeverage(SYMBOL)),
  define('W-09', 'leverage set', (exchange) => exchange.setLeverage(SYMBOL, 7)),
  define('W-10', 'market buy', (exchange) =>
    exchange.createMarketOrder(SYMBOL, 'BUY', '0.01', { clientOrderId: 'wire-10' }),
  ),
  define('W-11', 'market sell, reduce-only', (exchange) =>
    exchange.createMarketOrder(SYMBOL, 'SELL', '0.02', {
      clientOrderId: 'wire-11',
      reduceOnly: true,
    }),
  ),
  define('W-12', 'limit buy, good till cancelled', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59500.1', { clientOrderId: 'wire-12' }),
  ),
  define('W-13', 'limit sell, post-only', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'SELL', '0.01', '60500.1', {
      clientOrderId: 'wire-13',
      timeInForce: 'GTX',
    }),
  ),
  define('W-14', 'limit buy, immediate or cancel', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '60000.1', {
      clientOrderId: 'wire-14',
      timeInForce: 'IOC',
    }),
  ),
  define('W-15', 'stop-loss of a long, on the mark price', (exchange) =>
    exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'MARK',
      clientOrderId: 'wire-15',
    }),
  ),
  define('W-16', 'stop-loss of a short, on the last price', (exchange) =>
    exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      clientOrderId: 'wire-16',
    }),
  ),
  define('W-17', 'take-profit of a long', (exchange) =>
    exchange.createTakeProfitOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      clientOrderId: 'wire-17',
    }),
  ),
  define('W-18', 'take-profit of a short', (exchange) =>
    exchange.createTakeProfitOrder({
      symbol: SYMBOL,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'MARK',
      clientOrderId: 'wire-18',
    }),
  ),
  define('W-19', 'get by id', (exchange, { order }) =>
    exchange.getOrder({ symbol: SYMBOL, orderId: order }),
  ),
  define('W-20', 'get by client id', (exchange) =>
    exchange.getOrder({ symbol: SYMBOL, clientOrderId: 'wire-12' }),
  ),
  define('W-21', 'get conditional by id', (exchange, { conditional }) =>
    exchange.getOrder({ symbol: SYMBOL, orderId: conditional }),
  ),
  define('W-22', 'open orders of a symbol', (exchange) => exchange.getOpenOrders(SYMBOL)),
  define('W-23', 'cancel plain', (exchange, { order }) => exchange.cancelOrder(SYMBOL, order)),
  define('W-24', 'cancel conditional', (exchange, { conditional }) =>
    exchange.cancelOrder(SYMBOL, conditional),
  ),
  define('W-25', 'cancel all', (exchange) => exchange.cancelAllOrders(SYMBOL)),
  define('W-26', 'close position', (exchange) => exchange.closePosition(SYMBOL)),
  define('W-27', 'limit buy, fill or kill', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '60000.1', {
      clientOrderId: 'wire-27',
      timeInForce: 'FOK',
    }),
  ),
  define('W-28', 'symbol precision', (exchange) => exchange.getSymbolPrecision(SYMBOL)),
  define('W-29', 'stop-loss on the index price', (exchange) =>
    exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'INDEX',
      clientOrderId: 'wire-29',
    }),
  ),
  define('W-30', 'open orders of all symbols', (exchange) => exchange.getOpenOrders()),
  define('W-31', 'positions of all symbols', (exchange) => exchange.getPositions()),
  define('W-32', 'klines of every interval', async (exchange) => {
    const options = { startTime: JULY, endTime: JULY }
    for (const interval of exchange.capabilities.klineIntervals) {
      await exchange.getKlines(SYMBOL, interval, options)
    }
  }),
  define('W-33', 'stop order that may open', (exchange) =>
    exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      reduceOnly: false,
      clientOrderId: 'wire-33',
    }),
  ),
  define('W-34', 'get conditional that has triggered', (exchange, { conditional }) =>
    exchange.getOrder({ symbol: SYMBOL, orderId: conditional }),
  ),
  define('W-35', 'get conditional by client id', (exchange) =>
    exchange.getOrder({ symbol: SYMBOL, clientOrderId: 'wire-15' }),
  ),
  define('W-36', 'leverage set to what it is', (exchange) => exchange.setLeverage(SYMBOL, 20)),
  define('W-37', 'cancel of an order that has ended', (exchange, { order }) =>
    exchange.cancelOrder(SYMBOL, order),
  ),
  define('W-38', 'limit buy, the answer alone', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59500.1', {
      clientOrderId: 'wire-38',
      awaitFill: false,
    }),
  ),
  define('W-39', 'post-only that would trade', (exchange) =>
    exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '60500.1', {
      clientOrderId: 'wire-39',
      timeInForce: 'GTX',
    }),
  ),
  define('W-40', 'market buy without the margin for it', (exchange) =>
    exchange.createMarketOrder(SYMBOL, 'BUY', '100', { clientOrderId: 'wire-40' }),
  ),
  define('W-41', 'stop-loss the market has passed', (exchange) =>
    exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '61000',
      triggerSource: 'LAST',
      clientOrderId: 'wire-41',
    }),
  ),
  define('W-42', 'get of an order nobody has seen', (exchange, { order }) =>
    exchange.getOrder({ symbol: SYMBOL, orderId: order }),
  ),
] as const

export type CaseId = (typeof wireCases)[number]['id']

function define<const Id extends string>(
  id: Id,
  title: string,
  run: WireCase['run'],
): WireCase<Id> {
  return { id, title, run }
}
