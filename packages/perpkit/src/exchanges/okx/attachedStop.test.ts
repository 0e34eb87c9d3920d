import { describe, expect, test } from 'vitest'
import type { PlainOrderIntent } from '../../client/definition.ts'
import type { TriggerSource } from '../../model/tokens.ts'
import { amendOrder } from './amend.ts'
import { createOrders } from './batch.ts'
import { createOrder } from './orders.ts'
import { ofAlgo, ofBook, ofKind, plain, stop } from './rows.testing.ts'
import { bitcoin, ok, refusedRow, script } from './script.testing.ts'
import { getOpenOrders } from './stores.ts'
import { knowing, push } from './streams.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Stops that come with an entry: docs/wire/okx.md 4.5.

const market: PlainOrderIntent = {
  instrument: bitcoin,
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.0012',
  reduceOnly: false,
  clientOrderId: 'lab1',
  stopLoss: { stopPrice: '83000', triggerSource: 'MARK' },
}
const receipt = { ordId: '2497956918703120384', clOrdId: 'lab1', sCode: '0', sMsg: '' }
const PLACE = 'POST trade/order'
const ATTACHED =
  '"attachAlgoOrds":[{"slTriggerPx":"83000","slTriggerPxType":"mark","slOrdPx":"-1"}]'
// In one-way mode it is not reduce-only.
const row = { ...stop, algoClOrdId: '', posSide: 'net', reduceOnly: 'false' }

describe('an entry with its stop', () => {
  test('default: a market order', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const order = await createOrder(call, market)
    expect(order).toMatchObject({ orderId: '2497956918703120384', type: 'MARKET' })
    expect(order).not.toHaveProperty('stopPrice')
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab1","side":"buy","ordType":"market","sz":"0.12",${ATTACHED}}`,
    ])
  })

  test('args: a limit order, post-only, in hedge mode', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createOrder(call, {
      ...market,
      type: 'LIMIT',
      price: '85000.5',
      timeInForce: 'GTX',
      positionSide: 'LONG',
    })
    expect(lines).toEqual([
      `${PLACE} {"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab1","side":"buy","posSide":"long","ordType":"post_only","px":"85000.5","sz":"0.12",${ATTACHED}}`,
    ])
  })

  test.each<[TriggerSource, string]>([
    ['LAST', 'last'],
    ['MARK', 'mark'],
    ['INDEX', 'index'],
  ])('args: %s is %s', async (triggerSource, word) => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createOrder(call, { ...market, stopLoss: { stopPrice: '83000', triggerSource } })
    expect(lines[0]).toContain(`"slTriggerPxType":"${word}"`)
  })

  test('behavior: in a batch each order has its own', async () => {
    const { call, lines } = script({ 'POST trade/batch-orders': ok(receipt) })
    const { stopLoss, ...bare } = market
    expect(stopLoss).toBeDefined()
    await createOrders(call, [market, { ...bare, clientOrderId: 'lab2' }])
    expect(lines[0]?.match(/attachAlgoOrds/g)).toHaveLength(1)
    expect(lines[0]).toContain(`${ATTACHED}},{"instId"`)
  })

  test.each([
    // A limit order whose stop lies beyond its price, a market order's beyond the best one.
    ['51047', 'WOULD_TRIGGER_IMMEDIATELY'],
    ['51051', 'WOULD_TRIGGER_IMMEDIATELY'],
    // On an order that closes.
    ['51333', 'INVALID_REQUEST'],
    ['51100', 'INVALID_REQUEST'],
    ['51150', 'OFF_STEP'],
  ])('error: %s', async (sCode, code) => {
    const { call } = script({ [PLACE]: refusedRow(sCode) })
    await expect(createOrder(call, market)).rejects.toMatchObject({ code, nativeCode: sCode })
  })
})

describe('the stop that came with an entry', () => {
  const order = {
    orderId: 'algo:361',
    clientOrderId: '',
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: '0.0012',
    stopPrice: '83000',
    status: 'PENDING',
    reduceOnly: false,
  } as const

  test('behavior: while the entry waits it is no order of its own', async () => {
    const attached = { attachAlgoId: '7', attachAlgoClOrdId: '', slTriggerPx: '83000' }
    const { call } = script({
      'GET trade/orders-algo-pending': ok(),
      [ofBook()]: ok({ ...plain, attachAlgoOrds: [attached] }),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toMatchObject([{ orderId: '2497956918703120384', type: 'LIMIT' }])
    expect(orders[0]).not.toHaveProperty('stopPrice')
  })

  test('default: once it lives it is an order like others', async () => {
    const { call } = script({
      [ofKind('conditional,oco')]: ok(row),
      'GET trade/orders-algo-pending': ok(),
      [ofBook()]: ok(),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toMatchObject([order])
    expect(orders[0]).not.toHaveProperty('closePosition')
  })

  test('behavior: in hedge mode it can only close', () => {
    const hedged = { ...row, posSide: 'long' }
    const told = createUserFeed().decode('orders-algo:SWAP', push({}, [hedged]), knowing())
    expect(told).toMatchObject([
      { kind: 'order', order: { ...order, positionSide: 'LONG', reduceOnly: true } },
    ])
  })

  test('behavior: quantity and price can be amended', async () => {
    const { call, lines } = script({
      [ofKind('conditional,oco')]: ok({ ...row, slTriggerPxType: 'last' }),
      'GET trade/orders-algo-pending': ok(),
      [ofBook()]: ok(),
      [ofAlgo('361')]: ok({ ...row, slTriggerPxType: 'last' }),
      'POST trade/amend-algos': ok({ algoId: '361', sCode: '0', sMsg: '' }),
    })
    const [standing] = await getOpenOrders(call, { instrument: bitcoin })
    if (!standing) throw new Error('no order')
    const change = { quantity: '0.0005', stopPrice: '84000', newClientOrderId: 'unused' }
    const amended = await amendOrder(call, { instrument: bitcoin, order: standing, ...change })
    expect(amended).toMatchObject({ ...order, quantity: '0.0005', stopPrice: '84000' })
    expect(lines.at(-1)).toBe(
      'POST trade/amend-algos {"instId":"BTC-USDT-SWAP","algoId":"361","newSz":"0.05","newSlTriggerPx":"84000","newSlTriggerPxType":"last","newSlOrdPx":"-1"}',
    )
  })
})
