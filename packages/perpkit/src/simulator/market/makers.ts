import { noise } from './noise.ts'

// The makers quote a ladder on either side of the market's price. What they quote at a price follows
// from that price and the seed alone, so the book needs to remember only how far they were eaten.
// Prices are counted in ticks, quantities in steps.

/** The makers of one market. */
export interface Makers {
  seed: number
  /** About what one side of a whole ladder adds up to. */
  sideSteps: number
}

export type MakerSide = 'BUY' | 'SELL'

/** How many ticks one side reaches; about one in six beyond the touch holds nothing. */
export const ladderReach = 1_200

/** Best prices, one or two ticks apart, around `centre`; no price is below one tick. */
export function touchTick(makers: Makers, centre: number, side: MakerSide): number {
  const kind = centre <= 1 ? 1 : Math.floor(noise(makers.seed, centre, 0) * 3)
  if (side === 'BUY') return kind === 1 ? centre : centre - 1
  return kind === 2 ? centre : centre + 1
}

/** Steps quoted `level` ticks behind the touch, which stands at `touch`. */
export function levelSteps(makers: Makers, side: MakerSide, touch: number, level: number): number {
  const tick = side === 'BUY' ? touch - level : touch + level
  if (tick < 1 || level >= ladderReach) return 0
  const salt = side === 'BUY' ? 1 : 2
  if (level > 0 && noise(makers.seed, tick, salt + 2) < 1 / 6) return 0
  const share = weight(level) / totalWeight
  const spread = 0.4 + 1.6 * noise(makers.seed, tick, salt)
  return Math.max(1, Math.round(makers.sideSteps * share * spread))
}

/** Thick at the touch, thinner with distance. */
function weight(level: number): number {
  return 1 / (1 + level / 60)
}

const totalWeight: number = Array.from({ length: ladderReach }, (_, level) => weight(level)).reduce(
  (sum, one) => sum + one,
  0,
)
