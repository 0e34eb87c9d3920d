import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLess, isZero, min, sub } from '../../../core/decimal.ts'
import {
  after,
  anyWorld,
  blank,
  coverIn,
  legOf,
  STEP,
  stepOf,
  traits,
  worldOf,
} from './decideWorld.testing.ts'
import { coverOf, hasEnded, isFinal, lastLeg, legsOf, wantedOf } from './managedRecord.ts'
import type { Traits } from './traits.ts'

const PENDING = legOf('STOP', 'PENDING')
const TARGETS = [
  legOf('TARGET', 'PENDING', { quantity: '0.02', stopPrice: '61000' }),
  legOf('TARGET', 'PENDING', { quantity: '0.02', stopPrice: '62000', index: 1 }),
]

describe('steps', () => {
  it('default: cover first, then targets, then nothing', () => {
    expect(stepOf(worldOf('0.04'))).toEqual({
      do: 'placeStop',
      quantity: '0.04',
      closePosition: false,
    })
    expect(stepOf(worldOf('0.04', { legs: [PENDING] }))).toEqual({ do: 'placeTarget', index: 0 })
    expect(stepOf(worldOf('0.04', { legs: [PENDING, ...TARGETS] }))).toEqual({ do: 'settled' })
  })

  it('args: sizing: each has its own way to the first stop', () => {
    const first = (sizing: Traits['sizing']): string =>
      JSON.stringify(stepOf(worldOf('0.04', { traits: { ...traits, sizing } })))
    expect(first('set')).toContain('setStop')
    expect(first('amend')).toContain('"closePosition":true')
    expect(first('bridge')).toContain('"closePosition":true')
    expect(first(undefined)).toContain('"closePosition":false')
  })

  it('behavior: a stop of another size is amended, or the new one stands before it goes', () => {
    const legs = [PENDING, ...TARGETS]
    const amended = worldOf('0.03', { legs, traits: { ...traits, canAmend: true } })
    expect(stepOf(amended)).toEqual({ do: 'amendStop', leg: PENDING, quantity: '0.03' })
    expect(stepOf(worldOf('0.03', { legs }))).toMatchObject({ do: 'placeStop', quantity: '0.03' })
    const second = legOf('STOP', 'PENDING', { generation: 1, quantity: '0.03' })
    expect(stepOf(worldOf('0.03', { legs: [...legs, second] }))).toEqual({
      do: 'cancel',
      leg: PENDING,
    })
  })

  it('behavior: where a stop that is too large fails, it is no cover, and a fired end closes the rest', () => {
    const legs = [PENDING, ...TARGETS]
    const exact = { ...traits, oversizedFails: true }
    const { record } = worldOf('0.03', { legs })
    const now = { ...record, size: '0.03' }
    expect(coverOf(now, '0.03', traits)).toBe('0.03')
    expect(coverOf(now, '0.03', exact)).toBe('0')
    expect(coverOf({ ...record, size: '0.04' }, '0.04', exact)).toBe('0.04')
    const closing = worldOf('0.03', { legs, traits: exact, record: { ...now, stage: 'CLOSING' } })
    expect(stepOf(closing)).toMatchObject({ do: 'close' })
  })

  it('behavior: a bridge stands in while the one stop of a side is moved', () => {
    const bridged = { ...traits, sizing: 'bridge' } as const
    const old = legOf('STOP', 'PENDING', { closePosition: true, stopPrice: '57000' })
    const legs = [old, ...TARGETS]
    expect(stepOf(worldOf('0.04', { legs, traits: bridged }))).toEqual({
      do: 'placeBridge',
      quantity: '0.04',
    })
    const bridge = legOf('BRIDGE', 'PENDING')
    const standing = worldOf('0.04', { legs: [...legs, bridge], traits: bridged })
    expect(stepOf(standing)).toEqual({ do: 'cancel', leg: old })
    const gone = { ...old, status: 'CANCELLED' } as const
    const alone = worldOf('0.04', { legs: [gone, ...TARGETS, bridge], traits: bridged })
    expect(stepOf(alone)).toMatchObject({ do: 'placeStop', closePosition: true })
    const moved = legOf('STOP', 'PENDING', { closePosition: true, generation: 1 })
    const both = worldOf('0.04', { legs: [gone, ...TARGETS, bridge, moved], traits: bridged })
    expect(stepOf(both)).toEqual({ do: 'cancel', leg: bridge })
  })

  it('behavior: a stop at work is not doubled; one that broke is followed by closing', () => {
    const working = legOf('STOP', 'PARTIALLY_FILLED', { executedQty: '0.02' })
    expect(stepOf(worldOf('0.02', { legs: [working] }))).toMatchObject({ do: 'wait' })
    const broken = legOf('STOP', 'CANCELLED', { executedQty: '0.02' })
    const world = worldOf('0.02', { legs: [broken] })
    expect(stepOf(world)).toEqual({ do: 'close', quantity: '0.02' })
    const report = { ...blank, onUnprotected: 'REPORT' } as const
    expect(stepOf(worldOf('0.02', { legs: [broken], record: report }))).toMatchObject({
      do: 'placeStop',
    })
  })

  it('behavior: the position gone unexplained is looked at twice before legs go', () => {
    const record = { ...blank, lagsSince: 9_900 }
    const world = worldOf('0', { legs: [PENDING], record })
    expect(stepOf(world)).toEqual({ do: 'look' })
    world.facts = { ...world.facts, isConfirmed: true }
    expect(stepOf(world)).toEqual({ do: 'cancel', leg: PENDING })
  })

  it('behavior: an entry on its way is waited for, never sent again', () => {
    const record = {
      ...blank,
      stage: 'ENTERING',
      hasOpened: false,
      entry: { type: 'MARKET', isAttached: false },
    } as const
    expect(stepOf(worldOf('0', { record }))).toEqual({ do: 'placeEntry' })
    const sending = [legOf('ENTRY', 'SENDING')]
    expect(stepOf(worldOf('0', { record, legs: sending }))).toMatchObject({ do: 'wait' })
    const missing = [legOf('ENTRY', 'MISSING')]
    expect(stepOf(worldOf('0', { record, legs: missing }))).toEqual({
      do: 'finish',
      stage: 'CANCELLED',
    })
  })
})

