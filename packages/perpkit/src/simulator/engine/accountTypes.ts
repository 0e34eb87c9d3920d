import type { Decimal } from '../../core/decimal.ts'
import type { EngineSide } from './marketTypes.ts'

// Orders, fills, positions and money: the nouns that are kept.

export type EngineTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'
export type PriceKind = 'last' | 'mark' | 'index'

/** One position a symbol, or one of each side. */
export type PositionMode = 'oneWay' | 'hedge'
export type PositionSide = 'LONG' | 'SHORT'
/** Whether a position draws on the whole wallet or on what was put aside for it. */
export type MarginMode = 'CROSS' | 'ISOLATED'

/** The place where one position can be. */
export interface PositionLeg {
  symbol: string
  marginMode: MarginMode
  /** Hedge mode only. */
  positionSide?: PositionSide
}

/** Which of a symbol's positions is meant, where settings are kept for each. */
export interface Leg {
  marginMode?: MarginMode
  /** Hedge mode only; absent: both sides. */
  positionSide?: PositionSide
}

/** When all open orders are to be cancelled unless this is said anew. */
export interface CancelAllTimer {
  /** Absent: never. */
  at?: number
  /** Absent: of the whole account. Each set of symbols has a timer of its own. */
  symbol?: string
  /** Only what the venue keeps these words with; each set of words has a timer of its own too. */
  among?: Readonly<Record<string, string>>
  /** Whether waiting conditional orders go too. */
  includesConditionals: boolean
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
  /** The timer that cancels all orders ran out. */
  | 'timer'

export interface EngineOrder {
  orderId: string
  accountId: string
  clientOrderId: string
  symbol: string
  side: EngineSide
  /** Which position it moves, in hedge mode; absent in one-way mode. */
  positionSide?: PositionSide
  marginMode: MarginMode
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
  /** The venue made it of protection that was attached to an entry, whatever else it may do. */
  isAttached?: boolean
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
  /** Which position it moves, in hedge mode; absent in one-way mode. */
  positionSide?: PositionSide
  marginMode: MarginMode
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
  /** The venue made it of protection that was attached to an entry, whatever else it may do. */
  isAttached?: boolean
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
  /** Of its order. */
  positionSide?: PositionSide
  marginMode: MarginMode
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

/** Funding an account paid or got at one settlement, for one position. */
export interface EngineFunding {
  fundingId: string
  accountId: string
  symbol: string
  side: PositionSide
  marginMode: MarginMode
  /** Of the position then. */
  size: Decimal
  markPrice: Decimal
  rate: Decimal
  /** Positive: received. */
  amount: Decimal
  asset: string
  timestamp: number
}

/** Margin put aside for an isolated position at the account's own wish, or taken back. */
export interface EngineMarginChange {
  accountId: string
  symbol: string
  side: PositionSide
  /** Whether the position is one of two a symbol may have, by side. */
  isHedged: boolean
  /** Negative: taken back. */
  amount: Decimal
  asset: string
  timestamp: number
}

/** A position of an account; only open ones exist. */
export interface EnginePosition {
  accountId: string
  symbol: string
  side: PositionSide
  marginMode: MarginMode
  /** Whether it is one of two a symbol may have, by side. */
  isHedged: boolean
  /** Put aside for it when its margin is isolated: it can lose no more than that. */
  isolatedMargin?: Decimal
  /** Always positive. */
  size: Decimal
  entryPrice: Decimal
  /** Settled since it was opened, fees included and funding not. */
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
  initialMargin: Decimal
  maintenanceMargin: Decimal
  /** Absent when no price above zero would liquidate it. */
  liquidationPrice?: Decimal
}

/** The money of an account in one asset, with what follows from the market now. */
export interface MarginView {
  asset: string
  /** Isolated margin included. */
  walletBalance: Decimal
  unrealizedPnl: Decimal
  /** walletBalance + unrealizedPnl. */
  marginBalance: Decimal
  /** What of the wallet is put aside for isolated positions; other positions cannot draw on it. */
  isolatedMargin: Decimal
  /** What of the unrealised profit is of isolated positions, and stays with them. */
  isolatedUnrealizedPnl: Decimal
  /** Of cross and isolated positions: notional ÷ leverage, at the mark price. */
  positionInitialMargin: Decimal
  orderInitialMargin: Decimal
  maintenanceMargin: Decimal
  /**
   * What new orders may use: marginBalance − isolatedMargin − isolatedUnrealizedPnl − initial
   * margins of cross positions − orderInitialMargin, not below zero.
   */
  availableBalance: Decimal
}
