import type { ColumnTable } from 'arquero'
import type { Decimal } from '../core/decimal.ts'
import type { AccountInfo, FuturesPosition } from '../model/account.ts'
import type { Instrument, SymbolPrecision } from '../model/instrument.ts'
import type { OrderBook, Ticker } from '../model/market.ts'
import type { FuturesOrder } from '../model/order.ts'
import type { ExchangeName, KlineInterval, Side } from '../model/tokens.ts'
import type { Capabilities } from './definition.ts'
import type {
  KlineOptions,
  OrderOptions,
  OrderReference,
  ProtectiveOrderRequest,
} from './requests.ts'
import type { ManagedOrders, ManagedOrdersRequest } from './safety/managed.ts'

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
   * Candles as an arquero table with the columns `timestamp open high low close volume`, ascending
   * by `timestamp`, the open candle last. Numbers are float64: for analysis, not for orders.
   */
  getKlines(symbol: string, interval: KlineInterval, options?: KlineOptions): Promise<ColumnTable>

  getAccountInfo(): Promise<AccountInfo>
  /** Open positions only, of one symbol or all. */
  getPositionInfo(symbol?: string): Promise<FuturesPosition[]>
  /** The same as `getPositionInfo()`. */
  getPositions(): Promise<FuturesPosition[]>
  getLeverage(symbol: string): Promise<number>
  /** `true` once it is so, also when it already was. */
  setLeverage(symbol: string, leverage: number): Promise<boolean>

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
  /** Plain or conditional, open or ended. Throws `OrderNotFoundError` when it was never seen. */
  getOrder(reference: OrderReference): Promise<FuturesOrder>
  /** Plain and conditional orders, of one symbol or all. */
  getOpenOrders(symbol?: string): Promise<FuturesOrder[]>
  /**
   * Plain or conditional. `true`: cancelled now; `false`: it had already ended. Throws
   * `OrderNotFoundError` when it was never seen.
   */
  cancelOrder(symbol: string, orderId: string): Promise<boolean>
  /** Plain and conditional orders; `true` when none is left. */
  cancelAllOrders(symbol: string): Promise<boolean>
  /** Closes with a reduce-only market order; `undefined` when there is no position. */
  closePosition(symbol: string): Promise<FuturesOrder | undefined>

  /**
   * Protects an open position: one stop for all of it, placed first and verified to be live, then
   * the take-profits. Protection that is already there is replaced, the new stop standing before
   * the old one goes. A stop that cannot be placed always rejects.
   */
  createManagedOrders(request: ManagedOrdersRequest): Promise<ManagedOrders>
}
