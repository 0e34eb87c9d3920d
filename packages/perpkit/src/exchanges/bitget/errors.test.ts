import { describe, expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { classify, classifyEnvelope, isRefused, readFailedItem } from './errors.ts'

function answer(json: unknown, status = 200): RawAnswer {
  return { status, headers: {}, text: JSON.stringify(json), json }
}

function refused(code: string, msg = '', status = 400): RawAnswer {
  return answer({ code, msg, requestTime: 1_690_000_000_000, data: null }, status)
}

function page(status: number, text: string): RawAnswer {
  return { status, headers: {}, text, json: undefined }
}

function succeeded(data: unknown): RawAnswer {
  return answer({ code: '00000', msg: 'success', requestTime: 1_690_000_000_000, data })
}

describe('answers', () => {
  test.each([null, '', 'success', [], {}, { list: [] }, { list: null }, { orderId: '1' }])(
    'default: %j under code 00000',
    (data) => {
      expect(classify(succeeded(data))).toEqual({ kind: 'answer' })
    },
  )

  test('error: success under a gateway status is not believed', () => {
    expect(classify(answer({ code: '00000', data: {} }, 502)).kind).toBe('unknown')
  })

  test.each([[{}], [{ data: [] }], [null], ['ok'], [{ code: null }]])(
    'error: %j is no envelope',
    (json) => {
      expect(classify(answer(json)).kind).toBe('unknown')
    },
  )
})

// docs/wire/bitget.md 6, row by row
describe('refusals', () => {
  const rows: [code: string, native: string, text?: string][] = [
    ['INVALID_CREDENTIALS', '40001 40002 40003 40011 40006 40037 40041'],
    ['INVALID_CREDENTIALS', '40009', 'sign signature error'],
    ['INVALID_CREDENTIALS', '40012 40036'],
    ['INVALID_CREDENTIALS', '40099', 'exchange environment is incorrect'],
    ['TIMESTAMP_OUT_OF_WINDOW', '40005 40004 40008 40078 40079'],
    ['PERMISSION_DENIED', '40014 40040', 'need uta manage read permissions'],
    ['PERMISSION_DENIED', '40018 40038 22010'],
    [
      'PERMISSION_DENIED',
      '40013 40016 40022 40023 40024 40025 40026 40031 40916 45107 45108 45009',
    ],
    ['PERMISSION_DENIED', '40103 40104 40085 40084 25245 40731 40110 40081 22030'],
    ['INVALID_REQUEST', '30032 40404'],
    ['RATE_LIMITED', '429 25004 30007 22035 40918 45129'],
    [
      'INSUFFICIENT_MARGIN',
      '40711 40712 40754 40800 43012 45002 45004 45120 40762 25202 25203 40893 25228',
    ],
    ['REDUCE_ONLY_REJECTED', '40755 40757 45003 45005 45006 43029 25225 25226 25231 25595'],
    ['REDUCE_ONLY_REJECTED', '22002 43043 25227 40837 40891 43023 45068 25601'],
    ['REDUCE_ONLY_REJECTED', '40939 25232 25574 22042'],
    ['UNKNOWN_SYMBOL', '40034 40072 40102 41113 25100 45025 40309 40845 25104'],
    ['INVALID_REQUEST', '40007 40017 40019 40020 400171 400172 40808 40812 40913'],
    ['INVALID_REQUEST', '41101 43011 43111 25200 40304 40305 40705 22003 40925 25612'],
    ['INVALID_REQUEST', '40019', 'Parameter symbol cannot be empty'],
    ['POSITION_MODE_MISMATCH', '40774 45021 43075 45020 25236 25237 25238'],
    [
      'POSITION_MODE_MISMATCH',
      '40019',
      'DOUBLE_SIDE_HOLD afterShortLeverage and afterLongLeverage none validation error',
    ],
    ['POSITION_MODE_MISMATCH', '40808', 'The hold side is null'],
    ['OFF_STEP', '41103 43028 45035 45115 22038 25244 25606 25607 25608 25609 25610'],
    [
      'OFF_STEP',
      '40808',
      'Parameter verification exception size checkBDScale error value=2293.577 checkScale=2',
    ],
    [
      'PRICE_OUT_OF_RANGE',
      '40815 40816 22006 22007 22008 22009 22046 22047 43008 43009 25205 25206',
    ],
    ['BELOW_MINIMUM', '43006 45111 25207 43010 43027 43037 45110 45114 22034 25611'],
    ['ABOVE_MAXIMUM', '43007 45112 25208'],
    [
      'TOO_MANY_ORDERS',
      '40306 40912 45113 43038 40921 45116 45118 43005 43128 43071 40889 40890 25211 25229 25230 25233 25567 25599',
    ],
    ['ORDER_NOT_FOUND', '40109 40768 40819 43001 45057 31007 25204 24056'],
    ['ORDER_NOT_FOUND', '43020 43025 43033 25597 22001 43004'],
    ['ORDER_NOT_FOUND', '43021 43026 45031 45055 50062 45134 25596 25598 40922 25568'],
    ['DUPLICATE_CLIENT_ORDER_ID', '40708 40786 43118 45034 50060 25212'],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      '40829 40830 40831 40832 40833 40834 40835 40836 40915 40917 45122 43013 43014 43015 43016',
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      '43034 43035 45060 45061 45062 45063 45064 45065 45066 45067 45135',
    ],
    [
      'WOULD_TRIGGER_IMMEDIATELY',
      '25579 25580 25581 25582 25585 25586 25587 25588 25589 25590 25591 25592 25650 25651 25652',
    ],
    ['STATE_CONFLICT', '43030 43031 43024 25594'],
    ['STATE_CONFLICT', '40920 45117 40872 40730 45097 25010 25107 25570'],
    ['LEVERAGE_REFUSED', '43050 45044 45045 40914 25223'],
    ['EXCHANGE_UNAVAILABLE', '25113 25114 25572 25653'],
    ['PERMISSION_DENIED', '40115 40128'],
    [
      'MARKET_CLOSED',
      '40200 40308 40844 41114 43115 43120 45043 45119 22067 22044 25101 25102 25103 25105 25106',
    ],
  ]
  const cases = rows.flatMap(([code, natives, text]) =>
    natives.split(' ').map((native): [string, string, string] => [native, code, text ?? '']),
  )

  test.each(cases)('default: %s is %s %s', (native, code, text) => {
    expect(classify(refused(native, text))).toMatchObject({
      kind: 'refusal',
      code,
      nativeCode: native,
      nativeMessage: text,
    })
  })

  test('behavior: the status does not matter to a code that is known', () => {
    for (const status of [200, 400, 401, 403, 500]) {
      expect(classify(refused('40762', '', status))).toMatchObject({ code: 'INSUFFICIENT_MARGIN' })
    }
  })

  test('behavior: a code as number is the same', () => {
    expect(classify(answer({ code: 40_762, msg: '' }, 400))).toMatchObject({
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '40762',
    })
  })

  test.each(['40814', '45054', '22020', '40923', '25571', '25600'])(
    'default: %s: it was so already',
    (code) => {
      expect(classify(refused(code)).kind).toBe('unchanged')
    },
  )

  test.each('40015 40725 45001 40604 25000 40010 40908 40910 25001 25003'.split(' '))(
    'default: %s: perhaps executed',
    (code) => {
      expect(classify(refused(code, 'Request timed out'))).toEqual({
        kind: 'unknown',
        nativeCode: code,
        nativeMessage: 'Request timed out',
      })
    },
  )

  test('behavior: too many requests, by status or by code: a second', () => {
    const expected = { kind: 'refusal', code: 'RATE_LIMITED', retryAfterMs: 1000 }
    expect(classify(refused('429', 'Too Many Requests', 429))).toMatchObject(expected)
    expect(classify(refused('12345', '', 429))).toMatchObject(expected)
    expect(classify(refused('22035'))).toMatchObject(expected)
    expect(classify(page(429, 'slow down'))).toMatchObject(expected)
  })

  test('error: a code nobody knows is a refusal, but not from a gateway in trouble', () => {
    expect(classify(refused('99999'))).toMatchObject({ kind: 'refusal', code: 'REFUSED' })
    expect(classify(refused('99999', '', 200))).toMatchObject({ kind: 'refusal', code: 'REFUSED' })
    expect(classify(refused('99999', '', 503)).kind).toBe('unknown')
  })

  test('behavior: a long text is cut', () => {
    const verdict = classify(refused('40017', 'x'.repeat(300)))
    expect(verdict).toMatchObject({ nativeMessage: `${'x'.repeat(199)}…` })
  })
})

