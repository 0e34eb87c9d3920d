import type {
  Engine,
  EngineSide,
  PositionLeg,
  PositionSide,
  PositionView,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { modeMismatch } from './errors.ts'
import type { Fields } from './fields.ts'
import type { Listing } from './instruments.ts'

// `positionIdx`, the slot of a position: docs/wire/bybit.md 4.2.

/** 0 in one-way mode; in hedge mode 1 is long and 2 is short. */
type SlotIndex = 0 | 1 | 2

/** The place where one position of an account can be. */
export interface Slot {
  accountId: string
  /** The engine's symbol. */
  symbol: string
  index: SlotIndex
}

/** The slots a contract has in the account's position mode. */
export function slotsOf(engine: Engine, accountId: string, symbol: string): readonly Slot[] {
  const isHedged = engine.positionMode(accountId, symbol) === 'hedge'
  const indexes: readonly SlotIndex[] = isHedged ? [1, 2] : [0]
  return indexes.map((index) => ({ accountId, symbol, index }))
}

/** The slot that `positionIdx` names, 0 when it is missing; refused where the mode has no such one. */
export function readSlot(
  handling: Handling,
  fields: Fields<'positionIdx'>,
  { engine: { symbol } }: Listing,
): Slot {
  const { accountId, engine } = handling
  const given = fields.number('positionIdx') ?? 0
  if (given !== 0 && given !== 1 && given !== 2) handling.unknownWord('positionIdx', given)
  const slot = slotsOf(engine, accountId, symbol).find(({ index }) => index === given)
  if (!slot) throw modeMismatch()
  return slot
}

/** `positionIdx` of what belongs to a position. */
export function indexOf({ positionSide }: Pick<PositionLeg, 'positionSide'>): SlotIndex {
  if (positionSide === undefined) return 0
  return positionSide === 'LONG' ? 1 : 2
}

/** How the engine is told the slot of an order: nothing in one-way mode. */
export function sideOf({ index }: Pick<Slot, 'index'>): { positionSide?: PositionSide } {
  if (index === 0) return {}
  return { positionSide: index === 1 ? 'LONG' : 'SHORT' }
}

/** Whether an order of that side can only close: slot and side say so in hedge mode. */
export function isClosingSide({ index }: Pick<Slot, 'index'>, side: EngineSide): boolean {
  return (index === 1 && side === 'SELL') || (index === 2 && side === 'BUY')
}

export function slotOf(position: PositionView): Slot {
  const { accountId, isHedged, side, symbol } = position
  return { accountId, symbol, index: isHedged ? indexOf({ positionSide: side }) : 0 }
}

/** Whether an order, a fill or a position of the account belongs to the slot. */
export function isOf(slot: Slot, row: { symbol: string; positionSide?: PositionSide }): boolean {
  return row.symbol === slot.symbol && indexOf(row) === slot.index
}

/** The open position of a slot. */
export function positionIn(engine: Engine, slot: Slot): PositionView | undefined {
  return engine.positions(slot.accountId).find((position) => {
    const own = slotOf(position)
    return own.symbol === slot.symbol && own.index === slot.index
  })
}
