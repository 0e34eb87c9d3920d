import { describe, expect, test } from 'vitest'
import { bitcoin, type Desk, openDesk, place, row, rows, said, startTime } from './desk.fixture.ts'

// Funding paid and received: docs/wire/bybit.md 4.1 and 4.7.

const rate = '0.001'

const log = { accountType: 'UNIFIED', category: 'linear', currency: 'USDT' }

async function settle(desk: Desk): Promise<void> {
  await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate })
}

describe('execution/list', () => {
  test('default: what a long paid is an execution without an order', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.1' })
    await desk.advance(1000)
    await settle(desk)
    const [funding, trade] = rows(await desk.get('/v5/execution/list', bitcoin))
    expect(trade).toMatchObject({ execType: 'Trade' })
    const { markPrice } = row(await desk.get('/v5/position/list', bitcoin))
    expect(funding).toMatchObject({
      symbol: 'BTCUSDT',
      execType: 'Funding',
      orderType: 'UNKNOWN',
      side: 'Buy',
      orderLinkId: '',
      execQty: '0.100',
      execPrice: markPrice,
      execFee: '6',
      feeRate: rate,
      feeCurrency: 'USDT',
      isMaker: false,
      execTime: String(startTime + 1000),
    })
    // The keys are those of a trade (trap 24: filter by execType).
    expect(Object.keys(funding ?? {}).sort()).toEqual(Object.keys(trade ?? {}).sort())
    const trades = await desk.get('/v5/execution/list', { ...bitcoin, execType: 'Trade' })
    expect(rows(trades)).toHaveLength(1)
    const byType = await desk.get('/v5/execution/list', { ...bitcoin, execType: 'Funding' })
    expect(row(byType)).toEqual(funding)
    const byId = { category: 'linear', orderId: String(funding?.orderId) }
    expect(row(await desk.get('/v5/execution/list', byId))).toEqual(funding)
    const ether = { category: 'linear', symbol: 'ETHUSDT' }
    expect(rows(await desk.get('/v5/execution/list', ether))).toEqual([])
  })

  test('args: both ends of the window count, by execTime, and pages cross the two kinds', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.1' })
    for (let count = 0; count < 3; count++) {
      await desk.advance(1000)
      await settle(desk)
    }
    const times = async (query: Record<string, number>): Promise<number[]> =>
      rows(await desk.get('/v5/execution/list', { ...bitcoin, ...query })).map(
        ({ execTime }) => Number(execTime) - startTime,
      )
    expect(await times({})).toEqual([3000, 2000, 1000, 0])
    const window = { startTime: startTime + 1000, endTime: startTime + 2000 }
    expect(await times(window)).toEqual([2000, 1000])
    expect(await times({ endTime: startTime })).toEqual([0])
    expect(await times({ startTime: startTime + 2001 })).toEqual([3000])
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 4; page++) {
      const query = { ...bitcoin, limit: 1, ...(cursor === '' ? {} : { cursor }) }
      const answer = await desk.get('/v5/execution/list', query)
      seen.push(String(row(answer).execId))
      cursor = answer.at('result').at('nextPageCursor').string()
    }
    expect(cursor).toBe('')
    expect(new Set(seen).size).toBe(4)
  })
})

describe('transaction-log', () => {
  test('default: a settlement has the other sign, and balances run through it', async () => {
    const desk = openDesk()
    await place(desk, { side: 'Sell', qty: '0.1' })
    await settle(desk)
    await desk.advance(1000)
    await place(desk, { side: 'Sell', qty: '0.1' })
    const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
    const [last, settlement, first] = rows(await desk.get('/v5/account/transaction-log', log))
    expect(last).toMatchObject({ type: 'TRADE', cashBalance: wallet.totalWalletBalance })
    expect(settlement).toMatchObject({
      symbol: 'BTCUSDT',
      type: 'SETTLEMENT',
      side: 'Sell',
      funding: '6',
      change: '6',
      fee: '0',
      cashFlow: '0',
      size: '-0.1',
      qty: '0.1',
      feeRate: rate,
    })
    expect(Object.keys(settlement ?? {}).sort()).toEqual(Object.keys(first ?? {}).sort())
    const balance = Number(first?.cashBalance)
    expect(Number(settlement?.cashBalance)).toBeCloseTo(balance + 6, 8)
    expect(balance).toBeCloseTo(100_000 + Number(first?.change), 8)
    const byType = await desk.get('/v5/account/transaction-log', { ...log, type: 'SETTLEMENT' })
    expect(row(byType)).toEqual(settlement)
  })

  test('args: without a time the window is a day', async () => {
    const desk = openDesk()
    await place(desk, {})
    await settle(desk)
    await desk.advance(25 * 3_600_000)
    const lately = rows(await desk.get('/v5/account/transaction-log', log))
    // Three of the grid have come since, the first two have gone.
    expect(lately.map(({ type }) => type)).toEqual(['SETTLEMENT', 'SETTLEMENT', 'SETTLEMENT'])
    const all = { ...log, startTime, endTime: startTime + 26 * 3_600_000 }
    expect(rows(await desk.get('/v5/account/transaction-log', all))).toHaveLength(5)
  })

  test('error: a type that is none', async () => {
    const desk = openDesk()
    const answer = await desk.get('/v5/account/transaction-log', { ...log, type: 'FUNDING' })
    expect(said(answer)).toBe('10001 params error: type invalid')
    expect(await desk.unknownWords()).toEqual(['value type'])
  })
})

test('behavior: realised profit of position and coin has the funding in it', async () => {
  const desk = openDesk()
  await place(desk, { qty: '0.1' })
  await settle(desk)
  const paid = { curRealisedPnl: '-9.3', cumRealisedPnl: '-9.3' }
  expect(row(await desk.get('/v5/position/list', bitcoin))).toMatchObject(paid)
  const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
  expect(wallet.coin).toMatchObject([{ cumRealisedPnl: '-9.3', walletBalance: '99990.7' }])
})

test('behavior: in hedge mode each side settles for itself', async () => {
  const desk = openDesk()
  await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
  await place(desk, { positionIdx: 1, qty: '0.1' })
  await place(desk, { positionIdx: 2, qty: '0.2', side: 'Sell' })
  await settle(desk)
  const query = { ...bitcoin, execType: 'Funding' }
  const fundings = rows(await desk.get('/v5/execution/list', query))
  const fees = fundings.map(({ execFee, side }) => `${side} ${execFee}`)
  expect(fees.sort()).toEqual(['Buy 6', 'Sell -12'])
  const [long, short] = rows(await desk.get('/v5/position/list', bitcoin))
  expect(long?.curRealisedPnl).toBe('-9.3')
  expect(Number(short?.curRealisedPnl)).toBeGreaterThan(5)
})
