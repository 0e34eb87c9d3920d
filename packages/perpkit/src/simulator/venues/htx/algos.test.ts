import { expect, test } from 'vitest'
import {
  algo,
  look,
  lookAlgo,
  openDesk,
  openLong,
  order,
  place,
  placeAlgo,
  profit,
  row,
  rows,
  said,
  stop,
} from './desk.fixture.ts'

test('default: a stop is acknowledged in an array, listed by its type and fires', async () => {
  const desk = await openLong()
  const answer = await desk.post('/v5/algo/order', algo(stop))
  expect(rows(answer)).toEqual([{ algo_id: expect.any(String), algo_client_order_id: null }])
  const id = String(rows(answer)[0]?.algo_id)
  const open = await desk.get('/v5/algo/order/opens', { type: 'sl', contract_code: 'BTC-USDT' })
  expect(row(open)).toEqual({
    id: expect.stringMatching(/^\d{9}$/),
    volume: '5',
    type: 'sl',
    state: 'active',
    side: 'sell',
    algo_id: id,
    contract_code: 'BTC-USDT',
    position_side: 'both',
    margin_mode: 'cross',
    created_time: expect.stringMatching(/^\d{13}$/),
    updated_time: expect.stringMatching(/^\d{13}$/),
    order_source: 'api',
    sl_trigger_price: '59000',
    sl_order_price: '0',
    sl_type: 'market',
    sl_trigger_price_type: 'last',
  })
  await desk.setPrice('58900')
  const fired = await lookAlgo(desk, 'sl', id)
  expect(fired).toMatchObject({
    state: 'effective',
    actual_volume: '5',
    actual_price: '0',
    actual_time: expect.stringMatching(/^\d{13}$/),
    relation_order_id: expect.any(String),
  })
  expect(await look(desk, String(fired.relation_order_id))).toMatchObject({
    type: 'market',
    state: 'filled',
    order_source: 'tpsl',
    reduce_only: true,
    client_order_id: id,
    sl_trigger_price: '',
  })
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: stops are in a book of their own, out of reach of the plain calls', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, stop)
  expect(rows(await desk.get('/v5/trade/order/opens'))).toEqual([])
  expect(said(await desk.post('/v5/trade/cancel_all_orders'))).toBe('1051 No orders to cancel.')
  const cancel = { contract_code: 'BTC-USDT', order_id: id }
  expect(said(await desk.post('/v5/trade/cancel_order', cancel))).toBe(
    '1061 The order does not exist.',
  )
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ state: 'active' })
})

test('behavior: a stop stays when its position closes, and fails when it fires then', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, stop)
  await place(desk, { side: 'sell', reduce_only: 1 })
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ state: 'active' })
  await desk.setPrice('58900')
  const failed = await lookAlgo(desk, 'sl', id)
  expect(failed).toMatchObject({ state: 'failed' })
  expect(failed).not.toHaveProperty('relation_order_id')
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

test('behavior: a stop larger than the rest of the position fails and closes nothing', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, stop)
  await place(desk, { side: 'sell', reduce_only: 1, volume: '2' })
  await desk.setPrice('58900')
  expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ state: 'failed' })
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ volume: '3' })
})

test('behavior: several stops may cover more than the position, one by one', async () => {
  const desk = await openLong()
  const first = await placeAlgo(desk, stop)
  const second = await placeAlgo(desk, { ...stop, sl_trigger_price: '58500' })
  await desk.setPrice('58400')
  expect(await lookAlgo(desk, 'sl', first)).toMatchObject({ state: 'effective' })
  expect(await lookAlgo(desk, 'sl', second)).toMatchObject({ state: 'failed' })
})

test('behavior: stops and take-profits of a short fire the other way', async () => {
  const desk = openDesk()
  await place(desk, { side: 'sell' })
  const buy = { side: 'buy', volume: '2' }
  const tp = await placeAlgo(desk, { ...buy, type: 'tp', tp_trigger_price: '59500' })
  const sl = await placeAlgo(desk, { ...buy, type: 'sl', sl_trigger_price: '60500' })
  await desk.setPrice('59400')
  expect(await lookAlgo(desk, 'tp', tp)).toMatchObject({ state: 'effective' })
  await desk.setPrice('60600')
  expect(await lookAlgo(desk, 'sl', sl)).toMatchObject({ state: 'effective' })
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({
    volume: '1',
    direction: 'sell',
  })
})

