import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  limitBuy,
  openStand,
  START,
  type Stand,
  signedForm,
  type Words,
  without,
} from './wire.fixture.ts'

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

interface Attempt {
  words: Words
  key?: string | undefined
  secret?: string
  /** Changes the signed text before it is sent. */
  tamper?: (query: string) => string
}

async function attempt({
  words,
  key,
  secret,
  tamper = (query) => query,
}: Attempt): Promise<{ body: unknown; http: number }> {
  const { credentials } = venue
  const { query } = signedForm(secret ?? credentials.apiSecret, words, {})
  const said = await venue.raw({
    method: 'POST',
    path: '/fapi/v1/order',
    query: tamper(query),
    ...(key === undefined ? {} : { key }),
  })
  return { body: said.body, http: said.status }
}

const signedWords = { ...limitBuy, timestamp: START }

describe('key, time and signature', () => {
  test.each<[string, Partial<Attempt>, { http: number; code: number; msg?: string }]>([
    ['no key', { key: undefined }, { http: 401, code: -2014, msg: 'API-key format invalid.' }],
    ['a malformed key', { key: 'no key' }, { http: 401, code: -2014 }],
    [
      '(row 34) an unknown key',
      { key: 'a'.repeat(64) },
      {
        http: 401,
        code: -2015,
        msg: 'Invalid API-key, IP, or permissions for action.',
      },
    ],
    [
      'a wrong secret',
      { secret: 'b'.repeat(64) },
      { http: 400, code: -1022, msg: 'Signature for this request is not valid.' },
    ],
    [
      'a byte changed after signing',
      { tamper: (query) => query.replace('0.010', '0.020') },
      { http: 400, code: -1022 },
    ],
    [
      'a signature that does not stand last',
      { tamper: (query) => `${query}&quantity2=1` },
      { http: 400, code: -1022 },
    ],
    [
      'no signature',
      { tamper: (query) => query.replace(/&signature=.*/, '') },
      {
        http: 400,
        code: -1102,
        msg: "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.",
      },
    ],
    ['no timestamp', { words: limitBuy }, { http: 400, code: -1102 }],
    [
      'a timestamp that is no number',
      { words: { ...limitBuy, timestamp: 'now' } },
      { http: 400, code: -1100 },
    ],
    [
      'a window too wide',
      { words: { ...signedWords, recvWindow: 60_001 } },
      { http: 400, code: -1131 },
    ],
  ])('error: %s', async (_name, change, expected) => {
    const key = 'key' in change ? change.key : venue.credentials.apiKey
    const { http, ...envelope } = expected
    const answer = await attempt({ words: signedWords, ...change, key })
    expect(answer).toMatchObject({ http, body: envelope })
  })

  test.each([
    [START - 5_000, 5_000, 200],
    [START - 5_001, 5_000, 400],
    [START - 60_000, 60_000, 200],
    [START + 999, 5_000, 200],
    // How far ahead exactly is a matter of auth.test.ts: a manual clock that stands is lenient.
    [START + 3_600_000, 60_000, 400],
  ])(
    'args: (row 35) timestamp %i with window %i answers %i',
    async (timestamp, recvWindow, http) => {
      const words = { ...limitBuy, timestamp, recvWindow }
      const answer = await attempt({ words, key: venue.credentials.apiKey })
      expect(answer).toMatchObject(http === 200 ? { http } : { http, body: { code: -1021 } })
    },
  )

  test('behavior: the order of the checks', async () => {
    const { apiKey } = venue.credentials
    const nothing = { timestamp: 0 }
    const bad = { ...limitBuy, symbol: 'NOPE', side: 'LEFT', quantity: '1e-7' }
    const steps: [Attempt, number][] = [
      [{ words: nothing, key: undefined }, -2014],
      [{ words: nothing, key: 'unknown' }, -2015],
      [{ words: nothing, key: apiKey, secret: 'x' }, -1102],
      [{ words: { ...bad, timestamp: 0 }, key: apiKey, secret: 'x' }, -1021],
      [{ words: { ...bad, timestamp: START }, key: apiKey, secret: 'x' }, -1022],
      [{ words: { ...bad, timestamp: START }, key: apiKey }, -1121],
      [{ words: { ...bad, symbol: 'BTCUSDT', timestamp: START }, key: apiKey }, -1117],
      [{ words: { ...bad, symbol: 'BTCUSDT', side: 'BUY', timestamp: START }, key: apiKey }, -1100],
    ]
    for (const [step, code] of steps) expect(await attempt(step)).toMatchObject({ body: { code } })
    expectedLedger = ['value side']
  })

  test('error: a path that does not exist', async () => {
    expect(await venue.raw({ method: 'GET', path: '/fapi/v1/nope' })).toMatchObject({
      status: 404,
      body: { code: -5000, msg: 'Path /fapi/v1/nope, Method GET is invalid' },
    })
    expectedLedger = ['path GET /fapi/v1/nope']
  })
})

