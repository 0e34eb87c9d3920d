import type { Decimal } from '../core/decimal.ts'
import type { MarginMode, PositionSide } from './tokens.ts'

export interface AssetBalance {
  asset: string
  walletBalance: Decimal
  availableBalance: Decimal
  unrealizedPnl: Decimal
}

export interface AccountInfo {
  /** Settled money, without open profit. */
  totalWalletBalance: Decimal
  /** Free for new orders. */
  availableBalance: Decimal
  totalUnrealizedPnl: Decimal
  /** Wallet balance with open profit. */
  totalMarginBalance: Decimal
  /** What the totals are counted in. */
  currency: string
  assets: AssetBalance[]
  raw?: unknown
}

/** An open position. */
export interface FuturesPosition {
  symbol: string
  nativeSymbol: string
  side: PositionSide
  /** In the base asset, always positive. */
  size: Decimal
  entryPrice: Decimal
  markPrice: Decimal
  /** Unrealised profit at the mark price. */
  pnl: Decimal
  /** Unrealised profit in percent of the initial margin. */
  percentage: Decimal
  leverage?: number
  marginMode?: MarginMode
  /** Absent when the exchange knows none. */
  liquidationPrice?: Decimal
  /** Size × mark price. */
  notional?: Decimal
  raw?: unknown
}

/** What the key may do; `undefined` where the exchange does not tell. */
export interface KeyPermissions {
  /** Balances, positions and orders. */
  canRead: boolean
  /** Place, change and cancel orders of contracts. */
  canTrade: boolean
  /** Take money out of the account: not what a trading program should be able to do. */
  canWithdraw: boolean | undefined
  /** Whether the exchange takes it from certain addresses alone. */
  isAddressBound: boolean | undefined
  /** Milliseconds since the epoch; absent where it never does or the exchange does not tell. */
  expiresAt?: number
  raw?: unknown
}

/** What an account pays of the notional of a trade, as fractions: 0.0005 is 0.05 %. */
export interface FeeRates {
  symbol: string
  nativeSymbol: string
  /** Negative: a rebate. */
  makerRate: Decimal
  takerRate: Decimal
  raw?: unknown
}
