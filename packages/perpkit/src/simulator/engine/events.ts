import type { Decimal } from '../../core/decimal.ts'
import type {
  EngineConditional,
  EngineFill,
  EngineFunding,
  EngineOrder,
  EnginePosition,
} from './accountTypes.ts'
import type { EngineTrade } from './marketTypes.ts'

// What can be heard of an engine while it works: rows are copies, as they were at that moment.

export type EngineEvent =
  | { kind: 'order'; change: OrderChange; order: EngineOrder; at: number }
  | { kind: 'conditional'; change: ConditionalChange; conditional: EngineConditional; at: number }
  /** Told after the fill is booked and before its order's `filled`. */
  | ({ kind: 'fill'; fill: EngineFill; order: EngineOrder; at: number } & AfterFill)
  | { kind: 'funding'; funding: EngineFunding; at: number }
  | { kind: 'trade'; trade: EngineTrade; at: number }
  /** A book is another than at the end of the call before. */
  | { kind: 'book'; symbol: string; at: number }
  | { kind: 'leverage'; accountId: string; symbol: string; at: number }
  /** Margin was put aside for an isolated position, or taken back. */
  | { kind: 'margin'; accountId: string; symbol: string; at: number }

/** What a fill left behind. */
export interface AfterFill {
  /** Absent when nothing is left of it. */
  position?: EnginePosition
  /** In the asset of the fee. */
  walletBalance: Decimal
}

export type OrderChange = 'placed' | 'amended' | 'filled' | 'ended'
export type ConditionalChange =
  | 'placed'
  | 'amended'
  | 'activated'
  | 'triggered'
  | 'became'
  | 'ended'

/** Hears what happens; it must change nothing, and call the engine only from `finished`. */
export interface EngineListener {
  happened(event: EngineEvent): void
  /** A call in which something happened is over, and so is everything that followed from it. */
  finished(): void
}
