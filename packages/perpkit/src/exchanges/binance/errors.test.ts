import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { classify } from './errors.ts'

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return { status, headers, text: JSON.stringify(body), json: body }
}

function textAnswer(status: number, text: string, headers: Record<string, string> = {}) {
  return { status, headers, text, json: undefined }
}

function codeOf(code: number, msg = 'text'): string {
  const verdict = classify(answer(400, { code, msg }))
  return verdict.kind === 'refusal' ? verdict.code : verdict.kind
}

// docs/wire/binance.md 6, in its order, ranges written out.
const ROWS: [codes: number[], expected: ErrorCode | 'unknown' | 'unchanged'][] = [
  [[-1000, -1001, -1006, -1007, -4083], 'unknown'],
  [[-1002, -1099], 'INVALID_CREDENTIALS'],
  [[-1003, -1015], 'RATE_LIMITED'],
  [[-1004, -1005, -1011], 'PERMISSION_DENIED'],
  [[-1008, -1016, 239_999], 'EXCHANGE_UNAVAILABLE'],
  [[-1010, -2010], 'INVALID_REQUEST'],
  [[-1013], 'OFF_STEP'],
  [[-1021, -5028], 'TIMESTAMP_OUT_OF_WINDOW'],
  [[-1022], 'INVALID_CREDENTIALS'],
  [[-1014, -1020, -1023, -1131, -4021, -4032], 'INVALID_REQUEST'],
  [[-1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108], 'INVALID_REQUEST'],
  [[-1114, -1115, -1116, -1117, -1118, -1119, -1120], 'INVALID_REQUEST'],
  [[-1126, -1127, -1128, -1130, -1136], 'INVALID_REQUEST'],
  [[-1109, -4109], 'PERMISSION_DENIED'],
  [[-1111, -4014, -4023, -4029, -4030], 'OFF_STEP'],
  [[-1112, -2020, -4131, -5041], 'NO_LIQUIDITY'],
  [[-1121, -4144], 'UNKNOWN_SYMBOL'],
  [[-1122, -2016, -4140, -4141, -5024], 'MARKET_CLOSED'],
  [[-1125], 'REFUSED'],
  [[-2011], 'ORDER_NOT_FOUND'],
  [[-2012], 'unknown'],
  [[-2013], 'ORDER_NOT_FOUND'],
  [[-2014, -4056, -4057, -2015], 'INVALID_CREDENTIALS'],
  [[-2017, -2023], 'PERMISSION_DENIED'],
  [[-2018, -2019, -4050, -4051], 'INSUFFICIENT_MARGIN'],
  [[-2021, -4142], 'WOULD_TRIGGER_IMMEDIATELY'],
  [[-2022, -2024, -4118], 'REDUCE_ONLY_REJECTED'],
  [[-2025, -4045], 'TOO_MANY_ORDERS'],
  [[-2026, -4020, -4062, -4136, -4137, -4138, -4139], 'INVALID_REQUEST'],
  [[-2027], 'POSITION_LIMIT'],
  [[-2028], 'INSUFFICIENT_MARGIN'],
  [[-4001, -4002, -4006, -4007, -4013], 'PRICE_OUT_OF_RANGE'],
  [[-4003, -4004], 'BELOW_MINIMUM'],
  [[-4005], 'ABOVE_MAXIMUM'],
  [[-4015], 'INVALID_REQUEST'],
  [[-4016, -4024, -4183, -4184, -4210, -4211], 'PRICE_OUT_OF_RANGE'],
  [[-4028, -4161], 'LEVERAGE_REFUSED'],
  [[-4031, -4060, -4082, -4104, -4114, -4115, -4135, -4165], 'INVALID_REQUEST'],
  [[-5037, -5038, -5039, -5040], 'INVALID_REQUEST'],
  [[-4046, -4052, -4059, -4171, -5027], 'unchanged'],
  [[-4047, -4048, -4067, -4068, -4167, -4168, -4169, -4170, -4172], 'STATE_CONFLICT'],
  [[-4049, -4053, -4054, -4055], 'STATE_CONFLICT'],
  [[-4061, -4531], 'POSITION_MODE_MISMATCH'],
  [[-4087, -4088, -4192, -4400, -4401, -4408], 'PERMISSION_DENIED'],
  [[-4116], 'DUPLICATE_CLIENT_ORDER_ID'],
  [[-4117, -5043], 'EXCHANGE_UNAVAILABLE'],
  [[-4120], 'INVALID_REQUEST'],
  [[-4130], 'STATE_CONFLICT'],
  [[-4164, -5029], 'BELOW_MINIMUM'],
  [[-4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209], 'PERMISSION_DENIED'],
  [[-4402, -4403, -4411], 'PERMISSION_DENIED'],
  [[-4509], 'REDUCE_ONLY_REJECTED'],
  [[-5000], 'INVALID_REQUEST'],
  [[-5021, -5022], 'WOULD_NOT_REST'],
  [[-5025, -5026, -5047], 'INVALID_REQUEST'],
]

