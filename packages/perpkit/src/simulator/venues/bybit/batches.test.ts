import { expect, test } from 'vitest'
import { bitcoin, type Desk, look, openDesk, place, rows, said, startTime } from './desk.fixture.ts'

const item = { symbol: 'BTCUSDT', side: 'Buy', orderType: 'Limit', qty: '0.01', price: '59000' }

test('default: place, amend and cancel; an item keeps its slot in both lists', async () => {
  const desk = openDesk()
  const created = await batch(desk, 'create', [
    { ...item, orderLinkId: 'b-1' },
    { ...item, qty: '1000', orderLinkId: 'b-2' },
    { ...item, orderLinkId: 'b-1' },
    { ...item, orderLinkId: 'b-3' },
  ])
  const createAt = String(startTime)
  const placed = { category: 'linear', symbol: 'BTCUSDT', orderId: expect.any(String) }
  expect(created.list).toEqual([
    { ...placed, orderLinkId: 'b-1', createAt },
    { ...placed, orderId: '', orderLinkId: 'b-2', createAt: '' },
    { ...placed, orderId: '', orderLinkId: 'b-1', createAt: '' },
    { ...placed, orderLinkId: 'b-3', createAt },
  ])
  expect(created.codes).toEqual([
    { code: 0, msg: 'OK' },
    { code: 110007, msg: 'ab not enough for new order' },
    { code: 110072, msg: 'OrderLinkedID is duplicate' },
    { code: 0, msg: 'OK' },
  ])
  const amended = await batch(desk, 'amend', [
    { symbol: 'BTCUSDT', orderLinkId: 'b-1', price: '58000' },
    { symbol: 'BTCUSDT', orderLinkId: 'zz', price: '58000' },
  ])
  expect(amended.codes.map(({ code }) => code)).toEqual([0, 110001])
  expect(amended.list).toEqual([
    { category: 'linear', symbol: 'BTCUSDT', orderId: expect.any(String), orderLinkId: 'b-1' },
    { category: 'linear', symbol: 'BTCUSDT', orderId: '', orderLinkId: 'zz' },
  ])
  expect(await look(desk, 'b-1')).toMatchObject({ price: '58000.00' })
  const cancelled = await batch(desk, 'cancel', [
    { symbol: 'BTCUSDT', orderId: 'nothing' },
    { symbol: 'BTCUSDT', orderLinkId: 'b-3' },
  ])
  expect(cancelled.codes.map(({ code }) => code)).toEqual([110001, 0])
  expect(cancelled.list[0]).toMatchObject({ orderId: 'nothing', orderLinkId: '' })
  expect(await look(desk, 'b-3')).toMatchObject({ orderStatus: 'Cancelled' })
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: an unknown symbol fails its own slot only', async () => {
  const desk = openDesk()
  const { codes } = await batch(desk, 'create', [{ ...item, symbol: 'FOOUSDT' }, item])
  expect(codes).toEqual([
    { code: 10001, msg: 'params error: symbol invalid FOOUSDT' },
    { code: 0, msg: 'OK' },
  ])
})

test('behavior: conditional orders are placed in a batch, not amended', async () => {
  const desk = openDesk()
  const stop = { ...item, triggerPrice: '61000', triggerDirection: 1, orderLinkId: 's-1' }
  await batch(desk, 'create', [stop])
  expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Untriggered' })
  const change = { symbol: 'BTCUSDT', orderLinkId: 's-1', triggerPrice: '62000' }
  const { codes } = await batch(desk, 'amend', [change])
  expect(codes).toEqual([{ code: 110001, msg: 'order not exists or too late to replace' }])
})

test.each([0, 21])('error: %i items', async (count) => {
  const desk = openDesk()
  const request = Array.from({ length: count }, () => item)
  const answer = await desk.post('/v5/order/create-batch', { category: 'linear', request })
  expect(said(answer)).toBe('10001 Request parameter error.')
})

test('error: a request that is no list, or has something else in it', async () => {
  const desk = openDesk()
  for (const request of ['x', ['x'], undefined]) {
    const answer = await desk.post('/v5/order/create-batch', { category: 'linear', request })
    expect(said(answer)).toBe('10001 Request parameter error.')
  }
})

