import { describe, expect, test } from 'vitest'
import { add, mul, negate, sum } from '../../core/decimal.ts'
import { accepted, filledAt, limit, makeStage, market, startTime } from './engine.fixture.ts'

const eightHours = 28_800_000
/** The first settlement after the start. */
const firstTime = Date.UTC(2026, 0, 5, 8)
const day = 86_400_000

describe('funding rates', () => {
  test('default: small, of both signs, with eight decimals, from the seed', () => {
    const rates = (seed: number, symbol = 'BTCUSDT'): string[] =>
      makeStage({}, seed)
        .engine.fundingHistory(symbol, startTime - 60 * day, startTime)
        .map(({ rate }) => rate)
    const all = rates(1)
    expect(all).toHaveLength(180)
    for (const rate of all) {
      expect(rate).toMatch(/^-?0(\.\d{1,8})?$/)
      expect(Number(rate)).toBeGreaterThanOrEqual(-0.0002)
      expect(Number(rate)).toBeLessThanOrEqual(0.0004)
    }
    expect(all.filter((rate) => rate.startsWith('-')).length).toBeGreaterThan(30)
    expect(all.filter((rate) => rate.startsWith('-')).length).toBeLessThan(90)
    expect(rates(1)).toEqual(all)
    expect(rates(2)).not.toEqual(all)
    expect(rates(1, 'ETHUSDT')).not.toEqual(all)
  })

  test('behavior: the past goes on without a seam, and prices of its klines stand in it', () => {
    const { engine, clock } = makeStage()
    clock.advance(2 * day)
    const from = startTime - 2 * day
    const rows = engine.fundingHistory('BTCUSDT', from, clock.now())
    const times = rows.map(({ timestamp }) => timestamp)
    expect(times).toHaveLength(12)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times.map((time) => time % eightHours))).toEqual(new Set([0]))
    for (const { timestamp, markPrice } of rows.slice(0, 6)) {
      const [kline] = engine.klines('BTCUSDT', 60_000, timestamp, timestamp)
      expect(markPrice).toBe(kline?.open)
    }
    expect(engine.fundingHistory('BTCUSDT', firstTime, firstTime)).toHaveLength(1)
    expect(engine.fundingHistory('BTCUSDT', firstTime + 1, firstTime + 2)).toEqual([])
    expect(engine.fundingHistory('BTCUSDT', 0, Date.UTC(2019, 8, 1, 8))).toHaveLength(2)
    expect(() => engine.fundingHistory('XUSDT', 0, 1)).toThrow(RangeError)
  })

  test('behavior: the rate announced is the one that is settled', () => {
    const { engine, clock } = makeStage()
    for (let round = 0; round < 3; round++) {
      const [rate, at] = [engine.fundingRate('BTCUSDT'), engine.nextFundingTime('BTCUSDT')]
      expect(at).toBe(firstTime + round * eightHours)
      clock.advance(at - clock.now())
      expect(engine.fundingHistory('BTCUSDT', at, at)).toEqual([
        { rate, markPrice: '60000', timestamp: at },
      ])
    }
  })
})

