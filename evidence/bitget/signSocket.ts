import { createHmac } from 'node:crypto'
import type { Desk } from '../../test/wire/orderSocketEvidence.ts'

// docs/wire/bitget.md 2 and 8.2, written without looking at either hand.

/** Over seconds, `GET` and `/user/verify`, in Base64, as in the vector of the WS login. */
export function loginOf({ key, now }: Pick<Desk, 'key' | 'now'>): {
  apiKey: string
  passphrase: string
  timestamp: string
  sign: string
} {
  const timestamp = String(Math.floor(now / 1000))
  const sign = createHmac('sha256', key.apiSecret)
    .update(`${timestamp}GET/user/verify`)
    .digest('base64')
  return { apiKey: key.apiKey, passphrase: key.passphrase ?? '', timestamp, sign }
}
