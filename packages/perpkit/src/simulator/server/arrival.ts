import type { Sighting } from './faults.ts'
import type { VenueHost } from './host.ts'
import { Params } from './params.ts'
import { type Answer, isAnswer, type RawRequest, type Route } from './types.ts'
import { createVenueClock } from './venueClock.ts'

/** A request with what is known of it before the venue has looked. */
export interface Arrival {
  request: RawRequest
  route: Route | undefined
  params: Params
  /** What the venue answers to parameters that cannot be read. */
  unreadable: Answer | undefined
  sighting: Sighting
}

/** Reads what can be read of a request before anybody has looked at its rights. */
export function arrive(host: VenueHost, request: RawRequest): Arrival {
  const { venue } = host
  const route = host.routes.get(`${request.method} ${request.path}`)
  const clock = createVenueClock(host.clock, 0, host.machine)
  const read = route ? venue.readParams(request, clock) : {}
  const unreadable = isAnswer(read) ? read : undefined
  const params = new Params(isAnswer(read) ? {} : read)
  const sighting: Sighting = {
    venue: venue.name,
    operation: typeof route?.operation === 'function' ? route.operation(params) : route?.operation,
    path: request.path,
    method: request.method,
    account: claimedKey(host, request, read),
  }
  return { request, route, params, unreadable, sighting }
}

/**
 * The known API key a request carries, wherever its venue wants it: faults are aimed at accounts
 * before anybody has checked a signature.
 */
function claimedKey(host: VenueHost, request: RawRequest, fields: object): string | undefined {
  const { accountId = '' } = request.socket ?? {}
  if (accountId !== '') return host.keys.keyOf(accountId)
  for (const value of [...Object.values(request.headers), ...Object.values(fields)]) {
    if (typeof value === 'string' && host.keys.find(value)) return value
  }
  return undefined
}
