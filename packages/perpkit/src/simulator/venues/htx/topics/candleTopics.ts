import type { Engine, EngineKline } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { candleStart, type Period, readCandles } from '../candles.ts'
import type { Listing } from '../contracts.ts'
import { print } from '../figures.ts'
import { atMark, type RowOf } from '../klines.ts'

/** Which candles a topic tells of, and how. */
export interface CandleKind {
  ch: string
  period: Period
  rowOf: RowOf
}

/**
 * The open candle after trades. None says that it is closed: the last trades of one are told at its
 * end, ahead of the next (docs/wire/htx.md 8.1).
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-kline-data
 */
export function klineChannel(engine: Engine, listing: Listing, kind: CandleKind): Channel {
  const { symbol } = listing.engine
  let start = candleStart(kind.period, engine.now())
  return {
    everyMs: 500,
    isStirredBy: (event) => event.kind === 'trade' && event.trade.symbol === symbol,
    welcome: () => say(engine, listing, kind, engine.now(), latest(engine, listing, kind)),
    collect(now) {
      const candles = readCandles(engine, listing, kind.period, [start, now])
      start = candleStart(kind.period, now)
      return say(engine, listing, kind, now, candles)
    },
  }
}

/**
 * The open candle of something that is not traded, when it has become another.
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-mark-price-kline-data
 */
export function indexChannel(engine: Engine, listing: Listing, kind: CandleKind): Channel {
  const now = (): EngineKline[] =>
    latest(engine, listing, kind).map((candle) => atMark(engine, listing, candle))
  const shown = (candles: readonly EngineKline[]): string =>
    print(candles.map((candle) => kind.rowOf(candle, engine, listing)))
  let told = shown(now())
  return {
    everyMs: 1_000,
    welcome: () => say(engine, listing, kind, engine.now(), now()),
    collect(at) {
      const candles = now()
      const row = shown(candles)
      if (row === told) return []
      told = row
      return say(engine, listing, kind, at, candles)
    },
  }
}

/** The open one alone. */
function latest(engine: Engine, listing: Listing, { period }: CandleKind): EngineKline[] {
  const now = engine.now()
  return readCandles(engine, listing, period, [candleStart(period, now), now])
}

function say(
  engine: Engine,
  listing: Listing,
  { ch, rowOf }: CandleKind,
  ts: number,
  candles: readonly EngineKline[],
): Payload[] {
  const mrid = engine.depth(listing.engine.symbol, 1).sequence
  return candles.map((candle) => ({ ch, ts, tick: { ...rowOf(candle, engine, listing), mrid } }))
}
