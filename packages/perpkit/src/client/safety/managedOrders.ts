import { PerpkitError, ProtectionError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { getPositionInfo } from '../actions/account.ts'
import { refuse } from '../actions/arguments.ts'
import { createTakeProfitOrder } from '../actions/conditionalOrder.ts'
import { cancelIfOpen, getOpenOrders } from '../actions/orders.ts'
import type { Client } from '../client.ts'
import type { ManagedOrders, ManagedOrdersRequest } from './managed.ts'
import { type ManagedPlan, makePlan } from './managedPlan.ts'
import { canMoveStops, moveStop, onStopRefused, placeStop } from './placeStop.ts'
import { Supervision } from './supervision.ts'

const ACTION = 'createManagedOrders'

export async function createManagedOrders(
  client: Client,
  request: ManagedOrdersRequest,
): Promise<ManagedOrders> {
  const plan = await makePlan(client, request)
  const { symbol } = plan.instrument
  await requirePosition(client, plan)
  const previous = (await getOpenOrders(client, symbol)).filter(isProtectionOf(plan))
  const number = client.nextNumber()

  const clientOrderId = await client.orderId({ number, leg: 1, generation: 0 })
  let stop: FuturesOrder
  try {
    const { quantity, stopPrice } = plan
    stop = await placeStop(client, plan, { quantity, stopPrice, clientOrderId })
  } catch (error) {
    const standing = previous.find((order) => order.type === 'STOP_MARKET')
    if (!standing) return await onStopRefused(client, plan, clientOrderId, error)
    stop = await takeOver(client, plan, standing, error)
  }
  // The new stop stands: now the old protection may go.
  const old = previous.filter(({ orderId }) => orderId !== stop.orderId)
  for (const order of old) await cancelIfOpen(client, symbol, order.orderId)
  if (stop.status !== 'PENDING') {
    // It was reached already, and some exchanges then fire it: there is nothing to take profit of.
    const managed = new Supervision(client, plan, number, stop, [])
    await managed.refresh()
    return managed
  }
  const takeProfits = await placeTakeProfits(client, plan, number, stop)
  return new Supervision(client, plan, number, stop, takeProfits)
}

/**
 * Where the exchange takes stops up to the position and no more, there is no room for a second one
 * beside that which stands: then that one is moved.
 */
async function takeOver(
  client: Client,
  plan: ManagedPlan,
  standing: FuturesOrder,
  refusal: unknown,
): Promise<FuturesOrder> {
  const isNoRoom = PerpkitError.is(refusal) && refusal.code === 'REDUCE_ONLY_REJECTED'
  if (!isNoRoom || !canMoveStops(client)) throw keptPrevious(client, standing, refusal)
  try {
    return await moveStop(client, plan, standing, plan)
  } catch (error) {
    throw keptPrevious(client, standing, error)
  }
}

async function placeTakeProfits(
  client: Client,
  plan: ManagedPlan,
  number: number,
  stop: FuturesOrder,
): Promise<FuturesOrder[]> {
  const { instrument, side, triggerSource } = plan
  const placed: FuturesOrder[] = []
  for (const [index, { price, quantity }] of plan.takeProfits.entries()) {
    try {
      const order = await createTakeProfitOrder(client, {
        symbol: instrument.symbol,
        side,
        quantity,
        stopPrice: price,
        triggerSource,
        clientOrderId: await client.orderId({ number, leg: 2 + index, generation: 0 }),
      })
      placed.push(order)
    } catch (error) {
      if (!PerpkitError.is(error)) throw error
      const exchange = client.definition.name
      throw new ProtectionError(
        `${exchange} ${ACTION}: the take-profit of ${quantity} at ${price} was not placed (${error.message}); the stop stands`,
        {
          exchange,
          action: ACTION,
          cause: error,
          status: 'PROTECTED',
          stopLossOrder: stop,
          takeProfitOrders: placed,
        },
      )
    }
  }
  return placed
}

/** A reduce-only order protects nothing where there is no position; that is a mistake to tell. */
async function requirePosition(client: Client, plan: ManagedPlan): Promise<void> {
  const { symbol } = plan.instrument
  const wanted = plan.positionSide
  const positions = await getPositionInfo(client, symbol)
  if (positions.some((position) => position.side === wanted)) return
  const [position] = positions
  const found = position
    ? `the position is ${position.side} ${position.size}`
    : 'there is no position'
  const message = `${plan.side} orders protect a ${wanted}, but in ${symbol} ${found}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

/** In hedge mode a stop order of the same side may open the other position: that one is not ours. */
function isProtectionOf({ side, positionSide }: ManagedPlan): (order: FuturesOrder) => boolean {
  return (order) =>
    order.side === side &&
    (order.positionSide ?? positionSide) === positionSide &&
    (order.type === 'STOP_MARKET' || order.type === 'TAKE_PROFIT_MARKET') &&
    (order.reduceOnly === true || order.closePosition === true)
}

function keptPrevious(client: Client, standing: FuturesOrder, cause: unknown): ProtectionError {
  const exchange = client.definition.name
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ProtectionError(
    `${exchange} ${ACTION}: the new stop was not placed (${why}); the previous one at ${standing.stopPrice} still stands`,
    { exchange, action: ACTION, cause, status: 'PROTECTED', stopLossOrder: standing },
  )
}
