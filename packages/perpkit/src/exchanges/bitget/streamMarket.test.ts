import { describe, expect, test } from 'vitest'
import { ReadError } from '../../core/reader.ts'
import { ok, script } from './script.testing.ts'
import { klineFeed, tickerFeed, tradeFeed } from './streamMarket.ts'
import { instrument } from './streams.testing.ts'

// Samples of docs/wire/bitget.md 8.3.

const TICKER = {
  ...{ instId: 'BTCUSDT', lastPr: '27000.5', bidPr: '27000', askPr: '27000.5', bidSz: '2.71' },
  ...{ askSz: '8.76', open24h: '27000.5', high24h: '30668.5', low24h: '26999.0' },
  ...{ change24h: '-0.00002', fundingRate: '0.000010', nextFundingTime: '1695722400000' },
  ...{ markPrice: '27000.0', indexPrice: '25702.4', holdingAmount: '929.502' },
  ...{ baseVolume: '368.900', quoteVolume: '10152429.961', openUtc: '27000.5', symbolType: 1 },
  ...{ symbol: 'BTCUSDT', deliveryPrice: '0', ts: '1695715383021' },
}

const frame = (action: string, data: unknown, ts = 1695715383039): unknown => ({
  ...{ action, arg: {}, data, ts },
})

describe('tickers', () => {
  const feed = tickerFeed(instrument)
  const decode = feed.start()

  test('default: the sample', () => {
    expect(feed.topics).toEqual([{ route: 'public', name: 'USDT-FUTURES/ticker/BTCUSDT' }])
    expect(decode('', frame('snapshot', [TICKER]), 5)).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        price: '27000.5',
        bidPrice: '27000',
        askPrice: '27000.5',
        markPrice: '27000',
        indexPrice: '25702.4',
        volume: '368.9',
        highPrice: '30668.5',
        lowPrice: '26999',
        fundingRate: '0.00001',
        nextFundingTime: 1695722400000,
        timestamp: 1695715383021,
      },
    ])
  })

  test('behavior: a side without orders, and a time that is none', () => {
    const row = { ...TICKER, bidPr: '', ts: '0', nextFundingTime: '0' }
    const [ticker] = decode('', frame('snapshot', [row]), 5)
    expect(ticker).toMatchObject({ bidPrice: '0', timestamp: 5 })
    expect(ticker?.nextFundingTime).toBeUndefined()
  })

  test('error: a ticker without a price', () => {
    const row = { ...TICKER, lastPr: undefined }
    expect(() => decode('', frame('snapshot', [row]), 5)).toThrow(ReadError)
  })
})

describe('trades', () => {
  const row = (tradeId: string, ts: number, side = 'buy'): object => ({
    ...{ ts: String(ts), price: '27000.5', size: '0.001', side, tradeId },
  })

  test('default: what happens, ascending; not what had happened', () => {
    const feed = tradeFeed(instrument)
    const decode = feed.start()
    expect(feed.topics[0]?.name).toBe('USDT-FUTURES/trade/BTCUSDT')
    expect(decode('', frame('snapshot', [row('2', 20), row('1', 10)]), 0)).toEqual([])
    const told = decode('', frame('update', [row('4', 30, 'Sell'), row('3', 30)]), 0)
    expect(told.map(({ tradeId, side, quantity }) => [tradeId, side, quantity])).toEqual([
      ['3', 'BUY', '0.001'],
      ['4', 'SELL', '0.001'],
    ])
  })

  test('behavior: the snapshot after a loss holds what was missed', () => {
    const feed = tradeFeed(instrument)
    feed.start()('', frame('snapshot', [row('2', 20), row('1', 10)]), 0)
    const again = feed.start()('', frame('snapshot', [row('4', 21), row('3', 20), row('2', 20)]), 0)
    expect(again.map(({ tradeId }) => tradeId)).toEqual(['3', '4'])
    const third = feed.start()('', frame('snapshot', [row('5', 22), row('4', 21), row('1', 10)]), 0)
    expect(third.map(({ tradeId }) => tradeId)).toEqual(['4', '5'])
  })

  test('behavior: what is beyond the snapshot is read, with the same ids', async () => {
    const { call, lines } = script({
      'GET /api/v2/mix/market/fills-history': ok([row('2', 20), row('1', 10)]),
    })
    const recent = await tradeFeed(instrument).recent?.(call)
    expect(recent?.map(({ tradeId }) => tradeId)).toEqual(['1', '2'])
    expect(lines).toEqual([
      'GET /api/v2/mix/market/fills-history?productType=USDT-FUTURES&symbol=BTCUSDT&limit=1000',
    ])
  })

  test('behavior: a market in which nobody had traded', () => {
    const feed = tradeFeed(instrument)
    expect(feed.start()('', frame('snapshot', [], 100), 0)).toEqual([])
    expect(feed.start()('', frame('snapshot', [row('1', 101)]), 0)).toHaveLength(1)
  })
})

describe('candles', () => {
  const row = (start: number, close: string): string[] => [
    ...[String(start), '1', '3', '0.5', close, '10', '20', '20'],
  ]

  test('default: the newest of the history, and its end when the next begins', () => {
    const feed = klineFeed(instrument, '1m')
    const decode = feed.start()
    const told = (action: string, ...rows: string[][]): unknown[] =>
      decode('', frame(action, rows), 0).map(({ timestamp, close, isClosed }) => [
        timestamp,
        close,
        isClosed,
      ])
    expect(feed.topics[0]?.name).toBe('USDT-FUTURES/candle1m/BTCUSDT')
    expect(told('snapshot', row(0, '1'), row(60_000, '2'))).toEqual([[60_000, 2, false]])
    expect(told('update', row(60_000, '2.5'))).toEqual([[60_000, 2.5, false]])
    expect(told('update', row(120_000, '2.6'))).toEqual([
      [60_000, 2.5, true],
      [120_000, 2.6, false],
    ])
    expect(told('update', row(60_000, '9'))).toEqual([])
  })

  test('behavior: the history after a loss holds what was missed', () => {
    const feed = klineFeed(instrument, '1m')
    feed.start()('', frame('snapshot', [row(0, '1')]), 0)
    const rows = [row(0, '1.5'), row(60_000, '2'), row(120_000, '3')]
    const again = feed.start()('', frame('snapshot', rows), 0)
    const last = again.filter(({ isClosed }) => isClosed)
    expect(last.map(({ timestamp, close }) => [timestamp, close])).toEqual([
      [0, 1.5],
      [60_000, 2],
    ])
    expect(again.at(-1)).toMatchObject({ timestamp: 120_000, isClosed: false, volume: 10 })
  })

  test.each([
    ['3m', 'candle3m'],
    ['4h', 'candle4H'],
    ['6h', 'candle6Hutc'],
    ['1M', 'candle1Mutc'],
  ] as const)('args: %s', (interval, channel) => {
    const [topic] = klineFeed(instrument, interval).topics
    expect(topic?.name).toBe(`USDT-FUTURES/${channel}/BTCUSDT`)
  })

  test.each(['2h', '8h'] as const)('error: %s is not streamed', (interval) => {
    expect(() => klineFeed(instrument, interval)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    )
  })

  test('behavior: contracts in USDC', () => {
    const usdc = { ...instrument, nativeSymbol: 'BTCPERP', settleAsset: 'USDC' }
    expect(tickerFeed(usdc).topics[0]?.name).toBe('USDC-FUTURES/ticker/BTCPERP')
  })
})
