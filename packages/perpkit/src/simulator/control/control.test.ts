import { describe, expect, test } from 'vitest'
import { assembleSimulator } from '../assemble.ts'
import { lastPrice, order, START, simulateTiny, stateOf, tinyVenue } from '../tinyVenue.fixture.ts'

describe('createAccount', () => {
  test('default: 100 000 of the settle asset, keys of its own', async () => {
    const simulator = simulateTiny()
    const made = await simulator.control.createAccount({ venue: 'binance' })
    expect(made.apiKey).not.toBe(simulator.credentials('binance').apiKey)
    expect((await stateOf(simulator)).balances).toEqual(
      [simulator.credentials('binance').apiKey, made.apiKey].map((account) => ({
        account,
        asset: 'USDT',
        walletBalance: '100000',
        availableBalance: '100000',
        unrealizedPnl: '0',
      })),
    )
  })

  test('args: balance as number or text', async () => {
    const simulator = simulateTiny()
    await simulator.control.createAccount({ venue: 'binance', balance: 12.5 })
    await simulator.control.createAccount({ venue: 'binance', balance: '0' })
    const { balances } = await stateOf(simulator)
    expect(balances.map((row) => row.walletBalance)).toEqual(['100000', '12.5', '0'])
  })
})

describe('setPrice', () => {
  test('default: moves the market on every venue', async () => {
    const simulator = simulateTiny()
    const moved = await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '61000' })
    expect(moved).toEqual({ venues: ['binance', 'bybit'] })
    expect([await lastPrice(simulator), await lastPrice(simulator, 'bybit')]).toEqual([
      '61000',
      '61000',
    ])
  })

  test('args: one venue', async () => {
    const simulator = simulateTiny()
    await simulator.control.setPrice({ symbol: 'BTC/USDT', price: 61_000, venue: 'bybit' })
    expect([await lastPrice(simulator), await lastPrice(simulator, 'bybit')]).toEqual([
      '60000',
      '61000',
    ])
  })

  test.each(['btcusdt', 'BTC-USDT', 'BTC_USDT', 'BTCUSD', 'BTC/USDC'])(
    'args: %s is the market of BTC',
    async (symbol) => {
      const simulator = simulateTiny()
      await simulator.control.setPrice({ symbol, price: '59000' })
      expect(await lastPrice(simulator)).toBe('59000')
    },
  )

  test('behavior: trades through what lies between', async () => {
    const simulator = simulateTiny()
    await order(simulator, { price: '59000' })
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })
    expect((await stateOf(simulator)).fills).toMatchObject([{ price: '59000', quantity: '0.01' }])
  })
})

describe('runPath and advance', () => {
  test('default: prices come as the manual clock moves', async () => {
    const simulator = simulateTiny()
    const points = [[0, '60100'] as const, [1_000, 60_200] as const, [2_000, '60300'] as const]
    const begun = await simulator.control.runPath({ symbol: 'BTCUSDT', points })
    expect(begun).toEqual({ venues: ['binance', 'bybit'], until: START + 2_000 })
    expect(await lastPrice(simulator)).toBe('60100')
    expect(await simulator.control.advance({ ms: 1_999 })).toEqual({ now: START + 1_999 })
    expect(await lastPrice(simulator)).toBe('60200')
    await simulator.control.advance({ ms: 1 })
    expect(await lastPrice(simulator)).toBe('60300')
  })

  test('error: advance under a real clock', async () => {
    const { simulator } = assembleSimulator({ clock: 'real' }, [tinyVenue('binance')])
    await expect(simulator.control.advance({ ms: 1 })).rejects.toThrow(
      "advance: the clock is real, not 'manual'",
    )
  })

  test('error: under a real clock a path longer than its timers', async () => {
    const { simulator } = assembleSimulator({ clock: 'real' }, [tinyVenue('binance')])
    const points = [[2_147_483_648, '1000'] as const]
    await expect(simulator.control.runPath({ symbol: 'BTCUSDT', points })).rejects.toThrow(
      'runPath.points[0][0]: 2147483648 is not 0 to 2147483647',
    )
  })
})

describe('setMarketStatus', () => {
  test('default: a closed market takes no orders until it is open again', async () => {
    const simulator = simulateTiny()
    await simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    expect(await order(simulator, {})).toEqual({ no: 'marketClosed' })
    expect(await order(simulator, { symbol: 'ETHUSDT', quantity: '1' })).toHaveProperty('orderId')
    await simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'TRADING' })
    expect(await order(simulator, {})).toHaveProperty('orderId')
  })
})
