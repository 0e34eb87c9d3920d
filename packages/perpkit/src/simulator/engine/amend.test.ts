import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, market, refusal, startTime } from './engine.fixture.ts'

describe('amending', () => {
  test('default: a new price and quantity keep the ids', () => {
    const { engine, clock, account } = makeStage()
    const placed = accepted(
      engine.placeOrder(account, limit('BUY', '0.1', '59000', { clientOrderId: 'x' })),
    )
    clock.advance(7)
    const change = { price: '58000.0', quantity: '0.2', venueData: { b: 2 } }
    const amended = accepted(engine.amendOrder(account, placed.orderId, change))
    expect(amended).toMatchObject({
      orderId: placed.orderId,
      clientOrderId: 'x',
      status: 'NEW',
      price: '58000',
      quantity: '0.2',
      venueData: { b: 2 },
      updatedAt: startTime + 7,
    })
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('1160')
    expect(engine.depth('BTCUSDT', 5_000).bids.at(-1)).toEqual(['58000', '0.2'])
  })

  test('behavior: shrinking keeps the place in the queue, growing and moving lose it', () => {
    for (const [change, first] of [
      [{ quantity: '0.05' }, 'early'],
      [{ quantity: '0.3' }, 'late'],
      [{ price: '59000' }, 'early'],
    ] as const) {
      const { engine, account } = makeStage()
      const late = engine.createAccount({ USDT: '100000' })
      const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
      accepted(engine.placeOrder(late, limit('BUY', '0.1', '59000')))
      accepted(engine.amendOrder(account, orderId, change))
      engine.setPrice('BTCUSDT', '59000')
      const [early, other] = [engine.fills(account)[0], engine.fills(late)[0]]
      const number = (id: string | undefined): number => Number(/\d+/.exec(id ?? '')?.[0])
      const isEarlyFirst = number(early?.fillId) < number(other?.fillId)
      expect(isEarlyFirst ? 'early' : 'late').toBe(first)
    }
  })

  test('behavior: a price through the market trades at once', () => {
    const { engine, account } = makeStage()
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    const amended = accepted(engine.amendOrder(account, orderId, { price: '60100' }))
    expect(amended).toMatchObject({ status: 'FILLED', executedQuantity: '0.1' })
    expect(engine.fills(account)).toMatchObject([{ isMaker: false }])
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
  })

  test('behavior: a post-only order whose new price would trade ends', () => {
    const { engine, account } = makeStage()
    const request = limit('BUY', '0.1', '59000', { timeInForce: 'GTX' })
    const { orderId } = accepted(engine.placeOrder(account, request))
    expect(accepted(engine.amendOrder(account, orderId, { price: '60100' }))).toMatchObject({
      status: 'CANCELLED',
      endReason: 'wouldTakeLiquidity',
      executedQuantity: '0',
    })
    expect(engine.openOrders(account)).toEqual([])
  })

  test('behavior: a quantity that is filled already ends the order', () => {
    const { engine, account } = makeStage()
    const [first] = engine.depth('BTCUSDT', 1).asks
    const [price, quantity] = first ?? ['', '']
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '5', price)))
    const smaller = accepted(engine.amendOrder(account, orderId, { quantity: '3' }))
    expect(smaller).toMatchObject({ status: 'PARTIALLY_FILLED', executedQuantity: quantity })
    expect(engine.prices('BTCUSDT').bidQuantity).toBe(
      String((3000 - Number(quantity) * 1000) / 1000),
    )
    expect(accepted(engine.amendOrder(account, orderId, { quantity }))).toMatchObject({
      status: 'CANCELLED',
      endReason: 'user',
    })
  })

  test('error: margin for the difference is asked for, and nothing changes without it', () => {
    const { engine, account } = makeStage({}, 1, '6100')
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '1', '59000')))
    expect(refusal(engine.amendOrder(account, orderId, { quantity: '1.1' }))).toBe(
      'insufficientMargin',
    )
    expect(engine.order(account, orderId)).toMatchObject({ quantity: '1', price: '59000' })
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('5900')
    accepted(engine.amendOrder(account, orderId, { price: '59500' }))
  })

  test('error: an order that is not there, or has ended', () => {
    const { engine, account } = makeStage()
    const { orderId } = accepted(engine.placeOrder(account, market('BUY', '0.1')))
    expect(refusal(engine.amendOrder(account, orderId, { quantity: '0.2' }))).toBe('orderNotFound')
    expect(refusal(engine.amendOrder(account, 'o9', { quantity: '0.2' }))).toBe('orderNotFound')
  })

  test('behavior: a reduce-only order is cut to the position again', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '0.5')))
    const request = limit('SELL', '0.2', '61000', { reduceOnly: true })
    const { orderId } = accepted(engine.placeOrder(account, request))
    expect(accepted(engine.amendOrder(account, orderId, { quantity: '3' })).quantity).toBe('0.5')
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.positions(account)).toEqual([])
  })
})
