import { describe, expect, test } from 'vitest'
import type { TrailingOrderIntent } from '../../client/definition.ts'
import { bitcoin, refused, script } from './script.testing.ts'
import { createTrailingOrder } from './trailing.ts'

const intent: TrailingOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  quantity: '0.01',
  callbackRate: '0.0025',
  activationPrice: '61000.5',
  triggerSource: 'MARK',
  reduceOnly: true,
  clientOrderId: 'g1:tr/1',
}
const atOnce: TrailingOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  quantity: '2',
  callbackRate: '0.2',
  triggerSource: 'LAST',
  reduceOnly: false,
  clientOrderId: 'g1:tr/2',
}

const placed = {
  algoId: 2_146_761,
  clientAlgoId: 'g1:tr/1',
  algoType: 'CONDITIONAL',
  orderType: 'TRAILING_STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.010',
  algoStatus: 'NEW',
  triggerPrice: '0',
  price: '0.000',
  workingType: 'MARK_PRICE',
  closePosition: false,
  reduceOnly: true,
  activatePrice: '61000.50',
  callbackRate: '0.25',
  createTime: 1_750_485_492_076,
  updateTime: 1_750_485_492_077,
}

describe('createTrailingOrder', () => {
  test('default: the rate in percent, and no trigger price', async () => {
    const { call, lines, sent } = script({ 'POST /fapi/v1/algoOrder': placed })
    const order = await createTrailingOrder(call, intent)
    expect(lines).toEqual([
      'POST /fapi/v1/algoOrder algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL' +
        '&type=TRAILING_STOP_MARKET&quantity=0.01&callbackRate=0.25&activatePrice=61000.5' +
        '&reduceOnly=true&workingType=MARK_PRICE&clientAlgoId=g1:tr/1',
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once', cost: { orders10s: 1, orders1m: 1 } }])
    expect(order).toEqual({
      orderId: 'algo:2146761',
      clientOrderId: 'g1:tr/1',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'GTC',
      callbackRate: '0.0025',
      activationPrice: '61000.5',
      reduceOnly: true,
      closePosition: false,
      createdAt: 1_750_485_492_076,
      updatedAt: 1_750_485_492_077,
    })
    expect(order.raw).toBe(placed)
  })

  test('args: at once, and one that may open', async () => {
    const { call, lines } = script({ 'POST /fapi/v1/algoOrder': placed })
    // The present price, which the answer may show, was nobody's wish.
    const order = await createTrailingOrder(call, atOnce)
    expect(order).not.toHaveProperty('activationPrice')
    expect(order.callbackRate).toBe('0.2')
    expect(lines).toEqual([
      'POST /fapi/v1/algoOrder algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY' +
        '&type=TRAILING_STOP_MARKET&quantity=2&callbackRate=20' +
        '&workingType=CONTRACT_PRICE&clientAlgoId=g1:tr/2',
    ])
  })

  test('args: in hedge mode with the side of its position, and no reduceOnly', async () => {
    const answer = { ...placed, positionSide: 'LONG' }
    const { call, lines } = script({ 'POST /fapi/v1/algoOrder': answer })
    const order = await createTrailingOrder(call, { ...intent, positionSide: 'LONG' })
    expect(order).toMatchObject({ positionSide: 'LONG', reduceOnly: true })
    expect(lines[0]).toContain('&side=SELL&positionSide=LONG&type=TRAILING_STOP_MARKET&')
    expect(lines[0]).not.toContain('reduceOnly')
  })

  test('behavior: figures the answer leaves empty are those that were asked for', async () => {
    const answer = { ...placed, activatePrice: '', callbackRate: '' }
    const { call } = script({ 'POST /fapi/v1/algoOrder': answer })
    expect(await createTrailingOrder(call, intent)).toMatchObject({
      callbackRate: '0.0025',
      activationPrice: '61000.5',
    })
  })

  test('error: the index price is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const order = { ...intent, triggerSource: 'INDEX' } as const
    await expect(createTrailingOrder(call, order)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test.each([
    [-2021, 'Order would immediately trigger.', 'WOULD_TRIGGER_IMMEDIATELY'],
    [-1130, "Data sent for parameter 'callbackRate' is not valid.", 'INVALID_REQUEST'],
    [-4061, "Order's position side does not match user's setting.", 'POSITION_MODE_MISMATCH'],
  ])('error: %i', async (code, message, expected) => {
    const { call } = script({ 'POST /fapi/v1/algoOrder': refused(code, message) })
    await expect(createTrailingOrder(call, intent)).rejects.toMatchObject({ code: expected })
  })
})
