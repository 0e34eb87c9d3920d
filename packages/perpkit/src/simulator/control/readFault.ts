import { isRecord, type Reader } from '../../core/reader.ts'
import {
  type Fault,
  type FaultEffect,
  type FaultKind,
  type FaultSelector,
  type FaultStage,
  isSocketFault,
  matchesPath,
  socketStages,
} from '../server/faults.ts'
import type { VenueHost } from '../server/host.ts'
import { operations, type Route, rejectReasons, type VenueName } from '../server/types.ts'
import type { World } from '../world.ts'
import { ControlError, readVenue, readWhole, readWord } from './body.ts'

/** A fault as the control action `inject` takes it. */
export function readFault(world: World, body: Reader): Fault {
  const fault: Fault = { ...readSelector(world, body), ...readEffect(body) }
  checkAccount(world, fault)
  checkOperation(world, fault)
  checkLimits(world, fault)
  checkSockets(world, fault)
  return fault
}

const KINDS: readonly FaultKind[] = [
  'dropBefore',
  'dropAfter',
  'delay',
  'status',
  'rejectWith',
  'malformed',
  'truncateBody',
  'clockSkew',
  'maintenance',
  'rateLimit',
  'disconnect',
  'stall',
  'skipMessage',
  'duplicateMessage',
  'reorder',
  'corruptChecksum',
  'delayPrivate',
]

// A day: longer waits are a mistake of units.
const LONGEST_MS = 86_400_000

function readSelector(world: World, body: Reader): FaultSelector {
  const selector: FaultSelector = {}
  if (body.has('venue')) selector.venue = readVenue(world, body).venue.name
  if (body.has('operation')) selector.operation = readWord(body.at('operation'), operations)
  if (body.has('path')) selector.path = readPath(body.at('path'))
  if (body.has('method')) selector.method = body.at('method').string().toUpperCase()
  if (body.has('account')) selector.account = readAccount(world, body.at('account'))
  if (body.has('topic')) selector.topic = body.at('topic').string()
  if (body.has('times')) selector.times = readWhole(body.at('times'), 1)
  if (body.has('probability')) selector.probability = readProbability(body.at('probability'))
  return selector
}

function readEffect(body: Reader): FaultEffect {
  const kind = readWord(body.at('kind'), KINDS)
  switch (kind) {
    case 'dropBefore':
    case 'dropAfter':
    case 'malformed':
    case 'maintenance':
    case 'skipMessage':
    case 'duplicateMessage':
    case 'reorder':
    case 'corruptChecksum':
      return { kind }
    case 'disconnect':
      return { kind, ...readSocketStage(body, socketStages) }
    case 'stall':
      return { kind, ...readSocketStage(body, STALL_STAGES) }
    case 'delayPrivate':
      return { kind, ms: readWhole(body.at('ms'), 0, LONGEST_MS) }
    case 'delay':
      return { kind, ms: readWhole(body.at('ms'), 0, LONGEST_MS), ...readStage(body) }
    case 'status':
      return {
        kind,
        code: readWhole(body.at('code'), 200, 599),
        ...readStatusBody(body),
        ...readStage(body),
      }
    case 'rejectWith':
      return { kind, reason: readWord(body.at('reason'), rejectReasons), ...readStage(body) }
    case 'truncateBody':
      return { kind, bytes: readWhole(body.at('bytes'), 0) }
    case 'clockSkew':
      return { kind, ms: readWhole(body.at('ms'), -LONGEST_MS, LONGEST_MS) }
    case 'rateLimit':
      return { kind, retryAfterMs: readWhole(body.at('retryAfterMs'), 0, LONGEST_MS) }
  }
}

const STALL_STAGES = ['connection', 'request', 'answer', 'push'] as const

function readSocketStage<Stage extends string>(
  body: Reader,
  stages: readonly Stage[],
): { stage?: Stage } {
  return body.has('stage') ? { stage: readWord(body.at('stage'), stages) } : {}
}

function readStage(body: Reader): { stage?: FaultStage } {
  if (!body.has('stage')) return {}
  return { stage: readWord(body.at('stage'), ['request', 'answer']) }
}

