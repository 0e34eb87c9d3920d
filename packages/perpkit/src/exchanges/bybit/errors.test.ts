import { describe, expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { classify, judge } from './errors.ts'

function answer(json: unknown, more: Partial<RawAnswer> = {}): RawAnswer {
  return { status: 200, headers: {}, text: JSON.stringify(json), json, ...more }
}

function refused(retCode: number, retMsg = ''): RawAnswer {
  return answer({ retCode, retMsg, result: {}, retExtInfo: {}, time: 1_700_000_000_000 })
}

function page(status: number, text: string): RawAnswer {
  return { status, headers: {}, text, json: undefined }
}

describe('answers', () => {
  test.each(['OK', 'success', 'SUCCESS', ''])(
    'default: 0 is success with the text %j',
    (retMsg) => {
      expect(classify(answer({ retCode: 0, retMsg, result: {} }))).toEqual({ kind: 'answer' })
    },
  )

  test('args: nothing but the code is needed', () => {
    expect(classify(answer({ retCode: 0 }))).toEqual({ kind: 'answer' })
  })

  test.each([['0'], [null], [undefined]])('error: retCode %j is no success', (retCode) => {
    expect(classify(answer({ retCode, retMsg: 'OK', result: {} })).kind).toBe('unknown')
  })

  test('error: success under a gateway status is not believed', () => {
    expect(classify(answer({ retCode: 0 }, { status: 502 })).kind).toBe('unknown')
  })
})

// docs/wire/bybit.md 6, row by row
describe('refusals', () => {
  const rows: [code: string, native: number[], text?: string][] = [
    ['INVALID_CREDENTIALS', [10003, 33004, -2015, 10007, 10004]],
    [
      'INVALID_CREDENTIALS',
      [10001],
      'empty value: apiTimestamp[] apiKey[] apiSignature[]: openapi sign params error!',
    ],
    [
      'TIMESTAMP_OUT_OF_WINDOW',
      [10002],
      'invalid request, please check your server timestamp or recv_window param. req_timestamp[1],server_timestamp[2],recv_window[3]',
    ],
    ['TIMESTAMP_OUT_OF_WINDOW', [-1], 'request expired'],
    ['PERMISSION_DENIED', [10005, 10010, 10008, 10009, 10020, 10024, 10027, 10028, 100028]],
    ['PERMISSION_DENIED', [110123, 110125, 110132, 110136, 110067, 110068, 110069, 110070]],
    ['PERMISSION_DENIED', [110124, 110119]],
    ['PERMISSION_DENIED', [10032], 'Demo trading are not supported.'],
    ['RATE_LIMITED', [10006, 10018, 20003, 170222, 10403]],
    ['INSUFFICIENT_MARGIN', [110004, 110006, 110012, 110014, 110044, 110045, 110051]],
    ['INSUFFICIENT_MARGIN', [110052, 110053, 110131, 30256, 110011, 110039, 110040, 110046]],
    ['INSUFFICIENT_MARGIN', [110007], 'ab not enough for new order'],
    ['POSITION_LIMIT', [110047, 110048, 110078, 110021, 110022]],
    ['NO_LIQUIDITY', [110118]],
    ['LEVERAGE_REFUSED', [110013, 110086, 110090, 110089, 110036, 110038]],
    ['LEVERAGE_REFUSED', [10001], 'leverage invalid'],
    ['UNKNOWN_SYMBOL', [10001], 'Not supported symbols'],
    ['UNKNOWN_SYMBOL', [10001], 'params error: symbol invalid FOOUSDT'],
    ['UNKNOWN_SYMBOL', [10029, 110037]],
    ['MARKET_CLOSED', [110074], 'This contract is not live'],
    ['MARKET_CLOSED', [110063, 110066, 110023, 110042, 30228, 110103, 110137]],
    ['MARKET_CLOSED', [110095, 110096, 110097, 110098, 110099, 110100]],
    ['INVALID_REQUEST', [10001], 'params error: side invalid'],
    ['INVALID_REQUEST', [10001], 'OrderId or orderLinkId is required'],
    [
      'INVALID_REQUEST',
      [10001],
      'Missing some parameters that must be filled in, symbol or settleCoin',
    ],
    ['POSITION_MODE_MISMATCH', [10001], 'position idx not match position mode'],
    ['INVALID_REQUEST', [10001], 'params error: TriggerDirection invalid'],
    ['INVALID_REQUEST', [10001], 'Request parameter error.'],
    ['INVALID_REQUEST', [110049, 110050, 110057, 110058, 110059, 110060]],
    ['INVALID_REQUEST', [110018, 110019, 110031, 110032, 110064, 110108, 110109, 10404, 10017]],
    ['OFF_STEP', [10001], 'Qty invalid'],
    ['OFF_STEP', [10001], 'Price invalid'],
    ['OFF_STEP', [110017], 'orderQty will be truncated to zero'],
    ['BELOW_MINIMUM', [10001], 'The number of contracts exceeds minimum limit allowed'],
    [
      'ABOVE_MAXIMUM',
      [10001],
      'The number of contracts exceeds maximum limit allowed: too large, order_qty:200000000000 > max_qty:119000000000',
    ],
    ['BELOW_MINIMUM', [110094], 'Order does not meet minimum order value 5USDT'],
    ['PRICE_OUT_OF_RANGE', [110003, 110120, 110121, 30208, 30209]],
    ['ORDER_NOT_FOUND', [110001], 'order not exists or too late to cancel'],
    ['ORDER_NOT_FOUND', [110001, 110008, 110010]],
    ['DUPLICATE_CLIENT_ORDER_ID', [110072], 'OrderLinkedID is duplicate'],
    [
      'REDUCE_ONLY_REJECTED',
      [110017],
      'current position is zero, cannot fix reduce-only order qty',
    ],
    ['REDUCE_ONLY_REJECTED', [110017], 'Reduce-only rule not satisfied'],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      [110092, 10001],
      'expect Rising, but trigger_price[600000000] <= current[601000000]??LastPrice',
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      [110093, 10001],
      'expect Falling, but trigger_price[600000000] >= current[599000000]??LastPrice',
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      [10001],
      'StopLoss:324000000 set for Buy position should lower than base_price:161600000??LastPrice',
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      [10001],
      'TakeProfit:1 set for Buy position should be higher than base_price:2??LastPrice',
    ],
    ['REDUCE_ONLY_REJECTED', [10001], 'can not set tp/sl/ts for zero position'],
    ['REFUSED', [110033, 110034]],
    ['STATE_CONFLICT', [110024, 110028, 110029, 110005, 110035, 110015, 110076, 110077]],
    ['STATE_CONFLICT', [3400045, 110073]],
    ['TOO_MANY_ORDERS', [110009, 110020, 110061]],
    ['EXCHANGE_UNAVAILABLE', [110079, 40004, 10019]],
    ['INVALID_REQUEST', [10001], 'params error: the time range should not exceed 7 days'],
    ['INVALID_REQUEST', [10001], 'params error: endTime invalid'],
    ['REFUSED', [999_999], 'a code of tomorrow'],
    ['REFUSED', [-1], 'another text'],
  ]
  const cases = rows.flatMap(([code, natives, text]) =>
    natives.map((native) => [native, text ?? 'text', code] as const),
  )

  test.each(cases)('default: %i %s is %s', (native, text, code) => {
    expect(classify(refused(native, text))).toMatchObject({
      kind: 'refusal',
      code,
      nativeCode: String(native),
    })
  })

  test('behavior: the exchange’s text is kept', () => {
    expect(classify(refused(110007, 'ab not enough for new order'))).toEqual({
      kind: 'refusal',
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '110007',
      nativeMessage: 'ab not enough for new order',
    })
  })

  test('args: no text and no result', () => {
    expect(classify(answer({ retCode: 10005, retMsg: null, result: null }))).toMatchObject({
      code: 'PERMISSION_DENIED',
      nativeMessage: '',
    })
  })

  test('args: the code counts under any status', () => {
    const json = { retCode: 10003, retMsg: 'API key is invalid.' }
    expect(classify(answer(json, { status: 401 }))).toMatchObject({ code: 'INVALID_CREDENTIALS' })
  })
})

