import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { classify } from './errors.ts'
import { NOW, ORDER_ID, success } from './script.testing.ts'

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const isText = typeof body === 'string'
  const text = isText ? body : JSON.stringify(body)
  return classify({ status, headers, text, json: isText ? undefined : body })
}

const envelopeA = (error: string): unknown => ({ result: 'error', error, serverTime: NOW })
const envelopeB = (code: number, message: string): unknown => ({
  status: 'BAD_REQUEST',
  result: 'error',
  errors: [{ code, message }],
  serverTime: NOW,
})
const sent = (status: string, more: Record<string, unknown> = {}): unknown =>
  success({ sendStatus: { status, receivedTime: NOW, orderEvents: [], ...more } })

// docs/wire/kraken.md 6.2, row by row.
const ROWS: readonly (readonly [ErrorCode, readonly string[]])[] = [
  ['INVALID_CREDENTIALS', ['authenticationError', 'request_signature_invalid']],
  ['PERMISSION_DENIED', ['insufficientPrivileges', 'accountInactive']],
  ['TIMESTAMP_OUT_OF_WINDOW', ['nonceBelowThreshold', 'nonceDuplicate']],
  ['TIMESTAMP_OUT_OF_WINDOW', ['wouldProcessAfterSpecifiedTime']],
  ['RATE_LIMITED', ['apiLimitExceeded']],
  ['INSUFFICIENT_MARGIN', ['insufficientFunds', 'insufficientAvailableFunds']],
  ['INSUFFICIENT_MARGIN', ['INSUFFICIENT_MARGIN', 'INSUFFICIENT_CLOSING_MARGIN']],
  ['INSUFFICIENT_MARGIN', ['wouldCauseLiquidation', 'WOULD_CAUSE_LIQUIDATION']],
  ['UNKNOWN_SYMBOL', ['contractNotFound', 'CONTRACT_DOES_NOT_EXIST', 'MARKET_NOT_FOUND']],
  ['INVALID_REQUEST', ['invalidArgument', 'invalidArgument: symbol', 'requiredArgumentMissing']],
  ['INVALID_REQUEST', ['invalidUnit', 'invalidAccount', 'invalidAmount', 'Bad Request']],
  ['INVALID_REQUEST', ['Json Parse Error', 'invalidOrderType', 'invalidSide']],
  ['INVALID_REQUEST', ['orderForEditNotAStop', 'cannotEditTriggerPriceOfTrailingStop']],
  ['INVALID_REQUEST', ['ORDER_CANNOT_HAVE_TRIGGER_PRICE', 'TRAILING_STOP_DEVIATION_TOO_LARGE']],
  ['INVALID_REQUEST', ['LIMIT_PRICE_OFFSET_INVALID', 'cannotEditLimitPriceOfTrailingStop']],
  ['OFF_STEP', ['invalidPrice', 'INVALID_PRICE', 'invalidSize', 'INVALID_QUANTITY']],
  ['PRICE_OUT_OF_RANGE', ['outsidePriceCollar', 'PRICE_COLLAR']],
  ['PRICE_OUT_OF_RANGE', ['wouldIncreasePriceDislocation', 'PRICE_DISLOCATION']],
  ['POSITION_LIMIT', ['maxPositionViolation', 'MAX_POSITION_EXCEEDED']],
  ['POSITION_LIMIT', ['fixedLeverageTooHigh', 'FIXED_LEVERAGE_TOO_HIGH']],
  ['TOO_MANY_ORDERS', ['tooManySmallOrders', 'SMALL_ORDER_LIMIT_EXCEEDED']],
  ['TOO_MANY_ORDERS', ['tooManyOrders', 'ORDER_LIMIT_EXCEEDED']],
  ['ORDER_NOT_FOUND', ['notFound', 'orderForEditNotFound', 'ORDER_FOR_EDIT_NOT_FOUND']],
  ['ORDER_NOT_FOUND', ['ORDER_FOR_CANCELLATION_NOT_FOUND']],
  ['DUPLICATE_CLIENT_ORDER_ID', ['clientOrderIdAlreadyExist', 'CLIENT_ORDER_ID_IN_USE']],
  ['INVALID_REQUEST', ['clientOrderIdTooBig', 'clientOrderIdTooLong']],
  ['INVALID_REQUEST', ['CLIENT_ORDER_ID_TOO_LONG', 'clientOrderIdInvalid']],
  ['REDUCE_ONLY_REJECTED', ['wouldNotReducePosition', 'WOULD_NOT_REDUCE_POSITION']],
  ['REDUCE_ONLY_REJECTED', ['reduceOnlyWouldIncreasePosition']],
  ['WOULD_NOT_REST', ['postWouldExecute', 'POST_WOULD_EXECUTE']],
  ['REFUSED', ['selfFill', 'WOULD_EXECUTE_SELF', 'aWordOfTomorrow']],
  ['MARKET_CLOSED', ['marketSuspended', 'MARKET_SUSPENDED', 'marketInactive']],
  ['MARKET_CLOSED', ['marketUnavailable', 'marketIsPostOnly', 'MARKET_IS_POST_ONLY']],
]
const words = ROWS.flatMap(([code, list]) => list.map((word) => [word, code] as const))

