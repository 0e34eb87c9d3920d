import { describe, expect, test } from 'vitest'
import { collect } from '../../client/streams/rig.testing.ts'
import { readCapture } from './captures.testing.ts'
import { bitcoin } from './script.testing.ts'
import { depthRule, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { read } from './streamProtocol.ts'
import { binanceRig } from './streams.testing.ts'

// Samples of docs/wire/binance.md 8.3.

const TRADE = {
  e: 'aggTrade',
  E: 1763798400123,
  s: 'BTCUSDT',
  a: 5933014,
  p: '60000.10',
  q: '0.100',
  nq: '0.100',
  f: 100,
  l: 105,
  T: 1763798400100,
  m: true,
  st: 1,
}
const KLINE = {
  e: 'kline',
  E: 1763798400250,
  s: 'BTCUSDT',
  k: {
    t: 1763798400000,
    T: 1763798459999,
    s: 'BTCUSDT',
    i: '1m',
    o: '60000.1',
    c: '60005.5',
    h: '60012.0',
    l: '59980.0',
    v: '12.345',
    x: false,
  },
}
const MARK = {
  e: 'markPriceUpdate',
  E: 1763798401000,
  s: 'BTCUSDT',
  p: '60001.20000000',
  i: '60003.00000000',
  r: '0.00010000',
  T: 1763827200000,
}
const DAY = {
  e: '24hrTicker',
  E: 1763798402000,
  s: 'BTCUSDT',
  c: '60005.50',
  h: '60764.80',
  l: '59456.50',
  v: '122474.816',
}
const BEST = {
  e: 'bookTicker',
  u: 400900217,
  E: 1763798400130,
  s: 'BTCUSDT',
  b: '60000.10',
  B: '3.100',
  a: '60000.20',
  A: '4.660',
}

describe('decoders', () => {
  test('default: a trade is told from its taker', () => {
    expect(tradeFeed(bitcoin).start()('', TRADE, 0)).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        tradeId: '5933014',
        price: '60000.1',
        quantity: '0.1',
        side: 'SELL',
        timestamp: 1763798400100,
      },
    ])
  })

  test('default: a candle', () => {
    expect(klineFeed(bitcoin, '1m').topics).toEqual([{ route: 'market', name: 'btcusdt@kline_1m' }])
    expect(klineFeed(bitcoin, '1m').start()('', KLINE, 0)).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        interval: '1m',
        timestamp: 1763798400000,
        open: 60000.1,
        high: 60012,
        low: 59980,
        close: 60005.5,
        volume: 12.345,
        isClosed: false,
      },
    ])
  })

  test('behavior: a ticker is whole once all three parts are there', () => {
    const decode = tickerFeed(bitcoin).start()
    expect(decode('a', DAY, 0)).toEqual([])
    expect(decode('b', BEST, 0)).toEqual([])
    expect(decode('c', MARK, 0)).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        price: '60005.5',
        bidPrice: '60000.1',
        askPrice: '60000.2',
        markPrice: '60001.2',
        indexPrice: '60003',
        volume: '122474.816',
        highPrice: '60764.8',
        lowPrice: '59456.5',
        fundingRate: '0.0001',
        nextFundingTime: 1763827200000,
        timestamp: 1763798402000,
      },
    ])
    expect(decode('b', { ...BEST, E: BEST.E + 1, b: '60000.15' }, 0)[0]?.bidPrice).toBe('60000.15')
    expect(decode('b', BEST, 0)).toEqual([])
  })

  test('args: recorded marks and best prices', () => {
    const mark = readCapture('mark_price_stream.json')
    const best = readCapture('book_ticker_stream.json')
    if (mark === undefined || best === undefined) return
    const decode = tickerFeed(bitcoin).start()
    decode('a', DAY, 0)
    decode('b', best, 0)
    expect(decode('c', mark, 0)[0]).toMatchObject({
      markPrice: '11794.15',
      bidPrice: '25.3519',
      fundingRate: '0.00038167',
    })
  })

  test('error: a message that is none', () => {
    expect(() => tradeFeed(bitcoin).start()('', { ...TRADE, p: 'x' }, 0)).toThrow(/a decimal/)
  })
})

describe('the rule of the book', () => {
  const diff = { kind: 'diff', bids: [], asks: [], timestamp: 0 } as const
  test.each([
    [100, { first: 90, last: 99, previous: 80 }, 'stale'],
    [100, { first: 90, last: 100, previous: 80 }, 'next'],
    [100, { first: 100, last: 120, previous: 99 }, 'next'],
    [100, { first: 105, last: 120, previous: 100 }, 'next'],
    [100, { first: 105, last: 120, previous: 103 }, 'gap'],
  ] as const)('args: a snapshot of %i and %o: %s', (snapshot, ids, step) => {
    expect(depthRule.joins?.(snapshot, { ...diff, ...ids })).toBe(step)
  })
  test.each([
    [100, { first: 150, last: 160, previous: 100 }, 'next'],
    [100, { first: 90, last: 100, previous: 80 }, 'stale'],
    [100, { first: 101, last: 160, previous: 101 }, 'gap'],
    [100, { first: 101, last: 160, previous: 99 }, 'gap'],
  ] as const)('args: after %i comes %o: %s', (last, ids, step) => {
    expect(depthRule.follows(last, { ...diff, ...ids })).toBe(step)
  })
})

