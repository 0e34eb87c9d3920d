import type { FuturesExchange } from 'perpkit'
import type { CaseIds } from './evidence.ts'

/** One unified call, asked of every exchange with the same arguments. */
export interface WireCase<Id extends string = string> {
  readonly id: Id
  readonly title: string
  readonly run: (exchange: FuturesExchange, ids: CaseIds) => Promise<unknown>
}

/** When the cases take place: 2025-11-22 08:00 UTC. */
export const WIRE_TIME = 1_763_798_400_000

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** A Monday, the first of a month, and a multiple of three days since the epoch. */
const JULY = Date.UTC(2024, 6, 1)

/** A stop and nothing else, and nobody who looks after it. */
const ALONE = { quantity: '0.02', takeProfits: [], supervise: false } as const
const LONG = { side: 'SELL', stopPrice: '58000' } as const
const SHORT = { side: 'BUY', stopPrice: '62000' } as const
/** The last price is the one that stops which come with their entry watch everywhere. */
const OPENED = { ...ALONE, ...LONG, triggerSource: 'LAST' } as const

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
  define('W-03', 'ticker', (exchange, { symbol }) => exchange.getTicker(symbol)),
  define('W-04', 'order book', (exchange, { symbol }) =>
    exchange.getOrderBook(symbol, { depth: 20 }),
  ),
  define('W-05', 'klines with times', async (exchange, { symbol }) => {
    const startTime = WIRE_TIME - 50 * MINUTE
    const endTime = WIRE_TIME - 40 * MINUTE
    return (await exchange.getKlines(symbol, '5m', { startTime, endTime })).objects()
  }),
  define('W-06', 'account', (exchange) => exchange.getAccountInfo()),
  define('W-07', 'positions of a symbol', (exchange, { symbol }) =>
    exchange.getPositionInfo(symbol),
  ),
  define('W-08', 'leverage get', (exchange, { symbol }) => exchange.getLeverage(symbol)),
  define('W-09', 'leverage set', (exchange, { symbol }) => exchange.setLeverage(symbol, 7)),
  define('W-10', 'market buy', (exchange, { symbol, client }) =>
    exchange.createMarketOrder(symbol, 'BUY', '0.01', { clientOrderId: client('wire-10') }),
  ),
  define('W-11', 'market sell, reduce-only', (exchange, { symbol, client }) =>
    exchange.createMarketOrder(symbol, 'SELL', '0.02', {
      clientOrderId: client('wire-11'),
      reduceOnly: true,
    }),
  ),
  define('W-12', 'limit buy, good till cancelled', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'BUY', '0.01', '59500.1', {
      clientOrderId: client('wire-12'),
    }),
  ),
  define('W-13', 'limit sell, post-only', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'SELL', '0.01', '60500.1', {
      clientOrderId: client('wire-13'),
      timeInForce: 'GTX',
    }),
  ),
  define('W-14', 'limit buy, immediate or cancel', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'BUY', '0.01', '60000.1', {
      clientOrderId: client('wire-14'),
      timeInForce: 'IOC',
    }),
  ),
  define('W-15', 'stop-loss of a long, on the mark price', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'MARK',
      clientOrderId: client('wire-15'),
    }),
  ),
  define('W-16', 'stop-loss of a short, on the last price', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      clientOrderId: client('wire-16'),
    }),
  ),
  define('W-17', 'take-profit of a long', (exchange, { symbol, client }) =>
    exchange.createTakeProfitOrder({
      symbol,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      clientOrderId: client('wire-17'),
    }),
  ),
  define('W-18', 'take-profit of a short', (exchange, { symbol, client }) =>
    exchange.createTakeProfitOrder({
      symbol,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'MARK',
      clientOrderId: client('wire-18'),
    }),
  ),
  define('W-19', 'get by id', (exchange, { symbol, order }) =>
    exchange.getOrder({ symbol, orderId: order }),
  ),
  define('W-20', 'get by client id', (exchange, { symbol, client }) =>
    exchange.getOrder({ symbol, clientOrderId: client('wire-12') }),
  ),
  define('W-21', 'get conditional by id', (exchange, { symbol, conditional }) =>
    exchange.getOrder({ symbol, orderId: conditional }),
  ),
  define('W-22', 'open orders of a symbol', (exchange, { symbol }) =>
    exchange.getOpenOrders(symbol),
  ),
  define('W-23', 'cancel plain', (exchange, { symbol, order }) =>
    exchange.cancelOrder(symbol, order),
  ),
  define('W-24', 'cancel conditional', (exchange, { symbol, conditional }) =>
    exchange.cancelOrder(symbol, conditional),
  ),
  define('W-25', 'cancel all', (exchange, { symbol }) => exchange.cancelAllOrders(symbol)),
  define('W-26', 'close position', (exchange, { symbol }) => exchange.closePosition(symbol)),
  define('W-27', 'limit buy, fill or kill', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'BUY', '0.01', '60000.1', {
      clientOrderId: client('wire-27'),
      timeInForce: 'FOK',
    }),
  ),
  define('W-28', 'symbol precision', (exchange, { symbol }) => exchange.getSymbolPrecision(symbol)),
  define('W-29', 'stop-loss on the index price', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '58000',
      triggerSource: 'INDEX',
      clientOrderId: client('wire-29'),
    }),
  ),
  define('W-30', 'open orders of all symbols', (exchange) => exchange.getOpenOrders()),
  define('W-31', 'positions of all symbols', (exchange) => exchange.getPositions()),
  define('W-32', 'klines of every interval', async (exchange, { symbol }) => {
    const options = { startTime: JULY, endTime: JULY }
    for (const interval of exchange.capabilities.klineIntervals) {
      await exchange.getKlines(symbol, interval, options)
    }
  }),
  define('W-33', 'stop order that may open', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '62000',
      triggerSource: 'LAST',
      reduceOnly: false,
      clientOrderId: client('wire-33'),
    }),
  ),
  define('W-34', 'get conditional that has triggered', (exchange, { symbol, conditional }) =>
    exchange.getOrder({ symbol, orderId: conditional }),
  ),
  define('W-35', 'get conditional by client id', (exchange, { symbol, client }) =>
    exchange.getOrder({ symbol, clientOrderId: client('wire-15') }),
  ),
  define('W-36', 'leverage set to what it is', (exchange, { symbol }) =>
    exchange.setLeverage(symbol, 20),
  ),
  define('W-37', 'cancel of an order that has ended', (exchange, { symbol, order }) =>
    exchange.cancelOrder(symbol, order),
  ),
  define('W-38', 'limit buy, the answer alone', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'BUY', '0.01', '59500.1', {
      clientOrderId: client('wire-38'),
      awaitFill: false,
    }),
  ),
  define('W-39', 'post-only that would trade', (exchange, { symbol, client }) =>
    exchange.createLimitOrder(symbol, 'BUY', '0.01', '60500.1', {
      clientOrderId: client('wire-39'),
      timeInForce: 'GTX',
    }),
  ),
  define('W-40', 'market buy without the margin for it', (exchange, { symbol, client }) =>
    exchange.createMarketOrder(symbol, 'BUY', '100', { clientOrderId: client('wire-40') }),
  ),
  define('W-41', 'stop-loss the market has passed', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '61000',
      triggerSource: 'LAST',
      clientOrderId: client('wire-41'),
    }),
  ),
  define('W-42', 'get of an order nobody has seen', (exchange, { symbol, order }) =>
    exchange.getOrder({ symbol, orderId: order }),
  ),
  define('W-43', 'trades', (exchange, { symbol }) => exchange.getTrades(symbol, { limit: 20 })),
  define('W-44', 'running funding rate', (exchange, { symbol }) => exchange.getFundingRate(symbol)),
  define('W-45', 'funding rates of two days', (exchange, { symbol }) =>
    exchange.getFundingRateHistory(symbol, {
      startTime: WIRE_TIME - 2 * DAY,
      endTime: WIRE_TIME,
      limit: 50,
    }),
  ),
  define('W-46', 'open interest', (exchange, { symbol }) => exchange.getOpenInterest(symbol)),
  define('W-47', 'margin mode get', (exchange, { symbol }) => exchange.getMarginMode(symbol)),
  define('W-48', 'margin mode set to isolated', (exchange, { symbol }) =>
    exchange.setMarginMode(symbol, 'ISOLATED'),
  ),
  define('W-49', 'position mode get', (exchange) => exchange.getPositionMode()),
  define('W-50', 'position mode set to hedge', (exchange) => exchange.setPositionMode('HEDGE')),
  define('W-51', 'fee rates', (exchange, { symbol }) => exchange.getFeeRates(symbol)),
  define('W-52', 'market buy in hedge mode', (exchange, { symbol, client }) =>
    exchange.createMarketOrder(symbol, 'BUY', '0.01', {
      clientOrderId: client('wire-52'),
      positionSide: 'LONG',
      awaitFill: false,
    }),
  ),
  define('W-53', 'market sell that closes a long in hedge mode', (exchange, { symbol, client }) =>
    exchange.createMarketOrder(symbol, 'SELL', '0.01', {
      clientOrderId: client('wire-53'),
      positionSide: 'LONG',
      awaitFill: false,
    }),
  ),
  define('W-54', 'stop-loss of a short in hedge mode', (exchange, { symbol, client }) =>
    exchange.createStopLossOrder({
      symbol,
      side: 'BUY',
      quantity: '0.01',
      stopPrice: '62000',
      positionSide: 'SHORT',
      triggerSource: 'MARK',
      clientOrderId: client('wire-54'),
    }),
  ),
  define('W-55', 'limit buy with isolated margin', async (exchange, { symbol, client }) => {
    await exchange.setMarginMode(symbol, 'ISOLATED')
    return exchange.createLimitOrder(symbol, 'BUY', '0.01', '59500.1', {
      clientOrderId: client('wire-55'),
      awaitFill: false,
    })
  }),
  define('W-56', 'trailing stop of a long', (exchange, { symbol, client }) =>
    exchange.createTrailingStopOrder({
      symbol,
      side: 'SELL',
      quantity: '0.01',
      callbackRate: '0.015',
      activationPrice: '61000',
      triggerSource: 'LAST',
      clientOrderId: client('wire-56'),
    }),
  ),
  define('W-57', 'batch, one of two refused', async (exchange, { symbol, client }) => {
    const limit = {
      type: 'LIMIT',
      symbol,
      side: 'BUY',
      quantity: '0.01',
      awaitFill: false,
    } as const
    const results = await exchange.createOrders([
      { ...limit, price: '59500.1', clientOrderId: client('wire-57a') },
      { ...limit, price: '59400.1', clientOrderId: client('wire-57b') },
    ])
    return results.map((result) =>
      result.outcome === 'done' ? result.order.status : [result.outcome, result.error.code],
    )
  }),
  define('W-58', 'amend of price and quantity', (exchange, { symbol, order }) =>
    exchange.amendOrder({ symbol, orderId: order, price: '59400.1', quantity: '0.02' }),
  ),
  define('W-59', 'amend of a trigger price', (exchange, { symbol, conditional }) =>
    exchange.amendOrder({ symbol, orderId: conditional, stopPrice: '57000' }),
  ),
  define('W-60', 'order history of a day', (exchange, { symbol }) =>
    exchange.getOrderHistory(symbol, { startTime: WIRE_TIME - DAY, endTime: WIRE_TIME, limit: 50 }),
  ),
  define('W-61', 'fills of a day', (exchange, { symbol }) =>
    exchange.getFills(symbol, { startTime: WIRE_TIME - DAY, endTime: WIRE_TIME, limit: 50 }),
  ),
  define('W-62', "dead man's switch", (exchange, { symbol }) => {
    const isOfSymbol = exchange.capabilities.cancelAllAfter?.scope === 'symbol'
    return exchange.setCancelAllAfter(60_000, isOfSymbol ? symbol : undefined)
  }),
  define('W-63', 'stop of a whole position, long', (exchange, { symbol }) =>
    exchange.createManagedOrders({ ...ALONE, symbol, ...LONG }),
  ),
  define('W-64', 'stop of a whole position, short', (exchange, { symbol }) =>
    exchange.createManagedOrders({ ...ALONE, symbol, ...SHORT }),
  ),
  define('W-65', 'stop of a whole position, long, in hedge mode', (exchange, { symbol }) =>
    exchange.createManagedOrders({ ...ALONE, symbol, ...LONG }),
  ),
  define('W-66', 'stop of a whole position that has one at another price', (exchange, { symbol }) =>
    exchange.createManagedOrders({ ...ALONE, symbol, ...LONG }),
  ),
  define('W-67', 'position opened at the market, with its stop', (exchange, { symbol }) =>
    exchange.openProtectedPosition({ ...OPENED, symbol, entry: { type: 'MARKET' } }),
  ),
  define('W-68', 'position opened with a limit order, with its stop', (exchange, { symbol }) =>
    exchange.openProtectedPosition({
      ...OPENED,
      symbol,
      entry: { type: 'LIMIT', price: '59500.1' },
    }),
  ),
  define(
    'W-69',
    'position opened at the market in hedge mode, with its stop',
    (exchange, { symbol }) =>
      exchange.openProtectedPosition({ ...OPENED, symbol, entry: { type: 'MARKET' } }),
  ),
  // What is asked for in between marks the moment at which something happens to it.
  define('W-70', 'stop of a whole position that a hand has moved', async (exchange, { symbol }) => {
    const managed = await exchange.createManagedOrders({ ...ALONE, symbol, ...LONG })
    await exchange.getOpenInterest(symbol)
    return managed.refresh()
  }),
  define('W-71', 'stop of a whole position that has grown', async (exchange, { symbol }) => {
    const managed = await exchange.createManagedOrders({ ...ALONE, symbol, ...LONG })
    await exchange.getOpenInterest(symbol)
    return managed.refresh()
  }),
] as const

export type CaseId = (typeof wireCases)[number]['id']

function define<const Id extends string>(
  id: Id,
  title: string,
  run: WireCase['run'],
): WireCase<Id> {
  return { id, title, run }
}
