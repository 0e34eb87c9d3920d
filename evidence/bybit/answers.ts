import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { accountProbes } from './probesAccount.ts'
import { hedgeProbes } from './probesHedge.ts'
import { isolatedProbes } from './probesIsolated.ts'
import { marketProbes } from './probesMarket.ts'
import { orderProbes } from './probesOrders.ts'
import { parameterProbes } from './probesParameters.ts'
import { recordProbes } from './probesRecords.ts'
import { tradingStopProbes } from './probesTradingStop.ts'
import { refusals } from './refusals.ts'
import { modeRefusals } from './refusalsModes.ts'
import { protectionRefusals } from './refusalsProtection.ts'
import { look, memberOf } from './words.ts'

/** What a venue that speaks as Bybit V5 does must answer. */
export const answers: AnswerEvidence = {
  opening: [{ price: ['BTCUSDT', '60000'] }],
  time: { request: look('/v5/market/time'), read: (answer) => Number(memberOf(answer, 'time')) },
  probes: [
    ...parameterProbes,
    ...marketProbes,
    ...accountProbes,
    ...orderProbes,
    ...tradingStopProbes,
    ...recordProbes,
    ...hedgeProbes,
    ...isolatedProbes,
  ],
  refusals: [...refusals, ...modeRefusals, ...protectionRefusals],
}
