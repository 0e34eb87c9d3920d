import type { AnswerEvidence } from '../../test/wire/evidence.ts'
import { answers as classic } from './answers.ts'
import { unifiedAccountProbes } from './probesUnifiedAccount.ts'
import { unifiedCancelProbes } from './probesUnifiedCancels.ts'
import { unifiedMarketProbes } from './probesUnifiedMarket.ts'
import { unifiedOrderProbes } from './probesUnifiedOrders.ts'
import { unifiedStrategyProbes } from './probesUnifiedStrategies.ts'
import { unifiedTriggerProbes } from './probesUnifiedTriggers.ts'
import { unifiedRefusals } from './refusalsUnified.ts'

/** What a venue that speaks as Bitget V3 does must answer a unified account. */
export const answers: AnswerEvidence = {
  opening: classic.opening,
  time: classic.time,
  probes: [
    ...unifiedMarketProbes,
    ...unifiedAccountProbes,
    ...unifiedOrderProbes,
    ...unifiedCancelProbes,
    ...unifiedStrategyProbes,
    ...unifiedTriggerProbes,
  ],
  refusals: unifiedRefusals,
}
