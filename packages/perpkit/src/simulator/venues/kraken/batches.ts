import { isRecord } from '../../../core/reader.ts'
import { Params } from '../../server/params.ts'
import type { Answer, Handling, Operation, Route } from '../../server/types.ts'
import { cancelOne } from './cancellation.ts'
import { edit, editNames } from './editing.ts'
import { textOf, timeOf } from './fields.ts'
import { iso } from './numbers.ts'
import { draftNames, isTrigger, readDraft } from './orderDraft.ts'
import { place } from './placement.ts'
import { readIds } from './records.ts'
import { Refused, success, wordRefusal } from './replies.ts'
import { judge, type Verdict } from './verdict.ts'

/** The venue takes up to so many instructions in one call. */
const MOST_ITEMS = 500

// docs/wire/kraken.md 4.7; https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order
export const batchOrder: Route = {
  method: 'POST',
  path: '/derivatives/api/v3/batchorder',
  access: 'signed',
  operation: batchOperation,
  parameters: ['json', 'processBefore', 'ProcessBefore'],
  handle: answerBatch,
}

/** What a fault calls the batch: a sending one by its orders, another one by its first item. */
function batchOperation(params: Params): Operation {
  const items = itemsOf(params)
  const sent = items.filter(({ order }) => order === 'send')
  if (sent.length > 0) {
    return sent.every(({ orderType }) => isTrigger(orderType)) ? 'createStop' : 'createOrder'
  }
  return items[0]?.order === 'edit' ? 'amendOrder' : 'cancelOrder'
}

/** The answer of a batch all of whose items are refused with one status. */
export function batchRefusal(handling: Handling, status: string): Answer {
  const batchStatus = itemsOf(handling.params).map((item) => {
    const isEdit = status === 'notFound' && item.order === 'edit'
    const verdict = { status: isEdit ? 'orderForEditNotFound' : status, orderEvents: [] }
    return itemShape(handling, new Params(item), verdict)
  })
  return success(handling, { batchStatus })
}

/** Items as far as they can be read. */
export function itemsOf(params: Params): Record<string, unknown>[] {
  const text = params.peek('json')
  try {
    const read: unknown = JSON.parse(typeof text === 'string' ? text : '')
    const items: unknown = isRecord(read) ? read.batchOrder : undefined
    return Array.isArray(items) ? items.filter(isRecord) : []
  } catch {
    return []
  }
}

function answerBatch(handling: Handling): Answer {
  const { params } = handling
  const items = readItems(handling, textOf(params, 'json'))
  const before = timeOf(params, 'processBefore') ?? timeOf(params, 'ProcessBefore')
  const isLate = before !== undefined && handling.clock.now() > before
  const batchStatus = items.map((item) => {
    const own = new Params(item)
    if (isLate) return itemShape(handling, own, lateVerdict)
    const shape = itemShape(handling, own, judgeItem(handling, own))
    for (const { name, value } of own.unread()) {
      if (!knownNames.has(name)) handling.unknownWord(`batchOrder.${name}`, value)
    }
    return shape
  })
  return success(handling, { batchStatus })
}

/** An instruction refused at once has not been read to its end. */
const knownNames = new Set([...draftNames, ...editNames, 'order', 'order_tag', 'order_id'])

const lateVerdict: Verdict = { status: 'wouldProcessAfterSpecifiedTime', orderEvents: [] }

function readItems(handling: Handling, text: string | undefined): Record<string, unknown>[] {
  if (text === undefined) throw wordRefusal('requiredArgumentMissing')
  const read = parse(text)
  if (!isRecord(read)) throw wordRefusal('Json Parse Error')
  // One client leaves `clientOrderIds` beside the list (docs/wire/kraken.md 9).
  const { batchOrder: items, clientOrderIds: _, ...others } = read
  for (const [name, value] of Object.entries(others)) handling.unknownWord(name, value)
  if (!Array.isArray(items) || items.length > MOST_ITEMS) throw wordRefusal('Json Parse Error')
  return items.map((item: unknown) => {
    if (!isRecord(item) || !areFlagsBoolean(item)) throw wordRefusal('Json Parse Error')
    return item
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wordRefusal('Json Parse Error')
  }
}

function areFlagsBoolean({ reduceOnly }: Record<string, unknown>): boolean {
  return reduceOnly === undefined || typeof reduceOnly === 'boolean'
}

/** One instruction: what refuses a whole request alone refuses one item here. */
function judgeItem(handling: Handling, item: Params): Verdict {
  try {
    return judge(() => act(handling, item))
  } catch (error) {
    if (error instanceof Refused) return { status: error.message, orderEvents: [] }
    throw error
  }
}

function act(handling: Handling, item: Params): Verdict {
  const order = textOf(item, 'order')
  switch (order) {
    case 'send':
      if (textOf(item, 'order_tag') === undefined) throw wordRefusal('requiredArgumentMissing')
      return place(handling, readDraft(handling, item))
    case 'edit':
      return edit(handling, item, readIds(item, 'order_id'))
    case 'cancel':
      return cancelOne(handling, readIds(item, 'order_id'))
    default:
      if (order === undefined) throw wordRefusal('requiredArgumentMissing')
      handling.unknownWord('order', order)
      throw wordRefusal('invalidArgument: order')
  }
}

function itemShape(
  { clock }: Handling,
  item: Params,
  { cliOrdId, orderEvents, orderId, status }: Verdict,
): Record<string, unknown> {
  const tag = item.peek('order_tag')
  const isSend = item.peek('order') === 'send'
  // An instruction about an unknown order gets back the id that was sent.
  const id = orderId ?? (isSend ? undefined : item.peek('order_id'))
  const ownId = cliOrdId ?? item.peek('cliOrdId')
  return {
    status,
    ...(isSend && tag !== undefined && { order_tag: tag }),
    ...(id !== undefined && { order_id: id }),
    ...(ownId !== undefined && { cliOrdId: ownId }),
    ...(isSend && orderId !== undefined && { dateTimeReceived: iso(clock.now()) }),
    orderEvents,
  }
}
