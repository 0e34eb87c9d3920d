import { expect, test } from 'vitest'
import { type Desk, openDesk, place, rows, said, startTime } from './desk.fixture.ts'

const code = { contract_code: 'BTC-USDT' } as const
const HOUR = 3_600_000
const history = '/v5/market/funding_rate_history'

type Query = Record<string, string | number>

async function page(desk: Desk, query: Query): Promise<Record<string, unknown>[]> {
  return rows(await desk.get(history, { ...code, ...query }))
}

function times(list: readonly Record<string, unknown>[]): number[] {
  return list.map((one) => Number(one.funding_time))
}

test('default: the history without a time begins in 2020, ten rows, the oldest first', async () => {
  const all = await page(openDesk(), {})
  expect(all).toHaveLength(10)
  expect(all[0]).toEqual({
    id: '1',
    contract_code: 'BTC-USDT',
    funding_rate: expect.stringMatching(/^-?0\.\d{8}0{10}$/),
    funding_time: String(Date.UTC(2020, 9, 21, 0)),
  })
  expect(times(all)).toEqual(all.map((_, place) => Date.UTC(2020, 9, 21, 8 * place)))
})

test('args: windows of any length, both ends included', async () => {
  const desk = openDesk()
  const start = Date.UTC(2026, 0, 1, 8)
  const end = Date.UTC(2026, 0, 2, 8)
  expect(times(await page(desk, { start_time: start, end_time: end }))).toEqual([
    start,
    start + 8 * HOUR,
    start + 16 * HOUR,
    end,
  ])
  const long = await page(desk, { start_time: startTime - 30 * 24 * HOUR, limit: 100 })
  expect(long).toHaveLength(90)
  expect(times(long).at(-1)).toBe(Date.UTC(2026, 0, 5, 0))
  expect(await page(desk, { start_time: startTime + 1 })).toEqual([])
})

test('behavior: pages follow one another by the id, either way', async () => {
  const desk = openDesk()
  const window = { start_time: startTime - 40 * 8 * HOUR, end_time: startTime }
  const all = await page(desk, { ...window, limit: 100 })
  expect(all).toHaveLength(40)
  const seen: Record<string, unknown>[] = []
  for (let from = '0'; seen.length < all.length; from = String(seen.at(-1)?.id)) {
    const next = await page(desk, { ...window, from, direct: 'next', limit: 15 })
    expect(next.length).toBeGreaterThan(0)
    seen.push(...next)
  }
  expect(seen).toEqual(all)
  const middle = String(all[20]?.id)
  expect(await page(desk, { ...window, from: middle, direct: 'prev', limit: 3 })).toEqual(
    all.slice(17, 20),
  )
  expect(await page(desk, { ...window, direct: 'prev', limit: 3 })).toEqual(all.slice(-3))
})

test('behavior: settled is what was announced, and a settlement out of turn is told too', async () => {
  const desk = openDesk()
  const [now] = rows(await desk.get('/v5/market/funding_rate', code))
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
  await desk.advance(8 * HOUR)
  expect(await page(desk, { start_time: startTime })).toMatchObject([
    { funding_rate: '0.001000000000000000', funding_time: String(startTime) },
    { funding_rate: now?.funding_rate, funding_time: now?.funding_time },
  ])
})

test.each([
  [{ limit: 101 }, /^1067 The limit /],
  [{ direct: 'back' }, /^1067 The direct /],
  [{ start_time: 'today' }, /^1067 The start_time /],
  [{ contract_code: '' }, /^1066 The contract_code /],
])('error: %j', async (query: Query, text) => {
  expect(said(await openDesk().get(history, { ...code, ...query }))).toMatch(text)
})

test('behavior: funding is a bill of each position, paid or received', async () => {
  const desk = openDesk()
  await place(desk, { volume: '10' })
  await place(desk, { side: 'sell', margin_mode: 'isolated', volume: '20' })
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
  await desk.advance(HOUR)
  await place(desk, { volume: '1' })
  const all = rows(await desk.get('/v5/account/bills'))
  expect(all.map(({ type }) => type)).toEqual(['5', '5', '31', '30', '5'])
  expect(all[2]).toEqual({
    id: expect.stringMatching(/^\d{19}$/),
    type: '31',
    currency: 'USDT',
    amount: '-0.6',
    contract_code: 'BTC-USDT',
    margin_mode: 'cross',
    created_time: String(startTime),
  })
  expect(all[3]).toMatchObject({ type: '30', amount: '1.2', margin_mode: 'isolated' })
  const bills = async (query: Query): Promise<unknown[]> =>
    rows(await desk.get('/v5/account/bills', query)).map(({ type }) => type)
  expect(await bills({ type: '30,31' })).toEqual(['31', '30'])
  expect(await bills({ type: '30,31', margin_mode: 'isolated' })).toEqual(['30'])
  expect(await bills({ from: String(all[2]?.id), limit: 1 })).toEqual(['30'])
  expect(await bills({ end_time: startTime, contract_code: 'ETH-USDT' })).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: a settlement of nothing is no bill', async () => {
  const desk = openDesk()
  await place(desk)
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0' })
  expect(rows(await desk.get('/v5/account/bills', { type: '30,31' }))).toEqual([])
})
