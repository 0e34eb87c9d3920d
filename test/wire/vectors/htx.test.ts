import { createHmac } from 'node:crypto'
import ccxt from 'ccxt'
import { describe, expect, it } from 'vitest'
import { signing as htxSigning } from '../../../evidence/htx/sign.ts'
import { wireTextOf } from '../../support/wireText.ts'
import { faults, find, parameters, readVectors } from './vectors.ts'

const htx = readVectors('htx')

describe('HTX', () => {
  /** In the order of the alphabet, upper case first. */
  const envelope = `AccessKeyId=${htx.apiKey}&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2026-06-01T12%3A00%3A00`

  it.each(htx.vectors)(
    'default: $id is method, host, path and query, in base64, signed with node:crypto',
    ({ method, host, path, query, signature }) => {
      const signedQuery = query === '' ? envelope : `${envelope}&${query}`
      const text = [method, host, path, signedQuery].join('\n')
      expect(createHmac('sha256', htx.apiSecret).update(text).digest('base64')).toBe(signature)
    },
  )

  it.each(['T1', 'T2', 'T3', 'T4', 'T7', 'T8'])('behavior: ccxt signs %s alike', (id) => {
    const vector = find(htx, id)
    const exchange = new ccxt.htx({ apiKey: htx.apiKey, secret: htx.apiSecret })
    exchange.nonce = () => htx.timestamp
    exchange.urls.hostnames.contract = vector.host
    const words = vector.body === '' ? parameters(vector.query) : JSON.parse(vector.body)
    const api = ['contract', 'private']
    const { url, headers } = exchange.sign(vector.path.slice(1), api, vector.method, words)
    expect(url.endsWith(`&Signature=${encodeURIComponent(vector.signature)}`)).toBe(true)
    // The body of a POST is not signed.
    const { method, body } = vector
    const sent = wireTextOf({
      method,
      url,
      headers: body === '' ? {} : headers,
      body,
      timeoutMs: 1,
    })
    expect(faults(htxSigning, sent, htx)).toEqual([])
  })

  it('default: our signer writes T1 as the sheet has it in the URL', () => {
    const { method, path, query } = find(htx, 'T1')
    const words = { method: 'GET', path, access: 'signed', query: parameters(query) } as const
    expect(htxSigning.sign(words, htx, htx.timestamp)).toMatchObject({
      method,
      query: `${envelope}&${query}&Signature=wNYKv4vGVfIbanK8yofWDxm5H368iTLF%2FP5CvAHIp4U%3D`,
    })
  })

  it('error: a changed byte, another host, a late time or a foreign key does not verify', () => {
    const words = {
      method: 'GET',
      path: '/v5/trade/order',
      access: 'signed',
      query: { contract_code: 'BTC-USDT', order_id: '7' },
    } as const
    const wrong = 'query.Signature: does not verify over the bytes that were sent'
    const good = htxSigning.sign(words, htx, htx.timestamp)
    expect(faults(htxSigning, good, htx)).toEqual([])
    expect(faults(htxSigning, { ...good, query: good.query.replace('=7', '=8') }, htx)).toEqual([
      wrong,
    ])
    expect(faults(htxSigning, { ...good, headers: { host: 'api.hbdm.vn' } }, htx)).toEqual([wrong])
    expect(faults(htxSigning, { ...good, query: `limit=1&${good.query}` }, htx)).toEqual([
      'query: expected the names in order',
      wrong,
    ])
    expect(faults(htxSigning, good, { ...htx, timestamp: htx.timestamp + 2_000 })).toEqual([
      "query.Timestamp: expected about 2026-06-01T12:00:02.000Z, sent 'Timestamp=2026-06-01T12%3A00%3A00'",
    ])
    expect(faults(htxSigning, good, { ...htx, apiKey: 'another' })).toEqual([
      'query: expected AccessKeyId=another',
    ])
  })
})
