import { isGreater, isLess } from '../../../../core/decimal.ts'
import type { Engine, EngineKline, EngineOrder, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { plain, priceText } from '../decimals.ts'
import { uuidOf } from '../ids.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { candleAfter, candleStart } from '../klines.ts'
import { isLiquidation } from '../notes.ts'
import { averageOf } from '../orderRow.ts'
import { priceLimitRow } from '../priceBand.ts'
import { tickerRow } from '../tickerRow.ts'

// Public topics but the books: docs/wire/bybit.md 8.

/**
 * A snapshot, then only what has changed.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/ticker
 */
export function tickerChannel(engine: Engine, listing: Listing, topic: string): Channel {
  const { symbol } = listing.engine
  let told = tickerFields(engine, listing)
  let sequence = engine.depth(symbol, 1).sequence
  let at = engine.now()
  const say = (type: 'snapshot' | 'delta', data: PayloadObject): Payload => ({
    topic,
    type,
    data,
    cs: sequence,
    ts: at,
  })
  return {
    everyMs: 100,
    isStirredBy: (event) =>
      (event.kind === 'book' && event.symbol === symbol) ||
      (event.kind === 'trade' && event.trade.symbol === symbol),
    nextAt: () => engine.nextFundingTime(symbol),
    welcome: () => [say('snapshot', told)],
    collect(now) {
      const row = tickerFields(engine, listing)
      const changed = Object.entries(row).filter(([name, value]) => told[name] !== value)
      told = row
      at = now
      sequence = engine.depth(symbol, 1).sequence
      if (changed.length === 0) return []
      return [say('delta', { symbol: listing.native, ...Object.fromEntries(changed) })]
    },
  }
}

/** Those of the sample; REST has some more. */
function tickerFields(engine: Engine, listing: Listing): Record<string, string> {
  const row = tickerRow(engine, listing)
  const last = engine.trades(listing.engine.symbol, 2)
  const fields = { ...row, tickDirection: direction(last.at(-1), last.at(-2)) }
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !REST_ONLY.has(name)))
}

const REST_ONLY: ReadonlySet<string> = new Set([
  'predictedDeliveryPrice',
  'basisRate',
  'basisRateYear',
  'deliveryFeeRate',
  'deliveryTime',
  'basis',
])

/** https://bybit-exchange.github.io/docs/v5/websocket/public/trade */
export function tradeChannel(engine: Engine, listing: Listing, topic: string): Channel {
  const { symbol } = listing.engine
  let before = engine.trades(symbol, 1).at(-1)
  return {
    hear(events) {
      const rows: PayloadObject[] = []
      let ts = 0
      for (const event of events) {
        if (event.kind !== 'trade' || event.trade.symbol !== symbol) continue
        rows.push(tradeRow(listing, event.trade, before))
        before = event.trade
        ts = event.at
      }
      const messages: Payload[] = []
      for (let from = 0; from < rows.length; from += MOST_TRADES) {
        const data = rows.slice(from, from + MOST_TRADES)
        messages.push({ topic, type: 'snapshot', ts, data })
      }
      return messages
    },
  }
}

const MOST_TRADES = 1_024

/**
 * The open candle when it has changed, and each one once more when it is closed.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/kline
 */
export function klineChannel(
  engine: Engine,
  listing: Listing,
  { topic, word, interval }: { topic: string; word: string; interval: number | 'month' },
): Channel {
  const { symbol } = listing.engine
  let start = candleStart(engine.now(), interval)
  const say = (klines: readonly EngineKline[], now: number): Payload[] =>
    klines.map((kline) => {
      const end = candleAfter(kline.start, interval, 1) - 1
      const data = [{ ...klineRow(kline, word), end, confirm: now > end, timestamp: now }]
      return { topic, type: 'snapshot', ts: now, data }
    })
  const latest = (now: number): EngineKline[] => engine.klines(symbol, interval, start, now)
  return {
    everyMs: 1_000,
    isStirredBy: (event) => event.kind === 'trade' && event.trade.symbol === symbol,
    nextAt: () => candleAfter(start, interval, 1),
    welcome: () => say(latest(engine.now()), engine.now()),
    collect(now) {
      const klines = latest(now)
      start = candleStart(now, interval)
      return say(klines, now)
    },
  }
}

/** https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation */
export function liquidationChannel(listing: Listing, topic: string): Channel {
  const gathered = new Map<string, EngineOrder>()
  return {
    everyMs: 500,
    isStirredBy(event) {
      if (event.kind !== 'order' || event.order.symbol !== listing.engine.symbol) return false
      if (!isLiquidation(event.order.venueData) || event.change === 'placed') return false
      gathered.set(event.order.orderId, event.order)
      return true
    },
    collect(now) {
      const data = [...gathered.values()].map(liquidationRow)
      gathered.clear()
      return [{ topic, type: 'snapshot', ts: now, data }]
    },
  }
}

/** https://bybit-exchange.github.io/docs/v5/websocket/public/order-price-limit */
export function priceLimitChannel(engine: Engine, listing: Listing, topic: string): Channel {
  const say = (now: number): Payload => ({ topic, ts: now, data: priceLimitRow(engine, listing) })
  return {
    everyMs: 300,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === listing.engine.symbol,
    welcome: () => [say(engine.now())],
    collect: (now) => [say(now)],
  }
}

function tradeRow(
  listing: Listing,
  trade: EngineTrade,
  before: EngineTrade | undefined,
): PayloadObject {
  return {
    T: trade.timestamp,
    s: listing.native,
    S: trade.side === 'BUY' ? 'Buy' : 'Sell',
    v: plain(trade.quantity),
    p: priceText(listing, trade.price),
    L: direction(trade, before),
    i: uuidOf(`${trade.symbol} ${trade.tradeId}`),
    BT: false,
    RPI: false,
    seq: Number(trade.tradeId),
  }
}

function direction(trade: EngineTrade | undefined, before: EngineTrade | undefined): string {
  if (!trade || !before) return 'ZeroPlusTick'
  if (isGreater(trade.price, before.price)) return 'PlusTick'
  return isLess(trade.price, before.price) ? 'MinusTick' : 'ZeroPlusTick'
}

function klineRow(kline: EngineKline, word: string): PayloadObject {
  return {
    start: kline.start,
    interval: word,
    open: plain(kline.open),
    close: plain(kline.close),
    high: plain(kline.high),
    low: plain(kline.low),
    volume: plain(kline.volume),
    turnover: plain(kline.turnover),
  }
}

/** `S` is the side of the position here: a long is liquidated by a sell. */
function liquidationRow(order: EngineOrder): PayloadObject {
  const listing = listingOf(order.symbol)
  return {
    T: order.updatedAt,
    s: listing.native,
    S: order.side === 'SELL' ? 'Buy' : 'Sell',
    v: plain(order.executedQuantity),
    p: averageOf(order),
  }
}
