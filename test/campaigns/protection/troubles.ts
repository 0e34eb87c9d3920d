import type { Fault } from 'perpkit/simulator'
import { nextInteger, type Random } from '../../../packages/perpkit/src/core/random.ts'

// What goes wrong: every call of a managed order's life with everything that can happen to it.

/** How long a trouble can keep cover from coming after it last met anything. */
export type Weight = 'refused' | 'slow' | 'lost' | 'socket' | 'killed'

export interface Trouble {
  /** For tables and examples. */
  name: string
  weight: Weight
  fault?: Fault
  /** The process is killed at some point. */
  isKill?: true
}

const CALLS = [
  'createOrder',
  'createStop',
  'amendOrder',
  'cancelOrder',
  'getOrder',
  'getOpenOrders',
  'getPositions',
] as const

type Call = (typeof CALLS)[number]

const READS: readonly Call[] = ['getOrder', 'getOpenOrders', 'getPositions']

const EVERYWHERE = ['exchangeBusy', 'timestampOutOfWindow', 'unknownState'] as const

/** After these it is not known whether it was done, on some exchanges by their status alone. */
const LEFT_OPEN: readonly string[] = ['exchangeBusy', 'unknownState']

/** Besides those, in the venue's own words. */
const REFUSALS = {
  createOrder: ['insufficientMargin', 'priceBand', 'tooManyOrders', 'marketClosed'],
  createStop: [
    'wouldTriggerImmediately',
    'tooManyOrders',
    'insufficientMargin',
    'reduceOnlyRejected',
    'belowMinimum',
    'marketClosed',
    'permissionDenied',
  ],
  amendOrder: ['wouldTriggerImmediately', 'orderNotFound', 'marketClosed', 'invalidParameter'],
  cancelOrder: ['orderNotFound', 'marketClosed'],
  getOrder: ['orderNotFound'],
  getOpenOrders: ['permissionDenied'],
  getPositions: ['permissionDenied'],
} as const satisfies Record<Call, readonly string[]>

/** All cells of the matrix; the same of each call. */
export const TROUBLES: readonly Trouble[] = [
  { name: 'none', weight: 'refused' },
  ...CALLS.flatMap((operation) => [
    ...[...EVERYWHERE, ...REFUSALS[operation]].map(
      (reason): Trouble => ({
        name: `${operation} ${reason}`,
        weight: LEFT_OPEN.includes(reason) ? 'lost' : 'refused',
        fault: { operation, kind: 'rejectWith', reason },
      }),
    ),
    ...waysToLose(operation),
  ]),
  ...(['disconnect', 'stall', 'skipMessage', 'duplicateMessage', 'reorder'] as const).map(
    (kind): Trouble => ({ name: `socket ${kind}`, weight: 'socket', fault: { kind } }),
  ),
  { name: 'socket late', weight: 'socket', fault: { kind: 'delayPrivate', ms: 3_000 } },
  ...Array.from(
    { length: 12 },
    (): Trouble => ({ name: 'killed', weight: 'killed', isKill: true }),
  ),
]

function waysToLose(operation: Call): Trouble[] {
  const trouble = (name: string, weight: Weight, fault: Fault): Trouble => ({
    name: `${operation} ${name}`,
    weight,
    fault: { ...fault, operation },
  })
  const changes: Trouble[] = [
    trouble('lost after', 'lost', { kind: 'dropAfter' }),
    trouble('unknown after', 'lost', {
      kind: 'rejectWith',
      reason: 'unknownState',
      stage: 'answer',
    }),
    trouble('5xx after', 'lost', { kind: 'status', code: 504, stage: 'answer' }),
    trouble('arrives late', 'lost', { kind: 'delay', ms: 7_000 }),
    trouble('answered late', 'lost', { kind: 'delay', ms: 7_000, stage: 'answer' }),
  ]
  return [
    trouble('lost before', 'lost', { kind: 'dropBefore' }),
    trouble('5xx', 'lost', { kind: 'status', code: 502, body: '<html>Bad Gateway</html>' }),
    trouble('slow', 'slow', { kind: 'delay', ms: 1_500 }),
    trouble('rate-limited', 'slow', { kind: 'rateLimit', retryAfterMs: 2_000 }),
    trouble('maintenance', 'lost', { kind: 'maintenance' }),
    trouble('malformed', 'lost', { kind: 'malformed' }),
    ...(READS.includes(operation) ? [] : changes),
  ]
}

/** How often it meets a request; `undefined`: until it is over. */
export function timesOf({ fault }: Trouble, random: Random): number | undefined {
  if (fault?.kind === 'disconnect' || fault?.kind === 'stall') return 3
  const dice = nextInteger(random, 10)
  if (dice < 5) return 1
  return dice < 9 ? 2 + nextInteger(random, 4) : undefined
}
