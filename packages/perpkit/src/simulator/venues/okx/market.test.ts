import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  openDesk,
  order,
  place,
  row,
  rows,
  said,
  startTime,
} from './desk.fixture.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('instruments', () => {
  test('default: real contract sizes, lots and ticks', async () => {
    const desk = openDesk()
    const list = rows(await desk.get('public/instruments', { instType: 'SWAP' }))
    const shown = list.map(({ instId, ctVal, lotSz, minSz, tickSz }) =>
      [instId, ctVal, lotSz, minSz, tickSz].join(' '),
    )
    expect(shown.slice(0, 5)).toEqual([
      'BTC-USDT-SWAP 0.01 0.01 0.01 0.1',
      'ETH-USDT-SWAP 0.1 0.01 0.01 0.01',
      'SOL-USDT-SWAP 1 0.01 0.01 0.01',
      'XRP-USDT-SWAP 100 0.01 0.01 0.0001',
      'DOGE-USDT-SWAP 1000 0.01 0.01 0.00001',
    ])
    expect(shown).toContain('PEPE-USDT-SWAP 10000000 0.1 0.1 0.000000001')
  })

  test.each([
    [{ instType: 'SWAP', instFamily: 'ETH-USDT' }, ['ETH-USDT-SWAP']],
    [{ instType: 'SWAP', uly: 'ETH-USDT' }, ['ETH-USDT-SWAP']],
    [{ instType: 'SPOT' }, []],
    [{ instType: 'OPTION', uly: 'BTC-USD' }, []],
  ])('args: %j', async (query, instIds) => {
    const list = rows(await openDesk().get('public/instruments', query))
    expect(list.map(({ instId }) => instId)).toEqual(instIds)
  })

  test('behavior: the account sees its quotas too', async () => {
    const desk = openDesk()
    const open = row(await desk.get('public/instruments', { instType: 'SWAP', instId: BTC }))
    const own = row(await desk.get('account/instruments', { instType: 'SWAP', instId: BTC }))
    expect(own).toMatchObject(open)
    expect(Object.keys(own).length - Object.keys(open).length).toBe(6)
  })

  test.each([
    [{}, '50014 Parameter instType can not be empty.'],
    [{ instType: 'PERP' }, '51000 Parameter instType  error'],
    [{ instType: 'SWAP', instId: 'X' }, /^51001 /],
  ])('error: %j', async (query, message) => {
    expect(said(await openDesk().get('public/instruments', query))).toMatch(message)
  })
})

