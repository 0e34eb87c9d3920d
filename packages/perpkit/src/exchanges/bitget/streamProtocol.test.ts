import { describe, expect, test } from 'vitest'
import { signText } from './sign.ts'
import { read, routes } from './streamProtocol.ts'

// Frames of docs/wire/bitget.md 8.1, 8.2 and 12.7.

const ARG = '{"instType":"USDT-FUTURES","channel":"ticker","instId":"BTCUSDT"}'

describe('frames', () => {
  test.each([
    ['pong', { kind: 'nothing' }],
    ['7', { kind: 'nothing' }],
    ['{"event":"unsubscribe","arg":{}}', { kind: 'nothing' }],
    ['{"event":"trade","code":0}', { kind: 'nothing' }],
    [
      `{"event":"subscribe","arg":${ARG}}`,
      { kind: 'subscribed', topic: 'USDT-FUTURES/ticker/BTCUSDT' },
    ],
    ['{"event":"subscribe"}', { kind: 'subscribed' }],
    [
      '{"event":"subscribe","arg":{"instType":"USDC-FUTURES","channel":"account","coin":"default"}}',
      { kind: 'subscribed', topic: 'USDC-FUTURES/account/default' },
    ],
    [
      '{"event":"subscribe","arg":{"instType":"UTA","topic":"order"}}',
      { kind: 'subscribed', topic: 'UTA/order' },
    ],
    [
      `{"event":"error","arg":${ARG},"code":30001,"msg":"doesn't exist","op":"subscribe"}`,
      {
        kind: 'refused',
        topic: 'USDT-FUTURES/ticker/BTCUSDT',
        code: 'INVALID_REQUEST',
        nativeCode: '30001',
        nativeMessage: "doesn't exist",
      },
    ],
    [
      '{"event":"error","code":"30002","msg":"illegal request"}',
      { kind: 'refused', code: 'INVALID_REQUEST', nativeCode: '30002' },
    ],
    [`{"event":"error","arg":${ARG},"code":30001,"op":"unsubscribe"}`, { kind: 'nothing' }],
    [`{"event":"error","arg":${ARG},"code":30004,"op":"subscribe"}`, { kind: 'expired' }],
    [`{"event":"error","arg":${ARG},"code":30007,"op":"subscribe"}`, { kind: 'expired' }],
    ['{"event":"error","code":30033,"msg":"upgrade"}', { kind: 'closing' }],
    ['{"event":"login","code":0,"connId":"c"}', { kind: 'loggedIn' }],
    ['{"event":"login","code":"0","msg":""}', { kind: 'loggedIn' }],
    ['{"event":"login","code":1}', { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    [
      '{"event":"error","code":30005,"msg":"error"}',
      { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', nativeMessage: 'error' },
    ],
    ['{"event":"error","code":30011}', { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    ['{"event":"error","code":30012}', { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    ['{"event":"error","code":30013}', { kind: 'loginRefused', code: 'TIMESTAMP_OUT_OF_WINDOW' }],
    ['{"event":"error","code":30014}', { kind: 'loginRefused', code: 'TIMESTAMP_OUT_OF_WINDOW' }],
    ['{"event":"error","code":30015}', { kind: 'loginRefused', code: 'INVALID_CREDENTIALS' }],
    [
      '{"event":"error","code":30006,"op":"login"}',
      { kind: 'loginRefused', code: 'RATE_LIMITED', nativeCode: '30006' },
    ],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })

  test('default: data goes with the whole frame, its ids unrounded', () => {
    const text = `{"action":"update","arg":${ARG},"data":[{"seq":1304314508780744705}],"ts":1}`
    expect(read(text)).toEqual([
      {
        kind: 'data',
        topic: 'USDT-FUTURES/ticker/BTCUSDT',
        value: expect.objectContaining({ data: [{ seq: '1304314508780744705' }], ts: 1 }),
      },
    ])
  })

  test.each(['{"action":', 'ping'])('error: %s is no JSON', (text) => {
    expect(() => read(text)).toThrow(SyntaxError)
  })
})

describe('what is sent', () => {
  const { protocol, limits, path } = routes.classic

  test('default: the login is signed in seconds', () => {
    const credentials = {
      apiKey: 'bg_demo_key_000',
      apiSecret: 'not-a-real-secret-0123456789abcdef',
      passphrase: 'NotReal2026',
    }
    const { op, args } = JSON.parse(protocol.login?.(credentials, 1795305600999, 'h') ?? '')
    expect([op, args]).toEqual([
      'login',
      [
        {
          apiKey: 'bg_demo_key_000',
          passphrase: 'NotReal2026',
          timestamp: '1795305600',
          sign: 'MqhbOFjg76QVFBaMcMKKS4z/JffA7EaEy4kvEM2v9Z4=',
        },
      ],
    ])
    expect(args[0].sign).toBe(signText(credentials.apiSecret, '1795305600GET/user/verify'))
  })

  test('args: topics as the exchange writes them', () => {
    const topics = [
      'USDT-FUTURES/ticker/BTCUSDT',
      'USDT-FUTURES/orders/default',
      'USDC-FUTURES/account/default',
      'UTA/order',
    ]
    const args = [
      { instType: 'USDT-FUTURES', channel: 'ticker', instId: 'BTCUSDT' },
      { instType: 'USDT-FUTURES', channel: 'orders', instId: 'default' },
      { instType: 'USDC-FUTURES', channel: 'account', coin: 'default' },
      { instType: 'UTA', topic: 'order' },
    ]
    const command = { id: 1 }
    expect(JSON.parse(protocol.subscribe?.(topics, command) ?? '')).toEqual({
      op: 'subscribe',
      args,
    })
    expect(JSON.parse(protocol.unsubscribe?.(topics, command) ?? '')).toEqual({
      op: 'unsubscribe',
      args,
    })
  })

  test('default: a full request has less than 4096 bytes', () => {
    const topics = Array.from({ length: limits.topicsPerRequest ?? 1 }, (_, index) =>
      ['USDT-FUTURES', 'candle12Hutc', `1000000MOGLONGNAME${index}USDT`].join('/'),
    )
    expect(protocol.subscribe?.(topics, { id: 1 }).length).toBeLessThan(4_096)
  })

  test('default: a text ping twice a minute, under two a minute being death', () => {
    expect(protocol.heartbeat).toMatchObject({ everyMs: 30_000, answerWithinMs: 10_000 })
    expect(protocol.heartbeat?.frame?.(1)).toBe('ping')
    expect([path, routes.unified.path, routes.public.path]).toEqual([
      '/v2/ws/private',
      '/v3/ws/private',
      '/v2/ws/public',
    ])
    expect(limits).toMatchObject({ lifetimeMs: 86_400_000, topicsPerConnection: 50 })
    expect(limits.requestsPerSecond).toBeLessThan(10)
    expect(routes.public.protocol.login).toBeUndefined()
  })
})