describe('ledger', () => {
  test('behavior: a name that the venue does not know is ignored and told', async () => {
    expect((await venue.post('/fapi/v1/order', { ...limitBuy, leverag: 3 })).status).toBe(200)
    expectedLedger = ['parameter leverag']
  })

  test('behavior: a misspelt mandatory name is refused and told', async () => {
    const words = { ...without(limitBuy, 'symbol'), symbl: 'BTCUSDT' }
    expect(await venue.post('/fapi/v1/order', words)).toMatchObject({ body: { code: -1102 } })
    // Refused at the door: nobody knows what the order would have read.
    const misspelt = { ...limitBuy, newClientOrderID: 'x' }
    expect((await venue.post('/fapi/v1/order', misspelt)).status).toBe(200)
    expectedLedger = ['parameter newClientOrderID']
  })

  test('behavior: all names of a refused request are told apart', async () => {
    const words = { ...limitBuy, symbol: 'NOPE', pric: '1' }
    expect(await venue.post('/fapi/v1/order', words)).toMatchObject({ body: { code: -1121 } })
    expectedLedger = ['parameter pric']
  })
})

describe('reasons of the control', () => {
  test.each([
    ['insufficientMargin', 400, -2019],
    ['wouldTriggerImmediately', 400, -2021],
    ['reduceOnlyRejected', 400, -2022],
    ['belowMinimum', 400, -4004],
    ['precision', 400, -1111],
    ['priceBand', 400, -4016],
    ['tooManyOrders', 400, -2025],
    ['duplicateClientOrderId', 400, -4116],
    ['orderNotFound', 400, -2013],
    ['invalidSymbol', 400, -1121],
    ['invalidParameter', 400, -1130],
    ['invalidSignature', 400, -1022],
    ['timestampOutOfWindow', 400, -1021],
    ['permissionDenied', 401, -2015],
    ['marketClosed', 400, -4141],
    ['exchangeBusy', 503, -1008],
    ['unknownState', 503, -1000],
  ] as const)('default: %s is %i %i', async (reason, status, code) => {
    await venue.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
    expect(await venue.post('/fapi/v1/order', limitBuy)).toMatchObject({ status, body: { code } })
    expect((await venue.get('/fapi/v1/openOrders')).body).toEqual([])
  })

  test('behavior: the reason is said as the route says it', async () => {
    const inject = (reason: 'orderNotFound' | 'tooManyOrders' | 'leverageNotChanged'): unknown =>
      venue.simulator.control.inject({ kind: 'rejectWith', reason, times: 1 })
    await inject('orderNotFound')
    const name = { symbol: 'BTCUSDT', orderId: 1 }
    expect((await venue.remove('/fapi/v1/order', name)).body).toMatchObject({ code: -2011 })
    await inject('tooManyOrders')
    expect(
      (
        await venue.post('/fapi/v1/algoOrder', {
          algoType: 'CONDITIONAL',
          symbol: 'BTCUSDT',
          side: 'SELL',
          type: 'STOP_MARKET',
        })
      ).body,
    ).toMatchObject({ code: -4045 })
    await inject('leverageNotChanged')
    const leverage = { symbol: 'BTCUSDT', leverage: 20 }
    expect((await venue.post('/fapi/v1/leverage', leverage)).body).toEqual({
      leverage: 20,
      maxNotionalValue: '90000000',
      symbol: 'BTCUSDT',
    })
    await inject('leverageNotChanged')
    const mode = { dualSidePosition: 'false' }
    expect((await venue.post('/fapi/v1/positionSide/dual', mode)).body).toMatchObject({
      code: -4059,
    })
  })

  test('behavior: while it is closed for maintenance', async () => {
    await venue.simulator.control.inject({ kind: 'maintenance', times: 1 })
    expect(await venue.read('/fapi/v1/ping')).toMatchObject({
      status: 503,
      body: { code: -1016, msg: 'This service is no longer available.' },
    })
  })
})
