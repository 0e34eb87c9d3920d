import { describe, expect, it } from 'vitest'
import type { TrailingOrderIntent } from '../../client/definition.ts'
import { getOpenOrders, recentOrders } from './books.ts'
import { createOrderMemory } from './memory.ts'
import { askedOrder } from './placement.ts'
import { bitcoin, CHILD_ID, ORDER_ID, script, success } from './script.testing.ts'

describe('getOpenOrders', () => {
  // docs/wire/kraken.md 4.8
  const LIMIT = {
    order_id: ORDER_ID,
    cliOrdId: 'demo-1',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    orderType: 'lmt',
    limitPrice: 90640,
    unfilledSize: 0.304,
    receivedTime: '2026-11-22T04:01:17.410Z',
    status: 'untouched',
    filledSize: 0,
    reduceOnly: true,
    lastUpdateTime: '2026-11-22T04:01:18.000Z',
  }
  const STOP = {
    order_id: CHILD_ID,
    symbol: 'PF_XBTUSD',
    side: 'sell',
    orderType: 'stop',
    stopPrice: 80000,
    unfilledSize: 0.01,
    status: 'untouched',
    filledSize: 0,
    reduceOnly: true,
    triggerSignal: 'mark',
  }
  const read = async (...rows: unknown[]) =>
    getOpenOrders(script({ 'GET openorders': success({ openOrders: rows }) }).call, {})

  it('default: plain and conditional, in one call', async () => {
    const { call, lines, sent } = script({
      'GET openorders': success({ openOrders: [LIMIT, STOP] }),
    })
    const orders = await getOpenOrders(call, { instrument: bitcoin })
    expect(orders).toEqual([
      {
        orderId: ORDER_ID,
        clientOrderId: 'demo-1',
        symbol: 'BTCUSD',
        nativeSymbol: 'PF_XBTUSD',
        side: 'SELL',
        type: 'LIMIT',
        quantity: '0.304',
        price: '90640',
        status: 'NEW',
        executedQty: '0',
        timeInForce: 'GTC',
        reduceOnly: true,
        createdAt: Date.parse('2026-11-22T04:01:17.410Z'),
        updatedAt: Date.parse('2026-11-22T04:01:18.000Z'),
      },
      {
        orderId: CHILD_ID,
        clientOrderId: '',
        symbol: 'BTCUSD',
        nativeSymbol: 'PF_XBTUSD',
        side: 'SELL',
        type: 'STOP_MARKET',
        quantity: '0.01',
        price: '0',
        status: 'PENDING',
        executedQty: '0',
        timeInForce: 'IOC',
        stopPrice: '80000',
        reduceOnly: true,
      },
    ])
    expect(orders[0]?.raw).toBe(LIMIT)
    expect(lines).toEqual(['GET openorders'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { derivatives: 2 } }])
  })

  it.each([
    ['lmt', {}, 'LIMIT', 'GTC'],
    ['post', {}, 'LIMIT', 'GTX'],
    ['stop', { limitPrice: undefined, stopPrice: 1 }, 'STOP_MARKET', 'IOC'],
    ['stp', { limitPrice: undefined, stopPrice: 1 }, 'STOP_MARKET', 'IOC'],
    ['stp', { limitPrice: 0, stopPrice: 1 }, 'STOP_MARKET', 'IOC'],
    ['stop', { stopPrice: 1 }, 'STOP', 'GTC'],
    ['take_profit', { limitPrice: undefined, stopPrice: 1 }, 'TAKE_PROFIT_MARKET', 'IOC'],
    ['take_profit', { stopPrice: 1 }, 'TAKE_PROFIT', 'GTC'],
    ['trailing_stop', { limitPrice: undefined, stopPrice: 1 }, 'TRAILING_STOP_MARKET', 'IOC'],
    ['unknown', {}, 'LIMIT', 'GTC'],
    ['unknown', { limitPrice: undefined, stopPrice: 1 }, 'STOP_MARKET', 'IOC'],
  ])('args: %s with %j is %s', async (orderType, more, type, timeInForce) => {
    const [order] = await read({ ...LIMIT, orderType, ...more })
    expect(order).toMatchObject({ type, timeInForce })
  })

  it('behavior: the whole quantity is what is left and what is done', async () => {
    const [order] = await read({ ...LIMIT, filledSize: 0.1, status: 'partiallyFilled' })
    expect(order).toMatchObject({
      status: 'PARTIALLY_FILLED',
      quantity: '0.404',
      executedQty: '0.1',
    })
  })

  it('behavior: of one contract, or of all linear perpetuals', async () => {
    const rows = [{ ...LIMIT, symbol: 'PI_XBTUSD' }, { ...LIMIT, symbol: 'PF_ETHUSD' }, STOP]
    expect(await read(...rows)).toHaveLength(2)
    const { call } = script({ 'GET openorders': success({ openOrders: rows }) })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { orderId: CHILD_ID },
    ])
  })

  it.each([
    ['order_id', undefined],
    ['side', 'both'],
    ['unfilledSize', undefined],
    ['filledSize', null],
    ['limitPrice', undefined],
    ['reduceOnly', 'true'],
    ['receivedTime', 'yesterday'],
  ])('error: a row whose %s is %j', async (name, value) => {
    await expect(read({ ...LIMIT, [name]: value })).rejects.toThrow(
      `$.openOrders[0].${name}: expected`,
    )
  })

  it('error: an answer without the list is not an empty one', async () => {
    const { call } = script({ 'GET openorders': success() })
    await expect(getOpenOrders(call, {})).rejects.toThrow('$.openOrders: expected an array')
  })
})

