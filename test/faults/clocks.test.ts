import type { Clock } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { steppingClock } from '../campaigns/orders/clock.ts'
import { EXCHANGES, type Stage, setStage, type Way } from '../support/stage.ts'

// Clocks that are wrong: the exchange's for one request, or ours all the time.

const SYMBOL = 'BTCUSDT'
const WAYS: readonly Way[] = ['in process', 'over loopback']

async function createsOf({ truth }: Stage): Promise<number> {
  const { requests } = await truth()
  return requests.filter(({ operation }) => operation === 'createOrder').length
}

describe.each(WAYS)('a refused timestamp, %s', (way) => {
  it.each(EXCHANGES)(
    'behavior: $name: the order is sent once more and happens once',
    async (played) => {
      const stage = await setStage(played, way)
      const refused = { kind: 'rejectWith', reason: 'timestampOutOfWindow' } as const
      await stage.simulator.control.inject({ ...refused, operation: 'createOrder', times: 1 })
      const order = await stage.exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
      expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
      expect(await createsOf(stage)).toBe(2)
      expect((await stage.truth()).orders).toHaveLength(1)
    },
  )

  it.each(EXCHANGES)('error: $name: refused again, it is not sent a third time', async (played) => {
    const stage = await setStage(played, way)
    const refused = { kind: 'rejectWith', reason: 'timestampOutOfWindow' } as const
    await stage.simulator.control.inject({ ...refused, operation: 'createOrder' })
    await expect(stage.exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')).rejects.toMatchObject({
      code: 'TIMESTAMP_OUT_OF_WINDOW',
    })
    expect(await createsOf(stage)).toBe(2)
    expect((await stage.truth()).orders).toEqual([])
  })
})

const SKEWS = [31_000, -31_000, 400_000, -400_000]

describe.each(SKEWS)('the exchange is %i ms ahead for one request', (ms) => {
  it.each(EXCHANGES)('behavior: $name: the order happens once', async (played) => {
    const stage = await setStage(played, 'in process')
    const skew = { kind: 'clockSkew', ms, times: 1 } as const
    await stage.simulator.control.inject({ ...skew, operation: 'createOrder' })
    const order = await stage.exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
    expect(await createsOf(stage)).toBe(isRefused(played.name, ms) ? 2 : 1)
    expect((await stage.truth()).orders).toHaveLength(1)
  })
})

/** Which skews an exchange notices: HTX takes five minutes, Kraken knows deadlines alone. */
function isRefused(name: string, ms: number): boolean {
  if (name === 'HTX') return Math.abs(ms) > 300_000
  return name !== 'KRAKEN' || ms > 0
}

const CLOCKS = [
  { title: '30 s fast', ahead: 30_000, drift: 0 },
  { title: '30 s slow', ahead: -30_000, drift: 0 },
  { title: 'gaining 1 %', ahead: 0, drift: 0.01 },
  { title: 'losing 1 %', ahead: 0, drift: -0.01 },
  { title: '30 s fast and gaining 1 %', ahead: 30_000, drift: 0.01 },
]

describe.each(CLOCKS)('our clock is $title', ({ ahead, drift }) => {
  it.each(EXCHANGES)('behavior: $name trades as ever', async (played) => {
    const stage = await setStage(played, 'in process', {}, 'manual')
    const clock = wrongClock(steppingClock(stage.simulator), ahead, drift)
    const exchange = stage.another({ clock })
    for (let round = 0; round < 8; round++) {
      const order = await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
      expect(order).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
      const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000')
      const stop = { symbol: SYMBOL, side: 'SELL', quantity: '0.01', stopPrice: '58000' } as const
      const { orderId: stopId } = await exchange.createStopLossOrder(stop)
      await stage.advance([1_000, 40_000, 240_000, 700_000][round % 4] ?? 0)
      expect(await exchange.cancelOrder(SYMBOL, orderId)).toBe(true)
      expect(await exchange.cancelOrder(SYMBOL, stopId)).toBe(true)
      expect(await exchange.testConnectivity()).toBe(true)
    }
    const { orders, conditionalOrders, positions } = await stage.truth()
    expect(orders).toHaveLength(16)
    expect(conditionalOrders).toHaveLength(8)
    expect(positions[0]?.size).toBe('0.08')
  })
})

/** A clock that is ahead of `right`, and goes faster by `drift`. */
function wrongClock(right: Clock, ahead: number, drift: number): Clock {
  const start = right.now()
  return {
    now: () => start + ahead + (right.now() - start) * (1 + drift),
    after: (ms, task) => right.after(ms / (1 + drift), task),
  }
}
