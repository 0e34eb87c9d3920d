import { isPositive } from '../../core/decimal.ts'
import { assetsOf, createAccount } from './accounts.ts'
import { amendOrder, cancelOrder } from './amend.ts'
import { depthOf } from './book.ts'
import { amendConditional, cancelConditional, placeConditional } from './conditionals.ts'
import { catchUp, nextEventTime, runConsequences } from './consequences.ts'
import { fundingHistoryOf, fundingRateAt, settleFunding } from './funding.ts'
import { nearestCount } from './grid.ts'
import { addMargin, setLeverage } from './isolated.ts'
import { dayOf, klinesOf } from './klines.ts'
import { chosenLeverageOf, leverageOf } from './leverage.ts'
import { liquidateSymbol } from './liquidation.ts'
import { viewMargin } from './margin.ts'
import { marginModeOf, positionModeOf, setMarginMode, setPositionMode } from './modes.ts'
import { moveMarginMode } from './moveMargin.ts'
import { submitOrder } from './orders.ts'
import { moveMarket, setTrading } from './path.ts'
import { openInterestOf, pricesOf } from './quotes.ts'
import {
  accountOf,
  type Contract,
  contractOf,
  createWorld,
  type Market,
  marketOf,
  readState,
  type World,
} from './state.ts'
import { tellBooks } from './telling.ts'
import { setCancelAllTimer } from './timers.ts'
import {
  type Engine,
  type EngineConditional,
  type EngineOptions,
  type EngineOrder,
  isRefusal,
  type Refusal,
} from './types.ts'
import { viewPosition } from './views.ts'

/** An engine at the start prices, with full books, a past and no accounts. */
export function createEngine(options: EngineOptions): Engine {
  const world = createWorld(options)
  const step = makeStep(world, options)
  const engine: Engine = {
    instruments: options.instruments,
    now: () => options.clock.now(),
    instrument: (symbol) => world.contracts.get(symbol)?.instrument,
    ...accountCalls(world, step),
    ...settingCalls(world, step),
    ...orderCalls(world, step),
    ...marketCalls(world, step),
    ...controlCalls(world, step),
  }
  const { afterFill, priceWhenTriggered } = options.rules
  if (afterFill) world.tellVenue = (order) => afterFill(engine, { ...order })
  if (priceWhenTriggered) {
    world.priceTriggered = (conditional) => priceWhenTriggered(engine, { ...conditional })
  }
  return engine
}

/** Runs one call at the time that is, and everything that follows from it. */
type Step = <T>(call: () => T) => T

function makeStep(world: World, options: EngineOptions): Step {
  return (call) => {
    // A venue that acts on a fill is inside a step already: what follows is looked at when it is done.
    if (world.isUnderWay) return call()
    world.isUnderWay = true
    try {
      catchUp(world, options.clock.now())
      const answer = call()
      runConsequences(world)
      tellBooks(world)
      return answer
    } finally {
      world.isUnderWay = false
      world.listener?.finished()
    }
  }
}

type Calls<K extends keyof Engine> = Pick<Engine, K>

function accountCalls(
  world: World,
  step: Step,
): Calls<
  | 'createAccount'
  | 'accountIds'
  | 'margin'
  | 'assets'
  | 'positions'
  | 'addMargin'
  | 'marginChanges'
  | 'fundings'
> {
  return {
    createAccount: (balances) => createAccount(world, balances),
    accountIds: () => [...world.state.accounts.keys()],
    margin: (accountId, asset) => step(() => viewMargin(world, accountOf(world, accountId), asset)),
    assets: (accountId) => step(() => assetsOf(world, accountId)),
    positions: (accountId) =>
      step(() => {
        const account = accountOf(world, accountId)
        return [...account.positions.values()].map((one) => viewPosition(world, account, one))
      }),
    addMargin: (accountId, symbol, side, amount) =>
      step(() => {
        const refusal = addMargin(world, accountOf(world, accountId), { symbol, side }, amount)
        if (!refusal) {
          world.listener?.happened({ kind: 'margin', accountId, symbol, at: world.at })
        }
        return refusal
      }),
    marginChanges: (accountId) => step(() => accountOf(world, accountId).marginChanges.slice()),
    fundings: (accountId) => step(() => accountOf(world, accountId).fundings.slice()),
  }
}

