import ccxt from 'ccxt'
import { describe, expect, it } from 'vitest'
import { signing as okxSigning } from '../../../evidence/okx/sign.ts'
import { find, hmac, parameters, readVectors } from './vectors.ts'

const okx = readVectors('okx')

describe('OKX', () => {
  it.each(okx.vectors)(
    'default: $id is time, method, target and body, signed with node:crypto',
    ({ method, path, query, body, text, signature }) => {
      const target = query === '' ? path : `${path}?${query}`
      const prehash = text ?? `${new Date(okx.timestamp).toISOString()}${method}${target}${body}`
      expect(hmac(okx.apiSecret, prehash, 'base64')).toBe(signature)
    },
  )

  it.each(['V1', 'V2', 'V3', 'V4'])('behavior: ccxt and our signer sign %s alike', (id) => {
    const { method, path, query, body, signature } = find(okx, id)
    const { apiKey, apiSecret: secret, passphrase: password = '' } = okx
    const exchange = new ccxt.okx({ apiKey, secret, password })
    exchange.nonce = () => okx.timestamp
    const words = body === '' ? parameters(query) : JSON.parse(body)
    const signed = exchange.sign(path.replace('/api/v5/', ''), 'private', method, words)
    expect(signed.headers).toMatchObject({ 'OK-ACCESS-SIGN': signature })
    const ours = okxSigning.sign(
      body === ''
        ? { method: 'GET', path, access: 'signed', query: parameters(query) }
        : { method: 'POST', path, access: 'signed', json: words },
      okx,
      okx.timestamp,
    )
    expect(ours.headers['ok-access-sign']).toBe(signature)
    expect(okxSigning.faults(ours, 'signed', okx, okx.timestamp)).toEqual([])
  })

  it('error: a changed byte, a late time, a foreign key or passphrase does not verify', () => {
    const { path, query } = find(okx, 'V4')
    const words = { method: 'GET', path, access: 'signed', query: parameters(query) } as const
    const good = okxSigning.sign(words, okx, okx.timestamp)
    // The same words, encoded in another way than was signed.
    const unlike = { ...good, query: good.query.replace('%2C', ',') }
    expect(okxSigning.faults(unlike, 'signed', okx, okx.timestamp)).toEqual([
      'header OK-ACCESS-SIGN: does not verify over the bytes that were sent',
    ])
    expect(okxSigning.faults(good, 'signed', okx, okx.timestamp + 31_000)).toEqual([
      "header OK-ACCESS-TIMESTAMP: expected about 2026-11-22T08:00:31.123Z, sent '2026-11-22T08:00:00.123Z'",
    ])
    const another = { ...okx, apiKey: 'another', passphrase: 'another' }
    expect(okxSigning.faults(good, 'signed', another, okx.timestamp)).toEqual([
      'header OK-ACCESS-KEY: expected the key',
      'header OK-ACCESS-PASSPHRASE: expected the passphrase in clear',
    ])
  })
})
