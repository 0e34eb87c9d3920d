import { type Decimal, isZero } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type {
  ConditionalOrderType,
  KlineInterval,
  MarginMode,
  OrderStatus,
  OrderType,
  PositionSide,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../model/tokens.ts'

// Enumerations of docs/wire/binance.md section 5, theirs on the left, ours on the right.

export const sides: Readonly<Record<string, Side>> = { BUY: 'BUY', SELL: 'SELL' }

export const conditionalTypes: Readonly<Record<string, ConditionalOrderType>> = {
  STOP_MARKET: 'STOP_MARKET',
  STOP: 'STOP',
  TAKE_PROFIT_MARKET: 'TAKE_PROFIT_MARKET',
  TAKE_PROFIT: 'TAKE_PROFIT',
  TRAILING_STOP_MARKET: 'TRAILING_STOP_MARKET',
}

/** In the regular book; a conditional one is the origin of a child that was triggered. */
export const orderTypes: Readonly<Record<string, OrderType>> = {
  LIMIT: 'LIMIT',
  MARKET: 'MARKET',
  ...conditionalTypes,
}

/**
 * Orders of other programs and of the exchange's own pages carry tokens we never send: a good-till-
 * date order rests like GTC, a retail-price-improvement order only ever makes, and GTE_GTC rests
 * for as long as its position exists.
 */
export const timesInForce: Readonly<Record<string, TimeInForce>> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  GTX: 'GTX',
  GTD: 'GTC',
  GTE_GTC: 'GTC',
  RPI: 'GTX',
}

export const orderStatuses: Readonly<Record<string, OrderStatus>> = {
  NEW: 'NEW',
  PENDING_NEW: 'NEW',
  NEW_ADL: 'NEW',
  NEW_INSURANCE: 'NEW',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  CANCELED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
  EXPIRED_IN_MATCH: 'EXPIRED',
  REJECTED: 'REJECTED',
}

/**
 * What a conditional order's own record tells. Once triggered the order it became knows better, and
 * `FINISHED` says only that this order has ended, not how.
 */
export const algoStatuses: Readonly<Record<string, OrderStatus | 'FINISHED'>> = {
  NEW: 'PENDING',
  TRIGGERING: 'PENDING',
  TRIGGERED: 'NEW',
  FINISHED: 'FINISHED',
  CANCELED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'REJECTED',
}

/** `BOTH` is the one position of one-way mode. */
const positionSides: Readonly<Record<string, PositionSide | 'BOTH'>> = {
  BOTH: 'BOTH',
  LONG: 'LONG',
  SHORT: 'SHORT',
}

export const marginModes: Readonly<Record<string, MarginMode>> = {
  CROSSED: 'CROSS',
  ISOLATED: 'ISOLATED',
}

/** Intervals are spelled alike on both sides. */
export const klineIntervals: readonly KlineInterval[] = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
]

export function marginTypeOf(marginMode: MarginMode): 'CROSSED' | 'ISOLATED' {
  return marginMode === 'CROSS' ? 'CROSSED' : 'ISOLATED'
}

/** Throws `RequestError` for the index price, which no conditional order here can watch. */
export function workingTypeOf(source: TriggerSource): 'MARK_PRICE' | 'CONTRACT_PRICE' {
  if (source === 'MARK') return 'MARK_PRICE'
  if (source === 'LAST') return 'CONTRACT_PRICE'
  throw new RequestError(`BINANCE conditional orders watch MARK or LAST, not ${source}`, {
    code: 'UNSUPPORTED',
    exchange: 'BINANCE',
  })
}

/** Our word for the token that stands here; refuses one the table does not know. */
export function readToken<Ours>(reader: Reader, table: Readonly<Record<string, Ours>>): Ours {
  const token = reader.string()
  const ours = Object.hasOwn(table, token) ? table[token] : undefined
  if (ours === undefined) {
    throw new ReadError(reader.path, `one of ${Object.keys(table).join(' ')}`, token)
  }
  return ours
}

/** `undefined` in one-way mode, and where the answer does not tell. */
export function readPositionSide(reader: Reader): PositionSide | undefined {
  const side = reader.isAbsent() ? 'BOTH' : readToken(reader, positionSides)
  return side === 'BOTH' ? undefined : side
}

/** A decimal whose zero means "none" on the wire. */
export function readNonZero(reader: Reader): Decimal | undefined {
  const decimal = reader.optionalDecimal()
  return decimal === undefined || isZero(decimal) ? undefined : decimal
}
