import type { Side, TimeInForce, TriggerSource } from '../model/tokens.ts'

// What callers hand to the methods of FuturesExchange.

export interface OrderOptions {
  /** The order may only shrink the position. Default `false`. */
  reduceOnly?: boolean
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

export interface ProtectiveOrderRequest {
  symbol: string
  /** Of the protective order: `SELL` protects a long. */
  side: Side
  /** In the base asset. */
  quantity: string | number
  stopPrice: string | number
  /** Default `true`. */
  reduceOnly?: boolean
  /** The price it watches. Default: the first of `capabilities.triggerSources`. */
  triggerSource?: TriggerSource
  clientOrderId?: string
  signal?: AbortSignal
}

export interface OrderReference {
  symbol: string
  orderId?: string
  clientOrderId?: string
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
