import type { Route } from '../../server/types.ts'
import { json, replyOk } from './replies.ts'

// What is not about any contract: docs/wire/htx.md 3.

// https://www.htx.com/en-us/opend/newApiPages/?id=28c2e8fc-77ae-11ed-9966-0242ac110003
export const timestamp: Route = {
  method: 'GET',
  path: '/api/v1/timestamp',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) => json({ status: 'ok', ts: handling.clock.now() }),
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#query-whether-the-system-is-available
export const heartbeat: Route = {
  method: 'GET',
  path: '/heartbeat/',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) =>
    replyOk(handling, {
      heartbeat: 1,
      estimated_recovery_time: null,
      swap_heartbeat: 1,
      swap_estimated_recovery_time: null,
      option_heartbeat: 1,
      option_estimated_recovery_time: null,
      linear_swap_heartbeat: 1,
      linear_swap_estimated_recovery_time: null,
    }),
}
