import { expect, test } from 'vitest'
import { bitcoin, type Desk, openDesk, place, rows, said } from './desk.fixture.ts'

const HOUR = 3_600_000

/** Ids of `count` resting orders, oldest first. */
async function placeMany(desk: Desk, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push(await place(desk, { type: 'limit', price: '50000', volume: '1' }))
  }
  return ids
}

function idsOf(page: Record<string, unknown>[]): unknown[] {
  return page.map((one) => one.order_id)
}

test('behavior: open orders come ten at a time, the oldest first', async () => {
  const desk = openDesk()
  const ids = await placeMany(desk, 12)
  const opens = async (query: Record<string, string | number>): Promise<unknown[]> =>
    idsOf(rows(await desk.get('/v5/trade/order/opens', query)))
  expect(await opens({})).toEqual(ids.slice(0, 10))
  expect(await opens({ ...bitcoin, limit: 100 })).toEqual(ids)
  expect(await opens({ from: ids[9] ?? '', direct: 'next' })).toEqual(ids.slice(10))
  expect(await opens({ from: ids[4] ?? '', direct: 'prev', limit: 2 })).toEqual(ids.slice(2, 4))
  expect(await opens({ order_id: ids[3] ?? '' })).toEqual([ids[3]])
  expect(await opens({ contract_code: 'ETH-USDT' })).toEqual([])
  expect(await opens({ margin_mode: 'isolated' })).toEqual([])
})

test('behavior: the history runs the other way, under ids of its own', async () => {
  const desk = openDesk()
  const ids = await placeMany(desk, 12)
  await desk.post('/v5/trade/cancel_all_orders', { contract_code: 'BTC-USDT' })
  const newest = ids.toReversed()
  const history = async (
    query: Record<string, string | number>,
  ): Promise<Record<string, unknown>[]> =>
    rows(await desk.get('/v5/trade/order/history', { ...bitcoin, ...query }))
  const first = await history({})
  expect(idsOf(first)).toEqual(newest.slice(0, 10))
  const last = first.at(-1)
  expect(last?.id).not.toBe(last?.order_id)
  expect(idsOf(await history({ from: String(last?.id) }))).toEqual(newest.slice(10))
  expect(idsOf(await history({ from: String(last?.id), direct: 'prev', limit: 1 }))).toEqual([
    newest[8],
  ])
  expect(await history({ states: 'filled,partially_canceled' })).toEqual([])
  expect(await history({ state: 'canceled', limit: 100 })).toHaveLength(12)
  expect(await history({ type: 'market' })).toEqual([])
  expect(await history({ price_match: 'opponent' })).toEqual([])
  expect(await history({ time_in_force: 'gtc', limit: 100 })).toHaveLength(12)
})

test('error: a page or a filter that cannot be', async () => {
  const desk = openDesk()
  const opens = async (query: Record<string, string>): Promise<string> =>
    said(await desk.get('/v5/trade/order/opens', query))
  expect(await opens({ limit: '101' })).toMatch(/^1067 The limit /)
  expect(await opens({ limit: '0' })).toMatch(/^1067 The limit /)
  expect(await opens({ from: 'x' })).toMatch(/^1067 The from /)
  expect(await opens({ direct: 'down' })).toMatch(/^1067 The direct /)
  expect(await opens({ contract_code: 'BTCUSDT' })).toMatch(/^1013 /)
  const history = async (query: Record<string, string>): Promise<string> =>
    said(await desk.get('/v5/trade/order/history', query))
  expect(await history({ contract_code: 'BTC-USDT' })).toMatch(/^1066 The margin_mode /)
  expect(await history({ margin_mode: 'cross' })).toMatch(/^1066 The contract_code /)
  expect(await history({ ...bitcoin, states: '6' })).toMatch(/^1067 The states /)
  expect(await desk.unknownWords()).toEqual(['value direct', 'value states'])
})

