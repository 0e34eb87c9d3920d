import type { Decimal } from '../../core/decimal.ts'
import { nextHex, type Random, seeded } from '../../core/random.ts'
import type { Makers } from '../market/makers.ts'
import { seedFor } from '../market/noise.ts'
import type { EngineListener } from './events.ts'
import { type Grid, makeGrid, nearestCount, productGrid, toCount } from './grid.ts'
import type {
  EngineConditional,
  EngineFill,
  EngineFunding,
  EngineInstrument,
  EngineMarginChange,
  EngineObserver,
  EngineOptions,
  EngineOrder,
  EnginePosition,
  EngineRules,
  EngineSide,
  EngineTrade,
  MarginMode,
  PositionLeg,
  PositionMode,
  PriceKind,
  SettledFunding,
} from './types.ts'

// Everything an engine knows, as plain data. The rooms beside this file are functions over it.

/** A resting limit order's place in the book; `remaining` in steps. */
export interface BookEntry {
  orderId: string
  accountId: string
  tick: number
  remaining: number
  sequence: number
}

/** How far one side of the makers' ladder has been eaten since it was quoted. */
export interface Eaten {
  /** First level behind the touch that may hold anything. */
  level: number
  /** Steps gone from that level. */
  steps: number
}

/** What a waiting conditional order watches; prices in ticks. */
export interface Watch {
  conditionalId: string
  accountId: string
  source: PriceKind
  direction: 'rise' | 'fall'
  /** Absent for a trailing order that is not active yet. */
  tick?: number
  /** Trailing only: best price since activation. */
  best?: number
  isTrailing: boolean
}

/** A minute in which something was traded: prices in ticks, volume in steps, turnover in both. */
export interface TradedMinute {
  minute: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  turnover: number
  trades: number
}

export interface Market {
  symbol: string
  /** Where the market's path stands: the mark and index price, and the centre of the makers. */
  tick: number
  /** The last trade's price. */
  last: number
  isTrading: boolean
  /** Users' resting orders by side, best first, then oldest first. */
  book: Record<EngineSide, BookEntry[]>
  eaten: Record<EngineSide, Eaten>
  /** Place of the makers' quotes in time: users' orders with a lower sequence come first. */
  quotedAt: number
  /** When the makers fill their ladder up again; absent while it is full. */
  refillAt?: number
  /** Grows with every change of the book. */
  changes: number
  watches: Map<string, Watch>
  /** Accounts with a position here. */
  holders: Set<string>
  trades: EngineTrade[]
  minutes: TradedMinute[]
  /** When funding is settled next. */
  fundingAt: number
  /** Settlements since the start, oldest first. */
  settlements: SettledFunding[]
}

/** Notional of a leg's resting orders that may increase its position, by side. */
export interface Exposure {
  leg: PositionLeg
  BUY: Decimal
  SELL: Decimal
}

export interface Account {
  accountId: string
  balances: Map<string, Decimal>
  /** By symbol, and by leg where margin is isolated; what is not here is the default. */
  leverage: Map<string, number>
  positionModes: Map<string, PositionMode>
  marginModes: Map<string, MarginMode>
  /** By leg. */
  positions: Map<string, EnginePosition>
  /** By leg. */
  exposure: Map<string, Exposure>
  orders: EngineOrder[]
  orderById: Map<string, EngineOrder>
  openOrders: Map<string, EngineOrder>
  conditionals: EngineConditional[]
  conditionalById: Map<string, EngineConditional>
  waiting: Map<string, EngineConditional>
  fills: EngineFill[]
  fundings: EngineFunding[]
  marginChanges: EngineMarginChange[]
  /** How many orders hold a client order id. */
  clientIds: Map<string, number>
}

/** All open orders of an account, or of one symbol of it, end at its time. */
export interface Timer {
  accountId: string
  at: number
  symbol?: string
  among?: Readonly<Record<string, string>>
  includesConditionals: boolean
}

export interface EngineState {
  kind: 'engineState'
  startedAt: number
  /** Where each market's past arrives, in ticks. */
  startTicks: Map<string, number>
  random: Random
  accounts: Map<string, Account>
  markets: Map<string, Market>
  /** By account and symbol. */
  timers: Map<string, Timer>
  sequence: number
  orderNumber: number
  conditionalNumber: number
  fillNumber: number
  fundingNumber: number
  tradeNumber: number
}

/** An instrument with what is computed from it once. */
export interface Contract {
  instrument: EngineInstrument
  ticks: Grid
  steps: Grid
  /** Ticks × steps: turnover. */
  products: Grid
  makers: Makers
  historySeed: number
  fundingSeed: number
}

