import type { Engine, EngineEvent } from '../engine/types.ts'
import type { Answer, KeyRing, RawRequest, VenueClock } from './basics.ts'

// What the server and a venue say to each other about sockets. No trading word of any venue stands
// here.

/** What goes over a socket in one piece: text, or bytes (a compressed frame). */
export type SocketFrame = string | Uint8Array

/** What a channel says, before a connection has put it in its frame. */
export type Payload = PayloadObject | readonly PayloadObject[]

export type PayloadObject = Readonly<Record<string, unknown>>

/** A venue's sockets. */
export interface VenueSockets {
  /** A handler for a connection that has just been opened, or the answer that refuses it. */
  open(link: SocketLink): SocketHandler | Answer
  /** Headers (lower case) known besides those of HTTP and WebSocket. */
  knownHeaders?: readonly string[]
  /**
   * The payload with a wrong checksum, `undefined` when it carries none. Absent: no payload of the
   * venue does.
   */
  corruptChecksum?(payload: Payload): Payload | undefined
}

/** A message of a socket in the words of its twin over HTTP. */
export interface SocketRequest {
  /** As the socket calls it. */
  label: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  query?: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** It proves itself who it is from, also on a connection that has logged in. */
  provesItself?: true
}

/** One connection's side of the venue. */
export interface SocketHandler {
  /** The client can hear: before, nothing can be said. */
  onOpen?(): void
  onMessage(message: SocketFrame): void
  /** The payload of a channel as it goes over this connection; default: its JSON. */
  frame?(channel: string, payload: Payload): SocketFrame
  onPing?(): void
  onPong?(): void
}

/** What a handler can do with its connection; everything it has begun ends with that. */
export interface SocketLink {
  /** The request that asked for the connection. */
  readonly request: RawRequest
  /** Whether it is still open. */
  readonly isOpen: boolean
  readonly engine: Engine
  readonly keys: KeyRing
  readonly clock: VenueClock
  /** When the client last said anything (pings and pongs too), and was last said anything. */
  readonly heardAt: number
  readonly saidAt: number
  /** A running number of the connection at its venue, from 1. */
  readonly number: number
  /** Account the connection acts for since it has logged in. */
  accountId: string
  /** What its words stand under in the ledger; default: the path. */
  label: string
  /** Answers a message of the client. */
  reply(frame: SocketFrame): void
  /**
   * Has a message handled like the request over HTTP that does the same: limits, faults, ledger and
   * log. Whose account it is the connection's login tells, or where there is none the headers and
   * parameters. A connection whose answer a fault takes away is cut.
   */
  submit(request: SocketRequest, tell: (answer: Answer) => void): void
  /** Answers a ping that was a message: also when the connection is stalled. */
  pong(frame: SocketFrame): void
  /** A ping of the protocol. */
  ping(): void
  /** Joins a channel, made when it is the first to: `false` when it is in it already. */
  join(channel: string, make: () => Channel): boolean
  /** `false` when it was not in it. */
  leave(channel: string): boolean
  channels(): string[]
  /** Once after `ms`, unless the connection has ended; the returned function calls it off. */
  after(ms: number, task: () => void): () => void
  /** Ends it with a close frame. */
  close(code: number, reason?: string): void
  /** Ends it without one. */
  cut(): void
  /** Counts a message too many for a limit; whether the limit is enforced. */
  breach(): boolean
  /** Leaves a note of a word that the venue did not understand. */
  unknown(where: 'parameter' | 'value' | 'path', name: string, value?: unknown): void
}

/**
 * Something that connections subscribe to; it lives as long as one of them does. What it says goes
 * to all of them, but for its welcome.
 */
export interface Channel {
  /** Whether it tells of an account: such messages can be delayed by a fault. */
  isPrivate?: boolean
  /** Of several channels with something to say of one call, the lower is heard first; 0. */
  rank?: number
  /** What a connection that has just joined hears first, alone. */
  welcome?(): readonly Payload[]
  /** What is said at once of what happened in one call. */
  hear?(events: readonly EngineEvent[]): readonly Payload[]
  /** Whether there will be something to collect because of this event; asked of every one. */
  isStirredBy?(event: EngineEvent): boolean
  /**
   * At which times (whole multiples since the epoch, in milliseconds) it says what has gathered:
   * always, or only when stirred where `isStirredBy` is there.
   */
  everyMs?: number
  /** A further time to collect at, asked after each collection. */
  nextAt?(now: number): number | undefined
  collect?(now: number): readonly Payload[]
}

/** Tells a handler from a refusal. */
export function isHandler(value: SocketHandler | Answer): value is SocketHandler {
  return 'onMessage' in value
}
