import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import {
  cancelAllOrders,
  cancelOrder,
  createConditionalOrder,
  createOrder,
  getOpenOrders,
  getOrder,
} from './orders.ts'
import { sign } from './sign.ts'
import { normalizeSymbol } from './symbols.ts'
import { klineTokens } from './tokens.ts'

/** Bybit V5, linear perpetual contracts of a unified trading account (`docs/wire/bybit.md`). */
export const bybit: ExchangeDefinition = {
  name: 'BYBIT',
  liveOrigin: 'https://api.bybit.com',
  testnetOrigin: 'https://api-testnet.bybit.com',
  needsPassphrase: false,
  capabilities: {
    triggerSources: ['MARK', 'LAST', 'INDEX'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals: [...klineTokens.keys()],
    testnet: true,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'forEver',
    notes: [
      'The margin mode belongs to the account, not to a symbol; in isolated mode account totals are added up from the assets.',
      'Changing the leverage changes the margin of the open position and open orders too.',
      'A limit price outside the allowed band is moved to its edge unless the account is set otherwise: read the price of the order back.',
      'A post-only order that would trade is accepted first and then ends as REJECTED.',
      'A symbol takes 10 conditional orders; those that only reduce stay after the position is closed until they are cancelled.',
      'cancelAllOrders also removes the stop loss, take profit and trailing stop bound to the position.',
      'Ended orders without fills can be looked up for 24 hours.',
    ],
  },
  limits,
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,36}$/,
  maxKlinesPerRequest: 1000,
  // No figure is published for the moment in which look-ups miss a new order
  // (docs/wire/bybit.md 9, trap 26).
  visibilityDelayMs: 2_000,
  normalizeSymbol,
  sign,
  classify,
  createOperations: () => ({
    getServerTime,
    getInstruments,
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
