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
import * as account from './actions/account.ts'
import { amendOrder } from './actions/amendOrder.ts'
import { setCancelAllAfter } from './actions/cancelAllAfter.ts'
import { closePosition } from './actions/closePosition.ts'
import * as conditional from './actions/conditionalOrder.ts'
import { testConnectivity } from './actions/connectivity.ts'
import { createLimitOrder, createMarketOrder } from './actions/createOrder.ts'
import { createOrders } from './actions/createOrders.ts'
import * as history from './actions/history.ts'
import * as instruments from './actions/instruments.ts'
import { getKlines } from './actions/klines.ts'
import * as market from './actions/market.ts'
import * as modes from './actions/modes.ts'
import * as orders from './actions/orders.ts'
import * as watch from './actions/watch.ts'
import { normalizeSymbol } from './catalogue.ts'
import { type Client, createClient } from './client.ts'
import type { Capabilities, ExchangeDefinition, StreamedKline } from './definition.ts'
import type { FuturesExchange } from './FuturesExchange.ts'
import type { FuturesExchangeOptions } from './options.ts'
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
import { createManagedOrders } from './safety/managed/createManagedOrders.ts'
import type {
  ManagedOrders,
  ManagedOrdersRequest,
  ProtectedPositionRequest,
  ResumeOptions,
} from './safety/managed/managed.ts'
import { openProtectedPosition } from './safety/managed/openProtectedPosition.ts'
import { resumeManagedOrders } from './safety/managed/resumeManagedOrders.ts'
import type { Stream, Streamed, StreamOptions } from './streams/stream.ts'

/** The actions bound to one exchange; {@link FuturesExchange} documents each. */
export class FuturesClient implements FuturesExchange {
  readonly exchangeName: ExchangeName
  readonly capabilities: Capabilities
  // Private, so that neither printing nor serialising this object reaches a key.
  readonly #client: Client

  constructor(definition: ExchangeDefinition, options: FuturesExchangeOptions = {}) {
    this.exchangeName = definition.name
    this.capabilities = definition.capabilities
    this.#client = createClient(definition, options)
  }

