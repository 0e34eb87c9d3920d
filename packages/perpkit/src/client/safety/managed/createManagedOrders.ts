import { type Decimal, equals, floorToStep } from '../../../core/decimal.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { getPositionInfo } from '../../actions/account.ts'
import { refuse } from '../../actions/arguments.ts'
import { getOpenOrders } from '../../actions/orders.ts'
import type { Client } from '../../client.ts'
import { isOfSide } from './facts.ts'
import type { Guarded } from './guard.ts'
import type { ManagedOrders, ManagedOrdersRequest } from './managed.ts'
import { ManagedObject } from './managedObject.ts'
import { type ManagedPlan, makePlan, recordOf } from './managedPlan.ts'
import { hasEnded, lastLeg } from './managedRecord.ts'

const ACTION = 'createManagedOrders'

export async function createManagedOrders(
  client: Client,
  request: ManagedOrdersRequest,
): Promise<ManagedOrders> {
  const plan = await makePlan(client, ACTION, request)
  const { symbol } = plan.instrument
  forbidEntering(client, ACTION, client.guard.find(symbol, plan.positionSide))
  const size = await requirePosition(client, plan)
  const previous = (await getOpenOrders(client, symbol)).filter(isProtectionOf(plan))
  // A rest under the step cannot be ordered by itself: it belongs to the whole.
  const isWhole = equals(floorToStep(size, plan.instrument.stepSize), plan.quantity)
  const record = await recordOf(client, plan, {
    stage: 'PROTECTING',
    covers: isWhole ? 'POSITION' : 'QUANTITY',
    size,
    hasOpened: true,
    previous: previous.map(({ orderId }) => orderId),
  })
  const object = new ManagedObject(client, plan.instrument, record)
  await begin(client, object, request, () => object.create())
  return object
}

/**
 * Runs the beginning of a new managed order while the one before it on that side stands aside. When
 * nothing of the new one stands in the end, that one goes on.
 */
export async function begin(
  client: Client,
  object: ManagedObject,
  { supervise = true }: { supervise?: boolean },
  run: () => Promise<unknown>,
): Promise<void> {
  const before = client.guard.find(object.symbol, object.positionSide)
  await before?.pause()
  const takeCharge = async (): Promise<void> => {
    await before?.supersede()
    client.guard.take(object, { supervise })
  }
  try {
    await run()
  } catch (error) {
    if (object.isOver || !object.hasActed) before?.resume()
    else await takeCharge()
    throw error
  }
  await takeCharge()
}

/** An entry that rests would be left without anybody. */
export function forbidEntering(client: Client, action: string, before: Guarded | undefined): void {
  const entry = before && lastLeg(before.record, 'ENTRY')
  if (!before || !entry || hasEnded(entry)) return
  const message = `${before.symbol} is being entered by ${before.id}; cancel() that first`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}

/** A reduce-only order protects nothing where there is no position; that is a mistake to tell. */
async function requirePosition(client: Client, plan: ManagedPlan): Promise<Decimal> {
  const { symbol } = plan.instrument
  const wanted = plan.positionSide
  const positions = await getPositionInfo(client, symbol)
  const found = positions.find(({ side }) => side === wanted)
  if (found) return found.size
  const [position] = positions
  const there = position
    ? `the position is ${position.side} ${position.size}`
    : 'there is no position'
  const message = `${plan.side} orders protect a ${wanted}, but in ${symbol} ${there}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

function isProtectionOf(plan: ManagedPlan): (order: FuturesOrder) => boolean {
  return (order) =>
    isOfSide(plan, order) &&
    (order.type === 'STOP_MARKET' || order.type === 'TAKE_PROFIT_MARKET') &&
    (order.reduceOnly === true || order.closePosition === true)
}
