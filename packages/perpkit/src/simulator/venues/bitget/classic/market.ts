import type { Answer, Handling, Route } from '../../../server/types.ts'
import { type CandleCall, candleRows } from '../candles.ts'
import { plain } from '../decimals.ts'
import { parameterMalformed } from '../errors.ts'
import { type Fields, readFields, readToken, readWhole, required } from '../fields.ts'
import { fundingPage, fundingRow, tierOf } from '../funding.ts'
import { fundingIntervalHours } from '../instruments.ts'
import { DAY, readLimit, readPage } from '../paging.ts'
import { reply } from '../replies.ts'
import { readClassic, readProduct } from '../scope.ts'
import { contractRow, publicTrades, tickerRow } from './marketRows.ts'

// Public market data of V2: docs/wire/bitget.md 3. Nobody needs a key for it.

// https://www.bitget.com/api-doc/common/public/Get-Server-Time
const time: Route = market('/api/v2/public/time', [], (handling) => ({
  serverTime: String(handling.clock.now()),
}))

// https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts
const contracts: Route = market(
  '/api/v2/mix/market/contracts',
  ['productType', 'symbol'],
  (handling, fields) =>
    readProduct(handling, fields).map((listing) => contractRow(handling.engine, listing)),
)

// https://www.bitget.com/api-doc/contract/market/Get-Ticker
const ticker: Route = market(
  '/api/v2/mix/market/ticker',
  ['symbol', 'productType'],
  (handling, fields) => [tickerRow(handling, readClassic(handling, fields))],
)

// https://www.bitget.com/api-doc/contract/market/Get-All-Symbol-Ticker
const tickers: Route = market(
  '/api/v2/mix/market/tickers',
  ['productType', 'symbol'],
  (handling, fields) =>
    readProduct(handling, fields).map((listing) => tickerRow(handling, listing)),
)

const depthFields = ['symbol', 'productType', 'precision', 'limit'] as const

// https://www.bitget.com/api-doc/contract/market/Get-Merge-Depth
const depth: Route = market('/api/v2/mix/market/merge-depth', depthFields, (handling, fields) => {
  const listing = readClassic(handling, fields)
  const scales = ['scale0', 'scale1', 'scale2', 'scale3'] as const
  const precision = readToken(handling, fields, 'precision', scales) ?? 'scale0'
  const levels = handling.engine.depth(listing.engine.symbol, readLevels(handling, fields))
  const numbers = (side: typeof levels.bids): number[][] =>
    side.map(([price, quantity]) => [Number(price), Number(quantity)])
  return {
    asks: numbers(levels.asks),
    bids: numbers(levels.bids),
    ts: String(handling.clock.now()),
    scale: listing.engine.tickSize,
    precision,
    isMaxPrecision: 'NO',
  }
})

const candleFields = [
  'symbol',
  'productType',
  'granularity',
  'startTime',
  'endTime',
  'kLineType',
  'limit',
] as const

// https://www.bitget.com/api-doc/contract/market/Get-Candle-Data
const candles: Route = candleRoute('candles', { standard: 100, most: 1000, isHistory: false })

// https://www.bitget.com/api-doc/contract/market/Get-History-Candle-Data
const historyCandles: Route = candleRoute('history-candles', olderCandles())

// The engine keeps one series a contract: mark and index follow the last price in it.
// https://www.bitget.com/api-doc/contract/market/Get-History-Mark-Candle-Data
const historyMarkCandles: Route = candleRoute('history-mark-candles', olderCandles())

// https://www.bitget.com/api-doc/contract/market/Get-History-Index-Candle-Data
const historyIndexCandles: Route = candleRoute('history-index-candles', olderCandles())

// https://www.bitget.com/api-doc/contract/market/Get-Recent-Fills
const fills: Route = market(
  '/api/v2/mix/market/fills',
  ['symbol', 'productType', 'limit'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const limit = readLimit(handling, fields, { standard: 100, most: 100 })
    return publicTrades(handling, listing, limit)
  },
)

const olderFields = [
  'symbol',
  'productType',
  'limit',
  'idLessThan',
  'startTime',
  'endTime',
] as const

// https://www.bitget.com/api-doc/contract/market/Get-Fills-History
const olderFills: Route = market(
  '/api/v2/mix/market/fills-history',
  olderFields,
  (handling, fields) => {
    const trades = publicTrades(handling, readClassic(handling, fields), 1000)
    const keyOf = (row: Record<string, string>): { id: string; time: number } => ({
      id: row.tradeId ?? '0',
      time: Number(row.ts),
    })
    const page = readPage(handling, fields, trades, keyOf, {
      standard: 500,
      most: 1000,
      before: fields.text('idLessThan'),
      longestMs: 7 * DAY,
    })
    return page.map((row) => ({ ...row, side: row.side === 'buy' ? 'Buy' : 'Sell' }))
  },
)

