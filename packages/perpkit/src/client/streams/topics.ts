import type { Clock } from '../../core/clock.ts'
import type { Random } from '../../core/random.ts'
import type { PerpkitError } from '../../model/errors.ts'
import type { SocketConnector } from '../../transport/socket.ts'
import type { Call, Credentials, SocketMessage, SocketRoute } from '../definition.ts'
import type { Logger } from '../logger.ts'

// What lies between those who want topics and the connections that bring them.

/** Who wants a topic. `source` numbers the connection that speaks. */
export interface TopicListener {
  /** Subscribed on a connection: from here on everything arrives from there. */
  live(source: number): void
  message(topic: string, value: unknown, source: number): void
  /** The connection has gone; it comes back by itself. */
  lost(): void
  /** It will never come. */
  failed(error: unknown): void
  /** Whether the exchange knows news that should have arrived; asked when the connection is silent. */
  isBehind?(): Promise<boolean>
}

export interface LineParts {
  route: SocketRoute
  /** `ws:` or `wss:`, host and port. */
  origin: string
  headers: Readonly<Record<string, string>>
  connect: SocketConnector
  clock: Clock
  random: Random
  logger: Logger
  credentials: Credentials | undefined
  call: Call
  /** Waits until one more connection may be opened. */
  turn?(): Promise<void>
  /** Exchange time, as we know it. */
  now(): number
  /** Exchange time, asked for. */
  serverTime(): Promise<number>
  resyncTime(): Promise<void>
  refusalOf(refusal: Refusal): PerpkitError
}

export type Refusal = Extract<SocketMessage, { kind: 'refused' | 'loginRefused' }>
