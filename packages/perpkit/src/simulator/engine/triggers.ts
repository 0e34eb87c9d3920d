import { add, mul, sub } from '../../core/decimal.ts'
import { endConditional } from './endings.ts'
import { legFrom, positionOn } from './legs.ts'
import { markPriceOf } from './margin.ts'
import { submitOrder } from './orders.ts'
import { closingSide } from './positions.ts'
import { accountOf, contractOf, marketOf, type World } from './state.ts'
import { tellConditional } from './telling.ts'
import {
  type EndReason,
  type EngineConditional,
  isRefusal,
  type OrderRequest,
  type RefusalReason,
} from './types.ts'
import { follow, isDue } from './watches.ts'

/** Fires the oldest conditional order of the market whose time has come; whether there was one. */
export function fireNext(world: World, symbol: string): boolean {
  const market = marketOf(world, symbol)
  if (!market.isTrading) return false
  const contract = contractOf(world, symbol)
  let due: EngineConditional | undefined
  for (const watching of market.watches.values()) {
    if (!watching.isTrailing && (due || !isDue(market, watching))) continue
    const account = accountOf(world, watching.accountId)
    const conditional = account.waiting.get(watching.conditionalId)
    if (!conditional) continue
    // Every trailing order sees every price, whether or not another order fires at it.
    if (watching.isTrailing) {
      const wasActive = watching.best !== undefined
      follow(contract, market, conditional, watching)
      if (!wasActive && watching.best !== undefined) {
        world.unsettled.add(watching.accountId)
        tellConditional(world, 'activated', conditional)
      }
    }
    if (!due && isDue(market, watching)) due = conditional
  }
  if (due) fire(world, due)
  return due !== undefined
}

function fire(world: World, conditional: EngineConditional): void {
  const account = accountOf(world, conditional.accountId)
  endConditional(world, conditional, 'TRIGGERED')
  conditional.triggeredAt = world.at
  if (conditional.group !== undefined) endGroup(world, conditional)
  const request = becomes(world, conditional)
  const child = request
    ? submitOrder(world, account.accountId, request, conditional)
    : { refused: 'positionRequired' as const, details: {} }
  if (isRefusal(child)) {
    conditional.status = 'REJECTED'
    conditional.endReason = endReasons[child.refused] ?? 'notFillable'
    tellConditional(world, 'ended', conditional)
    return
  }
  conditional.orderId = child.orderId
  tellConditional(world, 'became', conditional)
}

function endGroup(world: World, fired: EngineConditional): void {
  for (const sibling of [...accountOf(world, fired.accountId).waiting.values()]) {
    if (sibling.group === fired.group) endConditional(world, sibling, 'CANCELLED', 'oco')
  }
}

/** The order a conditional becomes; `undefined` when there is no position left for it to close. */
function becomes(world: World, conditional: EngineConditional): OrderRequest | undefined {
  const { side } = conditional
  const position = positionOn(accountOf(world, conditional.accountId), conditional)
  if (conditional.closePosition && (!position || closingSide(position) !== side)) return undefined
  const price = conditional.orderType === 'LIMIT' ? world.priceTriggered(conditional) : undefined
  const worstPrice = price === undefined ? boundOf(world, conditional) : undefined
  return {
    clientOrderId: conditional.clientOrderId,
    ...legFrom(conditional),
    side,
    type: conditional.orderType,
    quantity: conditional.closePosition ? (position?.size ?? '0') : conditional.quantity,
    ...(price !== undefined && { price }),
    ...(worstPrice !== undefined && { worstPrice }),
    timeInForce: conditional.timeInForce,
    reduceOnly: conditional.reduceOnly,
    closePosition: conditional.closePosition,
    ...(conditional.isAttached && { isAttached: true }),
    venueData: conditional.venueData,
  }
}

function boundOf(world: World, conditional: EngineConditional): string | undefined {
  const bound = world.rules.triggeredPriceBound
  if (bound === undefined) return undefined
  const contract = contractOf(world, conditional.symbol)
  const mark = markPriceOf(contract, marketOf(world, conditional.symbol))
  return mul(mark, conditional.side === 'BUY' ? add('1', bound) : sub('1', bound))
}

/** How the refusal of an order is told as the end of the conditional it came from. */
const endReasons: Partial<Record<RefusalReason, EndReason>> = {
  insufficientMargin: 'insufficientMargin',
  reduceOnlyRejected: 'reduceOnly',
  positionRequired: 'positionClosed',
  wouldTakeLiquidity: 'wouldTakeLiquidity',
  notFillable: 'notFillable',
  noLiquidity: 'noLiquidity',
}
