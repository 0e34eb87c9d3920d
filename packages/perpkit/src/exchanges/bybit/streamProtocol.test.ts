import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { BookMessage, UserContext } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import { bookFeed, depthRule, klineFeed, tradeFeed } from './streamMarket.ts'
import { read, routes } from './streamProtocol.ts'
import { userFeed } from './streamUser.ts'

// Frames of docs/wire/bybit.md 8, and recorded ones of other projects, which are not part of this
// repository.

const folder = new URL(
  `${process.env.PERPKIT_CAPTURES ?? '../shared/captures'}/bybit/`,
  new URL('../../../../../', import.meta.url),
)

function recorded(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8')
}

/** The content of a frame, as feeds are given it. */
function dataOf(text: string): { topic: string; value: unknown } {
  const [message] = read(text)
  if (message?.kind !== 'data') throw new Error(`no data in ${text}`)
  return message
}

const instrument: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '100',
  maxMarketQuantity: '100',
  minNotional: '5',
  contractMultiplier: '1',
}

const context: UserContext = {
  instruments: { byNative: () => undefined, symbolOf: (name) => name },
  receivedAt: 0,
  orderById: () => undefined,
  ordersByClientId: () => [],
}

describe('frames', () => {
  test.each([
    ['{"success":true,"ret_msg":"","req_id":"7","op":"subscribe"}', { kind: 'subscribed', id: 7 }],
    ['{"success":true,"ret_msg":"","req_id":"","op":"subscribe"}', { kind: 'subscribed' }],
    ['{"success":true,"ret_msg":"","op":"unsubscribe"}', { kind: 'nothing' }],
    ['{"success":true,"ret_msg":"pong","req_id":"1","op":"ping"}', { kind: 'nothing' }],
    ['{"req_id":"1","op":"pong","args":["1700000000000"]}', { kind: 'nothing' }],
    [
      '{"success":false,"ret_msg":"error:already subscribed,topic:order","req_id":"2","op":"subscribe"}',
      { kind: 'subscribed', id: 2 },
    ],
    [
      '{"success":false,"ret_msg":"error:handler not found,topic:x","req_id":"3","op":"subscribe"}',
      { kind: 'refused', id: 3, code: 'INVALID_REQUEST' },
    ],
    [
      '{"success":false,"ret_msg":"Request not authorized","op":"subscribe"}',
      { kind: 'refused', code: 'PERMISSION_DENIED' },
    ],
    [
      '{"success":false,"ret_msg":"error:invalid op","request":{"op":"x","args":[]}}',
      { kind: 'refused', code: 'INVALID_REQUEST' },
    ],
    ['{"success":true,"ret_msg":"","op":"auth"}', { kind: 'loggedIn' }],
    ['{"retCode":0,"retMsg":"","op":"auth"}', { kind: 'loggedIn' }],
    [
      '{"success":false,"ret_msg":"Params Error","op":"auth"}',
      { kind: 'loginRefused', code: 'TIMESTAMP_OUT_OF_WINDOW' },
    ],
    [
      '{"success":false,"ret_msg":"bad key","request":{"op":"auth"}}',
      { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', nativeMessage: 'bad key' },
    ],
    ['7', { kind: 'nothing' }],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })

  test('error: what is no JSON', () => {
    expect(() => read('{"topic":')).toThrow(SyntaxError)
  })

  test('default: the login is signed over the time it ends at', () => {
    const login = routes.private.protocol.login?.(
      { apiKey: 'k', apiSecret: 's' },
      1_700_000_000_000,
      '127.0.0.1',
    )
    expect(JSON.parse(login ?? '')).toEqual({
      op: 'auth',
      args: ['k', 1_700_000_010_000, expect.stringMatching(/^[0-9a-f]{64}$/)],
    })
  })
})

describe('the rule of the book', () => {
  const diff = (last: number): BookMessage => {
    return { kind: 'diff', first: last, last, bids: [], asks: [], timestamp: 0 }
  }
  test.each([
    [11, 'next'],
    [10, 'stale'],
    [3, 'stale'],
    [12, 'gap'],
  ])('args: after 10 comes %i: %s', (last, step) => {
    expect(depthRule.follows(10, diff(last))).toBe(step)
  })

  test('args: changes of the best level are not numbered', () => {
    const { rule, topic } = bookFeed(instrument, 1)
    expect([topic.name, rule.follows(10, diff(15)), rule.follows(10, diff(9))]).toEqual([
      'orderbook.1.BTCUSDT',
      'next',
      'stale',
    ])
  })

  test('error: levels that are none', () => {
    const value = { type: 'delta', ts: 1, data: { u: 1, b: [[1, 2]], a: [] } }
    expect(() => bookFeed(instrument, 50).decode(value)).toThrow(/pairs of price and quantity/)
  })
})

describe.skipIf(!existsSync(folder))('recorded frames', () => {
  test('args: answers', () => {
    expect(read(recorded('ws_auth_success'))).toEqual([{ kind: 'loggedIn' }])
    expect(read(recorded('ws_subscription_failure'))).toEqual([
      expect.objectContaining({
        kind: 'refused',
        nativeMessage: expect.stringMatching(/Invalid topic/),
      }),
    ])
  })

  test('args: books, trades and candles', () => {
    const feed = bookFeed(instrument, 1)
    const snapshot = feed.decode(dataOf(recorded('ws_orderbook_snapshot')).value)
    const change = feed.decode(dataOf(recorded('ws_orderbook_delta')).value)
    expect(snapshot?.kind).toBe('snapshot')
    expect(change).toMatchObject({ kind: 'diff', last: 123456790, bids: [['27450.00', '0.400']] })
    const { value } = dataOf(recorded('ws_public_trade'))
    expect(tradeFeed(instrument).start()('', value, 0)).toEqual([
      expect.objectContaining({ price: '27451', quantity: '0.01', side: 'BUY' }),
    ])
    const kline = dataOf(recorded('ws_kline'))
    expect(kline.topic).toBe(klineFeed(instrument, '5m').topics[0]?.name)
    expect(klineFeed(instrument, '5m').start()('', kline.value, 0)).toEqual([
      expect.objectContaining({ timestamp: 1672324800000, close: 16677, isClosed: false }),
    ])
  })

  test('args: a wallet', () => {
    const { topic, value } = dataOf(recorded('ws_account_wallet_locked_exceeds_total'))
    expect(userFeed.decode(topic, value, context)).toEqual([
      expect.objectContaining({
        kind: 'account',
        account: expect.objectContaining({ totalUnrealizedPnl: '-50', availableBalance: '0' }),
      }),
    ])
  })

  test.each([
    ['ws_account_order', { status: 'CANCELLED', type: 'STOP', quantity: '0.01' }],
    ['ws_account_order_market_if_touched', { nativeSymbol: expect.any(String) }],
    ['ws_account_order_limit_if_touched', { nativeSymbol: expect.any(String) }],
  ])('args: %s', (name, order) => {
    const { topic, value } = dataOf(recorded(name))
    expect(userFeed.decode(topic, value, context)).toEqual([
      expect.objectContaining({ kind: 'order', order: expect.objectContaining(order) }),
    ])
  })
})
