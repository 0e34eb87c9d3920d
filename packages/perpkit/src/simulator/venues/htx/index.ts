import type { Handling, RawRequest, Route, Venue } from '../../server/types.ts'
import * as account from './account.ts'
import { algoHistory, openAlgos, singleAlgo } from './algoQueries.ts'
import { cancelAlgos, placeAlgo } from './algos.ts'
import { authenticate, authNames, readParams } from './auth.ts'
import { cancelBatch, placeBatch } from './batches.ts'
import { bills } from './bills.ts'
import { book } from './books.ts'
import { cancelAfter } from './cancelAfter.ts'
import { listings } from './contracts.ts'
import { orderDetails } from './fills.ts'
import { fundingRate, fundingRateHistory } from './funding.ts'
import * as klines from './klines.ts'
import { readLeverages, setLeverage } from './leverage.ts'
import { limits } from './limits.ts'
import { liquidations } from './liquidations.ts'
import { changeMargin } from './marginChange.ts'
import { positionMode, setPositionMode } from './modes.ts'
import * as neighbours from './neighbours.ts'
import { openInterest, openInterestHistory } from './openInterest.ts'
import { openOrders, orderHistory, singleOrder } from './orderQueries.ts'
import { cancelAllOrders, cancelOrder, placeOrder } from './orders.ts'
import { closeAllPositions, closePosition, openPositions } from './positions.ts'
import { rejectWith } from './reasons.ts'
import * as reference from './reference.ts'
import { familyOf, guarded, json, page, Refused, refusal } from './replies.ts'
import { rules } from './rules.ts'
import { sockets } from './sockets.ts'
import * as system from './system.ts'
import { bestOffers, ticker, tickers, tickersV2 } from './tickers.ts'
import { adjustFactor, crossAdjustFactor, riskLimit } from './tiers.ts'
import { latestTrade, tradeHistory } from './trades.ts'

const routes: readonly Route[] = [
  system.timestamp,
  system.heartbeat,
  neighbours.currencies,
  neighbours.spotSymbols,
  neighbours.coinSwaps,
  neighbours.coinFutures,
  reference.contractInfo,
  reference.queryElements,
  reference.indexPrice,
  reference.priceLimit,
  reference.oldPriceLimit,
  reference.deductionCurrencies,
  reference.collateralAssets,
  riskLimit,
  adjustFactor,
  crossAdjustFactor,
  ticker,
  tickers,
  tickersV2,
  bestOffers,
  book,
  klines.klines,
  klines.markKlines,
  klines.premiumKlines,
  klines.rateKlines,
  klines.basis,
  tradeHistory,
  latestTrade,
  fundingRate,
  fundingRateHistory,
  openInterest,
  openInterestHistory,
  liquidations,
  account.balance,
  account.assetMode,
  account.setAssetMode,
  bills,
  openPositions,
  closePosition,
  closeAllPositions,
  readLeverages,
  setLeverage,
  positionMode,
  setPositionMode,
  changeMargin,
  placeOrder,
  placeBatch,
  cancelOrder,
  cancelBatch,
  cancelAllOrders,
  cancelAfter,
  singleOrder,
  openOrders,
  orderHistory,
  orderDetails,
  placeAlgo,
  cancelAlgos,
  singleAlgo,
  openAlgos,
  algoHistory,
].map((route) => ({
  ...route,
  // Public calls may come signed as well.
  parameters: [...(route.parameters ?? []), ...authNames],
  handle: guarded(route.handle),
}))

/** HTX USDT-M perpetuals, private calls in V5: docs/wire/htx.md. */
export const htx: Venue = {
  name: 'htx',
  instruments: listings.map(({ engine }) => engine),
  rules,
  routes,
  sockets,
  settleAsset: 'USDT',
  makeCredentials,
  knownHeaders: [],
  readParams,
  authenticate,
  notFound,
  reject: rejectWith,
  maintenance,
  limits,
}

/** `a1b2c3d4-e5f6a7b8-c9d0e1f2-00001`: the form of this venue's keys and secrets. */
function makeCredentials(hex: (bytes: number) => string): { apiKey: string; apiSecret: string } {
  const parts = (last: string): string => [hex(4), hex(4), hex(4), last].join('-')
  return { apiKey: parts(hex(3).slice(0, 5)), apiSecret: parts(hex(3).slice(0, 5)) }
}

/** The private calls of before 2026-07 are switched off: docs/wire/htx.md 4.12. */
function notFound(request: RawRequest): ReturnType<Venue['notFound']> {
  const isOld = /^\/linear-swap-api\/v[13]\//.test(request.path)
  if (!isOld || request.method !== 'POST') return page(404, '404 Not Found')
  return json({
    status: 'error',
    err_code: 6023,
    err_msg: 'The new feature is temporarily unavailable.',
  })
}

/** In the words of the path's family; the hour of the return is not known. */
function maintenance(handling: Handling): ReturnType<Venue['maintenance']> {
  const text = 'The system is in maintenance and is expected to resume at - (GMT+8).'
  return familyOf(handling.request.path) === 'v5'
    ? refusal(handling, new Refused(1431, text))
    : json({ status: 'maintain' })
}
