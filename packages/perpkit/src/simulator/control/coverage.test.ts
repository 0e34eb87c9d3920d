import { describe, expect, test } from 'vitest'
import {
  accepted,
  limit,
  market,
  type Stage,
  startTime,
  stop,
  takeProfit,
} from '../engine/engine.fixture.ts'
import { watchedStage } from '../engine/observer.fixture.ts'
import type { ConditionalRequest, EngineObserver, EngineRules } from '../engine/types.ts'
import { Coverage } from './coverage.ts'
import { Intents } from './intents.ts'

interface Scene extends Stage {
  coverage: Coverage
  /** Lets time pass; whatever falls due on the way happens. */
  pass(ms: number): void
  /** `[all, the longest]` so far. */
  uncovered(): [number, number]
  orphans(): number
}

/** A long position of 0.5 BTC at 60 000, just opened. */
function longPosition(rules: Partial<EngineRules> = {}): Scene {
  const scene = flat(rules)
  accepted(scene.engine.placeOrder(scene.account, market('BUY', '0.5')))
  return scene
}

function flat(rules: Partial<EngineRules> = {}): Scene {
  const coverage = new Coverage()
  const intents = new Intents()
  const observer: EngineObserver = {
    accepted: () => {},
    filled: (order, step, at) => coverage.filled(order, step, intents.filled(order, step), at),
    settled(holding, at) {
      intents.settled(holding)
      coverage.settled(holding, at)
    },
  }
  const stage = watchedStage(observer, rules)
  return {
    ...stage,
    coverage,
    orphans: () => coverage.orphans(stage.engine, (one) => intents.protects(one)),
    pass(ms) {
      stage.clock.advance(ms)
      stage.engine.positions(stage.account)
    },
    uncovered() {
      const { uncoveredMs, worstUncoveredMs } = coverage.figures(stage.clock.now())
      return [uncoveredMs, worstUncoveredMs]
    },
  }
}

const trailing: ConditionalRequest = {
  clientOrderId: '',
  symbol: 'BTCUSDT',
  side: 'SELL',
  kind: 'trailing',
  orderType: 'MARKET',
  quantity: '0.5',
  timeInForce: 'GTC',
  reduceOnly: true,
  triggerSource: 'mark',
  triggerDirection: 'fall',
  trailingRate: '0.01',
}

