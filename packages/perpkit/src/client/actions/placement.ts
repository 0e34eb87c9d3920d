import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode, PositionSide, Side } from '../../model/tokens.ts'
import type { BudgetClass } from '../../transport/limiter.ts'
import type { Client } from '../client.ts'
import { refuse } from './arguments.ts'

/** What a caller says about the position an order moves. */
export interface PositionWish {
  side: Side
  reduceOnly: boolean
  positionSide?: PositionSide | undefined
  /** Only from within: the mode of the position that is to be closed. */
  marginMode?: MarginMode | undefined
}

/** The same in the account's modes, as orders say it. */
export interface Placement {
  side: Side
  reduceOnly: boolean
  positionSide?: PositionSide
  marginMode?: MarginMode
}

/**
 * Sends an order in the modes the account is in. When the exchange says that they are others (they
 * were changed elsewhere), they are read anew and the order is sent once more: a refusal of that kind
 * is certain non-execution.
 */
export async function inModes<T>(
  client: Client,
  order: { action: string; instrument: Instrument; wish: PositionWish },
  send: (placement: Placement) => Promise<T>,
): Promise<T> {
  const placement = await placementOf(client, order)
  try {
    return await send(placement)
  } catch (error) {
    if (!tellsOfOtherModes(error)) throw error
    client.modes.forget()
    const corrected = await placementOf(client, order)
    if (JSON.stringify(corrected) === JSON.stringify(placement)) throw error
    return send(corrected)
  }
}

/** Throws `RequestError` when the wish does not fit the position mode. */
export async function placementOf(
  client: Client,
  order: { action: string; instrument: Instrument; wish: PositionWish },
): Promise<Placement> {
  const { action, instrument, wish } = order
  const { definition, modes } = client
  const budgetClass: BudgetClass = wish.reduceOnly ? 'protect' : 'ordinary'
  const call = client.call({ action, budgetClass })
  const mode = await modes.positionMode(call, instrument)
  const sides = mode === 'HEDGE' ? hedged(client, action, wish) : oneWay(client, action, wish)
  if (!definition.namesMarginMode) return sides
  const marginMode =
    wish.marginMode ??
    (sides.reduceOnly
      ? await modes.positionsMarginMode(call, instrument)
      : await modes.marginMode(call, instrument))
  return { ...sides, marginMode }
}

function oneWay(client: Client, action: string, wish: PositionWish): Placement {
  const { side, reduceOnly, positionSide } = wish
  if (positionSide === undefined) return { side, reduceOnly }
  if (!client.definition.capabilities.positionModes.includes('HEDGE')) {
    const message = `the exchange has one-way mode alone and takes no positionSide, received ${positionSide}`
    throw refuse(client, action, 'UNSUPPORTED', message)
  }
  const message = `the account is in one-way mode, where an order takes no positionSide, received ${positionSide}`
  throw refuse(client, action, 'POSITION_MODE_MISMATCH', message)
}

/** An order without a position side opens its own side, or closes the other one if it may only reduce. */
function hedged(client: Client, action: string, wish: PositionWish): Placement {
  const { side, reduceOnly } = wish
  const opened: PositionSide = side === 'BUY' ? 'LONG' : 'SHORT'
  const closed: PositionSide = side === 'BUY' ? 'SHORT' : 'LONG'
  const positionSide = wish.positionSide ?? (reduceOnly ? closed : opened)
  if (reduceOnly && positionSide === opened) {
    const message = `a reduce-only ${side} order closes a ${closed} position, but positionSide is ${positionSide}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  return { side, reduceOnly: positionSide === closed, positionSide }
}

/** A refusal by the exchange, not by us. */
export function tellsOfOtherModes(error: unknown): boolean {
  return PerpkitError.is(error) && error.code === 'POSITION_MODE_MISMATCH' && 'nativeCode' in error
}
