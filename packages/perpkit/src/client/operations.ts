import type { Decimal } from '../core/decimal.ts'
import type { AccountInfo, FeeRates, FuturesPosition, KeyPermissions } from '../model/account.ts'
import type { ErrorCode } from '../model/errorCodes.ts'
import type { Instrument } from '../model/instrument.ts'
import type { FundingRate, Kline, OpenInterest, OrderBook, Ticker, Trade } from '../model/market.ts'
import type { Fill, FuturesOrder } from '../model/order.ts'
import type {
  KlineInterval,
  MarginMode,
  PlainOrderType,
  PositionMode,
  PositionSide,
  Side,
  TimeInForce,
  TriggerSource,
} from '../model/tokens.ts'
import type { NativeError, Operation } from './native.ts'

// Everything the client asks of an exchange, in our words.

/** What every new order says. */
interface NewOrder {
  instrument: Instrument
  side: Side
  quantity: Decimal
  /** It may only shrink a position; in hedge mode exactly when `side` closes `positionSide`. */
  reduceOnly: boolean
  clientOrderId: string
  /** Which position it moves: always given in hedge mode, never in one-way mode. */
  positionSide?: PositionSide
  /** Given where `namesMarginMode`. */
  marginMode?: MarginMode
}

export interface PlainOrderIntent extends NewOrder {
  type: PlainOrderType
  /** Limit orders only. */
  price?: Decimal
  /** Limit orders only. */
  timeInForce?: TimeInForce
  /** Placed with what fills, by the exchange itself; given only where `attachedStop`. */
  stopLoss?: { stopPrice: Decimal; triggerSource: TriggerSource }
}

export interface ConditionalOrderIntent extends NewOrder {
  type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET'
  stopPrice: Decimal
  triggerSource: TriggerSource
  /**
   * It closes whatever the position is when it triggers; given only where `stopSizing`, and
   * `quantity` is then what the position is now.
   */
  closePosition?: boolean
}

/** The stop that belongs to a position and not to an order. */
export interface PositionStopIntent {
  instrument: Instrument
  /** Of the protective order: `SELL` closes a long. */
  side: Side
  /** Hedge mode only. */
  positionSide?: PositionSide
  marginMode?: MarginMode
  stopPrice: Decimal
  triggerSource: TriggerSource
}

/** A stop that follows the best price since it became active. */
export interface TrailingOrderIntent extends NewOrder {
  /** Distance as a fraction of the best price: 0.01 is 1 %. */
  callbackRate: Decimal
  /** Where it becomes active; absent: at once. */
  activationPrice?: Decimal
  triggerSource: TriggerSource
}

/** A change of an open order; at least one of the three figures, or what it watches. */
export interface AmendIntent {
  instrument: Instrument
  /** As it was just read. */
  order: FuturesOrder
  /** The new total, what was executed included. */
  quantity?: Decimal
  price?: Decimal
  stopPrice?: Decimal
  /**
   * Which price it is to watch from now on; given only of a stop that came with its entry, where
   * `attachedStop` says that this could not be chosen.
   */
  triggerSource?: TriggerSource
  /** Of the order that takes its place, where an exchange replaces orders to change them. */
  newClientOrderId: string
}

/** What became of one order of a batch. */
export type BatchItem =
  | { order: FuturesOrder }
  | { refusal: { code: ErrorCode } & NativeError }
  | { unknown: NativeError }

/** Which order is meant; at least one of the two ids. */
export interface OrderKey {
  instrument: Instrument
  orderId?: string
  clientOrderId?: string
  /** The order as it was, or as far as it is known: where looking further is dear, that may do. */
  known?: FuturesOrder
}

/** What has ended lately, of all symbols. */
export interface EndedQuery {
  /** Everything that ended from here on is wanted. */
  startTime: number
  /** Orders that were open: what has become of them is told under their ids. */
  known: readonly FuturesOrder[]
}

/** Candles whose start lies in [startTime, endTime]: at most `klines.maxPerRequest` of them. */
export interface KlinePage {
  instrument: Instrument
  interval: KlineInterval
  startTime: number
  endTime: number
  limit: number
}

/** A stretch of the past: the newest `limit` rows in [startTime, endTime] are wanted. */
export interface HistoryQuery {
  instrument: Instrument
  startTime: number
  endTime: number
  limit: number
}

