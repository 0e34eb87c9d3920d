// What the evidence folders fill in about order entry over sockets: types only.

import type { Json, Key, Shape, Words } from './evidence.ts'
import type { OrderSocketCaseId, OrderTruth } from './orderSocketCases.ts'

/** What a frame can be made of. */
export interface Desk {
  /** Of a fresh account. */
  readonly key: Key
  /** The venue's time, which stands still. */
  readonly now: number
  /** All answers so far, parsed, over whatever socket they came. */
  readonly heard: readonly unknown[]
}

/**
 * A value in an answer: exactly this. A pattern means a text that is like it, and anything else
 * whose JSON is; a shape is described in `evidence.ts`; with `atLeast` there may be more members.
 */
export type Heard =
  | string
  | number
  | boolean
  | null
  | RegExp
  | { readonly shape: Shape }
  | { readonly atLeast: { readonly [key: string]: Heard } }
  | readonly Heard[]
  | { readonly [key: string]: Heard }

/** A request over HTTP, whose answer is heard too. */
export interface AskStep {
  readonly ask: Words
}

/** Something said on a socket, which is opened when it is not yet, and all that is then heard on it. */
export interface SayStep {
  /** Path and query below the origin. */
  readonly at: string | ((desk: Desk) => string)
  readonly say?: Json | ((desk: Desk) => Json)
  /** In any order. */
  readonly hear: readonly Heard[]
  /** The code with which the venue then closes it; default: it stays open. */
  readonly ends?: number | 'any code'
}

export interface OrderSocketScript {
  readonly steps: readonly (AskStep | SayStep)[]
  /** Where it is another than that of the case. */
  readonly truth?: OrderTruth
  /** Whether something must be in the ledger afterwards; default: it must be empty. */
  readonly isNotUnderstood?: true
}

/** The exchange has no words for this. */
interface NoOrderSocketScript {
  readonly absent: string
}

/** What one venue must answer over its order sockets. */
export interface OrderSocketEvidence {
  /** Paths on which it speaks in gzip. */
  readonly packed?: readonly string[]
  readonly cases: Readonly<Record<OrderSocketCaseId, OrderSocketScript | NoOrderSocketScript>>
}