function settingCalls(
  world: World,
  step: Step,
): Calls<
  | 'leverage'
  | 'chosenLeverage'
  | 'setLeverage'
  | 'positionMode'
  | 'setPositionMode'
  | 'marginMode'
  | 'setMarginMode'
  | 'setCancelAllTimer'
> {
  return {
    leverage: (accountId, symbol, leg) =>
      leverageOf(world, accountOf(world, accountId), symbol, leg),
    chosenLeverage: (accountId, symbol, leg) =>
      chosenLeverageOf(world, accountOf(world, accountId), symbol, leg),
    setLeverage: (accountId, symbol, leverage, leg) =>
      step(() => {
        const refusal = setLeverage(world, accountId, symbol, leverage, leg ?? {})
        if (!refusal) {
          world.listener?.happened({ kind: 'leverage', accountId, symbol, at: world.at })
        }
        return refusal
      }),
    positionMode: (accountId, symbol) => positionModeOf(accountOf(world, accountId), symbol),
    setPositionMode: (accountId, mode, symbols) =>
      step(() => setPositionMode(world, accountId, mode, symbols)),
    marginMode: (accountId, symbol) => marginModeOf(accountOf(world, accountId), symbol),
    setMarginMode: (accountId, mode, symbols) => {
      const change = world.rules.marginModeMoves ? moveMarginMode : setMarginMode
      return step(() => change(world, accountId, mode, symbols))
    },
    setCancelAllTimer: (accountId, timer) => step(() => setCancelAllTimer(world, accountId, timer)),
  }
}

function orderCalls(
  world: World,
  step: Step,
): Calls<
  | 'placeOrder'
  | 'placeConditional'
  | 'cancelOrder'
  | 'cancelConditional'
  | 'amendOrder'
  | 'amendConditional'
  | 'orders'
  | 'openOrders'
  | 'order'
  | 'conditionals'
  | 'openConditionals'
  | 'conditional'
  | 'fills'
> {
  const rows = <T>(accountId: string, list: (account: ReturnType<typeof accountOf>) => T): T =>
    step(() => list(accountOf(world, accountId)))
  /** The row as it is when everything has happened that follows from the call. */
  const answer = <T extends object>(call: () => T | Refusal): T | Refusal => {
    const row = step(call)
    return isRefusal(row) ? row : { ...row }
  }
  const place = <T extends EngineOrder | EngineConditional>(
    accountId: string,
    call: () => T | Refusal,
  ): T | Refusal => {
    const isVenues = world.isUnderWay
    const row = answer(call)
    if (!isVenues && !isRefusal(row)) world.observer?.accepted(row, accountOf(world, accountId))
    return row
  }
  return {
    placeOrder: (accountId, request) =>
      place(accountId, () => submitOrder(world, accountId, request)),
    placeConditional: (accountId, request) =>
      place(accountId, () => placeConditional(world, accountId, request)),
    cancelOrder: (accountId, orderId) => answer(() => cancelOrder(world, accountId, orderId)),
    cancelConditional: (accountId, conditionalId) =>
      answer(() => cancelConditional(world, accountId, conditionalId)),
    amendOrder: (accountId, orderId, change) =>
      answer(() => amendOrder(world, accountId, orderId, change)),
    amendConditional: (accountId, conditionalId, change) =>
      answer(() => amendConditional(world, accountId, conditionalId, change)),
    orders: (accountId) => rows(accountId, (account) => account.orders.slice()),
    openOrders: (accountId) => rows(accountId, (account) => [...account.openOrders.values()]),
    order: (accountId, orderId) => rows(accountId, (account) => account.orderById.get(orderId)),
    conditionals: (accountId) => rows(accountId, (account) => account.conditionals.slice()),
    openConditionals: (accountId) => rows(accountId, (account) => [...account.waiting.values()]),
    conditional: (accountId, conditionalId) =>
      rows(accountId, (account) => account.conditionalById.get(conditionalId)),
    fills: (accountId) => rows(accountId, (account) => account.fills.slice()),
  }
}

