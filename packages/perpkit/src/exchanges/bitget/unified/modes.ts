import type { Call, Endpoint } from '../../../client/definition.ts'
import { RequestError } from '../../../model/errors.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import type { MarginMode, PositionMode } from '../../../model/tokens.ts'
import { setUnlessSo } from '../modeConflict.ts'
import { toTriggerId } from '../orderRow.ts'
import { positionModeTokens } from '../tokens.ts'
import { getPositions } from './account.ts'
import { holdMode } from './settings.ts'

// The position mode is a setting of the account. The margin mode is said with each order: what was
// chosen is remembered here (docs/wire/bitget.md 12.2).

/** What one exchange object knows of its account. */
export interface Memory {
  /** As it was last read or set. */
  positionMode: PositionMode | undefined
  /** What was chosen for following orders, by native symbol. */
  marginModes: Map<string, MarginMode>
}

interface OfInstrument {
  instrument: Instrument
}

/** Of the open position, else what was chosen, else what an order takes that says nothing. */
export async function getMarginMode(
  call: Call,
  { instrument }: OfInstrument,
  { marginModes }: Memory,
): Promise<MarginMode> {
  const [position] = await getPositions(call, { instrument })
  return position?.marginMode ?? marginModes.get(instrument.nativeSymbol) ?? 'CROSS'
}

export async function setMarginMode(
  call: Call,
  { instrument, marginMode }: OfInstrument & { marginMode: MarginMode },
  { marginModes }: Memory,
): Promise<void> {
  const held = await getPositions(call, { instrument })
  const other = held.find((position) => position.marginMode !== marginMode)
  if (other) {
    throw new RequestError(
      `BITGET: ${instrument.symbol} has an open position that is not ${marginMode}; close it first`,
      { code: 'STATE_CONFLICT', exchange: 'BITGET' },
    )
  }
  marginModes.set(instrument.nativeSymbol, marginMode)
}

export async function getPositionMode(call: Call, memory: Memory): Promise<PositionMode> {
  memory.positionMode = await call(holdMode, undefined)
  return memory.positionMode
}

export async function setPositionMode(
  call: Call,
  { positionMode }: { positionMode: PositionMode },
  memory: Memory,
): Promise<void> {
  await setUnlessSo(
    positionMode,
    () => call(holdModeSetting, { positionMode }),
    () => call(holdMode, undefined),
  )
  memory.positionMode = positionMode
}

/**
 * Conditional orders name the side of their position in one-way mode too, and do not tell the mode:
 * there it is taken out.
 */
export async function inMode(
  call: Call,
  orders: FuturesOrder[],
  memory: Memory,
): Promise<FuturesOrder[]> {
  const isInDoubt = orders.some(isSided)
  if (!isInDoubt) return orders
  const mode = memory.positionMode ?? (await getPositionMode(call, memory))
  if (mode === 'HEDGE') return orders
  return orders.map((order) => {
    if (!isSided(order)) return order
    const { positionSide: _side, ...rest } = order
    return withRaw(rest, order.raw)
  })
}

function isSided({ orderId, positionSide }: FuturesOrder): boolean {
  return positionSide !== undefined && toTriggerId(orderId) !== undefined
}

/** https://www.bitget.com/api-doc/uta/account/Change-Position-Mode */
const holdModeSetting: Endpoint<{ positionMode: PositionMode }, void> = {
  method: 'POST',
  path: '/api/v3/account/set-hold-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/account/set-hold-mode': 1 },
  encode({ positionMode }) {
    return { json: { holdMode: positionModeTokens[positionMode] } }
  },
  decode() {},
  unchanged() {},
}
