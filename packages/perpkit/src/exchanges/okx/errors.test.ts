import { describe, expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import type { ERROR_CODES } from '../../model/errorCodes.ts'
import { classify } from './errors.ts'

function answer(json: unknown, status = 200): RawAnswer {
  return { status, headers: {}, text: JSON.stringify(json), json }
}

function page(status: number, text: string, headers: Record<string, string> = {}): RawAnswer {
  return { status, headers, text, json: undefined }
}

function envelope(code: string | number, msg = '', status = 200): RawAnswer {
  return answer({ code, msg, data: [] }, status)
}

function rows(code: string, ...data: [sCode: string, sMsg?: string][]): RawAnswer {
  const items = data.map(([sCode, sMsg = '']) => ({ ordId: '1', sCode, sMsg }))
  return answer({ code, msg: 'All operations failed', data: items })
}

describe('answers', () => {
  test.each([
    { code: '0', msg: '', data: [] },
    { code: '0', msg: '', data: [{ ordId: '1', sCode: '0', sMsg: 'Order placed' }] },
    { code: '0', msg: '', data: [['1795334400000', '1', '2']] },
    { code: 0, data: {} },
    { code: '0', data: [{ ordId: '1', sCode: '' }, null] },
  ])('default: %j is success', (json) => {
    expect(classify(answer(json))).toEqual({ kind: 'answer' })
  })

  test('error: success under a gateway status is not believed', () => {
    expect(classify(envelope('0', '', 502)).kind).toBe('unknown')
  })

  test.each([[{}], [{ code: null }], [{ code: '' }], [[]], ['0'], [null]])(
    'error: %j is no envelope',
    (json) => {
      expect(classify(answer(json)).kind).toBe('unknown')
    },
  )
})

// docs/wire/okx.md 6, row by row; ranges as the sheet writes them
const table: [code: keyof typeof ERROR_CODES, native: string][] = [
  ['INVALID_REQUEST', '50000 50002'],
  ['EXCHANGE_UNAVAILABLE', '50001 50013 50005 64008'],
  ['INVALID_REQUEST', '50006 50014 50015 50016 50024 50025 50039 50115 51000 51003 51015 51175'],
  ['INVALID_REQUEST', '51176 51178 51204 51407 51500 60012 60013 60018 60019 60027 60028 60033'],
  ['INVALID_REQUEST', '64000 64004 404'],
  ['RATE_LIMITED', '50011 50040 50061 60014 60023'],
  ['PERMISSION_DENIED', '50007 50008 50009 50010 50012 50017 50018 50019 50020 50021 50022 50023'],
  ['PERMISSION_DENIED', '50027 50028 50029 50030 50032 50033 50035 50041 50051 50052 50059 50060'],
  ['PERMISSION_DENIED', '50100 50110 50120 50121 51024 51009 51155 54092 64003'],
  ['INVALID_CREDENTIALS', '50101 50103 50104 50105 50106 50107 50108 50109 50111 50113 50114'],
  ['INVALID_CREDENTIALS', '50119 60005 60007 60009 60024 60032 4001'],
  ['TIMESTAMP_OUT_OF_WINDOW', '50102 50112 60004 60006 50036 50037'],
  ['UNSUPPORTED', '50038 50046 50053 50062 51298'],
  ['UNSUPPORTED', '50072 51010 51039 51041 51070 59111'],
  ['UNKNOWN_SYMBOL', '51001 51014 51021'],
  ['MARKET_CLOSED', '51022 51027 51028 51029 51030 51124 51508 54012'],
  ['INSUFFICIENT_MARGIN', '51008 51131 51127 51502 59106 59108 59103'],
  ['POSITION_LIMIT', '51004 51104 51105 51106 51107 51108 51129 51186 51187 54031'],
  ['ABOVE_MAXIMUM', '51005 51101 51033 51185 51201 51202 51203 51252 51275 51312 54009'],
  ['BELOW_MINIMUM', '50122 51007 51020 51120'],
  ['OFF_STEP', '51121 51150 51514'],
  ['INVALID_REQUEST', '51116 51122'],
  ['PRICE_OUT_OF_RANGE', '51006 51031 51135 51136 51137 51138 51250'],
  ['DUPLICATE_CLIENT_ORDER_ID', '51016 50071 51011 51065 51068'],
  ['REDUCE_ONLY_REJECTED', '51023 51043 51058'],
  ['ORDER_NOT_FOUND', '51063 51603 51527 51400 51503 51509 51510 51401 51402 51405 51416'],
  ['REDUCE_ONLY_REJECTED', '51112 51148 51169 51170 51171 51205 51206 51521 51522'],
  ['WOULD_TRIGGER_IMMEDIATELY', '51277 51278 51279 51280 51300 51301 51302 51303 51304 51305'],
  ['WOULD_TRIGGER_IMMEDIATELY', '51306 51307 51308 51046 51047 51048 51049 51050 51051 51052'],
  ['WOULD_TRIGGER_IMMEDIATELY', '51053 51258 51259'],
  ['INVALID_REQUEST', '51044 51076 51083 51095 51096 51099 51100 51257 51311 51327 51333 51538'],
  ['INVALID_REQUEST', '51539 54070 51111 51501 59300 59301'],
  ['TOO_MANY_ORDERS', '51102 51103 51174 51117 51025 51165 51260 51261 51299'],
  ['STATE_CONFLICT', '51113 51115 59000 59101 59107 59112 59668 59669'],
  ['REFUSED', '51512 51513 51506 51511 51523 51524 51525 51526 51528 51529 51530 51531 51532'],
  ['LEVERAGE_REFUSED', '59102 59105 59104 59109'],
]
const cases = table.flatMap(([code, native]) =>
  native.split(' ').map((nativeCode): [string, string] => [nativeCode, code]),
)

describe('refusals', () => {
  test.each(cases)('default: %s is %s, in the envelope and in a row', (nativeCode, code) => {
    const expected = { kind: 'refusal', code, nativeCode, nativeMessage: 'why' }
    expect(classify(envelope(nativeCode, 'why'))).toMatchObject(expected)
    expect(classify(envelope(Number(nativeCode), 'why'))).toMatchObject(expected)
    expect(classify(rows('1', [nativeCode, 'why']))).toMatchObject(expected)
    expect(classify(rows('0', [nativeCode, 'why']))).toMatchObject(expected)
  })

  test('default: no code stands in two rows', () => {
    const natives = cases.map(([native]) => native)
    expect(natives.filter((native, index) => natives.indexOf(native) !== index)).toEqual([])
  })

  test.each([
    ['50102', 'Timestamp request expired', 'TIMESTAMP_OUT_OF_WINDOW'],
    ['50119', "API key doesn't exist", 'INVALID_CREDENTIALS'],
    ['50113', 'Invalid Sign', 'INVALID_CREDENTIALS'],
    ['50103', 'Request header OK-ACCESS-KEY can not be empty.', 'INVALID_CREDENTIALS'],
    ['50101', 'APIKey does not match current environment.', 'INVALID_CREDENTIALS'],
  ])('default: the gateway says %s without data', (nativeCode, msg, code) => {
    expect(classify(answer({ msg, code: nativeCode }, 401))).toEqual({
      kind: 'refusal',
      code,
      nativeCode,
      nativeMessage: msg,
    })
  })

  test.each(['Parameter posSide error ', 'Parameter posSide  error'])(
    'behavior: 51000 with %j is the position mode',
    (text) => {
      const expected = { kind: 'refusal', code: 'POSITION_MODE_MISMATCH' }
      expect(classify(rows('1', ['51000', text]))).toMatchObject(expected)
      expect(classify(envelope('51000', text, 400))).toMatchObject(expected)
    },
  )

  test.each(['Parameter tdMode  error', 'Parameter mgnMode error'])(
    'behavior: 51000 with %j is margin the account does not have',
    (text) => {
      expect(classify(rows('1', ['51000', text]))).toMatchObject({ code: 'UNSUPPORTED' })
    },
  )

  test('behavior: 51000 with the leverage is the leverage', () => {
    expect(classify(envelope('51000', 'Parameter lever  error', 400))).toMatchObject({
      code: 'LEVERAGE_REFUSED',
    })
  })

  test.each(['51113', '51115'])('behavior: %s with 429 is no rate limit', (code) => {
    expect(classify(envelope(code, '', 429))).toMatchObject({ code: 'STATE_CONFLICT' })
  })

  test.each([200, 429])('behavior: 50011 with %i waits for its window', (status) => {
    expect(classify(envelope('50011', 'Too Many Requests', status))).toEqual({
      kind: 'refusal',
      code: 'RATE_LIMITED',
      retryAfterMs: 2_000,
      nativeCode: '50011',
      nativeMessage: 'Too Many Requests',
    })
  })

  test('error: a code without a word of ours', () => {
    expect(classify(envelope('58999', 'New'))).toMatchObject({ kind: 'refusal', code: 'REFUSED' })
    expect(classify(envelope('58999', 'New', 503)).kind).toBe('unknown')
  })

  test('error: everything failed, and no row says why', () => {
    expect(classify(envelope('1', 'Operation failed.'))).toEqual({
      kind: 'refusal',
      code: 'REFUSED',
      nativeCode: '1',
      nativeMessage: 'Operation failed.',
    })
  })
})

describe('batches', () => {
  test('behavior: what failed is told, not what went well', () => {
    const verdict = classify(rows('2', ['0'], ['51400', 'Cancellation failed'], ['0']))
    expect(verdict).toMatchObject({ code: 'ORDER_NOT_FOUND', nativeCode: '51400' })
  })

  test('behavior: the worst of several', () => {
    expect(classify(rows('1', ['51400'], ['50001']))).toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
    })
    expect(classify(rows('1', ['51400'], ['51412'])).kind).toBe('unknown')
    expect(classify(rows('1', ['51410'], ['51400']))).toMatchObject({ code: 'ORDER_NOT_FOUND' })
    expect(classify(rows('1', ['51410'], ['58999']))).toMatchObject({ nativeCode: '58999' })
    expect(classify(rows('2', ['51410'], ['0'])).kind).toBe('unchanged')
  })

  test('error: a part failed, and no row says which', () => {
    expect(classify(envelope('2')).kind).toBe('unknown')
  })
})

