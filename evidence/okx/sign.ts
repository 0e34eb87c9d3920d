import { createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/okx.md 2, written without looking at either hand.

/** The header that dates an order exists for these paths only. */
const DATED = /^\/api\/v5\/trade\/(?:order|batch-orders|amend-order|amend-batch-orders)$/

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

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
    const time = new Date(timestamp).toISOString()
    return {
      ...request,
      headers: {
        ...(words.access === 'public'
          ? {}
          : {
              'ok-access-key': key.apiKey,
              'ok-access-sign': signatureOf(time, request, key),
              'ok-access-timestamp': time,
              'ok-access-passphrase': key.passphrase ?? '',
            }),
        ...(request.body === '' ? {} : { 'content-type': 'application/json' }),
      },
    }
  },

  /** There is no window: an order names the time at which it is too late, the rest has 30 s. */
  windowOf({ headers }: WireText): string | undefined {
    const { exptime: end = '', 'ok-access-timestamp': start = '' } = headers
    return /^\d+$/.test(end) ? String(Number(end) - Date.parse(start)) : undefined
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const { headers } = request
    const faults: string[] = []
    if (request.body !== '' && !headers['content-type']?.startsWith('application/json')) {
      faults.push('header Content-Type: expected application/json')
    }
    if (request.method === 'GET' && request.body !== '') faults.push('body: a GET sends none')
    if ('exptime' in headers && !DATED.test(request.path)) {
      faults.push('header expTime: sent on a call that knows none')
    }
    if (access === 'public') {
      if (headers['ok-access-sign'] !== undefined) faults.push('signature: sent on a public call')
      return faults
    }
    if (headers['ok-access-key'] !== key.apiKey) {
      faults.push('header OK-ACCESS-KEY: expected the key')
    }
    if (headers['ok-access-passphrase'] !== key.passphrase) {
      faults.push('header OK-ACCESS-PASSPHRASE: expected the passphrase in clear')
    }
    const timestamp = headers['ok-access-timestamp'] ?? ''
    // Accepted are times up to 30 s from the server's, either way.
    if (!ISO_TIME.test(timestamp) || Math.abs(Date.parse(timestamp) - now) > 30_000) {
      const expected = new Date(now).toISOString()
      faults.push(`header OK-ACCESS-TIMESTAMP: expected about ${expected}, sent '${timestamp}'`)
    }
    if (headers['ok-access-sign'] !== signatureOf(timestamp, request, key)) {
      faults.push('header OK-ACCESS-SIGN: does not verify over the bytes that were sent')
    }
    return faults
  },
}

function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
