import type { FuturesExchange, Journal } from 'perpkit'
import { ProtectionError } from 'perpkit'
import { expect } from 'vitest'
import { createMemoryJournal } from '../../packages/perpkit/src/client/safety/journal.ts'
import type { Stage } from '../support/stage.ts'
import { capabilitiesOf, noHedge } from './capabilitiesOf.ts'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

const market = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.021',
  stopPrice: '58000',
  takeProfitPrice: '61000',
  entry: { type: 'MARKET' },
  // Pauses take no time here, and a supervisor pauses for ever: each card looks when it wants to.
  supervise: false,
} as const

const limit = { ...market, entry: { type: 'LIMIT', price: '59500' } } as const
const { entry: _, ...managing } = market

function journalOf(epoch: number): Journal {
  return createMemoryJournal({ installation: 9, epoch, since: 1_800_000_000 })
}

/** An exchange object that finds what another one has left in its journal. */
async function successor({ another }: Stage, left: Journal): Promise<FuturesExchange> {
  const journal = journalOf(2)
  for (const entry of await left.managed()) await journal.saveManaged(structuredClone(entry))
  return another({ journal })
}

async function waitingStops({ truth }: Stage): Promise<string[]> {
  const { conditionalOrders } = await truth()
  return conditionalOrders
    .filter(({ type, status }) => type === 'STOP_MARKET' && status === 'PENDING')
    .map(({ quantity, closePosition }) => (closePosition ? 'all' : quantity))
}

/** A stop for so much, by its own quantity or by closing whatever there is. */
const covering = (quantity: string) => expect.stringMatching(new RegExp(`^(all|${quantity})$`))

