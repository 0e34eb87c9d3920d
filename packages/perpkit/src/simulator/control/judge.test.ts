import { describe, expect, test } from 'vitest'
import { accepted, limit, market, type Stage, startTime, stop } from '../engine/engine.fixture.ts'
import { watchedStage } from '../engine/observer.fixture.ts'
import type { ConditionalRequest, EngineRules, OrderRequest } from '../engine/types.ts'
import { Judge } from './judge.ts'

interface Scene extends Stage {
  judge: Judge
  /** Places it as a request whose answer arrives, or is lost. */
  place(request: OrderRequest | ConditionalRequest, isHeard?: boolean): string
  pass(ms: number): void
  /** `[reversed, doubled]`. */
  turned(): [number, number]
}

function open(rules: Partial<EngineRules> = {}): Scene {
  const clock = { now: (): number => 0 }
  const judge = new Judge(() => clock.now())
  const stage = watchedStage(judge, rules)
  clock.now = () => stage.clock.now()
  const { engine, account } = stage
  return {
    ...stage,
    judge,
    place(request, isHeard = true) {
      const submission = judge.begin()
      const id =
        'triggerSource' in request
          ? accepted(engine.placeConditional(account, request)).conditionalId
          : accepted(engine.placeOrder(account, request)).orderId
      submission.executed()
      submission.answered(isHeard)
      return id
    },
    pass(ms) {
      stage.clock.advance(ms)
      engine.catchUp()
    },
    turned() {
      const { reversedPositions, doubledPositions } = judge.judge(engine)
      return [reversedPositions, doubledPositions]
    },
  }
}

/** A stop-market that may open a position too. */
const loose = (quantity: string, triggerPrice = '59000'): ConditionalRequest =>
  stop('SELL', quantity, triggerPrice, { reduceOnly: false })

describe('reversed positions', () => {
  test('default: a protective stop that is left over opens the other side', () => {
    const { engine, place, turned, judge } = open()
    place(market('BUY', '0.5'))
    place(loose('0.5'))
    place(market('SELL', '0.5', { reduceOnly: true }))
    expect(turned()).toEqual([0, 0])
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([1, 0])
    const flags = judge.judge(engine).positions.map(({ side, isReversed }) => [side, isReversed])
    expect(flags).toEqual([
      ['LONG', false],
      ['SHORT', true],
    ])
  })

  test('behavior: one that is larger than what is left turns it over', () => {
    const { engine, place, turned } = open()
    place(market('BUY', '0.5'))
    place(loose('0.5'))
    place(market('SELL', '0.3'))
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([1, 0])
  })

  test('behavior: protection attached to an entry, where it may open', () => {
    const { engine, place, turned } = open({
      afterFill: (own, { accountId, side }) => {
        if (side === 'SELL' || own.openConditionals(accountId).length > 0) return
        accepted(own.placeConditional(accountId, { ...loose('0.5'), isAttached: true }))
      },
    })
    place(market('BUY', '0.5'))
    place(market('SELL', '0.5', { reduceOnly: true }))
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([1, 0])
  })

  test('behavior: a close that was sent again opens the other side', () => {
    const { place, turned } = open()
    place(market('BUY', '0.5'))
    place(market('SELL', '0.5'), false)
    expect(turned()).toEqual([0, 0])
    place(market('SELL', '0.5'))
    expect(turned()).toEqual([1, 0])
  })

  test('behavior: so does one whose answer is lost only after it was sent again', () => {
    const { engine, account, judge, place, turned } = open()
    place(market('BUY', '0.5'))
    const first = judge.begin()
    accepted(engine.placeOrder(account, market('SELL', '0.5')))
    first.executed()
    place(market('SELL', '0.5'))
    expect(turned()).toEqual([0, 0])
    first.answered(false)
    expect(turned()).toEqual([1, 0])
  })

  test('behavior: none by a plain order, or by a stop made to turn it over', () => {
    const { engine, place, turned } = open()
    place(market('BUY', '0.5'))
    place(market('SELL', '0.8'))
    place(market('BUY', '0.8'))
    place(loose('1.2'))
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([0, 0])
  })

  test('behavior: none by a stop that opens where nothing was to protect', () => {
    const { engine, place, turned } = open()
    place(loose('0.5'))
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([0, 0])
  })

  test('behavior: none by reduce-only orders that find the position gone', () => {
    const { engine, account, place, turned } = open()
    place(market('BUY', '0.5'))
    place(stop('SELL', '0.5', '59000'))
    place(market('SELL', '0.5'))
    engine.setPrice('BTCUSDT', '58900')
    expect(engine.conditionals(account)[0]?.status).toBe('REJECTED')
    expect(turned()).toEqual([0, 0])
  })
})

