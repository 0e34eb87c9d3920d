import { createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/binance.md 2, written without looking at either hand.

/** HMAC-SHA256 of query and body, joined without a separator, in hex. */
function signatureOf(query: string, body: string, apiSecret: string): string {
  return createHmac('sha256', apiSecret)
    .update(query + body)
    .digest('hex')
}

export const signing: Signing = {
  envelope: ['timestamp', 'recvWindow', 'signature'],

  sign(words: Words, key: Key, timestamp: number): WireText {
    const stamp = { timestamp: String(timestamp), recvWindow: '5000' }
    const isSigned = words.access === 'signed'
    const inForm = words.form !== undefined
    const query = encode({ ...words.query, ...(isSigned && !inForm ? stamp : {}) })
    const body = encode({ ...words.form, ...(isSigned && inForm ? stamp : {}) })
    const signature = isSigned ? `signature=${signatureOf(query, body, key.apiSecret)}` : ''
    const append = (text: string): string =>
      [text, signature].filter((part) => part !== '').join('&')
    return {
      method: words.method,
      path: words.path,
      query: inForm ? query : append(query),
      headers: {
        ...(words.access === 'public' ? {} : { 'x-mbx-apikey': key.apiKey }),
        ...(inForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      body: inForm ? append(body) : body,
    }
  },

  windowOf(request: WireText): string | undefined {
    return /(?:^|&)recvWindow=([^&]*)(?:&|$)/.exec(`${request.query}&${request.body}`)?.[1]
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const faults: string[] = []
    const found = request.headers['x-mbx-apikey']
    if (access === 'signed' && found !== key.apiKey) {
      faults.push(
        `header X-MBX-APIKEY: expected the key, ${found ? 'sent another' : 'sent nothing'}`,
      )
    }
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    if (request.body !== '' && form !== true) {
      faults.push('header Content-Type: expected application/x-www-form-urlencoded')
    }
    if (request.method === 'GET' && request.body !== '') faults.push('body: a GET sends none')
    const signed = /^(?<text>.*?)&?signature=(?<signature>[^&]*)$/s.exec(
      request.body === '' ? request.query : request.body,
    )
    if (access === 'public') {
      if (signed) faults.push('signature: sent on a public call')
      return faults
    }
    const { text = '', signature = '' } = signed?.groups ?? {}
    const expected =
      request.body === ''
        ? signatureOf(text, '', key.apiSecret)
        : signatureOf(request.query, text, key.apiSecret)
    if (!signed) faults.push('signature: expected as the last parameter')
    else if (signature.toLowerCase() !== expected) {
      faults.push('signature: does not verify over the bytes that were sent')
    }
    const window = signing.windowOf(request)
    if (window !== undefined && !(/^\d+$/.test(window) && Number(window) <= 60_000)) {
      faults.push(`recvWindow: expected milliseconds up to 60000, sent '${window}'`)
    }
    return [...faults, ...clockFaults(`${request.query}&${request.body}`, now)]
  },
}

function clockFaults(parameters: string, now: number): string[] {
  const faults: string[] = []
  const timestamp = /(?:^|&)timestamp=(\d+)(?:&|$)/.exec(parameters)?.[1]
  if (timestamp === undefined) faults.push('timestamp: expected milliseconds, sent nothing')
  // Accepted are times less than 1 s ahead of the server and at most recvWindow behind it.
  else if (Math.abs(Number(timestamp) - now) > 1_000) {
    faults.push(`timestamp: expected about ${now}, sent ${timestamp}`)
  }
  return faults
}

function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
