import type { Engine, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { type Listing, toVolume } from '../contracts.ts'
import { number, print } from '../figures.ts'
import { touch } from '../tickers.ts'
import { matchId, tradeRow } from '../trades.ts'

// Ticker, touch and trades: docs/wire/htx.md 8.1. Numbers throughout.

/** https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-market-detail-data */
export function tickerChannel(engine: Engine, listing: Listing, ch: string): Channel {
  const { symbol } = listing.engine
  const say = (ts: number): Payload[] => [{ ch, ts, tick: tickerTick(engine, listing, ts) }]
  return {
    everyMs: 500,
    isStirredBy: (event) =>
      (event.kind === 'trade' && event.trade.symbol === symbol) ||
      (event.kind === 'book' && event.symbol === symbol),
    welcome: () => say(engine.now()),
    collect: say,
  }
}

function tickerTick(
  engine: Engine,
  listing: Listing,
  now: number,
): Readonly<Record<string, unknown>> {
  const { symbol } = listing.engine
  const day = engine.day(symbol)
  return {
    id: Math.floor(now / 1000),
    mrid: engine.depth(symbol, 1).sequence,
    open: number(day.open),
    close: number(engine.prices(symbol).last),
    high: number(day.high),
    low: number(day.low),
    amount: number(day.volume),
    vol: number(toVolume(listing, day.volume)),
    trade_turnover: number(day.turnover),
    count: day.trades,
    ...touch(engine, listing),
    ts: now,
  }
}

/** https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-bbo-data-push */
export function touchChannel(engine: Engine, listing: Listing, ch: string): Channel {
  const { symbol } = listing.engine
  let told = print(touch(engine, listing))
  const say = (): Payload[] => {
    const { sequence } = engine.depth(symbol, 1)
    const ts = engine.now()
    const tick = { mrid: sequence, id: sequence, ...touch(engine, listing), ts, version: sequence }
    return [{ ch, ts, tick: { ...tick, ch } }]
  }
  return {
    welcome: say,
    hear(events) {
      if (!events.some((event) => event.kind === 'book' && event.symbol === symbol)) return []
      const now = print(touch(engine, listing))
      if (now === told) return []
      told = now
      return say()
    },
  }
}

/**
 * The trades of one call together; the latest of all comes once more with a subscription.
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-trade-detail-data
 */
export function tradeChannel(engine: Engine, listing: Listing, ch: string): Channel {
  const { symbol } = listing.engine
  const say = (trades: readonly EngineTrade[]): Payload[] => {
    const last = trades.at(-1)
    if (!last) return []
    const data = trades.map((trade) => tradeRow(listing, trade))
    const tick = { id: number(matchId(last)), ts: last.timestamp, data }
    return [{ ch, ts: engine.now(), tick }]
  }
  return {
    welcome: () => say(engine.trades(symbol, 1)),
    hear: (events) =>
      say(
        events.flatMap((event) =>
          event.kind === 'trade' && event.trade.symbol === symbol ? [event.trade] : [],
        ),
      ),
  }
}
