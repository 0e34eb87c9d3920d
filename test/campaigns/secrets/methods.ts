import type { FuturesExchange, ManagedOrders, OrderRequest, Stream } from 'perpkit'

const SYMBOL = 'BTCUSDT'

/** What the methods are tried on. */
export interface Subject {
  exchange: FuturesExchange
  /** Of an open limit order. */
  orderId: string
  /** Of a waiting stop. */
  stopId: string
  /** Another exchange object, to be closed. */
  another(): FuturesExchange
}

type MethodName = {
  [Name in keyof FuturesExchange]: FuturesExchange[Name] extends (...args: never[]) => unknown
    ? Name
    : never
}[keyof FuturesExchange]

/** One call of every method, those that end orders and positions last. */
export const METHODS: { readonly [Name in MethodName]: (subject: Subject) => unknown } = {
  normalizeSymbol: ({ exchange }) => exchange.normalizeSymbol('BTC/USDT'),
  testConnectivity: ({ exchange }) => exchange.testConnectivity(),
  getInstruments: ({ exchange }) => exchange.getInstruments(),
  getSymbolPrecision: ({ exchange }) => exchange.getSymbolPrecision(SYMBOL),
  roundQuantity: ({ exchange }) => exchange.roundQuantity('0.01239', SYMBOL),
  roundPrice: ({ exchange }) => exchange.roundPrice('60000.0123', SYMBOL),
  getTicker: ({ exchange }) => exchange.getTicker(SYMBOL),
  getOrderBook: ({ exchange }) => exchange.getOrderBook(SYMBOL, { depth: 5 }),
  getTrades: ({ exchange }) => exchange.getTrades(SYMBOL, { limit: 5 }),
  getKlines: ({ exchange }) => exchange.getKlines(SYMBOL, '1m', { limit: 3 }),
  getFundingRate: ({ exchange }) => exchange.getFundingRate(SYMBOL),
  getFundingRateHistory: ({ exchange }) => exchange.getFundingRateHistory(SYMBOL, { limit: 3 }),
  getOpenInterest: ({ exchange }) => exchange.getOpenInterest(SYMBOL),
  getAccountInfo: ({ exchange }) => exchange.getAccountInfo(),
  getKeyPermissions: ({ exchange }) => exchange.getKeyPermissions(),
  getPositionInfo: ({ exchange }) => exchange.getPositionInfo(SYMBOL),
  getPositions: ({ exchange }) => exchange.getPositions(),
  getLeverage: ({ exchange }) => exchange.getLeverage(SYMBOL),
  setLeverage: ({ exchange }) => exchange.setLeverage(SYMBOL, 5),
  getMarginMode: ({ exchange }) => exchange.getMarginMode(SYMBOL),
  setMarginMode: ({ exchange }) => exchange.setMarginMode(SYMBOL, 'CROSS'),
  getPositionMode: ({ exchange }) => exchange.getPositionMode(),
  setPositionMode: ({ exchange }) => exchange.setPositionMode('ONE_WAY'),
  getFeeRates: ({ exchange }) => exchange.getFeeRates(SYMBOL),
  createMarketOrder: ({ exchange }) => exchange.createMarketOrder(SYMBOL, 'BUY', '0.01'),
  createLimitOrder: ({ exchange }) => exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000'),
  createStopLossOrder: ({ exchange }) =>
    exchange.createStopLossOrder({ ...protective(), stopPrice: '57000' }),
  createTakeProfitOrder: ({ exchange }) =>
    exchange.createTakeProfitOrder({ ...protective(), stopPrice: '64000' }),
  createTrailingStopOrder: ({ exchange }) =>
    exchange.createTrailingStopOrder({ ...protective(), callbackRate: '0.01' }),
  createOrders: ({ exchange }) => exchange.createOrders(batch()),
  amendOrder: ({ exchange, orderId }) =>
    exchange.amendOrder({ symbol: SYMBOL, orderId, price: '58900' }),
  getOrder: ({ exchange, orderId }) => exchange.getOrder({ symbol: SYMBOL, orderId }),
  getOpenOrders: ({ exchange }) => exchange.getOpenOrders(SYMBOL),
  getOrderHistory: ({ exchange }) => exchange.getOrderHistory(SYMBOL, { limit: 5 }),
  getFills: ({ exchange }) => exchange.getFills(SYMBOL, { limit: 5 }),
  createManagedOrders: ({ exchange }) => manage(exchange),
  openProtectedPosition: async ({ exchange }) =>
    exchange.openProtectedPosition({
      ...protective(),
      entry: { type: 'MARKET' },
      quantity: '0.02',
      stopPrice: '58000',
      takeProfitPrice: '63000',
      onUnprotected: 'REPORT',
      supervise: false,
    }),
  resumeManagedOrders: ({ exchange }) => exchange.resumeManagedOrders({ supervise: false }),
  cancelOrder: ({ exchange, stopId }) => exchange.cancelOrder(SYMBOL, stopId),
  cancelAllOrders: ({ exchange }) => exchange.cancelAllOrders(SYMBOL),
  closePosition: ({ exchange }) => exchange.closePosition(SYMBOL),
  setCancelAllAfter: ({ exchange }) => exchange.setCancelAllAfter(0, SYMBOL),
  watchTicker: ({ exchange }) => first(exchange.watchTicker(SYMBOL)),
  watchTrades: ({ exchange }) => first(exchange.watchTrades(SYMBOL)),
  watchKlines: ({ exchange }) => first(exchange.watchKlines(SYMBOL, '1m')),
  watchOrderBook: ({ exchange }) => first(exchange.watchOrderBook(SYMBOL, { depth: 5 })),
  watchOrders: ({ exchange }) => first(exchange.watchOrders()),
  watchFills: ({ exchange }) => first(exchange.watchFills()),
  watchPositions: ({ exchange }) => first(exchange.watchPositions()),
  watchAccount: ({ exchange }) => first(exchange.watchAccount()),
  close: async ({ another }) => {
    const exchange = another()
    await exchange.close()
    return exchange.getAccountInfo()
  },
}

/** What a stream says before it is closed again, which is at once. */
function first<Item>(stream: Stream<Item>) {
  const item = stream.next()
  stream.close()
  return item
}

function protective() {
  return { symbol: SYMBOL, side: 'SELL', quantity: '0.01' } as const
}

function batch(): OrderRequest[] {
  const order = { type: 'LIMIT', symbol: SYMBOL, side: 'BUY', quantity: '0.01' } as const
  return [
    { ...order, price: '58000' },
    { ...order, price: '58100' },
    { ...protective(), type: 'STOP_MARKET', stopPrice: '56000' },
  ]
}

async function manage(exchange: FuturesExchange): Promise<ManagedOrders> {
  const managed = await exchange.createManagedOrders({
    ...protective(),
    quantity: '0.02',
    stopPrice: '58000',
    takeProfitPrice: '63000',
    onUnprotected: 'REPORT',
    supervise: false,
  })
  await managed.refresh()
  return managed
}
