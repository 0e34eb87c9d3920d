import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import type { OrderStatus, TimeInForce } from '../../model/tokens.ts'
import { createOrder, orderCancellation, orderDetails, ordersCancellation } from './orders.ts'
import { bitcoin, ok, pepe, refusedRow, script } from './script.testing.ts'

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.0012',
  reduceOnly: false,
  clientOrderId: 'lab0000000000001',
}
const limit: PlainOrderIntent = { ...market, type: 'LIMIT', price: '85000.5' }
const receipt = {
  ordId: '2497956918703120384',
  clOrdId: 'lab0000000000001',
  tag: '',
  ts: '1795334400123',
  sCode: '0',
  sMsg: 'Order placed',
  subCode: '',
}

describe('createOrder', () => {
  test('default: a market order, counted in contracts', async () => {
    const { call, lines, sent } = script({ 'POST trade/order': ok(receipt) })
    const order = await createOrder(call, market)
    expect(order).toEqual({
      orderId: '2497956918703120384',
      clientOrderId: 'lab0000000000001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.0012',
      price: '0',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'IOC',
      reduceOnly: false,
    })
    expect(order.raw).toBe(receipt)
    expect(lines).toEqual([
      'POST trade/order {"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001","side":"buy","ordType":"market","sz":"0.12"}',
    ])
    expect(sent).toEqual([
      {
        access: 'trade',
        effect: 'once',
        cost: { 'new orders': 1, 'POST trade/order@BTC-USDT-SWAP': 1 },
      },
    ])
  })

  test('default: a limit order is the text of the second vector', async () => {
    const { call, lines } = script({ 'POST trade/order': ok(receipt) })
    expect(await createOrder(call, limit)).toMatchObject({
      type: 'LIMIT',
      price: '85000.5',
      timeInForce: 'GTC',
    })
    expect(lines).toEqual([
      'POST trade/order {"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001","side":"buy","ordType":"limit","px":"85000.5","sz":"0.12"}',
    ])
  })

  test('args: reduce-only, and more than one base unit in a contract', async () => {
    const { call, lines } = script({ 'POST trade/order': ok(receipt) })
    const intent: PlainOrderIntent = {
      ...market,
      instrument: pepe,
      side: 'SELL',
      quantity: '25000000',
      reduceOnly: true,
    }
    expect(await createOrder(call, intent)).toMatchObject({
      symbol: 'PEPEUSDT',
      side: 'SELL',
      quantity: '25000000',
      reduceOnly: true,
    })
    expect(lines).toEqual([
      'POST trade/order {"instId":"PEPE-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001","side":"sell","ordType":"market","sz":"2.5","reduceOnly":true}',
    ])
  })

  test.each<[TimeInForce, string]>([
    ['GTC', 'limit'],
    ['IOC', 'ioc'],
    ['FOK', 'fok'],
    ['GTX', 'post_only'],
  ])('args: %s is the type %s', async (timeInForce, ordType) => {
    const { call, lines } = script({ 'POST trade/order': ok(receipt) })
    expect((await createOrder(call, { ...limit, timeInForce })).timeInForce).toBe(timeInForce)
    expect(lines[0]).toContain(`"ordType":"${ordType}","px":"85000.5"`)
  })

  test.each([
    ['BUY', 'LONG', false, '"side":"buy","posSide":"long"'],
    ['SELL', 'LONG', true, '"side":"sell","posSide":"long"'],
    ['SELL', 'SHORT', false, '"side":"sell","posSide":"short"'],
    ['BUY', 'SHORT', true, '"side":"buy","posSide":"short"'],
  ] as const)(
    'args: in hedge mode %s of %s names the side alone',
    async (side, positionSide, reduceOnly, words) => {
      const { call, lines } = script({ 'POST trade/order': ok(receipt) })
      const order = await createOrder(call, { ...market, side, positionSide, reduceOnly })
      expect(order).toMatchObject({ side, positionSide, reduceOnly })
      expect(lines).toEqual([
        `POST trade/order {"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001",${words},"ordType":"market","sz":"0.12"}`,
      ])
    },
  )

  test.each([
    ['CROSS', 'cross'],
    ['ISOLATED', 'isolated'],
  ] as const)('args: %s margin is %s', async (marginMode, word) => {
    const { call, lines } = script({ 'POST trade/order': ok(receipt) })
    await createOrder(call, { ...limit, marginMode })
    expect(lines).toEqual([
      `POST trade/order {"instId":"BTC-USDT-SWAP","tdMode":"${word}","clOrdId":"lab0000000000001","side":"buy","ordType":"limit","px":"85000.5","sz":"0.12"}`,
    ])
  })

  test('error: isolated margin that the account does not have', async () => {
    const { call } = script({ 'POST trade/order': refusedRow('51000', 'Parameter tdMode  error') })
    const placed = createOrder(call, { ...limit, marginMode: 'ISOLATED' })
    await expect(placed).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('error: a receipt without an order id', async () => {
    const { call } = script({ 'POST trade/order': ok({ ...receipt, ordId: '' }) })
    await expect(createOrder(call, market)).rejects.toThrow(
      '$.data[0].ordId: expected an identifier, received ""',
    )
  })

  test.each(['0', '1'])('error: a refusal in the row under the code %s', async (code) => {
    const row = { ...receipt, ordId: '', sCode: '51008', sMsg: 'Insufficient USDT margin' }
    const { call } = script({ 'POST trade/order': { code, msg: '', data: [row] } })
    await expect(createOrder(call, market)).rejects.toMatchObject({
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '51008',
    })
  })

  test('error: an account in long/short mode', async () => {
    const { call } = script({ 'POST trade/order': refusedRow('51000', 'Parameter posSide error ') })
    await expect(createOrder(call, market)).rejects.toMatchObject({
      code: 'POSITION_MODE_MISMATCH',
    })
  })
})

// docs/wire/okx.md 4.3
const row = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  ordId: '2497956918703120384',
  clOrdId: 'lab0000000000001',
  px: '85000.5',
  sz: '0.12',
  ordType: 'limit',
  side: 'buy',
  posSide: 'net',
  tdMode: 'cross',
  state: 'partially_filled',
  accFillSz: '0.05',
  fillPx: '85000.5',
  fillSz: '0.05',
  avgPx: '85000.5',
  reduceOnly: 'false',
  cancelSource: '',
  algoClOrdId: '',
  algoId: '',
  slTriggerPx: '',
  cTime: '1795334400123',
  uTime: '1795334401002',
}
const key = { instrument: bitcoin, orderId: '2497956918703120384' }

describe('orderDetails', () => {
  test('default: an order of the book', async () => {
    const { call, lines, sent } = script({ 'GET trade/order': ok(row) })
    const { order, algoId } = await call(orderDetails, key)
    expect(order).toEqual({
      orderId: '2497956918703120384',
      clientOrderId: 'lab0000000000001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.0012',
      price: '85000.5',
      status: 'PARTIALLY_FILLED',
      executedQty: '0.0005',
      timeInForce: 'GTC',
      averagePrice: '85000.5',
      reduceOnly: false,
      createdAt: 1_795_334_400_123,
      updatedAt: 1_795_334_401_002,
    })
    expect(order.raw).toBe(row)
    expect(algoId).toBeUndefined()
    expect(lines).toEqual(['GET trade/order?instId=BTC-USDT-SWAP&ordId=2497956918703120384'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET trade/order': 1 } }])
  })

  test('args: by client order id', async () => {
    const { call, lines } = script({ 'GET trade/order': ok(row) })
    await call(orderDetails, { instrument: bitcoin, clientOrderId: 'lab1' })
    expect(lines).toEqual(['GET trade/order?instId=BTC-USDT-SWAP&clOrdId=lab1'])
  })

  test('behavior: before a fill there is no average price', async () => {
    for (const avgPx of ['', '0', undefined]) {
      const { call } = script({
        'GET trade/order': ok({ ...row, state: 'live', accFillSz: '0', avgPx }),
      })
      const { order } = await call(orderDetails, key)
      expect(order).toMatchObject({ status: 'NEW', executedQty: '0' })
      expect(Object.keys(order)).not.toContain('averagePrice')
    }
  })

  test('behavior: the child of a conditional order names its parent', async () => {
    const child = { ...row, clOrdId: '', algoId: '3654836939422998529', ordType: 'market', px: '' }
    const { call } = script({ 'GET trade/order': ok(child) })
    expect(await call(orderDetails, key)).toMatchObject({
      order: { clientOrderId: '', type: 'MARKET', price: '0', timeInForce: 'IOC' },
      algoId: '3654836939422998529',
    })
  })

  test.each([
    ['market', 'MARKET', 'IOC'],
    ['optimal_limit_ioc', 'MARKET', 'IOC'],
    ['limit', 'LIMIT', 'GTC'],
    ['post_only', 'LIMIT', 'GTX'],
    ['rpi', 'LIMIT', 'GTX'],
    ['elp', 'LIMIT', 'GTX'],
    ['ioc', 'LIMIT', 'IOC'],
    ['fok', 'LIMIT', 'FOK'],
    ['something_new', 'LIMIT', 'GTC'],
  ])('args: %s is %s %s', async (ordType, type, timeInForce) => {
    const { call } = script({ 'GET trade/order': ok({ ...row, ordType }) })
    expect((await call(orderDetails, key)).order).toMatchObject({ type, timeInForce })
  })

  // docs/wire/okx.md 5
  test.each<[OrderStatus, object]>([
    ['NEW', { state: 'live', accFillSz: '0' }],
    ['PARTIALLY_FILLED', { state: 'partially_filled', accFillSz: '' }],
    ['FILLED', { state: 'filled' }],
    ['CANCELLED', { state: 'canceled', cancelSource: '1' }],
    ['CANCELLED', { state: 'canceled', cancelSource: '0' }],
    ['CANCELLED', { state: 'canceled', cancelSource: '20' }],
    ['CANCELLED', { state: 'canceled' }],
    ['CANCELLED', { state: 'mmp_canceled' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '13', ordType: 'fok' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '14', ordType: 'ioc' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '13' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '14' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '33' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '15', ordType: 'fok' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '15', ordType: 'ioc' }],
    ['EXPIRED', { state: 'canceled', cancelSource: '15', ordType: 'market' }],
    ['EXPIRED', { state: 'canceled', cancelSource: undefined, ordType: 'optimal_limit_ioc' }],
    ['CANCELLED', { state: 'canceled', cancelSource: '1', ordType: 'ioc' }],
    ['CANCELLED', { state: 'canceled', cancelSource: '1', ordType: 'market' }],
    ['REJECTED', { state: 'canceled', cancelSource: '31', ordType: 'post_only' }],
    ['NEW', { state: 'something_new', accFillSz: '' }],
    ['PARTIALLY_FILLED', { state: 'something_new' }],
  ])('behavior: %s is %j', async (status, told) => {
    const { call } = script({ 'GET trade/order': ok({ ...row, ...told }) })
    expect((await call(orderDetails, key)).order.status).toBe(status)
  })

  test.each([
    ['true', true],
    [true, true],
    ['false', false],
    ['', undefined],
  ])('args: reduceOnly %j is %j', async (told, reduceOnly) => {
    const { call } = script({ 'GET trade/order': ok({ ...row, reduceOnly: told }) })
    expect((await call(orderDetails, key)).order.reduceOnly).toBe(reduceOnly)
  })

  test.each([
    ['buy', 'long', { side: 'BUY', positionSide: 'LONG', reduceOnly: false }],
    ['sell', 'long', { side: 'SELL', positionSide: 'LONG', reduceOnly: true }],
    ['sell', 'short', { side: 'SELL', positionSide: 'SHORT', reduceOnly: false }],
    ['buy', 'short', { side: 'BUY', positionSide: 'SHORT', reduceOnly: true }],
  ])('behavior: in hedge mode %s of %s tells whether it closes', async (side, posSide, told) => {
    const { call } = script({ 'GET trade/order': ok({ ...row, side, posSide }) })
    expect((await call(orderDetails, key)).order).toMatchObject(told)
  })

  test('behavior: in one-way mode there is no position side', async () => {
    const { call } = script({ 'GET trade/order': ok(row) })
    expect((await call(orderDetails, key)).order).not.toHaveProperty('positionSide')
  })

  test.each(['ordId', 'instId', 'side', 'ordType', 'sz', 'px', 'state', 'accFillSz'])(
    'error: a row without %s',
    async (name) => {
      const { call } = script({ 'GET trade/order': ok({ ...row, [name]: undefined }) })
      await expect(call(orderDetails, key)).rejects.toThrow(`$.data[0].${name}: expected`)
    },
  )

  test.each([
    ['side', 'BUY', 'buy or sell'],
    ['sz', '', 'a decimal'],
    ['reduceOnly', 'maybe', 'true or false'],
    ['cTime', 'now', 'a decimal'],
  ])('error: %s is %j', async (name, value, expected) => {
    const { call } = script({ 'GET trade/order': ok({ ...row, [name]: value }) })
    await expect(call(orderDetails, key)).rejects.toThrow(`$.data[0].${name}: expected ${expected}`)
  })

  test('error: success without a row is no order', async () => {
    const { call } = script({ 'GET trade/order': ok() })
    await expect(call(orderDetails, key)).rejects.toThrow('$.data[0]: expected an object')
  })
})

describe('cancellations', () => {
  test('error: an answer that names no order is no success', async () => {
    const { call } = script({
      'POST trade/cancel-order': ok({}),
      'POST trade/cancel-batch-orders': ok({ ordId: '1' }, {}),
    })
    await expect(call(orderCancellation, { instrument: bitcoin, orderId: '1' })).rejects.toThrow(
      '$.data[0].ordId: expected an identifier',
    )
    const orders = { instrument: bitcoin, orderIds: ['1', '2'] }
    await expect(call(ordersCancellation, orders)).rejects.toThrow(
      '$.data[1].ordId: expected an identifier',
    )
  })

  test('behavior: one that is being cancelled already counts as done', async () => {
    const { call } = script({
      'POST trade/cancel-order': refusedRow('51410'),
      'POST trade/cancel-batch-orders': refusedRow('51410'),
    })
    const one = call(orderCancellation, { instrument: bitcoin, orderId: '1' })
    await expect(one).resolves.toBeUndefined()
    const several = call(ordersCancellation, { instrument: bitcoin, orderIds: ['1'] })
    await expect(several).resolves.toBeUndefined()
  })
})
