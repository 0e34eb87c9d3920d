import { expect, test } from 'vitest'
import type { Operation, RejectReason } from '../../server/types.ts'
import { bitcoin, openDesk, order, place, row, said } from './desk.fixture.ts'

// Refusals of order/create (docs/wire/bybit.md 6), and the venue's words for faults.

test.each([
  [{ category: undefined }, '10001 params error: Category is invalid'],
  [{ category: 'Linear' }, '10001 params error: Category is invalid'],
  [{ category: 'spot' }, '10001 params error: symbol invalid BTCUSDT'],
  [{ symbol: undefined }, '10001 Request parameter error.'],
  [{ symbol: 'BTC-USDT' }, '10001 params error: symbol invalid BTC-USDT'],
  [{ side: undefined }, '10001 params error: side invalid'],
  [{ side: 'BUY' }, '10001 params error: side invalid'],
  [{ orderType: undefined }, '10001 params error: orderType invalid'],
  [{ orderType: 'MARKET' }, '10001 params error: orderType invalid'],
  [{ timeInForce: 'GTX' }, '10001 params error: timeInForce invalid'],
  [{ timeInForce: 'RPI' }, '110119 Not allowed to place RPI orders'],
  [{ qty: undefined }, '10001 Qty invalid'],
  [{ qty: 'much' }, '10001 Qty invalid'],
  [{ qty: '1e-2' }, '10001 Qty invalid'],
  [{ qty: '-1' }, '10001 Qty invalid'],
  [{ qty: '0' }, '10001 Qty invalid'],
  [{ qty: 0.01 }, '10001 Request parameter error.'],
  [{ reduceOnly: 'true' }, '10001 Request parameter error.'],
  [{ positionIdx: '0' }, '10001 Request parameter error.'],
  [{ qty: '0.0009' }, '110017 orderQty will be truncated to zero'],
  [
    { qty: '500.001' },
    '10001 The number of contracts exceeds maximum limit allowed: too large, ' +
      'order_qty:50000100000 > max_qty:50000000000',
  ],
  [
    { orderType: 'Limit', price: '60000', qty: '1190.001' },
    '10001 The number of contracts exceeds maximum limit allowed: too large, ' +
      'order_qty:119000100000 > max_qty:119000000000',
  ],
  [{ orderType: 'Limit' }, '10001 Price invalid'],
  [{ orderType: 'Limit', price: '0' }, '10001 Price invalid'],
  [{ orderType: 'Limit', price: '60000.05' }, '10001 Price invalid'],
  [{ orderType: 'Limit', price: '6e4' }, '10001 Price invalid'],
  [{ orderType: 'Limit', price: 60000 }, '10001 Request parameter error.'],
  [{ qty: '400' }, '110007 ab not enough for new order'],
  [{ symbol: 'DOGEUSDT', qty: '41' }, '110094 Order does not meet minimum order value 5USDT'],
  [
    { orderType: 'Limit', price: '4000', qty: '0.001' },
    '110094 Order does not meet minimum order value 5USDT',
  ],
  [{ symbol: 'BTCPERP' }, '110007 ab not enough for new order'],
  [{ bboSideType: 'Queue', orderType: 'Limit' }, '10001 params error: bboLevel invalid'],
  [
    { slippageToleranceType: 'Percent', slippageTolerance: '11' },
    '110108 The slippage tolerance is out of range',
  ],
  [{ smpType: 'Cancel' }, '10001 params error: smpType invalid'],
])('error: %j', async (more, message) => {
  const desk = openDesk()
  expect(said(await desk.post('/v5/order/create', order(more)))).toBe(message)
})

test('error: 500 open orders of a contract', async () => {
  // The venue takes ten orders a second, and the clock stands.
  const desk = openDesk({ rateLimits: false })
  const limit = { orderType: 'Limit', price: '59000', qty: '0.001' }
  for (let i = 0; i < 500; i++) await place(desk, limit)
  expect(said(await desk.post('/v5/order/create', order(limit)))).toMatch(/^110020 /)
})

test('behavior: a word that is not known is ignored and noted, a known one is not', async () => {
  const desk = openDesk()
  await place(desk, { ReduceOnly: true, clientOrderId: 'x' })
  await desk.post('/v5/order/create', order({ side: 'buy', qtty: '1' }))
  expect(await desk.unknownWords()).toEqual([
    'parameter ReduceOnly',
    'parameter clientOrderId',
    'value side',
    'parameter qtty',
  ])
})

const faults: [reason: RejectReason, more: Record<string, unknown>, message: string][] = [
  ['insufficientMargin', {}, '110007 ab not enough for new order'],
  [
    'wouldTriggerImmediately',
    { triggerPrice: '58000', triggerDirection: 2 },
    '110093 expect Falling, but trigger_price[580000000] >= current[580000000]??LastPrice',
  ],
  ['reduceOnlyRejected', {}, '110017 current position is zero, cannot fix reduce-only order qty'],
  ['belowMinimum', {}, '10001 The number of contracts exceeds minimum limit allowed'],
  ['precision', {}, '10001 Qty invalid'],
  ['priceBand', {}, '110003 Order price exceeds the allowable range.'],
  ['tooManyOrders', {}, '110020 Not allowed to have more than 500 active orders'],
  [
    'tooManyOrders',
    { triggerPrice: '58000', triggerDirection: 2 },
    '110009 The number of stop orders exceeds the maximum allowable limit',
  ],
  ['duplicateClientOrderId', {}, '110072 OrderLinkedID is duplicate'],
  ['orderNotFound', {}, '110001 order not exists or too late to cancel'],
  ['invalidSymbol', {}, '10001 params error: symbol invalid BTCUSDT'],
  ['invalidParameter', {}, '10001 Request parameter error.'],
  ['permissionDenied', {}, '10005 Permission denied, please check your API key permissions.'],
  ['leverageNotChanged', {}, '110043 leverage not modified'],
  ['marketClosed', {}, '110074 This contract is not live'],
  ['exchangeBusy', {}, '10016 Server error.'],
  ['unknownState', {}, '10000 Server Timeout'],
]

