import { describe, expect, test } from 'vitest'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { bitcoin, refused, script } from './script.testing.ts'

const plain = {
  orderId: 22_542_179,
  clientOrderId: 't1-0001',
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  origType: 'LIMIT',
  status: 'NEW',
  price: '60000.10',
  avgPrice: '0.00',
  origQty: '0.010',
  executedQty: '0.000',
  stopPrice: '0',
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: false,
  time: 1_763_798_400_001,
  updateTime: 1_763_798_400_123,
}
const stop = {
  algoId: 2_146_760,
  clientAlgoId: 'g1:sl/1',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  timeInForce: 'GTC',
  quantity: '0.010',
  algoStatus: 'NEW',
  triggerPrice: '55000.00',
  price: '0',
  reduceOnly: true,
  closePosition: false,
  createTime: 1_763_798_400_002,
  updateTime: 1_763_798_400_003,
  actualOrderId: '',
}
const triggered = { ...stop, algoStatus: 'TRIGGERED', actualOrderId: '88', updateTime: 5 }
const child = {
  ...plain,
  orderId: 88,
  clientOrderId: 'g1:sl/1',
  side: 'SELL',
  type: 'MARKET',
  origType: 'STOP_MARKET',
  status: 'FILLED',
  price: '0',
  avgPrice: '54998.10000',
  executedQty: '0.008',
  origQty: '0.008',
  stopPrice: '55000.00',
  reduceOnly: true,
  updateTime: 1_763_798_499_999,
}

const unknown = refused(-2013, 'Order does not exist.')
const uncancelled = refused(-2011, 'Unknown order sent.')
const done = { code: 200, msg: 'The operation of cancel all open order is done.' }

