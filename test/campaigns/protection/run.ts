import type { ManagedOrders, ManagedOrdersChange } from 'perpkit'
import type { OrderRow, VenueState } from 'perpkit/simulator'
import type { ClientProcess } from './process.ts'
import type { Scenario } from './scenario.ts'
import type { ProtectionWorld } from './world.ts'

/** A time in which something was done to the position from elsewhere, or to our process. */
export interface Span {
  from: number
  /** Absent: it lasts. */
  to?: number
}

/** One scenario while it is played. */
export interface Run {
  readonly world: ProtectionWorld
  readonly scenario: Scenario
  process: ClientProcess
  /** The object, as its caller has it now. */
  managed?: ManagedOrders
  /** Its beginning was rejected with this. */
  rejection?: unknown
  /** When protection was asked for, and when that was answered. */
  askedAt: number
  answeredAt: number
  /** When faults could meet anything. */
  readonly troubles: Span[]
  readonly deaths: Span[]
  readonly hands: (Span & { what: string })[]
  /** When UNPROTECTED was told, where the policy is to do no more than that. */
  readonly reported: number[]
  /** When UNPROTECTED was told at all. */
  readonly toldAt: number[]
  /** Orders of somebody else on the same account, which must stay as they are. */
  foreign: string[]
  /** Its caller has cancelled it then: what follows is the caller's own. */
  cancelledAt?: number
  /** A stop of the position from before, which goes only when ours stands. */
  previous?: string
  /** Changes it has told. */
  readonly told: ManagedOrdersChange[]
  /** What was not as it must be. */
  readonly findings: string[]
}

/** What the venue knows of our side. */
export interface Truth {
  /** `'0'`: flat. */
  size: string
  markPrice: string | undefined
  /** Open ones that could move our side, plain and conditional. */
  open: OrderRow[]
  state: VenueState
}

const START_PRICE = 60_000

/** A price so far from the start, as a fraction in the direction of profit. */
export function priceAt({ side }: Scenario, distance: number): string {
  const move = side === 'LONG' ? distance : -distance
  return (START_PRICE * (1 + move)).toFixed(0)
}

export function openingSide({ side }: Scenario): 'BUY' | 'SELL' {
  return side === 'LONG' ? 'BUY' : 'SELL'
}

export function closingSide({ side }: Scenario): 'BUY' | 'SELL' {
  return side === 'LONG' ? 'SELL' : 'BUY'
}

export async function truthOf(run: Run): Promise<Truth> {
  const { world, scenario, foreign } = run
  const { played, account } = world
  const state = await world.simulator.control.state({ venue: played.venue })
  const position = state.positions.find(
    (row) => row.account === account && row.side === scenario.side && row.symbol === played.symbol,
  )
  const open = [...state.orders, ...state.conditionalOrders].filter(
    (row) =>
      row.account === account &&
      isOpen(row) &&
      (row.positionSide ?? scenario.side) === scenario.side &&
      !foreign.includes(row.orderId) &&
      !(row.orderId === run.previous && isLeftAlone(run)),
  )
  return { size: position?.size ?? '0', markPrice: position?.markPrice, open, state }
}

export function isOpen({ status }: OrderRow): boolean {
  return status === 'NEW' || status === 'PENDING' || status === 'PARTIALLY_FILLED'
}

/** Nobody is in charge: what was there before is its owner's. */
export function isLeftAlone({ managed }: Run): boolean {
  return managed === undefined || managed.status === 'CANCELLED'
}
