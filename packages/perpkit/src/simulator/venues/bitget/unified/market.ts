import type { Engine } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { type CandleCall, candleRows } from '../candles.ts'
import { plain } from '../decimals.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, readWhole, required } from '../fields.ts'
import { changeOf, fundingPage, fundingRow, tierOf } from '../funding.ts'
import { fundingIntervalHours, type Listing, listings, priceLimitRatio } from '../instruments.ts'
import { readLimit } from '../paging.ts'
import { reply } from '../replies.ts'
import { categories, readCategory, readUnified } from '../scope.ts'

// Public market data of V3: docs/wire/bitget.md 12.6.

// https://www.bitget.com/api-doc/uta/public/Instruments
const instruments: Route = market('instruments', ['category', 'symbol'], (handling, fields) => {
  required(handling, fields, 'category')
  return readCategory(handling, fields).map((row) => instrumentRow(handling.engine, row))
})

// https://www.bitget.com/api-doc/uta/public/Tickers
const tickers: Route = market('tickers', ['category', 'symbol'], (handling, fields) => {
  required(handling, fields, 'category')
  return readCategory(handling, fields).map((listing) => tickerRow(handling, listing))
})

// https://www.bitget.com/api-doc/uta/public/OrderBook
const orderBook: Route = market(
  'orderbook',
  ['category', 'symbol', 'limit'],
  (handling, fields) => {
    const listing = readUnified(handling, fields)
    const limit = readLimit(handling, fields, { standard: 5, most: 1000 })
    const { asks, bids } = handling.engine.depth(listing.engine.symbol, limit)
    const numbers = (side: typeof bids): number[][] =>
      side.map(([price, quantity]) => [Number(price), Number(quantity)])
    return { a: numbers(asks), b: numbers(bids), ts: String(handling.clock.now()) }
  },
)

// https://www.bitget.com/api-doc/uta/public/Fills
const fills: Route = market('fills', ['category', 'symbol', 'limit'], (handling, fields) => {
  const listing = readUnified(handling, fields)
  const limit = readLimit(handling, fields, { standard: 100, most: 100 })
  return handling.engine
    .trades(listing.engine.symbol, limit)
    .map((trade) => ({
      execId: trade.tradeId,
      execLinkId: trade.tradeId,
      price: trade.price,
      size: trade.quantity,
      side: trade.side === 'BUY' ? 'buy' : 'sell',
      ts: String(trade.timestamp),
      isRPI: 'no',
    }))
    .reverse()
})

// https://www.bitget.com/api-doc/uta/public/Candles
const candles: Route = candleRoute('candles', { standard: 100, most: 1000, isHistory: false })

// https://www.bitget.com/api-doc/uta/public/History-Candles
const historyCandles: Route = candleRoute('history-candles', {
  standard: 100,
  most: 100,
  isHistory: true,
})

// https://www.bitget.com/api-doc/uta/public/Current-Fund-Rate
const fundingNow: Route = market(
  'current-fund-rate',
  ['category', 'symbol'],
  (handling, fields) => {
    const native = required(handling, fields, 'symbol').toUpperCase()
    readToken(handling, fields, 'category', categories)
    const listing = listings.find((row) => row.native === native)
    if (!listing) throw refused(handling, 'symbolUnknown')
    return [fundingRow(handling.engine, listing)]
  },
)

// https://www.bitget.com/api-doc/uta/public/History-Funding-Rate
const fundingHistory: Route = market(
  'history-fund-rate',
  ['category', 'symbol', 'cursor', 'limit'],
  (handling, fields) => {
    const listing = readUnified(handling, fields)
    const limit = readLimit(handling, fields, { standard: 20, most: 200 })
    const page = Math.max(1, readWhole(handling, fields, 'cursor') ?? 1)
    const resultList = fundingPage(handling, listing, page, limit).map(({ rate, time }) => ({
      symbol: listing.native,
      fundingRate: rate,
      fundingRateTimestamp: time,
    }))
    return { resultList }
  },
)

// https://www.bitget.com/api-doc/uta/public/Open-Interest
const openInterest: Route = market('open-interest', ['category', 'symbol'], (handling, fields) => {
  required(handling, fields, 'category')
  const list = readCategory(handling, fields).map((listing) => ({
    symbol: listing.native,
    openInterest: plain(handling.engine.openInterest(listing.engine.symbol)),
  }))
  return { list, ts: String(handling.clock.now()) }
})

