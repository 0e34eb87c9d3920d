import { describe, expect, test } from 'vitest'
import { BTC, type Desk, openDesk, order, place, row, rows, said } from './desk.fixture.ts'

// Funding: docs/wire/okx.md 3.4 and 4.1.

const HOUR = 3_600_000

async function history(
  desk: Desk,
  query: Record<string, string | number> = {},
): Promise<Record<string, unknown>[]> {
  return rows(await desk.get('public/funding-rate-history', { instId: BTC, ...query }))
}

async function settle(desk: Desk, rate: string): Promise<void> {
  await desk.simulator.control.applyFunding({ venue: 'okx', symbol: 'BTCUSDT', rate })
}

describe('rates', () => {
  test('default: what is estimated is what is settled then', async () => {
    const desk = openDesk()
    const coming = row(await desk.get('public/funding-rate', { instId: BTC }))
    await desk.advance(8 * HOUR)
    const [last] = await history(desk)
    expect(last).toEqual({
      instType: 'SWAP',
      instId: BTC,
      fundingRate: coming.fundingRate,
      realizedRate: coming.fundingRate,
      fundingTime: coming.fundingTime,
      method: 'current_period',
      formulaType: 'withRate',
    })
    const next = row(await desk.get('public/funding-rate', { instId: BTC }))
    expect(next.settFundingRate).toBe(coming.fundingRate)
    expect(next.fundingTime).toBe(coming.nextFundingTime)
  })

  test('behavior: three months, newest first, pages exclusive at both ends', async () => {
    const desk = openDesk()
    const all = await history(desk)
    const times = all.map(({ fundingTime }) => Number(fundingTime))
    expect(times).toHaveLength(270)
    expect(times.every((time, i) => i === 0 || time === Number(times[i - 1]) - 8 * HOUR)).toBe(true)
    expect(new Set(all.map(({ realizedRate }) => realizedRate)).size).toBeGreaterThan(200)
    const [newest = 0, second = 0, third = 0] = times
    expect(await history(desk, { after: newest, limit: 2 })).toEqual(all.slice(1, 3))
    expect(await history(desk, { before: third })).toEqual(all.slice(0, 2))
    expect(await history(desk, { before: third, after: newest })).toEqual(all.slice(1, 2))
    expect(await history(desk, { after: Number(times.at(-1)) })).toEqual([])
    expect(second).toBeGreaterThan(third)
  })

  // Section 9: the funding interval is not always 8h.
  test('behavior: an interval of four hours', async () => {
    const desk = openDesk()
    const instId = 'PEPE-USDT-SWAP'
    const { fundingTime, nextFundingTime } = row(await desk.get('public/funding-rate', { instId }))
    expect(Number(fundingTime)).toBe(Date.UTC(2026, 0, 5, 4))
    expect(Number(nextFundingTime)).toBe(Date.UTC(2026, 0, 5, 8))
    const [newest, before] = await history(desk, { instId, limit: 2 })
    expect(Number(newest?.fundingTime) - Number(before?.fundingTime)).toBe(4 * HOUR)
  })

  test('error: no contract, an unknown one, no number', async () => {
    const desk = openDesk()
    const path = 'public/funding-rate-history'
    expect(said(await desk.get(path))).toMatch(/^50014 /)
    expect(said(await desk.get(path, { instId: 'X' }))).toMatch(/^51001 /)
    expect(said(await desk.get(path, { instId: BTC, limit: 'all' }))).toMatch(/^51000 /)
    expect(said(await desk.get(path, { instId: BTC, after: 'now' }))).toMatch(/^51000 /)
  })
})

describe('what an account pays', () => {
  test('default: a bill of its own, and a part of the position', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '10' }))
    await desk.advance(1000)
    // 0.1 BTC at 60 000.
    await settle(desk, '0.0001')
    await desk.advance(1000)
    await settle(desk, '-0.0002')
    const bills = rows(await desk.get('account/bills', { type: '8' }))
    expect(bills).toMatchObject([
      { subType: '174', balChg: '1.2', pnl: '1.2', sz: '10', mgnMode: 'cross', ordId: '' },
      { subType: '173', balChg: '-0.6', bal: '99996.399995' },
    ])
    const [details] = Object(row(await desk.get('account/balance'))).details
    expect(bills[0]?.bal).toBe(details.cashBal)
    expect(rows(await desk.get('account/bills', { subType: '173' }))).toHaveLength(1)
    expect(row(await desk.get('account/positions'))).toMatchObject({
      fundingFee: '0.6',
      fee: '-3.000005',
      realizedPnl: '-2.400005',
    })
  })

  test('behavior: bills of fills and funding are one list with rising ids', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '10' }))
    await desk.advance(1000)
    await settle(desk, '0.0001')
    await desk.advance(1000)
    await place(desk, order({ side: 'sell', sz: '10', reduceOnly: true }))
    const all = rows(await desk.get('account/bills'))
    expect(all.map(({ type }) => type)).toEqual(['2', '8', '2'])
    const ids = all.map(({ billId }) => String(billId))
    expect([...ids].sort().reverse()).toEqual(ids)
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true)
    const older = await desk.get('account/bills', { after: String(ids[1]) })
    expect(rows(older)).toEqual(all.slice(2))
    const closed = row(await desk.get('account/positions-history'))
    expect(closed).toMatchObject({ fundingFee: '-0.6', type: '2' })
  })

  test('behavior: the two sides of a contract pay each other', async () => {
    const desk = openDesk()
    await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
    await place(desk, order({ posSide: 'long', sz: '10' }))
    await place(desk, order({ posSide: 'short', side: 'sell', sz: '10', tdMode: 'isolated' }))
    await settle(desk, '0.0001')
    const fees = rows(await desk.get('account/positions')).map(
      ({ fundingFee, mgnMode, posSide }) => `${mgnMode} ${posSide} ${fundingFee}`,
    )
    expect(fees.sort()).toEqual(['cross long -0.6', 'isolated short 0.6'])
    const own = rows(await desk.get('account/bills', { type: '8', mgnMode: 'isolated' }))
    expect(own).toMatchObject([{ subType: '174', balChg: '0.6' }])
  })
})
