import type { Decimal } from '../core/decimal.ts'
import type {
  KlineInterval,
  MarginMode,
  PlainOrderType,
  PositionMode,
  TimeInForce,
  TriggerSource,
} from '../model/tokens.ts'

/** What an exchange can do, as data; printed to `docs/capabilities.md`. */
export interface Capabilities {
  /**
   * Prices a conditional order can watch; the first is the default. That is MARK where there is one:
   * liquidation follows it, and a single odd trade does not set it off.
   */
  readonly triggerSources: readonly TriggerSource[]
  readonly timeInForce: readonly TimeInForce[]
  /** Candles the exchange has; all others are put together from shorter ones. */
  readonly klineIntervals: readonly KlineInterval[]
  readonly positionModes: readonly PositionMode[]
  readonly marginModes: readonly MarginMode[]
  /** What the margin mode is a setting of; `'order'`: it is said with each order. */
  readonly marginModeScope: 'account' | 'symbol' | 'order'
  /** What an open order can be changed in; nothing: it must be cancelled and placed anew. */
  readonly amend: {
    readonly plain: readonly ('quantity' | 'price')[]
    readonly conditional: readonly ('quantity' | 'stopPrice')[]
  }
  /**
   * A stop that closes whatever the position is when it triggers, and how its price is changed.
   * `'set'`: it belongs to the position and is set anew; `'amend'`: it is an order that is amended;
   * `'bridge'`: one a side, and it must be cancelled and placed anew while another stop of a fixed
   * quantity stands in. Absent: stops have a quantity, which is kept true to the position.
   */
  readonly stopSizing?: 'set' | 'amend' | 'bridge'
  /** A stop larger than the position closes nothing, but fails at its trigger. Default: it is cut. */
  readonly oversizedStopFails?: boolean
  /** Entries that can bring their stop with them, placed by the exchange itself; absent: none. */
  readonly attachedStop?: {
    /** Those whose stop stands from their first fill on. */
    readonly entries: readonly PlainOrderType[]
    /** Modes in which that stop can only close. */
    readonly positionModes: readonly PositionMode[]
    /** The price it watches, where that cannot be chosen. */
    readonly triggerSource?: TriggerSource
  }
  /** Orders that one native call takes; absent: they are sent one by one. */
  readonly batch?: {
    readonly maxOrders: number
    /** Whether all of them must be of one symbol. */
    readonly oneSymbol: boolean
  }
  /** Callback rates of trailing stops, fractions; absent where there are none. */
  readonly trailing?: {
    readonly minCallbackRate: Decimal
    readonly maxCallbackRate: Decimal
    readonly callbackRateStep: Decimal
    /** Prices they can follow; the first is the default. */
    readonly triggerSources: readonly TriggerSource[]
    /** Whether they can begin to follow at a price of their own; else at once. */
    readonly activationPrice: boolean
  }
  /** The dead man's switch; absent where there is none. */
  readonly cancelAllAfter?: {
    /** `'symbol'`: one for each symbol, which must be named. */
    readonly scope: 'account' | 'symbol'
    readonly minMs: number
    readonly maxMs: number
    /** What the time-out is a multiple of. */
    readonly stepMs: number
    /** Whether it takes conditional orders, stops among them, too. */
    readonly includesConditional: boolean
  }
  /** Methods the exchange cannot do, each with the reason; they throw before anything is sent. */
  readonly unsupported: Readonly<Partial<Record<MethodName, string>>>
  /** Methods made of other calls or kept on our side, each with how; all others are native. */
  readonly emulated: Readonly<Partial<Record<MethodName, string>>>
  /** Whether a testnet exists. */
  readonly testnet: boolean
  /** Whether the answer to a new order is its state, or only the word that it arrived. */
  readonly orderAnswer: 'state' | 'receipt'
  /** Where a client order id may be used again. */
  readonly clientOrderIdUnique: 'whileOpen' | 'forEver'
  /** Side effects and limits a user would not expect. */
  readonly notes: readonly string[]
}

/** Methods that are not the same everywhere. */
export type MethodName =
  | 'createTrailingStopOrder'
  | 'createOrders'
  | 'amendOrder'
  | 'setMarginMode'
  | 'getMarginMode'
  | 'setPositionMode'
  | 'getPositionMode'
  | 'setCancelAllAfter'
  | 'getOpenInterest'
  | 'getFundingRateHistory'
  | 'getFeeRates'
  | 'getKeyPermissions'
