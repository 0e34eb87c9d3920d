import { sleep } from '../../core/clock.ts'
import { OutcomeUnknownError, PerpkitError, TransportError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { BudgetClass } from '../../transport/limiter.ts'
import type { Client } from '../client.ts'
import type { Call } from '../definition.ts'
import type { Outcome } from './journal.ts'

/** One order on its way to the exchange. */
export interface Submission {
  action: string
  instrument: Instrument
  clientOrderId: string
  budgetClass: BudgetClass
  signal?: AbortSignal | undefined
  send(call: Call): Promise<FuturesOrder>
  /** Whether an order found under the same id is this one. */
  matches(order: FuturesOrder): boolean
}

/**
 * Sends an order once. Its intent is in the journal before the first byte leaves. When the answer
 * does not tell the outcome, the exchange is asked by client order id for as long as an order may
 * stay invisible there; only then the outcome is called unknown. Nothing is ever sent twice.
 */
export async function submitOnce(client: Client, submission: Submission): Promise<FuturesOrder> {
  const { action, instrument, clientOrderId, budgetClass, signal } = submission
  const call = client.call({
    action,
    budgetClass,
    signal,
    beforeSend: ({ timestamp }) =>
      client.journal.record({
        exchange: client.definition.name,
        clientOrderId,
        action,
        symbol: instrument.symbol,
        timestamp,
      }),
  })
  try {
    const order = await submission.send(call)
    await client.journal.settle(clientOrderId, 'done')
    return order
  } catch (error) {
    if (!mayStand(error)) {
      await client.journal.settle(clientOrderId, outcomeOf(error))
      throw error
    }
    return await resolve(client, submission, error)
  }
}

/** Whether, after this error, the order may stand at the exchange. */
function mayStand(error: unknown): error is PerpkitError {
  return (
    error instanceof OutcomeUnknownError ||
    // An earlier copy of this very order stands there, or another one under a reused id.
    (PerpkitError.is(error) && error.code === 'DUPLICATE_CLIENT_ORDER_ID')
  )
}

function outcomeOf(error: unknown): Outcome {
  return error instanceof TransportError && error.sent === 'no' ? 'notSent' : 'rejected'
}

/** Asks by client order id until the order is found or must have become visible. */
async function resolve(
  client: Client,
  { action, instrument, clientOrderId, matches }: Submission,
  cause: PerpkitError,
): Promise<FuturesOrder> {
  const { operations } = client
  const { visibilityDelayMs, name } = client.definition
  const call = client.call({ action, budgetClass: 'protect' })
  const giveUpAt = client.clock.now() + visibilityDelayMs
  const tried: string[] = []
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    try {
      const order = await operations.getOrder(call, { instrument, clientOrderId })
      if (!matches(order)) {
        await client.journal.settle(clientOrderId, 'rejected')
        throw cause
      }
      await client.journal.settle(clientOrderId, 'done')
      return order
    } catch (error) {
      if (!PerpkitError.is(error) || error === cause) throw error
      tried.push(`asked for clientOrderId ${clientOrderId}: ${error.code}`)
    }
    if (client.clock.now() + pause > giveUpAt) break
    await sleep(client.clock, pause)
  }
  await client.journal.settle(clientOrderId, 'unknown')
  throw new OutcomeUnknownError(
    `${name} ${action}: it is not known whether order ${clientOrderId} was placed; ` +
      `${tried.length} look-ups over ${visibilityDelayMs} ms did not find it`,
    { exchange: name, action, clientOrderId, tried, cause },
  )
}
