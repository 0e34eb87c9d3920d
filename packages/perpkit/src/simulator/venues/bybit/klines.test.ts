import { expect, test } from 'vitest'
import { openDesk, said, startTime } from './desk.fixture.ts'
import { candleAfter, candleStart } from './klines.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const minute = startTime - 30_000

test('default: weeks begin on Monday, months on the first', () => {
  const friday = Date.UTC(2026, 0, 9, 12)
  expect(candleStart(friday, 7 * DAY)).toBe(Date.UTC(2026, 0, 5))
  expect(candleStart(Date.UTC(2026, 0, 4, 23), 7 * DAY)).toBe(Date.UTC(2025, 11, 29))
  expect(candleStart(friday, 'month')).toBe(Date.UTC(2026, 0, 1))
  expect(candleAfter(Date.UTC(2026, 0, 1), 'month', -1)).toBe(Date.UTC(2025, 11, 1))
  expect(candleStart(friday, 240 * MINUTE)).toBe(friday)
})

test('default: newest first, the open candle before the others, all of it text (trap 16)', async () => {
  const desk = openDesk()
  const answer = await desk.get('/v5/market/kline', { ...bitcoin, interval: '1', limit: 3 })
  const list = tuples(answer.at('result').at('list').value)
  expect(list.map(([start]) => start)).toEqual(
    [minute, minute - MINUTE, minute - 2 * MINUTE].map(String),
  )
  expect(list.every((row) => row.length === 7)).toBe(true)
  expect(answer.at('result').at('symbol').string()).toBe('BTCUSDT')
  expect(answer.at('result').at('category').string()).toBe('linear')
  expect(await desk.unknownWords()).toEqual([])
})

test.each([
  [
    'start inside a candle returns that candle (trap 37)',
    { start: minute - 61_000, end: minute },
    [0, 1, 2],
  ],
  ['end inside a candle returns that candle', { end: minute - 30_000, limit: 2 }, [1, 2]],
  ['start alone goes forward', { start: minute - 10 * MINUTE, limit: 3 }, [8, 9, 10]],
  ['a range longer than the limit ends at its end', { start: 1, end: minute, limit: 2 }, [0, 1]],
  ['an end in the future is cut', { end: minute + DAY, limit: 1 }, [0]],
])('behavior: %s', async (_, query, minutesAgo) => {
  const desk = openDesk()
  const answer = await desk.get('/v5/market/kline', { ...bitcoin, interval: '1', ...query })
  const starts = tuples(answer.at('result').at('list').value).map(([start]) => start)
  expect(starts).toEqual(minutesAgo.map((ago) => String(minute - ago * MINUTE)))
})

test('behavior: a start before the listing gives the first candles there are', async () => {
  const desk = openDesk()
  const query = { ...bitcoin, interval: 'M', start: 9999, limit: 1 }
  const answer = await desk.get('/v5/market/kline', query)
  const [[start] = []] = tuples(answer.at('result').at('list').value)
  expect(start).toBe(String(Date.UTC(2020, 2, 1)))
})

test.each([
  ['1', 1],
  ['3', 3],
  ['5', 5],
  ['15', 15],
  ['30', 30],
  ['60', 60],
  ['120', 120],
  ['240', 240],
  ['360', 360],
  ['720', 720],
  ['D', 1440],
  ['W', 10_080],
])('args: interval %s', async (interval, minutes) => {
  const desk = openDesk()
  const answer = await desk.get('/v5/market/kline', { ...bitcoin, interval, limit: 2 })
  const [newest, older] = tuples(answer.at('result').at('list').value)
  expect(Number(newest?.[0]) - Number(older?.[0])).toBe(minutes * MINUTE)
})

test.each(['mark-price-kline', 'index-price-kline', 'premium-index-price-kline'])(
  'default: %s has no volume',
  async (path) => {
    const desk = openDesk()
    const answer = await desk.get(`/v5/market/${path}`, { ...bitcoin, interval: '60', limit: 2 })
    const list = tuples(answer.at('result').at('list').value)
    expect(list.map((row) => row.length)).toEqual([5, 5])
  },
)

test('args: limit is 200 when it is not said, and clamped at 1000', async () => {
  const desk = openDesk()
  const standard = await desk.get('/v5/market/kline', { ...bitcoin, interval: '1' })
  const most = await desk.get('/v5/market/kline', { ...bitcoin, interval: '1', limit: 5000 })
  expect(standard.at('result').at('list').items()).toHaveLength(200)
  expect(most.at('result').at('list').items()).toHaveLength(1000)
})

test.each([
  [{ interval: '7' }, '10001 params error: interval invalid'],
  [{}, '10001 params error: interval invalid'],
  [{ interval: '1', symbol: 'FOOUSDT' }, '10001 Not supported symbols'],
  [{ interval: '1', limit: '0' }, '10001 params error: limit invalid'],
  [{ interval: '1', start: 'soon' }, '10001 params error: start invalid'],
])('error: %j', async (query, message) => {
  const desk = openDesk()
  expect(said(await desk.get('/v5/market/kline', { ...bitcoin, ...query }))).toBe(message)
})

test('behavior: an unknown interval is noted, the words around it are not', async () => {
  const desk = openDesk()
  await desk.get('/v5/market/kline', { ...bitcoin, interval: '8h', startTime: 1 })
  expect(await desk.unknownWords()).toEqual(['value interval', 'parameter startTime'])
})

const bitcoin = { category: 'linear', symbol: 'BTCUSDT' }

function tuples(value: unknown): string[][] {
  if (!Array.isArray(value)) throw new Error('no list')
  return value.map((row) => (Array.isArray(row) ? row.map(String) : []))
}

test('default: rows are plain text', async () => {
  const desk = openDesk()
  const answer = await desk.get('/v5/market/kline', { ...bitcoin, interval: '1', limit: 1 })
  expect(answer.at('result').at('list').value).toEqual([
    [String(minute), '60000', '60000', '60000', '60000', '0', '0'],
  ])
})
