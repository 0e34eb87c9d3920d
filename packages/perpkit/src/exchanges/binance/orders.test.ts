import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { readCapture } from './captures.testing.ts'
import { createOrder, orderQuery } from './orders.ts'
import { bitcoin, refused, script } from './script.testing.ts'

const intent: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '60000.1',
  timeInForce: 'GTC',
  reduceOnly: false,
  clientOrderId: 't1-0001',
}
const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'MARKET',
  quantity: '0.01',
  reduceOnly: true,
  clientOrderId: 't1-0002',
}

/** The shape of 2026: neither avgPrice nor cumQuote. */
const placed = {
  clientOrderId: 't1-0001',
  cumQty: '0.010',
  executedQty: '0.010',
  orderId: 22_542_179,
  origQty: '0.010',
  price: '60000.10',
  reduceOnly: false,
  side: 'BUY',
  positionSide: 'BOTH',
  status: 'FILLED',
  stopPrice: '0',
  closePosition: false,
  symbol: 'BTCUSDT',
  timeInForce: 'GTC',
  type: 'LIMIT',
  origType: 'LIMIT',
  updateTime: 1_763_798_400_123,
  workingType: 'CONTRACT_PRICE',
  goodTillDate: 0,
}
const queried = {
  ...placed,
  avgPrice: '60000.10000',
  cumQuote: '600.00100',
  time: 1_763_798_400_001,
}

const key = { nativeSymbol: 'BTCUSDT', orderId: '22542179' }

function decodeQueried(changes: object) {
  return script({ 'GET /fapi/v1/order': { ...queried, ...changes } }).call(orderQuery, key)
}

describe('createOrder', () => {
  test('default: a limit order', async () => {
    const { call, lines, sent } = script({ 'POST /fapi/v1/order': placed })
    const order = await createOrder(call, intent)
    expect(lines).toEqual([
      'POST /fapi/v1/order symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01' +
        '&price=60000.1&newClientOrderId=t1-0001&newOrderRespType=RESULT',
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { orders10s: 1, orders1m: 1 } }])
    expect(order).toEqual({
      orderId: '22542179',
      clientOrderId: 't1-0001',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '60000.1',
      status: 'FILLED',
      executedQty: '0.01',
      timeInForce: 'GTC',
      reduceOnly: false,
      closePosition: false,
      updatedAt: 1_763_798_400_123,
    })
    expect(order.raw).toBe(placed)
  })

  test('args: a reduce-only market order has neither price nor time in force', async () => {
    const { call, lines } = script({ 'POST /fapi/v1/order': { ...placed, price: '0' } })
    expect((await createOrder(call, market)).price).toBe('0')
    expect(lines).toEqual([
      'POST /fapi/v1/order symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&reduceOnly=true' +
        '&newClientOrderId=t1-0002&newOrderRespType=RESULT',
    ])
  })

  test('args: a market order never sends a stray price', async () => {
    const { call, lines } = script({ 'POST /fapi/v1/order': placed })
    await createOrder(call, { ...market, price: '1', timeInForce: 'IOC' })
    expect(lines[0]).not.toMatch(/price=|timeInForce=/)
  })

  test('args: a limit order rests until cancelled unless told otherwise', async () => {
    const { timeInForce: _, ...untold } = intent
    const { call, lines } = script({ 'POST /fapi/v1/order': placed })
    await createOrder(call, untold)
    expect(lines[0]).toContain('&timeInForce=GTC&')
  })

  test.each(['IOC', 'FOK', 'GTX'] as const)('args: time in force %s', async (timeInForce) => {
    const { call, lines } = script({ 'POST /fapi/v1/order': placed })
    await createOrder(call, { ...intent, timeInForce })
    expect(lines[0]).toContain(`&timeInForce=${timeInForce}&`)
  })

  test.each([
    ['BUY', 'LONG', false],
    ['SELL', 'LONG', true],
    ['SELL', 'SHORT', false],
    ['BUY', 'SHORT', true],
  ] as const)(
    'args: in hedge mode %s of %s, and never reduceOnly',
    async (side, positionSide, reduceOnly) => {
      const answer = { ...placed, side, positionSide, reduceOnly }
      const { call, lines } = script({ 'POST /fapi/v1/order': answer })
      const hedged = { ...intent, side, positionSide, reduceOnly }
      expect(await createOrder(call, hedged)).toMatchObject({ side, positionSide, reduceOnly })
      await createOrder(call, { ...market, side, positionSide, reduceOnly })
      expect(lines).toEqual([
        `POST /fapi/v1/order symbol=BTCUSDT&side=${side}&positionSide=${positionSide}&type=LIMIT` +
          '&timeInForce=GTC&quantity=0.01&price=60000.1&newClientOrderId=t1-0001' +
          '&newOrderRespType=RESULT',
        `POST /fapi/v1/order symbol=BTCUSDT&side=${side}&positionSide=${positionSide}&type=MARKET` +
          '&quantity=0.01&newClientOrderId=t1-0002&newOrderRespType=RESULT',
      ])
    },
  )

  test.each([
    [-4061, "Order's position side does not match user's setting.", 'POSITION_MODE_MISMATCH'],
    [-1106, "Parameter 'reduceonly' sent when not required.", 'POSITION_MODE_MISMATCH'],
    [-2019, 'Margin is insufficient.', 'INSUFFICIENT_MARGIN'],
    [-4116, 'ClientOrderId is duplicated.', 'DUPLICATE_CLIENT_ORDER_ID'],
    [-5022, 'Due to the order could not be executed as maker…', 'WOULD_NOT_REST'],
  ])('error: %i', async (code, message, expected) => {
    const { call } = script({ 'POST /fapi/v1/order': refused(code, message) })
    await expect(createOrder(call, intent)).rejects.toMatchObject({ code: expected })
  })

  test('error: an answer without an id is refused', async () => {
    const { call } = script({ 'POST /fapi/v1/order': { ...placed, orderId: undefined } })
    await expect(createOrder(call, intent)).rejects.toMatchObject({
      name: 'ReadError',
      path: '$.orderId',
    })
  })
})

