import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent } from '../../client/definition.ts'
import { collect } from '../../client/streams/rig.testing.ts'
import { amendOrder } from './amend.ts'
import { cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { getOrderHistory } from './orderHistory.ts'
import { bitcoin, refused, script } from './script.testing.ts'
import { binanceRig } from './streams.testing.ts'
import { createConditionalOrder } from './triggers.ts'
import { algoEvent, orderEvent, T } from './userEvents.testing.ts'

// Stops that close whatever the position is: docs/wire/binance.md 4.6 and 4.7.

const intent: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  stopPrice: '55000',
  triggerSource: 'MARK',
  reduceOnly: true,
  closePosition: true,
  clientOrderId: 'g1:sl/1',
}
const row = {
  algoId: 2_146_760,
  clientAlgoId: 'g1:sl/1',
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0',
  algoStatus: 'NEW',
  triggerPrice: '55000.00',
  price: '0',
  workingType: 'MARK_PRICE',
  closePosition: true,
  reduceOnly: false,
  createTime: T - 5_000,
  updateTime: T - 4_000,
}
const triggered = { ...row, algoStatus: 'TRIGGERED', actualOrderId: '88' }
const child = {
  orderId: 88,
  clientOrderId: 'g1:sl/1',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  type: 'MARKET',
  origType: 'STOP_MARKET',
  status: 'PARTIALLY_FILLED',
  price: '0',
  avgPrice: '54998.1',
  origQty: '0.012',
  executedQty: '0.007',
  stopPrice: '55000.00',
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: true,
  time: T - 1_000,
  updateTime: T - 900,
}
const whole = {
  orderId: 'algo:2146760',
  clientOrderId: 'g1:sl/1',
  type: 'STOP_MARKET',
  side: 'SELL',
  quantity: '0',
  stopPrice: '55000',
  closePosition: true,
} as const

const PLACE = 'POST /fapi/v1/algoOrder'

describe('createConditionalOrder', () => {
  test('default: neither a quantity nor reduceOnly is said', async () => {
    const { call, lines } = script({ [PLACE]: row })
    const order = await createConditionalOrder(call, intent)
    expect(order).toMatchObject({ ...whole, status: 'PENDING', executedQty: '0' })
    expect(lines).toEqual([
      `${PLACE} algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET` +
        '&triggerPrice=55000&closePosition=true&workingType=MARK_PRICE&clientAlgoId=g1:sl/1',
    ])
  })

  test('args: in hedge mode it names its position and reduces by nature', async () => {
    const answer = { ...row, side: 'BUY', positionSide: 'SHORT' }
    const { call, lines } = script({ [PLACE]: answer })
    const order = await createConditionalOrder(call, {
      ...intent,
      side: 'BUY',
      positionSide: 'SHORT',
    })
    expect(order).toMatchObject({ positionSide: 'SHORT', closePosition: true, reduceOnly: true })
    expect(lines).toEqual([
      `${PLACE} algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&positionSide=SHORT&type=STOP_MARKET` +
        '&triggerPrice=55000&closePosition=true&workingType=MARK_PRICE&clientAlgoId=g1:sl/1',
    ])
  })

  test('args: a take-profit can, too', async () => {
    const { call, lines } = script({ [PLACE]: { ...row, orderType: 'TAKE_PROFIT_MARKET' } })
    const order = await createConditionalOrder(call, { ...intent, type: 'TAKE_PROFIT_MARKET' })
    expect(order).toMatchObject({ type: 'TAKE_PROFIT_MARKET', closePosition: true })
    expect(lines[0]).toContain('&type=TAKE_PROFIT_MARKET&triggerPrice=55000&closePosition=true&')
  })

  test.each([
    [-4130, 'An open stop or take profit order … is existing.', 'STATE_CONFLICT'],
    [-4509, 'TIF GTE can only be used with open positions.', 'REDUCE_ONLY_REJECTED'],
    [-2021, 'Order would immediately trigger.', 'WOULD_TRIGGER_IMMEDIATELY'],
  ])('error: %i', async (nativeCode, message, code) => {
    const { call } = script({ [PLACE]: refused(nativeCode, message) })
    await expect(createConditionalOrder(call, intent)).rejects.toMatchObject({
      code,
      nativeCode: String(nativeCode),
    })
  })
})

