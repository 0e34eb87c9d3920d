import type { ColumnTable } from 'arquero'
import type { Decimal } from '../core/decimal.ts'
import type { AccountInfo, FeeRates, FuturesPosition, KeyPermissions } from '../model/account.ts'
import type { Instrument, SymbolPrecision } from '../model/instrument.ts'
import type { FundingRate, OpenInterest, OrderBook, Ticker, Trade } from '../model/market.ts'
import type { Fill, FuturesOrder } from '../model/order.ts'
import type {
  ExchangeName,
  KlineInterval,
  MarginMode,
  PositionMode,
  PositionSide,
  Side,
} from '../model/tokens.ts'
import type { Capabilities, StreamedKline } from './definition.ts'
import type {
  AmendOrderRequest,
  HistoryOptions,
  KlineOptions,
  OrderOptions,
  OrderReference,
  OrderRequest,
  OrderResult,
  ProtectiveOrderRequest,
  TrailingStopOrderRequest,
} from './requests.ts'
import type {
  ManagedOrders,
  ManagedOrdersRequest,
  ProtectedPositionRequest,
  ResumeOptions,
} from './safety/managed/managed.ts'
import type { Stream, Streamed, StreamOptions } from './streams/stream.ts'

/**
 * One exchange through one set of words. Prices and quantities are decimal strings in and out;
 * quantities are in the base asset. `symbol` is `'BTCUSDT'`, `'BTC/USDT'` or the exchange's own
 * form. Arguments that cannot be meant throw `RequestError` before anything is sent; private
 * methods without a key throw `AuthenticationError` before anything is sent. Every result carries
 * the exchange's own answer as a non-enumerable `raw`.
 */
export interface FuturesExchange {
  readonly exchangeName: ExchangeName
  readonly capabilities: Capabilities

  /** `'BTC/USDT'` or `'BTCUSDT'` to the exchange's own form. Pure: does not ask whether it is listed. */
  normalizeSymbol(symbol: string): string

  /** Whether the exchange answers, with a signed probe when a key is given. Never throws. */
  testConnectivity(): Promise<boolean>
  /** Ends all connections; every later call throws `RequestError`. */
  close(): Promise<void>

  /** All perpetual contracts of the exchange. */
  getInstruments(): Promise<Instrument[]>
  /**
   * Rules of a symbol; fetched once and remembered. `maxLeverage` needs a key where the exchange
   * tells it only to accounts (Binance) and is absent without one.
   */
  getSymbolPrecision(symbol: string): Promise<SymbolPrecision>
  /** Down to the step size, in plain notation. */
  roundQuantity(quantity: string | number, symbol: string): Promise<Decimal>
  /** To the nearest tick, in plain notation. */
  roundPrice(price: string | number, symbol: string): Promise<Decimal>
  getTicker(symbol: string): Promise<Ticker>
  /** Best `depth` levels a side (default 50). */
  getOrderBook(symbol: string, options?: { depth?: number }): Promise<OrderBook>
  /**
   * The newest public trades, ascending, `side` being the taker's; the newest `limit` (default 100),
   * or as many as the exchange hands out at once where that is fewer.
   */
  getTrades(symbol: string, options?: { limit?: number }): Promise<Trade[]>
  /**
   * Candles as an arquero table with the columns `timestamp open high low close volume`, ascending
   * by `timestamp`, the open candle last. Numbers are float64: for analysis, not for orders. What is
   * not in `capabilities.klineIntervals` is put together from shorter candles.
   */
  getKlines(symbol: string, interval: KlineInterval, options?: KlineOptions): Promise<ColumnTable>
  /** The rate the next settlement will take, as far as it is known now. */
  getFundingRate(symbol: string): Promise<FundingRate>
  /** Settled rates, ascending. */
  getFundingRateHistory(symbol: string, options?: HistoryOptions): Promise<FundingRate[]>
  getOpenInterest(symbol: string): Promise<OpenInterest>

