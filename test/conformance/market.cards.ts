import { expect } from 'vitest'
import { card } from './card.ts'

// Cards every exchange passes; ids never change.

export const marketCards = [
  card('C-01', 'connectivity with and without a key', async ({ exchange, another }) => {
    expect(await exchange.testConnectivity()).toBe(true)
    expect(await another({ apiKey: '', apiSecret: '', passphrase: '' }).testConnectivity()).toBe(
      true,
    )
    expect(
      await another({ apiKey: 'nobody', apiSecret: 'nothing-at-all' }).testConnectivity(),
    ).toBe(false)
  }),
  card('C-02', 'instruments have rules that can be used', async ({ exchange, played }) => {
    const instruments = await exchange.getInstruments()
    const btc = instruments.find((instrument) => instrument.symbol === played.symbol)
    expect(btc).toMatchObject({
      nativeSymbol: played.nativeSymbol,
      baseAsset: 'BTC',
      isTrading: true,
    })
    for (const instrument of instruments) {
      expect(Number(instrument.tickSize), instrument.symbol).toBeGreaterThan(0)
      expect(Number(instrument.stepSize), instrument.symbol).toBeGreaterThan(0)
      expect(Number(instrument.maxQuantity)).toBeGreaterThanOrEqual(Number(instrument.minQuantity))
    }
  }),
  card('C-03', 'precision is fetched once and remembered', async ({ exchange, truth, played }) => {
    const first = await exchange.getSymbolPrecision('BTC/USDT')
    const before = (await truth()).requests.length
    expect(await exchange.getSymbolPrecision('btcusdt')).toEqual(first)
    expect((await truth()).requests.length).toBe(before)
    const { tickSize, stepSize } = played
    expect(first).toMatchObject({ tickSize, stepSize })
    expect(first.minNotional === '0').toBe(played.hasNoMinNotional ?? false)
    expect(first.maxLeverage).toBeGreaterThanOrEqual(50)
  }),
  card(
    'C-04',
    'rounding: quantities down, prices to the nearest tick',
    async ({ exchange, played }) => {
      const isFine = played.stepSize === '0.0001'
      expect(await exchange.roundQuantity('0.00129', 'BTCUSDT')).toBe(isFine ? '0.0012' : '0.001')
      expect(await exchange.roundQuantity(0.1 + 0.2, 'BTCUSDT')).toBe('0.3')
      const isWhole = played.tickSize === '1'
      expect(await exchange.roundPrice('60000.06', 'BTCUSDT')).toBe(isWhole ? '60000' : '60000.1')
      expect(await exchange.roundPrice(1e5, 'BTCUSDT')).toBe('100000')
    },
  ),
  card('C-05', 'the ticker follows the market', async ({ exchange, price, played }) => {
    await price('61234')
    const ticker = await exchange.getTicker('BTC/USDT')
    expect(ticker.symbol).toBe(played.symbol)
    expect(ticker.price).toBe('61234')
    expect(ticker.markPrice).toBe('61234')
    expect(Number(ticker.bidPrice)).toBeLessThan(Number(ticker.askPrice))
    expect(Math.abs(Number(ticker.askPrice) - 61234)).toBeLessThan(5)
    expect(Math.abs(ticker.timestamp - Date.now())).toBeLessThan(60_000)
  }),
  card('C-06', 'the book is sorted, not crossed and as deep as asked', async ({ exchange }) => {
    const book = await exchange.getOrderBook('BTCUSDT', { depth: 7 })
    expect([book.bids.length, book.asks.length]).toEqual([7, 7])
    const bids = book.bids.map(([price]) => Number(price))
    const asks = book.asks.map(([price]) => Number(price))
    expect(bids).toEqual([...bids].sort((a, b) => b - a))
    expect(asks).toEqual([...asks].sort((a, b) => a - b))
    expect(bids[0]).toBeLessThan(asks[0] ?? 0)
  }),
  card(
    'C-07',
    'candles beyond one request: ascending, whole, with progress',
    async ({ exchange }) => {
      const seen: { done: number; total: number }[] = []
      const endTime = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
      const table = await exchange.getKlines('BTCUSDT', '1m', {
        limit: 2_500,
        endTime,
        onProgress: (progress) => seen.push(progress),
      })
      expect(table.columnNames()).toEqual(['timestamp', 'open', 'high', 'low', 'close', 'volume'])
      const times = Array.from(table.array('timestamp'), Number)
      expect(times).toHaveLength(2_500)
      expect(times.at(-1)).toBe(endTime)
      expect(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) === 60_000)).toBe(true)
      expect(seen.length).toBeGreaterThan(1)
      expect(seen.at(-1)).toEqual({ done: 2_500, total: 2_500 })
      const rows = table.objects() as { high: number; low: number; open: number; close: number }[]
      for (const { high, low, open, close } of rows) {
        expect(high).toBeGreaterThanOrEqual(Math.max(open, close))
        expect(low).toBeLessThanOrEqual(Math.min(open, close))
      }
    },
  ),
  card('C-08', 'every interval starts where it says', async ({ exchange }) => {
    for (const interval of exchange.capabilities.klineIntervals) {
      const table = await exchange.getKlines('ETHUSDT', interval, { limit: 5 })
      const times = Array.from(table.array('timestamp'), Number)
      expect(times, interval).toHaveLength(5)
      expect([...times].sort((a, b) => a - b)).toEqual(times)
      expect(times.at(-1)).toBeLessThanOrEqual(Date.now() + 60_000)
    }
  }),
  card('C-09', 'candles between two times', async ({ exchange }) => {
    const startTime = Date.UTC(2026, 0, 5, 0, 30)
    const endTime = Date.UTC(2026, 0, 5, 4, 0)
    const table = await exchange.getKlines('BTCUSDT', '1h', { startTime, endTime })
    expect(Array.from(table.array('timestamp'), Number)).toEqual(
      [1, 2, 3, 4].map((hour) => Date.UTC(2026, 0, 5, hour)),
    )
  }),
]
