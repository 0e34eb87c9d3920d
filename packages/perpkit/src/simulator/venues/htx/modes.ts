import type { Handling, Route } from '../../server/types.ts'
import { modeBlockedByOrders, modeBlockedByPositions, refusedByEngine } from './errors.ts'
import { Form } from './form.ts'
import { Refused, reply } from './replies.ts'
import { isHedged } from './sides.ts'

// Position mode, of the whole account: docs/wire/htx.md 4.3.

// https://www.htx.com/en-us/opend/newApiPages/
export const positionMode: Route = {
  method: 'GET',
  path: '/v5/position/mode',
  access: 'signed',
  operation: 'getPositions',
  parameters: ['contract_code', 'margin_mode'],
  handle(handling) {
    new Form(handling).ignore('contract_code', 'margin_mode')
    return reply(handling, { position_mode: modeOf(handling) })
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1959443cae3
export const setPositionMode: Route = {
  method: 'POST',
  path: '/v5/position/mode',
  access: 'signed',
  parameters: ['position_mode', 'channel_code'],
  handle(handling) {
    const form = new Form(handling)
    form.ignore('channel_code')
    const mode = form.requiredToken('position_mode', ['single_side', 'dual_side'] as const)
    // An equal mode succeeds, whatever is open.
    if (mode !== modeOf(handling)) {
      const { accountId, engine } = handling
      refuseBusy(handling)
      const refused = engine.setPositionMode(accountId, mode === 'dual_side' ? 'hedge' : 'oneWay')
      if (refused) throw refusedByEngine(refused, '')
    }
    return reply(handling, { position_mode: mode })
  },
}

/** Why the collateral mode cannot be changed: orders, positions, or because it is never offered. */
export function modeBlocked(handling: Handling): Refused {
  refuseBusy(handling)
  return new Refused(1496, 'The mode cannot be adjusted in the current state of the contracts.')
}

/** Orders are looked at before positions. */
function refuseBusy({ accountId, engine }: Handling): void {
  if (engine.openOrders(accountId).length + engine.openConditionals(accountId).length > 0) {
    throw modeBlockedByOrders()
  }
  if (engine.positions(accountId).length > 0) throw modeBlockedByPositions()
}

function modeOf(handling: Handling): 'single_side' | 'dual_side' {
  return isHedged(handling) ? 'dual_side' : 'single_side'
}
