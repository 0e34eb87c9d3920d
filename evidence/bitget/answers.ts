import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { cancelProbes } from './probesCancels.ts'
import { hedgeProbes } from './probesHedge.ts'
import { marketProbes } from './probesMarket.ts'
import { orderProbes } from './probesOrders.ts'
import { planProbes } from './probesPlans.ts'
import { recordProbes } from './probesRecords.ts'
import { triggerProbes } from './probesTriggers.ts'
import { refusals } from './refusals.ts'
import { modeRefusals } from './refusalsModes.ts'
import { planRefusals } from './refusalsPlans.ts'
import { look, member } from './words.ts'

/** What a venue that speaks as Bitget V2 does must answer a classic account. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: {
    request: look('v2/public/time'),
    read: (answer) => Number(member(answer, 'serverTime')),
  },
  probes: [
    ...marketProbes,
    ...accountProbes,
    ...orderProbes,
    ...cancelProbes,
    ...planProbes,
    ...triggerProbes,
    ...recordProbes,
    ...hedgeProbes,
  ],
  refusals: [...refusals, ...modeRefusals, ...planRefusals],
}
