import { isRecord, type Reader } from '../../core/reader.ts'
import type { Fault, FaultEffect, FaultKind, FaultSelector, FaultStage } from '../server/faults.ts'
import { operations, rejectReasons } from '../server/types.ts'
import type { World } from '../world.ts'
import { ControlError, readVenue, readWhole, readWord } from './body.ts'

/** A fault as the control action `inject` takes it. */
export function readFault(world: World, body: Reader): Fault {
  return { ...readSelector(world, body), ...readEffect(body) }
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
      return { kind }
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
  }
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

function readProbability(reader: Reader): number {
  const read = reader.number()
  if (read > 0 && read <= 1) return read
  throw new ControlError(`${reader.path}: ${read} is not above 0 and up to 1`)
}
