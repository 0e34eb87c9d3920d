import { BITGET_UNIFIED, EXCHANGES, labelOf, type Played } from '../../support/stage.ts'
import { type ProtectionReport, Reporter } from './report.ts'
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