describe('prices', () => {
  test('default: ticker, with volumes in contracts and in the base coin', async () => {
    const desk = openDesk()
    const ticker = row(await desk.get('market/ticker', { instId: BTC }))
    expect(ticker).toMatchObject({ last: '60000', bidPx: '60000', askPx: '60000.1' })
    expect(Number(ticker.vol24h)).toBeCloseTo(Number(ticker.volCcy24h) * 100, 6)
    expect(rows(await desk.get('market/tickers', { instType: 'SWAP' }))).toHaveLength(8)
  })

  test('behavior: books have one level unless more are asked for', async () => {
    const desk = openDesk()
    const levels = async (path: string, query = {}): Promise<unknown[]> => {
      const book = (await desk.get(path, { instId: BTC, ...query })).at('data').at(0)
      return [
        book.at('asks').items().length,
        book.at('asks').at(0).items().length,
        book.has('seqId'),
      ]
    }
    expect(await levels('market/books')).toEqual([1, 4, true])
    expect(await levels('market/books', { sz: 5 })).toEqual([5, 4, true])
    expect(await levels('market/books', { sz: 1000 })).toEqual([400, 4, true])
    expect(await levels('market/books-full', { sz: 500 })).toEqual([500, 3, false])
    expect(await levels('market/books-rpi', { sz: 2 })).toEqual([2, 4, true])
  })

  test('default: mark price, also by instId alone; index by quote coin', async () => {
    const desk = openDesk()
    expect(row(await desk.get('public/mark-price', { instId: BTC })).markPx).toBe('60000')
    expect(said(await desk.get('public/mark-price'))).toMatch(/^50014 /)
    expect(rows(await desk.get('market/index-tickers', { quoteCcy: 'USDT' }))).toHaveLength(8)
    expect(said(await desk.get('market/index-tickers'))).toMatch(/^50015 /)
  })

  test('default: funding, for one and for any', async () => {
    const desk = openDesk()
    const funding = row(await desk.get('public/funding-rate', { instId: BTC }))
    expect(funding).toMatchObject({
      fundingTime: String(Date.UTC(2026, 0, 5, 8)),
      nextFundingRate: '',
    })
    expect(Number(funding.nextFundingTime) - Number(funding.fundingTime)).toBe(8 * HOUR)
    expect(rows(await desk.get('public/funding-rate', { instId: 'ANY' }))).toHaveLength(8)
    const past = rows(await desk.get('public/funding-rate-history', { instId: BTC, limit: 2 }))
    expect(past.map(({ fundingTime }) => fundingTime)).toEqual([
      String(Date.UTC(2026, 0, 5)),
      String(Date.UTC(2026, 0, 4, 16)),
    ])
    const older = await desk.get('public/funding-rate-history', {
      instId: BTC,
      limit: 1,
      after: Date.UTC(2026, 0, 4, 16),
    })
    expect(row(older).fundingTime).toBe(String(Date.UTC(2026, 0, 4, 8)))
  })

  test('default: public trades, newest first, by id and by time', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '2' }))
    await desk.advance(1000)
    await place(desk, order({ side: 'sell', sz: '1' }))
    const all = rows(await desk.get('market/trades', { instId: BTC }))
    expect(all).toMatchObject([
      { side: 'sell', sz: '1', px: '60000' },
      { side: 'buy', sz: '2', px: '60000.1' },
    ])
    const byId = { instId: BTC, type: 1, after: String(all[0]?.tradeId) }
    expect(rows(await desk.get('market/history-trades', byId))).toEqual(all.slice(1))
    const byTime = { instId: BTC, type: 2, before: startTime }
    expect(rows(await desk.get('market/history-trades', byTime))).toEqual(all.slice(0, 1))
  })

  test('default: open interest, tiers and conversion', async () => {
    const desk = openDesk()
    const interest = row(await desk.get('public/open-interest', { instType: 'SWAP', instId: BTC }))
    expect(Number(interest.oi)).toBeCloseTo(Number(interest.oiCcy) * 100, 6)
    const past = await desk.get('rubik/stat/contracts/open-interest-history', {
      instId: BTC,
      period: '1H',
      limit: 2,
    })
    expect(past.at('data').at(0).at(0).string()).toBe(String(Date.UTC(2026, 0, 5)))
    expect(past.at('data').items()).toHaveLength(2)
    const tier = { instType: 'SWAP', tdMode: 'cross' }
    expect(
      row(await desk.get('public/position-tiers', { ...tier, uly: 'ETH-USDT' })),
    ).toMatchObject({
      instFamily: 'ETH-USDT',
      maxLever: '100',
      imr: '0.01',
      mmr: '0.004',
    })
    expect(said(await desk.get('public/position-tiers', tier))).toMatch(/^50015 /)
    const convert = async (query: Record<string, string>): Promise<unknown> =>
      row(await desk.get('public/convert-contract-coin', { instId: BTC, ...query })).sz
    expect(await convert({ sz: '0.01239' })).toBe('1.24')
    expect(await convert({ type: '2', sz: '1.23' })).toBe('0.0123')
    expect(await convert({ sz: '600', unit: 'usds', px: '60000' })).toBe('1')
  })
})

