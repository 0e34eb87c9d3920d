import { expect } from 'vitest'
import { capabilitiesOf, noHedge } from './capabilitiesOf.ts'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

/** Settings of the account: how positions draw on the wallet, and how many a symbol may have. */
export const modeCards = [
  card(
    'C-100',
    'margin mode: cross at first, then isolated',
    async ({ exchange, truth, played }) => {
      expect(await exchange.getMarginMode('BTCUSDT')).toBe('CROSS')
      expect(await exchange.setMarginMode('BTCUSDT', 'ISOLATED')).toBe(true)
      expect(await exchange.setMarginMode('BTCUSDT', 'ISOLATED')).toBe(true)
      expect(await exchange.getMarginMode('BTCUSDT')).toBe('ISOLATED')
      await exchange.setLeverage('BTCUSDT', 10)
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.05')
      const [position] = await exchange.getPositionInfo('BTCUSDT')
      expect(position).toMatchObject({ side: 'LONG', marginMode: 'ISOLATED', leverage: 10 })
      if (!played.tellsNoLiquidationPrice) {
        const liquidation = Number(position?.liquidationPrice)
        // A tenth of the price, less what must stay.
        expect(liquidation).toBeGreaterThan(53_900)
        expect(liquidation).toBeLessThan(55_500)
      }
      expect((await truth()).positions).toMatchObject([{ marginMode: 'ISOLATED', size: '0.05' }])
    },
  ),
  card(
    'C-101',
    'isolated positions are protected and closed like others',
    async ({ exchange, truth, price }) => {
      await exchange.setMarginMode('BTCUSDT', 'ISOLATED')
      await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.02')
      const request = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' } as const
      await exchange.createStopLossOrder({ ...request, stopPrice: '61000' })
      await exchange.createTakeProfitOrder({ ...request, stopPrice: '59000' })
      await price('58900')
      expect((await truth()).positions).toMatchObject([{ side: 'SHORT', size: '0.01' }])
      expect(await exchange.closePosition('BTCUSDT')).toMatchObject({ executedQty: '0.01' })
      const { positions } = await truth()
      expect(positions).toEqual([])
      expect(await exchange.cancelAllOrders('BTCUSDT')).toBe(true)
    },
  ),
  card(
    'C-102',
    'an isolated position loses what was put aside for it and no more',
    async ({ exchange, price, truth }) => {
      await exchange.setMarginMode('BTCUSDT', 'ISOLATED')
      await exchange.setLeverage('BTCUSDT', 10)
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.1')
      await price('50000')
      expect((await truth()).positions).toEqual([])
      const { totalWalletBalance } = await exchange.getAccountInfo()
      expect(Number(totalWalletBalance)).toBeGreaterThan(99_300)
      expect(Number(totalWalletBalance)).toBeLessThan(99_700)
    },
  ),
  card('C-103', 'margin mode: back to cross', async ({ exchange }) => {
    await exchange.setMarginMode('BTCUSDT', 'ISOLATED')
    expect(await exchange.setMarginMode('BTCUSDT', 'CROSS')).toBe(true)
    expect(await exchange.getMarginMode('BTCUSDT')).toBe('CROSS')
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
    expect((await exchange.getPositionInfo('BTCUSDT'))[0]?.marginMode).toBe('CROSS')
  }),
  card('C-104', 'position mode: one-way at first, then hedge, then back', async ({ exchange }) => {
    expect(await exchange.getPositionMode()).toBe('ONE_WAY')
    expect(await exchange.setPositionMode('ONE_WAY')).toBe(true)
    const { positionModes } = exchange.capabilities
    if (!positionModes.includes('HEDGE')) {
      expect((await errorOf(exchange.setPositionMode('HEDGE'))).code).toBe('UNSUPPORTED')
      return
    }
    expect(await exchange.setPositionMode('HEDGE')).toBe(true)
    expect(await exchange.setPositionMode('HEDGE')).toBe(true)
    expect(await exchange.getPositionMode()).toBe('HEDGE')
    expect(await exchange.setPositionMode('ONE_WAY')).toBe(true)
    expect(await exchange.getPositionMode()).toBe('ONE_WAY')
  }),
  card(
    'C-105',
    'position mode: what is open stands in the way, and that is said',
    async ({ exchange }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
      expect((await errorOf(exchange.setPositionMode('HEDGE'))).code).toBe('STATE_CONFLICT')
      expect(await exchange.getPositionMode()).toBe('ONE_WAY')
    },
    noHedge,
  ),
  card('C-106', 'words that are no mode are refused', async ({ exchange }) => {
    const words: { margin: 'CROSS'; position: 'HEDGE' } = JSON.parse(
      '{"margin":"cross","position":"BOTH"}',
    )
    for (const promise of [
      exchange.setMarginMode('BTCUSDT', words.margin),
      exchange.setPositionMode(words.position),
    ]) {
      expect((await errorOf(promise)).code).toBe('INVALID_ARGUMENT')
    }
  }),
  card(
    'C-107',
    'what an exchange cannot do is refused before anything is sent',
    async ({ exchange, truth, played }) => {
      await exchange.getInstruments()
      const before = (await truth()).requests.length
      const symbol = 'BTCUSDT'
      const stop = { symbol, side: 'SELL', quantity: '0.01', callbackRate: '0.01' } as const
      const calls = {
        createTrailingStopOrder: () => exchange.createTrailingStopOrder(stop),
        createOrders: () => exchange.createOrders([]),
        amendOrder: () => exchange.amendOrder({ symbol, orderId: '1', price: '1' }),
        setMarginMode: () => exchange.setMarginMode(symbol, 'ISOLATED'),
        getMarginMode: () => exchange.getMarginMode(symbol),
        setPositionMode: () => exchange.setPositionMode('HEDGE'),
        getPositionMode: () => exchange.getPositionMode(),
        setCancelAllAfter: () => exchange.setCancelAllAfter(60_000),
        getOpenInterest: () => exchange.getOpenInterest(symbol),
        getFundingRateHistory: () => exchange.getFundingRateHistory(symbol),
        getFeeRates: () => exchange.getFeeRates(symbol),
        getKeyPermissions: () => exchange.getKeyPermissions(),
      }
      for (const [method, reason] of Object.entries(capabilitiesOf(played).unsupported)) {
        const call = Object.entries(calls).find(([name]) => name === method)?.[1]
        if (!call) throw new TypeError(`no call for ${method}`)
        const error = await errorOf(call())
        expect(error.code).toBe('UNSUPPORTED')
        expect(error.message).toContain(reason)
      }
      expect((await truth()).requests.length).toBe(before)
    },
    (played) =>
      Object.keys(capabilitiesOf(played).unsupported).length > 0
        ? undefined
        : 'the exchange can do everything',
  ),
]
