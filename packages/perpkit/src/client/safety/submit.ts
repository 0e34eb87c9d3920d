import { sleep } from '../../core/clock.ts'
import { type Decimal, equals, isLess } from '../../core/decimal.ts'
import { OutcomeUnknownError, PerpkitError, TransportError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { BudgetClass } from '../../transport/limiter.ts'
import type { Client } from '../client.ts'
import type { Call, Stamp } from '../definition.ts'
import type { Outcome } from './journal.ts'

/** One order on its way to the exchange. */
export interface Submission {
  action: string
  instrument: Instrument
  clientOrderId: string
  budgetClass: BudgetClass
  signal?: AbortSignal | undefined
  send(call: Call): Promise<FuturesOrder>
  /** Whether an order found under the same id can be this one. */
  matches(order: FuturesOrder): boolean
  /** What else it must have, where its id may have been given to another order before. */
  figures?: Figures
  /** Shorter than an order may stay invisible: its caller sends it again under the same id. */
  lookForMs?: number | undefined
}

interface Figures {
  quantity: Decimal
  price?: Decimal | undefined
  stopPrice?: Decimal | undefined
}

/**
 * Sends an order once. Its intent is in the journal before the first byte leaves. When the answer
 * does not tell the outcome, the exchange is asked by client order id for as long as an order may
 * stay invisible there; only then the outcome is called unknown. Nothing is ever sent twice.
 */
export async function submitOnce(client: Client, submission: Submission): Promise<FuturesOrder> {
  const { action, clientOrderId, budgetClass, signal } = submission
  await client.witness()
  const call = client.call({
    action,
    budgetClass,
    signal,
    beforeSend: (stamp) => recordIntent(client, submission, stamp),
  })
  try {
    const order = await submission.send(call)
    await client.journal.settle(clientOrderId, 'done')
    return order
  } catch (error) {
    return await conclude(client, submission, error)
  }
}

/** Writes ahead what is about to be sent. */
export function recordIntent(
  client: Client,
  { action, instrument, clientOrderId }: Omit<Submission, 'send'>,
  { timestamp }: Stamp,
): void | Promise<void> {
  return client.journal.record({
    exchange: client.definition.name,
    clientOrderId,
    action,
    symbol: instrument.symbol,
    timestamp,
  })
}

/** The order after all, when a submission that ended like this stands; else the error. */
export async function conclude(
  client: Client,
  submission: Omit<Submission, 'send'>,
  error: unknown,
): Promise<FuturesOrder> {
  if (mayStand(error)) return resolve(client, submission, error)
  await client.journal.settle(submission.clientOrderId, outcomeOf(error))
  // The exchange knows other rules than we do: they are fetched anew with the next question.
  if (PerpkitError.is(error) && error.code === 'OFF_STEP') client.catalogue.expire()
  throw error
}

/** Whether, after this error, the order may stand at the exchange. */
function mayStand(error: unknown): error is PerpkitError {
  return (
    error instanceof OutcomeUnknownError ||
    // An earlier copy of this very order stands there, or another one under a reused id.
    (PerpkitError.is(error) && error.code === 'DUPLICATE_CLIENT_ORDER_ID')
  )
}

/** What became of a submission that ended with this error, as far as the error tells. */
export function outcomeOf(error: unknown): Exclude<Outcome, 'done'> {
  if (error instanceof OutcomeUnknownError) return 'unknown'
  return error instanceof TransportError && error.sent === 'no' ? 'notSent' : 'rejected'
}

/** What one look-up may take: a budget that is used up must not hold up all that come after it. */
const PATIENCE_MS = 2_000

function patienceOf({ timeoutMs }: Client): number {
  return Math.min(timeoutMs, PATIENCE_MS)
}

/** Fills are looked for from this long before the answer was lost. */
const FILLS_BEFORE_MS = 30_000

/**
 * Asks by client order id until the order is found, or is not although it must have become visible. An
 * exchange that does not answer is asked for as long as a request may take.
 */
async function resolve(
  client: Client,
  submission: Omit<Submission, 'send'>,
  cause: PerpkitError,
): Promise<FuturesOrder> {
  const { action, instrument, clientOrderId } = submission
  const isOurs = (order: FuturesOrder): boolean => isOrderOf(submission, cause, order)
  const { operations } = client
  const { visibilityDelayMs, name } = client.definition
  const call = client.call({ action, budgetClass: 'protect', timeoutMs: patienceOf(client) })
  const startedAt = client.time.estimate()
  const wanted = { instrument, clientOrderId, since: startedAt }
  // That the id is taken proves that it landed: there is nothing to send again, only to wait for.
  const lookForMs = cause instanceof OutcomeUnknownError ? submission.lookForMs : undefined
  const visibleAt = client.clock.now() + Math.min(visibilityDelayMs, lookForMs ?? visibilityDelayMs)
  const giveUpAt = visibleAt + (lookForMs === undefined ? client.timeoutMs : 0)
  const tried: string[] = []
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    let isMissing = false
    try {
      const order = await operations.getOrder(call, { instrument, clientOrderId })
      if (!isOurs(order)) {
        await client.journal.settle(clientOrderId, 'rejected')
        throw cause
      }
      await client.journal.settle(clientOrderId, 'done')
      return order
    } catch (error) {
      if (!PerpkitError.is(error) || error === cause) throw error
      isMissing = error.code === 'ORDER_NOT_FOUND'
      tried.push(`asked for clientOrderId ${clientOrderId}: ${error.code}`)
      if (error.code === 'RATE_LIMITED' || error.code === 'NOT_SENT') {
        // Some answer this from histories alone: what is cheaper must do.
        const found = await searchLists(client, wanted, tried)
        if (typeof found === 'object' && isOurs(found)) {
          await client.journal.settle(clientOrderId, 'done')
          return found
        }
        isMissing = found === 'MISSING'
      }
    }
    const now = client.clock.now()
    if ((isMissing && now >= visibleAt) || now >= giveUpAt) break
    // The last question is asked when the order must be visible, not before.
    await sleep(client.clock, now < visibleAt ? Math.min(pause, visibleAt - now) : pause)
  }
  const found = await searchLists(client, wanted, tried)
  if (typeof found === 'object' && isOurs(found)) {
    await client.journal.settle(clientOrderId, 'done')
    return found
  }
  await client.journal.settle(clientOrderId, 'unknown')
  throw new OutcomeUnknownError(
    `${name} ${action}: it is not known whether order ${clientOrderId} was placed; ` +
      `${tried.length} look-ups over ${client.time.estimate() - startedAt} ms did not find it`,
    { exchange: name, action, clientOrderId, tried, cause },
  )
}

