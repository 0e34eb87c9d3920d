import type { ColumnTable } from 'arquero'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { KlineOptions } from '../requests.ts'
import { refuse, requireLimit, requireWindow } from './arguments.ts'
import {
  KLINE_INTERVALS,
  nextStart,
  sourceOf,
  startAtOrAfter,
  startAtOrBefore,
  startsBefore,
} from './klineGrid.ts'

const DEFAULT_LIMIT = 100
const COLUMNS = ['timestamp', 'open', 'high', 'low', 'close', 'volume'] as const

export async function getKlines(
  client: Client,
  symbol: string,
  interval: KlineInterval,
  options: KlineOptions = {},
): Promise<ColumnTable> {
  const source = checkOptions(client, interval, options)
  const instrument = await client.catalogue.find(symbol)
  const now = await client.time.now()
  const starts = wantedStarts(interval, options, now)
  const [first] = starts
  if (first === undefined) return toTable([])
  if (source === interval) {
    return toTable(await readPages(client, { instrument, interval, starts }, options.onProgress))
  }
  const end = Math.min(nextStart(starts.at(-1) ?? first, interval) - 1, now)
  const parts = { instrument, interval: source, starts: startsBetween(first, end, source) }
  return toTable(compose(interval, await readPages(client, parts, options.onProgress)))
}

/** Candles by their starts, in as many requests as it takes. */
async function readPages(
  client: Client,
  wanted: { instrument: Instrument; interval: KlineInterval; starts: readonly number[] },
  onProgress: KlineOptions['onProgress'],
): Promise<Kline[]> {
  const { instrument, interval, starts } = wanted
  const call = client.call({ action: 'getKlines' })
  const perRequest = client.definition.maxKlinesPerRequest
  const klines: Kline[] = []
  for (let done = 0; done < starts.length; ) {
    const page = starts.slice(done, done + perRequest)
    const [startTime = 0] = page
    const endTime = page.at(-1) ?? startTime
    const params = { instrument, interval, startTime, endTime, limit: page.length }
    klines.push(...(await client.operations.getKlines(call, params)))
    done += page.length
    onProgress?.({ done, total: starts.length })
  }
  return klines
}

/** Longer candles out of shorter ones, ascending. */
function compose(interval: KlineInterval, parts: readonly Kline[]): Kline[] {
  const klines: Kline[] = []
  for (const part of parts) {
    const timestamp = startAtOrBefore(part.timestamp, interval)
    const kline = klines.at(-1)
    if (kline?.timestamp !== timestamp) {
      klines.push({ ...part, timestamp })
      continue
    }
    kline.high = Math.max(kline.high, part.high)
    kline.low = Math.min(kline.low, part.low)
    kline.close = part.close
    kline.volume += part.volume
  }
  return klines
}

/** The starts of all candles that are asked for, ascending. */
function wantedStarts(interval: KlineInterval, options: KlineOptions, now: number): number[] {
  const end = Math.min(options.endTime ?? now, now)
  const isRange = options.startTime !== undefined && options.endTime !== undefined
  const limit = options.limit ?? (isRange ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT)
  const first =
    options.startTime === undefined
      ? startsBefore(startAtOrBefore(end, interval), limit - 1, interval)
      : startAtOrAfter(options.startTime, interval)
  return startsBetween(first, end, interval, limit)
}

function startsBetween(
  first: number,
  end: number,
  interval: KlineInterval,
  limit: number = Number.POSITIVE_INFINITY,
): number[] {
  const starts: number[] = []
  for (let start = first; start <= end && starts.length < limit; ) {
    starts.push(start)
    start = nextStart(start, interval)
  }
  return starts
}

async function toTable(klines: Kline[]): Promise<ColumnTable> {
  // Loaded on first use: who never asks for candles never pays for the table library.
  const { table } = await import('arquero')
  const columns = COLUMNS.map((name): [string, Float64Array] => [
    name,
    Float64Array.from(klines, (kline) => kline[name]),
  ])
  return table(Object.fromEntries(columns), [...COLUMNS])
}

/** Throws for what cannot be meant; the interval to read. */
function checkOptions(
  client: Client,
  interval: KlineInterval,
  options: KlineOptions,
): KlineInterval {
  const action = 'getKlines'
  const { klineIntervals } = client.definition.capabilities
  const source = KLINE_INTERVALS.includes(interval) ? sourceOf(interval, klineIntervals) : undefined
  if (source === undefined) {
    const message = `interval must be one of ${KLINE_INTERVALS.join(' ')}, received ${JSON.stringify(interval)}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  if (options.limit !== undefined) requireLimit(client, action, options.limit)
  requireWindow(client, action, options)
  return source
}
