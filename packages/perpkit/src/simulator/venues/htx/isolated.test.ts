import { expect, test } from 'vitest'
import {
  algo,
  bitcoin,
  type Desk,
  look,
  lookAlgo,
  openDesk,
  openHedge,
  order,
  place,
  placeAlgo,
  row,
  rows,
  said,
  stop,
} from './desk.fixture.ts'

const isolated = { margin_mode: 'isolated' } as const
const apart = { ...bitcoin, ...isolated }
const marginShort = '1047 Insufficient margin available.'

/** 1000 contracts long on margin of their own, at 10. */
async function openIsolated(): Promise<Desk> {
  const desk = openDesk()
  await desk.post('/v5/position/lever', { ...apart, lever_rate: 10 })
  await place(desk, { ...isolated, volume: '1000' })
  return desk
}

async function positionOf(desk: Desk): Promise<Record<string, unknown>> {
  return row(await desk.get('/v5/trade/position/opens'))
}

async function change(desk: Desk, more: Record<string, unknown>): Promise<string> {
  const body = { contract_code: 'BTC-USDT', position_side: 'both', amount: '1000', ...more }
  return said(await desk.post('/v5/position/margin', body))
}

test('default: an isolated position has its own margin, leverage and liquidation price', async () => {
  const desk = await openIsolated()
  const position = await positionOf(desk)
  const entry = Number(position.open_avg_price)
  expect(position).toMatchObject({ margin_mode: 'isolated', position_side: 'both', lever_rate: 10 })
  expect(Number(position.margin)).toBeCloseTo(entry / 10, 6)
  expect(position.initial_margin).toBe('6000')
  expect(Number(position.liquidation_price)).toBeCloseTo((entry - entry / 10) / 0.9966, 4)
  expect(position.margin_rate).toBe(String(Math.floor((204 / 6000) * 10_000) / 10_000))
  const order = row(await desk.get('/v5/trade/order/history', apart))
  expect(order).toMatchObject({ margin_mode: 'isolated', lever_rate: 10 })
  expect(rows(await desk.get('/v5/trade/order/history', bitcoin))).toEqual([])
  expect(rows(await desk.get('/v5/trade/order/details'))[0]).toMatchObject(isolated)
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: the margin mode is that of each order, and both modes stand side by side', async () => {
  const desk = await openIsolated()
  await place(desk, { side: 'sell', volume: '4' })
  expect(rows(await desk.get('/v5/trade/position/opens'))).toMatchObject([
    { margin_mode: 'isolated', direction: 'buy', volume: '1000', lever_rate: 10 },
    { margin_mode: 'cross', direction: 'sell', volume: '4', lever_rate: 5 },
  ])
  const closing = order({ ...isolated, side: 'sell', reduce_only: 1, volume: '1001' })
  expect(said(await desk.post('/v5/trade/order', closing))).toMatch(/^1492 /)
  await place(desk, { ...isolated, side: 'sell', reduce_only: 1, volume: '1000' })
  expect(await positionOf(desk)).toMatchObject({ margin_mode: 'cross' })
})

test('behavior: the balance leaves out what is put aside', async () => {
  const desk = await openIsolated()
  await place(desk, { ...isolated, type: 'limit', price: '50000', volume: '100' })
  await place(desk, { type: 'limit', price: '40000', volume: '100' })
  await desk.setPrice('60500')
  const data = (await desk.get('/v5/account/balance')).at('data')
  const [usdt] = data.at('details').items()
  const figure = (name: string): number => Number(usdt?.at(name).string())
  const position = await positionOf(desk)
  const [margin, profit] = [Number(position.margin), Number(position.profit_unreal)]
  expect(figure('isolated_profit_unreal')).toBeCloseTo(profit, 9)
  expect(figure('isolated_equity')).toBeCloseTo(margin + profit, 9)
  expect(figure('isolated_order_frozen')).toBeCloseTo(5000 / 10, 9)
  expect(figure('cross_order_frozen')).toBeCloseTo(4000 / 5, 9)
  expect(figure('profit_unreal')).toBe(0)
  expect(figure('initial_margin')).toBe(0)
  expect(figure('equity')).toBeCloseTo(100_000 - margin - margin * 10 * 0.0006, 6)
  expect(figure('available')).toBe(figure('equity'))
  expect(figure('available_margin')).toBeCloseTo(figure('equity') - 500 - 800, 9)
  expect(data.at('equity').string()).toBe(usdt?.at('equity').string())
})

