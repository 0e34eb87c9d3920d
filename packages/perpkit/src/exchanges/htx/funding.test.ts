import { describe, expect, test } from 'vitest'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const NOW = 'GET /v5/market/funding_rate'
const HISTORY = 'GET /v5/market/funding_rate_history'
const HOUR = 3_600_000
const JUNE = Date.UTC(2026, 5, 1)

// Recorded (docs/wire/htx.md 3.6).
const running = {
  contract_code: 'BTC-USDT',
  funding_rate: '0.000083024939363172',
  funding_time: '1780329600000',
  next_funding_time: '1780358400000',
  min_funding_rate: '-0.003750000000000000',
  max_funding_rate: '0.003750000000000000',
}

describe('getFundingRate', () => {
  test('default: the rate of the next settlement', async () => {
    const { call, lines, sent } = script({ [NOW]: done([running]) })
    const rate = await getFundingRate(call, { instrument: bitcoin })
    expect(rate).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      rate: '0.000083024939363172',
      timestamp: 1_780_329_600_000,
      intervalMs: 8 * HOUR,
    })
    expect(rate.raw).toEqual(running)
    expect(lines).toEqual([`${NOW}?contract_code=BTC-USDT`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { reference: 1 } }])
  })

  test.each([undefined, '', null, '0', '1780329600000'])(
    'behavior: without a settlement after it (%j) the interval is not told',
    async (next_funding_time) => {
      const { call } = script({ [NOW]: done([{ ...running, next_funding_time }]) })
      expect(await getFundingRate(call, { instrument: bitcoin })).not.toHaveProperty('intervalMs')
    },
  )

  test.each([
    ['no row', [], '$.data'],
    ['a row of another symbol', [{ ...running, contract_code: 'ETH-USDT' }], '$.data'],
    ['no rate', [{ ...running, funding_rate: null }], '$.data[0].funding_rate'],
    ['no time', [{ ...running, funding_time: '' }], '$.data[0].funding_time'],
  ])('error: %s', async (_what, data, path) => {
    const { call } = script({ [NOW]: done(data) })
    await expect(getFundingRate(call, { instrument: bitcoin })).rejects.toMatchObject({ path })
  })
})

function settled(id: number, funding_time: number) {
  return {
    id: String(id),
    contract_code: 'BTC-USDT',
    funding_rate: '-0.0001',
    funding_time: String(funding_time),
  }
}

describe('getFundingRateHistory', () => {
  test('default: one window that holds what is wanted', async () => {
    const rows = Array.from({ length: 3 }, (_, index) => settled(index, JUNE - index * 8 * HOUR))
    const { call, lines } = script({ [HISTORY]: done(rows) })
    const query = { instrument: bitcoin, startTime: 0, endTime: JUNE, limit: 2 }
    expect(await getFundingRateHistory(call, query)).toMatchObject([
      { symbol: 'BTCUSDT', rate: '-0.0001', timestamp: JUNE },
      { timestamp: JUNE - 8 * HOUR },
      { timestamp: JUNE - 16 * HOUR },
    ])
    expect(lines).toEqual([
      `${HISTORY}?contract_code=BTC-USDT&start_time=${JUNE - 16 * HOUR}&end_time=${JUNE}&limit=100`,
    ])
  })

  test('behavior: all pages of a window, because its oldest rows come first', async () => {
    const startTime = JUNE - 101 * HOUR
    const first = Array.from({ length: 100 }, (_, index) =>
      settled(index + 1, startTime + index * HOUR),
    )
    const range = `contract_code=BTC-USDT&start_time=${startTime}&end_time=${JUNE}`
    const { call, lines } = script({
      [`${HISTORY}?${range}&limit=100`]: done(first),
      [`${HISTORY}?${range}&from=100&direct=next&limit=100`]: done([settled(101, JUNE)]),
    })
    const query = { instrument: bitcoin, startTime, endTime: JUNE, limit: 50 }
    const rates = await getFundingRateHistory(call, query)
    expect(rates).toHaveLength(101)
    expect(rates.at(-1)?.timestamp).toBe(JUNE)
    expect(lines).toHaveLength(2)
  })

  test('behavior: two settlements of one time are both told', async () => {
    const special = { ...settled(2, JUNE), funding_rate: '0.0005' }
    const { call } = script({ [HISTORY]: done([settled(1, JUNE), special]) })
    const query = { instrument: bitcoin, startTime: JUNE - HOUR, endTime: JUNE, limit: 5 }
    const rates = await getFundingRateHistory(call, query)
    expect(rates.map(({ rate }) => rate)).toEqual(['-0.0001', '0.0005'])
  })

  test('behavior: a list that repeats itself ends', async () => {
    const page = Array.from({ length: 100 }, (_, index) => settled(index, JUNE - index))
    const { call, lines } = script({ [HISTORY]: done(page) })
    const query = { instrument: bitcoin, startTime: JUNE - HOUR, endTime: JUNE, limit: 500 }
    expect(await getFundingRateHistory(call, query)).toHaveLength(100)
    expect(lines).toHaveLength(2)
  })

  test('behavior: a new contract is asked for until its exchange was, and no further', async () => {
    const { call, lines } = script({ [HISTORY]: done([]) })
    const query = { instrument: bitcoin, startTime: 0, endTime: JUNE, limit: 100 }
    expect(await getFundingRateHistory(call, query)).toEqual([])
    expect(lines.length).toBeLessThan(6)
    expect(lines.at(-1)).toContain(`start_time=${Date.UTC(2020, 9, 1)}&`)
  })

  test('error: a refusal is told', async () => {
    const { call } = script({ [HISTORY]: refused(1067) })
    const query = { instrument: bitcoin, startTime: JUNE - HOUR, endTime: JUNE, limit: 1 }
    await expect(getFundingRateHistory(call, query)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
  })
})
