import {
  add,
  type Decimal,
  equals,
  isGreater,
  isLess,
  isPositive,
  sub,
} from '../../../core/decimal.ts'
import { type EngineConditional, type EngineOrder, isRefusal } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { withPast, withTriggerPast } from './changes.ts'
import { cutShape, executionEvents, orderShape, triggerShape } from './events.ts'
import { decimalOf, textOf, wordOf } from './fields.ts'
import { listingOf } from './instruments.ts'
import { movedPrice } from './limitOffsets.ts'
import { isOnGrid } from './numbers.ts'
import { isLate, named } from './orderDraft.ts'
import { findOpenConditional, findOpenOrder, type OrderIds } from './records.ts'
import { wordRefusal } from './replies.ts'
import { isOutsideCollar, isPositionTooLarge, wouldMeetItself } from './tradingRules.ts'
import { Failed, failedByEngine, type Verdict } from './verdict.ts'

/** Names {@link edit} knows besides the ids. */
export const editNames: readonly string[] = [
  'size',
  'limitPrice',
  'stopPrice',
  'trailingStopMaxDeviation',
  'trailingStopDeviationUnit',
  'qtyMode',
  'processBefore',
]

interface Change {
  size: Decimal | undefined
  limitPrice: Decimal | undefined
  stopPrice: Decimal | undefined
  /** Whether `size` counts what has been executed. */
  isAbsolute: boolean
}

/** Changes one open order; what is left out stays: docs/wire/kraken.md 4.6. */
export function edit(handling: Handling, params: Params, ids: OrderIds): Verdict {
  const { accountId, engine } = handling
  const change = readChange(handling, params)
  const asked = { ...(ids.orderId !== undefined && { orderId: ids.orderId }) }
  if (isLate(handling, params)) throw new Failed('wouldProcessAfterSpecifiedTime', asked)
  const order = findOpenOrder(engine, accountId, ids)
  if (order) return editPlain(handling, order, change)
  const conditional = findOpenConditional(engine, accountId, ids)
  if (conditional) return editTrigger(handling, conditional, change)
  throw new Failed('orderForEditNotFound', { ...asked, ...named(ids.cliOrdId ?? '') })
}

function readChange(handling: Handling, params: Params): Change {
  for (const name of ['trailingStopMaxDeviation', 'trailingStopDeviationUnit']) {
    if (textOf(params, name) !== undefined) throw wordRefusal(`invalidArgument: ${name}`)
  }
  const modes = { words: ['RELATIVE', 'ABSOLUTE'] as const, called: 'qtyMode' }
  return {
    size: decimalOf(params, 'size'),
    limitPrice: decimalOf(params, 'limitPrice'),
    stopPrice: decimalOf(params, 'stopPrice'),
    isAbsolute: wordOf(handling, params, 'qtyMode', modes) === 'ABSOLUTE',
  }
}

function editPlain(handling: Handling, order: EngineOrder, change: Change): Verdict {
  const { accountId, engine } = handling
  const ids = { orderId: order.orderId, ...named(order.clientOrderId) }
  if (change.stopPrice !== undefined) throw new Failed('orderForEditNotAStop', ids)
  refuseOffGrid(order.symbol, change, ids)
  const { executedQuantity: before, price = '0' } = order
  const quantity = totalOf(order, change)
  if (!isGreater(quantity, before)) throw new Failed('invalidSize', ids)
  const limitPrice = change.limitPrice ?? price
  if (equals(quantity, order.quantity) && equals(limitPrice, price)) {
    return { status: 'edited', ...ids, orderEvents: [] }
  }
  const refused = refusalOf(handling, order, { quantity, limitPrice })
  if (refused !== undefined) throw new Failed(refused, ids)
  const old = orderShape(order)
  const known = engine.fills(accountId).length
  const edited = engine.amendOrder(accountId, order.orderId, {
    quantity,
    price: limitPrice,
    venueData: { ...withPast(order, engine.now()), isEdited: true },
  })
  if (isRefusal(edited)) throw new Failed(failedByEngine(edited).verdict.status, ids)
  const fills = engine
    .fills(accountId)
    .slice(known)
    .filter(({ orderId }) => orderId === order.orderId)
  const event = {
    type: 'EDIT',
    old,
    new: orderShape(edited, before),
    reducedQuantity: cutShape(sub(quantity, edited.quantity)),
  }
  const executions = executionEvents(edited, fills, { before, priorEdit: old })
  return { status: 'edited', ...ids, orderEvents: [event, ...executions] }
}