test.each(faults)('behavior: a fault that rejects with %s', async (reason, more, message) => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
  expect(said(await desk.post('/v5/order/create', order(more)))).toBe(message)
  expect(said(await desk.post('/v5/order/create', order()))).toBe('0 OK')
  expect(await desk.unknownWords()).toEqual([])
})

const doorFaults: [reason: RejectReason, message: RegExp][] = [
  ['invalidSignature', /^10004 error sign! origin_string\[\d{13}/],
  ['timestampOutOfWindow', /^10002 invalid request, please check your server timestamp/],
]

test.each(doorFaults)('behavior: a fault at the door: %s', async (reason, message) => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
  expect(said(await desk.get('/v5/account/info'))).toMatch(message)
})

test('behavior: a lookup that finds nothing is an empty list, a public symbol has its own text', async () => {
  const desk = openDesk()
  const { control } = desk.simulator
  const { orderId } = await place(desk, {})
  await control.inject({
    operation: 'getOrder',
    kind: 'rejectWith',
    reason: 'orderNotFound',
    times: 1,
  })
  const missing = await desk.get('/v5/order/realtime', { ...bitcoin, orderId })
  expect(missing.at('result').value).toEqual({ category: 'linear', list: [], nextPageCursor: '' })
  expect(row(await desk.get('/v5/order/realtime', { ...bitcoin, orderId }))).toMatchObject({
    orderStatus: 'Filled',
  })
  await control.inject({ kind: 'rejectWith', reason: 'invalidSymbol', times: 1 })
  expect(said(await desk.get('/v5/market/tickers', bitcoin))).toBe('10001 Not supported symbols')
  await control.inject({ kind: 'rejectWith', reason: 'orderNotFound', times: 1 })
  const amend = await desk.post('/v5/order/amend', { ...bitcoin, orderId, qty: '1' })
  expect(said(amend)).toBe('110001 order not exists or too late to replace')
})

const posts: [operation: Operation, path: string, body: Record<string, unknown>][] = [
  ['createOrder', '/v5/order/create', order()],
  ['createStop', '/v5/order/create', order({ triggerPrice: '61000', triggerDirection: 1 })],
  ['createStop', '/v5/position/trading-stop', { ...bitcoin, stopLoss: '1' }],
  ['amendOrder', '/v5/order/amend', { ...bitcoin, orderId: 'x', qty: '1' }],
  ['cancelOrder', '/v5/order/cancel', { ...bitcoin, orderId: 'x' }],
  ['createOrder', '/v5/order/create-batch', { category: 'linear', request: [] }],
  ['amendOrder', '/v5/order/amend-batch', { category: 'linear', request: [] }],
  ['cancelOrder', '/v5/order/cancel-batch', { category: 'linear', request: [] }],
  ['cancelAll', '/v5/order/cancel-all', bitcoin],
  ['setLeverage', '/v5/position/set-leverage', bitcoin],
]

test.each(posts)('behavior: faults at %s meet %s', async (operation, path, body) => {
  const desk = openDesk()
  await desk.simulator.control.inject({
    operation,
    kind: 'rejectWith',
    reason: 'exchangeBusy',
    times: 1,
  })
  expect(said(await desk.post(path, body))).toBe('10016 Server error.')
  expect(await desk.unknownWords()).toEqual([])
})

const gets: [operation: Operation, path: string, query: Record<string, string>][] = [
  ['getOrder', '/v5/order/realtime', { ...bitcoin, orderId: 'x' }],
  ['getOrder', '/v5/order/history', bitcoin],
  ['getOpenOrders', '/v5/order/realtime', bitcoin],
  ['getPositions', '/v5/position/list', bitcoin],
  ['getAccount', '/v5/account/wallet-balance', { accountType: 'UNIFIED' }],
  ['marketData', '/v5/market/tickers', bitcoin],
]

test.each(gets)('behavior: faults at %s meet %s', async (operation, path, query) => {
  const desk = openDesk()
  await desk.simulator.control.inject({
    operation,
    kind: 'rejectWith',
    reason: 'exchangeBusy',
    times: 1,
  })
  expect(said(await desk.get(path, query))).toBe('10016 Server error.')
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: under maintenance the venue answers with a page', async () => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'maintenance' })
  const answer = await desk.send({ path: '/v5/market/time' })
  expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'text/html' } })
  expect(answer.body).toMatch(/^<html>/)
})

test('behavior: a liquidation is told as one (trap 24)', async () => {
  const desk = openDesk()
  const leverage = { ...bitcoin, buyLeverage: '100', sellLeverage: '100' }
  await desk.post('/v5/position/set-leverage', leverage)
  await place(desk, { qty: '100' })
  await place(desk, { orderType: 'Limit', price: '50000', qty: '0.001', orderLinkId: 'rest' })
  await desk.setPrice('58000')
  const rest = row(await desk.get('/v5/order/realtime', { ...bitcoin, orderLinkId: 'rest' }))
  expect(rest).toMatchObject({ orderStatus: 'Cancelled', cancelType: 'CancelAllBeforeLiq' })
  const bust = await desk.get('/v5/execution/list', { ...bitcoin, execType: 'BustTrade' })
  expect(bust.at('result').at('list').at(0).value).toMatchObject({
    execType: 'BustTrade',
    createType: 'CreateByTakeOver_PassThrough',
    orderLinkId: '',
    side: 'Sell',
  })
})
