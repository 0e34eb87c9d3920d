import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hasRedis, runFleet } from '../../bench/fleet.ts'

const taker = fileURLToPath(new URL('../../bench/budgetTaker.js', import.meta.url))

// The processes run what `npm run build` has made.
describe.skipIf(!hasRedis)('processes on one Redis (skipped where redis-server is absent)', () => {
  test.each([
    { processes: 4, limit: 100, windowMs: 5_000, seconds: 7 },
    { processes: 4, limit: 900, windowMs: 3_000, seconds: 5 },
  ])(
    'behavior: $processes processes stay within $limit in $windowMs ms, and each gets some of it',
    async (run) => {
      // How much of it they use is for the benchmark to say: a machine may be busy.
      const { worstWindow, shares } = await runFleet({ ...run, taker })
      expect(worstWindow).toBeLessThanOrEqual(run.limit)
      expect(Math.min(...shares)).toBeGreaterThan(0)
    },
  )
})