describe('codes', () => {
  test.each(ROWS.flatMap(([codes, expected]) => codes.map((code) => [code, expected] as const)))(
    'args: %i is %s',
    (code, expected) => {
      expect(codeOf(code)).toBe(expected)
    },
  )

  test('default: code and text are kept', () => {
    expect(classify(answer(400, { code: -2019, msg: 'Margin is insufficient.' }))).toEqual({
      kind: 'refusal',
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '-2019',
      nativeMessage: 'Margin is insufficient.',
    })
  })

  test('behavior: no change and no certainty are no refusals', () => {
    const native = { nativeCode: '-4046', nativeMessage: 'No need to change margin type.' }
    expect(classify(answer(400, { code: -4046, msg: native.nativeMessage }))).toEqual({
      kind: 'unchanged',
      ...native,
    })
    expect(classify(answer(400, { code: -1006, msg: 'UNEXPECTED_RESP' }))).toEqual({
      kind: 'unknown',
      nativeCode: '-1006',
      nativeMessage: 'UNEXPECTED_RESP',
    })
  })

  test('behavior: a code nobody has told us of is a refusal', () => {
    expect(classify(answer(400, { code: -9999, msg: 'New.' }))).toEqual({
      kind: 'refusal',
      code: 'REFUSED',
      nativeCode: '-9999',
      nativeMessage: 'New.',
    })
  })

  test.each([
    [-2010, 'Account has insufficient balance for requested action.', 'INSUFFICIENT_MARGIN'],
    [-2010, 'Order would immediately trigger.', 'WOULD_TRIGGER_IMMEDIATELY'],
    [-2010, 'Order would immediately match and take.', 'WOULD_NOT_REST'],
    [-2010, 'ReduceOnly Order is rejected.', 'REDUCE_ONLY_REJECTED'],
    [-2010, 'Duplicate order sent.', 'DUPLICATE_CLIENT_ORDER_ID'],
    [-1010, 'Unknown order sent.', 'ORDER_NOT_FOUND'],
    [-1010, 'Market is closed.', 'MARKET_CLOSED'],
    [-1013, 'Filter failure: LOT_SIZE', 'OFF_STEP'],
    [-1013, 'Filter failure: PRICE_FILTER', 'OFF_STEP'],
    [-1013, 'Filter failure: MIN_NOTIONAL', 'BELOW_MINIMUM'],
    [-1013, 'Filter failure: PERCENT_PRICE', 'PRICE_OUT_OF_RANGE'],
    [-1013, 'Filter failure: MAX_NUM_ORDERS', 'TOO_MANY_ORDERS'],
    [-1106, "Parameter 'reduceonly' sent when not required.", 'POSITION_MODE_MISMATCH'],
    [-1106, "Parameter 'price' sent when not required.", 'INVALID_REQUEST'],
  ])('args: %i by its text %j', (code, msg, expected) => {
    expect(codeOf(code, msg)).toBe(expected)
  })

  test('behavior: the text decides for no other code', () => {
    expect(codeOf(-1102, 'insufficient duplicate')).toBe('INVALID_REQUEST')
  })
})

describe('success', () => {
  test.each([
    ['an object without a code', { orderId: 1 }],
    ['an array', [{ code: -2011, msg: 'of one element' }]],
    ['code 200', { code: 200, msg: 'success' }],
    ['code "200"', { algoId: 1, code: '200', msg: 'success' }],
    ['code 0', { code: 0 }],
    ['an empty object', {}],
  ])('default: %s', (_what, body) => {
    expect(classify(answer(200, body))).toEqual({ kind: 'answer' })
  })

  test('behavior: a refusal inside a 200 is found', () => {
    expect(classify(answer(200, { code: -2022, msg: 'ReduceOnly Order is rejected.' }))).toEqual({
      kind: 'refusal',
      code: 'REDUCE_ONLY_REJECTED',
      nativeCode: '-2022',
      nativeMessage: 'ReduceOnly Order is rejected.',
    })
  })

  test('behavior: an unknown code inside a 200 is no success', () => {
    expect(classify(answer(200, { code: 'E1', msg: '' }))).toMatchObject({ code: 'REFUSED' })
  })

  test.each(['', '<html></html>', '{"orderId":1'])('error: %j is no JSON', (text) => {
    expect(classify(textAnswer(200, text))).toMatchObject({ kind: 'unknown', nativeCode: '200' })
  })
})

