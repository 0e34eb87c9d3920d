import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { batchProbes } from './probesBatches.ts'
import { conditionalProbes } from './probesConditionals.ts'
import { editProbes } from './probesEdits.ts'
import { historyProbes } from './probesHistory.ts'
import { marketProbes } from './probesMarket.ts'
import { orderProbes } from './probesOrders.ts'
import { recordProbes } from './probesRecords.ts'
import { triggeredProbes } from './probesTriggered.ts'
import { refusals } from './refusals.ts'
import { orderRefusals } from './refusalsOrders.ts'
import { parameterRefusals } from './refusalsParameters.ts'
import { API, look, memberOf } from './words.ts'

/** What a venue that speaks as Kraken Futures does must answer. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: {
    request: look(`${API}/instruments/PF_XBTUSD/status`),
    read: (answer) => Date.parse(String(memberOf(answer, 'serverTime'))),
  },
  probes: [
    ...marketProbes,
    ...accountProbes,
    ...orderProbes,
    ...editProbes,
    ...conditionalProbes,
    ...triggeredProbes,
    ...batchProbes,
    ...recordProbes,
    ...historyProbes,
  ],
  refusals: [...refusals, ...parameterRefusals, ...orderRefusals],
}
