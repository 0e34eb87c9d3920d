import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { Engine, EngineSide, PriceKind } from '../../engine/types.ts'
import { type Code, Refused } from './errors.ts'
import type { Listing } from './instruments.ts'

/** One leg of a conditional or oco order. */
export interface Leg {
  trigger: Decimal
  source: PriceKind
  /** Absent: becomes a market order. */
  price: Decimal | undefined
}

export type LegName = 'tp' | 'sl'

export const priceKinds = ['last', 'mark', 'index'] as const

/** A stop goes with the price against the position, a take-profit with it. */
export function directionOf(side: EngineSide, leg: LegName): 'rise' | 'fall' {
  return (side === 'BUY') === (leg === 'sl') ? 'rise' : 'fall'
}

/** Refuses a leg on the side of the price where it would fire at once: docs/wire/okx.md 4.4. */
export function refusePassed(
  engine: Engine,
  listing: Listing,
  side: EngineSide,
  name: LegName,
  leg: Leg,
): void {
  const current = engine.prices(listing.engine.symbol)[leg.source]
  const isAhead =
    directionOf(side, name) === 'rise'
      ? isGreater(leg.trigger, current)
      : isLess(leg.trigger, current)
  if (!isAhead) throw new Refused(passedCode(side, name, leg.source))
}

/** The code of a leg on the wrong side. */
export function passedCode(side: EngineSide, name: LegName, source: PriceKind): Code {
  return passedCodes[source][side][name]
}

const passedCodes: Readonly<
  Record<PriceKind, Readonly<Record<EngineSide, Readonly<Record<LegName, Code>>>>>
> = {
  last: { SELL: { tp: '51279', sl: '51280' }, BUY: { tp: '51277', sl: '51278' } },
  mark: { SELL: { tp: '51303', sl: '51304' }, BUY: { tp: '51300', sl: '51302' } },
  index: { SELL: { tp: '51307', sl: '51308' }, BUY: { tp: '51305', sl: '51306' } },
}
