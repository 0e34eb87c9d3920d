// What the evidence folders fill in: types, so that nothing of a test runs inside them.

import type { CaseId } from './cases.ts'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/** A value on the wire: exactly this, or any text of this pattern (ids we make ourselves). */
export type Pattern = Json | RegExp | readonly Pattern[] | { readonly [key: string]: Pattern }

/** One request that has to leave, without its time and signature, and what it is answered. */
export interface ExpectedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly access: 'public' | 'signed'
  /** Parameters behind the question mark, decoded. */
  readonly query?: Readonly<Record<string, string | RegExp>>
  /** Parameters of a form body, decoded. */
  readonly form?: Readonly<Record<string, string | RegExp>>
  /** A JSON body, its JSON types included. */
  readonly json?: Pattern
  /** Creates an order: the exchange must refuse it when it arrives 2 s late. */
  readonly dated?: true
  /** Default 200. */
  readonly status?: number
  readonly answer: Json
}

export interface Expected {
  readonly requests: readonly ExpectedRequest[]
  /** Whether they leave in this order; default in any. */
  readonly inOrder?: true
  /** What may be read besides, as often as is liked, once so many of `requests` have left. */
  readonly looks?: (left: number) => readonly ExpectedRequest[]
  /** Members the unified result must have, or the whole result when it is no object. */
  readonly result?: Json
  /** The code of the error the call must reject with, instead of a result. */
  readonly rejects?: string
}

/** The exchange has no words for this call; the client must refuse it before anything is sent. */
export interface Unsupported {
  readonly unsupported: string
}

/** Ids in the unified form, of orders the canned answers know. */
export interface WireIds {
  readonly order: string
  readonly conditional: string
  /** What the cases are about; default BTCUSDT. */
  readonly symbol?: string
  /** What becomes of a client order id such as `wire-10` where the exchange would not take it. */
  readonly client?: (id: string) => string
}

/** The same as the cases are given them. */
export type CaseIds = Required<WireIds>

/** What one exchange must be sent for every wire case. */
export interface WireEvidence {
  readonly ids: WireIds
  /** Requests a client may send first in any case: the time and the list of instruments. */
  readonly preliminaries: readonly ExpectedRequest[]
  readonly cases: Readonly<Record<CaseId, Expected | Unsupported>>
}

/** A key as the exchange hands it out. */
export interface Key {
  readonly apiKey: string
  readonly apiSecret: string
  /** Where the exchange asks for one. */
  readonly passphrase?: string
}

/** A request as bytes: what signatures are made over. */
export interface WireText {
  readonly method: string
  readonly path: string
  /** Behind the question mark, as it stands in the URL. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A raw request in the exchange's words, not yet signed. */
export interface Words {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly access: 'public' | 'key' | 'signed'
  readonly query?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: Json
  /** Signs for this many milliseconds later than now. */
  readonly signedAfterMs?: number
  /** Changes the request after it was signed: a wrong signature, a missing header. */
  readonly spoil?: (request: WireText) => WireText
}

/** How one exchange signs, in the third hand. */
export interface Signing {
  /** Parameters of query and form that carry time or signature. */
  readonly envelope: readonly string[]
  sign(words: Words, key: Key, timestamp: number): WireText
  /** For how many milliseconds after its time, or after `now`, the exchange may take the request. */
  windowOf(request: WireText, now?: number): string | undefined
  /** What is wrong with a request's headers, time and signature; empty when nothing is. */
  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[]
}

/**
 * What stands at one place of an answer. `'ms'` is a number, `'ms text'` a string of digits;
 * an object means exactly these keys. `optional` members may be missing, not `null`.
 */
export type Shape =
  | 'decimal'
  | 'decimal or empty'
  | 'empty'
  | 'text'
  | 'text or empty'
  | 'ms text'
  | 'ms text or empty'
  | 'digits'
  | 'ms'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'null'
  | 'anything'
  | RegExp
  | readonly ['one of', ...(string | number | boolean)[]]
  | readonly ['array of', Shape]
  | readonly ['at least one', Shape]
  | readonly ['rows', ...Shape[]]
  | readonly ['optional', Shape]
  | readonly ['either', ...Shape[]]
  | readonly ['rows by', string, { readonly [value: string]: Shape }]
  | { readonly [key: string]: Shape }

/** Something done before a probe: a request, a move of the market, or time passing. */
export type Step =
  | ((earlier: readonly unknown[]) => Words)
  | Words
  | { readonly price: readonly [symbol: string, price: string] }
  | { readonly advanceMs: number }

/** One raw request to a fresh account of the simulator and the answer it must get. */
export interface Probe {
  readonly title: string
  readonly before?: readonly Step[]
  /** Gets the parsed answers of the requests in `before`, in their order. */
  readonly send: Words | ((earlier: readonly unknown[]) => Words)
  /** Default 200. */
  readonly status?: number
  /** Shape of the parsed JSON body. */
  readonly answer?: Shape
  /** The body itself, where it is no JSON. */
  readonly text?: string | RegExp
  /** Names the ledger must hold afterwards; default none. */
  readonly notUnderstood?: readonly string[]
}

/** What one venue of the simulator must answer. */
export interface AnswerEvidence {
  /** Puts the market where the probes expect it. */
  readonly opening: readonly Step[]
  /** Where the venue tells its time. */
  readonly time: { readonly request: Words; readonly read: (answer: unknown) => number }
  readonly probes: readonly Probe[]
  readonly refusals: readonly Probe[]
}

/** A recorded payload, and the request whose answer must have the same keys and JSON types. */
export interface Recorded {
  /** Below the exchange's folder of captures. */
  readonly file: string
  readonly before?: readonly Step[]
  readonly send: Words
  /** Paths that may differ, each with its reason; `[]` stands for any row. */
  readonly allowed: Readonly<Record<string, string>>
}

/** What another case asks for. */
export function requestsOf(evidence: Expected | Unsupported): readonly ExpectedRequest[] {
  return 'requests' in evidence ? evidence.requests : []
}
