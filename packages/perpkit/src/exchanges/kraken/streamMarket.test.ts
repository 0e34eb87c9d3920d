import { describe, expect, it } from 'vitest'
import { collect } from '../../client/streams/rig.testing.ts'
import { bitcoin, readCapture } from './script.testing.ts'
import { bookFeed, bookRule, klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { bookChange, bookSnapshot, krakenRig, replyTo } from './streams.testing.ts'

// Samples of docs/wire/kraken.md 8.2 and 8.3.

const TICKER = {
  ...{ time: 1790359997224, product_id: 'PF_XBTUSD', funding_rate: 0.912482213835 },
  ...{ funding_rate_prediction: 1.32, relative_funding_rate: 0.00001089345 },
  ...{ relative_funding_rate_prediction: 0.00001575425, next_funding_rate_time: 1790362800000 },
  ...{ leverage: '100x', premium: -0.0, feed: 'ticker', bid: 84001.0, ask: 84002.0 },
  ...{ bid_size: 0.0273, ask_size: 0.006, volume: 4237.2723, dtm: 0, index: 83995.76 },
  ...{ last: 83997.0, change: -0.22, suspended: false, tag: 'perpetual', pair: 'XBT:USD' },
  ...{ openInterest: 2189.7813, markPrice: 84004.11, maturityTime: 0, post_only: false },
  ...{ volumeQuote: 355931873.2, open: 84180.0, high: 84911.0, low: 83120.0 },
}
const TRADE = {
  ...{ feed: 'trade', product_id: 'PF_XBTUSD', uid: '05af78ac-a774-478c-a50c-8b9c234e071e' },
  ...{ side: 'sell', type: 'fill', seq: 653355, time: 1612266317519, qty: 0.015, price: 34969.5 },
}

function candle(time: number, close: string): object {
  return { time, open: '84001', high: '84003', low: '83997', close, volume: '0.7312' }
}

describe('decoders', () => {
  it('default: a ticker', () => {
    expect(tickerFeed(bitcoin).topics).toEqual([{ route: 'public', name: 'ticker PF_XBTUSD' }])
    expect(tickerFeed(bitcoin).start()('', TICKER, 0)).toEqual([
      {
        ...{ symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD', price: '83997', bidPrice: '84001' },
        ...{ askPrice: '84002', markPrice: '84004.11', indexPrice: '83995.76' },
        ...{ volume: '4237.2723', highPrice: '84911', lowPrice: '83120' },
        ...{ fundingRate: '0.00001089345', nextFundingTime: 1790362800000 },
        timestamp: 1790359997224,
      },
    ])
  })

  it('behavior: what vanishes from a ticker is not there', () => {
    const { bid, last, relative_funding_rate, next_funding_rate_time, high, ...rest } = TICKER
    const [ticker] = tickerFeed(bitcoin).start()('', rest, 0)
    expect(ticker).toMatchObject({ price: '0', bidPrice: '0', askPrice: '84002' })
    expect(Object.keys(ticker ?? {})).not.toContain('fundingRate')
    expect(Object.keys(ticker ?? {})).not.toContain('highPrice')
  })

  it('error: a ticker without its mark price', () => {
    const { markPrice, ...rest } = TICKER
    expect(() => tickerFeed(bitcoin).start()('', rest, 0)).toThrow(/markPrice/)
  })

  it('default: trades; those of the snapshot are of the past', () => {
    const decode = tradeFeed(bitcoin).start()
    const snapshot = { feed: 'trade_snapshot', product_id: 'PF_XBTUSD', trades: [TRADE] }
    expect(decode('', snapshot, 0)).toEqual([])
    expect(decode('', TRADE, 0)).toEqual([
      {
        ...{ symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD', tradeId: TRADE.uid, side: 'SELL' },
        ...{ price: '34969.5', quantity: '0.015', timestamp: 1612266317519 },
      },
    ])
  })

  it('behavior: a candle is closed when the next one begins', () => {
    const feed = klineFeed(bitcoin, '1m')
    expect(feed.topics).toEqual([{ route: 'public', name: 'candles_trade_1m PF_XBTUSD' }])
    const decode = feed.start()
    const say = (row: object) => decode('', { feed: 'candles_trade_1m', candle: row }, 0)
    const told = [
      ...decode('', { candles: [candle(0, '1'), candle(60_000, '2')] }, 0),
      ...say(candle(60_000, '3')),
      ...say(candle(120_000, '4')),
      ...say(candle(60_000, '5')),
    ].map(({ timestamp, close, isClosed }) => [timestamp, close, isClosed])
    expect(told).toEqual([
      [60_000, 2, false],
      [60_000, 3, false],
      [60_000, 3, true],
      [120_000, 4, false],
    ])
  })

  it('behavior: no candles yet', () => {
    expect(klineFeed(bitcoin, '1w').start()('', { candles: [] }, 0)).toEqual([])
  })

  it('error: an interval there is none of', () => {
    expect(() => klineFeed(bitcoin, '3m')).toThrow(/no candles of 3m/)
  })

  it.each([
    [9, 'stale'],
    [10, 'stale'],
    [11, 'next'],
    [12, 'gap'],
  ])('args: after 10 comes %i: %s', (id, step) => {
    const diff = { kind: 'diff', first: id, last: id, bids: [], asks: [], timestamp: 0 } as const
    expect(bookRule.follows(10, diff)).toBe(step)
  })

  it.each([
    ['a side', { side: 'b' }, /buy or sell/],
    ['an amount', { qty: null }, /an amount/],
    ['a number', { seq: '7x' }, /seq/],
  ])('error: a change of the book without %s', (_, wrong, message) => {
    const change = { ...bookChange(1, 'buy', 1, 1), ...wrong }
    expect(() => bookFeed(bitcoin).decode(change)).toThrow(message)
  })
})

const recorded = readCapture('ws_futures_ticker.json')
  ? ''
  : ', skipped: the recordings are not here'

describe.skipIf(recorded !== '')(`recorded messages${recorded}`, () => {
  it('default: all of them are understood', () => {
    const ticker = tickerFeed(bitcoin).start()('', readCapture('ws_futures_ticker.json'), 0)
    expect(ticker).toMatchObject([{ price: '21983.5', fundingRate: '-0.000001380384722222' }])
    const trades = tradeFeed(bitcoin).start()
    expect(trades('', readCapture('ws_futures_trade_snapshot.json'), 0)).toEqual([])
    const decode = bookFeed(bitcoin).decode
    expect(decode(readCapture('ws_futures_book_snapshot.json'))).toMatchObject({
      kind: 'snapshot',
      last: 326072249,
      bids: [
        [34892.5, 6385],
        [34892, 10924],
      ],
    })
  })

  it('behavior: a level of nothing in a snapshot is none', async () => {
    const { stream, far, seen, settle } = await liveBook()
    const recording = readCapture('ws_futures_book_snapshot_with_zero_qty.json')
    far.say({ ...(recording as object), product_id: 'PF_XBTUSD' })
    await settle()
    expect(stream.status).toBe('LIVE')
    expect(seen.items.at(-1)).toMatchObject({
      bids: [
        ['34892.5', '6385'],
        ['34891.5', '100'],
      ],
      asks: [['34912', '2300']],
    })
  })
})

async function liveBook() {
  const rig = krakenRig()
  const stream = rig.client.watchOrderBook('BTCUSDT')
  const seen = collect(stream)
  await rig.pass(200)
  const far = rig.side('/ws/v1')
  far.say(bookSnapshot(100, [[100, 1]], [[101, 2]]))
  await rig.settle()
  return { ...rig, stream, seen, far, last: () => seen.items.at(-1) }
}

describe('an order book', () => {
  it('default: a snapshot, then one level at a time', async () => {
    const { far, settle, stream, last } = await liveBook()
    expect([stream.status, last()?.timestamp]).toEqual(['LIVE', 100])
    far.say(bookChange(101, 'buy', 100, 0))
    far.say(bookChange(102, 'sell', 100.5, 3))
    await settle()
    expect(last()).toMatchObject({
      bids: [],
      asks: [
        ['100.5', '3'],
        ['101', '2'],
      ],
    })
  })

  it('behavior: a missing number is noticed at once and the feed asked for anew', async () => {
    const { far, pass, settle, stream, seen, last } = await liveBook()
    const asked = far.sent.length
    const told = seen.items.length
    far.say(bookChange(102, 'buy', 99, 1))
    expect(stream.status).toBe('RESYNCING')
    far.say(bookChange(101, 'buy', 98, 1))
    far.say(bookChange(103, 'buy', 97, 1))
    await pass(500)
    expect(seen.items.length).toBe(told)
    expect(far.sent.slice(asked).map((text) => JSON.parse(text))).toEqual([
      { event: 'unsubscribe', feed: 'book', product_ids: ['PF_XBTUSD'] },
      { event: 'subscribe', feed: 'book', product_ids: ['PF_XBTUSD'] },
    ])
    far.say(bookSnapshot(110, [[90, 1]], [[91, 1]]))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['90', '1']]])
  })

  it('behavior: repeated changes change nothing', async () => {
    const { far, settle, stream, last } = await liveBook()
    far.say(bookChange(101, 'buy', 100, 5))
    far.say(bookChange(101, 'buy', 100, 7))
    far.say(bookChange(100, 'buy', 100, 8))
    await settle()
    expect([stream.status, last()?.bids]).toEqual(['LIVE', [['100', '5']]])
  })

  it('behavior: changes before the snapshot are nothing', async () => {
    const rig = krakenRig()
    const stream = rig.client.watchOrderBook('BTCUSDT')
    await rig.pass(200)
    rig.side('/ws/v1').say(bookChange(99, 'buy', 100, 5))
    expect(stream.status).toBe('CONNECTING')
    rig.side('/ws/v1').say(bookSnapshot(100, [[100, 1]], [[101, 2]]))
    expect(stream.status).toBe('LIVE')
  })

  it('behavior: heartbeats keep a quiet market, their silence ends the connection', async () => {
    const { far, pass, side, sockets, stream } = await liveBook()
    for (let second = 0; second < 20; second++) {
      far.say({ feed: 'heartbeat', time: second })
      await pass(1_000)
    }
    expect([sockets.opened.length, stream.status]).toEqual([1, 'LIVE'])
    expect(far.sent).toContain('(ping)')
    await pass(7_000)
    expect([far.isClosed, side('/ws/v1') === far]).toEqual([true, false])
  })
})

