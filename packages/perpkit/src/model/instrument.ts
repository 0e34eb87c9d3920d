import type { Decimal } from '../core/decimal.ts'

/** A perpetual contract with its rules. Quantities are in the base asset, prices in the quote asset. */
export interface Instrument {
  /** Unified name, `'BTCUSDT'` (Kraken: `'BTCUSD'`). */
  symbol: string
  /** The exchange's own name of it. */
  nativeSymbol: string
  baseAsset: string
  quoteAsset: string
  /** What profit and margin are paid in. */
  settleAsset: string
  /** Whether new orders are accepted now. */
  isTrading: boolean
  /** Smallest step of a price. */
  tickSize: Decimal
  /** Smallest step of a quantity, in the base asset. */
  stepSize: Decimal
  minQuantity: Decimal
  /** Largest limit order. */
  maxQuantity: Decimal
  /** Largest market order, where it is smaller than a limit order's. */
  maxMarketQuantity: Decimal
  /** Smallest quantity × price of an order, in the quote asset; `'0'` where there is no such rule. */
  minNotional: Decimal
  /** Base units in one contract of the exchange; `'1'` where it counts in base units. */
  contractMultiplier: Decimal
  /** Where the public listing tells it. */
  maxLeverage?: number
  raw?: unknown
}

/** The rules of a symbol in one place, as `getSymbolPrecision` gives them. */
export interface SymbolPrecision {
  /** Decimals of a quantity. */
  quantityPrecision: number
  /** Decimals of a price. */
  pricePrecision: number
  stepSize: Decimal
  tickSize: Decimal
  minQuantity: Decimal
  maxQuantity: Decimal
  minNotional: Decimal
  contractMultiplier: Decimal
  /** Absent without a key where the exchange tells it only to accounts. */
  maxLeverage?: number
}
