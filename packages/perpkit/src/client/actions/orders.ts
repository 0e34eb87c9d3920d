import { sleep } from '../../core/clock.ts'
import { OrderNotFoundError, OutcomeUnknownError, PerpkitError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { OrderReference } from '../requests.ts'
import { refuse, requireKey } from './arguments.ts'

/** `known`: the order as the caller knew it before. */
export async function getOrder(client: Client, reference: OrderReference): Promise<FuturesOrder> {
  const action = 'getOrder'
  requireKey(client, action)
  const { symbol, orderId, clientOrderId } = reference
  if (!orderId && !clientOrderId) {
    throw refuse(client, action, 'INVALID_ARGUMENT', 'orderId or clientOrderId is needed')
  }
  const instrument = await client.catalogue.find(symbol)
  return client.operations.getOrder(client.call({ action }), {
    instrument,
    ...(orderId ? { orderId } : {}),
    ...(clientOrderId ? { clientOrderId } : {}),
  })
}

export async function getOpenOrders(client: Client, symbol?: string): Promise<FuturesOrder[]> {
  const action = 'getOpenOrders'
  requireKey(client, action)
  const call = client.call({ action })
  const { getOpenOrders: read } = client.operations
  if (symbol !== undefined) return read(call, { instrument: await client.catalogue.find(symbol) })
  await client.catalogue.load()
  return read(call, {})
}

export async function cancelOrder(
  client: Client,
  symbol: string,
  orderId: string,
): Promise<boolean> {
  const action = 'cancelOrder'
  requireKey(client, action)
  if (typeof orderId !== 'string' || orderId === '') {
    throw refuse(
      client,
      action,
      'INVALID_ARGUMENT',
      `orderId must be a text that is not empty, received ${JSON.stringify(orderId)}`,
    )
  }
  const instrument = await client.catalogue.find(symbol)
  const { operations } = client
  let wasRepeated = false
  const call = client.call({
    action,
    budgetClass: 'protect',
    onRepeat: () => {
      wasRepeated = true
    },
  })
  try {
    await operations.cancelOrder(call, { instrument, orderId })
    return true
  } catch (error) {
    const isLost = error instanceof OutcomeUnknownError
    if (!isLost && !(error instanceof OrderNotFoundError)) throw error
    // Ended, never seen, or perhaps cancelled by us? Only a look tells.
    const order = await operations.getOrder(call, { instrument, orderId })
    if (isOpen(order.status)) throw error
    // When an answer was lost, the cancelled order is our own doing.
    return (isLost || wasRepeated) && order.status === 'CANCELLED'
  }
}

/** How often cancel-all is sent until nothing is left: an order may be on its way meanwhile. */
const CANCEL_ALL_ROUNDS = 4

export async function cancelAllOrders(client: Client, symbol: string): Promise<boolean> {
  const action = 'cancelAllOrders'
  requireKey(client, action)
  const instrument = await client.catalogue.find(symbol)
  const { operations } = client
  const call = client.call({ action, budgetClass: 'protect' })
  for (let round = 1; ; round++) {
    await operations.cancelAllOrders(call, { instrument })
    const left = await operations.getOpenOrders(call, { instrument })
    if (left.length === 0) return true
    if (round === CANCEL_ALL_ROUNDS) return false
    await sleep(client.clock, 50 * 2 ** round)
  }
}

/** Whether an order that may be gone is gone: `false` when it was cancelled just now. */
export async function cancelIfOpen(
  client: Client,
  symbol: string,
  orderId: string,
): Promise<boolean> {
  try {
    return await cancelOrder(client, symbol, orderId)
  } catch (error) {
    if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return false
    throw error
  }
}
