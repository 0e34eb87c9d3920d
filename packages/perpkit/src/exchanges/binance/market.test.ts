import { describe, expect, test } from 'vitest'
import { getKlines, getOpenInterest, getOrderBook, getServerTime, getTicker } from './market.ts'
import { bitcoin, script } from './script.testing.ts'

describe('getServerTime', () => {
  test('default', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/time': { serverTime: 1_499_827_319_559 } })
    expect(await getServerTime(call)).toBe(1_499_827_319_559)
    expect(lines).toEqual(['GET /fapi/v1/time'])
  })

  test('error: no time', async () => {
    const { call } = script({ 'GET /fapi/v1/time': {} })
    await expect(getServerTime(call)).rejects.toMatchObject({ path: '$.serverTime' })
  })
})

const dayTicker = {
  symbol: 'BTCUSDT',
  priceChange: '-131.40',
  lastPrice: '60005.50',
  openPrice: '60136.90',
  highPrice: '60764.80',
  lowPrice: '59456.50',
  volume: '122474.816',
  quoteVolume: '7351036102.08',
  openTime: 1_763_712_000_000,
  closeTime: 1_763_798_401_999,
  count: 142_853,
}
const bookTicker = {
  symbol: 'BTCUSDT',
  bidPrice: '60005.40',
  bidQty: '3.100',
  askPrice: '60005.50',
  askQty: '4.660',
  time: 1_763_798_400_130,
  lastUpdateId: 400_900_217,
}
const premiumIndex = {
  symbol: 'BTCUSDT',
  markPrice: '60001.20000000',
  indexPrice: '60003.00000000',
  lastFundingRate: '-0.00010000',
  nextFundingTime: 1_763_827_200_000,
  time: 1_763_798_401_000,
}

function tickers(changes: { day?: object; best?: object; mark?: object } = {}) {
  return script({
    'GET /fapi/v1/ticker/24hr': { ...dayTicker, ...changes.day },
    'GET /fapi/v1/ticker/bookTicker': { ...bookTicker, ...changes.best },
    'GET /fapi/v1/premiumIndex': { ...premiumIndex, ...changes.mark },
  })
}

describe('getTicker', () => {
  test('default: joins three calls', async () => {
    const { call, lines, sent } = tickers()
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '60005.5',
      bidPrice: '60005.4',
      askPrice: '60005.5',
      markPrice: '60001.2',
      indexPrice: '60003',
      volume: '122474.816',
      highPrice: '60764.8',
      lowPrice: '59456.5',
      fundingRate: '-0.0001',
      nextFundingTime: 1_763_827_200_000,
      timestamp: 1_763_798_401_999,
    })
    expect(lines).toEqual([
      'GET /fapi/v1/ticker/24hr?symbol=BTCUSDT',
      'GET /fapi/v1/ticker/bookTicker?symbol=BTCUSDT',
      'GET /fapi/v1/premiumIndex?symbol=BTCUSDT',
    ])
    expect(sent.map(({ cost }) => cost.weight)).toEqual([1, 2, 1])
    expect(ticker.raw).toEqual({ dayTicker, bookTicker, premiumIndex })
    expect(Object.keys(ticker)).not.toContain('raw')
  })

  test('behavior: without funding there is no rate and no time', async () => {
    const { call } = tickers({ mark: { lastFundingRate: '', nextFundingTime: 0 } })
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).not.toHaveProperty('fundingRate')
    expect(ticker).not.toHaveProperty('nextFundingTime')
  })

  test('behavior: a funding rate of zero is a rate', async () => {
    const { call } = tickers({ mark: { lastFundingRate: '0.00000000' } })
    expect((await getTicker(call, { instrument: bitcoin })).fundingRate).toBe('0')
  })

  test.each([
    ['$.lastPrice', { day: { lastPrice: '' } }],
    ['$.closeTime', { day: { closeTime: undefined } }],
    ['$.askPrice', { best: { askPrice: null } }],
    ['$.markPrice', { mark: { markPrice: 'n/a' } }],
  ])('error: %s is needed', async (path, changes) => {
    const { call } = tickers(changes)
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toMatchObject({ path })
  })
})

const depth = {
  lastUpdateId: 1_027_024,
  E: 1_763_798_400_140,
  T: 1_763_798_400_139,
  bids: [
    ['60000.10', '0.002'],
    ['60000.00', '1.500'],
    ['59999.90', '7'],
  ],
  asks: [
    ['60000.20', '4.660'],
    ['60000.30', '0.100'],
  ],
}

