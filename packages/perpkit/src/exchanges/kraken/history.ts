import type { Call, DecodeContext, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import {
  type EventStore,
  isActivation,
  namesOf,
  orderStore,
  type PastOrder,
  readEvent,
  triggerStore,
} from './historyEvents.ts'
import { isOf, type OrderIds } from './ids.ts'

// The memory of the exchange: events of orders and of triggers, apart. It is asked last and seldom,
// because its budget is 10 calls a minute (docs/wire/kraken.md 4.8, 7).

interface Wanted {
  instrument: Instrument
  ids: OrderIds
}

/** An order as its latest events tell it: as an order, and as the trigger it came from. */
export async function readHistory(
  call: Call,
  wanted: Wanted,
): Promise<{ plain: FuturesOrder | undefined; trigger: FuturesOrder | undefined }> {
  const [plain, trigger] = await Promise.all([
    findLatest(call, orderEvents, wanted),
    findLatest(call, triggerEvents, wanted),
  ])
  return { plain, trigger }
}

/** Pages of 1000 events, newest first. */
const MAX_PAGES = 3

async function findLatest(
  call: Call,
  endpoint: Endpoint<PageRequest, Page>,
  wanted: Wanted,
): Promise<FuturesOrder | undefined> {
  let token: string | undefined
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { orders, next } = await call(endpoint, { ...wanted, token })
    const [latest] = orders
    if (latest || next === undefined) return latest?.order
    token = next
  }
  return undefined
}

export interface PageRequest {
  instrument: Instrument
  /** Absent: all orders. */
  ids?: OrderIds
  /** First millisecond; absent: as far as the exchange remembers. */
  since?: number
  /** Absent for the first page. */
  token: string | undefined
}

export interface Page {
  /** By the newest event of each of the orders that are wanted. */
  orders: PastOrder[]
  /** Time of the oldest event; absent on an empty page. */
  oldest: number | undefined
  next: string | undefined
}

/** https://docs.kraken.com/api-reference/account-history/get-order-events */
export const orderEvents: Endpoint<PageRequest, Page> = {
  method: 'GET',
  path: '/api/history/v3/orders',
  access: 'read',
  effect: 'read',
  cost: { history: 1 },
  encode: encodePage,
  decode: (answer, request, context) => readPage(answer, orderStore, request, context),
}

/** https://docs.kraken.com/api-reference/account-history/get-trigger-events */
export const triggerEvents: Endpoint<PageRequest, Page> = {
  method: 'GET',
  path: '/api/history/v3/triggers',
  access: 'read',
  effect: 'read',
  cost: { history: 1 },
  encode: encodePage,
  decode: (answer, request, context) => readPage(answer, triggerStore, request, context),
}

function encodePage({ instrument, since, token }: PageRequest): {
  query: Record<string, string | number | undefined>
} {
  return {
    query: {
      tradeable: instrument.nativeSymbol,
      // One further out: whether the bound itself is in it is not told.
      since: since === undefined ? undefined : since - 1,
      sort: 'desc',
      count: 1000,
      continuation_token: token,
    },
  }
}

function readPage(
  answer: Reader,
  store: EventStore,
  { ids }: PageRequest,
  context: DecodeContext,
): Page {
  const elements = answer.at('elements').items()
  const orders = new Map<string, PastOrder>()
  for (const element of elements) {
    const event = readEvent(element, store.bodies)
    if (!event) continue
    const names = namesOf(event.order)
    if (orders.has(names.orderId) || (ids && !isOf(ids, names))) continue
    const order = store.read(event, context)
    orders.set(names.orderId, { order, isActivated: isActivation(event) })
    if (ids) break
  }
  const oldest = elements.at(-1)?.at('timestamp').integer()
  const next = elements.length === 0 ? undefined : answer.at('continuationToken').optionalString()
  return { orders: [...orders.values()], oldest, next }
}