describe('candles', () => {
  async function times(
    desk: Desk,
    query: Record<string, string | number>,
    path = 'market/candles',
  ): Promise<number[]> {
    const answer = await desk.get(path, { instId: BTC, ...query })
    return answer
      .at('data')
      .items()
      .map((candle) => Number(candle.at(0).string()))
  }

  // Section 9: the last candle is unclosed.
  test('default: newest first, the one under way not confirmed, volumes in three units', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '2' }))
    const answer = await desk.get('market/candles', { instId: BTC, limit: 2 })
    const [first, second] = answer
      .at('data')
      .items()
      .map(({ value }) => value)
    expect(first).toEqual([
      String(startTime - 30_000),
      '60000',
      '60000.1',
      '60000',
      '60000.1',
      '2',
      '0.02',
      '1200.002',
      '0',
    ])
    expect([Object(second)[0], Object(second)[8]]).toEqual([String(startTime - 90_000), '1'])
  })

  // Section 9: candles newest first; `before` alone gives the newest page.
  test('behavior: after and before are exclusive, before alone gives the newest page', async () => {
    const desk = openDesk()
    const now = startTime - 30_000
    const at = (minutes: number): number => now - minutes * 60_000
    expect(await times(desk, { after: at(1), limit: 2 })).toEqual([at(2), at(3)])
    expect(await times(desk, { before: at(2) })).toEqual([at(0), at(1)])
    expect(await times(desk, { before: at(50), limit: 2 })).toEqual([at(0), at(1)])
    expect(await times(desk, { before: at(4), after: at(1) })).toEqual([at(2), at(3)])
    expect(await times(desk, { limit: 1000 })).toHaveLength(300)
    expect(await times(desk, { limit: 1000 }, 'market/mark-price-candles')).toHaveLength(100)
  })

  test('behavior: recent candles reach 1440 bars; history has closed ones, further back', async () => {
    const desk = openDesk()
    const now = startTime - 30_000
    const oldest = now - 1439 * 60_000
    expect(await times(desk, { after: oldest + 1 })).toEqual([oldest])
    expect(await times(desk, { after: oldest })).toEqual([])
    const history = await times(desk, { after: oldest, limit: 1 }, 'market/history-candles')
    expect(history).toEqual([oldest - 60_000])
    expect(await times(desk, { limit: 1 }, 'market/history-candles')).toEqual([now - 60_000])
  })

  test.each([
    ['1H', Date.UTC(2026, 0, 5, 0), HOUR],
    ['4H', Date.UTC(2026, 0, 5, 0), 4 * HOUR],
    ['6Hutc', Date.UTC(2026, 0, 5, 0), 6 * HOUR],
    ['6H', Date.UTC(2026, 0, 4, 22), 6 * HOUR],
    ['12H', Date.UTC(2026, 0, 4, 16), 12 * HOUR],
    ['1Dutc', Date.UTC(2026, 0, 5), DAY],
    ['1D', Date.UTC(2026, 0, 4, 16), DAY],
    ['3Dutc', Date.UTC(2026, 0, 4), 3 * DAY],
    ['1Wutc', Date.UTC(2026, 0, 5), 7 * DAY],
    ['1W', Date.UTC(2026, 0, 4, 16), 7 * DAY],
    ['1Mutc', Date.UTC(2026, 0, 1), 31 * DAY],
    ['1M', Date.UTC(2025, 11, 31, 16), 31 * DAY],
    ['3Mutc', Date.UTC(2026, 0, 1), 92 * DAY],
  ])('args: %s opens on its own boundaries', async (bar, start, length) => {
    const desk = openDesk()
    expect(await times(desk, { bar, limit: 2 })).toEqual([start, start - length])
  })

  // Section 9: 1D candles open at 16:00 UTC.
  test('behavior: bars of UTC+8 are made of the same trades', async () => {
    const desk = openDesk()
    const day = (await desk.get('market/candles', { instId: BTC, bar: '1D', limit: 2 }))
      .at('data')
      .at(1)
    const parts = await desk.get('market/candles', {
      instId: BTC,
      bar: '1H',
      before: Date.UTC(2026, 0, 3, 16) - 1,
      after: Date.UTC(2026, 0, 4, 16),
    })
    const hours = parts.at('data').items()
    expect(hours).toHaveLength(24)
    const column = (place: number): number[] => hours.map((hour) => Number(hour.at(place).string()))
    expect(day.at(1).string()).toBe(hours.at(-1)?.at(1).string())
    expect(day.at(4).string()).toBe(hours[0]?.at(4).string())
    expect(Number(day.at(2).string())).toBe(Math.max(...column(2)))
    expect(Number(day.at(3).string())).toBe(Math.min(...column(3)))
    expect(Number(day.at(6).string())).toBeCloseTo(
      column(6).reduce((a, b) => a + b),
      6,
    )
  })

  test('behavior: mark and index candles have no volumes; an index has its own name', async () => {
    const desk = openDesk()
    const mark = await desk.get('market/mark-price-candles', { instId: BTC, limit: 1 })
    const index = await desk.get('market/index-candles', { instId: 'BTC-USDT', limit: 1 })
    expect(mark.at('data').at(0).items()).toHaveLength(6)
    expect(index.at('data').value).toEqual(mark.at('data').value)
    expect(said(await desk.get('market/index-candles', { instId: BTC }))).toMatch(/^51001 /)
  })

  test.each([
    [{ bar: '1h' }, '51000 Parameter bar  error'],
    [{ bar: '3dutc' }, '51000 Parameter bar  error'],
    [{ limit: 0 }, '51000 Parameter limit  error'],
    [{ after: 'now' }, '51000 Parameter after  error'],
    [{ instId: '' }, '50014 Parameter instId can not be empty.'],
  ])('error: %j', async (query, message) => {
    expect(said(await openDesk().get('market/candles', { instId: BTC, ...query }))).toBe(message)
  })
})
