import { expect, test } from 'vitest'
import { bitcoin, codeOf, look, openDesk, order, place, row, rows, said } from './desk.fixture.ts'

test('default: life of a market order, from acknowledgement to fill', async () => {
  const desk = openDesk()
  const reply = await desk.post('/v5/trade/order', order({ client_order_id: '1780315200001' }))
  const ids = row(reply)
  expect(ids).toEqual({ order_id: expect.any(String), client_order_id: '1780315200001' })
  expect(Number(ids.order_id)).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
  const seen = await look(desk, String(ids.order_id))
  expect(seen).toEqual({
    id: ids.order_id,
    side: 'buy',
    type: 'market',
    price: '0',
    volume: '5',
    state: 'filled',
    profit: '0',
    contract_code: 'BTC-USDT',
    position_side: 'both',
    price_match: null,
    order_id: ids.order_id,
    client_order_id: '1780315200001',
    margin_mode: 'cross',
    lever_rate: 5,
    order_source: 'api',
    reduce_only: false,
    time_in_force: 'gtc',
    tp_trigger_price: '',
    tp_order_price: '',
    tp_type: null,
    tp_trigger_price_type: null,
    sl_trigger_price: '',
    sl_order_price: '',
    sl_type: null,
    sl_trigger_price_type: null,
    trade_avg_price: expect.any(String),
    trade_volume: '5',
    trade_turnover: expect.any(String),
    fee_currency: 'USDT',
    fee: expect.stringMatching(/^-0\.18/),
    price_protect: false,
    real_profit: '0',
    contract_type: 'swap',
    created_time: expect.stringMatching(/^\d{13}$/),
    updated_time: expect.stringMatching(/^\d{13}$/),
    cancel_reason: null,
    self_match_prevent: 'cancel_taker',
  })
  expect(await desk.unknownWords()).toEqual([])
})

test('default: a resting order reads as it was recorded', async () => {
  const desk = openDesk()
  const id = await place(desk, { type: 'limit', price: '30000.0', volume: 1 })
  expect(await look(desk, id)).toMatchObject({
    type: 'limit',
    price: '30000',
    volume: '1',
    state: 'new',
    profit: null,
    client_order_id: id,
    tp_type: '0',
    tp_trigger_price_type: '',
    sl_type: '0',
    trade_avg_price: '0',
    trade_volume: '0',
    trade_turnover: '0',
    fee_currency: '',
    fee: '0',
    real_profit: null,
    cancel_reason: null,
  })
})

test('behavior: a single order is told without a time', async () => {
  const desk = openDesk()
  const id = await place(desk)
  const answer = await desk.get('/v5/trade/order', { ...bitcoin, order_id: id })
  expect(answer.value).toEqual({
    code: 200,
    message: null,
    data: expect.any(Object),
    success: true,
  })
})

test('args: the prices of the band itself, and far from the market on the own side', async () => {
  const desk = openDesk()
  await place(desk, { type: 'limit', price: '39000' })
  await place(desk, { side: 'sell', type: 'limit', price: '90000' })
  await place(desk, { type: 'limit', price: '63000', volume: '1' })
})

test('behavior: what cannot be done is accepted and ends at once', async () => {
  const desk = openDesk()
  const seen = async (more: Record<string, unknown>): Promise<unknown[]> => {
    const { cancel_reason: reason, state } = await look(desk, await place(desk, more))
    return [state, reason]
  }
  const bySystem = 'Order cancelation by system'
  expect(await seen({ type: 'post_only', price: '60100' })).toEqual(['canceled', bySystem])
  expect(await seen({ type: 'limit', price: '59000', time_in_force: 'ioc' })).toEqual([
    'canceled',
    bySystem,
  ])
  const whole = { type: 'limit', price: '59000', time_in_force: 'fok' }
  expect(await seen(whole)).toEqual(['canceled', bySystem])
  expect(await seen({ type: 'post_only', price: '59000' })).toEqual(['new', null])
})

test('behavior: a matched price is one of the book, and reads back', async () => {
  const desk = openDesk()
  const depth = { contract_code: 'BTC-USDT', type: 'step6' }
  const asks = (await desk.get('/linear-swap-ex/market/depth', depth)).at('tick').at('asks')
  const fifth = asks.at(4).at(0).decimal()
  const terms = { type: 'limit', price_match: 'optimal_5', time_in_force: 'ioc', volume: '1' }
  expect(await look(desk, await place(desk, terms))).toMatchObject({
    price: fifth,
    price_match: 'optimal_5',
    state: 'filled',
  })
})

test('behavior: a reduce-only order never goes beyond what can be closed', async () => {
  const desk = openDesk()
  const closing = { side: 'sell', reduce_only: 1 }
  const refused =
    '1492 Amount of Reduce Only order exceeds the amount available for close. Please modify.'
  const ask = async (more: Record<string, unknown>): Promise<string> =>
    said(await desk.post('/v5/trade/order', order({ ...closing, ...more })))
  expect(await ask({})).toBe(refused)
  await place(desk, { volume: '10' })
  expect(await ask({ volume: '11' })).toBe(refused)
  expect(await ask({ volume: '6', type: 'limit', price: '62000' })).toBe('200')
  expect(await ask({ volume: '5' })).toBe(refused)
  const position = row(await desk.get('/v5/trade/position/opens'))
  expect(position).toMatchObject({ volume: '10', available: '4' })
  expect(await ask({ volume: '4', reduce_only: true })).toBe('200')
  expect(await ask({ side: 'buy', volume: '1' })).toBe(refused)
})