// https://www.bitget.com/api-doc/contract/market/Get-Symbol-Price
const symbolPrice: Route = market(
  '/api/v2/mix/market/symbol-price',
  ['symbol', 'productType'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const { index, last, mark } = handling.engine.prices(listing.engine.symbol)
    const ts = String(handling.clock.now())
    return [{ symbol: listing.native, price: last, indexPrice: index, markPrice: mark, ts }]
  },
)

// https://www.bitget.com/api-doc/contract/market/Get-Current-Funding-Rate
const fundingNow: Route = market(
  '/api/v2/mix/market/current-fund-rate',
  ['productType', 'symbol'],
  (handling, fields) =>
    readProduct(handling, fields).map((listing) => fundingRow(handling.engine, listing)),
)

// https://www.bitget.com/api-doc/contract/market/Get-Symbol-Next-Funding-Time
const fundingTime: Route = market(
  '/api/v2/mix/market/funding-time',
  ['symbol', 'productType'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const nextFundingTime = String(handling.engine.nextFundingTime(listing.engine.symbol))
    return [{ symbol: listing.native, nextFundingTime, ratePeriod: String(fundingIntervalHours) }]
  },
)

// https://www.bitget.com/api-doc/contract/market/Get-History-Funding-Rate
const fundingHistory: Route = market(
  '/api/v2/mix/market/history-fund-rate',
  ['symbol', 'productType', 'pageSize', 'pageNo'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const size = Math.min(readWhole(handling, fields, 'pageSize') ?? 20, 100)
    const page = readWhole(handling, fields, 'pageNo') ?? 1
    if (size < 1 || page < 1) throw parameterMalformed(handling, 'pageNo')
    return fundingPage(handling, listing, page, size).map(({ rate, time }) => ({
      symbol: listing.native,
      fundingRate: rate,
      fundingTime: time,
    }))
  },
)

// https://www.bitget.com/api-doc/contract/market/Get-Open-Interest
const openInterest: Route = market(
  '/api/v2/mix/market/open-interest',
  ['symbol', 'productType'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const size = plain(handling.engine.openInterest(listing.engine.symbol))
    const openInterestList = [{ symbol: listing.native, size }]
    return { openInterestList, ts: String(handling.clock.now()) }
  },
)

// https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever
const tiers: Route = market(
  '/api/v2/mix/market/query-position-lever',
  ['symbol', 'productType'],
  (handling, fields) => {
    const listing = readClassic(handling, fields)
    const { end, leverage, rate } = tierOf(listing)
    const row = { level: '1', startUnit: '0', endUnit: end, leverage, keepMarginRate: rate }
    return [{ symbol: listing.native, ...row }]
  },
)

/** Spot and margin, of which nothing is listed here: ccxt asks while it loads its markets. */
const nothingListed: readonly Route[] = [
  '/api/v2/spot/public/coins',
  '/api/v2/spot/public/symbols',
  '/api/v2/margin/currencies',
].map((path) => market(path, ['coin', 'symbol'], () => []))

export const classicMarket: readonly Route[] = [
  time,
  contracts,
  ticker,
  tickers,
  depth,
  candles,
  historyCandles,
  historyMarkCandles,
  historyIndexCandles,
  fills,
  olderFills,
  symbolPrice,
  fundingNow,
  fundingTime,
  fundingHistory,
  openInterest,
  tiers,
  ...nothingListed,
]

function market<Name extends string>(
  path: string,
  names: readonly Name[],
  data: (handling: Handling, fields: Fields<Name>) => unknown,
): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: names,
    handle: (handling): Answer =>
      reply(handling, data(handling, readFields(handling.params, names))),
  }
}

function candleRoute(name: string, call: CandleCall): Route {
  return market(`/api/v2/mix/market/${name}`, candleFields, (handling, fields) => {
    const listing = readClassic(handling, fields)
    const given = required(handling, fields, 'granularity')
    readToken(handling, fields, 'kLineType', ['MARKET', 'MARK', 'INDEX'])
    return candleRows(handling, fields, { listing, token: { name: 'granularity', given } }, call)
  })
}

function olderCandles(): CandleCall {
  return { standard: 100, most: 200, isHistory: true }
}

/** A number of levels; `max` is all there are. */
function readLevels(handling: Handling, fields: Fields<'limit'>): number {
  if (fields.text('limit')?.toLowerCase() === 'max') return 1000
  return readLimit(handling, fields, { standard: 100, most: 1000 })
}
