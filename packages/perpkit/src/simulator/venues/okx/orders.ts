import type { Params } from '../../server/params.ts'
import type { Handling, Operation, Route } from '../../server/types.ts'
import { amendNames, amendOrderOf } from './amendment.ts'
import { listName } from './auth.ts'
import { cancelNames, cancelOrderOf } from './cancellation.ts'
import { Refused } from './errors.ts'
import { orderNames, readDraft } from './orderDraft.ts'
import { checkDraft, place } from './placement.ts'
import { answering } from './replies.ts'
import {
  type Act,
  amending,
  answerMany,
  answerOne,
  cancelling,
  placing,
  type Row,
  readItems,
} from './rows.ts'

// Orders of the book, one at a time and in lists: docs/wire/okx.md 4.2 and 4.3. Answers are
// acknowledgements; what became of an order is read elsewhere.

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-order
export const placeOrder: Route = {
  method: 'POST',
  path: '/api/v5/trade/order',
  access: 'signed',
  operation: 'createOrder',
  parameters: orderNames,
  handle: answering((handling) => {
    refuseExpired(handling)
    return answerOne(handling, placing, placeOne)
  }),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-multiple-orders
export const placeBatch: Route = {
  method: 'POST',
  path: '/api/v5/trade/batch-orders',
  access: 'signed',
  operation: 'createOrder',
  parameters: [listName],
  handle: answering((handling) => {
    refuseExpired(handling)
    return answerMany(handling, placing, { most: 20, code: '51111' }, placeOne)
  }),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-order
export const cancelOrder: Route = {
  method: 'POST',
  path: '/api/v5/trade/cancel-order',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: cancelNames,
  handle: answering((handling) => answerOne(handling, cancelling, cancelOrderOf)),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-multiple-orders
export const cancelBatch: Route = {
  method: 'POST',
  path: '/api/v5/trade/cancel-batch-orders',
  access: 'signed',
  operation: cancelOperation,
  parameters: [listName],
  handle: answering((handling) =>
    answerMany(handling, cancelling, { most: 20, code: '51501' }, cancelOrderOf),
  ),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-amend-order
export const amendOrder: Route = {
  method: 'POST',
  path: '/api/v5/trade/amend-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: amendNames,
  handle: answering((handling) => {
    refuseExpired(handling)
    return answerOne(handling, amending, amendOrderOf)
  }),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-amend-multiple-orders
export const amendBatch: Route = {
  method: 'POST',
  path: '/api/v5/trade/amend-batch-orders',
  access: 'signed',
  operation: 'amendOrder',
  parameters: [listName],
  handle: answering((handling) => {
    refuseExpired(handling)
    return answerMany(handling, amending, { most: 20, code: '51501' }, onceEach(handling))
  }),
}

/** There is no call that cancels everything: a list of several stands for it. */
export function cancelOperation(params: Params): Operation {
  const items = params.peek(listName)
  return Array.isArray(items) && items.length > 1 ? 'cancelAll' : 'cancelOrder'
}

/** `expTime` says until when the order may be taken: docs/wire/okx.md 2. */
function refuseExpired({ clock, request }: Handling): void {
  const expTime = request.headers.exptime ?? ''
  if (expTime === '') return
  if (!/^\d{1,16}$/.test(expTime)) throw new Refused('51000', 'expTime')
  if (!clock.isCurrent(Number(expTime), 0, Number.MAX_SAFE_INTEGER)) throw new Refused('50036')
}

function placeOne(handling: Handling, params: Params): Row {
  const draft = readDraft(handling, params)
  checkDraft(handling, draft)
  const order = place(handling, draft)
  return {
    ordId: order.orderId,
    clOrdId: draft.clOrdId,
    tag: draft.tag,
    ts: String(order.createdAt),
    sCode: '0',
    sMsg: 'Order placed',
    subCode: '',
  }
}

/** The same order twice in one list is refused, both times. */
function onceEach(handling: Handling): Act {
  const counts = new Map<unknown, number>()
  const idOf = (params: Params): unknown => params.peek('ordId') ?? params.peek('clOrdId')
  for (const item of readItems(handling)) counts.set(idOf(item), (counts.get(idOf(item)) ?? 0) + 1)
  return (each, params) => {
    const id = idOf(params)
    if (id === undefined || (counts.get(id) ?? 0) < 2) return amendOrderOf(each, params)
    params.ignore(...amendNames)
    throw new Refused('51512')
  }
}
