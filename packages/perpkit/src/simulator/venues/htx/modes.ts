import type { Handling, Route } from '../../server/types.ts'
import { Form } from './form.ts'
import { Refused, reply } from './replies.ts'

// Position mode, of the whole account: docs/wire/htx.md 4.3. Only one-way mode is offered.

const MODE = 'single_side'

// https://www.htx.com/en-us/opend/newApiPages/
export const positionMode: Route = {
  method: 'GET',
  path: '/v5/position/mode',
  access: 'signed',
  operation: 'getPositions',
  parameters: ['contract_code', 'margin_mode'],
  handle(handling) {
    new Form(handling).ignore('contract_code', 'margin_mode')
    return reply(handling, { position_mode: MODE })
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
    if (mode !== MODE) throw modeBlocked(handling)
    return reply(handling, { position_mode: MODE })
  },
}

/** Why a mode cannot be changed: orders, positions, or because it is never offered here. */
export function modeBlocked({ accountId, engine }: Handling): Refused {
  if (engine.openOrders(accountId).length + engine.openConditionals(accountId).length > 0) {
    return new Refused(1493, 'The mode cannot be adjusted while there are open orders.')
  }
  if (engine.positions(accountId).length > 0) {
    return new Refused(1494, 'The mode cannot be adjusted while there are positions.')
  }
  return new Refused(1496, 'The mode cannot be adjusted in the current state of the contracts.')
}