describe('an order of the regular book', () => {
  test('default: with average price and time of creation', async () => {
    expect(await decodeQueried({})).toMatchObject({
      averagePrice: '60000.1',
      createdAt: 1_763_798_400_001,
    })
  })

  test('behavior: zero is nothing for average price and stop price', async () => {
    const order = await decodeQueried({ avgPrice: '0.00', stopPrice: '0.00', executedQty: '0.000' })
    expect(order).not.toHaveProperty('averagePrice')
    expect(order).not.toHaveProperty('stopPrice')
    expect(order.executedQty).toBe('0')
  })

  test('behavior: what servers leave out, empty or null is absent', async () => {
    const order = await decodeQueried({
      avgPrice: '',
      stopPrice: null,
      reduceOnly: undefined,
      closePosition: undefined,
      origType: undefined,
      time: undefined,
      updateTime: undefined,
    })
    expect(order.type).toBe('LIMIT')
    for (const name of ['averagePrice', 'stopPrice', 'reduceOnly', 'createdAt', 'updatedAt']) {
      expect(order).not.toHaveProperty(name)
    }
  })

  test('behavior: the child of a conditional order shows what it was born as', async () => {
    const order = await decodeQueried({
      type: 'MARKET',
      origType: 'STOP_MARKET',
      stopPrice: '55000.00',
    })
    expect(order).toMatchObject({ type: 'STOP_MARKET', stopPrice: '55000' })
  })

  test('behavior: a position side there is in hedge mode alone', async () => {
    expect(await decodeQueried({ positionSide: 'SHORT' })).toMatchObject({ positionSide: 'SHORT' })
    for (const positionSide of ['BOTH', '', undefined]) {
      expect(await decodeQueried({ positionSide })).not.toHaveProperty('positionSide')
    }
  })

  test('behavior: in hedge mode the two sides tell whether it reduces', async () => {
    const told = { reduceOnly: false, side: 'SELL', positionSide: 'LONG' }
    expect(await decodeQueried(told)).toMatchObject({ reduceOnly: true })
  })

  test('behavior: the child of a trailing stop has its figures, its rate in percent', async () => {
    const trailing = { type: 'MARKET', origType: 'TRAILING_STOP_MARKET' }
    const order = await decodeQueried({ ...trailing, priceRate: '0.3', activatePrice: '61000.00' })
    expect(order).toMatchObject({ callbackRate: '0.003', activationPrice: '61000' })
    const bare = await decodeQueried({ ...trailing, priceRate: '', activatePrice: '0' })
    expect(bare).not.toHaveProperty('callbackRate')
    expect(bare).not.toHaveProperty('activationPrice')
  })

  test('behavior: an id beyond 2^53 keeps all its digits', async () => {
    const text = JSON.stringify(queried).replace('22542179', '8389765739703625592')
    const { call } = script({ 'GET /fapi/v1/order': parseJson(text) })
    expect((await call(orderQuery, key)).orderId).toBe('8389765739703625592')
  })

  test.each([
    ['NEW', 'NEW'],
    ['PENDING_NEW', 'NEW'],
    ['NEW_ADL', 'NEW'],
    ['NEW_INSURANCE', 'NEW'],
    ['PARTIALLY_FILLED', 'PARTIALLY_FILLED'],
    ['FILLED', 'FILLED'],
    ['CANCELED', 'CANCELLED'],
    ['EXPIRED', 'EXPIRED'],
    ['EXPIRED_IN_MATCH', 'EXPIRED'],
    ['REJECTED', 'REJECTED'],
  ])('args: status %s is %s', async (status, expected) => {
    const order = await decodeQueried({ status, executedQty: '0.004' })
    expect(order).toMatchObject({ status: expected, executedQty: '0.004' })
  })

  test.each([
    'LIMIT',
    'MARKET',
    'STOP_MARKET',
    'STOP',
    'TAKE_PROFIT_MARKET',
    'TAKE_PROFIT',
    'TRAILING_STOP_MARKET',
  ])('args: type %s', async (origType) => {
    expect((await decodeQueried({ origType })).type).toBe(origType)
  })

  test.each([
    ['GTC', 'GTC'],
    ['IOC', 'IOC'],
    ['FOK', 'FOK'],
    ['GTX', 'GTX'],
    ['GTD', 'GTC'],
    ['GTE_GTC', 'GTC'],
    ['RPI', 'GTX'],
  ])('args: time in force %s is %s', async (timeInForce, expected) => {
    expect((await decodeQueried({ timeInForce })).timeInForce).toBe(expected)
  })

  test.each([
    ['$.status', { status: 'SLEEPING' }],
    ['$.status', { status: 'constructor' }],
    ['$.side', { side: 'buy' }],
    ['$.positionSide', { positionSide: 'long' }],
    ['$.origType', { origType: 'ICEBERG' }],
    ['$.timeInForce', { timeInForce: undefined }],
    ['$.origQty', { origQty: undefined }],
    ['$.executedQty', { executedQty: null }],
    ['$.symbol', { symbol: 1 }],
    ['$.orderId', { orderId: '' }],
  ])('error: %s is refused (%j)', async (path, changes) => {
    await expect(decodeQueried(changes)).rejects.toMatchObject({ name: 'ReadError', path })
  })

  const recorded = readCapture('order_response.json')
  test.skipIf(recorded === undefined)(
    'behavior: a recorded answer decodes (skipped where captures/ is not present)',
    async () => {
      const { call } = script({ 'GET /fapi/v1/order': recorded })
      expect(await call(orderQuery, key)).toMatchObject({
        orderId: '12345678',
        status: 'NEW',
        executedQty: '0',
        quantity: '0.001',
      })
    },
  )
})
