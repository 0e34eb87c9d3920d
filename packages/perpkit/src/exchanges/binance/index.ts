import type { ExchangeDefinition } from '../../client/definition.ts'
import {
  getAccountInfo,
  getLeverage,
  getMaxLeverage,
  getPositions,
  setLeverage,
} from './account.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import { createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { klineIntervals } from './tokens.ts'
import { createConditionalOrder } from './triggers.ts'

/** Binance USD-M futures. */
export const binance: ExchangeDefinition = {
  name: 'BINANCE',
  liveOrigin: 'https://fapi.binance.com',
  testnetOrigin: 'https://demo-fapi.binance.com',
  needsPassphrase: false,
  capabilities: {
    triggerSources: ['MARK', 'LAST'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals,
    testnet: true,
    orderAnswer: 'state',
    clientOrderIdUnique: 'whileOpen',
    notes: [
      'The answer to a new order has its status and executed quantity, but no average price: read it with getOrder.',
      'Conditional orders are kept apart from plain ones: their ids begin with algo:, and a client order id may stand once in each.',
      'A conditional order reserves no margin; margin and position are checked when it triggers.',
      'Reduce-only conditional orders stay when the position is closed, until they are cancelled.',
      'A reduce-only order larger than the position is cut to it: its quantity comes back smaller.',
      'Orders without an execution that were cancelled or expired can be looked up for 3 days, all others for 90.',
      "Good-till-date orders are reported as GTC, and retail-price-improvement orders as GTX; see the order's raw.",
      'Order books have at most 1000 levels a side.',
    ],
  },
  limits,
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Order
  clientOrderIdPattern: /^[.A-Z:/a-z0-9_-]{1,36}$/,
  maxKlinesPerRequest: 1_500,
  visibilityDelayMs: 10_000,
  normalizeSymbol,
  sign,
  classify,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getMaxLeverage,
    getTicker,
    getOrderBook,
    getKlines,
    getAccountInfo,
    getPositions,
    getLeverage,
    setLeverage,
    createOrder,
    createConditionalOrder,
    getOrder,
    getOpenOrders,
    cancelOrder,
    cancelAllOrders,
  }),
}
