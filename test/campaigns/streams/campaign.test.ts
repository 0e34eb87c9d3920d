import { describe, expect, it } from 'vitest'
import { playScripts, STREAMING } from './campaign.ts'
import { FAULTLESS } from './report.ts'

// A short slice of `npm run test:streams`: a script with faults, and one without any.

const SLICE = { seed: 39, scripts: 2 }

describe.each(STREAMING)('$name', (played) => {
  it('behavior: streams under faults tell the truth', async () => {
    expect(await playScripts(played, SLICE), `seed ${SLICE.seed}`).toMatchObject(FAULTLESS)
  })
})
