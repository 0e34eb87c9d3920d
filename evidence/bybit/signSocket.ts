import { createHmac } from 'node:crypto'
import type { Desk } from '../../test/wire/orderSocketEvidence.ts'

// docs/wire/bybit.md 2 and 8, written without looking at either hand.

/** Until when a login is good, and HMAC-SHA256 in hex of `GET/realtime` and that, as in vector V6. */
export function loginOf({ key, now }: Pick<Desk, 'key' | 'now'>): [string, number, string] {
  const expires = now + 10_000
  const signature = createHmac('sha256', key.apiSecret)
    .update(`GET/realtime${expires}`)
    .digest('hex')
  return [key.apiKey, expires, signature]
}
