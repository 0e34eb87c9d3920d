import { type Clock, ManualClock, systemClock } from '../core/clock.ts'
import type { Decimal } from '../core/decimal.ts'
import { seeded } from '../core/random.ts'
import { Judge, type JudgeState } from './control/judge.ts'
import { Paths } from './control/paths.ts'
import { createEngine } from './engine/createEngine.ts'
import { playCandles } from './market/replay.ts'
import type { Replay, Setup } from './options.ts'
import { Delays } from './server/delays.ts'
import { submit } from './server/dispatch.ts'
import { Faults } from './server/faults.ts'
import { createHost, type HostState, openAccount, type VenueHost } from './server/host.ts'
import { Latencies } from './server/latencies.ts'
import { Ledger } from './server/ledger.ts'
import type { Venue, VenueCredentials, VenueName } from './server/types.ts'
import { Machine } from './server/venueClock.ts'

/** What can be gone back to: every venue, and which paths were running. */
export interface Snapshot {
  hosts: ReadonlyMap<VenueName, HostState>
  judges: ReadonlyMap<VenueName, JudgeState>
  latestPath: number
}

/** Everything that is made anew when a simulator is reset. */
export interface World {
  clock: Clock
  /** The same clock when it is manual. */
  manual: ManualClock | undefined
  /** The machine beside a manual clock. */
  machine: Machine | undefined
  hosts: ReadonlyMap<VenueName, VenueHost>
  /** Beside each host. */
  judges: ReadonlyMap<VenueName, Judge>
  /** Of the account every venue starts with. */
  credentials: ReadonlyMap<VenueName, VenueCredentials>
  faults: Faults
  ledger: Ledger
  delays: Delays
  latencies: Latencies
  paths: Paths
  snapshots: Map<string, Snapshot>
}

/** A world that can be replaced by a new one from the same setup. */
export interface Simulation {
  readonly setup: Setup
  world: World
}

/** What a fresh account has of its venue's settle asset. */
export const FIRST_BALANCE: Decimal = '100000'

export function buildWorld(setup: Setup): World {
  const manual = setup.clock === 'manual' ? new ManualClock(setup.startTime) : undefined
  const clock = manual ?? systemClock
  const surroundings = {
    clock,
    machine: manual && new Machine(systemClock),
    faults: new Faults(seeded(derive(setup.seed, 'faults'))),
    ledger: new Ledger(setup.onLedgerEntry),
    delays: new Delays(clock),
    latencies: new Latencies(),
    enforcesLimits: setup.rateLimits,
  }
  const hosts = new Map<VenueName, VenueHost>()
  const judges = new Map<VenueName, Judge>()
  const credentials = new Map<VenueName, VenueCredentials>()
  for (const venue of setup.venues) {
    const judge = new Judge(() => clock.now(), venue.rules.reduceOnlyExcess)
    const engine = createEngine({
      instruments: venue.instruments,
      rules: venue.rules,
      clock,
      seed: derive(setup.seed, venue.name),
      startPrices: startPricesOf(venue, setup),
      observer: judge,
    })
    const random = seeded(derive(setup.seed, `${venue.name} keys`))
    const host = createHost(surroundings, { venue, engine, random, witness: judge, submit })
    hosts.set(venue.name, host)
    judges.set(venue.name, judge)
    credentials.set(venue.name, openAccount(host, FIRST_BALANCE))
  }
  const world: World = {
    ...surroundings,
    manual,
    hosts,
    judges,
    credentials,
    paths: new Paths(),
    snapshots: new Map(),
  }
  if (setup.replay) beginReplay(world, setup.replay)
  return world
}

/** Nothing of that world moves any more, requests that are held back and sockets are cut. */
export function endWorld(world: World): void {
  world.paths.stopAfter(0)
  for (const { sockets } of world.hosts.values()) sockets.cutAll()
  world.delays.cutAll()
}

/** Moves all markets of a base asset, on every venue or on those given. */
export function movePrice(hosts: Iterable<VenueHost>, baseAsset: string, price: Decimal): void {
  for (const { engine } of hosts) {
    for (const instrument of engine.instruments) {
      if (instrument.baseAsset === baseAsset) engine.setPrice(instrument.symbol, price)
    }
  }
}

/** A seed of its own for each part, so that leaving out a venue changes no other: FNV-1a. */
function derive(seed: number, part: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (const byte of new TextEncoder().encode(part)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

function startPricesOf(venue: Venue, setup: Setup): Record<string, Decimal> {
  const prices: Record<string, Decimal> = {}
  for (const { baseAsset } of venue.instruments) {
    const price = setup.startPrices[baseAsset]
    if (price === undefined) throw new Error(`no start price for ${baseAsset} of ${venue.name}`)
    prices[baseAsset] = price
  }
  return prices
}

function beginReplay(world: World, { candles, baseAsset, speed }: Replay): void {
  const { clock, hosts } = world
  const setPrice = (price: Decimal): void => movePrice(hosts.values(), baseAsset, price)
  world.paths.begin(baseAsset, (onEnd) => playCandles({ candles, clock, speed, setPrice, onEnd }))
}
