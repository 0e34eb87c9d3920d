import type { Call, DecodeContext, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import {
  type EventStore,
  isActivation,
  namesOf,
  type OrderEvent,
  orderStore,
  type PastOrder,
  readEvent,
  triggerStore,
} from './historyEvents.ts'
import { isOf, type OrderIds } from './ids.ts'
import { isPerpetual } from './symbols.ts'

// The memory of the exchange: events of orders and of triggers, apart. It is asked last and seldom,
// because its budget is 10 calls a minute (docs/wire/kraken.md 4.8, 7).

/** Which order is meant. */
export interface Wanted {
  instrument: Instrument
  ids: OrderIds
}

/** An order as its latest events tell it: as an order, and as the trigger it came from. */
export interface Past {
  plain: FuturesOrder | undefined
  trigger: FuturesOrder | undefined
}

/** The history of one exchange object, which asks for nothing twice. */
export interface HistoryReader {
  read(call: Call, wanted: Wanted): Promise<Past>
}

export function createHistoryReader(): HistoryReader {
  const readOrders = createSharedPage(orderEvents)
  const readTriggers = createSharedPage(triggerEvents)
  /** What has ended stays as it is. */
  const ended = new Map<string, Past>()
  return {
    async read(call, wanted) {
      const { orderId = '', clientOrderId = '' } = wanted.ids
      const name = `${orderId} ${clientOrderId}`
      const known = ended.get(name)
      if (known) return known
      const [orders, triggers] = await Promise.all([
        readOrders(call, wanted.instrument),
        readTriggers(call, wanted.instrument),
      ])
      const [plain, trigger] = await Promise.all([
        findLatest(call, orderEvents, wanted, orders),
        findLatest(call, triggerEvents, wanted, triggers),
      ])
      if (plain && !isOpen(plain.status)) {
        ended.set(name, { plain, trigger })
        const [oldest] = ended.keys()
        if (ended.size > KEPT && oldest !== undefined) ended.delete(oldest)
      }
      return { plain, trigger }
    },
  }
}

const KEPT = 1_000

/** The newest page of each symbol: one answers everybody who asks before it is sent for. */
function createSharedPage(
  endpoint: Endpoint<PageRequest, Page>,
): (call: Call, instrument: Instrument) => Promise<Page> {
  const coming = new Map<string, Promise<Page>>()
  const asking = new Map<string, Promise<void>>()
  return (call, instrument) => {
    const { nativeSymbol } = instrument
    const ask = (): Promise<Page> => call(endpoint, { instrument, token: undefined })
    // Another one's question may have less time or a smaller budget.
    const shared = coming.get(nativeSymbol)
    if (shared) return shared.catch(ask)
    const before = asking.get(nativeSymbol) ?? Promise.resolve()
    const page = before.then(() => {
      coming.delete(nativeSymbol)
      return ask()
    })
    coming.set(nativeSymbol, page)
    const isOver = (): void => {
      if (asking.get(nativeSymbol) === over) asking.delete(nativeSymbol)
    }
    const over = page.then(isOver, isOver)
    asking.set(nativeSymbol, over)
    return page
  }
}

/** Pages of 1000 events, newest first. */
const MAX_PAGES = 3

async function findLatest(
  call: Call,
  endpoint: Endpoint<PageRequest, Page>,
  { instrument, ids }: Wanted,
  newest: Page,
): Promise<FuturesOrder | undefined> {
  let page = newest
  for (let number = 1; ; number++) {
    const latest = page.find(ids)
    if (latest || page.next === undefined || number === MAX_PAGES) return latest?.order
    page = await call(endpoint, { instrument, token: page.next })
  }
}

export interface PageRequest {
  /** Absent: all of them. */
  instrument?: Instrument
  /** First millisecond; absent: as far as the exchange remembers. */
  since?: number
  /** Absent for the first page. */
  token: string | undefined
}

export interface Page {
  /** By the newest event of each order. */
  orders(): PastOrder[]
  find(ids: OrderIds): PastOrder | undefined
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
  decode: (answer, _, context) => readPage(answer, orderStore, context),
}

/** https://docs.kraken.com/api-reference/account-history/get-trigger-events */
export const triggerEvents: Endpoint<PageRequest, Page> = {
  method: 'GET',
  path: '/api/history/v3/triggers',
  access: 'read',
  effect: 'read',
  cost: { history: 1 },
  encode: encodePage,
  decode: (answer, _, context) => readPage(answer, triggerStore, context),
}

function encodePage({ instrument, since, token }: PageRequest): {
  query: Record<string, string | number | undefined>
} {
  return {
    query: {
      tradeable: instrument?.nativeSymbol,
      // One further out: whether the bound itself is in it is not told.
      since: since === undefined ? undefined : since - 1,
      sort: 'desc',
      count: 1000,
      continuation_token: token,
    },
  }
}

function readPage(answer: Reader, store: EventStore, context: DecodeContext): Page {
  const elements = answer.at('elements').items()
  const oldest = elements.at(-1)?.at('timestamp').integer()
  const next = elements.length === 0 ? undefined : answer.at('continuationToken').optionalString()
  const toOrder = (event: OrderEvent): PastOrder => ({
    order: store.read(event, context),
    isActivated: isActivation(event),
  })
  return {
    orders() {
      const newest = new Map<string, OrderEvent>()
      for (const element of elements) {
        const event = readEvent(element, store.bodies)
        const orderId = event && isOurs(event) ? namesOf(event.order).orderId : undefined
        if (event && orderId !== undefined && !newest.has(orderId)) newest.set(orderId, event)
      }
      return [...newest.values()].map(toOrder)
    },
    find(ids) {
      for (const element of elements) {
        const event = readEvent(element, store.bodies)
        if (event && isOf(ids, namesOf(event.order))) return toOrder(event)
      }
      return undefined
    },
    oldest,
    next,
  }
}

function isOurs({ order }: OrderEvent): boolean {
  return isPerpetual(order.at('tradeable').string())
}
