import type { BatchItem, Call, Endpoint, PlainOrderIntent } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import { type BatchRequest, NOTHING_TOLD, placeAll, readPlacedItem } from '../batchItems.ts'
import { classifyEnvelope, readFailedItem } from '../errors.ts'
import { rowsIn } from '../fields.ts'
import { createOrder, orderWords, scopeWords } from './orders.ts'

/** All of one symbol; one margin mode to a batch. */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return placeAll(call, intents, {
    fits: (intent, first) => intent.marginMode === first.marginMode,
    batch: (request) => call(newOrders, request),
    single: createOrder,
  })
}

/**
 * A success even when every order was refused.
 * https://www.bitget.com/api-doc/contract/trade/Batch-Order
 */
const newOrders: Endpoint<BatchRequest, readonly BatchItem[]> = {
  method: 'POST',
  path: '/api/v2/mix/order/batch-place-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/batch-place-order': 1 },
  encode({ intents }) {
    const [first] = intents
    const scope = first ? scopeWords(first) : {}
    return { json: { ...scope, orderList: intents.map(orderWords) } }
  },
  classify: classifyEnvelope,
  decode(answer, { intents }) {
    const data = answer.at('data')
    const placed = byClientOrderId(rowsIn(data, 'successList'))
    const failed = byClientOrderId(rowsIn(data, 'failureList'))
    return intents.map((intent) => {
      const success = placed.get(intent.clientOrderId)
      if (success) return readPlacedItem(success, intent)
      const failure = failed.get(intent.clientOrderId)
      return failure ? readFailedItem(failure.value) : NOTHING_TOLD
    })
  },
}

function byClientOrderId(rows: Reader[]): Map<string, Reader> {
  return new Map(rows.map((row) => [row.at('clientOid').optionalString() ?? '', row]))
}
