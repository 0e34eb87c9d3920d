// Requests, answers, keys and time: what both halves of the server's seam are about.

/** A request as its bytes arrived. */
export interface RawRequest {
  method: string
  /** Path without the query, as sent. */
  path: string
  /** What stands behind the question mark, as sent; `''` when nothing does. */
  query: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
  remoteAddress: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body: string
}

export interface VenueCredentials {
  apiKey: string
  apiSecret: string
  passphrase?: string
}

/** Kinds of accounts, where a venue keeps more than one. */
export const accountKinds = ['classic', 'unified'] as const

export type AccountKind = (typeof accountKinds)[number]

/** A key, and whose account it opens. */
export interface KeyRow {
  accountId: string
  credentials: VenueCredentials
  /** Of the account, at a venue that has kinds. */
  kind?: AccountKind
}

/** Keys of one venue and whose account they open. */
export interface KeyRing {
  find(apiKey: string): KeyRow | undefined
}

export interface VenueClock {
  /** The venue's time in milliseconds, clock-skew faults included. */
  now(): number
  /**
   * Whether a client that wrote `timestamp` is inside [now − past, now + future). Under a manual
   * clock, which a foreign client cannot follow, the machine's own time counts as inside too, and
   * so does the time of a client that read the standing clock and went on with real time.
   */
  isCurrent(timestamp: number, past: number, future: number): boolean
}

/** Tells an answer from a set of parameters. */
export function isAnswer(value: object): value is Answer {
  return (
    'status' in value &&
    typeof value.status === 'number' &&
    'body' in value &&
    typeof value.body === 'string'
  )
}
