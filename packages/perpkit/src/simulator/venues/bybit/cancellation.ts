import { isRefusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { orderNotFound, refusedByEngine } from './errors.ts'
import { waiting } from './legs.ts'
import type { OrderIds } from './placement.ts'
import { isOpen, isUntriggered, type OrderRecord } from './records.ts'

/** Cancels one order; refused when it has ended. */
export function cancelRecord(handling: Handling, record: OrderRecord): OrderIds {
  const { accountId, engine } = handling
  if (!isOpen(record)) throw orderNotFound('cancel')
  const cancelled = isUntriggered(record)
    ? engine.cancelConditional(accountId, record.orderId)
    : engine.cancelOrder(accountId, record.orderId)
  if (isRefusal(cancelled)) throw refusedByEngine(cancelled)
  cancelPartner(handling, record)
  return { orderId: record.orderId, orderLinkId: record.orderLinkId }
}

/** A pair of legs is coupled: cancelling one removes both (docs/wire/bybit.md 4.5). */
function cancelPartner({ accountId, engine }: Handling, { conditional, slot }: OrderRecord): void {
  const group = conditional?.group
  if (group === undefined) return
  for (const row of waiting(engine, slot)) {
    if (row.group === group) engine.cancelConditional(accountId, row.conditionalId)
  }
}
