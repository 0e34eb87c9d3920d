import { expect } from 'vitest'
import type { ForeignStage } from './foreignStage.ts'

/** Of an order: its id, status, quantity and price, 0 at the market. */
type OrderRow = readonly [id: string, status: string, quantity: string, price: string]

/**
 * The venue has these orders and no others, a fill of each that is filled, and was told of all of
 * them over its socket at this path.
 */
export async function expectOrders(
  { truth }: ForeignStage,
  path: string,
  rows: readonly OrderRow[],
): Promise<void> {
  const { orders, fills, requests } = await truth()
  expect(
    orders.map(({ orderId, status, quantity, price }) => [orderId, status, quantity, price]),
  ).toEqual(rows)
  const filled = rows.filter(([, status]) => status === 'FILLED')
  expect(fills.map(({ orderId, quantity }) => [orderId, quantity])).toEqual(
    filled.map(([orderId, , quantity]) => [orderId, quantity]),
  )
  const writing = requests.filter(({ method }) => method !== 'GET')
  const paths = new Set(writing.map(({ socket = 'REST' }) => socket.split(' ')[0]))
  expect([...paths]).toEqual([path])
}
