import { expect, test } from 'vitest'
import { type Answer, isAnswer, type RawRequest } from '../../server/types.ts'
import { type Arrived, authenticate, readParams } from './auth.ts'
import { BTC, type Desk, limit, openDesk, said } from './desk.fixture.ts'

// docs/wire/okx.md 2.1.
const key = '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab'
const secret = 'LABSECRET0OKX0V5SHEET0FICTIONAL1'
const passphrase = 'Lab-Pass-1'
const timestamp = '2026-11-22T08:00:00.123Z'
const now = Date.parse(timestamp)

const vectors: [number: number, request: Partial<RawRequest>, sign: string][] = [
  [
    1,
    { path: '/api/v5/account/positions', query: 'instType=SWAP&instId=BTC-USDT-SWAP' },
    'd1RvMmMPDbdjBhc/S8f5PTwys3groxPbe56ZJC6H/UY=',
  ],
  [
    2,
    {
      method: 'POST',
      path: '/api/v5/trade/order',
      body:
        '{"instId":"BTC-USDT-SWAP","tdMode":"cross","clOrdId":"lab0000000000001","side":"buy",' +
        '"ordType":"limit","px":"85000.5","sz":"0.12"}',
    },
    'vf9RLtBRAZEdbXkZQ+q6T+8bUvVdN160GIwx/dfOJbk=',
  ],
  [
    3,
    {
      method: 'POST',
      path: '/api/v5/trade/cancel-algos',
      body: '[{"instId":"BTC-USDT-SWAP","algoId":"590919993110396111"}]',
    },
    'KHtRtD6B0NTvDpzUYn4m/cpxOTV4VIz14S5PDWo4xNo=',
  ],
  [
    4,
    {
      path: '/api/v5/trade/orders-algo-pending',
      query: 'ordType=conditional%2Coco&instType=SWAP',
    },
    '2tqIWWstnFIrWP+cau6Xk4OODxlBAJvxwSSAg+P1INA=',
  ],
  [
    4,
    {
      path: '/api/v5/trade/orders-algo-pending',
      query: 'ordType=conditional,oco&instType=SWAP',
    },
    'VCN2Av268WXo66X0Y4jgKCgx3MxGkgBvvqp3tgBmSzg=',
  ],
]

test.each(vectors)('default: vector %i passes', (_, given, sign) => {
  expect(enter(request(given, sign))).toEqual({ accountId: 'mine' })
})

test('error: a body that differs in one byte is a wrong signature', () => {
  const [, given, sign] = vectors[1] ?? fail()
  expect(enter(request({ ...given, body: `${given.body} ` }, sign))).toEqual(
    denial('50113', 'Invalid Sign'),
  )
})

test.each([
  [-30_000, true],
  [-30_001, false],
  [30_000, true],
  [30_001, false],
])('behavior: a clock that is off by %i ms', (offset, isTaken) => {
  const [, given, sign] = vectors[0] ?? fail()
  const answer = enter(request(given, sign), now - offset)
  if (isTaken) expect(answer).toEqual({ accountId: 'mine' })
  else expect(answer).toEqual(denial('50102', 'Timestamp request expired'))
})

test.each([
  ['ok-access-key', '50103', 'Request header OK-ACCESS-KEY can not be empty.'],
  ['ok-access-sign', '50106', 'Request header OK-ACCESS-SIGN can not be empty.'],
  ['ok-access-timestamp', '50107', 'Request header OK-ACCESS-TIMESTAMP can not be empty.'],
  ['ok-access-passphrase', '50104', 'Request header OK-ACCESS-PASSPHRASE can not be empty.'],
])('error: without %s', (name, code, text) => {
  const [, given, sign] = vectors[0] ?? fail()
  const whole = request(given, sign)
  const headers = { ...whole.headers, [name]: '' }
  expect(enter({ ...whole, headers })).toEqual(denial(code, text))
})

test.each([
  [{ 'ok-access-timestamp': String(now) }, '50112', 'Invalid OK-ACCESS-TIMESTAMP'],
  [{ 'ok-access-timestamp': '2026-11-22T08:00:00Z' }, '50112', 'Invalid OK-ACCESS-TIMESTAMP'],
  [{ 'ok-access-timestamp': '2026-13-22T08:00:00.123Z' }, '50112', 'Invalid OK-ACCESS-TIMESTAMP'],
  [{ 'ok-access-key': 'other' }, '50119', "API key doesn't exist"],
  [
    { 'ok-access-passphrase': 'lab-pass-1' },
    '50105',
    'Request header OK-ACCESS-PASSPHRASE incorrect.',
  ],
  [{ 'ok-access-sign': 'x' }, '50113', 'Invalid Sign'],
])('error: %j', (more, code, text) => {
  const [, given, sign] = vectors[0] ?? fail()
  const whole = request(given, sign)
  expect(enter({ ...whole, headers: { ...whole.headers, ...more } })).toEqual(denial(code, text))
})

