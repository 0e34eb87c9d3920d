import type { ColumnTable } from 'arquero'
import type { Kline } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { KlineOptions } from '../requests.ts'
import { refuse } from './arguments.ts'
import { nextStart, startAtOrAfter, startAtOrBefore, startsBefore } from './klineGrid.ts'

const DEFAULT_LIMIT = 100
const COLUMNS = ['timestamp', 'open', 'high', 'low', 'close', 'volume'] as const

export async function getKlines(
  client: Client,
  symbol: string,
  interval: KlineInterval,
  options: KlineOptions = {},
): Promise<ColumnTable> {
  checkOptions(client, interval, options)
  const instrument = await client.catalogue.find(symbol)
  const starts = wantedStarts(interval, options, await client.time.now())
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
    options.onProgress?.({ done, total: starts.length })
  }
  return toTable(klines)
}

/** The starts of all candles that are asked for, ascending. */
function wantedStarts(interval: KlineInterval, options: KlineOptions, now: number): number[] {
  const end = Math.min(options.endTime ?? now, now)
  const isRange = options.startTime !== undefined && options.endTime !== undefined
  const limit = options.limit ?? (isRange ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT)
  const starts: number[] = []
  const first =
    options.startTime === undefined
      ? startsBefore(startAtOrBefore(end, interval), limit - 1, interval)
      : startAtOrAfter(options.startTime, interval)
  for (
    let start = first;
    start <= end && starts.length < limit;
    start = nextStart(start, interval)
  ) {
    starts.push(start)
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

function checkOptions(client: Client, interval: KlineInterval, options: KlineOptions): void {
  const { klineIntervals } = client.definition.capabilities
  if (!klineIntervals.includes(interval)) {
    throw refuse(
      client,
      'getKlines',
      'UNSUPPORTED',
      `interval must be one of ${klineIntervals.join(' ')}, received ${JSON.stringify(interval)}`,
    )
  }
  const { limit, startTime, endTime } = options
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw refuse(
      client,
      'getKlines',
      'INVALID_ARGUMENT',
      `limit must be a whole number of at least 1, received ${limit}`,
    )
  }
  for (const [name, time] of Object.entries({ startTime, endTime })) {
    if (time !== undefined && !(Number.isFinite(time) && time >= 0)) {
      throw refuse(
        client,
        'getKlines',
        'INVALID_ARGUMENT',
        `${name} must be milliseconds since the epoch, received ${time}`,
      )
    }
  }
  if (startTime !== undefined && endTime !== undefined && startTime > endTime) {
    throw refuse(
      client,
      'getKlines',
      'INVALID_ARGUMENT',
      `startTime ${startTime} is after endTime ${endTime}`,
    )
  }
}