function readStatusBody(body: Reader): { body?: string | Record<string, unknown> } {
  if (!body.has('body')) return {}
  const reader = body.at('body')
  if (typeof reader.value === 'string') return { body: reader.value }
  return { body: Object.fromEntries(reader.keys().map((key) => [key, readAny(reader.at(key))])) }
}

/** A value of any shape, all of it read. */
function readAny(reader: Reader): unknown {
  if (reader.isArray()) return reader.items().map(readAny)
  if (!isRecord(reader.value)) return reader.value
  return Object.fromEntries(reader.keys().map((key) => [key, readAny(reader.at(key))]))
}

function readPath(reader: Reader): string {
  const path = reader.string()
  if (/^\/[^*?]*\*?$/.test(path)) return path
  throw new ControlError(
    `${reader.path}: '${path}' must begin with / and stand without a query; * only at its end`,
  )
}

function readAccount(world: World, reader: Reader): string {
  const apiKey = reader.string()
  for (const { keys } of world.hosts.values()) if (keys.find(apiKey)) return apiKey
  throw new ControlError(`${reader.path}: no venue knows that API key`)
}

/** The account must be one of the venue that is selected. */
function checkAccount(world: World, { account, venue }: Fault): void {
  if (account === undefined || venue === undefined) return
  if (world.hosts.get(venue)?.keys.find(account)) return
  throw new ControlError(`inject.account: that API key is not of ${venue}`)
}

/** An operation is met on routes alone: there must be one that the fault can meet. */
function checkOperation(world: World, { venue, operation, path, method }: Fault): void {
  if (operation === undefined) return
  const canBe = (route: Route): boolean =>
    (typeof route.operation === 'function' || route.operation === operation) &&
    (method === undefined || method === route.method) &&
    (path === undefined || matchesPath(path, route.path))
  const hosts = selected(world, venue)
  if (hosts.some((host) => host.venue.routes.some(canBe))) return
  const where = [method, path].filter((word) => word !== undefined).join(' ')
  throw new ControlError(
    `inject: no route${where && ` at ${where}`} of ${namesOf(hosts)} is a ${operation}`,
  )
}

function checkLimits(world: World, { kind, venue }: Fault): void {
  if (kind !== 'rateLimit') return
  const without = selected(world, venue).filter((host) => host.venue.limits === undefined)
  if (without.length === 0) return
  const advice = venue === undefined ? ': name a venue that has' : ''
  throw new ControlError(`inject.kind: no rate limits are known of ${namesOf(without)}${advice}`)
}

/** Faults of sockets and of requests have selectors of their own. */
function checkSockets(world: World, fault: Fault): void {
  const { kind, operation, method, topic, venue } = fault
  if (!isSocketFault(fault)) {
    if (topic === undefined) return
    throw new ControlError(`inject.topic: a ${kind} meets requests, and these have no topic`)
  }
  if (operation !== undefined || method !== undefined) {
    throw new ControlError(`inject: a ${kind} meets sockets, which have no operation and no method`)
  }
  const hosts = selected(world, venue)
  const can = hosts.some(
    ({ venue: { sockets } }) => sockets && (kind !== 'corruptChecksum' || sockets.corruptChecksum),
  )
  if (can) return
  const lack = kind === 'corruptChecksum' ? 'no message with a checksum' : 'no sockets'
  throw new ControlError(`inject.kind: there are ${lack} at ${namesOf(hosts)}`)
}

/** The venues a fault can meet. */
function selected(world: World, venue: VenueName | undefined): VenueHost[] {
  return [...world.hosts.values()].filter(
    (host) => venue === undefined || host.venue.name === venue,
  )
}

function namesOf(hosts: readonly VenueHost[]): string {
  return hosts.map((host) => host.venue.name).join(', ')
}

function readProbability(reader: Reader): number {
  const read = reader.number()
  if (read > 0 && read <= 1) return read
  throw new ControlError(`${reader.path}: ${read} is not above 0 and up to 1`)
}
