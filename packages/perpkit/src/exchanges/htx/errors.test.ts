import { describe, expect, test } from 'vitest'
import type { RawAnswer, Verdict } from '../../client/definition.ts'
import { classify, classifyEnvelope, classifyItem } from './errors.ts'

function answer(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): RawAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers, text, json: typeof body === 'string' ? undefined : body }
}

function v5(code: number | string, message = 'why'): RawAnswer {
  return answer({ code, message, data: null, ts: 1_780_315_200_123 })
}

function told(verdict: Verdict): string {
  return verdict.kind === 'refusal' ? verdict.code : verdict.kind
}

/** Every row of docs/wire/htx.md 6. */
const ROWS: readonly (readonly [expected: string, codes: string])[] = [
  ['INVALID_CREDENTIALS', '403 1253 12007 12008 1003 12004 12002 12003 12009'],
  ['INVALID_CREDENTIALS', 'api-signature-not-valid api-signature-check-failed'],
  ['PERMISSION_DENIED', '12005 1010 1012 1220 1228'],
  ['PERMISSION_DENIED', '1100 1101 1104 1105 1109 1110 1113 1205 1224 1231'],
  ['PERMISSION_DENIED', '1086 1087 1088 6001 6002 6023 1510 4002 4003 4004 4005 4006 4007'],
  ['PERMISSION_DENIED', '1206 1233'],
  ['TIMESTAMP_OUT_OF_WINDOW', '12001 12006'],
  ['RATE_LIMITED', '1032 1084 base-request-exceed-frequency-limit'],
  ['EXCHANGE_UNAVAILABLE', '1000 1001 1002 1046 1108 1431 1015 1016 1053 1054'],
  ['unknown', '1004 1031 1064'],
  ['MARKET_CLOSED', '1056 1059 1077 1078 1079 1080 1057 1058 1060 1083 1097'],
  ['UNKNOWN_SYMBOL', '1013 1014 1332'],
  ['ORDER_NOT_FOUND', '1017 1061 1051 1063 1071'],
  ['unchanged', '1062'],
  ['DUPLICATE_CLIENT_ORDER_ID', '1050'],
  ['INVALID_REQUEST', '1052 1082 1085 1401 1409 1413 1049 1502 1348 2020 1404 1408 1425 1426'],
  ['INVALID_REQUEST', '1030 1033 1034 1035 1036 1065 1066 1067 1347 1491 1497 1498 2100'],
  ['INVALID_REQUEST', 'bad-request invalid-parameter'],
  ['OFF_STEP', '1038 1412'],
  ['BELOW_MINIMUM', '1040'],
  ['ABOVE_MAXIMUM', '1041'],
  ['PRICE_OUT_OF_RANGE', '1039 1055 1069 1072 1075 1511'],
  ['POSITION_LIMIT', '1042 1043 1044 1461 1462 1463'],
  ['INSUFFICIENT_MARGIN', '1047 1090 1091 1092 1093'],
  ['REDUCE_ONLY_REJECTED', '1048 1484 1492'],
  ['STATE_CONFLICT', '1045 1493 1494 1495 1496'],
  ['LEVERAGE_REFUSED', '1037 1094 1349'],
  ['TOO_MANY_ORDERS', '1234 1235 1464 1465 1403 1427 1453 1454 1455 1468 1469 1470 1081'],
  ['WOULD_TRIGGER_IMMEDIATELY', '1405 1407'],
  ['POSITION_MODE_MISMATCH', '1499 1500'],
]
const CODES = ROWS.flatMap(([expected, codes]) =>
  codes.split(' ').map((code) => [code, expected] as const),
)

