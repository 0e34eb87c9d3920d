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
import type { EngineFill } from '../../engine/types.ts'

/** A position from its first fill to its last, open or closed; quantities in the base asset. */
export interface Span {
  symbol: string
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
}

/** Reads an account's fills, old to new, as positions; a fill may end one and begin the next. */
export function spansOf(fills: readonly EngineFill[]): Span[] {
  const spans: Span[] = []
  const current = new Map<string, Span>()
  for (const fill of fills) {
    const before = current.get(fill.symbol)
    const side = fill.side === 'BUY' ? 'LONG' : 'SHORT'
    if (before && before.side !== side) {
      const closing = min(before.size, fill.quantity)
      close(before, fill, closing)
      if (isZero(before.size)) current.delete(fill.symbol)
      if (equals(closing, fill.quantity)) continue
      begin(spans, current, fill, sub(fill.quantity, closing))
    } else if (before) {
      open(before, fill, fill.quantity)
    } else {
      begin(spans, current, fill, fill.quantity)
    }
  }
  return spans
}

export function isClosed(span: Span): boolean {
  return isZero(span.size)
}

/** Profit after fees. */
export function netProfit(span: Span): Decimal {
  return sub(span.pnl, span.fee)
}

function begin(
  spans: Span[],
  current: Map<string, Span>,
  fill: EngineFill,
  quantity: Decimal,
): void {
  const span: Span = {
    symbol: fill.symbol,
    side: fill.side === 'BUY' ? 'LONG' : 'SHORT',
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
  }
  open(span, fill, quantity)
  spans.push(span)
  current.set(fill.symbol, span)
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
