import { describe, expect, it } from 'vitest'
import { EXCHANGES } from '../../support/stage.ts'
import { playCampaign } from './campaign.ts'

// A short slice of `npm run test:faults`.

const SLICE = { seed: 11, submissions: 150 }

describe.each(EXCHANGES)('$name', (played) => {
  it('behavior: submissions under faults end in the truth, and the same seed tells the same', async () => {
    const report = await playCampaign(played, SLICE)
    expect(report, `seed ${SLICE.seed}`).toMatchObject({
      duplicates: 0,
      wrongBeliefs: 0,
      unresolved: 0,
      repeated: 0,
      limitBreaches: 0,
      examples: [],
    })
    expect(report.done).toBeGreaterThan(100)
    expect(await playCampaign(played, SLICE)).toEqual(report)
  })
})
