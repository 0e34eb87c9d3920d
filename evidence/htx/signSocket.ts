import { createHmac } from 'node:crypto'
import type { Desk } from '../../test/wire/orderSocketEvidence.ts'

// docs/wire/htx.md 2, written without looking at either hand.

interface Login {
  op: 'auth'
  type: 'api'
  AccessKeyId: string
  SignatureMethod: string
  SignatureVersion: string
  Timestamp: string
  Signature: string
}

/** As of a GET without parameters, as in vectors T5 and T6; here it is not percent-encoded. */
export function loginOf(path: string, { key, now }: Pick<Desk, 'key' | 'now'>): Login {
  const words = {
    AccessKeyId: key.apiKey,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: new Date(now).toISOString().slice(0, 19),
  }
  const query = Object.entries(words)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const Signature = createHmac('sha256', key.apiSecret)
    .update(`GET\napi.hbdm.com\n${path}\n${query}`)
    .digest('base64')
  return { op: 'auth', type: 'api', ...words, Signature }
}