describe('what covers a position', () => {
  const covering: [string, ConditionalRequest][] = [
    ['a stop of its size', stop('SELL', '0.5', '59000')],
    ['a larger stop', stop('SELL', '0.7', '59000')],
    ['a stop-limit', stop('SELL', '0.5', '59000', { orderType: 'LIMIT', price: '58900' })],
    ['a stop in profit', stop('SELL', '0.5', '59999')],
    ['a stop that closes the position', stop('SELL', '0.5', '59000', { closePosition: true })],
    ['an active trailing stop', trailing],
    [
      'one attached to the entry',
      stop('SELL', '0.5', '59000', { reduceOnly: false, isAttached: true }),
    ],
    ['a stop beyond the price of liquidation', stop('SELL', '0.5', '100')],
  ]
  test.each(covering)('default: %s', (_, request) => {
    const { engine, account, pass, uncovered } = longPosition()
    pass(70)
    accepted(engine.placeConditional(account, request))
    pass(5_000)
    expect(uncovered()).toEqual([70, 70])
  })

  const others: [string, ConditionalRequest][] = [
    ['a smaller stop', stop('SELL', '0.499', '59000')],
    ['a take-profit', takeProfit('SELL', '0.5', '61000')],
    ['a stop that could open', stop('SELL', '0.5', '59000', { reduceOnly: false })],
    ['a stop on the winning side', stop('SELL', '0.5', '61000', { triggerDirection: 'rise' })],
    ['a stop for a short', stop('BUY', '0.5', '61000')],
    ['a trailing stop before its time', { ...trailing, triggerPrice: '61000' }],
  ]
  test.each(others)('behavior: not %s', (_, request) => {
    const { engine, account, pass, uncovered } = longPosition()
    accepted(engine.placeConditional(account, request))
    pass(5_000)
    expect(uncovered()).toEqual([5_000, 5_000])
  })

  test('behavior: several stops together', () => {
    const { engine, account, pass, uncovered } = longPosition()
    accepted(engine.placeConditional(account, stop('SELL', '0.2', '59000')))
    pass(10)
    accepted(engine.placeConditional(account, stop('SELL', '0.3', '58000')))
    pass(1_000)
    expect(uncovered()).toEqual([10, 10])
  })

  test('behavior: a short is the mirror image', () => {
    const { engine, account, pass, uncovered } = flat()
    accepted(engine.placeOrder(account, market('SELL', '0.5')))
    accepted(engine.placeConditional(account, takeProfit('BUY', '0.5', '59000')))
    pass(10)
    accepted(engine.placeConditional(account, stop('BUY', '0.5', '61000')))
    pass(1_000)
    expect(uncovered()).toEqual([10, 10])
  })

  test('behavior: a trailing stop from when it becomes active', () => {
    const { engine, account, pass, uncovered } = longPosition()
    accepted(engine.placeConditional(account, { ...trailing, triggerPrice: '61000' }))
    pass(300)
    engine.setPrice('BTCUSDT', '61000')
    pass(1_000)
    expect(uncovered()).toEqual([300, 300])
  })

  test('behavior: the order a stop has become, while it rests unfilled', () => {
    const { engine, account, pass, uncovered } = longPosition()
    accepted(
      engine.placeConditional(
        account,
        stop('SELL', '0.5', '59000', { orderType: 'LIMIT', price: '59500' }),
      ),
    )
    engine.setPrice('BTCUSDT', '58000')
    const [resting] = engine.openOrders(account)
    expect(resting).toMatchObject({ price: '59500', status: 'NEW' })
    pass(400)
    expect(uncovered()).toEqual([0, 0])
    accepted(engine.cancelOrder(account, resting?.orderId ?? ''))
    pass(600)
    expect(uncovered()).toEqual([600, 600])
  })

  test('behavior: each side of a hedge needs its own', () => {
    const { engine, account, pass, coverage, clock } = flat()
    expect(engine.setPositionMode(account, 'hedge')).toBeUndefined()
    accepted(engine.placeOrder(account, market('BUY', '0.5', { positionSide: 'LONG' })))
    accepted(engine.placeOrder(account, market('SELL', '0.5', { positionSide: 'SHORT' })))
    const forLong = { positionSide: 'LONG', reduceOnly: false } as const
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000', forLong)))
    pass(200)
    const { uncoveredMs, uncovered } = coverage.figures(clock.now())
    expect(uncoveredMs).toBe(200)
    expect(uncovered.map(({ side }) => side)).toEqual(['SHORT'])
  })
})

