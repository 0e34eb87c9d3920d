import { expect, test } from 'vitest'
import { look, openDesk, place, row, rows } from './desk.fixture.ts'

test('behavior: attached legs become one conditional order when the entry fills', async () => {
  const desk = openDesk()
  const entry = {
    type: 'limit',
    price: '59500',
    tp_trigger_price: '61000',
    tp_type: 'market',
    sl_trigger_price: '59000',
    sl_type: 'market',
  }
  const id = await place(desk, entry)
  expect(await look(desk, id)).toMatchObject({
    tp_trigger_price: '61000',
    tp_order_price: '0',
    tp_type: 'market',
    tp_trigger_price_type: 'last',
    sl_trigger_price: '59000',
  })
  expect(rows(await desk.get('/v5/algo/order/opens', { type: 'tpsl' }))).toEqual([])
  await desk.setPrice('59400')
  expect(row(await desk.get('/v5/algo/order/opens', { type: 'tpsl' }))).toMatchObject({
    volume: '5',
    side: 'sell',
    sl_trigger_price: '59000',
  })
  await desk.setPrice('58900')
  expect(rows(await desk.get('/v5/trade/position/opens'))).toEqual([])
})

test('behavior: attached legs vanish with an entry that never filled', async () => {
  const desk = openDesk()
  const id = await place(desk, { type: 'limit', price: '59500', sl_trigger_price: '59000' })
  await desk.post('/v5/trade/cancel_order', { contract_code: 'BTC-USDT', order_id: id })
  await desk.setPrice('59400')
  for (const type of ['tp', 'sl', 'tpsl']) {
    expect(rows(await desk.get('/v5/algo/order/opens', { type }))).toEqual([])
  }
})

test('behavior: attached legs grow with an entry that fills in parts', async () => {
  const desk = openDesk()
  // More than the makers offer up to that price.
  const entry = { type: 'limit', price: '60000.5', volume: '30000', tp_trigger_price: '62000' }
  await desk.post('/v5/position/lever', {
    contract_code: 'BTC-USDT',
    margin_mode: 'cross',
    lever_rate: 100,
  })
  const id = await place(desk, entry)
  const before = await look(desk, id)
  expect(before).toMatchObject({ state: 'partially_filled' })
  const legs = async (): Promise<Record<string, unknown>> =>
    row(await desk.get('/v5/algo/order/opens', { type: 'tp' }))
  expect(await legs()).toMatchObject({ volume: before.trade_volume })
  await desk.setPrice('59900')
  expect(await look(desk, id)).toMatchObject({ state: 'filled' })
  expect(await legs()).toMatchObject({ volume: '30000' })
})
