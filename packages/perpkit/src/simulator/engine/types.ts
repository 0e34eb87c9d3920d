import type { Clock } from '../../core/clock.ts'
import type { Decimal } from '../../core/decimal.ts'
import type {
  CancelAllTimer,
  ConditionalKind,
  EngineConditional,
  EngineFill,
  EngineFunding,
  EngineMarginChange,
  EngineOrder,
  EngineTimeInForce,
  Leg,
  MarginMode,
  MarginView,
  PositionMode,
  PositionSide,
  PositionView,
  PriceKind,
} from './accountTypes.ts'
import type { EngineListener } from './events.ts'
import type {
  DaySummary,
  Depth,
  EngineKline,
  EngineSide,
  EngineTrade,
  Prices,
  SettledFunding,
} from './marketTypes.ts'
import type { EngineObserver } from './observer.ts'

export type {
  CancelAllTimer,
  ConditionalKind,
  ConditionalStatus,
  EndReason,
  EngineConditional,
  EngineFill,
  EngineFunding,
  EngineMarginChange,
  EngineOrder,
  EngineOrderStatus,
  EnginePosition,
  EngineTimeInForce,
  Leg,
  MarginMode,
  MarginView,
  PositionLeg,
  PositionMode,
  PositionSide,
  PositionView,
  PriceKind,
} from './accountTypes.ts'
export type * from './events.ts'
export type {
  BookLevel,
  DaySummary,
  Depth,
  EngineKline,
  EngineSide,
  EngineTrade,
  Prices,
  SettledFunding,
} from './marketTypes.ts'
export type { EngineObserver, Holding, PositionStep } from './observer.ts'

// The nouns of the engine. No wire word of any venue stands here; state is plain data, so that a
// snapshot is a structured clone of it.

/** A perpetual contract as one venue lists it. Quantities are in the base asset. */
export interface EngineInstrument {
  /** `'BTCUSDT'`: unified, base asset followed by quote asset; the venue keeps its own name. */
  symbol: string
  baseAsset: string
  quoteAsset: string
  settleAsset: string
  tickSize: Decimal
  stepSize: Decimal
  minQuantity: Decimal
  maxQuantity: Decimal
  maxMarketQuantity: Decimal
  minNotional: Decimal
  maxLeverage: number
  /** Share of the notional that must stay as margin. */
  maintenanceMarginRate: Decimal
  /** Fee rates of a fresh account, fractions of the notional. */
  makerFee: Decimal
  takerFee: Decimal
  fundingIntervalMs: number
}

/** What venues do differently, as data. */
export interface EngineRules {
  /** A fresh account's leverage on every symbol; `'most'`: what each contract allows at most. */
  defaultLeverage: number | 'most'
  /** Whether a symbol has one leverage for both margin modes and both sides; `false`. */
  oneLeverage?: boolean
  /** Whether a margin mode may change while positions and orders are open, which then move over. */
  marginModeMoves?: boolean
  /** Where a client order id may be used again: after its order has ended, or never. */
  clientOrderIdUnique: 'whileOpen' | 'forEver'
  /** Whether plain and conditional orders share one space of client order ids. */
  clientOrderIdSpace: 'shared' | 'separate'
  /** A post-only order that would trade: refused without a trace, or an order that ends at once. */
  postOnlyCrossing: 'refuse' | 'end'
  /** A fill-or-kill order that cannot fill: likewise. */
  fillOrKillShort: 'refuse' | 'end'
  /** A market order with no opposite side at all within its worst price: likewise; `'refuse'`. */
  noLiquidity?: 'refuse' | 'end'
  /** Share of the mark price beyond which a triggered market order does not trade. */
  triggeredPriceBound?: Decimal
  /** Whether resting reduce-only orders use up the position for further ones. */
  reduceOnlyCountsResting: boolean
  /** A reduce-only order beyond what it may close: cut to that, or refused; `'cut'`. */
  reduceOnlyExcess?: 'cut' | 'refuse'
  /** Whether the order a conditional becomes keeps the conditional's id. */
  triggeredKeepsId: boolean
  /** Whether conditional orders with a quantity end when the position is gone. */
  conditionalsEndWhenFlat: boolean
  maxOpenOrders: number
  maxConditionalOrders: number
  /** Whether `maxConditionalOrders` counts one symbol or the account. */
  maxConditionalScope: 'symbol' | 'account'
  /** Whether conditional orders bound to a position use up that number too; `true`. */
  positionBoundCount?: boolean
  /** Ids in the venue's form, from a running number (1, 2, …) and random hex on demand. */
  makeOrderId(number: number, hex: (bytes: number) => string): string
  makeConditionalId(number: number, hex: (bytes: number) => string): string
  makeFillId(number: number, hex: (bytes: number) => string): string
  /**
   * What the venue does of its own accord when an order has filled, wholly or in part: protection
   * that was attached to an entry. Called once a matching pass is settled and before triggers are
   * looked at again; it may place, amend and cancel.
   */
  afterFill?(engine: Engine, order: EngineOrder): void
  /**
   * Price of the limit order a conditional becomes, where that is known only when it fires; else the
   * price it was placed with.
   */
  priceWhenTriggered?(engine: Engine, conditional: EngineConditional): Decimal
}

