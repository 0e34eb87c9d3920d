import { describe, expect, test } from 'vitest'
import {
  accepted,
  limit,
  makeStage,
  market,
  refusal,
  roomyPrice,
  stop,
  takeProfit,
} from './engine.fixture.ts'

describe('setPrice', () => {
  test('default: last, mark and index stand at the new price', () => {
    const { engine } = makeStage()
    engine.setPrice('BTCUSDT', '61234.5')
    expect(engine.prices('BTCUSDT')).toMatchObject({
      last: '61234.5',
      mark: '61234.5',
      index: '61234.5',
    })
    expect(engine.prices('ETHUSDT').mark).toBe('3000')
  })

  test('args: the price is rounded to the tick, and never to nothing', () => {
    const { engine } = makeStage()
    engine.setPrice('BTCUSDT', '61234.567')
    expect(engine.prices('BTCUSDT').mark).toBe('61234.6')
    engine.setPrice('ETHUSDT', '0.001')
    expect(engine.prices('ETHUSDT').mark).toBe('0.01')
  })

  test('error: a price of nothing, an unknown symbol', () => {
    const { engine } = makeStage()
    expect(() => engine.setPrice('BTCUSDT', '0')).toThrow(RangeError)
    expect(() => engine.setPrice('XUSDT', '1')).toThrow(RangeError)
  })

  test('behavior: the path prints public trades', () => {
    const { engine, clock } = makeStage()
    clock.advance(1_000)
    engine.setPrice('BTCUSDT', '59000')
    expect(engine.trades('BTCUSDT', 10)).toMatchObject([
      { price: '59000', side: 'SELL', timestamp: clock.now() },
    ])
    engine.setPrice('BTCUSDT', '59500')
    expect(engine.trades('BTCUSDT', 1)).toMatchObject([{ price: '59500', side: 'BUY' }])
    expect(engine.trades('BTCUSDT', 0)).toEqual([])
  })

  test('behavior: resting orders are filled whole at their own price when it is touched', () => {
    const { engine, account } = makeStage()
    const touched = accepted(engine.placeOrder(account, limit('BUY', '0.5', '59000')))
    const passed = accepted(engine.placeOrder(account, limit('BUY', '0.5', '59500')))
    const missed = accepted(engine.placeOrder(account, limit('BUY', '0.5', '58999.9')))
    engine.setPrice('BTCUSDT', '59000')
    expect(engine.order(account, touched.orderId)?.status).toBe('FILLED')
    expect(engine.order(account, passed.orderId)?.status).toBe('FILLED')
    expect(engine.order(account, missed.orderId)?.status).toBe('NEW')
    expect(engine.fills(account)).toMatchObject([
      { price: '59500', quantity: '0.5', isMaker: true, fee: '5.95' },
      { price: '59000', quantity: '0.5', isMaker: true, fee: '5.9' },
    ])
  })

  test('behavior: what lies between happens in order of price', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '1')))
    const before = engine.fills(account).length
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '59800')))
    accepted(engine.placeConditional(account, stop('SELL', '0.2', '59600')))
    accepted(engine.placeOrder(account, limit('BUY', '0.3', '59400')))
    accepted(
      engine.placeConditional(account, stop('SELL', '0.4', '59200', { triggerSource: 'last' })),
    )
    accepted(engine.placeConditional(account, takeProfit('SELL', '0.1', '60200')))
    engine.setPrice('BTCUSDT', '59000')
    const fills = engine.fills(account).slice(before)
    expect(fills.map(({ quantity }) => quantity)).toEqual(['0.1', '0.2', '0.3', '0.4'])
    expect(fills.map(({ price }) => Math.round(Number(price)))).toEqual([
      59_800, 59_600, 59_400, 59_200,
    ])
    expect(engine.openConditionals(account)).toHaveLength(1)
  })

  test('behavior: a stop on the way fills near its trigger, not where the path ends', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '58000')))
    engine.setPrice('BTCUSDT', '40000')
    const price = Number(engine.fills(account).at(-1)?.price)
    expect(price).toBeGreaterThanOrEqual(57_999.9)
    expect(price).toBeLessThanOrEqual(58_000)
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: the limit order a conditional becomes can fill further down the same path', () => {
    const { engine, account } = makeStage()
    const entry = stop('BUY', '0.1', '59500', {
      reduceOnly: false,
      orderType: 'LIMIT',
      price: '59000',
      triggerDirection: 'fall',
    })
    accepted(engine.placeConditional(account, entry))
    engine.setPrice('BTCUSDT', '58000')
    expect(engine.fills(account)).toMatchObject([{ price: '59000', quantity: '0.1' }])
  })

  test('behavior: a price below a waiting limit order is not needed to fill it: the way back is', () => {
    const { engine, account } = makeStage()
    const order = accepted(engine.placeOrder(account, limit('SELL', '0.1', '60500')))
    engine.setPrice('BTCUSDT', '59000')
    expect(engine.order(account, order.orderId)?.status).toBe('NEW')
    engine.setPrice('BTCUSDT', '60500')
    expect(engine.order(account, order.orderId)?.status).toBe('FILLED')
  })

  test('behavior: setting the price it has anyway fills what rests exactly there', () => {
    const { engine, account } = makeStage()
    const price = roomyPrice(engine)
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '0.1', price)))
    expect(engine.order(account, orderId)?.status).toBe('NEW')
    engine.setPrice('BTCUSDT', price)
    expect(engine.order(account, orderId)?.status).toBe('FILLED')
  })

  test('behavior: a large order moves the last price alone; the next move starts from the market', () => {
    const { engine } = makeStage()
    const rich = engine.createAccount({ USDT: '10000000' })
    accepted(engine.placeOrder(rich, market('BUY', '60')))
    const { last, mark } = engine.prices('BTCUSDT')
    expect(Number(last)).toBeGreaterThan(60_005)
    expect(mark).toBe('60000')
    const fall = { triggerSource: 'last', triggerDirection: 'fall' } as const
    accepted(engine.placeConditional(rich, stop('SELL', '1', '60002', fall)))
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.conditionals(rich)).toMatchObject([{ status: 'TRIGGERED' }])
    expect(Number(engine.fills(rich).at(-1)?.price)).toBeLessThanOrEqual(60_000)
  })
})

