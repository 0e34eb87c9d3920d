import { describe, expect, test } from 'vitest'
import { add } from '../../core/decimal.ts'
import {
  accepted,
  filledAt,
  limit,
  makeStage,
  market,
  refusal,
  type Stage,
  stop,
} from './engine.fixture.ts'
import { marginAfterFill } from './isolated.ts'
import type { EnginePosition, EngineRules } from './types.ts'

const ISOLATED = { marginMode: 'ISOLATED' } as const

function isolated(rules: Partial<EngineRules> = {}, balance = '100000'): Stage {
  const stage = makeStage(rules, 1, balance)
  expect(stage.engine.setMarginMode(stage.account, 'ISOLATED')).toBeUndefined()
  return stage
}

/** Long 1 BTC from 60 000 at leverage 10: margin 6 000, fee 12, wallet 99 988. */
function withLong(balance = '100000'): Stage {
  const stage = isolated({}, balance)
  filledAt(stage.engine, stage.account, 'BUY', '1', '60000')
  return stage
}

function marginOf({ engine, account }: Stage): string | undefined {
  return engine.positions(account)[0]?.isolatedMargin
}

describe('isolated margin', () => {
  test('default: opening puts the initial margin aside, and profit stays with the position', () => {
    const { engine, account } = withLong()
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.positions(account)).toMatchObject([
      {
        marginMode: 'ISOLATED',
        isolatedMargin: '6000',
        unrealizedPnl: '1000',
        initialMargin: '6100',
        maintenanceMargin: '305',
      },
    ])
    expect(engine.margin(account, 'USDT')).toEqual({
      asset: 'USDT',
      walletBalance: '99988',
      unrealizedPnl: '1000',
      marginBalance: '100988',
      isolatedMargin: '6000',
      isolatedUnrealizedPnl: '1000',
      positionInitialMargin: '6100',
      orderInitialMargin: '0',
      maintenanceMargin: '305',
      availableBalance: '93988',
    })
    expect(engine.fills(account)).toMatchObject([{ marginMode: 'ISOLATED' }])
  })

  test('behavior: adding puts more aside, at the price of the fill', () => {
    const stage = withLong()
    filledAt(stage.engine, stage.account, 'BUY', '1', '59000')
    expect(marginOf(stage)).toBe('11900')
  })

  test('behavior: reducing gives the share back, with what was earned or lost', () => {
    const stage = withLong()
    const { engine, account } = stage
    filledAt(engine, account, 'SELL', '0.25', '62000')
    expect(marginOf(stage)).toBe('4500')
    // 99 988 + 500 − 3.1
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '100484.9',
      availableBalance: '95984.9',
    })
    filledAt(engine, account, 'SELL', '0.25', '57000')
    expect(marginOf(stage)).toBe('3000')
    // − 750 − 2.85
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '99732.05',
      availableBalance: '96732.05',
    })
    accepted(engine.placeOrder(account, market('SELL', '0.5')))
    const { walletBalance, availableBalance, isolatedMargin } = engine.margin(account, 'USDT')
    expect(isolatedMargin).toBe('0')
    expect(availableBalance).toBe(walletBalance)
  })

  test('behavior: turning over puts aside what the new position needs', () => {
    const stage = withLong()
    filledAt(stage.engine, stage.account, 'SELL', '3', '61000')
    expect(stage.engine.positions(stage.account)).toMatchObject([
      { side: 'SHORT', size: '2', isolatedMargin: '12200' },
    ])
  })

  test('behavior: a loss beyond its share is paid by the margin that stays, down to nothing', () => {
    const before: EnginePosition = {
      accountId: 'a',
      symbol: 'BTCUSDT',
      side: 'LONG',
      marginMode: 'ISOLATED',
      isHedged: false,
      isolatedMargin: '100',
      size: '2',
      entryPrice: '1000',
      realizedPnl: '0',
      openedAt: 0,
      updatedAt: 0,
    }
    const after = { ...before, size: '1' }
    const left = (realizedPnl: string): string =>
      marginAfterFill(before, after, { price: '1', realizedPnl, leverage: 10 })
    expect(['0', '40', '-50', '-70', '-130'].map(left)).toEqual(['50', '50', '50', '30', '0'])
  })

  test('behavior: open orders take margin at their own leverage', () => {
    const { engine, account } = isolated()
    engine.setLeverage(account, 'BTCUSDT', 5)
    const { orderId } = accepted(engine.placeOrder(account, limit('BUY', '1', '50000')))
    expect(engine.margin(account, 'USDT')).toMatchObject({
      orderInitialMargin: '10000',
      availableBalance: '90000',
    })
    accepted(engine.cancelOrder(account, orderId))
    expect(engine.margin(account, 'USDT').availableBalance).toBe('100000')
  })

  test('error: an order that the rest of the wallet does not cover', () => {
    const { engine, account } = withLong('9000')
    engine.setPrice('BTCUSDT', '69000')
    // Wallet 8 988, of which 6 000 is put aside; the profit of 9 000 is not there either.
    expect(engine.placeOrder(account, limit('BUY', '0.5', '60000'))).toEqual({
      refused: 'insufficientMargin',
      details: { required: '3015', available: '2988', leverage: '10' },
    })
  })

  test('behavior: the side of a margin mode is that of the order where it says so', () => {
    const { engine, account } = makeStage()
    filledAt(engine, account, 'BUY', '1', '60000')
    filledAt(engine, account, 'SELL', '0.5', '60000', ISOLATED)
    expect(engine.positions(account)).toMatchObject([
      { marginMode: 'CROSS', side: 'LONG', size: '1' },
      { marginMode: 'ISOLATED', side: 'SHORT', size: '0.5', isolatedMargin: '3000' },
    ])
    const reducing = { reduceOnly: true }
    expect(refusal(engine.placeOrder(account, market('BUY', '1', reducing)))).toBe(
      'reduceOnlyRejected',
    )
    const cut = accepted(
      engine.placeOrder(account, market('BUY', '1', { ...ISOLATED, ...reducing })),
    )
    expect(cut.quantity).toBe('0.5')
    expect(engine.positions(account)).toMatchObject([{ marginMode: 'CROSS', size: '1' }])
    const whole = { closePosition: true, quantity: '0' }
    expect(
      refusal(
        engine.placeConditional(account, stop('SELL', '0', '59000', { ...whole, ...ISOLATED })),
      ),
    ).toBe('positionRequired')
    accepted(engine.placeConditional(account, stop('SELL', '0', '59000', whole)))
    engine.setPrice('BTCUSDT', '59000')
    expect(engine.positions(account)).toEqual([])
  })
})