  getAccountInfo(): Promise<AccountInfo>
  /**
   * What the key in use may do, for a look before the first order. Throws `UNSUPPORTED` where only
   * another product's host tells (Binance, HTX).
   */
  getKeyPermissions(): Promise<KeyPermissions>
  /** Open positions only, of one symbol or all; in hedge mode both sides. */
  getPositionInfo(symbol?: string): Promise<FuturesPosition[]>
  /** The same as `getPositionInfo()`. */
  getPositions(): Promise<FuturesPosition[]>
  /** In hedge mode with isolated margin, where each side has its own, that of the long side. */
  getLeverage(symbol: string): Promise<number>
  /**
   * `true` once it is so, also when it already was; of both sides in hedge mode. On Kraken it also
   * isolates the margin.
   */
  setLeverage(symbol: string, leverage: number): Promise<boolean>
  /** What the next order of the symbol will use. */
  getMarginMode(symbol: string): Promise<MarginMode>
  /**
   * `true` once it is so, also when it already was. What it is a setting of is in
   * `capabilities.marginModeScope`: of the whole account on Bybit; where it is said with each order
   * (OKX, HTX), this object remembers it for its own orders. Throws `STATE_CONFLICT` when open
   * positions or orders stand in the way.
   */
  setMarginMode(symbol: string, marginMode: MarginMode): Promise<boolean>
  getPositionMode(): Promise<PositionMode>
  /** Of the whole account; as {@link setMarginMode}. Kraken has one-way mode alone. */
  setPositionMode(positionMode: PositionMode): Promise<boolean>
  getFeeRates(symbol: string): Promise<FeeRates>

  /** Resolves with its fill; see `awaitFill` in {@link OrderOptions}. */
  createMarketOrder(
    symbol: string,
    side: Side,
    quantity: string | number,
    options?: OrderOptions,
  ): Promise<FuturesOrder>
  createLimitOrder(
    symbol: string,
    side: Side,
    quantity: string | number,
    price: string | number,
    options?: OrderOptions,
  ): Promise<FuturesOrder>
  /** A market order that waits for the price to move against the position. */
  createStopLossOrder(request: ProtectiveOrderRequest): Promise<FuturesOrder>
  /** A market order that waits for the price to move in favour of the position. */
  createTakeProfitOrder(request: ProtectiveOrderRequest): Promise<FuturesOrder>
  /**
   * A market order that waits until the price has come back by `callbackRate` from the best one
   * seen. Rates an exchange takes are in `capabilities.trailing`.
   */
  createTrailingStopOrder(request: TrailingStopOrderRequest): Promise<FuturesOrder>
  /**
   * Many orders, in native batches where there are some; one result for each, in their order. A
   * wrong argument in any of them throws before anything is sent; what the exchange says of each is
   * in its result.
   */
  createOrders(orders: readonly OrderRequest[]): Promise<OrderResult[]>
  /**
   * Changes an open order; what can be changed where is in `capabilities.amend`. An exchange that
   * replaces orders to change them (classic Bitget accounts) gives the order new ids. Throws
   * `ORDER_ENDED` when there is nothing left to change.
   */
  amendOrder(request: AmendOrderRequest): Promise<FuturesOrder>
  /** Plain or conditional, open or ended. Throws `OrderNotFoundError` when it was never seen. */
  getOrder(reference: OrderReference): Promise<FuturesOrder>
  /** Plain and conditional orders, of one symbol or all. */
  getOpenOrders(symbol?: string): Promise<FuturesOrder[]>
  /** Orders that have ended, plain and conditional, ascending by `createdAt`. */
  getOrderHistory(symbol: string, options?: HistoryOptions): Promise<FuturesOrder[]>
  /** Own executions, ascending. */
  getFills(symbol: string, options?: HistoryOptions): Promise<Fill[]>
  /**
   * Plain or conditional. `true`: cancelled now; `false`: it had already ended. Throws
   * `OrderNotFoundError` when it was never seen.
   */
  cancelOrder(symbol: string, orderId: string): Promise<boolean>
  /** Plain and conditional orders; `true` when none is left. */
  cancelAllOrders(symbol: string): Promise<boolean>
  /**
   * Closes with a reduce-only market order; `undefined` when there is no position. In hedge mode
   * both sides unless one is named; the last order is returned.
   */
  closePosition(
    symbol: string,
    options?: { positionSide?: PositionSide },
  ): Promise<FuturesOrder | undefined>
  /**
   * The dead man's switch: all open orders are cancelled `timeoutMs` from now unless it is set
   * again; 0 switches it off. Limits, and whether stops go too, are in
   * `capabilities.cancelAllAfter`; where it counts by symbol (Binance), the symbol must be named.
   */
  setCancelAllAfter(timeoutMs: number, symbol?: string): Promise<boolean>

