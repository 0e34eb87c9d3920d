import { type Decimal, isPositive } from '../../core/decimal.ts'
import { assetsOf, createAccount, defaultLeverageOf, leverageOf } from './accounts.ts'
import { amendOrder, cancelOrder } from './amend.ts'
import { depthOf } from './book.ts'
import { amendConditional, cancelConditional, placeConditional } from './conditionals.ts'
import { catchUp, runConsequences } from './consequences.ts'
import { nearestCount } from './grid.ts'
import { dayOf, klinesOf } from './klines.ts'
import { checkLeverage, viewMargin, viewPosition } from './margin.ts'
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
import { type Engine, type EngineOptions, isRefusal, type Refusal } from './types.ts'

/** An engine at the start prices, with full books, a past and no accounts. */
export function createEngine(options: EngineOptions): Engine {
  const world = createWorld(options)
  const step = makeStep(world, options)
  const engine: Engine = {
    instruments: options.instruments,
    now: () => options.clock.now(),
    instrument: (symbol) => world.contracts.get(symbol)?.instrument,
    ...accountCalls(world, step),
    ...orderCalls(world, step),
    ...marketCalls(world, step, options),
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
  let isUnderWay = false
  return (call) => {
    // A venue that acts on a fill is inside a step already: what follows is looked at when it is done.
    if (isUnderWay) return call()
    isUnderWay = true
    try {
      catchUp(world, options.clock.now())
      const answer = call()
      runConsequences(world)
      return answer
    } finally {
      isUnderWay = false
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
  | 'leverage'
  | 'chosenLeverage'
  | 'setLeverage'
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
    leverage: (accountId, symbol) => leverageOf(world, accountOf(world, accountId), symbol),
    chosenLeverage: (accountId, symbol) => accountOf(world, accountId).leverage.get(symbol),
    setLeverage: (accountId, symbol, leverage) =>
      step(() => setLeverage(world, accountId, symbol, leverage)),
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
  return {
    placeOrder: (accountId, request) => answer(() => submitOrder(world, accountId, request)),
    placeConditional: (accountId, request) =>
      answer(() => placeConditional(world, accountId, request)),
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
  options: EngineOptions,
): Calls<
  | 'prices'
  | 'depth'
  | 'day'
  | 'klines'
  | 'trades'
  | 'fundingRate'
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
    fundingRate: (symbol) => {
      contractOf(world, symbol)
      return fundingRate
    },
    nextFundingTime: (symbol) => {
      const { fundingIntervalMs } = contractOf(world, symbol).instrument
      return (Math.floor(options.clock.now() / fundingIntervalMs) + 1) * fundingIntervalMs
    },
    openInterest: (symbol) =>
      on(symbol, (contract, market) => openInterestOf(world, contract, market)),
    isTrading: (symbol) => marketOf(world, symbol).isTrading,
  }
}

function controlCalls(
  world: World,
  step: Step,
): Calls<'setPrice' | 'setTrading' | 'exportState' | 'importState'> {
  return {
    setPrice: (symbol, price) =>
      step(() => {
        if (!isPositive(price)) throw new RangeError(`price ${price} of ${symbol}`)
        const { ticks } = contractOf(world, symbol)
        moveMarket(world, marketOf(world, symbol), Math.max(1, nearestCount(price, ticks)))
      }),
    setTrading: (symbol, isTrading) =>
      step(() => setTrading(world, marketOf(world, symbol), isTrading)),
    exportState: () => step(() => structuredClone(world.state)),
    importState: (state) => {
      world.state = readState(state)
      world.stirred.clear()
      world.touched.clear()
      world.filled.clear()
    },
  }
}

/** Constant until funding is settled. */
const fundingRate: Decimal = '0.0001'

function setLeverage(
  world: World,
  accountId: string,
  symbol: string,
  wanted: number | 'default',
): Refusal | undefined {
  const leverage = wanted === 'default' ? defaultLeverageOf(world, symbol) : wanted
  if (!(leverage >= 1)) throw new RangeError(`leverage ${leverage}`)
  const account = accountOf(world, accountId)
  const refusal = checkLeverage(world, account, symbol, leverage)
  if (refusal) return refusal
  if (wanted === 'default') account.leverage.delete(symbol)
  else account.leverage.set(symbol, wanted)
  return undefined
}
