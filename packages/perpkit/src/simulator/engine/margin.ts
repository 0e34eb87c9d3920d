import {
  abs,
  add,
  type Decimal,
  div,
  isGreater,
  isZero,
  max,
  mul,
  negate,
  sub,
} from '../../core/decimal.ts'
import { balanceOf } from './accounts.ts'
import { fromCount } from './grid.ts'
import { legFrom, legKey, legOf } from './legs.ts'
import { leverageOf } from './leverage.ts'
import { profitOf } from './positions.ts'
import {
  type Account,
  type Contract,
  contractOf,
  type Market,
  marketOf,
  type World,
} from './state.ts'
import type { EnginePosition, EngineSide, MarginView, PositionLeg, Refusal } from './types.ts'

// One wallet per asset stands behind all cross positions settled in it. What is put aside for
// isolated positions is still in the wallet, but nothing else may draw on it.

/** An order about to be accepted, as far as margin is concerned. */
export interface MarginDemand {
  leg: PositionLeg
  side: EngineSide
  quantity: Decimal
  /** The worst price it is expected to trade at. */
  price: Decimal
  /** Notional of the same order in the book now, which the new one replaces. */
  replaces?: Decimal
}

/** What a leg's position and resting orders ask for. */
export interface LegMargin {
  unrealizedPnl: Decimal
  positionInitialMargin: Decimal
  orderInitialMargin: Decimal
  maintenanceMargin: Decimal
}

/** What stands behind the cross positions of a wallet, and what they need. */
export interface CrossMargin {
  equity: Decimal
  maintenanceMargin: Decimal
}

export function markPriceOf(contract: Contract, market: Market): Decimal {
  return fromCount(market.tick, contract.ticks)
}

export function viewMargin(world: World, account: Account, asset: string): MarginView {
  const { cross, isolated, putAside } = totalsOf(world, account, asset)
  const walletBalance = balanceOf(account, asset)
  const equity = add(walletBalance, cross.unrealizedPnl)
  const free = sub(sub(equity, cross.positionInitialMargin), cross.orderInitialMargin)
  if (!isolated) {
    return {
      asset,
      walletBalance,
      marginBalance: equity,
      isolatedMargin: '0',
      isolatedUnrealizedPnl: '0',
      ...cross,
      availableBalance: max(free, '0'),
    }
  }
  return {
    asset,
    walletBalance,
    marginBalance: add(equity, isolated.unrealizedPnl),
    isolatedMargin: putAside,
    isolatedUnrealizedPnl: isolated.unrealizedPnl,
    ...addUp(cross, isolated),
    availableBalance: max(sub(sub(free, putAside), isolated.orderInitialMargin), '0'),
  }
}

export function crossMarginOf(world: World, account: Account, asset: string): CrossMargin {
  const { cross, putAside } = totalsOf(world, account, asset)
  return {
    equity: add(cashOf(account, asset, putAside), cross.unrealizedPnl),
    maintenanceMargin: cross.maintenanceMargin,
  }
}

/** What of the wallet is not put aside. */
function cashOf(account: Account, asset: string, putAside: Decimal): Decimal {
  const balance = balanceOf(account, asset)
  return putAside === '0' ? balance : sub(balance, putAside)
}

/** Refuses what the free margin does not cover: more initial margin, the fee, a loss from the start. */
export function checkMargin(
  world: World,
  account: Account,
  demand: MarginDemand,
): Refusal | undefined {
  const { leg } = demand
  const contract = contractOf(world, leg.symbol)
  const { instrument } = contract
  const mark = markPriceOf(contract, marketOf(world, leg.symbol))
  // A sale is margined at the mark at least: that is what the position will be worth.
  const marginPrice = demand.side === 'BUY' ? demand.price : max(demand.price, mark)
  const key = legKey(leg)
  const exposure = account.exposure.get(key) ?? { BUY: '0', SELL: '0' }
  const others = sub(exposure[demand.side], demand.replaces ?? '0')
  const wanted = add(others, mul(demand.quantity, marginPrice))
  const signed = signedNotional(account.positions.get(key), mark)
  const before = widest(signed, exposure.BUY, exposure.SELL)
  const after =
    demand.side === 'BUY'
      ? widest(signed, wanted, exposure.SELL)
      : widest(signed, exposure.BUY, wanted)
  if (!isGreater(after, before)) return undefined
  const leverage = String(leverageOf(world, account, leg.symbol, leg))
  const loss = demand.side === 'BUY' ? sub(demand.price, mark) : sub(mark, demand.price)
  const fee = mul(mul(demand.quantity, demand.price), instrument.takerFee)
  const startingLoss = mul(max(loss, '0'), demand.quantity)
  const required = add(add(div(sub(after, before), leverage), startingLoss), fee)
  const available = viewMargin(world, account, instrument.settleAsset).availableBalance
  if (!isGreater(required, available)) return undefined
  return { refused: 'insufficientMargin', details: { required, available, leverage } }
}

