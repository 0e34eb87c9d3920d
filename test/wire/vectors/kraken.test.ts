import { createHash, createHmac } from 'node:crypto'
import ccxt from 'ccxt'
import { describe, expect, it } from 'vitest'
import { signing as krakenSigning } from '../../../evidence/kraken/sign.ts'
import { faults, find, parameters, readVectors } from './vectors.ts'

const kraken = readVectors('kraken')

describe('KRAKEN', () => {
  it.each(kraken.vectors)(
    'default: $id is parameters, nonce and path, hashed twice with node:crypto',
    ({ path, query, body, nonce = '', text, digest, signature }) => {
      const signedPath = path.replace('/derivatives/', '/')
      const hash = createHash('sha256').update(text ?? `${query}${body}${nonce}${signedPath}`)
      const bytes = hash.digest()
      const secret = Buffer.from(kraken.apiSecret, 'base64')
      expect(createHmac('sha512', secret).update(bytes).digest('base64')).toBe(signature)
      if (digest !== undefined) expect(bytes.toString('hex')).toBe(digest)
    },
  )

  it.each(kraken.vectors.filter(({ text }) => text === undefined))(
    'behavior: our verifier takes $id',
    ({ method, path, query, body, nonce, signature }) => {
      const headers = {
        apikey: kraken.apiKey,
        authent: signature,
        ...(nonce !== undefined && { nonce }),
        ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
      }
      expect(faults(krakenSigning, { method, path, query, headers, body }, kraken)).toEqual([])
    },
  )

  it.each(['1', '2', '3', '6'])('behavior: ccxt signs %s alike', (id) => {
    const { method, path, query, body, signature } = find(kraken, id)
    const exchange = new ccxt.krakenfutures({ apiKey: kraken.apiKey, secret: kraken.apiSecret })
    const words = parameters(query || body)
    const signed = exchange.sign(path.replace('/derivatives/api/v3/', ''), 'private', method, words)
    expect(signed.headers).toMatchObject({ APIKey: kraken.apiKey, Authent: signature })
    // It sends forms behind the question mark, which the exchange takes as well.
    expect(`${new URL(signed.url).pathname} ${new URL(signed.url).search.slice(1)}`).toBe(
      `${path} ${query || body}`,
    )
  })

  it('error: a changed byte, a foreign key or a deadline that has passed does not verify', () => {
    const path = '/derivatives/api/v3/sendorder'
    const form = { symbol: 'PF_XBTUSD', processBefore: '2023-11-14T22:13:22.000Z' }
    const words = { method: 'POST', path, access: 'signed', form } as const
    const good = krakenSigning.sign(words, kraken, kraken.timestamp)
    const unverified = 'header Authent: does not verify over the bytes that were sent'
    expect(krakenSigning.windowOf(good, kraken.timestamp)).toBe('2000')
    expect(faults(krakenSigning, good, kraken)).toEqual([])
    // The same words, encoded in another way than was signed.
    const unlike = { ...good, body: good.body.replaceAll('%3A', ':') }
    expect(faults(krakenSigning, unlike, kraken)).toEqual([unverified])
    const nonce = { ...good, headers: { ...good.headers, nonce: '1700000000000' } }
    expect(faults(krakenSigning, nonce, kraken)).toEqual([unverified])
    expect(faults(krakenSigning, good, { ...kraken, apiKey: 'another' })).toEqual([
      'header APIKey: expected the key',
    ])
    const late = { ...kraken, timestamp: kraken.timestamp + 2_000 }
    expect(faults(krakenSigning, good, late)).toEqual([
      "processBefore: expected a time after 2023-11-14T22:13:22.000Z, sent '2023-11-14T22:13:22.000Z'",
    ])
  })
})
