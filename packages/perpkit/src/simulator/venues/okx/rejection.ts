import { isRecord } from '../../../core/reader.ts'
import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { denied, listName } from './auth.ts'
import { type Code, Refused } from './errors.ts'
import { findListing, listings } from './instruments.ts'
import { priceBand } from './priceBand.ts'
import { refusal } from './replies.ts'
import {
  algoAmending,
  algoCancelling,
  algoPlacing,
  amending,
  cancelling,
  placing,
  type RowKind,
  refuseRows,
} from './rows.ts'
import { passedCode } from './triggers.ts'

/** Calls that answer in rows. */
const rowKinds: Readonly<Record<string, RowKind>> = {
  '/api/v5/trade/order': placing,
  '/api/v5/trade/batch-orders': placing,
  '/api/v5/trade/cancel-order': cancelling,
  '/api/v5/trade/cancel-batch-orders': cancelling,
  '/api/v5/trade/amend-order': amending,
  '/api/v5/trade/amend-batch-orders': amending,
  '/api/v5/trade/order-algo': algoPlacing,
  '/api/v5/trade/cancel-algos': algoCancelling,
  '/api/v5/trade/amend-algos': algoAmending,
}

/** The refusal a fault asks for, where this call would say it: docs/wire/okx.md 6. */
export function rejectWith(reason: RejectReason, handling: Handling): Answer {
  if (reason === 'invalidSignature') return denied('50113')
  if (reason === 'timestampOutOfWindow') return denied('50102')
  if (reason === 'permissionDenied') return denied('50120')
  const refused = refusedFor(reason, handling)
  const { method, path } = handling.request
  const kind = method === 'POST' ? rowKinds[path] : undefined
  return kind && !refused.isOfRequest ? refuseRows(handling, kind, refused) : refusal(refused)
}

function refusedFor(
  reason: Exclude<RejectReason, 'invalidSignature' | 'timestampOutOfWindow' | 'permissionDenied'>,
  handling: Handling,
): Refused {
  const isAlgo = handling.request.path.includes('algo')
  switch (reason) {
    case 'insufficientMargin':
      return new Refused('51008', 'USDT')
    case 'wouldTriggerImmediately':
      return new Refused(passedBy(handling))
    case 'reduceOnlyRejected':
      return new Refused('51169')
    case 'belowMinimum':
      return new Refused('51020')
    case 'precision':
      return new Refused('51121')
    case 'priceBand':
      return outOfBand(handling)
    case 'tooManyOrders':
      return isAlgo ? new Refused('51261', '100') : new Refused('51103', '500')
    case 'duplicateClientOrderId':
      return new Refused(isAlgo ? '51065' : '51016')
    case 'orderNotFound':
      return new Refused(notFoundCode(handling))
    case 'invalidSymbol':
      return new Refused('51001')
    case 'invalidParameter':
      return new Refused('51000', 'instId')
    case 'leverageNotChanged':
      // There is no such code; the blocker answers for an unchanged value too.
      return new Refused('59107')
    case 'marketClosed':
      return new Refused('51022')
    case 'exchangeBusy':
      return new Refused('50013')
    case 'unknownState':
      return new Refused('50004')
  }
}

function notFoundCode({ request: { method, path } }: Handling): Code {
  if (method === 'GET') return '51603'
  if (path.endsWith('/amend-algos')) return '51527'
  return path.includes('/amend') ? '51503' : '51400'
}

/** The stop's code, or the take-profit's where that is all there is. */
function passedBy(handling: Handling): Code {
  const side = sentText(handling, 'side') === 'buy' ? 'BUY' : 'SELL'
  const isProfit =
    sentText(handling, 'slTriggerPx') === '' && sentText(handling, 'tpTriggerPx') !== ''
  return passedCode(side, isProfit ? 'tp' : 'sl', 'last')
}

function outOfBand(handling: Handling): Refused {
  const listing = findListing(sentText(handling, 'instId')) ?? listings[0]
  if (!listing) throw new Error('no contract is listed here')
  const { highestBuy, lowestSell } = priceBand(handling.engine, listing)
  return new Refused('51006', highestBuy, lowestSell)
}

/** What was sent under that name, in the first item of a list. */
function sentText({ params }: Handling, name: string): string {
  const items = params.peek(listName)
  const item: unknown = Array.isArray(items) ? items[0] : undefined
  const value = isRecord(item) ? item[name] : params.peek(name)
  return typeof value === 'string' ? value : ''
}
