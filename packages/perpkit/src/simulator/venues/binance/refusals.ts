import { isRefusal, type Refusal, type RefusalReason } from '../../engine/types.ts'
import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { findContract } from './contracts.ts'
import { answerWith, type Code, Refused } from './errors.ts'
import { leverageShape } from './leverageShape.ts'

// The engine's and the control's reasons in the venue's words: docs/wire/binance.md 4.7 and 6.

/** What the engine made, or its refusal in the venue's words, thrown. */
export function accepted<Made extends object>(
  outcome: Made | Refusal,
  special: Partial<Record<RefusalReason, Code>> = {},
): Made {
  if (!isRefusal(outcome)) return outcome
  throw refusedBy(outcome, special)
}

/** The engine's refusal in the venue's words; `special` for what this route calls otherwise. */
export function refusedBy(
  { refused }: Refusal,
  special: Partial<Record<RefusalReason, Code>> = {},
): Refused {
  return new Refused(special[refused] ?? ENGINE_REASONS[refused])
}

/** The venue's own error for a reason, as a real refusal of this request would look. */
export function rejected(reason: RejectReason, handling: Handling): Answer {
  const { method, path } = handling.request
  if (reason === 'leverageNotChanged') return notChanged(handling)
  const refused = new Refused(...rejection(reason, handling, `${method} ${path}`))
  return answerWith(refused.envelope(), refused.status)
}

const ENGINE_REASONS: Record<RefusalReason, Code> = {
  insufficientMargin: '-2019',
  wouldTriggerImmediately: '-2021',
  reduceOnlyRejected: '-2022',
  positionRequired: '-4509',
  closePositionExists: '-4130',
  duplicateClientOrderId: '-4116',
  orderNotFound: '-2011',
  wouldTakeLiquidity: '-5022',
  notFillable: '-5021',
  noLiquidity: '-4131',
  tooManyOrders: '-2025',
  leverageTooHigh: '-4028',
  // As a change of the position mode says it.
  positionsOpen: '-4068',
  ordersOpen: '-4067',
  positionModeMismatch: '-4061',
  isolatedMargin: '-4051',
  marketClosed: '-4141',
}

type Rejection = [Code, ...string[]]

function rejection(
  reason: Exclude<RejectReason, 'leverageNotChanged'>,
  { params }: Handling,
  route: string,
): Rejection {
  switch (reason) {
    case 'priceBand':
      return [params.peek('side') === 'SELL' ? '-4024' : '-4016', String(params.peek('price'))]
    case 'tooManyOrders':
      return [route.includes('/algoOrder') ? '-4045' : '-2025']
    case 'orderNotFound':
      // A cancel says "unknown order", a query or an amend "does not exist".
      return [route.startsWith('DELETE') ? '-2011' : '-2013']
    case 'marketClosed':
      return [route.startsWith('PUT') ? '-5024' : '-4141']
    case 'invalidParameter':
      return ['-1130', 'symbol']
    default:
      return [CONTROL_REASONS[reason]]
  }
}

const CONTROL_REASONS: Record<
  Exclude<
    RejectReason,
    | 'priceBand'
    | 'tooManyOrders'
    | 'orderNotFound'
    | 'marketClosed'
    | 'invalidParameter'
    | 'leverageNotChanged'
  >,
  Code
> = {
  insufficientMargin: '-2019',
  wouldTriggerImmediately: '-2021',
  reduceOnlyRejected: '-2022',
  belowMinimum: '-4004',
  precision: '-1111',
  duplicateClientOrderId: '-4116',
  invalidSymbol: '-1121',
  invalidSignature: '-1022',
  timestampOutOfWindow: '-1021',
  permissionDenied: '-2015',
  exchangeBusy: '-1008',
  // "Forwarded, result unknown"; -1008 is the one that was not executed.
  unknownState: '-1000',
}

/** Leverage as it already is is an ordinary success here; the other settings have codes for it. */
function notChanged({ request, params, engine, accountId }: Handling): Answer {
  const contract = findContract(String(params.peek('symbol')))
  if (request.path === '/fapi/v1/leverage' && contract) {
    return answerWith(leverageShape(contract, engine.leverage(accountId, contract.symbol)))
  }
  const refused = new Refused(SETTING_CODES[request.path] ?? '-4046')
  return answerWith(refused.envelope(), refused.status)
}

const SETTING_CODES: Readonly<Record<string, Code>> = {
  '/fapi/v1/marginType': '-4046',
  '/fapi/v1/positionSide/dual': '-4059',
  '/fapi/v1/multiAssetsMargin': '-4171',
}
