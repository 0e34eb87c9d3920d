import { describe, expect, test } from 'vitest'
import type { KlineInterval } from '../../model/tokens.ts'
import { getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import { bitcoin, ok, pepe, script } from './script.testing.ts'

describe('getServerTime', () => {
  test('default: milliseconds in a text', async () => {
    const { call, lines, sent } = script({ 'GET public/time': ok({ ts: '1795334400123' }) })
    expect(await getServerTime(call)).toBe(1_795_334_400_123)
    expect(lines).toEqual(['GET public/time'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { 'GET public/time': 1 } }])
  })

  test.each([[[]], [[{}]], [[{ ts: '' }]], [[{ ts: 'now' }]]])(
    'error: %j tells no time',
    async (data) => {
      const { call } = script({ 'GET public/time': { code: '0', msg: '', data } })
      await expect(getServerTime(call)).rejects.toThrow('$.data[0]')
    },
  )
})

const LAST = 'GET market/ticker?instId=BTC-USDT-SWAP'
const MARK = 'GET public/mark-price?instType=SWAP&instId=BTC-USDT-SWAP'
const INDEX = 'GET market/index-tickers?instId=BTC-USDT'

// docs/wire/okx.md 3.2, 3.4
const last = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  last: '85000.1',
  lastSz: '1.2',
  askPx: '85000.1',
  askSz: '310.5',
  bidPx: '85000',
  bidSz: '12.01',
  open24h: '84100',
  high24h: '85900',
  low24h: '83700',
  volCcy24h: '81234.5',
  vol24h: '8123450.12',
  sodUtc0: '84500',
  sodUtc8: '84700',
  ts: '1795334400005',
}
const mark = { instType: 'SWAP', instId: 'BTC-USDT-SWAP', markPx: '85001.2', ts: '1795334400001' }
const index = { instId: 'BTC-USDT', idxPx: '85002.1', open24h: '', high24h: '', low24h: '', ts: '' }

describe('getTicker', () => {
  test('default: joined of three calls', async () => {
    const { call, lines, sent } = script({ [LAST]: ok(last), [MARK]: ok(mark), [INDEX]: ok(index) })
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).toEqual({
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
    })
    expect(ticker.raw).toEqual({ ticker: last, markPrice: mark, indexTicker: index })
    expect(lines).toEqual([LAST, MARK, INDEX])
    expect(sent.map(({ access, effect, cost }) => [access, effect, ...Object.keys(cost)])).toEqual([
      ['public', 'read', 'GET market/ticker'],
      ['public', 'read', 'GET public/mark-price'],
      ['public', 'read', 'GET market/index-tickers'],
    ])
  })

  test('behavior: an empty side of the book has the price 0, day figures may be missing', async () => {
    const thin = { ...last, bidPx: '', high24h: '', low24h: '0', volCcy24h: undefined }
    const { call } = script({ [LAST]: ok(thin), [MARK]: ok(mark), [INDEX]: ok(index) })
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).toMatchObject({ bidPrice: '0', askPrice: '85000.1' })
    expect(Object.keys(ticker)).not.toContain('highPrice')
    expect(Object.keys(ticker)).not.toContain('lowPrice')
    expect(Object.keys(ticker)).not.toContain('volume')
  })

  test.each([
    ['last', LAST, { ...last, last: '' }],
    ['bidPx', LAST, { ...last, bidPx: undefined }],
    ['ts', LAST, { ...last, ts: undefined }],
    ['markPx', MARK, { ...mark, markPx: '' }],
    ['idxPx', INDEX, { ...index, idxPx: undefined }],
  ])('error: a ticker without %s', async (name, line, row) => {
    const answers = { [LAST]: ok(last), [MARK]: ok(mark), [INDEX]: ok(index), [line]: ok(row) }
    const { call } = script(answers)
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toThrow(
      `$.data[0].${name}: expected`,
    )
  })

  test('error: a row of another contract', async () => {
    const { call } = script({
      [LAST]: ok(last),
      [MARK]: ok({ ...mark, instId: 'ETH-USDT-SWAP' }),
      [INDEX]: ok(index),
    })
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toThrow(
      '$.data: expected a row of BTC-USDT-SWAP',
    )
  })
})

const book = {
  asks: [
    ['85000.1', '310.5', '0', '14'],
    ['85000.3', '1', '0', '1'],
  ],
  bids: [['85000', '12.01', '0', '3']],
  ts: '1795334400010',
  seqId: 3_235_851_742,
}

describe('getOrderBook', () => {
  test('default: quantities are told in the base asset', async () => {
    const { call, lines, sent } = script({ 'GET market/books': ok(book) })
    const read = await getOrderBook(call, { instrument: bitcoin, depth: 50 })
    expect(read).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      bids: [['85000', '0.1201']],
      asks: [
        ['85000.1', '3.105'],
        ['85000.3', '0.01'],
      ],
      timestamp: 1_795_334_400_010,
    })
    expect(read.raw).toBe(book)
    expect(lines).toEqual(['GET market/books?instId=BTC-USDT-SWAP&sz=50'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { 'GET market/books': 1 } }])
  })

  test('args: many of a base asset in one contract', async () => {
    const { call } = script({ 'GET market/books': ok(book) })
    const { bids } = await getOrderBook(call, { instrument: pepe, depth: 1 })
    expect(bids).toEqual([['85000', '120100000']])
  })

  test.each([
    [400, 'GET market/books?instId=BTC-USDT-SWAP&sz=400'],
    [401, 'GET market/books-full?instId=BTC-USDT-SWAP&sz=401'],
    [9_000, 'GET market/books-full?instId=BTC-USDT-SWAP&sz=5000'],
  ])('args: %i levels', async (depth, line) => {
    const { call, lines, sent } = script({ [line]: ok({ ...book, bids: [['1', '2', '3']] }) })
    expect((await getOrderBook(call, { instrument: bitcoin, depth })).bids).toEqual([['1', '0.02']])
    expect(lines).toEqual([line])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { [line.replace(/\?.*/, '')]: 1 } },
    ])
  })

  test.each(['asks', 'bids', 'ts'])('error: a book without %s', async (name) => {
    const { call } = script({ 'GET market/books': ok({ ...book, [name]: undefined }) })
    await expect(getOrderBook(call, { instrument: bitcoin, depth: 1 })).rejects.toThrow(
      `$.data[0].${name}: expected`,
    )
  })
})

