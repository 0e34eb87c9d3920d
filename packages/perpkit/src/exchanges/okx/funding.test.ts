import { describe, expect, test } from 'vitest'
import { getFundingRate, getFundingRateHistory, getOpenInterest } from './funding.ts'
import { bitcoin, ok, script } from './script.testing.ts'

const HOUR = 3_600_000

// docs/wire/okx.md 3.4
describe('getFundingRate', () => {
  const LINE = 'GET public/funding-rate?instId=BTC-USDT-SWAP'
  const row = {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    fundingRate: '0.0000512',
    nextFundingRate: '',
    fundingTime: '1795363200000',
    nextFundingTime: '1795392000000',
    settFundingRate: '0.0000488',
    ts: '1795334400000',
  }

  test('default: what will be settled next', async () => {
    const { call, lines, sent } = script({ [LINE]: ok(row) })
    const rate = await getFundingRate(call, { instrument: bitcoin })
    expect(rate).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      rate: '0.0000512',
      timestamp: 1_795_363_200_000,
      intervalMs: 8 * HOUR,
    })
    expect(rate.raw).toBe(row)
    expect(lines).toEqual([LINE])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { 'GET public/funding-rate': 1 } },
    ])
  })

  test.each(['', '0', '1795363200000'])(
    'behavior: without a later settlement (%j) the interval is not told',
    async (nextFundingTime) => {
      const { call } = script({ [LINE]: ok({ ...row, nextFundingTime }) })
      const rate = await getFundingRate(call, { instrument: bitcoin })
      expect(rate).not.toHaveProperty('intervalMs')
    },
  )

  test.each(['fundingRate', 'fundingTime'])('error: no %s', async (name) => {
    const { call } = script({ [LINE]: ok({ ...row, [name]: '' }) })
    await expect(getFundingRate(call, { instrument: bitcoin })).rejects.toThrow(
      `$.data[0].${name}: expected`,
    )
  })
})

describe('getFundingRateHistory', () => {
  const T = 1_795_305_600_000
  function line(after: number): string {
    return `GET public/funding-rate-history?instId=BTC-USDT-SWAP&after=${after}&limit=100`
  }
  function row(index: number): object {
    return {
      instType: 'SWAP',
      instId: 'BTC-USDT-SWAP',
      fundingRate: '0.1',
      realizedRate: `0.00${index}`,
      fundingTime: String(T - index * HOUR),
    }
  }
  function rows(from: number, count: number): object[] {
    return Array.from({ length: count }, (_, index) => row(from + index))
  }
  function query(hours: number, limit: number): Parameters<typeof getFundingRateHistory>[1] {
    return { instrument: bitcoin, startTime: T - hours * HOUR, endTime: T, limit }
  }

  test('default: what was charged, within the window', async () => {
    const { call, lines, sent } = script({ [line(T + 1)]: ok(...rows(0, 5)) })
    const rates = await getFundingRateHistory(call, query(2, 100))
    expect(rates.map(({ rate, timestamp }) => [rate, timestamp])).toEqual([
      ['0', T],
      ['0.001', T - HOUR],
      ['0.002', T - 2 * HOUR],
    ])
    expect(lines).toEqual([line(T + 1)])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { 'GET public/funding-rate-history': 1 } },
    ])
  })

  test('behavior: pages until the window ends', async () => {
    const { call, lines } = script({
      [line(T + 1)]: ok(...rows(0, 100)),
      [line(T - 99 * HOUR)]: ok(...rows(100, 100)),
    })
    const rates = await getFundingRateHistory(call, query(150, 1_000))
    expect(rates).toHaveLength(151)
    expect(new Set(rates.map(({ timestamp }) => timestamp)).size).toBe(151)
    expect(lines).toHaveLength(2)
  })

  test('behavior: a full page ends it when there are enough', async () => {
    const { call, lines } = script({ [line(T + 1)]: ok(...rows(0, 100)) })
    expect(await getFundingRateHistory(call, query(5_000, 100))).toHaveLength(100)
    expect(lines).toHaveLength(1)
  })

  test('behavior: a page that comes again ends it', async () => {
    const { call, lines } = script({ 'GET public/funding-rate-history': ok(...rows(0, 100)) })
    const rates = await getFundingRateHistory(call, query(5_000, 1_000))
    expect(new Set(rates.map(({ timestamp }) => timestamp)).size).toBe(100)
    expect(lines).toHaveLength(2)
  })

  test('error: a row without the rate charged', async () => {
    const { call } = script({ [line(T + 1)]: ok({ ...row(0), realizedRate: '' }) })
    await expect(getFundingRateHistory(call, query(2, 1))).rejects.toThrow(
      '$.data[0].realizedRate: expected a decimal',
    )
  })
})

describe('getOpenInterest', () => {
  const LINE = 'GET public/open-interest?instType=SWAP&instId=BTC-USDT-SWAP'
  const row = {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    oi: '2216113.01',
    oiCcy: '22161.13',
    oiUsd: '1939251795.5',
    ts: '1795334400000',
  }

  test('default: in the base asset, exactly', async () => {
    const { call, lines, sent } = script({ [LINE]: ok({ ...row, instId: 'X' }, row) })
    const interest = await getOpenInterest(call, { instrument: bitcoin })
    expect(interest).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      quantity: '22161.1301',
      timestamp: 1_795_334_400_000,
    })
    expect(interest.raw).toBe(row)
    expect(lines).toEqual([LINE])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { 'GET public/open-interest': 1 } },
    ])
  })

  test('error: no row of the contract', async () => {
    const { call } = script({ [LINE]: ok() })
    await expect(getOpenInterest(call, { instrument: bitcoin })).rejects.toThrow(
      '$.data: expected a row of BTC-USDT-SWAP',
    )
  })
})