describe('frames', () => {
  test.each([
    ['{"result":null,"id":1}', { kind: 'subscribed', id: 1 }],
    ['{"error":{"code":2,"msg":"Invalid request"},"id":3}', { kind: 'refused', id: 3 }],
    ['{"code":3,"msg":"Invalid JSON"}', { kind: 'refused', nativeCode: '3' }],
    ['{"stream":"btcusdt@depth","data":{"a":1}}', { kind: 'data', topic: 'btcusdt@depth' }],
    ['{"e":"listenKeyExpired","E":"1736996475556","listenKey":"k"}', { kind: 'expired' }],
    ['{"e":"ACCOUNT_UPDATE","E":1}', { kind: 'data', topic: 'user' }],
    ['[]', { kind: 'nothing' }],
  ])('args: %s', (text, message) => {
    expect(read(text)).toEqual([expect.objectContaining(message)])
  })
})

describe('on a whole client', () => {
  test('default: trades, each once, in the order they come', async () => {
    const rig = binanceRig()
    const seen = collect(rig.client.watchTrades('BTC/USDT'))
    await rig.settle()
    const far = rig.side('/market/')
    expect(far.request.url).toBe('ws://127.0.0.1:1/market/stream?streams=')
    for (const a of [1, 2, 2, 1, 3]) far.say({ stream: 'btcusdt@aggTrade', data: { ...TRADE, a } })
    await rig.settle()
    expect(seen.items.map(({ tradeId }) => tradeId)).toEqual(['1', '2', '3'])
    expect(seen.items[0]).toMatchObject({ receivedAt: rig.clock.now() })
  })

  test('behavior: candles go forward only; waiting repetitions are put together', async () => {
    const rig = binanceRig()
    const stream = rig.client.watchKlines('BTCUSDT', '1m')
    await rig.settle()
    const say = (k: object): void =>
      rig
        .side('/market/')
        .say({ stream: 'btcusdt@kline_1m', data: { ...KLINE, k: { ...KLINE.k, ...k } } })
    say({ v: '1' })
    say({ v: '2' })
    say({ v: '1' })
    say({ v: '3', x: true })
    say({ v: '2' })
    say({ t: KLINE.k.t + 60_000, v: '1' })
    say({ v: '4', x: true })
    expect((await stream.next()).value).toMatchObject({ volume: 3, isClosed: true })
    expect((await stream.next()).value).toMatchObject({ volume: 1, isClosed: false })
    stream.close()
    expect((await stream.next()).done).toBe(true)
  })

  test('error: a refused subscription ends the stream with our error', async () => {
    const rig = binanceRig()
    rig.sockets.onFrame = (side, text) =>
      side.say({ error: { code: 2, msg: 'Invalid request' }, id: JSON.parse(text).id })
    const stream = rig.client.watchTrades('BTCUSDT')
    const next = stream.next()
    next.catch(() => undefined)
    await rig.pass(1_000)
    await expect(next).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      nativeCode: '2',
      exchange: 'BINANCE',
    })
    expect(stream.status).toBe('CLOSED')
    expect((await stream.next()).done).toBe(true)
  })

  test('error: 10 000 trades that nobody takes', async () => {
    const rig = binanceRig()
    const stream = rig.client.watchTrades('BTCUSDT')
    await rig.settle()
    for (let a = 0; a <= 10_000; a++) {
      rig.side('/market/').say({ stream: 'btcusdt@aggTrade', data: { ...TRADE, a } })
    }
    await expect(stream.next()).rejects.toMatchObject({ code: 'STREAM_OVERFLOW' })
  })

  test('error: what cannot be watched', async () => {
    const rig = binanceRig()
    await expect(rig.client.watchTicker('NOSUCH').next()).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
    expect(() => rig.client.watchTicker('!')).toThrow(/cannot be a symbol/)
    expect(() => JSON.stringify(rig.client.watchKlines('BTCUSDT', '7m' as '1m'))).toThrow(
      /interval must be one of/,
    )
    await rig.client.close()
    expect(() => rig.client.watchTicker('BTCUSDT')).toThrow(/was closed/)
  })

  test('behavior: the signal of the caller ends it', async () => {
    const rig = binanceRig()
    const stop = new AbortController()
    const stream = rig.client.watchTrades('BTCUSDT', { signal: stop.signal })
    const next = stream.next()
    await rig.settle()
    stop.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
    expect(rig.side('/market/').isClosed).toBe(true)
  })

  test('behavior: a silent connection is replaced when the pulse should have come', async () => {
    const rig = binanceRig()
    const stream = rig.client.watchTrades('BTCUSDT')
    await rig.settle()
    const first = rig.side('/market/')
    const beat = (): void =>
      rig.side('/market/').say({ stream: 'btcusdt@markPrice@1s', data: MARK })
    for (let second = 0; second < 20; second++) {
      beat()
      await rig.pass(1_000)
    }
    expect([rig.side('/market/') === first, stream.status]).toEqual([true, 'LIVE'])
    await rig.pass(7_000)
    expect([rig.side('/market/') === first, first.isClosed, stream.status]).toEqual([
      false,
      true,
      'LIVE',
    ])
  })

  test('behavior: a silent exchange whose time stands still is no stall', async () => {
    const rig = binanceRig()
    rig.answers['GET /fapi/v1/time'] = () => ({ serverTime: 1_763_798_400_000 })
    const stream = rig.client.watchTrades('BTCUSDT')
    await rig.pass(30_000)
    expect([rig.sockets.opened.length, stream.status]).toEqual([1, 'LIVE'])
  })
})
