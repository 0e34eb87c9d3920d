import { describe, expect, test } from 'vitest'
import {
  child,
  fired,
  many,
  ofAlgo,
  ofAlgoClient,
  ofBook,
  ofClient,
  ofKind,
  ofOrder,
  plain,
  stop,
  unknown,
} from './rows.testing.ts'
import { bitcoin, ok, refused, script } from './script.testing.ts'
import { getOpenOrders, getOrder } from './stores.ts'

describe('getOrder', () => {
  test('default: a plain order by its id', async () => {
    const { call, lines } = script({ [ofOrder('2497956918703120384')]: ok(plain) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '2497956918703120384' })
    expect(order).toMatchObject({ orderId: '2497956918703120384', status: 'NEW', type: 'LIMIT' })
    expect(lines).toHaveLength(1)
  })

  test('default: a conditional order by its id', async () => {
    const { call, lines } = script({ [ofAlgo('361')]: ok(stop) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:361' })
    expect(order).toMatchObject({ orderId: 'algo:361', status: 'PENDING', stopPrice: '83000' })
    expect(lines).toEqual([ofAlgo('361')])
  })

  test('default: a plain order by client id', async () => {
    const { call, lines } = script({ [ofClient('lab1')]: ok(plain) })
    await getOrder(call, { instrument: bitcoin, clientOrderId: 'lab1' })
    expect(lines).toEqual([ofClient('lab1')])
  })

  test('default: a conditional order by client id', async () => {
    const { call, lines } = script({ [ofClient('sl1')]: unknown, [ofAlgoClient('sl1')]: ok(stop) })
    const order = await getOrder(call, { instrument: bitcoin, clientOrderId: 'sl1' })
    expect(order.orderId).toBe('algo:361')
    expect(lines).toEqual([ofClient('sl1'), ofAlgoClient('sl1')])
  })

  test('behavior: the id decides when both are given', async () => {
    const { call, lines } = script({ 'GET trade/order': ok(plain) })
    await getOrder(call, { instrument: bitcoin, orderId: '12', clientOrderId: 'other' })
    expect(lines).toEqual([ofOrder('12')])
  })

  test('behavior: a fired order keeps its id and is told as the order it became', async () => {
    const { call } = script({ [ofAlgo('361')]: ok(fired), [ofOrder('88')]: ok(child) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:361' })
    expect(order).toMatchObject({
      orderId: 'algo:361',
      clientOrderId: 'sl1',
      type: 'STOP_MARKET',
      stopPrice: '83000',
      status: 'FILLED',
      // Cut to the position: filled, though less than was asked for.
      quantity: '0.0012',
      executedQty: '0.001',
      averagePrice: '82990.1',
      createdAt: 1_795_334_400_003,
      updatedAt: 1_795_334_400_499,
    })
    expect(order.raw).toEqual({ algoOrder: fired, order: child })
  })

  test('behavior: until the child is seen the conditional order is NEW', async () => {
    const { call } = script({ [ofAlgo('361')]: ok(fired), [ofOrder('88')]: unknown })
    const order = await getOrder(call, { instrument: bitcoin, orderId: 'algo:361' })
    expect(order).toMatchObject({ orderId: 'algo:361', status: 'NEW', executedQty: '0' })
  })

  test('behavior: a child asked for by its own id is told under its parent', async () => {
    const { call } = script({ [ofOrder('88')]: ok(child), [ofAlgo('361')]: ok(fired) })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '88' })
    expect(order).toMatchObject({ orderId: 'algo:361', status: 'FILLED', type: 'STOP_MARKET' })
  })

  test.each([
    ['does not know it', ok({ ...fired, ordId: '99', ordIdList: ['99'] })],
    ['is forgotten', unknown],
  ])('behavior: an order whose parent %s keeps its own id', async (_why, parent) => {
    const { call } = script({ [ofOrder('88')]: ok(child), [ofAlgo('361')]: parent })
    const order = await getOrder(call, { instrument: bitcoin, orderId: '88' })
    expect(order).toMatchObject({ orderId: '88', type: 'MARKET', status: 'FILLED' })
  })

  test.each([
    [{ orderId: '12' }, [ofOrder('12')]],
    [{ orderId: 'algo:12' }, [ofAlgo('12')]],
    [{ clientOrderId: 'lab1' }, [ofClient('lab1'), ofAlgoClient('lab1')]],
  ])('error: nobody knows %j', async (key, asked) => {
    const { call, lines } = script({ 'GET trade/order': unknown, 'GET trade/order-algo': unknown })
    await expect(getOrder(call, { instrument: bitcoin, ...key })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
      nativeCode: '51603',
    })
    expect(lines).toEqual(asked)
  })

  test.each([
    [{ orderId: 'abc' }],
    [{ orderId: 'algo:' }],
    [{ orderId: 'algo:x1' }],
    [{ orderId: '1'.repeat(21) }],
    [{ clientOrderId: 'a-b' }],
    [{ clientOrderId: 'a'.repeat(33) }],
    [{}],
  ])('error: %j cannot be an order, and nothing is asked', async (key) => {
    const { call, lines } = script({})
    await expect(getOrder(call, { instrument: bitcoin, ...key })).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
      exchange: 'OKX',
    })
    expect(lines).toEqual([])
  })

  test('error: a conditional order of another contract is not the one meant', async () => {
    const { call } = script({ [ofAlgo('361')]: ok({ ...stop, instId: 'PEPE-USDT-SWAP' }) })
    await expect(
      getOrder(call, { instrument: bitcoin, orderId: 'algo:361' }),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })

  test('error: another refusal is not taken for not found', async () => {
    const { call, lines } = script({ [ofClient('lab1')]: refused('50011', 'Too Many Requests') })
    await expect(
      getOrder(call, { instrument: bitcoin, clientOrderId: 'lab1' }),
    ).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(lines).toEqual([ofClient('lab1')])
  })
})