test('behavior: a limit leg rests at its price, an optimal one takes the book of the moment', async () => {
  const desk = await openLong()
  const limit = await placeAlgo(desk, {
    type: 'tp',
    tp_trigger_price: '61000',
    tp_type: 'limit',
    tp_order_price: '61500',
    volume: '2',
  })
  const optimal = await placeAlgo(desk, { ...profit, tp_type: 'optimal_20', volume: '3' })
  expect(await lookAlgo(desk, 'tp', limit)).toMatchObject({ tp_order_price: '61500' })
  await desk.setPrice('61100')
  const orderOf = async (id: string): Promise<Record<string, unknown>> =>
    look(desk, String((await lookAlgo(desk, 'tp', id)).relation_order_id))
  expect(await orderOf(limit)).toMatchObject({ type: 'limit', price: '61500', state: 'new' })
  const taken = await orderOf(optimal)
  expect(taken).toMatchObject({ type: 'limit', price_match: 'optimal_20', state: 'filled' })
  expect(Number(taken.price)).toBeGreaterThan(60_900)
})

test('behavior: of a tpsl one leg ends the other, under one id', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, { ...stop, ...profit, type: 'tpsl' })
  expect(row(await desk.get('/v5/algo/order/opens', { type: 'tpsl' }))).toMatchObject({
    algo_id: id,
    tp_trigger_price: '61000',
    sl_trigger_price: '59000',
  })
  await desk.setPrice('58900')
  const fired = await lookAlgo(desk, 'tpsl', id)
  expect(fired).toMatchObject({ state: 'effective' })
  expect(await look(desk, String(fired.relation_order_id))).toMatchObject({
    client_order_id: expect.any(String),
    state: 'filled',
  })
  await desk.setPrice('61500')
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

test('behavior: cancelling a tpsl ends both legs', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, { ...stop, ...profit, type: 'tpsl', algo_client_order_id: 9 })
  const cancel = [{ contract_code: 'BTC-USDT', algo_client_order_id: '9' }]
  expect(rows(await desk.post('/v5/algo/cancel_orders', cancel))).toEqual([
    { algo_id: id, algo_client_order_id: '9', code: 200, message: 'Success' },
  ])
  await desk.setPrice('61500')
  expect(await lookAlgo(desk, 'tpsl', id)).toMatchObject({ state: 'canceled' })
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ volume: '5' })
})

test('behavior: cancelling answers item by item', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, stop)
  const contract = { contract_code: 'BTC-USDT' }
  const answer = await desk.post('/v5/algo/cancel_orders', [
    { ...contract, algo_id: '1' },
    { ...contract },
    { ...contract, algo_id: id },
    { ...contract, algo_id: id },
  ])
  const items = rows(answer)
  expect(items.map(({ code }) => code)).toEqual([1061, 1066, 200, 1061])
  const body = { ...contract, algo_id: id }
  expect(said(await desk.post('/v5/algo/cancel_orders', body))).toBe('1030 Input error.')
})

test('behavior: a trigger fires in the direction it lies in, and can open', async () => {
  const desk = openDesk()
  const above = await placeAlgo(desk, {
    type: 'trigger',
    side: 'buy',
    trigger_price: '60500',
    price: '60600',
  })
  expect(await lookAlgo(desk, 'trigger', above)).toMatchObject({
    trigger_price: '60500',
    trigger_price_type: 'last',
    price: '60600',
    price_match: null,
    reduce_only: false,
  })
  const below = await placeAlgo(desk, {
    type: 'trigger',
    side: 'buy',
    trigger_price: '59500',
    price_match: 'opponent',
    reduce_only: 1,
  })
  await desk.setPrice('60550')
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ volume: '5' })
  const { relation_order_id: orderId } = await lookAlgo(desk, 'trigger', above)
  expect(await look(desk, String(orderId))).toMatchObject({
    order_source: 'trigger',
    reduce_only: false,
    price: '60600',
  })
  await desk.setPrice('59400')
  expect(await lookAlgo(desk, 'trigger', below)).toMatchObject({ state: 'failed' })
})

