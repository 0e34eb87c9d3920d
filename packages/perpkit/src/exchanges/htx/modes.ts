import type { Call, Endpoint } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode, PositionMode } from '../../model/tokens.ts'
import { getPositions } from './account.ts'
import { readToken } from './fields.ts'
import { positionModes, positionModeTokens } from './tokens.ts'

/** It is said with each order and kept nowhere: only what is open tells, unless it is of both. */
export async function getMarginMode(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<MarginMode | undefined> {
  const positions = await getPositions(call, { instrument })
  const modes = new Set(positions.map(({ marginMode }) => marginMode))
  return modes.size === 1 ? positions[0]?.marginMode : undefined
}

export function getPositionMode(call: Call): Promise<PositionMode> {
  return call(positionModeQuery, undefined)
}

/** Of the whole account. Read first: orders and positions would be in the way of an equal value. */
export async function setPositionMode(
  call: Call,
  params: { positionMode: PositionMode },
): Promise<void> {
  if ((await getPositionMode(call)) === params.positionMode) return
  await call(positionModeSetting, params)
}

const PATH = '/v5/position/mode'

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957f4d93fd
const positionModeQuery: Endpoint<void, PositionMode> = {
  method: 'GET',
  path: PATH,
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: () => ({}),
  decode: (answer) => readToken(answer.at('data').at('position_mode'), positionModes),
}

/**
 * Refused while there are orders or positions.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957f4ec40b
 */
const positionModeSetting: Endpoint<{ positionMode: PositionMode }, void> = {
  method: 'POST',
  path: PATH,
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ positionMode }) => ({ json: { position_mode: positionModeTokens[positionMode] } }),
  decode() {},
}