test('behavior: a misspelt word of an item is noted', async () => {
  const desk = openDesk()
  await batch(desk, 'create', [{ ...item, orderLinkID: 'b-1', category: 'linear' }])
  expect(await desk.unknownWords()).toEqual(['value request.orderLinkID', 'value request.category'])
})

test('behavior: a fault meets batches of stops as stops', async () => {
  const desk = openDesk()
  const { control } = desk.simulator
  await control.inject({
    operation: 'createStop',
    kind: 'rejectWith',
    reason: 'tooManyOrders',
    times: 1,
  })
  const stop = { ...item, triggerPrice: '61000', triggerDirection: 1 }
  const plain = await desk.post('/v5/order/create-batch', { category: 'linear', request: [item] })
  expect(said(plain)).toBe('0 OK')
  const mixed = { category: 'linear', request: [item, stop] }
  expect(said(await desk.post('/v5/order/create-batch', mixed))).toMatch(/^1100/)
})

test('behavior: cancel-all takes what its scope and filter mean (trap 3)', async () => {
  const desk = openDesk()
  const all = (query: Record<string, unknown>) => desk.post('/v5/order/cancel-all', query)
  const open = async (): Promise<unknown[]> =>
    rows(await desk.get('/v5/order/realtime', { category: 'linear', settleCoin: 'USDT' })).map(
      (row) => row.orderLinkId,
    )
  await place(desk, { qty: '0.02' })
  await place(desk, { ...item, orderLinkId: 'plain' })
  await place(desk, { ...item, symbol: 'ETHUSDT', qty: '1', price: '2900', orderLinkId: 'ether' })
  const stop = { ...item, side: 'Sell', triggerPrice: '58000', triggerDirection: 2 }
  await place(desk, { ...stop, price: '57900', orderLinkId: 'stop' })
  const full = { ...bitcoin, tpslMode: 'Full', positionIdx: 0, stopLoss: '57000' }
  await desk.post('/v5/position/trading-stop', full)
  const ids = { orderId: expect.any(String), orderLinkId: 'stop' }
  const stops = await all({ ...bitcoin, orderFilter: 'StopOrder', stopOrderType: 'Stop' })
  expect(stops.at('result').value).toEqual({ list: [ids], success: '1' })
  expect(await open()).toEqual(['', 'ether', 'plain'])
  await all({ ...bitcoin, orderFilter: 'Order' })
  expect(await open()).toEqual(['', 'ether'])
  await all({ category: 'linear', baseCoin: 'ETH' })
  expect(await open()).toEqual([''])
  await all({ ...bitcoin, orderFilter: 'OpenOrder' })
  expect(await open()).toEqual([''])
  const last = await all({ category: 'linear', settleCoin: 'USDT' })
  expect(last.at('result').at('list').items()).toHaveLength(1)
  const nothing = await all({ category: 'linear', settleCoin: 'USDT' })
  expect(nothing.at('result').value).toEqual({ list: [], success: '1' })
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: cancel-all takes both legs of a pair and names both', async () => {
  const desk = openDesk()
  await place(desk, { qty: '0.02' })
  const pair = { takeProfit: '61000', stopLoss: '59000', tpSize: '0.01', slSize: '0.01' }
  await desk.post('/v5/position/trading-stop', { ...bitcoin, tpslMode: 'Partial', ...pair })
  const answer = await desk.post('/v5/order/cancel-all', bitcoin)
  expect(answer.at('result').at('list').items()).toHaveLength(2)
})

test.each([
  [{ category: 'linear' }, /^10001 Missing some parameters that must be filled in/],
  [{ ...bitcoin, orderFilter: 'Stop' }, /^10001 params error: orderFilter invalid/],
  [{ symbol: 'BTCUSDT' }, /^10001 params error: Category is invalid/],
])('error: cancel-all with %j', async (body, message) => {
  expect(said(await openDesk().post('/v5/order/cancel-all', body))).toMatch(message)
})

interface BatchAnswer {
  list: Record<string, unknown>[]
  codes: { code: number; msg: string }[]
}

async function batch(desk: Desk, what: string, request: unknown[]): Promise<BatchAnswer> {
  const answer = await desk.post(`/v5/order/${what}-batch`, { category: 'linear', request })
  expect(said(answer)).toBe('0 OK')
  const codes = answer.at('retExtInfo').at('list').items()
  return {
    list: rows(answer),
    codes: codes.map((one) => ({ code: one.at('code').number(), msg: one.at('msg').string() })),
  }
}
