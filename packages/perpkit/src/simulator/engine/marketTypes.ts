import type { Decimal } from '../../core/decimal.ts'

// What anyone may see of a market.

export type EngineSide = 'BUY' | 'SELL'

export type BookLevel = [price: Decimal, quantity: Decimal]

export interface Depth {
  /** Best first. */
  bids: BookLevel[]
  asks: BookLevel[]
  /** Grows with every change of the book. */
  sequence: number
}

export interface Prices {
  last: Decimal
  mark: Decimal
  index: Decimal
  bid: Decimal
  bidQuantity: Decimal
  ask: Decimal
  askQuantity: Decimal
}

export interface EngineKline {
  start: number
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  /** In the base asset. */
  volume: Decimal
  /** In the quote asset. */
  turnover: Decimal
  trades: number
}

/** A public trade; `side` is the aggressor's. */
export interface EngineTrade {
  tradeId: string
  symbol: string
  price: Decimal
  quantity: Decimal
  side: EngineSide
  timestamp: number
}

export interface DaySummary {
  open: Decimal
  high: Decimal
  low: Decimal
  volume: Decimal
  turnover: Decimal
  trades: number
}

/** A funding rate as it was settled. */
export interface SettledFunding {
  /** Fraction of the notional, for one interval; positive: longs pay shorts. */
  rate: Decimal
  markPrice: Decimal
  timestamp: number
}
