import { div, isPositive, isZero, mul, sub } from '../../../../core/decimal.ts'
import type { Engine, EngineKline, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { candleRow, startOf } from '../charts.ts'
import { runningRate } from '../funding.ts'
import { uuidOf } from '../ids.ts'
import type { Listing } from '../instruments.ts'
import { num } from '../numbers.ts'
import { tickerRow } from '../tickerRow.ts'
import { numberedTrades } from './counters.ts'

// Public feeds but the book: docs/wire/kraken.md 8.2.

/** https://docs.kraken.com/api/docs/futures-api/websocket/heartbeat */
export function heartbeatChannel(): Channel {
  return { everyMs: 1_000, collect: (now) => [{ feed: 'heartbeat', time: now }] }
}

/**
 * The full record, at most once a second.
 * https://docs.kraken.com/api/docs/futures-api/websocket/ticker
 */
export function tickerChannel(engine: Engine, listing: Listing): Channel {
  return recordChannel(engine, listing, fullTicker)
}

/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker-lite */
export function tickerLiteChannel(engine: Engine, listing: Listing): Channel {
  return recordChannel(engine, listing, liteTicker)
}

/**
 * The latest trades, newest first, then each one.
 * https://docs.kraken.com/api/docs/futures-api/websocket/trade
 */
export function tradeChannel(engine: Engine, listing: Listing): Channel {
  const { symbol } = listing.engine
  const { native } = listing
  let told = numberedTrades(engine, symbol).at(-1)?.seq ?? 0
  return {
    welcome() {
      const trades = numberedTrades(engine, symbol)
        .filter(({ seq }) => seq <= told)
        .slice(-MOST_TRADES)
        .reverse()
        .map(({ trade, seq }) => tradeRow(native, trade, seq))
      return [{ feed: 'trade_snapshot', product_id: native, trades }]
    },
    hear(events) {
      if (!events.some((event) => event.kind === 'trade' && event.trade.symbol === symbol)) {
        return []
      }
      const fresh = numberedTrades(engine, symbol).filter(({ seq }) => seq > told)
      told = fresh.at(-1)?.seq ?? told
      return fresh.map(({ trade, seq }) => tradeRow(native, trade, seq))
    },
  }
}

const MOST_TRADES = 100

/**
 * The latest candles, then the open one when it has changed and each one once more when it is
 * closed. Undocumented.
 */
export function candleChannel(
  engine: Engine,
  listing: Listing,
  { feed, interval, hasVolume }: { feed: string; interval: number; hasVolume: boolean },
): Channel {
  const { symbol } = listing.engine
  let start = startOf(engine.now(), interval)
  const row = (kline: EngineKline): PayloadObject => candleRow(kline, hasVolume)
  return {
    everyMs: 1_000,
    isStirredBy: (event) => event.kind === 'trade' && event.trade.symbol === symbol,
    nextAt: () => start + interval,
    welcome() {
      const first = start - (SNAPSHOT_CANDLES - 1) * interval
      const candles = engine.klines(symbol, interval, first, engine.now()).map(row)
      return [{ feed: `${feed}_snapshot`, candles, product_id: listing.native }]
    },
    collect(now) {
      const klines = engine.klines(symbol, interval, start, now)
      start = startOf(now, interval)
      return klines.map((kline) => ({ feed, candle: row(kline), product_id: listing.native }))
    },
  }
}

const SNAPSHOT_CANDLES = 100

function recordChannel(
  engine: Engine,
  listing: Listing,
  record: (engine: Engine, listing: Listing) => Payload,
): Channel {
  const { symbol } = listing.engine
  return {
    everyMs: 1_000,
    isStirredBy: (event) =>
      (event.kind === 'book' && event.symbol === symbol) ||
      (event.kind === 'trade' && event.trade.symbol === symbol),
    nextAt: () => engine.nextFundingTime(symbol),
    welcome: () => [record(engine, listing)],
    collect: () => [record(engine, listing)],
  }
}

function fullTicker(engine: Engine, listing: Listing): PayloadObject {
  const { symbol, maxLeverage } = listing.engine
  const row = tickerRow(engine, listing)
  return {
    time: engine.now(),
    product_id: listing.native,
    ...fundingFields(engine, listing),
    next_funding_rate_time: engine.nextFundingTime(symbol),
    leverage: `${maxLeverage}x`,
    premium: premiumOf(engine, symbol),
    feed: 'ticker',
    bid: row.bid,
    ask: row.ask,
    bid_size: row.bidSize,
    ask_size: row.askSize,
    volume: row.vol24h,
    dtm: 0,
    index: row.indexPrice,
    last: row.last,
    change: row.change24h,
    suspended: row.suspended,
    tag: row.tag,
    pair: row.pair,
    openInterest: row.openInterest,
    markPrice: row.markPrice,
    maturityTime: 0,
    post_only: false,
    volumeQuote: row.volumeQuote,
    open: row.open24h,
    high: row.high24h,
    low: row.low24h,
  }
}

function liteTicker(engine: Engine, listing: Listing): PayloadObject {
  const row = tickerRow(engine, listing)
  return {
    feed: 'ticker_lite',
    product_id: listing.native,
    bid: row.bid,
    ask: row.ask,
    change: row.change24h,
    premium: premiumOf(engine, listing.engine.symbol),
    volume: row.vol24h,
    tag: row.tag,
    pair: row.pair,
    dtm: 0,
    maturityTime: 0,
    volumeQuote: row.volumeQuote,
  }
}

/** They vanish when there is no funding. */
function fundingFields(engine: Engine, listing: Listing): PayloadObject {
  const rate = engine.fundingRate(listing.engine.symbol)
  if (isZero(rate)) return {}
  const absolute = runningRate(engine, listing)
  return {
    funding_rate: absolute,
    funding_rate_prediction: absolute,
    relative_funding_rate: num(rate),
    relative_funding_rate_prediction: num(rate),
  }
}

/** How far the mark price lies above the index, in percent. */
function premiumOf(engine: Engine, symbol: string): number {
  const { index, mark } = engine.prices(symbol)
  return isPositive(index) ? num(mul(div(sub(mark, index), index), '100'), 1) : 0
}

function tradeRow(product_id: string, trade: EngineTrade, seq: number): PayloadObject {
  return {
    feed: 'trade',
    product_id,
    uid: uuidOf(`trade ${trade.symbol} ${trade.tradeId}`),
    side: trade.side === 'BUY' ? 'buy' : 'sell',
    type: 'fill',
    seq,
    time: trade.timestamp,
    qty: num(trade.quantity),
    price: num(trade.price),
  }
}
