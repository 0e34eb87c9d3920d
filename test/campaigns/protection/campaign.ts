import { afterAll, describe, expect, it } from 'vitest'
import { BITGET_UNIFIED, EXCHANGES, labelOf, type Played } from '../../support/stage.ts'
import { type ProtectionReport, Reporter, tableOf } from './report.ts'
import { playScenario } from './script.ts'

// Seeded lives of managed orders under faults, kills and hands, on every exchange; what the venue
// knows is held against what was promised.

/** Six exchanges, one of them with both kinds of account. */
export const PROTECTED: readonly Played[] = [...EXCHANGES, BITGET_UNIFIED]

/** Plays the scenarios with the numbers from `seed` on. */
export async function playScenarios(
  played: Played,
  { seed, scenarios }: { seed: number; scenarios: number },
): Promise<ProtectionReport> {
  const reporter = new Reporter(labelOf(played))
  for (let each = seed; each < seed + scenarios; each++) {
    reporter.add(await playScenario(played, each))
  }
  return reporter.end()
}

const SEED = 0
const SCENARIOS = 1_500

/** The campaign on these, with a table at its end. */
export function defineCampaign(protectedOnes: readonly Played[]): void {
  const reports: ProtectionReport[] = []
  describe.each(protectedOnes.map((played) => ({ played, label: labelOf(played) })))(
    '$label',
    ({ played }) => {
      it(`behavior: ${SCENARIOS} lives end flat or covered, and nothing is left over`, async () => {
        const report = await playScenarios(played, { seed: SEED, scenarios: SCENARIOS })
        reports.push(report)
        const { findings, unexplainedMs, examples } = report
        expect({ findings, unexplainedMs, examples }).toEqual({
          findings: 0,
          unexplainedMs: 0,
          examples: [],
        })
      })

      it('behavior: the same seed gives the same transcript', async () => {
        const options = { seed: SEED, scenarios: 40 }
        const first = await playScenarios(played, options)
        expect(await playScenarios(played, options)).toEqual(first)
      })
    },
  )
  afterAll(() => {
    const last = SEED + SCENARIOS - 1
    process.stdout.write(
      `\nseeds ${SEED} to ${last}, p50/p90/max ms (of so many)\n${tableOf(reports)}\n`,
    )
  })
}
