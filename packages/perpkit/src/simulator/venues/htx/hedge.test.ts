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

const long = { position_side: 'long' } as const
const short = { position_side: 'short', side: 'sell' } as const
const wrongForHedge = /^1499 /
const wrongForOneWay = /^1500 /
const closeTooLarge = '1048 Insufficient close amount available.'

/** Hedge mode with 5 contracts long and 3 short. */
async function openBoth(): Promise<Desk> {
  const desk = await openHedge()
  await place(desk, long)
  await place(desk, { ...short, volume: '3' })
  return desk
}

async function sizes(desk: Desk): Promise<Record<string, unknown>> {
  const positions = rows(await desk.get('/v5/trade/position/opens'))
  return Object.fromEntries(positions.map((one) => [one.position_side, one.volume]))
}

test('default: both sides of a contract stand side by side', async () => {
  const desk = await openBoth()
  const positions = rows(await desk.get('/v5/trade/position/opens', { contract_code: 'BTC-USDT' }))
  expect(positions).toMatchObject([
    { position_side: 'long', direction: 'buy', volume: '5', available: '5', margin_mode: 'cross' },
    { position_side: 'short', direction: 'sell', volume: '3', available: '3' },
  ])
  // The account breaks at one price for both.
  expect(positions[0]?.liquidation_price).toBe(positions[1]?.liquidation_price)
  const fills = rows(await desk.get('/v5/trade/order/details'))
  expect(fills.map((fill) => fill.position_side)).toEqual(['long', 'short'])
  const history = rows(await desk.get('/v5/trade/order/history', bitcoin))
  expect(history).toMatchObject([
    { position_side: 'short', side: 'sell', reduce_only: false },
    { position_side: 'long', side: 'buy', reduce_only: false },
  ])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: opening and closing are said by the two sides, not by a flag', async () => {
  const desk = await openBoth()
  await place(desk, { ...short, side: 'buy', volume: '1' })
  await place(desk, { ...long, side: 'sell', volume: '2' })
  await place(desk, { ...long, reduce_only: 1, volume: '4' })
  expect(await sizes(desk)).toEqual({ long: '7', short: '2' })
})

test('behavior: a closing order reads back as reduce-only without asking', async () => {
  const desk = await openBoth()
  const id = await place(desk, { ...long, side: 'sell', volume: '2' })
  expect(await look(desk, id)).toMatchObject({ reduce_only: true, position_side: 'long' })
  const entry = await place(desk, { ...long, reduce_only: true, volume: '1' })
  expect(await look(desk, entry)).toMatchObject({ reduce_only: false })
})

test('error: closing more than the position, or what other closing orders hold', async () => {
  const desk = await openBoth()
  const close = async (more: Record<string, unknown>): Promise<string> =>
    said(await desk.post('/v5/trade/order', order({ ...long, side: 'sell', ...more })))
  expect(await close({ volume: '6' })).toBe(closeTooLarge)
  await place(desk, { ...long, side: 'sell', type: 'limit', price: '62000', volume: '3' })
  expect(await close({ volume: '3' })).toBe(closeTooLarge)
  const [first] = rows(await desk.get('/v5/trade/position/opens'))
  expect(first).toMatchObject({ position_side: 'long', volume: '5', available: '2' })
  expect(await close({ volume: '2' })).toBe('200')
  expect(await sizes(desk)).toEqual({ long: '3', short: '3' })
})

test('error: orders of the wrong mode, of every kind', async () => {
  const hedge = await openBoth()
  const oneWay = openDesk()
  await place(oneWay)
  const trigger = { type: 'trigger', trigger_price: '61000', price: '61000' }
  const trailing = {
    type: 'trailing_stop',
    callback_rate: '0.01',
    order_price_type: 'optimal_20',
  }
  expect(said(await hedge.post('/v5/trade/order', order()))).toMatch(wrongForHedge)
  expect(said(await hedge.post('/v5/trade/position', bitcoin))).toMatch(wrongForHedge)
  expect(said(await oneWay.post('/v5/trade/position', { ...bitcoin, ...long }))).toMatch(
    wrongForOneWay,
  )
  const [item] = rows(await hedge.post('/v5/trade/batch_orders', [order()]))
  expect(item).toMatchObject({ code: 1499, order_id: null })
  for (const terms of [stop, trigger, trailing]) {
    expect(said(await hedge.post('/v5/algo/order', algo(terms)))).toMatch(wrongForHedge)
    expect(said(await oneWay.post('/v5/algo/order', algo({ ...terms, ...long })))).toMatch(
      wrongForOneWay,
    )
    const without = algo({ ...terms, position_side: undefined })
    for (const desk of [hedge, oneWay]) {
      expect(said(await desk.post('/v5/algo/order', without))).toMatch(/^1067 The position_side /)
    }
  }
})

