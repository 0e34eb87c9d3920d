import { describe, expect, it } from 'vitest'
import { routes, topicOf } from './streamProtocol.ts'

// docs/wire/kraken.md 8.1.

const login = {
  credentials: {
    apiKey: 'KEY',
    apiSecret:
      'rttp4AzwRfYEdQ7R7X8Z/04Y4TZPa97pqCypi3xXxAqftygftnI6H9yGV+OcUOOJeFtZkr8mVwbAndU3Kz4Q+eG',
  },
  token: 'c100b894-1729-464d-ace1-52dbce11db42',
}

describe('requests', () => {
  it('default: a feed of a product, with no signature', () => {
    const { subscribe, unsubscribe } = routes.public.protocol
    expect(JSON.parse(subscribe?.(['book PF_XBTUSD'], { id: 1 }) ?? '')).toEqual({
      event: 'subscribe',
      feed: 'book',
      product_ids: ['PF_XBTUSD'],
    })
    expect(JSON.parse(unsubscribe?.(['heartbeat'], { id: 2 }) ?? '')).toEqual({
      event: 'unsubscribe',
      feed: 'heartbeat',
    })
  })

  it('default: the challenge, and its answer in each private request', () => {
    const { login: ask, subscribe, unsubscribe } = routes.private.protocol
    expect(ask?.(login.credentials, 0, 'futures.kraken.com')).toBe(
      '{"event":"challenge","api_key":"KEY"}',
    )
    for (const encode of [subscribe, unsubscribe]) {
      expect(JSON.parse(encode?.(['fills'], { id: 1, login }) ?? '')).toMatchObject({
        feed: 'fills',
        api_key: 'KEY',
        original_challenge: login.token,
        signed_challenge: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      })
    }
    expect(JSON.parse(subscribe?.(['heartbeat'], { id: 1, login }) ?? '')).toEqual({
      event: 'subscribe',
      feed: 'heartbeat',
    })
  })

  it('args: products are written in upper case, as they are answered', () => {
    expect(topicOf('book', 'PF_AAPLxUSD')).toBe('book PF_AAPLXUSD')
  })

  it('default: one request at a time, and a ping frame within the minute', () => {
    for (const { limits, protocol, pulse } of Object.values(routes)) {
      expect([limits.oneAtATime, limits.topicsPerRequest]).toEqual([true, 1])
      expect(protocol.heartbeat?.frame).toBeUndefined()
      expect(protocol.heartbeat?.everyMs).toBeLessThan(60_000)
      expect(pulse?.topic).toBe('heartbeat')
    }
  })
})

describe('frames', () => {
  const { read } = routes.public.protocol

  it.each([
    ['{"event":"info","version":1}', { kind: 'nothing' }],
    ['[]', { kind: 'nothing' }],
    ['{"a":1}', { kind: 'nothing' }],
    ['{"event":"challenge","message":"c1"}', { kind: 'loggedIn', token: 'c1' }],
    [
      '{"event":"subscribed","feed":"book","product_ids":["PF_XBTUSD"]}',
      { kind: 'subscribed', topic: 'book PF_XBTUSD' },
    ],
    ['{"event":"subscribed","feed":"balances"}', { kind: 'subscribed', topic: 'balances' }],
    ['{"event":"unsubscribed","feed":"balances"}', { kind: 'nothing' }],
    ['{"event":"unsubscribed_failed"}', { kind: 'nothing' }],
    ['{"event":"alert","message":"Not subscribed to feed"}', { kind: 'nothing' }],
    [
      '{"event":"alert","message":"Already subscribed to feed, re-requesting"}',
      { kind: 'subscribed' },
    ],
    ['{"feed":"heartbeat","time":1}', { kind: 'data', topic: 'heartbeat' }],
    ['{"feed":"trade_snapshot","product_id":"PF_XBTUSD"}', { topic: 'trade PF_XBTUSD' }],
    ['{"feed":"candles_trade_1m_snapshot","product_id":"p"}', { topic: 'candles_trade_1m P' }],
    ['{"feed":"balances_snapshot"}', { kind: 'data', topic: 'balances' }],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })

  it.each([
    ['error', 'Invalid feed', 'refused', 'UNSUPPORTED'],
    ['error', 'Invalid product id', 'refused', 'UNKNOWN_SYMBOL'],
    ['alert', "Couldn't subscribe to invalid product `X`", 'refused', 'UNKNOWN_SYMBOL'],
    ['alert', "Couldn't subscribe to invalid feed", 'refused', 'UNSUPPORTED'],
    ['alert', 'Bad websocket message', 'refused', 'INVALID_REQUEST'],
    ['subscribed_failed', '', 'refused', 'INVALID_REQUEST'],
    ['alert', 'Failed to subscribe to authenticated feed', 'loginRefused', 'INVALID_CREDENTIALS'],
    ['error', 'Json Error', 'loginRefused', 'INVALID_CREDENTIALS'],
  ])('error: %s %s is %s with %s', (event, message, kind, code) => {
    const said = routes.private.protocol.read(JSON.stringify({ event, message }))
    expect(said).toEqual([{ kind, code, nativeCode: event, nativeMessage: message }])
  })

  it('error: on a public connection no login is refused', () => {
    expect(read('{"event":"error","message":"Json Error"}')).toMatchObject([
      { kind: 'refused', code: 'INVALID_REQUEST' },
    ])
  })

  it('error: what is no JSON', () => {
    expect(() => read('<html>')).toThrow(SyntaxError)
  })
})
