import { ProtectionError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { legOrder } from './legOrder.ts'
import {
  lastLeg,
  legsOf,
  type ManagedLeg,
  type ManagedRecord,
  standingStops,
} from './managedRecord.ts'

// What is told when a position is not protected as asked; each says how it stands now.

/** The policy has closed what could not be protected. */
export function closedInstead(
  record: ManagedRecord,
  cause: unknown,
  closing: ManagedLeg,
): ProtectionError {
  const what = record.covers === 'POSITION' ? 'the position' : `${record.quantity} of it`
  return new ProtectionError(`${head(record, cause)}; ${what} was closed`, {
    ...contextOf(record, cause),
    status: 'CLOSED',
    closingOrder: legOrder(record, closing),
  })
}

/** Closing has failed as well. */
export function closingFailed(
  record: ManagedRecord,
  cause: unknown,
  failure: unknown,
): ProtectionError {
  const message = `${head(record, cause)}; closing failed too: ${textOf(failure)}; the position is UNPROTECTED`
  return new ProtectionError(message, { ...contextOf(record, cause), status: 'UNPROTECTED' })
}

/** The policy was to tell, and nothing more. */
export function nothingStands(record: ManagedRecord, cause: unknown): ProtectionError {
  return new ProtectionError(`${head(record, cause)}; the position is UNPROTECTED`, {
    ...contextOf(record, cause),
    status: 'UNPROTECTED',
  })
}

/** The new stop was refused, and the one before it was left alone. */
export function keptPrevious(
  record: ManagedRecord,
  standing: FuturesOrder,
  cause: unknown,
): ProtectionError {
  const { exchange } = record
  return new ProtectionError(
    `${exchange} ${actionOf(record)}: the new stop was not placed (${textOf(cause)}); the previous one at ${standing.stopPrice} still stands`,
    { ...contextOf(record, cause), status: 'PROTECTED', stopLossOrder: standing },
  )
}

/** The stop is not where it should be, but what stands covers all. */
export function notMoved(record: ManagedRecord, cause: unknown): ProtectionError {
  const { exchange, stopPrice } = record
  const stop = standingStops(record).at(-1)
  return new ProtectionError(
    `${exchange} ${actionOf(record)}: the stop could not be moved to ${stopPrice} (${textOf(cause)}); the one at ${stop?.stopPrice} covers the position`,
    {
      ...contextOf(record, cause),
      status: 'PROTECTED',
      stopLossOrder: stop && legOrder(record, stop),
    },
  )
}

/** A target is missing; the stop stands. */
export function withoutTarget(
  record: ManagedRecord,
  index: number,
  cause: unknown,
): ProtectionError {
  const { exchange, targets } = record
  const target = targets[index]
  const stop = lastLeg(record, 'STOP')
  const placed = legsOf(record, 'TARGET').filter(({ orderId }) => orderId !== undefined)
  return new ProtectionError(
    `${exchange} ${actionOf(record)}: the take-profit of ${target?.quantity} at ${target?.price} was not placed (${textOf(cause)}); the stop stands and is looked after`,
    {
      ...contextOf(record, cause),
      status: 'PROTECTED',
      stopLossOrder: stop && legOrder(record, stop),
      takeProfitOrders: placed.map((leg) => legOrder(record, leg)),
    },
  )
}

function head(record: ManagedRecord, cause: unknown): string {
  const { exchange, symbol } = record
  return `${exchange} ${actionOf(record)}: no stop covers all of ${symbol} (${textOf(cause)})`
}

function contextOf(
  record: ManagedRecord,
  cause: unknown,
): { exchange: ManagedRecord['exchange']; action: string; cause: unknown } {
  return { exchange: record.exchange, action: actionOf(record), cause }
}

function actionOf(record: ManagedRecord): string {
  return record.entry ? 'openProtectedPosition' : 'createManagedOrders'
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
