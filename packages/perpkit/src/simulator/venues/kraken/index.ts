import type { Answer, RawRequest, Venue, VenueClock } from '../../server/types.ts'
import { accounts, keyCheck, openPositions } from './account.ts'
import { accountLogs } from './accountLog.ts'
import { authenticate, knownHeaders, readParams } from './auth.ts'
import { batchOrder } from './batches.ts'
import { charts, noChart } from './charts.ts'
import { cancelAllAfter } from './deadMan.ts'
import { rejectWith, unavailable } from './errors.ts'
import { feeSchedules, feeVolumes } from './fees.ts'
import { fills } from './fills.ts'
import { fundingHistory } from './funding.ts'
import { histories } from './history.ts'
import { listings } from './instruments.ts'
import { limits } from './limits.ts'
import * as market from './market.ts'
import { iso } from './numbers.ts'
import { openOrders, orderStatus, orderStatusByGet } from './orderQueries.ts'
import { cancelAllOrders, cancelOrder, editOrder, sendOrder } from './orders.ts'
import * as preferences from './preferences.ts'
import { guarded, json } from './replies.ts'
import { rules } from './rules.ts'
import { sockets } from './sockets.ts'

const routes = [
  market.instruments,
  market.tradingInstruments,
  market.instrumentsStatus,
  ...market.instrumentStatuses,
  market.tickers,
  ...market.singleTickers,
  market.orderBook,
  market.publicTrades,
  feeSchedules,
  feeVolumes,
  fundingHistory,
  ...charts,
  accounts,
  openPositions,
  keyCheck,
  preferences.leveragePreferences,
  preferences.setLeveragePreference,
  preferences.pnlPreferences,
  preferences.setPnlPreference,
  preferences.selfTradeStrategy,
  preferences.setSelfTradeStrategy,
  sendOrder,
  editOrder,
  cancelOrder,
  cancelAllOrders,
  cancelAllAfter,
  batchOrder,
  openOrders,
  orderStatus,
  orderStatusByGet,
  fills,
  ...histories,
  ...accountLogs,
].map((route) => ({ ...route, handle: guarded(route.handle) }))

/**
 * Kraken Futures, linear perpetuals of the multi-collateral wallet: docs/wire/kraken.md. Positions
 * net; a leverage preference makes a market isolated.
 */
export const kraken: Venue = {
  name: 'kraken',
  instruments: listings.map(({ engine }) => engine),
  rules,
  routes,
  settleAsset: 'USD',
  makeCredentials: (hex) => ({
    apiKey: Buffer.from(hex(42), 'hex').toString('base64'),
    apiSecret: Buffer.from(hex(64), 'hex').toString('base64'),
  }),
  knownHeaders,
  readParams,
  authenticate,
  notFound,
  reject: rejectWith,
  maintenance: () => unavailable(),
  limits,
  sockets,
}

/** The charts answer in plain text, all else in JSON: docs/wire/kraken.md 5.4 and 6.1. */
function notFound(request: RawRequest, clock: VenueClock): Answer {
  const serverTime = iso(clock.now())
  if (/^\/derivatives\/api\/v3\/instruments\/[^/]+\/status$/.test(request.path)) {
    return json(200, { result: 'error', error: 'contractNotFound', serverTime })
  }
  if (request.path.startsWith('/api/charts/v1/')) return noChart(request)
  const message = request.path.startsWith('/derivatives/api/v3/tickers/')
    ? 'Contract does not exist'
    : 'Not Found'
  return json(404, {
    status: 'NOT_FOUND',
    result: 'error',
    errors: [{ code: 0, message }],
    serverTime,
  })
}