describe('getOpenOrders: of this exchange object', () => {
  const row = {
    order_id: ORDER_ID,
    cliOrdId: 'demo-1',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    orderType: 'trailing_stop',
    stopPrice: 82740,
    unfilledSize: 0.01,
    filledSize: 0,
    reduceOnly: true,
  }
  const trailing: TrailingOrderIntent = {
    instrument: bitcoin,
    side: 'SELL',
    quantity: '0.01',
    callbackRate: '0.015',
    triggerSource: 'MARK',
    reduceOnly: true,
    clientOrderId: 'demo-1',
  }
  const read = (more: Record<string, unknown>, memory = createOrderMemory()) =>
    getOpenOrders(
      script({ 'GET openorders': success({ openOrders: [{ ...row, ...more }] }) }).call,
      { instrument: bitcoin },
      memory,
    )

  it('behavior: a trailing stop has its distance, found by either id', async () => {
    const memory = createOrderMemory()
    memory.expect({ ...askedOrder(trailing), orderId: ORDER_ID })
    for (const cliOrdId of ['demo-1', undefined]) {
      const [order] = await read({ cliOrdId }, memory)
      expect(order).toMatchObject({
        type: 'TRAILING_STOP_MARKET',
        status: 'PENDING',
        stopPrice: '82740',
        callbackRate: '0.015',
      })
      expect(order?.raw).toMatchObject({ order_id: ORDER_ID })
    }
  })

  it('behavior: a post-only order is one', async () => {
    const memory = createOrderMemory()
    const limit = { ...trailing, type: 'LIMIT', price: '90000', timeInForce: 'GTX' } as const
    const { callbackRate: _, triggerSource: __, ...intent } = limit
    memory.expect({ ...askedOrder(intent), orderId: ORDER_ID })
    const [order] = await read({ orderType: 'lmt', limitPrice: 90000, stopPrice: 0 }, memory)
    expect(order).toMatchObject({ type: 'LIMIT', timeInForce: 'GTX', price: '90000' })
  })

  it('behavior: of others the books say what they say', async () => {
    const [order] = await read({})
    expect(order).toMatchObject({ type: 'TRAILING_STOP_MARKET', stopPrice: '82740' })
    expect(order).not.toHaveProperty('callbackRate')
  })
})

