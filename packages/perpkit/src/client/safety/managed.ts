import type { FuturesOrder } from '../../model/order.ts'
import type { Side, TriggerSource } from '../../model/tokens.ts'

// What managed orders are, for callers.

export interface TakeProfitTarget {
  price: string | number
  /** Share of the quantity, a fraction; all shares together are 1. */
  share: string | number
}

export interface ManagedOrdersRequest {
  symbol: string
  /** Of the protective orders: `SELL` protects a long. */
  side: Side
  /** What is protected, in the base asset. */
  quantity: string | number
  stopPrice: string | number
  /** Half is taken here and half 2 % further in the direction of profit. */
  takeProfitPrice?: string | number
  /** Up to 8 targets instead; empty for a stop alone. */
  takeProfits?: readonly TakeProfitTarget[]
  triggerSource?: TriggerSource
  /** Move the stop to the entry price once the first target has filled. */
  breakEvenAfterFirstTakeProfit?: boolean
  /** What to do when the stop cannot be placed. Default `CLOSE`. */
  onUnprotected?: 'CLOSE' | 'REPORT'
}

export type ManagedOrdersStatus = 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'UNPROTECTED'

/** How protected a position is, at the last look. */
export interface ManagedOrdersState {
  status: ManagedOrdersStatus
  /** The stop that stands, or the last one that did. */
  stopLossOrder: FuturesOrder
  takeProfitOrders: FuturesOrder[]
}

/** A stop and its take-profits as one object. */
export interface ManagedOrders extends Readonly<ManagedOrdersState> {
  readonly id: string
  readonly symbol: string
  /** Of the protective orders. */
  readonly side: Side
  readonly quantity: string
  /**
   * Looks at position and orders once and puts right what is off: the stop is sized to what is
   * left (the new one stands before the old one goes), moved to the entry price if that was asked
   * for, placed anew if it is gone; legs of a closed position are removed. Rejects with
   * `ProtectionError` when no stop can be made to stand.
   */
  refresh(): Promise<ManagedOrdersState>
  /** Removes all legs, the stop last; `true` when none is left. The position stays. */
  cancel(): Promise<boolean>
  /** Refreshes every `intervalMs` (default 1 000) and yields each change until all is done. */
  watch(options?: { intervalMs?: number; signal?: AbortSignal }): AsyncIterable<ManagedOrdersState>
}
