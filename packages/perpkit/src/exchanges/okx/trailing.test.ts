import { describe, expect, test } from 'vitest'
import type { TrailingOrderIntent } from '../../client/definition.ts'
import { bitcoin, ok, refusedRow, script } from './script.testing.ts'
import { createTrailingOrder } from './trailing.ts'
import { algoDetails } from './triggers.ts'

const trailing: TrailingOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  quantity: '0.0012',
  callbackRate: '0.01',
  activationPrice: '90000',
  triggerSource: 'LAST',
  reduceOnly: true,
  clientOrderId: 'ts1',
}
const receipt = { algoId: '365', algoClOrdId: 'ts1', clOrdId: '', sCode: '0', sMsg: '', tag: '' }
const PLACE = 'POST trade/order-algo'

describe('createTrailingOrder', () => {
  test('default: a fraction, and the price from which it follows', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok(receipt) })
    const order = await createTrailingOrder(call, trailing)
    expect(order).toEqual({
      orderId: 'algo:365',
      clientOrderId: 'ts1',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.0012',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      callbackRate: '0.01',
      activationPrice: '90000',
      reduceOnly: true,
    })
    expect(order.raw).toBe(receipt)
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","side":"sell","ordType":"move_order_stop","sz":"0.12","callbackRatio":"0.01","activePx":"90000","reduceOnly":true,"algoClOrdId":"ts1"}`,
    ])
    expect(sent).toEqual([
      { access: 'trade', effect: 'once', cost: { [`${PLACE}@BTC-USDT-SWAP`]: 1 } },
    ])
  })

  test('args: at once, of a side, with isolated margin', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const { activationPrice: _none, ...atOnce } = trailing
    const order = await createTrailingOrder(call, {
      ...atOnce,
      side: 'BUY',
      positionSide: 'SHORT',
      marginMode: 'ISOLATED',
    })
    expect(order).toMatchObject({ side: 'BUY', positionSide: 'SHORT', reduceOnly: true })
    expect(order).not.toHaveProperty('activationPrice')
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"isolated","side":"buy","posSide":"short","ordType":"move_order_stop","sz":"0.12","callbackRatio":"0.01","algoClOrdId":"ts1"}`,
    ])
  })

  test.each([
    ['51258', 'WOULD_TRIGGER_IMMEDIATELY'],
    ['51311', 'INVALID_REQUEST'],
    ['51260', 'TOO_MANY_ORDERS'],
  ])('error: %s', async (sCode, code) => {
    const { call } = script({ [PLACE]: refusedRow(sCode) })
    await expect(createTrailingOrder(call, trailing)).rejects.toMatchObject({ code })
  })
})

// docs/wire/okx.md 4.4
const row = {
  instId: 'BTC-USDT-SWAP',
  algoId: '365',
  algoClOrdId: 'ts1',
  ordId: '',
  ordType: 'move_order_stop',
  state: 'live',
  side: 'sell',
  posSide: 'long',
  sz: '0.12',
  reduceOnly: 'false',
  callbackRatio: '0.01',
  callbackSpread: '',
  activePx: '90000',
  moveTriggerPx: '',
}

describe('algoDetails', () => {
  test('default: a trailing stop read back', async () => {
    const { call } = script({ 'GET trade/order-algo': ok(row) })
    const { order } = await call(algoDetails, { algoId: '365' })
    expect(order).toMatchObject({
      orderId: 'algo:365',
      type: 'TRAILING_STOP_MARKET',
      status: 'PENDING',
      positionSide: 'LONG',
      reduceOnly: true,
      callbackRate: '0.01',
      activationPrice: '90000',
    })
    expect(order).not.toHaveProperty('stopPrice')
  })

  test('behavior: a distance in money is no rate, and none is at once', async () => {
    const spread = { ...row, callbackRatio: '', callbackSpread: '250', activePx: '' }
    const { call } = script({ 'GET trade/order-algo': ok(spread) })
    const { order } = await call(algoDetails, { algoId: '365' })
    expect(order.type).toBe('TRAILING_STOP_MARKET')
    expect(order).not.toHaveProperty('callbackRate')
    expect(order).not.toHaveProperty('activationPrice')
  })
})
