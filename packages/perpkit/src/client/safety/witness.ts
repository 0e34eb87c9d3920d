import { ExchangeError, PerpkitError, RequestError, TransportError } from '../../model/errors.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Call, ExchangeDefinition, Operations } from '../definition.ts'
import type { Scope } from '../send.ts'
import type { Journal } from './journal.ts'

export interface WitnessParts {
  call(scope: Scope): Call
  catalogue: Catalogue
  definition: ExchangeDefinition
  journal: Journal
  operations: Operations
}

const ACTION = 'witness'

/**
 * Shows the journal, once in a client's life, the client order ids of all open orders: one that was
 * put back from an older copy knows itself by them, before anything is sent. Rejects when they could
 * not be read or the journal refuses; then it is done before the next order.
 */
export function createWitness(parts: WitnessParts): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    const { journal } = parts
    if (!journal.witness) return Promise.resolve()
    done ??= readIds(parts)
      .then((ids) => journal.witness?.(ids))
      .catch((error: unknown) => {
        done = undefined
        throw error
      })
    return done
  }
}

async function readIds({
  call,
  catalogue,
  definition,
  operations,
}: WitnessParts): Promise<string[]> {
  try {
    // Rows of all symbols are read by it.
    await catalogue.load()
    const rows = await operations.getOpenOrders(
      call({ action: ACTION, budgetClass: 'protect' }),
      {},
    )
    return rows.flatMap(({ clientOrderId }) => (clientOrderId === '' ? [] : [clientOrderId]))
  } catch (error) {
    if (!PerpkitError.is(error)) throw error
    const isPlain = error instanceof ExchangeError || error instanceof RequestError
    if (isPlain || (error instanceof TransportError && error.sent === 'no')) throw error
    // Whatever became of the question, the order it was asked for has not left.
    const exchange = definition.name
    throw new TransportError(
      `${exchange}: nothing was sent: the journal could not be shown the open orders (${error.message})`,
      { code: error.code, exchange, action: ACTION, sent: 'no', cause: error },
    )
  }
}
