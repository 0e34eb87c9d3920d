import { ReadError, type Reader } from '../../core/reader.ts'
import type {
  KlineInterval,
  MarginMode,
  PlainOrderType,
  PositionMode,
  PositionSide,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../model/tokens.ts'

// Our words and the exchange's: https://bybit-exchange.github.io/docs/v5/enum

export const sideTokens: Readonly<Record<Side, string>> = { BUY: 'Buy', SELL: 'Sell' }

export const orderTypeTokens: Readonly<Record<PlainOrderType, string>> = {
  MARKET: 'Market',
  LIMIT: 'Limit',
}

export const timeInForceTokens: Readonly<Record<TimeInForce, string>> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  GTX: 'PostOnly',
}

export const triggerSourceTokens: Readonly<Record<TriggerSource, string>> = {
  LAST: 'LastPrice',
  MARK: 'MarkPrice',
  INDEX: 'IndexPrice',
}

/** There is none for 8h and 3d (docs/wire/bybit.md 3, kline rules). */
export const klineTokens: ReadonlyMap<KlineInterval, string> = new Map([
  ['1m', '1'],
  ['3m', '3'],
  ['5m', '5'],
  ['15m', '15'],
  ['30m', '30'],
  ['1h', '60'],
  ['2h', '120'],
  ['4h', '240'],
  ['6h', '360'],
  ['12h', '720'],
  ['1d', 'D'],
  ['1w', 'W'],
  ['1M', 'M'],
])

/** Portfolio margin is chosen at the exchange alone. */
export const marginModeTokens: Readonly<Record<MarginMode, string>> = {
  CROSS: 'REGULAR_MARGIN',
  ISOLATED: 'ISOLATED_MARGIN',
}

export const positionModeTokens: Readonly<Record<PositionMode, number>> = { ONE_WAY: 0, HEDGE: 3 }

/** The slot of a position: one in one-way mode, one for each side in hedge mode. */
export function positionIndex(side: PositionSide | undefined): number {
  if (side === undefined) return 0
  return side === 'LONG' ? 1 : 2
}

/** Which way the price must move to fire. */
export const triggerDirections = { rises: 1, falls: 2 } as const

/** A side, on which everything else depends: no other word is taken. */
export function readSide(field: Reader): Side {
  if (field.value === 'Buy') return 'BUY'
  if (field.value === 'Sell') return 'SELL'
  throw new ReadError(field.path, 'Buy or Sell', field.value)
}

/** The side a slot is of; `undefined` for the one of one-way mode. */
export function readPositionSide(positionIdx: Reader): PositionSide | undefined {
  const index = positionIdx.optionalInteger() ?? 0
  if (index === 0) return undefined
  if (index === 1) return 'LONG'
  if (index === 2) return 'SHORT'
  throw new ReadError(positionIdx.path, '0, 1 or 2', positionIdx.value)
}

export function readTimeInForce(field: Reader): TimeInForce {
  switch (field.string()) {
    case 'IOC':
      return 'IOC'
    case 'FOK':
      return 'FOK'
    case 'PostOnly':
    case 'RPI': // rests or is refused, as post-only
      return 'GTX'
    default:
      return 'GTC'
  }
}

/** Portfolio margin is cross margin with another formula; a word we do not know is no mode. */
export function readMarginMode(field: Reader): MarginMode | undefined {
  switch (field.string()) {
    case 'REGULAR_MARGIN':
    case 'PORTFOLIO_MARGIN':
      return 'CROSS'
    case 'ISOLATED_MARGIN':
      return 'ISOLATED'
    default:
      return undefined
  }
}
