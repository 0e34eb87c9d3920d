import { describe, expect, test } from 'vitest'
import { socketOriginOf } from '../../client/options.ts'
import { okx } from './index.ts'
import { read, routes } from './streamProtocol.ts'
import { streams } from './streams.ts'

// Frames of docs/wire/okx.md 8.1.

const conn = '"connId":"a4d3ae55"'

describe('frames', () => {
  test.each([
    ['pong', { kind: 'nothing' }],
    ['[]', { kind: 'nothing' }],
    ['{}', { kind: 'nothing' }],
    [
      `{"id":"7","event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT-SWAP"},${conn}}`,
      { kind: 'subscribed', id: 7, topic: 'tickers:BTC-USDT-SWAP' },
    ],
    [
      `{"event":"subscribe","arg":{"channel":"orders","instType":"SWAP"},${conn}}`,
      { kind: 'subscribed', topic: 'orders:SWAP' },
    ],
    [
      `{"id":"8","event":"subscribe","arg":{"channel":"account"},${conn}}`,
      { kind: 'subscribed', id: 8, topic: 'account' },
    ],
    [`{"id":"8","event":"unsubscribe","arg":{"channel":"account"},${conn}}`, { kind: 'nothing' }],
    [`{"event":"login","code":"0","msg":"",${conn}}`, { kind: 'loggedIn' }],
    [
      `{"event":"channel-conn-count","channel":"orders","connCount":"2",${conn}}`,
      { kind: 'nothing' },
    ],
    [`{"event":"notice","code":"64008","msg":"soon",${conn}}`, { kind: 'closing' }],
    [`{"event":"notice","code":"64999","msg":"else",${conn}}`, { kind: 'nothing' }],
  ])('default: %s', (text, message) => {
    expect(read(text)).toEqual([message])
  })

  test('default: data keep their argument as topic, without the user in it', () => {
    const frame = {
      arg: { channel: 'orders', instType: 'SWAP', uid: '6144' },
      data: [{ ordId: '1' }],
    }
    expect(read(JSON.stringify(frame))).toEqual([
      { kind: 'data', topic: 'orders:SWAP', value: frame },
    ])
  })

  test('error: what is no JSON throws', () => {
    expect(() => read('{"event":')).toThrow(SyntaxError)
  })
})

function refusalOf(code: string, id?: string): unknown {
  return read(JSON.stringify({ id, event: 'error', code, msg: 'no', connId: 'a4d3ae55' }))[0]
}

describe('refusals', () => {
  const native = (nativeCode: string): object => ({ nativeCode, nativeMessage: 'no' })

  test.each([
    ['60012', 'INVALID_REQUEST'],
    ['60018', 'INVALID_REQUEST'],
    ['64003', 'PERMISSION_DENIED'],
    ['99999', 'INVALID_REQUEST'],
  ])('error: a subscription with %s is %s', (code, meaning) => {
    expect(refusalOf(code, '7')).toEqual({ kind: 'refused', id: 7, code: meaning, ...native(code) })
    expect(refusalOf(code)).toEqual({ kind: 'refused', code: meaning, ...native(code) })
  })

  test.each([
    ['60005', 'INVALID_CREDENTIALS'],
    ['60007', 'INVALID_CREDENTIALS'],
    ['60009', 'INVALID_CREDENTIALS'],
    ['60024', 'INVALID_CREDENTIALS'],
    ['60032', 'INVALID_CREDENTIALS'],
    ['60004', 'TIMESTAMP_OUT_OF_WINDOW'],
    ['60006', 'TIMESTAMP_OUT_OF_WINDOW'],
  ])('error: a login with %s is %s', (code, meaning) => {
    expect(refusalOf(code)).toEqual({ kind: 'loginRefused', code: meaning, ...native(code) })
  })

  test('error: a login may also be refused in its own form', () => {
    const frame = { event: 'login', code: '60009', msg: 'Login failed.' }
    expect(read(JSON.stringify(frame))).toMatchObject([
      { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', nativeMessage: 'Login failed.' },
    ])
  })

  test.each(['60014', '60011', '63999', '64007', '50001'])(
    'behavior: after %s another connection asks again',
    (code) => {
      expect(refusalOf(code, '7')).toEqual({ kind: 'expired' })
    },
  )

  test('behavior: a channel with too many listeners is silent, though acknowledged', () => {
    const frame = { event: 'channel-conn-count-error', channel: 'orders', connCount: '30' }
    expect(read(JSON.stringify(frame))).toEqual([{ kind: 'expired' }])
  })
})

describe('addresses', () => {
  test.each([
    [{}, 'wss://wspap.okx.com:8443'],
    [{ testnet: false }, 'wss://ws.okx.com:8443'],
    [{ baseUrl: 'https://eea.okx.com' }, 'wss://wseea.okx.com:8443'],
    [{ baseUrl: 'https://us.okx.com/' }, 'wss://wsus.okx.com:8443'],
    [{ baseUrl: 'http://127.0.0.1:8080' }, 'ws://127.0.0.1:8080'],
  ])('args: %j has its sockets at %s', (options, origin) => {
    expect(socketOriginOf(okx, streams, options)).toBe(origin)
  })
})

describe('requests', () => {
  test('default: topics become arguments', () => {
    const { subscribe, unsubscribe } = routes.private.protocol
    const topics = ['orders:SWAP', 'account', 'books:BTC-USDT-SWAP']
    expect(JSON.parse(subscribe?.(topics, { id: 3 }) ?? '')).toEqual({
      id: '3',
      op: 'subscribe',
      args: [
        { channel: 'orders', instType: 'SWAP' },
        { channel: 'account' },
        { channel: 'books', instId: 'BTC-USDT-SWAP' },
      ],
    })
    expect(JSON.parse(unsubscribe?.(['account'], { id: 4 }) ?? '')).toEqual({
      id: '4',
      op: 'unsubscribe',
      args: [{ channel: 'account' }],
    })
  })

  // docs/wire/okx.md 2.1, vector 5
  test('default: a login signs the time in seconds', () => {
    const credentials = {
      apiKey: '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab',
      apiSecret: 'LABSECRET0OKX0V5SHEET0FICTIONAL1',
      passphrase: 'Lab-Pass-1',
    }
    for (const { protocol } of [routes.private, routes.algos]) {
      const text = protocol.login?.(credentials, 1_795_334_400_999, 'ws.okx.com:8443') ?? ''
      expect(JSON.parse(text)).toEqual({
        op: 'login',
        args: [
          {
            apiKey: credentials.apiKey,
            passphrase: 'Lab-Pass-1',
            timestamp: '1795334400',
            sign: 'IrsvGIMTnH8h1kPfvrogAi1vsC/vs5di0dNHI0KrECI=',
          },
        ],
      })
    }
  })

  test('default: a ping is a word, and only two kinds of connections log in', () => {
    expect(routes.public.protocol.heartbeat?.frame?.(1)).toBe('ping')
    const logins = Object.entries(routes).filter(([, { protocol }]) => protocol.login)
    expect(logins.map(([name]) => name)).toEqual(['private', 'algos'])
  })
})
