import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { getKlines, klineIntervals } from './candles.ts'
import { bitcoin, script } from './script.testing.ts'

const KLINE = 'GET /linear-swap-ex/market/history/kline'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** 2026-06-01, a Monday. */
const JUNE = Date.UTC(2026, 5, 1)

function row(start: number, figures: Partial<Record<string, number>> = {}) {
  const prices = { open: 100, close: 101, high: 102, low: 99, vol: 3412, amount: 3.412 }
  return { id: start / 1_000, trade_turnover: 215310.1, count: 88, ...prices, ...figures }
}

function ok(data: unknown) {
  return { ch: 'market.BTC-USDT.kline', status: 'ok', data, ts: 1 }
}

/** An exchange that has a candle for every period it is asked for. */
function endless(lengths: Record<string, number>) {
  const requests: { period: string; from: number; to: number }[] = []
  const call: Call = async (endpoint, params) => {
    const { query = {} } = endpoint.encode(params)
    const period = String(query.period)
    const [from, to] = [Number(query.from) * 1_000, Number(query.to) * 1_000]
    requests.push({ period, from, to })
    const length = lengths[period] ?? Number.NaN
    const rows: unknown[] = []
    for (let start = Math.ceil(from / length) * length; start <= to; start += length) {
      rows.push(row(start))
    }
    const inner = script({ [KLINE]: ok(rows) })
    return inner.call(endpoint, params)
  }
  return { call, requests }
}

const LENGTHS = {
  '1min': MINUTE,
  '5min': 5 * MINUTE,
  '15min': 15 * MINUTE,
  '30min': 30 * MINUTE,
  '60min': HOUR,
  '4hour': 4 * HOUR,
}

function page(interval: KlineInterval, startTime: number, endTime: number) {
  return { instrument: bitcoin, interval, startTime, endTime, limit: 2_000 }
}

describe('getKlines', () => {
  test('default: from and to in seconds, never with a size', async () => {
    const { call, lines, sent } = script({
      [KLINE]: ok([row(JUNE), row(JUNE + 5 * MINUTE)]),
    })
    expect(await getKlines(call, page('5m', JUNE, JUNE + 5 * MINUTE))).toEqual([
      { timestamp: JUNE, open: 100, high: 102, low: 99, close: 101, volume: 3.412 },
      { timestamp: JUNE + 5 * MINUTE, open: 100, high: 102, low: 99, close: 101, volume: 3.412 },
    ])
    expect(lines).toEqual([
      `${KLINE}?contract_code=BTC-USDT&period=5min&from=1780272000&to=1780272300`,
    ])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { market: 1 } }])
  })

  test.each([
    ['1m', '1min'],
    ['5m', '5min'],
    ['15m', '15min'],
    ['30m', '30min'],
    ['1h', '60min'],
    ['4h', '4hour'],
  ] as const)('args: %s is %s', async (interval, period) => {
    const { call, requests } = endless(LENGTHS)
    const [first] = await getKlines(call, page(interval, JUNE, JUNE))
    expect(requests.map((request) => request.period)).toEqual([period])
    expect(first?.timestamp).toBe(JUNE)
    expect(klineIntervals).toContain(interval)
  })

  test('behavior: never more than 2000 candles in a request, and none twice', async () => {
    const { call, requests } = endless(LENGTHS)
    const klines = await getKlines(call, page('1m', JUNE, JUNE + 4_499 * MINUTE))
    expect(requests.map(({ from, to }) => (to - from) / MINUTE + 1)).toEqual([2_000, 2_000, 500])
    expect(klines.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 4_500 }, (_, index) => JUNE + index * MINUTE),
    )
  })

  test.each(['3m', '2h', '6h', '8h', '12h', '1d', '3d', '1w', '1M'] as const)(
    'error: %s is not its own, or not on the grid of UTC',
    async (interval) => {
      const { call, requests } = endless(LENGTHS)
      await expect(getKlines(call, page(interval, JUNE, JUNE))).rejects.toMatchObject({
        code: 'UNSUPPORTED',
      })
      expect(requests).toEqual([])
      expect(klineIntervals).not.toContain(interval)
    },
  )

  test('behavior: ascending, and nothing outside the window, whatever comes', async () => {
    const starts = [JUNE + 2 * MINUTE, JUNE - MINUTE, JUNE, JUNE + MINUTE, JUNE + 3 * MINUTE]
    const { call } = script({ [KLINE]: ok(starts.map((start) => row(start))) })
    const klines = await getKlines(call, page('1m', JUNE, JUNE + 2 * MINUTE))
    expect(klines.map(({ timestamp }) => timestamp)).toEqual([
      JUNE,
      JUNE + MINUTE,
      JUNE + 2 * MINUTE,
    ])
  })

  test('behavior: no candles is an empty list', async () => {
    const { call } = script({ [KLINE]: ok([]) })
    expect(await getKlines(call, page('1h', JUNE, JUNE + HOUR))).toEqual([])
  })

  test.each(['id', 'open', 'high', 'low', 'close', 'amount'])(
    'error: a candle without %s',
    async (name) => {
      const { call } = script({ [KLINE]: ok([{ ...row(JUNE), [name]: null }]) })
      await expect(getKlines(call, page('1m', JUNE, JUNE))).rejects.toMatchObject({
        name: 'ReadError',
        path: `$.data[0].${name}`,
      })
    },
  )
})
