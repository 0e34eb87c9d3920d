import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../model/errorCodes.ts'
import { ProtectionError } from '../../../model/errors.ts'
import { at, expectOver, FORMS, openedScene, type Scene, sceneOf } from './scene.testing.ts'
import { HastyClock } from './tinyClient.testing.ts'

// Each request of a life, one after the other, is lost on the way there, lost on the way back, or
// refused for each reason there is.

const KINDS: readonly ('before' | 'after' | ErrorCode)[] = [
  'before',
  'after',
  'WOULD_TRIGGER_IMMEDIATELY',
  'INSUFFICIENT_MARGIN',
  'TOO_MANY_ORDERS',
  'EXCHANGE_UNAVAILABLE',
  'REDUCE_ONLY_REJECTED',
]

const OPERATIONS = [
  'createOrder',
  'createConditionalOrder',
  'amendOrder',
  'cancelOrder',
  'setPositionStop',
  'getOpenOrders',
  'getOrder',
  'getPositions',
]

/** So many requests of one kind are hit, one after the other; those after them are more of the same. */
const MOST = 5

/** A whole life; errors of single looks are noted, and the next look goes on. */
async function live(scene: Scene, clock: HastyClock, isOpening: boolean): Promise<unknown[]> {
  const { client, exchange, request, side } = scene
  const errors: unknown[] = []
  const note = (error: unknown): undefined => {
    errors.push(error)
  }
  const wish = { ...request, breakEvenAfterFirstTakeProfit: true }
  const begun = isOpening
    ? client.openProtectedPosition({ ...wish, entry: { type: 'MARKET' } })
    : client.createManagedOrders(wish)
  const managed =
    (await begun.catch(note)) ??
    (await client.resumeManagedOrders({ supervise: false }).catch(note))?.[0]
  await managed?.refresh().catch(note)
  exchange.move(at(side, '61000'))
  for (let look = 0; look < 3; look++) await managed?.refresh().catch(note)
  exchange.move(at(side, '57000'))
  for (let look = 0; look < 6; look++) {
    clock.advance(1_000)
    await managed?.refresh().catch(note)
  }
  return errors
}

for (const [form, rules] of FORMS) {
  for (const isOpening of [false, true]) {
    describe(`${form}, ${isOpening ? 'opening' : 'protecting'}`, () => {
      for (const kind of KINDS) {
        it(`error: ${kind} at any request`, async () => {
          for (const operation of OPERATIONS) {
            for (let skip = 0; skip < MOST; skip++) {
              const clock = new HastyClock(1_000_000)
              const scene = (isOpening ? sceneOf : openedScene)(rules, 'LONG', {}, { clock })
              let left = skip
              let isHit = false
              scene.exchange.faults.push({
                operation,
                kind,
                when: () => {
                  isHit = left === 0
                  left -= 1
                  return isHit
                },
              })
              const errors = await live(scene, clock, isOpening)
              if (left >= 0) break
              const { exchange, journal } = scene
              const where = `${operation} ${skip}: ${errors.map(String).join(' | ')}`
              // Told before anything was sent, nothing of it was begun.
              if (journal.rows.size > 0 || isOpening) {
                if (exchange.positions.LONG !== '0') expect(where).toBe('over')
                expect({ where, open: exchange.open() }).toEqual({ where, open: [] })
                expect({ where, violations: exchange.violations }).toEqual({
                  where,
                  violations: [],
                })
                expectOver(scene)
              }
              // Nobody is left without cover and without a word.
              const isTold = errors.every((error) => error instanceof Error)
              expect(isTold).toBe(true)
              const closed = errors.filter((error) => error instanceof ProtectionError)
              expect(closed.length).toBeLessThan(4)
            }
          }
        })
      }
    })
  }
}
