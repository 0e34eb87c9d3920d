import { expect, it } from 'vitest'
import { PROTECTED } from './campaign.ts'
import { type KillReport, runKills } from './kills.ts'

// `npm run test:protection`: processes that protect a position are killed at random instants; the next
// one has nothing but the journal on disk.

const SEED = 20_261_122
const KILLS = 1_001
/** At the same time: most of a process's life is waiting. */
const CHAINS = 4

it(`behavior: ${KILLS} kills are recovered from ${KILLS} times`, async () => {
  const waiting = PROTECTED.map((played, index) => ({ played, seed: SEED + index }))
  const reports: KillReport[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { played, seed } = next
      reports.push(await runKills(played, { seed, kills: KILLS / PROTECTED.length }))
    }
  }
  await Promise.all(Array.from({ length: CHAINS }, work))
  process.stdout.write(`\n${reports.map((report) => JSON.stringify(report)).join('\n')}\n`)
  for (const report of reports) {
    expect(report).toMatchObject({ failed: 0, orphans: 0, reversed: 0, doubled: 0, examples: [] })
  }
  expect(reports.reduce((sum, { kills }) => sum + kills, 0)).toBe(KILLS)
})
