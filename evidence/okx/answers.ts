import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { algoProbes } from './probesAlgo.ts'
import { attachedProbes } from './probesAttached.ts'
import { barProbes } from './probesBars.ts'
import { closerProbes } from './probesClosers.ts'
import { firedProbes } from './probesFired.ts'
import { hedgeProbes } from './probesHedge.ts'
import { isolatedProbes } from './probesIsolated.ts'
import { marketProbes } from './probesMarket.ts'
import { orderProbes } from './probesOrders.ts'
import { parameterProbes } from './probesParameters.ts'
import { refusals } from './refusals.ts'
import { algoRefusals } from './refusalsAlgo.ts'
import { attachedRefusals } from './refusalsAttached.ts'
import { modeRefusals } from './refusalsModes.ts'
import { orderRefusals } from './refusalsOrders.ts'
import { look, member } from './words.ts'

/** What a venue that speaks as OKX V5 does must answer. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: { request: look('public/time'), read: (answer) => Number(member(answer, 'ts')) },
  probes: [
    ...parameterProbes,
    ...marketProbes,
    ...barProbes,
    ...accountProbes,
    ...orderProbes,
    ...algoProbes,
    ...firedProbes,
    ...attachedProbes,
    ...closerProbes,
    ...hedgeProbes,
    ...isolatedProbes,
  ],
  refusals: [...refusals, ...modeRefusals, ...orderRefusals, ...algoRefusals, ...attachedRefusals],
}
