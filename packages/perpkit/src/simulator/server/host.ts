import type { Clock } from '../../core/clock.ts'
import type { Decimal } from '../../core/decimal.ts'
import { nextHex, type Random } from '../../core/random.ts'
import type { Engine } from '../engine/types.ts'
import type { Delays } from './delays.ts'
import type { Faults } from './faults.ts'
import { Keys } from './keys.ts'
import type { Latencies } from './latencies.ts'
import type { Ledger } from './ledger.ts'
import { RateLimits } from './rateLimits.ts'
import { RequestLog } from './requestLog.ts'
import { SocketHub } from './socketHub.ts'
import type {
  AccountKind,
  Answer,
  KeyPermissions,
  KeyRow,
  RawRequest,
  Route,
  Venue,
  VenueCredentials,
  Witness,
} from './types.ts'
import type { Machine } from './venueClock.ts'

/** What all venues of a simulator have in common. */
export interface Surroundings {
  clock: Clock
  /** The machine's clock, given when `clock` is manual. */
  machine: Machine | undefined
  faults: Faults
  ledger: Ledger
  delays: Delays
  latencies: Latencies
  /** Whether rate limits refuse; else they are only counted. */
  enforcesLimits: boolean
}

/** A venue in operation: its engine, its keys and what has been asked of it. */
export interface VenueHost extends Surroundings {
  venue: Venue
  engine: Engine
  keys: Keys
  /** By method and path: `'POST /v5/order/create'`. */
  routes: ReadonlyMap<string, Route>
  knownHeaders: ReadonlySet<string>
  requests: RequestLog
  sockets: SocketHub
  /** Absent when the venue has none. */
  rateLimits: RateLimits | undefined
  witness: Witness
  /** Feeds the credentials of accounts. */
  random: Random
}

/** What a snapshot keeps of a venue. The log of requests goes on. */
export interface HostState {
  engine: unknown
  keys: KeyRow[]
  randomState: number
}

/** What a host is made of besides. */
export interface HostParts {
  venue: Venue
  engine: Engine
  random: Random
  witness: Witness
  /** Handles a message of a socket as a request. */
  submit(host: VenueHost, request: RawRequest, tell: (answer: Answer | undefined) => boolean): void
}

/** A venue without accounts. */
export function createHost(surroundings: Surroundings, parts: HostParts): VenueHost {
  const { submit, ...rest } = parts
  const { venue } = rest
  const { clock, machine, enforcesLimits } = surroundings
  const host: Omit<VenueHost, 'sockets'> = {
    ...surroundings,
    ...rest,
    keys: new Keys(),
    routes: new Map(venue.routes.map((route) => [`${route.method} ${route.path}`, route])),
    knownHeaders: new Set(venue.knownHeaders),
    requests: new RequestLog(),
    rateLimits:
      venue.limits && new RateLimits(venue.limits, { clock, machine, isEnforced: enforcesLimits }),
  }
  const sockets = new SocketHub({
    ...host,
    submit: (request, tell) => submit(whole, request, tell),
  })
  const whole: VenueHost = { ...host, sockets }
  return whole
}

/** What an account is opened with besides money; absent: as is usual. */
export interface AccountWishes {
  kind?: AccountKind
  permissions?: KeyPermissions
}

/** A key may read and trade unless something else is wished for. */
export const usualPermissions: KeyPermissions = { trade: true, withdraw: false, addresses: [] }

/** Opens an account with `balance` of the venue's settle asset. */
export function openAccount(
  host: VenueHost,
  balance: Decimal,
  wishes: AccountWishes = {},
): VenueCredentials {
  const { clock, venue, engine, keys, random } = host
  const { kind = venue.accountKinds?.[0], permissions = usualPermissions } = wishes
  const accountId = engine.createAccount({ [venue.settleAsset]: balance })
  const credentials = venue.makeCredentials((bytes) => nextHex(random, bytes))
  const createdAt = clock.now()
  keys.add({ accountId, credentials, permissions, createdAt, ...(kind && { kind }) })
  return credentials
}

export function exportHost(host: VenueHost): HostState {
  return {
    engine: host.engine.exportState(),
    keys: host.keys.rows(),
    randomState: host.random.state,
  }
}

export function importHost(host: VenueHost, state: HostState): void {
  host.engine.importState(state.engine)
  host.keys.replace(state.keys)
  host.random.state = state.randomState
}
