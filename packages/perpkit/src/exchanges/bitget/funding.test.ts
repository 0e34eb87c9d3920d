import { describe, expect, test } from 'vitest'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { bitcoin, InTurn, ok, perp, script } from './script.testing.ts'

const CURRENT = 'GET /api/v2/mix/market/current-fund-rate'
const HISTORY = 'GET /api/v2/mix/market/history-fund-rate'
const INTERVAL = 28_800_000

describe('getFundingRate', () => {
  // docs/wire/bitget.md 3.2
  const row = {
    symbol: 'BTCUSDT',
    fundingRate: '0.000068',
    fundingRateInterval: '8',
    nextUpdate: '1743062400000',
    minFundingRate: '-0.003',
    maxFundingRate: '0.003',
  }

  test('default: the running one, with its next settlement', async () => {
    const { call, lines, sent } = script({ [CURRENT]: ok([{ ...row, symbol: 'ETHUSDT' }, row]) })
    const rate = await getFundingRate(call, { instrument: bitcoin })
    expect(lines).toEqual([`${CURRENT}?productType=USDT-FUTURES&symbol=BTCUSDT`])
    expect(sent).toEqual([{ access: 'public', effect: 'read' }])
    expect(rate).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '0.000068',
      timestamp: 1_743_062_400_000,
      intervalMs: INTERVAL,
    })
    expect(rate.raw).toBe(row)
  })

  test('behavior: without an interval', async () => {
    const { call } = script({ [CURRENT]: ok([{ ...row, fundingRateInterval: '' }]) })
    expect(await getFundingRate(call, { instrument: bitcoin })).not.toHaveProperty('intervalMs')
  })

  test('error: of another symbol', async () => {
    const { call } = script({ [CURRENT]: ok([row]) })
    await expect(getFundingRate(call, { instrument: perp })).rejects.toThrow('a row of BTCPERP')
  })

  test.each(['fundingRate', 'nextUpdate'])('error: %s is needed', async (name) => {
    const { call } = script({ [CURRENT]: ok([{ ...row, [name]: '' }]) })
    await expect(getFundingRate(call, { instrument: bitcoin })).rejects.toThrow(name)
  })
})

describe('getFundingRateHistory', () => {
  const NEWEST = 300
  const rows = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, i) => ({
      symbol: 'BTCUSDT',
      fundingRate: '0.0001',
      fundingTime: String((from - i) * INTERVAL),
    }))
  const query = {
    instrument: bitcoin,
    startTime: 150 * INTERVAL,
    endTime: 250 * INTERVAL,
    limit: 1000,
  }
  const page = (number: number) =>
    `${HISTORY}?productType=USDT-FUTURES&symbol=BTCUSDT&pageSize=100&pageNo=${number}`

  test('default: pages from now back to the start, both ends counted', async () => {
    const { call, lines, sent } = script({
      [page(1)]: ok(rows(NEWEST, 201)),
      [page(2)]: ok(rows(200, 101)),
    })
    const rates = await getFundingRateHistory(call, query)
    expect(lines).toEqual([page(1), page(2)])
    expect(sent[0]).toEqual({ access: 'public', effect: 'read' })
    expect(rates).toHaveLength(101)
    expect(rates[0]).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '0.0001',
      timestamp: 250 * INTERVAL,
    })
  })

  test('behavior: a settlement while it is read doubles rows and loses none', async () => {
    const { call } = script({ [page(1)]: ok(rows(300, 201)), [page(2)]: ok(rows(201, 102)) })
    expect(await getFundingRateHistory(call, query)).toHaveLength(101)
  })

  test('behavior: two settlements at one time are two', async () => {
    const [row] = rows(200, 200)
    const { call } = script({ [HISTORY]: ok([row, { ...row, fundingRate: '0.002' }]) })
    expect(await getFundingRateHistory(call, query)).toHaveLength(2)
  })

  test('behavior: enough is enough', async () => {
    const { call, lines } = script({ [page(1)]: ok(rows(NEWEST, 201)) })
    const rates = await getFundingRateHistory(call, { ...query, limit: 10 })
    expect(rates.length).toBeGreaterThanOrEqual(10)
    expect(lines).toHaveLength(1)
  })

  test('behavior: a short page is the last, an empty one too', async () => {
    const { call, lines } = script({ [HISTORY]: new InTurn(ok(rows(300, 201)), ok(null)) })
    expect(await getFundingRateHistory(call, query)).toHaveLength(50)
    expect(lines).toHaveLength(2)
  })

  test('error: the same page for ever ends it', async () => {
    const { call, lines } = script({ [HISTORY]: ok(rows(300, 201)) })
    await getFundingRateHistory(call, query)
    expect(lines).toHaveLength(2)
  })

  test('error: a row without its time', async () => {
    const { call } = script({ [HISTORY]: ok([{ symbol: 'BTCUSDT', fundingRate: '0.0001' }]) })
    await expect(getFundingRateHistory(call, query)).rejects.toThrow('$.data[0].fundingTime')
  })
})
