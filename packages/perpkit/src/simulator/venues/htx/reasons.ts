import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { outOfWindow, refused, wrongSignature } from './auth.ts'
import { firstLeverage, listings } from './contracts.ts'
import {
  clientIdRepeated,
  closeTooLarge,
  contractSuspended,
  inputError,
  marginShort,
  orderToCancelUnknown,
  orderUnknown,
  priceOffTick,
  priceOutOfBand,
  reduceOnlyTooLarge,
  stopLossPassed,
  takeProfitPassed,
  tooManyConditionals,
  tooManyOrders,
  triggerOffTick,
  unknownContract,
  volumeTooSmall,
} from './errors.ts'
import { plain } from './figures.ts'
import { priceBand } from './pricing.ts'
import { Refused, refusal, reply } from './replies.ts'
import { rules } from './rules.ts'
import { isHedged } from './sides.ts'

// Reasons that faults ask for, in this venue's words: docs/wire/htx.md 6.

/** The venue's answer for a reason that a fault asks for. */
export function rejectWith(reason: RejectReason, handling: Handling): Answer {
  switch (reason) {
    case 'invalidSignature':
      return wrongSignature(handling)
    case 'timestampOutOfWindow':
      return outOfWindow(handling)
    case 'permissionDenied':
      return refused(handling, 'Permission denied [权限不足]')
    case 'leverageNotChanged':
      // There is no word for it: setting an equal value succeeds.
      return reply(handling, {
        contract_code: handling.params.peek('contract_code') ?? '',
        margin_mode: handling.params.peek('margin_mode') ?? 'cross',
        lever_rate: Number(handling.params.peek('lever_rate') ?? firstLeverage),
      })
    case 'orderNotFound':
      return orderNotFound(handling)
    default:
      return refusal(handling, refusedFor(reason, handling))
  }
}

/** A query for conditional orders finds nothing without an error. */
function orderNotFound(handling: Handling): Answer {
  const { method, path } = handling.request
  if (path.startsWith('/v5/algo/') && method === 'GET') return reply(handling, [])
  return refusal(handling, method === 'GET' ? orderUnknown() : orderToCancelUnknown())
}

type OrdinaryReason = Exclude<
  RejectReason,
  | 'invalidSignature'
  | 'timestampOutOfWindow'
  | 'permissionDenied'
  | 'leverageNotChanged'
  | 'orderNotFound'
>

function refusedFor(reason: OrdinaryReason, handling: Handling): Refused {
  const isConditional = handling.request.path.startsWith('/v5/algo/')
  const listing = listings.find(({ native }) => native === handling.params.peek('contract_code'))
  const contract = listing?.native ?? 'BTC-USDT'
  switch (reason) {
    case 'insufficientMargin':
      return marginShort()
    case 'wouldTriggerImmediately':
      return handling.params.peek('type') === 'tp'
        ? takeProfitPassed('lower than the latest price')
        : stopLossPassed('higher than the latest price')
    case 'reduceOnlyRejected':
      return isConditional || isHedged(handling) ? closeTooLarge() : reduceOnlyTooLarge()
    case 'belowMinimum':
      return volumeTooSmall()
    case 'precision':
      return isConditional ? triggerOffTick('trigger_price', '0.1') : priceOffTick()
    case 'priceBand':
      return outOfBand(handling)
    case 'tooManyOrders':
      return isConditional
        ? tooManyConditionals(contract, rules.maxConditionalOrders)
        : tooManyOrders(contract, rules.maxOpenOrders)
    case 'duplicateClientOrderId':
      return clientIdRepeated()
    case 'invalidSymbol':
      return unknownContract()
    case 'invalidParameter':
      return inputError()
    case 'marketClosed':
      return contractSuspended()
    case 'exchangeBusy':
      return new Refused(1001, 'System is unprepared.')
    case 'unknownState':
      return new Refused(1004, 'System busy. Please try again later.')
  }
}

function outOfBand({ engine, params }: Handling): Refused {
  const [bitcoin] = listings
  const named = listings.find(({ native }) => native === params.peek('contract_code')) ?? bitcoin
  if (!named) return inputError()
  const { high, low } = priceBand(engine, named)
  return priceOutOfBand(plain(high), plain(low))
}