export const protectedCards = [
  card('C-180', 'a market entry is protected when it resolves', async (stage) => {
    const { exchange, price, truth } = stage
    const managed = await exchange.openProtectedPosition(market)
    expect(managed).toMatchObject({ symbol: stage.played.symbol, status: 'ACTIVE' })
    expect(managed.entryOrder).toMatchObject({ status: 'FILLED', executedQty: '0.021' })
    expect(managed.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.021' })
    expect(managed.takeProfitOrders.map(({ quantity }) => quantity)).toEqual(stage.played.halves)
    expect(await waitingStops(stage)).toEqual([covering('0.021')])
    await price('57900')
    expect((await managed.refresh()).status).toBe('COMPLETED')
    expect((await truth()).positions).toEqual([])
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
  }),
  card('C-181', 'a short is opened and protected as the mirror image', async ({ exchange }) => {
    const managed = await exchange.openProtectedPosition({
      ...market,
      side: 'BUY',
      stopPrice: '62000',
      takeProfitPrice: '59000',
    })
    expect(managed.entryOrder).toMatchObject({ side: 'SELL', status: 'FILLED' })
    expect(managed.stopLossOrder).toMatchObject({ side: 'BUY', stopPrice: '62000' })
    const [position] = await exchange.getPositionInfo('BTCUSDT')
    expect(position).toMatchObject({ side: 'SHORT', size: '0.021' })
  }),
  card('C-182', 'a limit entry rests; its fill brings stop and targets', async (stage) => {
    const { exchange, price, truth } = stage
    const managed = await exchange.openProtectedPosition(limit)
    expect(managed.entryOrder).toMatchObject({ type: 'LIMIT', status: 'NEW', price: '59500' })
    expect(managed.takeProfitOrders).toEqual([])
    await price('59400')
    const now = await managed.refresh()
    expect(now.entryOrder).toMatchObject({ status: 'FILLED' })
    expect(now.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.021' })
    expect(now.takeProfitOrders).toHaveLength(2)
    await price('62500')
    expect((await managed.refresh()).status).toBe('COMPLETED')
    expect((await truth()).positions).toEqual([])
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
  }),
  card('C-183', 'cancel takes a resting entry back', async ({ exchange, price, truth }) => {
    const managed = await exchange.openProtectedPosition(limit)
    expect(await managed.cancel()).toBe(true)
    expect(managed.status).toBe('CANCELLED')
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    await price('59000')
    expect((await truth()).positions).toEqual([])
  }),
  card(
    'C-184',
    'an entry that cannot be meant is refused before anything is sent',
    async (stage) => {
      const { exchange, truth } = stage
      const wrong: [Record<string, unknown>, RegExp][] = [
        [{ stopPrice: '60500', takeProfitPrice: '61000' }, /60500 does not lie below/],
        [{ takeProfitPrice: '59000' }, /59000 does not lie above/],
        [{ entry: { type: 'LIMIT', price: '57000' } }, /58000 does not lie below 57000/],
        [{ entry: { type: 'LIMIT', price: '59000.03' } }, /59000\.03.*tick size/],
        [{ entry: { type: 'STOP' } }, /'MARKET' or 'LIMIT', received "STOP"/],
        [{ entry: undefined }, /'MARKET' or 'LIMIT'/],
      ]
      for (const [given, text] of wrong) {
        const error = await errorOf(
          exchange.openProtectedPosition(Object.assign({}, market, given)),
        )
        expect(error.message).toMatch(text)
      }
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const same = await errorOf(exchange.openProtectedPosition(market))
      expect(same.message).toMatch(/there is a LONG position of 0\.02/)
      const other = {
        ...market,
        side: 'BUY',
        stopPrice: '62000',
        takeProfitPrice: '59000',
      } as const
      const opposite = await errorOf(exchange.openProtectedPosition(other))
      expect(opposite.message).toMatch(/there is a LONG position of 0\.02/)
      const { orders, conditionalOrders } = await truth()
      expect(orders).toHaveLength(1)
      expect(conditionalOrders).toEqual([])
    },
  ),
  card(
    'C-185',
    'a refused entry rejects and leaves nothing',
    async ({ exchange, simulator, venue, truth }) => {
      const fault = { venue, operation: 'createOrder', kind: 'rejectWith', times: 1 } as const
      await simulator.control.inject({ ...fault, reason: 'insufficientMargin' })
      const error = await errorOf(exchange.openProtectedPosition(market))
      expect(error).toMatchObject({ code: 'INSUFFICIENT_MARGIN' })
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
      expect((await truth()).positions).toEqual([])
      expect(await exchange.resumeManagedOrders({ supervise: false })).toEqual([])
    },
  ),
  card(
    'C-186',
    'an entry whose stop is refused is closed',
    async ({ exchange, simulator, venue, truth }) => {
      const reason = 'tooManyOrders'
      const fault = { venue, operation: 'createStop', kind: 'rejectWith', reason } as const
      await simulator.control.inject(fault)
      const error = await errorOf(exchange.openProtectedPosition(market))
      expect(error).toBeInstanceOf(ProtectionError)
      expect(error).toMatchObject({ status: 'CLOSED' })
      expect((await truth()).positions).toEqual([])
      await simulator.control.clearFaults({})
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    },
    (played) => (capabilitiesOf(played).attachedStop ? 'the stop comes with the entry' : undefined),
  ),
  card('C-187', 'an entry whose answer is lost is found and protected', async (stage) => {
    const { exchange, simulator, venue, truth } = stage
    await simulator.control.inject({ venue, operation: 'createOrder', kind: 'dropAfter', times: 1 })
    const managed = await exchange.openProtectedPosition(market)
    expect(managed.status).toBe('ACTIVE')
    expect((await truth()).positions).toMatchObject([{ size: '0.021' }])
    expect(await waitingStops(stage)).toEqual([covering('0.021')])
  }),
  card(
    'C-188',
    'hedge: one side is opened and protected beside the other',
    async ({ exchange, price }) => {
      await exchange.setPositionMode('HEDGE')
      await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.01', { positionSide: 'SHORT' })
      const managed = await exchange.openProtectedPosition(market)
      expect(managed.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.021' })
      await price('57900')
      expect((await managed.refresh()).status).toBe('COMPLETED')
      const left = await exchange.getPositionInfo('BTCUSDT')
      expect(left.map(({ side, size }) => [side, size])).toEqual([['SHORT', '0.01']])
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    },
    noHedge,
  ),
  card('C-189', 'resume: what has happened meanwhile is put right', async (stage) => {
    const journal = journalOf(1)
    const first = stage.another({ journal })
    await first.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    const { id } = await first.createManagedOrders(managing)
    await first.close()
    await stage.price('61010')
    const next = await successor(stage, journal)
    const [managed, ...more] = await next.resumeManagedOrders({ supervise: false })
    expect(more).toEqual([])
    const [, left = ''] = stage.played.halves
    expect(managed).toMatchObject({ id, status: 'ACTIVE' })
    expect(managed?.takeProfitOrders[0]).toMatchObject({ status: 'FILLED' })
    expect(await waitingStops(stage)).toEqual([covering(left)])
    expect(await next.resumeManagedOrders({ supervise: false })).toEqual([managed])
    await stage.price('57900')
    expect((await managed?.refresh())?.status).toBe('COMPLETED')
    expect((await stage.truth()).positions).toEqual([])
    expect(await next.getOpenOrders('BTCUSDT')).toEqual([])
    await next.close()
  }),
  card('C-190', 'resume: legs of a closed position go, orders of others stay', async (stage) => {
    const journal = journalOf(1)
    const first = stage.another({ journal })
    await first.createMarketOrder('BTCUSDT', 'BUY', '0.021')
    await first.createManagedOrders(managing)
    await first.close()
    const { exchange } = stage
    await exchange.closePosition('BTCUSDT')
    const foreign = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '55000')
    const next = await successor(stage, journal)
    const [managed] = await next.resumeManagedOrders({ supervise: false })
    expect(managed?.status).toBe('COMPLETED')
    const open = await exchange.getOpenOrders('BTCUSDT')
    expect(open.map(({ orderId }) => orderId)).toEqual([foreign.orderId])
    expect(await next.resumeManagedOrders({ supervise: false })).toEqual([])
    await next.close()
  }),
  card('C-191', 'resume: a stop that is gone is placed anew', async (stage) => {
    const journal = journalOf(1)
    const first = stage.another({ journal })
    const managed = await first.openProtectedPosition(market)
    await first.close()
    const { exchange } = stage
    await exchange.cancelOrder('BTCUSDT', managed.stopLossOrder?.orderId ?? '')
    expect(await waitingStops(stage)).toEqual([])
    const next = await successor(stage, journal)
    await next.resumeManagedOrders({ supervise: false })
    expect(await waitingStops(stage)).toEqual([covering('0.021')])
    expect(await exchange.getOpenOrders('BTCUSDT')).toHaveLength(3)
    await next.close()
  }),
]
