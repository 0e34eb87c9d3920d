import { createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/bitget.md 2, written without looking at either hand.

/** How old a request may be; there is no window to choose. */
const PATIENCE_MS = 30_000

/** HMAC-SHA256 of time, method, path with its query and body, in Base64. */
function signatureOf(
  timestamp: string,
  { method, path, query, body }: Pick<WireText, 'method' | 'path' | 'query' | 'body'>,
  { apiSecret }: Key,
): string {
  const target = query === '' ? path : `${path}?${query}`
  return createHmac('sha256', apiSecret)
    .update(timestamp + method + target + body)
    .digest('base64')
}

export const signing: Signing = {
  // Time and signature travel in headers.
  envelope: [],

  sign(words: Words, key: Key, timestamp: number): WireText {
    const request = {
      method: words.method,
      path: words.path,
      query: encode(words.query ?? {}),
      body: words.json === undefined ? '' : JSON.stringify(words.json),
    }
    const time = String(timestamp)
    return {
      ...request,
      headers: {
        ...(words.access === 'public'
          ? {}
          : {
              'access-key': key.apiKey,
              'access-sign': signatureOf(time, request, key),
              'access-timestamp': time,
              'access-passphrase': key.passphrase ?? '',
            }),
        ...(request.body === '' ? {} : { 'content-type': 'application/json' }),
      },
    }
  },

  windowOf({ headers }: WireText): string | undefined {
    return headers['access-timestamp'] === undefined ? undefined : String(PATIENCE_MS)
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const { headers } = request
    const faults: string[] = []
    if (request.body !== '' && !headers['content-type']?.startsWith('application/json')) {
      faults.push('header Content-Type: expected application/json')
    }
    if (request.method === 'GET' && request.body !== '') faults.push('body: a GET sends none')
    // The keys of demo accounts alone are taken beside it.
    if (headers.paptrading !== undefined)
      faults.push('header paptrading: sent to the live exchange')
    if (access === 'public') {
      if (headers['access-sign'] !== undefined) faults.push('signature: sent on a public call')
      return faults
    }
    if (headers['access-key'] !== key.apiKey) faults.push('header ACCESS-KEY: expected the key')
    if (headers['access-passphrase'] !== key.passphrase) {
      faults.push('header ACCESS-PASSPHRASE: expected the passphrase in clear')
    }
    const timestamp = headers['access-timestamp'] ?? ''
    if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > PATIENCE_MS) {
      faults.push(`header ACCESS-TIMESTAMP: expected about ${now}, sent '${timestamp}'`)
    }
    if (headers['access-sign'] !== signatureOf(timestamp, request, key)) {
      faults.push('header ACCESS-SIGN: does not verify over the bytes that were sent')
    }
    return faults
  },
}

function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
