import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent } from '../../client/definition.ts'
import type { OrderStatus, TriggerSource } from '../../model/tokens.ts'
import { type ConditionalOrder, toAlgoId, toOrderId } from './algoRow.ts'
import { bitcoin, context, ok, refusedRow, script } from './script.testing.ts'
import { algoDetails, createConditionalOrder } from './triggers.ts'

const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.0012',
  stopPrice: '83000',
  triggerSource: 'MARK',
  reduceOnly: true,
  clientOrderId: 'sl0001',
}
const receipt = {
  algoId: '3654836939422998529',
  algoClOrdId: 'sl0001',
  clOrdId: '',
  sCode: '0',
  sMsg: '',
  tag: '',
}
const PLACE = 'POST trade/order-algo'

test('default: ids of conditional orders carry a prefix', () => {
  expect(toOrderId('12')).toBe('algo:12')
  expect(toAlgoId('algo:12')).toBe('12')
  expect(toAlgoId('12')).toBeUndefined()
})

describe('createConditionalOrder', () => {
  test('default: a stop that protects', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok(receipt) })
    const order = await createConditionalOrder(call, stop)
    expect(order).toEqual({
      orderId: 'algo:3654836939422998529',
      clientOrderId: 'sl0001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.0012',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '83000',
      reduceOnly: true,
    })
    expect(order.raw).toBe(receipt)
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","side":"sell","ordType":"conditional","sz":"0.12","slTriggerPx":"83000","slTriggerPxType":"mark","slOrdPx":"-1","reduceOnly":true,"algoClOrdId":"sl0001"}`,
    ])
    expect(sent).toEqual([
      { access: 'trade', effect: 'once', cost: { 'POST trade/order-algo@BTC-USDT-SWAP': 1 } },
    ])
  })

  test('default: a take-profit has words of its own, and a stop that may open no flag', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const intent = { ...stop, type: 'TAKE_PROFIT_MARKET', side: 'BUY', reduceOnly: false } as const
    expect(await createConditionalOrder(call, intent)).toMatchObject({
      type: 'TAKE_PROFIT_MARKET',
      side: 'BUY',
      reduceOnly: false,
    })
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","side":"buy","ordType":"conditional","sz":"0.12","tpTriggerPx":"83000","tpTriggerPxType":"mark","tpOrdPx":"-1","algoClOrdId":"sl0001"}`,
    ])
  })

  test.each<[TriggerSource, string]>([
    ['LAST', 'last'],
    ['MARK', 'mark'],
    ['INDEX', 'index'],
  ])('args: %s is %s', async (triggerSource, word) => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createConditionalOrder(call, { ...stop, triggerSource })
    expect(lines[0]).toContain(`"slTriggerPxType":"${word}"`)
  })

  test('args: in hedge mode the side is named, and isolated margin', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const intent = { ...stop, positionSide: 'LONG', marginMode: 'ISOLATED' } as const
    expect(await createConditionalOrder(call, intent)).toMatchObject({
      side: 'SELL',
      positionSide: 'LONG',
      reduceOnly: true,
    })
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"isolated","side":"sell","posSide":"long","ordType":"conditional","sz":"0.12","slTriggerPx":"83000","slTriggerPxType":"mark","slOrdPx":"-1","algoClOrdId":"sl0001"}`,
    ])
  })

  test('error: a position side the account does not have', async () => {
    const { call } = script({ [PLACE]: refusedRow('51000', 'Parameter posSide  error') })
    const intent = { ...stop, positionSide: 'LONG' } as const
    await expect(createConditionalOrder(call, intent)).rejects.toMatchObject({
      code: 'POSITION_MODE_MISMATCH',
    })
  })

  test('error: a receipt without an id', async () => {
    const { call } = script({ [PLACE]: ok({ ...receipt, algoId: '' }) })
    await expect(createConditionalOrder(call, stop)).rejects.toThrow(
      '$.data[0].algoId: expected an identifier',
    )
  })

  test('error: a trigger on the wrong side', async () => {
    const { call } = script({ [PLACE]: refusedRow('51280', 'SL trigger price …') })
    await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({
      code: 'WOULD_TRIGGER_IMMEDIATELY',
    })
  })
})

// docs/wire/okx.md 4.4
const row = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  algoId: '1880721064716505088',
  algoClOrdId: 'sl0001',
  clOrdId: '',
  ordId: '',
  ordIdList: [],
  ordType: 'conditional',
  state: 'live',
  side: 'sell',
  posSide: 'net',
  tdMode: 'cross',
  sz: '0.12',
  closeFraction: '',
  reduceOnly: 'true',
  tpTriggerPx: '',
  tpTriggerPxType: '',
  tpOrdPx: '',
  slTriggerPx: '83000',
  slTriggerPxType: 'mark',
  slOrdPx: '-1',
  triggerPx: '',
  ordPx: '',
  advanceOrdType: '',
  actualSide: '',
  actualSz: '0',
  triggerTime: '',
  failCode: '',
  last: '85000',
  cTime: '1795334300000',
  uTime: '1795334300001',
}
async function read(told: object): Promise<ConditionalOrder> {
  const { call } = script({ 'GET trade/order-algo': ok({ ...row, ...told }) })
  return call(algoDetails, { algoId: '1' })
}
const takeProfit = { tpTriggerPx: '90000', tpOrdPx: '-1', slTriggerPx: '', slOrdPx: '' }

describe('algoDetails', () => {
  test('default: a stop that waits', async () => {
    const { call, lines, sent } = script({ 'GET trade/order-algo': ok(row) })
    const { order, childId } = await call(algoDetails, { algoId: '1880721064716505088' })
    expect(order).toEqual({
      orderId: 'algo:1880721064716505088',
      clientOrderId: 'sl0001',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.0012',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '83000',
      reduceOnly: true,
      createdAt: 1_795_334_300_000,
      updatedAt: 1_795_334_300_001,
    })
    expect(order.raw).toBe(row)
    expect(childId).toBeUndefined()
    expect(lines).toEqual(['GET trade/order-algo?algoId=1880721064716505088'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET trade/order-algo': 1 } }])
  })

  test('args: by client order id', async () => {
    const { call, lines } = script({ 'GET trade/order-algo': ok(row) })
    await call(algoDetails, { algoClOrdId: 'sl0001' })
    expect(lines).toEqual(['GET trade/order-algo?algoClOrdId=sl0001'])
  })

  test.each([
    ['a take-profit', takeProfit, 'TAKE_PROFIT_MARKET', '90000', '0'],
    ['a limit stop', { slOrdPx: '82990' }, 'STOP', '83000', '82990'],
    ['a limit take-profit', { ...takeProfit, tpOrdPx: '90001' }, 'TAKE_PROFIT', '90000', '90001'],
    ['both legs', { ...takeProfit, slTriggerPx: '83000' }, 'STOP_MARKET', '83000', '0'],
    [
      'both legs, the profit taken',
      { ...takeProfit, ordType: 'oco', slTriggerPx: '83000', actualSide: 'tp' },
      'TAKE_PROFIT_MARKET',
      '90000',
      '0',
    ],
  ])('behavior: %s', async (_what, told, type, stopPrice, price) => {
    expect((await read(told)).order).toMatchObject({ type, stopPrice, price })
  })

  const trigger = { ordType: 'trigger', slTriggerPx: '', slOrdPx: '', ordPx: '-1' }

  test.each([
    ['sell', '83000', 'STOP_MARKET'],
    ['sell', '90000', 'TAKE_PROFIT_MARKET'],
    ['buy', '90000', 'STOP_MARKET'],
    ['buy', '83000', 'TAKE_PROFIT_MARKET'],
  ])('behavior: a generic trigger to %s at %s from 85000 is %s', async (side, triggerPx, type) => {
    const { order } = await read({ ...trigger, side, triggerPx })
    expect(order).toMatchObject({ type, stopPrice: triggerPx })
  })

  test.each([
    ['', 'GTC'],
    ['fok', 'FOK'],
    ['ioc', 'IOC'],
  ])('behavior: a generic trigger of a limit order, %j', async (advanceOrdType, timeInForce) => {
    const told = { ...trigger, triggerPx: '83000', ordPx: '82990', last: undefined, advanceOrdType }
    expect((await read(told)).order).toMatchObject({ type: 'STOP', price: '82990', timeInForce })
  })

  test('behavior: a trailing stop has no trigger price', async () => {
    const told = { ordType: 'move_order_stop', slTriggerPx: '', activePx: '86000' }
    const { order } = await read(told)
    expect(order.type).toBe('TRAILING_STOP_MARKET')
    expect(Object.keys(order)).not.toContain('stopPrice')
  })

  test('behavior: one for the whole position', async () => {
    expect((await read({ sz: '', closeFraction: '1' })).order).toMatchObject({
      quantity: '0',
      closePosition: true,
    })
  })

  // docs/wire/okx.md 5
  test.each<[string, OrderStatus]>([
    ['live', 'PENDING'],
    ['pause', 'PENDING'],
    ['something_new', 'PENDING'],
    ['effective', 'NEW'],
    ['order_placed', 'NEW'],
    ['filled', 'NEW'],
    ['partially_effective', 'PARTIALLY_FILLED'],
    ['canceled', 'CANCELLED'],
    ['order_failed', 'REJECTED'],
    ['partially_failed', 'REJECTED'],
  ])('behavior: %s is %s', async (state, status) => {
    expect((await read({ state })).order.status).toBe(status)
  })

  test('behavior: one that fired long ago and left no order has expired', async () => {
    const hours = (count: number): string => String(context.receivedAt - count * 3_600_000)
    const fired = { state: 'effective', uTime: hours(9) }
    expect((await read({ ...fired, triggerTime: hours(1) })).order.status).toBe('NEW')
    expect((await read({ ...fired, triggerTime: hours(3) })).order.status).toBe('EXPIRED')
    expect((await read({ ...fired, triggerTime: '' })).order.status).toBe('EXPIRED')
  })

  test.each([
    [{ ordId: '77', ordIdList: ['77'] }, '77'],
    [{ ordId: '77', ordIdList: undefined }, '77'],
    [{ ordId: '', ordIdList: ['78', '79'] }, '78'],
    [{ ordId: '', ordIdList: [] }, undefined],
    [{ ordId: undefined, ordIdList: undefined }, undefined],
  ])('behavior: %j became %s', async (told, childId) => {
    expect((await read(told)).childId).toBe(childId)
  })

  test.each(['algoId', 'instId', 'side', 'ordType', 'sz', 'state'])(
    'error: a row without %s',
    async (name) => {
      await expect(read({ [name]: undefined })).rejects.toThrow(`$.data[0].${name}: expected`)
    },
  )

  test('error: a kind that waits for no price', async () => {
    await expect(read({ ordType: 'twap' })).rejects.toThrow(
      '$.data[0].ordType: expected a conditional order, received "twap"',
    )
  })
})
