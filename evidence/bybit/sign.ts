import { createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/bybit.md 2, written without looking at either hand.

/** HMAC-SHA256 of time, key, window and payload, joined without separators, in lower-case hex. */
function signatureOf(
  timestamp: string,
  window: string,
  payload: string,
  { apiKey, apiSecret }: Key,
): string {
  return createHmac('sha256', apiSecret)
    .update(timestamp + apiKey + window + payload)
    .digest('hex')
}

export const signing: Signing = {
  // Time and signature travel in headers.
  envelope: [],

  sign(words: Words, key: Key, timestamp: number): WireText {
    const query = encode(words.query ?? {})
    const body = words.json === undefined ? '' : JSON.stringify(words.json)
    const payload = words.method === 'GET' ? query : body
    return {
      method: words.method,
      path: words.path,
      query,
      headers: {
        ...(words.access === 'public'
          ? {}
          : {
              'x-bapi-api-key': key.apiKey,
              'x-bapi-timestamp': String(timestamp),
              'x-bapi-recv-window': '5000',
              'x-bapi-sign': signatureOf(String(timestamp), '5000', payload, key),
            }),
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      body,
    }
  },

  windowOf(request: WireText): string | undefined {
    return request.headers['x-bapi-recv-window']
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const { headers } = request
    const faults: string[] = []
    if (request.body !== '' && !headers['content-type']?.startsWith('application/json')) {
      faults.push('header Content-Type: expected application/json')
    }
    if (request.method === 'GET' && request.body !== '') faults.push('body: a GET sends none')
    if (access === 'public') {
      if (headers['x-bapi-sign'] !== undefined) faults.push('signature: sent on a public call')
      return faults
    }
    if (headers['x-bapi-api-key'] !== key.apiKey) {
      faults.push('header X-BAPI-API-KEY: expected the key')
    }
    const timestamp = headers['x-bapi-timestamp'] ?? ''
    const window = signing.windowOf(request) ?? ''
    const payload = request.method === 'GET' ? request.query : request.body
    // Accepted are times less than 1 s ahead of the server and at most the window behind it.
    if (!/^\d+$/.test(timestamp) || Math.abs(Number(timestamp) - now) > 1_000) {
      faults.push(`header X-BAPI-TIMESTAMP: expected about ${now}, sent '${timestamp}'`)
    }
    if (!/^\d+$/.test(window)) {
      faults.push(`header X-BAPI-RECV-WINDOW: expected milliseconds, sent '${window}'`)
    }
    if (headers['x-bapi-sign'] !== signatureOf(timestamp, window, payload, key)) {
      faults.push('header X-BAPI-SIGN: does not verify over the bytes that were sent')
    }
    return faults
  },
}

function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
