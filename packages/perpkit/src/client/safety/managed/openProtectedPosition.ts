import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import { ExchangeError, OutcomeUnknownError } from '../../../model/errors.ts'
import { opposite } from '../../../model/tokens.ts'
import { getPositionInfo } from '../../actions/account.ts'
import {
  refuse,
  requirePrice,
  requireTimeInForce,
  requireTrading,
} from '../../actions/arguments.ts'
import { getTicker } from '../../actions/market.ts'
import type { Client } from '../../client.ts'
import { begin, forbidEntering } from './createManagedOrders.ts'
import type { ManagedOrders, ProtectedPositionRequest } from './managed.ts'
import { ManagedObject } from './managedObject.ts'
import { type ManagedPlan, makePlan, recordOf } from './managedPlan.ts'
import { lastLeg, type ManagedEntryPlan } from './managedRecord.ts'

const ACTION = 'openProtectedPosition'

export async function openProtectedPosition(
  client: Client,
  request: ProtectedPositionRequest,
): Promise<ManagedOrders> {
  const plan = await makePlan(client, ACTION, request)
  const entry = await entryOf(client, plan, request)
  const { symbol } = plan.instrument
  forbidEntering(client, ACTION, client.guard.find(symbol, plan.positionSide))
  await requireRoom(client, plan)
  const price = entry.price ?? (await getTicker(client, symbol)).price
  requireBetween(client, plan, price)
  const record = await recordOf(client, plan, {
    stage: 'ENTERING',
    covers: 'POSITION',
    size: '0',
    hasOpened: false,
    previous: [],
    entry,
  })
  const object = new ManagedObject(client, plan.instrument, record, request.signal)
  await begin(client, object, request, () => enter(client, object))
  return object
}

async function enter(client: Client, object: ManagedObject): Promise<void> {
  let hasEntered: boolean
  try {
    hasEntered = await object.open(client.timeoutMs)
  } catch (error) {
    const entry = lastLeg(object.record, 'ENTRY')
    if (error instanceof OutcomeUnknownError && entry?.status === 'SENDING') {
      throw unknownEntry(object, error.message, error)
    }
    throw error
  }
  const entry = lastLeg(object.record, 'ENTRY')
  if (object.isOver && entry?.executedQty === '0') throw notEntered(object)
  if (!hasEntered) {
    throw unknownEntry(object, `within ${client.timeoutMs} ms the entry was not seen to fill`)
  }
}

async function entryOf(
  client: Client,
  plan: ManagedPlan,
  { entry }: ProtectedPositionRequest,
): Promise<ManagedEntryPlan> {
  const { instrument } = plan
  requireTrading(client, ACTION, instrument)
  const type: unknown = entry?.type
  if (type === 'MARKET') return { type, ...(await stopOf(client, plan, type)) }
  if (entry?.type !== 'LIMIT') {
    const message = `entry.type must be 'MARKET' or 'LIMIT', received ${JSON.stringify(type)}`
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
  }
  const price = requirePrice(client, ACTION, instrument, 'entry.price', entry.price)
  const timeInForce = requireTimeInForce(client, ACTION, entry.timeInForce)
  return { type: 'LIMIT', price, timeInForce, ...(await stopOf(client, plan, 'LIMIT')) }
}

/** Whether the exchange places the stop with this entry; one that watches another price is changed. */
async function stopOf(
  client: Client,
  { instrument, stopPrice, triggerSource }: ManagedPlan,
  type: ManagedEntryPlan['type'],
): Promise<Pick<ManagedEntryPlan, 'isAttached' | 'stopPrice' | 'watches'>> {
  const { attachedStop } = client.definition.capabilities
  if (!attachedStop?.entries.includes(type)) return { isAttached: false }
  const mode = await client.modes.positionMode(client.call({ action: ACTION }), instrument)
  if (!attachedStop.positionModes.includes(mode)) return { isAttached: false }
  const { triggerSource: watches = triggerSource } = attachedStop
  return { isAttached: true, stopPrice, ...(watches !== triggerSource && { watches }) }
}

/** What is there already would become a part of it, or be closed by it. */
async function requireRoom(client: Client, plan: ManagedPlan): Promise<void> {
  const { instrument, positionSide } = plan
  const { symbol } = instrument
  const positions = await getPositionInfo(client, symbol)
  if (positions.length === 0) return
  const mode = await client.modes.positionMode(client.call({ action: ACTION }), instrument)
  const found = positions.find(({ side }) => side === positionSide || mode === 'ONE_WAY')
  if (!found) return
  const message = `there is a ${found.side} position of ${found.size} in ${symbol} already; protect it with createManagedOrders() or close it first`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

/** The stop on the one side of the entry, the targets on the other. */
function requireBetween(client: Client, plan: ManagedPlan, price: Decimal): void {
  const { side, stopPrice, targets } = plan
  const isBeyond = side === 'SELL' ? isLess : isGreater
  const [behind, ahead] = side === 'SELL' ? ['below', 'above'] : ['above', 'below']
  const kind = opposite(side) === 'BUY' ? 'a long' : 'a short'
  if (!isBeyond(stopPrice, price)) {
    const message = `the stop of ${kind} must lie ${behind} the entry, but ${stopPrice} does not lie ${behind} ${price}`
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
  }
  const wrong = targets.find((target) => !isBeyond(price, target.price))
  if (!wrong) return
  const message = `the take-profits of ${kind} must lie ${ahead} the entry, but ${wrong.price} does not lie ${ahead} ${price}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

function unknownEntry(object: ManagedObject, why: string, cause?: unknown): OutcomeUnknownError {
  const { exchange } = object.record
  const entry = lastLeg(object.record, 'ENTRY')
  return new OutcomeUnknownError(
    `${exchange} ${ACTION}: ${why}; whatever appears of entry ${entry?.clientOrderId} is protected as planned, by this exchange object or after resumeManagedOrders()`,
    { exchange, action: ACTION, clientOrderId: entry?.clientOrderId, cause },
  )
}

function notEntered(object: ManagedObject): ExchangeError {
  const { exchange } = object.record
  const { entryOrder: order } = object
  return new ExchangeError(
    `${exchange} refused ${ACTION}: the entry of ${order?.quantity} ended ${order?.status} without filling`,
    { code: 'REFUSED', exchange, action: ACTION },
  )
}
