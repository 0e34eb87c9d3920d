import { expect, test } from 'vitest'
import { type Desk, openDesk, startTime } from './desk.fixture.ts'

const path = '/linear-swap-ex/market/history/kline'

interface Candle {
  id: number
  open: number
  close: number
  high: number
  low: number
  amount: number
  vol: number
}

async function read(desk: Desk, query: Record<string, string | number>): Promise<Candle[]> {
  const answer = await desk.get(path, { contract_code: 'BTC-USDT', ...query })
  return answer
    .at('data')
    .items()
    .map((row) => ({
      id: row.at('id').number(),
      open: row.at('open').number(),
      close: row.at('close').number(),
      high: row.at('high').number(),
      low: row.at('low').number(),
      amount: row.at('amount').number(),
      vol: row.at('vol').number(),
    }))
}

test('default: numbers, ascending, the open candle last', async () => {
  const desk = openDesk()
  const answer = await desk.get(path, { contract_code: 'BTC-USDT', period: '5min', size: 3 })
  expect(answer.at('ch').string()).toBe('market.BTC-USDT.kline.5min')
  expect(answer.at('data').at(2).value).toEqual({
    id: Math.floor(startTime / 300_000) * 300,
    open: expect.any(Number),
    close: expect.any(Number),
    high: expect.any(Number),
    low: expect.any(Number),
    amount: expect.any(Number),
    vol: expect.any(Number),
    trade_turnover: expect.any(Number),
    count: expect.any(Number),
  })
  const ids = (await read(desk, { period: '5min', size: 3 })).map(({ id }) => id)
  expect(ids).toEqual([ids[0], Number(ids[0]) + 300, Number(ids[0]) + 600])
})

test('behavior: both ends of a span are part of it, and a size makes them nothing', async () => {
  const desk = openDesk()
  const to = Math.floor(startTime / 3_600_000) * 3600
  const span = { period: '60min', from: to - 3 * 3600, to }
  expect((await read(desk, span)).map(({ id }) => id)).toEqual([
    to - 10_800,
    to - 7200,
    to - 3600,
    to,
  ])
  expect(await read(desk, { ...span, from: 1, size: 2 })).toHaveLength(2)
})

test('behavior: a span of 2000 periods is one candle too many', async () => {
  const desk = openDesk()
  const to = Math.floor(startTime / 60_000) * 60
  const span = (periods: number): Record<string, string | number> => ({
    period: '1min',
    from: to - periods * 60,
    to,
  })
  expect(await read(desk, span(1999))).toHaveLength(2000)
  expect(await read(desk, span(2000))).toEqual([])
  const old = to - 2 * 31_536_000 - 3600
  expect(await read(desk, { period: '1min', from: old, to: old + 600 })).toEqual([])
})

test('behavior: days, weeks and months begin at midnight in UTC+8', async () => {
  const desk = openDesk()
  const ids = async (period: string): Promise<string[]> => {
    const candles = await read(desk, { period, size: 2 })
    return candles.map(({ id }) => new Date(id * 1000).toISOString().slice(0, 16))
  }
  expect(await ids('1day')).toEqual(['2026-01-03T16:00', '2026-01-04T16:00'])
  expect(await ids('1week')).toEqual(['2025-12-28T16:00', '2026-01-04T16:00'])
  expect(await ids('1mon')).toEqual(['2025-11-30T16:00', '2025-12-31T16:00'])
  expect(await ids('4hour')).toEqual(['2026-01-04T20:00', '2026-01-05T00:00'])
})

test('behavior: a day is what its hours were', async () => {
  const desk = openDesk()
  const from = Date.UTC(2026, 0, 3, 16) / 1000
  const [day] = await read(desk, { period: '1day', from, to: from })
  const hours = await read(desk, { period: '60min', from, to: from + 23 * 3600 })
  expect(hours).toHaveLength(24)
  expect(day).toMatchObject({
    open: hours[0]?.open,
    close: hours[23]?.close,
    high: Math.max(...hours.map(({ high }) => high)),
    low: Math.min(...hours.map(({ low }) => low)),
  })
  const amount = hours.reduce((sum, hour) => sum + hour.amount, 0)
  expect(day?.amount).toBeCloseTo(amount, 6)
  expect(day?.vol).toBeCloseTo(amount * 1000, 3)
})

test('default: candles of what is not traded are texts without volume', async () => {
  const desk = openDesk()
  const query = { contract_code: 'BTC-USDT', period: '1day', size: 1 }
  const kinds = { mark_price: /^\d/, premium_index: /^0$/, estimated_rate: /^-?0\.000\d+$/ }
  for (const [kind, open] of Object.entries(kinds)) {
    const answer = await desk.get(`/index/market/history/linear_swap_${kind}_kline`, query)
    expect(answer.at('ch').string()).toBe(`market.BTC-USDT.${kind}.1day`)
    expect(answer.at('data').at(0).value).toMatchObject({
      id: Date.UTC(2026, 0, 4, 16) / 1000,
      open: expect.stringMatching(open),
      amount: '0',
      vol: '0',
      trade_turnover: '0',
      count: '0',
    })
  }
  const basis = await desk.get('/index/market/history/linear_swap_basis', query)
  expect(basis.at('data').at(0).value).toMatchObject({ basis: '0', basis_rate: '0' })
})
