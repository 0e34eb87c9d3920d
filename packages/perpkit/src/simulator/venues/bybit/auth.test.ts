import { expect, test } from 'vitest'
import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import { type Answer, isAnswer, type RawRequest } from '../../server/types.ts'
import { type Arrived, authenticate, readParams, signedText } from './auth.ts'
import { openDesk } from './desk.fixture.ts'

// docs/wire/bybit.md 2, "Test vectors".
const key = 'AKtest1234567890ab'
const secret = 'SKtest_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
const now = 1_700_000_000_000

const createBody =
  '{"category":"linear","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.001",' +
  '"price":"25000","timeInForce":"PostOnly","positionIdx":0,"orderLinkId":"tx-0001",' +
  '"reduceOnly":false}'

const vectors: [name: string, payload: { query?: string; body?: string }, sign: string][] = [
  [
    'V1',
    { query: 'category=linear&settleCoin=USDT&limit=50' },
    '00e044ecb57d4919f2b507a00e7ebfca498d96723a0e9a43b4d861fb3c0b53bb',
  ],
  ['V2', { body: createBody }, 'ddfcf09aa30887766636c61f25bb552fa9b077e48852e83a217d306e6eb3e626'],
  [
    'V3',
    { query: 'category=linear&symbol=BTCUSDT&cursor=a%3A1%2Cb' },
    'b4ca8821ffa6f795ee8de8e99cefad724d4ef1eb4aa9b68b00d2635e259096fb',
  ],
  [
    'V4',
    { query: 'category=linear&symbol=BTCUSDT&cursor=a%253A1%252Cb' },
    '191c9a57241ebefd7cdffc89ae8158f90136be7bc33ee0d4ea9c46ce3a6b6040',
  ],
  ['V5', {}, '51c76375c30c5f22b4eaa14b1f13f7bfb915cf444b3507e1a1c250804d73c05f'],
]

test.each(vectors)(
  'default: vector %s passes (trap 29: the query counts as it was sent)',
  (_, payload, sign) => {
    expect(enter(request(payload, sign))).toEqual({ accountId: 'mine' })
  },
)

test('error: a body that differs in one byte is a wrong signature, with the text that was signed', () => {
  const [, payload, sign] = vectors[1] ?? fail()
  const other = { body: `${payload.body} ` }
  expect(enter(request(other, sign))).toMatchObject({
    retCode: 10004,
    retMsg: `error sign! origin_string[${now}${key}5000${createBody} ]`,
    result: {},
    time: now,
  })
})

test('error: an upper-case signature is not taken', () => {
  const [, payload, sign] = vectors[0] ?? fail()
  expect(enter(request(payload, sign.toUpperCase()))).toMatchObject({ retCode: 10004 })
})

test('args: without a window, 5000 counts and an empty text is signed', () => {
  const sign = hmacSha256(secret, `${now}${key}`, 'hex')
  const plain = request({}, sign)
  const { 'x-bapi-recv-window': _, ...headers } = plain.headers
  expect(enter({ ...plain, headers })).toEqual({ accountId: 'mine' })
})

test.each([
  [-5000, true],
  [-5001, false],
  [999, true],
  [1000, false],
])('behavior: a clock that is off by %i ms (trap 30)', (offset, isTaken) => {
  const timestamp = String(now + offset)
  const sign = hmacSha256(secret, `${timestamp}${key}5000`, 'hex')
  const late = request({}, sign)
  late.headers = { ...late.headers, 'x-bapi-timestamp': timestamp }
  expect(enter(late)).toMatchObject(
    isTaken
      ? { accountId: 'mine' }
      : {
          retCode: 10002,
          retMsg:
            'invalid request, please check your server timestamp or recv_window param. ' +
            `req_timestamp[${timestamp}],server_timestamp[${now}],recv_window[5000]`,
        },
  )
})

test.each(['', 'abc', '1e12'])('error: timestamp %j', (timestamp) => {
  const broken = request({}, 'x')
  broken.headers = { ...broken.headers, 'x-bapi-timestamp': timestamp }
  expect(enter(broken)).toMatchObject({ retCode: timestamp === '' ? 10001 : 10002 })
})

test('error: missing headers, before anything else', () => {
  expect(enter({ ...request({}, ''), headers: {} })).toEqual({
    retCode: 10001,
    retMsg: 'empty value: apiTimestamp[] apiKey[] apiSignature[]: openapi sign params error!',
    result: null,
    retExtInfo: null,
    time: now,
  })
})

