import { sha256 } from '../../../core/bytes.ts'
import type { Answer, Handling, RawRequest, Route, Venue } from '../../server/types.ts'
import * as account from './account.ts'
import { authenticate, knownHeaders, readParams, refuseStale } from './auth.ts'
import { amendBatch, cancelBatch, createBatch } from './batches.ts'
import { closedPnl } from './closedPnl.ts'
import { rejectWith, tradeRestarting } from './errors.ts'
import { executions } from './fills.ts'
import { listings } from './instruments.ts'
import { queryApi } from './keyInfo.ts'
import { indexPriceKlines, klines, markPriceKlines, premiumIndexKlines } from './klines.ts'
import { limits } from './limits.ts'
import {
  accountInstruments,
  adlAlert,
  instrumentsInfo,
  recentTrades,
  systemStatus,
  tickers,
  time,
} from './market.ts'
import * as modes from './modes.ts'
import { fullOrderBook, orderBook, rpiOrderBook } from './orderBooks.ts'
import { openOrders, orderHistory } from './orderQueries.ts'
import { amendOrder, cancelAllOrders, cancelOrder, createOrder } from './orders.ts'
import * as margins from './positionMargin.ts'
import * as positions from './positions.ts'
import { preCheckOrder } from './preCheck.ts'
import { priceLimit } from './priceBand.ts'
import { guarded, refusal, text } from './replies.ts'
import { rules } from './rules.ts'
import { sockets } from './sockets.ts'
import { fundingHistory, openInterest, riskLimit } from './statistics.ts'
import { tradingStop } from './tradingStop.ts'
import { transactionLog } from './transactionLog.ts'
import { walletBalance } from './wallet.ts'

const routes: readonly Route[] = [
  time,
  instrumentsInfo,
  tickers,
  orderBook,
  fullOrderBook,
  rpiOrderBook,
  recentTrades,
  klines,
  markPriceKlines,
  indexPriceKlines,
  premiumIndexKlines,
  fundingHistory,
  openInterest,
  riskLimit,
  priceLimit,
  systemStatus,
  adlAlert,
  accountInstruments,
  walletBalance,
  account.accountInfo,
  account.feeRate,
  modes.setMarginMode,
  account.userSettings,
  account.setLimitPriceAction,
  account.setDisconnectProtection,
  account.disconnectProtection,
  queryApi,
  account.coinInfo,
  transactionLog,
  positions.positionList,
  positions.symbolInfo,
  positions.setLeverage,
  modes.switchMode,
  margins.setAutoAddMargin,
  margins.addMargin,
  positions.switchIsolated,
  tradingStop,
  closedPnl,
  createOrder,
  preCheckOrder,
  amendOrder,
  cancelOrder,
  cancelAllOrders,
  createBatch,
  amendBatch,
  cancelBatch,
  openOrders,
  orderHistory,
  executions,
].map((route) => ({ ...route, handle: guarded((handling) => handleInTime(route, handling)) }))

/** Bybit V5, linear perpetuals on a Unified Trading Account: docs/wire/bybit.md. */
export const bybit: Venue = {
  name: 'bybit',
  instruments: listings.map(({ engine }) => engine),
  rules,
  routes,
  settleAsset: 'USDT',
  makeCredentials: (hex) => ({ apiKey: hex(9), apiSecret: hex(18) }),
  knownHeaders,
  readParams,
  authenticate,
  notFound,
  reject: rejectWith,
  answerHeaders,
  limits,
  sockets,
  maintenance,
}

function handleInTime(route: Route, handling: Handling): Answer {
  refuseStale(handling)
  return route.handle(handling)
}

/** A socket that is open tells it in its own way: docs/wire/bybit.md 8. */
function maintenance(handling: Handling): Answer {
  if (handling.request.socket) return refusal(handling, tradeRestarting())
  return {
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>503 Service Temporarily Unavailable</title></head></html>',
  }
}

/** Headers of every answer: docs/wire/bybit.md 6. The trace follows from the request alone. */
function answerHeaders({ clock, request }: Handling): Record<string, string> {
  const timenow = String(clock.now())
  const { body, method, path, query } = request
  const traceid = sha256(`${timenow} ${method} ${path} ${query} ${body}`, 'hex').slice(0, 32)
  return { timenow, traceid }
}

/** A known path with another method is a bad one: docs/wire/bybit.md 6. */
function notFound(request: RawRequest): ReturnType<Venue['notFound']> {
  return routes.some((route) => route.path === request.path)
    ? text(400, 'bad method')
    : text(404, '404 page not found')
}