// https://www.bitget.com/api-doc/uta/public/Position-Tier
const tiers: Route = market('position-tier', ['category', 'symbol', 'coin'], (handling, fields) => {
  const { end, leverage, rate } = tierOf(readUnified(handling, fields))
  return [{ tier: '1', minTierValue: '0', maxTierValue: end, leverage, mmr: rate }]
})

export const unifiedMarket: readonly Route[] = [
  instruments,
  tickers,
  orderBook,
  fills,
  candles,
  historyCandles,
  fundingNow,
  fundingHistory,
  openInterest,
  tiers,
]

function market<Name extends string>(
  name: string,
  names: readonly Name[],
  data: (handling: Handling, fields: Fields<Name>) => unknown,
): Route {
  return {
    method: 'GET',
    path: `/api/v3/market/${name}`,
    access: 'public',
    operation: 'marketData',
    parameters: names,
    handle: (handling) => reply(handling, data(handling, readFields(handling.params, names))),
  }
}

function candleRoute(name: string, call: CandleCall): Route {
  const names = ['category', 'symbol', 'interval', 'type', 'startTime', 'endTime', 'limit'] as const
  return market(name, names, (handling, fields) => {
    const listing = readUnified(handling, fields)
    const given = required(handling, fields, 'interval')
    readToken(handling, fields, 'type', ['market', 'mark', 'index', 'premium'])
    return candleRows(handling, fields, { listing, token: { name: 'interval', given } }, call)
  })
}

/** Keys as in the sample of docs/wire/bitget.md 12.6. */
function instrumentRow(engine: Engine, listing: Listing): Record<string, string> {
  const row = listing.engine
  return {
    symbol: listing.native,
    category: listing.productType,
    baseCoin: row.baseAsset,
    quoteCoin: row.quoteAsset,
    isRwa: 'NO',
    buyLimitPriceRatio: priceLimitRatio,
    sellLimitPriceRatio: priceLimitRatio,
    feeRateUpRatio: '0.005',
    makerFeeRate: row.makerFee,
    takerFeeRate: row.takerFee,
    openCostUpRatio: '0.01',
    minOrderQty: row.minQuantity,
    maxOrderQty: row.maxQuantity,
    pricePrecision: String(listing.pricePlace),
    quantityPrecision: String(listing.volumePlace),
    quotePrecision: '',
    priceMultiplier: row.tickSize,
    quantityMultiplier: row.stepSize,
    type: 'perpetual',
    minOrderAmount: row.minNotional,
    maxSymbolOrderNum: '',
    maxProductOrderNum: '400',
    maxPositionNum: '200',
    status: engine.isTrading(row.symbol) ? 'online' : 'offline',
    offTime: '-1',
    limitOpenTime: '-1',
    deliveryTime: '',
    deliveryStartTime: '',
    deliveryPeriod: '',
    launchTime: '0',
    fundInterval: String(fundingIntervalHours),
    minLeverage: '1',
    maxLeverage: String(row.maxLeverage),
    maintainTime: '',
    symbolType: 'crypto',
    maxMarketOrderQty: row.maxMarketQuantity,
  }
}

export function tickerRow(
  { clock, engine }: Pick<Handling, 'clock' | 'engine'>,
  listing: Listing,
): Record<string, string> {
  const { symbol } = listing.engine
  const prices = engine.prices(symbol)
  const day = engine.day(symbol)
  return {
    category: listing.productType,
    symbol: listing.native,
    ts: String(clock.now()),
    lastPrice: prices.last,
    openPrice24h: day.open,
    highPrice24h: day.high,
    lowPrice24h: day.low,
    ask1Price: prices.ask,
    bid1Price: prices.bid,
    bid1Size: prices.bidQuantity,
    ask1Size: prices.askQuantity,
    price24hPcnt: changeOf(day.open, prices.last),
    volume24h: plain(day.volume),
    turnover24h: plain(day.turnover),
    indexPrice: prices.index,
    markPrice: prices.mark,
    fundingRate: plain(engine.fundingRate(symbol)),
    openInterest: plain(engine.openInterest(symbol)),
    deliveryStartTime: '',
    deliveryTime: '',
    deliveryStatus: '',
  }
}