describe('unchanged', () => {
  test.each([
    [110043, 'leverage not modified'],
    [110025, 'Position mode is not modified'],
    [110026, ''],
    [110027, ''],
    [34040, 'not modified'],
    [110075, ''],
    [10001, 'The order remains unchanged as the parameters entered match the existing ones'],
  ])('default: %i %s', (native, nativeMessage) => {
    expect(classify(refused(native, nativeMessage))).toEqual({
      kind: 'unchanged',
      nativeCode: String(native),
      nativeMessage,
    })
  })
})

describe('unknown outcomes', () => {
  test.each([10000, 10014, 10016, 429, 10429, 500000, 170001, 170007, 170032])(
    'default: %i',
    (native) => {
      expect(classify(refused(native, 'Server Timeout'))).toEqual({
        kind: 'unknown',
        nativeCode: String(native),
        nativeMessage: 'Server Timeout',
      })
    },
  )

  test.each([
    [500, ''],
    [502, '<html><body>Bad Gateway</body></html>'],
    [503, '<html><body>Maintenance</body></html>'],
    [504, 'upstream timed out'],
    [429, 'too many'],
    [408, ''],
    [302, ''],
    [200, ''],
    [200, '<html>login</html>'],
  ])('args: HTTP %i with the body %j', (status, text) => {
    expect(classify(page(status, text))).toEqual({
      kind: 'unknown',
      nativeCode: `HTTP ${status}`,
      nativeMessage: text,
    })
  })

  test('args: JSON without the envelope', () => {
    expect(classify(answer({ message: 'hello' })).kind).toBe('unknown')
    expect(classify(answer([])).kind).toBe('unknown')
  })

  test('args: a code nobody knows under a gateway status', () => {
    expect(classify({ ...refused(999_999, 'x'), status: 500 }).kind).toBe('unknown')
  })
})

