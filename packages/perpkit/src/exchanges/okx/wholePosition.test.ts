import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { amendOrder } from './amend.ts'
import { getOrderHistory } from './history.ts'
import { child, fired, ofAlgo, ofBook, ofKind, ofOrder, stop } from './rows.testing.ts'
import { bitcoin, context, ok, refusedRow, script } from './script.testing.ts'
import { cancelOrder, getOpenOrders, getOrder } from './stores.ts'
import { knowing, push } from './streams.testing.ts'
import { createUserFeed } from './streamUser.ts'
import { createConditionalOrder } from './triggers.ts'

// Stops that close whatever the position is: `closeFraction` of docs/wire/okx.md 4.4.

const intent: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.0012',
  stopPrice: '83000',
  triggerSource: 'MARK',
  reduceOnly: true,
  closePosition: true,
  clientOrderId: 'sl1',
}
const receipt = { algoId: '361', algoClOrdId: 'sl1', clOrdId: '', sCode: '0', sMsg: '', tag: '' }
const row = { ...stop, sz: '', closeFraction: '1', slTriggerPxType: 'mark' }
const firedRow = { ...fired, sz: '', closeFraction: '1' }
const whole = {
  orderId: 'algo:361',
  clientOrderId: 'sl1',
  type: 'STOP_MARKET',
  side: 'SELL',
  quantity: '0',
  stopPrice: '83000',
  closePosition: true,
  reduceOnly: true,
} as const

const PLACE = 'POST trade/order-algo'

describe('createConditionalOrder', () => {
  test('default: a fraction takes the place of the size', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const order = await createConditionalOrder(call, intent)
    expect(order).toMatchObject({ ...whole, status: 'PENDING', executedQty: '0' })
    expect(order.raw).toBe(receipt)
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","side":"sell","ordType":"conditional","closeFraction":"1","slTriggerPx":"83000","slTriggerPxType":"mark","slOrdPx":"-1","reduceOnly":true,"algoClOrdId":"sl1"}`,
    ])
  })

  test('args: in hedge mode the side says it reduces, and isolated margin', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const hedged = {
      ...intent,
      side: 'BUY',
      positionSide: 'SHORT',
      marginMode: 'ISOLATED',
    } as const
    const order = await createConditionalOrder(call, hedged)
    expect(order).toMatchObject({ positionSide: 'SHORT', closePosition: true, quantity: '0' })
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"isolated","side":"buy","posSide":"short","ordType":"conditional","closeFraction":"1","slTriggerPx":"83000","slTriggerPxType":"mark","slOrdPx":"-1","algoClOrdId":"sl1"}`,
    ])
  })

  test('args: a take-profit can, too', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createConditionalOrder(call, { ...intent, type: 'TAKE_PROFIT_MARKET' })
    expect(lines[0]).toContain('"closeFraction":"1","tpTriggerPx":"83000","tpTriggerPxType":"mark"')
  })

  test.each([
    ['51088', 'STATE_CONFLICT'],
    ['51058', 'REDUCE_ONLY_REJECTED'],
    ['51331', 'INVALID_REQUEST'],
    // Portfolio margin, where nothing is reduce-only.
    ['51205', 'REDUCE_ONLY_REJECTED'],
    ['51280', 'WOULD_TRIGGER_IMMEDIATELY'],
  ])('error: %s', async (sCode, code) => {
    const { call } = script({ [PLACE]: refusedRow(sCode) })
    const placed = createConditionalOrder(call, intent)
    await expect(placed).rejects.toMatchObject({ code, nativeCode: sCode })
  })
})

describe('a stop for the whole position', () => {
  test('default: it is among the open orders', async () => {
    const { call } = script({
      [ofKind('conditional,oco')]: ok(row),
      'GET trade/orders-algo-pending': ok(),
      [ofBook()]: ok(),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toMatchObject([{ ...whole, status: 'PENDING' }])
  })

  test('behavior: looked up, it has what the order it became has executed', async () => {
    const { call } = script({ [ofAlgo('361')]: ok(firedRow), [ofOrder('88')]: ok(child) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: whole.orderId })
    expect(order).toMatchObject({ ...whole, status: 'FILLED', executedQty: '0.001' })
  })

  test('behavior: in the history it has gone with the position', async () => {
    const ended = 'GET trade/orders-algo-history?ordType=conditional,oco&state=canceled'
    const { call } = script({
      [`${ended}&instType=SWAP&instId=BTC-USDT-SWAP&limit=100`]: ok({ ...row, state: 'canceled' }),
      'GET trade/orders-algo-history': ok(),
      'GET trade/orders-history': ok(),
    })
    const { receivedAt } = context
    const query = { startTime: receivedAt - 60_000, endTime: receivedAt, limit: 10 }
    const orders = await getOrderHistory(call, { instrument: bitcoin, ...query })
    expect(orders).toMatchObject([{ ...whole, status: 'CANCELLED' }])
  })

  test('behavior: its id cancels it', async () => {
    const { call, lines } = script({ 'POST trade/cancel-algos': ok(receipt) })
    await cancelOrder(call, { instrument: bitcoin, orderId: whole.orderId })
    expect(lines).toEqual(['POST trade/cancel-algos [{"instId":"BTC-USDT-SWAP","algoId":"361"}]'])
  })

  test('behavior: moved, it is told nothing but its prices', async () => {
    const { call, lines } = script({
      [PLACE]: ok(receipt),
      [ofAlgo('361')]: ok(row),
      'POST trade/amend-algos': ok(receipt),
    })
    const order = await createConditionalOrder(call, intent)
    const intended = { instrument: bitcoin, order, stopPrice: '84000', newClientOrderId: 'unused' }
    expect(await amendOrder(call, intended)).toMatchObject({ ...whole, stopPrice: '84000' })
    expect(lines[2]).toBe(
      'POST trade/amend-algos {"instId":"BTC-USDT-SWAP","algoId":"361","newSlTriggerPx":"84000","newSlTriggerPxType":"mark"}',
    )
  })

  test('error: it has no size that could be amended', async () => {
    const { call } = script({ [PLACE]: ok(receipt), 'POST trade/amend-algos': refusedRow('51523') })
    const order = await createConditionalOrder(call, intent)
    const intended = { instrument: bitcoin, order, quantity: '0.001', newClientOrderId: 'unused' }
    await expect(amendOrder(call, intended)).rejects.toMatchObject({ code: 'REFUSED' })
  })

  test('behavior: streams tell it so, and as itself when it has fired', () => {
    const feed = createUserFeed()
    const [waiting] = feed.decode('orders-algo:SWAP', push({}, [row]), knowing())
    expect(waiting).toMatchObject({ kind: 'order', order: { ...whole, status: 'PENDING' } })
    const orders: FuturesOrder[] = waiting?.kind === 'order' ? [waiting.order] : []
    const told = feed.decode('orders:SWAP', push({}, [child]), knowing(...orders))
    expect(told).toMatchObject([
      { kind: 'order', order: { ...whole, status: 'FILLED', executedQty: '0.001' } },
    ])
    const gone = { ...row, state: 'canceled', uTime: '1795334400600' }
    const [end] = feed.decode('orders-algo:SWAP', push({}, [gone]), knowing(...orders))
    expect(end).toMatchObject({ order: { ...whole, status: 'CANCELLED' } })
  })
})
