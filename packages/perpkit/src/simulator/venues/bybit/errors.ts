import { type Decimal, isDecimal } from '../../../core/decimal.ts'
import type { Refusal } from '../../engine/types.ts'
import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { outOfWindow, wrongSignature } from './auth.ts'
import { scaled } from './decimals.ts'
import { Refused, refusal, reply } from './replies.ts'

// Codes and texts: docs/wire/bybit.md 6, "Texts a simulator sends", and
// https://bybit-exchange.github.io/docs/v5/error

export function parameterError(): Refused {
  return new Refused(10001, 'Request parameter error.')
}

/** `'params error: side invalid'`, the venue's usual form. */
export function invalidParameter(name: string): Refused {
  return new Refused(10001, `params error: ${name} invalid`)
}

export function categoryInvalid(): Refused {
  return new Refused(10001, 'params error: Category is invalid')
}

/** Private calls; public ones say `Not supported symbols`. */
export function symbolInvalid(symbol: string): Refused {
  return new Refused(10001, `params error: symbol invalid ${symbol}`)
}

export function symbolNotSupported(): Refused {
  return new Refused(10001, 'Not supported symbols')
}

export function scopeMissing(): Refused {
  return new Refused(
    10001,
    'Missing some parameters that must be filled in, symbol or settleCoin or baseCoin',
  )
}

export function idMissing(): Refused {
  return new Refused(10001, 'OrderId or orderLinkId is required')
}

export function quantityInvalid(): Refused {
  return new Refused(10001, 'Qty invalid')
}

export function quantityTruncated(): Refused {
  return new Refused(110017, 'orderQty will be truncated to zero')
}

export function quantityTooSmall(): Refused {
  return new Refused(10001, 'The number of contracts exceeds minimum limit allowed')
}

export function quantityTooLarge(quantity: Decimal, most: Decimal): Refused {
  return new Refused(
    10001,
    'The number of contracts exceeds maximum limit allowed: too large, ' +
      `order_qty:${scaled(quantity, 8)} > max_qty:${scaled(most, 8)}`,
  )
}

export function priceInvalid(): Refused {
  return new Refused(10001, 'Price invalid')
}

export function notionalTooSmall(minimum: Decimal, coin: string): Refused {
  return new Refused(110094, `Order does not meet minimum order value ${minimum}${coin}`)
}

function marginShort(): Refused {
  return new Refused(110007, 'ab not enough for new order')
}

export function duplicateLinkId(): Refused {
  return new Refused(110072, 'OrderLinkedID is duplicate')
}

export function flatReduceOnly(): Refused {
  return new Refused(110017, 'current position is zero, cannot fix reduce-only order qty')
}

export function sameSideReduceOnly(): Refused {
  return new Refused(110017, 'Reduce-only rule not satisfied')
}

export function contractNotLive(): Refused {
  return new Refused(110074, 'This contract is not live')
}

export function tooManyConditionals(): Refused {
  return new Refused(110009, 'The number of stop orders exceeds the maximum allowable limit')
}

export function modeMismatch(): Refused {
  return new Refused(10001, 'position idx not match position mode')
}

/** `doing`: the call it is said to. */
export function orderNotFound(doing: 'cancel' | 'replace'): Refused {
  return new Refused(110001, `order not exists or too late to ${doing}`)
}

export function zeroPosition(): Refused {
  return new Refused(10001, 'can not set tp/sl/ts for zero position')
}

/** `source` as in `triggerBy`. */
export function triggerPassed(
  direction: 'rise' | 'fall',
  trigger: Decimal,
  current: Decimal,
  source: string,
): Refused {
  const [code, word, sign] =
    direction === 'rise' ? [110092, 'Rising', '<='] : [110093, 'Falling', '>=']
  return new Refused(
    Number(code),
    `expect ${word}, but trigger_price[${scaled(trigger, 4)}] ${sign} ` +
      `current[${scaled(current, 4)}]??${source}`,
  )
}

/** One call, or one item of a batch, too many for the account. */
export function tooManyVisits(): Refused {
  return new Refused(10006, 'Too many visits!')
}

/** Orders over sockets alone; HTTP has a status for it. */
export function addressTooFrequent(): Refused {
  return new Refused(10403, 'exceed IP rate limit. 3000 requests per second per IP')
}

