import { createSimulator } from 'perpkit/simulator'
import { describe, it } from 'vitest'
import { answers as binanceAnswers } from '../../evidence/binance/answers.ts'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { answers as bitgetAnswers } from '../../evidence/bitget/answers.ts'
import { answers as bitgetUnifiedAnswers } from '../../evidence/bitget/answersUnified.ts'
import { signing as bitgetSigning } from '../../evidence/bitget/sign.ts'
import { answers as bybitAnswers } from '../../evidence/bybit/answers.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { answers as htxAnswers } from '../../evidence/htx/answers.ts'
import { signing as htxSigning } from '../../evidence/htx/sign.ts'
import { answers as krakenAnswers } from '../../evidence/kraken/answers.ts'
import { signing as krakenSigning } from '../../evidence/kraken/sign.ts'
import { answers as okxAnswers } from '../../evidence/okx/answers.ts'
import { signing as okxSigning } from '../../evidence/okx/sign.ts'
import { playProbe, type Venue } from './probe.ts'

// What a venue of the simulator answers, key by key, against tables written by hand.

const VENUES: readonly Venue[] = [
  { name: 'binance', evidence: binanceAnswers, signing: binanceSigning },
  { name: 'bitget', evidence: bitgetAnswers, signing: bitgetSigning },
  { name: 'bitget', kind: 'unified', evidence: bitgetUnifiedAnswers, signing: bitgetSigning },
  { name: 'bybit', evidence: bybitAnswers, signing: bybitSigning },
  { name: 'htx', evidence: htxAnswers, signing: htxSigning },
  { name: 'kraken', evidence: krakenAnswers, signing: krakenSigning },
  { name: 'okx', evidence: okxAnswers, signing: okxSigning },
]

for (const venue of VENUES) {
  const { probes, refusals } = venue.evidence
  describe([venue.name, venue.kind].filter((word) => word !== undefined).join(' '), () => {
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
