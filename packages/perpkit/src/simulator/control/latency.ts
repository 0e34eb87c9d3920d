import type { Reader } from '../../core/reader.ts'
import type { VenueHost } from '../server/host.ts'
import type { World } from '../world.ts'
import type { Action, VenuesResult } from './actions.ts'
import { ControlError, readVenue, readWhole } from './body.ts'

export const latency: Action<VenuesResult> = ({ world }, body) => {
  const ms = readWhole(body.at('ms'), 0, LONGEST_MS)
  const named = body.has('venue') ? readVenue(world, body) : undefined
  const account = body.at('account').optionalString()
  const host = account === undefined ? named : hostOf(world, account, named, body)
  return () => {
    world.latencies.set({
      ms,
      ...(host && { venue: host.venue.name }),
      ...(account !== undefined && { account }),
    })
    const hosts = host ? [host] : [...world.hosts.values()]
    return { venues: hosts.map(({ venue }) => venue.name) }
  }
}

// A minute: longer ways are a mistake of units.
const LONGEST_MS = 60_000

/** The venue the account is of, which must be the one that is named, if one is. */
function hostOf(
  world: World,
  account: string,
  named: VenueHost | undefined,
  body: Reader,
): VenueHost {
  const host = [...world.hosts.values()].find(({ keys }) => keys.find(account))
  const { path } = body.at('account')
  if (!host) throw new ControlError(`${path}: no venue knows that API key`)
  if (named && named !== host) {
    const names = `${host.venue.name}, not of ${named.venue.name}`
    throw new ControlError(`${path}: that API key is of ${names}`)
  }
  return host
}
