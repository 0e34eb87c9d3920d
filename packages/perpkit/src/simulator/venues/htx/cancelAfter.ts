import type { Route } from '../../server/types.ts'
import { invalidField } from './errors.ts'
import { Form } from './form.ts'
import { reply } from './replies.ts'

/** The shortest time a timer can be set to, and the one it gets when none is said. */
const SHORTEST_MS = 5_000

// One timer for all plain orders of the account: docs/wire/htx.md 4.5.
// https://www.htx.com/en-us/opend/newApiPages/
export const cancelAfter: Route = {
  method: 'POST',
  path: '/v5/trade/cancel-after',
  access: 'signed',
  operation: 'cancelAll',
  parameters: ['on_off', 'time_out', 'channel_code'],
  handle(handling) {
    const { accountId, clock, engine } = handling
    const form = new Form(handling)
    form.ignore('channel_code')
    const isOn = form.requiredToken('on_off', ['1', '0'] as const) === '1'
    const timeOut = form.whole('time_out') ?? SHORTEST_MS
    if (isOn && timeOut < SHORTEST_MS) throw invalidField('time_out')
    const now = clock.now()
    engine.setCancelAllTimer(accountId, {
      ...(isOn ? { at: engine.now() + timeOut } : {}),
      includesConditionals: false,
    })
    return reply(handling, {
      current_time: String(now),
      trigger_time: isOn ? String(now + timeOut) : '',
    })
  },
}
