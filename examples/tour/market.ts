import type { RunningSimulator } from 'perpkit/simulator'
import { loadCandles } from 'perpkit/simulator'
import { findLevels, type Levels } from './levels.ts'

/** How the tour's market moves: by command, or along real candles. */
export interface TourMarket {
  /** Which way to trade at the price there is, and where target and stop lie. */
  levels(readPrice: () => Promise<number>): Promise<Levels>
  /** Lets the market reach the first target. */
  reachTarget(levels: Levels, isThere: () => Promise<boolean>): Promise<void>
  /** Lets the market turn round and reach the stop. */
  reachStop(levels: Levels, isThere: () => Promise<boolean>): Promise<void>
}

export function createMarket(simulator: RunningSimulator, replay: string | undefined): TourMarket {
  return replay === undefined ? commanded(simulator) : replayed(simulator, replay)
}

function commanded(simulator: RunningSimulator): TourMarket {
  const move = async (price: number): Promise<void> => {
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
  }
  return {
    async levels(readPrice) {
      const price = await readPrice()
      return { side: 'BUY', target: price * 1.01, stop: price * 0.98 }
    },
    reachTarget: ({ target }) => move(target + 10),
    reachStop: ({ stop }) => move(stop - 10),
  }
}

const MINUTE = 60_000

function replayed(simulator: RunningSimulator, file: string): TourMarket {
  const candles = loadCandles(file).map(({ start, high, low }) => ({
    start,
    high: Number(high),
    low: Number(low),
  }))
  const minutes = ((candles[1]?.start ?? 0) - (candles[0]?.start ?? 0)) / MINUTE
  const start = simulator.now()
  const walkUntil = async (isThere: () => Promise<boolean>): Promise<void> => {
    const end = start + candles.length * minutes * MINUTE
    while (!(await isThere())) {
      if (simulator.now() > end) throw new Error(`${file} ends before the market got there`)
      await simulator.control.advance({ ms: minutes * MINUTE })
    }
  }
  return {
    async levels(readPrice) {
      for (;;) {
        const done = Math.floor((simulator.now() - start) / (minutes * MINUTE))
        const ahead = candles.slice(done)
        if (ahead.length === 0) throw new Error(`nothing in ${file} goes there and back again`)
        const levels = findLevels(ahead, await readPrice())
        if (levels) return levels
        await simulator.control.advance({ ms: minutes * MINUTE })
      }
    },
    reachTarget: (_, isThere) => walkUntil(isThere),
    reachStop: (_, isThere) => walkUntil(isThere),
  }
}