describe('settlement', () => {
  test('default: at the end of every interval, at the mark price then', () => {
    const { engine, clock, account } = makeStage()
    filledAt(engine, account, 'BUY', '1', '60000')
    const first = engine.fundingRate('BTCUSDT')
    clock.advance(firstTime - clock.now() - 1)
    expect(engine.fundings(account)).toEqual([])
    clock.advance(1)
    engine.setPrice('BTCUSDT', '62000')
    const second = engine.fundingRate('BTCUSDT')
    clock.advance(eightHours + 12_345)
    const { realizedPnl } = engine.positions(account)[0] ?? {}
    const amounts = [negate(mul('60000', first)), negate(mul('62000', second))]
    expect(engine.fundings(account)).toEqual(
      [
        { markPrice: '60000', rate: first, timestamp: firstTime },
        { markPrice: '62000', rate: second, timestamp: firstTime + eightHours },
      ].map((row, i) => ({
        ...row,
        fundingId: String(i + 1),
        accountId: account,
        symbol: 'BTCUSDT',
        side: 'LONG',
        marginMode: 'CROSS',
        size: '1',
        amount: amounts[i],
        asset: 'USDT',
      })),
    )
    expect(engine.margin(account, 'USDT').walletBalance).toBe(add('99988', sum(amounts)))
    // The fee of 12, and no funding.
    expect(realizedPnl).toBe('-12')
  })

  test('behavior: on command, longs pay shorts what they are worth, and nothing is lost', () => {
    const { engine, account } = makeStage()
    const other = engine.createAccount({ USDT: '100000' })
    filledAt(engine, account, 'BUY', '1', '60000')
    filledAt(engine, other, 'SELL', '1', '61000')
    const before = engine.nextFundingTime('BTCUSDT')
    engine.applyFunding('BTCUSDT', '0.001')
    engine.applyFunding('BTCUSDT', '-0.0005')
    engine.applyFunding('ETHUSDT', '0.5')
    expect(engine.fundings(account).map(({ amount }) => amount)).toEqual(['-61', '30.5'])
    expect(engine.fundings(other)).toMatchObject([
      { side: 'SHORT', amount: '61', rate: '0.001' },
      { side: 'SHORT', amount: '-30.5', rate: '-0.0005' },
    ])
    expect(engine.margin(account, 'USDT').walletBalance).toBe('99957.5')
    expect(engine.nextFundingTime('BTCUSDT')).toBe(before)
    const rate = engine.fundingRate('BTCUSDT')
    engine.applyFunding('BTCUSDT')
    expect(engine.fundings(other).at(-1)?.rate).toBe(rate)
    const now = engine.now()
    expect(engine.fundingHistory('BTCUSDT', now, now).map((row) => row.rate)).toEqual([
      '0.001',
      '-0.0005',
      rate,
    ])
  })

  test('behavior: both legs of a hedge are settled', () => {
    const { engine, account } = makeStage()
    engine.setPositionMode(account, 'hedge')
    filledAt(engine, account, 'BUY', '1', '60000', { positionSide: 'LONG' })
    filledAt(engine, account, 'SELL', '0.25', '60000', { positionSide: 'SHORT' })
    engine.applyFunding('BTCUSDT', '0.0001')
    expect(engine.fundings(account)).toMatchObject([
      { side: 'LONG', size: '1', amount: '-6' },
      { side: 'SHORT', size: '0.25', amount: '1.5' },
    ])
  })

  test('behavior: an isolated position pays from its own margin, and no more than it has', () => {
    const { engine, account } = makeStage()
    engine.setMarginMode(account, 'ISOLATED')
    filledAt(engine, account, 'BUY', '1', '60000')
    engine.applyFunding('BTCUSDT', '0.001')
    expect(engine.positions(account)).toMatchObject([{ isolatedMargin: '5940' }])
    expect(engine.margin(account, 'USDT')).toMatchObject({
      walletBalance: '99928',
      availableBalance: '93988',
    })
    engine.applyFunding('BTCUSDT', '-0.001')
    expect(engine.positions(account)).toMatchObject([{ isolatedMargin: '6000' }])
    engine.applyFunding('BTCUSDT', '0.5')
    expect(engine.fundings(account).at(-1)?.amount).toBe('-6000')
    // Without margin there is no position.
    expect(engine.positions(account)).toEqual([])
    expect(engine.margin(account, 'USDT').walletBalance).toBe('93988')
  })

  test('behavior: a payment that a cross account cannot carry liquidates it', () => {
    const { engine, account } = makeStage({}, 1, '7200')
    filledAt(engine, account, 'BUY', '1', '60000')
    engine.applyFunding('BTCUSDT', '0.11')
    expect(engine.positions(account)).not.toEqual([])
    engine.applyFunding('BTCUSDT', '0.01')
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: who holds nothing pays nothing, resting orders do not count', () => {
    const { engine, clock, account } = makeStage()
    accepted(engine.placeOrder(account, limit('BUY', '1', '50000')))
    accepted(engine.placeOrder(account, market('BUY', '1')))
    accepted(engine.placeOrder(account, market('SELL', '1')))
    clock.advance(day)
    expect(engine.fundings(account)).toEqual([])
  })

  test('behavior: after going back to a snapshot it happens again', () => {
    const { engine, clock, account } = makeStage()
    filledAt(engine, account, 'BUY', '1', '60000')
    const snapshot = engine.exportState()
    clock.advance(day)
    const rows = engine.fundings(account)
    const wallet = engine.margin(account, 'USDT').walletBalance
    expect(rows).toHaveLength(3)
    engine.importState(snapshot)
    expect(engine.fundings(account)).toEqual(rows)
    expect(engine.margin(account, 'USDT').walletBalance).toBe(wallet)
  })
})