describe('getOrder', () => {
  test('default: a plain order by its id', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/order': plain })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '22542179' })
    expect(order).toMatchObject({ orderId: '22542179', status: 'NEW', type: 'LIMIT' })
    expect(lines).toEqual(['GET /fapi/v1/order?symbol=BTCUSDT&orderId=22542179'])
  })

  test('default: a conditional order by its id', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/algoOrder': stop })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order).toMatchObject({ orderId: 'algo:2146760', status: 'PENDING', stopPrice: '55000' })
    expect(lines).toEqual(['GET /fapi/v1/algoOrder?algoId=2146760'])
  })

  test('default: a plain order by client id', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/order': plain })
    await getOrder(call, { instrument: bitcoin, clientOrderId: 't1-0001' })
    expect(lines).toEqual(['GET /fapi/v1/order?symbol=BTCUSDT&origClientOrderId=t1-0001'])
  })

  test('default: a conditional order by client id', async () => {
    const { call, lines } = script({
      'GET /fapi/v1/order': unknown,
      'GET /fapi/v1/algoOrder': stop,
    })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: 'g1:sl/1' })
    expect(order.orderId).toBe('algo:2146760')
    expect(lines).toEqual([
      'GET /fapi/v1/order?symbol=BTCUSDT&origClientOrderId=g1:sl/1',
      'GET /fapi/v1/algoOrder?clientAlgoId=g1:sl/1',
    ])
  })

  test('behavior: the id decides when both are given', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/order': plain })
    await getOrder(call, { instrument: bitcoin, orderId: '22542179', clientOrderId: 'other' })
    expect(lines).toEqual(['GET /fapi/v1/order?symbol=BTCUSDT&orderId=22542179'])
  })

  test('behavior: a triggered order keeps its id and is told as the order it became', async () => {
    const { call, lines } = script({
      'GET /fapi/v1/algoOrder': triggered,
      'GET /fapi/v1/order': child,
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order).toMatchObject({
      orderId: 'algo:2146760',
      clientOrderId: 'g1:sl/1',
      type: 'STOP_MARKET',
      status: 'FILLED',
      // Cut to the position: filled, though less than was asked for.
      quantity: '0.01',
      executedQty: '0.008',
      averagePrice: '54998.1',
      createdAt: 1_763_798_400_002,
      updatedAt: 1_763_798_499_999,
    })
    expect(order.raw).toEqual({ algoOrder: triggered, order: child })
    expect(Object.keys(order)).not.toContain('raw')
    expect(lines).toEqual([
      'GET /fapi/v1/algoOrder?algoId=2146760',
      'GET /fapi/v1/order?symbol=BTCUSDT&orderId=88',
    ])
  })

  test.each([
    ['EXPIRED', 'EXPIRED'],
    ['CANCELED', 'CANCELLED'],
    ['PARTIALLY_FILLED', 'PARTIALLY_FILLED'],
  ])('args: a child that is %s', async (status, expected) => {
    const { call } = script({
      'GET /fapi/v1/algoOrder': { ...triggered, algoStatus: 'FINISHED', actualQty: '0.010' },
      'GET /fapi/v1/order': { ...child, status },
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order.status).toBe(expected)
  })

  test('behavior: a trailing stop has its figures from the order it became', async () => {
    const trailing = { ...triggered, orderType: 'TRAILING_STOP_MARKET', triggerPrice: '0' }
    const figures = { origType: 'TRAILING_STOP_MARKET', priceRate: '0.3', activatePrice: '61000.0' }
    const { call } = script({
      'GET /fapi/v1/algoOrder': trailing,
      'GET /fapi/v1/order': { ...child, ...figures },
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order).toMatchObject({
      type: 'TRAILING_STOP_MARKET',
      status: 'FILLED',
      callbackRate: '0.003',
      activationPrice: '61000',
    })
  })

  test("behavior: a forgotten child leaves the conditional order's own record", async () => {
    const finished = {
      ...triggered,
      algoStatus: 'FINISHED',
      actualQty: '0.010',
      actualPrice: '54998.10',
    }
    const { call } = script({
      'GET /fapi/v1/algoOrder': finished,
      'GET /fapi/v1/order': unknown,
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01', averagePrice: '54998.1' })
  })

  test('behavior: a child found by its client id is told under the id of its parent', async () => {
    const { call, lines } = script({
      'GET /fapi/v1/order': child,
      'GET /fapi/v1/algoOrder': triggered,
    })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: 'g1:sl/1' })
    expect(order).toMatchObject({ orderId: 'algo:2146760', status: 'FILLED' })
    expect(lines).toEqual([
      'GET /fapi/v1/order?symbol=BTCUSDT&origClientOrderId=g1:sl/1',
      'GET /fapi/v1/algoOrder?clientAlgoId=g1:sl/1',
    ])
  })

  test.each([
    ['another order', { ...triggered, actualOrderId: '89' }],
    ['no order', stop],
    ['nothing', unknown],
  ])('behavior: a child whose client id leads to %s stays itself', async (_what, parent) => {
    const { call } = script({ 'GET /fapi/v1/order': child, 'GET /fapi/v1/algoOrder': parent })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '88' })
    expect(order).toMatchObject({ orderId: '88', type: 'STOP_MARKET', status: 'FILLED' })
  })

  test.each([
    ['a plain id', { orderId: '1' }, 1],
    ['a conditional id', { orderId: 'algo:1' }, 1],
    ['a client id', { clientOrderId: 'x' }, 2],
  ])('error: nobody knows %s', async (_what, ids, asked) => {
    const { call, lines } = script({
      'GET /fapi/v1/order': unknown,
      'GET /fapi/v1/algoOrder': unknown,
    })
    await expect(getOrder(call, { instrument: bitcoin, ...ids })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
      nativeCode: '-2013',
    })
    expect(lines).toHaveLength(asked)
  })

  test.each(['abc', '', 'algo:', 'algo:x1', '1e5', '12345678901234567890'])(
    'error: %j cannot be an order id, and nobody is asked',
    async (orderId) => {
      const { call, lines } = script({})
      const lookUp = getOrder(call, { instrument: bitcoin, orderId })
      await expect(lookUp).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
      expect(lines).toEqual([])
    },
  )

  test('error: an error that is not "not found" ends the search', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/order': refused(-1003, 'Too many requests.') })
    await expect(getOrder(call, { instrument: bitcoin, clientOrderId: 'x' })).rejects.toMatchObject(
      { code: 'RATE_LIMITED' },
    )
    expect(lines).toHaveLength(1)
  })
})

