import type { Clock } from '../../core/clock.ts'
import { abs, type Decimal, isGreater, sub } from '../../core/decimal.ts'
import type { Candle } from './candles.ts'

export { type Candle, loadCandles } from './candles.ts'

/** Candles on their way into a market. */
export interface Replay {
  candles: readonly Candle[]
  clock: Clock
  /** How many times faster than the candles' own time; 60 plays an hour in a minute. */
  speed: number
  setPrice(price: Decimal): void
  /** Called once when the last candle has closed; not when the replay was stopped. */
  onEnd?(): void
}

/**
 * Walks a market through candles: the open at once, the nearer of high and low a quarter later, the
 * other one at half time, the close at three quarters. One timer at a time; the returned function
 * stops it. Throws a RangeError for a speed that is not above zero.
 */
export function playCandles(replay: Replay): () => void {
  const { candles, clock, speed } = replay
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`speed ${speed}`)
  const walk = openWalk(candles)
  const origin = clock.now()
  let place = 0
  let isStopped = false
  let cancel = (): void => {}
  const step = (): void => {
    const point = walk.point(place)
    if (point) {
      place++
      replay.setPrice(point.price)
      if (!isStopped) schedule()
    } else {
      replay.onEnd?.()
    }
  }
  const schedule = (): void => {
    const after = walk.point(place)?.after ?? walk.length
    // Counted from the beginning, so that delays of single timers do not add up.
    cancel = clock.after(Math.max(0, origin + after / speed - clock.now()), step)
  }
  if (candles.length > 0) step()
  else schedule()
  return () => {
    isStopped = true
    cancel()
  }
}

interface Walk {
  /** The price at that place, four to a candle, and how long after the first one it comes. */
  point(place: number): { after: number; price: Decimal } | undefined
  length: number
}

function openWalk(candles: readonly Candle[]): Walk {
  const first = candles[0]?.start ?? 0
  const last = candles.at(-1)
  const interval = shortestInterval(candles)
  return {
    point(place) {
      const candle = candles[Math.floor(place / 4)]
      const price = candle && pathOf(candle)[place % 4]
      if (!candle || price === undefined) return undefined
      return { after: candle.start - first + (interval * (place % 4)) / 4, price }
    },
    length: last ? last.start - first + interval : 0,
  }
}

/** Whichever of high and low is nearer to the open comes first. */
function pathOf({ open, high, low, close }: Candle): Decimal[] {
  const isLowFirst = isGreater(abs(sub(high, open)), abs(sub(open, low)))
  return isLowFirst ? [open, low, high, close] : [open, high, low, close]
}

/** How long a candle lasts: files have holes, so the shortest step counts; a minute for one alone. */
function shortestInterval(candles: readonly Candle[]): number {
  let shortest = Number.POSITIVE_INFINITY
  for (const [index, candle] of candles.entries()) {
    const next = candles[index + 1]
    if (next) shortest = Math.min(shortest, next.start - candle.start)
  }
  return Number.isFinite(shortest) ? shortest : 60_000
}
