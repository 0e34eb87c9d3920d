import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { compare, max, min, sum } from '../../core/decimal.ts'
import { historyStart } from '../market/history.ts'
import { createEngine } from './createEngine.ts'
import {
  accepted,
  bitcoin,
  makeStage,
  market,
  plainRules,
  type Stage,
  startTime,
} from './engine.fixture.ts'
import type { EngineKline } from './types.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

function klines(
  stage: Stage,
  interval: number | 'month',
  from: number,
  to = Infinity,
): EngineKline[] {
  return stage.engine.klines('BTCUSDT', interval, from, to)
}

/** What a kline over these would have to be. */
function join(parts: EngineKline[]): Omit<EngineKline, 'start'> {
  const all = (key: 'high' | 'low' | 'volume' | 'turnover'): string[] =>
    parts.map((one) => one[key])
  return {
    open: parts[0]?.open ?? '',
    high: all('high').reduce(max),
    low: all('low').reduce(min),
    close: parts.at(-1)?.close ?? '',
    volume: sum(all('volume')),
    turnover: sum(all('turnover')),
    trades: parts.reduce((total, one) => total + one.trades, 0),
  }
}

describe('klines', () => {
  test('default: the past is continuous, has no holes and arrives at the start price', () => {
    const rows = klines(makeStage(), minute, startTime - 500 * minute)
    expect(rows).toHaveLength(500)
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1]
      if (next) expect([next.start, next.open]).toEqual([row.start + minute, row.close])
      for (const inside of [row.open, row.close]) {
        expect(compare(row.high, inside)).not.toBe(-1)
        expect(compare(row.low, inside)).not.toBe(1)
      }
    }
    expect(rows.at(-2)?.close).toBe('60000')
    expect(rows.at(-1)).toEqual({
      start: startTime - 30_000,
      open: '60000',
      high: '60000',
      low: '60000',
      close: '60000',
      volume: '0',
      turnover: '0',
      trades: 0,
    })
    expect(rows[0]?.volume).not.toBe('0')
  })

  test('args: from and to are meant inclusively for starts', () => {
    const stage = makeStage()
    const at = startTime - 30_000 - 10 * minute
    expect(klines(stage, minute, at, at).map(({ start }) => start)).toEqual([at])
    expect(klines(stage, minute, at + 1, at + minute).map(({ start }) => start)).toEqual([
      at + minute,
    ])
    expect(klines(stage, minute, at + 1, at + minute - 1)).toEqual([])
    expect(klines(stage, minute, startTime + minute)).toEqual([])
  })

  test.each([
    ['3 minutes', 3 * minute, 0],
    ['1 hour', hour, 0],
    ['4 hours', 4 * hour, 0],
    ['1 day', day, 0],
    ['3 days', 3 * day, 0],
    ['1 week', week, 4 * day],
  ])('behavior: %s is made of its minutes', (_, interval, shift) => {
    const stage = makeStage()
    const from = Math.floor((startTime - 2 * interval - shift) / interval) * interval + shift
    const [row] = klines(stage, interval, from, from)
    expect(row).toEqual({
      start: from,
      ...join(klines(stage, minute, from, from + interval - 1)),
    })
  })

  test('behavior: weeks begin on Monday, months on the first', () => {
    const stage = makeStage()
    for (const { start } of klines(stage, week, startTime - 10 * week)) {
      expect(new Date(start).getUTCDay()).toBe(1)
    }
    const months = klines(stage, 'month', Date.UTC(2025, 9, 15))
    expect(months.map(({ start }) => start)).toEqual([
      Date.UTC(2025, 10, 1),
      Date.UTC(2025, 11, 1),
      Date.UTC(2026, 0, 1),
    ])
    const december = klines(stage, day, Date.UTC(2025, 11, 1), Date.UTC(2025, 11, 31))
    expect(december).toHaveLength(31)
    expect(months[1]).toEqual({ start: Date.UTC(2025, 11, 1), ...join(december) })
  })

  test('behavior: the past reaches back to September 2019 and no further', () => {
    const rows = klines(makeStage(), day, 0, historyStart + 3 * day)
    expect(rows.map(({ start }) => start)).toEqual([0, 1, 2, 3].map((n) => historyStart + n * day))
    expect(klines(makeStage(), 'month', 0)[0]?.start).toBe(historyStart)
  })

  test('behavior: what was really traded goes on where the past ends', () => {
    const stage = makeStage()
    const { engine, clock } = stage
    engine.setPrice('BTCUSDT', '61000')
    clock.advance(3 * minute)
    engine.setPrice('BTCUSDT', '60500')
    engine.setPrice('BTCUSDT', '62000')
    const rows = klines(stage, minute, startTime - minute)
    expect(rows.map(({ open, high, low, close }) => [open, high, low, close])).toEqual([
      ['60000', '61000', '60000', '61000'],
      ['61000', '61000', '61000', '61000'],
      ['61000', '61000', '61000', '61000'],
      ['61000', '62000', '60500', '62000'],
    ])
    expect(rows[1]).toMatchObject({ volume: '0', turnover: '0', trades: 0 })
    const [today] = klines(stage, day, startTime - 30_000)
    expect(today).toEqual({ start: startTime - 30_000, ...join(rows) })
  })

  test('behavior: an interval that spans both is made of both', () => {
    const clock = new ManualClock(startTime + 17 * minute)
    const engine = createEngine({
      instruments: [bitcoin],
      rules: plainRules,
      clock,
      seed: 3,
      startPrices: { BTC: '60000' },
    })
    clock.advance(5 * minute)
    engine.setPrice('BTCUSDT', '90000')
    const at = startTime - 30_000
    const [row] = engine.klines('BTCUSDT', hour, at, at)
    const minutes = engine.klines('BTCUSDT', minute, at, at + hour - 1)
    expect(minutes).toHaveLength(23)
    expect(row).toEqual({ start: at, ...join(minutes) })
    expect(row?.high).toBe('90000')
  })

  test('behavior: volume and turnover are those of the trades', () => {
    const stage = makeStage()
    const order = accepted(stage.engine.placeOrder(stage.account, market('BUY', '1.5')))
    expect(klines(stage, minute, startTime - 30_000)).toMatchObject([
      { volume: '1.5', turnover: order.executedNotional },
    ])
  })

  test('behavior: the day is the last 24 hours', () => {
    const stage = makeStage()
    const { engine, clock } = stage
    const {
      start: _,
      close: __,
      ...expected
    } = {
      start: 0,
      ...join(klines(stage, minute, startTime - day)),
    }
    expect(engine.day('BTCUSDT')).toEqual(expected)
    engine.setPrice('BTCUSDT', '70000')
    expect(engine.day('BTCUSDT').high).toBe('70000')
    clock.advance(2 * day)
    expect(engine.day('BTCUSDT')).toEqual({
      open: '70000',
      high: '70000',
      low: '70000',
      volume: '0',
      turnover: '0',
      trades: 0,
    })
  })

  test('behavior: a clock that begins at the epoch has no past', () => {
    const engine = createEngine({
      instruments: [bitcoin],
      rules: plainRules,
      clock: new ManualClock(0),
      seed: 1,
      startPrices: { BTC: '60000' },
    })
    expect(engine.klines('BTCUSDT', minute, 0, Infinity)).toMatchObject([
      { start: 0, close: '60000', trades: 0 },
    ])
    expect(engine.day('BTCUSDT')).toMatchObject({ open: '60000', trades: 0 })
  })
})
