import { EXCHANGE_REGISTRY } from 'perpkit'
import { afterAll, describe, expect, it } from 'vitest'
import { EXCHANGES, type Played } from '../../support/stage.ts'
import { emptyReport, FAULTLESS, NOTICED_WITHIN_MS, type StreamReport } from './report.ts'
import { playScript } from './script.ts'

// Seeded scripts of faults on streams; what was told is held against the truth of the venue.

/** Exchanges that have streams. */
export const STREAMING: readonly Played[] = EXCHANGES.filter(({ name }) =>
  EXCHANGE_REGISTRY.some((definition) => definition.name === name && definition.streams),
)

/** Plays scripts with the seeds from `seed` on. */
export async function playScripts(
  played: Played,
  { seed, scripts }: { seed: number; scripts: number },
): Promise<StreamReport> {
  const report = emptyReport(played.name)
  for (let each = 0; each < scripts; each++) await playScript(played, seed + each, report)
  return report
}

const SCRIPTS = 500
const SEED = 1

/** The campaign on these exchanges, with a table at its end. */
export function defineCampaign(exchanges: readonly Played[]): void {
  const reports: StreamReport[] = []
  describe.each(exchanges)('$name', (played) => {
    it(`behavior: ${SCRIPTS} scripts of faults, and streams tell the truth`, async () => {
      const report = await playScripts(played, { seed: SEED, scripts: SCRIPTS })
      reports.push(report)
      expect(report, `seeds from ${SEED} on`).toMatchObject(FAULTLESS)
      expect(report.slowestStallMs).toBeLessThanOrEqual(NOTICED_WITHIN_MS)
    })

    it('behavior: the same seed gives the same report', async () => {
      const options = { seed: SEED + SCRIPTS, scripts: 5 }
      expect(await playScripts(played, options)).toEqual(await playScripts(played, options))
    })
  })
  afterAll(() => {
    process.stdout.write(`\nseeds from ${SEED} on\n${reports.map(toText).join('\n')}\n`)
  })
}

/** A figure a line; examples last. */
function toText({ exchange, examples, ...figures }: StreamReport): string {
  const lines = Object.entries(figures).map(([name, figure]) => `  ${name.padEnd(24)}${figure}`)
  return [exchange, ...lines, ...examples.map((example) => `  ${example}`)].join('\n')
}
