/** The exchanges, as `createFuturesExchange` and every error name them. */
export const EXCHANGE_NAMES = ['BINANCE', 'BYBIT', 'OKX', 'BITGET', 'HTX', 'KRAKEN'] as const

export type ExchangeName = (typeof EXCHANGE_NAMES)[number]

/** Direction of an order or fill. */
export type Side = 'BUY' | 'SELL'

/** Direction of a position. */
export type PositionSide = 'LONG' | 'SHORT'

export type PlainOrderType = 'MARKET' | 'LIMIT'

/** Orders that wait for a trigger price. */
export type ConditionalOrderType =
  | 'STOP_MARKET'
  | 'STOP'
  | 'TAKE_PROFIT_MARKET'
  | 'TAKE_PROFIT'
  | 'TRAILING_STOP_MARKET'

export type OrderType = PlainOrderType | ConditionalOrderType

/** `PENDING`: a conditional order that waits for its trigger. */
export type OrderStatus =
  | 'NEW'
  | 'PENDING'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELLED'
  | 'REJECTED'
  | 'EXPIRED'

/** `GTX` is post-only: the order rests or is refused. */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'

/** The price a conditional order watches. */
export type TriggerSource = 'MARK' | 'LAST' | 'INDEX'

export type MarginMode = 'CROSS' | 'ISOLATED'

export type PositionMode = 'ONE_WAY' | 'HEDGE'

export type KlineInterval =
  | '1m'
  | '3m'
  | '5m'
  | '15m'
  | '30m'
  | '1h'
  | '2h'
  | '4h'
  | '6h'
  | '8h'
  | '12h'
  | '1d'
  | '3d'
  | '1w'
  | '1M'

export function opposite(side: Side): Side {
  return side === 'BUY' ? 'SELL' : 'BUY'
}

/** Whether an order of this status can still change. */
export function isOpen(status: OrderStatus): boolean {
  return status === 'NEW' || status === 'PENDING' || status === 'PARTIALLY_FILLED'
}
