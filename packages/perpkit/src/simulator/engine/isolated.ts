import {
  add,
  type Decimal,
  div,
  isGreater,
  isNegative,
  isPositive,
  max,
  min,
  mul,
  negate,
  sub,
} from '../../core/decimal.ts'
import { legOf, positionOn, positionsOf } from './legs.ts'
import { defaultLeverageOf, keepLeverage, leverageOf } from './leverage.ts'
import { activeLegs, legMarginOf, viewMargin } from './margin.ts'
import { marginModeOf } from './modes.ts'
import { type Account, accountOf, contractOf, type World } from './state.ts'
import type { EnginePosition, Leg, PositionLeg, PositionSide, Refusal } from './types.ts'

// Margin that is put aside for one position, and the leverage that says how much.

/** What is put aside once a fill has made `after` of `before`. */
export function marginAfterFill(
  before: EnginePosition | undefined,
  after: EnginePosition,
  fill: { price: Decimal; realizedPnl: Decimal; leverage: number },
): Decimal {
  const aside = before?.isolatedMargin ?? '0'
  if (!before || before.side !== after.side) return initialMargin(after.size, fill)
  if (isGreater(after.size, before.size)) {
    return add(aside, initialMargin(sub(after.size, before.size), fill))
  }
  // A loss stays with the position: it is the share of what is closed that pays it, then the rest.
  const share = div(mul(aside, sub(before.size, after.size)), before.size, marginPlaces)
  return max(sub(aside, max(share, negate(fill.realizedPnl))), '0')
}

/** Puts more margin aside for an isolated position; a negative amount takes back what is too much. */
export function addMargin(
  world: World,
  account: Account,
  { symbol, side }: { symbol: string; side: PositionSide },
  amount: Decimal,
): Refusal | undefined {
  const position = positionsOf(account, symbol).find(
    (one) => one.marginMode === 'ISOLATED' && one.side === side,
  )
  if (!position) return { refused: 'isolatedMargin', details: { symbol, side } }
  const { settleAsset } = contractOf(world, symbol).instrument
  const aside = position.isolatedMargin ?? '0'
  if (isNegative(amount)) {
    const { unrealizedPnl, positionInitialMargin } = legMarginOf(world, account, legOf(position))
    const spare = sub(add(aside, min(unrealizedPnl, '0')), positionInitialMargin)
    const removable = max(spare, '0')
    if (isGreater(negate(amount), removable)) {
      return { refused: 'isolatedMargin', details: { symbol, side, removable } }
    }
  } else {
    const available = viewMargin(world, account, settleAsset).availableBalance
    if (isGreater(amount, available)) {
      return { refused: 'insufficientMargin', details: { required: amount, available } }
    }
  }
  position.isolatedMargin = add(aside, amount)
  account.marginChanges.push({
    accountId: account.accountId,
    symbol,
    side,
    isHedged: position.isHedged,
    amount,
    asset: settleAsset,
    timestamp: world.at,
  })
  world.touched.add(account.accountId)
  return undefined
}

/**
 * Sets a leverage, or refuses one that the instrument or the free margin does not carry. An isolated
 * position gets what a lower one asks for; a higher one gives nothing back.
 */
export function setLeverage(
  world: World,
  accountId: string,
  symbol: string,
  wanted: number | 'default',
  leg: Leg,
): Refusal | undefined {
  const leverage = wanted === 'default' ? defaultLeverageOf(world, symbol) : wanted
  if (!(leverage >= 1)) throw new RangeError(`leverage ${leverage}`)
  const account = accountOf(world, accountId)
  const { maxLeverage, settleAsset } = contractOf(world, symbol).instrument
  if (leverage > maxLeverage) {
    return {
      refused: 'leverageTooHigh',
      details: { leverage: String(leverage), maxLeverage: String(maxLeverage) },
    }
  }
  const legs = legsUnder(world, account, symbol, leg)
  let required = '0'
  for (const one of legs) required = add(required, moreMargin(world, account, one, leverage))
  const available = viewMargin(world, account, settleAsset).availableBalance
  if (isPositive(required) && isGreater(required, available)) {
    return {
      refused: 'insufficientMargin',
      details: { required, available, leverage: String(leverage) },
    }
  }
  keepLeverage(world, account, symbol, wanted === 'default' ? undefined : wanted, leg)
  for (const one of legs) putAside(account, one, leverage)
  return undefined
}

/** What a position of that size needs when it is opened at that price. */
export function initialMargin(size: Decimal, at: { price: Decimal; leverage: number }): Decimal {
  return div(mul(size, at.price), String(at.leverage), marginPlaces)
}

/** Venues keep money to eight decimals. */
const marginPlaces = 8

/** The legs whose leverage is the one that is set. */
function legsUnder(world: World, account: Account, symbol: string, leg: Leg): PositionLeg[] {
  const marginMode = leg.marginMode ?? marginModeOf(account, symbol)
  return activeLegs(account).filter((one) => {
    if (one.symbol !== symbol) return false
    if (world.rules.oneLeverage) return true
    if (one.marginMode !== marginMode) return false
    if (marginMode === 'CROSS' || leg.positionSide === undefined) return true
    return one.positionSide === undefined || one.positionSide === leg.positionSide
  })
}

/** What the leg asks of the free margin when its leverage changes; negative: it gives back. */
function moreMargin(world: World, account: Account, leg: PositionLeg, leverage: number): Decimal {
  const { positionInitialMargin, orderInitialMargin } = legMarginOf(world, account, leg)
  const isIsolated = leg.marginMode === 'ISOLATED'
  const now = isIsolated ? orderInitialMargin : add(positionInitialMargin, orderInitialMargin)
  const old = String(leverageOf(world, account, leg.symbol, leg))
  const more = sub(div(mul(now, old), String(leverage)), now)
  return isIsolated ? add(more, missing(positionOn(account, leg), leverage)) : more
}

function putAside(account: Account, leg: PositionLeg, leverage: number): void {
  const position = positionOn(account, leg)
  if (leg.marginMode !== 'ISOLATED' || !position) return
  position.isolatedMargin = add(position.isolatedMargin ?? '0', missing(position, leverage))
}

/** What the position's margin falls short of its initial margin at that leverage. */
function missing(position: EnginePosition | undefined, leverage: number): Decimal {
  if (!position) return '0'
  const { size, entryPrice: price, isolatedMargin } = position
  return max(sub(initialMargin(size, { price, leverage }), isolatedMargin ?? '0'), '0')
}
