import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../core/clock.ts'
import { createEngine } from '../../engine/createEngine.ts'
import { startPrices } from '../../market/startPrices.ts'
import { Keys } from '../../server/keys.ts'
import { Params } from '../../server/params.ts'
import { type Handling, isAnswer } from '../../server/types.ts'
import { createVenueClock } from '../../server/venueClock.ts'
import { authenticate, isSignedBy, readParams, splitSignature } from './auth.ts'
import { contracts } from './contracts.ts'
import { rules } from './rules.ts'
import { START, signedForm, type Words } from './wire.fixture.ts'

// docs/wire/binance.md 2.1, character by character.
const SECRET = 'fictional-secret-0001'
const vectors: {
  name: string
  query: string
  body: string
  signature: string
  secret?: string
}[] = [
  {
    name: 'V1 query',
    query: 'timestamp=1763798400000&symbol=BTCUSDT&limit=50&recvWindow=5000',
    body: '',
    signature: 'ca5b1c7d931e41b9dbc64d526d0df713185848b06180c6cc035230ca928ef5c4',
  },
  {
    name: 'V2 body',
    query: '',
    body: 'timestamp=1763798400000&symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=60000.10&newClientOrderId=t1-0001&newOrderRespType=RESULT&recvWindow=5000',
    signature: '363e029439b199b055ff57ce059d4003d1d6aaefe9a0f196e7462c2286e41810',
  },
  {
    name: 'V3 percent-encoded client id',
    query: '',
    body: 'timestamp=1763798400000&algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=55000.00&closePosition=true&workingType=MARK_PRICE&clientAlgoId=g1%3Asl%2F1&recvWindow=5000',
    signature: '9d81e519375f1a4c25333e5315f060910e2c9fb8df0e3dbab25f7996090c1ae8',
  },
  {
    name: 'V4 percent-encoded JSON',
    query: '',
    body: 'timestamp=1763798400000&batchOrders=%5B%7B%22symbol%22%3A%22BTCUSDT%22%2C%22side%22%3A%22BUY%22%2C%22type%22%3A%22LIMIT%22%2C%22timeInForce%22%3A%22GTC%22%2C%22quantity%22%3A%220.010%22%2C%22price%22%3A%2260000.1%22%2C%22newClientOrderId%22%3A%22b1%22%7D%5D&recvWindow=5000',
    signature: '6f0098b30a07277472a01125fd2e02bc5cc0b9cc4a7b7cac6e2a6efef11943f9',
  },
  {
    name: 'V5 query and body without a separator',
    query: 'symbol=BTCUSDT&side=SELL',
    body: 'type=MARKET&quantity=0.010&timestamp=1763798400000',
    signature: '877baa4563bfd0c367cbf601ec189d37c0f3f07aca0edf3f2eb6bce16bc106ed',
  },
  {
    name: "V7 the exchange's documented example",
    query: '',
    body: 'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943',
    signature: '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
    secret: '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
  },
]

describe('signature', () => {
  test.each(vectors)('default: $name', ({ query, body, signature, secret = SECRET }) => {
    const inBody = splitSignature(query, `${body}${body && '&'}signature=${signature}`)
    const inQuery = splitSignature(`${query}${query && '&'}signature=${signature}`, body)
    for (const split of [inBody, inQuery]) {
      expect(split?.signature).toBe(signature)
      expect(isSignedBy(secret, split?.signed ?? '', split?.signature ?? '')).toBe(true)
    }
  })

  test('args: upper-case hex', () => {
    const [first] = vectors
    const split = splitSignature(`${first?.query}&signature=${first?.signature.toUpperCase()}`, '')
    expect(isSignedBy(SECRET, split?.signed ?? '', split?.signature ?? '')).toBe(true)
  })

  test.each([
    ['a changed byte', 'timestamp=1763798400001&symbol=BTCUSDT&limit=50&recvWindow=5000'],
    ['another order of names', 'symbol=BTCUSDT&timestamp=1763798400000&limit=50&recvWindow=5000'],
  ])('error: %s', (_name, signed) => {
    expect(isSignedBy(SECRET, signed, vectors[0]?.signature ?? '')).toBe(false)
  })

  test('error: a signature that does not stand last', () => {
    expect(splitSignature('signature=ab&symbol=BTCUSDT', '')).toBeUndefined()
    expect(splitSignature('symbol=BTCUSDT', '')).toBeUndefined()
  })
})

describe('readParams', () => {
  const request = { method: 'POST', path: '/', headers: {}, remoteAddress: '' }

  test('default: query and body in one, the query wins', () => {
    expect(readParams({ ...request, query: 'a=1&b=2', body: 'b=3&c=x%20y+z' })).toEqual({
      a: '1',
      b: '2',
      c: 'x y z',
    })
  })

  test('args: a name without a value is empty, an empty text has no names', () => {
    expect(readParams({ ...request, query: 'a&b=', body: '' })).toEqual({ a: '', b: '' })
    expect(readParams({ ...request, query: '', body: '' })).toEqual({})
  })

  test('behavior: names of Object.prototype are names like others', () => {
    const fields = readParams({ ...request, query: 'constructor=1', body: '' })
    expect(Object.entries(fields)).toEqual([['constructor', '1']])
  })

  test.each([
    ['a name sent twice', 'a=1&a=2', -1101],
    ['a broken percent code', 'a=%zz', -1100],
  ])('error: %s', (_name, query, code) => {
    const answer = readParams({ ...request, query, body: '' })
    expect(answer).toMatchObject({ status: 400 })
    expect(JSON.parse(String(answer.body))).toMatchObject({ code })
  })
})

describe('authenticate', () => {
  const credentials = { apiKey: 'fictional-api-key-0001', apiSecret: SECRET }
  const keys = new Keys()
  const permissions = { trade: true, withdraw: false, addresses: [] }
  keys.add({ accountId: 'account-1', credentials, permissions, createdAt: START })
  const clock = new ManualClock(START)

  function handlingOf(words: Words): Handling {
    const { query } = signedForm(SECRET, words, {})
    const headers = { 'x-mbx-apikey': credentials.apiKey }
    const request = { method: 'GET', path: '/', query, body: '', headers, remoteAddress: '' }
    const params = readParams(request)
    return {
      request,
      params: new Params(isAnswer(params) ? {} : params),
      engine: createEngine({ instruments: contracts, rules, clock, seed: 1, startPrices }),
      clock: createVenueClock(clock, 0),
      accountId: '',
      unknownWord: () => {},
    }
  }

  test.each([
    [START - 5_000, {}, undefined],
    [START - 5_001, {}, -1021],
    [START - 60_000, { recvWindow: 60_000 }, undefined],
    [START - 60_001, { recvWindow: 60_000 }, -1021],
    [START, { recvWindow: 60_001 }, -1131],
    [START + 999, {}, undefined],
    [START + 1_000, { recvWindow: 60_000 }, -1021],
  ])('args: timestamp %i with %o answers %s', (timestamp, words, code) => {
    const handling = handlingOf({ ...words, timestamp })
    const who = authenticate(handling, { access: 'signed', mandatory: [] }, keys)
    if (code === undefined) expect(who).toEqual({ accountId: 'account-1' })
    else expect(isAnswer(who) ? JSON.parse(who.body) : who).toMatchObject({ code })
  })

  test('behavior: the key alone opens what wants no signature', () => {
    const who = authenticate(handlingOf({}), { access: 'key', mandatory: [] }, keys)
    expect(who).toEqual({ accountId: 'account-1' })
  })
})