describe('doubled positions', () => {
  test('default: an entry that was sent again after a lost answer', () => {
    const { engine, judge, place, turned } = open()
    place(market('BUY', '0.5'), false)
    place(market('BUY', '0.5'))
    expect(turned()).toEqual([0, 1])
    expect(judge.judge(engine).positions).toMatchObject([{ isDoubled: true, isReversed: false }])
  })

  test('behavior: none after an answer that arrived, and each position counts once', () => {
    const { place, turned } = open()
    place(market('BUY', '0.5'))
    place(market('BUY', '0.5'), false)
    expect(turned()).toEqual([0, 0])
    place(market('BUY', '0.5'), false)
    place(market('BUY', '0.5'))
    expect(turned()).toEqual([0, 1])
  })

  test('behavior: by entries that fill later', () => {
    const { engine, place, turned } = open()
    place(limit('BUY', '0.5', '59500'), false)
    place(limit('BUY', '0.5', '59500'))
    expect(turned()).toEqual([0, 0])
    engine.setPrice('BTCUSDT', '59000')
    expect(turned()).toEqual([0, 1])
  })

  test('behavior: by conditional entries that fire both', () => {
    const { engine, place, turned } = open()
    const entry = stop('BUY', '0.1', '61000', { reduceOnly: false })
    place(entry, false)
    place(entry)
    engine.setPrice('BTCUSDT', '61100')
    expect(turned()).toEqual([0, 1])
  })

  test('behavior: by a client order id that is accepted again', () => {
    const { place, turned } = open()
    place(market('BUY', '0.5', { clientOrderId: 'a' }))
    place(market('BUY', '0.2', { clientOrderId: 'b' }))
    expect(turned()).toEqual([0, 0])
    place(market('BUY', '0.3', { clientOrderId: 'a' }))
    expect(turned()).toEqual([0, 1])
  })

  test('behavior: by a protective stop that is left over', () => {
    const { engine, place, turned } = open()
    place(market('BUY', '0.5'))
    place(loose('0.5'))
    place(market('SELL', '0.6'))
    engine.setPrice('BTCUSDT', '58900')
    expect(turned()).toEqual([0, 1])
  })

  test('behavior: a repeat that opens a position and goes on filling has doubled nothing', () => {
    const { place, turned } = open()
    place(market('BUY', '0.9'), false)
    place(market('SELL', '0.9', { reduceOnly: true }))
    place(market('BUY', '0.9'))
    expect(turned()).toEqual([0, 0])
  })
})