describe('a stop for the whole position', () => {
  test('default: it is among the open orders', async () => {
    const { call } = script({ 'GET /fapi/v1/openAlgoOrders': [row], 'GET /fapi/v1/openOrders': [] })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toMatchObject([{ ...whole, status: 'PENDING' }])
  })

  test('behavior: while it works it is still itself, not the order it became', async () => {
    const { call } = script({
      'GET /fapi/v1/openAlgoOrders': [],
      'GET /fapi/v1/openOrders': [child],
      'GET /fapi/v1/algoOrder': triggered,
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toMatchObject([
      { ...whole, status: 'PARTIALLY_FILLED', executedQty: '0.007', averagePrice: '54998.1' },
    ])
  })

  test('behavior: looked up, it has what was executed', async () => {
    const { call } = script({
      'GET /fapi/v1/algoOrder': { ...triggered, algoStatus: 'FINISHED', actualQty: '0.012' },
      'GET /fapi/v1/order': { ...child, status: 'FILLED', executedQty: '0.012' },
    })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:2146760' })
    expect(order).toMatchObject({ ...whole, status: 'FILLED', executedQty: '0.012' })
  })

  test('behavior: in the history it has expired with the position', async () => {
    const { call } = script({
      'GET /fapi/v1/allAlgoOrders': [{ ...row, algoStatus: 'EXPIRED' }],
      'GET /fapi/v1/allOrders': [],
    })
    const query = { instrument: bitcoin, startTime: T - 10_000, endTime: T, limit: 10 }
    expect(await getOrderHistory(call, query)).toMatchObject([{ ...whole, status: 'EXPIRED' }])
  })

  test('behavior: its id cancels it', async () => {
    const { call, lines } = script({ 'DELETE /fapi/v1/algoOrder': { code: '200' } })
    await cancelOrder(call, { instrument: bitcoin, orderId: whole.orderId })
    expect(lines).toEqual(['DELETE /fapi/v1/algoOrder?algoId=2146760'])
  })

  test('error: it cannot be moved', async () => {
    const { call, lines } = script({ [PLACE]: row })
    const order = await createConditionalOrder(call, intent)
    const intended = { instrument: bitcoin, order, stopPrice: '56000', newClientOrderId: 'unused' }
    await expect(amendOrder(call, intended)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toHaveLength(1)
  })

  test('behavior: streams tell it so from its placing to its end', async () => {
    const rig = binanceRig()
    const orders = collect(rig.client.watchOrders())
    await rig.settle()
    const whole = { q: '0', tp: '55000', cp: true, R: false }
    const sold = { c: 'stop-1', S: 'SELL', o: 'MARKET', ot: 'STOP_MARKET', cp: true, sp: '55000' }
    const done = { ...sold, x: 'TRADE', X: 'FILLED', q: '0.012', l: '0.012', z: '0.012', t: 9 }
    const events = [
      algoEvent('NEW', whole),
      algoEvent('TRIGGERED', { ...whole, ai: '22542179', ap: '0', aq: '0' }, T + 2),
      orderEvent({ ...done, p: '0', L: '54998.1', ap: '54998.1' }, T + 3),
      algoEvent('FINISHED', { ...whole, ai: '22542179', ap: '54998.1', aq: '0.012' }, T + 4),
    ]
    for (const event of events) rig.side('/private/').say(event)
    await rig.settle()
    const told = { orderId: 'algo:1000000033225453', closePosition: true, quantity: '0' }
    expect(orders.items).toMatchObject([
      { ...told, status: 'PENDING', type: 'STOP_MARKET', stopPrice: '55000' },
      { ...told, status: 'NEW' },
      { ...told, status: 'FILLED', executedQty: '0.012', averagePrice: '54998.1' },
    ])
    expect(orders.items).toHaveLength(3)
  })

  test('behavior: streams tell its end with the position', async () => {
    const rig = binanceRig()
    const orders = collect(rig.client.watchOrders())
    await rig.settle()
    const whole = { q: '0', cp: true, R: false, S: 'BUY', ps: 'SHORT' }
    rig.side('/private/').say(algoEvent('NEW', whole))
    rig.side('/private/').say(algoEvent('EXPIRED', whole, T + 1))
    await rig.settle()
    expect(orders.items).toMatchObject([
      { status: 'PENDING', closePosition: true, positionSide: 'SHORT', side: 'BUY' },
      { status: 'EXPIRED', closePosition: true, positionSide: 'SHORT', side: 'BUY' },
    ])
  })
})
