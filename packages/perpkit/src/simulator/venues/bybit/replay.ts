import { add, type Decimal, div, equals, isZero, min, mul, sub } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import { indexOf } from './slots.ts'

/** A fill with what it did to the position of its slot. */
export interface PlacedFill {
  fill: EngineFill
  /** Its place among the account's fills, from 1. */
  sequence: number
  /** Quantity that made the position smaller. */
  closed: Decimal
  /** Average entry price of what was closed; `'0'` when nothing was. */
  entryPrice: Decimal
  /** Opening fees that fall on what was closed. */
  openFee: Decimal
  /** Position after the fill, negative when short. */
  positionAfter: Decimal
}

interface Running {
  /** Negative when short. */
  size: Decimal
  entryValue: Decimal
  openFee: Decimal
}

/** Goes through an account's fills in their order, slot by slot. */
export function replayFills(fills: readonly EngineFill[]): PlacedFill[] {
  const positions = new Map<string, Running>()
  return fills.map((fill, index) => {
    const slot = `${fill.symbol} ${indexOf(fill)}`
    const before = positions.get(slot) ?? { size: '0', entryValue: '0', openFee: '0' }
    const { after, placed } = applyFill(before, fill)
    positions.set(slot, after)
    return { ...placed, sequence: index + 1 }
  })
}

function applyFill(
  before: Running,
  fill: EngineFill,
): { after: Running; placed: Omit<PlacedFill, 'sequence'> } {
  const signed = fill.side === 'BUY' ? fill.quantity : sub('0', fill.quantity)
  const size = before.size.replace('-', '')
  const isClosing = !isZero(size) && before.size.startsWith('-') === (fill.side === 'BUY')
  const closed = isClosing ? min(size, fill.quantity) : '0'
  const opened = sub(fill.quantity, closed)
  const share = isZero(size) ? '0' : div(closed, size)
  const closedValue = mul(before.entryValue, share)
  const openFee = mul(before.openFee, share)
  const openedShare = div(opened, fill.quantity)
  const positionAfter = add(before.size, signed)
  const isGone = equals(closed, size)
  const left = isGone ? '0' : sub(before.entryValue, closedValue)
  const feeLeft = isGone ? '0' : sub(before.openFee, openFee)
  return {
    after: {
      size: positionAfter,
      entryValue: add(left, mul(opened, fill.price)),
      openFee: add(feeLeft, mul(fill.fee, openedShare)),
    },
    placed: {
      fill,
      closed,
      entryPrice: isZero(closed) ? '0' : div(closedValue, closed),
      openFee,
      positionAfter,
    },
  }
}
