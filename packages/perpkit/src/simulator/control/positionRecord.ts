import { type Decimal, isGreater } from '../../core/decimal.ts'
import type { EnginePosition, PositionSide } from '../engine/types.ts'

/**
 * How one position was covered from its opening to its end, or up to now. Times in milliseconds since
 * the epoch, sizes in the base asset. `uncoveredMs` = `entryGapMs` + `laterUncoveredMs`.
 */
export interface PositionCover {
  accountId: string
  symbol: string
  side: PositionSide
  openedAt: number
  /** Absent while it is open. */
  closedAt?: number
  /** When it was first covered in full; absent: never. */
  firstCoveredAt?: number
  /** Time in which it was larger than its working stops. */
  uncoveredMs: number
  /** The longest such time at one stretch. */
  worstUncoveredMs: number
  /** The most that was not covered for any time. */
  worstUncoveredSize: Decimal
  /** From the opening until it was first covered, or until its end. */
  entryGapMs: number
  /** All the rest. */
  laterUncoveredMs: number
  /** What of `laterUncoveredMs` an entry has brought that went on filling, its stops as they were. */
  growthUncoveredMs: number
  /** It was opened by an order that was meant to close. */
  isReversed: boolean
  /** It was enlarged by a repeated order, or by one that was meant to close. */
  isDoubled: boolean
}

/** A position's account while it is kept. */
export interface PositionRecord extends PositionCover {
  /** Of all positions, in order of opening. */
  number: number
  openedBy: string
  enlargedBy: Set<string>
}

/** A time during which a position was larger than its working stops. */
export interface Stretch {
  accountId: string
  symbol: string
  side: PositionSide
  from: number
  to: number
  /** The most of it that was not covered at any moment, in the base asset. */
  worstSize: Decimal
}

/** A stretch that lasts. */
export interface LastingStretch extends Stretch {
  /** The growth of the position alone is to blame, since its beginning. */
  isGrowth: boolean
  /** What of it growth was to blame for, when that is over. */
  growthMs: number
}

export function openRecord(
  position: EnginePosition,
  number: number,
  openedBy: string,
): PositionRecord {
  const { accountId, symbol, side, openedAt } = position
  return {
    accountId,
    symbol,
    side,
    openedAt,
    uncoveredMs: 0,
    worstUncoveredMs: 0,
    worstUncoveredSize: '0',
    entryGapMs: 0,
    laterUncoveredMs: 0,
    growthUncoveredMs: 0,
    isReversed: false,
    isDoubled: false,
    number,
    openedBy,
    enlargedBy: new Set(),
  }
}

/** Books a stretch that ends then; one without length changes nothing. */
export function addStretch(record: PositionCover, stretch: LastingStretch, to: number): void {
  const ms = to - stretch.from
  if (ms <= 0) return
  record.uncoveredMs += ms
  record.worstUncoveredMs = Math.max(record.worstUncoveredMs, ms)
  if (isGreater(stretch.worstSize, record.worstUncoveredSize)) {
    record.worstUncoveredSize = stretch.worstSize
  }
  if (record.firstCoveredAt === undefined) {
    record.entryGapMs += ms
    return
  }
  record.laterUncoveredMs += ms
  record.growthUncoveredMs += stretch.isGrowth ? ms : stretch.growthMs
}

/** The account as it stands now, with the stretch that lasts. */
export function accountAt(
  record: PositionRecord,
  stretch: LastingStretch | undefined,
  now: number,
): PositionCover {
  const { number: _number, openedBy: _openedBy, enlargedBy: _enlargedBy, ...cover } = record
  if (stretch) addStretch(cover, stretch, now)
  return cover
}
