import type { Engine } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import type { VenueClock } from '../../../server/types.ts'
import { type Contract, contracts } from '../contracts.ts'
import { moneyText } from '../format.ts'
import { dayShape } from '../tickers.ts'

// Tickers and mark prices: docs/wire/binance.md 8.3.

/** What a ticker is made from. */
export interface Desk {
  engine: Engine
  clock: VenueClock
}

type Row = (desk: Desk, contract: Contract) => PayloadObject

/**
 * The mark price, every three seconds or every one.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Mark-Price-Stream
 */
export function markPriceChannel(desk: Desk, contract: Contract, everyMs: number): Channel {
  return { everyMs, collect: () => [markPrice(desk, contract)] }
}

/** Of all symbols, in one message that is an array. */
export function allMarkPricesChannel(desk: Desk, everyMs: number): Channel {
  return { everyMs, collect: () => [contracts.map((one) => markPrice(desk, one))] }
}

/**
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Individual-Symbol-Ticker-Streams
 */
export function tickerChannel(desk: Desk, contract: Contract, row: Row): Channel {
  return { everyMs: 2_000, collect: () => [row(desk, contract)] }
}

/** Of the symbols that have traded since the last time. */
export function allTickersChannel(desk: Desk, row: Row): Channel {
  const changed = new Set<string>()
  return {
    everyMs: 1_000,
    isStirredBy(event) {
      if (event.kind === 'trade') changed.add(event.trade.symbol)
      return event.kind === 'trade'
    },
    collect() {
      const rows = contracts
        .filter(({ symbol }) => changed.has(symbol))
        .map((one) => row(desk, one))
      changed.clear()
      return rows.length === 0 ? [] : [rows]
    },
  }
}

export function dayTicker(desk: Desk, contract: Contract): PayloadObject {
  const day = dayShape(desk, contract)
  return {
    e: '24hrTicker',
    E: desk.clock.now(),
    s: contract.symbol,
    p: day.priceChange,
    P: day.priceChangePercent,
    w: day.weightedAvgPrice,
    c: day.lastPrice,
    Q: day.lastQty,
    o: day.openPrice,
    h: day.highPrice,
    l: day.lowPrice,
    v: day.volume,
    q: day.quoteVolume,
    O: day.openTime,
    C: day.closeTime,
    F: day.firstId,
    L: day.lastId,
    n: day.count,
    ps: contract.symbol,
    st: 1,
  }
}

export function miniTicker(desk: Desk, contract: Contract): PayloadObject {
  const day = dayShape(desk, contract)
  return {
    e: '24hrMiniTicker',
    E: desk.clock.now(),
    s: contract.symbol,
    c: day.lastPrice,
    o: day.openPrice,
    h: day.highPrice,
    l: day.lowPrice,
    v: day.volume,
    q: day.quoteVolume,
  }
}

function markPrice({ engine, clock }: Desk, { symbol }: Contract): PayloadObject {
  const { mark, index } = engine.prices(symbol)
  return {
    e: 'markPriceUpdate',
    E: clock.now(),
    s: symbol,
    p: moneyText(mark),
    ap: moneyText(mark),
    i: moneyText(index),
    P: moneyText(index),
    r: moneyText(engine.fundingRate(symbol)),
    T: engine.nextFundingTime(symbol),
    st: 1,
  }
}