describe('refusals inside a success', () => {
  const item = { orderId: '7', clientOid: 'a2' }

  test('default: a V2 list of nothing but failures', () => {
    const failureList = [{ ...item, errorMsg: 'Insufficient balance', errorCode: '43012' }]
    expect(classify(succeeded({ successList: [], failureList }))).toEqual({
      kind: 'refusal',
      code: 'INSUFFICIENT_MARGIN',
      nativeCode: '43012',
      nativeMessage: 'Insufficient balance',
    })
    expect(classify(succeeded({ successList: null, failureList }))).toMatchObject({
      code: 'INSUFFICIENT_MARGIN',
    })
  })

  test('args: an item may have a text alone', () => {
    const failureList = [{ ...item, errorMsg: 'notExistend' }]
    expect(classify(succeeded({ successList: [], failureList }))).toMatchObject({
      kind: 'refusal',
      code: 'ORDER_NOT_FOUND',
      nativeMessage: 'notExistend',
    })
    const odd = [{ ...item, errorMsg: 'who knows' }]
    expect(classify(succeeded({ successList: [], failureList: odd }))).toMatchObject({
      kind: 'refusal',
      code: 'REFUSED',
    })
  })

  test('args: V3 rows with codes of their own', () => {
    const list = [{ ...item, code: '25204', msg: 'order not found' }]
    expect(classify(succeeded({ list }))).toMatchObject({
      kind: 'refusal',
      code: 'ORDER_NOT_FOUND',
      nativeCode: '25204',
    })
  })

  test('behavior: an item whose fate is not known', () => {
    const failureList = [{ ...item, errorMsg: 'timeout', errorCode: '40010' }]
    expect(classify(succeeded({ successList: [], failureList })).kind).toBe('unknown')
  })

  test('behavior: where some went through it is an answer', () => {
    const failureList = [{ ...item, errorMsg: 'notExistend' }]
    expect(classify(succeeded({ successList: [item], failureList }))).toEqual({ kind: 'answer' })
    const list = [item, { ...item, code: '25204', msg: '' }]
    expect(classify(succeeded({ list }))).toEqual({ kind: 'answer' })
    expect(classify(succeeded({ successList: [], failureList: [] }))).toEqual({ kind: 'answer' })
  })
})

