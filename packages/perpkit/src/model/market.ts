import type { Decimal } from '../core/decimal.ts'
import type { Side } from './tokens.ts'

/** Prices of a symbol at one time. */
export interface Ticker {
  symbol: string
  nativeSymbol: string
  /** Price of the last trade. */
  price: Decimal
  bidPrice: Decimal
  askPrice: Decimal
  markPrice: Decimal
  indexPrice: Decimal
  /** Traded in the last 24 hours, in the base asset. */
  volume?: Decimal
  /** Highest and lowest trade of the last 24 hours. */
  highPrice?: Decimal
  lowPrice?: Decimal
  /** The running funding rate, a fraction; positive: longs pay. */
  fundingRate?: Decimal
  nextFundingTime?: number
  timestamp: number
  raw?: unknown
}

/** One side's levels: `[price, quantity]`, best first. */
export type Level = readonly [price: Decimal, quantity: Decimal]

export interface OrderBook {
  symbol: string
  nativeSymbol: string
  bids: Level[]
  asks: Level[]
  timestamp: number
  raw?: unknown
}

/** One public execution, told from the aggressor's side. */
export interface Trade {
  symbol: string
  nativeSymbol: string
  tradeId: string
  price: Decimal
  quantity: Decimal
  side: Side
  timestamp: number
  raw?: unknown
}

/** A funding rate: fraction of the notional for one interval; positive: longs pay shorts. */
export interface FundingRate {
  symbol: string
  nativeSymbol: string
  rate: Decimal
  /** When it was settled, or will be. */
  timestamp: number
  /** Between two settlements, where told. */
  intervalMs?: number
  /** At the settlement, where told. */
  markPrice?: Decimal
  raw?: unknown
}

/** What is open in a contract, counted once for both sides. */
export interface OpenInterest {
  symbol: string
  nativeSymbol: string
  /** In the base asset. */
  quantity: Decimal
  /** In the quote asset, where told. */
  notional?: Decimal
  timestamp: number
  raw?: unknown
}

/** One candle; numbers, because candles are for calculation and charts. */
export interface Kline {
  /** Start of the interval. */
  timestamp: number
  open: number
  high: number
  low: number
  close: number
  /** In the base asset. */
  volume: number
}
