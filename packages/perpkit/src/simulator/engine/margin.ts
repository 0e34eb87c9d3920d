import {
  abs,
  add,
  type Decimal,
  div,
  isGreater,
  isPositive,
  isZero,
  max,
  mul,
  negate,
  sub,
} from '../../core/decimal.ts'
import { balanceOf, leverageOf } from './accounts.ts'
import { ceilCount, floorCount, fromCount } from './grid.ts'
import { profitOf } from './positions.ts'
import {
  type Account,
  type Contract,
  contractOf,
  type Market,
  marketOf,
  type World,
} from './state.ts'
import type { EnginePosition, EngineSide, MarginView, PositionView, Refusal } from './types.ts'

// Cross margin: one wallet per asset stands behind all positions settled in it.

/** An order about to be accepted, as far as margin is concerned. */
export interface MarginDemand {
  symbol: string
  side: EngineSide
  quantity: Decimal
  /** The worst price it is expected to trade at. */
  price: Decimal
  /** Notional of the same order in the book now, which the new one replaces. */
  replaces?: Decimal
}

export function markPriceOf(contract: Contract, market: Market): Decimal {
  return fromCount(market.tick, contract.ticks)
}

export function viewMargin(world: World, account: Account, asset: string): MarginView {
  let unrealizedPnl = '0'
  let positionInitialMargin = '0'
  let orderInitialMargin = '0'
  let maintenanceMargin = '0'
  for (const symbol of symbolsOf(world, account, asset)) {
    const part = symbolMargin(world, account, symbol)
    unrealizedPnl = add(unrealizedPnl, part.unrealizedPnl)
    positionInitialMargin = add(positionInitialMargin, part.positionInitialMargin)
    orderInitialMargin = add(orderInitialMargin, part.orderInitialMargin)
    maintenanceMargin = add(maintenanceMargin, part.maintenanceMargin)
  }
  const walletBalance = balanceOf(account, asset)
  const marginBalance = add(walletBalance, unrealizedPnl)
  const free = sub(sub(marginBalance, positionInitialMargin), orderInitialMargin)
  return {
    asset,
    walletBalance,
    unrealizedPnl,
    marginBalance,
    positionInitialMargin,
    orderInitialMargin,
    maintenanceMargin,
    availableBalance: max(free, '0'),
  }
}

export function viewPosition(
  world: World,
  account: Account,
  position: EnginePosition,
): PositionView {
  const contract = contractOf(world, position.symbol)
  const markPrice = markPriceOf(contract, marketOf(world, position.symbol))
  const part = symbolMargin(world, account, position.symbol)
  const liquidationPrice = liquidationPriceOf(world, account, position)
  return {
    ...position,
    markPrice,
    notional: mul(position.size, markPrice),
    unrealizedPnl: part.unrealizedPnl,
    leverage: leverageOf(world, account, position.symbol),
    marginMode: 'CROSS',
    initialMargin: part.positionInitialMargin,
    maintenanceMargin: part.maintenanceMargin,
    ...(liquidationPrice === undefined ? {} : { liquidationPrice }),
  }
}

/** Refuses what the free margin does not cover: more initial margin, the fee, a loss from the start. */
export function checkMargin(
  world: World,
  account: Account,
  demand: MarginDemand,
): Refusal | undefined {
  const contract = contractOf(world, demand.symbol)
  const { instrument } = contract
  const mark = markPriceOf(contract, marketOf(world, demand.symbol))
  // A sale is margined at the mark at least: that is what the position will be worth.
  const marginPrice = demand.side === 'BUY' ? demand.price : max(demand.price, mark)
  const exposure = account.exposure.get(demand.symbol) ?? { BUY: '0', SELL: '0' }
  const others = sub(exposure[demand.side], demand.replaces ?? '0')
  const wanted = add(others, mul(demand.quantity, marginPrice))
  const signed = signedNotional(account.positions.get(demand.symbol), mark)
  const before = widest(signed, exposure.BUY, exposure.SELL)
  const after =
    demand.side === 'BUY'
      ? widest(signed, wanted, exposure.SELL)
      : widest(signed, exposure.BUY, wanted)
  if (!isGreater(after, before)) return undefined
  const leverage = String(leverageOf(world, account, demand.symbol))
  const loss = demand.side === 'BUY' ? sub(demand.price, mark) : sub(mark, demand.price)
  const fee = mul(mul(demand.quantity, demand.price), instrument.takerFee)
  const startingLoss = mul(max(loss, '0'), demand.quantity)
  const required = add(add(div(sub(after, before), leverage), startingLoss), fee)
  const available = viewMargin(world, account, instrument.settleAsset).availableBalance
  if (!isGreater(required, available)) return undefined
  return { refused: 'insufficientMargin', details: { required, available, leverage } }
}

