import type { FuturesExchange, OrderStatus } from 'perpkit'
import type { Connection } from './connection.ts'
import { usageError } from './output/failure.ts'

/** An order of the journal whose outcome was not known, and what asking for it told now. */
export interface Unsettled {
  symbol: string
  action: string
  clientOrderId: string
  /** `NOT_FOUND`: the exchange has not seen it; a late one may still come for a while. */
  found: OrderStatus | 'NOT_FOUND'
}

/** Asks for each; what is found is settled in the journal, so that it is not asked for again. */
export async function askForUnsettled({
  exchange,
  journal,
  key,
  name,
}: Connection): Promise<Unsettled[]> {
  if (key === undefined) {
    throw usageError('only the journal of a stored key remembers', 'Name it with --key.')
  }
  const intents = (await journal.unsettled()).filter((intent) => intent.exchange === name)
  const asked: Unsettled[] = []
  for (const { symbol, action, clientOrderId } of intents) {
    const found = await statusOf(exchange, symbol, clientOrderId)
    if (found !== 'NOT_FOUND') await journal.settle(clientOrderId, 'done')
    asked.push({ symbol, action, clientOrderId, found })
  }
  return asked
}

async function statusOf(
  exchange: FuturesExchange,
  symbol: string,
  clientOrderId: string,
): Promise<Unsettled['found']> {
  const { PerpkitError } = await import('perpkit')
  try {
    return (await exchange.getOrder({ symbol, clientOrderId })).status
  } catch (error) {
    if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return 'NOT_FOUND'
    throw error
  }
}
