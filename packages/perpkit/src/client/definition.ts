import type { ExchangeName } from '../model/tokens.ts'
import type { Capabilities } from './capabilities.ts'
import type {
  Cost,
  Credentials,
  Limit,
  RawAnswer,
  SignedRequest,
  Stamp,
  UnsignedRequest,
  Usage,
  Verdict,
} from './native.ts'
import type { Operations } from './operations.ts'
import type { StreamDefinition } from './streamDefinition.ts'

// What an exchange must provide. Types only: an exchange folder imports this file and nothing else
// of the client.

export type * from './capabilities.ts'
export type * from './native.ts'
export type * from './operations.ts'
export type * from './streamDefinition.ts'

export interface ExchangeDefinition {
  readonly name: ExchangeName
  /** Other names `createFuturesExchange` accepts. */
  readonly aliases?: readonly string[]
  readonly liveOrigin: string
  /** Absent where no testnet exists. */
  readonly testnetOrigin?: string
  /** What every request to the testnet carries besides; where it shares its origin with real money. */
  readonly testnetHeaders?: Readonly<Record<string, string>>
  readonly needsPassphrase: boolean
  readonly capabilities: Capabilities
  readonly limits: readonly Limit[]
  /** What a client order id may look like. */
  readonly clientOrderIdPattern: RegExp
  /** How ours are written: letters and digits, or a whole number up to 2^62. Default `'text'`. */
  readonly clientOrderIdForm?: 'text' | 'number'
  /** Orders and leverage name the margin mode they are of. */
  readonly namesMarginMode?: boolean
  /** Whether each symbol has a position mode of its own. Default: the account has one. */
  readonly positionModeScope?: 'account' | 'symbol'
  readonly maxKlinesPerRequest: number
  /**
   * How long after the last ambiguous moment an order that landed may still be invisible to
   * look-ups.
   */
  readonly visibilityDelayMs: number
  /**
   * Native symbol from a caller's writing, already in upper case: native, `'BTCUSDT'` or
   * `'BTC/USDT'`; `undefined` when it cannot be one.
   */
  normalizeSymbol(symbol: string): string | undefined
  sign(request: UnsignedRequest, credentials: Credentials, stamp: Stamp): SignedRequest
  classify(answer: RawAnswer): Verdict
  /** What an answer tells of the budgets the request took from (`cost`). */
  readUsage?(answer: RawAnswer, cost: Cost): readonly Usage[]
  /**
   * Which budgets a refusal for too many requests closes: some of those the request took from, or
   * all requests of the address. Default: all it took from.
   */
  closedBy?(answer: RawAnswer, cost: Cost): readonly string[] | 'address'
  /**
   * The operations of one exchange object. Most remember nothing; what must be learned of an account
   * once (its kind, its mode) stays inside.
   */
  createOperations(): Operations
  /** Absent: the methods that watch are not supported. */
  readonly streams?: StreamDefinition
}
