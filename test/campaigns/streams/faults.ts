import type { Fault } from 'perpkit/simulator'
import { nextFloat, nextInteger, type Random } from '../../../packages/perpkit/src/core/random.ts'

// Faults by what they meet.

const READS = ['getOrder', 'getOpenOrders', 'getPositions', 'getAccount', 'marketData'] as const

/** Meets the next connections on their way to being live. */
export function connectingFault(random: Random): Fault {
  const times = 1 + nextInteger(random, 3)
  const stage = pick(random, ['handshake', 'connection', 'request', 'answer', 'push'] as const)
  if (stage !== 'handshake' && nextFloat(random) < 0.25) return { kind: 'stall', stage, times: 1 }
  return { kind: 'disconnect', stage, times }
}

/** Meets what is read to make good what was missed. */
export function readingFault(random: Random): Fault {
  const where = { operation: pick(random, READS), times: 1 + nextInteger(random, 4) }
  switch (nextInteger(random, 7)) {
    case 0:
      return { ...where, kind: 'dropBefore' }
    case 1:
      return { ...where, kind: 'dropAfter' }
    case 2:
      return { ...where, kind: 'status', code: 502, body: '<html>Bad Gateway</html>' }
    case 3:
      return { ...where, kind: 'malformed' }
    case 4:
      return { ...where, kind: 'truncateBody', bytes: 3 + nextInteger(random, 40) }
    case 5:
      return { ...where, kind: 'maintenance' }
    default:
      return { ...where, kind: 'rejectWith', reason: 'exchangeBusy' }
  }
}

/** Meets one message of a book, so that it is missing or not what it should be. */
export function gapFault(random: Random, topic: string, hasChecksums: boolean): Fault {
  const kind = hasChecksums && nextFloat(random) < 0.3 ? 'corruptChecksum' : 'skipMessage'
  return { kind, topic, times: 1 }
}

/** Meets what is pushed on a channel, or on any. */
export function pushFault(random: Random, topic: string | undefined, hasChecksums: boolean): Fault {
  const where = { ...(topic !== undefined && { topic }), times: 1 + nextInteger(random, 3) }
  switch (nextInteger(random, 6)) {
    case 0:
      return { ...where, kind: 'duplicateMessage' }
    case 1:
      return { ...where, kind: hasChecksums ? 'corruptChecksum' : 'skipMessage' }
    case 2:
      return { ...where, kind: 'delayPrivate', ms: 50 + nextInteger(random, 6_000) }
    case 3:
      return { ...where, kind: 'reorder' }
    default:
      return { ...where, kind: 'skipMessage' }
  }
}

export function pick<Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[nextInteger(random, values.length)] ?? values[0]
}
