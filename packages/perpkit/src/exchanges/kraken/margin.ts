import {
  type Decimal,
  div,
  floorToStep,
  isGreater,
  isPositive,
  toFloat,
} from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'

// Margin grows with the position: a tier's rate holds for the whole of it (docs/wire/kraken.md 3.2,
// 5.4). Accounts of some countries have higher rates, which only they can read.

/** The highest leverage of any position, from a row of the instruments; none told, none known. */
export function maxLeverageOf(row: Reader): number | undefined {
  const rates = tiersOf(row).map(({ rate }) => rate)
  const lowest = rates.reduce<Decimal | undefined>(
    (least, rate) => (least === undefined || isGreater(least, rate) ? rate : least),
    undefined,
  )
  return lowest === undefined ? undefined : leverageAt(lowest)
}

/** Initial margin of a position in cross margin, as a share of its notional. */
export function marginRateOf(
  instrument: Instrument | undefined,
  notional: Decimal,
): Decimal | undefined {
  if (!instrument) return undefined
  let applicable: Tier | undefined
  for (const tier of tiersOf(new Reader(instrument.raw))) {
    const isReached = !isGreater(tier.start, notional)
    if (isReached && (!applicable || !isGreater(applicable.start, tier.start))) applicable = tier
  }
  return applicable?.rate
}

/** 1 / rate, with two decimals at most. */
export function leverageAt(rate: Decimal): number {
  return toFloat(floorToStep(div('1', rate), '0.01'))
}

interface Tier {
  /** Notional in dollars from which it holds. */
  start: Decimal
  rate: Decimal
}

function tiersOf(row: Reader): Tier[] {
  if (!row.has('marginLevels')) return []
  return row
    .at('marginLevels')
    .items()
    .map((level) => ({
      start: level.at('numNonContractUnits').optionalDecimal() ?? '0',
      rate: level.at('initialMargin').decimal(),
    }))
    .filter(({ rate }) => isPositive(rate))
}