  normalizeSymbol(symbol: string): string {
    return normalizeSymbol(this.#client.definition, symbol)
  }

  testConnectivity(): Promise<boolean> {
    return testConnectivity(this.#client)
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  getInstruments(): Promise<Instrument[]> {
    return instruments.getInstruments(this.#client)
  }

  getSymbolPrecision(symbol: string): Promise<SymbolPrecision> {
    return instruments.getSymbolPrecision(this.#client, symbol)
  }

  roundQuantity(quantity: string | number, symbol: string): Promise<Decimal> {
    return instruments.roundQuantity(this.#client, quantity, symbol)
  }

  roundPrice(price: string | number, symbol: string): Promise<Decimal> {
    return instruments.roundPrice(this.#client, price, symbol)
  }

  getTicker(symbol: string): Promise<Ticker> {
    return market.getTicker(this.#client, symbol)
  }

  getOrderBook(symbol: string, options?: { depth?: number }): Promise<OrderBook> {
    return market.getOrderBook(this.#client, symbol, options)
  }

  getTrades(symbol: string, options?: { limit?: number }): Promise<Trade[]> {
    return market.getTrades(this.#client, symbol, options)
  }

  getKlines(symbol: string, interval: KlineInterval, options?: KlineOptions): Promise<ColumnTable> {
    return getKlines(this.#client, symbol, interval, options)
  }

  getFundingRate(symbol: string): Promise<FundingRate> {
    return market.getFundingRate(this.#client, symbol)
  }

  getFundingRateHistory(symbol: string, options?: HistoryOptions): Promise<FundingRate[]> {
    return history.getFundingRateHistory(this.#client, symbol, options)
  }

  getOpenInterest(symbol: string): Promise<OpenInterest> {
    return market.getOpenInterest(this.#client, symbol)
  }

  getAccountInfo(): Promise<AccountInfo> {
    return account.getAccountInfo(this.#client)
  }

  getKeyPermissions(): Promise<KeyPermissions> {
    return account.getKeyPermissions(this.#client)
  }

  getPositionInfo(symbol?: string): Promise<FuturesPosition[]> {
    return account.getPositionInfo(this.#client, symbol)
  }

  getPositions(): Promise<FuturesPosition[]> {
    return account.getPositionInfo(this.#client)
  }

  getLeverage(symbol: string): Promise<number> {
    return modes.getLeverage(this.#client, symbol)
  }

  setLeverage(symbol: string, leverage: number): Promise<boolean> {
    return modes.setLeverage(this.#client, symbol, leverage)
  }

  getMarginMode(symbol: string): Promise<MarginMode> {
    return modes.getMarginMode(this.#client, symbol)
  }

  setMarginMode(symbol: string, marginMode: MarginMode): Promise<boolean> {
    return modes.setMarginMode(this.#client, symbol, marginMode)
  }

  getPositionMode(): Promise<PositionMode> {
    return modes.getPositionMode(this.#client)
  }

  setPositionMode(positionMode: PositionMode): Promise<boolean> {
    return modes.setPositionMode(this.#client, positionMode)
  }

  getFeeRates(symbol: string): Promise<FeeRates> {
    return account.getFeeRates(this.#client, symbol)
  }

  createMarketOrder(
    symbol: string,
    side: Side,
    quantity: string | number,
    options?: OrderOptions,
  ): Promise<FuturesOrder> {
    return createMarketOrder(this.#client, symbol, side, quantity, options)
  }

  createLimitOrder(
    symbol: string,
    side: Side,
    quantity: string | number,
    price: string | number,
    options?: OrderOptions,
  ): Promise<FuturesOrder> {
    return createLimitOrder(this.#client, symbol, side, quantity, price, options)
  }

  createStopLossOrder(request: ProtectiveOrderRequest): Promise<FuturesOrder> {
    return conditional.createStopLossOrder(this.#client, request)
  }

  createTakeProfitOrder(request: ProtectiveOrderRequest): Promise<FuturesOrder> {
    return conditional.createTakeProfitOrder(this.#client, request)
  }

  createTrailingStopOrder(request: TrailingStopOrderRequest): Promise<FuturesOrder> {
    return conditional.createTrailingStopOrder(this.#client, request)
  }

  createOrders(requests: readonly OrderRequest[]): Promise<OrderResult[]> {
    return createOrders(this.#client, requests)
  }

  amendOrder(request: AmendOrderRequest): Promise<FuturesOrder> {
    return amendOrder(this.#client, request)
  }

  getOrder(reference: OrderReference): Promise<FuturesOrder> {
    return orders.getOrder(this.#client, reference)
  }

  getOpenOrders(symbol?: string): Promise<FuturesOrder[]> {
    return orders.getOpenOrders(this.#client, symbol)
  }

  getOrderHistory(symbol: string, options?: HistoryOptions): Promise<FuturesOrder[]> {
    return history.getOrderHistory(this.#client, symbol, options)
  }

  getFills(symbol: string, options?: HistoryOptions): Promise<Fill[]> {
    return history.getFills(this.#client, symbol, options)
  }

  cancelOrder(symbol: string, orderId: string): Promise<boolean> {
    return orders.cancelOrder(this.#client, symbol, orderId)
  }

  cancelAllOrders(symbol: string): Promise<boolean> {
    return orders.cancelAllOrders(this.#client, symbol)
  }

  closePosition(
    symbol: string,
    options?: { positionSide?: PositionSide },
  ): Promise<FuturesOrder | undefined> {
    return closePosition(this.#client, symbol, options)
  }

  setCancelAllAfter(timeoutMs: number, symbol?: string): Promise<boolean> {
    return setCancelAllAfter(this.#client, timeoutMs, symbol)
  }

  createManagedOrders(request: ManagedOrdersRequest): Promise<ManagedOrders> {
    return createManagedOrders(this.#client, request)
  }

  openProtectedPosition(request: ProtectedPositionRequest): Promise<ManagedOrders> {
    return openProtectedPosition(this.#client, request)
  }

  resumeManagedOrders(options?: ResumeOptions): Promise<ManagedOrders[]> {
    return resumeManagedOrders(this.#client, options)
  }

  watchTicker(symbol: string, options?: StreamOptions): Stream<Streamed<Ticker>> {
    return watch.watchTicker(this.#client, symbol, options)
  }

  watchTrades(symbol: string, options?: StreamOptions): Stream<Streamed<Trade>> {
    return watch.watchTrades(this.#client, symbol, options)
  }

  watchKlines(
    symbol: string,
    interval: KlineInterval,
    options?: StreamOptions,
  ): Stream<Streamed<StreamedKline>> {
    return watch.watchKlines(this.#client, symbol, interval, options)
  }

  watchOrderBook(
    symbol: string,
    options?: StreamOptions & { depth?: number },
  ): Stream<Streamed<OrderBook>> {
    return watch.watchOrderBook(this.#client, symbol, options)
  }

  watchOrders(options?: StreamOptions): Stream<Streamed<FuturesOrder>> {
    return watch.watchUser(this.#client, 'watchOrders', options)
  }

  watchFills(options?: StreamOptions): Stream<Streamed<Fill>> {
    return watch.watchUser(this.#client, 'watchFills', options)
  }

  watchPositions(options?: StreamOptions): Stream<Streamed<FuturesPosition>> {
    return watch.watchUser(this.#client, 'watchPositions', options)
  }

  watchAccount(options?: StreamOptions): Stream<Streamed<AccountInfo>> {
    return watch.watchUser(this.#client, 'watchAccount', options)
  }
}
