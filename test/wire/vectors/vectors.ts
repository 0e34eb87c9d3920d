import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RestClientV5 } from 'bybit-api'
import type { Signing, WireText } from '../evidence.ts'

export interface Vectors {
  apiKey: string
  apiSecret: string
  passphrase?: string
  timestamp: number
  vectors: Vector[]
}

export interface Vector {
  id: string
  method: string
  path: string
  /** Where it is signed. */
  host?: string
  /** Another secret than the file's. */
  apiSecret?: string
  /** Signed with the rest where it is sent. */
  nonce?: string
  /** SHA-256 of the string to sign, in hex. */
  digest?: string
  /** The string to sign, where it is not made of a request. */
  text?: string
  query: string
  body: string
  signature: string
}

type NetworkOptions = NonNullable<ConstructorParameters<typeof RestClientV5>[1]>
export type Adapter = Extract<NetworkOptions['adapter'], (...request: never) => unknown>

/** An axios adapter that keeps what would have left and answers success. */
export function capture(sent: WireText[]): Adapter {
  return async (request) => {
    const url = new URL(request.url ?? '')
    const headers = Object.entries(request.headers)
    sent.push({
      method: (request.method ?? '').toUpperCase(),
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), `${value}`])),
      body: typeof request.data === 'string' ? request.data : '',
    })
    const data = { retCode: 0, retMsg: 'OK', result: {} }
    return { data, status: 200, statusText: 'OK', headers: {}, config: request }
  }
}

export function faults(
  signing: Signing,
  request: WireText,
  { apiKey, apiSecret, timestamp }: Pick<Vectors, 'apiKey' | 'apiSecret' | 'timestamp'>,
): string[] {
  return signing.faults(request, 'signed', { apiKey, apiSecret }, timestamp)
}

export function readVectors(exchange: string): Vectors {
  const file = new URL(`../../../evidence/${exchange}/vectors.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

export function find(vectors: Vectors, id: string): Vector {
  const found = vectors.vectors.find((vector) => vector.id === id)
  if (!found) throw new Error(`no vector ${id}`)
  return found
}

export function hmac(secret: string, text: string, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHmac('sha256', secret).update(text).digest(encoding)
}

export function parameters(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('&').flatMap((pair) => {
      const [name = '', value = ''] = pair.split('=')
      if (name === '') return []
      return [[name, name === 'cursor' ? value : decodeURIComponent(value)]]
    }),
  )
}