test('behavior: a client id is one open order, and free again when that has ended', async () => {
  const desk = openDesk()
  const resting = { type: 'limit', price: '50000', client_order_id: 42 }
  const first = await place(desk, resting)
  expect(said(await desk.post('/v5/trade/order', order(resting)))).toBe(
    "1050 Customer's order number is repeated. Please try again later.",
  )
  const named = { ...bitcoin, client_order_id: '42' }
  expect(row(await desk.get('/v5/trade/order', named))).toMatchObject({ order_id: first })
  await desk.post('/v5/trade/cancel_order', { contract_code: 'BTC-USDT', client_order_id: 42 })
  expect(said(await desk.get('/v5/trade/order', named))).toBe('1017 Order doesnt exist.')
  const second = await place(desk, resting)
  expect(second).not.toBe(first)
  const history = await desk.get('/v5/trade/order/history', bitcoin)
  expect(row(history)).toMatchObject({ order_id: first, client_order_id: '42' })
})

test('behavior: a text for a client id is dropped in silence, and told to the ledger', async () => {
  const desk = openDesk()
  const id = await place(desk, { client_order_id: 'x-SL-ab12' })
  expect(await look(desk, id)).toMatchObject({ client_order_id: id })
  expect(await desk.unknownWords()).toEqual(['value client_order_id'])
})

test('behavior: cancelling, and what it says of orders that have ended', async () => {
  const desk = openDesk()
  const cancel = async (ids: Record<string, unknown>, code = 'BTC-USDT'): Promise<string> =>
    said(await desk.post('/v5/trade/cancel_order', { contract_code: code, ...ids }))
  const resting = await place(desk, { type: 'limit', price: '50000' })
  const filled = await place(desk)
  const unknown = '1061 The order does not exist.'
  expect(await cancel({})).toBe(empty('order_id'))
  expect(await cancel({ order_id: '1' })).toBe(unknown)
  expect(await cancel({ order_id: resting }, 'ETH-USDT')).toBe(unknown)
  expect(await cancel({ order_id: filled })).toBe('1063 The order has been executed.')
  expect(await cancel({ order_id: resting })).toBe('200')
  expect(await look(desk, resting)).toMatchObject({
    state: 'canceled',
    cancel_reason: 'Limit order cancelation by the client',
  })
  expect(await cancel({ order_id: resting })).toBe(
    '1071 Repeated cancellation. Your order has been canceled.',
  )
})

test('behavior: cancel-all takes plain orders of the contract and side, and says when none is', async () => {
  const desk = openDesk()
  const buy = await place(desk, { type: 'limit', price: '50000' })
  const sell = await place(desk, { side: 'sell', type: 'limit', price: '70000' })
  const all = (body: Record<string, unknown>): ReturnType<typeof desk.post> =>
    desk.post('/v5/trade/cancel_all_orders', body)
  expect(said(await all({ contract_code: 'ETH-USDT' }))).toBe('1051 No orders to cancel.')
  expect(rows(await all({ contract_code: 'BTC-USDT', side: 'sell' }))).toEqual([
    { code: 200, message: 'Success', order_id: sell, client_order_id: sell },
  ])
  expect(rows(await all({}))).toMatchObject([{ order_id: buy }])
  expect(said(await all({}))).toBe('1051 No orders to cancel.')
})

test('behavior: a batch answers in its order, each item with its own code', async () => {
  const desk = openDesk()
  const answer = await desk.post('/v5/trade/batch_orders', [
    order({ type: 'limit', price: '50000' }),
    order({ volume: '0.5' }),
    order({ volume: '3', client_order_id: '7' }),
  ])
  expect(rows(answer)).toEqual([
    {
      code: 200,
      message: 'Success',
      order_id: expect.any(String),
      client_order_id: expect.any(String),
    },
    { code: 1030, message: 'Input error.', order_id: null, client_order_id: null },
    { code: 200, message: 'Success', order_id: expect.any(String), client_order_id: '7' },
  ])
  const resting = String(rows(answer)[0]?.order_id)
  const cancelled = await desk.post('/v5/trade/cancel_batch_orders', {
    contract_code: 'BTC-USDT',
    order_id: [resting, '99'],
  })
  expect(rows(cancelled)).toEqual([
    { code: 200, message: 'Success', order_id: resting, client_order_id: resting },
    { code: 1061, message: 'The order does not exist.', order_id: '99', client_order_id: null },
  ])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: a batch that is too long, empty or no array', async () => {
  const desk = openDesk()
  const many = Array.from({ length: 26 }, () => order())
  expect(codeOf(await desk.post('/v5/trade/batch_orders', many))).toBe(1052)
  expect(codeOf(await desk.post('/v5/trade/batch_orders', []))).toBe(1030)
  expect(codeOf(await desk.post('/v5/trade/batch_orders', { orders_data: many }))).toBe(1030)
  const ids = Array.from({ length: 11 }, (_, index) => String(index + 1))
  const cancel = { contract_code: 'BTC-USDT', order_id: ids }
  expect(codeOf(await desk.post('/v5/trade/cancel_batch_orders', cancel))).toBe(1052)
})

test('error: misspelt words are named in the ledger', async () => {
  const desk = openDesk()
  await desk.post('/v5/trade/order', { ...order(), reduceOnly: 1 })
  await desk.post('/v5/trade/batch_orders', [{ ...order(), lever_rate: 5 }])
  await desk.get('/v5/trade/order/opens', { symbol: 'BTC-USDT' })
  await desk.send({ path: '/v5/trade/orders/opens' })
  expect(await desk.unknownWords()).toEqual([
    'parameter reduceOnly',
    'value [].lever_rate',
    'parameter symbol',
    'path GET /v5/trade/orders/opens',
  ])
})

function empty(name: string): string {
  return `1066 The ${name} field cannot be empty. Please re-enter.`
}
