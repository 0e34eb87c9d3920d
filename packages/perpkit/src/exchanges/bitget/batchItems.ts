import type { BatchItem, Call, PlainOrderIntent } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import { ExchangeError, OutcomeUnknownError, PerpkitError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { receiptOf } from './orderRow.ts'

/** What a batch answered about each of its orders. */
export interface BatchRequest {
  intents: readonly PlainOrderIntent[]
}

/**
 * Sends what fits into a batch as one, and the others one by one after it, so that a batch that is
 * refused as a whole has sent nothing.
 */
export async function placeAll(
  call: Call,
  intents: readonly PlainOrderIntent[],
  ways: {
    fits: (intent: PlainOrderIntent, first: PlainOrderIntent) => boolean
    batch: (request: BatchRequest) => Promise<readonly BatchItem[]>
    single: (call: Call, intent: PlainOrderIntent) => Promise<FuturesOrder>
  },
): Promise<readonly BatchItem[]> {
  const [first] = intents
  if (!first) return []
  const batched = intents.filter((intent) => ways.fits(intent, first))
  const items = new Map<PlainOrderIntent, BatchItem>()
  if (batched.length > 0) {
    const told = await ways.batch({ intents: batched })
    for (const [index, intent] of batched.entries()) items.set(intent, told[index] ?? NOTHING_TOLD)
  }
  for (const intent of intents) {
    if (!items.has(intent)) items.set(intent, await placeOne(() => ways.single(call, intent)))
  }
  return intents.map((intent) => items.get(intent) ?? NOTHING_TOLD)
}

/** One that went through; without an id nobody knows: it is looked up by its client order id. */
export function readPlacedItem(row: Reader, intent: PlainOrderIntent): BatchItem {
  if (row.at('orderId').isAbsent()) return NOTHING_TOLD
  return { order: receiptOf(row, intent) }
}

/** For an order the answer does not mention. */
export const NOTHING_TOLD: BatchItem = {
  unknown: { nativeCode: '', nativeMessage: 'the answer does not tell' },
}

async function placeOne(place: () => Promise<FuturesOrder>): Promise<BatchItem> {
  try {
    return { order: await place() }
  } catch (error) {
    if (!PerpkitError.is(error)) throw error
    const native = {
      nativeCode: nativeCodeOf(error),
      nativeMessage: error instanceof ExchangeError ? (error.nativeMessage ?? '') : error.message,
    }
    if (error instanceof OutcomeUnknownError) return { unknown: native }
    return { refusal: { code: error.code, ...native } }
  }
}

function nativeCodeOf(error: PerpkitError): string {
  return error instanceof ExchangeError ? (error.nativeCode ?? '') : ''
}
