import type { Instruments, UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { add } from '../../core/decimal.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen, type OrderType, type TimeInForce } from '../../model/tokens.ts'
import { readRole } from './fills.ts'
import { compose } from './lookup.ts'
import { recall } from './memory.ts'
import { readBalances, readPositions } from './streamAccount.ts'
import { goneStatusOf, readStreamedOrder } from './streamOrders.ts'
import { assetOf, isPerpetual, readSymbols } from './symbols.ts'
import { isConditional } from './tokens.ts'

// Private feeds: docs/wire/kraken.md 8.4.

const FEEDS = ['open_orders_verbose', 'fills', 'open_positions', 'balances']

/**
 * Messages of an order's end name it by its id alone, those of a fired stop's order not at all, and
 * the positions that are closed are the ones that are missing: so the last of each is remembered.
 */
export function createUserFeed(): UserFeed {
  const orders = new OpenOrders()
  let listed: ReadonlySet<string> = new Set()
  return {
    topics: FEEDS.map((name) => ({ route: 'private', name })),
    decode(topic, value, context) {
      const frame = new Reader(value)
      switch (topic) {
        case 'fills':
          return readFills(frame, orders, context)
        case 'open_positions': {
          const positions = readPositions(frame, listed, context)
          listed = new Set(
            positions.flatMap((event) => (event.position ? [event.nativeSymbol] : [])),
          )
          return positions
        }
        case 'balances':
          return readBalances(frame, context)
        default:
          return readOrders(frame, orders, context)
      }
    },
  }
}

const KEPT = 5_000

/** The orders the feeds have told of. */
class OpenOrders {
  readonly #byId = new Map<string, FuturesOrder>()
  /** Triggers that have fired, by the client order id that leads to them. */
  readonly #fired = new Map<string, FuturesOrder>()
  /** Orders that never rest, which only their executions tell of. */
  readonly #asked = new Set<string>()
  /** Orders of other contracts, whose ends come by too. */
  readonly #foreign = new Set<string>()

  find(orderId: string, context: UserContext): FuturesOrder | undefined {
    return this.#byId.get(orderId) ?? context.orderById(orderId)
  }

  keep(orderId: string, order: FuturesOrder): void {
    if (isOpen(order.status)) this.#byId.set(orderId, order)
    else this.#byId.delete(orderId)
  }

  fire(trigger: FuturesOrder): void {
    this.#byId.delete(trigger.orderId)
    if (trigger.clientOrderId !== '') this.#fired.set(trigger.clientOrderId, trigger)
    trim(this.#fired)
  }

  /** The trigger behind an order, where they have the client order id alone in common. */
  parentOf(
    child: { orderId: string; clientOrderId?: string; nativeSymbol: string },
    context: UserContext,
  ): FuturesOrder | undefined {
    const { clientOrderId, nativeSymbol, orderId } = child
    if (!clientOrderId) return undefined
    const known = [this.#fired.get(clientOrderId), ...context.ordersByClientId(clientOrderId)]
    return known.find(
      (order) =>
        order !== undefined &&
        isConditional(order.type) &&
        order.nativeSymbol === nativeSymbol &&
        order.orderId !== orderId,
    )
  }

  isResting(orderId: string): boolean {
    return this.#byId.has(orderId)
  }

  /** `true` the first time. */
  isFirst(orderId: string): boolean {
    if (this.#asked.has(orderId)) return false
    this.#asked.add(orderId)
    trim(this.#asked)
    return true
  }

  ignore(orderId: string): void {
    this.#foreign.add(orderId)
    trim(this.#foreign)
  }

  isForeign(orderId: string): boolean {
    return this.#foreign.has(orderId)
  }

  begin(orders: readonly FuturesOrder[]): void {
    this.#byId.clear()
    for (const order of orders) this.#byId.set(order.orderId, order)
  }
}

function trim(memory: {
  keys(): Iterable<string>
  size: number
  delete(key: string): unknown
}): void {
  for (const oldest of memory.keys()) {
    if (memory.size <= KEPT) return
    memory.delete(oldest)
  }
}

/** https://docs.kraken.com/api-reference/account/open-orders-verbose */
function readOrders(frame: Reader, orders: OpenOrders, context: UserContext): UserEvent[] {
  const rows = frame.has('orders') ? frame.at('orders').items() : undefined
  const told = frame.has('order') ? frame.at('order') : undefined
  for (const row of [...(rows ?? []), ...(told ? [told] : [])]) {
    if (!isOurs(row)) orders.ignore(row.at('order_id').id())
  }
  if (rows) {
    // What stands is read besides; they only have to be known by their ids.
    orders.begin(rows.filter(isOurs).map((row) => readStreamedOrder(row, context.instruments)))
    return []
  }
  if (orders.isForeign((told ?? frame).at('order_id').id())) return []
  const order = told ? readResting(told, orders, context) : undefined
  if (frame.at('is_cancel').boolean()) return readEnd(frame, order, orders, context)
  if (!order || !told) throw new ReadError(frame.path, 'an order that rests', frame.value)
  orders.keep(told.at('order_id').id(), order)
  return [{ kind: 'order', timestamp: order.updatedAt ?? context.receivedAt, order }]
}

function isOurs(row: Reader): boolean {
  return isPerpetual(row.at('instrument').string())
}

/** As the trigger it came from, where it came from one. */
function readResting(row: Reader, orders: OpenOrders, context: UserContext): FuturesOrder {
  const order = readStreamedOrder(row, context.instruments)
  const known = orders.find(order.orderId, context)
  const parent = isConditional(order.type) ? undefined : orders.parentOf(order, context)
  return parent ? compose(parent, order, []) : recall(order, known)
}

function readEnd(
  frame: Reader,
  told: FuturesOrder | undefined,
  orders: OpenOrders,
  context: UserContext,
): UserEvent[] {
  const orderId = (frame.has('order') ? frame.at('order') : frame).at('order_id').id()
  const reason = frame.at('reason').string()
  const known = told ?? orders.find(orderId, context)
  // Of an order whose beginning was missed: the account is read then.
  if (!known) throw new ReadError(frame.path, 'an order that was told before', orderId)
  const { nativeSymbol, executedQty } = known
  const timestamp = told?.updatedAt ?? context.receivedAt
  const changed = { kind: 'orderChanged', timestamp, nativeSymbol, orderId: known.orderId } as const
  const status = goneStatusOf(reason, executedQty)
  if (status === undefined) return [{ ...changed, known }]
  // The feed calls post-only orders limit orders; this end only they have.
  const isPostOnly = /^post_order_failed/.test(reason)
  const order = withRaw(
    { ...known, ...(isPostOnly && { timeInForce: 'GTX' as const }), status },
    frame.value,
  )
  if (reason !== 'stop_order_triggered') {
    orders.keep(orderId, order)
    return [{ kind: 'order', timestamp, order }]
  }
  orders.fire(order)
  // What it has become is told under another id, or nowhere.
  return [
    { kind: 'order', timestamp, order },
    { ...changed, known: order },
  ]
}

/** https://docs.kraken.com/api-reference/account/fills */
function readFills(frame: Reader, orders: OpenOrders, context: UserContext): UserEvent[] {
  // The feed begins with those of the past, which are no news.
  if (frame.at('feed').value === 'fills_snapshot') return []
  return frame
    .at('fills')
    .items()
    .filter(isOurs)
    .flatMap((row) => {
      const fill = readFill(row, context.instruments)
      const told: UserEvent = { kind: 'fill', timestamp: fill.timestamp, fill }
      const changed = orderBehind(row, fill, orders, context)
      return changed ? [told, changed] : [told]
    })
}

/** Orders that never rest appear here alone, and must be read; all their fills are there at once. */
function orderBehind(
  row: Reader,
  fill: Fill,
  orders: OpenOrders,
  context: UserContext,
): UserEvent | undefined {
  const { orderId, nativeSymbol, timestamp } = fill
  if (orders.isResting(orderId) || context.orderById(orderId)) return undefined
  if (!orders.isFirst(orderId)) return undefined
  const known = orders.parentOf(fill, context) ?? guessFrom(row, fill)
  const changed = { kind: 'orderChanged', timestamp, nativeSymbol } as const
  return known ? { ...changed, orderId: known.orderId, known } : { ...changed, orderId }
}

/** As far as an execution tells of its order; `undefined` where the words are not known. */
function guessFrom(row: Reader, fill: Fill): FuturesOrder | undefined {
  const kind = KINDS.get(row.at('order_type').value)
  const left = row.at('remaining_order_qty').optionalDecimal()
  if (!kind || left === undefined) return undefined
  const { orderId, clientOrderId = '', symbol, nativeSymbol, side, quantity } = fill
  const [type, timeInForce] = kind
  return {
    ...{ orderId, clientOrderId, symbol, nativeSymbol, side, type, timeInForce },
    quantity: add(quantity, left),
    price: '0',
    status: 'NEW',
    executedQty: '0',
  }
}

/** `order_type` of executions: docs/wire/kraken.md 5.1, 8.4. */
const KINDS: ReadonlyMap<unknown, readonly [OrderType, TimeInForce]> = new Map([
  ['market', ['MARKET', 'IOC']],
  ['ioc', ['LIMIT', 'IOC']],
  ['fok', ['LIMIT', 'FOK']],
  ['fillOrKill', ['LIMIT', 'FOK']],
  ['limit', ['LIMIT', 'GTC']],
  ['lmt', ['LIMIT', 'GTC']],
])

function readFill(row: Reader, instruments: Instruments): Fill {
  const clientOrderId = row.at('cli_ord_id').optionalString()
  const fee = row.at('fee_paid').optionalDecimal()
  const feeAsset = row.at('fee_currency').optionalString()
  return withRaw(
    {
      fillId: row.at('fill_id').id(),
      orderId: row.at('order_id').id(),
      ...(clientOrderId !== undefined && { clientOrderId }),
      ...readSymbols(row.at('instrument'), instruments),
      side: row.at('buy').boolean() ? 'BUY' : 'SELL',
      quantity: row.at('qty').decimal(),
      price: row.at('price').decimal(),
      ...(fee !== undefined && { fee }),
      ...(feeAsset !== undefined && { feeAsset: assetOf(feeAsset) }),
      ...readRole(row.at('fill_type')),
      timestamp: row.at('time').integer(),
    },
    row.value,
  )
}
