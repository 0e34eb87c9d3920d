import { afterAll, describe, expect, it } from 'vitest'
import { EXCHANGES } from '../../support/stage.ts'
import { type CampaignReport, playCampaign } from './campaign.ts'

// `npm run test:faults`: what the library believes of its orders, held against the truth.

const SUBMISSIONS = 2_000
const SEED = 20_261_122
/** As many runs of their own: each starts on a fresh simulator. */
const PARTS = 4

const reports: CampaignReport[] = []

describe.each(EXCHANGES)('$name', (played) => {
  it(`behavior: ${SUBMISSIONS} submissions under every fault end in the truth`, async () => {
    for (let part = 0; part < PARTS; part++) {
      const options = { seed: SEED + part, submissions: SUBMISSIONS / PARTS }
      const report = await playCampaign(played, options)
      reports.push(report)
      expect(report, `seed ${options.seed}`).toMatchObject({
        duplicates: 0,
        wrongBeliefs: 0,
        unresolved: 0,
        repeated: 0,
        limitBreaches: 0,
        examples: [],
      })
    }
  })

  it('behavior: the same seed gives the same report', async () => {
    const options = { seed: SEED, submissions: 100 }
    expect(await playCampaign(played, options)).toEqual(await playCampaign(played, options))
  })
})

const COLUMNS = [
  'submissions',
  'done',
  'rejected',
  'notSent',
  'unknown',
  'duplicates',
  'wrongBeliefs',
  'unresolved',
  'repeated',
  'limitBreaches',
] as const

afterAll(() => {
  const lines = EXCHANGES.map(({ name }) => {
    const own = reports.filter(({ exchange }) => exchange === name)
    const sums = COLUMNS.map((column) => own.reduce((sum, report) => sum + report[column], 0))
    return [name, ...sums].map((cell) => String(cell).padEnd(13)).join('')
  })
  const head = ['exchange', ...COLUMNS].map((cell) => cell.padEnd(13)).join('')
  process.stdout.write(`\nseeds ${SEED} to ${SEED + PARTS - 1}\n${[head, ...lines].join('\n')}\n`)
})
