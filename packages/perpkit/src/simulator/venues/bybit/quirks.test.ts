import { describe, expect, test } from 'vitest'
import { bitcoin, look, openDesk, order, place, row, rows, said, usdt } from './desk.fixture.ts'

// Traps of docs/wire/bybit.md 9 that no other test of this venue is about.

const stop = { side: 'Sell', triggerPrice: '58000', triggerDirection: 2, reduceOnly: true }

test('behavior: zeros of a trading-stop leave conditional orders where they are (trap 4)', async () => {
  const desk = openDesk()
  await place(desk, {})
  await place(desk, { ...stop, orderLinkId: 's-1' })
  const zeros = { ...bitcoin, tpslMode: 'Full', takeProfit: '0', stopLoss: '0', trailingStop: '0' }
  expect(said(await desk.post('/v5/position/trading-stop', zeros))).toBe('34040 not modified')
  expect(await look(desk, 's-1')).toMatchObject({ stopOrderType: 'Stop', reduceOnly: true })
})

test('behavior: the second entry overwrites the Full stop of the first (trap 6)', async () => {
  const desk = openDesk()
  await place(desk, { stopLoss: '58000', takeProfit: '65000', tpslMode: 'Full' })
  await place(desk, { stopLoss: '59000', tpslMode: 'Full' })
  expect(row(await desk.get('/v5/position/list', usdt))).toMatchObject({
    stopLoss: '59000.00',
    takeProfit: '65000.00',
  })
  const waiting = await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'StopOrder' })
  expect(
    rows(waiting)
      .map((one) => `${one.stopOrderType} ${one.qty}`)
      .sort(),
  ).toEqual(['StopLoss 0.020', 'TakeProfit 0.020'])
})

test('error: a trigger without direction, also of an order that closes (trap 7)', async () => {
  const { triggerDirection: _, ...undirected } = stop
  const answer = await openDesk().post('/v5/order/create', order(undirected))
  expect(said(answer)).toBe('10001 params error: TriggerDirection invalid')
})

test('behavior: what is left of a quantity after truncation is held against the minimum (trap 9)', async () => {
  const desk = openDesk()
  await desk.simulator.control.setPrice({ symbol: '1000PEPEUSDT', price: '0.0112' })
  const create = async (qty: string): Promise<string> =>
    said(await desk.post('/v5/order/create', order({ symbol: '1000PEPEUSDT', qty })))
  expect(await create('99')).toBe('110017 orderQty will be truncated to zero')
  // Worth 5.58 as sent and 4.48 truncated.
  expect(await create('499')).toBe('110094 Order does not meet minimum order value 5USDT')
  expect(await create('500')).toBe('0 OK')
})

test('behavior: "none" has a form of its own in every place (trap 14)', async () => {
  const desk = openDesk()
  await place(desk, { orderLinkId: 'm-1' })
  await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'l-1' })
  expect(await look(desk, 'l-1')).toMatchObject({
    avgPrice: '',
    stopOrderType: '',
    triggerPrice: '',
    takeProfit: '',
    cancelType: 'UNKNOWN',
    slippageTolerance: '0',
    cumExecQty: '0.000',
  })
  const [fill] = rows(await desk.get('/v5/execution/list', bitcoin))
  expect(fill).toMatchObject({ stopOrderType: 'UNKNOWN', closedSize: '' })
  expect(row(await desk.get('/v5/position/list', usdt))).toMatchObject({
    takeProfit: '',
    trailingStop: '0',
    liqPrice: '',
  })
})

test('behavior: settleCoin USDT hides USDC contracts (trap 18)', async () => {
  const desk = openDesk()
  await desk.post('/v5/position/switch-mode', { category: 'linear', coin: 'USDC', mode: 3 })
  await place(desk, {})
  const usdc = { category: 'linear', settleCoin: 'USDC' }
  expect(rows(await desk.get('/v5/position/list', usdt))).toHaveLength(1)
  expect(rows(await desk.get('/v5/position/list', usdc))).toEqual([])
  const perp = await desk.get('/v5/position/list', { category: 'linear', symbol: 'BTCPERP' })
  expect(rows(perp)).toMatchObject([{ symbol: 'BTCPERP' }, { symbol: 'BTCPERP' }])
})

describe('error texts', () => {
  test('error: prices in them are whole numbers of 10^-4 (trap 32)', async () => {
    const desk = openDesk()
    const passed = { ...stop, triggerPrice: '61000' }
    expect(said(await desk.post('/v5/order/create', order(passed)))).toBe(
      '110093 expect Falling, but trigger_price[610000000] >= current[600000000]??LastPrice',
    )
  })

  test('error: exponents are no numbers here (trap 39)', async () => {
    const desk = openDesk()
    const create = async (more: Record<string, unknown>): Promise<string> =>
      said(await desk.post('/v5/order/create', order({ symbol: '1000PEPEUSDT', ...more })))
    expect(await create({ qty: '1e3' })).toBe('10001 Qty invalid')
    expect(await create({ orderType: 'Limit', qty: '100000', price: '9e-7' })).toBe(
      '10001 Price invalid',
    )
  })

  test('error: what has ended and what never was are told alike (trap 40)', async () => {
    const desk = openDesk()
    const { orderId } = await place(desk, { orderLinkId: 'm-1' })
    const gone = '110001 order not exists or too late to cancel'
    for (const id of [orderId, 'a1b2c3', 'ffffffff-0000-4000-8000-000000000000']) {
      expect(said(await desk.post('/v5/order/cancel', { ...bitcoin, orderId: id }))).toBe(gone)
    }
    const lookUp = async (id: string): Promise<number> =>
      rows(await desk.get('/v5/order/history', { ...bitcoin, orderId: id })).length
    expect([await lookUp(orderId), await lookUp('a1b2c3')]).toEqual([1, 0])
  })
})

test('behavior: a trailing percentage in order/create is ignored, and it is a market order (trap 41)', async () => {
  const desk = openDesk()
  await place(desk, { trailingPercent: '1', orderLinkId: 't-1' })
  expect(await look(desk, 't-1')).toMatchObject({
    orderType: 'Market',
    stopOrderType: '',
    orderStatus: 'Filled',
  })
  expect(await desk.unknownWords()).toEqual([])
})
