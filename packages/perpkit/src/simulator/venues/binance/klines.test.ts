import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kindsOf, openStand, START, type Stand } from './wire.fixture.ts'

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const MINUTE = 60_000

type Row = (string | number)[]

async function rowsOf(
  words: Record<string, string | number>,
  path = '/fapi/v1/klines',
): Promise<Row[]> {
  const { status, json } = await venue.read(path, words)
  expect(status).toBe(200)
  return json
    .items()
    .map((row) =>
      row.items().map((cell) => (typeof cell.value === 'number' ? cell.value : cell.string())),
    )
}

const sample = [
  1763798400000,
  '60000.10',
  '60012.00',
  '59980.00',
  '60005.50',
  '12.345',
  1763798459999,
  '740769.4',
  321,
  '6.100',
  '366034.9',
  '0',
]

describe('klines', () => {
  test('default: (row 32) twelve columns, the newest 500 up to the open candle', async () => {
    const rows = await rowsOf({ symbol: 'BTCUSDT', interval: '1m' })
    expect(rows).toHaveLength(500)
    expect(rows[0]?.map(kindsOf)).toEqual(sample.map(kindsOf))
    expect(rows.at(-1)?.[0]).toBe(START)
    expect(rows.at(-1)?.[6]).toBe(START + MINUTE - 1)
    expect(rows.map((row) => row[0])).toEqual(rows.map((_, i) => START - (499 - i) * MINUTE))
  })

  test('args: from a start ascending, the oldest of the span', async () => {
    const startTime = START - 100 * MINUTE
    const rows = await rowsOf({
      symbol: 'BTCUSDT',
      interval: '5m',
      startTime,
      endTime: START,
      limit: 3,
    })
    expect(rows.map((row) => row[0])).toEqual([0, 5, 10].map((m) => startTime + m * MINUTE))
  })

  test('args: an end alone gives the latest up to it, inclusive', async () => {
    const endTime = START - 30 * MINUTE
    const rows = await rowsOf({ symbol: 'BTCUSDT', interval: '15m', endTime, limit: 2 })
    expect(rows.map((row) => row[0])).toEqual([endTime - 15 * MINUTE, endTime])
  })

  test('args: a start before the listing begins at the listing', async () => {
    const rows = await rowsOf({ symbol: 'BTCUSDT', interval: '1d', startTime: 0, limit: 2 })
    expect(rows.map((row) => row[0])).toEqual([Date.UTC(2019, 8, 26), Date.UTC(2019, 8, 27)])
  })

  test('args: months are those of the calendar, weeks open on Monday', async () => {
    const months = await rowsOf({ symbol: 'BTCUSDT', interval: '1M', limit: 2 })
    expect(months.map((row) => [row[0], row[6]])).toEqual([
      [Date.UTC(2025, 11, 1), Date.UTC(2026, 0, 1) - 1],
      [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1) - 1],
    ])
    const [week] = await rowsOf({ symbol: 'BTCUSDT', interval: '1w', limit: 1 })
    expect(new Date(Number(week?.[0])).getUTCDay()).toBe(1)
  })

  test('behavior: the market trades into the open candle', async () => {
    await venue.setPrice(61_000)
    const [row] = await rowsOf({ symbol: 'BTCUSDT', interval: '1m', limit: 1 })
    expect(row?.slice(0, 5)).toEqual([START, '60000.00', '61000.00', '60000.00', '61000.00'])
    expect(Number(row?.[5])).toBeGreaterThan(0)
  })

  test.each([
    ['/fapi/v1/continuousKlines', { pair: 'BTCUSDT', contractType: 'PERPETUAL' }],
    ['/fapi/v1/indexPriceKlines', { pair: 'BTCUSDT' }],
    ['/fapi/v1/markPriceKlines', { symbol: 'BTCUSDT' }],
    ['/fapi/v1/premiumIndexKlines', { symbol: 'BTCUSDT' }],
  ])('default: %s has the same columns', async (path, words) => {
    const rows = await rowsOf({ ...words, interval: '1h', limit: 2 }, path)
    expect(rows).toHaveLength(2)
    expect(rows[0]?.map(kindsOf)).toEqual(sample.map(kindsOf))
    expect(rows[0]?.[5] === '0').toBe(!path.includes('continuous'))
  })

  test.each([
    ['no interval', { symbol: 'BTCUSDT' }, -1102],
    ['limit 1501', { symbol: 'BTCUSDT', interval: '1m', limit: 1501 }, -1130],
    ['start after end', { symbol: 'BTCUSDT', interval: '1m', startTime: 2, endTime: 1 }, -1023],
  ])('error: %s', async (_name, words, code) => {
    expect(await venue.read('/fapi/v1/klines', words)).toMatchObject({
      status: 400,
      body: { code },
    })
  })
})

describe('words', () => {
  test('error: an interval or a contract type that does not exist is told to the ledger', async () => {
    const second = { symbol: 'BTCUSDT', interval: '1s' }
    expect(await venue.read('/fapi/v1/klines', second)).toMatchObject({ body: { code: -1120 } })
    const quarter = { pair: 'BTCUSDT', contractType: 'QUARTER', interval: '1m' }
    expect(await venue.read('/fapi/v1/continuousKlines', quarter)).toMatchObject({
      body: { code: -4104 },
    })
    expect(await venue.ledger()).toEqual(['value interval', 'value contractType'])
    venue = openStand()
  })

  test('error: a pair that does not exist', async () => {
    expect(
      await venue.read('/fapi/v1/indexPriceKlines', { pair: 'NOPE', interval: '1m' }),
    ).toMatchObject({ body: { code: -4144 } })
  })
})
