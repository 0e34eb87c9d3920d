import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { algoProbes } from './probesAlgo.ts'
import { hedgeProbes } from './probesHedge.ts'
import { isolatedProbes } from './probesIsolated.ts'
import { marketProbes } from './probesMarket.ts'
import { orderProbes } from './probesOrders.ts'
import { parameterProbes } from './probesParameters.ts'
import { refusals } from './refusals.ts'
import { modeRefusals } from './refusalsModes.ts'
import { look, member } from './words.ts'

/** What a venue that speaks as Binance USD-M does must answer. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: {
    request: look('/fapi/v1/time'),
    read: (answer) => Number(member(answer, 'serverTime')),
  },
  probes: [
    ...parameterProbes,
    ...marketProbes,
    ...accountProbes,
    ...orderProbes,
    ...algoProbes,
    ...hedgeProbes,
    ...isolatedProbes,
  ],
  refusals: [...refusals, ...modeRefusals],
}
