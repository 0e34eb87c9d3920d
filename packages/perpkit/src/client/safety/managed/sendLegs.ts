import type { Decimal } from '../../../core/decimal.ts'
import {
  ExchangeError,
  OutcomeUnknownError,
  RequestError,
  TransportError,
} from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { MAX_STEP } from '../orderIds.ts'
import { legAs, withFills } from './absorb.ts'
import type { Desk } from './desk.ts'
import { type LegKind, lastLeg, legNumber, type ManagedLeg, withLeg } from './managedRecord.ts'

// Legs on their way: written down before they are sent, and again as they turn out.

/** Whether, after this error, what was asked for has certainly not happened. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof OutcomeUnknownError) return false
  if (error instanceof TransportError) return error.sent === 'no'
  return error instanceof ExchangeError || error instanceof RequestError
}

/**
 * For how long what can only reduce is looked up when its answer is lost: cover must not wait until an
 * order must have become visible. A stop or a close is sent again then, under its id, which an exchange
 * takes once; a target, which could close its part twice, is waited for beside all else.
 */
export const LOOK_FOR_MS = 1_000

/** A leg sent: its order in the record, or how it was refused. */
export async function placed(
  desk: Desk,
  leg: ManagedLeg,
  send: () => Promise<FuturesOrder>,
): Promise<FuturesOrder> {
  let order: FuturesOrder
  try {
    order = await send()
  } catch (error) {
    if (isRefusal(error)) await saveLeg(desk, { ...leg, status: 'REFUSED' })
    throw error
  }
  desk.note(order)
  await saveLeg(desk, legAs(leg, order))
  return order
}

interface Figures {
  quantity: Decimal
  stopPrice?: Decimal
  closePosition?: boolean
  isOfPosition?: true
}

/** A new leg, written down with its id before anything of it is sent. */
export async function newLeg(
  desk: Desk,
  { kind, index = 0 }: { kind: LegKind; index?: number },
  { closePosition, ...figures }: Figures,
): Promise<ManagedLeg> {
  const generation = 1 + (lastLeg(desk.record, kind, index)?.generation ?? -1)
  const leg: ManagedLeg = {
    kind,
    index,
    generation,
    clientOrderId: await idOf(desk, { kind, index }, generation),
    status: 'SENDING',
    ...figures,
    ...(closePosition && { closePosition }),
    executedQty: '0',
    sentAt: desk.client.clock.now(),
  }
  await saveLeg(desk, leg)
  return leg
}

/** A leg that is sent once more under its id. */
export async function again(desk: Desk, leg: ManagedLeg): Promise<ManagedLeg> {
  const sending = { ...leg, status: 'SENDING' as const, sentAt: desk.client.clock.now() }
  await saveLeg(desk, sending)
  return sending
}

export async function idOf(
  desk: Desk,
  leg: Pick<ManagedLeg, 'kind' | 'index'>,
  count: number,
): Promise<string> {
  const generation = count % (MAX_STEP.generation + 1)
  // All ids of this number have been used: the next ones are of another.
  if (count > 0 && generation === 0) {
    await desk.save({ ...desk.record, number: desk.client.nextNumber() })
  }
  const { number } = desk.record
  return desk.client.orderId({ number, leg: legNumber(leg), generation })
}

export function saveLeg(desk: Desk, leg: ManagedLeg): Promise<void> {
  return desk.save(withFills(desk.record, withLeg(desk.record, leg)))
}
