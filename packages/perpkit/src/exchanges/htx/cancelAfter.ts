import type { Call, Endpoint } from '../../client/definition.ts'

interface TimerSetting {
  /** 0 switches it off. */
  timeoutMs: number
}

/** One timer for the whole account; it takes no conditional orders. */
export function setCancelAllAfter(call: Call, { timeoutMs }: TimerSetting): Promise<void> {
  return call(timerSetting, { timeoutMs })
}

/** A shorter one is refused. */
export const MIN_TIMEOUT_MS = 5_000

/** None is told; a switch that waits for longer protects nobody (docs/wire/htx.md 4.5). */
export const MAX_TIMEOUT_MS = 86_400_000

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b72307cbb
const timerSetting: Endpoint<TimerSetting, void> = {
  method: 'POST',
  path: '/v5/trade/cancel-after',
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ timeoutMs }) => ({
    json: timeoutMs === 0 ? { on_off: '0' } : { on_off: '1', time_out: String(timeoutMs) },
  }),
  decode() {},
}
