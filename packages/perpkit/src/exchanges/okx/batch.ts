import type { BatchItem, Call, Cost, Endpoint, PlainOrderIntent } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import { classifyBatch, judgeRow } from './errors.ts'
import { onInstrument } from './limits.ts'
import { orderFields, readReceipt } from './orders.ts'

/** The most orders one call places. */
export const ORDERS_AT_ONCE = 20

/** Run one after the other, each failing for itself; contracts may be mixed. */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return call(batchPlacement, intents)
}

/** A batch of one is counted as a single order (docs/wire/okx.md 7). */
function costOf(intents: readonly PlainOrderIntent[]): Cost {
  const name = intents.length === 1 ? 'POST trade/order' : 'POST trade/batch-orders'
  const instruments = new Set(intents.map(({ instrument }) => instrument))
  const ofEach = [...instruments].flatMap((instrument) => {
    const amount = intents.filter((intent) => intent.instrument === instrument).length
    return Object.entries(onInstrument(name, instrument, amount))
  })
  return { 'new orders': intents.length, ...Object.fromEntries(ofEach) }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-multiple-orders */
const batchPlacement: Endpoint<readonly PlainOrderIntent[], readonly BatchItem[]> = {
  method: 'POST',
  path: '/api/v5/trade/batch-orders',
  access: 'trade',
  effect: 'once',
  cost: costOf,
  encode(intents) {
    return { json: intents.map(orderFields) }
  },
  decode(answer, intents) {
    const rows = answer.at('data').items()
    return intents.map((intent, index) => {
      const row = rowOf(intent, rows, index)
      return row ? readItem(row, intent) : { unknown: MISSING }
    })
  },
  classify: classifyBatch,
}

const MISSING = { nativeCode: '', nativeMessage: 'the answer has no row of this order' }

// Rows come in the order of the request; an id in them has the last word.
function rowOf(
  { clientOrderId }: PlainOrderIntent,
  rows: readonly Reader[],
  index: number,
): Reader | undefined {
  const named = rows.find((row) => row.at('clOrdId').value === clientOrderId)
  if (named) return named
  const row = rows[index]
  return row?.at('clOrdId').isAbsent() ? row : undefined
}

function readItem(row: Reader, intent: PlainOrderIntent): BatchItem {
  const objection = judgeRow(row.value)
  if (objection) return objection
  if (row.at('ordId').isAbsent()) return { unknown: { nativeCode: '0', nativeMessage: 'no ordId' } }
  return { order: readReceipt(row, intent) }
}