test('behavior: a trigger where the market is fires at once', async () => {
  const desk = openDesk()
  const terms = { type: 'trigger', side: 'buy', trigger_price: '60000', price: '60100' }
  const id = await placeAlgo(desk, terms)
  expect(await lookAlgo(desk, 'trigger', id)).toMatchObject({ state: 'effective' })
  expect(row(await desk.get('/v5/trade/position/opens'))).toMatchObject({ volume: '5' })
})

test('behavior: a trailing stop follows the extreme and sells at a limit below it', async () => {
  const desk = await openLong()
  const trailing = {
    type: 'trailing_stop',
    callback_rate: 0.01,
    order_price_type: 'formula_price',
    reduce_only: true,
  }
  const id = await placeAlgo(desk, { ...trailing, active_price: 61_000 })
  expect(await lookAlgo(desk, 'trailing_stop', id)).toMatchObject({
    active_price: '61000',
    callback_rate: '0.01',
    reduce_only: true,
    order_price_type: 'formula_price',
  })
  await desk.setPrice('59000')
  expect(await lookAlgo(desk, 'trailing_stop', id)).toMatchObject({ state: 'active' })
  await desk.setPrice('62000')
  await desk.setPrice('61300')
  const fired = await lookAlgo(desk, 'trailing_stop', id)
  expect(fired).toMatchObject({ state: 'effective' })
  const sold = await look(desk, String(fired.relation_order_id))
  expect(sold).toMatchObject({ type: 'limit', order_source: 'trigger', reduce_only: true })
  // 62 000 was the mark; the last price may have been a tick beside it.
  expect(Number(sold.price)).toBeCloseTo(61_380, -1)
})

test('error: a client id of a conditional order that is open', async () => {
  const desk = await openLong()
  await placeAlgo(desk, { ...stop, algo_client_order_id: '5' })
  const again = await desk.post('/v5/algo/order', algo({ ...profit, algo_client_order_id: '5' }))
  expect(said(again)).toBe("1050 Customer's order number is repeated. Please try again later.")
  // Plain orders have client ids of their own.
  await place(desk, { type: 'limit', price: '50000', client_order_id: '5' })
})

test('behavior: legs on the mark price, under both of its names', async () => {
  const desk = await openLong()
  for (const token of ['mark', 'market']) {
    const id = await placeAlgo(desk, { ...stop, volume: '1', sl_trigger_price_type: token })
    expect(await lookAlgo(desk, 'sl', id)).toMatchObject({ sl_trigger_price_type: 'mark' })
  }
})

test('error: queries without a type, and for what is not there', async () => {
  const desk = await openLong()
  const id = await placeAlgo(desk, stop)
  expect(said(await desk.get('/v5/algo/order/opens'))).toBe(empty('type'))
  expect(said(await desk.get('/v5/algo/order', { algo_id: id }))).toBe(empty('type'))
  expect(rows(await desk.get('/v5/algo/order', { type: 'tp', algo_id: id }))).toEqual([])
  expect(rows(await desk.get('/v5/algo/order', { type: 'sl', algo_id: '1' }))).toEqual([])
})

test('error: fields of another type are told to the ledger', async () => {
  const desk = await openLong()
  await placeAlgo(desk, { ...stop, reduce_only: true, tp_trigger_price: '61000' })
  expect(await desk.unknownWords()).toEqual(['value reduce_only', 'value tp_trigger_price'])
})

test('behavior: what ccxt leaves in a conditional order is known', async () => {
  const desk = await openLong()
  await placeAlgo(desk, { ...stop, time_in_force: 'gtc', channel_code: 'AA03022abc' })
  expect(await desk.unknownWords()).toEqual([])
  await desk.post('/v5/algo/order', algo({ ...stop, stop_price: '59000' }))
  await desk.post('/v5/algo/cancel_orders', [{ contract_code: 'BTC-USDT', algoId: '1' }])
  expect(await desk.unknownWords()).toEqual(['parameter stop_price', 'value [].algoId'])
  expect(said(await desk.post('/v5/trade/order', order({ type: 'trigger' })))).toBe(invalid('type'))
})

function empty(name: string): string {
  return `1066 The ${name} field cannot be empty. Please re-enter.`
}

function invalid(name: string): string {
  return `1067 The ${name} field is invalid. Please re-enter.`
}