describe('items of a batch', () => {
  test('default: the envelope of a batch is an answer, whatever its items say', () => {
    const failureList = [{ clientOid: 'a', errorMsg: 'Insufficient balance', errorCode: '43012' }]
    expect(classifyEnvelope(succeeded({ successList: [], failureList }))).toEqual({
      kind: 'answer',
    })
    expect(classifyEnvelope(refused('40306'))).toMatchObject({
      kind: 'refusal',
      code: 'TOO_MANY_ORDERS',
    })
    expect(classifyEnvelope(page(502, 'bad')).kind).toBe('unknown')
  })

  test.each([
    [{ errorCode: '43012', errorMsg: 'Insufficient balance' }, 'INSUFFICIENT_MARGIN'],
    [{ code: '40762', msg: 'The order amount exceeds the balance' }, 'INSUFFICIENT_MARGIN'],
    [{ code: '25236', msg: '' }, 'POSITION_MODE_MISMATCH'],
    [{ code: '99999', msg: '' }, 'REFUSED'],
    [{ code: '40814', msg: '' }, 'REFUSED'],
    [{}, 'REFUSED'],
  ])('default: %j is a refusal, %s', (row, code) => {
    expect(readFailedItem(row)).toMatchObject({ refusal: { code } })
  })

  test('error: one whose fate is not known', () => {
    expect(readFailedItem({ errorCode: '40010', errorMsg: 'timed out' })).toEqual({
      unknown: { nativeCode: '40010', nativeMessage: 'timed out' },
    })
  })

  test.each([
    [{ orderId: '1' }, false],
    [{ orderId: '1', code: '00000' }, false],
    [{ orderId: '1', code: '' }, false],
    [{ orderId: '', code: '40762' }, true],
    [{ orderId: '', code: 40_762 }, true],
    [null, false],
  ])('args: %j is refused: %s', (row, expected) => {
    expect(isRefused(row)).toBe(expected)
  })
})

describe('bodies that are not of the exchange', () => {
  test.each([
    [400, 'INVALID_REQUEST'],
    [401, 'INVALID_CREDENTIALS'],
    [403, 'PERMISSION_DENIED'],
    [404, 'INVALID_REQUEST'],
    [405, 'INVALID_REQUEST'],
    [418, 'REFUSED'],
    [451, 'PERMISSION_DENIED'],
  ])('default: a text under %i is %s', (status, code) => {
    expect(classify(page(status, '<html>no</html>'))).toEqual({
      kind: 'refusal',
      code,
      nativeCode: `HTTP ${status}`,
      nativeMessage: '<html>no</html>',
    })
  })

  test.each([200, 302, 408, 500, 502, 503, 504])('error: nothing at all under %i', (status) => {
    expect(classify(page(status, ''))).toEqual({
      kind: 'unknown',
      nativeCode: `HTTP ${status}`,
      nativeMessage: '',
    })
  })

  test('error: half a body under 200', () => {
    expect(classify(page(200, '{"code":"00000","da')).kind).toBe('unknown')
  })
})