describe('classify: words', () => {
  it.each(words)('error: %s in an answer is %s', (word, code) => {
    expect(answer(200, envelopeA(word))).toEqual({
      kind: 'refusal',
      code,
      nativeCode: word.split(':')[0],
      nativeMessage: word,
    })
  })

  it.each(words)('error: %s as the status of an order is %s, under success', (word, code) => {
    const verdict = answer(200, sent(word))
    // A status is the whole word.
    if (word.includes(':')) expect(verdict).toMatchObject({ code: 'REFUSED' })
    else expect(verdict).toEqual({ kind: 'refusal', code, nativeCode: word, nativeMessage: '' })
  })

  it.each(['Unavailable', 'unavailable', 'Server Error', 'unknownError'])(
    'error: after %s it may have been executed',
    (word) => {
      expect(answer(200, envelopeA(word)).kind).toBe('unknown')
      expect(answer(503, envelopeA(word)).kind).toBe('unknown')
    },
  )

  it('behavior: a refusal in words is believed whatever the HTTP status', () => {
    expect(answer(500, envelopeA('insufficientPrivileges'))).toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    expect(answer(500, envelopeA('aWordOfTomorrow')).kind).toBe('unknown')
  })
})

describe('classify: numbers', () => {
  it.each([
    [500, 87, 'CONTRACT_DOES_NOT_EXIST', 'UNKNOWN_SYMBOL'],
    [500, 87, 'no text', 'UNKNOWN_SYMBOL'],
    [500, 88, 'CONTRACT_NOT_FLEXIBLE_FUTURES', 'INVALID_REQUEST'],
    [500, 41, 'WOULD_CAUSE_LIQUIDATION', 'INSUFFICIENT_MARGIN'],
    [500, 41, 'no text', 'INSUFFICIENT_MARGIN'],
    [500, 92, 'INSUFFICIENT_MARGIN', 'INSUFFICIENT_MARGIN'],
    [500, 92, 'no text', 'INSUFFICIENT_MARGIN'],
    [400, 11, 'Invalid UUID string: x', 'INVALID_REQUEST'],
    [400, 11, 'invalid order type', 'INVALID_REQUEST'],
    [400, 0, '400 BAD_REQUEST', 'INVALID_REQUEST'],
    [404, 7, 'no such market', 'UNKNOWN_SYMBOL'],
    [404, 7, 'no such order', 'ORDER_NOT_FOUND'],
  ] as const)('error: HTTP %i with %i %s is %s', (status, code, message, expected) => {
    expect(answer(status, envelopeB(code, message))).toEqual({
      kind: 'refusal',
      code: expected,
      nativeCode: String(code),
      nativeMessage: message,
    })
  })

  it('error: their server failing with a number that says nothing leaves it open', () => {
    expect(answer(500, envelopeB(0, '500 INTERNAL_SERVER_ERROR'))).toEqual({
      kind: 'unknown',
      nativeCode: '0',
      nativeMessage: '500 INTERNAL_SERVER_ERROR',
    })
  })
})

