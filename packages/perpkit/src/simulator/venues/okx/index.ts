import type { Route, Venue } from '../../server/types.ts'
import * as account from './account.ts'
import { algoOrder, algosHistory, algosPending } from './algoQueries.ts'
import { amendAlgo, cancelAlgos, placeAlgoOrder } from './algos.ts'
import { authenticate, knownHeaders, readParams } from './auth.ts'
import { balance } from './balance.ts'
import { bills, billsArchive } from './bills.ts'
import { cancelAllAfter } from './cancelAllAfter.ts'
import * as candles from './candles.ts'
import { closePosition } from './closePosition.ts'
import { fills, fillsHistory } from './fills.ts'
import { fundingRate, fundingRateHistory } from './funding.ts'
import { listings } from './instruments.ts'
import { leverageInfo, maxAvailSize, maxSize, setLeverage } from './leverage.ts'
import { limits } from './limits.ts'
import * as market from './market.ts'
import { order, ordersHistory, ordersHistoryArchive, ordersPending } from './orderQueries.ts'
import * as orders from './orders.ts'
import { positionMargin } from './positionMargin.ts'
import { positions, positionsHistory } from './positions.ts'
import { priceLimit } from './priceBand.ts'
import { trades, tradesHistory } from './publicTrades.ts'
import { rejectWith } from './rejection.ts'
import { gatewayRefusal, json } from './replies.ts'
import { rules } from './rules.ts'
import { sockets } from './sockets.ts'
import * as statistics from './statistics.ts'

const routes: readonly Route[] = [
  market.time,
  market.instruments,
  market.accountInstruments,
  market.ticker,
  market.tickers,
  market.books,
  market.booksFull,
  market.booksRpi,
  market.systemStatus,
  trades,
  tradesHistory,
  candles.candles,
  candles.historyCandles,
  candles.markCandles,
  candles.historyMarkCandles,
  candles.indexCandles,
  candles.historyIndexCandles,
  priceLimit,
  statistics.markPrice,
  statistics.indexTickers,
  statistics.openInterest,
  statistics.openInterestHistory,
  statistics.positionTiers,
  statistics.convertContractCoin,
  fundingRate,
  fundingRateHistory,
  account.accountConfig,
  account.tradeFee,
  account.setPositionMode,
  account.setAccountLevel,
  account.currencies,
  balance,
  bills,
  billsArchive,
  positions,
  positionsHistory,
  leverageInfo,
  setLeverage,
  positionMargin,
  maxSize,
  maxAvailSize,
  orders.placeOrder,
  orders.placeBatch,
  orders.cancelOrder,
  orders.cancelBatch,
  orders.amendOrder,
  orders.amendBatch,
  closePosition,
  cancelAllAfter,
  order,
  ordersPending,
  ordersHistory,
  ordersHistoryArchive,
  fills,
  fillsHistory,
  placeAlgoOrder,
  cancelAlgos,
  amendAlgo,
  algoOrder,
  algosPending,
  algosHistory,
]

/** OKX V5, linear perpetuals of a Futures mode account: docs/wire/okx.md. */
export const okx: Venue = {
  name: 'okx',
  instruments: listings.map(({ engine }) => engine),
  rules,
  routes,
  settleAsset: 'USDT',
  makeCredentials: (hex) => ({
    apiKey: [hex(4), hex(2), hex(2), hex(2), hex(6)].join('-'),
    apiSecret: hex(16).toUpperCase(),
    passphrase: `Pass-${hex(4)}`,
  }),
  knownHeaders,
  readParams,
  authenticate,
  // A known path with another method is told so: docs/wire/okx.md 4.6.
  notFound: (request) =>
    routes.some(({ path }) => path === request.path)
      ? gatewayRefusal(405, '50115')
      : json(404, { code: '404', msg: 'Not Found', data: [] }),
  reject: rejectWith,
  maintenance: () => gatewayRefusal(503, '50001'),
  limits,
  sockets,
}
