import type { Answer, Handling, Route } from '../../server/types.ts'
import { requiredText } from './fields.ts'
import { iso } from './numbers.ts'
import { success, wordRefusal } from './replies.ts'

/** Longest time, in seconds: docs/wire/kraken.md 4.6. */
const LONGEST = 86_400

// The dead man's switch of an account, triggers included: docs/wire/kraken.md 4.6.
// https://docs.kraken.com/api/docs/futures-api/trading/cancel-all-orders-after
export const cancelAllAfter: Route = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelallordersafter',
  access: 'signed',
  operation: 'cancelAll',
  parameters: ['timeout'],
  handle: arm,
}

function arm(handling: Handling): Answer {
  const { accountId, clock, engine, params } = handling
  const text = requiredText(params, 'timeout')
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds <= LONGEST)) throw wordRefusal('invalidArgument: timeout')
  const ms = seconds * 1_000
  engine.setCancelAllTimer(accountId, {
    ...(ms > 0 && { at: engine.now() + ms }),
    includesConditionals: true,
  })
  const now = clock.now()
  return success(handling, {
    status: { currentTime: iso(now), triggerTime: ms > 0 ? iso(now + ms) : '0' },
  })
}