function editTrigger(
  { accountId, engine }: Handling,
  conditional: EngineConditional,
  change: Change,
): Verdict {
  const { size, stopPrice } = change
  const ids = { orderId: conditional.conditionalId, ...named(conditional.clientOrderId) }
  if (conditional.kind === 'trailing') {
    if (stopPrice !== undefined) throw new Failed('cannotEditTriggerPriceOfTrailingStop', ids)
    if (change.limitPrice !== undefined) {
      throw new Failed('cannotEditLimitPriceOfTrailingStop', ids)
    }
  }
  refuseOffGrid(conditional.symbol, change, ids)
  const limitPrice =
    change.limitPrice ?? movedPrice(conditional, stopPrice ?? conditional.triggerPrice)
  // Whether it is a limit order is settled when it is sent.
  if (limitPrice !== undefined && conditional.price === undefined) {
    throw new Failed('invalidPrice', ids)
  }
  const isSame =
    equals(size ?? conditional.quantity, conditional.quantity) &&
    equals(limitPrice ?? '0', limitPrice === undefined ? '0' : (conditional.price ?? '0')) &&
    equals(stopPrice ?? conditional.triggerPrice, conditional.triggerPrice)
  if (isSame) return { status: 'edited', ...ids, orderEvents: [] }
  const old = triggerShape(conditional)
  const { limitOffset, ...kept } = withTriggerPast(conditional, engine.now())
  const edited = engine.amendConditional(accountId, conditional.conditionalId, {
    ...(size !== undefined && { quantity: size }),
    ...(limitPrice !== undefined && { price: limitPrice }),
    ...(stopPrice !== undefined && { triggerPrice: stopPrice }),
    firesAtOnce: true,
    // A price told outright no longer follows the trigger.
    venueData: change.limitPrice === undefined ? { ...kept, limitOffset } : kept,
  })
  if (isRefusal(edited)) throw new Failed(failedByEngine(edited).verdict.status, ids)
  const event = { type: 'EDIT', old, new: triggerShape(edited), reducedQuantity: null }
  return { status: 'edited', ...ids, orderEvents: [event] }
}

/** The whole size after the change, executions included. */
function totalOf(order: EngineOrder, { isAbsolute, size }: Change): Decimal {
  if (size === undefined) return order.quantity
  return isAbsolute ? size : add(order.executedQuantity, size)
}

function refuseOffGrid(symbol: string, change: Change, ids: Partial<Verdict>): void {
  const { stepSize, tickSize } = listingOf(symbol).engine
  const { limitPrice, size, stopPrice } = change
  if (size !== undefined && !isOnGrid(size, stepSize)) throw new Failed('invalidSize', ids)
  for (const price of [limitPrice, stopPrice]) {
    if (price !== undefined && !isOnGrid(price, tickSize)) throw new Failed('invalidPrice', ids)
  }
}

/** What is held against the order as it would be: docs/wire/kraken.md 5.4. */
function refusalOf(
  handling: Handling,
  order: EngineOrder,
  { limitPrice, quantity }: { quantity: Decimal; limitPrice: Decimal },
): string | undefined {
  const { executedQuantity, orderId, reduceOnly, side, symbol } = order
  const size = sub(quantity, executedQuantity)
  const terms = { orderId, symbol, side, size, limit: limitPrice }
  if (order.timeInForce === 'GTX' && wouldTake(handling, order, limitPrice)) {
    return 'postWouldExecute'
  }
  if (!reduceOnly && isPositionTooLarge(handling, terms)) return 'maxPositionViolation'
  if (isOutsideCollar(handling, terms)) return 'outsidePriceCollar'
  return wouldMeetItself(handling, terms) ? 'selfFill' : undefined
}

function wouldTake({ engine }: Handling, order: EngineOrder, price: Decimal): boolean {
  const { ask, bid } = engine.prices(order.symbol)
  return order.side === 'BUY'
    ? isPositive(ask) && !isLess(price, ask)
    : isPositive(bid) && !isGreater(price, bid)
}