describe('classify', () => {
  test.each(CODES)('error: %s is %s, in every envelope', (code, expected) => {
    const value = /^\d+$/.test(code) ? Number(code) : code
    const bodies = [
      { code: value, message: 'why', data: null },
      { code: String(value), msg: 'why' },
      { status: 'error', err_code: value, err_msg: 'why', ts: 1 },
      { status: 'error', 'err-code': value, 'err-msg': 'why', ts: 1 },
      { code: 200, data: [{ code: value, message: 'why' }] },
      { code: 200, data: [{ success: false, error_code: value, error_msg: 'why' }] },
    ]
    for (const body of bodies) {
      const verdict = classify(answer(body))
      expect(told(verdict), JSON.stringify(body)).toBe(expected)
      expect(verdict).toMatchObject({ nativeCode: code, nativeMessage: 'why' })
    }
  })

  test.each([
    [403, 'Verification failure [校验失败]', 'INVALID_CREDENTIALS'],
    [403, 'Incorrect Access key [Access key错误]', 'INVALID_CREDENTIALS'],
    [403, 'Incorrect signature method [错误的签名方法]', 'INVALID_CREDENTIALS'],
    [403, 'Invalid submission time [提交时间错误]', 'TIMESTAMP_OUT_OF_WINDOW'],
    [403, 'The API key has no trade permission', 'PERMISSION_DENIED'],
    [1067, 'The position_side field is invalid. Please re-enter.', 'POSITION_MODE_MISMATCH'],
    [1067, 'The volume field is invalid. Please re-enter.', 'INVALID_REQUEST'],
    [1463, 'The leverage is above the maximum of this position', 'LEVERAGE_REFUSED'],
    ['invalid-parameter', 'invalid symbol', 'UNKNOWN_SYMBOL'],
    ['invalid-parameter', 'request limit', 'RATE_LIMITED'],
    ['invalid-parameter', 'invalid period', 'INVALID_REQUEST'],
  ])('error: %s that says %j is %s', (code, message, expected) => {
    expect(told(classify(v5(code, message)))).toBe(expected)
  })

  test.each([
    [{ code: 200, message: 'Success', data: {}, ts: 1 }],
    [{ code: '200', data: [] }],
    [{ code: 200, message: null, success: true, data: null }],
    [{ status: 'ok', ts: 1 }],
    [{ code: 200, data: [{ code: 200, message: 'Success' }, { algo_id: '1' }, 7] }],
    [{ code: 200, data: [{ success: true, error_code: 0 }] }],
  ])('default: success: %j', (body) => {
    expect(classify(answer(body))).toEqual({ kind: 'answer' })
  })

  test('behavior: of several items, what is gone already is no failure', () => {
    const gone = { code: 1071, message: 'cancelled' }
    const done = { code: 200, message: 'Success' }
    const busy = { code: 1004, message: 'busy' }
    expect(told(classify(answer({ code: 200, data: [gone, done] })))).toBe('answer')
    expect(told(classify(answer({ code: 200, data: [gone, gone] })))).toBe('ORDER_NOT_FOUND')
    expect(told(classify(answer({ code: 200, data: [gone, done, busy] })))).toBe('unknown')
  })

  test('behavior: a code nobody has told us of is a refusal, unless a gateway sends it', () => {
    expect(classify(v5(9999, 'new'))).toEqual({
      kind: 'refusal',
      code: 'REFUSED',
      nativeCode: '9999',
      nativeMessage: 'new',
    })
    expect(told(classify(answer({ code: 9999 }, { status: 502 })))).toBe('unknown')
    expect(told(classify(answer({ code: 9999 }, { status: 429 })))).toBe('RATE_LIMITED')
    expect(told(classify(answer({ status: 'error', ts: 1 })))).toBe('REFUSED')
    expect(told(classify(answer({ code: 200, data: [{ success: false }] })))).toBe('REFUSED')
  })

  test.each([
    [200, '', 'unknown'],
    [200, '<html>moved</html>', 'unknown'],
    [302, '', 'unknown'],
    [408, '', 'unknown'],
    [500, '', 'unknown'],
    [502, '<html>Bad Gateway</html>', 'unknown'],
    [503, 'maintenance', 'unknown'],
    [504, '', 'unknown'],
    [400, 'bad', 'INVALID_REQUEST'],
    [401, '', 'INVALID_CREDENTIALS'],
    [403, '<html>firewall</html>', 'PERMISSION_DENIED'],
    [404, '', 'INVALID_REQUEST'],
    [405, '', 'INVALID_REQUEST'],
    [418, '', 'REFUSED'],
    [429, '', 'RATE_LIMITED'],
    [451, '', 'PERMISSION_DENIED'],
  ])('error: HTTP %i with %j is %s', (status, body, expected) => {
    const verdict = classify(answer(body, { status }))
    expect(told(verdict)).toBe(expected)
    expect(verdict).toMatchObject({ nativeCode: `HTTP ${status}`, nativeMessage: body })
  })

  test.each([[{}], [[]], [null], [{ code: null }], [{ status: 1 }]])(
    'error: JSON that is no envelope of theirs: %j',
    (body) => {
      expect(told(classify(answer(body)))).toBe('unknown')
      expect(told(classify(answer(body, { status: 404 })))).toBe('INVALID_REQUEST')
    },
  )

  test('error: a success under an error status is not believed', () => {
    expect(told(classify(answer({ code: 200, data: {} }, { status: 502 })))).toBe('unknown')
    expect(told(classify(answer({ code: 200, data: {} }, { status: 404 })))).toBe('INVALID_REQUEST')
  })

  test('behavior: how long to wait is told in headers', () => {
    const limited = { code: 1032, message: 'too many', data: null, ts: 1_780_315_200_000 }
    const wait = (body: unknown, headers: Record<string, string>): unknown => {
      const verdict = classify(answer(body, { status: 429, headers }))
      return verdict.kind === 'refusal' ? verdict.retryAfterMs : verdict.kind
    }
    expect(wait(limited, { 'ratelimit-reset': '1200' })).toBe(1_200)
    expect(wait('', { 'ratelimit-reset': '0' })).toBe(0)
    const ban = { 'recovery-time': '1780315500000', 'ratelimit-reset': '1' }
    expect(wait({ ...limited, code: 1084 }, ban)).toBe(300_000)
    const dated = { ...ban, date: 'Mon, 01 Jun 2026 12:00:10 GMT' }
    expect(wait('', dated)).toBe(290_000)
    expect(wait(limited, {})).toBeUndefined()
    expect(wait(limited, { 'ratelimit-reset': 'soon' })).toBeUndefined()
  })

  test('behavior: long texts are shortened', () => {
    const verdict = classify(answer('x'.repeat(5_000), { status: 500 }))
    expect(verdict).toMatchObject({ nativeMessage: `${'x'.repeat(199)}…` })
  })
})

