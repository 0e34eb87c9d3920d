import { add, type Decimal, isZero, mul, negate, sub } from '../../core/decimal.ts'
import { credit } from './accounts.ts'
import { bestOffer, eat, isBetter, type Offer, opposite, removeEntry, walkSide } from './book.ts'
import { endBoundOrders, endOrder, isOpen, isReducing, remainingOf } from './endings.ts'
import { fromCount, toCount } from './grid.ts'
import { marginAfterFill } from './isolated.ts'
import { legFrom, legKey, positionOn, positionsOf } from './legs.ts'
import { leverageOf } from './leverage.ts'
import { changeExposure } from './margin.ts'
import { applyFill, closingSide } from './positions.ts'
import {
  type Account,
  accountOf,
  type BookEntry,
  contractOf,
  hexOf,
  type Market,
  marketOf,
  type World,
} from './state.ts'
import { printTrade } from './tape.ts'
import { tellFill } from './telling.ts'
import type { EngineFill, EngineOrder, EngineSide } from './types.ts'

/** How long the makers need to fill an eaten ladder up again, in ms. */
const refillMs = 250

/** What an order would meet in the book. */
export interface Preview {
  /** Steps it could fill, up to what was asked for. */
  steps: number
  /** Worst tick it would trade at; absent when it would not trade. */
  worst?: number
}

/** What an order would fill within `limit` (in ticks). Its account's own orders are not met. */
export function previewFill(
  world: World,
  order: {
    accountId: string
    symbol: string
    side: EngineSide
    steps: number
    limit: number | undefined
  },
): Preview {
  const side = opposite(order.side)
  const preview: Preview = { steps: 0 }
  const market = marketOf(world, order.symbol)
  for (const offer of walkSide(market, contractOf(world, order.symbol), side)) {
    if (isBeyond(side, offer.tick, order.limit)) break
    if (offer.entry?.accountId === order.accountId) continue
    preview.steps = Math.min(order.steps, preview.steps + offer.steps)
    preview.worst = offer.tick
    if (preview.steps === order.steps) break
  }
  return preview
}

/** Lets the order take what the book offers within `limit` (in ticks). */
export function takeOffers(world: World, order: EngineOrder, limit: number | undefined): void {
  const market = marketOf(world, order.symbol)
  const contract = contractOf(world, order.symbol)
  const side = opposite(order.side)
  while (isOpen(order)) {
    const offer = bestOffer(market, contract, side)
    if (!offer || isBeyond(side, offer.tick, limit)) return
    const wanted = toCount(remainingOf(order), contract.steps)
    if (offer.entry) takeEntry(world, order, offer.entry, wanted)
    else takeQuote(world, order, { ...offer, steps: Math.min(wanted, offer.steps) })
  }
}

/** Fills users' orders the market has reached: bids from that tick upwards, asks from there down. */
export function fillReached(world: World, market: Market, bidsFrom: number, asksTo: number): void {
  const contract = contractOf(world, market.symbol)
  for (const side of ['BUY', 'SELL'] as const) {
    const limit = side === 'BUY' ? bidsFrom : asksTo
    for (let entry = market.book[side][0]; entry; entry = market.book[side][0]) {
      const { tick } = entry
      if (isBeyond(side, tick, limit)) break
      const steps = fillableSteps(world, entry, entry.remaining)
      if (steps === 0) continue
      fillEntry(world, market, entry, steps)
      printTrade(world, contract, market, { tick, steps, side: opposite(side) })
    }
  }
}

/** Closes what the book could not: at the market's own price, whatever its depth. */
export function fillAtMark(world: World, order: EngineOrder): void {
  const market = marketOf(world, order.symbol)
  const contract = contractOf(world, order.symbol)
  const steps = toCount(remainingOf(order), contract.steps)
  fillOrder(world, order, market.tick, steps, false)
  printTrade(world, contract, market, { tick: market.tick, steps, side: order.side })
}

function takeEntry(world: World, taker: EngineOrder, entry: BookEntry, wanted: number): void {
  const market = marketOf(world, taker.symbol)
  if (entry.accountId === taker.accountId) {
    endOrder(world, restingOrder(world, entry), 'EXPIRED', 'selfTrade')
    return
  }
  const steps = fillableSteps(world, entry, Math.min(wanted, entry.remaining))
  if (steps === 0) return
  fillOrder(world, taker, entry.tick, steps, false)
  fillEntry(world, market, entry, steps)
  const trade = { tick: entry.tick, steps, side: taker.side }
  printTrade(world, contractOf(world, taker.symbol), market, trade)
}

