import { abs, isLess, isNegative } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { exportHost, importHost, openAccount, type VenueHost } from '../server/host.ts'
import type { LedgerEntry } from '../server/ledger.ts'
import {
  type AccountKind,
  accountKinds,
  type VenueCredentials,
  type VenueName,
} from '../server/types.ts'
import { buildWorld, endWorld, FIRST_BALANCE, movePrice, type Simulation } from '../world.ts'
import {
  ControlError,
  type Markets,
  readMarkets,
  readPermissions,
  readPrice,
  readVenue,
  readWhole,
  readWord,
} from './body.ts'
import { drivePoints, type PathPoint } from './paths.ts'
import { readFault } from './readFault.ts'
import { readState, type VenueState } from './state.ts'

/**
 * Reads its body and returns the deed: nothing happens before the whole body has been read and
 * found to hold no word too many. Throws a {@link ControlError} to refuse, also in the deed.
 */
export type Action<Result> = (simulation: Simulation, body: Reader) => () => Result

export const createAccount: Action<VenueCredentials> = ({ world }, body) => {
  const host = readVenue(world, body)
  const balance = body.at('balance').optionalDecimal() ?? FIRST_BALANCE
  if (isNegative(balance)) throw new ControlError(`createAccount: balance ${balance} is below 0`)
  const kind = readKind(host, body)
  const permissions = body.has('permissions') && readPermissions(body.at('permissions'))
  const wishes = { ...(kind && { kind }), ...(permissions && { permissions }) }
  return () => openAccount(host, balance, wishes)
}

/** Where something happened. */
export interface VenuesResult {
  venues: VenueName[]
}

export const setPrice: Action<VenuesResult> = ({ world }, body) => {
  const markets = readMarkets(world, body)
  const price = readPrice(body.at('price'), markets)
  return () => {
    movePrice(markets.hosts, markets.baseAsset, price)
    return { venues: markets.hosts.map(({ venue }) => venue.name) }
  }
}

/** `until`: when the path ends, milliseconds since the epoch. */
export interface RunPathResult extends VenuesResult {
  until: number
}

export const runPath: Action<RunPathResult> = ({ world }, body) => {
  const markets = readMarkets(world, body)
  const items = body.at('points').items()
  if (items.length === 0) throw new ControlError('runPath: points is empty')
  let last = 0
  const points = items.map((item): PathPoint => {
    const ms = readWhole(item.at(0), last, world.manual ? undefined : LONGEST_REAL_MS)
    last = ms
    return [ms, readPrice(item.at(1), markets)]
  })
  return () => {
    const { clock, paths } = world
    const { baseAsset, hosts } = markets
    const until = clock.now() + last
    paths.begin(
      baseAsset,
      drivePoints(clock, points, (price) => movePrice(hosts, baseAsset, price)),
    )
    return { venues: hosts.map(({ venue }) => venue.name), until }
  }
}

// The machine's timers hold 31 bits of milliseconds: 24.8 days.
const LONGEST_REAL_MS = 2_147_483_647

export const advance: Action<{ now: number }> = ({ world }, body) => {
  const ms = readWhole(body.at('ms'), 0)
  return () => {
    if (!world.manual) throw new ControlError("advance: the clock is real, not 'manual'")
    world.manual.advance(ms)
    world.machine?.moved()
    return { now: world.manual.now() }
  }
}

/** `CLOSED`: the market takes no orders. */
export type MarketStatus = 'TRADING' | 'CLOSED'

const MARKET_STATUSES: readonly MarketStatus[] = ['TRADING', 'CLOSED']

export const setMarketStatus: Action<VenuesResult> = ({ world }, body) => {
  const { baseAsset, hosts } = readMarkets(world, body)
  const status = readWord(body.at('status'), MARKET_STATUSES)
  return () => {
    for (const { engine } of hosts) {
      for (const instrument of engine.instruments) {
        if (instrument.baseAsset !== baseAsset) continue
        engine.setTrading(instrument.symbol, status === 'TRADING')
      }
    }
    return { venues: hosts.map(({ venue }) => venue.name) }
  }
}

export const applyFunding: Action<VenuesResult> = ({ world }, body) => {
  const { baseAsset, hosts } = readMarkets(world, body)
  const rate = body.at('rate').optionalDecimal()
  if (rate !== undefined && !isLess(abs(rate), '1')) {
    throw new ControlError(`applyFunding.rate: ${rate} is not between -1 and 1`)
  }
  return () => {
    for (const { engine } of hosts) {
      for (const instrument of engine.instruments) {
        if (instrument.baseAsset === baseAsset) engine.applyFunding(instrument.symbol, rate)
      }
    }
    return { venues: hosts.map(({ venue }) => venue.name) }
  }
}

