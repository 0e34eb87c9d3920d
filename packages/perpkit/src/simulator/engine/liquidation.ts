import { isGreater, isNegative } from '../../core/decimal.ts'
import { balanceOf } from './accounts.ts'
import { endConditional, endOrder, isOpen } from './endings.ts'
import { viewMargin } from './margin.ts'
import { fillAtMark, takeOffers } from './matching.ts'
import { openOrder } from './orders.ts'
import { closingSide } from './positions.ts'
import { type Account, accountOf, contractOf, marketOf, type World } from './state.ts'
import type { EnginePosition } from './types.ts'

/** Closes what an account can no longer carry; whether there was anything to close. */
export function liquidateIfDue(world: World, accountId: string): boolean {
  const account = accountOf(world, accountId)
  const positions = [...account.positions.values()].filter(
    ({ symbol }) => marketOf(world, symbol).isTrading,
  )
  const assets = new Set(positions.map((position) => settleAssetOf(world, position)))
  for (const asset of assets) {
    const margin = viewMargin(world, account, asset)
    if (isGreater(margin.marginBalance, margin.maintenanceMargin)) continue
    const doomed = positions.filter((position) => settleAssetOf(world, position) === asset)
    liquidate(world, account, asset, doomed)
    return true
  }
  return false
}

function liquidate(
  world: World,
  account: Account,
  asset: string,
  positions: EnginePosition[],
): void {
  const symbols = new Set(positions.map(({ symbol }) => symbol))
  for (const order of [...account.openOrders.values()]) {
    if (symbols.has(order.symbol)) endOrder(world, order, 'CANCELLED', 'liquidation')
  }
  for (const conditional of [...account.waiting.values()]) {
    if (!symbols.has(conditional.symbol)) continue
    endConditional(world, conditional, 'CANCELLED', 'liquidation')
  }
  for (const position of positions) close(world, account, position)
  // What the wallet cannot pay is the venue's loss.
  if (isNegative(balanceOf(account, asset))) account.balances.set(asset, '0')
}

function close(world: World, account: Account, position: EnginePosition): void {
  const order = openOrder(world, account, {
    clientOrderId: '',
    symbol: position.symbol,
    side: closingSide(position),
    type: 'MARKET',
    quantity: position.size,
    timeInForce: 'IOC',
    reduceOnly: true,
    venueData: { liquidation: true },
  })
  takeOffers(world, order, undefined)
  if (isOpen(order)) fillAtMark(world, order)
}

function settleAssetOf(world: World, position: EnginePosition): string {
  return contractOf(world, position.symbol).instrument.settleAsset
}
