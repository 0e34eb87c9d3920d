// Real candles go where they went. The tour looks ahead in them, which is allowed in a rehearsal,
// for a side, a target and a stop such that the target comes first and the stop after it.

/** A way to trade and where it ends. */
export interface Levels {
  side: 'BUY' | 'SELL'
  target: number
  stop: number
}

interface Range {
  high: number
  low: number
}

/** Distances of target and stop as fractions of the price, nearest first. */
const DISTANCES = [0.001, 0.002, 0.003, 0.005, 0.008, 0.012]

/** The second target lies 2 % beyond the first; the stop must come before it. */
const SECOND_TARGET = 0.02

/** `undefined` when the market goes no such way from `price`. */
export function findLevels(candles: readonly Range[], price: number): Levels | undefined {
  for (const targetDistance of DISTANCES) {
    for (const stopDistance of DISTANCES) {
      for (const side of ['BUY', 'SELL'] as const) {
        const sign = side === 'BUY' ? 1 : -1
        const target = price * (1 + sign * targetDistance)
        const stop = price * (1 - sign * stopDistance)
        if (comesTrue(candles, { side, target, stop })) return { side, target, stop }
      }
    }
  }
  return undefined
}

function comesTrue(candles: readonly Range[], { side, target, stop }: Levels): boolean {
  const second = target * (side === 'BUY' ? 1 + SECOND_TARGET : 1 - SECOND_TARGET)
  const profit = (level: number) => (range: Range) =>
    side === 'BUY' ? range.high >= level : range.low <= level
  const loss = (range: Range): boolean => (side === 'BUY' ? range.low <= stop : range.high >= stop)
  const first = candles.findIndex((candle) => profit(target)(candle) || loss(candle))
  const firstCandle = candles[first]
  if (!firstCandle || loss(firstCandle)) return false
  // The candle after: within one candle the order of high and low is not known.
  const next = candles.slice(first + 1).find((candle) => profit(second)(candle) || loss(candle))
  return next !== undefined && loss(next) && !profit(second)(next)
}
