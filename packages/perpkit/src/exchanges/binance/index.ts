import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getFeeRates, getPositions } from './account.ts'
import { amendOrder } from './amend.ts'
import { createOrders } from './batch.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { setCancelAllAfter } from './cancelAfter.ts'
import { capabilities } from './capabilities.ts'
import { classify } from './errors.ts'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { closedBy, limits, readUsage } from './limits.ts'
import { getKlines, getOpenInterest, getOrderBook, getServerTime, getTicker } from './market.ts'
import { getOrderHistory } from './orderHistory.ts'
import { createOrder } from './orders.ts'
import {
  getLeverage,
  getMarginMode,
  getMaxLeverage,
  getPositionMode,
  setLeverage,
  setMarginMode,
  setPositionMode,
} from './settings.ts'
import { sign } from './sign.ts'
import { streams } from './streams.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { getFills, getTrades } from './trades.ts'
import { createTrailingOrder } from './trailing.ts'
import { createConditionalOrder } from './triggers.ts'

/** Binance USD-M futures. */
export const binance: ExchangeDefinition = {
  name: 'BINANCE',
  liveOrigin: 'https://fapi.binance.com',
  testnetOrigin: 'https://demo-fapi.binance.com',
  needsPassphrase: false,
  capabilities,
  limits,
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Order
  clientOrderIdPattern: /^[.A-Z:/a-z0-9_-]{1,36}$/,
  maxKlinesPerRequest: 1_500,
  visibilityDelayMs: 10_000,
  normalizeSymbol,
  sign,
  classify,
  streams,
  readUsage,
  closedBy,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getMaxLeverage,
    getTicker,
    getOrderBook,
    getTrades,
    getKlines,
    getFundingRate,
    getFundingRateHistory,
    getOpenInterest,
    getAccountInfo,
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
