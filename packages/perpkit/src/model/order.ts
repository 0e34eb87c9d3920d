import type { Decimal } from '../core/decimal.ts'
import type { OrderStatus, OrderType, Side, TimeInForce } from './tokens.ts'

/** An order as the exchange reports it, in our words. Quantities are in the base asset. */
export interface FuturesOrder {
  /**
   * Unique over plain and conditional orders of the account. A conditional order keeps it after it
   * has triggered.
   */
  orderId: string
  clientOrderId: string
  symbol: string
  nativeSymbol: string
  side: Side
  type: OrderType
  /** `'0'` where the order covers whatever the position is. */
  quantity: Decimal
  /** Limit price; `'0'` for market orders. */
  price: Decimal
  status: OrderStatus
  executedQty: Decimal
  timeInForce: TimeInForce
  /** Of what was executed; absent when nothing was or the exchange does not tell. */
  averagePrice?: Decimal
  /** Trigger price of a conditional order. */
  stopPrice?: Decimal
  reduceOnly?: boolean
  /** Closes the whole position, whatever its size. */
  closePosition?: boolean
  createdAt?: number
  updatedAt?: number
  raw?: unknown
}
