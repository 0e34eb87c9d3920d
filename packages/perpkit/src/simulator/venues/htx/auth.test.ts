import { expect, test } from 'vitest'
import { isAnswer, type RawRequest } from '../../server/types.ts'
import { authenticate, readParams, sign } from './auth.ts'
import { HOST, openDesk } from './desk.fixture.ts'

// docs/wire/htx.md 2, "Test vectors".
const key = 'a1b2c3d4-e5f6a7b8-c9d0e1f2-00001'
const secret = 'f0e1d2c3-b4a59687-78695a4b-3c2d1'
const now = Date.UTC(2026, 5, 1, 12, 0, 0)
const auth =
  `AccessKeyId=${key}&SignatureMethod=HmacSHA256&SignatureVersion=2` +
  '&Timestamp=2026-06-01T12%3A00%3A00'
const opens = `${auth}&contract_code=BTC-USDT&limit=100&margin_mode=cross`
const history = `${auth}&contract_code=BTC-USDT&margin_mode=cross&states=filled%2Ccanceled`

const blank: RawRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: { host: HOST },
  body: '',
  remoteAddress: '',
}

type Vector = [
  name: string,
  method: string,
  host: string,
  path: string,
  query: string,
  sign: string,
]

const vectors: Vector[] = [
  [
    'T1',
    'GET',
    'api.hbdm.com',
    '/v5/trade/order/opens',
    opens,
    'wNYKv4vGVfIbanK8yofWDxm5H368iTLF/P5CvAHIp4U=',
  ],
  [
    'T2',
    'POST',
    'api.hbdm.com',
    '/v5/trade/order',
    auth,
    '72RDHyPmuzYlMFp7o9PNwtS4YCVo3JD5ogF3Fo2/4J8=',
  ],
  [
    'T3',
    'GET',
    'api.hbdm.com',
    '/v5/trade/order/history',
    history,
    'YvIEzmyNFi2opjKevecYwrVVHraG/tuzvL7T/b843rU=',
  ],
  [
    'T4',
    'GET',
    'api.hbdm.vn',
    '/v5/trade/order/opens',
    opens,
    'cr1D09N640YiVXNPYYcmrTiNIoKYkyxxRAz3rIkQ9QQ=',
  ],
  [
    'T5',
    'GET',
    'api.hbdm.com',
    '/ws/v5/notification',
    auth,
    'iRr7PhZGAmIlxhGEdM3k9upKKfhh25e6R8nGBavEksA=',
  ],
  [
    'T6',
    'GET',
    'api.hbdm.com',
    '/linear-swap-trade',
    auth,
    'N1g8PPh098Ch9juXoxCoU1/TStZhPQeStHVT/I4iCAk=',
  ],
  [
    'T7',
    'GET',
    '127.0.0.1:7075',
    '/v5/trade/order/opens',
    opens,
    'C9gehmMxEqtXQYMOyjPNl/LR31IJdqqYFbVvUWIjbK8=',
  ],
  [
    'T8',
    'POST',
    '127.0.0.1:7075',
    '/v5/algo/order',
    auth,
    'mI16+fLNglS11AngvsyrxR49x/AJUEQXEUA/rgBFLO0=',
  ],
]

test.each(vectors)('default: vector %s is the signature we expect', (...vector) => {
  const [, method, host, path, query, signature] = vector
  const request = { ...blank, method, path, query }
  expect(sign(secret, request, host)).toBe(signature)
  const whole = `${query}&Signature=${encodeURIComponent(signature)}`
  expect(enter({ method, path, query: whole, headers: { host } })).toEqual({ accountId: 'mine' })
})

test('args: a client pointed here by address alone may sign the host it was made for', () => {
  const [, first, , fourth] = vectors
  for (const vector of [first, fourth]) {
    const [, method = '', , path = '', query = '', signature = ''] = vector ?? []
    const whole = `${query}&Signature=${encodeURIComponent(signature)}`
    const headers = { host: '127.0.0.1:40123' }
    expect(enter({ method, path, query: whole, headers })).toEqual({ accountId: 'mine' })
  }
})

test('args: the host without its port, and the text an SDK on plain http signs', () => {
  for (const host of ['127.0.0.1', '127.0.0.1:7075', 'http:', 'api.hbdm.com', 'api.hbdm.vn']) {
    expect(enter(signedOpens(opens, host))).toEqual({ accountId: 'mine' })
  }
})

