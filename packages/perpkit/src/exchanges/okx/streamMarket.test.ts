import { describe, expect, test } from 'vitest'
import type { MarketFeed } from '../../client/definition.ts'
import { collect } from '../../client/streams/rig.testing.ts'
import { ReadError } from '../../core/reader.ts'
import { okx } from './index.ts'
import { bitcoin, ok, pepe } from './script.testing.ts'
import { bookFeed, klineFeed, seqRule, tickerFeed, tradeFeed } from './streamMarket.ts'
import { askedOn, book, okxRig, push } from './streams.testing.ts'
import { klineTokens } from './tokens.ts'

// Samples of docs/wire/okx.md 3.2, 3.3, 3.4 and 8.2.

/** What a feed makes of frames, each of them `[topic, data]`. */
function told<Item>(feed: MarketFeed<Item>, ...frames: [string, unknown[]][]): Item[] {
  const decode = feed.start()
  return frames.flatMap(([topic, data]) => {
    const [channel = '', instId] = topic.split(':')
    return decode(topic, push({ channel, instId }, data), 0)
  })
}

describe('a ticker', () => {
  const LAST = {
    instId: 'BTC-USDT-SWAP',
    last: '85000.1',
    askPx: '85000.10',
    bidPx: '85000',
    high24h: '85900',
    low24h: '83700',
    volCcy24h: '81234.5',
    vol24h: '8123450.12',
    ts: '1795334400005',
  }
  const last: [string, unknown[]] = ['tickers:BTC-USDT-SWAP', [LAST]]
  const mark = (markPx: string, ts: string): [string, unknown[]] => [
    'mark-price:BTC-USDT-SWAP',
    [{ instType: 'SWAP', instId: 'BTC-USDT-SWAP', markPx, ts }],
  ]
  const index: [string, unknown[]] = [
    'index-tickers:BTC-USDT',
    [{ instId: 'BTC-USDT', idxPx: '85002.1', ts: '1795334400002' }],
  ]

  test('args: three channels, the index by its own name', () => {
    expect(tickerFeed(bitcoin).topics).toEqual([
      { route: 'public', name: 'tickers:BTC-USDT-SWAP' },
      { route: 'public', name: 'mark-price:BTC-USDT-SWAP' },
      { route: 'public', name: 'index-tickers:BTC-USDT' },
    ])
  })

  test('default: told once all three are known, then with each of them', () => {
    const feed = tickerFeed(bitcoin)
    expect(told(feed, last, mark('85001.2', '1795334400003'))).toEqual([])
    expect(told(feed, last, index)).toEqual([])
    const tickers = told(
      feed,
      mark('85001.2', '1795334400003'),
      index,
      last,
      mark('85001.3', '1795334400203'),
    )
    expect(tickers).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        price: '85000.1',
        bidPrice: '85000',
        askPrice: '85000.1',
        markPrice: '85001.2',
        indexPrice: '85002.1',
        volume: '81234.5',
        highPrice: '85900',
        lowPrice: '83700',
        timestamp: 1_795_334_400_005,
      },
      expect.objectContaining({ markPrice: '85001.3', timestamp: 1_795_334_400_203 }),
    ])
  })

  test('behavior: a part that comes late is not told; a missing side of the book is zero', () => {
    const thin: [string, unknown[]] = ['tickers:BTC-USDT-SWAP', [{ ...LAST, bidPx: '' }]]
    const tickers = told(tickerFeed(bitcoin), mark('2', '20'), index, thin, mark('1', '10'))
    expect(tickers).toMatchObject([{ markPrice: '2', bidPrice: '0' }])
  })

  test('error: a figure that is none is a broken message', () => {
    expect(() => told(tickerFeed(bitcoin), mark('?', '20'))).toThrow(ReadError)
  })
})

