import ccxt from 'ccxt'
import { describe, expect, it } from 'vitest'
import { signing as bitgetSigning } from '../../../evidence/bitget/sign.ts'
import { find, hmac, parameters, readVectors } from './vectors.ts'

const bitget = readVectors('bitget')

describe('BITGET', () => {
  it.each(bitget.vectors)(
    'default: $id is time, method, target and body, signed with node:crypto',
    ({ method, path, query, body, text, signature }) => {
      const target = query === '' ? path : `${path}?${query}`
      const prehash = text ?? `${bitget.timestamp}${method}${target}${body}`
      expect(hmac(bitget.apiSecret, prehash, 'base64')).toBe(signature)
    },
  )

  it.each(bitget.vectors.filter(({ text }) => text === undefined))(
    'behavior: ccxt and our signer sign $id alike',
    ({ method, path, query, body, signature }) => {
      const { apiKey, apiSecret: secret, passphrase: password = '' } = bitget
      const exchange = new ccxt.bitget({ apiKey, secret, password })
      exchange.nonce = () => bitget.timestamp
      const words = body === '' ? parameters(query) : JSON.parse(body)
      const [, , version = '', group = ''] = path.split('/')
      const api = ['private', version === 'v3' ? 'uta' : group]
      const signed = exchange.sign(path.replace('/api/', ''), api, method, words)
      expect(signed.headers).toMatchObject({ 'ACCESS-SIGN': signature })
      const ours = bitgetSigning.sign(
        body === ''
          ? { method: 'GET', path, access: 'signed', query: parameters(query) }
          : { method: 'POST', path, access: 'signed', json: words },
        bitget,
        bitget.timestamp,
      )
      expect(ours.headers['access-sign']).toBe(signature)
      expect(bitgetSigning.faults(ours, 'signed', bitget, bitget.timestamp)).toEqual([])
    },
  )

  it('error: a changed byte, a late time, a foreign key or passphrase does not verify', () => {
    const { path, query } = find(bitget, 'GET')
    const words = { method: 'GET', path, access: 'signed', query: parameters(query) } as const
    const good = bitgetSigning.sign(words, bitget, bitget.timestamp)
    const unlike = { ...good, query: good.query.replace('mock-0001', 'mock-0002') }
    expect(bitgetSigning.faults(unlike, 'signed', bitget, bitget.timestamp)).toEqual([
      'header ACCESS-SIGN: does not verify over the bytes that were sent',
    ])
    expect(bitgetSigning.faults(good, 'signed', bitget, bitget.timestamp + 31_000)).toEqual([
      `header ACCESS-TIMESTAMP: expected about ${bitget.timestamp + 31_000}, sent '${bitget.timestamp}'`,
    ])
    const another = { ...bitget, apiKey: 'another', passphrase: 'another' }
    expect(bitgetSigning.faults(good, 'signed', another, bitget.timestamp)).toEqual([
      'header ACCESS-KEY: expected the key',
      'header ACCESS-PASSPHRASE: expected the passphrase in clear',
    ])
    const demo = { ...good, headers: { ...good.headers, paptrading: '1' } }
    expect(bitgetSigning.faults(demo, 'signed', bitget, bitget.timestamp)).toEqual([
      'header paptrading: sent to the live exchange',
    ])
  })
})
