import { type Decimal, equals, isZero } from '../../../core/decimal.ts'
import { OutcomeUnknownError, PerpkitError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { amendOrder } from '../../actions/amendOrder.ts'
import { createTakeProfitOrder } from '../../actions/conditionalOrder.ts'
import { cancelIfOpen, getOrder } from '../../actions/orders.ts'
import { inModes } from '../../actions/placement.ts'
import { adopted, afterEntry, legAs } from './absorb.ts'
import type { Step } from './decide.ts'
import type { Desk } from './desk.ts'
import type { Facts } from './facts.ts'
import { isLive, lastLeg, type ManagedLeg, withLeg } from './managedRecord.ts'
import { placeClosing, placeEntry } from './placeEntry.ts'
import { placeStop, seenPositionStop } from './placeStop.ts'
import { again, idOf, isRefusal, LOOK_FOR_MS, newLeg, placed, saveLeg } from './sendLegs.ts'

const ACTION = 'superviseManagedOrders'

/**
 * Does one step, written down before. The facts as they are afterwards, or `undefined` when only a
 * look can tell.
 */
export async function perform(desk: Desk, step: Step, facts: Facts): Promise<Facts | undefined> {
  switch (step.do) {
    case 'placeEntry':
      return enter(desk, facts)
    case 'placeStop':
      return protect(desk, step, facts)
    case 'placeBridge':
      return bridge(desk, step, facts)
    case 'setStop':
      return setStop(desk, step.quantity, facts)
    case 'adoptStop':
      await adoptStop(desk, step.order)
      return facts
    case 'amendStop':
      return amendStop(desk, step.leg, step.quantity, facts)
    case 'placeTarget':
      return target(desk, step, facts)
    case 'close':
      return close(desk, step)
    case 'cancel':
      return cancel(desk, step.leg, facts)
    case 'cancelPrevious':
      return cancelPrevious(desk, step.orderId, facts)
    default:
      return undefined
  }
}

async function enter(desk: Desk, facts: Facts): Promise<Facts | undefined> {
  const { record } = desk
  const isAttached = record.entry?.isAttached === true
  const foreign = isAttached ? facts.open.map(({ orderId }) => orderId) : []
  await desk.save({ ...record, foreign })
  const leg = await newLeg(desk, { kind: 'ENTRY' }, { quantity: record.quantity })
  const order = await placed(desk, leg, () => placeEntry(desk, leg))
  desk.tell('ENTRY_PLACED')
  const entry = lastLeg(desk.record, 'ENTRY')
  if (isAttached || !entry || equals(entry.executedQty, '0')) return undefined
  // There was no position before: what has filled is the position, and needs its stop now.
  const entered = afterEntry(desk.record, desk.client.clock.now(), desk.instrument)
  await desk.save({ ...entered, hasOpened: true })
  const entryPrice = order.averagePrice ?? record.entry?.price ?? record.stopPrice
  return { ...facts, position: { size: entry.executedQty, entryPrice } }
}

async function protect(
  desk: Desk,
  step: Extract<Step, { do: 'placeStop' }>,
  facts: Facts,
): Promise<Facts | undefined> {
  const { quantity, closePosition } = step
  const figures = { quantity, stopPrice: desk.record.stopPrice, closePosition }
  const leg = step.leg ? await again(desk, step.leg) : await newLeg(desk, { kind: 'STOP' }, figures)
  const order = await placed(desk, leg, () => placeStop(desk, leg, facts.position))
  desk.tell('STOP_PLACED')
  return order.status === 'PENDING' ? facts : undefined
}

async function bridge(
  desk: Desk,
  step: Extract<Step, { do: 'placeBridge' }>,
  facts: Facts,
): Promise<Facts | undefined> {
  const { stopPrice } = desk.record
  const leg = step.leg
    ? await again(desk, step.leg)
    : await newLeg(desk, { kind: 'BRIDGE' }, { quantity: step.quantity, stopPrice })
  const order = await placed(desk, leg, () => placeStop(desk, leg, facts.position))
  return order.status === 'PENDING' ? facts : undefined
}

async function setStop(desk: Desk, quantity: Decimal, facts: Facts): Promise<Facts | undefined> {
  const { client, instrument, record } = desk
  const { setPositionStop } = client.operations
  if (!setPositionStop) throw new TypeError(`${record.exchange} sets no stops of positions`)
  const { stopPrice, triggerSource, side } = record
  const leg = await positionStopLeg(desk, quantity)
  let lost: OutcomeUnknownError | undefined
  try {
    await inModes(
      client,
      { action: ACTION, instrument, wish: { side, reduceOnly: true } },
      (at) => {
        const { reduceOnly: _, ...where } = at
        const call = client.call({ action: ACTION, budgetClass: 'protect' })
        return setPositionStop(call, { instrument, ...where, stopPrice, triggerSource })
      },
    )
  } catch (error) {
    const isNew = leg.status === 'SENDING'
    if (isNew && isRefusal(error)) await saveLeg(desk, { ...leg, status: 'REFUSED' })
    // Without an answer only a look tells.
    if (!(error instanceof OutcomeUnknownError)) throw error
    lost = error
  }
  const order = await seenPositionStop(desk).catch((error: unknown) => {
    throw lost ?? error
  })
  desk.note(order)
  await saveLeg(desk, legAs(leg, order))
  desk.tell(leg.status === 'SENDING' ? 'STOP_PLACED' : 'STOP_MOVED')
  return facts
}

/** There is one of them: setting it anew is no new leg. */
function positionStopLeg(desk: Desk, quantity: Decimal): Promise<ManagedLeg> {
  const last = lastLeg(desk.record, 'STOP')
  if (last?.isOfPosition && isLive(last)) return Promise.resolve(last)
  if (last?.isOfPosition && last.status === 'SENDING') return again(desk, last)
  const { stopPrice } = desk.record
  return newLeg(desk, { kind: 'STOP' }, { quantity, stopPrice, isOfPosition: true })
}

/** A stop that stands becomes ours. */
export async function adoptStop(desk: Desk, order: FuturesOrder): Promise<void> {
  const { record, client } = desk
  const generation = 1 + (lastLeg(record, 'STOP')?.generation ?? -1)
  const { stopSizing: sizing } = client.definition.capabilities
  const leg = adopted(order, { kind: 'STOP', generation, sentAt: client.clock.now(), sizing })
  const previous = record.previous.filter((orderId) => orderId !== order.orderId)
  await desk.save({ ...withLeg(record, leg), previous })
}

async function amendStop(
  desk: Desk,
  leg: ManagedLeg,
  quantity: Decimal,
  facts: Facts,
): Promise<Facts | undefined> {
  const { client, record } = desk
  const { symbol, stopPrice } = record
  const { orderId } = leg
  if (orderId === undefined) return undefined
  // As long as a change may still be carried out, one more has its id: of two, one is refused.
  const clientOrderId = leg.nextClientOrderId ?? (await idOf(desk, leg, leg.generation + 1))
  const isAgain = leg.nextClientOrderId !== undefined
  const next = { generation: leg.generation + 1, nextClientOrderId: clientOrderId }
  const moving = isAgain ? leg : { ...leg, ...next }
  await desk.save({ ...record, legs: record.legs.map((each) => (each === leg ? moving : each)) })
  const figures = leg.closePosition ? { stopPrice } : { quantity, stopPrice }
  const { watches, ...watching } = moving
  const source = watches === undefined ? {} : { triggerSource: record.triggerSource }
  const read = facts.open.find((each) => each.orderId === orderId)
  const order = await amendOrder(
    client,
    { symbol, orderId, ...figures },
    { clientOrderId, lookForMs: LOOK_FOR_MS, ...source, ...(read && { order: read }) },
  )
  desk.note(order)
  await saveLeg(desk, legAs(watching, order))
  const isMoved = watches !== undefined || !equals(leg.stopPrice ?? '0', stopPrice)
  desk.tell(isMoved ? 'STOP_MOVED' : 'STOP_RESIZED')
  return order.status === 'PENDING' && equals(order.stopPrice ?? '0', stopPrice) ? facts : undefined
}

async function target(
  desk: Desk,
  step: Extract<Step, { do: 'placeTarget' }>,
  facts: Facts,
): Promise<Facts | undefined> {
  const { client, record } = desk
  const { symbol, side, triggerSource, targets } = record
  const { index } = step
  const planned = targets[index]
  if (!planned) return undefined
  const { quantity, price: stopPrice } = planned
  const leg = step.leg
    ? await again(desk, step.leg)
    : await newLeg(desk, { kind: 'TARGET', index }, { quantity, stopPrice })
  const { clientOrderId } = leg
  const order = await placed(desk, leg, () =>
    createTakeProfitOrder(
      client,
      { symbol, side, quantity, stopPrice, triggerSource, clientOrderId },
      { marginMode: facts.position?.marginMode, lookForMs: LOOK_FOR_MS },
    ),
  )
  desk.tell('TAKE_PROFIT_PLACED')
  return order.status === 'PENDING' ? facts : undefined
}

async function close(desk: Desk, step: Extract<Step, { do: 'close' }>): Promise<undefined> {
  const { quantity } = step
  const leg = step.leg
    ? await again(desk, step.leg)
    : await newLeg(desk, { kind: 'CLOSE' }, { quantity })
  await placed(desk, leg, () => placeClosing(desk, leg))
  desk.tell('CLOSED')
}

/** What was not found is looked for once more: a list may know of it nevertheless. */
async function cancelPrevious(
  desk: Desk,
  orderId: string,
  facts: Facts,
): Promise<Facts | undefined> {
  if (!(await cancelIfOpen(desk.client, desk.record.symbol, orderId))) return undefined
  return { ...facts, open: facts.open.filter((each) => each.orderId !== orderId) }
}

/** How long the answer to a cancel is waited for. */
const CANCEL_WITHIN_MS = 2_000

async function cancel(desk: Desk, leg: ManagedLeg, facts: Facts): Promise<Facts | undefined> {
  const { client, instrument } = desk
  const { orderId } = leg
  if (orderId === undefined) return undefined
  // Cover may be wanted meanwhile; whether it was done, a look tells.
  const timeoutMs = Math.min(client.timeoutMs, CANCEL_WITHIN_MS)
  const call = client.call({ action: ACTION, budgetClass: 'protect', timeoutMs })
  try {
    await client.operations.cancelOrder(call, { instrument, orderId })
  } catch (error) {
    if (!PerpkitError.is(error)) throw error
    const isGone = error.code === 'ORDER_NOT_FOUND'
    if (!isGone && !(error instanceof OutcomeUnknownError)) throw error
    // How it ended, if it did, is found out like the end of any other.
    if (isGone) await saveLeg(desk, { ...leg, status: 'UNSEEN' })
    return undefined
  }
  const order = leg.kind === 'ENTRY' ? await readQuietly(desk, orderId) : undefined
  await saveLeg(desk, order ? legAs(leg, order) : { ...leg, status: 'CANCELLED' })
  const isWaiting = leg.status === 'PENDING' && isZero(leg.executedQty)
  const isState = client.definition.capabilities.orderAnswer === 'state'
  // What others have executed meanwhile, and whether a receipt was kept, only a look tells.
  if (!isWaiting || !isState) return undefined
  return { ...facts, open: facts.open.filter((each) => each.orderId !== orderId) }
}

async function readQuietly(desk: Desk, orderId: string): Promise<FuturesOrder | undefined> {
  try {
    const order = await getOrder(desk.client, { symbol: desk.record.symbol, orderId })
    desk.note(order)
    return order
  } catch (error) {
    if (PerpkitError.is(error)) return undefined
    throw error
  }
}
