import { mul } from '../../core/decimal.ts'
import { legOf } from './legs.ts'
import { leverageOf } from './leverage.ts'
import { liquidationPriceOf } from './liquidationPrice.ts'
import { legMarginOf, markPriceOf } from './margin.ts'
import { type Account, contractOf, marketOf, type World } from './state.ts'
import type { EnginePosition, PositionView } from './types.ts'

/** A position with what follows from the market now. */
export function viewPosition(
  world: World,
  account: Account,
  position: EnginePosition,
): PositionView {
  const leg = legOf(position)
  const contract = contractOf(world, position.symbol)
  const markPrice = markPriceOf(contract, marketOf(world, position.symbol))
  const part = legMarginOf(world, account, leg)
  const liquidation = liquidationPriceOf(world, account, position)
  return {
    ...position,
    markPrice,
    notional: mul(position.size, markPrice),
    unrealizedPnl: part.unrealizedPnl,
    leverage: leverageOf(world, account, position.symbol, leg),
    initialMargin: part.positionInitialMargin,
    maintenanceMargin: part.maintenanceMargin,
    ...(liquidation && { liquidationPrice: liquidation.price }),
  }
}