describe('setTrading', () => {
  test('error: a closed market takes no orders and fires nothing', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    const resting = accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '58500')))
    engine.setTrading('BTCUSDT', false)
    expect(engine.isTrading('BTCUSDT')).toBe(false)
    expect(refusal(engine.placeOrder(account, market('BUY', '0.1')))).toBe('marketClosed')
    expect(refusal(engine.placeConditional(account, stop('SELL', '0.1', '57000')))).toBe(
      'marketClosed',
    )
    expect(refusal(engine.amendOrder(account, resting.orderId, { price: '59100' }))).toBe(
      'marketClosed',
    )
    engine.setPrice('BTCUSDT', '58000')
    expect(engine.fills(account)).toHaveLength(1)
    expect(engine.depth('BTCUSDT', 5)).toMatchObject({ bids: [['59000', '0.1']], asks: [] })
    expect(engine.prices('BTCUSDT')).toMatchObject({ ask: '0', mark: '58000' })
  })

  test('behavior: what the price passed meanwhile happens at the opening; cancelling always works', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    accepted(engine.placeOrder(account, limit('BUY', '0.1', '59000')))
    const given = accepted(engine.placeOrder(account, limit('BUY', '0.1', '58900')))
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '58500')))
    engine.setTrading('BTCUSDT', false)
    engine.setPrice('BTCUSDT', '58000')
    accepted(engine.cancelOrder(account, given.orderId))
    engine.setTrading('BTCUSDT', true)
    expect(engine.fills(account).slice(1)).toMatchObject([
      { price: '59000', side: 'BUY' },
      { side: 'SELL', quantity: '0.1' },
    ])
    expect(engine.prices('BTCUSDT').last).toBe('58000')
  })
})