/** `accounts`: the API keys of those that had positions there. */
export interface LiquidateResult extends VenuesResult {
  accounts: string[]
}

export const liquidate: Action<LiquidateResult> = ({ world }, body) => {
  const markets = readMarkets(world, body)
  const account = body.at('account').optionalString()
  const doomed = findDoomed(markets, account)
  if (account !== undefined && doomed.length === 0) {
    throw new ControlError(`liquidate: ${account} has no ${markets.baseAsset} position there`)
  }
  for (const { host, symbol } of doomed) {
    if (host.engine.isTrading(symbol)) continue
    throw new ControlError(`liquidate: ${symbol} is closed on ${host.venue.name}`)
  }
  return () => {
    for (const { host, accountId, symbol } of doomed) host.engine.liquidate(accountId, symbol)
    return {
      venues: markets.hosts.map(({ venue }) => venue.name),
      accounts: [...new Set(doomed.map(({ apiKey }) => apiKey))],
    }
  }
}

interface Doomed {
  host: VenueHost
  accountId: string
  apiKey: string
  symbol: string
}

/** Who has positions in the markets, one row for each symbol. */
function findDoomed({ hosts, baseAsset }: Markets, account: string | undefined): Doomed[] {
  const doomed: Doomed[] = []
  for (const host of hosts) {
    const { engine, keys } = host
    for (const { accountId, credentials } of keys.rows()) {
      const { apiKey } = credentials
      if (account !== undefined && apiKey !== account) continue
      const held = new Set(engine.positions(accountId).map(({ symbol }) => symbol))
      for (const symbol of held) {
        if (engine.instrument(symbol)?.baseAsset !== baseAsset) continue
        doomed.push({ host, accountId, apiKey, symbol })
      }
    }
  }
  return doomed
}

export const inject: Action<{ id: string }> = ({ world }, body) => {
  const fault = readFault(world, body)
  return () => {
    const id = world.faults.inject(fault)
    for (const { sockets } of world.hosts.values()) sockets.meetFaults()
    return { id }
  }
}

export const clearFaults: Action<{ cleared: number }> = ({ world }, body) => {
  const id = body.at('id').optionalString()
  if (id !== undefined && !world.faults.wasIssued(id)) {
    throw new ControlError(`clearFaults: there was never a fault '${id}'`)
  }
  return () => ({ cleared: world.faults.clear(id) })
}

export const state: Action<VenueState> = ({ world }, body) => {
  const host = readVenue(world, body)
  return () => readState(host)
}

export const ledger: Action<LedgerEntry[]> = ({ world }) => {
  return () => world.ledger.entries()
}

export const snapshot: Action<{ id: string }> = ({ world }) => {
  return () => {
    const id = `snapshot-${world.snapshots.size + 1}`
    const hosts = new Map([...world.hosts].map(([name, host]) => [name, exportHost(host)]))
    const judges = new Map([...world.judges].map(([name, judge]) => [name, judge.exportState()]))
    world.snapshots.set(id, { hosts, judges, latestPath: world.paths.latest })
    return { id }
  }
}

export const revert: Action<{ id: string }> = ({ world }, body) => {
  const id = body.at('id').string()
  const kept = world.snapshots.get(id)
  if (!kept) {
    const ids = [...world.snapshots.keys()].join(', ') || 'none yet'
    throw new ControlError(`revert: no snapshot '${id}': there are ${ids}`)
  }
  return () => {
    world.paths.stopAfter(kept.latestPath)
    for (const [name, host] of world.hosts) {
      const hostState = kept.hosts.get(name)
      if (hostState) importHost(host, hostState)
      host.sockets.cutAll()
      const judgeState = kept.judges.get(name)
      if (judgeState) world.judges.get(name)?.importState(judgeState)
    }
    return { id }
  }
}

export const reset: Action<Record<string, never>> = (simulation) => {
  return () => {
    endWorld(simulation.world)
    simulation.world = buildWorld(simulation.setup)
    return {}
  }
}

/** The kind of account asked for, which the venue must have. */
function readKind({ venue }: VenueHost, body: Reader): AccountKind | undefined {
  if (!body.has('kind')) return undefined
  const kind = readWord(body.at('kind'), accountKinds)
  if (venue.accountKinds?.includes(kind)) return kind
  throw new ControlError(`createAccount: ${venue.name} has no kinds of accounts`)
}
