import { describe, expect, it } from 'vitest'
import { opposite, type PositionSide } from '../../../model/tokens.ts'
import {
  at,
  errorOf,
  expectCovered,
  expectOver,
  FORMS,
  openedScene,
  sceneOf,
} from './scene.testing.ts'

// Whole life cycles on a made-up exchange whose judge sees every change.

const SIDES: readonly PositionSide[] = ['LONG', 'SHORT']

for (const [form, rules] of FORMS) {
  for (const side of SIDES) {
    for (const mode of ['ONE_WAY', 'HEDGE'] as const) {
      describe(`${form} ${side} ${mode}`, () => {
        const all = { ...rules, mode }

        it('default: a stop first, then targets; first target, reversal, stop', async () => {
          const scene = openedScene(all, side)
          const { exchange, client } = scene
          const managed = await client.createManagedOrders(scene.request)
          expectCovered(scene, '0.04')
          expect(managed.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.04' })
          expect(managed.takeProfitOrders.map(({ quantity }) => quantity)).toEqual(['0.02', '0.02'])
          exchange.move(at(side, '61000'))
          const half = await managed.refresh()
          expect(half.takeProfitOrders[0]?.status).toBe('FILLED')
          expect(half.stopLossOrder?.quantity).toBe('0.02')
          expectCovered(scene, '0.02')
          exchange.move(at(side, '57900'))
          const end = await managed.refresh()
          expect(end.status).toBe('COMPLETED')
          expect(end.stopLossOrder).toMatchObject({ status: 'FILLED', executedQty: '0.02' })
          expectOver(scene)
        })

        it('behavior: all targets filled, the stop goes', async () => {
          const scene = openedScene(all, side)
          const managed = await scene.client.createManagedOrders(scene.request)
          scene.exchange.move(at(side, '62000'))
          expect((await managed.refresh()).status).toBe('COMPLETED')
          expectOver(scene)
        })

        it('behavior: break-even after the first target', async () => {
          const scene = openedScene(all, side, { breakEvenAfterFirstTakeProfit: true })
          const managed = await scene.client.createManagedOrders(scene.request)
          scene.exchange.move(at(side, '61000'))
          const half = await managed.refresh()
          expect(half.stopLossOrder).toMatchObject({ stopPrice: '60000', quantity: '0.02' })
          expectCovered(scene, '0.02')
          scene.exchange.move('60000')
          expect((await managed.refresh()).status).toBe('COMPLETED')
          expectOver(scene)
        })

        it('behavior: a hand reduces, adds, cancels the stop, closes', async () => {
          const scene = openedScene(all, side)
          const { exchange, opening } = scene
          const managed = await scene.client.createManagedOrders(scene.request)
          exchange.hand(opposite(opening), '0.01', true)
          await managed.refresh()
          expectCovered(scene, '0.03')
          exchange.hand(opening, '0.03')
          await managed.refresh()
          expectCovered(scene, '0.06')
          const [stop] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
          if (stop) exchange.end(stop)
          expect(exchange.cover(side)).toBe('0')
          await managed.refresh()
          expectCovered(scene, '0.06')
          exchange.hand(opposite(opening), '0.06', true)
          expect((await managed.refresh()).status).toBe('COMPLETED')
          expectOver(scene)
        })

        it('behavior: a part of a position is protected as that part', async () => {
          const scene = openedScene(all, side, { quantity: '0.02' })
          const { exchange } = scene
          const managed = await scene.client.createManagedOrders(scene.request)
          expect(exchange.cover(side)).toBe('0.02')
          exchange.move(at(side, '61000'))
          await managed.refresh()
          expect(exchange.cover(side)).toBe('0.01')
          exchange.move(at(side, '57900'))
          expect((await managed.refresh()).status).toBe('COMPLETED')
          expect(exchange.positions[side]).toBe('0.02')
          expect(exchange.open()).toEqual([])
        })

        it('behavior: cancel removes all legs and leaves the position', async () => {
          const scene = openedScene(all, side)
          const managed = await scene.client.createManagedOrders(scene.request)
          expect(await managed.cancel()).toBe(true)
          expect(managed.status).toBe('CANCELLED')
          expect(scene.exchange.open()).toEqual([])
          expect(scene.exchange.positions[side]).toBe('0.04')
          expect(scene.journal.managed()).toEqual([])
        })

        it('behavior: protection that is there is replaced without a gap', async () => {
          const scene = openedScene(all, side)
          const { exchange, client } = scene
          const first = await client.createManagedOrders(scene.request)
          const stopPrice = at(side, '58500')
          await client.createManagedOrders({ ...scene.request, stopPrice })
          expectCovered(scene, '0.04')
          expect(exchange.open()).toHaveLength(3)
          expect(first.status).toBe('CANCELLED')
          expect(scene.journal.managed()).toHaveLength(1)
        })

        it('error: a refused stop closes the position', async () => {
          const scene = openedScene(all, side)
          const code = 'INSUFFICIENT_MARGIN'
          scene.exchange.faults.push(
            { operation: 'createConditionalOrder', kind: code },
            { operation: 'setPositionStop', kind: code },
          )
          const error = await errorOf(scene.client.createManagedOrders(scene.request))
          expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'CLOSED' })
          expectOver(scene)
        })

        it('error: with REPORT the position is left', async () => {
          const scene = openedScene(all, side, { onUnprotected: 'REPORT' })
          const code = 'TOO_MANY_ORDERS'
          scene.exchange.faults.push(
            { operation: 'createConditionalOrder', kind: code },
            { operation: 'setPositionStop', kind: code },
          )
          const error = await errorOf(scene.client.createManagedOrders(scene.request))
          expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'UNPROTECTED' })
          expect(scene.exchange.positions[side]).toBe('0.04')
          expect(scene.journal.managed()).toEqual([])
        })

        it('error: a stop that cannot be moved stays and is told', async () => {
          const scene = openedScene(all, side, { breakEvenAfterFirstTakeProfit: true })
          const managed = await scene.client.createManagedOrders(scene.request)
          const { exchange } = scene
          exchange.move(at(side, '61000'))
          // The price is back behind the entry before the stop is there.
          exchange.move(at(side, '59900'))
          const error = await errorOf(managed.refresh())
          expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'PROTECTED' })
          // Its size is right all the same.
          expectCovered(scene, '0.02')
          expect(managed.stopLossOrder?.stopPrice).toBe(at(side, '58000'))
          expect(managed.status).toBe('ACTIVE')
          exchange.move(at(side, '60100'))
          await managed.refresh()
          expectCovered(scene, '0.02')
          expect(managed.stopLossOrder?.stopPrice).toBe('60000')
        })

        it('behavior: a stop that finds no buyers for all of it is followed by closing', async () => {
          const scene = openedScene(all, side)
          const managed = await scene.client.createManagedOrders(scene.request)
          scene.exchange.liquidity = '0.5'
          scene.exchange.move(at(side, '57900'))
          expect(scene.exchange.positions[side]).toBe('0.02')
          scene.exchange.liquidity = '1'
          // Where the stop calls itself filled, it is tried once more, refused, and told.
          const closed = expect.objectContaining({ status: 'CLOSED' })
          for (let look = 0; look < 8; look++) {
            await managed.refresh().catch((error: unknown) => expect(error).toEqual(closed))
          }
          expectOver(scene)
        })

        for (const attached of [false, true]) {
          it(`behavior: a market entry is protected when it resolves, attached ${attached}`, async () => {
            const scene = sceneOf({ ...all, attached }, side)
            const managed = await scene.client.openProtectedPosition({
              ...scene.request,
              breakEvenAfterFirstTakeProfit: true,
              entry: { type: 'MARKET' },
            })
            expectCovered(scene, '0.04')
            expect(managed.takeProfitOrders).toHaveLength(2)
            expect(managed.entryOrder).toMatchObject({ status: 'FILLED', executedQty: '0.04' })
            scene.exchange.move(at(side, '61000'))
            await managed.refresh()
            expectCovered(scene, '0.02')
            expect(managed.stopLossOrder?.stopPrice).toBe('60000')
            scene.exchange.move(at(side, '62000'))
            await managed.refresh()
            expectOver(scene)
          })

          it(`behavior: a limit entry is protected as it fills, attached ${attached}`, async () => {
            const scene = sceneOf({ ...all, attached }, side)
            const { exchange } = scene
            const managed = await scene.client.openProtectedPosition({
              ...scene.request,
              entry: { type: 'LIMIT', price: at(side, '59500') },
            })
            expect(managed.stopLossOrder).toBeUndefined()
            const [entry] = exchange.open()
            if (!entry) throw new Error('no entry rests')
            exchange.fill(entry, '0.01')
            await managed.refresh()
            expectCovered(scene, '0.01')
            exchange.fill(entry, '0.02')
            await managed.refresh()
            expectCovered(scene, '0.03')
            expect(managed.takeProfitOrders).toEqual([])
            exchange.end(entry)
            const now = await managed.refresh()
            expectCovered(scene, '0.03')
            expect(now.takeProfitOrders.map(({ quantity }) => quantity)).toEqual(['0.015', '0.015'])
            exchange.move(at(side, '57900'))
            await managed.refresh()
            expectOver(scene)
          })
        }

        it('behavior: the stop of a partly filled entry ends the entry', async () => {
          const scene = sceneOf(all, side)
          const { exchange } = scene
          const managed = await scene.client.openProtectedPosition({
            ...scene.request,
            entry: { type: 'LIMIT', price: at(side, '59500') },
          })
          const [entry] = exchange.open()
          if (entry) exchange.fill(entry, '0.01')
          await managed.refresh()
          exchange.hand(opposite(scene.opening), '0.01', true)
          expect((await managed.refresh()).status).toBe('COMPLETED')
          expectOver(scene)
        })
      })
    }
  }
}
