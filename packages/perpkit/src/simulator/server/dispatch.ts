import { type Arrival, arrive } from './arrival.ts'
import type { Encounter } from './faults.ts'
import type { VenueHost } from './host.ts'
import { crashOf, unknownHeaders } from './ledger.ts'
import type { Toll } from './rateLimits.ts'
import type { RequestRow } from './requestLog.ts'
import { spoil } from './spoil.ts'
import {
  type Answer,
  type Handling,
  isAnswer,
  type KeyRing,
  type RawRequest,
  type Route,
  type Submission,
  type Venue,
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

/**
 * The same for a message of a socket, whose way there and back is the connection's. `tell` says whether
 * the answer (`undefined`: the connection is to be cut) reached it.
 */
export function submit(
  host: VenueHost,
  request: RawRequest,
  tell: (answer: Answer | undefined) => boolean,
): void {
  receive(host, request, (said, visit) => {
    const wasHeard = tell(said)
    visit.submission?.answered(wasHeard && isTrue(said, visit))
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
  const { method, path, socket } = request
  const row: RequestRow = { method, path, status: 0, at: host.clock.now() }
  if (socket) row.socket = socket.label
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

/** The request meets the faults at the door. */
function meet(host: VenueHost, request: RawRequest, visit: Visit): Step {
  const arrival = arrive(host, request)
  if (!request.socket) noteHeaders(host, request)
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

function noteHeaders(host: VenueHost, request: RawRequest): void {
  for (const name of unknownHeaders(request, host.knownHeaders)) {
    // Without its value: that of a misspelt header may be a key no venue here knows.
    note(host, request, 'header', name, undefined)
  }
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
    return host.venue.notFound(request, handling.clock)
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
  const who = whoAsks(venue, handling, route, keys)
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

/** Who has logged in on a connection needs no signature there. */
function whoAsks(
  venue: Venue,
  handling: Handling,
  route: Route,
  keys: KeyRing,
): { accountId: string } | Answer {
  const { accountId = '' } = handling.request.socket ?? {}
  if (route.access === 'public') return NOBODY
  return accountId === '' ? venue.authenticate(handling, route, keys) : { accountId }
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
    request: request.socket?.label ?? `${request.method} ${request.path}`,
  }
  host.ledger.note(entry, value, (text) => host.keys.isIn(text))
}
