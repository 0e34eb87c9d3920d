import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The exchange's word for an interval, and how long it is. */
interface Source {
  period: string
  lengthMs: number
}

/**
 * Those whose candles lie on the grid of UTC. Days, weeks and months begin at midnight of UTC+8 here
 * and are left out (docs/wire/htx.md 3.4).
 */
const SOURCES: ReadonlyMap<KlineInterval, Source> = new Map([
  ['1m', { period: '1min', lengthMs: MINUTE }],
  ['5m', { period: '5min', lengthMs: 5 * MINUTE }],
  ['15m', { period: '15min', lengthMs: 15 * MINUTE }],
  ['30m', { period: '30min', lengthMs: 30 * MINUTE }],
  ['1h', { period: '60min', lengthMs: HOUR }],
  ['4h', { period: '4hour', lengthMs: 4 * HOUR }],
])

export const klineIntervals: readonly KlineInterval[] = [...SOURCES.keys()]

/** Candles in one answer: a span of 2000 periods would be one too many, and brings nothing. */
export const MAX_CANDLES = 2_000

/** Ascending; the candle that is still open is the last, when the window reaches it. */
export async function getKlines(call: Call, page: KlinePage): Promise<Kline[]> {
  const { instrument, interval, startTime, endTime } = page
  const { period, lengthMs } = sourceOf(interval)
  const klines: Kline[] = []
  for (let from = startTime; from <= endTime; from += MAX_CANDLES * lengthMs) {
    const to = Math.min(from + (MAX_CANDLES - 1) * lengthMs, endTime)
    klines.push(...(await call(candleList, { instrument, period, from, to })))
  }
  return klines.filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
}

/** Throws `RequestError` for an interval without candles of its own. */
export function sourceOf(interval: KlineInterval): Source {
  const source = SOURCES.get(interval)
  if (source) return source
  throw new RequestError(`HTX has no candles of ${interval}`, {
    code: 'UNSUPPORTED',
    exchange: 'HTX',
  })
}

interface CandleRequest {
  instrument: Instrument
  period: string
  /** Starts of the first and the last candle. */
  from: number
  to: number
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb80aca-77b5-11ed-9966-0242ac110003
const candleList: Endpoint<CandleRequest, Kline[]> = {
  method: 'GET',
  path: '/linear-swap-ex/market/history/kline',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ({ instrument, period, from, to }) => ({
    query: {
      contract_code: instrument.nativeSymbol,
      period,
      // Whole seconds; with a size beside them they would be ignored.
      from: Math.ceil(from / 1_000),
      to: Math.floor(to / 1_000),
    },
  }),
  decode: (answer) =>
    answer
      .at('data')
      .items()
      .map(readKline)
      .sort((a, b) => a.timestamp - b.timestamp),
}

/** Numbers; the rows of the stream are the same. */
export function readKline(row: Reader): Kline {
  return {
    timestamp: row.at('id').integer() * 1_000,
    open: toFloat(row.at('open').decimal()),
    high: toFloat(row.at('high').decimal()),
    low: toFloat(row.at('low').decimal()),
    close: toFloat(row.at('close').decimal()),
    // In the base asset; `vol` counts contracts.
    volume: toFloat(row.at('amount').decimal()),
  }
}
