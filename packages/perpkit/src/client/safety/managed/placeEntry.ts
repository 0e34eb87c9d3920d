import { isZero } from '../../../core/decimal.ts'
import { PerpkitError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { isOpen, opposite } from '../../../model/tokens.ts'
import { closePosition } from '../../actions/closePosition.ts'
import { placePlainOrder, preparePlainOrder } from '../../actions/plainOrder.ts'
import { settle } from '../settle.ts'
import type { Desk } from './desk.ts'
import type { ManagedLeg } from './managedRecord.ts'
import { LOOK_FOR_MS } from './sendLegs.ts'

const ACTION = 'openProtectedPosition'

/** Sends the entry once, and reads it until something of it has filled or it rests or has ended. */
export async function placeEntry(desk: Desk, leg: ManagedLeg): Promise<FuturesOrder> {
  const { client, instrument, record, signal } = desk
  const { symbol, entry, stopPrice, triggerSource } = record
  if (!entry) throw new TypeError(`${record.id} has no entry`)
  const { quantity, clientOrderId } = leg
  const side = opposite(record.side)
  const order = {
    symbol,
    side,
    quantity,
    clientOrderId,
    awaitFill: false,
    ...(signal && { signal }),
  }
  const { price, timeInForce } = entry
  const request =
    price === undefined
      ? ({ ...order, type: 'MARKET' } as const)
      : ({ ...order, type: 'LIMIT', price, ...(timeInForce && { timeInForce }) } as const)
  const prepared = await preparePlainOrder(client, ACTION, request)
  const placed = await placePlainOrder(client, {
    ...prepared,
    intent(placement) {
      const intent = prepared.intent(placement)
      return entry.isAttached ? { ...intent, stopLoss: { stopPrice, triggerSource } } : intent
    },
  })
  const isLimit = price !== undefined
  return settle(
    client,
    { action: ACTION, instrument },
    placed,
    (read) => !isZero(read.executedQty) || !isOpen(read.status) || (isLimit && read !== placed),
  )
}

/** Closes a part of the position with a reduce-only market order. */
export async function placeClosing(desk: Desk, leg: ManagedLeg): Promise<FuturesOrder> {
  const { client, record } = desk
  const { symbol, side, positionSide } = record
  const { quantity, clientOrderId } = leg
  const request = {
    type: 'MARKET',
    symbol,
    side,
    quantity,
    clientOrderId,
    reduceOnly: true,
  } as const
  try {
    const prepared = await preparePlainOrder(client, 'closePosition', request)
    return await placePlainOrder(client, { ...prepared, lookForMs: LOOK_FOR_MS })
  } catch (error) {
    const isInTheWay = PerpkitError.is(error) && error.code === 'REDUCE_ONLY_REJECTED'
    if (!isInTheWay || record.covers !== 'POSITION') throw error
    // Resting reduce-only orders may use the position up: closing all of it clears them away.
    const order = await closePosition(client, symbol, { positionSide })
    if (!order) throw error
    return order
  }
}