describe('any world', () => {
  it('behavior: the same again after the same', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        expect(stepOf(structuredClone(world))).toEqual(stepOf(world))
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  it('behavior: no step leaves less cover, and an end is reached', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        let world = start
        const done: string[] = []
        for (let count = 0; count < 60; count++) {
          const step = stepOf(world)
          if (step.do === 'settled') return
          const next = after(world, step)
          done.push(step.do)
          const isRemoving = world.record.stage === 'CANCELLING'
          const size = next.facts.position?.size ?? '0'
          const owed = min(coverIn(world), wantedOf(next.record, size, STEP))
          const isWaiting = step.do === 'wait'
          if (!isRemoving && !isWaiting && !isFinal(next.record) && isLess(coverIn(next), owed)) {
            throw new Error(`${done.join(' ')}: cover fell to ${coverIn(next)} of ${owed}`)
          }
          world = next
        }
        throw new Error(`no end: ${done.join(' ')}`)
      }),
      { seed: 6, numRuns: 800 },
    )
  })

  it('behavior: at rest, what is open is covered by one stop, or nothing is left', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        let world = start
        for (let count = 0; count < 60 && stepOf(world).do !== 'settled'; count++) {
          world = after(world, stepOf(world))
        }
        const { record, facts, traits } = world
        const entry = lastLeg(record, 'ENTRY')
        const wanted = wantedOf(record, facts.position?.size ?? '0', STEP)
        if (isFinal(record)) {
          expect(record.legs.every(hasEnded)).toBe(true)
          return
        }
        if (isZero(wanted)) {
          expect(entry && !hasEnded(entry)).toBe(true)
          return
        }
        const standing = legsOf(record, 'STOP', 'BRIDGE').filter(
          ({ status }) => status === 'PENDING',
        )
        expect(standing).toHaveLength(1)
        expect(sub(wanted, coverOf(record, wanted, traits))).toBe('0')
      }),
      { seed: 7, numRuns: 800 },
    )
  })
})