function takeQuote(world: World, taker: EngineOrder, offer: Offer): void {
  const market = marketOf(world, taker.symbol)
  const contract = contractOf(world, taker.symbol)
  fillOrder(world, taker, offer.tick, offer.steps, false)
  eat(market, contract, opposite(taker.side), offer)
  market.refillAt ??= world.at + refillMs
  printTrade(world, contract, market, { ...offer, side: taker.side })
}

/** Steps a resting order may fill: a reduce-only one never more than the position; none ends it. */
function fillableSteps(world: World, entry: BookEntry, steps: number): number {
  const order = restingOrder(world, entry)
  if (!isReducing(order)) return steps
  const position = positionOn(accountOf(world, order.accountId), order)
  const size = position && closingSide(position) === order.side ? position.size : '0'
  if (isZero(size)) endOrder(world, order, 'EXPIRED', 'reduceOnly')
  return Math.min(steps, toCount(size, contractOf(world, order.symbol).steps))
}

function fillEntry(world: World, market: Market, entry: BookEntry, steps: number): void {
  const order = restingOrder(world, entry)
  const contract = contractOf(world, market.symbol)
  entry.remaining -= steps
  market.changes++
  if (entry.remaining === 0) removeEntry(market, order.side, entry)
  if (!isReducing(order) && order.price !== undefined) {
    const notional = mul(fromCount(steps, contract.steps), order.price)
    changeExposure(accountOf(world, order.accountId), order, negate(notional))
  }
  fillOrder(world, order, entry.tick, steps, true)
}

function restingOrder(world: World, entry: BookEntry): EngineOrder {
  const order = accountOf(world, entry.accountId).orderById.get(entry.orderId)
  if (!order) throw new RangeError(`order ${entry.orderId} rests without a row`)
  return order
}

/** One execution of an order: its row, its fill, the position and the wallet of its account. */
function fillOrder(
  world: World,
  order: EngineOrder,
  tick: number,
  steps: number,
  isMaker: boolean,
): void {
  const contract = contractOf(world, order.symbol)
  const account = accountOf(world, order.accountId)
  const { instrument } = contract
  const price = fromCount(tick, contract.ticks)
  const quantity = fromCount(steps, contract.steps)
  const notional = mul(price, quantity)
  const fee = mul(notional, isMaker ? instrument.makerFee : instrument.takerFee)
  order.executedQuantity = add(order.executedQuantity, quantity)
  order.executedNotional = add(order.executedNotional, notional)
  order.fee = add(order.fee, fee)
  order.status = 'PARTIALLY_FILLED'
  order.updatedAt = world.at
  // First of all: what ends with the position must not take this order for one that still waits.
  if (isZero(remainingOf(order))) endOrder(world, order, 'FILLED')
  const realizedPnl = settle(world, account, order, { price, quantity, notional, fee })
  world.state.fillNumber++
  const fill: EngineFill = {
    fillId: world.rules.makeFillId(world.state.fillNumber, hexOf(world)),
    accountId: account.accountId,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    ...(order.positionSide && { positionSide: order.positionSide }),
    marginMode: order.marginMode,
    quantity,
    price,
    fee,
    feeAsset: instrument.settleAsset,
    isMaker,
    realizedPnl,
    timestamp: world.at,
  }
  account.fills.push(fill)
  tellFill(world, account, fill, order)
  world.touched.add(account.accountId)
  world.filled.add(order)
}

interface Execution {
  price: Decimal
  quantity: Decimal
  notional: Decimal
  fee: Decimal
}

/** Books the execution on position and wallet; what it settled. */
function settle(world: World, account: Account, order: EngineOrder, execution: Execution): Decimal {
  const { accountId, symbol, side, marginMode } = order
  const key = legKey(order)
  const before = account.positions.get(key)
  const leg = legFrom(order)
  const fill = { accountId, side, ...leg, ...execution, at: world.at }
  const { position, realizedPnl } = applyFill(before, fill)
  if (position && marginMode === 'ISOLATED') {
    const leverage = leverageOf(world, account, symbol, leg)
    const { price } = execution
    position.isolatedMargin = marginAfterFill(before, position, { price, realizedPnl, leverage })
  }
  const { settleAsset } = contractOf(world, symbol).instrument
  credit(account, settleAsset, sub(realizedPnl, execution.fee))
  if (position) account.positions.set(key, position)
  else account.positions.delete(key)
  world.unsettled.add(accountId)
  const { holders } = marketOf(world, symbol)
  if (position) holders.add(accountId)
  else if (positionsOf(account, symbol).length === 0) holders.delete(accountId)
  if (before && before.side !== position?.side) endBoundOrders(world, account, leg)
  world.observer?.filled(order, { before, after: position }, world.at)
  return realizedPnl
}

/** Whether `tick`, on the resting side, is worse for the taker than `limit`. */
function isBeyond(side: EngineSide, tick: number, limit: number | undefined): boolean {
  return limit !== undefined && isBetter(side, limit, tick)
}