describe('liquidation of isolated positions', () => {
  test('default: where margin and loss meet the maintenance margin, whatever the wallet holds', () => {
    const { engine, account } = withLong()
    // 6 000 + (p − 60 000) = 0.005 p
    expect(Number(engine.positions(account)[0]?.liquidationPrice)).toBeCloseTo(54_271.3568, 4)
    engine.setPrice('BTCUSDT', '54271.4')
    expect(engine.positions(account)).toHaveLength(1)
    engine.setPrice('BTCUSDT', '54271.3')
    expect(engine.positions(account)).toEqual([])
    expect(engine.orders(account).at(-1)?.venueData).toEqual({ liquidation: true })
    const { walletBalance } = engine.margin(account, 'USDT')
    expect(Number(walletBalance)).toBeGreaterThanOrEqual(99_988 - 6_000)
    expect(Number(walletBalance)).toBeLessThan(99_988 - 5_700)
  })

  test('behavior: a short above, on the way of the price', () => {
    const { engine, account } = isolated()
    filledAt(engine, account, 'SELL', '1', '60000')
    // 6 000 − (p − 60 000) = 0.005 p
    expect(Number(engine.positions(account)[0]?.liquidationPrice)).toBeCloseTo(65_671.6418, 4)
    engine.setPrice('BTCUSDT', '90000')
    expect(engine.positions(account)).toEqual([])
    expect(Math.abs(Number(engine.fills(account).at(-1)?.price) - 65_671.7)).toBeLessThan(1)
  })

  test('behavior: it takes its margin and not a cent more', () => {
    const { engine, account } = withLong()
    engine.setTrading('BTCUSDT', false)
    engine.setPrice('BTCUSDT', '30000')
    engine.setTrading('BTCUSDT', true)
    expect(engine.positions(account)).toEqual([])
    expect(engine.margin(account, 'USDT').walletBalance).toBe('93988')
  })

  test('behavior: other positions and their orders stay', () => {
    const { engine, account } = withLong()
    const cross = { marginMode: 'CROSS' } as const
    filledAt(engine, account, 'BUY', '0.1', '60000', cross)
    const own = accepted(engine.placeOrder(account, limit('SELL', '1', '70000')))
    const other = accepted(engine.placeOrder(account, limit('SELL', '0.1', '70000', cross)))
    const guard = accepted(engine.placeConditional(account, stop('SELL', '1', '50000')))
    const kept = accepted(engine.placeConditional(account, stop('SELL', '0.1', '40000', cross)))
    engine.setPrice('BTCUSDT', '52000')
    expect(engine.positions(account)).toMatchObject([{ marginMode: 'CROSS', size: '0.1' }])
    expect(engine.order(account, own.orderId)?.endReason).toBe('liquidation')
    expect(engine.order(account, other.orderId)?.status).toBe('NEW')
    expect(engine.conditional(account, guard.conditionalId)?.endReason).toBe('liquidation')
    expect(engine.conditional(account, kept.conditionalId)?.status).toBe('WAITING')
  })

  test('behavior: a cross position that ends leaves the isolated one its orders', () => {
    const { engine, account } = withLong('9000')
    const cross = { marginMode: 'CROSS' } as const
    engine.addMargin(account, 'BTCUSDT', 'LONG', '2300')
    filledAt(engine, account, 'BUY', '0.1', '60000', cross)
    const kept = accepted(engine.placeOrder(account, limit('SELL', '1', '70000')))
    const ended = accepted(engine.placeOrder(account, limit('SELL', '0.1', '70000', cross)))
    // 686.8 stand behind 0.1 BTC: used up at 53 399; the isolated one has until 51 960.
    engine.setPrice('BTCUSDT', '53200')
    expect(engine.positions(account)).toMatchObject([{ marginMode: 'ISOLATED', size: '1' }])
    expect(engine.order(account, kept.orderId)?.status).toBe('NEW')
    expect(engine.order(account, ended.orderId)?.endReason).toBe('liquidation')
  })

  test('behavior: a cross position cannot live on what is put aside', () => {
    const stage = withLong('9000')
    const { engine, account } = stage
    const cross = { marginMode: 'CROSS', symbol: 'ETHUSDT' } as const
    filledAt(engine, account, 'BUY', '8', '3000', cross)
    // Wallet 8 983.2, of which 2 983.2 stand behind 8 ETH: used up at about 2 640.
    const [, ether] = engine.positions(account)
    expect(Number(ether?.liquidationPrice)).toBeCloseTo((24_000 - 2_983.2) / 8 / 0.995, 4)
    engine.setTrading('ETHUSDT', false)
    engine.setPrice('ETHUSDT', '1000')
    engine.setTrading('ETHUSDT', true)
    expect(engine.positions(account)).toMatchObject([{ symbol: 'BTCUSDT', isolatedMargin: '6000' }])
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '6000',
      availableBalance: '0',
    })
  })

  test('behavior: on command, one symbol of one account with both margins', () => {
    const { engine, account } = withLong()
    filledAt(engine, account, 'BUY', '0.1', '60000', { marginMode: 'CROSS' })
    filledAt(engine, account, 'BUY', '1', '3000', { symbol: 'ETHUSDT' })
    const other = engine.createAccount({ USDT: '100000' })
    accepted(engine.placeOrder(other, market('BUY', '1')))
    engine.liquidate(account, 'BTCUSDT')
    expect(engine.positions(account).map(({ symbol }) => symbol)).toEqual(['ETHUSDT'])
    expect(engine.positions(other)).toHaveLength(1)
    const before = engine.fills(account).length
    engine.liquidate(account, 'BTCUSDT')
    expect(engine.fills(account)).toHaveLength(before)
    engine.setTrading('ETHUSDT', false)
    expect(() => engine.liquidate(account, 'ETHUSDT')).toThrow('ETHUSDT is closed')
    expect(() => engine.liquidate('nobody', 'BTCUSDT')).toThrow(RangeError)
  })
})

