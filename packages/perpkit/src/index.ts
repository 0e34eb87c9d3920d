export {
  createFuturesExchange,
  registerFuturesExchange,
} from './client/createFuturesExchange.ts'
export type * from './client/definition.ts'
export type * from './client/FuturesExchange.ts'
export type { Logger } from './client/logger.ts'
export type { FuturesExchangeOptions, RateLimitOptions } from './client/options.ts'
export type * from './client/requests.ts'
export type * from './client/safety/journal.ts'
export type * from './client/safety/managed/managed.ts'
export { readOrderId } from './client/safety/orderIds.ts'
export type {
  Stream,
  Streamed,
  StreamOptions,
  StreamStatus,
} from './client/streams/stream.ts'
export type { Clock } from './core/clock.ts'
export type { Random } from './core/random.ts'
export { EXCHANGE_REGISTRY } from './exchanges/registry.ts'
export type * from './model/account.ts'
export { ERROR_CODES, type ErrorCode } from './model/errorCodes.ts'
export {
  AuthenticationError,
  DecodeError,
  ExchangeError,
  InsufficientMarginError,
  OrderNotFoundError,
  OutcomeUnknownError,
  PerpkitError,
  ProtectionError,
  RateLimitError,
  RequestError,
  TransportError,
} from './model/errors.ts'
export type * from './model/instrument.ts'
export type * from './model/market.ts'
export type * from './model/order.ts'
export type * from './model/tokens.ts'
export { EXCHANGE_NAMES } from './model/tokens.ts'
export type { BudgetClass, BudgetStore, Quota, Share, Taking } from './transport/budgetStore.ts'
export {
  createRedisBudgetStore,
  type RedisBudgetStore,
  type RedisBudgetStoreOptions,
  type RedisCommands,
} from './transport/redisStore.ts'
export type {
  Socket,
  SocketConnector,
  SocketEvents,
  SocketRequest,
} from './transport/socket.ts'
export {
  type HttpAnswer,
  type HttpRequest,
  SendFailure,
  type Transport,
} from './transport/types.ts'
