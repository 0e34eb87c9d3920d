import { expect, test } from 'vitest'
import { bitcoin, look, openDesk, order, place, rows, said, usdt } from './desk.fixture.ts'

const attached = { stopLoss: '58000', takeProfit: '63000', tpslMode: 'Full' }

test('behavior: it becomes that of the position when a market order fills', async () => {
  const desk = openDesk()
  await place(desk, { ...attached, orderLinkId: 'e-1' })
  expect(await look(desk, 'e-1')).toMatchObject({
    stopLoss: '58000.00',
    takeProfit: '63000.00',
    tpslMode: 'Full',
    slTriggerBy: 'LastPrice',
    tpTriggerBy: 'LastPrice',
  })
  const [position] = rows(await desk.get('/v5/position/list', usdt))
  expect(position).toMatchObject({ stopLoss: '58000.00', takeProfit: '63000.00' })
  const legs = rows(await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'StopOrder' }))
  expect(legs.map((leg) => [leg.createType, leg.stopOrderType, leg.parentOrderLinkId])).toEqual([
    ['CreateByStopLoss', 'StopLoss', 'e-1'],
    ['CreateByTakeProfit', 'TakeProfit', 'e-1'],
  ])
})

test('behavior: with a resting entry it is there once that has filled', async () => {
  const desk = openDesk()
  const entry = { ...attached, orderType: 'Limit', price: '59000', orderLinkId: 'e-1' }
  await place(desk, entry)
  const waiting = { ...bitcoin, orderFilter: 'StopOrder' }
  expect(rows(await desk.get('/v5/order/realtime', waiting))).toEqual([])
  await desk.setPrice('57000')
  // The market went through the entry and then through its stop.
  expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
  const fills = rows(await desk.get('/v5/execution/list', bitcoin))
  expect(fills.map((fill) => [fill.execPrice, fill.stopOrderType])).toEqual([
    ['58000.00', 'StopLoss'],
    ['59000.00', 'UNKNOWN'],
  ])
})

test('behavior: with a conditional entry likewise', async () => {
  const desk = openDesk()
  const entry = { triggerPrice: '61000', triggerDirection: 1, orderLinkId: 'e-1' }
  await place(desk, { ...attached, ...entry })
  await desk.setPrice('61000')
  const [position] = rows(await desk.get('/v5/position/list', usdt))
  expect(position).toMatchObject({ side: 'Buy', stopLoss: '58000.00' })
})

test('behavior: a Partial pair covers its entry, and one of it ends the other', async () => {
  const desk = openDesk()
  await place(desk, { qty: '0.02' })
  await place(desk, {
    takeProfit: '62000',
    stopLoss: '58000',
    tpslMode: 'Partial',
    tpOrderType: 'Limit',
    tpLimitPrice: '62100',
    slTriggerBy: 'MarkPrice',
    orderLinkId: 'e-1',
  })
  const legs = rows(await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'StopOrder' }))
  expect(legs).toMatchObject([
    { stopOrderType: 'PartialStopLoss', qty: '0.010', triggerBy: 'MarkPrice' },
    { stopOrderType: 'PartialTakeProfit', qty: '0.010', orderType: 'Limit', price: '62100.00' },
  ])
  await desk.setPrice('62200')
  const [position] = rows(await desk.get('/v5/position/list', usdt))
  expect(position).toMatchObject({ size: '0.020', stopLoss: '', takeProfit: '' })
  const history = rows(await desk.get('/v5/order/history', bitcoin))
  expect(history.find((row) => row.stopOrderType === 'PartialStopLoss')).toMatchObject({
    orderStatus: 'Deactivated',
    cancelType: 'CancelByOCOSlCanceledByTpTriggered',
  })
})

test('behavior: a stop-limit entry keeps it, amended while it rests', async () => {
  const desk = openDesk()
  const entry = { triggerPrice: '61000', triggerDirection: 1, orderType: 'Limit', price: '60500' }
  await place(desk, { ...attached, ...entry, orderLinkId: 'e-1' })
  await desk.setPrice('61000')
  const change = { ...bitcoin, orderLinkId: 'e-1', stopLoss: '57500' }
  expect(said(await desk.post('/v5/order/amend', change))).toBe('0 OK')
  expect(await look(desk, 'e-1')).toMatchObject({ orderStatus: 'New', stopLoss: '57500.00' })
  await desk.setPrice('60400')
  const [position] = rows(await desk.get('/v5/position/list', usdt))
  expect(position).toMatchObject({ stopLoss: '57500.00', takeProfit: '63000.00' })
})

