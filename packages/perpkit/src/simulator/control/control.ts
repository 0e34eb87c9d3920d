import { ReadError, Reader } from '../../core/reader.ts'
import type { Fault } from '../server/faults.ts'
import type { LedgerEntry } from '../server/ledger.ts'
import type { AccountKind, KeyPermissions, VenueCredentials, VenueName } from '../server/types.ts'
import type { Simulation } from '../world.ts'
import {
  type Action,
  advance,
  applyFunding,
  clearFaults,
  createAccount,
  inject,
  type LiquidateResult,
  ledger,
  liquidate,
  type MarketStatus,
  type RunPathResult,
  reset,
  revert,
  runPath,
  setMarketStatus,
  setPrice,
  snapshot,
  state,
  type VenuesResult,
} from './actions.ts'
import { ControlError } from './body.ts'
import { latency } from './latency.ts'
import type { VenueState } from './state.ts'
import { type Verdict, verdict } from './verdict.ts'

/**
 * Commands over the simulated world. Every one rejects with a {@link ControlError} that says what
 * is wrong, and then has changed nothing. A symbol is `BTCUSDT` or `BTC/USDT` and stands for the
 * market of that base asset on every venue, or on the one named.
 */
export interface Control {
  /**
   * A fresh account with `balance` of the venue's settle asset, default 100 000; of the venue's
   * usual `kind` where it has kinds. Its key may read and trade, not withdraw, and is bound to no IP
   * address, unless `permissions` says otherwise.
   */
  createAccount(params: {
    venue: VenueName
    balance?: string | number
    kind?: AccountKind
    permissions?: Partial<KeyPermissions>
  }): Promise<VenueCredentials>
  /** Moves a market, trading through what lies between. */
  setPrice(params: {
    symbol: string
    price: string | number
    venue?: VenueName
  }): Promise<VenuesResult>
  /**
   * Moves a market through points `[milliseconds from now, price]` as the clock reaches them. One
   * path drives a base asset at a time: a new one takes over, from a replay too.
   */
  runPath(params: {
    symbol: string
    points: readonly (readonly [msFromNow: number, price: string | number])[]
    venue?: VenueName
  }): Promise<RunPathResult>
  /** Moves the manual clock, running what comes due on the way; returns the time then. */
  advance(params: { ms: number }): Promise<{ now: number }>
  /** Opens or closes a market for orders. */
  setMarketStatus(params: {
    symbol: string
    status: MarketStatus
    venue?: VenueName
  }): Promise<VenuesResult>
  /**
   * Settles funding now, at the rate the next settlement would take or at `rate`, a fraction of the
   * notional: positive, and longs pay shorts. The schedule stays as it is.
   */
  applyFunding(params: {
    symbol: string
    rate?: string | number
    venue?: VenueName
  }): Promise<VenuesResult>
  /**
   * Liquidates the positions in a market as if their margin had run out: of all accounts, or of the
   * one whose API key is `account`. A closed market refuses it.
   */
  liquidate(params: {
    symbol: string
    venue?: VenueName
    account?: string
  }): Promise<LiquidateResult>
  /** Lets requests go wrong from now on. */
  inject(fault: Fault): Promise<{ id: string }>
  /**
   * From now on a venue, or all, or the one account, is `ms` away, there and back: requests and
   * messages of clients arrive half of it later, answers and pushed messages another half. 0: next
   * door, as at the start. The latest that fits counts.
   */
  latency(params: { ms: number; venue?: VenueName; account?: string }): Promise<VenuesResult>
  /** Takes one fault away, or all; a fault that is used up already counts for nothing. */
  clearFaults(params?: { id?: string }): Promise<{ cleared: number }>
  /** The truth about one venue, whatever its answers said. */
  state(params: { venue: VenueName }): Promise<VenueState>
  /** How the clients behaved, judged by what really happened: in all, and at each venue. */
  verdict(): Promise<Verdict>
  /** The words that the venues did not understand. */
  ledger(): Promise<LedgerEntry[]>
  /**
   * Keeps accounts, keys, orders, positions, balances, markets and the state of chance of all
   * venues, and the verdict so far. Time, faults, latency, ledger, the log of requests and the counters
   * of rate limits are not part of it, nor are connections.
   */
  snapshot(): Promise<{ id: string }>
  /**
   * Goes back to a snapshot, as often as wanted; paths begun after it are stopped, sockets are cut. Time
   * does not go back.
   */
  revert(params: { id: string }): Promise<{ id: string }>
  /**
   * Everything as just started: same credentials, same ports, a manual clock at its start; accounts
   * made since, faults, latency, ledger, snapshots and paths are gone, requests held back and sockets are cut.
   */
  reset(): Promise<Record<string, never>>
}

/** Runs an action by name with a body of unknown origin; throws a {@link ControlError}. */
export function perform(simulation: Simulation, name: string, body: unknown): unknown {
  const action = ACTIONS.get(name)
  if (action) return run(simulation, name, action, body)
  throw new ControlError(`no action '${name}': there are ${[...ACTIONS.keys()].join(', ')}`)
}

/** The same actions as functions. */
export function createControl(simulation: Simulation): Control {
  // Async, so that a refusal rejects as it would over HTTP.
  const on =
    <Result>(name: string, action: Action<Result>) =>
    async (body: unknown = {}): Promise<Result> =>
      run(simulation, name, action, body)
  return {
    createAccount: on('createAccount', createAccount),
    setPrice: on('setPrice', setPrice),
    runPath: on('runPath', runPath),
    advance: on('advance', advance),
    setMarketStatus: on('setMarketStatus', setMarketStatus),
    applyFunding: on('applyFunding', applyFunding),
    liquidate: on('liquidate', liquidate),
    inject: on('inject', inject),
    latency: on('latency', latency),
    clearFaults: on('clearFaults', clearFaults),
    state: on('state', state),
    verdict: on('verdict', verdict),
    ledger: on('ledger', ledger),
    snapshot: on('snapshot', snapshot),
    revert: on('revert', revert),
    reset: on('reset', reset),
  }
}

const ACTIONS: ReadonlyMap<string, Action<unknown>> = new Map(
  Object.entries<Action<unknown>>({
    createAccount,
    setPrice,
    runPath,
    advance,
    setMarketStatus,
    applyFunding,
    liquidate,
    inject,
    latency,
    clearFaults,
    state,
    verdict,
    ledger,
    snapshot,
    revert,
    reset,
  } satisfies Record<keyof Control, Action<unknown>>),
)

function run<Result>(
  simulation: Simulation,
  name: string,
  action: Action<Result>,
  body: unknown,
): Result {
  const reader = new Reader(body, name)
  try {
    reader.keys()
    const deed = action(simulation, reader)
    const unread = reader.unread()
    if (unread.length > 0) throw new ControlError(`${unread.join(', ')}: not known there`)
    return deed()
  } catch (error) {
    if (error instanceof ReadError) throw new ControlError(error.message, { cause: error })
    throw error
  }
}