/** A refusal: nothing has changed. Each venue says it with its own code and text. */
export type RefusalReason =
  | 'insufficientMargin'
  | 'wouldTriggerImmediately'
  | 'reduceOnlyRejected'
  | 'positionRequired'
  | 'closePositionExists'
  | 'duplicateClientOrderId'
  | 'orderNotFound'
  | 'wouldTakeLiquidity'
  | 'notFillable'
  | 'noLiquidity'
  | 'tooManyOrders'
  | 'leverageTooHigh'
  /** A mode cannot change while positions are open. */
  | 'positionsOpen'
  /** A mode cannot change while orders are open, conditional ones included. */
  | 'ordersOpen'
  /** An order without a position side in hedge mode, or with one in one-way mode. */
  | 'positionModeMismatch'
  /**
   * Margin of an isolated position cannot be taken below what it needs (`removable` is what can be),
   * or there is no such position.
   */
  | 'isolatedMargin'
  | 'marketClosed'

export interface Refusal {
  refused: RefusalReason
  /** Figures behind it, for the venue's text. */
  details: Record<string, string>
}

export interface OrderRequest {
  clientOrderId: string
  symbol: string
  side: EngineSide
  /** Which position it moves: always given in hedge mode, never in one-way mode. */
  positionSide?: PositionSide
  /** Where a venue says it with each order; else the account's setting for the symbol. */
  marginMode?: MarginMode
  type: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price?: Decimal
  /** Market orders: nothing fills beyond it. */
  worstPrice?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  closePosition?: boolean
  isAttached?: boolean
  /** It has come too late: it is accepted, and cancelled before it meets the book. */
  isStale?: boolean
  venueData?: Record<string, unknown>
}

export interface ConditionalRequest {
  clientOrderId: string
  symbol: string
  side: EngineSide
  /** Which position it moves: always given in hedge mode, never in one-way mode. */
  positionSide?: PositionSide
  /** Where a venue says it with each order; else the account's setting for the symbol. */
  marginMode?: MarginMode
  kind: ConditionalKind
  orderType: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  closePosition?: boolean
  endsWithPosition?: boolean
  isAttached?: boolean
  /** Absent only for a trailing order that is active at once. */
  triggerPrice?: Decimal
  triggerSource: PriceKind
  triggerDirection: 'rise' | 'fall'
  /** A trigger that holds already fires at once instead of being refused. */
  firesAtOnce?: boolean
  trailingRate?: Decimal
  trailingDistance?: Decimal
  group?: string
  venueData?: Record<string, unknown>
}

/** What an engine is made from; the same options and the same calls give the same bytes. */
export interface EngineOptions {
  instruments: readonly EngineInstrument[]
  rules: EngineRules
  clock: Clock
  seed: number
  /** By base asset; every instrument's must be there. */
  startPrices: Readonly<Record<string, Decimal>>
  observer?: EngineObserver
}

/** What may change on an order that is open; absent stays. */
export interface AmendRequest {
  quantity?: Decimal
  price?: Decimal
  triggerPrice?: Decimal
  /** Conditional orders only. */
  triggerSource?: PriceKind
  /** Conditional orders only. */
  triggerDirection?: 'rise' | 'fall'
  /** Conditional orders only: what it becomes; a market order loses the price it had. */
  orderType?: 'MARKET' | 'LIMIT'
  /** Conditional orders only: a trigger that holds already fires at once instead of being refused. */
  firesAtOnce?: boolean
  /** Trailing orders only, and only in the kind of distance they have. */
  trailingRate?: Decimal
  trailingDistance?: Decimal
  /** Replaces what the venue keeps with the order. */
  venueData?: Record<string, unknown>
}

/**
 * One venue's exchange behind the wire. Every method is synchronous; time is the clock it was made
 * with. Methods that can be refused return a {@link Refusal} and then have changed nothing.
 */
export interface Engine {
  readonly instruments: readonly EngineInstrument[]
  now(): number
  instrument(symbol: string): EngineInstrument | undefined

