import { ManualClock } from '../../core/clock.ts'
import { createEngine } from './createEngine.ts'
import { bitcoin, plainRules, type Stage, startTime } from './engine.fixture.ts'
import type { EngineObserver, EngineRules } from './types.ts'

/** The stage of the engine's own tests, watched. */
export function watchedStage(observer: EngineObserver, rules: Partial<EngineRules> = {}): Stage {
  const clock = new ManualClock(startTime)
  const engine = createEngine({
    instruments: [bitcoin],
    rules: { ...plainRules, ...rules },
    clock,
    seed: 1,
    startPrices: { BTC: '60000' },
    observer,
  })
  return { engine, clock, account: engine.createAccount({ USDT: '100000' }) }
}
