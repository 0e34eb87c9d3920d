import type { EndReason } from '../../engine/types.ts'
import type { OrderRecord } from './records.ts'

/** How far an order has come, in the venue's three words: docs/wire/bybit.md 4.7 and 5. */
export interface Outcome {
  orderStatus: string
  cancelType: string
  rejectReason: string
}

export function outcomeOf(record: OrderRecord): Outcome {
  const { conditional, order } = record
  if (order) {
    const { endReason, status } = order
    if (status === 'NEW') return running('New')
    if (status === 'PARTIALLY_FILLED') return running('PartiallyFilled')
    if (status === 'FILLED') return running('Filled')
    return { orderStatus: 'Cancelled', ...reasonWords(endReason, record) }
  }
  if (conditional?.status === 'WAITING') return running('Untriggered')
  if (conditional?.status === 'TRIGGERED') return running('Triggered')
  const endReason = conditional?.endReason
  // Legs that go with their position are `Cancelled` over REST; what was taken away while it waited
  // is `Deactivated`.
  const isDeactivated = endReason === 'user' || endReason === 'oco'
  return {
    orderStatus: isDeactivated ? 'Deactivated' : 'Cancelled',
    ...reasonWords(endReason, record),
  }
}

function running(orderStatus: string): Outcome {
  return { orderStatus, cancelType: 'UNKNOWN', rejectReason: 'EC_NoError' }
}

function reasonWords(
  reason: EndReason | undefined,
  record: OrderRecord,
): { cancelType: string; rejectReason: string } {
  switch (reason) {
    case 'user':
      return { cancelType: 'CancelByUser', rejectReason: 'EC_PerCancelRequest' }
    case 'noLiquidity':
      return { cancelType: 'UNKNOWN', rejectReason: 'EC_NoImmediateQtyToFill' }
    case 'wouldTakeLiquidity':
      return { cancelType: 'UNKNOWN', rejectReason: 'EC_PostOnlyWillTakeLiquidity' }
    case 'notFillable':
      return { cancelType: 'UNKNOWN', rejectReason: 'EC_CancelForNoFullFill' }
    case 'reduceOnly':
      return { cancelType: 'CancelByReduceOnly', rejectReason: 'EC_NoError' }
    case 'positionClosed':
      return { cancelType: 'CancelByTpSlTsClear', rejectReason: 'EC_NoError' }
    case 'liquidation':
      return { cancelType: 'CancelAllBeforeLiq', rejectReason: 'EC_NoError' }
    case 'oco':
      return { cancelType: otherLegCancelled(record), rejectReason: 'EC_NoError' }
    case 'selfTrade':
      return { cancelType: 'CancelBySmp', rejectReason: 'EC_BySelfMatch' }
    case 'timer':
      return { cancelType: 'CancelByDCP', rejectReason: 'EC_NoError' }
    case 'insufficientMargin':
    case undefined:
      return { cancelType: 'UNKNOWN', rejectReason: 'EC_Others' }
  }
}

function otherLegCancelled(record: OrderRecord): string {
  return record.notes.stopOrderType.endsWith('TakeProfit')
    ? 'CancelByOCOTpCanceledBySlTriggered'
    : 'CancelByOCOSlCanceledByTpTriggered'
}
