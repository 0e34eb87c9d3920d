import { expect, test } from 'vitest'
import { code, openDesk, row, rows, startTime, unified } from './desk.fixture.ts'

const market = '/api/v2/mix/market'
const contract = { symbol: 'btcusdt', productType: 'usdt-futures' }

test('default: the ticker is an array of one, with text for numbers', async () => {
  const desk = await openDesk('classic')
  const ticker = row(await desk.get(`${market}/ticker`, contract))
  expect(ticker).toMatchObject({ symbol: 'BTCUSDT', markPrice: '60000', deliveryTime: null })
  expect(Object.keys(ticker)).toHaveLength(23)
  const perpetuals = rows(await desk.get(`${market}/tickers`, { productType: 'COIN-FUTURES' }))
  expect(perpetuals).toEqual([])
})

test('default: levels of the book are numbers, best first', async () => {
  const desk = await openDesk('classic')
  const answer = await desk.get(`${market}/merge-depth`, { ...contract, limit: 5 })
  const book = answer.at('data')
  const [best = [], next = []] = book
    .at('bids')
    .items()
    .map((level) => level.items())
  expect(book.at('asks').items()).toHaveLength(5)
  expect(best[0]?.number()).toBeGreaterThan(next[0]?.number() ?? Number.POSITIVE_INFINITY)
})

test('behavior: candles open in [startTime, endTime], newest rows kept, ascending', async () => {
  const desk = await openDesk('classic')
  const hour = 3_600_000
  const to = Math.floor(startTime / hour) * hour
  const query = { ...contract, granularity: '1H', startTime: to - 5 * hour, endTime: to, limit: 3 }
  const answer = await desk.get(`${market}/candles`, query)
  const times = answer
    .at('data')
    .items()
    .map((candle) => Number(candle.at(0).string()))
  expect(times).toEqual([to - 2 * hour, to - hour, to])
})

test('behavior: quirk 10, days begin at 16:00 UTC, or at midnight with the utc token', async () => {
  const desk = await openDesk('classic')
  const opening = async (granularity: string): Promise<number> => {
    const answer = await desk.get(`${market}/candles`, { ...contract, granularity, limit: 1 })
    return new Date(Number(answer.at('data').at(0).at(0).string())).getUTCHours()
  }
  expect([await opening('1D'), await opening('1Dutc')]).toEqual([16, 0])
})

test('error: a wrong interval is named, an unknown symbol refused', async () => {
  const desk = await openDesk('classic')
  const wrong = await desk.get(`${market}/candles`, { ...contract, granularity: '7m' })
  expect([code(wrong), await desk.unknownWords()]).toEqual(['400171', ['value granularity']])
  expect(code(await desk.get(`${market}/ticker`, { ...contract, symbol: 'NOPE' }))).toBe('40034')
})

test('default: V3 tells the same of a market in its own words', async () => {
  const desk = await openDesk('unified')
  const ticker = row(await desk.get('/api/v3/market/tickers', unified))
  expect(ticker).toMatchObject({ symbol: 'BTCUSDT', markPrice: '60000' })
  const query = { ...unified, interval: '1H', limit: 2 }
  const candles = (await desk.get('/api/v3/market/candles', query)).at('data').items()
  expect(candles.map((candle) => candle.items().length)).toEqual([7, 7])
  expect(rows(await desk.get('/api/v3/market/instruments', { category: 'SPOT' }))).toEqual([])
})

test('default: trades are newest first, and page by id', async () => {
  const desk = await openDesk('classic')
  await desk.setPrice('60100')
  const trades = rows(await desk.get(`${market}/fills`, contract))
  expect(trades.length).toBeGreaterThan(0)
  const first = String(trades[0]?.tradeId)
  const older = rows(await desk.get(`${market}/fills-history`, { ...contract, idLessThan: first }))
  expect(older.map((trade) => trade.tradeId)).not.toContain(first)
})

test('behavior: funding history is paged by number, newest first, and tells what was settled', async () => {
  const desk = await openDesk('classic')
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.0003' })
  const page = async (pageNo: number, pageSize: number): Promise<Record<string, unknown>[]> =>
    rows(await desk.get(`${market}/history-fund-rate`, { ...contract, pageNo, pageSize }))
  const [latest, ...older] = await page(1, 4)
  expect(latest).toEqual({
    symbol: 'BTCUSDT',
    fundingRate: '0.0003',
    fundingTime: String(startTime),
  })
  expect([...(await page(1, 2)), ...(await page(2, 2))]).toEqual([latest, ...older])
  const [first = 0, second = 0] = older.map((entry) => Number(entry.fundingTime))
  expect(first - second).toBe(8 * 3_600_000)
  const query = { ...unified, limit: 4 }
  const answer = await desk.get('/api/v3/market/history-fund-rate', query)
  const rates = rows(answer, 'resultList').map((entry) => entry.fundingRate)
  expect(rates).toEqual([latest, ...older].map((entry) => entry?.fundingRate))
  expect(await page(1, 101)).toHaveLength(100)
})

test('default: open interest is in the base coin', async () => {
  const desk = await openDesk('classic')
  const answer = await desk.get(`${market}/open-interest`, contract)
  const size = Number(row(answer, 'openInterestList').size)
  expect(size).toBeGreaterThan(0)
  const list = row(await desk.get('/api/v3/market/open-interest', unified), 'list')
  expect(Number(list.openInterest)).toBe(size)
})
