import { describe, expect, test } from 'vitest'
import {
  accepted,
  filledAt,
  limit,
  makeStage,
  market,
  refusal,
  type Stage,
  stop,
  takeProfit,
} from './engine.fixture.ts'
import type { EngineRules } from './types.ts'

const LONG = { positionSide: 'LONG' } as const
const SHORT = { positionSide: 'SHORT' } as const

function hedged(rules: Partial<EngineRules> = {}, balance = '100000'): Stage {
  const stage = makeStage(rules, 1, balance)
  expect(stage.engine.setPositionMode(stage.account, 'hedge')).toBeUndefined()
  return stage
}

/** Long 1 BTC and short 0.4 BTC, both opened at 60 000. */
function withBoth(rules: Partial<EngineRules> = {}, balance = '100000'): Stage {
  const stage = hedged(rules, balance)
  stage.engine.setLeverage(stage.account, 'BTCUSDT', balance === '100000' ? 10 : 100)
  filledAt(stage.engine, stage.account, 'BUY', '1', '60000', LONG)
  filledAt(stage.engine, stage.account, 'SELL', '0.4', '60000', SHORT)
  return stage
}

function sizes({ engine, account }: Stage): Record<string, string> {
  return Object.fromEntries(engine.positions(account).map(({ side, size }) => [side, size]))
}

