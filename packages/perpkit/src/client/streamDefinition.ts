import type { AccountInfo, FuturesPosition } from '../model/account.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import type { Instrument } from '../model/instrument.ts'
import type { Kline, Ticker, Trade } from '../model/market.ts'
import type { Fill, FuturesOrder } from '../model/order.ts'
import type { KlineInterval, PositionSide } from '../model/tokens.ts'
import type { Call, Credentials, DecodeContext, NativeError } from './native.ts'

// What an exchange says on sockets. Everything here is data or pure; connections, time and memory
// are the client's.

export interface StreamDefinition {
  readonly liveOrigin: string
  readonly testnetOrigin?: string
  /** By origins of requests that an account may be bound to: those of their sockets. */
  readonly originsOf?: Readonly<Record<string, string>>
  /** How many connections of an address may be opened in a second; absent: no limit is known. */
  readonly connectionsPerSecond?: number
  /** The kinds of sockets there are, by a name of ours. */
  readonly routes: Readonly<Record<string, SocketRoute>>
  ticker(instrument: Instrument): MarketFeed<Ticker>
  trades(instrument: Instrument): MarketFeed<Trade>
  klines(instrument: Instrument, interval: KlineInterval): MarketFeed<StreamedKline>
  /** At least `depth` levels a side, or as many as there are. */
  orderBook(instrument: Instrument, depth: number): BookFeed
  /** Everything private. Asks what it must know of the account first. */
  user(call: Call): Promise<UserFeed>
}

export interface SocketRoute {
  /** Path and query below the origin. */
  readonly path: string
  /** `'private'`: needs a key. */
  readonly access: 'public' | 'private'
  readonly protocol: SocketProtocol
  readonly limits: RouteLimits
  /** Where the address itself carries the right to listen. */
  readonly listenKey?: ListenKey
  /** A topic that is never silent: its silence means that the connection is dead. */
  readonly pulse?: { readonly topic: string; readonly everyMs: number }
}

export interface RouteLimits {
  readonly topicsPerConnection: number
  /** Default 1. */
  readonly topicsPerRequest?: number
  readonly requestsPerSecond: number
  /** Answers do not tell what they answer: a subscription waits until the one before is answered. */
  readonly oneAtATime?: boolean
  /** After which the exchange cuts every connection; renewed before. */
  readonly lifetimeMs?: number
}

export interface ListenKey {
  create(call: Call): Promise<string>
  /** `false`: it is gone, and a new one is needed. */
  keepAlive(call: Call, key: string): Promise<boolean>
  readonly everyMs: number
  pathOf(key: string): string
}

/** The talk on one kind of socket. */
export interface SocketProtocol {
  /** The text of a binary frame. Default: there are none. */
  unpack?(frame: Uint8Array): string
  /** What one frame says; throws nothing but `SyntaxError` and `ReadError`. */
  read(text: string): readonly SocketMessage[]
  /** Absent where connecting alone subscribes. */
  subscribe?(topics: readonly string[], request: SocketCommand): string
  unsubscribe?(topics: readonly string[], request: SocketCommand): string
  /**
   * What is sent first on a private connection; `loggedIn` answers. `host` is that of the address,
   * with its port unless it is the scheme's own.
   */
  login?(credentials: Credentials, now: number, host: string): string
  readonly heartbeat?: Heartbeat
}

export interface SocketCommand {
  /** Of our requests on this connection: a whole number, ascending. */
  id: number
  /** On a private connection after the login. */
  login?: { credentials: Credentials; token: string | undefined }
}

export interface Heartbeat {
  readonly everyMs: number
  /** Absent: a ping frame of the protocol, whose pong is not seen. */
  frame?(id: number): string
  /**
   * Some frame must arrive this long after it; without `frame`, where the exchange speaks by itself
   * at least that often.
   */
  readonly answerWithinMs?: number
}

export type SocketMessage =
  | { kind: 'data'; topic: string; value: unknown }
  /** Without a topic: all topics of that request. */
  | { kind: 'subscribed'; id?: number; topic?: string }
  /** Without id and topic: the oldest request without an answer. */
  | ({ kind: 'refused'; id?: number; topic?: string; code: ErrorCode } & NativeError)
  /** `token`: what later requests must carry. */
  | { kind: 'loggedIn'; token?: string }
  | ({ kind: 'loginRefused'; code: ErrorCode } & NativeError)
  /** The other side asks whether we live. */
  | { kind: 'question'; answer: string }
  /** The right to listen has ended: a new connection is needed at once. */
  | { kind: 'expired' }
  /** The connection will be cut soon: to be renewed. */
  | { kind: 'closing' }
  /** A pong, an acknowledgement of what needs none. */
  | { kind: 'nothing' }

