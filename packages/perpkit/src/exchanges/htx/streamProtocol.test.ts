import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { read, routes } from './streamProtocol.ts'

// Frames of docs/wire/htx.md 8.1, 8.2.

const { market, index, private: account } = routes

describe('frames of market data', () => {
  test.each([
    [
      '{"id":"7","status":"ok","subbed":"market.BTC-USDT.kline.1min","ts":1}',
      { kind: 'subscribed', id: 7 },
    ],
    [
      '{"id":null,"status":"ok","subbed":"market.BTC-USDT.bbo","ts":1}',
      { kind: 'subscribed', topic: 'market.BTC-USDT.bbo' },
    ],
    ['{"id":"8","status":"ok","unsubbed":"market.BTC-USDT.bbo","ts":1}', { kind: 'nothing' }],
    [
      '{"status":"error","err-code":"bad-request","err-msg":"invalid topic x","id":"7","ts":1}',
      { kind: 'refused', id: 7, code: 'INVALID_REQUEST', nativeMessage: 'invalid topic x' },
    ],
    [
      '{"status":"error","err-code":"invalid-parameter","err-msg":"invalid symbol","id":"7"}',
      { kind: 'refused', id: 7, code: 'UNKNOWN_SYMBOL', nativeCode: 'invalid-parameter' },
    ],
    [
      '{"status":"error","err-code":"bad-request","err-msg":"invalid command"}',
      { kind: 'refused', code: 'INVALID_REQUEST' },
    ],
    ['{"ping":1780315200000}', { kind: 'question', answer: '{"pong":1780315200000}' }],
    ['{"pong":1780315200000}', { kind: 'nothing' }],
    ['{"ch":"market.X-USDT.bbo","ts":1,"tick":{}}', { kind: 'data', topic: 'market.X-USDT.bbo' }],
    ['7', { kind: 'nothing' }],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })

  test('args: the answer to an unnamed command names none', () => {
    const [message] = read('{"status":"error","err-code":"x","err-msg":"y","id":""}')
    expect(message).not.toHaveProperty('id')
  })

  test('error: what is no JSON', () => {
    expect(() => read('{"ch":')).toThrow(SyntaxError)
  })
})

describe('frames of the account', () => {
  const auth = (code: number, text = ''): string =>
    JSON.stringify({ op: 'auth', type: 'api', 'err-code': code, 'err-msg': text, ts: 1 })
  const sub = (code: number): string =>
    JSON.stringify({ op: 'sub', cid: '5', topic: 'orders', 'err-code': code, ts: 1 })

  test.each([
    [auth(0), { kind: 'loggedIn' }],
    [auth(2005), { kind: 'loggedIn' }],
    [auth(2001), { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    [auth(2013), { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    [
      auth(2003, 'Verification failure'),
      { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', nativeMessage: 'Verification failure' },
    ],
    [
      auth(2003, 'Invalid submission time'),
      { kind: 'loginRefused', code: 'TIMESTAMP_OUT_OF_WINDOW', nativeCode: '2003' },
    ],
    [auth(2030), { kind: 'loginRefused', code: 'RATE_LIMITED' }],
    [auth(4007), { kind: 'loginRefused', code: 'PERMISSION_DENIED' }],
    [sub(0), { kind: 'subscribed', id: 5 }],
    [sub(2014), { kind: 'subscribed', id: 5 }],
    [sub(2002), { kind: 'refused', id: 5, code: 'INVALID_CREDENTIALS', nativeCode: '2002' }],
    [sub(2004), { kind: 'refused', id: 5, code: 'RATE_LIMITED' }],
    [sub(2007), { kind: 'refused', id: 5, code: 'PERMISSION_DENIED' }],
    [sub(2010), { kind: 'refused', id: 5, code: 'INVALID_REQUEST' }],
    [sub(2011), { kind: 'refused', id: 5, code: 'UNKNOWN_SYMBOL' }],
    ['{"op":"sub","topic":"account","err-code":0}', { kind: 'subscribed', topic: 'account' }],
    ['{"op":"error","err-code":2010,"ts":1}', { kind: 'refused', code: 'INVALID_REQUEST' }],
    ['{"op":"unsub","cid":"6","topic":"orders","err-code":0}', { kind: 'nothing' }],
    [
      '{"op":"ping","ts":"1645202800015"}',
      { kind: 'question', answer: '{"op":"pong","ts":"1645202800015"}' },
    ],
    ['{"op":"pong","ts":1}', { kind: 'nothing' }],
    ['{"op":"close","ts":1}', { kind: 'closing' }],
    ['{"op":"notify","topic":"orders","ts":1,"data":{}}', { kind: 'data', topic: 'orders' }],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })
})

describe('what is sent', () => {
  const topicOf = (depth: number): string => `market.BTC-USDT.depth.size_${depth}.high_freq`

  test('default: one topic a request; books of changes are asked for as such', () => {
    const { subscribe, unsubscribe } = market.protocol
    expect(JSON.parse(subscribe?.(['market.BTC-USDT.bbo'], { id: 3 }) ?? '')).toEqual({
      sub: 'market.BTC-USDT.bbo',
      id: '3',
    })
    expect(JSON.parse(subscribe?.([topicOf(150)], { id: 4 }) ?? '')).toEqual({
      ...{ sub: topicOf(150), id: '4', data_type: 'incremental' },
    })
    expect(JSON.parse(unsubscribe?.([topicOf(20)], { id: 5 }) ?? '')).toMatchObject({
      ...{ unsub: topicOf(20), id: '5' },
    })
  })

  test('default: private topics are of all contracts, the account of none', () => {
    const { subscribe } = account.protocol
    expect(subscribe?.(['orders'], { id: 1 })).toBe(
      '{"op":"sub","cid":"1","topic":"orders","contract_code":"*"}',
    )
    expect(subscribe?.(['account'], { id: 2 })).toBe('{"op":"sub","cid":"2","topic":"account"}')
  })

  test('default: T5, the login of docs/wire/htx.md 2', () => {
    const credentials = {
      apiKey: 'a1b2c3d4-e5f6a7b8-c9d0e1f2-00001',
      apiSecret: 'f0e1d2c3-b4a59687-78695a4b-3c2d1',
    }
    const now = Date.UTC(2026, 5, 1, 12)
    expect(JSON.parse(account.protocol.login?.(credentials, now, 'api.hbdm.com') ?? '')).toEqual({
      op: 'auth',
      type: 'api',
      AccessKeyId: credentials.apiKey,
      SignatureMethod: 'HmacSHA256',
      SignatureVersion: '2',
      Timestamp: '2026-06-01T12:00:00',
      Signature: 'iRr7PhZGAmIlxhGEdM3k9upKKfhh25e6R8nGBavEksA=',
    })
  })
})

describe('binary frames', () => {
  test('default: gzip on every socket', () => {
    for (const { protocol } of [market, index, account]) {
      expect(protocol.unpack?.(gzipSync('{"ping":1}'))).toBe('{"ping":1}')
    }
  })

  test.each([
    ['no gzip', new Uint8Array([1, 2, 3])],
    ['cut off', gzipSync('{"ping":1780315200000}').subarray(0, 12)],
    ['larger than any frame', gzipSync(Buffer.alloc(17 * 1_024 * 1_024))],
  ])('error: %s', (_, frame) => {
    expect(() => market.protocol.unpack?.(frame)).toThrow(SyntaxError)
  })
})