test('error: an unknown key (trap 28)', () => {
  const foreign = request({}, 'x')
  foreign.headers = { ...foreign.headers, 'x-bapi-api-key': 'another' }
  expect(enter(foreign)).toMatchObject({ retCode: 10003, retMsg: 'API key is invalid.' })
})

test('behavior: the query is read once, the body is a JSON object', () => {
  expect(readParams(request({ query: 'a=1%252&b=x+y&a=2' }, ''))).toEqual({ a: '1%2', b: 'x y' })
  expect(readParams(request({ body: '{"a":1}' }, ''))).toEqual({ a: 1 })
  expect(readParams({ ...request({ body: '' }, ''), method: 'POST' })).toEqual({})
})

test('behavior: a query beside a body is nothing this venue reads', () => {
  const both = { ...request({ body: '{"a":1}' }, ''), query: 'category=linear' }
  expect(readParams(both)).toEqual({ a: 1, '?category': 'linear' })
})

test.each(['{', '[1]', '"a"'])('error: body %s', (body) => {
  const answer = readParams(request({ body }, ''))
  expect(isAnswer(answer) && JSON.parse(answer.body)).toMatchObject({
    retCode: 10001,
    retMsg: 'Request parameter error.',
  })
})

test('error: a GET with a body is turned away before the venue itself (trap 29)', () => {
  const answer = readParams({ ...request({}, ''), body: '{}' })
  expect(answer).toMatchObject({ status: 403, body: 'access too frequent' })
})

test('behavior: paths, methods and headers that the venue does not know', async () => {
  const desk = openDesk()
  expect(await desk.send({ path: '/v5/nowhere' })).toMatchObject({
    status: 404,
    body: '404 page not found',
  })
  expect(await desk.send({ method: 'DELETE', path: '/v5/order/create' })).toMatchObject({
    status: 400,
  })
  const headers = { 'x-bapi-sign-type': '2', 'x-referer': 'someone', 'cdn-request-id': '1' }
  await desk.send({ path: '/v5/market/time', headers: { ...headers, 'x-bapi-signn': 'x' } })
  expect(await desk.unknownWords()).toEqual([
    'path GET /v5/nowhere',
    'path DELETE /v5/order/create',
    'header x-bapi-signn',
  ])
})

test('behavior: public paths ignore keys, private ones need them', async () => {
  const desk = openDesk()
  const headers = { 'x-bapi-api-key': 'unknown', 'x-bapi-timestamp': '1', 'x-bapi-sign': 'x' }
  const open = await desk.send({ path: '/v5/market/time', headers })
  expect(JSON.parse(open.body)).toMatchObject({ retCode: 0 })
  const closed = await desk.send({ path: '/v5/account/info', headers })
  expect(JSON.parse(closed.body)).toMatchObject({ retCode: 10003 })
  expect(closed.headers).toMatchObject({
    timenow: expect.stringMatching(/^\d{13}$/),
    traceid: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
})

function request(payload: { query?: string; body?: string }, sign: string): RawRequest {
  return {
    method: payload.body === undefined ? 'GET' : 'POST',
    path: '/v5/order/realtime',
    query: payload.query ?? '',
    body: payload.body ?? '',
    headers: {
      'x-bapi-api-key': key,
      'x-bapi-timestamp': String(now),
      'x-bapi-recv-window': '5000',
      'x-bapi-sign': sign,
    },
    remoteAddress: '127.0.0.1',
  }
}

/** The account, or the body of the refusal. */
function enter(raw: RawRequest): unknown {
  const arrived: Arrived = {
    request: raw,
    clock: {
      now: () => now,
      isCurrent: (timestamp, past, future) => timestamp >= now - past && timestamp < now + future,
    },
  }
  const keys = {
    find: (apiKey: string) =>
      equalBytes(apiKey, key)
        ? { accountId: 'mine', credentials: { apiKey: key, apiSecret: secret } }
        : undefined,
  }
  const result: { accountId: string } | Answer = authenticate(arrived, { access: 'signed' }, keys)
  return isAnswer(result) ? JSON.parse(result.body) : result
}

function fail(): never {
  throw new Error('no such vector')
}

test('default: what is signed has no separators', () => {
  expect(signedText(request({ query: 'a=1' }, ''))).toBe(`${now}${key}5000a=1`)
})
