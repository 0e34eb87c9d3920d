import { describe, expect, it } from 'vitest'
import { getFundingRateHistory } from './funding.ts'
import { bitcoin, script, success } from './script.testing.ts'

const PATH = 'GET /derivatives/api/v4/historicalfundingrates'
const HOUR = 3_600_000
const END = Date.parse('2026-09-25T18:00:00Z')
const window = { instrument: bitcoin, startTime: END - 10 * HOUR, endTime: END, limit: 100 }
const row = (timestamp: string, relativeFundingRate: unknown = 0.00001089345): unknown => ({
  timestamp,
  fundingRate: 0.912482213835,
  relativeFundingRate,
})

async function read(rates: unknown, query = window) {
  const { call } = script({ [PATH]: success({ rates }) })
  const rows = await getFundingRateHistory(call, query)
  return rows.map(({ timestamp, intervalMs }) => [
    new Date(timestamp).toISOString().slice(11, 16),
    (intervalMs ?? 0) / HOUR,
  ])
}

describe('getFundingRateHistory', () => {
  it('default: the rate of an hour, dated by its settlement', async () => {
    const { call, lines, sent } = script({
      [PATH]: success({ rates: [row('2026-09-25T17:00:00Z')] }),
    })
    const [rate] = await getFundingRateHistory(call, window)
    expect(rate).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      rate: '0.00001089345',
      timestamp: END,
      intervalMs: HOUR,
    })
    expect(rate?.raw).toMatchObject({ fundingRate: 0.912482213835 })
    expect(lines).toEqual([`${PATH}?symbol=PF_XBTUSD`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('behavior: in either order; cut to the window and to the newest', async () => {
    const rates = ['18', '17', '15', '16', '06', '07'].map((h) => row(`2026-09-25T${h}:00:00Z`))
    expect(await read(rates)).toEqual([
      ['08:00', 1],
      ['16:00', 1],
      ['17:00', 1],
      ['18:00', 1],
    ])
    expect(await read(rates, { ...window, limit: 2 })).toEqual([
      ['17:00', 1],
      ['18:00', 1],
    ])
  })

  it('behavior: intervals of the first years had four hours', async () => {
    const rates = ['08', '12', '16'].map((h) => row(`2026-09-25T${h}:00:00Z`))
    expect(await read(rates)).toEqual([
      ['12:00', 4],
      ['16:00', 4],
      ['17:00', 1],
    ])
  })

  it('default: none', async () => {
    expect(await read([])).toEqual([])
  })

  it('error: a row without its rate, no list', async () => {
    await expect(read([row('2026-09-25T17:00:00Z', null)])).rejects.toThrow(
      '$.rates[0].relativeFundingRate: expected a decimal',
    )
    await expect(read(undefined)).rejects.toThrow('$.rates: expected an array')
  })
})