const HOUR = 3_600_000
const at = 497_500 * HOUR
function candle(start: number, close = '3'): string[] {
  return [String(start), '1.5', '4', '1', close, '200', '2.25', '150000', '1']
}
function kline(timestamp: number, close = 3): object {
  return {
    timestamp,
    open: 1.5,
    high: 4,
    low: 1,
    close,
    volume: 2.25,
  }
}

describe('getKlines', () => {
  const page = {
    instrument: bitcoin,
    interval: '1h',
    startTime: at,
    endTime: at + 2 * HOUR,
    limit: 3,
  } as const
  const words = `instId=BTC-USDT-SWAP&bar=1H&after=${at + 2 * HOUR + 1}&before=${at - 1}&limit=3`
  const RECENT = `GET market/candles?${words}`
  const OLD = `GET market/history-candles?${words}`

  test('default: newest first on the wire, ascending here, volume in the base asset', async () => {
    const rows = [candle(at + 2 * HOUR), candle(at + HOUR), candle(at)]
    const { call, lines, sent } = script({ [RECENT]: ok(...rows) })
    expect(await getKlines(call, page)).toEqual([kline(at), kline(at + HOUR), kline(at + 2 * HOUR)])
    expect(lines).toEqual([RECENT])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { 'GET market/candles': 1 } }])
  })

  test('behavior: candles outside the window are left out', async () => {
    const rows = [candle(at + 3 * HOUR), candle(at + 2 * HOUR), candle(at), candle(at - HOUR)]
    const { call } = script({ [RECENT]: ok(...rows) })
    expect(await getKlines(call, page)).toEqual([kline(at), kline(at + 2 * HOUR)])
  })

  test('behavior: a window that is not full but reaches its start is all there is', async () => {
    const { call, lines } = script({ [RECENT]: ok(candle(at)) })
    expect(await getKlines(call, page)).toEqual([kline(at)])
    expect(lines).toEqual([RECENT])
  })

  test('behavior: candles too old for the first call come from the history', async () => {
    const rows = [candle(at + 2 * HOUR), candle(at + HOUR), candle(at)]
    const { call, lines, sent } = script({ [RECENT]: ok(), [OLD]: ok(...rows) })
    expect(await getKlines(call, page)).toHaveLength(3)
    expect(lines).toEqual([RECENT, OLD])
    expect(sent[1]).toEqual({
      access: 'public',
      effect: 'read',
      cost: { 'GET market/history-candles': 1 },
    })
  })

  test('behavior: a window across the boundary is joined, each candle once', async () => {
    const { call } = script({
      [RECENT]: ok(candle(at + 2 * HOUR, '7'), candle(at + HOUR, '6')),
      [OLD]: ok(candle(at + HOUR, '5'), candle(at, '4')),
    })
    expect(await getKlines(call, page)).toEqual([
      kline(at, 4),
      kline(at + HOUR, 6),
      kline(at + 2 * HOUR, 7),
    ])
  })

  test('behavior: before the first listing there are none', async () => {
    const { call } = script({ [RECENT]: ok(), [OLD]: ok() })
    expect(await getKlines(call, page)).toEqual([])
  })

  test.each<[KlineInterval, string]>([
    ['1m', '1m'],
    ['3m', '3m'],
    ['5m', '5m'],
    ['15m', '15m'],
    ['30m', '30m'],
    ['1h', '1H'],
    ['2h', '2H'],
    ['4h', '4H'],
    ['6h', '6Hutc'],
    ['12h', '12Hutc'],
    ['1d', '1Dutc'],
    ['3d', '3Dutc'],
    ['1w', '1Wutc'],
    ['1M', '1Mutc'],
  ])('args: %s is %s', async (interval, bar) => {
    const { call, lines } = script({ 'GET market/candles': ok(candle(at)) })
    await getKlines(call, { ...page, interval })
    expect(lines).toEqual([RECENT.replace('bar=1H', `bar=${bar}`)])
  })

  test('error: there are none of eight hours', async () => {
    const { call } = script({})
    await expect(getKlines(call, { ...page, interval: '8h' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      exchange: 'OKX',
      message: 'OKX has no candles of 8h',
    })
  })

  test.each([0, 1, 2, 3, 4, 6])('error: a row without its column %i', async (column) => {
    const row = candle(at).map((value, place) => (place === column ? null : value))
    const { call } = script({ [RECENT]: ok(row) })
    await expect(getKlines(call, page)).rejects.toThrow(`$.data[0][${column}]: expected a decimal`)
  })
})
