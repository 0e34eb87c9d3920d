import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// The dead man's switch of one symbol: docs/wire/binance.md 4.5. Conditional orders stay.

export const countdownRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Auto-Cancel-All-Open-Orders
  signedRoute('POST', '/fapi/v1/countdownCancelAll', {
    operation: 'cancelAll',
    mandatory: ['symbol', 'countdownTime'],
    handle: setCountdown,
  }),
]

const SHORTEST_MS = 1_000
const LONGEST_MS = 86_400_000

function setCountdown(handling: Handling): Record<string, unknown> {
  const { engine, accountId } = handling
  const sent = new Sent(handling, ['symbol', 'countdownTime'])
  const { symbol } = readContract(sent)
  const countdownTime = sent.whole('countdownTime') ?? 0
  const stops = countdownTime === 0
  if (!stops && (countdownTime < SHORTEST_MS || countdownTime > LONGEST_MS)) {
    throw new Refused('-1130', 'countdownTime')
  }
  engine.setCancelAllTimer(accountId, {
    ...(!stops && { at: engine.now() + countdownTime }),
    symbol,
    includesConditionals: false,
  })
  return { symbol, countdownTime: String(countdownTime) }
}
