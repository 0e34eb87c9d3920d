import { describe, expect, test } from 'vitest'
import { type Desk, fieldsOf, openDesk, placed, rows } from './desk.fixture.ts'

const HOUR = 3_600_000
const historyPath = '/derivatives/api/v4/historicalfundingrates'

async function rates(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get(historyPath, { symbol: 'PF_XBTUSD' })).at('rates'))
}

async function updates(desk: Desk, query = {}): Promise<unknown[]> {
  const answer = await desk.get('/api/history/v3/positions', { sort: 'asc', ...query })
  return rows(answer.at('elements')).map(({ event }) => event)
}

async function logs(desk: Desk, query = {}): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/api/history/v3/account-log', { sort: 'asc', ...query })).at('logs'))
}

describe('the rate', () => {
  test('default: that of the ticker is settled on the hour and stands last in the history', async () => {
    const desk = openDesk()
    const ticker = fieldsOf((await desk.get('/tickers/PF_XBTUSD')).at('ticker'))
    const index = Number(ticker.indexPrice)
    await desk.advance(HOUR)
    const latest = (await rates(desk)).at(-1)
    // Dated by the start of its hour.
    expect(latest?.timestamp).toBe('2026-01-05T00:00:00Z')
    expect(Number(latest?.relativeFundingRate)).toBeCloseTo(Number(ticker.fundingRate) / index, 10)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: 700 hours, ascending, within the cap of the instrument', async () => {
    const list = await rates(openDesk())
    expect(list).toHaveLength(700)
    const times = list.map(({ timestamp }) => Date.parse(String(timestamp)))
    expect(times.every((time, index) => time === Number(times[0]) + index * HOUR)).toBe(true)
    const relative = list.map(({ relativeFundingRate }) => Number(relativeFundingRate))
    expect(relative.every((rate) => Math.abs(rate) <= 0.005)).toBe(true)
    expect(new Set(relative).size).toBeGreaterThan(100)
  })

  test.each([
    ['PF_NONEUSD', 400],
    ['pf_xbtusd', 400],
  ])('error: %s', async (symbol, status) => {
    const answer = await openDesk().send({ path: historyPath, query: `symbol=${symbol}` })
    expect(answer.status).toBe(status)
  })
})

describe('what an account pays', () => {
  test('default: one row of the account log and one update of the position', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    const before = fieldsOf((await desk.get('/accounts')).at('accounts').at('flex'))
    await desk.advance(HOUR)
    const latest = (await rates(desk)).at(-1)
    const flex = fieldsOf((await desk.get('/accounts')).at('accounts').at('flex'))
    const paid = Number(flex.balanceValue) - Number(before.balanceValue)
    expect(paid).not.toBe(0)
    expect(paid).toBeCloseTo(-Number(latest?.fundingRate), 6)
    const [row, ...others] = await logs(desk, { info: 'funding rate change' })
    expect(others).toEqual([])
    expect(row).toMatchObject({
      id: 3,
      asset: 'usd',
      contract: 'pf_xbtusd',
      date: '2026-01-05T01:00:00.000Z',
      old_balance: before.balanceValue,
      new_balance: flex.balanceValue,
      funding_rate: latest?.fundingRate,
    })
    expect(Number(row?.realized_funding)).toBeCloseTo(paid, 6)
    expect(await updates(desk, { funding_realization: true })).toMatchObject([
      {
        PositionUpdate: {
          oldPosition: '1',
          newPosition: '1',
          positionChange: 'noChange',
          updateReason: 'fundingRealisation',
          fundingRealizationTime: Date.UTC(2026, 0, 5, 1),
        },
      },
    ])
    expect(await updates(desk, { no_change: true, opened: true })).toHaveLength(2)
    expect(await updates(desk, { trades: true })).toHaveLength(1)
  })

  test('behavior: within one millisecond it stands where its size was the position', async () => {
    const desk = openDesk()
    const settle = () => desk.simulator.control.applyFunding({ symbol: 'BTCUSD', rate: '0.001' })
    await placed(desk, { size: 1 })
    await settle()
    await placed(desk, { size: 1 })
    await settle()
    await placed(desk, { side: 'sell', size: 2 })
    const words = (await updates(desk)).map((event) => {
      const { PositionUpdate } = JSON.parse(JSON.stringify(event))
      return [PositionUpdate.positionChange, PositionUpdate.newPosition]
    })
    expect(words).toEqual([
      ['open', '1'],
      ['noChange', '1'],
      ['increase', '2'],
      ['noChange', '2'],
      ['close', '0'],
    ])
    const all = await logs(desk)
    expect(all.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const wallet = all.filter(({ asset }) => asset === 'usd')
    expect(wallet[0]?.old_balance).toBe(100_000)
    for (const [index, row] of wallet.slice(1).entries()) {
      expect(row.old_balance).toBe(wallet[index]?.new_balance)
    }
  })
})
