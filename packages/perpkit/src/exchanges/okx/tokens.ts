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

// Our words and the exchange's (docs/wire/okx.md 5).

export const sideTokens: Readonly<Record<Side, string>> = { BUY: 'buy', SELL: 'sell' }

export const positionSideTokens: Readonly<Record<PositionSide, string>> = {
  LONG: 'long',
  SHORT: 'short',
}

export const marginModeTokens: Readonly<Record<MarginMode, string>> = {
  CROSS: 'cross',
  ISOLATED: 'isolated',
}

export const positionModeTokens: Readonly<Record<PositionMode, string>> = {
  ONE_WAY: 'net_mode',
  HEDGE: 'long_short_mode',
}

/** Time in force is part of the type here. */
export const limitOrderTokens: Readonly<Record<TimeInForce, string>> = {
  GTC: 'limit',
  IOC: 'ioc',
  FOK: 'fok',
  GTX: 'post_only',
}

export const triggerSourceTokens: Readonly<Record<TriggerSource, string>> = {
  LAST: 'last',
  MARK: 'mark',
  INDEX: 'index',
}

/**
 * Case matters: `1m` is a minute, `1M` a month. Without `utc`, candles of six hours and more open on
 * boundaries of UTC+8. There is none for 8h (docs/wire/okx.md 3.3).
 */
export const klineTokens: ReadonlyMap<KlineInterval, string> = new Map([
  ['1m', '1m'],
  ['3m', '3m'],
  ['5m', '5m'],
  ['15m', '15m'],
  ['30m', '30m'],
  ['1h', '1H'],
  ['2h', '2H'],
  ['4h', '4H'],
  ['6h', '6Hutc'],
  ['12h', '12Hutc'],
  ['1d', '1Dutc'],
  ['3d', '3Dutc'],
  ['1w', '1Wutc'],
  ['1M', '1Mutc'],
])

/** A side, on which everything else depends: no other word is taken. */
export function readSide(field: Reader): Side {
  if (field.value === 'buy') return 'BUY'
  if (field.value === 'sell') return 'SELL'
  throw new ReadError(field.path, 'buy or sell', field.value)
}

/** What an order of the book is, in our two words. */
interface BookOrderType {
  type: PlainOrderType
  timeInForce: TimeInForce
}

export function readBookOrderType(field: Reader): BookOrderType {
  switch (field.string()) {
    case 'market':
    case 'optimal_limit_ioc': // a market order whose rest is surely cancelled
      return { type: 'MARKET', timeInForce: 'IOC' }
    case 'ioc':
      return { type: 'LIMIT', timeInForce: 'IOC' }
    case 'fok':
      return { type: 'LIMIT', timeInForce: 'FOK' }
    case 'post_only':
    case 'rpi': // only ever makes, as post-only
    case 'elp': // the same under its old name
      return { type: 'LIMIT', timeInForce: 'GTX' }
    default:
      return { type: 'LIMIT', timeInForce: 'GTC' }
  }
}

/** A word we do not know is no mode. */
export function readMarginMode(field: Reader): MarginMode | undefined {
  switch (field.string()) {
    case 'cross':
      return 'CROSS'
    case 'isolated':
      return 'ISOLATED'
    default:
      return undefined
  }
}

export function readPositionMode(field: Reader): PositionMode {
  if (field.value === positionModeTokens.ONE_WAY) return 'ONE_WAY'
  if (field.value === positionModeTokens.HEDGE) return 'HEDGE'
  throw new ReadError(field.path, 'net_mode or long_short_mode', field.value)
}
