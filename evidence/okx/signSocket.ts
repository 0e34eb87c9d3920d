import { createHmac } from 'node:crypto'
import type { Desk } from '../../test/wire/orderSocketEvidence.ts'

// docs/wire/okx.md 2 and 8.1, written without looking at either hand.

/** Over seconds, `GET` and `/users/self/verify`, in Base64, as in vector 5. */
export function loginOf({ key, now }: Pick<Desk, 'key' | 'now'>): {
  apiKey: string
  passphrase: string
  timestamp: string
  sign: string
} {
  const timestamp = String(Math.floor(now / 1000))
  const sign = createHmac('sha256', key.apiSecret)
    .update(`${timestamp}GET/users/self/verify`)
    .digest('base64')
  return { apiKey: key.apiKey, passphrase: key.passphrase ?? '', timestamp, sign }
}
