import type { FuturesOrder } from '../../../model/order.ts'
import type { Side, TimeInForce, TriggerSource } from '../../../model/tokens.ts'

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
  /**
   * What is protected, in the base asset. All of the position: the stop follows whatever becomes of
   * it. Less: that part only.
   */
  quantity: string | number
  stopPrice: string | number
  /** Half is taken here and half 2 % further in the direction of profit. */
  takeProfitPrice?: string | number
  /** Up to 8 targets instead; empty for a stop alone. */
  takeProfits?: readonly TakeProfitTarget[]
  triggerSource?: TriggerSource
  /** Move the stop to the entry price once the first target has filled. */
  breakEvenAfterFirstTakeProfit?: boolean
  /** What to do with what no stop can be made to cover. Default `CLOSE`. */
  onUnprotected?: 'CLOSE' | 'REPORT'
  /** Whether it drives itself until all is done; else `refresh()` and `watch()` do. Default `true`. */
  supervise?: boolean
}

/** How a position is to be opened; its side is the opposite of the protective one. */
export type ProtectedEntry =
  | { type: 'MARKET' }
  | {
      type: 'LIMIT'
      price: string | number
      /** Default `GTC`. */
      timeInForce?: TimeInForce
    }

export interface ProtectedPositionRequest extends ManagedOrdersRequest {
  entry: ProtectedEntry
  /** Ends the wait; an entry that may have left is still looked up and protected. */
  signal?: AbortSignal
}

export interface ResumeOptions {
  /** As in {@link ManagedOrdersRequest}. Default `true`. */
  supervise?: boolean
}

export type ManagedOrdersStatus = 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'UNPROTECTED'

/** What has happened. */
export type ManagedReason =
  /** The state as it is when watching begins. */
  | 'CURRENT'
  | 'RESUMED'
  | 'ENTRY_PLACED'
  | 'ENTRY_PARTIALLY_FILLED'
  | 'ENTRY_FILLED'
  /** The entry ended without filling, or by a hand. */
  | 'ENTRY_LOST'
  | 'STOP_PLACED'
  | 'STOP_RESIZED'
  | 'STOP_MOVED'
  | 'STOP_TRIGGERED'
  | 'STOP_PARTIALLY_FILLED'
  | 'STOP_FILLED'
  /** The stop went without filling, and not by our doing. */
  | 'STOP_LOST'
  | 'TAKE_PROFIT_PLACED'
  | 'TAKE_PROFIT_REFUSED'
  | 'TAKE_PROFIT_TRIGGERED'
  | 'TAKE_PROFIT_PARTIALLY_FILLED'
  | 'TAKE_PROFIT_FILLED'
  | 'TAKE_PROFIT_LOST'
  /** The position changed by other orders than these. */
  | 'POSITION_CHANGED'
  /** No stop covers all that is open. */
  | 'UNPROTECTED'
  /** What was not covered is being closed, or was. */
  | 'CLOSED'
  | 'COMPLETED'
  | 'CANCELLED'

/** How protected a position is, at the last look. */
export interface ManagedOrdersState {
  status: ManagedOrdersStatus
  /** The order that opens the position, where this object has placed it. */
  entryOrder: FuturesOrder | undefined
  /**
   * The stop that stands, or the last one that did; its quantity is what it covers. `undefined`
   * before the first fill of an entry.
   */
  stopLossOrder: FuturesOrder | undefined
  takeProfitOrders: FuturesOrder[]
}

/** A change as `watch()` tells it. */
export interface ManagedOrdersChange extends ManagedOrdersState {
  /** The weightiest of `reasons`. */
  reason: ManagedReason
  /** All that has happened since the change before, in order. */
  reasons: readonly ManagedReason[]
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
   * left (there is never less than before), moved to the entry price if that was asked for, placed
   * anew if it is gone; legs of a closed position are removed. Rejects with `ProtectionError` when
   * no stop can be made to stand. Supervision does the same by itself.
   */
  refresh(): Promise<ManagedOrdersState>
  /**
   * Removes all legs, the entry first and the stop last; `true` when none is left. The position
   * stays.
   */
  cancel(): Promise<boolean>
  /**
   * The state as it is, then each change until all is done. Where nothing supervises, it refreshes
   * every `intervalMs` (default 1 000) itself.
   */
  watch(options?: {
    intervalMs?: number
    signal?: AbortSignal
  }): AsyncIterableIterator<ManagedOrdersChange, undefined>
}
