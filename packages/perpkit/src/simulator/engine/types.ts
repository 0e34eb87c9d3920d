import type { Clock } from '../../core/clock.ts'
import type { Decimal } from '../../core/decimal.ts'
import type {
  DaySummary,
  Depth,
  EngineKline,
  EngineSide,
  EngineTrade,
  Prices,
} from './marketTypes.ts'

export type {
  BookLevel,
  DaySummary,
  Depth,
  EngineKline,
  EngineSide,
  EngineTrade,
  Prices,
} from './marketTypes.ts'

// The nouns of the engine. No wire word of any venue stands here; state is plain data, so that a
// snapshot is a structured clone of it.

export type EngineTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'
export type PriceKind = 'last' | 'mark' | 'index'

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
  /** A fresh account's leverage on every symbol. */
  defaultLeverage: number
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
}

export type EngineOrderStatus =
  | 'NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'REJECTED'

/** Why an order ended without being filled whole. */
export type EndReason =
  | 'user'
  | 'noLiquidity'
  | 'wouldTakeLiquidity'
  | 'notFillable'
  | 'reduceOnly'
  | 'positionClosed'
  | 'insufficientMargin'
  | 'liquidation'
  | 'oco'
  | 'selfTrade'

export interface EngineOrder {
  orderId: string
  accountId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  type: 'MARKET' | 'LIMIT'
  /** As accepted: a reduce-only order may have been cut to the position. */
  quantity: Decimal
  /** Absent for market orders. */
  price?: Decimal
  /** Worst price a market order may trade at. */
  worstPrice?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  closePosition: boolean
  status: EngineOrderStatus
  executedQuantity: Decimal
  /** Sum of price × quantity of its fills. */
  executedNotional: Decimal
  fee: Decimal
  endReason?: EndReason
  /** The conditional order it came from. */
  conditionalId?: string
  createdAt: number
  updatedAt: number
  /** Order of arrival in the book: earlier is lower. */
  sequence: number
  /** What the venue wants back with it, in its own words. */
  venueData: Record<string, unknown>
}

export type ConditionalKind = 'stop' | 'takeProfit' | 'trailing'

export type ConditionalStatus = 'WAITING' | 'TRIGGERED' | 'CANCELLED' | 'EXPIRED' | 'REJECTED'

export interface EngineConditional {
  conditionalId: string
  accountId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  kind: ConditionalKind
  /** What it becomes. */
  orderType: 'MARKET' | 'LIMIT'
  /** `'0'` with `closePosition`. */
  quantity: Decimal
  price?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  /** Closes whatever the position is when it triggers, and ends with it. */
  closePosition: boolean
  /** Ends when the position is gone, whatever the rule `conditionalsEndWhenFlat` says. */
  endsWithPosition?: boolean
  /** Of a trailing order: where it becomes active; the price it was placed at when none was given. */
  triggerPrice: Decimal
  triggerSource: PriceKind
  /**
   * Fires when the watched price is at or beyond the trigger in this direction. A trailing order
   * goes by its side instead: SELL follows the price up and fires on the way down.
   */
  triggerDirection: 'rise' | 'fall'
  /** Trailing only: distance as a fraction of the best price since activation, or in quote units. */
  trailingRate?: Decimal
  trailingDistance?: Decimal
  /** Trailing only: best price since activation; absent until it is active. */
  bestPrice?: Decimal
  status: ConditionalStatus
  endReason?: EndReason
  /** The order it became. */
  orderId?: string
  /** Conditionals with the same group end together when one of them triggers. */
  group?: string
  createdAt: number
  updatedAt: number
  triggeredAt?: number
  sequence: number
  venueData: Record<string, unknown>
}

export interface EngineFill {
  fillId: string
  accountId: string
  orderId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  quantity: Decimal
  price: Decimal
  /** Positive: paid. */
  fee: Decimal
  feeAsset: string
  isMaker: boolean
  /** Profit this fill settled, before fees. */
  realizedPnl: Decimal
  timestamp: number
}

/** A position of an account; only open ones exist. */
export interface EnginePosition {
  accountId: string
  symbol: string
  side: 'LONG' | 'SHORT'
  /** Always positive. */
  size: Decimal
  entryPrice: Decimal
  /** Settled since it was opened, fees included. */
  realizedPnl: Decimal
  openedAt: number
  updatedAt: number
}

/** A position with what follows from the market now. */
export interface PositionView extends EnginePosition {
  markPrice: Decimal
  /** size × mark price. */
  notional: Decimal
  unrealizedPnl: Decimal
  leverage: number
  marginMode: 'CROSS' | 'ISOLATED'
  initialMargin: Decimal
  maintenanceMargin: Decimal
  /** Absent when no price above zero would liquidate it. */
  liquidationPrice?: Decimal
}

/** The money of an account in one asset, with what follows from the market now. */
export interface MarginView {
  asset: string
  walletBalance: Decimal
  unrealizedPnl: Decimal
  /** walletBalance + unrealizedPnl. */
  marginBalance: Decimal
  positionInitialMargin: Decimal
  orderInitialMargin: Decimal
  maintenanceMargin: Decimal
  /** marginBalance − initial margins, not below zero. */
  availableBalance: Decimal
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
  type: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price?: Decimal
  /** Market orders: nothing fills beyond it. */
  worstPrice?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  closePosition?: boolean
  venueData?: Record<string, unknown>
}

export interface ConditionalRequest {
  clientOrderId: string
  symbol: string
  side: EngineSide
  kind: ConditionalKind
  orderType: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price?: Decimal
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  closePosition?: boolean
  endsWithPosition?: boolean
  /** Absent only for a trailing order that is active at once. */
  triggerPrice?: Decimal
  triggerSource: PriceKind
  triggerDirection: 'rise' | 'fall'
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
}

/** What may change on an order that is open; absent stays. */
export interface AmendRequest {
  quantity?: Decimal
  price?: Decimal
  triggerPrice?: Decimal
  /** Conditional orders only. */
  triggerSource?: PriceKind
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
  leverage(accountId: string, symbol: string): number
  setLeverage(accountId: string, symbol: string, leverage: number): Refusal | undefined

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
  fundingRate(symbol: string): Decimal
  nextFundingTime(symbol: string): number
  openInterest(symbol: string): Decimal
  isTrading(symbol: string): boolean

  // control
  /** Moves the market to `price`, trading through what lies between and firing triggers. */
  setPrice(symbol: string, price: Decimal): void
  setTrading(symbol: string, isTrading: boolean): void
  exportState(): unknown
  importState(state: unknown): void
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value
}
