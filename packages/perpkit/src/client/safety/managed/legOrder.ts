import type { FuturesOrder } from '../../../model/order.ts'
import { opposite } from '../../../model/tokens.ts'
import { isOurWord, type ManagedLeg, type ManagedRecord } from './managedRecord.ts'

/** A leg as an order, from what is written down of it: what a restart knows before it has looked. */
export function legOrder(record: ManagedRecord, leg: ManagedLeg): FuturesOrder {
  const { symbol, nativeSymbol, side, entry } = record
  const isEntry = leg.kind === 'ENTRY'
  const price = (isEntry && entry?.price) || '0'
  return {
    orderId: leg.orderId ?? '',
    clientOrderId: leg.clientOrderId,
    symbol,
    nativeSymbol,
    side: isEntry ? opposite(side) : side,
    type: typeOf(leg, price !== '0'),
    quantity: leg.quantity,
    price,
    status: statusOf(leg),
    executedQty: leg.executedQty,
    timeInForce: (isEntry && entry?.timeInForce) || 'GTC',
    ...(leg.averagePrice !== undefined && { averagePrice: leg.averagePrice }),
    ...(leg.stopPrice !== undefined && { stopPrice: leg.stopPrice }),
    ...(leg.closePosition && { closePosition: true }),
    reduceOnly: !isEntry,
  }
}

function typeOf({ kind }: ManagedLeg, isLimit: boolean): FuturesOrder['type'] {
  if (kind === 'TARGET') return 'TAKE_PROFIT_MARKET'
  if (kind === 'STOP' || kind === 'BRIDGE') return 'STOP_MARKET'
  return isLimit ? 'LIMIT' : 'MARKET'
}

function statusOf({ status, kind }: ManagedLeg): FuturesOrder['status'] {
  if (!isOurWord(status)) return status
  if (status === 'REFUSED' || status === 'MISSING') return 'REJECTED'
  // Nobody has told that it ended, or how.
  return kind === 'ENTRY' || kind === 'CLOSE' ? 'NEW' : 'PENDING'
}
