import type { ErrorCode } from '../../model/errorCodes.ts'

/** `UNKNOWN`: perhaps executed. `UNCHANGED`: it is so already. */
export type Meaning = ErrorCode | 'UNCHANGED' | 'UNKNOWN'

/**
 * What a word or number of a refusal means, wherever it stands: as the error of an answer, as the
 * status of an order, or in capitals as the reason of an order event (docs/wire/kraken.md 6.2).
 */
export function meaningOf(code: string): Meaning | undefined {
  return MEANINGS.get(code) ?? PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1]
}

/** Families of which new members keep appearing. */
const PREFIXES: readonly (readonly [string, Meaning])[] = [
  ['cannotEdit', 'INVALID_REQUEST'],
  ['TRAILING_STOP_', 'INVALID_REQUEST'],
  ['LIMIT_PRICE_OFFSET_', 'INVALID_REQUEST'],
]

const MEANINGS: ReadonlyMap<string, Meaning> = byWord([
  ['INVALID_CREDENTIALS', ['authenticationError', 'request_signature_invalid', 'unauthorized']],
  ['PERMISSION_DENIED', ['insufficientPrivileges', 'accountInactive']],
  ['TIMESTAMP_OUT_OF_WINDOW', ['nonceBelowThreshold', 'nonceDuplicate']],
  // processBefore has passed: surely not executed.
  ['TIMESTAMP_OUT_OF_WINDOW', ['wouldProcessAfterSpecifiedTime']],
  ['RATE_LIMITED', ['apiLimitExceeded']],
  ['INSUFFICIENT_MARGIN', ['insufficientFunds', 'insufficientAvailableFunds']],
  ['INSUFFICIENT_MARGIN', ['92', 'INSUFFICIENT_MARGIN', 'INSUFFICIENT_CLOSING_MARGIN']],
  // It would be liquidated at once.
  ['INSUFFICIENT_MARGIN', ['41', 'wouldCauseLiquidation', 'WOULD_CAUSE_LIQUIDATION']],
  ['UNKNOWN_SYMBOL', ['87', 'contractNotFound', 'CONTRACT_DOES_NOT_EXIST', 'MARKET_NOT_FOUND']],
  // 88: not a market of the multi-collateral wallet.
  ['INVALID_REQUEST', ['11', '88', 'invalidArgument', 'requiredArgumentMissing', 'invalidUnit']],
  ['INVALID_REQUEST', ['invalidAccount', 'invalidAmount', 'Bad Request', 'Json Parse Error']],
  ['INVALID_REQUEST', ['invalidOrderType', 'invalidSide', 'invalid order type']],
  ['INVALID_REQUEST', ['orderForEditNotAStop', 'ORDER_CANNOT_HAVE_TRIGGER_PRICE']],
  ['INVALID_REQUEST', ['clientOrderIdTooBig', 'clientOrderIdTooLong', 'CLIENT_ORDER_ID_TOO_LONG']],
  ['INVALID_REQUEST', ['clientOrderIdInvalid']],
  ['OFF_STEP', ['invalidPrice', 'INVALID_PRICE']],
  // Below the step and no multiple of it are one word.
  ['OFF_STEP', ['invalidSize', 'INVALID_QUANTITY']],
  ['PRICE_OUT_OF_RANGE', ['outsidePriceCollar', 'PRICE_COLLAR']],
  ['PRICE_OUT_OF_RANGE', ['wouldIncreasePriceDislocation', 'PRICE_DISLOCATION']],
  ['POSITION_LIMIT', ['maxPositionViolation', 'MAX_POSITION_EXCEEDED']],
  // The leverage set is above what a position of this size may have.
  ['POSITION_LIMIT', ['fixedLeverageTooHigh', 'FIXED_LEVERAGE_TOO_HIGH']],
  ['TOO_MANY_ORDERS', ['tooManyOrders', 'ORDER_LIMIT_EXCEEDED']],
  ['TOO_MANY_ORDERS', ['tooManySmallOrders', 'SMALL_ORDER_LIMIT_EXCEEDED']],
  ['ORDER_NOT_FOUND', ['notFound', 'orderForEditNotFound', 'ORDER_FOR_EDIT_NOT_FOUND']],
  ['ORDER_NOT_FOUND', ['ORDER_FOR_CANCELLATION_NOT_FOUND']],
  ['DUPLICATE_CLIENT_ORDER_ID', ['clientOrderIdAlreadyExist', 'CLIENT_ORDER_ID_IN_USE']],
  ['REDUCE_ONLY_REJECTED', ['wouldNotReducePosition', 'WOULD_NOT_REDUCE_POSITION']],
  ['REDUCE_ONLY_REJECTED', ['reduceOnlyWouldIncreasePosition']],
  ['WOULD_NOT_REST', ['postWouldExecute', 'POST_WOULD_EXECUTE']],
  ['NO_LIQUIDITY', ['iocWouldNotExecute', 'IOC_WOULD_NOT_EXECUTE']],
  // It would have traded with an order of the same account.
  ['REFUSED', ['selfFill', 'WOULD_EXECUTE_SELF']],
  ['UNCHANGED', ['EDIT_HAS_NO_EFFECT', 'noOrdersToCancel']],
  ['MARKET_CLOSED', ['marketSuspended', 'MARKET_SUSPENDED', 'marketInactive', 'MARKET_INACTIVE']],
  ['MARKET_CLOSED', ['marketUnavailable', 'marketIsPostOnly', 'MARKET_IS_POST_ONLY']],
  ['UNKNOWN', ['Unavailable', 'unavailable', 'Server Error', 'unknownError', 'unknown']],
  // Part was executed before the rest was refused.
  ['UNKNOWN', ['REJECTED_AFTER_EXECUTION']],
])

function byWord(rows: readonly (readonly [Meaning, readonly string[]])[]): Map<string, Meaning> {
  return new Map(rows.flatMap(([meaning, words]) => words.map((word) => [word, meaning] as const)))
}
