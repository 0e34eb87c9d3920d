import type {
  BatchItem,
  Call,
  DecodeContext,
  Endpoint,
  PlainOrderIntent,
} from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { classifyItem } from './errors.ts'
import { decodeOrder, wordsOf } from './orders.ts'

/** At most 5; each is accepted or refused by itself. */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return call(batchOrders, intents)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Place-Multiple-Orders
const batchOrders: Endpoint<readonly PlainOrderIntent[], readonly BatchItem[]> = {
  method: 'POST',
  path: '/fapi/v1/batchOrders',
  access: 'trade',
  effect: 'once',
  // The same however many orders are in it.
  cost: { weight: 5, orders10s: 5, orders1m: 1 },
  encode: (intents) => ({ form: { batchOrders: JSON.stringify(intents.map(wordsOf)) } }),
  decode(answer, intents, context) {
    const rows = answer.items()
    // In the order of the request. Refusals carry no id, so once the count is wrong only orders
    // can be told apart.
    const isWhole = rows.length === intents.length
    return intents.map((intent, index) => {
      const row = isWhole ? rows[index] : rows.find((candidate) => isAnswerTo(candidate, intent))
      return row ? decodeItem(row, intent, context) : unknown('the answer does not name this order')
    })
  },
}

function decodeItem(row: Reader, intent: PlainOrderIntent, context: DecodeContext): BatchItem {
  const verdict = classifyItem(row.value)
  if (verdict.kind === 'refusal') {
    const { code, nativeCode, nativeMessage } = verdict
    return { refusal: { code, nativeCode, nativeMessage } }
  }
  if (verdict.kind === 'unknown') {
    const { nativeCode, nativeMessage } = verdict
    return { unknown: { nativeCode, nativeMessage } }
  }
  if (!isAnswerTo(row, intent)) return unknown('another order stands in the place of this one')
  try {
    return { order: decodeOrder(row, intent, context) }
  } catch (error) {
    // The other items must not be lost for it.
    if (error instanceof ReadError) return unknown(error.message)
    throw error
  }
}

function isAnswerTo(row: Reader, { clientOrderId }: PlainOrderIntent): boolean {
  return row.has('clientOrderId') && row.at('clientOrderId').value === clientOrderId
}

function unknown(nativeMessage: string): BatchItem {
  return { unknown: { nativeCode: '', nativeMessage } }
}
