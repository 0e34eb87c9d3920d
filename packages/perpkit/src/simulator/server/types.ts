import type { Engine, EngineInstrument, EngineRules } from '../engine/types.ts'
import type {
  AccountKind,
  Answer,
  KeyRing,
  KeyRow,
  RawRequest,
  VenueClock,
  VenueCredentials,
} from './basics.ts'
import type { Params } from './params.ts'
import type { VenueSockets } from './socketTypes.ts'

export {
  type AccountKind,
  type Answer,
  accountKinds,
  isAnswer,
  type KeyPermissions,
  type KeyRing,
  type KeyRow,
  keyOf,
  type RawRequest,
  type VenueClock,
  type VenueCredentials,
} from './basics.ts'

// What the server and a venue say to each other. No trading word of any venue stands here.

export type VenueName = 'binance' | 'bybit' | 'okx' | 'bitget' | 'htx' | 'kraken'

/** What faults can be aimed at; `createStop` is any conditional order. */
export const operations = [
  'createOrder',
  'createStop',
  'amendOrder',
  'cancelOrder',
  'cancelAll',
  'getOrder',
  'getOpenOrders',
  'getPositions',
  'getAccount',
  'setLeverage',
  'marketData',
] as const

export type Operation = (typeof operations)[number]

/** Reasons a fault can refuse a request with; each venue has its own words for them. */
export const rejectReasons = [
  'insufficientMargin',
  'wouldTriggerImmediately',
  'reduceOnlyRejected',
  'belowMinimum',
  'precision',
  'priceBand',
  'tooManyOrders',
  'duplicateClientOrderId',
  'orderNotFound',
  'invalidSymbol',
  'invalidParameter',
  'invalidSignature',
  'timestampOutOfWindow',
  'permissionDenied',
  'leverageNotChanged',
  'marketClosed',
  'exchangeBusy',
  'unknownState',
] as const

export type RejectReason = (typeof rejectReasons)[number]

/** What a handler works with. */
export interface Handling {
  request: RawRequest
  /** Parameters of query and body in one, reads remembered for the ledger. */
  params: Params
  engine: Engine
  clock: VenueClock
  /** Account of the key; `''` on routes without a key. */
  accountId: string
  /** Absent on routes without a key. */
  key?: KeyRow
  /** How much of a divisible {@link Charge} was let through, where that is not all of it. */
  allowance?: number
  /** Leaves a note of a value (a token) that the venue does not know. */
  unknownWord(name: string, value: unknown): void
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /**
   * `key`: the key alone is asked for, without a signature. Of the signed routes a key that may not
   * trade is refused all but GET.
   */
  access: 'public' | 'key' | 'signed'
  /** What faults call it; a function where that depends on the parameters (read with `peek`). */
  operation?: Operation | ((params: Params) => Operation)
  /**
   * Names the route knows. A parameter that is neither read nor listed goes into the ledger, also
   * when the handler refused the request before it came to that parameter; so a route lists what it
   * reads only after its first refusal. Names that are always read need not be listed.
   */
  parameters?: readonly string[]
  handle(handling: Handling): Answer
}

/** What a request takes of one counter of a rate limit. */
export interface Charge {
  /** The venue's own name of it; the same name, scope and window is the same counter. */
  counter: string
  /** Whose it is: the address a request comes from, or the account of its key. */
  scope: 'address' | 'account'
  /** How much there is in a window. */
  limit: number
  windowMs: number
  /**
   * `fixed`: whole multiples of the window since the epoch; `sliding`: the last `windowMs`;
   * `refill`: what was taken comes back evenly, `limit` in `windowMs`.
   */
  window: 'fixed' | 'sliding' | 'refill'
  /** 0 for a request that is free, yet tells what is used. */
  amount: number
  /**
   * A batch that may be let through in part: as much is taken as there is, told to the handler as
   * `allowance`, and only where there is nothing is the request refused.
   */
  isDivisible?: boolean
}

/** A charge with how its counter stands, this request included when it was let through. */
export interface Usage extends Charge {
  used: number
  /**
   * When the window ends; of a sliding one, when its oldest entry leaves it; of a refilling counter,
   * when it is full again.
   */
  resetAt: number
}

/** A venue's rate limits in its own words. */
export interface VenueLimits {
  /**
   * What a request takes, one charge at least. Told at the door, before key and signature are
   * looked at: parameters by `peek`, and no account. Charges of addresses are taken there, those of
   * accounts once the key is known; a refused request takes nothing more.
   */
  charges(handling: Handling, route: Route): readonly [Charge, ...Charge[]]
  /** The refusal when a counter has no room; nothing was executed. */
  exceeded(handling: Handling, usage: Usage, retryAfterMs: number): Answer
  /** Headers of every answer to a request that was charged, refusals included. */
  headers?(handling: Handling, usage: readonly Usage[]): Record<string, string>
  /**
   * The refusal of an account for what it did earlier, told once the key is known; nothing was
   * executed. It counts as a breach.
   */
  bars?(handling: Handling, route: Route): Answer | undefined
  /** What becomes of an address whose requests go on being refused. */
  ban?: {
    /** Only refusals by this counter count. Default: all of the address. */
    counter?: string
    /** How many refusals by counters of the address, and within which time. */
    afterBreaches: number
    withinMs: number
    /** How long the first, second, … ban of an address lasts. */
    lengthMs(number: number): number
    answer(handling: Handling, until: number): Answer
  }
}

/** One venue's side of the wire: everything in its own words. */
export interface Venue {
  name: VenueName
  instruments: readonly EngineInstrument[]
  rules: EngineRules
  routes: readonly Route[]
  /** Asset and amount of a fresh account's balance, before the caller's own wish. */
  settleAsset: string
  /** Kinds of accounts, the usual one first; absent where there is but one. */
  accountKinds?: readonly [AccountKind, ...AccountKind[]]
  /** A new key, secret and passphrase in the venue's form. */
  makeCredentials(hex: (bytes: number) => string): VenueCredentials
  /** Headers (lower case) the venue knows besides those of HTTP itself. */
  knownHeaders: readonly string[]
  /** Query and body as one set of parameters; an {@link Answer} when they cannot be read. */
  readParams(request: RawRequest, clock: VenueClock): Record<string, unknown> | Answer
  /**
   * Checks key, time and signature over the raw bytes. The account, or the venue's own refusal.
   */
  authenticate(handling: Handling, route: Route, keys: KeyRing): { accountId: string } | Answer
  notFound(request: RawRequest, clock: VenueClock): Answer
  /** The venue's own error for a reason, as a real refusal of this route would look. */
  reject(reason: RejectReason, handling: Handling): Answer
  /** Headers every answer carries. */
  answerHeaders?(handling: Handling): Record<string, string>
  maintenance(handling: Handling): Answer
  /** Absent: none. */
  limits?: VenueLimits
  /** Absent: none. */
  sockets?: VenueSockets
}

/** Is told of requests by whoever executes them, and keeps a record of what came of them. */
export interface Witness {
  /** A request begins to be executed: what is accepted until it is `executed` is its doing. */
  begin(): Submission
  /** A request was one too many for a rate limit. */
  breached(): void
}

/** A request that is, or was, executed. */
export interface Submission {
  executed(): void
  /** Whether the true answer reached its sender. */
  answered(hasArrived: boolean): void
}