describe('statuses', () => {
  test.each([
    [400, 'REFUSED'],
    [401, 'INVALID_CREDENTIALS'],
    [403, 'PERMISSION_DENIED'],
    [404, 'INVALID_REQUEST'],
    [413, 'REFUSED'],
    [418, 'RATE_LIMITED'],
    [429, 'RATE_LIMITED'],
    [451, 'PERMISSION_DENIED'],
  ])('args: %i without an envelope is %s', (status, code) => {
    const html = '<html>blocked</html>'
    expect(classify(textAnswer(status, html))).toEqual({
      kind: 'refusal',
      code,
      nativeCode: String(status),
      nativeMessage: html,
    })
  })

  test('behavior: a restricted location says code 0, and is no success', () => {
    const body = {
      code: 0,
      msg: "Service unavailable from a restricted location according to 'b.'",
    }
    expect(classify(answer(451, body))).toMatchObject({
      kind: 'refusal',
      code: 'PERMISSION_DENIED',
      nativeMessage: body.msg,
    })
  })

  test('behavior: 401 with an unknown code is about the key', () => {
    expect(classify(answer(401, { code: -9999, msg: '?' }))).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    })
  })

  test.each([301, 408, 500, 502, 504, 520])('behavior: %i leaves the outcome open', (status) => {
    for (const text of ['', '<html>Bad gateway</html>', 'Service Unavailable.']) {
      expect(classify(textAnswer(status, text)).kind).toBe('unknown')
    }
  })

  test.each([
    [408, -1007, 'Timeout waiting for response from backend server.'],
    [500, -1000, 'An unknown error occurred while processing the request.'],
    [500, -2019, 'Margin is insufficient.'],
    [503, -1001, 'Unknown error, please check your request or try again later.'],
  ])('behavior: %i with %i leaves the outcome open', (status, code, msg) => {
    expect(classify(answer(status, { code, msg }))).toEqual({
      kind: 'unknown',
      nativeCode: String(code),
      nativeMessage: msg,
    })
  })

  test.each([
    'Unknown error, please check your request or try again later.',
    '<html><title>503 Service Unavailable</title></html>',
    '',
  ])('behavior: 503 %j leaves the outcome open', (text) => {
    expect(classify(textAnswer(503, text)).kind).toBe('unknown')
  })

  test.each([
    'Service Unavailable.',
    'Internal error; unable to process your request. Please try again.',
  ])('behavior: 503 %j was not executed', (text) => {
    const expected = { kind: 'refusal', code: 'EXCHANGE_UNAVAILABLE', nativeMessage: text }
    expect(classify(textAnswer(503, `${text}\n`))).toMatchObject(expected)
    expect(classify(answer(503, { code: -1001, msg: text }))).toMatchObject(expected)
  })

  test.each([
    [503, -1008],
    [503, -1016],
    [500, 239_999],
  ])('behavior: %i with %i was not executed', (status, code) => {
    expect(classify(answer(status, { code, msg: 'text' }))).toMatchObject({
      kind: 'refusal',
      code: 'EXCHANGE_UNAVAILABLE',
    })
  })

  test('behavior: a long page is shortened', () => {
    const verdict = classify(textAnswer(502, 'x'.repeat(5_000)))
    expect(verdict).toMatchObject({ nativeMessage: `${'x'.repeat(199)}…` })
  })
})

describe('rate limits', () => {
  const tooMany = { code: -1003, msg: 'Too many requests; current limit is 2400 per minute.' }
  const banned = {
    code: -1003,
    msg: 'Way too many requests; IP(1.2.3.4) banned until 1763798460000.',
  }
  // 2025-11-22 08:00:15 UTC
  const date = 'Sat, 22 Nov 2025 08:00:15 GMT'

  test('default: as the header says', () => {
    expect(classify(answer(429, tooMany, { 'retry-after': '7', date }))).toEqual({
      kind: 'refusal',
      code: 'RATE_LIMITED',
      retryAfterMs: 7_000,
      nativeCode: '-1003',
      nativeMessage: tooMany.msg,
    })
  })

  test('behavior: until the end of the ban', () => {
    expect(classify(answer(418, banned, { date }))).toMatchObject({ retryAfterMs: 45_000 })
  })

  test('behavior: a ban that is over', () => {
    const later = { date: 'Sat, 22 Nov 2025 09:00:00 GMT' }
    expect(classify(answer(418, banned, later))).toMatchObject({ retryAfterMs: 0 })
  })

  test('behavior: until the next minute', () => {
    expect(classify(answer(429, tooMany, { date }))).toMatchObject({ retryAfterMs: 45_000 })
    expect(classify(answer(400, { code: -1015, msg: '' }, { date }))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 45_000,
    })
  })

  test.each([
    ['nothing tells', {}],
    ['the header is no number', { 'retry-after': 'soon' }],
    ['the date is none', { date: 'yesterday' }],
  ])('behavior: no time where %s', (_what, headers) => {
    expect(classify(answer(429, banned, headers))).not.toHaveProperty('retryAfterMs')
  })

  test('behavior: a limit told by a gateway', () => {
    expect(classify(answer(503, tooMany, { 'retry-after': '1' }))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 1_000,
    })
  })
})
