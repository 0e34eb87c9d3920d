import { createHash, createHmac } from 'node:crypto'
import type { Key, Signing, WireText, Words } from '../../test/wire/evidence.ts'

// docs/wire/kraken.md 2, written without looking at either hand.

/** HMAC-SHA512, keyed with the decoded secret, of a text's SHA-256, in base64. */
function signatureOf(text: string, { apiSecret }: Key): string {
  const digest = createHash('sha256').update(text).digest()
  return createHmac('sha512', Buffer.from(apiSecret, 'base64')).update(digest).digest('base64')
}

/** Parameters as they travel, the nonce if there is one, and the path without its service. */
function textOf(query: string, body: string, nonce: string, path: string): string {
  return query + body + nonce + path.replace(/^\/derivatives(?=\/)/, '')
}

/** Calls that create or change an order: the only ones that may carry a deadline. */
const DATED = /\/(sendorder|editorder|cancelorder|batchorder)$/

export const signing: Signing = {
  // The deadline; the signature travels in a header.
  envelope: ['processBefore'],

  // A nonce is sent where the words name a time: 2.4.
  sign(words: Words, key: Key, timestamp: number): WireText {
    const query = encode(words.query ?? {})
    const body = encode(words.form ?? {})
    const nonce = words.signedAfterMs === undefined ? '' : String(timestamp)
    const signature = signatureOf(textOf(query, body, nonce, words.path), key)
    return {
      method: words.method,
      path: words.path,
      query,
      headers: {
        ...(words.access === 'public' ? {} : { apikey: key.apiKey, authent: signature }),
        ...(nonce === '' ? {} : { nonce }),
        ...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body,
    }
  },

  // A request tells no time of its own, only until when it may be taken.
  windowOf(request: WireText, now = Number.NaN): string | undefined {
    const deadline = deadlineOf(request)
    return deadline === undefined ? undefined : String(Date.parse(deadline) - now)
  },

  faults(request: WireText, access: 'public' | 'signed', key: Key, now: number): string[] {
    const { method, path, query, headers, body } = request
    const faults: string[] = []
    if (body !== '' && headers['content-type'] !== 'application/x-www-form-urlencoded') {
      faults.push('header Content-Type: expected application/x-www-form-urlencoded')
    }
    if (method === 'GET' && body !== '') faults.push('body: a GET sends none')
    if (query !== '' && body !== '') faults.push('parameters: sent in the query and in the body')
    faults.push(...deadlineFaults(request, now))
    if (access === 'public') {
      if (headers.authent !== undefined) faults.push('signature: sent on a public call')
      if (headers.apikey !== undefined) faults.push('key: sent on a public call')
      return faults
    }
    if (headers.apikey !== key.apiKey) faults.push('header APIKey: expected the key')
    const text = textOf(query, body, headers.nonce ?? '', path)
    if (headers.authent !== signatureOf(text, key)) {
      faults.push('header Authent: does not verify over the bytes that were sent')
    }
    return faults
  },
}

function deadlineFaults(request: WireText, now: number): string[] {
  const deadline = deadlineOf(request)
  if (deadline === undefined) return []
  if (!DATED.test(request.path)) return ['processBefore: no parameter of this call']
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(deadline)) {
    return [`processBefore: expected an ISO-8601 time, sent '${deadline}'`]
  }
  if (Date.parse(deadline) > now) return []
  return [`processBefore: expected a time after ${new Date(now).toISOString()}, sent '${deadline}'`]
}

function deadlineOf({ query, body }: WireText): string | undefined {
  const found = /(?:^|&)processBefore=([^&]*)/.exec(query === '' ? body : query)?.[1]
  return found === undefined ? undefined : decodeURIComponent(found)
}

function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
