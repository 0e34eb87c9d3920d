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
import type { EngineFill, EngineFunding } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { FilterGroups, HistoryEvent } from './historyPages.ts'
import { listingOf } from './instruments.ts'

// What fills and funding did to the positions: docs/wire/kraken.md 4.8, `PositionUpdate`.

export const positionFilters: FilterGroups = [
  ['opened', 'closed', 'increased', 'decreased', 'reversed', 'no_change'],
  ['trades', 'funding_realization', 'settlement'],
]

export interface Holding {
  /** Negative when short. */
  size: Decimal
  entryPrice: Decimal
}

/** A fill or a settlement of funding, with the position of its contract before and after it. */
export type PositionStep = { before: Holding; after: Holding } & (
  | { kind: 'trade'; fill: EngineFill }
  | { kind: 'funding'; funding: EngineFunding }
)

/** Goes through an account's fills and funding in their order. */
export function positionSteps({
  accountId,
  engine,
}: Pick<Handling, 'accountId' | 'engine'>): PositionStep[] {
  const holdings = new Map<string, Holding>()
  const holdingOf = (symbol: string): Holding => holdings.get(symbol) ?? nothing
  const steps: PositionStep[] = []
  const fundings = engine.fundings(accountId)
  const settle = (isDue: (funding: EngineFunding) => boolean): void => {
    let [funding] = fundings
    while (funding && isDue(funding)) {
      const holding = holdingOf(funding.symbol)
      steps.push({ kind: 'funding', funding, before: holding, after: holding })
      fundings.shift()
      ;[funding] = fundings
    }
  }
  for (const fill of engine.fills(accountId)) {
    // Within one millisecond the size that was settled tells which of them came first.
    settle(({ side, size, symbol, timestamp }) => {
      if (timestamp !== fill.timestamp) return timestamp < fill.timestamp
      return equals(holdingOf(symbol).size, side === 'LONG' ? size : negate(size))
    })
    const before = holdingOf(fill.symbol)
    const after = applyFill(before, fill)
    holdings.set(fill.symbol, after)
    steps.push({ kind: 'trade', fill, before, after })
  }
  settle(() => true)
  return steps
}

/** One update a fill, and one a settlement of funding. */
export function positionEvents(handling: Handling): HistoryEvent[] {
  const { accountId, engine } = handling
  return positionSteps(handling).map((step) => {
    if (step.kind === 'funding') return fundingEvent(step.funding, step.after)
    const order = engine.order(accountId, step.fill.orderId)
    return tradeEvent(step.fill, step, order?.venueData.liquidation === true)
  })
}

const nothing: Holding = { size: '0', entryPrice: '0' }

function tradeEvent(
  fill: EngineFill,
  { after, before }: Pick<PositionStep, 'after' | 'before'>,
  isLiquidation: boolean,
): HistoryEvent {
  const change = changeOf(before, after)
  return updateEvent(fill, `position ${fill.fillId}`, [change.filter, 'trades'], {
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
  })
}

function fundingEvent(funding: EngineFunding, { entryPrice, size }: Holding): HistoryEvent {
  const { amount, fundingId, timestamp } = funding
  const kinds = ['no_change', 'funding_realization']
  return updateEvent(funding, `funding ${funding.accountId} ${fundingId}`, kinds, {
    oldPosition: size,
    oldAverageEntryPrice: entryPrice,
    newPosition: size,
    newAverageEntryPrice: entryPrice,
    fillTime: null,
    fee: null,
    feeCurrency: 'USD',
    realizedPnL: null,
    positionChange: 'noChange',
    executionUid: null,
    executionPrice: null,
    executionSize: null,
    tradeType: null,
    realizedFunding: amount,
    fundingRealizationTime: timestamp,
    timestamp,
    updateReason: 'fundingRealisation',
  })
}

function updateEvent(
  { symbol, timestamp }: { symbol: string; timestamp: number },
  seed: string,
  kinds: readonly string[],
  update: Record<string, unknown>,
): HistoryEvent {
  const tradeable = listingOf(symbol).native
  const event = { PositionUpdate: { tradeable, ...update } }
  return { seed, timestamp, tradeable, kinds, event }
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
