import { type Decimal, isGreater, isLess, sub, sum } from '../../../core/decimal.ts'
import type { Engine, EngineSide, PositionSide, PositionView } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { contracts } from './contracts.ts'
import { Refused } from './errors.ts'
import type { positionSides } from './tokens.ts'

// One-way and hedge mode: docs/wire/binance.md 4.3 to 4.7. The mode is the account's.

/** `BOTH` in one-way mode, the other two in hedge mode. */
export type ShownSide = (typeof positionSides)[number]

export function isHedged(engine: Engine, accountId: string): boolean {
  return contracts.some(({ symbol }) => engine.positionMode(accountId, symbol) === 'hedge')
}

/** The positions a symbol may have, by side. */
export function sidesOf(engine: Engine, accountId: string): readonly ShownSide[] {
  return isHedged(engine, accountId) ? ['LONG', 'SHORT'] : ['BOTH']
}

/** What the venue says of an order's or a fill's position side. */
export function shownSide({ positionSide }: { positionSide?: PositionSide }): ShownSide {
  return positionSide ?? 'BOTH'
}

/** The position side for the engine; -4061 when it is not one of the account's mode. */
export function checkedSide(
  { engine, accountId }: Handling,
  positionSide: ShownSide,
): { positionSide?: PositionSide } {
  if (!sidesOf(engine, accountId).includes(positionSide)) throw new Refused('-4061')
  return positionSide === 'BOTH' ? {} : { positionSide }
}

/** In hedge mode the two sides say what only reduces: SELL of a LONG, BUY of a SHORT. */
export function isClosing(side: EngineSide, positionSide: ShownSide): boolean {
  return positionSide !== 'BOTH' && (side === 'SELL') === (positionSide === 'LONG')
}

/** `reduceOnly` is a word of one-way mode alone; even `false` is too much: -1106. */
export function refuseReduceOnly({ engine, accountId }: Handling, isSent: boolean): void {
  if (isSent && isHedged(engine, accountId)) throw new Refused('-1106', 'reduceonly')
}

/** The position of a symbol, of one side in hedge mode. */
export function positionOf(
  engine: Engine,
  accountId: string,
  symbol: string,
  positionSide: ShownSide,
): PositionView | undefined {
  return engine
    .positions(accountId)
    .find((row) => row.symbol === symbol && (positionSide === 'BOTH' || row.side === positionSide))
}

/**
 * An order that closes in hedge mode is not cut as a reduce-only one is: it must fit the position
 * and the closing orders that rank before it, else -2022 (docs/wire/binance.md 4.7).
 */
export function checkClosing(
  { engine, accountId }: Handling,
  order: {
    symbol: string
    side: EngineSide
    positionSide: PositionSide
    quantity: Decimal
    price?: Decimal
  },
): void {
  const { symbol, side, positionSide, quantity, price } = order
  const size = positionOf(engine, accountId, symbol, positionSide)?.size ?? '0'
  const ahead = engine
    .openOrders(accountId)
    .filter(
      (row) => row.symbol === symbol && row.side === side && row.positionSide === positionSide,
    )
    .filter((row) => price !== undefined && !isBetter(side, price, row.price ?? price))
    .map((row) => sub(row.quantity, row.executedQuantity))
  if (isGreater(quantity, sub(size, sum(ahead)))) throw new Refused('-2022')
}

function isBetter(side: EngineSide, price: Decimal, other: Decimal): boolean {
  return side === 'BUY' ? isGreater(price, other) : isLess(price, other)
}
