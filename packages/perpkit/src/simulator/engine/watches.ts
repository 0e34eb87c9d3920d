import { add, isGreater, mul, sub } from '../../core/decimal.ts'
import { ceilCount, floorCount, fromCount } from './grid.ts'
import type { Contract, Market, Watch } from './state.ts'
import type { EngineConditional, PriceKind } from './types.ts'

/** The watched price, in ticks: mark and index are the market's path. */
export function watchedTick(market: Market, source: PriceKind): number {
  return source === 'last' ? market.last : market.tick
}

export function isDue(market: Market, watch: Watch): boolean {
  if (watch.tick === undefined) return false
  const tick = watchedTick(market, watch.source)
  return watch.direction === 'rise' ? tick >= watch.tick : tick <= watch.tick
}

/** Begins to watch for a conditional order, in place of what was watched for it before. */
export function watch(contract: Contract, market: Market, conditional: EngineConditional): void {
  const { conditionalId, accountId, triggerSource: source, triggerPrice } = conditional
  const isTrailing = conditional.kind === 'trailing'
  const direction = isTrailing ? stopDirection(conditional) : conditional.triggerDirection
  const watching: Watch = { conditionalId, accountId, source, direction, isTrailing }
  if (!isTrailing) {
    watching.tick =
      direction === 'rise'
        ? ceilCount(triggerPrice, contract.ticks)
        : floorCount(triggerPrice, contract.ticks)
  } else if (conditional.bestPrice !== undefined) {
    trail(contract, conditional, watching, floorCount(conditional.bestPrice, contract.ticks))
  }
  market.watches.set(conditionalId, watching)
}

/** Lets a trailing order become active and follow the best price. */
export function follow(
  contract: Contract,
  market: Market,
  conditional: EngineConditional,
  watching: Watch,
): void {
  const tick = watchedTick(market, watching.source)
  const best = watching.best ?? (isActivated(contract, conditional, tick) ? tick : undefined)
  if (best === undefined) return
  const better = watching.direction === 'fall' ? Math.max(best, tick) : Math.min(best, tick)
  if (better !== watching.best) trail(contract, conditional, watching, better)
}

/** Whether the price has reached what makes a trailing order active: above for SELL, below for BUY. */
export function isActivated(
  contract: Contract,
  conditional: Pick<EngineConditional, 'side' | 'triggerPrice'>,
  tick: number,
): boolean {
  const price = fromCount(tick, contract.ticks)
  return conditional.side === 'SELL'
    ? !isGreater(conditional.triggerPrice, price)
    : !isGreater(price, conditional.triggerPrice)
}

function stopDirection(conditional: EngineConditional): 'rise' | 'fall' {
  return conditional.side === 'SELL' ? 'fall' : 'rise'
}

function trail(
  contract: Contract,
  conditional: EngineConditional,
  watching: Watch,
  best: number,
): void {
  const price = fromCount(best, contract.ticks)
  const distance = conditional.trailingDistance ?? mul(price, conditional.trailingRate ?? '0')
  conditional.bestPrice = price
  watching.best = best
  watching.tick =
    watching.direction === 'fall'
      ? floorCount(sub(price, distance), contract.ticks)
      : ceilCount(add(price, distance), contract.ticks)
}
