import type { EngineConditional, EngineOrder } from '../../engine/types.ts'

// The venue's enumerations: docs/wire/binance.md 5.

export const sides = ['BUY', 'SELL'] as const
export const plainTypes = ['LIMIT', 'MARKET'] as const
export const conditionalTypes = [
  'STOP_MARKET',
  'TAKE_PROFIT_MARKET',
  'STOP',
  'TAKE_PROFIT',
  'TRAILING_STOP_MARKET',
] as const
export const positionSides = ['BOTH', 'LONG', 'SHORT'] as const
// GTD and RPI exist on the live exchange; nothing here can keep what they promise.
export const timesInForce = ['GTC', 'IOC', 'FOK', 'GTX'] as const
/** `GTE_GTC`: good till the position is gone. */
export const conditionalTimesInForce = ['GTC', 'IOC', 'FOK', 'GTX', 'GTE_GTC'] as const
export const workingTypes = ['CONTRACT_PRICE', 'MARK_PRICE'] as const
export const responseTypes = ['ACK', 'RESULT'] as const
export const selfTradeModes = ['NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'] as const
export const priceMatches = [
  'NONE',
  'OPPONENT',
  'OPPONENT_5',
  'QUEUE',
  'QUEUE_5',
  'QUEUE_10',
  'QUEUE_20',
] as const
export const marginTypes = ['ISOLATED', 'CROSSED'] as const
/** Those that can happen here come first. */
export const incomeTypes = [
  'REALIZED_PNL',
  'COMMISSION',
  'FUNDING_FEE',
  'TRANSFER',
  'WELCOME_BONUS',
  'INSURANCE_CLEAR',
  'REFERRAL_KICKBACK',
  'COMMISSION_REBATE',
  'API_REBATE',
  'CONTEST_REWARD',
  'CROSS_COLLATERAL_TRANSFER',
  'OPTIONS_PREMIUM_FEE',
  'OPTIONS_SETTLE_PROFIT',
  'INTERNAL_TRANSFER',
  'AUTO_EXCHANGE',
  'DELIVERED_SETTELMENT',
  'COIN_SWAP_DEPOSIT',
  'COIN_SWAP_WITHDRAW',
  'POSITION_LIMIT_INCREASE_FEE',
  'STRATEGY_UMFUTURES_TRANSFER',
  'FEE_RETURN',
  'BFUSD_REWARD',
  'SPECIAL_FUNDING_FEE',
] as const

export type ConditionalType = (typeof conditionalTypes)[number]
export type PriceMatch = (typeof priceMatches)[number]

/** Milliseconds of each kline interval; a calendar month has no fixed length. */
export const intervals: Readonly<Record<string, number | 'month'>> = {
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '2h': 7_200_000,
  '4h': 14_400_000,
  '6h': 21_600_000,
  '8h': 28_800_000,
  '12h': 43_200_000,
  '1d': 86_400_000,
  '3d': 259_200_000,
  '1w': 604_800_000,
  '1M': 'month',
}

export const orderStatuses: Readonly<Record<EngineOrder['status'], string>> = {
  NEW: 'NEW',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  CANCELLED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'REJECTED',
}

/** A triggered one is `FINISHED` once its child has ended. */
export const conditionalStatuses: Readonly<Record<EngineConditional['status'], string>> = {
  WAITING: 'NEW',
  TRIGGERED: 'TRIGGERED',
  CANCELLED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'REJECTED',
}
