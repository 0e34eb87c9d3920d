import { OutcomeUnknownError, TransportError } from 'perpkit'
import type { Fault } from 'perpkit/simulator'
import { describe, expect, it } from 'vitest'
import { errorOf } from '../conformance/errorOf.ts'
import { EXCHANGES, type Stage, setStage, type Way } from '../support/stage.ts'

// Whatever happens to an answer, an order happens once, or its fate is told.

const WAYS: readonly Way[] = ['in process', 'over loopback']

const PROTECTION = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.02',
  stopPrice: '58000',
  takeProfitPrice: '61000',
  supervise: false,
} as const

async function creates({ truth }: Stage): Promise<number> {
  const { requests } = await truth()
  return requests.filter(
    ({ operation }) => operation === 'createOrder' || operation === 'createStop',
  ).length
}

for (const played of EXCHANGES) {
  for (const way of WAYS) {
    describe(`${played.name} ${way}`, () => {
      const set = async (...faults: Fault[]): Promise<Stage> => {
        const stage = await setStage(played, way)
        await stage.exchange.getInstruments()
        for (const fault of faults) await stage.simulator.control.inject(fault)
        return stage
      }

      it('behavior: an executed market order whose answer is lost is found, not sent again', async () => {
        const stage = await set({ operation: 'createOrder', kind: 'dropAfter', times: 1 })
        const order = await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
        expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
        expect(await creates(stage)).toBe(1)
        const { orders, positions } = await stage.truth()
        expect(orders).toHaveLength(1)
        expect(positions[0]?.size).toBe('0.01')
      })

      it('behavior: ten lost answers in a row, ten orders', async () => {
        const stage = await set({ operation: 'createOrder', kind: 'dropAfter', times: 10 })
        for (let i = 0; i < 10; i++) {
          await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
        }
        const { orders, positions } = await stage.truth()
        expect(orders).toHaveLength(10)
        expect(positions[0]?.size).toBe('0.1')
      })

      it('behavior: a stop whose answer is lost is found', async () => {
        const stage = await set()
        await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
        await stage.simulator.control.inject({
          operation: 'createStop',
          kind: 'dropAfter',
          times: 1,
        })
        const stop = await stage.exchange.createStopLossOrder({
          symbol: 'BTCUSDT',
          side: 'SELL',
          quantity: '0.01',
          stopPrice: '58000',
        })
        expect(stop.status).toBe('PENDING')
        expect((await stage.truth()).conditionalOrders).toHaveLength(1)
      })

      it('error: a request cut before execution is not repeated; its fate is told as unknown', async () => {
        const stage = await set({ operation: 'createOrder', kind: 'dropBefore', times: 1 })
        const error = await errorOf(
          stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01', { clientOrderId: '4711' }),
        )
        expect(error).toBeInstanceOf(OutcomeUnknownError)
        expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', clientOrderId: '4711' })
        expect(error instanceof OutcomeUnknownError && error.tried.length).toBeGreaterThan(2)
        expect(await creates(stage)).toBe(1)
        expect((await stage.truth()).orders).toEqual([])
      })

      it('behavior: an ambiguous answer to an order that was executed is resolved by asking', async () => {
        const ambiguous = { kind: 'rejectWith', reason: 'unknownState', stage: 'answer' } as const
        const stage = await set({ ...ambiguous, operation: 'createOrder', times: 1 })
        const order = await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
        expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
        expect(await creates(stage)).toBe(1)
      })

      it('error: an ambiguous answer to an order that was not executed stays unknown', async () => {
        const ambiguous = { kind: 'rejectWith', reason: 'unknownState' } as const
        const stage = await set({ ...ambiguous, operation: 'createOrder', times: 1 })
        const error = await errorOf(stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01'))
        expect(error).toBeInstanceOf(OutcomeUnknownError)
        expect(await creates(stage)).toBe(1)
        expect((await stage.truth()).positions).toEqual([])
      })

      it('behavior: a lost cancel is repeated, and the cancel counts as ours', async () => {
        const stage = await set()
        const order = await stage.exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000')
        await stage.simulator.control.inject({
          operation: 'cancelOrder',
          kind: 'dropAfter',
          times: 1,
        })
        expect(await stage.exchange.cancelOrder('BTCUSDT', order.orderId)).toBe(true)
      })

      it('behavior: lost answers to reads and settings are repeated', async () => {
        const stage = await set()
        for (const operation of [
          'getPositions',
          'getAccount',
          'marketData',
          'setLeverage',
        ] as const) {
          await stage.simulator.control.inject({ operation, kind: 'dropAfter', times: 1 })
        }
        expect((await stage.exchange.getTicker('BTCUSDT')).symbol).toBe(played.symbol)
        expect(await stage.exchange.setLeverage('BTCUSDT', 9)).toBe(true)
        expect((await stage.exchange.getAccountInfo()).totalWalletBalance).toBe('100000')
        expect(await stage.exchange.getPositions()).toEqual([])
      })

      it('error: an exchange that cannot be reached: certainly not sent', async ({ skip }) => {
        if (way === 'in process') skip('there is no connection to refuse')
        const stage = await set()
        const exchange = stage.another({ baseUrl: 'http://127.0.0.1:1' })
        const error = await errorOf(exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01'))
        expect(error).toBeInstanceOf(TransportError)
        expect(error.code).toBe('NOT_SENT')
      })

      it('behavior: managed orders under lost answers end protected', async () => {
        const stage = await set()
        await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
        await stage.simulator.control.inject({
          operation: 'createStop',
          kind: 'dropAfter',
          times: 3,
        })
        const managed = await stage.exchange.createManagedOrders(PROTECTION)
        expect(managed.stopLossOrder?.status).toBe('PENDING')
        expect((await stage.truth()).conditionalOrders).toHaveLength(3)
      })

      it('error: a stop that was acknowledged and is never seen is not believed', async ({
        skip,
      }) => {
        const stage = await set()
        const { orderAnswer, stopSizing } = stage.exchange.capabilities
        if (orderAnswer === 'state') skip('the answer itself says that the stop is live')
        if (played.looksUpInLists || stopSizing === 'set') {
          skip('a stop is seen in the list of open ones')
        }
        await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
        const unseen = { kind: 'rejectWith', reason: 'orderNotFound' } as const
        await stage.simulator.control.inject({ ...unseen, operation: 'getOrder' })
        const error = await errorOf(stage.exchange.createManagedOrders(PROTECTION))
        expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'CLOSED' })
        const { positions, conditionalOrders } = await stage.truth()
        expect(positions).toEqual([])
        expect(conditionalOrders.filter(({ status }) => status === 'PENDING')).toEqual([])
      })

      it('error: a stop that is lost on its way stands all the same, once', async () => {
        const stage = await openedStage()
        const managed = await stage.exchange.createManagedOrders(PROTECTION)
        const { positions, conditionalOrders } = await stage.truth()
        expect(positions).toHaveLength(1)
        const stops = conditionalOrders.filter(({ type }) => type === 'STOP_MARKET')
        expect(stops).toMatchObject([{ status: 'PENDING', stopPrice: '58000' }])
        expect(managed.status).toBe('ACTIVE')
      })

      it('error: a stop that never arrives closes the position', async () => {
        const stage = await openedStage(Number.POSITIVE_INFINITY)
        const error = await errorOf(stage.exchange.createManagedOrders(PROTECTION))
        expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'CLOSED' })
        expect((await stage.truth()).positions).toEqual([])
      })

      async function openedStage(times = 1): Promise<Stage> {
        const stage = await set()
        await stage.exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
        await stage.simulator.control.inject({
          operation: 'createStop',
          kind: 'dropBefore',
          ...(Number.isFinite(times) && { times }),
        })
        return stage
      }
    })
  }
}