/** Refuses a leverage the instrument or the account's margin does not carry. */
export function checkLeverage(
  world: World,
  account: Account,
  symbol: string,
  leverage: number,
): Refusal | undefined {
  const { instrument } = contractOf(world, symbol)
  if (leverage > instrument.maxLeverage) {
    return {
      refused: 'leverageTooHigh',
      details: { leverage: String(leverage), maxLeverage: String(instrument.maxLeverage) },
    }
  }
  const part = symbolMargin(world, account, symbol)
  const now = add(part.positionInitialMargin, part.orderInitialMargin)
  const then = div(mul(now, String(leverageOf(world, account, symbol))), String(leverage))
  const available = viewMargin(world, account, instrument.settleAsset).availableBalance
  const required = sub(then, now)
  if (!isGreater(required, available) || !isPositive(required)) return undefined
  return {
    refused: 'insufficientMargin',
    details: { required, available, leverage: String(leverage) },
  }
}

/** The mark price at which the account's margin is used up by this position; others stand still. */
function liquidationPriceOf(
  world: World,
  account: Account,
  position: EnginePosition,
): Decimal | undefined {
  const { instrument } = contractOf(world, position.symbol)
  const all = viewMargin(world, account, instrument.settleAsset)
  const own = symbolMargin(world, account, position.symbol)
  const cover = sub(
    sub(all.marginBalance, own.unrealizedPnl),
    sub(all.maintenanceMargin, own.maintenanceMargin),
  )
  const cost = mul(position.size, position.entryPrice)
  const rate = instrument.maintenanceMarginRate
  const price =
    position.side === 'LONG'
      ? div(sub(cost, cover), mul(position.size, sub('1', rate)))
      : div(add(cost, cover), mul(position.size, add('1', rate)))
  return isPositive(price) ? price : undefined
}

/** The first tick, in the direction of the loss, at which the position would be liquidated. */
export function liquidationTickOf(
  world: World,
  account: Account,
  position: EnginePosition,
): number | undefined {
  const price = liquidationPriceOf(world, account, position)
  if (price === undefined) return undefined
  const { ticks } = contractOf(world, position.symbol)
  return position.side === 'LONG' ? floorCount(price, ticks) : ceilCount(price, ticks)
}

/** Notional of a resting order that may increase a position: positive adds, negative takes away. */
export function changeExposure(
  account: Account,
  symbol: string,
  side: EngineSide,
  notional: Decimal,
): void {
  const exposure = account.exposure.get(symbol) ?? { BUY: '0', SELL: '0' }
  const next = { ...exposure, [side]: add(exposure[side], notional) }
  if (isZero(next.BUY) && isZero(next.SELL)) account.exposure.delete(symbol)
  else account.exposure.set(symbol, next)
}

interface SymbolMargin {
  unrealizedPnl: Decimal
  positionInitialMargin: Decimal
  orderInitialMargin: Decimal
  maintenanceMargin: Decimal
}

function symbolMargin(world: World, account: Account, symbol: string): SymbolMargin {
  const contract = contractOf(world, symbol)
  const mark = markPriceOf(contract, marketOf(world, symbol))
  const leverage = String(leverageOf(world, account, symbol))
  const position = account.positions.get(symbol)
  const exposure = account.exposure.get(symbol)
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

/** The largest position the account could get into if one side of its orders filled. */
function widest(signed: Decimal, buys: Decimal, sells: Decimal): Decimal {
  return max(max(abs(add(signed, buys)), abs(sub(signed, sells))), abs(signed))
}

function signedNotional(position: EnginePosition | undefined, mark: Decimal): Decimal {
  if (!position) return '0'
  const notional = mul(position.size, mark)
  return position.side === 'LONG' ? notional : negate(notional)
}

function symbolsOf(world: World, account: Account, asset: string): string[] {
  const symbols = new Set([...account.positions.keys(), ...account.exposure.keys()])
  return [...symbols].filter((symbol) => contractOf(world, symbol).instrument.settleAsset === asset)
}
