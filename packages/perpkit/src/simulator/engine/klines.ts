import { type Bar, type History, historyBar, historyStart, mergeBar } from '../market/history.ts'
import { fromCount } from './grid.ts'
import type { Contract, Market, TradedMinute, World } from './state.ts'
import type { DaySummary, EngineKline } from './types.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** The epoch was a Thursday, and weeks start on Monday. */
const mondayMs = 4 * dayMs

/** Klines whose start lies in [from, to] and not in the future. */
export function klinesOf(
  world: World,
  contract: Contract,
  market: Market,
  span: { interval: number | 'month'; from: number; to: number },
): EngineKline[] {
  const series = openSeries(world, contract, market)
  const earliest = bucketOf(series.firstMinute * minuteMs, span.interval)
  const from = Math.max(span.from, earliest)
  const to = Math.min(span.to, world.at)
  const klines: EngineKline[] = []
  let start = bucketOf(from, span.interval)
  if (start < from) start = nextBucket(start, span.interval)
  for (; start <= to; start = nextBucket(start, span.interval)) {
    const end = Math.min(nextBucket(start, span.interval), world.at + 1)
    klines.push(toKline(contract, start, series.bar(start, end)))
  }
  return klines
}

/** The last 24 hours. */
export function dayOf(world: World, contract: Contract, market: Market): DaySummary {
  const series = openSeries(world, contract, market)
  const start = Math.max(0, (Math.floor((world.at - dayMs) / minuteMs) + 1) * minuteMs)
  const { open, high, low, volume, turnover, trades } = toKline(
    contract,
    start,
    series.bar(start, world.at + 1),
  )
  return { open, high, low, volume, turnover, trades }
}

interface Series {
  firstMinute: number
  /** What happened in the minutes that begin in [start, end). */
  bar(start: number, end: number): Bar
}

/** The past that was made up and the minutes that were really traded, as one. */
function openSeries(world: World, contract: Contract, market: Market): Series {
  const startTick = world.state.startTicks.get(market.symbol) ?? market.tick
  const anchor = Math.floor(world.state.startedAt / minuteMs)
  const history: History = {
    seed: contract.historySeed,
    minute: anchor,
    tick: startTick,
    minuteSteps: Math.max(1, contract.makers.sideSteps / 25),
  }
  return {
    firstMinute: Math.min(historyStart / minuteMs, anchor),
    bar(start, end) {
      const first = Math.ceil(start / minuteMs)
      const stop = Math.ceil(end / minuteMs)
      const before = first < anchor ? historyBar(history, first, Math.min(stop, anchor)) : undefined
      if (stop <= anchor && before) return before
      const live = tradedBar(market.minutes, Math.max(first, anchor), stop, startTick)
      if (!before) return live
      mergeBar(before, live)
      return before
    },
  }
}

function tradedBar(rows: TradedMinute[], first: number, stop: number, startTick: number): Bar {
  let place = firstAtOrAfter(rows, first)
  const bar = nothing(rows[place - 1]?.close ?? startTick)
  for (let row = rows[place]; row && row.minute < stop; row = rows[place]) {
    mergeBar(bar, row)
    place++
  }
  return bar
}

function nothing(tick: number): Bar {
  return { open: tick, high: tick, low: tick, close: tick, volume: 0, turnover: 0, trades: 0 }
}

function firstAtOrAfter(rows: TradedMinute[], minute: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.minute ?? minute) < minute) low = middle + 1
    else high = middle
  }
  return low
}

function toKline(contract: Contract, start: number, bar: Bar): EngineKline {
  return {
    start,
    open: fromCount(bar.open, contract.ticks),
    high: fromCount(bar.high, contract.ticks),
    low: fromCount(bar.low, contract.ticks),
    close: fromCount(bar.close, contract.ticks),
    volume: fromCount(bar.volume, contract.steps),
    turnover: fromCount(bar.turnover, contract.products),
    trades: bar.trades,
  }
}

/** Start of the interval that holds `time`. */
function bucketOf(time: number, interval: number | 'month'): number {
  if (interval === 'month') {
    const date = new Date(time)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  }
  const shift = interval === weekMs ? mondayMs : 0
  return Math.floor((time - shift) / interval) * interval + shift
}

function nextBucket(start: number, interval: number | 'month'): number {
  if (interval !== 'month') return start + interval
  const date = new Date(start)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
