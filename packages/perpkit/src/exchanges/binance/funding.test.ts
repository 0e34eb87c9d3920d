import { describe, expect, test } from 'vitest'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { bitcoin, script } from './script.testing.ts'

const HOUR = 3_600_000

const premium = {
  symbol: 'BTCUSDT',
  markPrice: '60001.20000000',
  indexPrice: '60003.00000000',
  lastFundingRate: '-0.00010000',
  nextFundingTime: 1_763_827_200_000,
  time: 1_763_798_401_000,
}

describe('getFundingRate', () => {
  test('default: the running rate, with the time of the coming settlement', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/premiumIndex': premium })
    const rate = await getFundingRate(call, { instrument: bitcoin })
    expect(rate).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '-0.0001',
      timestamp: 1_763_827_200_000,
    })
    expect(rate.raw).toBe(premium)
    expect(lines).toEqual(['GET /fapi/v1/premiumIndex?symbol=BTCUSDT'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { weight: 1 } }])
  })

  test.each([
    ['$.lastFundingRate', { lastFundingRate: '' }],
    ['$.nextFundingTime', { nextFundingTime: 0 }],
    ['$.nextFundingTime', { nextFundingTime: undefined }],
  ])('error: %s is needed (%j)', async (path, changes) => {
    const { call } = script({ 'GET /fapi/v1/premiumIndex': { ...premium, ...changes } })
    await expect(getFundingRate(call, { instrument: bitcoin })).rejects.toMatchObject({ path })
  })
})

function settled(fundingTime: number, changes: object = {}) {
  const row = { symbol: 'BTCUSDT', fundingRate: '0.00010000', fundingTime, markPrice: '60000.10' }
  return { ...row, ...changes }
}

const endTime = 1_763_798_400_000
const startTime = endTime - 30 * 24 * HOUR

describe('getFundingRateHistory', () => {
  test('default: as far back as the rows take at eight hours each', async () => {
    const row = settled(1_763_769_600_002, { rateType: 'Regular' })
    const { call, lines, sent } = script({ 'GET /fapi/v1/fundingRate': [row] })
    const query = { instrument: bitcoin, startTime, endTime, limit: 1 }
    const rates = await getFundingRateHistory(call, query)
    expect(rates).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        rate: '0.0001',
        timestamp: 1_763_769_600_002,
        markPrice: '60000.1',
      },
    ])
    expect(rates[0]?.raw).toBe(row)
    expect(lines).toEqual([
      `GET /fapi/v1/fundingRate?symbol=BTCUSDT&startTime=${endTime - 8 * HOUR + 1}` +
        `&endTime=${endTime}&limit=1000`,
    ])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { funding: 1 } }])
  })

  test('behavior: a longer silence is searched in longer windows', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/fundingRate': [] })
    const query = { instrument: bitcoin, startTime: 0, endTime, limit: 100 }
    expect(await getFundingRateHistory(call, query)).toEqual([])
    expect(lines.length).toBeLessThan(12)
    expect(lines.at(-1)).toContain('startTime=0&')
  })

  test('behavior: of too many the oldest come first, and the rest is read after them', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => settled(endTime - index * HOUR))
    rows.reverse()
    const { call, lines } = script({
      'GET /fapi/v1/fundingRate': (words: { startTime: number; endTime: number }) =>
        rows
          .filter((row) => row.fundingTime >= words.startTime && row.fundingTime <= words.endTime)
          .slice(0, 1_000),
    })
    const query = { instrument: bitcoin, startTime: 0, endTime, limit: 1_000 }
    const rates = await getFundingRateHistory(call, query)
    expect(lines).toHaveLength(2)
    expect(rates).toHaveLength(1_500)
    expect(new Set(rates.map(({ timestamp }) => timestamp)).size).toBe(1_500)
  })

  test('behavior: an extraordinary settlement at a regular time is another row', async () => {
    const { call } = script({
      'GET /fapi/v1/fundingRate': [
        settled(endTime, { rateType: 'Regular' }),
        settled(endTime, { rateType: 'Special', fundingRate: '-0.002' }),
      ],
    })
    const query = { instrument: bitcoin, startTime, endTime, limit: 2 }
    const rates = await getFundingRateHistory(call, query)
    expect(rates.map(({ rate }) => rate)).toEqual(['0.0001', '-0.002'])
  })

  test.each(['', null, undefined])('behavior: an old row without mark price (%j)', async (mark) => {
    const row = settled(endTime, { markPrice: mark })
    const { call } = script({ 'GET /fapi/v1/fundingRate': [row] })
    const query = { instrument: bitcoin, startTime, endTime, limit: 1 }
    expect((await getFundingRateHistory(call, query))[0]).not.toHaveProperty('markPrice')
  })

  test.each(['fundingRate', 'fundingTime'])('error: %s is needed', async (name) => {
    const { call } = script({
      'GET /fapi/v1/fundingRate': [settled(endTime, { [name]: undefined })],
    })
    const query = { instrument: bitcoin, startTime, endTime, limit: 1 }
    await expect(getFundingRateHistory(call, query)).rejects.toMatchObject({
      path: `$[0].${name}`,
    })
  })
})