describe('classify: other services and gateways', () => {
  it.each([
    [401, { status: 'unauthorized', reason: 'no key' }, 'INVALID_CREDENTIALS'],
    [
      401,
      { error: 'request_signature_invalid', message: 'bad', suberror: null },
      'INVALID_CREDENTIALS',
    ],
    [401, { error: 'something', message: 'new' }, 'INVALID_CREDENTIALS'],
    [401, 'who are you', 'INVALID_CREDENTIALS'],
    [403, '<html>blocked</html>', 'PERMISSION_DENIED'],
    [400, 'Invalid resolution', 'INVALID_REQUEST'],
    [404, 'Not found', 'UNKNOWN_SYMBOL'],
    [404, '<html>not here</html>', 'INVALID_REQUEST'],
    [405, '', 'INVALID_REQUEST'],
    [301, '<html>moved</html>', 'INVALID_REQUEST'],
    [302, '', 'INVALID_REQUEST'],
  ] as const)('error: HTTP %i %j is %s', (status, body, code) => {
    expect(answer(status, body)).toMatchObject({ kind: 'refusal', code })
  })

  it('error: 429 tells how long to wait, in seconds', () => {
    expect(answer(429, 'slow down', { 'rate-limit-reset': '7' })).toEqual({
      kind: 'refusal',
      code: 'RATE_LIMITED',
      retryAfterMs: 7_000,
      nativeCode: 'HTTP 429',
      nativeMessage: 'slow down',
    })
    expect(answer(429, '')).not.toHaveProperty('retryAfterMs')
  })

  it.each([
    [500, '<html>'],
    [502, '<html>bad gateway</html>'],
    [503, ''],
    [504, 'upstream'],
    [408, ''],
    [200, ''],
    [200, '<html>maintenance</html>'],
    [200, [1, 2]],
    [200, { result: 'perhaps' }],
    [500, { result: 'success' }],
  ])('error: HTTP %i %j leaves it open', (status, body) => {
    expect(answer(status, body).kind).toBe('unknown')
  })

  it('default: candles and history answer without an envelope', () => {
    expect(answer(200, { candles: [], more_candles: false })).toEqual({ kind: 'answer' })
    expect(answer(200, { elements: [], len: 0 })).toEqual({ kind: 'answer' })
  })

  it('behavior: long texts are cut', () => {
    expect(answer(502, 'x'.repeat(1_000))).toMatchObject({ nativeMessage: 'x'.repeat(200) })
  })
})

describe('classify: orders', () => {
  const place = { type: 'PLACE', order: { orderId: ORDER_ID } }
  const execution = { type: 'EXECUTION', price: 1, amount: 1 }
  const reject = (reason: string): unknown => ({ type: 'REJECT', uid: ORDER_ID, reason })

  it.each(['placed', 'partiallyFilled', 'filled', 'cancelled'])('default: %s stands', (status) => {
    expect(answer(200, sent(status))).toEqual({ kind: 'answer' })
  })

  it('behavior: the reason of a refusal is told besides its status', () => {
    const events = { orderEvents: [reject('INSUFFICIENT_MARGIN')] }
    expect(answer(200, sent('insufficientAvailableFunds', events))).toEqual({
      kind: 'refusal',
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: 'insufficientAvailableFunds',
      nativeMessage: 'INSUFFICIENT_MARGIN',
    })
  })

  it('behavior: placed with nothing but a rejection is a refusal by its reason', () => {
    expect(
      answer(200, sent('placed', { orderEvents: [reject('WOULD_NOT_REDUCE_POSITION')] })),
    ).toMatchObject({ kind: 'refusal', code: 'REDUCE_ONLY_REJECTED' })
  })

  it.each([
    ['placed', [execution, reject('REJECTED_AFTER_EXECUTION')]],
    ['insufficientAvailableFunds', [execution]],
    ['aWordOfTomorrow', [place]],
    ['unknown', []],
    ['placed', [reject('REJECTED_AFTER_EXECUTION')]],
  ])('error: %s with %j leaves it open', (status, orderEvents) => {
    expect(answer(200, sent(status, { orderEvents })).kind).toBe('unknown')
  })

  it('behavior: an immediate order that found nobody has ended, and is no error', () => {
    const events = { order_id: ORDER_ID, orderEvents: [reject('IOC_WOULD_NOT_EXECUTE')] }
    expect(answer(200, sent('iocWouldNotExecute', events))).toEqual({ kind: 'answer' })
    expect(answer(200, sent('iocWouldNotExecute'))).toMatchObject({ code: 'NO_LIQUIDITY' })
  })

  it.each([
    ['cancelled', { kind: 'answer' }],
    ['filled', { kind: 'refusal', code: 'ORDER_NOT_FOUND' }],
    ['notFound', { kind: 'refusal', code: 'ORDER_NOT_FOUND' }],
    ['noOrdersToCancel', { kind: 'unchanged' }],
    ['unknown', { kind: 'unknown' }],
    ['aWordOfTomorrow', { kind: 'unknown' }],
  ])('default: a cancel that says %s', (status, verdict) => {
    expect(answer(200, success({ cancelStatus: { status } }))).toMatchObject(verdict)
  })

  it.each([
    ['edited', 'answer'],
    ['orderForEditNotFound', 'refusal'],
  ])('default: an edit that says %s', (status, kind) => {
    expect(answer(200, success({ editStatus: { status, orderEvents: [] } })).kind).toBe(kind)
  })

  it('behavior: an edit without effect is one that was made before', () => {
    const orderEvents = [reject('EDIT_HAS_NO_EFFECT')]
    expect(answer(200, success({ editStatus: { status: 'edited', orderEvents } })).kind).toBe(
      'unchanged',
    )
  })
})
