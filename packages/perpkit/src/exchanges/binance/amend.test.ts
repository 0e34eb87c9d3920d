import { describe, expect, test } from 'vitest'
import type { AmendIntent } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { amendOrder } from './amend.ts'
import { bitcoin, refused, script } from './script.testing.ts'

const order: FuturesOrder = {
  orderId: '22542179',
  clientOrderId: 't1-0001',
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'SELL',
  type: 'LIMIT',
  quantity: '0.01',
  price: '60000.1',
  status: 'PARTIALLY_FILLED',
  executedQty: '0.004',
  timeInForce: 'GTC',
  positionSide: 'LONG',
}
const intent: AmendIntent = {
  instrument: bitcoin,
  order,
  quantity: '0.02',
  price: '60001',
  newClientOrderId: 't1-0002',
}
const { quantity: _quantity, ...priceAlone } = intent
const { price: _price, ...quantityAlone } = intent

const amended = {
  orderId: 22_542_179,
  symbol: 'BTCUSDT',
  pair: 'BTCUSDT',
  status: 'PARTIALLY_FILLED',
  clientOrderId: 't1-0001',
  price: '60001.00',
  origQty: '0.020',
  executedQty: '0.004',
  cumQty: '0.004',
  timeInForce: 'GTC',
  type: 'LIMIT',
  reduceOnly: true,
  closePosition: false,
  side: 'SELL',
  positionSide: 'LONG',
  stopPrice: '0.00',
  origType: 'LIMIT',
  updateTime: 1_763_798_400_200,
}

describe('amendOrder', () => {
  test('default: in place, without position side and without a new id', async () => {
    const { call, lines, sent } = script({ 'PUT /fapi/v1/order': amended })
    const changed = await amendOrder(call, intent)
    expect(lines).toEqual([
      'PUT /fapi/v1/order symbol=BTCUSDT&side=SELL&orderId=22542179&quantity=0.02&price=60001',
    ])
    expect(sent).toEqual([
      { access: 'trade', effect: 'idempotent', cost: { orders10s: 1, orders1m: 1 } },
    ])
    expect(changed).toMatchObject({
      orderId: '22542179',
      clientOrderId: 't1-0001',
      quantity: '0.02',
      price: '60001',
      executedQty: '0.004',
      status: 'PARTIALLY_FILLED',
      positionSide: 'LONG',
    })
  })

  test.each([
    ['quantity', priceAlone, 'quantity=0.01&price=60001'],
    ['price', quantityAlone, 'quantity=0.02&price=60000.1'],
  ])('args: the %s stays as it is', async (_what, params, words) => {
    const { call, lines } = script({ 'PUT /fapi/v1/order': amended })
    await amendOrder(call, params)
    expect(lines[0]?.endsWith(`&${words}`)).toBe(true)
  })

  test('behavior: so already is done', async () => {
    const { call } = script({
      'PUT /fapi/v1/order': refused(-5027, 'No need to modify the order.'),
    })
    expect(await amendOrder(call, quantityAlone)).toEqual({ ...order, quantity: '0.02' })
  })

  test('behavior: an amendment that cancels says so', async () => {
    const { call } = script({ 'PUT /fapi/v1/order': { ...amended, status: 'CANCELED' } })
    expect((await amendOrder(call, intent)).status).toBe('CANCELLED')
  })

  test.each([
    ['a conditional order', { ...intent, order: { ...order, orderId: 'algo:1' } }],
    ['a trigger price', { ...intent, stopPrice: '55000' }],
  ])('error: %s cannot be changed, and nothing is sent', async (_what, params) => {
    const { call, lines } = script({})
    await expect(amendOrder(call, params)).rejects.toMatchObject({
      name: 'RequestError',
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  test.each([
    [-2013, 'Order does not exist.', 'ORDER_NOT_FOUND'],
    [-5029, "Order's notional must be no smaller than 50.", 'BELOW_MINIMUM'],
    [-5043, 'A pending modification already exists for this order.', 'EXCHANGE_UNAVAILABLE'],
    [-5025, 'Only limit order is supported.', 'INVALID_REQUEST'],
    [-5024, 'Symbol is not in trading status.', 'MARKET_CLOSED'],
  ])('error: %i', async (code, message, expected) => {
    const { call } = script({ 'PUT /fapi/v1/order': refused(code, message) })
    await expect(amendOrder(call, intent)).rejects.toMatchObject({ code: expected })
  })
})
