import type { Call, OrderKey } from '../../client/definition.ts'
import { type Decimal, equals, isLess, isPositive, isZero, max, sum } from '../../core/decimal.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen, type OrderStatus } from '../../model/tokens.ts'
import { getOpenOrders, recentOrders, type Sighting } from './books.ts'
import { latestFills } from './fills.ts'
import type { HistoryReader } from './history.ts'
import { isOf, type OrderIds, orderNotFound, requireOrderId } from './ids.ts'
import { type OrderMemory, recall } from './memory.ts'
import { averageOf } from './placement.ts'
import { hasLimitPrice, isConditional } from './tokens.ts'

/**
 * One order, open or ended, plain or conditional. No call tells it whole: it is looked for among
 * the recent ones, the open ones, the executions and in the history, in this order, until enough is
 * known (docs/wire/kraken.md 4.8).
 */
export async function getOrder(
  call: Call,
  key: OrderKey,
  memory: OrderMemory,
  history: HistoryReader,
): Promise<FuturesOrder> {
  if (key.orderId !== undefined) requireOrderId(key.orderId)
  return trace(call, key, memory.find(key) ?? key.known, history)
}

async function trace(
  call: Call,
  key: OrderKey,
  asked: FuturesOrder | undefined,
  history: HistoryReader,
): Promise<FuturesOrder> {
  const { waiting, found } = await findInBooks(call, key, asked)
  if (waiting && !found) return waiting

  const clientOrderId =
    key.clientOrderId ?? (asked?.clientOrderId || found?.order.clientOrderId || undefined)
  const ids = { orderId: key.orderId, clientOrderId }
  const plain = found ?? (await findChild(call, key, asked))
  const fills = await readFills(call, plain, ids)
  const isKnown = plain
    ? plain.tellsKind || waiting !== undefined || isIdentified(asked)
    : isIdentified(asked) && hasPrice(asked) && !isLess(sizeOf(fills), asked.quantity)
  const past = isKnown ? undefined : await history.read(call, { instrument: key.instrument, ids })
  // Only now the name is known under which the order it became can be found.
  if (clientOrderId === undefined && past?.trigger?.clientOrderId) {
    return trace(call, key, past.trigger, history)
  }

  const state = plain?.order ?? past?.plain ?? past?.trigger
  const trigger = waiting ?? past?.trigger
  const origin =
    trigger ?? withKind(plain, asked) ?? past?.plain ?? plain?.order ?? guessFrom(fills)
  if (!origin || (!state && fills.length === 0)) throw orderNotFound(key)
  return compose(origin, state, fills)
}

/** The recent orders, then the open ones: a trigger that waits, and an order that does not. */
async function findInBooks(
  call: Call,
  key: OrderKey,
  asked: FuturesOrder | undefined,
): Promise<{ waiting: FuturesOrder | undefined; found: Sighting | undefined }> {
  const { instrument, orderId, clientOrderId } = key
  const ids = { orderId, clientOrderId }
  const recent = await call(recentOrders, ids)
  const isTrigger = ({ order }: Sighting): boolean => isConditional(order.type)
  const trigger = recent.find(isTrigger)
  const found = recent.find((sighting) => !isTrigger(sighting))
  if (trigger || found) {
    return { waiting: trigger && (await withDistance(call, key, trigger.order, asked)), found }
  }
  const open = (await getOpenOrders(call, { instrument })).find((order) => isOf(ids, order))
  if (!open) return { waiting: undefined, found: undefined }
  return isConditional(open.type)
    ? { waiting: recall(open, asked), found: undefined }
    : { waiting: undefined, found: { order: open, tellsKind: true } }
}

/**
 * The recent orders do not tell a trailing stop from one that stands still: who asked for it does,
 * or the list of the open ones.
 */
async function withDistance(
  call: Call,
  { instrument }: OrderKey,
  waiting: FuturesOrder,
  asked: FuturesOrder | undefined,
): Promise<FuturesOrder> {
  if (waiting.type !== 'STOP_MARKET' || waiting.status !== 'PENDING') return waiting
  if (asked?.type === 'TRAILING_STOP_MARKET') {
    return recall(withRaw({ ...waiting, type: asked.type }, waiting.raw), asked)
  }
  if (asked) return waiting
  const open = await getOpenOrders(call, { instrument })
  return open.find(({ orderId }) => orderId === waiting.orderId) ?? waiting
}

/** What a trigger became has an id of its own, and its client order id. */
async function findChild(
  call: Call,
  { orderId }: OrderKey,
  asked: FuturesOrder | undefined,
): Promise<Sighting | undefined> {
  if (orderId === undefined || !asked?.clientOrderId || !isConditional(asked.type)) return undefined
  const recent = await call(recentOrders, { clientOrderId: asked.clientOrderId })
  return recent.find(({ order }) => !isConditional(order.type))
}

