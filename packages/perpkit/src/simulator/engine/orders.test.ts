import { describe, expect, test } from 'vitest'
import { add, isGreater, sum } from '../../core/decimal.ts'
import { accepted, limit, makeStage, market, refusal, startTime, stop } from './engine.fixture.ts'

describe('orders', () => {
  test('default: a market order fills at the touch and takes its fee', () => {
    const { engine, account } = makeStage()
    const { ask } = engine.prices('BTCUSDT')
    const order = accepted(
      engine.placeOrder(account, market('BUY', '0.100', { venueData: { hello: 1 } })),
    )
    expect(order).toMatchObject({
      orderId: 'o1',
      status: 'FILLED',
      quantity: '0.1',
      executedQuantity: '0.1',
      createdAt: startTime,
      venueData: { hello: 1 },
    })
    expect(order).not.toHaveProperty('price')
    expect(order).not.toHaveProperty('endReason')
    const [fill] = engine.fills(account)
    expect(fill).toMatchObject({
      orderId: 'o1',
      side: 'BUY',
      quantity: '0.1',
      price: ask,
      feeAsset: 'USDT',
      isMaker: false,
      realizedPnl: '0',
    })
    expect(fill?.fee).toBe(order.fee)
    expect(Number(order.fee)).toBeCloseTo(Number(ask) * 0.1 * 0.0005, 9)
  })

  test('default: a limit order away from the market rests', () => {
    const { engine, account } = makeStage()
    const order = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000.00')))
    expect(order).toMatchObject({ status: 'NEW', price: '59000', executedQuantity: '0' })
    expect(engine.openOrders(account)).toMatchObject([{ orderId: order.orderId }])
    expect(engine.orders(account)).toMatchObject([{ orderId: order.orderId }])
  })

  test('behavior: a limit order through the market takes what is there and rests with the rest', () => {
    const { engine, account } = makeStage()
    const [first] = engine.depth('BTCUSDT', 1).asks
    const [price, quantity] = first ?? ['', '']
    const order = accepted(engine.placeOrder(account, limit('BUY', add(quantity, '0.25'), price)))
    expect(order).toMatchObject({ status: 'PARTIALLY_FILLED', executedQuantity: quantity })
    expect(engine.prices('BTCUSDT')).toMatchObject({ bid: price, bidQuantity: '0.25' })
  })

  test('behavior: an order that has come too late ends before it meets the book', () => {
    const { engine, account } = makeStage()
    const before = engine.prices('BTCUSDT')
    const order = accepted(engine.placeOrder(account, market('BUY', '0.1', { isStale: true })))
    expect(order).toMatchObject({ status: 'CANCELLED', endReason: 'user', executedQuantity: '0' })
    expect([engine.fills(account), engine.openOrders(account)]).toEqual([[], []])
    expect(engine.prices('BTCUSDT')).toEqual(before)
  })

  test('behavior: there is one fill for every level, and they add up', () => {
    const { engine, account } = makeStage()
    const order = accepted(engine.placeOrder(account, market('SELL', '5')))
    const fills = engine.fills(account)
    expect(fills.length).toBeGreaterThan(2)
    expect(sum(fills.map(({ quantity }) => quantity))).toBe('5')
    expect(sum(fills.map(({ fee }) => fee))).toBe(order.fee)
    expect(new Set(fills.map(({ price }) => price)).size).toBe(fills.length)
    expect(new Set(fills.map(({ fillId }) => fillId)).size).toBe(fills.length)
  })

  test('behavior: nothing fills beyond the worst price', () => {
    const { engine, account } = makeStage()
    const order = accepted(
      engine.placeOrder(account, market('BUY', '10', { worstPrice: '60000.25' })),
    )
    expect(order).toMatchObject({ status: 'EXPIRED', endReason: 'noLiquidity' })
    expect(isGreater(order.executedQuantity, '0')).toBe(true)
    for (const { price } of engine.fills(account)) expect(Number(price)).toBeLessThan(60_000.25)
  })

  test('error: a market order with nothing within its worst price is refused without a trace', () => {
    const { engine, account } = makeStage()
    const request = market('BUY', '1', { worstPrice: '59000' })
    expect(refusal(engine.placeOrder(account, request))).toBe('noLiquidity')
    expect(engine.orders(account)).toEqual([])
  })

  test('behavior: or ends at once, where the venue says it so', () => {
    const { engine, account } = makeStage({ noLiquidity: 'end' })
    const order = accepted(engine.placeOrder(account, market('BUY', '1', { worstPrice: '59000' })))
    expect(order).toMatchObject({
      status: 'EXPIRED',
      endReason: 'noLiquidity',
      executedQuantity: '0',
    })
  })

  test('behavior: IOC keeps what it got', () => {
    const { engine, account } = makeStage()
    const [price] = engine.depth('BTCUSDT', 1).asks[0] ?? ['']
    const order = accepted(
      engine.placeOrder(account, limit('BUY', '9', price, { timeInForce: 'IOC' })),
    )
    expect(order).toMatchObject({ status: 'EXPIRED', endReason: 'noLiquidity' })
    expect(isGreater(order.executedQuantity, '0')).toBe(true)
    expect(engine.openOrders(account)).toEqual([])
  })

  test('behavior: FOK fills whole or is refused, or ends, by the venue', () => {
    const refusing = makeStage()
    const request = limit('BUY', '9', '60000.1', { timeInForce: 'FOK' })
    expect(refusal(refusing.engine.placeOrder(refusing.account, request))).toBe('notFillable')
    expect(refusing.engine.orders(refusing.account)).toEqual([])
    const ending = makeStage({ fillOrKillShort: 'end' })
    expect(accepted(ending.engine.placeOrder(ending.account, request))).toMatchObject({
      status: 'EXPIRED',
      endReason: 'notFillable',
      executedQuantity: '0',
    })
    const whole = limit('BUY', '9', '60100', { timeInForce: 'FOK' })
    expect(accepted(ending.engine.placeOrder(ending.account, whole)).status).toBe('FILLED')
  })

  test('behavior: GTX rests or is refused, or ends, by the venue', () => {
    const refusing = makeStage()
    const crossing = limit('SELL', '1', '59000', { timeInForce: 'GTX' })
    expect(refusal(refusing.engine.placeOrder(refusing.account, crossing))).toBe(
      'wouldTakeLiquidity',
    )
    const ending = makeStage({ postOnlyCrossing: 'end' })
    expect(accepted(ending.engine.placeOrder(ending.account, crossing))).toMatchObject({
      status: 'EXPIRED',
      endReason: 'wouldTakeLiquidity',
    })
    expect(ending.engine.fills(ending.account)).toEqual([])
    const resting = limit('SELL', '1', '61000', { timeInForce: 'GTX' })
    expect(accepted(ending.engine.placeOrder(ending.account, resting)).status).toBe('NEW')
  })

  test('behavior: an account never trades with itself: its resting order ends', () => {
    const { engine, account } = makeStage({}, 1, '10000000')
    const resting = accepted(engine.placeOrder(account, limit('SELL', '1', '60005')))
    const taking = accepted(engine.placeOrder(account, limit('BUY', '50', '60010')))
    expect(engine.order(account, resting.orderId)).toMatchObject({
      status: 'EXPIRED',
      endReason: 'selfTrade',
      executedQuantity: '0',
    })
    expect(engine.fills(account).every(({ orderId }) => orderId === taking.orderId)).toBe(true)
  })

  test('behavior: its own orders are not what it could fill', () => {
    const { engine, account } = makeStage({}, 1, '10000000')
    accepted(engine.placeOrder(account, limit('SELL', '50', '60001')))
    const request = limit('BUY', '45', '60001', { timeInForce: 'FOK' })
    expect(refusal(engine.placeOrder(account, request))).toBe('notFillable')
    const other = engine.createAccount({ USDT: '10000000' })
    expect(accepted(engine.placeOrder(other, request)).status).toBe('FILLED')
  })

  test('behavior: cancelling ends an order once', () => {
    const { engine, clock, account } = makeStage()
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    clock.advance(5)
    expect(accepted(engine.cancelOrder(account, orderId))).toMatchObject({
      status: 'CANCELLED',
      endReason: 'user',
      updatedAt: startTime + 5,
    })
    expect(refusal(engine.cancelOrder(account, orderId))).toBe('orderNotFound')
    expect(refusal(engine.cancelOrder(account, 'o99'))).toBe('orderNotFound')
    expect(engine.openOrders(account)).toEqual([])
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
  })

  test('error: a client order id that is taken, while open or for ever', () => {
    const rest = limit('BUY', '0.1', '59000', { clientOrderId: 'x' })
    const whileOpen = makeStage()
    const { orderId } = accepted(whileOpen.engine.placeOrder(whileOpen.account, rest))
    expect(refusal(whileOpen.engine.placeOrder(whileOpen.account, rest))).toBe(
      'duplicateClientOrderId',
    )
    accepted(whileOpen.engine.cancelOrder(whileOpen.account, orderId))
    accepted(whileOpen.engine.placeOrder(whileOpen.account, rest))
    const forEver = makeStage({ clientOrderIdUnique: 'forEver' })
    const once = market('BUY', '0.1', { clientOrderId: 'x' })
    accepted(forEver.engine.placeOrder(forEver.account, once))
    expect(refusal(forEver.engine.placeOrder(forEver.account, once))).toBe('duplicateClientOrderId')
    const other = forEver.engine.createAccount({ USDT: '100000' })
    accepted(forEver.engine.placeOrder(other, once))
  })

  test('behavior: conditional orders share the client order ids or have their own', () => {
    const plain = limit('BUY', '0.1', '59000', { clientOrderId: 'x' })
    const waiting = stop('SELL', '0.1', '58000', { clientOrderId: 'x' })
    const shared = makeStage({ clientOrderIdSpace: 'shared' })
    accepted(shared.engine.placeConditional(shared.account, waiting))
    expect(refusal(shared.engine.placeOrder(shared.account, plain))).toBe('duplicateClientOrderId')
    const separate = makeStage()
    accepted(separate.engine.placeConditional(separate.account, waiting))
    accepted(separate.engine.placeOrder(separate.account, plain))
  })

  test('behavior: no client order id is never a duplicate', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    expect(engine.openOrders(account)).toHaveLength(2)
  })

  test('error: more open orders than the venue allows, counted by symbol', () => {
    const { engine, account } = makeStage({ maxOpenOrders: 2 })
    const rest = limit('BUY', '0.1', '59000')
    accepted(engine.placeOrder(account, rest))
    accepted(engine.placeOrder(account, rest))
    expect(refusal(engine.placeOrder(account, rest))).toBe('tooManyOrders')
    accepted(engine.placeOrder(account, { ...rest, symbol: 'ETHUSDT', price: '2900' }))
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
  })

  test('error: what no venue may let through is thrown, not refused', () => {
    const { engine, account } = makeStage()
    expect(() => engine.placeOrder(account, market('BUY', '0'))).toThrow(RangeError)
    expect(() => engine.placeOrder(account, market('BUY', '0.0005'))).toThrow(RangeError)
    expect(() => engine.placeOrder(account, limit('BUY', '1', '60000.05'))).toThrow(RangeError)
    expect(() => engine.placeOrder('nobody', market('BUY', '1'))).toThrow(RangeError)
    const unknown = market('BUY', '1', { symbol: 'XUSDT' })
    expect(() => engine.placeOrder(account, unknown)).toThrow(RangeError)
    expect(engine.orders(account)).toEqual([])
  })

  test('behavior: the row that is answered does not change any more', () => {
    const { engine, account } = makeStage()
    const answer = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    engine.setPrice('BTCUSDT', '58000')
    expect(answer.status).toBe('NEW')
    expect(engine.order(account, answer.orderId)?.status).toBe('FILLED')
  })
})
