import { fileURLToPath } from 'node:url'
import { hasRedis, runFleet } from './fleet.ts'
import type { Row } from './table.ts'

const QUOTAS = [
  { limit: 10, windowMs: 1_000, seconds: 12 },
  { limit: 300, windowMs: 10_000, seconds: 30 },
  { limit: 2_400, windowMs: 6_000, seconds: 18 },
]
const PROCESSES = 4

/** Four processes on one Redis, each as fast as it may: the worst window and the use of the limit. */
export async function sharedBudgets(): Promise<Row[]> {
  if (!hasRedis) return []
  const taker = fileURLToPath(new URL('../budgetTaker.js', import.meta.url))
  const rows: Row[] = []
  for (const quota of QUOTAS) {
    const { worstWindow, use } = await runFleet({ ...quota, processes: PROCESSES, taker })
    const what = `shared budget, ${PROCESSES} processes, ${quota.limit} in ${quota.windowMs} ms`
    rows.push(
      {
        claim: `${what}: worst window`,
        unit: '% of the limit',
        target: '≤ 100',
        reached: (100 * worstWindow) / quota.limit,
        rivals: {},
      },
      {
        claim: `${what}: use`,
        unit: '% of the limit',
        target: '≥ 90',
        reached: 100 * use,
        rivals: {},
      },
    )
  }
  return rows
}