describe('bodies without the envelope', () => {
  test.each([
    [400, 'INVALID_REQUEST', ''],
    [401, 'INVALID_CREDENTIALS', 'Unauthorized'],
    [403, 'PERMISSION_DENIED', '<html>The Amazon CloudFront distribution is configured…</html>'],
    [404, 'INVALID_REQUEST', '404 page not found'],
    [405, 'INVALID_REQUEST', ''],
  ])('default: HTTP %i is %s', (status, code, nativeMessage) => {
    expect(classify(page(status, nativeMessage))).toEqual({
      kind: 'refusal',
      code,
      nativeCode: `HTTP ${status}`,
      nativeMessage,
    })
  })

  test('behavior: a long page is shortened', () => {
    expect(classify(page(404, 'x'.repeat(5_000)))).toMatchObject({
      nativeMessage: 'x'.repeat(200),
    })
  })
})

describe('rate limits', () => {
  test('behavior: the pause is told in headers', () => {
    const headers = { 'x-bapi-limit-reset-timestamp': '1700000000850', timenow: '1700000000100' }
    expect(classify({ ...refused(10006, 'Too many visits!'), headers })).toEqual({
      kind: 'refusal',
      code: 'RATE_LIMITED',
      retryAfterMs: 750,
      nativeCode: '10006',
      nativeMessage: 'Too many visits!',
    })
  })

  test('args: without the exchange’s clock in a header, by that of the envelope', () => {
    const headers = { 'x-bapi-limit-reset-timestamp': '1700000000850' }
    expect(classify({ ...refused(10006), headers })).toMatchObject({ retryAfterMs: 850 })
  })

  test.each([{}, { 'x-bapi-limit-reset-timestamp': '1700000000000' }])(
    'args: nothing told: %j',
    (headers) => {
      expect(classify({ ...refused(10006), headers })).not.toHaveProperty('retryAfterMs')
    },
  )

  test('behavior: an address pauses for ten minutes', () => {
    expect(classify(page(403, 'access too frequent'))).toMatchObject({
      kind: 'refusal',
      code: 'RATE_LIMITED',
      retryAfterMs: 600_000,
    })
    expect(classify(refused(10403))).toMatchObject({ retryAfterMs: 600_000 })
  })
})

describe('secrets', () => {
  test('behavior: the text that was signed is not repeated', () => {
    const text = 'error sign! origin_string[1700000000000AKtest1234567890ab5000{"qty":"[1]"}\n]'
    expect(classify(refused(10004, text))).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      nativeMessage: 'error sign! origin_string[hidden]',
    })
  })

  test('behavior: nor key and signature of a refused header', () => {
    const text = 'apiTimestamp[17] apiKey[AKtest] apiSignature[00e0]: openapi sign params error!'
    expect(classify(refused(10001, text))).toMatchObject({
      nativeMessage:
        'apiTimestamp[17] apiKey[hidden] apiSignature[hidden]: openapi sign params error!',
    })
  })
})

describe('one order of a batch', () => {
  test.each([
    [0, 'OK', { kind: 'answer' }],
    [110007, 'ab not enough', { kind: 'refusal', code: 'INSUFFICIENT_MARGIN' }],
    [10006, 'Too many visits!', { kind: 'refusal', code: 'RATE_LIMITED' }],
    [10001, 'position idx not match position mode', { code: 'POSITION_MODE_MISMATCH' }],
    [10016, 'Server error.', { kind: 'unknown', nativeCode: '10016' }],
    [110043, '', { kind: 'unchanged' }],
    [7, 'new', { kind: 'refusal', code: 'REFUSED', nativeMessage: 'new' }],
  ])('default: %i %s', (code, text, verdict) => {
    expect(judge(code, text)).toMatchObject(verdict)
  })
})
