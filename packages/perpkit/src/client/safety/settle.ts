import { sleep } from '../../core/clock.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { Client } from '../client.ts'

/** How long an order is read after it was accepted. */
const SETTLE_MS = 2_000

/**
 * Reads an accepted order until `isSettled` or 2 s have passed, and returns the last that is known.
 * Never throws for a read that fails: the order stands, whatever reading says.
 */
export async function settle(
  client: Client,
  request: { action: string; instrument: Instrument; signal?: AbortSignal | undefined },
  order: FuturesOrder,
  isSettled: (order: FuturesOrder) => boolean,
): Promise<FuturesOrder> {
  const { action, instrument, signal } = request
  const call = client.call({ action, signal })
  const giveUpAt = client.clock.now() + SETTLE_MS
  const { orderId } = order
  let known = order
  for (let pause = 25; !isSettled(known); pause = Math.min(pause * 2, 400)) {
    const read = await readQuietly(() => client.operations.getOrder(call, { instrument, orderId }))
    if (read) known = read
    if (isSettled(known) || client.clock.now() + pause > giveUpAt || signal?.aborted) break
    await sleep(client.clock, pause, signal).catch(() => undefined)
  }
  return known
}

async function readQuietly(read: () => Promise<FuturesOrder>): Promise<FuturesOrder | undefined> {
  try {
    return await read()
  } catch (error) {
    if (PerpkitError.is(error)) return undefined
    throw error
  }
}
