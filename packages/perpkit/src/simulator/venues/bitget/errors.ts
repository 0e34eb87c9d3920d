import type { Refusal } from '../../engine/types.ts'
import type { Answer, Handling, RejectReason } from '../../server/types.ts'
import { timestampExpired, wrongSignature } from './auth.ts'
import { generationOf } from './generation.ts'
import { Refused, refusal } from './replies.ts'
import { type Situation, situations } from './situations.ts'

type Asked = Pick<Handling, 'request'>

/** The refusal of a situation in the words of the generation that was asked. */
export function refused(asked: Asked, situation: Situation, text?: string): Refused {
  const [classic, unified, usual, unifiedText = usual] = situations[situation]
  const isClassic = generationOf(asked.request.path) === 2
  return isClassic ? new Refused(classic, text ?? usual) : new Refused(unified, text ?? unifiedText)
}

export function parameterMissing(asked: Asked, name: string): Refused {
  return generationOf(asked.request.path) === 2
    ? new Refused('40019', `Parameter ${name} cannot be empty`)
    : new Refused('400172', 'Parameter verification failed')
}

export function parameterMalformed(asked: Asked, name: string): Refused {
  return generationOf(asked.request.path) === 2
    ? new Refused('40020', `Parameter ${name} error`)
    : new Refused('400172', 'Parameter verification failed')
}

/** More decimals than a price or size has: the text carries the figures on V2. */
export function tooManyDecimals(
  asked: Asked,
  name: string,
  value: string,
  places: number,
): Refused {
  const text = `Parameter verification exception ${name} checkBDScale error value=${value} checkScale=${places}`
  return refused(asked, 'scale', text)
}

/** A refusal of the engine in this venue's words. */
export function refusedByEngine(asked: Asked, refusal: Refusal): Refused {
  switch (refusal.refused) {
    case 'insufficientMargin':
    case 'isolatedMargin':
      return refused(asked, 'marginShort')
    case 'positionsOpen':
      return refused(asked, 'positionModeLocked')
    case 'ordersOpen':
      return refused(asked, 'positionModeOrders')
    case 'positionModeMismatch':
      return refused(asked, 'modeMismatch')
    case 'duplicateClientOrderId':
      return refused(asked, 'duplicateClientId')
    case 'orderNotFound':
      return refused(asked, 'orderUnknown')
    case 'tooManyOrders':
      return refused(asked, 'tooManyOrders')
    case 'marketClosed':
      return refused(asked, 'suspended')
    case 'positionRequired':
    case 'reduceOnlyRejected':
      return refused(asked, 'flat')
    case 'leverageTooHigh':
      return refused(asked, 'leverageTooHigh')
    case 'wouldTriggerImmediately':
    case 'closePositionExists':
    case 'noLiquidity':
    case 'wouldTakeLiquidity':
    case 'notFillable':
      return parameterMalformed(asked, 'triggerPrice')
  }
}

/** The venue's answer for a reason that a fault asks for. */
export function rejectWith(reason: RejectReason, handling: Handling): Answer {
  return refusal(handling, refusedFor(reason, handling))
}

function refusedFor(reason: RejectReason, handling: Handling): Refused {
  const { method, path } = handling.request
  const isPlan = /plan|tpsl|strategy/.test(path)
  switch (reason) {
    case 'insufficientMargin':
      return refused(handling, 'marginShort')
    case 'wouldTriggerImmediately':
      return refused(handling, 'stopLongMark')
    case 'reduceOnlyRejected':
      return refused(handling, isPlan ? 'protectionFlat' : 'flat')
    case 'belowMinimum':
      return refused(handling, 'sizeTooSmall')
    case 'precision':
      return refused(handling, 'offStep')
    case 'priceBand':
      return refused(handling, 'priceTooHigh')
    case 'tooManyOrders':
      return refused(handling, isPlan ? 'tooManyPlans' : 'tooManyOrders')
    case 'duplicateClientOrderId':
      return refused(handling, 'duplicateClientId')
    case 'orderNotFound':
      if (method === 'GET') return refused(handling, 'orderUnknownOnRead')
      return refused(handling, isPlan ? 'planUnknown' : 'orderUnknown')
    case 'invalidSymbol':
      return refused(handling, 'symbolUnknown')
    case 'invalidParameter':
      return parameterMalformed(handling, 'size')
    case 'invalidSignature':
      return wrongSignature()
    case 'timestampOutOfWindow':
      return timestampExpired()
    case 'permissionDenied':
      return refused(handling, 'permission')
    case 'leverageNotChanged':
      return refused(handling, 'leverageUnchanged')
    case 'marketClosed':
      return refused(handling, 'suspended')
    case 'exchangeBusy':
      return refused(handling, 'busy')
    case 'unknownState':
      return refused(handling, 'timedOut')
  }
}
