import { div, isZero } from '../../../../core/decimal.ts'
import type { EngineKline, EngineOrder, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { type CandleSeries, rowOf } from '../candles.ts'
import { type Stage, tickerRow } from '../classic/marketRows.ts'
import { plain } from '../decimals.ts'
import type { Generation } from '../generation.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { isLiquidation } from '../notes.ts'
import { tickerRow as unifiedTickerRow } from '../unified/market.ts'
import { type Arg, push } from './pushes.ts'

// Public channels but the books: docs/wire/bitget.md 8.3 and 12.7.

/** A public channel: of which contract, and for whom. */
export interface MarketKind {
  arg: Arg
  listing: Listing
  generation: Generation
}

/** https://www.bitget.com/api-doc/contract/websocket/public/Tickers-Channel */
export function tickerChannel(stage: Stage, kind: MarketKind): Channel {
  const { symbol } = kind.listing.engine
  const row = (): PayloadObject =>
    kind.generation === 2 ? classicTicker(stage, kind.listing) : unifiedTicker(stage, kind.listing)
  const say = (now: number): Payload[] => [push(kind.arg, 'snapshot', [row()], now)]
  return {
    everyMs: 300,
    isStirredBy: (event) =>
      (event.kind === 'book' && event.symbol === symbol) ||
      (event.kind === 'trade' && event.trade.symbol === symbol),
    nextAt: () => stage.engine.nextFundingTime(symbol),
    welcome: () => say(stage.engine.now()),
    collect: say,
  }
}

function classicTicker(stage: Stage, listing: Listing): PayloadObject {
  const row = tickerRow(stage, listing)
  return {
    instId: listing.native,
    lastPr: row.lastPr,
    bidPr: row.bidPr,
    askPr: row.askPr,
    bidSz: row.bidSz,
    askSz: row.askSz,
    open24h: row.open24h,
    high24h: row.high24h,
    low24h: row.low24h,
    change24h: row.change24h,
    fundingRate: row.fundingRate,
    nextFundingTime: String(stage.engine.nextFundingTime(listing.engine.symbol)),
    markPrice: row.markPrice,
    indexPrice: row.indexPrice,
    holdingAmount: row.holdingAmount,
    baseVolume: row.baseVolume,
    quoteVolume: row.quoteVolume,
    openUtc: row.openUtc,
    // A perpetual.
    symbolType: 1,
    symbol: listing.native,
    deliveryPrice: '0',
    ts: row.ts,
  }
}

/** The argument tells which contract it is, and the envelope when. */
function unifiedTicker(stage: Stage, listing: Listing): PayloadObject {
  const { category: _category, symbol: _symbol, ts: _ts, ...row } = unifiedTickerRow(stage, listing)
  const nextFundingTime = String(stage.engine.nextFundingTime(listing.engine.symbol))
  return { ...row, nextFundingTime }
}

const TRADES_AT_FIRST = 50

/**
 * The latest, then each as it happens; newest first.
 * https://www.bitget.com/api-doc/contract/websocket/public/New-Trades-Channel
 */
export function tradeChannel({ engine }: Stage, kind: MarketKind): Channel {
  const { symbol } = kind.listing.engine
  const row = kind.generation === 2 ? classicTrade : unifiedTrade
  return {
    welcome: () => [
      push(
        kind.arg,
        'snapshot',
        engine.trades(symbol, TRADES_AT_FIRST).map(row).reverse(),
        engine.now(),
      ),
    ],
    hear(events) {
      const trades = events.flatMap((event) =>
        event.kind === 'trade' && event.trade.symbol === symbol ? [event.trade] : [],
      )
      const last = trades.at(-1)
      return last ? [push(kind.arg, 'update', trades.map(row).reverse(), last.timestamp)] : []
    },
  }
}

function classicTrade(trade: EngineTrade): PayloadObject {
  return {
    ts: String(trade.timestamp),
    price: trade.price,
    size: plain(trade.quantity),
    side: trade.side === 'BUY' ? 'buy' : 'sell',
    tradeId: trade.tradeId,
  }
}

function unifiedTrade(trade: EngineTrade): PayloadObject {
  return {
    i: trade.tradeId,
    p: trade.price,
    v: plain(trade.quantity),
    S: trade.side === 'BUY' ? 'buy' : 'sell',
    T: String(trade.timestamp),
    // As `execLinkId` of V3 `market/fills`.
    L: trade.tradeId,
    isRPI: 'no',
  }
}

const CANDLES_AT_FIRST = 500

/**
 * History, then the open candle: once a second while there are trades, and when one begins.
 * https://www.bitget.com/api-doc/contract/websocket/public/Candlesticks-Channel
 */
export function candleChannel({ engine }: Stage, kind: MarketKind, series: CandleSeries): Channel {
  const { symbol } = kind.listing.engine
  const row: CandleRow = kind.generation === 2 ? classicCandle : unifiedCandle
  let [from, to] = series.span(engine.now())
  return {
    everyMs: 1_000,
    isStirredBy: (event) => event.kind === 'trade' && event.trade.symbol === symbol,
    nextAt: () => to,
    welcome: () => [
      push(kind.arg, 'snapshot', series.latest(CANDLES_AT_FIRST).map(row), engine.now()),
    ],
    collect(now) {
      // The one that was open before too: it has had its last word since.
      const candles = series.since(from)
      ;[from, to] = series.span(now)
      return candles.map((candle) => push(kind.arg, 'update', [row(candle)], now))
    },
  }
}

type CandleRow = (candle: EngineKline) => PayloadObject | readonly string[]

function classicCandle(candle: EngineKline): string[] {
  return [...rowOf(candle), plain(candle.turnover)]
}

function unifiedCandle(candle: EngineKline): PayloadObject {
  return {
    start: String(candle.start),
    open: plain(candle.open),
    close: plain(candle.close),
    high: plain(candle.high),
    low: plain(candle.low),
    volume: plain(candle.volume),
    turnover: plain(candle.turnover),
  }
}

/** What was liquidated in the second before; of all contracts of the kind without one. */
export function liquidationChannel(arg: Arg, isMeant: (listing: Listing) => boolean): Channel {
  const gathered = new Map<string, EngineOrder>()
  return {
    everyMs: 1_000,
    isStirredBy(event) {
      if (event.kind !== 'order' || event.change === 'placed') return false
      if (!isLiquidation(event.order.venueData) || !isMeant(listingOf(event.order.symbol))) {
        return false
      }
      gathered.set(event.order.orderId, event.order)
      return true
    },
    collect(now) {
      const data = [...gathered.values()].map(liquidationRow)
      gathered.clear()
      return data.length === 0 ? [] : [push(arg, 'update', data, now)]
    },
  }
}

function liquidationRow(order: EngineOrder): PayloadObject {
  return {
    symbol: listingOf(order.symbol).native,
    side: order.side === 'BUY' ? 'buy' : 'sell',
    price: isZero(order.executedQuantity)
      ? '0'
      : plain(div(order.executedNotional, order.executedQuantity)),
    amount: plain(order.executedQuantity),
    ts: String(order.updatedAt),
  }
}