describe('recentOrders', () => {
  const ORDER = {
    type: 'ORDER',
    orderId: ORDER_ID,
    cliOrdId: 'demo-1',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    quantity: 0.01,
    filled: 0,
    limitPrice: 60000,
    reduceOnly: false,
    timestamp: '2026-02-13T12:09:03.738Z',
    lastUpdateTimestamp: '2026-02-13T12:09:04.000Z',
  }
  const TRIGGER = {
    ...ORDER,
    type: 'TRIGGER_ORDER',
    side: 'sell',
    limitPrice: null,
    reduceOnly: true,
    priceTriggerOptions: {
      triggerPrice: 80000,
      triggerSide: 'TRIGGER_BELOW',
      triggerSignal: 'MARK_PRICE',
    },
  }
  const row = (status: string, order: unknown = ORDER, more: object = {}): unknown => ({
    order,
    status,
    updateReason: null,
    error: null,
    ...more,
  })
  const read = async (...rows: unknown[]) => {
    const { call } = script({ 'POST orders/status': success({ orders: rows }) })
    return call(recentOrders, { orderId: ORDER_ID })
  }

  it('default: by id, or by client id', async () => {
    const { call, lines, sent } = script({ 'POST orders/status': success({ orders: [] }) })
    expect(await call(recentOrders, { orderId: ORDER_ID, clientOrderId: 'demo-1' })).toEqual([])
    await call(recentOrders, { clientOrderId: 'demo-1' })
    expect(lines).toEqual([
      `POST orders/status orderIds=${ORDER_ID}`,
      'POST orders/status cliOrdIds=demo-1',
    ])
    expect(sent[0]).toEqual({ access: 'read', effect: 'read', cost: { derivatives: 1 } })
  })

  it('default: an order in the book', async () => {
    expect(await read(row('ENTERED_BOOK'))).toEqual([
      {
        tellsKind: true,
        order: {
          orderId: ORDER_ID,
          clientOrderId: 'demo-1',
          symbol: 'BTCUSD',
          nativeSymbol: 'PF_XBTUSD',
          side: 'BUY',
          type: 'LIMIT',
          quantity: '0.01',
          price: '60000',
          status: 'NEW',
          executedQty: '0',
          timeInForce: 'GTC',
          reduceOnly: false,
          createdAt: Date.parse('2026-02-13T12:09:03.738Z'),
          updatedAt: Date.parse('2026-02-13T12:09:04.000Z'),
        },
      },
    ])
  })

  it.each([
    ['SELL', 'TRIGGER_BELOW', null, 'STOP_MARKET'],
    ['SELL', 'TRIGGER_ABOVE', null, 'TAKE_PROFIT_MARKET'],
    ['BUY', 'TRIGGER_ABOVE', null, 'STOP_MARKET'],
    ['BUY', 'TRIGGER_BELOW', null, 'TAKE_PROFIT_MARKET'],
    ['SELL', 'TRIGGER_BELOW', 79000, 'STOP'],
    ['BUY', 'TRIGGER_BELOW', 79000, 'TAKE_PROFIT'],
  ])('args: a trigger to %s, %s, limit %j is a %s', async (side, triggerSide, limitPrice, type) => {
    const priceTriggerOptions = { ...TRIGGER.priceTriggerOptions, triggerSide }
    const order = { ...TRIGGER, side: side.toLowerCase(), limitPrice, priceTriggerOptions }
    const [sighting] = await read(row('TRIGGER_PLACED', order))
    expect(sighting).toMatchObject({
      tellsKind: true,
      order: { type, status: 'PENDING', stopPrice: '80000', price: String(limitPrice ?? '0') },
    })
  })

  it.each([
    ['ENTERED_BOOK', null, null, 0.004, 'PARTIALLY_FILLED'],
    ['FULLY_EXECUTED', 'FULL_FILL', null, 0.01, 'FILLED'],
    ['CANCELLED', 'CANCELLED_BY_USER', null, 0, 'CANCELLED'],
    ['CANCELLED', 'CANCELLED_BY_USER', null, 0.004, 'CANCELLED'],
    ['CANCELLED', 'IOC_WOULD_NOT_EXECUTE_REASON', null, 0, 'EXPIRED'],
    ['CANCELLED', 'CONTRACT_EXPIRED', null, 0.004, 'EXPIRED'],
    ['CANCELLED', 'WOULD_NOT_REDUCE_POSITION', null, 0, 'REJECTED'],
    ['CANCELLED', 'NOT_ENOUGH_MARGIN', null, 0.004, 'CANCELLED'],
    ['REJECTED', null, 'IOC_WOULD_NOT_EXECUTE', 0, 'EXPIRED'],
    ['REJECTED', 'POST_WOULD_EXECUTE_REASON', 'POST_WOULD_EXECUTE', 0, 'REJECTED'],
    ['REJECTED', null, 'INSUFFICIENT_MARGIN', 0, 'REJECTED'],
    ['A_WORD_OF_TOMORROW', null, null, 0, 'NEW'],
  ])('behavior: %s because of %j, %j, with %j done is %s', async (...args) => {
    const [status, updateReason, error, filled, expected] = args
    const order = { ...ORDER, filled, quantity: 0.01 - filled }
    const [sighting] = await read(row(status, order, { updateReason, error }))
    expect(sighting?.order.status).toBe(expected)
    expect(sighting?.tellsKind).toBe(expected === 'NEW' || expected === 'PARTIALLY_FILLED')
  })

  it('behavior: when filled, what is done is the whole', async () => {
    const [sighting] = await read(row('FULLY_EXECUTED', { ...ORDER, filled: 0.01 }))
    expect(sighting?.order).toMatchObject({ quantity: '0.01', executedQty: '0.01' })
  })

  it('behavior: a trigger that failed when it fired was refused', async () => {
    const more = { error: 'WOULD_NOT_REDUCE_POSITION' }
    const [sighting] = await read(row('TRIGGER_ACTIVATION_FAILURE', TRIGGER, more))
    expect(sighting?.order).toMatchObject({ type: 'STOP_MARKET', status: 'REJECTED' })
  })

  it('behavior: rows of other orders are not taken for it', async () => {
    expect(await read(row('ENTERED_BOOK', { ...ORDER, orderId: CHILD_ID }))).toEqual([])
  })

  it('error: a trigger side that says nothing, a row without its order, no list', async () => {
    const priceTriggerOptions = { ...TRIGGER.priceTriggerOptions, triggerSide: 'unknown' }
    await expect(read(row('TRIGGER_PLACED', { ...TRIGGER, priceTriggerOptions }))).rejects.toThrow(
      'triggerSide: expected a trigger side',
    )
    await expect(read({ status: 'ENTERED_BOOK' })).rejects.toThrow('$.orders[0].order: expected')
    const { call } = script({ 'POST orders/status': success() })
    await expect(call(recentOrders, { orderId: ORDER_ID })).rejects.toThrow('$.orders: expected')
  })
})