function marketCalls(
  world: World,
  step: Step,
): Calls<
  | 'prices'
  | 'depth'
  | 'day'
  | 'klines'
  | 'trades'
  | 'fundingRate'
  | 'fundingHistory'
  | 'nextFundingTime'
  | 'openInterest'
  | 'isTrading'
> {
  const on = <T>(symbol: string, look: (contract: Contract, market: Market) => T): T =>
    step(() => look(contractOf(world, symbol), marketOf(world, symbol)))
  return {
    prices: (symbol) => on(symbol, pricesOf),
    depth: (symbol, levels) => on(symbol, (contract, market) => depthOf(market, contract, levels)),
    day: (symbol) => on(symbol, (contract, market) => dayOf(world, contract, market)),
    klines: (symbol, interval, from, to) =>
      on(symbol, (contract, market) => klinesOf(world, contract, market, { interval, from, to })),
    trades: (symbol, limit) =>
      on(symbol, (_, market) => (limit > 0 ? market.trades.slice(-limit) : [])),
    fundingRate: (symbol) =>
      on(symbol, (contract, { fundingAt }) => fundingRateAt(contract, fundingAt)),
    fundingHistory: (symbol, from, to) =>
      on(symbol, (contract, market) => fundingHistoryOf(world, contract, market, { from, to })),
    nextFundingTime: (symbol) => on(symbol, (_, { fundingAt }) => fundingAt),
    openInterest: (symbol) =>
      on(symbol, (contract, market) => openInterestOf(world, contract, market)),
    isTrading: (symbol) => marketOf(world, symbol).isTrading,
  }
}

function controlCalls(
  world: World,
  step: Step,
): Calls<
  | 'setPrice'
  | 'setTrading'
  | 'applyFunding'
  | 'liquidate'
  | 'listen'
  | 'catchUp'
  | 'nextEventAt'
  | 'exportState'
  | 'importState'
> {
  return {
    setPrice: (symbol, price) =>
      step(() => {
        if (!isPositive(price)) throw new RangeError(`price ${price} of ${symbol}`)
        const { ticks } = contractOf(world, symbol)
        moveMarket(world, marketOf(world, symbol), Math.max(1, nearestCount(price, ticks)))
      }),
    setTrading: (symbol, isTrading) =>
      step(() => setTrading(world, marketOf(world, symbol), isTrading)),
    applyFunding: (symbol, rate) =>
      step(() => {
        const market = marketOf(world, symbol)
        const { fundingAt } = market
        settleFunding(world, market, rate ?? fundingRateAt(contractOf(world, symbol), fundingAt))
      }),
    liquidate: (accountId, symbol) =>
      step(() => {
        if (!marketOf(world, symbol).isTrading) throw new RangeError(`${symbol} is closed`)
        liquidateSymbol(world, accountId, symbol)
      }),
    listen: (listener) => {
      world.listener = listener
      for (const { symbol, changes } of world.state.markets.values()) {
        world.toldBooks.set(symbol, changes)
      }
    },
    catchUp: () => step(() => undefined),
    nextEventAt: () => nextEventTime(world),
    exportState: () => step(() => structuredClone(world.state)),
    importState: (state) => {
      world.state = readState(state)
      world.stirred.clear()
      world.touched.clear()
      world.filled.clear()
      world.unsettled.clear()
    },
  }
}
