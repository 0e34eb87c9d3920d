import type { Reader } from '../core/reader.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import type { Instrument } from '../model/instrument.ts'
import type { Bucket, Cost } from '../transport/limiter.ts'

// One native call: what it says, what it means, what its answer may be.

/** Who may call: anyone, a key that reads, a key that trades. The last two are signed. */
export type Access = 'public' | 'read' | 'trade'

/**
 * What a second execution would do, and so the only thing that decides about repeats. `read`:
 * nothing, repeated freely. `idempotent`: nothing new, repeated when the answer was lost. `once`:
 * harm, repeated only when it is certain that nothing left this machine.
 */
export type Effect = 'read' | 'idempotent' | 'once'

export type Scalar = string | number | boolean

/** Names and values in the order they are sent; `undefined` ones are left out. */
export type Fields = Readonly<Record<string, Scalar | undefined>>

export type JsonValue =
  | Scalar
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined }

/** An endpoint's request in the exchange's words, not yet signed. */
export interface WireRequest {
  query?: Fields
  /** Body as `application/x-www-form-urlencoded`. */
  form?: Fields
  /** Body as `application/json`. */
  json?: JsonValue
}

/** Instruments by native symbol and by unified symbol. */
export interface Instruments {
  byNative(nativeSymbol: string): Instrument | undefined
  /** Unified symbol of a native one; the native one itself when it is not listed. */
  symbolOf(nativeSymbol: string): string
}

/** What a decoder knows besides the answer. */
export interface DecodeContext {
  instruments: Instruments
  /** When the answer arrived, in exchange time. */
  receivedAt: number
}

/** One native call as one value. */
export interface Endpoint<Params, Result> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  access: Access
  effect: Effect
  /**
   * What it takes from which budget of the exchange's `limits`, in whole units. A budget counted on
   * each symbol is named with it, `'orders@BTCUSDT'`.
   */
  cost: Cost | ((params: Params) => Cost)
  encode(params: Params): WireRequest
  decode(answer: Reader, params: Params, context: DecodeContext): Result
  /** The result when the exchange answers that it was so already. */
  unchanged?(params: Params): Result
  /** Instead of the definition's, where parts of one answer are judged by themselves (batches). */
  classify?(answer: RawAnswer): Verdict
}

/** Sends one endpoint through the passage. */
export type Call = <Params, Result>(
  endpoint: Endpoint<Params, Result>,
  params: Params,
) => Promise<Result>

/** One thing we ask of an exchange, in as many native calls as it takes. */
export type Operation<Params, Result> = (call: Call, params: Params) => Promise<Result>

export interface Credentials {
  apiKey: string
  apiSecret: string
  passphrase?: string
}

/** A request as text, before the signature. */
export interface UnsignedRequest {
  method: string
  /** What the `Host` header will say: the port is in it unless it is the scheme's own. */
  host: string
  path: string
  query: string
  body: string
  /** Of the body; `''` without one. */
  contentType: string
}

/** Exchange time the request claims, and for how long after it the exchange may accept it. */
export interface Stamp {
  timestamp: number
  windowMs: number
}

/** What the signature adds or changes. */
export interface SignedRequest {
  query: string
  body: string
  headers: Record<string, string>
}

/** An answer before anyone has decided what it is. */
export interface RawAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  text: string
  /** The parsed body; `undefined` when it is no JSON. */
  json: unknown
}

/** What an answer means for the request, before its content is read. */
export type Verdict =
  | { kind: 'answer' }
  /** "It is so already": done, for calls that make a thing so. */
  | ({ kind: 'unchanged' } & NativeError)
  /** Certainly not executed. */
  | ({ kind: 'refusal'; code: ErrorCode; retryAfterMs?: number } & NativeError)
  /** Perhaps executed. */
  | ({ kind: 'unknown' } & NativeError)

export interface NativeError {
  nativeCode: string
  nativeMessage: string
}

/** A budget the exchange counts requests against. */
export type Limit = Bucket

export type { Cost, Usage } from '../transport/limiter.ts'
