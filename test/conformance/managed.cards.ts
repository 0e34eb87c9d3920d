import { ProtectionError } from 'perpkit'
import { expect } from 'vitest'
import type { Played, Stage } from '../support/stage.ts'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

const request = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.021',
  stopPrice: '58000',
  takeProfitPrice: '61000',
  // Pauses take no time here, and a supervisor pauses for ever: each card looks when it wants to.
  supervise: false,
} as const

const { takeProfitPrice: _, ...bare } = request

/** Only where a trigger that is already reached is refused. */
const refusesReached = ({ firesAtOnce }: Played): string | undefined =>
  firesAtOnce ? 'a trigger that is already reached fires at once' : undefined

/** Stops of the account that wait or work, as the venue has them. */
async function liveStops({ truth }: Stage) {
  const { conditionalOrders } = await truth()
  return conditionalOrders.filter(
    ({ type, status }) => type === 'STOP_MARKET' && (status === 'PENDING' || status === 'NEW'),
  )
}

export const managedCards = [
  card('C-70', 'stop first, then two halves that add up', async (stage) => {
    const { exchange, truth } = stage
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders(request)
    const { symbol, halves } = stage.played
    expect(managed).toMatchObject({ symbol, status: 'ACTIVE', quantity: '0.021' })
    expect(managed.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.021' })
    expect(managed.takeProfitOrders.map((order) => [order.quantity, order.stopPrice])).toEqual([
      [halves[0], '61000'],
      [halves[1], '62220'],
    ])
    const { requests, conditionalOrders } = await truth()
    const placed = requests.filter(({ operation }) => operation === 'createStop')
    expect(placed).toHaveLength(3)
    expect(conditionalOrders[0]?.type).toBe('STOP_MARKET')
  }),
  card('C-71', 'a short is the mirror image', async ({ exchange }) => {
    await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.02')
    const managed = await exchange.createManagedOrders({
      symbol: 'BTCUSDT',
      side: 'BUY',
      quantity: '0.02',
      stopPrice: '62000',
      takeProfitPrice: '59000',
      supervise: false,
    })
    expect(managed.takeProfitOrders.map((order) => [order.quantity, order.stopPrice])).toEqual([
      ['0.01', '59000'],
      ['0.01', '57820'],
    ])
  }),
  card('C-72', 'one take-profit when a half would be too small', async ({ exchange }) => {
    const { minQuantity } = await exchange.getSymbolPrecision('BTCUSDT')
    await exchange.createMarketOrder('BTCUSDT', 'BUY', minQuantity)
    const managed = await exchange.createManagedOrders({ ...request, quantity: minQuantity })
    expect(managed.takeProfitOrders.map(({ quantity }) => quantity)).toEqual([minQuantity])
  }),
  card(
    'C-73',
    'a refused stop closes the position and rejects',
    async ({ exchange, simulator, venue, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const reason = 'insufficientMargin'
      await simulator.control.inject({
        venue,
        operation: 'createStop',
        kind: 'rejectWith',
        reason,
        times: 1,
      })
      const error = await errorOf(exchange.createManagedOrders({ ...request, quantity: '0.02' }))
      expect(error).toBeInstanceOf(ProtectionError)
      expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'CLOSED' })
      expect(error.message).toContain('the position was closed')
      const { positions, conditionalOrders } = await truth()
      expect(positions).toEqual([])
      expect(conditionalOrders.filter(({ status }) => status === 'PENDING')).toEqual([])
    },
  ),
  card(
    'C-74',
    'REPORT leaves the position and says UNPROTECTED',
    async ({ exchange, simulator, venue, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const reason = 'tooManyOrders'
      await simulator.control.inject({
        venue,
        operation: 'createStop',
        kind: 'rejectWith',
        reason,
        times: 1,
      })
      const error = await errorOf(
        exchange.createManagedOrders({ ...request, quantity: '0.02', onUnprotected: 'REPORT' }),
      )
      expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'UNPROTECTED' })
      expect((await truth()).positions).toHaveLength(1)
    },
  ),
  card(
    'C-75',
    'a market that has run through the stop closes the position',
    async ({ exchange, truth, played }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const reached = { ...request, quantity: '0.02', stopPrice: '60500' }
      const managing = exchange.createManagedOrders(reached)
      if (played.firesAtOnce) expect((await managing).status).toBe('COMPLETED')
      else expect(await errorOf(managing)).toMatchObject({ status: 'CLOSED' })
      expect((await truth()).positions).toEqual([])
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    },
  ),
  card('C-76', 'protection that exists is replaced, the new stop standing first', async (stage) => {
    const { exchange, truth } = stage
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
    await exchange.createManagedOrders({ ...request, quantity: '0.02' })
    const before = (await truth()).requests.length
    await exchange.createManagedOrders({
      ...request,
      quantity: '0.02',
      stopPrice: '58500',
    })
    const after = (await truth()).requests.slice(before).map(({ operation }) => operation)
    // Placed, or moved where there is room for one alone; nothing goes before.
    const changes = new Set<unknown>(['createStop', 'amendOrder', 'cancelOrder'])
    const [first] = after.filter((operation) => changes.has(operation))
    expect(first).not.toBe('cancelOrder')
    expect(after).toContain('cancelOrder')
    const [stop, ...more] = await liveStops(stage)
    expect(more).toEqual([])
    expect(stop?.stopPrice).toBe('58500')
    expect(await exchange.getOpenOrders('BTCUSDT')).toHaveLength(3)
  }),
  card('C-77', 'a refused new stop leaves the previous one standing', async (stage) => {
    const { exchange, simulator, venue, truth } = stage
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
    await exchange.createManagedOrders({ ...request, quantity: '0.02' })
    // Not one that tells to try again: where a stop is set, that is done at once.
    const reason = 'insufficientMargin'
    await simulator.control.inject({
      venue,
      operation: 'createStop',
      kind: 'rejectWith',
      reason,
      times: 1,
    })
    const error = await errorOf(
      exchange.createManagedOrders({ ...request, quantity: '0.02', stopPrice: '58500' }),
    )
    expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'PROTECTED' })
    expect(await liveStops(stage)).toHaveLength(1)
    expect((await truth()).positions).toHaveLength(1)
  }),
  card(
    'C-78',
    'after a target the stop covers what is left; a reversal ends flat',
    async (stage) => {
      const { exchange, price, truth } = stage
      const { halves } = stage.played
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
      const managed = await exchange.createManagedOrders(request)
      await price('61010')
      const half = await managed.refresh()
      expect(half.takeProfitOrders[0]).toMatchObject({ status: 'FILLED', executedQty: halves[0] })
      expect(half.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: halves[1] })
      const standing = await liveStops(stage)
      expect(standing).toHaveLength(1)
      // By its own quantity, or by closing whatever there is.
      const [stop] = standing
      if (!stop?.closePosition) expect(stop?.quantity).toBe(halves[1])
      await price('57990')
      const end = await managed.refresh()
      expect(end.status).toBe('COMPLETED')
      expect(end.stopLossOrder).toMatchObject({ status: 'FILLED', executedQty: halves[1] })
      expect(end.takeProfitOrders[1]?.status).toBe('CANCELLED')
      expect((await truth()).positions).toEqual([])
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    },
  ),
  card('C-79', 'all targets filled: the stop goes', async ({ exchange, price }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders(request)
    await price('62500')
    const end = await managed.refresh()
    expect(end.status).toBe('COMPLETED')
    expect(end.takeProfitOrders.map(({ status }) => status)).toEqual(['FILLED', 'FILLED'])
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
  }),
  card('C-80', 'break-even after the first target', async ({ exchange, price, played }) => {
    const entry = await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders({
      ...request,
      breakEvenAfterFirstTakeProfit: true,
    })
    await price('61010')
    const { stopLossOrder } = await managed.refresh()
    expect(stopLossOrder).toMatchObject({ quantity: played.halves[1], status: 'PENDING' })
    expect(stopLossOrder?.stopPrice).toBe(entry.averagePrice)
  }),
  card('C-81', 'a stop removed by hand is placed anew', async (stage) => {
    const { exchange } = stage
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders(request)
    await exchange.cancelOrder('BTCUSDT', managed.stopLossOrder?.orderId ?? '')
    expect(await liveStops(stage)).toEqual([])
    const state = await managed.refresh()
    expect(state.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.021' })
    expect(await liveStops(stage)).toHaveLength(1)
  }),
  card('C-82', 'a position closed by hand leaves no legs', async ({ exchange }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders(request)
    await exchange.closePosition('BTCUSDT')
    expect((await managed.refresh()).status).toBe('COMPLETED')
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
  }),
  card('C-83', 'cancel removes all legs and leaves the position', async ({ exchange, truth }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const managed = await exchange.createManagedOrders(request)
    expect(await managed.cancel()).toBe(true)
    expect(managed.status).toBe('CANCELLED')
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    expect((await truth()).positions).toHaveLength(1)
  }),
  card(
    'C-84',
    'watch yields each change until all is done',
    async ({ exchange, price, played }) => {
      const [, left] = played.halves
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.021')
      const managed = await exchange.createManagedOrders(request)
      const seen: string[] = []
      for await (const state of managed.watch()) {
        const filled = state.takeProfitOrders.filter(({ status }) => status === 'FILLED').length
        seen.push(`${state.status} ${filled} ${state.stopLossOrder?.quantity}`)
        if (seen.length === 1) await price('61010')
        if (seen.length === 2) await price('57990')
      }
      expect(seen).toEqual(['ACTIVE 0 0.021', `ACTIVE 1 ${left}`, `COMPLETED 1 ${left}`])
    },
  ),
  card(
    'C-85',
    'a refused take-profit rejects and leaves the stop standing',
    async (stage) => {
      const { exchange } = stage
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const error = await errorOf(
        exchange.createManagedOrders({
          ...bare,
          quantity: '0.02',
          takeProfits: [
            { price: '59000', share: '0.5' },
            { price: '61000', share: '0.5' },
          ],
        }),
      )
      expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'PROTECTED' })
      expect(await liveStops(stage)).toHaveLength(1)
    },
    refusesReached,
  ),
  card(
    'C-86',
    'requests that cannot be meant are refused before anything is sent',
    async ({ exchange, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const before = (await truth()).requests.length
      const wrong: [Record<string, unknown>, RegExp][] = [
        [{}, /either takeProfitPrice or takeProfits/],
        [{ takeProfitPrice: '61000', takeProfits: [] }, /not both/],
        [{ takeProfitPrice: '57000' }, /57000 does not lie above 58000/],
        [{ takeProfitPrice: '61000', side: 'BUY' }, /61000 does not lie below 58000/],
        [{ takeProfits: [{ price: '61000', share: '0.7' }] }, /0\.7 = 0\.7/],
        [{ takeProfits: [{ price: '61000', share: 2 }] }, /share must be above 0/],
        [{ takeProfitPrice: '61000', stopPrice: '58000.07' }, /58000\.07.*tick size/],
        [{ takeProfitPrice: '61000', quantity: '0.00001' }, /0\.00001.*minimum/],
        [{ takeProfitPrice: '61000', onUnprotected: 'HOPE' }, /"HOPE"/],
      ]
      for (const [given, text] of wrong) {
        const untyped = Object.assign({}, bare, given)
        const error = await errorOf(exchange.createManagedOrders(untyped))
        expect(error.message).toMatch(text)
      }
      expect((await truth()).requests.length).toBe(before)
      expect((await truth()).positions).toHaveLength(1)
    },
  ),
  card('C-87', 'protection of what is not there is refused', async ({ exchange, truth }) => {
    const none = await errorOf(exchange.createManagedOrders(request))
    expect(none.message).toMatch(/there is no position/)
    await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.02')
    const other = await errorOf(exchange.createManagedOrders(request))
    expect(other.message).toMatch(/the position is SHORT 0\.02/)
    expect((await truth()).conditionalOrders).toEqual([])
  }),
]
