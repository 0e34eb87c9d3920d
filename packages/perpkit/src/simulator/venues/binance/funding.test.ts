import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Reader } from '../../../core/reader.ts'
import { kindsOf, marketBuy, openStand, START, type Stand, type Words } from './wire.fixture.ts'

// Funding: docs/wire/binance.md 3.1 (funding notes), 4.1 (income) and 4.7 (funding).

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const HOURS = 3_600_000
const RATE = '/fapi/v1/fundingRate'

const rowsOf = async (words: Words): Promise<readonly Reader[]> =>
  (await venue.read(RATE, words)).json.items()
const timesOf = async (words: Words): Promise<number[]> =>
  (await rowsOf(words)).map((row) => row.at('fundingTime').number())

describe('funding history', () => {
  test('default: the newest 100, ascending, in the shape of the sheet', async () => {
    const rows = await rowsOf({ symbol: 'BTCUSDT' })
    expect(rows).toHaveLength(100)
    expect(kindsOf(rows[0]?.value)).toEqual(
      kindsOf({ symbol: '', fundingRate: '', fundingTime: 1, markPrice: '', rateType: 'Regular' }),
    )
    const times = rows.map((row) => row.at('fundingTime').number())
    expect(times).toEqual(Array.from({ length: 100 }, (_, i) => START - (99 - i) * 8 * HOURS))
    expect(new Set(rows.map((row) => row.at('fundingRate').string())).size).toBeGreaterThan(50)
  })

  test('args: both times belong to the span', async () => {
    const [startTime, endTime] = [START - 24 * HOURS, START - 8 * HOURS]
    expect(await timesOf({ symbol: 'BTCUSDT', startTime, endTime })).toEqual([
      START - 24 * HOURS,
      START - 16 * HOURS,
      START - 8 * HOURS,
    ])
    expect(await timesOf({ symbol: 'BTCUSDT', endTime, limit: 1 })).toEqual([endTime])
  })

  test('behavior: (row 33) a span that holds more than the limit returns its oldest part', async () => {
    const words = { symbol: 'BTCUSDT', startTime: START - 80 * HOURS, endTime: START, limit: 4 }
    const first = await timesOf(words)
    expect(first).toEqual([80, 72, 64, 56].map((hours) => START - hours * HOURS))
    const pages = [...first]
    for (let page = first; page.length === 4; ) {
      page = await timesOf({ ...words, startTime: (page.at(-1) ?? 0) + 1 })
      pages.push(...page)
    }
    expect(pages).toEqual(Array.from({ length: 11 }, (_, i) => START - (80 - 8 * i) * HOURS))
  })

  test('behavior: a settlement that happened is the newest, at the rate it took', async () => {
    await venue.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.00123' })
    const rows = await rowsOf({ symbol: 'BTCUSDT', limit: 1 })
    expect(rows[0]?.value).toEqual({
      symbol: 'BTCUSDT',
      fundingRate: '0.00123000',
      fundingTime: START,
      markPrice: '60000.00000000',
      rateType: 'Regular',
    })
  })

  test('behavior: the rate that is announced is the one that is settled', async () => {
    const { json } = await venue.read('/fapi/v1/premiumIndex', { symbol: 'BTCUSDT' })
    const at = json.at('nextFundingTime').number()
    await venue.simulator.control.advance({ ms: at - START })
    const rows = await rowsOf({ symbol: 'BTCUSDT', limit: 1 })
    expect(rows[0]?.value).toMatchObject({
      fundingRate: json.at('lastFundingRate').string(),
      fundingTime: at,
    })
  })

  test('args: all symbols in one list, ascending', async () => {
    const rows = await rowsOf({ limit: 10 })
    expect(rows).toHaveLength(10)
    expect(new Set(rows.map((row) => row.at('symbol').string())).size).toBe(5)
    const times = rows.map((row) => row.at('fundingTime').number())
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test.each<[Words, number]>([
    [{ limit: 1001 }, -1130],
    [{ startTime: 2, endTime: 1 }, -1023],
    [{ symbol: 'NOPE' }, -1121],
  ])('error: %o', async (words, code) => {
    expect((await venue.read(RATE, words)).body).toMatchObject({ code })
  })
})

describe('funding paid', () => {
  test('default: an income row, negative when paid, beside those of the trades', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    await venue.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    const { body } = await venue.get('/fapi/v1/income', { incomeType: 'FUNDING_FEE' })
    expect(body).toEqual([
      {
        symbol: 'BTCUSDT',
        incomeType: 'FUNDING_FEE',
        income: '-0.60000000',
        asset: 'USDT',
        info: 'FUNDING_FEE',
        time: START,
        tranId: 9_000_000_000_001,
        tradeId: '',
      },
    ])
    const all = await venue.get('/fapi/v1/income')
    const types = all.json.items().map((row) => row.at('incomeType').string())
    expect(types).toEqual(['COMMISSION', 'FUNDING_FEE'])
    const account = await venue.get('/fapi/v3/account')
    const sum = all.json
      .items()
      .reduce((total, row) => total + Number(row.at('income').string()), 0)
    expect(100_000 + sum).toBeCloseTo(Number(account.json.at('totalWalletBalance').string()), 6)
  })

  test('args: pages, from the start upward and from the newest back', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    for (let i = 0; i < 4; i++) {
      await venue.simulator.control.advance({ ms: 1_000 })
      await venue.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    }
    const times = async (words: Words): Promise<number[]> =>
      (await venue.get('/fapi/v1/income', { incomeType: 'FUNDING_FEE', ...words })).json
        .items()
        .map((row) => (row.at('time').number() - START) / 1_000)
    expect(await times({ startTime: START, limit: 3 })).toEqual([1, 2, 3])
    expect(await times({ startTime: START, limit: 3, page: 2 })).toEqual([4])
    expect(await times({ limit: 3 })).toEqual([2, 3, 4])
    expect(await times({ limit: 3, page: 2 })).toEqual([1])
    expect(await times({ limit: 3, page: 3 })).toEqual([])
    expect(await times({ symbol: 'ETHUSDT' })).toEqual([])
    expect(await times({ incomeType: 'TRANSFER' })).toEqual([])
  })

  test('behavior: an isolated position pays out of its own margin', async () => {
    await venue.post('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' })
    await venue.post('/fapi/v1/order', marketBuy)
    const wallet = async (): Promise<number> =>
      Number((await venue.get('/fapi/v3/positionRisk')).json.at(0).at('isolatedWallet').string())
    const before = await wallet()
    await venue.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    expect(await wallet()).toBeCloseTo(before - 0.6, 8)
  })

  test('behavior: in hedge mode each side has its row', async () => {
    await venue.post('/fapi/v1/positionSide/dual', { dualSidePosition: 'true' })
    await venue.post('/fapi/v1/order', { ...marketBuy, positionSide: 'LONG' })
    await venue.post('/fapi/v1/order', { ...marketBuy, side: 'SELL', positionSide: 'SHORT' })
    await venue.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.001' })
    const { body } = await venue.get('/fapi/v1/income', { incomeType: 'FUNDING_FEE' })
    expect(body).toMatchObject([{ income: '-0.60000000' }, { income: '0.60000000' }])
  })
})