test('behavior: orders of both ways freeze the larger one, closing ones nothing', async () => {
  const desk = await openIsolated()
  const frozen = async (): Promise<number> => {
    const details = (await desk.get('/v5/account/balance')).at('data').at('details')
    return Number(details.at(0).at('isolated_order_frozen').string())
  }
  await place(desk, { ...isolated, side: 'sell', type: 'limit', price: '61000', volume: '1000' })
  expect(await frozen()).toBe(0)
  await place(desk, { ...isolated, type: 'limit', price: '50000', volume: '10' })
  expect(await frozen()).toBeCloseTo(50, 9)
  await place(desk, { ...isolated, type: 'limit', price: '50000', volume: '1', reduce_only: 0 })
  expect(await frozen()).toBeCloseTo(55, 9)
})

test('behavior: margin is added and taken back, down to what the position needs', async () => {
  const desk = await openIsolated()
  const before = await positionOf(desk)
  expect(await change(desk, { type: 'add' })).toBe('200')
  const after = await positionOf(desk)
  expect(Number(after.margin)).toBeCloseTo(Number(before.margin) + 1000, 9)
  expect(Number(after.liquidation_price)).toBeLessThan(Number(before.liquidation_price))
  expect(await change(desk, { type: 'reduce', amount: '1000.1' })).toBe(marginShort)
  expect(await change(desk, { type: 'reduce', amount: 900, currency: 'USDT' })).toBe('200')
  expect(Number((await positionOf(desk)).margin)).toBeCloseTo(Number(before.margin) + 100, 9)
  const body = { contract_code: 'BTC-USDT', position_side: 'both', type: 'add', amount: '1' }
  expect((await desk.post('/v5/position/margin', body)).at('data').value).toBeNull()
  expect(await desk.unknownWords()).toEqual([])
})

test.each([
  ['no side', { position_side: undefined }, empty('position_side')],
  ['no type', { type: undefined }, empty('type')],
  ['another type', { type: 'increase' }, invalid('type')],
  ['no amount', { amount: undefined }, empty('amount')],
  ['an amount of nothing', { amount: '0' }, invalid('amount')],
  ['another currency', { currency: 'BTC' }, invalid('currency')],
  ['an unknown contract', { contract_code: 'X-USDT' }, '1013 This contract symbol doesnt exist.'],
  ['more than there is', { amount: '99999' }, marginShort],
  ['a contract without an isolated position', { contract_code: 'ETH-USDT' }, marginShort],
])('error: margin with %s', async (_, more, text) => {
  const desk = await openIsolated()
  expect(await change(desk, { type: 'add', ...more })).toBe(text)
})

test('error: margin of a side in one-way mode, and of none in hedge mode', async () => {
  expect(await change(openDesk(), { type: 'add', position_side: 'long' })).toMatch(/^1500 /)
  expect(await change(await openHedge(), { type: 'add' })).toMatch(/^1499 /)
})

test('behavior: margin goes to the named side in hedge mode', async () => {
  const desk = await openHedge()
  for (const side of [{ position_side: 'long' }, { position_side: 'short', side: 'sell' }]) {
    await place(desk, { ...isolated, ...side, volume: '1000' })
  }
  expect(await change(desk, { type: 'add', position_side: 'short' })).toBe('200')
  const [long, short] = rows(await desk.get('/v5/trade/position/opens'))
  expect(Number(short?.margin) - Number(long?.margin)).toBeCloseTo(1000, 0)
})

test('behavior: leverage of isolated margin is apart, in hedge mode for each side', async () => {
  const desk = await openHedge()
  const set = async (more: Record<string, unknown>): Promise<string> =>
    said(await desk.post('/v5/position/lever', { ...apart, ...more }))
  const read = async (more: Record<string, string> = {}): Promise<unknown[]> =>
    rows(await desk.get('/v5/position/lever', { contract_code: 'BTC-USDT', ...more })).map(
      (one) => [one.margin_mode, one.position_side, one.lever_rate],
    )
  expect(await set({ lever_rate: 20, position_side: 'long' })).toBe('200')
  expect(await set({ lever_rate: 8, position_side: 'short' })).toBe('200')
  expect(await set({ ...bitcoin, lever_rate: 3 })).toBe('200')
  expect(await read()).toEqual([
    ['cross', 'both', 3],
    ['isolated', 'long', 20],
    ['isolated', 'short', 8],
  ])
  expect(await read({ ...isolated, position_side: 'short' })).toEqual([['isolated', 'short', 8]])
  expect(await set({ lever_rate: 12 })).toBe('200')
  expect(await read({ ...isolated })).toEqual([
    ['isolated', 'long', 12],
    ['isolated', 'short', 12],
  ])
})

test('behavior: only open orders of the same margin mode block the leverage', async () => {
  const desk = openDesk()
  const set = async (names: Record<string, string>, leverage: number): Promise<string> =>
    said(await desk.post('/v5/position/lever', { ...names, lever_rate: leverage }))
  await place(desk, { ...isolated, type: 'limit', price: '50000' })
  expect(await set(apart, 9)).toMatch(/^1045 /)
  expect(await set(apart, 5)).toBe('200')
  expect(await set(bitcoin, 9)).toBe('200')
})

