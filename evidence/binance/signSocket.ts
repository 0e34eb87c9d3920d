import { createHmac, createPrivateKey, sign } from 'node:crypto'
import type { Json } from '../../test/wire/evidence.ts'
import type { Desk } from '../../test/wire/orderSocketEvidence.ts'

// docs/wire/binance.md 8.7, written without looking at either hand.

type Parameters = Readonly<Record<string, string | number | boolean>>

/** All parameters by name, as in vector V6: nothing is percent-encoded. */
function payloadOf(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
}

/** A request that is signed `lateMs` before it is sent. */
export function signed(
  id: Json,
  method: string,
  parameters: Parameters,
  lateMs = 0,
): ({ key, now }: Pick<Desk, 'key' | 'now'>) => { params: Parameters & { signature: string } } {
  return ({ key, now }) => {
    const params = {
      apiKey: key.apiKey,
      ...parameters,
      recvWindow: 5000,
      timestamp: now - lateMs,
    }
    const signature = createHmac('sha256', key.apiSecret).update(payloadOf(params)).digest('hex')
    return { id, method, params: { ...params, signature } }
  }
}

/** The same under the Ed25519 key whose seed the bytes of the secret are. */
export function signedByEd25519(
  id: Json,
  method: string,
): ({ key, now }: Pick<Desk, 'key' | 'now'>) => Json {
  return ({ key, now }) => {
    const params = { apiKey: key.apiKey, timestamp: now }
    const privateKey = createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${key.apiSecret}`, 'hex'),
      format: 'der',
      type: 'pkcs8',
    })
    const signature = sign(null, Buffer.from(payloadOf(params)), privateKey).toString('base64')
    return { id, method, params: { ...params, signature } }
  }
}
