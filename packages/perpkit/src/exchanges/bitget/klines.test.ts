import { describe, expect, test } from 'vitest'
import type { Call, KlinePage } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { getKlines } from './klines.ts'
import { bitcoin, context, ok, script } from './script.testing.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** What the answers of these tests say the time is. */
const NOW = context.receivedAt

const RECENT = 'GET /api/v2/mix/market/candles'
const OLDER = 'GET /api/v2/mix/market/history-candles'

function row(time: number, close = '2'): string[] {
  return [String(time), '1', '3', '0.5', close, '12.5', '25']
}

function page(interval: KlineInterval, startTime: number, endTime: number): KlinePage {
  return { instrument: bitcoin, interval, startTime, endTime, limit: 1000 }
}

/** A server that has a candle at every whole hour from `since` on, as the sheet says it answers. */
function hourly(since: number, lookBack: number) {
  const asked: { path: string; startTime: number; endTime: number; limit: number }[] = []
  const call: Call = async (endpoint, params) => {
    const { query = {} } = endpoint.encode(params)
    const [startTime, endTime, limit] = [
      Number(query.startTime),
      Number(query.endTime),
      Number(query.limit),
    ]
    asked.push({ path: endpoint.path, startTime, endTime, limit })
    const isRecent = endpoint.path.endsWith('/candles')
    const earliest = isRecent ? Math.max(since, NOW - lookBack) : since
    const rows: string[][] = []
    for (let time = Math.ceil(earliest / HOUR) * HOUR; time <= endTime; time += HOUR) {
      if (time >= startTime) rows.push(row(time))
    }
    return endpoint.decode(new Reader(ok(rows.slice(-limit))), params, context)
  }
  return { call, asked }
}

describe('getKlines', () => {
  const start = Math.floor(NOW / 60_000) * 60_000 - 10 * 60_000

  test('default: one request, both ends counted', async () => {
    const rows = [row(start), row(start + 60_000, '2.5')]
    const { call, lines, sent } = script({ [RECENT]: ok(rows) })
    expect(await getKlines(call, page('1m', start, start + 60_000))).toEqual([
      { timestamp: start, open: 1, high: 3, low: 0.5, close: 2, volume: 12.5 },
      { timestamp: start + 60_000, open: 1, high: 3, low: 0.5, close: 2.5, volume: 12.5 },
    ])
    expect(lines).toEqual([
      `${RECENT}?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=1m&startTime=${start}&endTime=${start + 60_000}&limit=1000`,
    ])
    expect(sent).toEqual([{ access: 'public', effect: 'read' }])
  })

  test.each([
    ['1m', '1m'],
    ['3m', '3m'],
    ['5m', '5m'],
    ['15m', '15m'],
    ['30m', '30m'],
    ['1h', '1H'],
    ['2h', '2H'],
    ['4h', '4H'],
    ['6h', '6Hutc'],
    ['12h', '12Hutc'],
    ['1d', '1Dutc'],
    ['3d', '3Dutc'],
    ['1w', '1Wutc'],
    ['1M', '1Mutc'],
  ] as const)('args: %s is asked for as %s', async (interval, token) => {
    const { call, lines } = script({ [RECENT]: ok([row(start)]) })
    await getKlines(call, page(interval, start, start))
    expect(lines[0]).toContain(`&granularity=${token}&`)
  })

  test('behavior: rows outside the window are dropped, the rest is put in order', async () => {
    const rows = [row(start + 60_000), row(start - 60_000), row(start), row(start + 120_000)]
    const { call } = script({ [RECENT]: ok(rows) })
    const klines = await getKlines(call, page('1m', start, start + 60_000))
    expect(klines.map(({ timestamp }) => timestamp)).toEqual([start, start + 60_000])
  })

  test.each([[null], [[]]])('behavior: %j is no candles', async (data) => {
    const { call } = script({ [RECENT]: ok(data) })
    expect(await getKlines(call, page('1m', start, start))).toEqual([])
  })

  test('behavior: a body that is empty is no candles either', async () => {
    const { call } = script({ [RECENT]: '' })
    expect(await getKlines(call, page('1m', start, start))).toEqual([])
  })

  test('error: another refusal goes through', async () => {
    const { call } = script({ [RECENT]: { code: '40034', msg: 'no such symbol', data: null } })
    await expect(getKlines(call, page('1m', start, start))).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })

  test('error: 8h is refused before anything is sent', async () => {
    const { call, lines } = script({})
    await expect(getKlines(call, page('8h', start, start))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  test('error: a row without a price', async () => {
    const { call } = script({ [RECENT]: ok([[String(start), '', '3', '1', '2', '1', '1']]) })
    await expect(getKlines(call, page('1m', start, start))).rejects.toThrow('$.data[0][1]')
  })
})

describe('long windows', () => {
  test('behavior: no request spans more than 90 days', async () => {
    const { call, lines } = script({ [RECENT]: ok([]), [OLDER]: ok([]) })
    const end = Math.floor(NOW / DAY) * DAY
    await getKlines(call, page('1d', end - 199 * DAY, end))
    const spans = lines.map((line) => {
      const query = new URLSearchParams(line.slice(line.indexOf('?')))
      return (Number(query.get('endTime')) - Number(query.get('startTime'))) / DAY
    })
    expect(Math.max(...spans)).toBe(89)
  })

  test('behavior: months are windows of two at most', async () => {
    const { call, lines } = script({ [RECENT]: ok([]), [OLDER]: ok([]) })
    const [from, to] = [Date.UTC(2025, 5, 1), Date.UTC(2025, 9, 1)]
    await getKlines(call, page('1M', from, to))
    const windows = lines
      .filter((line) => line.startsWith(`${RECENT}?`))
      .map((line) => new URLSearchParams(line.slice(line.indexOf('?'))))
    const starts = windows.map((query) => Number(query.get('startTime')))
    const ends = windows.map((query) => Number(query.get('endTime')))
    expect(starts[0]).toBe(from)
    expect(ends.at(-1)).toBe(to)
    // Without a gap, whatever the months' lengths.
    expect(starts.slice(1)).toEqual(ends.slice(0, -1).map((end) => end + 1))
  })

  test('behavior: what the recent list no longer has comes from the older one', async () => {
    const { call, asked } = hourly(0, 83 * DAY)
    const end = Math.floor(NOW / HOUR) * HOUR - 80 * DAY
    const startTime = end - 299 * HOUR
    const klines = await getKlines(call, page('1h', startTime, end))
    expect(klines.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 300 }, (_, i) => startTime + i * HOUR),
    )
    expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual([
      'candles',
      'history-candles',
      'history-candles',
    ])
    expect(asked.slice(1).every(({ limit }) => limit === 200)).toBe(true)
  })

  test('behavior: a young symbol costs one question for what is recent', async () => {
    const end = Math.floor(NOW / HOUR) * HOUR
    const { call, asked } = hourly(end - 2 * HOUR, 83 * DAY)
    const klines = await getKlines(call, page('1h', end - 9 * HOUR, end))
    expect(klines).toHaveLength(3)
    expect(asked).toHaveLength(1)
  })
})