describe('the account of a position', () => {
  test('default: the gap of the entry, and the gaps after it', () => {
    const { engine, account, judge, place, pass } = open()
    place(market('BUY', '0.5'))
    pass(40)
    const first = place(stop('SELL', '0.3', '59000'))
    pass(30)
    const second = place(stop('SELL', '0.2', '59000'))
    pass(1_000)
    accepted(engine.cancelConditional(account, second))
    pass(5)
    place(stop('SELL', '0.2', '58000'))
    pass(100)
    accepted(engine.cancelConditional(account, first))
    pass(12)
    place(market('SELL', '0.5', { reduceOnly: true }))
    pass(500)
    const { positions, positionCount, uncoveredMs } = judge.judge(engine)
    expect([positionCount, uncoveredMs]).toEqual([1, 87])
    expect(positions).toEqual([
      {
        accountId: account,
        symbol: 'BTCUSDT',
        side: 'LONG',
        openedAt: startTime,
        firstCoveredAt: startTime + 70,
        closedAt: startTime + 1_187,
        uncoveredMs: 87,
        worstUncoveredMs: 70,
        worstUncoveredSize: '0.5',
        entryGapMs: 70,
        laterUncoveredMs: 17,
        growthUncoveredMs: 0,
        isReversed: false,
        isDoubled: false,
      },
    ])
  })

  test('behavior: never covered, it is all the gap of the entry', () => {
    const { engine, judge, place, pass } = open()
    place(market('BUY', '0.5'))
    pass(40)
    const [position] = judge.judge(engine).positions
    expect(position).toMatchObject({ uncoveredMs: 40, entryGapMs: 40, laterUncoveredMs: 0 })
    expect(position).not.toHaveProperty('firstCoveredAt')
    expect(position).not.toHaveProperty('closedAt')
  })

  test('behavior: what comes and goes within a millisecond leaves no trace', () => {
    const { engine, account, judge, place, pass } = open()
    place(market('BUY', '0.5'))
    const first = place(stop('SELL', '0.5', '59000'))
    pass(10)
    place(market('BUY', '0.5'))
    accepted(engine.cancelConditional(account, first))
    place(stop('SELL', '0.9', '59000'))
    pass(10)
    const { positions, uncovered } = judge.judge(engine)
    expect(positions).toMatchObject([
      { firstCoveredAt: startTime, laterUncoveredMs: 10, worstUncoveredSize: '0.1' },
    ])
    expect(uncovered.map(({ worstSize }) => worstSize)).toEqual(['0.1'])
  })

  test('behavior: growth of the entry is told apart, until a stop is taken away', () => {
    const { engine, account, judge, place, pass } = open()
    place(market('BUY', '0.1'))
    const first = place(stop('SELL', '0.1', '59000'))
    pass(10)
    place(market('BUY', '0.1'))
    pass(7)
    place(market('BUY', '0.1'))
    pass(3)
    accepted(engine.cancelConditional(account, first))
    pass(100)
    place(stop('SELL', '0.3', '59000'))
    pass(1)
    place(market('BUY', '0.1'))
    pass(4)
    expect(judge.judge(engine).positions).toMatchObject([
      { entryGapMs: 0, laterUncoveredMs: 114, growthUncoveredMs: 14 },
    ])
  })

  test('behavior: a change of margin mode is no end of it', () => {
    const { engine, account, judge, place, pass } = open({ marginModeMoves: true })
    place(market('BUY', '0.1'))
    place(stop('SELL', '0.1', '59000'))
    pass(10)
    expect(engine.setMarginMode(account, 'ISOLATED')).toBeUndefined()
    pass(10)
    const { positions, uncoveredMs, orphanOrders } = judge.judge(engine)
    expect([uncoveredMs, orphanOrders]).toEqual([0, 0])
    expect(positions).toMatchObject([{ firstCoveredAt: startTime }])
    expect(positions[0]).not.toHaveProperty('closedAt')
    place(market('SELL', '0.1', { reduceOnly: true }))
    expect(judge.judge(engine).positions).toMatchObject([{ closedAt: startTime + 20 }])
  })

  test('behavior: the newest thousand are listed, and all count', () => {
    const { engine, judge, place, pass } = open()
    for (let round = 0; round < 1_003; round++) {
      pass(300)
      place(market(round % 2 === 0 ? 'BUY' : 'SELL', round === 0 ? '0.001' : '0.002'))
    }
    const { positions, positionCount } = judge.judge(engine)
    expect([positions.length, positionCount]).toEqual([1_000, 1_003])
    expect(positions[0]?.openedAt).toBe(startTime + 4 * 300)
  })

  test('behavior: a state that is gone back to goes on from now', () => {
    const { engine, judge, place, pass } = open()
    place(market('BUY', '0.5'), false)
    pass(30)
    const [engineState, kept] = [engine.exportState(), judge.exportState()]
    place(market('BUY', '0.5'))
    place(stop('SELL', '1', '59000'))
    pass(100)
    expect(judge.judge(engine)).toMatchObject({ doubledPositions: 1, uncoveredMs: 30 })
    engine.importState(engineState)
    judge.importState(kept)
    pass(5)
    const { positions, doubledPositions } = judge.judge(engine)
    expect(doubledPositions).toBe(0)
    expect(positions).toMatchObject([{ openedAt: startTime + 100, entryGapMs: 35 }])
    place(market('BUY', '0.5'))
    expect(judge.judge(engine).doubledPositions).toBe(1)
  })
})

describe('orphans', () => {
  test('default: stops that were to protect, though they may open', () => {
    const { engine, judge, place, pass } = open()
    place(market('BUY', '0.5'))
    place(loose('0.5'))
    place(loose('0.9'))
    place(market('SELL', '0.5', { reduceOnly: true }))
    pass(1_001)
    expect(judge.judge(engine).orphanOrders).toBe(1)
  })

  test('behavior: protection attached to an entry', () => {
    const { engine, account, judge, pass } = open()
    accepted(engine.placeConditional(account, { ...loose('0.5'), isAttached: true }))
    pass(1_001)
    expect(judge.judge(engine).orphanOrders).toBe(1)
  })
})
