import { expect, it } from 'vitest'
import { PROTECTED } from './campaign.ts'
import { runKills } from './kills.ts'

// A short slice of the kills of `npm run test:protection`.

it('behavior: 10 kills of processes that protect leave nothing uncovered or left over', async () => {
  const played = PROTECTED.filter(({ name }) => name === 'BINANCE' || name === 'OKX')
  const reports = await Promise.all(played.map((one) => runKills(one, { seed: 7, kills: 5 })))
  for (const report of reports) {
    expect(report).toMatchObject({
      ...{ kills: 5, failed: 0, orphans: 0, reversed: 0, doubled: 0, examples: [] },
    })
  }
}, 60_000)
