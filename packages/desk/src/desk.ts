import type { Command } from 'commander'
import type { Clock, ExchangeName, FuturesExchange, Journal, Transport } from 'perpkit'
import type { Interrupts } from './interrupts.ts'
import type { Place } from './place.ts'

// What a command is given, so that it runs the same in a terminal and in a test.

export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  /** Of the terminal; a pipe has none. */
  readonly columns: number | undefined
  readonly rows: number | undefined
  /** Calls `listener` when the terminal changes its size; the returned function calls it off. */
  onResize(listener: () => void): () => void
}

export interface Io {
  /** The result, and nothing else. */
  readonly stdout: Output
  /** For people. */
  readonly stderr: Output
  /** Whether somebody is there to answer: standard input and stderr are terminals. */
  readonly canAsk: boolean
  /** All of standard input. */
  readInput(): Promise<string>
  /** A line typed at the terminal; `undefined` when it was called off. */
  ask(question: string): Promise<string | undefined>
  /** The same without echo. */
  askSecret(question: string): Promise<string | undefined>
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConnectionOptions {
  exchange?: string
  key?: string
  baseUrl?: string
  live?: boolean
  /** Of each request, ms. */
  timeout?: number
  /**
   * Orders that need no leadership of the account, because twice is as good as once: closing and
   * cancelling must work while another process leads it.
   */
  isRescue?: boolean
  /** Another way to the wire: one that measures. */
  transport?: Transport
  /** No budgets of ours: they are those of a process, and tests run many commands in one. */
  rateLimit?: false
}

export interface Connection {
  readonly exchange: FuturesExchange
  /** Where its intents are kept; with a stored key, across commands. */
  readonly journal: Journal
  readonly name: ExchangeName
  /** Of the stored credentials, where some are used. */
  readonly key: string | undefined
  readonly place: Place
  readonly baseUrl: string | undefined
  /** Whether private methods can be called. */
  readonly hasCredentials: boolean
  /** The options that lead here again, for commands we suggest. */
  readonly flags: string
  close(): Promise<void>
}

export type Connect = (options: ConnectionOptions) => Promise<Connection>

export interface Desk {
  readonly io: Io
  readonly env: Environment
  readonly clock: Clock
  readonly interrupts: Interrupts
  /** Opens what the options, the environment and the configuration name. */
  readonly connect: Connect
}

/** A command adds itself to the program. */
export type AddCommand = (parent: Command, desk: Desk) => void