  /**
   * Protects an open position: one stop, placed first and verified to be live, then the
   * take-profits. Protection that is already there is replaced, the new stop standing before the old
   * one goes. A stop that cannot be placed always rejects, with `ProtectionError`. From then on the
   * object looks after itself until all is done or this exchange object is closed: orders rest at
   * the exchange throughout.
   */
  createManagedOrders(request: ManagedOrdersRequest): Promise<ManagedOrders>
  /**
   * Opens a position and protects it: the stop goes with the entry where the exchange takes it so
   * (`capabilities.attachedStop`), else it is placed with the first fill seen and grows with the
   * others. A market entry resolves when the stop stands and the targets are placed; a limit entry
   * when it rests, and its targets follow once it is final. Refused before anything is sent where
   * there is a position on that side already. `side` is that of the protective orders: `SELL` opens
   * and protects a long. Rejects with `OutcomeUnknownError` when the fate of the entry is unknown;
   * whatever appears of it is protected nevertheless.
   */
  openProtectedPosition(request: ProtectedPositionRequest): Promise<ManagedOrders>
  /**
   * After a restart: takes up every managed order of this exchange that the journal has as not
   * done, puts right what has happened meanwhile (or closes, as `onUnprotected` says) and supervises
   * it. Orders of others are left alone. Rejects with what could not be taken up only after all
   * others have been; a second call returns the same objects.
   */
  resumeManagedOrders(options?: ResumeOptions): Promise<ManagedOrders[]>

  /**
   * Prices as they change. A reader that falls behind is given the newest.
   *
   * Streams are async iterables: they connect by themselves and again after every loss, tell where
   * they stand in `status`, and end with `close()`, by leaving the loop, or by a `signal`. Items
   * carry the event's own `timestamp` and our `receivedAt`. A symbol that is not listed, a refused
   * subscription or a refused key rejects the next item.
   */
  watchTicker(symbol: string, options?: StreamOptions): Stream<Streamed<Ticker>>
  /**
   * Every public trade from now on, `side` being the taker's; on Binance those of one order at one
   * price are one. None is dropped: when 10 000 wait, the stream ends with `STREAM_OVERFLOW`. What was
   * printed while the connection was away is read afterwards and marked `recovered`; where that does
   * not reach back, the next trade says `afterGap`.
   */
  watchTrades(symbol: string, options?: StreamOptions): Stream<Streamed<Trade>>
  /**
   * The running candle with each change and, once, as it closed (`isClosed`); those that closed while
   * the connection was away are told as trades are. Rejects with `UNSUPPORTED` an interval that the
   * exchange does not stream.
   */
  watchKlines(
    symbol: string,
    interval: KlineInterval,
    options?: StreamOptions,
  ): Stream<Streamed<StreamedKline>>
  /**
   * The best `depth` levels a side (default 50) after each change; a reader that falls behind is
   * given the newest. A book that is not known to be true is never handed out: `status` is
   * `RESYNCING` until it is again.
   */
  watchOrderBook(
    symbol: string,
    options?: StreamOptions & { depth?: number },
  ): Stream<Streamed<OrderBook>>
  /**
   * Every change of an order of this account from now on, plain or conditional. What happens while
   * the connection is away is read afterwards and told in order, marked `recovered`; nothing is told
   * twice.
   */
  watchOrders(options?: StreamOptions): Stream<Streamed<FuturesOrder>>
  /** Every execution of this account from now on, once; as {@link watchOrders}. */
  watchFills(options?: StreamOptions): Stream<Streamed<Fill>>
  /**
   * Open positions as they are, then each that changes in more than its prices; one that was closed
   * is told once with size `'0'`.
   */
  watchPositions(options?: StreamOptions): Stream<Streamed<FuturesPosition>>
  /** The account as it is, then whenever a balance changes. */
  watchAccount(options?: StreamOptions): Stream<Streamed<AccountInfo>>
}