describe('how long', () => {
  test('behavior: protected in the same moment is never uncovered', () => {
    const { engine, account, pass, coverage, clock } = longPosition()
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    pass(1_000)
    expect(coverage.figures(clock.now())).toMatchObject({
      uncoveredMs: 0,
      worstUncoveredMs: 0,
      uncovered: [],
    })
  })

  test('default: stretches add up, the longest is told, with the most that was bare', () => {
    const { engine, account, pass, coverage, clock } = longPosition()
    pass(100)
    const first = accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    pass(1_000)
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    pass(50)
    accepted(engine.cancelConditional(account, first.conditionalId))
    pass(250)
    accepted(engine.placeConditional(account, stop('SELL', '0.6', '59000')))
    pass(1_000)
    const whose = { accountId: account, symbol: 'BTCUSDT', side: 'LONG' }
    expect(coverage.figures(clock.now())).toMatchObject({
      uncoveredMs: 400,
      worstUncoveredMs: 300,
      uncovered: [
        { ...whose, from: startTime, to: startTime + 100, worstSize: '0.5' },
        { ...whose, from: startTime + 1_100, to: startTime + 1_400, worstSize: '0.6' },
      ],
    })
  })

  test('behavior: ends with the position, and begins anew when it turns over', () => {
    const { engine, account, pass, coverage, clock } = longPosition()
    pass(100)
    accepted(engine.placeOrder(account, market('SELL', '0.7')))
    pass(30)
    accepted(engine.placeOrder(account, market('BUY', '0.2', { reduceOnly: true })))
    pass(5_000)
    const { uncovered } = coverage.figures(clock.now())
    expect(uncovered.map(({ side, from, to }) => [side, to - from])).toEqual([
      ['LONG', 100],
      ['SHORT', 30],
    ])
  })

  test('behavior: a stretch that lasts reaches up to now, and is asked for without an end', () => {
    const { clock, uncovered, coverage } = longPosition()
    clock.advance(700)
    expect(uncovered()).toEqual([700, 700])
    clock.advance(300)
    expect(uncovered()).toEqual([1_000, 1_000])
    expect(coverage.figures(clock.now()).uncovered).toHaveLength(1)
  })

  test('behavior: of many stretches the newest thousand are listed, and all count', () => {
    const { engine, account, pass, coverage, clock } = longPosition()
    for (let round = 0; round < 1_005; round++) {
      pass(1)
      const { conditionalId } = accepted(
        engine.placeConditional(account, stop('SELL', '0.5', '59000')),
      )
      pass(1)
      accepted(engine.cancelConditional(account, conditionalId))
    }
    const { uncovered, uncoveredMs } = coverage.figures(clock.now())
    expect(uncovered).toHaveLength(1_000)
    expect(uncoveredMs).toBe(1_005)
  })

  test('behavior: a state that is gone back to goes on from now', () => {
    const { engine, account, pass, uncovered, coverage } = longPosition()
    pass(100)
    const kept = coverage.exportState()
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    pass(400)
    coverage.importState(kept, 400)
    expect(uncovered()).toEqual([100, 100])
    pass(50)
    expect(uncovered()).toEqual([150, 150])
  })
})

describe('orphans', () => {
  test('default: closing orders of a leg that has been flat for more than a second', () => {
    const { engine, account, pass, orphans } = longPosition()
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    accepted(engine.placeConditional(account, takeProfit('SELL', '0.5', '61000')))
    pass(5_000)
    expect(orphans()).toBe(0)
    accepted(engine.placeOrder(account, market('SELL', '0.5', { reduceOnly: true })))
    pass(1_000)
    expect(orphans()).toBe(0)
    pass(1)
    expect(orphans()).toBe(2)
  })

  test('behavior: gone once they are cancelled, or a position is there again', () => {
    const { engine, account, pass, orphans } = longPosition()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.5', '59000')),
    )
    accepted(engine.placeOrder(account, market('SELL', '0.5')))
    pass(2_000)
    expect(orphans()).toBe(1)
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    expect(orphans()).toBe(0)
    accepted(engine.placeOrder(account, market('SELL', '0.1')))
    pass(2_000)
    accepted(engine.cancelConditional(account, conditionalId))
    expect(orphans()).toBe(0)
  })

  test('behavior: a closing order where there never was a position, from its own making', () => {
    const { engine, account, pass, orphans } = flat()
    pass(10_000)
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    pass(1_000)
    expect(orphans()).toBe(0)
    pass(1)
    expect(orphans()).toBe(1)
  })

  test('behavior: a position of the other side keeps nothing from being one', () => {
    const { engine, account, pass, orphans } = flat()
    accepted(engine.placeOrder(account, market('SELL', '0.5')))
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000')))
    pass(1_001)
    expect(orphans()).toBe(1)
  })

  test('behavior: orders that may open are none', () => {
    const { engine, account, pass, orphans } = flat()
    accepted(engine.placeOrder(account, limit('BUY', '0.5', '50000')))
    accepted(engine.placeConditional(account, stop('SELL', '0.5', '59000', { reduceOnly: false })))
    pass(5_000)
    expect(orphans()).toBe(0)
  })
})
