import {
  add,
  type Decimal,
  div,
  equals,
  isZero,
  max,
  min,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding, PositionLeg, PositionSide } from '../../engine/types.ts'
import { isClosing, legFrom } from './legs.ts'

/** A position from its first fill to its last, open or closed; quantities in the base asset. */
export interface Span {
  leg: PositionLeg
  side: 'LONG' | 'SHORT'
  firstFill: EngineFill
  lastFill: EngineFill
  /** What is open now. */
  size: Decimal
  largestSize: Decimal
  opened: Decimal
  openedValue: Decimal
  closed: Decimal
  closedValue: Decimal
  /** Settled by closing, before fees. */
  pnl: Decimal
  /** Positive: paid. */
  fee: Decimal
  /** Positive: received. */
  funding: Decimal
}

/** Reads an account's fills, old to new, as positions; a fill may end one and begin the next. */
export function spansOf(
  fills: readonly EngineFill[],
  fundings: readonly EngineFunding[] = [],
): Span[] {
  const spans: Span[] = []
  const current = new Map<string, Span>()
  for (const fill of fills) {
    const { marginMode, positionSide = 'net', symbol } = fill
    const key = `${symbol} ${marginMode} ${positionSide}`
    const before = current.get(key)
    const side = sideOf(fill)
    if (before && closes(before, fill)) {
      const closing = min(before.size, fill.quantity)
      close(before, fill, closing)
      if (isZero(before.size)) current.delete(key)
      if (equals(closing, fill.quantity)) continue
      current.set(key, begin(spans, fill, side, sub(fill.quantity, closing)))
    } else if (before) {
      open(before, fill, fill.quantity)
    } else {
      current.set(key, begin(spans, fill, side, fill.quantity))
    }
  }
  for (const funding of fundings) settle(spans, funding)
  return spans
}

export function isClosed(span: Span): boolean {
  return isZero(span.size)
}

/** Profit after fees and funding. */
export function netProfit(span: Span): Decimal {
  return add(sub(span.pnl, span.fee), span.funding)
}

/** Of the position it opens: the net one's is that of the order. */
function sideOf({ positionSide, side }: EngineFill): PositionSide {
  return positionSide ?? (side === 'BUY' ? 'LONG' : 'SHORT')
}

function closes(span: Span, fill: EngineFill): boolean {
  if (fill.positionSide === undefined) return span.side !== sideOf(fill)
  return isClosing({ ...fill, reduceOnly: false })
}

/** To the newest position it can have been for. */
function settle(spans: readonly Span[], funding: EngineFunding): void {
  const { amount, marginMode, side, symbol, timestamp } = funding
  const span = spans.findLast(
    (one) =>
      one.leg.symbol === symbol &&
      one.leg.marginMode === marginMode &&
      one.side === side &&
      one.firstFill.timestamp <= timestamp &&
      (!isClosed(one) || one.lastFill.timestamp >= timestamp),
  )
  if (span) span.funding = add(span.funding, amount)
}

function begin(spans: Span[], fill: EngineFill, side: PositionSide, quantity: Decimal): Span {
  const span: Span = {
    leg: legFrom(fill),
    side,
    firstFill: fill,
    lastFill: fill,
    size: '0',
    largestSize: '0',
    opened: '0',
    openedValue: '0',
    closed: '0',
    closedValue: '0',
    pnl: '0',
    fee: '0',
    funding: '0',
  }
  open(span, fill, quantity)
  spans.push(span)
  return span
}

function open(span: Span, fill: EngineFill, quantity: Decimal): void {
  span.lastFill = fill
  span.size = add(span.size, quantity)
  span.largestSize = max(span.largestSize, span.size)
  span.opened = add(span.opened, quantity)
  span.openedValue = add(span.openedValue, mul(quantity, fill.price))
  span.fee = add(span.fee, shareOf(fill, quantity))
}

function close(span: Span, fill: EngineFill, quantity: Decimal): void {
  span.lastFill = fill
  span.size = sub(span.size, quantity)
  span.closed = add(span.closed, quantity)
  span.closedValue = add(span.closedValue, mul(quantity, fill.price))
  span.pnl = add(span.pnl, fill.realizedPnl)
  span.fee = add(span.fee, shareOf(fill, quantity))
}

/** The fee is proportional to the quantity. */
function shareOf(fill: EngineFill, quantity: Decimal): Decimal {
  return equals(quantity, fill.quantity) ? fill.fee : div(mul(fill.fee, quantity), fill.quantity)
}
