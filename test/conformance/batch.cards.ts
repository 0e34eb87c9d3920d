import type { OrderRequest } from 'perpkit'
import { expect } from 'vitest'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

const SYMBOL = 'BTCUSDT'

function limit(price: string, quantity = '0.01'): OrderRequest {
  return { type: 'LIMIT', symbol: SYMBOL, side: 'BUY', quantity, price }
}

const MARKET = { type: 'MARKET', symbol: SYMBOL, side: 'BUY', quantity: '0.01' } as const

export const batchCards = [
  card('C-140', 'a batch: one result for each order, in order', async ({ exchange, truth }) => {
    const results = await exchange.createOrders([limit('59000'), MARKET, limit('58000')])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
    const orders = results.map((result) => (result.outcome === 'done' ? result.order : undefined))
    expect(orders.map((order) => [order?.type, order?.status, order?.price])).toEqual([
      ['LIMIT', 'NEW', '59000'],
      ['MARKET', 'FILLED', '0'],
      ['LIMIT', 'NEW', '58000'],
    ])
    expect(results.map(({ clientOrderId }) => clientOrderId)).toEqual(
      orders.map((order) => order?.clientOrderId),
    )
    expect((await truth()).orders).toHaveLength(3)
  }),
  card('C-141', 'a refused order of a batch leaves the others', async ({ exchange, truth }) => {
    await exchange.setLeverage(SYMBOL, 1)
    const results = await exchange.createOrders([
      limit('59000'),
      limit('59500', '40'),
      limit('58000'),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'rejected', 'done'])
    const [, refused] = results
    expect(refused?.outcome === 'rejected' && refused.error.code).toBe('INSUFFICIENT_MARGIN')
    const { orders } = await truth()
    expect(orders.filter(({ status }) => status === 'NEW')).toHaveLength(2)
  }),
  card('C-142', 'a wrong argument in a batch: nothing is sent', async ({ exchange, truth }) => {
    await exchange.getInstruments()
    const before = (await truth()).requests.length
    const error = await errorOf(exchange.createOrders([limit('59000'), limit('59000', '-1')]))
    expect(error.code).toBe('INVALID_ARGUMENT')
    expect(error.message).toContain('createOrders[1]')
    const twice = { ...MARKET, clientOrderId: '4711' }
    expect((await errorOf(exchange.createOrders([twice, twice]))).message).toContain('4711')
    expect((await truth()).requests.length).toBe(before)
    expect(await exchange.createOrders([])).toEqual([])
  }),
  card('C-143', 'more orders than one native call takes', async ({ exchange, truth }) => {
    const many = Array.from({ length: 23 }, (_, index) => limit(String(59_000 - 10 * index)))
    const results = await exchange.createOrders(many)
    const prices = results.map((result) => result.outcome === 'done' && result.order.price)
    expect(prices).toEqual(many.map((_, index) => String(59_000 - 10 * index)))
    expect((await truth()).orders).toHaveLength(23)
    const native = (await truth()).requests.filter((row) => row.operation === 'createOrder')
    const { maxOrders } = exchange.capabilities.batch ?? { maxOrders: 1 }
    expect(native).toHaveLength(Math.ceil(23 / maxOrders))
  }),
  card('C-144', 'a batch with an entry and its stop', async ({ exchange, truth }) => {
    const results = await exchange.createOrders([
      MARKET,
      { type: 'STOP_MARKET', symbol: SYMBOL, side: 'SELL', quantity: '0.01', stopPrice: '58000' },
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    const { positions, conditionalOrders } = await truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.01' }])
    expect(conditionalOrders).toMatchObject([{ status: 'PENDING', stopPrice: '58000' }])
  }),
  card('C-145', 'a batch whose answer is lost is found', async ({ exchange, simulator, truth }) => {
    await exchange.getInstruments()
    await simulator.control.inject({ operation: 'createOrder', kind: 'dropAfter', times: 1 })
    const results = await exchange.createOrders([limit('59000'), limit('58000')])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    expect((await truth()).orders).toHaveLength(2)
  }),
]
