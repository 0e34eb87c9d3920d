import type { Decimal } from '../../../core/decimal.ts'
import type { Refusal } from '../../engine/types.ts'
import { Refused } from './replies.ts'

// Codes: docs/wire/htx.md 4.4 and 6; texts of the error table in
// https://huobiapi.github.io/docs/usdt_swap/v1/en/

/** A required field is missing. */
export function emptyField(name: string): Refused {
  return new Refused(1066, `The ${name} field cannot be empty. Please re-enter.`, {
    market: { code: 'bad-request', text: `invalid ${name}` },
  })
}

/** A value is unknown or out of its range. */
export function invalidField(name: string): Refused {
  return new Refused(1067, `The ${name} field is invalid. Please re-enter.`, {
    market: { code: 'bad-request', text: `invalid ${name}` },
  })
}

export function unknownContract(): Refused {
  return new Refused(1013, 'This contract symbol doesnt exist.', {
    market: { code: 'invalid-parameter', text: 'invalid symbol' },
    reference: { code: 1332, text: 'The contract doesnt exist.' },
  })
}

/** What cannot be read at all, and a volume that is no whole number. */
export function inputError(): Refused {
  return new Refused(1030, 'Input error.')
}

export function volumeTooSmall(): Refused {
  return new Refused(1040, 'Invalid amount, please modify and order again.')
}

export function volumeTooLarge(most: string): Refused {
  return new Refused(
    1041,
    `The order amount exceeds the limit (${most}Cont), please modify and order again.`,
  )
}

export function priceOffTick(): Refused {
  return new Refused(
    1038,
    'The order price exceeds the precision limit, please modify and order again.',
  )
}

export function triggerOffTick(name: string, tick: Decimal): Refused {
  return new Refused(1412, `${name} does not meet with the price precision limit ${tick}.`)
}

export function priceOutOfBand(high: Decimal, low: Decimal): Refused {
  return new Refused(
    1039,
    `Buy price must be lower than ${high}USDT. Sell price must exceed ${low}USDT.`,
  )
}

export function clientIdNotInteger(): Refused {
  return new Refused(1065, 'The form number of client isn’t an integer.')
}

export function clientIdRepeated(): Refused {
  return new Refused(1050, "Customer's order number is repeated. Please try again later.")
}

export function marginShort(): Refused {
  return new Refused(1047, 'Insufficient margin available.')
}

/** A closing order without a position, or beyond it. */
export function closeTooLarge(): Refused {
  return new Refused(1048, 'Insufficient close amount available.')
}

export function reduceOnlyTooLarge(): Refused {
  return new Refused(
    1492,
    'Amount of Reduce Only order exceeds the amount available for close. Please modify.',
  )
}

export function contractSuspended(): Refused {
  return new Refused(1058, 'Your order can’t be placed due to trade suspension.')
}

/** Queries; calls that cancel say {@link orderToCancelUnknown}. */
export function orderUnknown(): Refused {
  return new Refused(1017, 'Order doesnt exist.')
}

export function orderToCancelUnknown(): Refused {
  return new Refused(1061, 'The order does not exist.')
}

export function alreadyExecuted(): Refused {
  return new Refused(1063, 'The order has been executed.')
}

export function alreadyCancelled(): Refused {
  return new Refused(1071, 'Repeated cancellation. Your order has been canceled.')
}

export function nothingToCancel(): Refused {
  return new Refused(1051, 'No orders to cancel.')
}

export function batchTooLong(): Refused {
  return new Refused(1052, 'The number exceeds the batch limit.')
}

export function leverageInvalid(): Refused {
  return new Refused(1037, 'The leverage is invalid. Please contact the customer service.')
}

export function leverageBlocked(): Refused {
  return new Refused(1045, 'Unable to switch leverage due to open orders.')
}

/** `bound` as in `'lower than 60000'`. */
export function takeProfitPassed(bound: string): Refused {
  return new Refused(1405, `The take-profit price shall not be ${bound}`)
}

export function stopLossPassed(bound: string): Refused {
  return new Refused(1407, `The stop-loss price shall not be ${bound}`)
}

export function callbackTooSmall(): Refused {
  return new Refused(1425, 'The callback rate should be at least 0.001, please modify!')
}

export function activationPassed(direction: 'higher than' | 'lower than'): Refused {
  return new Refused(1426, `The activation price should be ${direction} the latest price.`)
}

export function onlyWithOpening(): Refused {
  return new Refused(
    1404,
    'Take-profit and stop-loss orders can only be bound with orders for opening a position',
  )
}

export function noOpposite(): Refused {
  return new Refused(1016, 'The bid offer does not exist. Please input the price.')
}

/** One-way account, order of a hedge account. */
export function hedgeSideInOneWay(): Refused {
  return new Refused(
    1500,
    'The current position mode is one-way mode: orders of the hedge mode cannot be placed.',
  )
}

/** Hedge account, order of a one-way account. */
export function oneWaySideInHedge(): Refused {
  return new Refused(
    1499,
    'The current position mode is hedge mode: orders of the one-way mode cannot be placed.',
  )
}

/** There are open orders; conditional ones count. */
export function modeBlockedByOrders(): Refused {
  return new Refused(1493, 'The mode cannot be adjusted while there are open orders.')
}

export function modeBlockedByPositions(): Refused {
  return new Refused(1494, 'The mode cannot be adjusted while there are positions.')
}

export function tooManyOrders(contract: string, most: number): Refused {
  return new Refused(
    1234,
    `For ${contract} contracts, the number of the position-opening orders which are not fully ` +
      `filled cannot exceed ${most}.`,
  )
}

export function tooManyConditionals(contract: string, most: number): Refused {
  return new Refused(
    1403,
    `The number of take-profit and stop-loss orders for ${contract} contract shall not exceed ${most}`,
  )
}

/** A refusal of the engine in this venue's words; `contract` is the venue's name. */
export function refusedByEngine(refused: Refusal, contract: string): Refused {
  switch (refused.refused) {
    case 'insufficientMargin':
    case 'isolatedMargin':
      return marginShort()
    case 'reduceOnlyRejected':
      return reduceOnlyTooLarge()
    case 'duplicateClientOrderId':
      return clientIdRepeated()
    case 'tooManyOrders':
      return tooManyOrders(contract, Number(refused.details.limit))
    case 'marketClosed':
      return contractSuspended()
    case 'leverageTooHigh':
      return leverageInvalid()
    case 'orderNotFound':
      return orderToCancelUnknown()
    case 'wouldTriggerImmediately':
      return stopLossPassed('beyond the latest price')
    case 'positionRequired':
    case 'closePositionExists':
      return closeTooLarge()
    case 'ordersOpen':
      return modeBlockedByOrders()
    case 'positionsOpen':
      return modeBlockedByPositions()
    case 'positionModeMismatch':
      return refused.details.positionMode === 'hedge' ? oneWaySideInHedge() : hedgeSideInOneWay()
    case 'noLiquidity':
      return noOpposite()
    case 'wouldTakeLiquidity':
    case 'notFillable':
      return inputError()
  }
}
