import { createSimulator } from 'perpkit/simulator'
import { describe, it } from 'vitest'
import { answers as binanceAnswers } from '../../evidence/binance/answers.ts'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { answers as bybitAnswers } from '../../evidence/bybit/answers.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { playProbe, type Venue } from './probe.ts'

// What a venue of the simulator answers, key by key, against tables written by hand.

const VENUES: readonly Venue[] = [
  { name: 'binance', evidence: binanceAnswers, signing: binanceSigning },
  { name: 'bybit', evidence: bybitAnswers, signing: bybitSigning },
]

for (const venue of VENUES) {
  const { probes, refusals } = venue.evidence
  describe(venue.name, () => {
    for (const [kind, table] of [
      ['default', probes],
      ['error', refusals],
    ] as const) {
      it.each(table.map((probe) => [probe.title, probe] as const))(
        `${kind}: %s`,
        async (_, probe) => {
          const simulator = createSimulator({ clock: 'manual', seed: 1, venues: [venue.name] })
          try {
            const problems = await playProbe(simulator, venue, probe)
            if (problems.length > 0) throw new Error(problems.join('\n'))
          } finally {
            await simulator.close()
          }
        },
      )
    }
  })
}
