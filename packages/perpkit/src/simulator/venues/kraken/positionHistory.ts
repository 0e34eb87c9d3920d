import {
  abs,
  add,
  type Decimal,
  div,
  equals,
  isGreater,
  isNegative,
  isZero,
  mul,
  negate,
} from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { FilterGroups, HistoryEvent } from './historyPages.ts'
import { listingOf } from './instruments.ts'

// What fills did to the positions: docs/wire/kraken.md 4.8, `PositionUpdate`.

export const positionFilters: FilterGroups = [
  ['opened', 'closed', 'increased', 'decreased', 'reversed', 'no_change'],
  ['trades', 'funding_realization', 'settlement'],
]

export interface Holding {
  /** Negative when short. */
  size: Decimal
  entryPrice: Decimal
}

/** A fill and the position of its contract before and after it. */
export interface PositionStep {
  fill: EngineFill
  before: Holding
  after: Holding
}

/** Goes through an account's fills in their order. */
export function positionSteps(fills: readonly EngineFill[]): PositionStep[] {
  const holdings = new Map<string, Holding>()
  return fills.map((fill) => {
    const before = holdings.get(fill.symbol) ?? { size: '0', entryPrice: '0' }
    const after = applyFill(before, fill)
    holdings.set(fill.symbol, after)
    return { fill, before, after }
  })
}

/** One update a fill; funding is not settled here. */
export function positionEvents({ accountId, engine }: Handling): HistoryEvent[] {
  return positionSteps(engine.fills(accountId)).map((step) => {
    const order = engine.order(accountId, step.fill.orderId)
    return updateEvent(step, order?.venueData.liquidation === true)
  })
}

function updateEvent({ after, before, fill }: PositionStep, isLiquidation: boolean): HistoryEvent {
  const change = changeOf(before, after)
  const tradeable = listingOf(fill.symbol).native
  const update = {
    tradeable,
    oldPosition: before.size,
    oldAverageEntryPrice: before.entryPrice,
    newPosition: after.size,
    newAverageEntryPrice: after.entryPrice,
    fillTime: fill.timestamp,
    fee: fill.fee,
    feeCurrency: 'USD',
    realizedPnL: fill.realizedPnl,
    positionChange: change.word,
    executionUid: fill.fillId,
    executionPrice: fill.price,
    executionSize: fill.quantity,
    tradeType: isLiquidation ? 'liquidation' : 'userExecution',
    realizedFunding: null,
    fundingRealizationTime: null,
    timestamp: fill.timestamp,
    updateReason: 'trade',
  }
  return {
    seed: `position ${fill.fillId}`,
    timestamp: fill.timestamp,
    tradeable,
    kinds: [change.filter, 'trades'],
    event: { PositionUpdate: update },
  }
}

function applyFill({ entryPrice, size }: Holding, fill: EngineFill): Holding {
  const signed = fill.side === 'BUY' ? fill.quantity : negate(fill.quantity)
  const after = add(size, signed)
  if (isZero(after)) return { size: after, entryPrice: '0' }
  if (isZero(size) || isNegative(size) !== isNegative(after)) {
    return { size: after, entryPrice: fill.price }
  }
  if (!isGreater(abs(after), abs(size))) return { size: after, entryPrice }
  const value = add(mul(abs(size), entryPrice), mul(fill.quantity, fill.price))
  return { size: after, entryPrice: div(value, abs(after)) }
}

function changeOf(
  { size: before }: Holding,
  { size: after }: Holding,
): Record<'word' | 'filter', string> {
  if (isZero(before)) return { word: 'open', filter: 'opened' }
  if (isZero(after)) return { word: 'close', filter: 'closed' }
  if (isNegative(before) !== isNegative(after)) return { word: 'reverse', filter: 'reversed' }
  if (equals(before, after)) return { word: 'noChange', filter: 'no_change' }
  return isGreater(abs(after), abs(before))
    ? { word: 'increase', filter: 'increased' }
    : { word: 'decrease', filter: 'decreased' }
}
