import { describe, expect, test } from 'vitest'
import { order, simulateTiny, stateOf } from '../tinyVenue.fixture.ts'
import { ControlError } from './body.ts'

const BTC = { symbol: 'BTCUSDT' }

describe('applyFunding', () => {
  test('default: longs pay the rate on what they hold, on every venue', async () => {
    const simulator = simulateTiny()
    await order(simulator, {})
    const before = (await stateOf(simulator)).balances[0]?.walletBalance
    const settled = await simulator.control.applyFunding({ ...BTC, rate: '0.001' })
    expect(settled).toEqual({ venues: ['binance', 'bybit'] })
    // 0.01 BTC at 60 000.
    const { balances, positions } = await stateOf(simulator)
    expect(Number(balances[0]?.walletBalance)).toBeCloseTo(Number(before) - 0.6, 8)
    expect(positions).toHaveLength(1)
  })

  test('args: another venue, the rate that is', async () => {
    const simulator = simulateTiny()
    await order(simulator, {})
    const before = (await stateOf(simulator)).balances
    expect(await simulator.control.applyFunding({ ...BTC, rate: 0.5, venue: 'bybit' })).toEqual({
      venues: ['bybit'],
    })
    expect((await stateOf(simulator)).balances).toEqual(before)
    await simulator.control.applyFunding(BTC)
    const paid =
      Number(before[0]?.walletBalance) -
      Number((await stateOf(simulator)).balances[0]?.walletBalance)
    expect(paid).not.toBe(0)
    expect(Math.abs(paid)).toBeLessThanOrEqual(0.24)
  })

  test.each([1, '-1', 7])('error: a rate of %j', async (rate) => {
    await expect(simulateTiny().control.applyFunding({ ...BTC, rate })).rejects.toThrow(
      `applyFunding.rate: ${rate} is not between -1 and 1`,
    )
  })
})

describe('liquidate', () => {
  test('default: everyone who holds a position there', async () => {
    const simulator = simulateTiny()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await simulator.control.createAccount({ venue: 'binance' })
    await order(simulator, {})
    await order(simulator, { side: 'SELL' }, other)
    await order(simulator, { side: 'SELL', price: '70000' }, other)
    expect(await simulator.control.liquidate(BTC)).toEqual({
      venues: ['binance', 'bybit'],
      accounts: [simulator.credentials('binance').apiKey, other.apiKey],
    })
    const { positions, orders } = await stateOf(simulator)
    expect(positions).toEqual([])
    expect(orders.map(({ status }) => status).sort()).toEqual([
      'CANCELLED',
      'FILLED',
      'FILLED',
      'FILLED',
      'FILLED',
    ])
    expect(await simulator.control.liquidate(BTC)).toMatchObject({ accounts: [] })
  })

  test('args: one account', async () => {
    const simulator = simulateTiny()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await order(simulator, {})
    await order(simulator, { side: 'SELL' }, other)
    const account = other.apiKey
    expect(await simulator.control.liquidate({ ...BTC, venue: 'binance', account })).toEqual({
      venues: ['binance'],
      accounts: [account],
    })
    expect((await stateOf(simulator)).positions).toMatchObject([{ side: 'LONG' }])
  })

  test('error: an account without a position there, a closed market; nothing has changed', async () => {
    const simulator = simulateTiny()
    const { control } = simulator
    const other = await control.createAccount({ venue: 'binance' })
    await order(simulator, {})
    for (const account of ['nobody', other.apiKey]) {
      await expect(control.liquidate({ ...BTC, account })).rejects.toThrow(
        `liquidate: ${account} has no BTC position there`,
      )
    }
    await control.setMarketStatus({ ...BTC, status: 'CLOSED' })
    await expect(control.liquidate(BTC)).rejects.toThrow('liquidate: BTCUSDT is closed on binance')
    await expect(control.liquidate(BTC)).rejects.toBeInstanceOf(ControlError)
    expect((await stateOf(simulator)).positions).toHaveLength(1)
  })
})
