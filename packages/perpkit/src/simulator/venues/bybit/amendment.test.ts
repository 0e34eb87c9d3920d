import { expect, test } from 'vitest'
import { bitcoin, look, openDesk, place, said } from './desk.fixture.ts'

test.each([
  [{ price: '59000' }, '10001 The order remains unchanged'],
  [{}, '10001 The order remains unchanged'],
  [{ price: '59000.05' }, '10001 Price invalid'],
  [{ qty: '0.00001' }, '110017 orderQty will be truncated to zero'],
  [{ qty: 'x' }, '10001 Qty invalid'],
  [{ triggerPrice: '58000' }, '10001 params error: triggerPrice invalid'],
  [{ qty: 1 }, '10001 Request parameter error.'],
])('error: %j', async (change, message) => {
  const desk = openDesk()
  await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'l-1' })
  const amend = { ...bitcoin, orderLinkId: 'l-1', ...change }
  expect(said(await desk.post('/v5/order/amend', amend))).toContain(message)
})

test.each([
  [{}, '10001 OrderId or orderLinkId is required'],
  [{ orderId: 'nonsense' }, '110001 order not exists or too late to replace'],
  [{ orderLinkId: 'eth' }, '110001 order not exists or too late to replace'],
])('error: amending %j', async (ids, message) => {
  const desk = openDesk()
  await place(desk, {
    symbol: 'ETHUSDT',
    qty: '1',
    orderType: 'Limit',
    price: '2900',
    orderLinkId: 'eth',
  })
  const answer = await desk.post('/v5/order/amend', { ...bitcoin, ...ids, qty: '0.02' })
  expect(said(answer)).toBe(message)
})

test('behavior: a price that crosses fills as taker; a post-only one ends', async () => {
  const desk = openDesk()
  const limit = { orderType: 'Limit', price: '59000' }
  await place(desk, { ...limit, orderLinkId: 'l-1' })
  await place(desk, { ...limit, timeInForce: 'PostOnly', orderLinkId: 'p-1' })
  for (const orderLinkId of ['l-1', 'p-1']) {
    const change = { ...bitcoin, orderLinkId, price: '60100' }
    expect(said(await desk.post('/v5/order/amend', change))).toBe('0 OK')
  }
  expect(await look(desk, 'l-1')).toMatchObject({ orderStatus: 'Filled', avgPrice: '60000' })
  expect(await look(desk, 'p-1')).toMatchObject({
    orderStatus: 'Cancelled',
    rejectReason: 'EC_PostOnlyWillTakeLiquidity',
  })
})
