import { createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/htx.md 2, written without looking at either hand.

const HOST = 'api.hbdm.com'

/** HMAC-SHA256, in base64, of method, host, path and the query as it stands in the URL. */
function signatureOf(
  { method, host, path, query }: { method: string; host: string; path: string; query: string },
  apiSecret: string,
): string {
  return createHmac('sha256', apiSecret)
    .update(`${method}\n${host.toLowerCase()}\n${path}\n${query}`)
    .digest('base64')
}

export const signing: Signing = {
  envelope: ['AccessKeyId', 'SignatureMethod', 'SignatureVersion', 'Timestamp', 'Signature'],

  sign(words: Words, key: Key, timestamp: number): WireText {
    const { method, path, access } = words
    const body = method === 'GET' ? '' : JSON.stringify(words.json ?? {})
    const parameters = {
      ...words.query,
      ...(access === 'public'
        ? {}
        : {
            AccessKeyId: key.apiKey,
            SignatureMethod: 'HmacSHA256',
            SignatureVersion: '2',
            Timestamp: new Date(timestamp).toISOString().replace(/\.\d+Z$/, ''),
          }),
    }
    const query = Object.entries(parameters)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .sort(byName)
      .join('&')
    const signature = signatureOf({ method, host: HOST, path, query }, key.apiSecret)
    return {
      method,
      path,
      query: access === 'public' ? query : `${query}&Signature=${encodeURIComponent(signature)}`,
      headers: { host: HOST, ...(body === '' ? {} : { 'content-type': 'application/json' }) },
      body,
    }
  },

  // There is none to choose: the exchange takes a time for five minutes.
  windowOf(): undefined {
    return undefined
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const { method, path, headers } = request
    const faults: string[] = []
    if (method === 'GET' && request.body !== '') faults.push('body: a GET sends none')
    if (method === 'POST' && !headers['content-type']?.startsWith('application/json')) {
      faults.push('header Content-Type: expected application/json')
    }
    if (access === 'public') {
      if (/(^|&)(AccessKeyId|Signature)=/.test(request.query)) {
        faults.push('signature: sent on a public call')
      }
      return faults
    }
    const [, query = request.query, signature = ''] =
      /^(.*)&Signature=([^&]*)$/.exec(request.query) ?? []
    const pairs = query.split('&')
    if ([...pairs].sort(byName).join('&') !== query) {
      faults.push('query: expected the names in order')
    }
    for (const pair of [
      `AccessKeyId=${encodeURIComponent(key.apiKey)}`,
      'SignatureMethod=HmacSHA256',
      'SignatureVersion=2',
    ]) {
      if (!pairs.includes(pair)) faults.push(`query: expected ${pair}`)
    }
    return [
      ...faults,
      ...timeFaults(pairs.find((pair) => pair.startsWith('Timestamp=')) ?? '', now),
      ...(signature ===
      encodeURIComponent(
        signatureOf({ method, host: headers.host ?? '', path, query }, key.apiSecret),
      )
        ? []
        : ['query.Signature: does not verify over the bytes that were sent']),
    ]
  },
}

/** UTC in whole seconds, without a zone: up to one of them has passed when it is written. */
function timeFaults(pair: string, now: number): string[] {
  const text = /^Timestamp=(\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d)$/.exec(pair)?.[1] ?? ''
  const late = now - Date.parse(`${decodeURIComponent(text)}Z`)
  if (late > -1_000 && late < 2_000) return []
  return [`query.Timestamp: expected about ${new Date(now).toISOString()}, sent '${pair}'`]
}

/** By the bytes of the names: upper case before lower case. */
function byName(a: string, b: string): number {
  const [left = '', right = ''] = [a, b].map((pair) => pair.split('=', 1)[0])
  return left < right ? -1 : 1
}