describe('hedge mode', () => {
  test('default: a symbol has a long and a short position, each by itself', () => {
    const { engine, account } = withBoth()
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.positions(account)).toMatchObject([
      { side: 'LONG', size: '1', isHedged: true, unrealizedPnl: '1000', initialMargin: '6100' },
      { side: 'SHORT', size: '0.4', isHedged: true, unrealizedPnl: '-400', initialMargin: '2440' },
    ])
    // Fees of 12 and 4.8; both legs take margin.
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '99983.2',
      unrealizedPnl: '600',
      positionInitialMargin: '8540',
      maintenanceMargin: '427',
      availableBalance: '92043.2',
    })
    expect(engine.fills(account)).toMatchObject([
      { side: 'BUY', positionSide: 'LONG', marginMode: 'CROSS' },
      { side: 'SELL', positionSide: 'SHORT' },
    ])
    expect(engine.openInterest('BTCUSDT')).toBe(
      String(Number(makeStage().engine.openInterest('BTCUSDT')) + 1),
    )
  })

  test('behavior: the closing side shrinks its own leg, without being called reduce-only', () => {
    const stage = withBoth()
    const { engine, account } = stage
    filledAt(engine, account, 'SELL', '0.3', '61000', LONG)
    expect(sizes(stage)).toEqual({ LONG: '0.7', SHORT: '0.4' })
    expect(engine.fills(account).at(-1)).toMatchObject({ realizedPnl: '300' })
    filledAt(engine, account, 'BUY', '0.1', '59000', SHORT)
    expect(sizes(stage)).toEqual({ LONG: '0.7', SHORT: '0.3' })
    expect(engine.fills(account).at(-1)).toMatchObject({ realizedPnl: '100' })
  })

  test('behavior: it is cut to its leg and never opens the other side', () => {
    const stage = withBoth()
    const order = accepted(stage.engine.placeOrder(stage.account, market('SELL', '5', LONG)))
    expect(order).toMatchObject({ quantity: '1', status: 'FILLED', reduceOnly: false })
    expect(sizes(stage)).toEqual({ SHORT: '0.4' })
  })

  test('error: it is refused where too much is refused, or when its leg is flat', () => {
    const { engine, account } = withBoth({ reduceOnlyExcess: 'refuse' })
    expect(engine.placeOrder(account, market('SELL', '1.001', LONG))).toEqual({
      refused: 'reduceOnlyRejected',
      details: { position: '1' },
    })
    const other = engine.createAccount({ USDT: '1000' })
    engine.setPositionMode(other, 'hedge')
    expect(refusal(engine.placeOrder(other, market('SELL', '1', LONG)))).toBe('reduceOnlyRejected')
    expect(engine.orders(other)).toEqual([])
  })

  test('error: an order that opens cannot be reduce-only', () => {
    const { engine, account } = withBoth()
    const request = market('BUY', '0.1', { ...LONG, reduceOnly: true })
    expect(refusal(engine.placeOrder(account, request))).toBe('reduceOnlyRejected')
  })

  test('error: without a position side in hedge mode, with one in one-way mode', () => {
    const { engine, account } = hedged()
    const oneWay = engine.createAccount({ USDT: '1000' })
    expect(engine.placeOrder(account, market('BUY', '0.1'))).toEqual({
      refused: 'positionModeMismatch',
      details: { symbol: 'BTCUSDT', positionMode: 'hedge', positionSide: '' },
    })
    expect(refusal(engine.placeOrder(oneWay, market('BUY', '0.001', LONG)))).toBe(
      'positionModeMismatch',
    )
    expect(refusal(engine.placeConditional(account, stop('SELL', '1', '59000')))).toBe(
      'positionModeMismatch',
    )
    expect(refusal(engine.placeConditional(oneWay, stop('SELL', '1', '59000', LONG)))).toBe(
      'positionModeMismatch',
    )
    expect(engine.orders(account)).toEqual([])
  })

  test('behavior: what opens takes margin on each leg, what closes takes none', () => {
    const { engine, account } = hedged()
    accepted(engine.placeOrder(account, limit('BUY', '1', '50000', LONG)))
    accepted(engine.placeOrder(account, limit('SELL', '1', '70000', SHORT)))
    // In one-way mode the wider of the two would count: 7 000.
    expect(engine.margin(account, 'USDT').orderInitialMargin).toBe('12000')
    const { engine: other, account: holder } = withBoth()
    accepted(other.placeOrder(holder, limit('SELL', '1', '70000', LONG)))
    accepted(other.placeOrder(holder, limit('BUY', '0.4', '50000', SHORT)))
    expect(other.margin(holder, 'USDT').orderInitialMargin).toBe('0')
  })

  test('behavior: orders that close end with their leg, those of the other leg stay', () => {
    const { engine, account } = withBoth({ conditionalsEndWhenFlat: true })
    const ended = accepted(engine.placeOrder(account, limit('SELL', '1', '70000', LONG)))
    const kept = accepted(engine.placeOrder(account, limit('BUY', '0.4', '50000', SHORT)))
    const opens = accepted(engine.placeOrder(account, limit('BUY', '0.1', '50000', LONG)))
    const guard = { reduceOnly: false }
    const lost = accepted(
      engine.placeConditional(account, stop('SELL', '1', '55000', { ...LONG, ...guard })),
    )
    const held = accepted(
      engine.placeConditional(account, stop('BUY', '1', '65000', { ...SHORT, ...guard })),
    )
    accepted(engine.placeOrder(account, market('SELL', '1', LONG)))
    expect(engine.order(account, ended.orderId)).toMatchObject({
      status: 'EXPIRED',
      endReason: 'reduceOnly',
    })
    expect(engine.openOrders(account).map(({ orderId }) => orderId)).toEqual([
      kept.orderId,
      opens.orderId,
    ])
    expect(engine.conditional(account, lost.conditionalId)?.endReason).toBe('positionClosed')
    expect(engine.conditional(account, held.conditionalId)?.status).toBe('WAITING')
  })

  test('behavior: resting orders that close use up their own leg only', () => {
    const { engine, account } = withBoth({ reduceOnlyCountsResting: true })
    accepted(engine.placeOrder(account, limit('SELL', '0.6', '61000', LONG)))
    const rest = accepted(engine.placeOrder(account, limit('SELL', '0.9', '62000', LONG)))
    expect(rest.quantity).toBe('0.4')
    expect(refusal(engine.placeOrder(account, limit('SELL', '0.1', '63000', LONG)))).toBe(
      'reduceOnlyRejected',
    )
    const other = accepted(engine.placeOrder(account, limit('BUY', '0.4', '59000', SHORT)))
    expect(other.quantity).toBe('0.4')
    const amended = accepted(engine.amendOrder(account, other.orderId, { quantity: '3' }))
    expect(amended.quantity).toBe('0.4')
  })

  test('behavior: the leg that stays is still in the market when the other is closed', () => {
    const { engine, account } = withBoth()
    accepted(engine.placeOrder(account, market('SELL', '1', LONG)))
    engine.applyFunding('BTCUSDT', '0.001')
    expect(engine.fundings(account)).toMatchObject([{ side: 'SHORT', amount: '24' }])
    accepted(engine.placeOrder(account, market('BUY', '0.4', SHORT)))
    engine.applyFunding('BTCUSDT', '0.001')
    expect(engine.fundings(account)).toHaveLength(1)
  })

  test('behavior: a conditional order for the whole position closes its leg', () => {
    const stage = withBoth()
    const { engine, account } = stage
    const whole = { closePosition: true, quantity: '0' }
    const guards = [
      stop('SELL', '0', '59000', { ...whole, ...LONG }),
      stop('BUY', '0', '61000', { ...whole, ...SHORT }),
      takeProfit('SELL', '0', '65000', { ...whole, ...LONG }),
    ].map((request) => accepted(engine.placeConditional(account, request)))
    const again = stop('SELL', '0', '58000', { ...whole, ...LONG })
    expect(refusal(engine.placeConditional(account, again))).toBe('closePositionExists')
    engine.setPrice('BTCUSDT', '59000')
    expect(sizes(stage)).toEqual({ SHORT: '0.4' })
    const [first, second, third] = guards.map(({ conditionalId }) =>
      engine.conditional(account, conditionalId),
    )
    expect(first?.status).toBe('TRIGGERED')
    expect(second?.status).toBe('WAITING')
    expect(third).toMatchObject({ status: 'EXPIRED', endReason: 'positionClosed' })
    const order = engine.order(account, first?.orderId ?? '')
    expect(order).toMatchObject({ positionSide: 'LONG', quantity: '1', status: 'FILLED' })
    const flat = takeProfit('SELL', '0', '65000', { ...whole, ...LONG })
    expect(refusal(engine.placeConditional(account, flat))).toBe('positionRequired')
  })

  test('behavior: a stop larger than what is left of its leg is cut when it fires', () => {
    const stage = withBoth()
    const { engine, account } = stage
    accepted(
      engine.placeConditional(account, stop('BUY', '2', '61000', { ...SHORT, reduceOnly: false })),
    )
    engine.setPrice('BTCUSDT', '61000')
    expect(sizes(stage)).toEqual({ LONG: '1' })
    expect(engine.orders(account).at(-1)).toMatchObject({ quantity: '0.4', status: 'FILLED' })
  })

  test('behavior: both legs share the wallet, and one price ends both', () => {
    const stage = withBoth({}, '3000')
    const { engine, account } = stage
    // Wallet 2 983.2 (fees 16.8); net long 0.6; maintenance 0.005 of 1.4 BTC:
    // 2 983.2 + 0.6 (p − 60 000) = 0.007 p at p = 33 016.8 ÷ 0.593.
    for (const { liquidationPrice } of engine.positions(account)) {
      expect(Number(liquidationPrice)).toBeCloseTo(55_677.5717, 3)
    }
    engine.setPrice('BTCUSDT', '55677.6')
    expect(sizes(stage)).toEqual({ LONG: '1', SHORT: '0.4' })
    engine.setPrice('BTCUSDT', '50000')
    expect(sizes(stage)).toEqual({})
    expect(engine.fills(account).at(-1)?.price).toMatch(/^556\d\d/)
    expect(Number(engine.margin(account, 'USDT').walletBalance)).toBeGreaterThanOrEqual(0)
  })

  test('behavior: with legs of the same size maintenance alone grows with the price', () => {
    const { engine, account } = hedged({}, '2300')
    engine.setLeverage(account, 'BTCUSDT', 100)
    filledAt(engine, account, 'BUY', '1', '60000', LONG)
    filledAt(engine, account, 'SELL', '1', '60000', SHORT)
    // Wallet 2 276, and 0.01 p is needed: used up at 227 600.
    expect(engine.positions(account).map(({ liquidationPrice }) => liquidationPrice)).toEqual([
      '227600',
      '227600',
    ])
    engine.setPrice('BTCUSDT', '1000')
    expect(engine.positions(account)).toHaveLength(2)
    engine.setPrice('BTCUSDT', '227599.9')
    expect(engine.positions(account)).toHaveLength(2)
    engine.setPrice('BTCUSDT', '227600')
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: a snapshot holds modes and both legs', () => {
    const stage = withBoth()
    const snapshot = stage.engine.exportState()
    const other = makeStage()
    other.engine.importState(snapshot)
    expect(other.engine.positionMode(other.account, 'BTCUSDT')).toBe('hedge')
    expect(other.engine.positions(other.account)).toEqual(stage.engine.positions(stage.account))
    for (const { engine, account } of [stage, other]) {
      accepted(engine.placeOrder(account, market('SELL', '1', LONG)))
    }
    expect(other.engine.exportState()).toEqual(stage.engine.exportState())
  })
})
