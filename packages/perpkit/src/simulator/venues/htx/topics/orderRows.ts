import { isNegative, mul, sub, sum } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineFill, EngineOrder } from '../../../engine/types.ts'
import { listingOf, toVolume } from '../contracts.ts'
import { plain } from '../figures.ts'
import { tradeIdOf } from '../ids.ts'
import { clientIdOf } from '../orderLookup.ts'
import { orderRow, sourceOf, stateOf, typeOf } from '../orderRow.ts'
import { readsReduceOnly, sideFields } from '../sides.ts'
import type { Owner, Push } from './pushes.ts'

// Orders and fills as they are pushed: docs/wire/htx.md 8.2.

/** Every state an order has gone through. */
export function orderRows({ engine }: Owner, events: readonly EngineEvent[]): Push[] {
  return events.flatMap((event) => {
    if (event.kind !== 'order') return []
    const { change, order } = event
    return [push(order, pushedOrder(engine, order, change === 'placed'))]
  })
}

/** The same as the matching tells it, each fill with the state it has led to. */
export function matchRows({ engine }: Owner, events: readonly EngineEvent[]): Push[] {
  let fill: EngineFill | undefined
  return events.flatMap((event) => {
    if (event.kind === 'fill') fill = event.fill
    if (event.kind !== 'order') return []
    const { change, order } = event
    const own = change === 'filled' && fill?.orderId === order.orderId ? fill : undefined
    return [push(order, [matchRow(engine, order, own)])]
  })
}

/** `detailed`: with what was paid for it. */
export function fillRows(events: readonly EngineEvent[], kind: 'short' | 'detailed'): Push[] {
  return events.flatMap((event) => {
    if (event.kind !== 'fill') return []
    const { fill, order } = event
    const row = { ...fillRow(fill, order), ...(kind === 'detailed' && paidFields(fill)) }
    return [push(order, [row])]
  })
}

function push({ symbol }: EngineOrder, data: unknown): Push {
  return { contract: listingOf(symbol).native, data }
}

/** As queries show it, but for what is blank, and without its place in a list. */
function pushedOrder(
  engine: Engine,
  order: EngineOrder,
  isNew: boolean,
): Readonly<Record<string, unknown>> {
  const {
    id: _id,
    price_protect: _protect,
    real_profit: _profit,
    ...row
  } = orderRow(engine, order, order.orderId)
  const blanks = ['tp', 'sl'].flatMap((goal) =>
    row[`${goal}_trigger_price`] === ''
      ? [
          [`${goal}_type`, ''],
          [`${goal}_trigger_price_type`, ''],
        ]
      : [],
  )
  return {
    ...row,
    ...Object.fromEntries(blanks),
    profit: profitOf(engine, order),
    fee_currency: row.fee_currency === '' ? null : row.fee_currency,
    cancel_reason: row.cancel_reason ?? '',
    ...(!isNew && { cancel_volume: cancelledVolume(order) }),
    amend_origin_volume: '',
    amend_source: '',
    amend_result: '',
  }
}

/** What of it will not trade any more; with what has traded it makes the whole once it has ended. */
function cancelledVolume(order: EngineOrder): string {
  const { executedQuantity, quantity, status } = order
  const isRunning = status === 'NEW' || status === 'PARTIALLY_FILLED'
  return isRunning ? '0' : toVolume(listingOf(order.symbol), sub(quantity, executedQuantity))
}

/** Settled by the fills up to this state: later ones of the same call are in the engine already. */
function profitOf(engine: Engine, { accountId, executedQuantity, orderId }: EngineOrder): string {
  let left = executedQuantity
  const profits = engine
    .fills(accountId)
    .filter((fill) => fill.orderId === orderId)
    .filter(({ quantity }) => {
      left = sub(left, quantity)
      return !isNegative(left)
    })
    .map(({ realizedPnl }) => realizedPnl)
  return plain(sum(profits))
}

function matchRow(
  engine: Engine,
  order: EngineOrder,
  fill: EngineFill | undefined,
): Readonly<Record<string, unknown>> {
  const listing = listingOf(order.symbol)
  return {
    id: fill ? pushIdOf(fill) : order.orderId,
    contract_code: listing.native,
    contract_type: 'swap',
    order_id: order.orderId,
    client_order_id: clientIdOf(order),
    state: stateOf(order),
    side: order.side.toLowerCase(),
    type: typeOf(order),
    price: order.price === undefined ? '0' : plain(order.price),
    volume: toVolume(listing, order.quantity),
    ...sideFields(order),
    lever_rate: engine.leverage(order.accountId, order.symbol, order),
    order_source: sourceOf(order),
    reduce_only: readsReduceOnly(order),
    trade_id: fill ? tradeIdOf(fill.fillId) : '',
    trade_volume: fill ? toVolume(listing, fill.quantity) : '0',
    total_trade_volume: toVolume(listing, order.executedQuantity),
    trade_price: fill ? plain(fill.price) : '0',
    trade_turnover: fill ? plain(mul(fill.price, fill.quantity)) : '0',
    role: fill ? roleOf(fill) : '',
    match_time: String(order.updatedAt),
    created_time: String(order.createdAt),
    updated_time: String(order.updatedAt),
  }
}

function fillRow(fill: EngineFill, order: EngineOrder): Readonly<Record<string, unknown>> {
  const listing = listingOf(fill.symbol)
  return {
    direction: fill.side.toLowerCase(),
    id: pushIdOf(fill),
    contract_code: listing.native,
    contract_type: 'swap',
    order_id: fill.orderId,
    trade_id: tradeIdOf(fill.fillId),
    ...sideFields(fill),
    trade_volume: toVolume(listing, fill.quantity),
    trade_price: plain(fill.price),
    trade_turnover: plain(mul(fill.price, fill.quantity)),
    role: roleOf(fill),
    client_order_id: clientIdOf(order),
    created_time: String(fill.timestamp),
    updated_time: String(fill.timestamp),
  }
}

/** What was paid is positive here. */
function paidFields(fill: EngineFill): Readonly<Record<string, unknown>> {
  return { trade_fee: plain(fill.fee), fee_currency: fill.feeAsset, deduction_price: '' }
}

/** `id` of a fill as it is pushed: not the one that queries have. */
function pushIdOf(fill: EngineFill): string {
  return `${tradeIdOf(fill.fillId)}-${fill.orderId}-1`
}

/** In lower case here. */
function roleOf({ isMaker }: EngineFill): 'maker' | 'taker' {
  return isMaker ? 'maker' : 'taker'
}