// Section 9: auth refusals lack `data` and come as HTTP 401.
test('behavior: the time is looked at before the key, the key before the signature', () => {
  const [, given] = vectors[0] ?? fail()
  const whole = request(given, 'x')
  const headers = { ...whole.headers, 'ok-access-key': 'other' }
  expect(enter({ ...whole, headers }, now + 60_000)).toMatchObject(
    denial('50102', 'Timestamp request expired'),
  )
  expect(enter({ ...whole, headers })).toMatchObject(denial('50119', "API key doesn't exist"))
})

test('default: parameters of a query, an object and a list', () => {
  expect(readParams(request({ query: 'instId=A&instId=B&ordType=conditional%2Coco' }))).toEqual({
    instId: 'A',
    ordType: 'conditional,oco',
  })
  const post = { method: 'POST', query: 'instId=A' }
  expect(readParams(request({ ...post, body: '{"sz":"1","id":1234567890123456789}' }))).toEqual({
    '?instId': 'A',
    sz: '1',
    id: '1234567890123456789',
  })
  expect(readParams(request({ ...post, query: '', body: '[{"sz":"1"}]' }))).toEqual({
    '[]': [{ sz: '1' }],
  })
  expect(readParams(request({ ...post, query: '', body: '{' }))).toEqual({})
})

test.each([
  ['', '50000 Body for POST request cannot be empty.'],
  ['{', '50002 JSON syntax error'],
  ['"text"', '50002 JSON syntax error'],
])('error: the body %j, told only behind the door', async (body, text) => {
  const desk = openDesk()
  const path = '/api/v5/trade/order'
  const post = { method: 'POST', path, body }
  expect((await desk.send(post)).status).toBe(401)
  const answer = await desk.send({ ...post, headers: desk.sign('POST', path, body) })
  const { code, msg } = JSON.parse(answer.body)
  expect([answer.status, `${code} ${msg}`]).toEqual([400, text])
})

test('error: an unknown path, and a known one with another method', async () => {
  const desk = openDesk()
  expect(await desk.send({ path: '/api/v5/trade/orders' })).toMatchObject({
    status: 404,
    body: '{"code":"404","msg":"Not Found","data":[]}',
  })
  expect(await desk.send({ method: 'POST', path: '/api/v5/public/time' })).toMatchObject({
    status: 405,
    body: '{"msg":"Invalid request method.","code":"50115"}',
  })
})

test('behavior: public paths never look at the headers, demo or not', async () => {
  const desk = openDesk()
  const headers = { 'ok-access-key': 'stale', 'ok-access-sign': 'x', 'x-simulated-trading': '1' }
  const answer = await desk.send({ path: '/api/v5/public/time', headers })
  expect(answer.status).toBe(200)
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: a demo key is taken with and without the header', async () => {
  const desk = openDesk()
  const path = '/api/v5/account/config'
  const headers = { ...desk.sign('GET', path), 'x-simulated-trading': '1' }
  expect((await desk.send({ path, headers })).status).toBe(200)
  expect(said(await desk.get('account/config'))).toBe('0')
})

test.each([
  ['trade/order', limit('59000')],
  ['trade/batch-orders', [limit('59000')]],
])('behavior: %s after its expTime is not taken', async (name, words) => {
  const desk = openDesk()
  await desk.advance(600_000)
  expect(await expiring(desk, name, words, -1)).toMatchObject([400, '50036'])
  expect(await expiring(desk, name, words, 2_000)).toMatchObject([200, '0'])
  const pending = await desk.get('trade/orders-pending', { instId: BTC })
  expect(pending.at('data').items()).toHaveLength(1)
})

async function expiring(desk: Desk, name: string, words: unknown, ms: number): Promise<unknown[]> {
  const path = `/api/v5/${name}`
  const body = JSON.stringify(words)
  const headers = desk.sign('POST', path, body)
  const at = Date.parse(headers['ok-access-timestamp'] ?? '') + ms
  const answer = await desk.send({
    method: 'POST',
    path,
    body,
    headers: { ...headers, exptime: String(at) },
  })
  return [answer.status, JSON.parse(answer.body).code]
}

function request(given: Partial<RawRequest>, sign = ''): RawRequest {
  return {
    method: 'GET',
    path: '/',
    query: '',
    body: '',
    remoteAddress: '127.0.0.1',
    ...given,
    headers: {
      'ok-access-key': key,
      'ok-access-sign': sign,
      'ok-access-timestamp': timestamp,
      'ok-access-passphrase': passphrase,
    },
  }
}

/** The account, or status and body of the refusal. */
function enter(given: RawRequest, at = now): object {
  const arrived: Arrived = {
    request: given,
    clock: {
      now: () => at,
      isCurrent: (time, past, future) => time >= at - past && time < at + future,
    },
  }
  const credentials = { apiKey: key, apiSecret: secret, passphrase }
  const find = (apiKey: string) => (apiKey === key ? { accountId: 'mine', credentials } : undefined)
  const who: { accountId: string } | Answer = authenticate(arrived, undefined, { find })
  return isAnswer(who) ? { status: who.status, body: JSON.parse(who.body) } : who
}

function denial(code: string, msg: string): object {
  // No `data`: docs/wire/okx.md 2.
  return { status: 401, body: { msg, code } }
}

function fail(): never {
  throw new Error('no such vector')
}
