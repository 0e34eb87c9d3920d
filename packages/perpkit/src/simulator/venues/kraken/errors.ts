import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { unauthenticated } from './auth.ts'
import { batchRefusal } from './batches.ts'
import { textOf } from './fields.ts'
import { verdictShape } from './orders.ts'
import { json, listRefusal, success, wordRefusal } from './replies.ts'

// What a fault can have the venue say: docs/wire/kraken.md 6.

/** Reasons that are told as the status of an order: HTTP 200 and `result: success`. */
const statuses: Partial<Record<RejectReason, string>> = {
  insufficientMargin: 'insufficientAvailableFunds',
  wouldTriggerImmediately: 'postWouldExecute',
  reduceOnlyRejected: 'wouldNotReducePosition',
  belowMinimum: 'invalidSize',
  precision: 'invalidPrice',
  priceBand: 'outsidePriceCollar',
  tooManyOrders: 'tooManyOrders',
  duplicateClientOrderId: 'clientOrderIdAlreadyExist',
  marketClosed: 'marketSuspended',
}

/** The venue's answer for a reason that a fault asks for. */
export function rejectWith(reason: RejectReason, handling: Handling): Answer {
  const { path } = handling.request
  const status = statuses[reason]
  if (status !== undefined && !path.endsWith('/leveragepreferences')) {
    return statusAnswer(handling, status)
  }
  switch (reason) {
    case 'orderNotFound':
      return notFoundAnswer(handling)
    case 'invalidSymbol':
      return path.endsWith('/leveragepreferences')
        ? listRefusal(500, 87, 'CONTRACT_DOES_NOT_EXIST').toAnswer(handling)
        : wordRefusal('contractNotFound').toAnswer(handling)
    case 'insufficientMargin':
      return listRefusal(500, 92, 'INSUFFICIENT_MARGIN').toAnswer(handling)
    case 'invalidSignature':
      return unauthenticated(handling)
    case 'timestampOutOfWindow':
      return wordRefusal('nonceBelowThreshold').toAnswer(handling)
    case 'permissionDenied':
      return wordRefusal('insufficientPrivileges').toAnswer(handling)
    case 'leverageNotChanged':
      // The same value again is a plain success.
      return success(handling)
    case 'exchangeBusy':
      return unavailable(handling)
    case 'unknownState':
      return wordRefusal('Server Error', 500).toAnswer(handling)
    default:
      return wordRefusal('invalidArgument').toAnswer(handling)
  }
}

/** Maintenance and overload look alike. */
export function unavailable(handling?: Handling): Answer {
  return handling
    ? wordRefusal('Unavailable', 503).toAnswer(handling)
    : json(503, { result: 'error', error: 'Unavailable' })
}

function statusAnswer(handling: Handling, status: string): Answer {
  const verdict = verdictShape(handling, { status, orderEvents: [] })
  switch (handling.request.path.split('/').at(-1)) {
    case 'sendorder': {
      const cliOrdId = textOf(handling.params, 'cliOrdId')
      return success(handling, {
        sendStatus: { ...verdict, ...(cliOrdId !== undefined && { cliOrdId }) },
      })
    }
    case 'editorder':
      return success(handling, { editStatus: verdict })
    case 'cancelorder':
    case 'cancelallorders':
      return success(handling, { cancelStatus: verdict })
    case 'batchorder':
      return batchRefusal(handling, status)
    default:
      return wordRefusal(status).toAnswer(handling)
  }
}

function notFoundAnswer(handling: Handling): Answer {
  const { path } = handling.request
  if (path.endsWith('/editorder')) return statusAnswer(handling, 'orderForEditNotFound')
  // A lookup that finds nothing is no error: docs/wire/kraken.md 4.8.
  if (path.endsWith('/orders/status')) return success(handling, { orders: [] })
  return statusAnswer(handling, 'notFound')
}
