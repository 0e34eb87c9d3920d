import { isRecord } from '../../../core/reader.ts'
import { Params } from '../../server/params.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { ITEMS } from './auth.ts'
import { batchTooLong, emptyField, inputError, orderToCancelUnknown } from './errors.ts'
import { Form } from './form.ts'
import { findOrder, type OrderName } from './orderLookup.ts'
import { orderNames } from './orderRequest.ts'
import { cancel, type OrderIds, place } from './orders.ts'
import { Refused, reply } from './replies.ts'
import { readListing } from './scope.ts'

// Several orders in one call: docs/wire/htx.md 4.4 and 4.5. The call succeeds even when every item
// fails; answers stand in the order of the request.

const MOST_PLACED = 25

const MOST_CANCELLED = 10

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1958935dae1
export const placeBatch: Route = {
  method: 'POST',
  path: '/v5/trade/batch_orders',
  access: 'signed',
  operation: 'createOrder',
  parameters: [ITEMS],
  handle: (handling) =>
    reply(
      handling,
      readItems(handling, MOST_PLACED).map((form) => {
        const result = attemptItem(form, orderNames, () => place(form))
        return result instanceof Refused
          ? failed(result, { order_id: null, client_order_id: null })
          : done(result)
      }),
    ),
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-195894d0de8
export const cancelBatch: Route = {
  method: 'POST',
  path: '/v5/trade/cancel_batch_orders',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: ['contract_code', 'order_id', 'client_order_id', 'channel_code'],
  handle: cancelSeveral,
}

/** The items of a body that is an array. */
export function readItems(handling: Handling, most: number): Form[] {
  const items = handling.params.get(ITEMS)
  if (!Array.isArray(items) || items.length === 0) throw inputError()
  if (items.length > most) throw batchTooLong()
  return items.map((item: unknown) => {
    if (!isRecord(item)) throw inputError()
    return new Form(handling, new Params(item))
  })
}

/** What an item's refusal makes of it. */
function attempt<Result>(act: () => Result): Result | Refused {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

/** Like {@link attempt}; a name of the item that is none of `known` goes into the ledger. */
export function attemptItem<Result>(
  form: Form,
  known: readonly string[],
  act: () => Result,
): Result | Refused {
  const result = attempt(act)
  for (const { name, value } of form.params.unread()) {
    if (!known.includes(name)) form.handling.unknownWord(`[].${name}`, value)
  }
  return result
}

function cancelSeveral(handling: Handling): Answer {
  const form = new Form(handling)
  form.ignore('channel_code')
  const { symbol } = readListing(form).engine
  const names: OrderName[] = [
    ...readIds(form, 'order_id').map((orderId) => ({ orderId, clientId: undefined })),
    ...readIds(form, 'client_order_id').map((clientId) => ({ orderId: undefined, clientId })),
  ]
  if (names.length === 0) throw emptyField('order_id')
  if (names.length > MOST_CANCELLED) throw batchTooLong()
  const rows = names.map((name) => {
    const order = findOrder(handling, name)
    const sent = { order_id: name.orderId ?? null, client_order_id: name.clientId ?? null }
    if (order?.symbol !== symbol) return failed(orderToCancelUnknown(), sent)
    const result = attempt(() => cancel(handling, order))
    return result instanceof Refused ? failed(result, sent) : done(result)
  })
  return reply(handling, rows)
}

/** An array of ids; one id alone and a list parted by commas are taken as well. */
function readIds(form: Form, name: string): string[] {
  const value = form.params.get(name)
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : (form.text(name)?.split(',') ?? [])
  return list.map((id) => String(id)).filter((id) => id !== '')
}

function done(ids: OrderIds): Record<string, unknown> {
  return { code: 200, message: 'Success', ...ids }
}

function failed(
  refused: Refused,
  ids: { order_id: string | null; client_order_id: string | null },
): Record<string, unknown> {
  return { code: refused.code, message: refused.message, ...ids }
}
