import type { EndingFault, Sighting } from './faults.ts'
import type { VenueHost } from './host.ts'
import { unknownHeaders } from './ledger.ts'
import { Params } from './params.ts'
import type { RequestRow } from './requestLog.ts'
import { type Answer, type Handling, isAnswer, type RawRequest, type Route } from './types.ts'
import { createVenueClock } from './venueClock.ts'

/**
 * Answers one request as the venue would, faults and ledger included. `undefined`: the connection
 * is cut. Never rejects: what a venue throws is answered with 500 and noted as `crash`.
 */
export async function dispatch(host: VenueHost, request: RawRequest): Promise<Answer | undefined> {
  const row: RequestRow = {
    method: request.method,
    path: request.path,
    status: 0,
    at: host.clock.now(),
  }
  host.requests.add(row)
  try {
    const answer = await answerRequest(host, request, row)
    row.status = answer?.status ?? 0
    return answer
  } catch (error) {
    noteCrash(host, request, error)
    row.status = CRASHED.status
    return CRASHED
  }
}

const CRASHED: Answer = { status: 500, body: '{"error":"simulator crashed, see its ledger"}' }

/** A request with what is known of it before the venue has looked. */
interface Arrival {
  request: RawRequest
  route: Route | undefined
  params: Params
  /** What the venue answers to parameters that cannot be read. */
  unreadable: Answer | undefined
  sighting: Sighting
}

async function answerRequest(
  host: VenueHost,
  request: RawRequest,
  row: RequestRow,
): Promise<Answer | undefined> {
  const arrival = arrive(host, request)
  const { sighting } = arrival
  if (sighting.account !== undefined) row.account = sighting.account
  if (sighting.operation !== undefined) row.operation = sighting.operation

  const before = host.faults.take('arrival', sighting)
  if (before.delayMs > 0 && !(await host.delays.wait(before.delayMs))) return undefined
  const handling = createHandling(host, arrival, before.skewMs)
  if (before.ending) return spoil(host, before.ending, handling, undefined)

  const said = answerAsVenue(host, arrival, handling)
  const answer = { ...said, headers: { ...host.venue.answerHeaders?.(handling), ...said.headers } }

  const after = host.faults.take('departure', sighting)
  if (after.delayMs > 0 && !(await host.delays.wait(after.delayMs))) return undefined
  return after.ending ? spoil(host, after.ending, handling, answer) : answer
}

function arrive(host: VenueHost, request: RawRequest): Arrival {
  const { venue, knownHeaders } = host
  const route = host.routes.get(`${request.method} ${request.path}`)
  const read = route ? venue.readParams(request) : {}
  const unreadable = isAnswer(read) ? read : undefined
  const params = new Params(isAnswer(read) ? {} : read)
  for (const name of unknownHeaders(request, knownHeaders)) {
    // Without its value: that of a misspelt header may be a key no venue here knows.
    note(host, request, 'header', name, undefined)
  }
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
  for (const value of [...Object.values(request.headers), ...Object.values(fields)]) {
    if (typeof value === 'string' && host.keys.find(value)) return value
  }
  return undefined
}

function createHandling(host: VenueHost, arrival: Arrival, skewMs: number): Handling {
  const { request, params } = arrival
  return {
    request,
    params,
    engine: host.engine,
    clock: createVenueClock(host.clock, skewMs, host.machine),
    accountId: '',
    unknownWord: (name, value) => note(host, request, 'value', name, value),
  }
}

function answerAsVenue(host: VenueHost, arrival: Arrival, handling: Handling): Answer {
  const { route, request } = arrival
  if (!route) {
    note(host, request, 'path', `${request.method} ${request.path}`, undefined)
    return host.venue.notFound(request)
  }
  if (arrival.unreadable) return arrival.unreadable
  const admitted = admit(host, arrival, route, handling)
  const answer = isAnswer(admitted) ? admitted : route.handle(admitted)
  noteUnread(host, arrival, route, !isAnswer(admitted))
  return answer
}

/** Past the door: the handling with its account, or the refusal at the door. */
function admit(
  host: VenueHost,
  arrival: Arrival,
  route: Route,
  handling: Handling,
): Handling | Answer {
  const { venue, keys } = host
  const who = route.access === 'public' ? NOBODY : venue.authenticate(handling, route, keys)
  if (isAnswer(who)) return who
  const admitted: Handling = { ...handling, accountId: who.accountId }
  const { ending } = host.faults.take('refusal', arrival.sighting)
  return ending?.kind === 'rejectWith' ? venue.reject(ending.reason, admitted) : admitted
}

const NOBODY = { accountId: '' }

/**
 * Nobody can say what a handler that did not run would have read; then only a route that lists its
 * parameters is held to them.
 */
function noteUnread(host: VenueHost, arrival: Arrival, route: Route, wasHandled: boolean): void {
  if (!wasHandled && !route.parameters) return
  for (const { name, value } of arrival.params.unread()) {
    if (!route.parameters?.includes(name)) {
      note(host, arrival.request, 'parameter', name, value)
    }
  }
}

/** What a fault makes of an answer, or of there being none yet. */
function spoil(
  host: VenueHost,
  fault: EndingFault,
  handling: Handling,
  answer: Answer | undefined,
): Answer | undefined {
  switch (fault.kind) {
    case 'dropBefore':
    case 'dropAfter':
      return undefined
    case 'status':
      return gatewayAnswer(fault.code, fault.body ?? '')
    case 'maintenance':
      return host.venue.maintenance(handling)
    case 'rejectWith':
      return host.venue.reject(fault.reason, handling)
    case 'malformed':
      return answer && { ...answer, body: `${answer.body.slice(0, -1)},"` }
    case 'truncateBody':
      return answer && { ...answer, body: firstBytes(answer.body, fault.bytes) }
  }
}

function gatewayAnswer(status: number, body: string | Record<string, unknown>): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = /^\s*[[{]/.test(text) ? 'application/json' : 'text/html'
  return { status, headers: { 'content-type': type }, body: text }
}

function firstBytes(text: string, bytes: number): string {
  // As a stream, a character cut in two is left out; else it would grow to a replacement.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true })
}

function noteCrash(host: VenueHost, request: RawRequest, error: unknown): void {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const place = error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined
  note(host, request, 'crash', name, place)
}

function note(
  host: VenueHost,
  request: RawRequest,
  where: 'parameter' | 'header' | 'value' | 'path' | 'crash',
  name: string,
  value: unknown,
): void {
  const entry = {
    venue: host.venue.name,
    where,
    name,
    request: `${request.method} ${request.path}`,
  }
  host.ledger.note(entry, value, (text) => host.keys.isIn(text))
}
