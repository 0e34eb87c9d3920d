import { describe, expect, test } from 'vitest'
import type { Candle } from './candle.ts'
import { drawChart } from './chart.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 0, 1)

function candle(
  minute: number,
  prices: readonly [number, number, number, number],
  volume = 0,
): Candle {
  const [open, high, low, close] = prices
  return { timestamp: START + minute * MINUTE, open, high, low, close, volume }
}

const OPTIONS = {
  symbol: 'BTCUSDT',
  interval: '1m',
  columns: 40,
  rows: 4,
  colours: 'none',
} as const

describe('drawChart', () => {
  test('default: bodies, wicks, prices, volume and times', () => {
    // Eight half lines from 107 down to 100, one for each unit of price.
    const candles = [
      candle(0, [102, 106, 100, 104], 8), // rises from 102 to 104, wicks to 106 and 100
      candle(1, [104, 105, 101, 102], 16), // falls
      candle(2, [102, 107, 102, 107], 4), // rises to the top without wicks
    ]
    expect(drawChart(candles, OPTIONS).split('\n')).toEqual([
      'BTCUSDT 1m  107  ▲ +4.90%',
      '3 candles · ▒ rising █ falling',
      '╷   ▒ ◂107',
      '▒ ▄ ▒',
      '▒ █ ▒',
      '│ ╵    100',
      '',
      '  █',
      '█ █ ▄',
      '00:00 00:02 UTC',
    ])
  })

  test('args: colours are those of the terminal', () => {
    const candles = [candle(0, [100, 100, 100, 101]), candle(1, [101, 101, 100, 100])]
    expect(drawChart(candles, { ...OPTIONS, colours: '16' })).toContain('\u001B[32m')
    expect(drawChart(candles, { ...OPTIONS, colours: '256' })).toContain('\u001B[38;5;167m')
  })

  test('behavior: where there are more candles than room, each mark is several', () => {
    const candles = Array.from({ length: 90 }, (_, minute) =>
      candle(minute, [100 + minute, 101 + minute, 100 + minute, 101 + minute], 1),
    )
    const lines = drawChart(candles, OPTIONS).split('\n')
    expect(lines[1]).toContain('90 candles, 3 to a mark')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  test('behavior: years of minutes are one chart', () => {
    const candles = Array.from({ length: 500_000 }, (_, minute) => candle(minute, [2, 3, 1, 2]))
    expect(drawChart(candles, OPTIONS)).toContain('500000 candles')
  })

  test('behavior: a market that does not move is a line', () => {
    const lines = drawChart([candle(0, [5, 5, 5, 5])], OPTIONS).split('\n')
    expect(lines.filter((line) => /^[▒▀▄█]/.test(line))).toHaveLength(1)
    expect(lines[0]).toBe('BTCUSDT 1m  5  0.00%')
  })

  test('behavior: days are told where it is longer than one', () => {
    const candles = [candle(0, [1, 1, 1, 1]), candle(3 * 1440, [1, 1, 1, 1])]
    expect(drawChart(candles, OPTIONS)).toContain('2026-01-01 00:00 2026-01-04 00:00 UTC')
  })

  test('error: without candles it says so', () => {
    expect(drawChart([], OPTIONS)).toBe('No candles.')
  })
})
