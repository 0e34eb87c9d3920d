import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getPositions } from './account.ts'
import { amendOrder } from './amend.ts'
import { createOrders } from './batch.ts'
import { capabilities } from './capabilities.ts'
import { setCancelAllAfter } from './deadMansSwitch.ts'
import { classify } from './errors.ts'
import { getFeeRates } from './fees.ts'
import { getFills } from './fills.ts'
import { getFundingRate, getFundingRateHistory, getOpenInterest } from './funding.ts'
import { getOrderHistory } from './history.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import { getLeverage, setLeverage } from './leverage.ts'
import { closedBy, limits } from './limits.ts'
import { getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import { getMarginMode, getPositionMode, setPositionMode } from './modes.ts'
import { createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { CLIENT_ORDER_ID, cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './stores.ts'
import { streams } from './streams.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { getTrades } from './trades.ts'
import { createTrailingOrder } from './trailing.ts'
import { createConditionalOrder } from './triggers.ts'

/** OKX V5, linear perpetual swaps in USDT and USDC (`docs/wire/okx.md`). */
export const okx: ExchangeDefinition = {
  name: 'OKX',
  liveOrigin: 'https://www.okx.com',
  // Demo trading is another world at the same address, chosen by a header.
  testnetOrigin: 'https://www.okx.com',
  testnetHeaders: { 'x-simulated-trading': '1' },
  needsPassphrase: true,
  capabilities,
  limits,
  clientOrderIdPattern: CLIENT_ORDER_ID,
  // Cross or isolated is said with each order, and each of them has a leverage of its own.
  namesMarginMode: true,
  maxKlinesPerRequest: 300,
  // A request still on its way is taken for 2 s (`expTime`), and a new order may take 1 s to be seen
  // (docs/wire/okx.md 4.6).
  visibilityDelayMs: 3_000,
  normalizeSymbol,
  sign,
  classify,
  closedBy,
  streams,
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
    getPositionMode,
    setPositionMode,
    getFeeRates,
    createOrder,
    createConditionalOrder,
    createTrailingOrder,
    createOrders,
    amendOrder,
    getOrder,
    getOpenOrders,
    getOrderHistory,
    getFills,
    cancelOrder,
    cancelAllOrders,
    setCancelAllAfter,
  }),
}