describe('getOpenOrders', () => {
  test('default: plain and conditional, of one symbol', async () => {
    const { call, lines, sent } = script({
      'GET /fapi/v1/openAlgoOrders': [stop],
      'GET /fapi/v1/openOrders': [plain],
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:2146760', '22542179'])
    expect(lines).toEqual([
      'GET /fapi/v1/openAlgoOrders?symbol=BTCUSDT',
      'GET /fapi/v1/openOrders?symbol=BTCUSDT',
    ])
    expect(sent.map(({ cost }) => cost)).toEqual([{ weight: 1 }, { weight: 1 }])
  })

  test('args: of all symbols', async () => {
    const { call, lines, sent } = script({
      'GET /fapi/v1/openAlgoOrders': [],
      'GET /fapi/v1/openOrders': [],
    })
    expect(await getOpenOrders(call, {})).toEqual([])
    expect(lines).toEqual(['GET /fapi/v1/openAlgoOrders', 'GET /fapi/v1/openOrders'])
    expect(sent.map(({ cost }) => cost)).toEqual([{ weight: 40 }, { weight: 40 }])
  })

  test('behavior: equal numbers in both books are two orders', async () => {
    const { call } = script({
      'GET /fapi/v1/openAlgoOrders': [{ ...stop, algoId: 7 }],
      'GET /fapi/v1/openOrders': [{ ...plain, orderId: 7 }],
    })
    const orders = await getOpenOrders(call, {})
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:7', '7'])
  })

  test('behavior: one that triggered between the lists is told once, as the child', async () => {
    const resting = { ...child, type: 'LIMIT', origType: 'STOP', status: 'PARTIALLY_FILLED' }
    const { call, lines } = script({
      'GET /fapi/v1/openAlgoOrders': [stop],
      'GET /fapi/v1/openOrders': [resting],
      'GET /fapi/v1/algoOrder': triggered,
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({
      orderId: 'algo:2146760',
      status: 'PARTIALLY_FILLED',
      executedQty: '0.008',
    })
    expect(lines.at(-1)).toBe('GET /fapi/v1/algoOrder?clientAlgoId=g1:sl/1')
  })

  test('behavior: a triggered one in the conditional list is not open by that', async () => {
    const { call } = script({
      'GET /fapi/v1/openAlgoOrders': [triggered],
      'GET /fapi/v1/openOrders': [],
    })
    expect(await getOpenOrders(call, {})).toEqual([])
  })

  test('error: one list that fails fails all', async () => {
    const { call } = script({
      'GET /fapi/v1/openAlgoOrders': [stop],
      'GET /fapi/v1/openOrders': { orders: [] },
    })
    await expect(getOpenOrders(call, {})).rejects.toMatchObject({ name: 'ReadError' })
  })
})

describe('cancelOrder', () => {
  test('default: a plain order', async () => {
    const answer = { ...plain, status: 'CANCELED' }
    const { call, lines, sent } = script({ 'DELETE /fapi/v1/order': answer })
    await cancelOrder(call, { instrument: bitcoin, orderId: '22542179' })
    expect(lines).toEqual(['DELETE /fapi/v1/order?symbol=BTCUSDT&orderId=22542179'])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 1 } }])
  })

  test('default: a conditional order, whose answer has its code as text', async () => {
    const answer = { algoId: 2_146_760, clientAlgoId: 'g1:sl/1', code: '200', msg: 'success' }
    const { call, lines, sent } = script({ 'DELETE /fapi/v1/algoOrder': answer })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(lines).toEqual(['DELETE /fapi/v1/algoOrder?algoId=2146760'])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 1 } }])
  })

  test('behavior: once triggered, the order it became is cancelled', async () => {
    const { call, lines } = script({
      'DELETE /fapi/v1/algoOrder': uncancelled,
      'GET /fapi/v1/algoOrder': triggered,
      'DELETE /fapi/v1/order': { ...child, status: 'CANCELED' },
    })
    await cancelOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(lines.slice(1)).toEqual([
      'GET /fapi/v1/algoOrder?algoId=2146760',
      'DELETE /fapi/v1/order?symbol=BTCUSDT&orderId=88',
    ])
  })

  test.each([
    ['a plain order that ended', '1', {}],
    ['a conditional order nobody knows', 'algo:1', { 'GET /fapi/v1/algoOrder': unknown }],
    ['a conditional order that was cancelled', 'algo:1', { 'GET /fapi/v1/algoOrder': stop }],
    ['one whose child has ended', 'algo:1', { 'GET /fapi/v1/algoOrder': triggered }],
  ])('error: %s', async (_what, orderId, answers) => {
    const { call } = script({
      'DELETE /fapi/v1/order': uncancelled,
      'DELETE /fapi/v1/algoOrder': uncancelled,
      ...answers,
    })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
  })

  test('error: an id that cannot be one', async () => {
    const { call, lines } = script({})
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: 'x' })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toEqual([])
  })

  test('error: another refusal is not looked up', async () => {
    const answer = refused(-1008, 'Request throttled by system-level protection.')
    const { call, lines } = script({ 'DELETE /fapi/v1/algoOrder': answer })
    await expect(
      cancelOrder(call, { instrument: bitcoin, orderId: 'algo:1' }),
    ).rejects.toMatchObject({ code: 'EXCHANGE_UNAVAILABLE' })
    expect(lines).toHaveLength(1)
  })

  test('error: an answer that is no order is refused', async () => {
    const { call } = script({ 'DELETE /fapi/v1/order': {} })
    await expect(cancelOrder(call, { instrument: bitcoin, orderId: '1' })).rejects.toMatchObject({
      name: 'ReadError',
      path: '$.status',
    })
  })
})

describe('cancelAllOrders', () => {
  test('default: conditional orders first, then the book they trigger into', async () => {
    const { call, lines, sent } = script({
      'DELETE /fapi/v1/algoOpenOrders': done,
      'DELETE /fapi/v1/allOpenOrders': done,
    })
    await cancelAllOrders(call, { instrument: bitcoin })
    expect(lines).toEqual([
      'DELETE /fapi/v1/algoOpenOrders?symbol=BTCUSDT',
      'DELETE /fapi/v1/allOpenOrders?symbol=BTCUSDT',
    ])
    expect(sent.map(({ effect }) => effect)).toEqual(['idempotent', 'idempotent'])
  })

  test('error: a failure of the second is told', async () => {
    const { call } = script({
      'DELETE /fapi/v1/algoOpenOrders': done,
      'DELETE /fapi/v1/allOpenOrders': refused(-1121, 'Invalid symbol.'),
    })
    await expect(cancelAllOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})