/** Which leverage is meant; the two modes are given where `namesMarginMode`. */
export interface LeverageKey {
  instrument: Instrument
  marginMode?: MarginMode
  positionMode?: PositionMode
}

/** Everything the client asks of an exchange. Refusals are thrown by `Call`, in our classes. */
export interface Operations {
  getServerTime: Operation<void, number>
  getInstruments: Operation<void, Instrument[]>
  /** Where the public listing does not tell it. */
  getMaxLeverage?: Operation<{ instrument: Instrument }, number>
  getTicker: Operation<{ instrument: Instrument }, Ticker>
  getOrderBook: Operation<{ instrument: Instrument; depth: number }, OrderBook>
  /** The newest, ascending; fewer where the exchange hands out fewer at once. */
  getTrades: Operation<{ instrument: Instrument; limit: number }, Trade[]>
  getKlines: Operation<KlinePage, Kline[]>
  getFundingRate: Operation<{ instrument: Instrument }, FundingRate>
  /** Settled rates, in any order; may hold more than was asked for. */
  getFundingRateHistory: Operation<HistoryQuery, FundingRate[]>
  getOpenInterest: Operation<{ instrument: Instrument }, OpenInterest>

  getAccountInfo: Operation<void, AccountInfo>
  /** Of the key that signs. Absent where the host of the contracts does not tell. */
  getKeyPermissions?: Operation<void, KeyPermissions>
  /** Open positions only: in hedge mode up to two a symbol. */
  getPositions: Operation<{ instrument?: Instrument }, FuturesPosition[]>
  getLeverage: Operation<LeverageKey, number>
  /** Done also when it was so already. In hedge mode of both sides. */
  setLeverage: Operation<LeverageKey & { leverage: number }, void>
  /** `undefined`: the exchange keeps none, and no open position tells. */
  getMarginMode: Operation<{ instrument: Instrument }, MarginMode | undefined>
  /** Done also when it was so already. Absent where it is only said with each order. */
  setMarginMode?: Operation<{ instrument: Instrument; marginMode: MarginMode }, void>
  /** Absent where there is one-way mode alone. Without an instrument: of the account. */
  getPositionMode?: Operation<{ instrument?: Instrument }, PositionMode>
  /** Of the whole account. Done also when it was so already. */
  setPositionMode?: Operation<{ positionMode: PositionMode }, void>
  getFeeRates: Operation<{ instrument: Instrument }, FeeRates>

  createOrder: Operation<PlainOrderIntent, FuturesOrder>
  createConditionalOrder: Operation<ConditionalOrderIntent, FuturesOrder>
  /**
   * Gives the position this stop, in the place of the one it has; done also when it has it already.
   * Present where `stopSizing` is `'set'`; found afterwards among the open orders, with
   * `closePosition: true`.
   */
  setPositionStop?: Operation<PositionStopIntent, void>
  createTrailingOrder?: Operation<TrailingOrderIntent, FuturesOrder>
  /** In one native call: at most `batch.maxOrders`, one item for each intent, in their order. */
  createOrders?: Operation<readonly PlainOrderIntent[], readonly BatchItem[]>
  amendOrder?: Operation<AmendIntent, FuturesOrder>
  /** Plain or conditional, open or ended. Throws `ORDER_NOT_FOUND` when no book has it. */
  getOrder: Operation<OrderKey, FuturesOrder>
  /** Plain and conditional. */
  getOpenOrders: Operation<{ instrument?: Instrument }, FuturesOrder[]>
  /** Ended ones, plain and conditional, in any order; may hold more than was asked for. */
  getOrderHistory: Operation<HistoryQuery, FuturesOrder[]>
  /** Present where one question answers for all symbols; may hold more than was asked for. */
  getEndedOrders?: Operation<EndedQuery, FuturesOrder[]>
  /** In any order; may hold more than was asked for. */
  getFills: Operation<HistoryQuery, Fill[]>
  /** Plain or conditional. Throws `ORDER_NOT_FOUND` when it is not open. */
  cancelOrder: Operation<{ instrument: Instrument; orderId: string }, void>
  /** Plain and conditional. */
  cancelAllOrders: Operation<{ instrument: Instrument }, void>
  /** `timeoutMs` 0 switches it off. The instrument is given where it counts by symbol. */
  setCancelAllAfter?: Operation<{ timeoutMs: number; instrument?: Instrument }, void>
}