/** Orders over sockets alone: nothing is taken until the client has connected again. */
export function tradeRestarting(): Refused {
  return new Refused(10019, 'ws trade service is restarting, do not accept new request')
}

/** A refusal of the engine in this venue's words. */
export function refusedByEngine(refused: Refusal, doing: 'cancel' | 'replace' = 'cancel'): Refused {
  switch (refused.refused) {
    case 'insufficientMargin':
      return marginShort()
    case 'duplicateClientOrderId':
      return duplicateLinkId()
    case 'orderNotFound':
      return orderNotFound(doing)
    case 'tooManyOrders':
      return new Refused(110020, 'Not allowed to have more than 500 active orders')
    case 'marketClosed':
      return contractNotLive()
    case 'positionRequired':
      return flatReduceOnly()
    case 'reduceOnlyRejected':
      return sameSideReduceOnly()
    case 'wouldTriggerImmediately':
      return new Refused(10001, 'trigger price invalid')
    case 'leverageTooHigh':
      return new Refused(110013, 'cannot set leverage gt maxLeverage by risk limit')
    case 'noLiquidity':
      return new Refused(110118, 'The market order cannot be priced')
    case 'positionsOpen':
      return new Refused(
        110024,
        'You have an existing position, so the position mode cannot be switched.',
      )
    case 'ordersOpen':
      return new Refused(
        110028,
        'You have existing open orders, so the position mode cannot be switched.',
      )
    case 'positionModeMismatch':
      return modeMismatch()
    case 'isolatedMargin':
      return refused.details.removable === undefined
        ? new Refused(110033, "You can't set margin without an open position")
        : new Refused(110011, 'Liquidation will be triggered immediately by this adjustment')
    case 'closePositionExists':
    case 'wouldTakeLiquidity':
    case 'notFillable':
      return parameterError()
  }
}

/** The venue's answer for a reason that a fault asks for. */
export function rejectWith(reason: RejectReason, handling: Handling): Answer {
  if (reason === 'orderNotFound' && handling.request.method === 'GET') {
    // A lookup that finds nothing is no error here: docs/wire/bybit.md 4.3.
    return reply(handling, { category: 'linear', list: [], nextPageCursor: '' })
  }
  return refusal(handling, refusedFor(reason, handling))
}

function refusedFor(reason: RejectReason, handling: Handling): Refused {
  switch (reason) {
    case 'insufficientMargin':
      return marginShort()
    case 'wouldTriggerImmediately':
      return triggerPassedAsSent(handling)
    case 'reduceOnlyRejected':
      return flatReduceOnly()
    case 'belowMinimum':
      return quantityTooSmall()
    case 'precision':
      return quantityInvalid()
    case 'priceBand':
      return new Refused(110003, 'Order price exceeds the allowable range.')
    case 'tooManyOrders':
      return handling.params.peek('triggerPrice') === undefined
        ? new Refused(110020, 'Not allowed to have more than 500 active orders')
        : tooManyConditionals()
    case 'duplicateClientOrderId':
      return duplicateLinkId()
    case 'orderNotFound':
      return orderNotFound(handling.request.path.includes('amend') ? 'replace' : 'cancel')
    case 'invalidSymbol':
      return handling.request.path.startsWith('/v5/market/')
        ? symbolNotSupported()
        : symbolInvalid(String(handling.params.peek('symbol') ?? ''))
    case 'invalidParameter':
      return parameterError()
    case 'invalidSignature':
      return wrongSignature(handling)
    case 'timestampOutOfWindow':
      return outOfWindow(handling)
    case 'permissionDenied':
      return new Refused(10005, 'Permission denied, please check your API key permissions.')
    case 'leverageNotChanged':
      return new Refused(110043, 'leverage not modified')
    case 'marketClosed':
      return contractNotLive()
    case 'exchangeBusy':
      return new Refused(10016, 'Server error.')
    case 'unknownState':
      return new Refused(10000, 'Server Timeout')
  }
}

function triggerPassedAsSent(handling: Handling): Refused {
  const { params } = handling
  const given = params.peek('triggerPrice')
  const trigger = typeof given === 'string' && isDecimal(given) ? given : '0'
  const direction = params.peek('triggerDirection') === 2 ? 'fall' : 'rise'
  const source = params.peek('triggerBy')
  return triggerPassed(
    direction,
    trigger,
    trigger,
    typeof source === 'string' ? source : 'LastPrice',
  )
}
