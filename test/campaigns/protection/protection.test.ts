import { describe, expect, it } from 'vitest'
import { labelOf } from '../../support/stage.ts'
import { PROTECTED, playScenarios } from './campaign.ts'

// A short slice of `npm run test:protection`.

const SLICE = { seed: 20_000, scenarios: 3 }

describe.each(PROTECTED.map((played) => ({ played, label: labelOf(played) })))(
  '$label',
  ({ played }) => {
    it('behavior: lives end flat or covered under faults, and the same seed tells the same', async () => {
      const report = await playScenarios(played, SLICE)
      expect(report.examples).toEqual([])
      expect(report).toMatchObject({ findings: 0, unexplainedMs: 0 })
      const again = { seed: SLICE.seed, scenarios: 1 }
      expect(await playScenarios(played, again)).toEqual(await playScenarios(played, again))
    })
  },
)
