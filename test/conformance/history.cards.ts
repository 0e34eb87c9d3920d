import { expect } from 'vitest'
import { card } from './card.ts'

const SYMBOL = 'BTCUSDT'

export const historyCards = [
  card('C-160', 'order history: ended ones, plain and conditional', async (stage) => {
    const { exchange, price } = stage
    const filled = await exchange.createMarketOrder(SYMBOL, 'BUY', '0.02')
    const cancelled = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '59000')
    await exchange.cancelOrder(SYMBOL, cancelled.orderId)
    const request = { symbol: SYMBOL, side: 'SELL', quantity: '0.01' } as const
    const stop = await exchange.createStopLossOrder({ ...request, stopPrice: '58000' })
    const dropped = await exchange.createTakeProfitOrder({ ...request, stopPrice: '65000' })
    await exchange.cancelOrder(SYMBOL, dropped.orderId)
    const open = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.01', '50000')
    await exchange.createMarketOrder('ETHUSDT', 'BUY', '0.1')
    await price('57900')
    const history = await exchange.getOrderHistory(SYMBOL)
    const rows = new Map(history.map((order) => [order.orderId, order]))
    expect(rows.get(filled.orderId)).toMatchObject({ status: 'FILLED', executedQty: '0.02' })
    expect(rows.get(cancelled.orderId)).toMatchObject({ status: 'CANCELLED', price: '59000' })
    expect(rows.get(stop.orderId)).toMatchObject({ status: 'FILLED', stopPrice: '58000' })
    expect(rows.get(dropped.orderId)).toMatchObject({ status: 'CANCELLED', executedQty: '0' })
    expect(rows.has(open.orderId)).toBe(false)
    // The order a stop became is the stop, not one more.
    expect(history).toHaveLength(4)
    const times = history.map(({ createdAt }) => createdAt ?? 0)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const newest = await exchange.getOrderHistory(SYMBOL, { limit: 2 })
    expect(newest).toEqual(history.slice(-2))
  }),
  card('C-161', 'fills: price, fee, side; the newest, ascending', async (stage) => {
    const { exchange, truth, played } = stage
    for (const side of ['BUY', 'SELL', 'BUY'] as const) {
      await exchange.createMarketOrder(SYMBOL, side, '0.01')
    }
    await exchange.createMarketOrder('ETHUSDT', 'BUY', '0.1')
    const fills = await exchange.getFills(SYMBOL)
    expect(fills.map(({ side }) => side)).toEqual(['BUY', 'SELL', 'BUY'])
    const { fills: booked } = await truth()
    const own = booked.filter(({ symbol }) => symbol === played.symbol)
    expect(fills).toHaveLength(own.length)
    for (const [index, fill] of fills.entries()) {
      expect(fill).toMatchObject({ symbol: played.symbol, quantity: '0.01' })
      expect(Number(fill.price)).toBe(Number(own[index]?.price))
      if (fill.fee !== undefined) {
        expect(Number(fill.fee)).toBeCloseTo(Number(own[index]?.fee), 4)
        expect(Number(fill.fee)).toBeGreaterThan(0)
      }
    }
    expect(await exchange.getFills(SYMBOL, { limit: 2 })).toEqual(fills.slice(-2))
    expect(await exchange.getFills(SYMBOL, { startTime: 1, endTime: 2 })).toEqual([])
  }),
  card('C-162', 'history and fills over many pages lose nothing', async (stage) => {
    const { exchange, truth } = stage
    const count = 105
    for (let index = 0; index < count; index++) {
      const side = index % 2 === 0 ? 'BUY' : 'SELL'
      await exchange.createMarketOrder(SYMBOL, side, '0.01', { awaitFill: false })
    }
    const fills = await exchange.getFills(SYMBOL, { limit: 500 })
    expect(fills).toHaveLength((await truth()).fills.length)
    expect(new Set(fills.map(({ orderId }) => orderId)).size).toBe(count)
    const orders = await exchange.getOrderHistory(SYMBOL, { limit: 500 })
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(count)
    expect(orders).toHaveLength(count)
    expect(await exchange.getOrderHistory(SYMBOL, { limit: 103 })).toHaveLength(103)
  }),
]