describe('unchanged', () => {
  test('default: it is being cancelled already', () => {
    expect(classify(rows('1', ['51410', 'being cancelled']))).toEqual({
      kind: 'unchanged',
      nativeCode: '51410',
      nativeMessage: 'being cancelled',
    })
  })
})

describe('perhaps executed', () => {
  test.each(['50004', '51054', '51149', '64007', '51412', '50026', '63999'])(
    'default: %s',
    (code) => {
      expect(classify(envelope(code, '', 500))).toEqual({
        kind: 'unknown',
        nativeCode: code,
        nativeMessage: '',
      })
      expect(classify(rows('1', [code])).kind).toBe('unknown')
    },
  )

  test.each([
    [200, ''],
    [200, '<html>'],
    [302, ''],
    [408, ''],
    [500, ''],
    [502, '<html>Bad gateway</html>'],
    [503, 'Service Unavailable'],
    [504, '{"code"'],
  ])('default: %i with %j', (status, text) => {
    expect(classify(page(status, text))).toEqual({
      kind: 'unknown',
      nativeCode: `HTTP ${status}`,
      nativeMessage: text,
    })
  })
})

describe('answers of gateways', () => {
  test.each([
    [400, 'INVALID_REQUEST'],
    [401, 'INVALID_CREDENTIALS'],
    [403, 'PERMISSION_DENIED'],
    [404, 'INVALID_REQUEST'],
    [405, 'INVALID_REQUEST'],
    [410, 'EXCHANGE_UNAVAILABLE'],
  ])('default: %i is %s', (status, code) => {
    expect(classify(page(status, '<html>no</html>'))).toEqual({
      kind: 'refusal',
      code,
      nativeCode: `HTTP ${status}`,
      nativeMessage: '<html>no</html>',
    })
  })

  test('behavior: a 429 waits as long as it says', () => {
    const limited = { kind: 'refusal', code: 'RATE_LIMITED' }
    expect(classify(page(429, 'slow', { 'retry-after': '7' }))).toMatchObject({
      ...limited,
      retryAfterMs: 7_000,
    })
    expect(classify(page(429, 'slow'))).toMatchObject({ ...limited, retryAfterMs: 2_000 })
    expect(classify(page(429, 'slow', { 'retry-after': 'soon' }))).toMatchObject({
      retryAfterMs: 2_000,
    })
  })

  test('behavior: a long page is cut', () => {
    const verdict = classify(page(403, 'x'.repeat(5_000)))
    expect(verdict).toMatchObject({ nativeMessage: 'x'.repeat(200) })
  })
})