/**
 * An id that was lost with its answer is fresh: what has it is ours, even when the exchange has moved
 * a figure. An id that is said to be taken may be that of another order.
 */
function isOrderOf(
  { matches, figures }: Omit<Submission, 'send'>,
  cause: PerpkitError,
  order: FuturesOrder,
): boolean {
  if (!matches(order)) return false
  if (cause instanceof OutcomeUnknownError || !figures) return true
  const { quantity, price, stopPrice } = figures
  // Some exchanges cut what only reduces to the position.
  const isCut = order.reduceOnly === true && isLess(order.quantity, quantity)
  return (
    (isCut || order.closePosition === true || equals(order.quantity, quantity)) &&
    (price === undefined || equals(order.price, price)) &&
    (stopPrice === undefined || order.stopPrice === undefined || equals(order.stopPrice, stopPrice))
  )
}

/**
 * A last look where an order may show although asking for its id did not: open orders and fills.
 * `undefined`: not all of them could be read.
 */
async function searchLists(
  client: Client,
  order: { instrument: Instrument; clientOrderId: string; since: number },
  tried: string[],
): Promise<FuturesOrder | 'MISSING' | undefined> {
  const { operations } = client
  const { instrument, clientOrderId, since } = order
  const scope = { action: 'getOrder', budgetClass: 'protect' } as const
  const call = client.call({ ...scope, timeoutMs: patienceOf(client) })
  const isIt = (row: { clientOrderId?: string }): boolean => row.clientOrderId === clientOrderId
  const look = async <T>(
    where: string,
    read: () => Promise<T | undefined>,
  ): Promise<T | 'MISSING' | undefined> => {
    try {
      const found = await read()
      if (found === undefined) tried.push(`looked in the ${where}: not there`)
      return found ?? 'MISSING'
    } catch (error) {
      if (!PerpkitError.is(error)) throw error
      tried.push(`looked in the ${where}: ${error.code}`)
      return undefined
    }
  }
  const open = await look('open orders', async () =>
    (await operations.getOpenOrders(call, { instrument })).find(isIt),
  )
  if (typeof open === 'object') return open
  const filled = await look('fills', async () => {
    const window = { startTime: since - FILLS_BEFORE_MS, endTime: client.time.estimate() + 1_000 }
    const fills = await operations.getFills(call, { instrument, limit: 100, ...window })
    const fill = fills.find(isIt)
    return fill && operations.getOrder(call, { instrument, orderId: fill.orderId })
  })
  return typeof filled === 'object' || open === 'MISSING' ? filled : undefined
}
