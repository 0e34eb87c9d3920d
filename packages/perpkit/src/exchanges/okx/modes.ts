import type { Call, Endpoint } from '../../client/definition.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode, PositionMode } from '../../model/tokens.ts'
import { getPositions } from './account.ts'
import { positionModeTokens, readPositionMode } from './tokens.ts'

/** The exchange keeps none: every order says its own, and a position has that of its orders. */
export async function getMarginMode(
  call: Call,
  params: { instrument: Instrument },
): Promise<MarginMode | undefined> {
  // Positions of both modes may stand side by side: the newest comes first.
  const positions = await getPositions(call, params)
  return positions.find(({ marginMode }) => marginMode !== undefined)?.marginMode
}

/** Of the whole account, whatever the contract. */
export function getPositionMode(call: Call): Promise<PositionMode> {
  return call(accountConfig, undefined)
}

/**
 * Sends only a change: with anything open the exchange refuses the present mode too
 * (docs/wire/okx.md 4.1).
 */
export async function setPositionMode(
  call: Call,
  params: { positionMode: PositionMode },
): Promise<void> {
  if ((await getPositionMode(call)) === params.positionMode) return
  try {
    await call(positionModeSetting, params)
  } catch (error) {
    if (!PerpkitError.is(error) || error.code !== 'STATE_CONFLICT') throw error
    if ((await getPositionMode(call)) !== params.positionMode) throw error
  }
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration */
const accountConfig: Endpoint<void, PositionMode> = {
  method: 'GET',
  path: '/api/v5/account/config',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/config': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    return readPositionMode(answer.at('data').at(0).at('posMode'))
  },
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-position-mode */
const positionModeSetting: Endpoint<{ positionMode: PositionMode }, void> = {
  method: 'POST',
  path: '/api/v5/account/set-position-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { 'POST account/set-position-mode': 1 },
  encode({ positionMode }) {
    return { json: { posMode: positionModeTokens[positionMode] } }
  },
  decode(answer) {
    readPositionMode(answer.at('data').at(0).at('posMode'))
  },
}
