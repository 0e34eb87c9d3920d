import type { FuturesExchange, KlineInterval } from 'perpkit'
import { DeskError, EXIT } from '../output/failure.ts'
import { type Candle, COLUMNS } from './candle.ts'
import { shortestLength } from './intervals.ts'

export interface Span {
  symbol: string
  interval: KlineInterval
  /** Milliseconds since the epoch, both included. */
  since: number
  until: number
}

/** So many candles are asked for at once, and kept before the next are asked for. */
const CHUNK = 5_000

/** About how many candles a span holds. */
export function expectedCount({ interval, since, until }: Span): number {
  return Math.max(0, Math.floor((until - since) / shortestLength(interval)) + 1)
}

/**
 * Candles in parts, ascending. `onProgress` counts candles that were asked for. When the signal is
 * aborted, what is on its way is given up.
 */
export async function* downloadCandles(
  exchange: FuturesExchange,
  { symbol, interval, since, until }: Span,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (done: number) => void },
): AsyncGenerator<Candle[]> {
  const width = CHUNK * shortestLength(interval)
  let asked = 0
  for (let start = since; start <= until; start += width) {
    const endTime = Math.min(start + width - 1, until)
    const before = asked
    const table = exchange.getKlines(symbol, interval, {
      startTime: start,
      endTime,
      onProgress({ done }) {
        asked = before + done
        onProgress?.(asked)
      },
    })
    yield candlesIn(await unlessStopped(table, signal))
  }
}

/** The newest candles up to `until`. */
export async function newestCandles(
  exchange: FuturesExchange,
  { symbol, interval, until }: Omit<Span, 'since'>,
  limit: number,
): Promise<Candle[]> {
  return candlesIn(await exchange.getKlines(symbol, interval, { endTime: until, limit }))
}

type Candles = Awaited<ReturnType<FuturesExchange['getKlines']>>

function candlesIn(table: Candles): Candle[] {
  const rows = table.numRows()
  const columns = COLUMNS.map((name) => Array.from(table.array(name) as ArrayLike<unknown>, Number))
  return Array.from({ length: rows }, (_, row) => {
    const [timestamp = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = columns.map(
      (column) => column[row] ?? 0,
    )
    return { timestamp, open, high, low, close, volume }
  })
}

function unlessStopped<Result>(task: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stopped())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    task.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function stopped(): DeskError {
  return new DeskError(
    EXIT.INTERRUPTED,
    'INTERRUPTED',
    'stopped before all candles had come',
    'Run it again: a file that was begun with --out goes on where it was.',
  )
}
