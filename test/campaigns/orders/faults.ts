import type { Fault } from 'perpkit/simulator'
import { nextFloat, nextInteger, type Random } from '../../../packages/perpkit/src/core/random.ts'

// Of the faults of a simulator `delay` alone is missing: under a manual clock it waits in real time.
// `lateMs` delays in simulated time.

/** What goes wrong with one call. */
export interface Trouble {
  faults: Fault[]
  /** The call is held up in the network, and its sender has given up by then. */
  lateMs?: number
  /** Whether every question about the order is answered: then nothing may stay unknown that stands. */
  isAnswered: boolean
}

const WRITES = ['createOrder', 'createStop', 'cancelOrder'] as const
const READS = ['getOrder', 'getOpenOrders'] as const

/** Refusals in the venue's own words; not one of them leaves an order behind. */
const REASONS = [
  'insufficientMargin',
  'duplicateClientOrderId',
  'timestampOutOfWindow',
  'tooManyOrders',
  'priceBand',
  'marketClosed',
  'invalidSignature',
  'permissionDenied',
] as const

/** Half of the calls go well; the others meet one to three faults. */
export function randomTrouble(random: Random): Trouble {
  const dice = nextFloat(random)
  if (dice < 0.4) return { faults: [], isAnswered: true }
  if (dice < 0.46) {
    return { faults: [], lateMs: 200 + nextInteger(random, 6_000), isAnswered: false }
  }
  const count = 1 + nextInteger(random, 3)
  const faults = Array.from({ length: count }, () => randomFault(random))
  return { faults, isAnswered: false }
}

function randomFault(random: Random): Fault {
  const operation =
    nextFloat(random) < 0.75
      ? (WRITES[nextInteger(random, WRITES.length)] ?? 'createOrder')
      : (READS[nextInteger(random, READS.length)] ?? 'getOrder')
  const times = 1 + nextInteger(random, 4)
  const where = { operation, times }
  const stage = nextFloat(random) < 0.5 ? 'request' : 'answer'
  switch (nextInteger(random, 14)) {
    case 0:
      return { ...where, kind: 'dropBefore' }
    case 1:
    case 2:
      return { ...where, kind: 'dropAfter' }
    case 3:
      return { ...where, kind: 'status', code: 502, body: '<html>Bad Gateway</html>', stage }
    case 4:
      return { ...where, kind: 'status', code: 504, stage }
    case 5:
      return { ...where, kind: 'malformed' }
    case 6:
      return { ...where, kind: 'truncateBody', bytes: 3 + nextInteger(random, 40) }
    case 7:
      return { ...where, kind: 'maintenance' }
    case 8:
      return { ...where, kind: 'rejectWith', reason: 'unknownState', stage }
    case 9:
      return { ...where, kind: 'rejectWith', reason: 'exchangeBusy' }
    case 10:
      return { ...where, kind: 'clockSkew', ms: (nextFloat(random) < 0.5 ? -1 : 1) * 40_000 }
    case 11:
      return { ...where, kind: 'rateLimit', retryAfterMs: 500 + nextInteger(random, 3_000) }
    default: {
      const reason = REASONS[nextInteger(random, REASONS.length)] ?? 'insufficientMargin'
      return { ...where, kind: 'rejectWith', reason }
    }
  }
}
