import { describe, expect, test } from 'vitest'
import type { BookMessage } from '../../client/definition.ts'
import { bitcoin, doge, script } from './script.testing.ts'
import { bookFeed, klineFeed, tickerFeed, tradeFeed, versionRule } from './streamMarket.ts'

// Frames of docs/wire/htx.md 8.1.

const NAME = 'market.BTC-USDT'

describe('the ticker', () => {
  const detail = { id: 1, close: 63105.2, high: 64012.7, low: 62544, amount: 11371.362, vol: 9 }
  const bbo = { mrid: 1, id: 1, bid: [63105.2, 18], ask: [63105.3, 880], ts: 1, version: 7 }
  const frames: [name: string, tick: object][] = [
    [`${NAME}.detail`, detail],
    [`${NAME}.bbo`, bbo],
    [`${NAME}.mark_price.1min`, { id: 1, close: '63104.9' }],
    [`${NAME}.index.1min`, { id: 1, close: '63101.55' }],
  ]
  const tell = (decode: ReturnType<ReturnType<typeof tickerFeed>['start']>) =>
    frames.map(([name, tick], at) => decode(name, { ch: name, ts: 100 + at, tick }, 0))

  test('default: joined from four topics on two sockets', () => {
    const feed = tickerFeed(bitcoin)
    expect(feed.topics).toEqual([
      { route: 'market', name: `${NAME}.detail` },
      { route: 'market', name: `${NAME}.bbo` },
      { route: 'index', name: `${NAME}.mark_price.1min` },
      { route: 'index', name: `${NAME}.index.1min` },
    ])
    const told = tell(feed.start())
    expect(told.slice(0, 3)).toEqual([[], [], []])
    expect(told[3]).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        price: '63105.2',
        bidPrice: '63105.2',
        askPrice: '63105.3',
        markPrice: '63104.9',
        indexPrice: '63101.55',
        volume: '11371.362',
        highPrice: '64012.7',
        lowPrice: '62544',
        timestamp: 103,
      },
    ])
  })

  test('behavior: what came late is not taken, an empty side is zero', () => {
    const decode = tickerFeed(bitcoin).start()
    tell(decode)
    const best = (ts: number, tick: object) => decode(`${NAME}.bbo`, { ts, tick }, 0)
    expect(best(90, { ...bbo, bid: [1, 1] })).toEqual([])
    expect(best(110, { ...bbo, bid: null, ask: [] })).toEqual([
      expect.objectContaining({ bidPrice: '0', askPrice: '0', timestamp: 110 }),
    ])
    expect(decode('market.ETH-USDT.bbo', { ts: 120, tick: bbo }, 0)).toEqual([])
  })

  test('behavior: what one connection told is forgotten with it, and nothing else', () => {
    const decode = tickerFeed(bitcoin).start()
    tell(decode)
    decode.forget?.(`${NAME}.bbo`)
    const [day, best] = frames
    expect(decode(`${NAME}.detail`, { ts: 200, tick: day?.[1] }, 0)).toEqual([])
    expect(decode(`${NAME}.bbo`, { ts: 1, tick: best?.[1] }, 0)).toHaveLength(1)
  })

  test('error: a figure that is none', () => {
    const decode = tickerFeed(bitcoin).start()
    const tick = { ...detail, close: 'x' }
    expect(() => decode(`${NAME}.detail`, { ts: 1, tick }, 0)).toThrow(/decimal/)
  })

  test.each([
    [`${NAME}.detail`, 'GET /linear-swap-ex/market/detail/merged', { close: '63105.3' }],
    [`${NAME}.bbo`, 'GET /linear-swap-ex/market/detail/merged', { bid: [63105.1, 1] }],
  ])('behavior: %s is late when the exchange knows more', async (name, line, news) => {
    const feed = tickerFeed(bitcoin)
    const [last] = tell(feed.start()).flat()
    const known = { ...detail, ...bbo, close: '63105.2' }
    const ask = (tick: object) =>
      feed.isBehind?.(
        script({ [line]: { status: 'ok', tick } }).call,
        { route: 'market', name },
        last,
      )
    expect([await ask(known), await ask({ ...known, ...news })]).toEqual([false, true])
  })

  test('behavior: mark and index price are late by themselves', async () => {
    const feed = tickerFeed(bitcoin)
    const [last] = tell(feed.start()).flat()
    const ask = (mark: string, index: number, name: string) => {
      const { call } = script({
        'GET /index/market/history/linear_swap_mark_price_kline': {
          status: 'ok',
          data: [{ close: mark }],
        },
        'GET /linear-swap-api/v1/swap_index': {
          status: 'ok',
          data: [{ contract_code: 'BTC-USDT', index_price: index }],
        },
      })
      return feed.isBehind?.(call, { route: 'index', name: `${NAME}.${name}.1min` }, last)
    }
    expect(await ask('63104.9', 1, 'mark_price')).toBe(false)
    expect(await ask('63105', 63101.55, 'mark_price')).toBe(true)
    // The call and the stream are not one source.
    expect(await ask('1', 63102.5, 'index')).toBe(false)
    expect(await ask('63104.9', 63140, 'index')).toBe(true)
    const { call } = script({})
    expect(await feed.isBehind?.(call, { route: 'index', name: '' }, undefined)).toBe(true)
  })
})