/** What the rooms work on. */
export interface World {
  readonly rules: EngineRules
  readonly contracts: ReadonlyMap<string, Contract>
  state: EngineState
  /** Time of the operation under way. */
  at: number
  /** Markets whose price has moved and whose triggers have not been looked at since. */
  stirred: Set<string>
  /** Accounts whose margin has changed and has not been looked at since. */
  touched: Set<string>
  /** Orders with fills the venue has not been told of. */
  filled: Set<EngineOrder>
  /** Accounts whose positions or closing orders have changed and the observer has not been told. */
  unsettled: Set<string>
  readonly observer: EngineObserver | undefined
  /** Hears of everything; absent while nobody does. */
  listener: EngineListener | undefined
  /** `changes` of each book as the listener was last told. */
  toldBooks: Map<string, number>
  /** Whether a call is being worked on: another one then is the venue's own doing. */
  isUnderWay: boolean
  /** Tells the venue of an order with fills. */
  tellVenue: (order: EngineOrder) => void
  /** Asks the venue for the price of the limit order a conditional becomes. */
  priceTriggered: (conditional: EngineConditional) => Decimal | undefined
}

export function createWorld(options: EngineOptions): World {
  const contracts = new Map(
    options.instruments.map((instrument) => [
      instrument.symbol,
      makeContract(instrument, options.seed),
    ]),
  )
  const now = options.clock.now()
  return {
    rules: options.rules,
    contracts,
    state: createState(options, contracts, now),
    at: now,
    stirred: new Set(),
    touched: new Set(),
    filled: new Set(),
    unsettled: new Set(),
    observer: options.observer,
    listener: undefined,
    toldBooks: new Map(),
    isUnderWay: false,
    tellVenue: () => {},
    priceTriggered: (conditional) => conditional.price,
  }
}

/** A state of ours, or a TypeError. */
export function readState(value: unknown): EngineState {
  if (!isEngineState(value)) throw new TypeError('not a state that an engine exported')
  return structuredClone(value)
}

export function contractOf(world: World, symbol: string): Contract {
  const contract = world.contracts.get(symbol)
  if (!contract) throw new RangeError(`no instrument ${symbol}`)
  return contract
}

export function marketOf(world: World, symbol: string): Market {
  const market = world.state.markets.get(symbol)
  if (!market) throw new RangeError(`no market ${symbol}`)
  return market
}

export function accountOf(world: World, accountId: string): Account {
  const account = world.state.accounts.get(accountId)
  if (!account) throw new RangeError(`no account ${accountId}`)
  return account
}

export function nextSequence(world: World): number {
  world.state.sequence++
  return world.state.sequence
}

export function hexOf(world: World): (bytes: number) => string {
  return (bytes) => nextHex(world.state.random, bytes)
}

function makeContract(instrument: EngineInstrument, seed: number): Contract {
  const ticks = makeGrid(instrument.tickSize)
  const steps = makeGrid(instrument.stepSize)
  return {
    instrument,
    ticks,
    steps,
    products: productGrid(ticks, steps),
    makers: {
      seed: seedFor(seed, `makers ${instrument.symbol}`),
      // Enough for the largest market order there may be, not for two of them at once.
      sideSteps: 1.2 * toCount(instrument.maxMarketQuantity, steps),
    },
    historySeed: seedFor(seed, `history ${instrument.symbol}`),
    fundingSeed: seedFor(seed, `funding ${instrument.symbol}`),
  }
}

function createState(
  options: EngineOptions,
  contracts: ReadonlyMap<string, Contract>,
  now: number,
): EngineState {
  const startTicks = new Map<string, number>()
  for (const { instrument, ticks } of contracts.values()) {
    const price = options.startPrices[instrument.baseAsset]
    if (price === undefined) throw new RangeError(`no start price for ${instrument.baseAsset}`)
    startTicks.set(instrument.symbol, Math.max(1, nearestCount(price, ticks)))
  }
  return {
    kind: 'engineState',
    startedAt: now,
    startTicks,
    random: seeded(options.seed),
    accounts: new Map(),
    markets: new Map(
      [...contracts.values()].map(({ instrument }) => {
        const { symbol, fundingIntervalMs } = instrument
        const fundingAt = nextMultiple(now, fundingIntervalMs)
        return [symbol, createMarket(symbol, startTicks.get(symbol) ?? 1, fundingAt)]
      }),
    ),
    timers: new Map(),
    sequence: 0,
    orderNumber: 0,
    conditionalNumber: 0,
    fillNumber: 0,
    fundingNumber: 0,
    tradeNumber: 0,
  }
}

/** The first multiple of `interval` after `now`. */
function nextMultiple(now: number, interval: number): number {
  return (Math.floor(now / interval) + 1) * interval
}

function createMarket(symbol: string, tick: number, fundingAt: number): Market {
  return {
    symbol,
    tick,
    last: tick,
    isTrading: true,
    book: { BUY: [], SELL: [] },
    eaten: { BUY: { level: 0, steps: 0 }, SELL: { level: 0, steps: 0 } },
    quotedAt: 0,
    changes: 1,
    watches: new Map(),
    holders: new Set(),
    trades: [],
    minutes: [],
    fundingAt,
    settlements: [],
  }
}

function isEngineState(value: unknown): value is EngineState {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'engineState'
  )
}
