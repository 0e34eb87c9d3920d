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
  /** Of one that came as a message of a socket. */
  socket?: {
    /** What it stands under in the ledger and in the log. */
    label: string
    /** Whom the connection acts for; `''`: the request proves itself who it is from. */
    accountId: string
  }
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

/** What a key is allowed, besides reading, and from where. */
export interface KeyPermissions {
  /** Orders, positions and settings. */
  trade: boolean
  withdraw: boolean
  /** IP addresses it is bound to; none: it is bound to none. Told, and not enforced. */
  addresses: readonly string[]
}

/** A key, and whose account it opens. */
export interface KeyRow {
  accountId: string
  credentials: VenueCredentials
  permissions: KeyPermissions
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Of the account, at a venue that has kinds. */
  kind?: AccountKind
}

/** Keys of one venue and whose account they open. */
export interface KeyRing {
  /** What a door must know; what lies behind it is told to handlers. */
  find(apiKey: string): Pick<KeyRow, 'accountId' | 'credentials' | 'kind'> | undefined
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

/** The key of a request that came with one. */
export function keyOf({ key }: { key?: KeyRow }): KeyRow {
  if (!key) throw new Error('no key was asked for here')
  return key
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
