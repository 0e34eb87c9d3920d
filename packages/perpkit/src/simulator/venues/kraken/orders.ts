import type { Params } from '../../server/params.ts'
import type { Answer, Handling, Operation, Route } from '../../server/types.ts'
import { cancelOne, cancelPlain, cancelTrigger } from './cancellation.ts'
import { edit, editNames } from './editing.ts'
import { textOf } from './fields.ts'
import { findListingLoosely } from './instruments.ts'
import { iso } from './numbers.ts'
import { draftNames, isLate, isTrigger, readDraft } from './orderDraft.ts'
import { place } from './placement.ts'
import { readIds } from './records.ts'
import { success, wordRefusal } from './replies.ts'
import { Failed, judge, type Verdict } from './verdict.ts'

// One order at a time, and all at once: docs/wire/kraken.md 4.5 and 4.6.

const base = '/derivatives/api/v3'

// https://docs.kraken.com/api/docs/futures-api/trading/send-order
export const sendOrder: Route = {
  method: 'POST',
  path: `${base}/sendorder`,
  access: 'signed',
  operation: sendOperation,
  parameters: draftNames,
  handle(handling) {
    const verdict = judge(() => place(handling, readDraft(handling, handling.params)))
    return success(handling, { sendStatus: verdictShape(handling, verdict) })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/edit-order-spring
export const editOrder: Route = {
  method: 'POST',
  path: `${base}/editorder`,
  access: 'signed',
  operation: 'amendOrder',
  parameters: ['orderId', 'cliOrdId', ...editNames],
  handle(handling) {
    const { params } = handling
    const ids = readIds(params, 'orderId')
    const { orderId, ...rest } = judge(() => edit(handling, params, ids))
    return success(handling, {
      editStatus: { ...(orderId !== undefined && { orderId }), ...stamped(handling, rest) },
    })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/cancel-order
export const cancelOrder: Route = {
  method: 'POST',
  path: `${base}/cancelorder`,
  access: 'signed',
  operation: 'cancelOrder',
  parameters: ['order_id', 'cliOrdId', 'processBefore'],
  handle(handling) {
    const { params } = handling
    const ids = readIds(params, 'order_id')
    const verdict = judge(() => {
      if (isLate(handling, params)) throw new Failed('wouldProcessAfterSpecifiedTime')
      return cancelOne(handling, ids)
    })
    // Recorded with a status and a time, and nothing more.
    const { clock } = handling
    const cancelStatus =
      verdict.status === 'notFound'
        ? { status: verdict.status, receivedTime: iso(clock.now()) }
        : verdictShape(handling, verdict)
    return success(handling, { cancelStatus })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders
export const cancelAllOrders: Route = {
  method: 'POST',
  path: `${base}/cancelallorders`,
  access: 'signed',
  operation: 'cancelAll',
  parameters: ['symbol'],
  handle: cancelAll,
}

/** The fields of a verdict as `sendStatus` and `cancelStatus` have them. */
export function verdictShape(handling: Handling, verdict: Verdict): Record<string, unknown> {
  const { orderId, ...rest } = verdict
  return { ...(orderId !== undefined && { order_id: orderId }), ...stamped(handling, rest) }
}

function cancelAll(handling: Handling): Answer {
  const { accountId, engine, params } = handling
  const asked = textOf(params, 'symbol')
  const listing = asked === undefined ? undefined : findListingLoosely(asked)
  if (asked !== undefined && !listing) throw wordRefusal('contractNotFound')
  const isWanted = ({ symbol }: { symbol: string }): boolean =>
    !listing || listing.engine.symbol === symbol
  const plain = engine.openOrders(accountId).filter(isWanted)
  const triggers = engine.openConditionals(accountId).filter(isWanted)
  const plainVerdicts = plain.map((order) => cancelPlain(handling, order))
  const triggerVerdicts = triggers.map((trigger) => cancelTrigger(handling, trigger))
  const cancelled = [...plainVerdicts, ...triggerVerdicts].filter(
    ({ status }) => status === 'cancelled',
  )
  return success(handling, {
    cancelStatus: {
      receivedTime: iso(handling.clock.now()),
      cancelOnly: listing?.native ?? 'all',
      status: cancelled.length > 0 ? 'cancelled' : 'noOrdersToCancel',
      cancelledOrders: cancelled.map(({ orderId, cliOrdId }) => ({
        order_id: orderId,
        ...(cliOrdId !== undefined && { cliOrdId }),
      })),
      // Triggers are listed, but have no event.
      orderEvents: plainVerdicts.flatMap(({ orderEvents }) => orderEvents),
    },
  })
}

function stamped(
  { clock }: Handling,
  { cliOrdId, orderEvents, status }: Verdict,
): Record<string, unknown> {
  return {
    ...(cliOrdId !== undefined && { cliOrdId }),
    status,
    receivedTime: iso(clock.now()),
    orderEvents,
  }
}

function sendOperation(params: Params): Operation {
  return isTrigger(params.peek('orderType')) ? 'createStop' : 'createOrder'
}
