import type { KlineInterval } from 'perpkit'
import { expect } from 'vitest'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

const HOUR = 3_600_000
const DECIMAL = /^-?\d+(\.\d+)?$/

const INTERVALS = [
  ['1m', 60_000],
  ['3m', 180_000],
  ['5m', 300_000],
  ['15m', 900_000],
  ['30m', 1_800_000],
  ['1h', HOUR],
  ['2h', 2 * HOUR],
  ['4h', 4 * HOUR],
  ['6h', 6 * HOUR],
  ['8h', 8 * HOUR],
  ['12h', 12 * HOUR],
  ['1d', 24 * HOUR],
  ['3d', 72 * HOUR],
] as const

interface Candle {
  timestamp: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

export const dataCards = [
  card('C-10', 'trades: ascending, the newest, told by the taker', async (stage) => {
    const { exchange, played } = stage
    for (const side of ['BUY', 'SELL', 'BUY'] as const) {
      await exchange.createMarketOrder('BTCUSDT', side, '0.01')
    }
    const trades = await exchange.getTrades('BTCUSDT', { limit: 3 })
    expect(trades).toHaveLength(3)
    expect(trades.map(({ side }) => side)).toEqual(['BUY', 'SELL', 'BUY'])
    for (const { symbol, quantity, price, timestamp } of trades) {
      expect(symbol).toBe(played.symbol)
      expect(quantity).toBe('0.01')
      expect(Math.abs(Number(price) - 60_000)).toBeLessThan(20)
      expect(Math.abs(timestamp - Date.now())).toBeLessThan(60_000)
    }
    expect(new Set(trades.map(({ tradeId }) => tradeId)).size).toBe(3)
  }),
  card('C-11', 'the running funding rate and its settlement', async ({ exchange, played }) => {
    const funding = await exchange.getFundingRate('BTCUSDT')
    expect(funding.symbol).toBe(played.symbol)
    expect(funding.rate).toMatch(DECIMAL)
    expect(Math.abs(Number(funding.rate))).toBeLessThan(0.01)
    expect(funding.timestamp).toBeGreaterThan(Date.now())
    expect(funding.timestamp).toBeLessThan(Date.now() + 9 * HOUR)
  }),
  card('C-12', 'settled funding rates of a window, page by page', async ({ exchange }) => {
    const endTime = Math.floor(Date.now() / HOUR) * HOUR
    const startTime = endTime - 60 * 24 * HOUR
    const all = await exchange.getFundingRateHistory('BTCUSDT', {
      startTime,
      endTime,
      limit: 2_000,
    })
    const times = all.map(({ timestamp }) => timestamp)
    expect(times.length).toBeGreaterThanOrEqual(60 * 3)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    const gaps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))
    expect([...gaps]).toHaveLength(1)
    expect(times[0]).toBeGreaterThanOrEqual(startTime)
    expect(times.at(-1)).toBeLessThanOrEqual(endTime)
    const newest = await exchange.getFundingRateHistory('BTCUSDT', { startTime, endTime, limit: 7 })
    expect(newest).toEqual(all.slice(-7))
  }),
  card('C-13', 'open interest in the base asset', async ({ exchange, played }) => {
    const interest = await exchange.getOpenInterest('BTCUSDT')
    expect(interest.symbol).toBe(played.symbol)
    expect(interest.quantity).toMatch(DECIMAL)
    expect(Number(interest.quantity)).toBeGreaterThan(0)
    if (interest.notional !== undefined) {
      const price = Number(interest.notional) / Number(interest.quantity)
      expect(Math.abs(price - 60_000)).toBeLessThan(600)
    }
  }),
  card('C-14', 'all fifteen intervals, those the exchange lacks too', async ({ exchange }) => {
    const read = async (interval: KlineInterval, limit: number): Promise<Candle[]> => {
      const table = await exchange.getKlines('BTCUSDT', interval, { limit })
      return table.objects() as Candle[]
    }
    for (const [interval, length] of INTERVALS) {
      const candles = await read(interval, 3)
      const now = Date.now()
      const last = Math.floor(now / length) * length
      const starts = candles.map(({ timestamp }) => timestamp)
      // A minute may have passed between the question and this line.
      expect([last, last - length], interval).toContain(starts.at(-1))
      expect(starts, interval).toEqual(
        [2, 1, 0].map((back) => (starts.at(-1) ?? 0) - back * length),
      )
    }
    expect(await read('1w', 2)).toHaveLength(2)
    expect(await read('1M', 2)).toHaveLength(2)
    const window = { startTime: Date.UTC(2026, 0, 1), endTime: Date.UTC(2026, 0, 1, 23) }
    const day = (await exchange.getKlines('BTCUSDT', '8h', window)).objects() as Candle[]
    const hours = (await exchange.getKlines('BTCUSDT', '1h', window)).objects() as Candle[]
    expect(day).toHaveLength(3)
    for (const [index, candle] of day.entries()) {
      const parts = hours.slice(8 * index, 8 * index + 8)
      expect(candle.open).toBe(parts[0]?.open)
      expect(candle.close).toBe(parts.at(-1)?.close)
      expect(candle.high).toBe(Math.max(...parts.map(({ high }) => high)))
      expect(candle.low).toBe(Math.min(...parts.map(({ low }) => low)))
      expect(candle.volume).toBeCloseTo(
        parts.reduce((sum, { volume }) => sum + volume, 0),
        4,
      )
    }
  }),
  card('C-15', 'windows that cannot be meant are refused', async ({ exchange }) => {
    const symbol = 'BTCUSDT'
    for (const promise of [
      exchange.getTrades(symbol, { limit: 0 }),
      exchange.getFundingRateHistory(symbol, { limit: 1.5 }),
      exchange.getFundingRateHistory(symbol, { startTime: 2, endTime: 1 }),
      exchange.getFills(symbol, { startTime: Number.NaN }),
      exchange.getOrderHistory(symbol, { endTime: -1 }),
    ]) {
      expect((await errorOf(promise)).code).toBe('INVALID_ARGUMENT')
    }
  }),
  card('C-16', 'fee rates are fractions', async ({ exchange, played }) => {
    const fees = await exchange.getFeeRates('BTCUSDT')
    expect(fees.symbol).toBe(played.symbol)
    expect(Number(fees.takerRate)).toBeGreaterThan(0)
    expect(Number(fees.takerRate)).toBeLessThan(0.002)
    expect(Number(fees.makerRate)).toBeLessThanOrEqual(Number(fees.takerRate))
    expect(Math.abs(Number(fees.makerRate))).toBeLessThan(0.002)
  }),
]
