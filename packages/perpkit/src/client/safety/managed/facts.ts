import type { Decimal } from '../../../core/decimal.ts'
import { equals, isZero } from '../../../core/decimal.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { MarginMode } from '../../../model/tokens.ts'
import type { Client } from '../../client.ts'
import type { Fate, Fates } from './fates.ts'
import { hasEnded, legKey, type ManagedLeg, type ManagedRecord } from './managedRecord.ts'
import type { Traits } from './traits.ts'

/** What the exchange says, as far as it matters to one managed order. */
export interface Facts {
  /** Of the symbol, plain and conditional. */
  readonly open: readonly FuturesOrder[]
  /** What is told of legs that are not among them, by their keys. */
  readonly fates: ReadonlyMap<string, Fate>
  /** Of the side in question; absent when flat. */
  readonly position:
    | { readonly size: Decimal; readonly entryPrice: Decimal; readonly marginMode?: MarginMode }
    | undefined
  /** By our clock. */
  readonly now: number
  /** Looked at twice in a row: that nothing is open is no slip of one answer. */
  readonly isConfirmed: boolean
}

/**
 * Orders before the position: a leg that fills in between is seen gone with its effect later, never
 * its effect without it. These two must be had; how a leg has ended may stay open.
 */
export async function look(
  { client, instrument, record, traits }: Looking,
  fates: Fates,
): Promise<Facts> {
  const { operations } = client
  const call = client.call({ action: 'superviseManagedOrders', budgetClass: 'protect' })
  const open = await operations.getOpenOrders(call, { instrument })
  const visibleSince = client.clock.now() - traits.visibilityMs
  const away = record.legs.filter(
    (leg) => isAsked(leg) && !orderOf(record, leg, open) && !shows(record, leg, visibleSince),
  )
  const told = await fates.ask(client, instrument, away, traits.visibilityMs)
  const positions = await operations.getPositions(call, { instrument })
  const position = positions.find(({ side }) => side === record.positionSide)
  return { open, fates: told, position, now: client.clock.now(), isConfirmed: false }
}

/**
 * A stop that was just sent shows among the open orders, or in the position: while there is one, cover
 * must not wait for a question that takes nine requests on some exchanges.
 */
function shows(
  { size, stage }: ManagedRecord,
  { kind, status, sentAt }: ManagedLeg,
  visibleSince: number,
): boolean {
  const isStop = kind === 'STOP' || kind === 'BRIDGE'
  const isJustSent = status === 'SENDING' && sentAt > visibleSince
  return isStop && isJustSent && stage !== 'CANCELLING' && !isZero(size)
}

interface Looking {
  client: Client
  instrument: Instrument
  record: ManagedRecord
  traits: Traits
}

/** Orders of ours among what was seen. */
export function ordersIn(record: ManagedRecord, { open, fates }: Facts): FuturesOrder[] {
  return record.legs.flatMap((leg) => {
    const fate = orderOf(record, leg, open) ?? fates.get(legKey(leg))
    return typeof fate === 'object' && fate.orderId !== undefined ? [fate] : []
  })
}

/** Whether its end is to be found out. */
export function isAsked(leg: ManagedLeg): boolean {
  return !hasEnded(leg) || leg.status === 'UNSEEN'
}

/** A leg that was given up, seen open nevertheless. */
export function revivedOf(
  leg: ManagedLeg,
  open: readonly FuturesOrder[],
): FuturesOrder | undefined {
  if (leg.isOfPosition || leg.status === 'FILLED') return undefined
  return open.find(
    ({ orderId, clientOrderId }) =>
      orderId === leg.orderId || (clientOrderId !== '' && clientOrderId === leg.clientOrderId),
  )
}

/** The open order that is this leg. */
export function orderOf(
  record: ManagedRecord,
  leg: ManagedLeg,
  open: readonly FuturesOrder[],
): FuturesOrder | undefined {
  const replaced = open.find(
    ({ clientOrderId }) => clientOrderId !== '' && clientOrderId === leg.nextClientOrderId,
  )
  const own = open.find(
    ({ orderId, clientOrderId }) =>
      orderId === leg.orderId || (clientOrderId !== '' && clientOrderId === leg.clientOrderId),
  )
  // What belongs to the position has no client order id of ours, and a new id after each change.
  const ofPosition = leg.isOfPosition
    ? open.find((order) => isPositionStop(record, order))
    : undefined
  return replaced ?? own ?? ofPosition
}

/** Whether it is the stop that belongs to the position in question. */
export function isPositionStop(record: ManagedRecord, order: FuturesOrder): boolean {
  return order.closePosition === true && order.type === 'STOP_MARKET' && isOfSide(record, order)
}

/** In hedge mode an order of the same side may open the other position: that one is not ours. */
export function isOfSide(
  { side, positionSide }: Pick<ManagedRecord, 'side' | 'positionSide'>,
  order: FuturesOrder,
): boolean {
  return order.side === side && (order.positionSide ?? positionSide) === positionSide
}

/** Stops that came with the entry, however late: at the planned price, and not there before. */
export function attachedStops(
  record: ManagedRecord,
  open: readonly FuturesOrder[],
): FuturesOrder[] {
  const known = new Set(record.legs.flatMap(({ orderId }) => orderId ?? []))
  const stopPrice = record.entry?.stopPrice ?? record.stopPrice
  return open.filter(
    (order) =>
      order.type === 'STOP_MARKET' &&
      isOfSide(record, order) &&
      order.stopPrice !== undefined &&
      equals(order.stopPrice, stopPrice) &&
      !known.has(order.orderId) &&
      !record.foreign.includes(order.orderId),
  )
}
