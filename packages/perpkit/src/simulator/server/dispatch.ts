import type { EndingFault, Sighting } from './faults.ts'
import type { VenueHost } from './host.ts'
import { crashOf, unknownHeaders } from './ledger.ts'
import { Params } from './params.ts'
import type { Toll } from './rateLimits.ts'
import type { RequestRow } from './requestLog.ts'
import {
  type Answer,
  type Handling,
  isAnswer,
  type RawRequest,
  type Route,
  type Submission,
} from './types.ts'
import { createVenueClock } from './venueClock.ts'

/**
 * Answers one request as the venue would, faults and ledger included. `undefined`: the connection
 * is cut. Never rejects: what a venue throws is answered with 500 and noted as `crash`.
 * `isConnected` tells whether the client is still there to hear the answer.
 */
export async function dispatch(
  host: VenueHost,
  request: RawRequest,
  isConnected: () => boolean = () => true,
): Promise<Answer | undefined> {
  const row: RequestRow = {
    method: request.method,
    path: request.path,
    status: 0,
    at: host.clock.now(),
  }
  host.requests.add(row)
  const visit: Visit = { row }
  let said: Answer | undefined
  try {
    said = await answerRequest(host, request, visit)
    visit.submission?.answered(isTrue(said, visit) && isConnected())
  } catch (error) {
    noteCrash(host, request, error)
    visit.submission?.answered(false)
    said = CRASHED
  }
  row.status = said?.status ?? 0
  return said
}

const CRASHED: Answer = { status: 500, body: '{"error":"simulator crashed, see its ledger"}' }

/** What one request leaves behind on its way. */
interface Visit {
  row: RequestRow
  toll?: Toll
  /** Once it has been executed. */
  submission?: Submission
  /** What the venue answered, before any fault. */
  truth?: Answer
}

/** Whether the answer says what the venue did. */
function isTrue(said: Answer | undefined, { truth }: Visit): boolean {
  return said !== undefined && said.status === truth?.status && said.body === truth.body
}

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
  visit: Visit,
): Promise<Answer | undefined> {
  const arrival = arrive(host, request)
  const { sighting } = arrival
  if (sighting.account !== undefined) visit.row.account = sighting.account
  if (sighting.operation !== undefined) visit.row.operation = sighting.operation

  const before = host.faults.take('arrival', sighting)
  if (before.delayMs > 0 && !(await host.delays.wait(before.delayMs))) return undefined
  const handling = createHandling(host, arrival, before.skewMs)
  if (before.ending) return spoil(host, before.ending, { arrival, handling })

  const said = answerAsVenue(host, arrival, handling, visit)
  const headers = {
    ...host.venue.answerHeaders?.(handling),
    ...(visit.toll && host.rateLimits?.headers(handling, visit.toll)),
    ...said.headers,
  }
  const answer = { ...said, headers }
  visit.truth = answer

  const after = host.faults.take('departure', sighting)
  if (after.delayMs > 0 && !(await host.delays.wait(after.delayMs))) return undefined
  return after.ending ? spoil(host, after.ending, { arrival, handling, answer }) : answer
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

function answerAsVenue(
  host: VenueHost,
  arrival: Arrival,
  handling: Handling,
  visit: Visit,
): Answer {
  const { route, request } = arrival
  const toll = host.rateLimits?.toll(handling, route)
  if (toll) visit.toll = toll
  const barred = toll && host.rateLimits?.passDoor(handling, toll)
  if (barred ?? toll?.isBreach) noteBreach(host, visit)
  if (barred) return barred
  if (!route) {
    note(host, request, 'path', `${request.method} ${request.path}`, undefined)
    return host.venue.notFound(request)
  }
  if (arrival.unreadable) return arrival.unreadable
  const admitted = admit(host, { ...arrival, route }, handling, visit)
  const answer = isAnswer(admitted) ? admitted : execute(host, route, admitted, visit)
  noteUnread(host, arrival, route, !isAnswer(admitted))
  return answer
}

function execute(host: VenueHost, route: Route, handling: Handling, visit: Visit): Answer {
  const submission = host.witness.begin()
  visit.submission = submission
  try {
    return route.handle(handling)
  } finally {
    submission.executed()
  }
}

/** Past the door: the handling with its account, or the refusal at the door. */
function admit(
  host: VenueHost,
  { route, sighting }: Arrival & { route: Route },
  handling: Handling,
  visit: Visit,
): Handling | Answer {
  const { venue, keys, rateLimits } = host
  const who = route.access === 'public' ? NOBODY : venue.authenticate(handling, route, keys)
  if (isAnswer(who)) return who
  const admitted: Handling = { ...handling, accountId: who.accountId }
  const { toll } = visit
  if (toll && rateLimits && route.access !== 'public') {
    const wasBreach = toll.isBreach
    const barred = rateLimits.passAccount(admitted, toll, route)
    if (toll.isBreach && !wasBreach) noteBreach(host, visit)
    if (barred) return barred
  }
  if (toll?.allowance !== undefined) admitted.allowance = toll.allowance
  const { ending } = host.faults.take('refusal', sighting)
  return ending?.kind === 'rejectWith' ? venue.reject(ending.reason, admitted) : admitted
}

function noteBreach({ witness }: VenueHost, { row }: Visit): void {
  row.breach = true
  witness.breached()
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

interface Spoilt {
  arrival: Arrival
  handling: Handling
  /** Absent: nothing has been executed. */
  answer?: Answer
}

/** What a fault makes of an answer, or of there being none yet. */
function spoil(
  host: VenueHost,
  fault: EndingFault,
  { arrival, handling, answer }: Spoilt,
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
    case 'rateLimit':
      return refuseByLimit(host, arrival, handling, fault.retryAfterMs)
    case 'malformed':
      return answer && { ...answer, body: `${answer.body.slice(0, -1)},"` }
    case 'truncateBody':
      return answer && { ...answer, body: firstBytes(answer.body, fault.bytes) }
  }
}

/** A path nobody has is no more limited than it is known. */
function refuseByLimit(
  host: VenueHost,
  { route, request }: Arrival,
  handling: Handling,
  retryAfterMs: number,
): Answer {
  const refusal = host.rateLimits?.refuse(handling, route, retryAfterMs)
  return refusal ?? host.venue.notFound(request)
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
  const { where, name, place } = crashOf(error)
  note(host, request, where, name, place)
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
