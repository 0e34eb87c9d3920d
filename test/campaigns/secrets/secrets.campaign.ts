import { afterAll, describe, expect, it } from 'vitest'
import { EXCHANGES } from '../../support/stage.ts'
import { everyTrouble } from './faults.ts'
import { playSecrets, type SecretsReport } from './play.ts'

// `npm run test:faults`: every method under every fault, at both ends of a request, on all requests
// and on writes alone, with answers that echo what was sent; no secret may be seen.

const reports: (SecretsReport & { name: string })[] = []

describe.each(EXCHANGES)('$name', (played) => {
  it('error: every method under every fault shows no secret', async () => {
    const report = await playSecrets(played, everyTrouble())
    reports.push({ ...report, name: played.name })
    expect(report.leaks.slice(0, 10)).toEqual([])
  })
})

afterAll(() => {
  const lines = reports.map(({ name, calls, failed, signed, leaks }) =>
    [name, calls, failed, signed, leaks.length].map((cell) => String(cell).padEnd(17)).join(''),
  )
  const columns = ['exchange', 'calls', 'failed', 'signed requests', 'canaries found']
  const head = columns.map((cell) => cell.padEnd(17)).join('')
  process.stdout.write(`\n${[head, ...lines].join('\n')}\n`)
})
