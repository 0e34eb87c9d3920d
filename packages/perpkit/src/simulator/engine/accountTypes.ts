import type { Decimal } from '../../core/decimal.ts'
import type { EngineSide } from './marketTypes.ts'

// Orders, fills, positions and money: the nouns that are kept.

export type EngineTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'
export type PriceKind = 'last' | 'mark' | 'index'

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
