import { isRecord } from '../../../core/reader.ts'
import { Params } from '../../server/params.ts'
import type { Answer, Handling, Operation, Route } from '../../server/types.ts'
import { amend } from './amendment.ts'
import { parameterError, tooManyVisits } from './errors.ts'
import { readFields } from './fields.ts'
import { bodyCategory, cancel, create } from './orders.ts'
import type { OrderIds } from './placement.ts'
import { Refused, reply } from './replies.ts'
import type { Category } from './scope.ts'

// Several orders in one call: docs/wire/bybit.md 4.3. The call succeeds even when every item fails;
// an item keeps its slot in both lists.

const batchNames = ['category', 'request']

// https://bybit-exchange.github.io/docs/v5/order/batch-place
export const createBatch: Route = {
  method: 'POST',
  path: '/v5/order/create-batch',
  access: 'signed',
  operation: createOperation,
  parameters: batchNames,
  handle: (handling) =>
    answerBatch(handling, create, (ids) => ({
      createAt: ids === undefined ? '' : String(handling.clock.now()),
    })),
}

// https://bybit-exchange.github.io/docs/v5/order/batch-amend
export const amendBatch: Route = {
  method: 'POST',
  path: '/v5/order/amend-batch',
  access: 'signed',
  operation: 'amendOrder',
  parameters: batchNames,
  handle: (handling) =>
    answerBatch(handling, (host, params, category) =>
      amend(host, params, category, { conditionals: false }),
    ),
}

// https://bybit-exchange.github.io/docs/v5/order/batch-cancel
export const cancelBatch: Route = {
  method: 'POST',
  path: '/v5/order/cancel-batch',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: batchNames,
  handle: (handling) => answerBatch(handling, cancel),
}

const MOST_ITEMS = 20

/** One waiting order makes the whole batch one of stops. */
function createOperation(params: Params): Operation {
  const items = params.peek('request')
  const hasTrigger = (item: unknown): boolean => isRecord(item) && item.triggerPrice !== undefined
  return Array.isArray(items) && items.some(hasTrigger) ? 'createStop' : 'createOrder'
}

interface Slot {
  row: Record<string, unknown>
  outcome: { code: number; msg: string }
}

function answerBatch(
  handling: Handling,
  act: (handling: Handling, params: Params, category: Category) => OrderIds,
  more: (ids: OrderIds | undefined) => Record<string, string> = () => ({}),
): Answer {
  const category = bodyCategory(handling)
  const items = readFields(handling.params, { request: 'array' }).list('request') ?? []
  if (items.length === 0 || items.length > MOST_ITEMS) throw parameterError()
  // Of a batch beyond the rate limit the first items are executed: docs/wire/bybit.md 7.
  const { allowance = items.length } = handling
  const slots = items.map((item, index): Slot => {
    if (!isRecord(item)) throw parameterError()
    const params = new Params(item)
    if (index >= allowance) return slot(category, params, tooManyVisits(), more(undefined))
    const result = attempt(() => act(handling, params, category))
    for (const { name, value } of params.unread()) handling.unknownWord(`request.${name}`, value)
    return slot(category, params, result, more(result instanceof Refused ? undefined : result))
  })
  return reply(
    handling,
    { list: slots.map(({ row }) => row) },
    { retExtInfo: { list: slots.map(({ outcome }) => outcome) } },
  )
}

function attempt(act: () => OrderIds): OrderIds | Refused {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

function slot(
  category: Category,
  params: Params,
  result: OrderIds | Refused,
  more: Record<string, string>,
): Slot {
  const sent = (name: string): string => {
    const value = params.peek(name)
    return typeof value === 'string' ? value : ''
  }
  const isRefused = result instanceof Refused
  // A slot that failed echoes the ids that were sent.
  const ids = isRefused
    ? { orderId: sent('orderId'), orderLinkId: sent('orderLinkId') }
    : { orderId: result.orderId, orderLinkId: result.orderLinkId }
  return {
    row: { category, symbol: sent('symbol'), ...ids, ...more },
    outcome: isRefused ? { code: result.code, msg: result.message } : { code: 0, msg: 'OK' },
  }
}
