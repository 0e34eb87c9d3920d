import { type Decimal, isGreater, isPositive } from '../../core/decimal.ts'
import { checkClientId, holdClientId } from './accounts.ts'
import { endConditional } from './endings.ts'
import { fromCount, toCount } from './grid.ts'
import { isSameLeg, legFrom, positionOn } from './legs.ts'
import { checkPositionSide, marginModeOf } from './modes.ts'
import { closingSide } from './positions.ts'
import {
  type Account,
  accountOf,
  type Contract,
  contractOf,
  hexOf,
  type Market,
  marketOf,
  nextSequence,
  type World,
} from './state.ts'
import { tellConditional } from './telling.ts'
import type {
  AmendRequest,
  ConditionalRequest,
  EngineConditional,
  MarginMode,
  Refusal,
} from './types.ts'
import { isActivated, watch, watchedTick } from './watches.ts'

/** Accepts an order that waits for a price, or refuses it. Margin is not asked for until then. */
export function placeConditional(
  world: World,
  accountId: string,
  request: ConditionalRequest,
): EngineConditional | Refusal {
  const account = accountOf(world, accountId)
  const contract = contractOf(world, request.symbol)
  const market = marketOf(world, request.symbol)
  checkShape(contract, request)
  const refusal =
    checkOpen(market) ??
    checkPositionSide(account, request) ??
    checkClientId(world, account, 'conditional', request.clientOrderId) ??
    checkCap(world, account, request) ??
    checkClosePosition(account, request) ??
    (request.firesAtOnce ? undefined : checkTrigger(contract, market, request))
  if (refusal) return refusal
  const conditional = openConditional(world, account, request)
  watch(contract, market, conditional)
  if (request.firesAtOnce) world.stirred.add(request.symbol)
  return conditional
}

export function cancelConditional(
  world: World,
  accountId: string,
  conditionalId: string,
): EngineConditional | Refusal {
  const conditional = accountOf(world, accountId).waiting.get(conditionalId)
  if (!conditional) return { refused: 'orderNotFound', details: { orderId: conditionalId } }
  endConditional(world, conditional, 'CANCELLED', 'user')
  return conditional
}

/** Changes an order that waits; the activation price of a trailing one only until it is reached. */
export function amendConditional(
  world: World,
  accountId: string,
  conditionalId: string,
  change: AmendRequest,
): EngineConditional | Refusal {
  const conditional = accountOf(world, accountId).waiting.get(conditionalId)
  if (!conditional) return { refused: 'orderNotFound', details: { orderId: conditionalId } }
  const contract = contractOf(world, conditional.symbol)
  const market = marketOf(world, conditional.symbol)
  const isActive = conditional.bestPrice !== undefined
  const wanted: EngineConditional = {
    ...conditional,
    quantity: change.quantity ?? conditional.quantity,
    triggerPrice: (isActive ? undefined : change.triggerPrice) ?? conditional.triggerPrice,
    triggerSource: change.triggerSource ?? conditional.triggerSource,
    triggerDirection: change.triggerDirection ?? conditional.triggerDirection,
    orderType: change.orderType ?? conditional.orderType,
    ...(change.price !== undefined && { price: change.price }),
    ...(change.trailingRate !== undefined && { trailingRate: change.trailingRate }),
    ...(change.trailingDistance !== undefined && { trailingDistance: change.trailingDistance }),
    ...(change.venueData && { venueData: { ...change.venueData } }),
  }
  if (change.orderType === 'MARKET') delete wanted.price
  checkShape(contract, wanted)
  const refusal =
    checkOpen(market) ??
    (isActive || change.firesAtOnce ? undefined : checkTrigger(contract, market, wanted))
  if (refusal) return refusal
  if (change.orderType === 'MARKET') delete conditional.price
  Object.assign(conditional, wanted, { updatedAt: world.at })
  world.unsettled.add(accountId)
  tellConditional(world, 'amended', conditional)
  watch(contract, market, conditional)
  if (change.firesAtOnce) world.stirred.add(conditional.symbol)
  return conditional
}

function checkOpen(market: Market): Refusal | undefined {
  if (market.isTrading) return undefined
  return { refused: 'marketClosed', details: { symbol: market.symbol } }
}

