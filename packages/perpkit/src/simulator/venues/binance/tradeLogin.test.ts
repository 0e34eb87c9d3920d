import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hmacSha256 } from '../../../core/bytes.ts'
import { assembleSimulator } from '../../assemble.ts'
import { isSignedBy, splitSignature } from './auth.ts'
import { binance } from './index.ts'
import { queryOf, readRequest } from './tradeRequest.ts'
import { openTradeStand, type Reply, refusal, type TradeStand } from './tradeSocket.fixture.ts'
import { limitBuy, START, type Words, without } from './wire.fixture.ts'

// Who a connection of the request API acts for, and what ends it: docs/wire/binance.md 8.7.

let stand: TradeStand
let expectedLedger: string[] = []
beforeEach(() => {
  stand = openTradeStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await stand.ledger()).toEqual(expectedLedger)
})

describe('signatures', () => {
  test('default: over the names in order, whatever order they come in', () => {
    const signed = stand.signed(limitBuy)
    const turned = Object.fromEntries(Object.entries(signed).reverse())
    expect(stand.ask('order.place', turned).status).toBe(200)
  })

  test('default: the vector V6 of docs/wire/binance.md 2.1', () => {
    const request = readRequest({
      method: 'order.place',
      params: {
        ...{ apiKey: 'fictional-api-key-0001', symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT' },
        ...{ timeInForce: 'GTC', quantity: '0.010', price: '60000.10', recvWindow: 5000 },
        timestamp: 1763798400000,
        signature: 'b315f03d81b3a678c37e24b54c4cee9e3af4965a51acb645e1cefb1f9301fab9',
      },
    })
    const split = splitSignature(queryOf(request.params, { access: 'signed' }), '')
    const { signed = '', signature = '' } = split ?? {}
    expect(isSignedBy('fictional-secret-0001', signed, signature)).toBe(true)
  })

  test.each<[string, Parameters<TradeStand['signed']>[1]]>([
    ['as it is sent (ccxt)', { texts: 'plain' }],
    ['percent-encoded (the official connector)', { texts: 'encoded' }],
    ['by an Ed25519 key', { kind: 'Ed25519' }],
    ['percent-encoded by an Ed25519 key', { kind: 'Ed25519', texts: 'encoded' }],
  ])('args: %s, a signed returnRateLimits and numbers included', (_, form) => {
    const words = { ...limitBuy, newClientOrderId: 'g1:a/b', returnRateLimits: false }
    const params = { ...words, recvWindow: 10_000 }
    const reply = stand.ask('order.place', stand.signed(params, form))
    expect(Object.keys(reply)).toEqual(['id', 'status', 'result'])
  })

  test.each<[string, (signed: Words) => Words, number, number]>([
    ['a changed value', (signed) => ({ ...signed, quantity: '0.020' }), 400, -1022],
    ['a name added after signing', (signed) => ({ ...signed, reduceOnly: true }), 400, -1022],
    ['a signature of no kind', (signed) => ({ ...signed, signature: 'abc' }), 400, -1022],
    ['no signature', (signed) => without(signed, 'signature'), 400, -1102],
    ['no timestamp', (signed) => without(signed, 'timestamp'), 400, -1102],
    ['no key', (signed) => without(signed, 'apiKey'), 400, -1102],
    ['a key of nobody', (signed) => ({ ...signed, apiKey: 'a'.repeat(64) }), 401, -2015],
    ['a key that is none', (signed) => ({ ...signed, apiKey: 'a b' }), 401, -2014],
    [
      'an old timestamp',
      () => stand.signed({ ...limitBuy, timestamp: START - 60_000 }),
      400,
      -1021,
    ],
    ['too wide a window', () => stand.signed({ ...limitBuy, recvWindow: 60_001 }), 400, -1131],
  ])('error: %s', async (_, spoil, status, code) => {
    expect(stand.ask('order.place', spoil(stand.signed(limitBuy)))).toEqual(refusal(status, code))
    expect(await stand.openIds()).toEqual([])
  })

  test('error: names signed in the order of their arrival', () => {
    const { apiKey, apiSecret } = stand.credentials
    const signature = hmacSha256(apiSecret, `timestamp=${START}&apiKey=${apiKey}`, 'hex')
    const params = { timestamp: START, apiKey, signature }
    expect(stand.ask('account.balance', params)).toEqual(refusal(400, -1022))
  })

  test('error: a key that may not trade reads and does not place', async () => {
    const { control } = stand.simulator
    stand.credentials = await control.createAccount({
      venue: 'binance',
      permissions: { trade: false },
    })
    expect(stand.sign('order.place', limitBuy)).toEqual(refusal(401, -2015))
    expect(stand.sign('account.balance').status).toBe(200)
  })
})

describe('login', () => {
  test('default: once logged on, a timestamp is enough', async () => {
    const { apiKey } = stand.credentials
    const login = {
      apiKey,
      authorizedSince: START,
      connectedSince: START,
      returnRateLimits: true,
      serverTime: START,
    }
    expect(stand.logOn()).toMatchObject({ id: 1, status: 200, result: login })
    expect(stand.ask('order.place', { ...limitBuy, timestamp: START }).status).toBe(200)
    expect(await stand.openIds()).toHaveLength(1)
    expect(stand.ask('userDataStream.start').status).toBe(200)
    expect(stand.ask('order.place', limitBuy)).toEqual(refusal(400, -1102))
    expect(stand.ask('order.place', { ...limitBuy, timestamp: 1 })).toEqual(refusal(400, -1021))
    expect(stand.ask('session.status').result).toEqual(login)
    const none = { ...login, apiKey: null, authorizedSince: null }
    expect(stand.ask('session.logout').result).toEqual(none)
    expect(stand.ask('account.balance', { timestamp: START })).toEqual(refusal(400, -1102))
    expect(stand.ask('session.status').result).toEqual(none)
  })

  test('behavior: a message may be signed by another key, and a second logon changes the key', async () => {
    stand.logOn()
    const first = stand.credentials
    stand.credentials = await stand.simulator.control.createAccount({
      venue: 'binance',
      balance: 5,
    })
    const other = stand.sign('v2/account.status').result
    expect(other).toMatchObject({ totalWalletBalance: '5.00000000' })
    expect(stand.ask('session.status').result).toMatchObject({ apiKey: first.apiKey })
    expect(stand.logOn().result).toMatchObject({ apiKey: stand.credentials.apiKey })
    const own = stand.ask('v2/account.status', { timestamp: START }).result
    expect(own).toEqual(other)
  })

  test('error: a key of the HMAC kind cannot log on, a wrong signature neither', () => {
    expect(stand.sign('session.logon')).toMatchObject({
      status: 400,
      error: { code: -4056, msg: 'HMAC_SHA256 API key is not supported.' },
    })
    const signed = stand.signed({}, { kind: 'Ed25519' })
    expect(stand.ask('session.logon', { ...signed, recvWindow: 1 })).toEqual(refusal(400, -1022))
    expect(stand.ask('session.logon')).toEqual(refusal(400, -1102))
    expect(stand.ask('session.status').result).toMatchObject({ apiKey: null })
  })

  test('behavior: a fault aimed at the account finds its connection', async () => {
    stand.logOn()
    const { apiKey: account } = stand.credentials
    await stand.simulator.control.inject({ venue: 'binance', kind: 'disconnect', account })
    expect(stand.socket.isOpen).toBe(false)
  })
})

describe('limits', () => {
  test('default: the handshake weighs 5, a logon 2; the address shares the weights of REST', async () => {
    const counts = (reply: Reply): unknown =>
      (reply.rateLimits as Reply[]).map(({ count }) => count)
    expect(counts(stand.logOn())).toEqual([7])
    await stand.read('/fapi/v1/time')
    expect(counts(stand.ask('ticker.book', { symbol: 'BTCUSDT' }))).toEqual([10])
  })

  test('args: returnRateLimits of the address counts unless a message says otherwise', () => {
    stand = openTradeStand('/ws-fapi/v1?returnRateLimits=false')
    expect(stand.logOn()).toMatchObject({ result: { returnRateLimits: false } })
    expect(stand.ask('session.status')).not.toHaveProperty('rateLimits')
    expect(stand.ask('session.status', { returnRateLimits: true })).toHaveProperty('rateLimits')
  })

  test('error: more orders than there may be', async () => {
    for (let sent = 0; sent < 300; sent++) stand.sign('order.place', { ...limitBuy, quantity: '0' })
    expect(stand.sign('order.place', limitBuy)).toMatchObject({
      status: 429,
      error: { code: -1015, data: { serverTime: START, retryAfter: START + 10_000 } },
    })
    await stand.simulator.control.advance({ ms: 10_000 })
    expect(stand.sign('order.place', limitBuy).status).toBe(200)
  })

  test('error: no weight left refuses the handshake', async () => {
    const [path, query] = ['/fapi/v1/historicalTrades', 'symbol=BTCUSDT&limit=1']
    const key = stand.credentials.apiKey
    for (let sent = 0; sent < 11; sent++) await stand.raw({ method: 'GET', path, query, key })
    const open = () => stand.simulator.openSocket('binance', '/ws-fapi/v1')
    // 2200 for the trades, and 5 for this connection and each of the others.
    const sockets = Array.from({ length: 39 }, open)
    expect(sockets.every(({ isOpen }) => isOpen)).toBe(true)
    const refused = open()
    expect([refused.isOpen, refused.refusal?.status]).toEqual([false, 429])
  })

  test('behavior: pinged every three minutes, dropped ten after the last pong, ended in a day', async () => {
    const { control } = stand.simulator
    const mute = stand.simulator.openSocket('binance', '/ws-fapi/v1')
    mute.answersPings = false
    await control.advance({ ms: 780_000 })
    expect([mute.pings, mute.end?.code, stand.socket.isOpen]).toEqual([3, 1008, true])
    await control.advance({ ms: 86_400_000 })
    expect(stand.socket.end?.code).toBe(1001)
  })

  test('error: a sixth ping in a second ends it', () => {
    for (let sent = 0; sent < 5; sent++) stand.socket.ping()
    expect(stand.socket.isOpen).toBe(true)
    stand.socket.ping()
    expect(stand.socket.end?.code).toBe(1008)
  })

  test('error: a name of the address that nobody knows, and the path over HTTP', async () => {
    stand = openTradeStand('/ws-fapi/v1?colour=red')
    expect((await stand.read('/ws-fapi/v1')).body).toMatchObject({ code: -5000 })
    expectedLedger = ['parameter colour', 'value path']
  })
})

test('behavior: without enforced limits everything is let through', async () => {
  const { simulator } = assembleSimulator({ clock: 'manual', rateLimits: false }, [binance])
  const socket = simulator.openSocket('binance', '/ws-fapi/v1')
  for (let sent = 0; sent < 9; sent++) socket.ping()
  expect(socket.isOpen).toBe(true)
})