test('behavior: a Partial pair grows as its entry fills', async () => {
  const desk = openDesk()
  await desk.post('/v5/position/set-leverage', {
    ...bitcoin,
    buyLeverage: '100',
    sellLeverage: '100',
  })
  const pair = { takeProfit: '63000', stopLoss: '57000', tpslMode: 'Partial' }
  await place(desk, { ...pair, orderType: 'Limit', price: '60000', qty: '12' })
  const sizes = async (): Promise<unknown[]> =>
    rows(await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'StopOrder' })).map(
      (row) => row.qty,
    )
  expect(await sizes()).toEqual(['4.028', '4.028'])
  await desk.setPrice('59900')
  expect(await sizes()).toEqual(['12.000', '12.000'])
})

test('behavior: a stop that the fill is beyond already closes at once', async () => {
  const desk = openDesk()
  const entry = { orderType: 'Limit', price: '60600', stopLoss: '60500', tpslMode: 'Full' }
  await place(desk, entry)
  expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
  const fills = rows(await desk.get('/v5/execution/list', bitcoin))
  expect(fills.map((fill) => fill.side)).toEqual(['Sell', 'Buy'])
})

test('behavior: amending the entry before it fills changes or removes it', async () => {
  const desk = openDesk()
  await place(desk, { ...attached, orderType: 'Limit', price: '59000', orderLinkId: 'e-1' })
  const change = { ...bitcoin, orderLinkId: 'e-1', stopLoss: '57500', takeProfit: '0' }
  expect(said(await desk.post('/v5/order/amend', change))).toBe('0 OK')
  expect(await look(desk, 'e-1')).toMatchObject({ stopLoss: '57500.00', takeProfit: '' })
  await desk.setPrice('58500')
  const [position] = rows(await desk.get('/v5/position/list', usdt))
  expect(position).toMatchObject({ stopLoss: '57500.00', takeProfit: '' })
})

test.each([
  [
    { stopLoss: '60000' },
    '10001 StopLoss:600000000 set for Buy position should lower than base_price:600000000??LastPrice',
  ],
  [
    { side: 'Sell', stopLoss: '60000' },
    '10001 StopLoss:600000000 set for Sell position should greater base_price:600000000??LastPrice',
  ],
  [
    { takeProfit: '59000' },
    '10001 TakeProfit:590000000 set for Buy position should be higher than base_price:600000000??LastPrice',
  ],
  [
    { side: 'Sell', takeProfit: '61000' },
    '10001 TakeProfit:610000000 set for Sell position should be lower than base_price:600000000??LastPrice',
  ],
  [
    { orderType: 'Limit', price: '59000', stopLoss: '59500' },
    '10001 StopLoss:595000000 set for Buy position should lower than base_price:590000000??LastPrice',
  ],
  [
    { stopLoss: '58000', slOrderType: 'Market' },
    '10001 slOrderType can not have a value when tpSlMode is empty',
  ],
  [
    { stopLoss: '58000', slOrderType: 'Limit', slLimitPrice: '57900', tpslMode: 'Full' },
    '10001 slOrderType only support Market when tpSlMode is Full',
  ],
  [{ takeProfit: '61000', tpOrderType: 'Limit', tpslMode: 'Partial' }, '10001 Price invalid'],
  [{ stopLoss: '58000.01' }, '10001 Price invalid'],
  [{ stopLoss: '58000', tpslMode: 'Half' }, '10001 params error: tpslMode invalid'],
])('error: %j', async (more, message) => {
  const desk = openDesk()
  expect(said(await desk.post('/v5/order/create', order(more)))).toBe(message)
})

test('error: on a reduce-only order', async () => {
  const desk = openDesk()
  await place(desk, {})
  const close = order({ side: 'Sell', reduceOnly: true, stopLoss: '61000' })
  expect(said(await desk.post('/v5/order/create', close))).toBe(
    '110057 Conditional order or limit order contains TP/SL related params',
  )
})
