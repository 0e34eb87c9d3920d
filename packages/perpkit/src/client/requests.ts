import type { PerpkitError } from '../model/errors.ts'
import type { FuturesOrder } from '../model/order.ts'
import type { PositionSide, Side, TimeInForce, TriggerSource } from '../model/tokens.ts'

// What callers hand to the methods of FuturesExchange.

export interface OrderOptions {
  /** The order may only shrink the position. Default `false`. */
  reduceOnly?: boolean
  /**
   * Hedge mode only: which position it moves. Default: a `BUY` opens the long and a `SELL` the
   * short; with `reduceOnly` each closes the other side.
   */
  positionSide?: PositionSide
  /** Limit orders only. Default `GTC`. */
  timeInForce?: TimeInForce
  /** Your own id instead of ours; unique for the account. */
  clientOrderId?: string
  /**
   * Market orders: wait until the order is final, 2 s at most (default `true`), or return the
   * exchange's acknowledgement at once. Limit orders: wait until the order is visible.
   */
  awaitFill?: boolean
  /** Ends the wait; an order that may have left is still looked up. */
  signal?: AbortSignal
}

interface OfPosition {
  symbol: string
  /** Of the protective order: `SELL` protects a long. */
  side: Side
  /** In the base asset. */
  quantity: string | number
  /** Default `true`. */
  reduceOnly?: boolean
  /** Hedge mode only; see {@link OrderOptions}. */
  positionSide?: PositionSide
  /**
   * The price it watches. Default: the first of `capabilities.triggerSources`, of trailing stops the
   * first of `capabilities.trailing.triggerSources`.
   */
  triggerSource?: TriggerSource
  clientOrderId?: string
  signal?: AbortSignal
}

export interface ProtectiveOrderRequest extends OfPosition {
  stopPrice: string | number
}

export interface TrailingStopOrderRequest extends OfPosition {
  /** Distance from the best price as a fraction: 0.01 is 1 %. */
  callbackRate: string | number
  /** Where it becomes active. Default: at once. */
  activationPrice?: string | number
}

export interface MarketOrderRequest extends OrderOptions {
  type: 'MARKET'
  symbol: string
  side: Side
  quantity: string | number
}

export interface LimitOrderRequest extends Omit<MarketOrderRequest, 'type'> {
  type: 'LIMIT'
  price: string | number
}

export type ConditionalOrderRequest =
  | (ProtectiveOrderRequest & { type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' })
  | (TrailingStopOrderRequest & { type: 'TRAILING_STOP_MARKET' })

/** One order of a batch; what its type needs is checked before any of the batch is sent. */
export type OrderRequest = MarketOrderRequest | LimitOrderRequest | ConditionalOrderRequest

/**
 * What became of one order of a batch. `rejected`, `notSent`: it does certainly not stand;
 * `unknown`: it may, and asking did not tell.
 */
export type OrderResult =
  | { outcome: 'done'; clientOrderId: string; order: FuturesOrder }
  | { outcome: 'rejected' | 'notSent' | 'unknown'; clientOrderId: string; error: PerpkitError }

export interface OrderReference {
  symbol: string
  orderId?: string
  clientOrderId?: string
}

/** At least one of the three figures; what is left out stays. */
export interface AmendOrderRequest extends OrderReference {
  /** The new total, what was executed included. */
  quantity?: string | number
  price?: string | number
  /** Conditional orders only. */
  stopPrice?: string | number
  signal?: AbortSignal
}

export interface HistoryOptions {
  /** The newest rows in the window. Default 100. */
  limit?: number
  /** Milliseconds since the epoch. Default: 7 days (funding rates: 30) before `endTime`. */
  startTime?: number
  /** Default: now. */
  endTime?: number
}

export interface KlineOptions {
  /** Candles in all; pages by itself beyond one request. Default 100. */
  limit?: number
  /** First candle's start, in milliseconds since the epoch; rounded up to the interval. */
  startTime?: number
  /** Last candle's start at the latest. Default: now. */
  endTime?: number
  onProgress?: (progress: { done: number; total: number }) => void
}
