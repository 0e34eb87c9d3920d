import { afterAll, describe, expect, it } from 'vitest'
import { labelOf } from '../../support/stage.ts'
import { PROTECTED, playScenarios } from './campaign.ts'
import { type ProtectionReport, tableOf } from './report.ts'

// `npm run test:protection`: positions that were promised protection, held against the truth.

const SEED = 0
const SCENARIOS = 1_500

const reports: ProtectionReport[] = []

describe.each(PROTECTED.map((played) => ({ played, label: labelOf(played) })))(
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