describe('classifyEnvelope', () => {
  test('behavior: items are not looked at, everything else is', () => {
    const failed = { code: 1047, message: 'Insufficient margin available.' }
    expect(told(classifyEnvelope(answer({ code: 200, data: [failed] })))).toBe('answer')
    expect(told(classifyEnvelope(v5(1052)))).toBe('INVALID_REQUEST')
    expect(told(classifyEnvelope(v5(1004)))).toBe('unknown')
    expect(told(classifyEnvelope(answer({ code: 200 }, { status: 502 })))).toBe('unknown')
  })
})

describe('classifyItem', () => {
  test.each([
    [{ code: 200, message: 'Success', order_id: '1' }, 'answer'],
    [{ order_id: '1' }, 'answer'],
    [{ code: 1047, message: 'margin' }, 'INSUFFICIENT_MARGIN'],
    [{ code: '1038', message: 'tick' }, 'OFF_STEP'],
    [{ code: 1004, message: 'busy' }, 'unknown'],
    [{ code: 1062, message: 'cancelling' }, 'unchanged'],
    [{ code: 9999, message: 'new' }, 'REFUSED'],
  ])('default: %j is %s', (item, expected) => {
    expect(told(classifyItem(item))).toBe(expected)
  })

  test('behavior: it keeps the words of the exchange', () => {
    expect(classifyItem({ code: 1047, message: 'margin' })).toEqual({
      kind: 'refusal',
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '1047',
      nativeMessage: 'margin',
    })
  })
})
