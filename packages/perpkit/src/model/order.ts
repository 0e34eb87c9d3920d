import type { Decimal } from '../core/decimal.ts'
import type { OrderStatus, OrderType, PositionSide, Side, TimeInForce } from './tokens.ts'

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
  /** Which position it moves; hedge mode only. */
  positionSide?: PositionSide
  /** Trailing stops only: distance as a fraction of the best price. */
  callbackRate?: Decimal
  /** Trailing stops only: where it becomes active; absent when it was at once. */
  activationPrice?: Decimal
  reduceOnly?: boolean
  /** Closes the whole position, whatever its size. */
  closePosition?: boolean
  createdAt?: number
  updatedAt?: number
  raw?: unknown
}

/** One execution of an order of ours. */
export interface Fill {
  /** Unique for the symbol. */
  fillId: string
  /** As the order's own row has it: of a triggered conditional, the order it became. */
  orderId: string
  /** Absent where the exchange does not tell it with fills. */
  clientOrderId?: string
  symbol: string
  nativeSymbol: string
  side: Side
  /** Hedge mode only, where told. */
  positionSide?: PositionSide
  /** In the base asset. */
  quantity: Decimal
  price: Decimal
  /** Positive: paid; negative: a rebate. Absent where the exchange tells it elsewhere. */
  fee?: Decimal
  feeAsset?: string
  /** Absent where the exchange does not tell. */
  isMaker?: boolean
  /** Profit this execution settled, before fees, where told. */
  realizedPnl?: Decimal
  timestamp: number
  raw?: unknown
}