const KINDS = ['conditional,oco', 'trigger', 'move_order_stop']
const [STOPS = '', TRIGGERS = '', TRAILING = ''] = KINDS.map((kind) => ofKind(kind))

const empty = {
  'GET trade/orders-algo-pending': ok(),
  'GET trade/orders-pending': ok(),
}

describe('getOpenOrders', () => {
  test('default: of both stores, the conditional one first', async () => {
    const trailing = { ...stop, algoId: '362', ordType: 'move_order_stop', slTriggerPx: '' }
    const { call, lines, sent } = script({
      [STOPS]: ok(stop),
      [TRIGGERS]: ok(),
      [TRAILING]: ok(trailing),
      [ofBook()]: ok(plain),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { orderId: 'algo:361', status: 'PENDING', type: 'STOP_MARKET' },
      { orderId: 'algo:362', status: 'PENDING', type: 'TRAILING_STOP_MARKET' },
      { orderId: '2497956918703120384', status: 'NEW', type: 'LIMIT' },
    ])
    expect(lines).toEqual([STOPS, TRIGGERS, TRAILING, ofBook()])
    expect(sent.map(({ access, effect, cost }) => [access, effect, ...Object.keys(cost)])).toEqual([
      ['read', 'read', 'GET trade/orders-algo-pending'],
      ['read', 'read', 'GET trade/orders-algo-pending'],
      ['read', 'read', 'GET trade/orders-algo-pending'],
      ['read', 'read', 'GET trade/orders-pending'],
    ])
  })

  test('default: of the whole account, without inverse contracts', async () => {
    const { call, lines } = script({
      ...empty,
      [ofKind('trigger', '')]: ok({ ...stop, instId: 'BTC-USD-SWAP' }),
      [ofBook('')]: ok({ ...plain, instId: 'BTC-USD-SWAP' }, { ...plain, ordId: '5' }),
    })
    expect(await getOpenOrders(call, {})).toMatchObject([{ orderId: '5' }])
    expect(lines).toEqual([...KINDS.map((kind) => ofKind(kind, '')), ofBook('')])
  })

  test('behavior: all pages of each list', async () => {
    const scope = '&instId=BTC-USDT-SWAP'
    const { call, lines } = script({
      ...empty,
      [STOPS]: ok(...many(stop, 'algoId', 100, 1_000)),
      [ofKind('conditional,oco', scope, '&after=901')]: ok(...many(stop, 'algoId', 3, 900)),
      [ofBook()]: ok(...many(plain, 'ordId', 100, 2_000)),
      [ofBook(scope, '&after=1901')]: ok(...many(plain, 'ordId', 100, 1_900)),
      [ofBook(scope, '&after=1801')]: ok(),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(303)
    expect(lines).toHaveLength(7)
  })

  test('behavior: a page that begins where the last one did ends the list', async () => {
    const { call, lines } = script({
      ...empty,
      'GET trade/orders-pending': ok(...many(plain, 'ordId', 100, 2_000)),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toHaveLength(100)
    expect(lines).toHaveLength(5)
  })

  test('behavior: an order that fires in between is told once, as the order it became', async () => {
    const resting = { ...child, state: 'partially_filled', accFillSz: '0.05' }
    const { call } = script({
      ...empty,
      [STOPS]: ok(stop),
      [ofBook()]: ok(resting),
      [ofAlgo('361')]: ok(fired),
    })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { orderId: 'algo:361', status: 'PARTIALLY_FILLED', executedQty: '0.0005' },
    ])
  })

  test('behavior: one that has fired and left the book is not open', async () => {
    const { call } = script({ ...empty, [STOPS]: ok(fired) })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toEqual([])
  })

  test('behavior: one that has fired in part is open', async () => {
    const { call } = script({ ...empty, [STOPS]: ok({ ...stop, state: 'partially_effective' }) })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { orderId: 'algo:361', status: 'PARTIALLY_FILLED' },
    ])
  })

  test('error: one list that fails fails all', async () => {
    const { call } = script({ ...empty, [TRAILING]: refused('50001') })
    await expect(getOpenOrders(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
    })
  })
})
