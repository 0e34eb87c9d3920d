import type { Decimal } from '../core/decimal.ts'
import type { Reader } from '../core/reader.ts'
import type { AccountInfo, FuturesPosition } from '../model/account.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import type { Instrument } from '../model/instrument.ts'
import type { Kline, OrderBook, Ticker } from '../model/market.ts'
import type { FuturesOrder } from '../model/order.ts'
import type {
  ExchangeName,
  KlineInterval,
  PlainOrderType,
  Side,
  TimeInForce,
  TriggerSource,
} from '../model/tokens.ts'

// What an exchange must provide. Types only: an exchange folder imports this file and nothing else
// of the client.

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
  /** What it takes from which budget of the exchange's `limits`. */
  cost: Readonly<Record<string, number>>
  encode(params: Params): WireRequest
  decode(answer: Reader, params: Params, context: DecodeContext): Result
  /** The result when the exchange answers that it was so already. */
  unchanged?(params: Params): Result
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

interface NativeError {
  nativeCode: string
  nativeMessage: string
}

/** A budget the exchange counts requests against. */
export interface Limit {
  name: string
  /** How much may be used in each window. */
  limit: number
  windowMs: number
  /** What the exchange counts on. */
  scope: 'address' | 'key'
}

export interface PlainOrderIntent {
  instrument: Instrument
  side: Side
  type: PlainOrderType
  quantity: Decimal
  /** Limit orders only. */
  price?: Decimal
  /** Limit orders only. */
  timeInForce?: TimeInForce
  reduceOnly: boolean
  clientOrderId: string
}

export interface ConditionalOrderIntent {
  instrument: Instrument
  side: Side
  type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET'
  quantity: Decimal
  stopPrice: Decimal
  triggerSource: TriggerSource
  reduceOnly: boolean
  clientOrderId: string
}

/** Which order is meant; at least one of the two ids. */
export interface OrderKey {
  instrument: Instrument
  orderId?: string
  clientOrderId?: string
}

/** Candles whose start lies in [startTime, endTime]: at most `klines.maxPerRequest` of them. */
export interface KlinePage {
  instrument: Instrument
  interval: KlineInterval
  startTime: number
  endTime: number
  limit: number
}

/** Everything the client asks of an exchange. Refusals are thrown by `Call`, in our classes. */
export interface Operations {
  getServerTime: Operation<void, number>
  getInstruments: Operation<void, Instrument[]>
  /** Where the public listing does not tell it. */
  getMaxLeverage?: Operation<{ instrument: Instrument }, number>
  getTicker: Operation<{ instrument: Instrument }, Ticker>
  getOrderBook: Operation<{ instrument: Instrument; depth: number }, OrderBook>
  getKlines: Operation<KlinePage, Kline[]>
  getAccountInfo: Operation<void, AccountInfo>
  /** Open positions only. */
  getPositions: Operation<{ instrument?: Instrument }, FuturesPosition[]>
  getLeverage: Operation<{ instrument: Instrument }, number>
  /** Done also when it was so already. */
  setLeverage: Operation<{ instrument: Instrument; leverage: number }, void>
  createOrder: Operation<PlainOrderIntent, FuturesOrder>
  createConditionalOrder: Operation<ConditionalOrderIntent, FuturesOrder>
  /** Plain or conditional, open or ended. Throws `ORDER_NOT_FOUND` when no book has it. */
  getOrder: Operation<OrderKey, FuturesOrder>
  /** Plain and conditional. */
  getOpenOrders: Operation<{ instrument?: Instrument }, FuturesOrder[]>
  /** Plain or conditional. Throws `ORDER_NOT_FOUND` when it is not open. */
  cancelOrder: Operation<{ instrument: Instrument; orderId: string }, void>
  /** Plain and conditional. */
  cancelAllOrders: Operation<{ instrument: Instrument }, void>
}

/** What an exchange can do, as data; printed to `docs/capabilities.md`. */
export interface Capabilities {
  /**
   * Prices a conditional order can watch; the first is the default. That is MARK where there is one:
   * liquidation follows it, and a single odd trade does not set it off.
   */
  readonly triggerSources: readonly TriggerSource[]
  readonly timeInForce: readonly TimeInForce[]
  readonly klineIntervals: readonly KlineInterval[]
  /** Whether a testnet exists. */
  readonly testnet: boolean
  /** Whether the answer to a new order is its state, or only the word that it arrived. */
  readonly orderAnswer: 'state' | 'receipt'
  /** Where a client order id may be used again. */
  readonly clientOrderIdUnique: 'whileOpen' | 'forEver'
  /** Side effects and limits a user would not expect. */
  readonly notes: readonly string[]
}

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
  /**
   * The operations of one exchange object. Most remember nothing; what must be learned of an account
   * once (its kind, its mode) stays inside.
   */
  createOperations(): Operations
}
