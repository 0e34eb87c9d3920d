import { expect } from 'vitest'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

const long = { symbol: 'BTCUSDT', side: 'SELL', quantity: '0.02' } as const
const short = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.02' } as const

export const conditionalCards = [
  card(
    'C-50',
    'a stop waits, is listed, triggers and keeps its id',
    async ({ exchange, price, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const stop = await exchange.createStopLossOrder({ ...long, stopPrice: '58000' })
      expect(stop).toMatchObject({
        type: 'STOP_MARKET',
        side: 'SELL',
        status: 'PENDING',
        quantity: '0.02',
        stopPrice: '58000',
        price: '0',
        reduceOnly: true,
      })
      const open = await exchange.getOpenOrders('BTCUSDT')
      expect(open.map(({ orderId, type }) => [orderId, type])).toEqual([
        [stop.orderId, 'STOP_MARKET'],
      ])
      await price('57900')
      const filled = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: stop.orderId })
      expect(filled).toMatchObject({
        orderId: stop.orderId,
        type: 'STOP_MARKET',
        status: 'FILLED',
        executedQty: '0.02',
      })
      expect(Math.abs(Number(filled.averagePrice) - 58_000)).toBeLessThan(20)
      expect((await truth()).positions).toEqual([])
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
      expect(await exchange.cancelOrder('BTCUSDT', stop.orderId)).toBe(false)
    },
  ),
  card('C-51', 'a take-profit fills on the other side', async ({ exchange, price }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
    const target = await exchange.createTakeProfitOrder({ ...long, stopPrice: '61000' })
    expect(target).toMatchObject({ type: 'TAKE_PROFIT_MARKET', status: 'PENDING' })
    await price('61100')
    const filled = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: target.orderId })
    expect(filled).toMatchObject({ type: 'TAKE_PROFIT_MARKET', status: 'FILLED' })
    expect(await exchange.getPositionInfo('BTCUSDT')).toEqual([])
  }),
  card('C-52', 'a short is protected the other way round', async ({ exchange, price }) => {
    await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.02')
    const stop = await exchange.createStopLossOrder({ ...short, stopPrice: '62000' })
    const target = await exchange.createTakeProfitOrder({ ...short, stopPrice: '58000' })
    expect([stop.type, target.type]).toEqual(['STOP_MARKET', 'TAKE_PROFIT_MARKET'])
    await price('62100')
    const filled = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: stop.orderId })
    expect(filled.status).toBe('FILLED')
    expect(await exchange.getPositionInfo('BTCUSDT')).toEqual([])
  }),
  card(
    'C-53',
    'a trigger that is already reached rejects, or fires at once',
    async ({ exchange, truth, played }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const reached = { ...long, stopPrice: '60500' }
      if (played.firesAtOnce) {
        await exchange.createStopLossOrder(reached)
        expect((await truth()).positions).toEqual([])
        return
      }
      for (const triggerSource of exchange.capabilities.triggerSources) {
        const error = await errorOf(exchange.createStopLossOrder({ ...reached, triggerSource }))
        expect(error.code).toBe('WOULD_TRIGGER_IMMEDIATELY')
      }
      const mirror = await errorOf(exchange.createTakeProfitOrder({ ...long, stopPrice: '59500' }))
      expect(mirror.code).toBe('WOULD_TRIGGER_IMMEDIATELY')
      expect((await truth()).positions).toHaveLength(1)
    },
  ),
  card(
    'C-54',
    'a conditional order is cancelled once and found by its client id',
    async ({ exchange }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const clientOrderId = '9876543210123'
      const stop = await exchange.createStopLossOrder({
        ...long,
        stopPrice: '58000',
        clientOrderId,
      })
      const found = await exchange.getOrder({ symbol: 'BTCUSDT', clientOrderId })
      expect(found.orderId).toBe(stop.orderId)
      expect(await exchange.cancelOrder('BTCUSDT', stop.orderId)).toBe(true)
      expect(await exchange.cancelOrder('BTCUSDT', stop.orderId)).toBe(false)
      const ended = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: stop.orderId })
      expect(ended).toMatchObject({ status: 'CANCELLED', executedQty: '0' })
    },
  ),
  card(
    'C-55',
    'a reduce-only stop left over from a closed position opens nothing',
    async ({ exchange, price, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
      const stop = await exchange.createStopLossOrder({ ...long, stopPrice: '58000' })
      await exchange.closePosition('BTCUSDT')
      await price('57000')
      expect((await truth()).positions).toEqual([])
      const ended = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: stop.orderId })
      expect(['REJECTED', 'CANCELLED', 'EXPIRED']).toContain(ended.status)
      expect(ended.executedQty).toBe('0')
    },
  ),
  card('C-56', 'every trigger source is honoured', async ({ exchange }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.02')
    for (const triggerSource of exchange.capabilities.triggerSources) {
      const stop = await exchange.createStopLossOrder({
        ...long,
        stopPrice: '58000',
        triggerSource,
      })
      expect(stop.status).toBe('PENDING')
      const open = await exchange.getOpenOrders('BTCUSDT')
      expect(open.map(({ orderId }) => orderId)).toEqual([stop.orderId])
      expect(await exchange.cancelAllOrders('BTCUSDT')).toBe(true)
    }
  }),
]
