import type {
  Engine,
  EngineOrder,
  EngineSide,
  MarginMode,
  PositionLeg,
  PositionSide,
  PositionView,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { parameterError, Refused } from './errors.ts'
import { type Fields, knownToken, readToken } from './fields.ts'
import { listings } from './instruments.ts'

// Which of a contract's positions a call is about: its margin mode is said with each order, its side
// in long/short mode alone (docs/wire/okx.md 4.1 and 4.2).

/** Whether the account is in long/short mode, which holds for all its contracts. */
export function isHedged(engine: Engine, accountId: string): boolean {
  const [first] = listings
  return first !== undefined && engine.positionMode(accountId, first.engine.symbol) === 'hedge'
}

/** A margin mode; the third one is that of spot. */
export function readMarginMode(handling: Handling, name: string, given: string): MarginMode {
  const known = knownToken(handling, name, given, ['cross', 'isolated', 'cash'])
  if (known === 'cash') throw new Refused('51010')
  return known === 'isolated' ? 'ISOLATED' : 'CROSS'
}

/** A position side: needed in long/short mode, and none but `net` in net mode. */
export function readPositionSide(
  handling: Handling,
  fields: Fields<'posSide'>,
): PositionSide | undefined {
  const given = readToken(handling, fields, 'posSide', ['net', 'long', 'short'])
  const isNet = given === undefined || given === 'net'
  if (isHedged(handling.engine, handling.accountId) === isNet) throw parameterError('posSide')
  if (isNet) return undefined
  return given === 'long' ? 'LONG' : 'SHORT'
}

/** Of one contract. */
export function legFor(
  symbol: string,
  marginMode: MarginMode,
  positionSide: PositionSide | undefined,
): PositionLeg {
  return positionSide === undefined ? { symbol, marginMode } : { symbol, marginMode, positionSide }
}

/** The leg alone, of an order or a fill. */
export function legFrom({ marginMode, positionSide, symbol }: PositionLeg): PositionLeg {
  return legFor(symbol, marginMode, positionSide)
}

export function isSameLeg(a: PositionLeg, b: PositionLeg): boolean {
  return a.symbol === b.symbol && a.marginMode === b.marginMode && a.positionSide === b.positionSide
}

/** The leg a position stands on. */
export function legOf({ isHedged, marginMode, side, symbol }: PositionView): PositionLeg {
  return legFor(symbol, marginMode, isHedged ? side : undefined)
}

export function positionOn(
  engine: Engine,
  accountId: string,
  leg: PositionLeg,
): PositionView | undefined {
  return engine.positions(accountId).find((position) => isSameLeg(legOf(position), leg))
}

/** Whether an order can but make its position smaller: in long/short mode its sides say so. */
export function isClosing(order: {
  side: EngineSide
  positionSide?: PositionSide
  reduceOnly: boolean
}): boolean {
  if (order.reduceOnly) return true
  return order.positionSide !== undefined && order.side === closingSideOf(order.positionSide)
}

export function closingSideOf(side: PositionSide): EngineSide {
  return side === 'LONG' ? 'SELL' : 'BUY'
}

/** Closing orders of that position which rest on that side of the book. */
export function closersOn(
  engine: Engine,
  accountId: string,
  leg: PositionLeg,
  side: EngineSide,
): EngineOrder[] {
  return engine
    .openOrders(accountId)
    .filter((order) => order.side === side && isSameLeg(order, leg) && isClosing(order))
}

/** How the venue names a leg: in net mode the side is in the sign alone. */
export function sideWord({ positionSide }: { positionSide?: PositionSide }): string {
  return positionSide === undefined ? 'net' : sideWords[positionSide]
}

export function modeWord({ marginMode }: { marginMode: MarginMode }): string {
  return marginMode === 'CROSS' ? 'cross' : 'isolated'
}

export const sideWords = { LONG: 'long', SHORT: 'short' } as const
