import type { BatchItem, Call, Endpoint, PlainOrderIntent } from '../../client/definition.ts'
import { isRecord, ReadError, type Reader } from '../../core/reader.ts'
import { OutcomeUnknownError } from '../../model/errors.ts'
import { classifyOrder } from './errors.ts'
import type { OrderMemory } from './memory.ts'
import { wordsOf } from './orders.ts'
import { askedOrder, readPlacement } from './placement.ts'

/** More are taken; this many at once is proven practice (docs/wire/kraken.md 4.7). */
export const MAX_BATCH = 10

/** Each succeeds or fails by itself. What is sent is remembered, as single orders are. */
export async function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
  memory: OrderMemory,
): Promise<readonly BatchItem[]> {
  const firsts = intents.filter((intent) => memory.expect(askedOrder(intent)))
  try {
    const cost = { derivatives: 9 + intents.length }
    const items = await call({ ...batch, cost }, intents)
    for (const [index, item] of items.entries()) {
      const intent = intents[index]
      if ('order' in item) memory.learn(item.order)
      if ('refusal' in item && intent && firsts.includes(intent)) {
        memory.forget(intent.clientOrderId)
      }
    }
    return items
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) {
      for (const { clientOrderId } of firsts) memory.forget(clientOrderId)
    }
    throw error
  }
}

/**
 * JSON inside a form. Orders are told apart by their tags, and the answer says of each by itself
 * what became of it.
 * https://docs.kraken.com/api-reference/order-management/batch-order-management
 */
const batch: Endpoint<readonly PlainOrderIntent[], BatchItem[]> = {
  method: 'POST',
  path: '/derivatives/api/v3/batchorder',
  access: 'trade',
  effect: 'once',
  cost: { derivatives: 9 },
  encode(intents) {
    const batchOrder = intents.map((intent, index) => ({
      order: 'send',
      order_tag: String(index),
      ...wordsOf(intent),
    }))
    return { form: { json: JSON.stringify({ batchOrder }) } }
  },
  decode(answer, intents) {
    const rows = answer.at('batchStatus').items()
    return intents.map((intent, index) => {
      const row = rows.find((candidate) => isAbout(candidate, intent, String(index)))
      return row ? readItem(row, intent) : silence
    })
  },
}

const silence: BatchItem = {
  unknown: { nativeCode: '', nativeMessage: 'the answer does not mention this order' },
}

/** The order of the rows is not relied upon. */
function isAbout(row: Reader, { clientOrderId }: PlainOrderIntent, tag: string): boolean {
  const named = row.at('order_tag').optionalId()
  return named === undefined ? row.at('cliOrdId').value === clientOrderId : named === tag
}

function readItem(row: Reader, intent: PlainOrderIntent): BatchItem {
  const verdict = classifyOrder(isRecord(row.value) ? row.value : {})
  const { kind } = verdict
  if (kind === 'answer') return readTaken(row, intent)
  const { nativeCode, nativeMessage } = verdict
  if (kind === 'refusal') return { refusal: { code: verdict.code, nativeCode, nativeMessage } }
  return { unknown: { nativeCode, nativeMessage } }
}

/** A row that cannot be read must not take the others with it. */
function readTaken(row: Reader, intent: PlainOrderIntent): BatchItem {
  try {
    return { order: readPlacement(row, askedOrder(intent)) }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    return { unknown: { nativeCode: '', nativeMessage: error.message } }
  }
}