test('behavior: a stop is of one side, stays when that is gone, and takes the next one', async () => {
  const desk = await openBoth()
  const id = await placeAlgo(desk, { ...stop, ...long })
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ position_side: 'long', state: 'active' })
  expect(said(await desk.post('/v5/algo/order', algo({ ...stop, ...short })))).toBe(closeTooLarge)
  await place(desk, { ...long, side: 'sell' })
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ state: 'active' })
  await place(desk, { ...long, volume: '8' })
  await desk.setPrice('58900')
  const fired = await lookAlgo(desk, 'sl', id)
  expect(fired).toMatchObject({ state: 'effective' })
  expect(await look(desk, String(fired.relation_order_id))).toMatchObject({
    position_side: 'long',
    side: 'sell',
    reduce_only: true,
    state: 'filled',
  })
  expect(await sizes(desk)).toEqual({ long: '3', short: '3' })
})

test('behavior: a stop whose side is gone fails, whatever the other side is', async () => {
  const desk = await openBoth()
  const id = await placeAlgo(desk, { ...stop, ...long })
  await place(desk, { ...long, side: 'sell' })
  await desk.setPrice('58900')
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ state: 'failed' })
  expect(await sizes(desk)).toEqual({ short: '3' })
})

test('behavior: a trailing stop closes its side without a flag', async () => {
  const desk = await openBoth()
  const id = await placeAlgo(desk, {
    type: 'trailing_stop',
    callback_rate: '0.01',
    order_price_type: 'optimal_20',
    ...short,
    side: 'buy',
    volume: '3',
  })
  expect(await lookAlgo(desk, 'trailing_stop', id)).toMatchObject({
    position_side: 'short',
    reduce_only: true,
    active_price: '',
  })
  await desk.setPrice('58000')
  await desk.setPrice('58700')
  expect(await lookAlgo(desk, 'trailing_stop', id)).toMatchObject({ state: 'effective' })
  expect(await sizes(desk)).toEqual({ long: '5' })
})

test('behavior: attached legs protect the side that was opened', async () => {
  const desk = await openBoth()
  await place(desk, { ...short, volume: '2', sl_trigger_price: '61000' })
  expect(row(await desk.get('/v5/algo/order/opens', { type: 'sl' }))).toMatchObject({
    position_side: 'short',
    side: 'buy',
    volume: '2',
  })
  const closing = order({ ...long, side: 'sell', sl_trigger_price: '61000' })
  expect(said(await desk.post('/v5/trade/order', closing))).toMatch(/^1404 /)
  await desk.setPrice('61100')
  expect(await sizes(desk)).toEqual({ long: '5', short: '3' })
})

test('behavior: positions close one by one, and all at once', async () => {
  const desk = await openBoth()
  const close = { ...bitcoin, ...long }
  expect(said(await desk.post('/v5/trade/position', close))).toBe('200')
  expect(await sizes(desk)).toEqual({ short: '3' })
  expect(said(await desk.post('/v5/trade/position', close))).toBe(closeTooLarge)
  await place(desk, long)
  const all = { method: 'POST', path: '/v5/trade/position_all', body: '' }
  const { body } = await desk.send(desk.signed(all))
  expect(body.match(/"order_id":\d{19},/g)).toHaveLength(2)
  expect(await sizes(desk)).toEqual({})
})

test('behavior: cancel-all takes the orders of one position side', async () => {
  const desk = await openHedge()
  await place(desk, { ...long, type: 'limit', price: '50000' })
  const id = await place(desk, { ...short, type: 'limit', price: '70000' })
  const contract = { contract_code: 'BTC-USDT' }
  const cancelled = await desk.post('/v5/trade/cancel_all_orders', { ...contract, ...short })
  expect(rows(cancelled)).toMatchObject([{ order_id: id }])
  expect(rows(await desk.get('/v5/trade/order/opens'))).toHaveLength(1)
})

test('behavior: orders of before a change of mode keep their side', async () => {
  const desk = openDesk()
  const id = await place(desk)
  await place(desk, { side: 'sell' })
  await desk.post('/v5/position/mode', { position_mode: 'dual_side' })
  expect(await look(desk, id)).toMatchObject({ position_side: 'both' })
  expect(row(await desk.get('/v5/trade/order/details', { order_id: id }))).toMatchObject({
    position_side: 'both',
  })
})

test('behavior: bills tell the closing of a side from the opening of the other', async () => {
  const desk = await openBoth()
  await place(desk, { ...short, side: 'buy', volume: '3' })
  const bills = rows(await desk.get('/v5/account/bills'))
  expect(bills.map(({ type }) => type)).toEqual(['5', '5', '4', '7'])
})

test('behavior: a refusal by fault has the code of the mode', async () => {
  const desk = await openBoth()
  const fault = { kind: 'rejectWith', reason: 'reduceOnlyRejected', times: 1 } as const
  await desk.simulator.control.inject(fault)
  expect(said(await desk.post('/v5/trade/order', order(long)))).toBe(closeTooLarge)
})
