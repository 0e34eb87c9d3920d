import { describe, expect, test } from 'vitest'
import { accepted, limit, makeStage, market, stop } from './engine.fixture.ts'

const elsewhere = { symbol: 'ETHUSDT' }

describe.each([
  ['position mode', 'hedge', 'oneWay'],
  ['margin mode', 'ISOLATED', 'CROSS'],
] as const)('%s', (kind, other, usual) => {
  function stage() {
    const { engine, account } = makeStage()
    return {
      engine,
      account,
      get: (symbol = 'BTCUSDT') =>
        kind === 'position mode'
          ? engine.positionMode(account, symbol)
          : engine.marginMode(account, symbol),
      set: (mode: typeof other | typeof usual, symbols?: string[]) =>
        mode === 'hedge' || mode === 'oneWay'
          ? engine.setPositionMode(account, mode, symbols)
          : engine.setMarginMode(account, mode, symbols),
    }
  }

  test('default: set for all symbols, or for those named, account by account', () => {
    const { engine, get, set } = stage()
    expect(get()).toBe(usual)
    expect(set(other)).toBeUndefined()
    expect([get(), get('ETHUSDT')]).toEqual([other, other])
    expect(set(usual, ['ETHUSDT'])).toBeUndefined()
    expect([get(), get('ETHUSDT')]).toEqual([other, usual])
    const stranger = engine.createAccount({ USDT: '1' })
    expect(engine.positionMode(stranger, 'BTCUSDT')).toBe('oneWay')
    expect(engine.marginMode(stranger, 'BTCUSDT')).toBe('CROSS')
  })

  test('error: refused while one of the symbols has a position', () => {
    const { engine, account, get, set } = stage()
    accepted(engine.placeOrder(account, market('BUY', '0.25')))
    expect(set(other)).toEqual({
      refused: 'positionsOpen',
      details: { symbol: 'BTCUSDT', size: '0.25' },
    })
    expect([get(), get('ETHUSDT')]).toEqual([usual, usual])
    expect(set(other, ['ETHUSDT'])).toBeUndefined()
  })

  test('error: refused while orders are open, waiting ones included', () => {
    const { engine, account, set } = stage()
    const order = accepted(engine.placeOrder(account, limit('BUY', '1', '50000')))
    const guard = accepted(engine.placeConditional(account, stop('SELL', '1', '50000')))
    accepted(engine.placeConditional(account, stop('SELL', '1', '49000')))
    const details = { symbol: 'BTCUSDT', orders: '1', conditionals: '2' }
    expect(set(other)).toEqual({ refused: 'ordersOpen', details })
    accepted(engine.cancelOrder(account, order.orderId))
    accepted(engine.cancelConditional(account, guard.conditionalId))
    expect(set(other)).toMatchObject({ details: { ...details, orders: '0', conditionals: '1' } })
    for (const { conditionalId } of engine.openConditionals(account)) {
      accepted(engine.cancelConditional(account, conditionalId))
    }
    expect(set(other)).toBeUndefined()
  })

  test('behavior: what it is already it may become at any time', () => {
    const { engine, account, set } = stage()
    accepted(engine.placeOrder(account, market('BUY', '0.25')))
    accepted(engine.placeOrder(account, limit('BUY', '1', '2000', elsewhere)))
    expect(set(usual)).toBeUndefined()
  })

  test('error: an unknown symbol', () => {
    const { set, get } = stage()
    expect(() => set(other, ['ETHUSDT', 'XUSDT'])).toThrow(RangeError)
    expect(get('ETHUSDT')).toBe(usual)
  })
})
