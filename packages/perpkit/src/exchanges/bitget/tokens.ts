import { type Decimal, div, mul } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type {
  KlineInterval,
  MarginMode,
  OrderStatus,
  PlainOrderType,
  PositionMode,
  PositionSide,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../model/tokens.ts'

// Our words and the exchange's (docs/wire/bitget.md 5). What it answers is read in any case: the
// same word comes as YES and yes, cancelled and canceled, cross and crossed (section 9, trap 11).

export const sideTokens: Readonly<Record<Side, string>> = { BUY: 'buy', SELL: 'sell' }

export const orderTypeTokens: Readonly<Record<PlainOrderType, string>> = {
  MARKET: 'market',
  LIMIT: 'limit',
}

export const timeInForceTokens: Readonly<Record<TimeInForce, string>> = {
  GTC: 'gtc',
  IOC: 'ioc',
  FOK: 'fok',
  GTX: 'post_only',
}

export const positionSideTokens: Readonly<Record<PositionSide, string>> = {
  LONG: 'long',
  SHORT: 'short',
}

export const marginModeTokens: Readonly<Record<MarginMode, string>> = {
  CROSS: 'crossed',
  ISOLATED: 'isolated',
}

export const positionModeTokens: Readonly<Record<PositionMode, string>> = {
  ONE_WAY: 'one_way_mode',
  HEDGE: 'hedge_mode',
}

/** Candles of six hours and more begin at UTC+8 unless the token says otherwise; 8h has none. */
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

/** Picks the word for a trigger price; no conditional order here can watch the index. */
export function triggerToken<Token>(
  source: TriggerSource,
  tokens: Readonly<Record<'MARK' | 'LAST', Token>>,
): Token {
  if (source !== 'INDEX') return tokens[source]
  throw new RequestError('BITGET conditional orders watch MARK or LAST, not INDEX', {
    code: 'UNSUPPORTED',
    exchange: 'BITGET',
  })
}

/** A side, on which everything else depends: no other word is taken. */
export function readSide(field: Reader): Side {
  const word = wordOf(field)
  if (word === 'buy') return 'BUY'
  if (word === 'sell') return 'SELL'
  throw new ReadError(field.path, 'buy or sell', field.value)
}

/** `undefined` for `net`, and where nothing is said. */
export function readPositionSide(field: Reader): PositionSide | undefined {
  const word = wordOf(field)
  if (word === 'long') return 'LONG'
  return word === 'short' ? 'SHORT' : undefined
}

export function requirePositionSide(field: Reader): PositionSide {
  const side = readPositionSide(field)
  if (side === undefined) throw new ReadError(field.path, 'long or short', field.value)
  return side
}

/** The side of an order that closes such a position. */
export function closingSide(position: PositionSide): Side {
  return position === 'LONG' ? 'SELL' : 'BUY'
}

/** A market order takes what there is, whatever it says. */
export function readTimeInForce(field: Reader, isMarket: boolean): TimeInForce {
  if (isMarket) return 'IOC'
  switch (wordOf(field)) {
    case 'ioc':
      return 'IOC'
    case 'fok':
      return 'FOK'
    case 'post_only':
    case 'rpi': // rests or is refused, as post-only
      return 'GTX'
    default:
      return 'GTC'
  }
}

/** A word we do not know is no mode. */
export function readMarginMode(field: Reader): MarginMode | undefined {
  switch (wordOf(field)) {
    case 'crossed':
    case 'cross':
      return 'CROSS'
    case 'isolated':
    case 'fixed':
      return 'ISOLATED'
    default:
      return undefined
  }
}

/** A mode on which every order depends: no other word is taken. */
export function readPositionMode(field: Reader): PositionMode {
  const mode = positionModeOf(field)
  if (mode === undefined) throw new ReadError(field.path, 'a position mode', field.value)
  return mode
}

/** Which position a row of hedge mode is about; nothing in one-way mode. */
export function readHedgeSide(row: Reader, modeField: string): { positionSide?: PositionSide } {
  if (positionModeOf(row.at(modeField)) !== 'HEDGE') return {}
  const positionSide = readPositionSide(row.at('posSide'))
  return positionSide === undefined ? {} : { positionSide }
}

/** One page writes `hedge-mode`. */
function positionModeOf(field: Reader): PositionMode | undefined {
  switch (wordOf(field)?.replaceAll('-', '_')) {
    case positionModeTokens.ONE_WAY:
      return 'ONE_WAY'
    case positionModeTokens.HEDGE:
      return 'HEDGE'
    default:
      return undefined
  }
}

/** Callback rates are percents on the wire: 0.015 is `1.5`. */
export function toPercent(fraction: Decimal): Decimal {
  return mul(fraction, '100')
}

export function ofPercent(percent: Decimal): Decimal {
  return div(percent, '100')
}

export function isYes(field: Reader): boolean {
  return wordOf(field) === 'yes'
}

/** What the record of a conditional order tells; once it has triggered, its child knows better. */
export function readTriggerStatus(field: Reader): OrderStatus {
  switch (wordOf(field) ?? field.string()) {
    case 'live':
    case 'not_trigger':
    case 'pending':
      return 'PENDING'
    case 'fail_execute':
    case 'fail_trigger':
    case 'failed':
      return 'REJECTED'
    case 'cancelled':
    case 'canceled':
      return 'CANCELLED'
    // Triggering or triggered; and a word we do not know yet counts as open, so that nobody takes a
    // live order for an ended one.
    default:
      return 'NEW'
  }
}

/** An enumeration's word in lower case; `undefined` where none stands. */
export function wordOf(field: Reader): string | undefined {
  return field.optionalString()?.toLowerCase()
}