test('behavior: a lower leverage puts more margin aside, if there is so much', async () => {
  const desk = await openIsolated()
  expect(said(await desk.post('/v5/position/lever', { ...apart, lever_rate: 5 }))).toBe('200')
  const position = await positionOf(desk)
  expect(Number(position.margin)).toBeCloseTo(Number(position.open_avg_price) / 5, 6)
  await place(desk, { ...isolated, volume: '4000' })
  expect(said(await desk.post('/v5/position/lever', { ...apart, lever_rate: 2 }))).toBe(marginShort)
  expect(await positionOf(desk)).toMatchObject({ lever_rate: 5 })
})

test('behavior: an isolated position is liquidated alone, and told of without a name', async () => {
  const desk = await openIsolated()
  await place(desk, { volume: '1' })
  await desk.setPrice('54000')
  expect(await positionOf(desk)).toMatchObject({ margin_mode: 'cross', volume: '1' })
  const fills = rows(await desk.get('/v5/trade/order/details'))
  expect(fills.at(-1)).toMatchObject({ order_type: '3', ...isolated, side: 'sell' })
  const answer = await desk.get('/v5/market/liquidation_orders', { contract_code: 'BTC-USDT' })
  expect(row(answer)).toEqual({
    id: expect.stringMatching(/^\d{19}$/),
    contract_code: 'BTC-USDT',
    liquidation_time: expect.stringMatching(/^\d{13}$/),
    side: 'sell',
    position_side: 'both',
    volume: '1000',
    amount: '1000',
    bankrupt_price: expect.stringMatching(/^5\d{4}/),
    trade_turnover: expect.any(String),
  })
  const other = await desk.get('/v5/market/liquidation_orders', { contract_code: 'ETH-USDT' })
  expect(rows(other)).toEqual([])
})

test('behavior: stops are of one margin mode, and lists take them by it', async () => {
  const desk = await openIsolated()
  expect(said(await desk.post('/v5/algo/order', algo(stop)))).toMatch(/^1048 /)
  const id = await placeAlgo(desk, { ...stop, ...isolated })
  const open = async (query: Record<string, string>): Promise<number> =>
    rows(await desk.get('/v5/algo/order/opens', { type: 'sl', ...query })).length
  expect([await open({}), await open({ margin_mode: 'cross' }), await open(isolated)]).toEqual([
    1, 0, 1,
  ])
  await desk.setPrice('58900')
  const fired = await lookAlgo(desk, 'sl', id)
  expect(fired).toMatchObject({ state: 'effective', ...isolated })
  const orderId = String(fired.relation_order_id)
  const spawned = await desk.get('/v5/trade/order', { ...apart, order_id: orderId })
  expect(row(spawned)).toMatchObject({ state: 'filled', volume: '5', ...isolated })
  const history = async (query: Record<string, string>): Promise<number> =>
    rows(await desk.get('/v5/algo/order/history', { type: 'sl', ...query })).length
  expect([await history({}), await history({ margin_mode: 'cross' })]).toEqual([1, 0])
})

test('error: an order asked for under the other margin mode', async () => {
  const desk = openDesk()
  const id = await place(desk, { ...isolated, type: 'limit', price: '50000' })
  await expect(look(desk, id)).rejects.toThrow()
  expect(said(await desk.get('/v5/trade/order', { ...bitcoin, order_id: id }))).toMatch(/^1017 /)
  expect(row(await desk.get('/v5/trade/order', { ...apart, order_id: id }))).toMatchObject(isolated)
  expect(rows(await desk.get('/v5/trade/order/opens', bitcoin))).toEqual([])
  expect(rows(await desk.get('/v5/trade/order/opens', apart))).toHaveLength(1)
})

test('behavior: attached legs protect the isolated position', async () => {
  const desk = await openIsolated()
  await place(desk, { ...isolated, volume: '2', tp_trigger_price: '61000' })
  expect(row(await desk.get('/v5/algo/order/opens', { type: 'tp' }))).toMatchObject({
    ...isolated,
    volume: '2',
    tp_type: 'market',
    tp_trigger_price_type: 'last',
  })
})

test('behavior: closing takes the position of the margin mode it names', async () => {
  const desk = await openIsolated()
  expect(said(await desk.post('/v5/trade/position', bitcoin))).toMatch(/^1048 /)
  expect(said(await desk.post('/v5/trade/position', apart))).toBe('200')
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

function empty(name: string): string {
  return `1066 The ${name} field cannot be empty. Please re-enter.`
}

function invalid(name: string): string {
  return `1067 The ${name} field is invalid. Please re-enter.`
}
