import type { FuturesPosition } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { fixed } from '../numbers.ts'
import { exposureAfter, riskOf } from './estimate.ts'

const LONG = { side: 'LONG', size: '2', entryPrice: '100' } as const
const SHORT = { side: 'SHORT', size: '2', entryPrice: '100' } as const
const FACTS = {
  exposure: LONG,
  leverage: 10,
  marginMode: 'ISOLATED',
  marginBalance: '1000',
  stopPrice: undefined,
  takerRate: undefined,
} as const

function position(side: 'LONG' | 'SHORT', size: string, entryPrice: string): FuturesPosition {
  return {
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    side,
    size,
    entryPrice,
    markPrice: entryPrice,
    pnl: '0',
    percentage: '0',
  }
}

describe('estimates', () => {
  test('default: isolated margin is what can be lost, and where', () => {
    const { initialMargin, liquidationPrice, worstLoss } = riskOf(FACTS)
    expect([initialMargin, worstLoss]).toEqual(['20.00', '20.00'])
    // (100 − 20/2) / 0.995
    expect(fixed(liquidationPrice ?? '0', 4)).toBe('90.4523')
  })

  test('behavior: a short is liquidated above', () => {
    const { liquidationPrice } = riskOf({ ...FACTS, exposure: SHORT })
    expect(fixed(liquidationPrice ?? '0', 4)).toBe('109.4527')
  })

  test('behavior: cross margin puts the balance behind it, a long at most its worth', () => {
    const cross = { ...FACTS, marginMode: 'CROSS' } as const
    expect(riskOf(cross)).toMatchObject({ worstLoss: '200.00' })
    expect(riskOf(cross).liquidationPrice).toBeUndefined()
    expect(riskOf({ ...cross, exposure: SHORT })).toMatchObject({ worstLoss: '1000.00' })
    const thin = riskOf({ ...cross, marginBalance: '50' })
    expect(thin.worstLoss).toBe('50.00')
    expect(fixed(thin.liquidationPrice ?? '0', 4)).toBe('75.3769')
  })

  test('behavior: a stop is the worst planned for, its fee included', () => {
    const stopped = { ...FACTS, stopPrice: '95', takerRate: '0.001' }
    expect(riskOf(stopped)).toMatchObject({ worstLoss: '10.19' })
    expect(riskOf({ ...stopped, exposure: SHORT, stopPrice: '105' })).toMatchObject({
      worstLoss: '10.21',
    })
    expect(riskOf({ ...FACTS, stopPrice: '104' }).worstLoss).toBe('-8.00')
  })

  test('behavior: what is not known is said and not invented', () => {
    const risk = riskOf({ ...FACTS, leverage: undefined, marginMode: undefined })
    expect(risk.liquidationPrice).toBeUndefined()
    expect(risk.notes.join()).toContain('not known')
  })

  test.each([
    [undefined, { side: 'LONG', size: '2', entryPrice: '100' }],
    [position('LONG', '2', '110'), { side: 'LONG', size: '4', entryPrice: '105' }],
    [position('SHORT', '3', '110'), { side: 'SHORT', size: '1', entryPrice: '110' }],
    [position('SHORT', '2', '110'), undefined],
    [position('SHORT', '1', '110'), { side: 'LONG', size: '1', entryPrice: '100' }],
  ])('behavior: the position afterwards, case %#', (before, after) => {
    expect(exposureAfter(before, LONG)).toEqual(after)
  })
})