async function readFills(
  call: Call,
  plain: Sighting | undefined,
  { orderId, clientOrderId }: OrderIds,
): Promise<Fill[]> {
  if (plain && isZero(plain.order.executedQty)) return []
  return call(latestFills, { orderId: plain?.order.orderId ?? orderId, clientOrderId })
}

/** Whether its id is known: the answer of a lost one never told it. */
function isIdentified(asked: FuturesOrder | undefined): asked is FuturesOrder {
  return asked !== undefined && (!isConditional(asked.type) || asked.orderId !== '')
}

/** Executions tell that it is a limit order, and not of which price. */
function hasPrice({ type, price }: FuturesOrder): boolean {
  return !hasLimitPrice(type) || !isZero(price)
}

/** What was asked for, with the numbers of the book it rests in; those may have been amended. */
function withKind(
  plain: Sighting | undefined,
  asked: FuturesOrder | undefined,
): FuturesOrder | undefined {
  if (!plain || (asked && isConditional(asked.type))) return asked
  if (!plain.tellsKind) {
    const price = asked && hasPrice(asked) ? asked.price : plain.order.price
    return asked && { ...plain.order, ...asked, price }
  }
  if (!asked) return plain.order
  const price = hasLimitPrice(asked.type) ? plain.order.price : '0'
  // Open books do not tell post-only orders from others.
  return { ...plain.order, type: asked.type, price, timeInForce: asked.timeInForce }
}

/** An order that only its executions remember: how much was asked for is not told. */
function guessFrom(fills: readonly Fill[]): FuturesOrder | undefined {
  const [first] = fills
  if (!first) return undefined
  const { orderId, clientOrderId, symbol, nativeSymbol, side, price } = first
  const isLimit = fills.some(({ isMaker }) => isMaker)
  return {
    orderId,
    clientOrderId: clientOrderId ?? '',
    symbol,
    nativeSymbol,
    side,
    type: isLimit ? 'LIMIT' : 'MARKET',
    quantity: sizeOf(fills),
    price: isLimit ? price : '0',
    status: 'FILLED',
    executedQty: sizeOf(fills),
    timeInForce: isLimit ? 'GTC' : 'IOC',
  }
}

function sizeOf(fills: readonly Fill[]): Decimal {
  return sum(fills.map(({ quantity }) => quantity))
}

/** The order that was asked for, in the state of what came of it. */
export function compose(
  origin: FuturesOrder,
  state: FuturesOrder | undefined,
  fills: readonly Fill[],
): FuturesOrder {
  const executedQty = max(state?.executedQty ?? '0', sizeOf(fills))
  const isCut = state?.status === 'FILLED'
  const quantity = isCut ? executedQty : max(origin.quantity, executedQty)
  // Executions beyond the latest hundred are not seen: then no average is better than a wrong one.
  const averagePrice = equals(sizeOf(fills), executedQty)
    ? averageOf(fills.map(({ price, quantity }) => [price, quantity]))
    : undefined
  const { averagePrice: before, ...rest } = origin
  const isAsBefore = averagePrice === undefined && equals(executedQty, origin.executedQty)
  const average = isAsBefore ? before : averagePrice
  const times = [state?.updatedAt ?? 0, ...fills.map(({ timestamp }) => timestamp)]
  const updatedAt = Math.max(...times)
  return withRaw(
    {
      ...rest,
      orderId: origin.orderId || (state?.orderId ?? fills[0]?.orderId ?? ''),
      quantity,
      status: statusOf({ ...origin, quantity, executedQty }, state),
      executedQty,
      ...(average !== undefined && { averagePrice: average }),
      ...(updatedAt > 0 && { updatedAt }),
    },
    { origin: origin.raw, state: state?.raw, fills },
  )
}

function statusOf(order: FuturesOrder, state: FuturesOrder | undefined): OrderStatus {
  const { quantity, executedQty } = order
  const isImmediate = order.timeInForce === 'IOC' || order.timeInForce === 'FOK'
  const hasFills = isPositive(executedQty)
  if (hasFills && !isLess(executedQty, quantity)) return 'FILLED'
  // In no book any more, and with less than was asked for.
  if (!state) return isImmediate ? 'EXPIRED' : 'CANCELLED'
  if (isOpen(state.status)) return hasFills ? 'PARTIALLY_FILLED' : state.status
  // Nobody cancels an order that never rests: it did not find enough to trade with.
  const isLost = state.status === 'CANCELLED' && !isConditional(state.type)
  if (isImmediate && (hasFills || isLost)) return 'EXPIRED'
  return hasFills && state.status === 'REJECTED' ? 'CANCELLED' : state.status
}