test('behavior: a window is 48 hours long, from either end', async () => {
  const desk = openDesk()
  const old = await place(desk)
  await desk.advance(50 * HOUR)
  const recent = await place(desk)
  const now = desk.simulator.now()
  const history = async (query: Record<string, number>): Promise<unknown[]> =>
    idsOf(rows(await desk.get('/v5/trade/order/history', { ...bitcoin, ...query })))
  expect(await history({})).toEqual([recent])
  expect(await history({ end_time: now - 3 * HOUR })).toEqual([old])
  expect(await history({ start_time: now - 51 * HOUR })).toEqual([old])
  expect(await history({ start_time: now - 47 * HOUR, end_time: now })).toEqual([recent])
})

test('error: a window that is too long, turned round or out of reach', async () => {
  const desk = openDesk()
  const now = desk.simulator.now()
  const asked = async (path: string, start: number, end: number): Promise<string> => {
    const window = { start_time: now - start * HOUR, end_time: now - end * HOUR }
    return said(await desk.get(path, { ...bitcoin, ...window }))
  }
  const history = '/v5/trade/order/history'
  expect(await asked(history, 49, 0)).toMatch(/^1067 The end_time /)
  expect(await asked(history, 1, 2)).toMatch(/^1067 The end_time /)
  expect(await asked(history, 91 * 24, 90 * 24)).toMatch(/^1067 The start_time /)
  expect(await asked(history, 90 * 24, 89 * 24)).toBe('200')
  const fills = '/v5/trade/order/details'
  const reach = { contract_code: 'BTC-USDT', start_time: now - 73 * HOUR }
  expect(said(await desk.get(fills, reach))).toMatch(/^1067 The start_time /)
})

test('default: fills read as they were recorded, the oldest first', async () => {
  const desk = openDesk()
  const bought = await place(desk)
  const sold = await place(desk, { side: 'sell', reduce_only: 1, volume: '2' })
  const fills = rows(await desk.get('/v5/trade/order/details', { contract_code: 'BTC-USDT' }))
  expect(idsOf(fills)).toEqual([bought, sold])
  expect(fills[1]).toEqual({
    id: expect.stringMatching(/^\d{19}$/),
    contract_code: 'BTC-USDT',
    order_id: sold,
    trade_id: expect.stringMatching(/^\d{9}$/),
    side: 'sell',
    position_side: 'both',
    order_type: '1',
    margin_mode: 'cross',
    type: 'market',
    role: 'TAKER',
    trade_price: expect.any(String),
    trade_volume: '2',
    trade_turnover: expect.any(String),
    created_time: expect.stringMatching(/^\d{13}$/),
    updated_time: expect.stringMatching(/^\d{13}$/),
    order_source: 'api',
    fee_currency: 'USDT',
    trade_fee: expect.stringMatching(/^0\.07/),
    deduction_price: '',
    profit: expect.any(String),
    contract_type: 'swap',
  })
  const own = await desk.get('/v5/trade/order/details', { order_id: sold })
  expect(idsOf(rows(own))).toEqual([sold])
})

test('error: an order that is not there, or is asked for without its names', async () => {
  const desk = openDesk()
  const id = await place(desk)
  const asked = async (query: Record<string, string>): Promise<string> =>
    said(await desk.get('/v5/trade/order', query))
  expect(await asked({ ...bitcoin, order_id: '1' })).toBe('1017 Order doesnt exist.')
  expect(await asked({ ...bitcoin, contract_code: 'ETH-USDT', order_id: id })).toMatch(/^1017 /)
  expect(await asked({ ...bitcoin, margin_mode: 'isolated', order_id: id })).toMatch(/^1017 /)
  expect(await asked({ ...bitcoin })).toMatch(/^1066 The order_id /)
  expect(await asked({ contract_code: 'BTC-USDT', order_id: id })).toMatch(/^1066 The margin_mode /)
})
