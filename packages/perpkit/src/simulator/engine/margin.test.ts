import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, market, refusal } from './engine.fixture.ts'
import { isRefusal } from './types.ts'

describe('margin', () => {
  test('default: a fresh account has its balance and nothing else', () => {
    const { engine, account } = makeStage()
    expect(engine.margin(account, 'USDT')).toEqual({
      asset: 'USDT',
      walletBalance: '100000',
      unrealizedPnl: '0',
      marginBalance: '100000',
      isolatedMargin: '0',
      isolatedUnrealizedPnl: '0',
      positionInitialMargin: '0',
      orderInitialMargin: '0',
      maintenanceMargin: '0',
      availableBalance: '100000',
    })
    expect(engine.assets(account)).toEqual(['USDT'])
    expect(engine.margin(account, 'USDC').walletBalance).toBe('0')
    expect(engine.leverage(account, 'BTCUSDT')).toBe(10)
  })

  test('behavior: a position takes margin by the mark price and its leverage', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '1')))
    engine.setPrice('BTCUSDT', '62000')
    const [position] = engine.positions(account)
    expect(position).toMatchObject({
      side: 'LONG',
      size: '1',
      markPrice: '62000',
      notional: '62000',
      leverage: 10,
      marginMode: 'CROSS',
      initialMargin: '6200',
      maintenanceMargin: '310',
    })
    const margin = engine.margin(account, 'USDT')
    expect(margin.unrealizedPnl).toBe(position?.unrealizedPnl)
    expect(Number(margin.marginBalance)).toBeCloseTo(
      Number(margin.walletBalance) + Number(margin.unrealizedPnl),
      9,
    )
    expect(Number(margin.availableBalance)).toBeCloseTo(Number(margin.marginBalance) - 6_200, 9)
  })

  test('behavior: only orders that may increase the position take margin', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, limit('BUY', '1', '50000')))
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('5000')
    // The wider side counts, not both.
    accepted(engine.placeOrder(account, limit('SELL', '1', '70000')))
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('7000')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    // Long 60 000: a sale of 70 000 would leave 10 000 short, a purchase 110 000 long.
    expect(engine.margin(account, 'USDT')).toMatchObject({
      positionInitialMargin: '6000',
      orderInitialMargin: '5000',
    })
  })

  test('error: an order the free margin does not cover, with the figures', () => {
    const { engine, account } = makeStage({}, 1, '6000')
    const answer = engine.placeOrder(account, limit('BUY', '1', '60000', { timeInForce: 'GTC' }))
    expect(isRefusal(answer) && answer).toEqual({
      refused: 'insufficientMargin',
      // A tenth of 60 000 and the taker's fee.
      details: { required: '6030', available: '6000', leverage: '10' },
    })
    expect(engine.orders(account)).toEqual([])
    const { engine: other, account: rich } = makeStage({}, 1, '6040')
    accepted(other.placeOrder(rich, limit('BUY', '1', '60000')))
  })

  test('error: a market order is measured at the worst price it would trade at', () => {
    const { engine, account } = makeStage({}, 1, '60300')
    const answer = engine.placeOrder(account, market('BUY', '10'))
    expect(refusal(answer)).toBe('insufficientMargin')
    const required = isRefusal(answer) ? Number(answer.details.required) : 0
    expect(required).toBeGreaterThan(60_300)
    expect(required).toBeLessThan(60_340)
  })

  test.each([
    // Margin at the mark, the loss from there to the price, the fee at the price.
    ['a sale below the market', limit('SELL', '1', '59990'), '6039.995'],
    ['a purchase above the market', limit('BUY', '1', '61000'), '7130.5'],
    ['a sale above the market', limit('SELL', '1', '61000'), '6130.5'],
  ])('error: %s is measured at what it would cost', (_, request, required) => {
    const { engine, account } = makeStage({}, 1, '5000')
    expect(engine.placeOrder(account, request)).toMatchObject({
      refused: 'insufficientMargin',
      details: { required, available: '5000' },
    })
  })

  test('behavior: an order that closes needs no free margin', () => {
    const { engine, account } = makeStage({}, 1, '6050')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    expect(refusal(engine.placeOrder(account, market('BUY', '0.1')))).toBe('insufficientMargin')
    expect(accepted(engine.placeOrder(account, market('SELL', '1'))).status).toBe('FILLED')
  })

  test('behavior: cancelling gives the margin back', () => {
    const { engine, account } = makeStage({}, 1, '6050')
    const rest = limit('BUY', '1', '60000')
    const { orderId } = accepted(engine.placeOrder(account, { ...rest, price: '59000' }))
    expect(refusal(engine.placeOrder(account, { ...rest, price: '59000' }))).toBe(
      'insufficientMargin',
    )
    accepted(engine.cancelOrder(account, orderId))
    accepted(engine.placeOrder(account, { ...rest, price: '59000' }))
  })

  test('default: leverage is set by account and symbol', () => {
    const { engine, account } = makeStage()
    const other = engine.createAccount({ USDT: '1' })
    expect(engine.setLeverage(account, 'BTCUSDT', 25)).toBeUndefined()
    expect(engine.leverage(account, 'BTCUSDT')).toBe(25)
    expect(engine.leverage(account, 'ETHUSDT')).toBe(10)
    expect(engine.leverage(other, 'BTCUSDT')).toBe(10)
  })

  test('default: what was set can be told from the default, and forgotten', () => {
    const { engine, account } = makeStage({ defaultLeverage: 'most' })
    expect(engine.leverage(account, 'BTCUSDT')).toBe(100)
    expect(engine.chosenLeverage(account, 'BTCUSDT')).toBeUndefined()
    expect(engine.setLeverage(account, 'BTCUSDT', 100)).toBeUndefined()
    expect(engine.chosenLeverage(account, 'BTCUSDT')).toBe(100)
    expect(engine.setLeverage(account, 'BTCUSDT', 'default')).toBeUndefined()
    expect(engine.chosenLeverage(account, 'BTCUSDT')).toBeUndefined()
  })

  test('error: leverage above the maximum', () => {
    const { engine, account } = makeStage()
    expect(engine.setLeverage(account, 'BTCUSDT', 101)).toEqual({
      refused: 'leverageTooHigh',
      details: { leverage: '101', maxLeverage: '100' },
    })
    expect(engine.leverage(account, 'BTCUSDT')).toBe(10)
    expect(() => engine.setLeverage(account, 'BTCUSDT', 0)).toThrow(RangeError)
    expect(() => engine.setLeverage(account, 'BTCUSDT', Number.NaN)).toThrow(RangeError)
  })

  test('error: a lower leverage that the account cannot carry', () => {
    const { engine, account } = makeStage({}, 1, '10000')
    accepted(engine.placeOrder(account, market('BUY', '1')))
    expect(refusal(engine.setLeverage(account, 'BTCUSDT', 5))).toBe('insufficientMargin')
    expect(engine.setLeverage(account, 'BTCUSDT', 20)).toBeUndefined()
    expect(engine.positions(account)[0]?.initialMargin).toBe('3000')
  })

  test('error: a balance below zero, an unknown account', () => {
    const { engine } = makeStage()
    expect(() => engine.createAccount({ USDT: '-1' })).toThrow(RangeError)
    expect(() => engine.margin('nobody', 'USDT')).toThrow(RangeError)
    expect(engine.accountIds()).toEqual(['account-1'])
  })
})
