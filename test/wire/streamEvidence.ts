// What the evidence folders fill in about sockets: types only.

import type { ExpectedRequest, Json, Pattern } from './evidence.ts'
import type { StreamCaseId } from './streamCases.ts'

/** One socket that has to be opened, and what has to be said on it. */
export interface ExpectedSocket {
  /** Path and query below the origin. */
  readonly path: string
  /** In any order; what one frame lists stands here by itself. */
  readonly frames: readonly Pattern[]
  /** What may be said as often as is liked, and has to be at least once. */
  readonly repeated?: readonly Pattern[]
}

export interface ExpectedStream {
  readonly sockets: readonly ExpectedSocket[]
}

/** What one exchange must be sent on sockets for every stream case. */
export interface StreamEvidence {
  readonly symbol?: string
  /** Requests that may be needed first. All others stay without an answer. */
  readonly requests: readonly ExpectedRequest[]
  /** The member of a frame that lists what is subscribed. */
  readonly list?: string
  /** The members that come back with the answer, and the form they must have as JSON. */
  readonly tag?: { readonly names: readonly string[]; readonly form: RegExp }
  /** What the exchange says as soon as a socket is open. */
  greet?(path: string): readonly Json[]
  /** What it answers a frame; a text is sent as it is. */
  answer(frame: Json, path: string): readonly Json[]
  /** What it says each second. */
  pulse?(path: string): readonly Json[]
  /** How its frames travel; default as text. */
  pack?(text: string, path: string): string | Uint8Array
  readonly cases: Readonly<Record<StreamCaseId, ExpectedStream>>
}
