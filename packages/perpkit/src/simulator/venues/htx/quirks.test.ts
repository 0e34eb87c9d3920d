import { expect, test } from 'vitest'
import {
  algo,
  bitcoin,
  type Desk,
  look,
  openDesk,
  openLong,
  order,
  place,
  placeAlgo,
  row,
  rows,
  said,
  stop,
} from './desk.fixture.ts'

// Rows of docs/wire/htx.md 9 that no other test here is about, and the timer of 4.5.

const HOUR = 3_600_000
const path = '/v5/trade/cancel-after'
const resting = { type: 'limit', price: '50000' } as const

async function isOpen(desk: Desk, orderId: string): Promise<boolean> {
  return (await look(desk, orderId)).state === 'new'
}

test('default: the timer cancels plain orders once, and says why', async () => {
  const desk = await openLong()
  const id = await place(desk, resting)
  const conditional = await placeAlgo(desk, stop)
  const now = desk.simulator.now()
  expect(row(await desk.post(path, { on_off: '1', time_out: '10000' }))).toEqual({
    current_time: String(now),
    trigger_time: String(now + 10_000),
  })
  await desk.advance(9_999)
  expect(await isOpen(desk, id)).toBe(true)
  await desk.advance(1)
  expect(await look(desk, id)).toMatchObject({
    state: 'canceled',
    cancel_reason: 'Order cancelation due to API timeout',
  })
  expect(row(await desk.get('/v5/algo/order/opens', { type: 'sl' })).algo_id).toBe(conditional)
  const later = await place(desk, resting)
  await desk.advance(20_000)
  expect(await isOpen(desk, later)).toBe(true)
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: the timer is one of the account, put off and disarmed', async () => {
  const desk = openDesk()
  const id = await place(desk, { ...resting, contract_code: 'BTC-USDT' })
  await desk.post(path, { on_off: 1 })
  await desk.advance(4_000)
  await desk.post(path, { on_off: '1', time_out: 5_000 })
  await desk.advance(4_000)
  expect(await isOpen(desk, id)).toBe(true)
  expect(row(await desk.post(path, { on_off: '0' }))).toEqual({
    current_time: String(desk.simulator.now()),
    trigger_time: '',
  })
  await desk.advance(HOUR)
  expect(await isOpen(desk, id)).toBe(true)
})

test.each([
  [{}, '1066 The on_off field cannot be empty. Please re-enter.'],
  [{ on_off: 'on' }, '1067 The on_off field is invalid. Please re-enter.'],
  [{ on_off: '1', time_out: 4_999 }, '1067 The time_out field is invalid. Please re-enter.'],
  [{ on_off: '1', time_out: '5s' }, '1067 The time_out field is invalid. Please re-enter.'],
])('error: a timer of %j', async (body, text) => {
  expect(said(await openDesk().post(path, body))).toBe(text)
})

test('behavior: client id stops resolving after 8 h, while the order rests on', async () => {
  const desk = openDesk()
  const id = await place(desk, { ...resting, client_order_id: '42' })
  const named = { ...bitcoin, client_order_id: '42' }
  await desk.advance(8 * HOUR)
  expect(row(await desk.get('/v5/trade/order', named))).toMatchObject({ order_id: id })
  await desk.advance(1)
  expect(said(await desk.get('/v5/trade/order', named))).toMatch(/^1017 /)
  const cancel = { contract_code: 'BTC-USDT', client_order_id: '42' }
  expect(said(await desk.post('/v5/trade/cancel_order', cancel))).toMatch(/^1061 /)
  expect(await look(desk, id)).toMatchObject({ state: 'new', client_order_id: '42' })
})

test('behavior: a matched price rests in the book when it is not fully matched', async () => {
  const desk = openDesk()
  await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: 200 })
  const terms = { type: 'limit', price_match: 'opponent', volume: '100000' }
  expect(await look(desk, await place(desk, terms))).toMatchObject({ state: 'partially_filled' })
  const taking = { ...terms, time_in_force: 'ioc' }
  expect(await look(desk, await place(desk, taking))).toMatchObject({
    state: 'partially_canceled',
  })
})

test('behavior: leverage and offset are no words of an order any more', async () => {
  const desk = openDesk()
  await place(desk, { ...resting, lever_rate: 10, offset: 'open' })
  expect(await desk.unknownWords()).toEqual(['parameter lever_rate', 'parameter offset'])
})

test('behavior: attached legs are of market type and on the last price by default', async () => {
  const desk = openDesk()
  const id = await place(desk, { ...resting, sl_trigger_price: '49000' })
  expect(await look(desk, id)).toMatchObject({
    sl_type: 'market',
    sl_order_price: '0',
    sl_trigger_price_type: 'last',
    tp_type: '0',
  })
})

test('behavior: conditional orders reserve nothing, neither margin nor position', async () => {
  const desk = await openLong()
  const before = row(await desk.get('/v5/account/balance')).available_margin
  await placeAlgo(desk, stop)
  await placeAlgo(desk, { ...stop, sl_trigger_price: '58000' })
  await placeAlgo(desk, { type: 'trigger', trigger_price: '61000', price: '61000', volume: '9999' })
  expect(row(await desk.get('/v5/account/balance')).available_margin).toBe(before)
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ available: '5' })
})

test('behavior: a type of plain orders for a trigger is refused', async () => {
  const terms = { type: 'limit', trigger_price: '61000', price: '61000' }
  expect(said(await openDesk().post('/v5/algo/order', algo(terms)))).toMatch(/^1067 The type /)
})

test('behavior: each item of a batch has a margin mode of its own', async () => {
  const desk = openDesk()
  const items = [order(resting), order({ ...resting, margin_mode: 'isolated' })]
  expect(rows(await desk.post('/v5/trade/batch_orders', items))).toMatchObject([
    { code: 200 },
    { code: 200 },
  ])
  const modes = rows(await desk.get('/v5/trade/order/opens')).map((one) => one.margin_mode)
  expect(modes).toEqual(['cross', 'isolated'])
})

test('behavior: faults reach the new calls by what they do', async () => {
  const desk = await openLong()
  const busy = async (operation: 'cancelAll' | 'createOrder' | 'setLeverage'): Promise<unknown> =>
    desk.simulator.control.inject({
      operation,
      kind: 'rejectWith',
      reason: 'exchangeBusy',
      times: 1,
    })
  await busy('cancelAll')
  expect(said(await desk.post(path, { on_off: '1' }))).toMatch(/^1001 /)
  await busy('createOrder')
  expect(said(await desk.post('/v5/trade/batch_orders', [order()]))).toMatch(/^1001 /)
  await busy('createOrder')
  expect(said(await desk.post('/v5/trade/position', bitcoin))).toMatch(/^1001 /)
  await busy('setLeverage')
  expect(said(await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: 9 }))).toMatch(
    /^1001 /,
  )
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ lever_rate: 5 })
})