describe('addMargin', () => {
  test('default: more margin lies between the position and its end', () => {
    const stage = withLong()
    const { engine, account } = stage
    expect(engine.addMargin(account, 'BTCUSDT', 'LONG', '1000')).toBeUndefined()
    expect(marginOf(stage)).toBe('7000')
    expect(Number(engine.positions(account)[0]?.liquidationPrice)).toBeCloseTo(53_266.3317, 4)
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '99988',
      availableBalance: '92988',
    })
  })

  test('behavior: what is not needed can be taken back, profit cannot', () => {
    const stage = withLong()
    const { engine, account } = stage
    engine.addMargin(account, 'BTCUSDT', 'LONG', '1000')
    engine.setPrice('BTCUSDT', '61000')
    // 7 000 − 6 100
    expect(engine.addMargin(account, 'BTCUSDT', 'LONG', '-900.01')).toEqual({
      refused: 'isolatedMargin',
      details: { symbol: 'BTCUSDT', side: 'LONG', removable: '900' },
    })
    expect(engine.addMargin(account, 'BTCUSDT', 'LONG', '-900')).toBeUndefined()
    expect(marginOf(stage)).toBe('6100')
    engine.setPrice('BTCUSDT', '59000')
    expect(refusal(engine.addMargin(account, 'BTCUSDT', 'LONG', '-0.01'))).toBe('isolatedMargin')
  })

  test('default: what was moved is kept', () => {
    const { engine, account } = withLong()
    engine.addMargin(account, 'BTCUSDT', 'LONG', '1000')
    engine.addMargin(account, 'BTCUSDT', 'LONG', '-900')
    engine.addMargin(account, 'BTCUSDT', 'LONG', '1000000')
    const shared = { accountId: account, symbol: 'BTCUSDT', side: 'LONG', isHedged: false }
    expect(engine.marginChanges(account)).toEqual([
      { ...shared, amount: '1000', asset: 'USDT', timestamp: engine.now() },
      { ...shared, amount: '-900', asset: 'USDT', timestamp: engine.now() },
    ])
  })

  test('error: more than there is, a side or a margin mode without a position', () => {
    const { engine, account } = withLong()
    expect(engine.addMargin(account, 'BTCUSDT', 'LONG', '93988.01')).toEqual({
      refused: 'insufficientMargin',
      details: { required: '93988.01', available: '93988' },
    })
    expect(engine.addMargin(account, 'BTCUSDT', 'SHORT', '1')).toEqual({
      refused: 'isolatedMargin',
      details: { symbol: 'BTCUSDT', side: 'SHORT' },
    })
    const { engine: other, account: crossed } = makeStage()
    accepted(other.placeOrder(crossed, market('BUY', '1')))
    expect(refusal(other.addMargin(crossed, 'BTCUSDT', 'LONG', '1'))).toBe('isolatedMargin')
  })
})