function checkCap(
  world: World,
  account: Account,
  request: ConditionalRequest,
): Refusal | undefined {
  const { rules } = world
  const counts = (one: ConditionalRequest | EngineConditional): boolean =>
    rules.positionBoundCount !== false || !(one.closePosition || one.endsWithPosition)
  if (!counts(request)) return undefined
  let open = 0
  for (const waiting of account.waiting.values()) {
    if (rules.maxConditionalScope === 'symbol' && waiting.symbol !== request.symbol) continue
    if (counts(waiting)) open++
  }
  if (open < rules.maxConditionalOrders) return undefined
  return { refused: 'tooManyOrders', details: { limit: String(rules.maxConditionalOrders) } }
}

function checkClosePosition(account: Account, request: ConditionalRequest): Refusal | undefined {
  if (!request.closePosition) return undefined
  const { symbol, side, kind } = request
  const leg = legFrom({ ...request, marginMode: modeFor(account, request) })
  const position = positionOn(account, leg)
  if (!position || closingSide(position) !== side) {
    return { refused: 'positionRequired', details: { symbol, side } }
  }
  for (const waiting of account.waiting.values()) {
    if (!waiting.closePosition || !isSameLeg(waiting, leg)) continue
    if (waiting.side !== side || waiting.kind !== kind) continue
    return { refused: 'closePositionExists', details: { orderId: waiting.conditionalId } }
  }
  return undefined
}

function modeFor(account: Account, request: ConditionalRequest): MarginMode {
  return request.marginMode ?? marginModeOf(account, request.symbol)
}

/** Refuses what would fire, or become active, at the price that is. */
function checkTrigger(
  contract: Contract,
  market: Market,
  request: ConditionalRequest | EngineConditional,
): Refusal | undefined {
  const { triggerPrice, triggerSource: source, triggerDirection, side } = request
  if (triggerPrice === undefined) return undefined
  const tick = watchedTick(market, source)
  const holds =
    request.kind === 'trailing'
      ? isActivated(contract, { side, triggerPrice }, tick)
      : isReached(contract, tick, triggerPrice, triggerDirection)
  if (!holds) return undefined
  const price = fromCount(tick, contract.ticks)
  return { refused: 'wouldTriggerImmediately', details: { triggerPrice, price, source } }
}

function isReached(
  contract: Contract,
  tick: number,
  trigger: Decimal,
  direction: 'rise' | 'fall',
): boolean {
  const price = fromCount(tick, contract.ticks)
  return direction === 'rise' ? !isGreater(trigger, price) : !isGreater(price, trigger)
}

/** What a venue must have seen to: these are mistakes of ours, not of whoever sent the order. */
function checkShape(contract: Contract, request: ConditionalRequest | EngineConditional): void {
  if (request.closePosition !== true) {
    if (!isPositive(request.quantity)) throw new RangeError(`quantity ${request.quantity}`)
    toCount(request.quantity, contract.steps)
  }
  if ((request.orderType === 'LIMIT') !== (request.price !== undefined)) {
    throw new RangeError(`a ${request.orderType} conditional order with price ${request.price}`)
  }
  if (request.price !== undefined) toCount(request.price, contract.ticks)
  if (request.kind !== 'trailing') {
    if (request.triggerPrice === undefined)
      throw new RangeError(`a ${request.kind} without trigger`)
    return
  }
  if (!isPositive(request.trailingRate ?? request.trailingDistance ?? '0')) {
    throw new RangeError('a trailing order without a distance')
  }
}

function openConditional(
  world: World,
  account: Account,
  request: ConditionalRequest,
): EngineConditional {
  const { closePosition = false, venueData, triggerPrice, firesAtOnce: _, ...given } = request
  const contract = contractOf(world, request.symbol)
  const market = marketOf(world, request.symbol)
  const price = fromCount(watchedTick(market, request.triggerSource), contract.ticks)
  world.state.conditionalNumber++
  const conditional: EngineConditional = {
    ...given,
    conditionalId: world.rules.makeConditionalId(world.state.conditionalNumber, hexOf(world)),
    accountId: account.accountId,
    marginMode: modeFor(account, request),
    quantity: closePosition ? '0' : request.quantity,
    closePosition,
    triggerPrice: triggerPrice ?? price,
    // A trailing order without a price to wait for is active at once.
    ...(triggerPrice === undefined && { bestPrice: price }),
    status: 'WAITING',
    createdAt: world.at,
    updatedAt: world.at,
    sequence: nextSequence(world),
    venueData: { ...venueData },
  }
  account.conditionals.push(conditional)
  account.conditionalById.set(conditional.conditionalId, conditional)
  account.waiting.set(conditional.conditionalId, conditional)
  world.unsettled.add(account.accountId)
  holdClientId(world, account, 'conditional', conditional.clientOrderId)
  tellConditional(world, 'placed', conditional)
  return conditional
}
