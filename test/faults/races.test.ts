import { OutcomeUnknownError } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { errorOf } from '../conformance/errorOf.ts'
import { EXCHANGES, type Stage, setStage, type Way } from '../support/stage.ts'

// Two things at once: a cancel and a fill, an order and its own copy.

const SYMBOL = 'BTCUSDT'
const WAYS: readonly Way[] = ['in process', 'over loopback']

async function rest({ exchange }: Stage): Promise<string> {
  const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000')
  return orderId
}

async function creates({ truth }: Stage): Promise<number> {
  const { requests } = await truth()
  return requests.filter(({ operation }) => operation === 'createOrder').length
}

for (const played of EXCHANGES) {
  for (const way of WAYS) {
    describe(`${played.name} ${way}: a cancel`, () => {
      it('behavior: that lost the race against a fill says so', async () => {
        const stage = await setStage(played, way)
        const orderId = await rest(stage)
        await stage.simulator.control.inject({ operation: 'cancelOrder', kind: 'delay', ms: 5 })
        const cancelling = stage.exchange.cancelOrder(SYMBOL, orderId)
        await stage.price('58900')
        expect(await cancelling).toBe(false)
        const order = await stage.exchange.getOrder({ symbol: SYMBOL, orderId })
        expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
      })

      it('behavior: whose first copy was lost, and the order filled meanwhile, says so', async () => {
        const stage = await setStage(played, way)
        const orderId = await rest(stage)
        const lost = { operation: 'cancelOrder', kind: 'dropBefore', times: 1 } as const
        await stage.simulator.control.inject(lost)
        const cancelling = stage.exchange.cancelOrder(SYMBOL, orderId)
        await stage.price('58900')
        expect(await cancelling).toBe(false)
        expect((await stage.truth()).positions[0]?.size).toBe('0.01')
      })

      it('behavior: whose answers are all lost is looked up', async () => {
        const stage = await setStage(played, way)
        const orderId = await rest(stage)
        await stage.simulator.control.inject({ operation: 'cancelOrder', kind: 'dropAfter' })
        expect(await stage.exchange.cancelOrder(SYMBOL, orderId)).toBe(true)
        expect((await stage.truth()).orders[0]?.status).toBe('CANCELLED')
      })

      it('error: that never arrives is not taken for done', async () => {
        const stage = await setStage(played, way)
        const orderId = await rest(stage)
        await stage.simulator.control.inject({ operation: 'cancelOrder', kind: 'dropBefore' })
        const error = await errorOf(stage.exchange.cancelOrder(SYMBOL, orderId))
        expect(error).toBeInstanceOf(OutcomeUnknownError)
        expect((await stage.truth()).orders[0]?.status).toBe('NEW')
      })
    })

    describe(`${played.name} ${way}: a client order id`, () => {
      it('behavior: that is said to be taken by an executed order is looked up', async () => {
        const stage = await setStage(played, way)
        const taken = { kind: 'rejectWith', reason: 'duplicateClientOrderId' } as const
        await stage.simulator.control.inject({
          ...taken,
          operation: 'createOrder',
          stage: 'answer',
          times: 1,
        })
        const order = await stage.exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
        expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
        expect(await creates(stage)).toBe(1)
        expect((await stage.truth()).orders).toHaveLength(1)
      })

      it('behavior: given twice for the same order is one order', async () => {
        const stage = await setStage(played, way)
        const place = () =>
          stage.exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000', { clientOrderId: '4711' })
        const first = await place()
        expect(await place()).toMatchObject({ orderId: first.orderId, status: 'NEW' })
        expect((await stage.truth()).orders).toHaveLength(1)
      })

      it('error: of another order is refused', async () => {
        const stage = await setStage(played, way)
        const options = { clientOrderId: '4711' }
        await stage.exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000', options)
        const second = stage.exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '58000', options)
        expect((await errorOf(second)).code).toBe('DUPLICATE_CLIENT_ORDER_ID')
        expect((await stage.truth()).orders).toHaveLength(1)
      })

      it('error: of another stop is refused, of the same stop finds it', async () => {
        const stage = await setStage(played, way)
        await stage.exchange.createMarketOrder(SYMBOL, 'BUY', '0.02')
        const stop = (stopPrice: string) =>
          stage.exchange.createStopLossOrder({
            symbol: SYMBOL,
            side: 'SELL',
            quantity: '0.01',
            stopPrice,
            clientOrderId: '4712',
          })
        const { orderId } = await stop('58000')
        expect((await errorOf(stop('57000'))).code).toBe('DUPLICATE_CLIENT_ORDER_ID')
        expect(await stop('58000')).toMatchObject({ orderId, status: 'PENDING' })
        expect((await stage.truth()).conditionalOrders).toHaveLength(1)
      })
    })
  }
}
