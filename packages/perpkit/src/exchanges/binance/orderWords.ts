import { type Decimal, mul } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { PositionSide, Side } from '../../model/tokens.ts'
import { readNonZero } from './tokens.ts'

// What the regular book and the algo service say alike.

/**
 * Sent only where it is meant. In hedge mode side and position side say it already, and the word
 * itself is refused there, even when false (docs/wire/binance.md 4.4).
 */
export function reduceOnlyOf(intent: {
  reduceOnly: boolean
  positionSide?: PositionSide
}): 'true' | undefined {
  return intent.reduceOnly && intent.positionSide === undefined ? 'true' : undefined
}

/** In hedge mode by nature: an order that closes its position's side can do nothing else. */
export function readReduceOnly(
  row: Reader,
  side: Side,
  positionSide: PositionSide | undefined,
): boolean | undefined {
  if (positionSide === undefined) return row.at('reduceOnly').optionalBoolean()
  return side === (positionSide === 'LONG' ? 'SELL' : 'BUY')
}

/** Theirs is in percent: 1 is 1 %, ours 0.01 (docs/wire/binance.md 4.6). */
export function toPercent(fraction: Decimal): Decimal {
  return mul(fraction, '100')
}

/** The figures of a trailing stop, of which many answers leave one or both out. */
export function readTrailing(
  row: Reader,
  order: FuturesOrder,
  rateName: 'callbackRate' | 'priceRate',
): void {
  const percent = readNonZero(row.at(rateName))
  const activationPrice = readNonZero(row.at('activatePrice'))
  if (percent !== undefined) order.callbackRate = mul(percent, '0.01')
  if (activationPrice !== undefined) order.activationPrice = activationPrice
}
