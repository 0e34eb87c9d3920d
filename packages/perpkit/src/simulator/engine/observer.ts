import type { EngineConditional, EngineOrder, EnginePosition } from './accountTypes.ts'

/** An account's positions and orders as they are: live rows, to be read and not kept. */
export interface Holding {
  readonly accountId: string
  /** By leg. */
  readonly positions: ReadonlyMap<string, EnginePosition>
  readonly orderById: ReadonlyMap<string, EngineOrder>
  /** Those that rest in the book. */
  readonly openOrders: ReadonlyMap<string, EngineOrder>
  readonly conditionalById: ReadonlyMap<string, EngineConditional>
  /** Those that wait for their trigger. */
  readonly waiting: ReadonlyMap<string, EngineConditional>
}

/** What an execution did to the position of its leg. */
export interface PositionStep {
  /** Absent: there was none. */
  before: EnginePosition | undefined
  /** Absent: there is none left. */
  after: EnginePosition | undefined
}

/** Is told what happens as it happens. It must change nothing, and not call the engine. */
export interface EngineObserver {
  /** An order has filled at that time, wholly or in part; more may follow at once. */
  filled(order: EngineOrder, step: PositionStep, at: number): void
  /**
   * A call has placed an order, and what followed from it at once has happened. Not told: orders
   * that conditional ones became, and what a venue does of its own accord after a fill.
   */
  accepted(order: EngineOrder | EngineConditional, holding: Holding): void
  /**
   * At that time an account's positions, or the orders that would close them, have changed, and
   * everything that followed from it at that time has happened.
   */
  settled(holding: Holding, at: number): void
}
