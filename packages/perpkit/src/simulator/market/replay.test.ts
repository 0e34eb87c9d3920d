import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { type Candle, playCandles } from './replay.ts'

const first: Candle = { start: 0, open: '10', high: '14', low: '9', close: '12', volume: '1' }
const second: Candle = { start: 60_000, open: '12', high: '13', low: '7', close: '8', volume: '1' }

interface Played {
  clock: ManualClock
  /** What was set and when, counted from the beginning. */
  prices: [at: number, price: string][]
  ends: number[]
  stop: () => void
}

function play(candles: readonly Candle[], speed = 1): Played {
  const clock = new ManualClock(1_000_000)
  const since = (): number => clock.now() - 1_000_000
  const prices: Played['prices'] = []
  const ends: number[] = []
  const stop = playCandles({
    candles,
    clock,
    speed,
    setPrice: (price) => void prices.push([since(), price]),
    onEnd: () => void ends.push(since()),
  })
  return { clock, prices, ends, stop }
}

describe('playCandles', () => {
  test('default: open, the nearer extreme, the other one, close, at quarters of the candle', () => {
    const { clock, prices, ends } = play([first, second])
    expect(prices).toEqual([[0, '10']])
    clock.advance(200_000)
    expect(prices).toEqual([
      [0, '10'],
      [15_000, '9'],
      [30_000, '14'],
      [45_000, '12'],
      [60_000, '12'],
      [75_000, '13'],
      [90_000, '7'],
      [105_000, '8'],
    ])
    expect(ends).toEqual([120_000])
  })

  test('args: speed shortens it', () => {
    const { clock, prices, ends } = play([first, second], 60)
    clock.advance(2_000)
    expect(prices.map(([at]) => at)).toEqual([0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750])
    expect(ends).toEqual([2_000])
  })

  test('behavior: a hole in the file is waited for, and candles keep their length', () => {
    const { clock, prices, ends } = play([first, second, { ...first, start: 600_000 }])
    clock.advance(700_000)
    expect(prices.slice(7).map(([at]) => at)).toEqual([105_000, 600_000, 615_000, 630_000, 645_000])
    expect(ends).toEqual([660_000])
  })

  test('behavior: stopped, it sets nothing more and does not end', () => {
    const { clock, prices, ends, stop } = play([first, second])
    clock.advance(20_000)
    stop()
    clock.advance(500_000)
    expect(prices).toHaveLength(2)
    expect(ends).toEqual([])
  })

  test('behavior: stopped from within, too', () => {
    const clock = new ManualClock()
    const prices: string[] = []
    const stop = playCandles({
      candles: [first],
      clock,
      speed: 1,
      setPrice(price) {
        prices.push(price)
        if (prices.length === 2) stop()
      },
    })
    clock.advance(500_000)
    expect(prices).toEqual(['10', '9'])
  })

  test('behavior: a candle alone lasts a minute, and no candles end at once', () => {
    const alone = play([first])
    alone.clock.advance(60_000)
    expect(alone.ends).toEqual([60_000])
    const none = play([])
    none.clock.advance(0)
    expect([none.prices, none.ends]).toEqual([[], [0]])
  })

  test('behavior: one timer at a time, however many candles', () => {
    let pending = 0
    const clock = new ManualClock()
    const counting = {
      now: () => clock.now(),
      after(ms: number, task: () => void) {
        pending++
        return clock.after(ms, () => {
          pending--
          task()
        })
      },
    }
    const candles = Array.from({ length: 1_000 }, (_, index) => ({
      ...first,
      start: index * 60_000,
    }))
    playCandles({ candles, clock: counting, speed: 1, setPrice: () => {} })
    for (let step = 0; step < 20; step++) {
      expect(pending).toBe(1)
      clock.advance(15_000)
    }
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('error: a speed of %d', (speed) => {
    expect(() => play([first], speed)).toThrow(RangeError)
  })
})