describe('getOrderBook', () => {
  test('default: asks for the next larger depth and cuts', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/depth': depth })
    expect(await getOrderBook(call, { instrument: bitcoin, depth: 2 })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      bids: [
        ['60000.1', '0.002'],
        ['60000', '1.5'],
      ],
      asks: [
        ['60000.2', '4.66'],
        ['60000.3', '0.1'],
      ],
      timestamp: 1_763_798_400_140,
    })
    expect(lines).toEqual(['GET /fapi/v1/depth?symbol=BTCUSDT&limit=5'])
  })

  test.each([
    [5, 5, 2],
    [6, 10, 2],
    [20, 20, 2],
    [21, 50, 2],
    [51, 100, 5],
    [101, 500, 10],
    [501, 1_000, 20],
    [1_000, 1_000, 20],
    [5_000, 1_000, 20],
  ])('args: depth %i asks for %i at weight %i', async (wanted, limit, weight) => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/depth': depth })
    await getOrderBook(call, { instrument: bitcoin, depth: wanted })
    expect(lines).toEqual([`GET /fapi/v1/depth?symbol=BTCUSDT&limit=${limit}`])
    expect(sent[0]?.cost).toEqual({ weight })
  })

  test('error: a level without a quantity', async () => {
    const { call } = script({ 'GET /fapi/v1/depth': { ...depth, asks: [['60000.20']] } })
    await expect(getOrderBook(call, { instrument: bitcoin, depth: 5 })).rejects.toMatchObject({
      path: '$.asks[0][1]',
    })
  })
})

const MINUTE = 60_000
const START = 1_763_798_400_000

function klineRow(timestamp: number): unknown[] {
  const close = timestamp + MINUTE - 1
  return [
    ...[timestamp, '60000.10', '60012.00', '59980.00', '60005.50', '12.345', close],
    ...['740769.4', 321, '6.100', '366034.9', '0'],
  ]
}

function page(limit: number) {
  const endTime = START + (limit - 1) * MINUTE
  return { instrument: bitcoin, interval: '1m', startTime: START, endTime, limit } as const
}

describe('getKlines', () => {
  test('default', async () => {
    const rows = [klineRow(START), klineRow(START + MINUTE)]
    const { call, lines, sent } = script({ 'GET /fapi/v1/klines': rows })
    const klines = await getKlines(call, page(2))
    expect(klines.map(({ timestamp }) => timestamp)).toEqual([START, START + MINUTE])
    expect(klines[0]).toEqual({
      timestamp: START,
      open: 60_000.1,
      high: 60_012,
      low: 59_980,
      close: 60_005.5,
      volume: 12.345,
    })
    expect(lines).toEqual([
      `GET /fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=${START}&endTime=${START + MINUTE}&limit=2`,
    ])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { weight: 1 } }])
  })

  test.each([
    [99, 1],
    [100, 2],
    [499, 2],
    [500, 5],
    [1_000, 5],
    [1_001, 10],
    [1_500, 10],
  ])('args: %i candles weigh %i', async (limit, weight) => {
    const { call, sent } = script({ 'GET /fapi/v1/klines': [] })
    await getKlines(call, page(limit))
    expect(sent[0]?.cost).toEqual({ weight })
  })

  test('behavior: candles outside the window are left out', async () => {
    const rows = [-1, 0, 1, 2].map((index) => klineRow(START + index * MINUTE))
    const { call } = script({ 'GET /fapi/v1/klines': rows })
    const klines = await getKlines(call, page(2))
    expect(klines.map(({ timestamp }) => timestamp)).toEqual([START, START + MINUTE])
  })

  test('behavior: a month keeps its capital letter', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/klines': [] })
    await getKlines(call, { ...page(1), interval: '1M' })
    expect(lines[0]).toContain('interval=1M&')
  })

  test('error: a row that is no candle', async () => {
    const { call } = script({ 'GET /fapi/v1/klines': [[START, '1', '2']] })
    await expect(getKlines(call, page(1))).rejects.toMatchObject({ path: '$[0][3]' })
  })
})

describe('getOpenInterest', () => {
  const answer = { openInterest: '10659.5090', symbol: 'BTCUSDT', time: 1_763_798_400_010 }

  test('default: in the base asset', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/openInterest': answer })
    const interest = await getOpenInterest(call, { instrument: bitcoin })
    expect(interest).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '10659.509',
      timestamp: 1_763_798_400_010,
    })
    expect(interest.raw).toBe(answer)
    expect(lines).toEqual(['GET /fapi/v1/openInterest?symbol=BTCUSDT'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { weight: 1 } }])
  })

  test.each(['openInterest', 'time'])('error: %s is needed', async (name) => {
    const { call } = script({ 'GET /fapi/v1/openInterest': { ...answer, [name]: undefined } })
    await expect(getOpenInterest(call, { instrument: bitcoin })).rejects.toMatchObject({
      path: `$.${name}`,
    })
  })
})