test.each([
  ['another host', signedOpens(opens, 'api.example.com')],
  ['another path', { ...signedOpens(opens, HOST), path: '/v5/trade/order' }],
  ['another method', { ...signedOpens(opens, HOST), method: 'POST' }],
  ['parameters out of order', signedOpens(`contract_code=BTC-USDT&${auth}`, HOST)],
  ['no signature', { ...signedOpens(opens, HOST), query: opens }],
  [
    'a value changed',
    { ...signedOpens(opens, HOST), query: `${opens}&Signature=x`.replace('100', '99') },
  ],
])('error: %s is a wrong signature', (_, request) => {
  expect(refusalText(enter(request))).toBe('403 Verification failure [校验失败]')
})

test.each([
  ['an unknown key', auth.replace(key, 'other'), 'Incorrect Access key [Access key错误]'],
  ['no key', 'Timestamp=2026-06-01T12%3A00%3A00', 'Incorrect Access key [Access key错误]'],
  [
    'another method',
    auth.replace('HmacSHA256', 'HmacMD5'),
    'Incorrect signature method [错误的签名方法]',
  ],
  [
    'another version',
    auth.replace('Version=2', 'Version=1'),
    'Incorrect signature version [错误的签名版本]',
  ],
  [
    'milliseconds',
    auth.replace('00%3A00', '00%3A00.123'),
    'Invalid submission time [提交时间错误]',
  ],
  ['a Z', `${auth}Z`, 'Invalid submission time [提交时间错误]'],
  [
    'a clock five minutes behind',
    auth.replace('12%3A00%3A00', '11%3A54%3A59'),
    'Invalid submission time [提交时间错误]',
  ],
  [
    'a clock five minutes ahead',
    auth.replace('12%3A00%3A00', '12%3A05%3A00'),
    'Invalid submission time [提交时间错误]',
  ],
])('error: %s', (_, query, text) => {
  expect(refusalText(enter(signedOpens(query, HOST)))).toBe(`403 ${text}`)
})

test('args: a clock within five minutes is taken', () => {
  for (const time of ['11%3A55%3A00', '12%3A04%3A59']) {
    expect(enter(signedOpens(auth.replace('12%3A00%3A00', time), HOST))).toEqual({
      accountId: 'mine',
    })
  }
})

test('args: a POST reads its body, an array under a name of its own, and marks strange words', () => {
  const post = { ...blank, method: 'POST', query: 'AccessKeyId=k&volume=5' }
  expect(
    readParams({ ...post, body: '{"order_id":1513557136321597440}' }, { now: () => 1 }),
  ).toEqual({
    AccessKeyId: 'k',
    '?volume': '5',
    order_id: '1513557136321597440',
  })
  expect(readParams({ ...post, body: '[{"a":1}]' }, { now: () => 1 })).toMatchObject({
    '[]': [{ a: 1 }],
  })
  expect(readParams({ ...post, body: '' }, { now: () => 1 })).toEqual({
    AccessKeyId: 'k',
    '?volume': '5',
  })
})

test('error: a GET with a body is refused by what stands before the venue', async () => {
  const answer = await openDesk().send({ path: '/api/v1/timestamp', body: '{}' })
  expect(answer.status).toBe(403)
})

test.each(['{', '5', 'contract_code=BTC-USDT'])('error: %j is no body', async (body) => {
  const desk = openDesk()
  const answer = await desk.send(desk.signed({ method: 'POST', path: '/v5/trade/order', body }))
  expect(JSON.parse(answer.body)).toMatchObject({ code: 1030, message: 'Input error.', data: null })
})

function signedOpens(query: string, host: string): Partial<RawRequest> {
  const request = { ...blank, path: '/v5/trade/order/opens', query }
  return {
    ...request,
    query: `${query}&Signature=${encodeURIComponent(sign(secret, request, host))}`,
  }
}

function enter(request: Partial<RawRequest>): unknown {
  const clock = {
    now: () => now,
    isCurrent: (time: number, past: number, future: number) =>
      time >= now - past && time < now + future,
  }
  const credentials = { apiKey: key, apiSecret: secret }
  const find = (
    name: string,
  ): { accountId: string; credentials: typeof credentials } | undefined =>
    name === key ? { accountId: 'mine', credentials } : undefined
  return authenticate({ clock, request: { ...blank, ...request } }, undefined, { find })
}

function refusalText(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || !isAnswer(answer)) return 'let in'
  expect(answer.status).toBe(200)
  const { code, data, msg } = JSON.parse(answer.body)
  expect(data).toBeNull()
  return `${code} ${msg}`
}
