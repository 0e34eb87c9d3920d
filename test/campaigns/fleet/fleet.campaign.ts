import { afterAll, describe, expect, it } from 'vitest'
import { hasRedis } from '../../../bench/fleet.ts'
import { EXCHANGES } from '../../support/stage.ts'
import { type FleetReport, playFleet, type Work } from './fleet.ts'

// `npm run test:faults`: processes that share one key, one address and one Redis stay within what a
// venue allows and use nearly all of it. They run what `npm run build` has made.

const PROCESSES = 4
const STEADY_MS = 12_000
const WORKS: readonly Work[] = ['orders', 'reads']

const reports: FleetReport[] = []

describe.skipIf(!hasRedis)('a fleet on one Redis (skipped where redis-server is absent)', () => {
  const runs = EXCHANGES.flatMap(({ name, venue }) => WORKS.map((work) => ({ name, venue, work })))

  it.each(runs)('behavior: $name, $work: no limit is broken, 90 % of one is used', async (run) => {
    const report = await playFleet({ ...run, processes: PROCESSES, steadyMs: STEADY_MS })
    reports.push(report)
    expect(report.errors).toEqual({})
    expect(report.breaches).toBe(0)
    expect(usedShare(report)).toBeGreaterThanOrEqual(0.9)
  })
})

afterAll(() => {
  const rows = reports.map((report) => {
    const { exchange, work, busiest, requests, breaches, errors, lost } = report
    const limit = `${busiest.limit} / ${busiest.windowMs / 1_000} s`
    const failed = Object.values(errors).reduce((sum, count) => sum + count, 0)
    const used = `${(usedShare(report) * 100).toFixed(1)} %`
    const allowed = busiest.allowed.toFixed(1)
    return [exchange, work, busiest.bucket, limit, allowed, used, requests, breaches, failed, lost]
  })
  const lines = [HEAD, ...rows].map((row) =>
    row.map((cell, column) => String(cell).padEnd(WIDTHS[column] ?? 10)).join(''),
  )
  if (rows.length > 0) process.stdout.write(`\n${PROCESSES} processes\n${lines.join('\n')}\n`)
})

const HEAD = [
  'exchange',
  'work',
  'bucket',
  'limit',
  'allowed',
  'used',
  'requests',
  'breaches',
  'errors',
  'Redis lost',
] as const
const WIDTHS: readonly number[] = [10, 8, 40, 13]

function usedShare({ busiest }: FleetReport): number {
  return busiest.used / busiest.allowed
}