  // accounts
  createAccount(balances: Record<string, Decimal>): string
  accountIds(): string[]
  margin(accountId: string, asset: string): MarginView
  assets(accountId: string): string[]
  positions(accountId: string): PositionView[]
  /** In isolated margin and hedge mode each side has its own. */
  leverage(accountId: string, symbol: string, leg?: Leg): number
  /** The leverage the account has set, if it has. */
  chosenLeverage(accountId: string, symbol: string, leg?: Leg): number | undefined
  /**
   * `'default'` forgets what was set. Without a leg: of the account's margin mode, both sides. An
   * isolated position gets what a lower leverage asks for; a higher one gives nothing back.
   */
  setLeverage(
    accountId: string,
    symbol: string,
    leverage: number | 'default',
    leg?: Leg,
  ): Refusal | undefined
  positionMode(accountId: string, symbol: string): PositionMode
  /** For the given symbols or all; refused while any of them has positions or orders. */
  setPositionMode(
    accountId: string,
    mode: PositionMode,
    symbols?: readonly string[],
  ): Refusal | undefined
  /** The account's setting for the symbol; orders that name none get it. */
  marginMode(accountId: string, symbol: string): MarginMode
  /**
   * For the given symbols or all; refused while any of them has positions or orders. Under the rule
   * `marginModeMoves` these move over, and what free margin does not cover is refused.
   */
  setMarginMode(
    accountId: string,
    mode: MarginMode,
    symbols?: readonly string[],
  ): Refusal | undefined
  /**
   * Puts margin aside for the isolated position of that side; a negative amount takes back what it
   * does not need at the mark price and its leverage. Profit that is not realised stays.
   */
  addMargin(
    accountId: string,
    symbol: string,
    side: PositionSide,
    amount: Decimal,
  ): Refusal | undefined
  /** What {@link Engine.addMargin} has moved, oldest first. */
  marginChanges(accountId: string): EngineMarginChange[]
  /** Funding paid and received, oldest first. */
  fundings(accountId: string): EngineFunding[]
  /** In place of the timer of the same symbol, or of the account. It runs out once. */
  setCancelAllTimer(accountId: string, timer: CancelAllTimer): void

  // orders
  placeOrder(accountId: string, request: OrderRequest): EngineOrder | Refusal
  placeConditional(accountId: string, request: ConditionalRequest): EngineConditional | Refusal
  cancelOrder(accountId: string, orderId: string): EngineOrder | Refusal
  cancelConditional(accountId: string, conditionalId: string): EngineConditional | Refusal
  amendOrder(accountId: string, orderId: string, change: AmendRequest): EngineOrder | Refusal
  amendConditional(
    accountId: string,
    conditionalId: string,
    change: AmendRequest,
  ): EngineConditional | Refusal
  /** All orders of the account, oldest first, ended ones too. Rows are live: read, do not keep. */
  orders(accountId: string): EngineOrder[]
  /** Those that rest in the book, oldest first. */
  openOrders(accountId: string): EngineOrder[]
  order(accountId: string, orderId: string): EngineOrder | undefined
  conditionals(accountId: string): EngineConditional[]
  /** Those that wait for their trigger, oldest first. */
  openConditionals(accountId: string): EngineConditional[]
  conditional(accountId: string, conditionalId: string): EngineConditional | undefined
  fills(accountId: string): EngineFill[]

  // market
  prices(symbol: string): Prices
  depth(symbol: string, levels: number): Depth
  day(symbol: string): DaySummary
  /**
   * Candles whose start lies in [from, to], ascending, the open one included. `intervalMs` of a
   * calendar month is given as `'month'`; weeks start on Monday.
   */
  klines(symbol: string, interval: number | 'month', from: number, to: number): EngineKline[]
  /** Latest public trades, newest last. */
  trades(symbol: string, limit: number): EngineTrade[]
  /** What the next settlement will take: fraction of the notional, positive when longs pay. */
  fundingRate(symbol: string): Decimal
  /**
   * Settlements in [from, to], ascending; there is a past before the engine started, since 2019. Each
   * row of it is computed: ask for the span you need.
   */
  fundingHistory(symbol: string, from: number, to: number): SettledFunding[]
  nextFundingTime(symbol: string): number
  openInterest(symbol: string): Decimal
  isTrading(symbol: string): boolean

  // control
  /** Moves the market to `price`, trading through what lies between and firing triggers. */
  setPrice(symbol: string, price: Decimal): void
  setTrading(symbol: string, isTrading: boolean): void
  /** Settles funding now, at the rate that is or the one given; the schedule stays as it is. */
  applyFunding(symbol: string, rate?: Decimal): void
  /**
   * Liquidates the account's positions of the symbol, as if margin had run out. Throws a RangeError
   * while the market is closed.
   */
  liquidate(accountId: string, symbol: string): void
  /** Who hears of everything from now on, one at a time; `undefined`: nobody. */
  listen(listener: EngineListener | undefined): void
  /** Lets happen what is due by now. */
  catchUp(): void
  /** When something happens next of its own accord, if nothing else does before. */
  nextEventAt(): number | undefined
  exportState(): unknown
  importState(state: unknown): void
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value
}
