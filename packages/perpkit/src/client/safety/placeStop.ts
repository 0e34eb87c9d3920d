import type { Decimal } from '../../core/decimal.ts'
import { equals, isZero } from '../../core/decimal.ts'
import { ExchangeError, PerpkitError, ProtectionError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import { getPositionInfo } from '../actions/account.ts'
import { amendOrder } from '../actions/amendOrder.ts'
import { closePosition } from '../actions/closePosition.ts'
import { createStopLossOrder } from '../actions/conditionalOrder.ts'
import { cancelIfOpen, getOpenOrders, getOrder } from '../actions/orders.ts'
import type { Client } from '../client.ts'
import type { ManagedPlan } from './managedPlan.ts'
import { settle } from './settle.ts'

const ACTION = 'createManagedOrders'

/**
 * Places the stop and looks whether it is live. Rejects when it is not: an answer that only says
 * "received" is not believed until the order has been seen.
 */
export async function placeStop(
  client: Client,
  plan: ManagedPlan,
  stop: { quantity: Decimal; stopPrice: Decimal; clientOrderId: string },
): Promise<FuturesOrder> {
  const { instrument, side, triggerSource } = plan
  const { symbol } = instrument
  const placed = await createStopLossOrder(client, { symbol, side, triggerSource, ...stop })
  const seen = await settle(
    client,
    { action: ACTION, instrument },
    placed,
    (order) => order !== placed,
  )
  const isLive = isOpen(seen.status) || !isZero(seen.executedQty)
  const isBelieved = seen !== placed || client.definition.capabilities.orderAnswer === 'state'
  if (isLive && isBelieved) return seen
  throw new ProtectionError(
    `${client.definition.name} ${ACTION}: the stop of ${stop.quantity} at ${stop.stopPrice} was accepted but is not live (${seen === placed ? 'never seen' : seen.status})`,
    { exchange: client.definition.name, action: ACTION, status: 'UNPROTECTED' },
  )
}

/**
 * Moves a stop that stands, where the exchange changes conditional orders: there is never less than
 * one, and never more than the position. It goes on watching the price it watched.
 */
export async function moveStop(
  client: Client,
  { instrument }: ManagedPlan,
  standing: FuturesOrder,
  { quantity, stopPrice }: { quantity: Decimal; stopPrice: Decimal },
): Promise<FuturesOrder> {
  const { symbol } = instrument
  const { orderId } = standing
  const moved = await amendOrder(client, { symbol, orderId, quantity, stopPrice })
  const isRight = equals(moved.quantity, quantity) && equals(moved.stopPrice ?? '0', stopPrice)
  if (isRight || !isOpen(moved.status)) return moved
  throw new ProtectionError(
    `${client.definition.name} ${ACTION}: the stop was to be moved to ${quantity} at ${stopPrice}, but is ${moved.quantity} at ${moved.stopPrice}`,
    {
      exchange: client.definition.name,
      action: ACTION,
      status: 'PROTECTED',
      stopLossOrder: moved,
    },
  )
}

/** Whether a stop can be moved where it stands. */
export function canMoveStops(client: Client): boolean {
  const { conditional } = client.definition.capabilities.amend
  return conditional.includes('quantity') && conditional.includes('stopPrice')
}

/** What the policy says when a position is left without its stop. Never returns. */
export async function onStopRefused(
  client: Client,
  plan: ManagedPlan,
  clientOrderId: string,
  cause: unknown,
): Promise<never> {
  const { symbol } = plan.instrument
  const exchange = client.definition.name
  const why = cause instanceof Error ? cause.message : String(cause)
  const head = `${exchange} ${ACTION}: no stop stands for ${symbol} (${why})`
  const context = { exchange, action: ACTION, cause }
  if (plan.onUnprotected === 'REPORT') {
    throw new ProtectionError(`${head}; the position is UNPROTECTED`, {
      ...context,
      status: 'UNPROTECTED',
    })
  }
  let closingOrder: FuturesOrder | undefined
  let failure: unknown
  try {
    closingOrder = await closePosition(client, symbol, { positionSide: plan.positionSide })
    // Without a plain refusal the stop may stand after all; without the position it has no business.
    if (!(cause instanceof ExchangeError)) await removeStray(client, symbol, clientOrderId)
    const left = (await getPositionInfo(client, symbol)).find(
      ({ side }) => side === plan.positionSide,
    )
    if (left) failure = `${left.size} are still open`
  } catch (error) {
    if (!PerpkitError.is(error)) throw error
    failure = error.message
  }
  if (failure !== undefined) {
    throw new ProtectionError(
      `${head}; closing failed too: ${failure}; the position is UNPROTECTED`,
      {
        ...context,
        status: 'UNPROTECTED',
        closingOrder,
      },
    )
  }
  throw new ProtectionError(`${head}; the position was closed`, {
    ...context,
    status: 'CLOSED',
    closingOrder,
  })
}

/** Looks in both ways there are: just placed, an order may show in one before the other. */
async function removeStray(client: Client, symbol: string, clientOrderId: string): Promise<void> {
  const open = await getOpenOrders(client, symbol)
  const listed = open.find((order) => order.clientOrderId === clientOrderId)
  try {
    const stray = listed ?? (await getOrder(client, { symbol, clientOrderId }))
    await cancelIfOpen(client, symbol, stray.orderId)
  } catch (error) {
    if (!PerpkitError.is(error) || error.code !== 'ORDER_NOT_FOUND') throw error
  }
}
