import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ladderReach, levelSteps, type MakerSide, type Makers, touchTick } from './makers.ts'

const makers: Makers = { seed: 7, sideSteps: 144_000 }

function ladder(side: MakerSide, centre: number): number[] {
  const touch = touchTick(makers, centre, side)
  return Array.from({ length: ladderReach }, (_, level) => levelSteps(makers, side, touch, level))
}

describe('makers', () => {
  test('behavior: the touch is one or two ticks wide and lies around the centre', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (centre) => {
        const bid = touchTick(makers, centre, 'BUY')
        const ask = touchTick(makers, centre, 'SELL')
        expect([1, 2]).toContain(ask - bid)
        expect(bid).toBeLessThanOrEqual(centre)
        expect(ask).toBeGreaterThanOrEqual(centre)
        expect(bid).toBeGreaterThanOrEqual(1)
        expect(levelSteps(makers, 'BUY', bid, 0)).toBeGreaterThan(0)
        expect(levelSteps(makers, 'SELL', ask, 0)).toBeGreaterThan(0)
      }),
    )
  })

  test('default: a side adds up to about what it should, thickest at the touch', () => {
    for (const side of ['BUY', 'SELL'] as const) {
      const steps = ladder(side, 600_000)
      const total = steps.reduce((sum, one) => sum + one, 0)
      expect(total).toBeGreaterThan(makers.sideSteps * 0.9)
      expect(total).toBeLessThan(makers.sideSteps * 1.2)
      const near = steps.slice(0, 100).reduce((sum, one) => sum + one, 0)
      const far = steps.slice(-100).reduce((sum, one) => sum + one, 0)
      expect(near).toBeGreaterThan(5 * far)
      expect(Math.max(...steps)).toBeLessThan(makers.sideSteps / 50)
      expect(steps.filter((one) => one > 0).length).toBeGreaterThan(900)
    }
  })

  test('behavior: a quote follows from seed, price and centre alone', () => {
    expect(ladder('BUY', 600_000)).toEqual(ladder('BUY', 600_000))
    expect(ladder('BUY', 600_000)).not.toEqual(ladder('SELL', 600_000))
    const other = { ...makers, seed: 8 }
    expect(levelSteps(other, 'BUY', 599_999, 0)).not.toBe(levelSteps(makers, 'BUY', 599_999, 0))
  })

  test('behavior: nothing is quoted below one tick or beyond the reach', () => {
    expect(levelSteps(makers, 'BUY', 3, 2)).toBeGreaterThanOrEqual(0)
    expect(levelSteps(makers, 'BUY', 3, 3)).toBe(0)
    expect(levelSteps(makers, 'SELL', 3, ladderReach)).toBe(0)
  })
})
