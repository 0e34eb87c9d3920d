import type { BatchItem, Call, Endpoint, PlainOrderIntent } from '../../../client/definition.ts'
import { type BatchRequest, NOTHING_TOLD, placeAll, readPlacedItem } from '../batchItems.ts'
import { classifyEnvelope, isRefused, readFailedItem } from '../errors.ts'
import { rowsOf } from '../fields.ts'
import { createOrder, orderWords } from './orders.ts'

/**
 * A batch does not know `reduceOnly` and presets, and what is not known is ignored: such orders go
 * one by one, or they might open, or stand without their stop (docs/wire/bitget.md 12.4).
 */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return placeAll(call, intents, {
    fits: ({ reduceOnly, positionSide, stopLoss }) =>
      !stopLoss && (!reduceOnly || positionSide !== undefined),
    batch: (request) => call(newOrders, request),
    single: createOrder,
  })
}

/**
 * A success even when every order was refused.
 * https://www.bitget.com/api-doc/uta/trade/Place-Batch
 */
const newOrders: Endpoint<BatchRequest, readonly BatchItem[]> = {
  method: 'POST',
  path: '/api/v3/trade/place-batch',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v3/trade/place-batch': 1 },
  encode: ({ intents }) => ({ json: intents.map(orderWords) }),
  classify: classifyEnvelope,
  decode(answer, { intents }) {
    const rows = rowsOf(answer.at('data'))
    const byId = new Map(rows.map((row) => [row.at('clientOid').optionalString(), row]))
    return intents.map((intent) => {
      const row = byId.get(intent.clientOrderId)
      if (!row) return NOTHING_TOLD
      return isRefused(row.value) ? readFailedItem(row.value) : readPlacedItem(row, intent)
    })
  },
}
