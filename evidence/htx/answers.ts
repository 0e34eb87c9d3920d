import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { algoProbes } from './probesAlgo.ts'
import { cancelProbes } from './probesCancels.ts'
import { marketProbes } from './probesMarket.ts'
import { modeProbes } from './probesModes.ts'
import { orderProbes } from './probesOrders.ts'
import { recordProbes } from './probesRecords.ts'
import { triggeredProbes } from './probesTriggered.ts'
import { refusals } from './refusals.ts'
import { algoRefusals } from './refusalsAlgo.ts'
import { modeRefusals } from './refusalsModes.ts'
import { look, memberOf } from './words.ts'

/** What a venue that speaks as HTX V5 does must answer. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: { request: look('/api/v1/timestamp'), read: (answer) => Number(memberOf(answer, 'ts')) },
  probes: [
    ...marketProbes,
    ...accountProbes,
    ...orderProbes,
    ...cancelProbes,
    ...algoProbes,
    ...triggeredProbes,
    ...recordProbes,
    ...modeProbes,
  ],
  refusals: [...refusals, ...modeRefusals, ...algoRefusals],
}
