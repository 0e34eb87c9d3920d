import { sleep } from '../../../core/clock.ts'
import { isZero } from '../../../core/decimal.ts'
import { ProtectionError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { isOpen } from '../../../model/tokens.ts'
import { createStopLossOrder } from '../../actions/conditionalOrder.ts'
import { settle } from '../settle.ts'
import type { Desk } from './desk.ts'
import { type Facts, isPositionStop } from './facts.ts'
import type { ManagedLeg } from './managedRecord.ts'
import { LOOK_FOR_MS } from './sendLegs.ts'

const ACTION = 'createManagedOrders'

/**
 * Places a stop and looks whether it is live. Rejects when it is not: an answer that only says
 * "received" is not believed until the order has been seen.
 */
export async function placeStop(
  desk: Desk,
  leg: ManagedLeg,
  position: Facts['position'],
): Promise<FuturesOrder> {
  const { client, instrument, record } = desk
  const { symbol, side, triggerSource } = record
  const { quantity, stopPrice = record.stopPrice, clientOrderId, closePosition = false } = leg
  const placed = await createStopLossOrder(
    client,
    { symbol, side, triggerSource, quantity, stopPrice, clientOrderId },
    { closePosition, marginMode: position?.marginMode, lookForMs: LOOK_FOR_MS },
  )
  const seen = await settle(
    client,
    { action: ACTION, instrument },
    placed,
    (order) => order !== placed,
  )
  const isLive = isOpen(seen.status) || !isZero(seen.executedQty)
  const isBelieved = seen !== placed || client.definition.capabilities.orderAnswer === 'state'
  if (isLive && isBelieved) return seen
  const how = seen === placed ? 'never seen' : seen.status
  throw notLive(desk, `the stop of ${quantity} at ${stopPrice}`, how)
}

/** How long a stop that was set is looked for. */
const SEEN_WITHIN_MS = 2_000

/** The stop of the position, once it shows at the price it was set to. */
export async function seenPositionStop(desk: Desk): Promise<FuturesOrder> {
  const { client, instrument, record } = desk
  const call = client.call({ action: ACTION, budgetClass: 'protect' })
  const giveUpAt = client.clock.now() + SEEN_WITHIN_MS
  for (let pause = 25; ; pause = Math.min(pause * 2, 400)) {
    const open = await client.operations.getOpenOrders(call, { instrument })
    const found = open.find(
      (order) => isPositionStop(record, order) && order.stopPrice === record.stopPrice,
    )
    if (found) return found
    if (client.clock.now() + pause > giveUpAt) break
    await sleep(client.clock, pause)
  }
  throw notLive(desk, `the stop of the position at ${record.stopPrice}`, 'never seen')
}

function notLive({ record }: Desk, stop: string, how: string): ProtectionError {
  const { exchange } = record
  return new ProtectionError(
    `${exchange} ${ACTION}: ${stop} was accepted but is not live (${how})`,
    { exchange, action: ACTION, status: 'UNPROTECTED' },
  )
}