/** What is subscribed: a name on a route, in the exchange's words. */
export interface Topic {
  readonly route: string
  readonly name: string
}

/** A public feed as a decoder over its topics. */
export interface MarketFeed<Item> {
  readonly topics: readonly Topic[]
  /** A fresh decoder, without memory of what came before. */
  start(): MarketDecoder<Item>
  /** The newest items over REST, ascending, each with the id it has here. Absent: none can be read so. */
  recent?(call: Call): Promise<Item[]>
  /**
   * Whether the exchange has news of that topic beyond the last item. Where topics lie on several
   * routes, the silence of one says nothing of the others; absent: asked of all as one.
   */
  isBehind?(call: Call, topic: Topic, last: Item | undefined): Promise<boolean>
}

/** The items one message completes: none while parts are missing. */
export interface MarketDecoder<Item> {
  (topic: string, value: unknown, receivedAt: number): Item[]
  /**
   * What it knows of that topic belonged to a connection that has gone. Absent: it is started anew;
   * needed where topics tell again only what changes.
   */
  forget?(topic: string): void
}

/** A candle as streams tell it, with what a candle in a column need not say. */
export interface StreamedKline extends Kline {
  symbol: string
  nativeSymbol: string
  interval: KlineInterval
  /** Whether the interval has ended. */
  isClosed: boolean
  raw?: unknown
}

/** `[price, quantity]` as the wire has it. */
export type RawLevel = readonly [price: string | number, quantity: string | number]

/** A whole book or a change of it; quantities are absolute, zero removes. */
export interface BookMessage {
  readonly kind: 'snapshot' | 'diff'
  /** Ids of the first and last change it holds; equal where there is one id. */
  readonly first: number
  readonly last: number
  /** Id of the message before, where told. */
  readonly previous?: number
  readonly bids: readonly RawLevel[]
  readonly asks: readonly RawLevel[]
  readonly timestamp: number
  readonly checksum?: number
}

/** What a diff is to a book: its next change, one it has already, or one with others missing between. */
export type SequenceStep = 'next' | 'stale' | 'gap'

/** How diffs follow each other: the exact rule of an exchange. */
export interface SequenceRule {
  /** After the diff or streamed snapshot whose last id was `last`. */
  follows(last: number, diff: BookMessage): SequenceStep
  /** After a snapshot that was read, not streamed. */
  joins?(snapshot: number, diff: BookMessage): SequenceStep
}

export interface BookFeed {
  readonly topic: Topic
  readonly rule: SequenceRule
  /** `undefined` for what says nothing about the book. */
  decode(value: unknown): BookMessage | undefined
  /** Where the stream has none of its own. */
  snapshot?(call: Call): Promise<BookMessage>
  /** Where the stream has one of its own, but may begin without it. */
  seed?(call: Call): Promise<BookMessage>
  /** The levels a side the stream keeps; what falls behind is forgotten. */
  readonly maxDepth?: number
  /** Of the best levels as the wire writes them; compared with `checksum` of each message. */
  checksum?(bids: readonly RawLevel[], asks: readonly RawLevel[]): number
}

/** All private topics as one feed. */
export interface UserFeed {
  readonly topics: readonly Topic[]
  decode(topic: string, value: unknown, context: UserContext): UserEvent[]
}

/** What is known of the account's orders when an event arrives. */
export interface UserContext extends DecodeContext {
  orderById(orderId: string): FuturesOrder | undefined
  ordersByClientId(clientOrderId: string): readonly FuturesOrder[]
}

/** What a private message tells; `timestamp` is the event's own time. */
export type UserEvent = { timestamp: number } & (
  | { kind: 'order'; order: FuturesOrder }
  /** Of an order that must be read to be told; `known`: what messages have told of it. */
  | { kind: 'orderChanged'; nativeSymbol: string; orderId: string; known?: FuturesOrder }
  | { kind: 'fill'; fill: Fill }
  | ({ kind: 'position' } & PositionChange)
  /** Leverage or the like of a symbol has changed: its position must be read. */
  | { kind: 'positionChanged'; nativeSymbol: string }
  /** `account` absent: it has changed and must be read. Its assets may be the changed ones alone. */
  | { kind: 'account'; account?: AccountInfo }
)

export interface PositionChange {
  nativeSymbol: string
  /** The slot of hedge mode; absent: the one position of one-way mode. */
  positionSide?: PositionSide
  /** Absent when flat. */
  position?: FuturesPosition
  /** Leverage, margin mode and what follows from them are not told. */
  isPartial?: boolean
}
