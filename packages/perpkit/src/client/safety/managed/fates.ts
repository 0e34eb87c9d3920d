import { type Decimal, isZero, sum } from '../../../core/decimal.ts'
import { PerpkitError } from '../../../model/errors.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../../model/order.ts'
import type { Client } from '../../client.ts'
import { legKey, type ManagedLeg } from './managedRecord.ts'

/** What is told of a leg that is not open: its order, or as much as its fills prove. */
export type Fate = FuturesOrder | 'MISSING' | { orderId?: never; executedQty: Decimal }

interface Try {
  count: number
  /** When it may be asked for again, by our clock. */
  nextAt: number
  hasFailed: boolean
}

/** Between two questions that were not answered. */
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 30_000]
/** So often an order that has stood is not found before that is believed: one slip must not lose it. */
const CONFIRMATIONS = 4
/** What a question may take, waiting for its budget included: cover must not wait for it. */
const PATIENCE_MS = 1_000
/** Fills are looked for as far back as this. */
const FILLS_BACK_MS = 3_600_000
const MAX_FILLS = 100

/**
 * Asks what became of legs that are not open. Some exchanges answer that from their histories alone,
 * where requests are few: what a stream has told is not asked, what was asked in vain is asked ever
 * more seldom, and meanwhile fills tell what they can. Nothing in here fails.
 */
export class Fates {
  readonly #tries = new Map<string, Try>()
  /** Filled orders by their ids. */
  readonly #told = new Map<string, FuturesOrder>()
  #fills: { rows: readonly Fill[]; at: number } | undefined

  /** An order as a stream has told it. */
  hear(order: FuturesOrder): void {
    // Nothing comes after this; other ends may be those of a trigger alone.
    if (order.status === 'FILLED' && !isZero(order.executedQty))
      this.#told.set(order.orderId, order)
  }

  /** By the keys of the legs; absent: nothing can be told before it must have become visible. */
  async ask(
    client: Client,
    instrument: Instrument,
    legs: readonly ManagedLeg[],
    visibilityMs: number,
  ): Promise<ReadonlyMap<string, Fate>> {
    const fates = new Map<string, Fate>()
    const unknown: ManagedLeg[] = []
    const ask = async (leg: ManagedLeg): Promise<void> => {
      const fate = await this.#fateOf(client, instrument, leg, visibilityMs)
      if (fate === 'UNKNOWN') unknown.push(leg)
      else if (fate !== undefined) fates.set(legKey(leg), fate)
    }
    await Promise.all(legs.map(ask))
    if (unknown.length === 0) return fates
    const fills = await this.#fillsOf(client, instrument, unknown)
    for (const leg of unknown) fates.set(legKey(leg), { executedQty: executedOf(leg, fills) })
    return fates
  }

  async #fillsOf(
    client: Client,
    instrument: Instrument,
    legs: readonly ManagedLeg[],
  ): Promise<readonly Fill[]> {
    const now = client.clock.now()
    if (this.#fills && now - this.#fills.at < PATIENCE_MS) return this.#fills.rows
    const rows = await readFills(client, instrument, legs)
    this.#fills = { rows, at: now }
    return rows
  }

  async #fateOf(
    client: Client,
    instrument: Instrument,
    leg: ManagedLeg,
    visibilityMs: number,
  ): Promise<FuturesOrder | 'MISSING' | 'UNKNOWN' | undefined> {
    const heard = leg.orderId === undefined ? undefined : this.#told.get(leg.orderId)
    if (heard) return heard
    const key = legKey(leg)
    const before = this.#tries.get(key)
    const now = client.clock.now()
    if (before && now < before.nextAt) return before.hasFailed ? 'UNKNOWN' : undefined
    const told = await ask(client, instrument, leg)
    if (typeof told === 'object') {
      this.#tries.delete(key)
      return told
    }
    const count = before?.count ?? 0
    const answer = told === 'MISSING' && isDoubted(leg, count) ? 'UNKNOWN' : told
    const pause = PAUSES_MS[Math.min(count, PAUSES_MS.length - 1)] ?? 0
    const hasFailed = answer === 'UNKNOWN'
    const visibleAt = leg.sentAt + visibilityMs
    // When it must be visible, the question is worth asking again.
    const isEarly = !hasFailed && now < visibleAt
    const nextAt = isEarly ? Math.min(now + pause, visibleAt) : now + pause
    this.#tries.set(key, { count: count + 1, nextAt, hasFailed })
    return answer
  }
}

function isDoubted({ orderId, isOfPosition }: ManagedLeg, count: number): boolean {
  return orderId !== undefined && !isOfPosition && count + 1 < CONFIRMATIONS
}

async function ask(
  client: Client,
  instrument: Instrument,
  leg: ManagedLeg,
): Promise<FuturesOrder | 'MISSING' | 'UNKNOWN'> {
  const { orderId, clientOrderId, nextClientOrderId } = leg
  // It was never an order by its client order id.
  if (leg.isOfPosition && orderId === undefined) return 'MISSING'
  const keys = [
    ...(nextClientOrderId === undefined ? [] : [{ clientOrderId: nextClientOrderId }]),
    orderId === undefined ? { clientOrderId } : { orderId },
  ]
  const call = client.call(QUESTION)
  for (const key of keys) {
    try {
      return await client.operations.getOrder(call, { instrument, ...key })
    } catch (error) {
      if (!PerpkitError.is(error)) throw error
      if (error.code !== 'ORDER_NOT_FOUND') return 'UNKNOWN'
    }
  }
  return 'MISSING'
}

const QUESTION = {
  action: 'superviseManagedOrders',
  budgetClass: 'protect',
  timeoutMs: PATIENCE_MS,
} as const

async function readFills(
  client: Client,
  instrument: Instrument,
  legs: readonly ManagedLeg[],
): Promise<Fill[]> {
  const now = client.clock.now()
  const oldest = Math.min(...legs.map(({ sentAt }) => sentAt))
  const backMs = Math.min(FILLS_BACK_MS, now - oldest + PATIENCE_MS)
  const endTime = client.time.estimate() + PATIENCE_MS
  const startTime = endTime - backMs - PATIENCE_MS
  try {
    const query = { instrument, startTime, endTime, limit: MAX_FILLS }
    return await client.operations.getFills(client.call(QUESTION), query)
  } catch (error) {
    if (PerpkitError.is(error)) return []
    throw error
  }
}

function executedOf({ orderId, clientOrderId }: ManagedLeg, fills: readonly Fill[]): Decimal {
  const own = fills.filter(
    (fill) =>
      fill.orderId === orderId || (clientOrderId !== '' && fill.clientOrderId === clientOrderId),
  )
  return sum(own.map(({ quantity }) => quantity))
}