/** Notional of a resting order that may increase a position: positive adds, negative takes away. */
export function changeExposure(
  account: Account,
  order: PositionLeg & { side: EngineSide },
  notional: Decimal,
): void {
  const key = legKey(order)
  const exposure = account.exposure.get(key) ?? { leg: legFrom(order), BUY: '0', SELL: '0' }
  const next = { ...exposure, [order.side]: add(exposure[order.side], notional) }
  if (isZero(next.BUY) && isZero(next.SELL)) account.exposure.delete(key)
  else account.exposure.set(key, next)
}

export function legMarginOf(world: World, account: Account, leg: PositionLeg): LegMargin {
  const contract = contractOf(world, leg.symbol)
  const mark = markPriceOf(contract, marketOf(world, leg.symbol))
  const leverage = String(leverageOf(world, account, leg.symbol, leg))
  const key = legKey(leg)
  const position = account.positions.get(key)
  const exposure = account.exposure.get(key)
  const signed = signedNotional(position, mark)
  const notional = abs(signed)
  const positionInitialMargin = position ? div(notional, leverage) : '0'
  return {
    unrealizedPnl: position ? profitOf(position, position.size, mark) : '0',
    positionInitialMargin,
    orderInitialMargin: exposure
      ? sub(div(widest(signed, exposure.BUY, exposure.SELL), leverage), positionInitialMargin)
      : '0',
    maintenanceMargin: position ? mul(notional, contract.instrument.maintenanceMarginRate) : '0',
  }
}

/** Legs with a position or with resting orders that may increase one. */
export function activeLegs(account: Account): PositionLeg[] {
  const legs = new Map<string, PositionLeg>()
  for (const [key, position] of account.positions) legs.set(key, legOf(position))
  for (const [key, { leg }] of account.exposure) legs.set(key, leg)
  return [...legs.values()]
}

interface Totals {
  cross: LegMargin
  /** Absent where no leg is isolated. */
  isolated?: LegMargin
  putAside: Decimal
}

function totalsOf(world: World, account: Account, asset: string): Totals {
  const totals: Totals = { cross: noMargin, putAside: '0' }
  for (const leg of activeLegs(account)) {
    if (contractOf(world, leg.symbol).instrument.settleAsset !== asset) continue
    const part = legMarginOf(world, account, leg)
    if (leg.marginMode === 'CROSS') {
      totals.cross = addUp(totals.cross, part)
      continue
    }
    totals.isolated = addUp(totals.isolated ?? noMargin, part)
    const aside = account.positions.get(legKey(leg))?.isolatedMargin
    if (aside !== undefined) totals.putAside = add(totals.putAside, aside)
  }
  return totals
}

const noMargin: LegMargin = {
  unrealizedPnl: '0',
  positionInitialMargin: '0',
  orderInitialMargin: '0',
  maintenanceMargin: '0',
}

function addUp(a: LegMargin, b: LegMargin): LegMargin {
  // Most accounts have one leg, and this is asked at every fill.
  if (a === noMargin) return b
  return {
    unrealizedPnl: add(a.unrealizedPnl, b.unrealizedPnl),
    positionInitialMargin: add(a.positionInitialMargin, b.positionInitialMargin),
    orderInitialMargin: add(a.orderInitialMargin, b.orderInitialMargin),
    maintenanceMargin: add(a.maintenanceMargin, b.maintenanceMargin),
  }
}

/** The largest position the leg could get to if one side of its orders filled. */
function widest(signed: Decimal, buys: Decimal, sells: Decimal): Decimal {
  return max(max(abs(add(signed, buys)), abs(sub(signed, sells))), abs(signed))
}

function signedNotional(position: EnginePosition | undefined, mark: Decimal): Decimal {
  if (!position) return '0'
  const notional = mul(position.size, mark)
  return position.side === 'LONG' ? notional : negate(notional)
}