describe('trades and candles', () => {
  test('default: trades in base units, several in one frame', () => {
    const row = {
      instId: 'BTC-USDT-SWAP',
      tradeId: '130639474',
      px: '85000.1',
      sz: '12',
      side: 'sell',
      ts: '1795334400001',
      count: '3',
      source: '0',
      seqId: 1234,
    }
    const second = { ...row, tradeId: '130639475', side: 'buy' }
    const trade = { symbol: 'BTCUSDT', price: '85000.1', quantity: '0.12' }
    expect(told(tradeFeed(bitcoin), ['trades:BTC-USDT-SWAP', [row, second]])).toMatchObject([
      { ...trade, tradeId: '130639474', side: 'SELL', timestamp: 1_795_334_400_001 },
      { ...trade, tradeId: '130639475', side: 'BUY' },
    ])
    expect(() => told(tradeFeed(bitcoin), ['trades', [{ ...row, side: '' }]])).toThrow(ReadError)
  })

  test('behavior: trades missed while the line was down are read, and told once', async () => {
    const rig = okxRig()
    const seen = collect(rig.client.watchTrades('BTCUSDT'))
    await rig.settle()
    const trade = (tradeId: string): object => {
      return { instId: 'BTC-USDT-SWAP', tradeId, px: '85000', sz: '1', side: 'buy', ts: '1' }
    }
    const arg = { channel: 'trades', instId: 'BTC-USDT-SWAP' }
    rig.side('/public').say(push(arg, [trade('5')]))
    rig.answers['GET /api/v5/market/trades'] = () => ok(trade('7'), trade('6'), trade('5'))
    rig.side('/public').cut()
    await rig.pass(2_000)
    rig.side('/public').say(push(arg, [trade('7')]))
    rig.side('/public').say(push(arg, [trade('8')]))
    await rig.settle()
    const told = seen.items.map(({ tradeId, recovered = false }) => [tradeId, recovered])
    expect(told).toEqual([
      ['5', false],
      ['6', true],
      ['7', true],
      ['8', false],
    ])
  })

  test('default: candles, in the base asset', () => {
    const row = (confirm: string): string[] => {
      return ['1795334400000', '1', '3', '0.5', '2', '500', '5', '10.5', confirm]
    }
    const feed = klineFeed(bitcoin, '1m')
    const candle = { symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT-SWAP', interval: '1m' }
    const figures = {
      timestamp: 1_795_334_400_000,
      open: 1,
      high: 3,
      low: 0.5,
      close: 2,
      volume: 5,
    }
    expect(told(feed, ['candle1m:BTC-USDT-SWAP', [row('0'), row('1')]])).toEqual([
      { ...candle, ...figures, isClosed: false },
      { ...candle, ...figures, isClosed: true },
    ])
  })

  test('args: every interval has a channel, long ones that of UTC; others are refused', () => {
    const names = [...klineTokens.keys()].map((interval) => klineFeed(bitcoin, interval).topics[0])
    expect(names).toHaveLength(14)
    expect(names[0]).toEqual({ route: 'candles', name: 'candle1m:BTC-USDT-SWAP' })
    expect(names.at(-1)).toEqual({ route: 'candles', name: 'candle1Mutc:BTC-USDT-SWAP' })
    expect(() => klineFeed(bitcoin, '8h')).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }))
  })
})

describe('messages of a book', () => {
  test('default: sizes in base units, the checksum unread', () => {
    const feed = bookFeed(pepe)
    expect(feed.topic).toEqual({ route: 'books', name: 'books:PEPE-USDT-SWAP' })
    expect(feed.checksum).toBeUndefined()
    const message = feed.decode(
      book(-1, 9, [['0.00001', '2.5', '0', '3']], [['0.00002', '1', '0', '1']]),
    )
    expect(message).toEqual({
      kind: 'snapshot',
      first: 9,
      last: 9,
      previous: -1,
      bids: [['0.00001', '25000000']],
      asks: [['0.00002', '10000000']],
      timestamp: 1_795_334_400_009,
    })
    expect(feed.decode(book(9, 12, [], []))).toMatchObject({ kind: 'diff', previous: 9, last: 12 })
  })

  test.each([[[['1']]], [[['1', '?']]], ['none'], [[{ price: '1', size: '1' }]]])(
    'error: levels %j are a broken message',
    (levels) => {
      const frame = push({ channel: 'books' }, [
        { bids: levels, asks: [], ts: '1', prevSeqId: 1, seqId: 2 },
      ])
      expect(() => bookFeed(bitcoin).decode(frame)).toThrow(ReadError)
    },
  )

  test.each([
    ['the next', 10, 15, 'next'],
    ['a keepalive', 10, 10, 'next'],
    ['a reset to a smaller number', 10, 3, 'next'],
    ['the same once more', 7, 10, 'stale'],
    ['one too far', 12, 15, 'gap'],
    ['an older one, which may be of a new count', 3, 7, 'gap'],
  ])('behavior: after 10, %s (%i to %i) is %s', (_, previous, last, step) => {
    const sides = { bids: [], asks: [], timestamp: 0 }
    const diff = { kind: 'diff', first: last, last, previous, ...sides } as const
    expect(seqRule.follows(10, diff)).toBe(step)
  })

  test.each([
    [10, 12, 'next'],
    [8, 12, 'next'],
    [8, 10, 'stale'],
    [11, 12, 'gap'],
  ])('behavior: after a snapshot that was read at 10, %i to %i is %s', (previous, last, step) => {
    const sides = { bids: [], asks: [], timestamp: 0 }
    const diff = { kind: 'diff', first: last, last, previous, ...sides } as const
    expect(seqRule.joins?.(10, diff)).toBe(step)
  })
})