describe('trades', () => {
  const print = { amount: 2, direction: 'buy', price: 63105.2, quantity: 0.002 }
  const frame = (ts: number, ...data: object[]) => ({ ts, tick: { id: 1, ts, data } })

  test('default: in the order of their ids, in the base asset', () => {
    const decode = tradeFeed(bitcoin).start()
    const late = { ...print, id: '13147678700010002', ts: 1_000, direction: 'sell' }
    const early = { ...print, id: '13147678700010001', ts: 1_000 }
    expect(decode('', frame(1_002, late, early), 0)).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        tradeId: '13147678700010001',
        price: '63105.2',
        quantity: '0.002',
        side: 'BUY',
        timestamp: 1_000,
      },
      expect.objectContaining({ tradeId: '13147678700010002', side: 'SELL' }),
    ])
  })

  test('behavior: the last message before the subscription is no news', () => {
    const decode = tradeFeed(bitcoin).start()
    const old = { ...print, id: 1, ts: 10_000 }
    expect(decode('', frame(40_000, old), 0)).toEqual([])
    // Later ones are told, however long they were on their way.
    expect(decode('', frame(41_000, { ...old, id: 2 }), 0)).toHaveLength(1)
  })

  test('behavior: what was missed can be read', async () => {
    const row = { ...print, id: 5, ts: 10 }
    const { call } = script({
      'GET /linear-swap-ex/market/history/trade': { status: 'ok', data: [{ id: 1, data: [row] }] },
    })
    expect(await tradeFeed(bitcoin).recent?.(call)).toEqual([
      expect.objectContaining({ tradeId: '5' }),
    ])
  })

  test('error: a side that is none', () => {
    const decode = tradeFeed(bitcoin).start()
    const bad = { ...print, id: 1, ts: 1, direction: 'up' }
    expect(() => decode('', frame(1, bad), 0)).toThrow(/one of buy sell/)
  })
})

describe('candles', () => {
  const tick = { id: 1780315200, open: 1, high: 3, low: 0.5, close: 2, amount: 3.412, vol: 3412 }
  const frame = (ts: number, news: object = {}) => ({ ts, tick: { ...tick, ...news } })

  test.each([
    ['1m', '1min'],
    ['5m', '5min'],
    ['15m', '15min'],
    ['30m', '30min'],
    ['1h', '60min'],
    ['4h', '4hour'],
  ] as const)('args: %s', (interval, period) => {
    expect(klineFeed(bitcoin, interval).topics).toEqual([
      { route: 'market', name: `${NAME}.kline.${period}` },
    ])
  })

  test.each(['3m', '1d', '1w', '1M'] as const)('error: there is no %s', (interval) => {
    expect(() => klineFeed(bitcoin, interval)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    )
  })

  test('default: open until the next one begins', () => {
    const decode = klineFeed(bitcoin, '1m').start()
    expect(decode('', frame(1), 0)).toEqual([
      {
        ...{ symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT', interval: '1m', isClosed: false },
        ...{ timestamp: 1_780_315_200_000, open: 1, high: 3, low: 0.5, close: 2, volume: 3.412 },
      },
    ])
    expect(decode('', frame(2, { close: 2.5 }), 0)).toMatchObject([{ close: 2.5 }])
    const news = decode('', frame(3, { id: tick.id + 60, close: 4 }), 0)
    expect(news).toMatchObject([
      { timestamp: 1_780_315_200_000, close: 2.5, isClosed: true },
      { timestamp: 1_780_315_260_000, close: 4, isClosed: false },
    ])
    expect(news[0]?.raw).toMatchObject({ close: 2.5 })
  })

  test('behavior: what came late is not taken', () => {
    const decode = klineFeed(bitcoin, '1m').start()
    decode('', frame(5), 0)
    expect(decode('', frame(4, { close: 1.5 }), 0)).toEqual([])
    expect(decode('', frame(6, { id: tick.id - 60 }), 0)).toEqual([])
  })
})

describe('the book', () => {
  const update = (event: string, tick: object = {}) => ({
    ch: `${NAME}.depth.size_150.high_freq`,
    tick: {
      ...{ asks: [[63105.3, 0]], bids: [[63105.2, 18]], event, ts: 1780315200066 },
      ...{ id: 152727500274, mrid: 152727500274, version: 37536690, ...tick },
    },
    ts: 1780315200067,
  })

  test('args: the smallest one with that many levels', () => {
    const names = [1, 20, 21, 500].map((depth) => bookFeed(bitcoin, depth).topic.name)
    expect(names.map((name) => /size_(\d+)/.exec(name)?.[1])).toEqual(['20', '20', '150', '150'])
  })

  test('default: contracts in the base asset', () => {
    expect(bookFeed(bitcoin, 150).decode(update('update'))).toEqual({
      ...{ kind: 'diff', first: 37536690, last: 37536690, timestamp: 1780315200066 },
      ...{ bids: [[63105.2, '0.018']], asks: [[63105.3, '0']] },
    })
    expect(bookFeed(doge, 150).decode(update('snapshot'))).toMatchObject({
      ...{ kind: 'snapshot', bids: [[63105.2, '1800']] },
    })
  })

  test.each([
    ['an event of no kind', update('other'), /snapshot or update/],
    ['no levels', update('update', { bids: null }), /a list of levels/],
    ['half a level', update('update', { bids: [[1]] }), /pairs of price and contracts/],
    ['a level that is none', update('update', { asks: [7] }), /pairs of price and contracts/],
    ['no version', update('update', { version: null }), /decimal/],
  ])('error: %s', (_, value, message) => {
    expect(() => bookFeed(bitcoin, 150).decode(value)).toThrow(message)
  })

  test.each([
    [11, 'next'],
    [10, 'stale'],
    [3, 'stale'],
    [12, 'gap'],
  ])('args: after 10 comes %i: %s', (last, step) => {
    const diff: BookMessage = {
      ...{ kind: 'diff', first: last, last, bids: [], asks: [], timestamp: 0 },
    }
    expect(versionRule.follows(10, diff)).toBe(step)
  })
})
