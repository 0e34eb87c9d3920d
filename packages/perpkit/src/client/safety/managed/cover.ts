import type { Decimal } from '../../../core/decimal.ts'
import type { Desk } from './desk.ts'
import type { Facts } from './facts.ts'
import { uncoveredOf } from './managedRecord.ts'

/** What is open and ours, and no waiting stop would close. */
export function uncoveredIn({ record, traits }: Desk, { position }: Facts): Decimal {
  return uncoveredOf(record, position?.size ?? '0', traits)
}

/** Writes down that something is not covered, and tells of it when that is news. */
export async function markUnprotected(desk: Desk): Promise<void> {
  const isNews = !desk.record.isUnprotected
  await desk.save({ ...desk.record, isUnprotected: true })
  // The event shows the state as it is now.
  if (isNews) desk.tell('UNPROTECTED')
}
