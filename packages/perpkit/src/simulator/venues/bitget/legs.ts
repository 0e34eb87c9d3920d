import type { Decimal } from '../../../core/decimal.ts'
import type {
  Engine,
  EngineConditional,
  MarginMode,
  PositionSide,
  PositionView,
  Refusal,
} from '../../engine/types.ts'
import { isOnLeg, legOf } from './modes.ts'
import { keepNotes, type Notes, readNotes, type Watched } from './notes.ts'

// Legs: take-profits and stops that belong to a position and end with it (docs/wire/bitget.md 4.6,
// 12.5).

export type Goal = 'takeProfit' | 'stopLoss'

/** When a leg fires and what it becomes. */
export interface LegTerms {
  goal: Goal
  trigger: Decimal
  watched: Watched
  /** Absent: at market. */
  limitPrice: Decimal | undefined
}

/** What a leg covers and is called. */
export interface LegCover {
  /** Absent: the whole position, and as it changes. */
  quantity: Decimal | undefined
  clientOrderId?: string
  group?: string
  notes: Partial<Notes>
  /** Where the trigger holds already, it fires at once. */
  firesAtOnce?: boolean
}

/** Which position of a contract is meant; what is absent may be either. */
export interface Wanted {
  symbol: string
  marginMode?: MarginMode
  positionSide?: PositionSide
}

/** The account's positions in a contract: in hedge mode up to one of each side. */
export function positionsOf(
  engine: Engine,
  accountId: string,
  { marginMode, positionSide, symbol }: Wanted,
): PositionView[] {
  return engine
    .positions(accountId)
    .filter((position) => position.symbol === symbol)
    .filter((position) => marginMode === undefined || position.marginMode === marginMode)
    .filter((position) => positionSide === undefined || position.side === positionSide)
}

export function positionOf(
  engine: Engine,
  accountId: string,
  wanted: Wanted,
): PositionView | undefined {
  return positionsOf(engine, accountId, wanted)[0]
}

/** Plans that wait and belong to a position. */
export function waitingFor(
  engine: Engine,
  position: Pick<PositionView, 'accountId' | 'symbol' | 'side' | 'marginMode' | 'isHedged'>,
): EngineConditional[] {
  const { accountId, isHedged, marginMode, side, symbol } = position
  const leg = legOf(symbol, marginMode, isHedged ? side : undefined)
  return engine.openConditionals(accountId).filter((row) => isOnLeg(row, leg))
}

/** The leg that covers the whole position. */
export function wholeLeg(
  engine: Engine,
  position: PositionView,
  goal: Goal,
): EngineConditional | undefined {
  const planType = goal === 'takeProfit' ? 'pos_profit' : 'pos_loss'
  return waitingFor(engine, position).find((row) => readNotes(row.venueData).planType === planType)
}

export function placeLeg(
  engine: Engine,
  position: PositionView,
  terms: LegTerms,
  cover: LegCover,
): EngineConditional | Refusal {
  const isLong = position.side === 'LONG'
  const { goal, limitPrice, trigger, watched } = terms
  const { clientOrderId = '', firesAtOnce = false, group, notes, quantity } = cover
  const isTake = goal === 'takeProfit'
  const sized = isTake ? 'profit_plan' : 'loss_plan'
  const whole = isTake ? 'pos_profit' : 'pos_loss'
  return engine.placeConditional(position.accountId, {
    clientOrderId,
    ...legOf(position.symbol, position.marginMode, position.isHedged ? position.side : undefined),
    side: isLong ? 'SELL' : 'BUY',
    kind: isTake ? 'takeProfit' : 'stop',
    orderType: limitPrice === undefined ? 'MARKET' : 'LIMIT',
    quantity: quantity ?? '0',
    ...(limitPrice === undefined ? {} : { price: limitPrice }),
    timeInForce: limitPrice === undefined ? 'IOC' : 'GTC',
    reduceOnly: true,
    closePosition: quantity === undefined,
    endsWithPosition: true,
    triggerPrice: trigger,
    triggerSource: watched,
    triggerDirection: isLong === isTake ? 'rise' : 'fall',
    ...(firesAtOnce ? { firesAtOnce } : {}),
    ...(group === undefined ? {} : { group }),
    venueData: keepNotes({ ...notes, planType: quantity === undefined ? whole : sized }),
  })
}

/** A name for a new group of legs. */
export function nextGroup(engine: Engine, accountId: string): string {
  return `pair ${engine.conditionals(accountId).length + 1}`
}
