import type { BatchItem, Call, Endpoint, PlainOrderIntent } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import { classifyEnvelope, classifyItem } from './errors.ts'
import { orderFields, readReceipt } from './orders.ts'

/** No maximum is published; the old API took 25 (docs/wire/htx.md 4.4). */
export const MAX_BATCH = 10

/** Plain orders of any contracts, each with its own outcome. */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return call(newOrders, intents)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957de4ff8f
const newOrders: Endpoint<readonly PlainOrderIntent[], readonly BatchItem[]> = {
  method: 'POST',
  path: '/v5/trade/batch_orders',
  access: 'trade',
  effect: 'once',
  // Requests are counted, not orders.
  cost: { trade: 1 },
  encode: (intents) => ({ json: intents.map(orderFields) }),
  classify: classifyEnvelope,
  decode(answer, intents) {
    const items = answer.at('data').items()
    return intents.map((intent, index) => readItem(itemOf(items, intents, index), intent))
  },
}

/**
 * The item of an order: by its client order id, else by its place. Refused orders have no ids; where
 * items are missing, their place tells nothing.
 */
function itemOf(
  items: readonly Reader[],
  intents: readonly PlainOrderIntent[],
  index: number,
): Reader | undefined {
  const own = intents[index]?.clientOrderId
  const named = items.find((item) => clientOrderIdOf(item) === own)
  if (named) return named
  const placed = items.length === intents.length ? items[index] : undefined
  const other = placed && clientOrderIdOf(placed)
  const isOfAnother = intents.some(({ clientOrderId }) => clientOrderId === other)
  return isOfAnother ? undefined : placed
}

function clientOrderIdOf(item: Reader): string | undefined {
  return item.isAbsent() ? undefined : item.at('client_order_id').optionalId()
}

function readItem(item: Reader | undefined, intent: PlainOrderIntent): BatchItem {
  if (!item || item.isAbsent()) {
    return { unknown: { nativeCode: '', nativeMessage: 'the answer has no item for this order' } }
  }
  const verdict = classifyItem(item.value)
  if (verdict.kind === 'refusal') {
    const { code, nativeCode, nativeMessage } = verdict
    return { refusal: { code, nativeCode, nativeMessage } }
  }
  if (verdict.kind !== 'answer') {
    const { nativeCode, nativeMessage } = verdict
    return { unknown: { nativeCode, nativeMessage } }
  }
  if (item.at('order_id').isAbsent()) {
    return { unknown: { nativeCode: '200', nativeMessage: 'a success without an order id' } }
  }
  return { order: readReceipt(item, intent) }
}
