import { add, type Decimal, div, isZero, min, mul, sub, sum } from '../../../core/decimal.ts'
import type { EngineFill, MarginMode, PositionLeg, PositionSide } from '../../engine/types.ts'
import type { Holder } from './holder.ts'

/** A position that has come to its end: docs/wire/bitget.md 4.2 and 12.3. */
export interface ClosedPosition {
  positionId: string
  /** The fill that opened it. */
  openedBy: string
  symbol: string
  side: PositionSide
  marginMode: MarginMode
  isHedged: boolean
  /** All that was ever opened, and closed. */
  size: Decimal
  openPrice: Decimal
  closePrice: Decimal
  /** Before fees and funding. */
  profit: Decimal
  /** Positive: paid. */
  openFee: Decimal
  closeFee: Decimal
  /** Positive: got. */
  funding: Decimal
  openedAt: number
  closedAt: number
}

/** Positions that have ended, newest first: they follow from the fills. */
export function closedPositions(holder: Holder): ClosedPosition[] {
  return walk(holder).closed.reverse()
}

/** The fill that opened the position which is open on a leg now. */
export function openedBy(holder: Holder, leg: PositionLeg): string | undefined {
  return walk(holder).running.get(keyOf(leg))?.first.fillId
}

/** What is left when fees and funding are counted. */
export function netProfitOf({ closeFee, funding, openFee, profit }: ClosedPosition): Decimal {
  return sub(add(profit, funding), add(openFee, closeFee))
}

/** Plays an account's fills over again. */
function walk(holder: Holder): { closed: ClosedPosition[]; running: Map<string, Running> } {
  const running = new Map<string, Running>()
  const closed: ClosedPosition[] = []
  for (const fill of holder.engine.fills(holder.accountId)) {
    const key = keyOf(fill)
    let left = fill.quantity
    const open = running.get(key)
    if (open && (open.side === 'LONG') === (fill.side === 'SELL')) {
      const share = min(left, open.size)
      close(open, fill, share)
      left = sub(left, share)
      if (isZero(open.size)) {
        running.delete(key)
        closed.push(endOf(holder, open, fill))
      }
    }
    if (isZero(left)) continue
    const position = running.get(key) ?? begin(fill)
    grow(position, fill, left)
    running.set(key, position)
  }
  return { closed, running }
}

function keyOf({ marginMode, positionSide, symbol }: PositionLeg): string {
  return `${symbol} ${marginMode} ${positionSide ?? ''}`
}

interface Running {
  first: EngineFill
  side: PositionSide
  size: Decimal
  opened: Decimal
  openNotional: Decimal
  closeNotional: Decimal
  profit: Decimal
  openFee: Decimal
  closeFee: Decimal
}

function begin(first: EngineFill): Running {
  return {
    first,
    side: first.side === 'BUY' ? 'LONG' : 'SHORT',
    size: '0',
    opened: '0',
    openNotional: '0',
    closeNotional: '0',
    profit: '0',
    openFee: '0',
    closeFee: '0',
  }
}

function grow(position: Running, fill: EngineFill, quantity: Decimal): void {
  position.size = add(position.size, quantity)
  position.opened = add(position.opened, quantity)
  position.openNotional = add(position.openNotional, mul(quantity, fill.price))
  position.openFee = add(position.openFee, feeOf(fill, quantity))
}

function close(position: Running, fill: EngineFill, quantity: Decimal): void {
  position.size = sub(position.size, quantity)
  position.closeNotional = add(position.closeNotional, mul(quantity, fill.price))
  position.closeFee = add(position.closeFee, feeOf(fill, quantity))
  position.profit = add(position.profit, fill.realizedPnl)
}

/** A fill that turns a position over belongs to both. */
function feeOf(fill: EngineFill, quantity: Decimal): Decimal {
  return quantity === fill.quantity ? fill.fee : div(mul(fill.fee, quantity), fill.quantity)
}

function endOf({ accountId, engine }: Holder, position: Running, last: EngineFill): ClosedPosition {
  const { first, opened, side } = position
  const { marginMode, symbol, timestamp: openedAt } = first
  const paid = engine
    .fundings(accountId)
    .filter((row) => row.symbol === symbol && row.side === side && row.marginMode === marginMode)
    .filter(({ timestamp }) => timestamp >= openedAt && timestamp <= last.timestamp)
  return {
    // Of the fill that ended it, so that ids run with time.
    positionId: last.fillId,
    openedBy: first.fillId,
    symbol,
    side,
    marginMode,
    isHedged: first.positionSide !== undefined,
    size: opened,
    openPrice: div(position.openNotional, opened),
    closePrice: div(position.closeNotional, opened),
    profit: position.profit,
    openFee: position.openFee,
    closeFee: position.closeFee,
    funding: sum(paid.map((row) => row.amount)),
    openedAt,
    closedAt: last.timestamp,
  }
}
