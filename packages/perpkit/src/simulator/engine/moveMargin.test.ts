import { describe, expect, test } from 'vitest'
import { accepted, filledAt, limit, makeStage, market, type Stage, stop } from './engine.fixture.ts'

/** Long 1 BTC from 60 000 in cross margin at leverage 10; fee 12. */
function withLong(balance = '100000'): Stage {
  const stage = makeStage({ marginModeMoves: true }, 1, balance)
  filledAt(stage.engine, stage.account, 'BUY', '1', '60000')
  return stage
}

const isolatedLeg = { marginMode: 'ISOLATED' } as const

describe('a margin mode that changes at any time', () => {
  test('default: the position gets its initial margin at the leverage of the other mode', () => {
    const { engine, account } = withLong()
    engine.setPrice('BTCUSDT', '61000')
    engine.setLeverage(account, 'BTCUSDT', 5, isolatedLeg)
    expect(engine.setMarginMode(account, 'ISOLATED', ['BTCUSDT'])).toBeUndefined()
    expect(engine.marginMode(account, 'BTCUSDT')).toBe('ISOLATED')
    expect(engine.marginMode(account, 'ETHUSDT')).toBe('CROSS')
    expect(engine.positions(account)).toMatchObject([
      { marginMode: 'ISOLATED', isolatedMargin: '12000', leverage: 5, size: '1' },
    ])
    // 99 988 − 12 000: the profit went with the position.
    expect(engine.margin(account, 'USDT').availableBalance).toBe('87988')
  })

  test('behavior: and back, all of it is in the wallet again', () => {
    const { engine, account } = withLong()
    const before = engine.margin(account, 'USDT')
    engine.setMarginMode(account, 'ISOLATED')
    expect(engine.setMarginMode(account, 'CROSS')).toBeUndefined()
    expect(engine.margin(account, 'USDT')).toEqual(before)
    expect(engine.positions(account)[0]?.isolatedMargin).toBeUndefined()
  })

  test('behavior: orders and triggers move over, and fill into the same position', () => {
    const { engine, account } = withLong()
    const buy = accepted(engine.placeOrder(account, limit('BUY', '1', '59000')))
    const guard = accepted(engine.placeConditional(account, stop('SELL', '2', '58000')))
    engine.setMarginMode(account, 'ISOLATED')
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('5900')
    engine.setPrice('BTCUSDT', '58900')
    expect(engine.order(account, buy.orderId)?.status).toBe('FILLED')
    expect(engine.positions(account)).toMatchObject([{ size: '2', isolatedMargin: '11900' }])
    engine.setPrice('BTCUSDT', '57900')
    expect(engine.conditional(account, guard.conditionalId)?.status).toBe('TRIGGERED')
    expect(engine.positions(account)).toEqual([])
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('0')
  })

  test('behavior: a cancelled order gives its margin back in the mode it moved to', () => {
    const { engine, account } = withLong()
    const buy = accepted(engine.placeOrder(account, limit('BUY', '1', '59000')))
    const sell = accepted(engine.placeOrder(account, limit('SELL', '3', '61000')))
    engine.setMarginMode(account, 'ISOLATED')
    for (const { orderId } of [buy, sell]) accepted(engine.cancelOrder(account, orderId))
    expect(engine.margin(account, 'USDT')).toMatchObject({
      orderInitialMargin: '0',
      availableBalance: '93988',
    })
  })

  test('error: more than the free margin, and nothing has changed', () => {
    const { engine, account } = withLong('20000')
    engine.setLeverage(account, 'BTCUSDT', 2, isolatedLeg)
    const before = engine.margin(account, 'USDT')
    expect(engine.setMarginMode(account, 'ISOLATED')).toEqual({
      refused: 'insufficientMargin',
      details: { required: '24000', available: '13988' },
    })
    expect(engine.margin(account, 'USDT')).toEqual(before)
    expect(engine.positions(account)).toMatchObject([{ marginMode: 'CROSS' }])
  })

  test('error: a position that stands in the other mode already', () => {
    const { engine, account } = withLong()
    accepted(engine.placeOrder(account, market('SELL', '0.5', isolatedLeg)))
    expect(engine.setMarginMode(account, 'ISOLATED')).toEqual({
      refused: 'positionsOpen',
      details: { symbol: 'BTCUSDT', size: '0.5' },
    })
  })

  test('behavior: both sides of a hedge move, each with its own margin', () => {
    const { engine, account } = makeStage({ marginModeMoves: true })
    engine.setPositionMode(account, 'hedge')
    filledAt(engine, account, 'BUY', '1', '60000', { positionSide: 'LONG' })
    filledAt(engine, account, 'SELL', '0.5', '60000', { positionSide: 'SHORT' })
    engine.setMarginMode(account, 'ISOLATED')
    expect(engine.positions(account)).toMatchObject([
      { side: 'LONG', marginMode: 'ISOLATED', isolatedMargin: '6000' },
      { side: 'SHORT', marginMode: 'ISOLATED', isolatedMargin: '3000' },
    ])
  })
})