describe('on a whole client', () => {
  it('behavior: a refused product does not spoil the one asked for after it', async () => {
    const rig = krakenRig()
    const late: (() => void)[] = []
    rig.sockets.onFrame = (side, text) => {
      const isBad = JSON.parse(text).feed === 'trade'
      const reply = isBad ? { event: 'error', message: 'Invalid product id' } : replyTo(text)
      late.push(() => side.say(reply))
    }
    const bad = rig.client.watchTrades('BTCUSDT')
    const good = rig.client.watchTicker('BTCUSDT')
    const failure = bad.next().catch((error: unknown) => error)
    await rig.pass(100)
    const far = rig.side('/ws/v1')
    const feeds = (): string[] => far.sent.map((text) => JSON.parse(text).feed)
    expect(feeds()).toHaveLength(1)
    while (late.length > 0) {
      late.shift()?.()
      await rig.pass(100)
    }
    expect(feeds()).toEqual(['trade', 'ticker', 'heartbeat'])
    far.say(TICKER)
    expect(await failure).toMatchObject({ code: 'UNKNOWN_SYMBOL', exchange: 'KRAKEN' })
    expect([bad.status, good.status]).toEqual(['CLOSED', 'LIVE'])
  })

  it('behavior: what repeats is told once', async () => {
    const rig = krakenRig()
    const trades = collect(rig.client.watchTrades('BTCUSDT'))
    await rig.pass(200)
    for (const uid of ['a', 'b', 'b', 'a', 'c']) rig.side('/ws/v1').say({ ...TRADE, uid })
    await rig.settle()
    expect(trades.items.map(({ tradeId }) => tradeId)).toEqual(['a', 'b', 'c'])
  })

  it('error: candles the exchange does not give any more', async () => {
    const rig = krakenRig()
    rig.sockets.onFrame = (side, text) =>
      side.say(
        text.includes('candles') ? { event: 'error', message: 'Invalid feed' } : replyTo(text),
      )
    const stream = rig.client.watchKlines('BTCUSDT', '1m')
    const failure = stream.next().catch((error: unknown) => error)
    await rig.pass(200)
    expect(await failure).toMatchObject({ code: 'UNSUPPORTED', nativeMessage: 'Invalid feed' })
  })
})