describe('leverage of isolated positions', () => {
  test('default: a lower one puts more aside, a higher one gives nothing back', () => {
    const stage = withLong()
    const { engine, account } = stage
    expect(engine.setLeverage(account, 'BTCUSDT', 5)).toBeUndefined()
    expect(marginOf(stage)).toBe('12000')
    expect(engine.setLeverage(account, 'BTCUSDT', 20)).toBeUndefined()
    expect(marginOf(stage)).toBe('12000')
    filledAt(engine, account, 'BUY', '1', '60000')
    expect(marginOf(stage)).toBe('15000')
  })

  test('error: a lower one that the rest of the wallet does not carry', () => {
    const stage = withLong('11000')
    expect(stage.engine.setLeverage(stage.account, 'BTCUSDT', 5)).toEqual({
      refused: 'insufficientMargin',
      details: { required: '6000', available: '4988', leverage: '5' },
    })
    expect(marginOf(stage)).toBe('6000')
    expect(stage.engine.leverage(stage.account, 'BTCUSDT')).toBe(10)
  })

  test('behavior: each margin mode has its own, and in hedge mode each side', () => {
    const { engine, account } = isolated()
    const get = (positionSide?: 'LONG' | 'SHORT') =>
      engine.leverage(account, 'BTCUSDT', positionSide && { positionSide })
    engine.setLeverage(account, 'BTCUSDT', 7)
    engine.setLeverage(account, 'BTCUSDT', 3, { marginMode: 'CROSS' })
    expect([get(), engine.leverage(account, 'BTCUSDT', { marginMode: 'CROSS' })]).toEqual([7, 3])
    engine.setPositionMode(account, 'hedge')
    expect([get('LONG'), get('SHORT')]).toEqual([7, 7])
    engine.setLeverage(account, 'BTCUSDT', 20, { positionSide: 'SHORT' })
    expect([get(), get('LONG'), get('SHORT')]).toEqual([7, 7, 20])
    engine.setLeverage(account, 'BTCUSDT', 5, { positionSide: 'LONG' })
    expect([get(), get('LONG'), get('SHORT')]).toEqual([5, 5, 20])
    expect(engine.chosenLeverage(account, 'ETHUSDT')).toBeUndefined()
    engine.setLeverage(account, 'BTCUSDT', 8)
    expect([get('LONG'), get('SHORT')]).toEqual([8, 8])
    engine.setLeverage(account, 'BTCUSDT', 'default')
    expect([get('LONG'), engine.chosenLeverage(account, 'BTCUSDT')]).toEqual([10, undefined])
    expect(engine.leverage(account, 'BTCUSDT', { marginMode: 'CROSS' })).toBe(3)
  })

  test('behavior: each side of a hedge takes margin by its own', () => {
    const { engine, account } = isolated()
    engine.setPositionMode(account, 'hedge')
    engine.setLeverage(account, 'BTCUSDT', 20, { positionSide: 'SHORT' })
    filledAt(engine, account, 'BUY', '1', '60000', { positionSide: 'LONG' })
    filledAt(engine, account, 'SELL', '1', '60000', { positionSide: 'SHORT' })
    const margins = (): (string | undefined)[] =>
      engine.positions(account).map(({ isolatedMargin }) => isolatedMargin)
    expect(margins()).toEqual(['6000', '3000'])
    engine.setLeverage(account, 'BTCUSDT', 10, { positionSide: 'SHORT' })
    expect(margins()).toEqual(['6000', '6000'])
    engine.addMargin(account, 'BTCUSDT', 'SHORT', '500')
    expect(margins()).toEqual(['6000', '6500'])
    // Each leg ends by itself.
    engine.setPrice('BTCUSDT', '54000')
    expect(engine.positions(account)).toMatchObject([{ side: 'SHORT' }])
  })

  test('behavior: where a symbol has one leverage it counts for all its legs', () => {
    const { engine, account } = makeStage({ oneLeverage: true })
    engine.setLeverage(account, 'BTCUSDT', 7)
    engine.setMarginMode(account, 'ISOLATED')
    engine.setPositionMode(account, 'hedge')
    expect(engine.leverage(account, 'BTCUSDT', { positionSide: 'SHORT' })).toBe(7)
    filledAt(engine, account, 'BUY', '0.7', '60000', { positionSide: 'LONG' })
    engine.setLeverage(account, 'BTCUSDT', 4, { marginMode: 'CROSS', positionSide: 'SHORT' })
    expect(engine.leverage(account, 'BTCUSDT')).toBe(4)
    expect(engine.positions(account)).toMatchObject([{ isolatedMargin: '10500' }])
    expect(add(engine.margin(account, 'USDT').availableBalance, '10500')).toBe('99991.6')
  })
})
