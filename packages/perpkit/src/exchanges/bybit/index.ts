import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getFeeRates, getLeverage, getPositions, setLeverage } from './account.ts'
import { classify } from './errors.ts'
import { getFills, getFundingRateHistory, getOrderHistory } from './history.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import { closedBy, limits, readUsage } from './limits.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime, getTrades } from './market.ts'
import { getMarginMode, getPositionMode, setMarginMode, setPositionMode } from './modes.ts'
import { createConditionalOrder, createOrder, createOrders } from './newOrders.ts'
import { amendOrder, cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './orders.ts'
import { setPositionStop } from './positionStop.ts'
import { sign } from './sign.ts'
import { streams } from './streams.ts'
import { normalizeSymbol } from './symbols.ts'
import { getFundingRate, getOpenInterest, getTicker } from './tickers.ts'
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
    positionModes: ['ONE_WAY', 'HEDGE'],
    marginModes: ['CROSS', 'ISOLATED'],
    marginModeScope: 'account',
    amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
    // The stop of a position in full mode, and on entries too (docs/wire/bybit.md 4.5).
    stopSizing: 'set',
    attachedStop: { entries: ['MARKET', 'LIMIT'], positionModes: ['ONE_WAY', 'HEDGE'] },
    // Twenty are said to be taken, but the budget is ten orders a second
    // (docs/wire/bybit.md 4.3).
    batch: { maxOrders: 10, oneSymbol: false },
    unsupported: {
      createTrailingStopOrder:
        'A trailing stop is a property of the whole position: one a side, a distance in price, without a quantity or a client order id of its own.',
      setCancelAllAfter:
        'Orders are cancelled on disconnection of private WebSockets alone; there is no timer to set, and only institutional accounts have it.',
    },
    emulated: {
      getPositionMode: 'Read from the position rows of the symbol; without one, of BTCUSDT.',
    },
    testnet: true,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'forEver',
    notes: [
      'The margin mode belongs to the account: setMarginMode changes it for all symbols, open positions included; in isolated mode account totals are added up from the assets.',
      'An account in portfolio margin reads as CROSS, and setMarginMode CROSS leaves it there.',
      'Each symbol has its own position mode. setPositionMode changes all contracts settled in USDT and USDC that have no position and no order, and then refuses for one that has.',
      'Amending the price of an order loses its place in the queue.',
      'Changing the leverage changes the margin of the open position and open orders too.',
      'A limit price outside the allowed band is moved to its edge unless the account is set otherwise: read the price of the order back.',
      'A post-only order that would trade is accepted first and then ends as REJECTED.',
      'A symbol takes 10 conditional orders; those that only reduce stay after the position is closed until they are cancelled.',
      'A position has one stop loss: one that comes with an entry, or is set anew, takes the place of the one before.',
      'cancelAllOrders also removes the stop loss, take profit and trailing stop bound to the position.',
      'Ended orders without fills can be looked up for 24 hours, those with fills and the fills for two years; funding, liquidation and auto-deleveraging are no fills.',
    ],
  },
  limits,
  positionModeScope: 'symbol',
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,36}$/,
  maxKlinesPerRequest: 1000,
  // No figure is published for the moment in which look-ups miss a new order
  // (docs/wire/bybit.md 9, trap 26).
  visibilityDelayMs: 2_000,
  normalizeSymbol,
  sign,
  classify,
  streams,
  readUsage,
  closedBy,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getTicker,
    getOrderBook,
    getTrades,
    getKlines,
    getFundingRate,
    getFundingRateHistory,
    getOpenInterest,
    getAccountInfo,
    getKeyPermissions,
    getPositions,
    getLeverage,
    setLeverage,
    getMarginMode,
    setMarginMode,
    getPositionMode,
    setPositionMode,
    getFeeRates,
    createOrder,
    createConditionalOrder,
    setPositionStop,
    createOrders,
    amendOrder,
    getOrder,
    getOpenOrders,
    getOrderHistory,
    getFills,
    cancelOrder,
    cancelAllOrders,
  }),
}