async function watchedBook() {
  const rig = okxRig()
  const stream = rig.client.watchOrderBook('BTCUSDT')
  const seen = collect(stream)
  await rig.settle()
  const far = rig.side('/ws/v5/public')
  return { ...rig, stream, seen, far, last: () => seen.items.at(-1) }
}

async function liveBook() {
  const watched = await watchedBook()
  watched.far.say(book(-1, 100, [['100.0', '1', '0', '1']], [['101.0', '2', '0', '1']]))
  await watched.settle()
  return watched
}

describe('an order book', () => {
  test('default: a streamed snapshot, then changes', async () => {
    const { far, settle, stream, last, calls } = await liveBook()
    expect(askedOn(far.sent)).toEqual(['subscribe books:BTC-USDT-SWAP'])
    far.say(book(100, 105, [['100.0', '0', '0', '0']], [['100.5', '3', '0', '1']]))
    far.say(book(105, 105, [], []))
    far.say(book(105, 2, [['99', '5', '0', '1']], []))
    await settle()
    expect(stream.status).toBe('LIVE')
    expect(last()).toMatchObject({
      bids: [['99', '0.05']],
      asks: [
        ['100.5', '0.03'],
        ['101', '0.02'],
      ],
    })
    expect(calls).not.toContain('GET /api/v5/market/books')
  })

  test('behavior: a gap is noticed at once and the channel asked for anew', async () => {
    const { far, settle, pass, stream, seen, last, calls } = await liveBook()
    far.say(book(103, 105, [['99', '1', '0', '1']], []))
    expect(stream.status).toBe('RESYNCING')
    const count = seen.items.length
    far.say(book(105, 106, [['98', '1', '0', '1']], []))
    await pass(500)
    expect(seen.items).toHaveLength(count)
    const channel = 'books:BTC-USDT-SWAP'
    expect(askedOn(far.sent).slice(1)).toEqual([`unsubscribe ${channel}`, `subscribe ${channel}`])
    far.say(book(-1, 110, [['90', '1', '0', '1']], [['91', '1', '0', '1']]))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['90', '0.01']]])
    expect(calls).not.toContain('GET /api/v5/market/books')
  })

  test('behavior: the same change twice changes nothing', async () => {
    const { far, stream } = await liveBook()
    const change = book(100, 101, [['100.2', '1', '0', '1']], [])
    far.say(change)
    far.say(change)
    expect(stream.status).toBe('LIVE')
  })

  test('behavior: where it begins with changes, the snapshot is read', async () => {
    const { far, answers, settle, stream, last, calls } = await watchedBook()
    const row = { bids: [['100', '1', '0', '1']], asks: [['101', '2', '0', '1']], ts: '1' }
    answers['GET /api/v5/market/books'] = () => ok({ ...row, seqId: 105 })
    far.say(book(95, 100, [['77', '1', '0', '1']], []))
    far.say(book(100, 106, [['100.2', '4', '0', '1']], []))
    expect(stream.status).toBe('CONNECTING')
    await settle()
    const joined = [
      ['100.2', '0.04'],
      ['100', '0.01'],
    ]
    expect([stream.status, last()?.bids]).toEqual(['LIVE', joined])
    far.say(book(108, 109, [['99', '1', '0', '1']], []))
    expect(stream.status).toBe('RESYNCING')
    answers['GET /api/v5/market/books'] = () => ok({ ...row, seqId: 109 })
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['100', '0.01']]])
    expect(askedOn(far.sent)).toHaveLength(1)
    expect(calls.filter((line) => line.endsWith('/market/books'))).toHaveLength(2)
  })

  test('behavior: a streamed snapshot is worth more than one that is being read', async () => {
    const { far, answers, settle, stream, last } = await watchedBook()
    const row = { bids: [['100', '1', '0', '1']], asks: [['101', '2', '0', '1']], ts: '1' }
    answers['GET /api/v5/market/books'] = () => ok({ ...row, seqId: 105 })
    far.say(book(95, 100, [['77', '1', '0', '1']], []))
    far.say(book(-1, 107, [['88', '1', '0', '1']], [['89', '1', '0', '1']]))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['88', '0.01']]])
  })

  test('behavior: a snapshot that its first change has overtaken is told with it', async () => {
    const { far, answers, settle, stream, seen, last } = await watchedBook()
    answers['GET /api/v5/market/books'] = () => undefined
    far.say(book(107, 108, [['88.5', '3', '0', '1']], []))
    far.say(book(-1, 107, [['88', '1', '0', '1']], [['89', '1', '0', '1']]))
    await settle()
    const joined = [
      ['88.5', '0.03'],
      ['88', '0.01'],
    ]
    expect([stream.status, seen.items.length, last()?.bids]).toEqual(['LIVE', 1, joined])
    far.say(book(108, 110, [['88.5', '0', '0', '0']], []))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['88', '0.01']]])
  })

  test('behavior: a book in which nothing happens is read', async () => {
    const { answers, pass, stream, last } = await watchedBook()
    const row = { bids: [['100', '1', '0', '1']], asks: [], ts: '1', seqId: 105 }
    answers['GET /api/v5/market/books'] = () => ok(row)
    await pass(3_500)
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['100', '0.01']]])
  })

  test('behavior: a notice renews the connection, and the new book takes over', async () => {
    const { far, side, sockets, pass, settle, stream, last } = await liveBook()
    far.say({ event: 'notice', code: '64008', msg: 'soon', connId: 'a4d3ae55' })
    await settle()
    const next = side('/ws/v5/public')
    expect([sockets.opened.length, far.isClosed]).toEqual([2, false])
    next.say(book(-1, 200, [['95', '1', '0', '1']], [['96', '1', '0', '1']]))
    await pass(3_000)
    expect([stream.status, last()?.bids, far.isClosed]).toEqual(['LIVE', [['95', '0.01']], true])
  })

  test('behavior: a ping is asked with a word, and silence ends the connection', async () => {
    const { far, answers, pass, sockets } = await liveBook()
    const row = { bids: [['100.0', '1', '0', '1']], asks: [['101.0', '2', '0', '1']], ts: '1' }
    answers['GET /api/v5/market/books'] = () => ok({ ...row, seqId: 100 })
    await pass(21_000)
    expect(far.sent.at(-1)).toBe('ping')
    sockets.onFrame = () => undefined
    await pass(30_000)
    expect(far.isClosed).toBe(true)
  })

  test('behavior: books have connections of their own, 25 on each at most', async () => {
    const rig = okxRig()
    rig.client.watchTrades('BTCUSDT')
    rig.client.watchOrderBook('BTCUSDT')
    await rig.settle()
    expect(rig.sockets.opened.map(({ request }) => new URL(request.url).pathname)).toEqual([
      '/ws/v5/public',
      '/ws/v5/public',
    ])
    expect(okx.streams?.routes.books?.limits.topicsPerConnection).toBe(25)
  })

  test('error: a refused subscription rejects the stream', async () => {
    const rig = okxRig()
    rig.sockets.onFrame = (side, text) => {
      const { id } = JSON.parse(text)
      side.say({ id, event: 'error', code: '60018', msg: "doesn't exist", connId: 'a4d3ae55' })
    }
    const seen = collect(rig.client.watchTrades('BTCUSDT'))
    await rig.settle()
    expect(seen.error()).toMatchObject({ code: 'INVALID_REQUEST', nativeCode: '60018' })
  })
})
