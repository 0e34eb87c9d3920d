import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { createEngine } from './createEngine.ts'
import {
  accepted,
  bitcoin,
  limit,
  makeStage,
  market,
  plainRules,
  type Stage,
  startTime,
  stop,
  takeProfit,
} from './engine.fixture.ts'

/** Everything that can be asked of an engine about its account. */
function everything({ engine, account }: Stage): unknown {
  return {
    orders: engine.orders(account),
    open: engine.openOrders(account),
    conditionals: engine.conditionals(account),
    fills: engine.fills(account),
    positions: engine.positions(account),
    margin: engine.margin(account, 'USDT'),
    prices: engine.prices('BTCUSDT'),
    depth: engine.depth('BTCUSDT', 50),
    trades: engine.trades('BTCUSDT', 1_000),
    klines: engine.klines('BTCUSDT', 60_000, engine.now() - 600_000, engine.now()),
    interest: engine.openInterest('BTCUSDT'),
  }
}

function begin({ engine, account }: Stage): void {
  accepted(engine.placeOrder(account, market('BUY', '3')))
  accepted(engine.placeOrder(account, limit('SELL', '1', '61000', { clientOrderId: 'a' })))
  accepted(engine.placeConditional(account, stop('SELL', '1', '59000')))
  accepted(engine.placeConditional(account, takeProfit('SELL', '1', '62000', { group: 'g' })))
  const { triggerPrice: _, ...trailing } = stop('SELL', '1', '1')
  accepted(
    engine.placeConditional(account, { ...trailing, kind: 'trailing', trailingRate: '0.01' }),
  )
}

function goOn({ engine, clock, account }: Stage): void {
  engine.setPrice('BTCUSDT', '61500')
  clock.advance(90_000)
  accepted(engine.placeOrder(account, market('SELL', '0.5')))
  engine.setPrice('BTCUSDT', '58000')
  accepted(engine.placeOrder(account, limit('BUY', '0.7', '57500')))
  engine.setPrice('BTCUSDT', '57000')
}

describe('state', () => {
  test('default: the same seed and the same calls give the same bytes', () => {
    const [one, other] = [makeStage(), makeStage()]
    for (const stage of [one, other]) {
      begin(stage)
      goOn(stage)
    }
    expect(JSON.stringify(everything(one))).toBe(JSON.stringify(everything(other)))
    expect(one.engine.exportState()).toEqual(other.engine.exportState())
  })

  test('behavior: another seed gives another market', () => {
    const [one, other] = [makeStage({}, 1), makeStage({}, 2)]
    expect(one.engine.depth('BTCUSDT', 5)).not.toEqual(other.engine.depth('BTCUSDT', 5))
    expect(one.engine.day('BTCUSDT')).not.toEqual(other.engine.day('BTCUSDT'))
    expect(one.engine.prices('BTCUSDT').mark).toBe(other.engine.prices('BTCUSDT').mark)
  })

  test('behavior: going back to a snapshot is exact, and can be done again', () => {
    const reference = makeStage()
    begin(reference)
    const before = JSON.stringify(everything(reference))
    const snapshot = reference.engine.exportState()
    goOn(reference)
    const expected = JSON.stringify(everything(reference))
    for (let round = 0; round < 2; round++) {
      // A clock that has been put back as well, and an engine that knew nothing of all this.
      const stage = makeStage()
      stage.engine.importState(snapshot)
      expect(JSON.stringify(everything(stage))).toBe(before)
      goOn(stage)
      expect(JSON.stringify(everything(stage))).toBe(expected)
    }
  })

  test('behavior: a snapshot is not touched by what happens afterwards', () => {
    const stage = makeStage()
    begin(stage)
    const snapshot = stage.engine.exportState()
    const copy = structuredClone(snapshot)
    goOn(stage)
    expect(snapshot).toEqual(copy)
    stage.engine.importState(snapshot)
    goOn(stage)
    expect(snapshot).toEqual(copy)
  })

  test('error: what no engine exported', () => {
    const { engine } = makeStage()
    for (const state of [undefined, null, 7, {}, { kind: 'other' }]) {
      expect(() => engine.importState(state)).toThrow(TypeError)
    }
  })

  test('error: an instrument without a start price', () => {
    const options = {
      instruments: [bitcoin],
      rules: plainRules,
      clock: new ManualClock(startTime),
      seed: 1,
      startPrices: { ETH: '3000' },
    }
    expect(() => createEngine(options)).toThrow('no start price for BTC')
  })

  test('behavior: rows that are handed out in lists do not open the state', () => {
    const { engine, account } = makeStage()
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    engine.orders(account).length = 0
    engine.fills(account).reverse()
    expect(engine.orders(account)).toHaveLength(1)
  })

  test('default: funding and open interest', () => {
    const { engine, account } = makeStage()
    expect(engine.fundingRate('BTCUSDT')).toMatch(/^-?0\.000\d{1,5}$/)
    expect(engine.nextFundingTime('BTCUSDT')).toBe(Date.UTC(2026, 0, 5, 8))
    const before = Number(engine.openInterest('BTCUSDT'))
    accepted(engine.placeOrder(account, market('BUY', '0.25')))
    expect(Number(engine.openInterest('BTCUSDT'))).toBeCloseTo(before + 0.25, 9)
    expect(() => engine.fundingRate('XUSDT')).toThrow(RangeError)
    expect(engine.instrument('XUSDT')).toBeUndefined()
    expect(engine.instrument('BTCUSDT')).toEqual(bitcoin)
    expect(engine.instruments.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT'])
  })
})
