import type { Encounter, EndingFault, Sighting } from './faults.ts'
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
export function dispatch(
  host: VenueHost,
  request: RawRequest,
  isConnected: () => boolean = () => true,
): Promise<Answer | undefined> {
  const { delays, latencies, venue } = host
  const { there, back } = latencies.waysOf(venue.name, () => senderOf(host, request))
  return new Promise((resolve) => {
    const sendBack = (said: Answer | undefined, visit: Visit): void => {
      delays.hold(back, (hasReturned) => {
        const heard = hasReturned ? said : undefined
        visit.submission?.answered(isTrue(heard, visit) && isConnected())
        resolve(heard)
      })
    }
    delays.hold(there, (hasArrived) => {
      if (hasArrived) receive(host, request, sendBack)
      else resolve(undefined)
    })
  })
}

/** Whose key the request carries. */
function senderOf(host: VenueHost, request: RawRequest): string | undefined {
  try {
    return arrive(host, request).sighting.account
  } catch {
    // It is noted when the request arrives.
    return undefined
  }
}

/** Takes in a request that has arrived, and tells what is said to it once that is known. */
function receive(
  host: VenueHost,
  request: RawRequest,
  tell: (said: Answer | undefined, visit: Visit) => void,
): void {
  const { method, path } = request
  const row: RequestRow = { method, path, status: 0, at: host.clock.now() }
  host.requests.add(row)
  const visit: Visit = { row }
  const proceed = (step: () => Step): void => {
    const next = attempt(host, request, step)
    if ('delayMs' in next) {
      host.delays.hold(next.delayMs, (hasPassed) => {
        proceed(hasPassed ? next.goOn : () => ({ said: undefined }))
      })
      return
    }
    row.status = next.said?.status ?? 0
    tell(next.said, visit)
  }
  proceed(() => meet(host, request, visit))
}

/** Where the handling of a request stands: it waits, or there is something to say. */
type Step = { delayMs: number; goOn: () => Step } | { said: Answer | undefined }

function attempt(host: VenueHost, request: RawRequest, step: () => Step): Step {
  try {
    return step()
  } catch (error) {
    noteCrash(host, request, error)
    return { said: CRASHED }
  }
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

/** The request meets the faults at the door. */
function meet(host: VenueHost, request: RawRequest, visit: Visit): Step {
  const arrival = arrive(host, request)
  noteHeaders(host, request)
  const { sighting } = arrival
  if (sighting.account !== undefined) visit.row.account = sighting.account
  if (sighting.operation !== undefined) visit.row.operation = sighting.operation

  const before = host.faults.take('arrival', sighting)
  return { delayMs: before.delayMs, goOn: () => pass(host, arrival, before, visit) }
}

/** Past the door: the venue answers, and its answer meets the faults on the way out. */
function pass(host: VenueHost, arrival: Arrival, before: Encounter, visit: Visit): Step {
  const handling = createHandling(host, arrival, before.skewMs)
  if (before.ending) return { said: spoil(host, before.ending, { arrival, handling }) }

  const plain = answerAsVenue(host, arrival, handling, visit)
  const headers = {
    ...host.venue.answerHeaders?.(handling),
    ...(visit.toll && host.rateLimits?.headers(handling, visit.toll)),
    ...plain.headers,
  }
  const answer = { ...plain, headers }
  visit.truth = answer

  const { delayMs, ending } = host.faults.take('departure', arrival.sighting)
  const said = (): Answer | undefined =>
    ending ? spoil(host, ending, { arrival, handling, answer }) : answer
  return { delayMs, goOn: () => ({ said: said() }) }
}

function arrive(host: VenueHost, request: RawRequest): Arrival {
  const { venue } = host
  const route = host.routes.get(`${request.method} ${request.path}`)
  const read = route ? venue.readParams(request) : {}
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

function noteHeaders(host: VenueHost, request: RawRequest): void {
  for (const name of unknownHeaders(request, host.knownHeaders)) {
    // Without its value: that of a misspelt header may be a key no venue here knows.
    note(host, request, 'header', name, undefined)
  }
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
  const key = keys.ofAccount(who.accountId)
  const admitted: Handling = { ...handling, accountId: who.accountId, ...(key && { key }) }
  const { toll } = visit
  if (toll && rateLimits && route.access !== 'public') {
    const wasBreach = toll.isBreach
    const barred = rateLimits.passAccount(admitted, toll, route)
    if (toll.isBreach && !wasBreach) noteBreach(host, visit)
    if (barred) return barred
  }
  if (toll?.allowance !== undefined) admitted.allowance = toll.allowance
  const needsTrade = route.access === 'signed' && route.method !== 'GET'
  if (needsTrade && key?.permissions.trade === false) {
    return venue.reject('permissionDenied', admitted)
  }
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
