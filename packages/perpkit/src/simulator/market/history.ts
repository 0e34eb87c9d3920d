import { noise } from './noise.ts'

// What the market did before the simulator was started: a seeded path without holes that arrives at
// the start price. It is noise in octaves, each twice as slow and √2 times as wide as the one before,
// so that a minute and a year both look like a market's. Any minute can be computed by itself, and
// every longer kline is made from the minutes. Floats stay in here: ticks and steps come out.

/** The past of one market. */
export interface History {
  seed: number
  /** Minutes since the epoch at which the path arrives at `tick`. */
  minute: number
  tick: number
  /** About how many steps are traded in a minute. */
  minuteSteps: number
}

/** One minute, or several put together: prices in ticks, volume in steps, turnover in both. */
export interface Bar {
  open: number
  high: number
  low: number
  close: number
  volume: number
  turnover: number
  trades: number
}

/** The first minute there is: the oldest contract we know of was listed that month. */
export const historyStart: number = Date.UTC(2019, 8, 1)

/** The minutes in [first, stop) as one bar; there is at least one. */
export function historyBar(history: History, first: number, stop: number): Bar {
  const home = noiseAt(history.seed, history.minute).value
  const level = noiseAt(history.seed, first)
  let { value, slope } = level
  const open = tickAt(history, (value - home) * grain)
  const bar: Bar = { open, high: open, low: open, close: open, volume: 0, turnover: 0, trades: 0 }
  for (let minute = first; minute < stop; minute++) {
    value += slope
    slope += turnCorners(history.seed, level, minute + 1)
    addMinute(history, bar, minute, tickAt(history, (value - home) * grain))
  }
  return bar
}

/** Adds `next`, which follows it in time, to `bar`. */
export function mergeBar(bar: Bar, next: Bar): void {
  if (next.high > bar.high) bar.high = next.high
  if (next.low < bar.low) bar.low = next.low
  bar.close = next.close
  bar.volume += next.volume
  bar.turnover += next.turnover
  bar.trades += next.trades
}

/** One more minute, which goes from the bar's close to `close`. */
function addMinute(history: History, bar: Bar, minute: number, close: number): void {
  // One number in [0, 1) gives three: ten bits each.
  const bits = Math.floor(noise(history.seed, minute, octaves) * 1_073_741_824)
  const size = (bits & 1023) / 1024
  const wick = (history.tick * 0.0004) / 1024
  const high = Math.max(bar.close, close) + Math.floor(wick * ((bits >> 10) & 1023))
  const low = Math.max(1, Math.min(bar.close, close) - Math.floor(wick * (bits >> 20)))
  const volume = 1 + Math.floor(history.minuteSteps * size * size * 3)
  if (high > bar.high) bar.high = high
  if (low < bar.low) bar.low = low
  bar.close = close
  bar.volume += volume
  bar.turnover += volume * Math.round((high + low) / 2)
  bar.trades += 1 + Math.min(volume - 1, Math.floor(size * 400))
}

const octaves = 21
/** Width of the fastest octave, as a share of the price. */
const width = 0.0004
/** Noise is counted in whole numbers of this size, so that walking adds up exactly. */
const grain = 2 ** -36

/** Largest step per minute of each octave, in grains. */
const steepest: readonly number[] = Array.from({ length: octaves }, (_, octave) => {
  const wide = width * (octave % 2 === 0 ? 1 : Math.SQRT2) * 2 ** Math.floor(octave / 2)
  return Math.floor(wide / grain / 2 ** octave)
})

interface Noise {
  /** In grains. */
  value: number
  /** Grains a minute. */
  slope: number
  /** By octave: the corner it runs to, and its part of the slope. */
  ahead: number[]
  slopes: number[]
}

/**
 * The noise at `minute`. An octave is straight between its corners, 2^octave minutes apart. Corners
 * are whole multiples of that length, so every slope is a whole number of grains a minute.
 */
function noiseAt(seed: number, minute: number): Noise {
  const level: Noise = { value: 0, slope: 0, ahead: [], slopes: [] }
  for (let octave = 0; octave < octaves; octave++) {
    const cell = minute >> octave
    const here = corner(seed, octave, cell)
    const next = corner(seed, octave, cell + 1)
    level.ahead.push(next)
    level.slopes.push(next - here)
    level.slope += next - here
    level.value += here * 2 ** octave + (next - here) * (minute - cell * 2 ** octave)
  }
  return level
}

/**
 * Turns the octaves that have a corner at `minute` — the fastest every minute, the next every other
 * minute, and so on — and tells by how much the slope changes there.
 */
function turnCorners(seed: number, { ahead, slopes }: Noise, minute: number): number {
  let change = 0
  for (let octave = 0; octave < octaves && (minute & ((1 << octave) - 1)) === 0; octave++) {
    const next = corner(seed, octave, (minute >> octave) + 1)
    const slope = next - (ahead[octave] ?? 0)
    change += slope - (slopes[octave] ?? 0)
    ahead[octave] = next
    slopes[octave] = slope
  }
  return change
}

function corner(seed: number, octave: number, cell: number): number {
  return Math.round((steepest[octave] ?? 0) * (noise(seed, cell, octave) * 2 - 1))
}

/** The start price scaled by about e^change, from the four basic operations alone. */
function tickAt(history: History, change: number): number {
  const size = Math.abs(change)
  const scale = 1 + size + (size * size) / 2
  return Math.max(1, Math.round(change < 0 ? history.tick / scale : history.tick * scale))
}
