import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { USDMClient } from 'binance'
import { RestClientV5 } from 'bybit-api'
import ccxt from 'ccxt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { signing as bitgetSigning } from '../../evidence/bitget/sign.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { signing as htxSigning } from '../../evidence/htx/sign.ts'
import { signing as krakenSigning } from '../../evidence/kraken/sign.ts'
import { signing as okxSigning } from '../../evidence/okx/sign.ts'
import { wireTextOf } from '../support/wireText.ts'
import type { WireText } from './evidence.ts'

interface Vectors {
  apiKey: string
  apiSecret: string
  passphrase?: string
  timestamp: number
  vectors: Vector[]
}

interface Vector {
  id: string
  method: string
  path: string
  /** Where it is signed. */
  host?: string
  /** Another secret than the file's. */
  apiSecret?: string
  /** Signed with the rest where it is sent. */
  nonce?: string
  /** SHA-256 of the string to sign, in hex. */
  digest?: string
  /** The string to sign, where it is not made of a request. */
  text?: string
  query: string
  body: string
  signature: string
}

const binance = readVectors('binance')
const bitget = readVectors('bitget')
const bybit = readVectors('bybit')
const htx = readVectors('htx')
const kraken = readVectors('kraken')
const okx = readVectors('okx')

afterEach(() => {
  vi.useRealTimers()
})

describe('binance', () => {
  it.each(binance.vectors)(
    'default: $id is query and body in one, signed with node:crypto',
    (vector) => {
      const secret = vector.apiSecret ?? binance.apiSecret
      expect(hmac(secret, vector.query + vector.body)).toBe(vector.signature)
    },
  )

  it.each(['V1', 'V2', 'V3'])('behavior: ccxt signs %s alike', (id) => {
    const vector = find(binance, id)
    const exchange = new ccxt.binanceusdm({
      apiKey: binance.apiKey,
      secret: binance.apiSecret,
      options: { recvWindow: 5000 },
    })
    exchange.nonce = () => binance.timestamp
    const { timestamp, recvWindow, ...words } = parameters(vector.query || vector.body)
    const path = vector.path.replace('/fapi/v1/', '')
    const signed = exchange.sign(path, 'fapiPrivate', vector.method, words)
    expect(timestamp).toBe(String(binance.timestamp))
    expect(recvWindow).toBe('5000')
    expect(`${signed.url} ${signed.body ?? ''}`).toContain(`&signature=${vector.signature}`)
  })

  it("behavior: the SDK's requests verify with the verifier of this folder", async () => {
    const sent: WireText[] = []
    vi.useFakeTimers({ now: binance.timestamp, toFake: ['Date'] })
    const client = new USDMClient(
      { api_key: binance.apiKey, api_secret: binance.apiSecret, disableTimeSync: true },
      { adapter: capture(sent) },
    )
    await client.getAccountTrades({ symbol: 'BTCUSDT', limit: 50 })
    await client.setLeverage({ symbol: 'BTCUSDT', leverage: 7 })
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /fapi/v1/userTrades',
      'POST /fapi/v1/leverage',
    ])
    expect(sent.flatMap((request) => faults(binanceSigning, request, binance))).toEqual([])
  })

  it('error: a changed byte, a late time or a foreign key does not verify', () => {
    const words = {
      method: 'POST',
      path: '/fapi/v1/leverage',
      access: 'signed',
      form: { symbol: 'BTCUSDT', leverage: '7' },
    } as const
    const good = binanceSigning.sign(words, binance, binance.timestamp)
    expect(faults(binanceSigning, good, binance)).toEqual([])
    expect(
      faults(binanceSigning, { ...good, body: good.body.replace('=7', '=8') }, binance),
    ).toEqual(['signature: does not verify over the bytes that were sent'])
    expect(
      faults(binanceSigning, good, { ...binance, timestamp: binance.timestamp + 2_000 }),
    ).toEqual([`timestamp: expected about ${binance.timestamp + 2_000}, sent ${binance.timestamp}`])
    expect(faults(binanceSigning, good, { ...binance, apiKey: 'another' })).toEqual([
      'header X-MBX-APIKEY: expected the key, sent another',
    ])
  })
})

describe('bybit', () => {
  it.each(bybit.vectors)(
    'default: $id is time, key, window and payload, signed with node:crypto',
    (vector) => {
      const payload = vector.method === 'GET' ? vector.query : vector.body
      const text = vector.text ?? `${bybit.timestamp}${bybit.apiKey}5000${payload}`
      expect(hmac(bybit.apiSecret, text)).toBe(vector.signature)
    },
  )

  it.each(['V1', 'V2', 'V3', 'V5'])('behavior: ccxt signs %s alike', (id) => {
    const vector = find(bybit, id)
    const exchange = new ccxt.bybit({
      apiKey: bybit.apiKey,
      secret: bybit.apiSecret,
      options: { recvWindow: 5000 },
    })
    exchange.nonce = () => bybit.timestamp
    const words = vector.body === '' ? parameters(vector.query) : JSON.parse(vector.body)
    // ccxt writes the cursor into the URL as it got it.
    const signed = exchange.sign(vector.path.slice(1), 'private', vector.method, words)
    expect(signed.headers).toMatchObject({
      'X-BAPI-TIMESTAMP': String(bybit.timestamp),
      'X-BAPI-SIGN': vector.signature,
    })
  })

  it('behavior: the SDK signs V1, V2 and V4 alike, and our verifier takes its requests', async () => {
    const sent: WireText[] = []
    vi.useFakeTimers({ now: bybit.timestamp, toFake: ['Date'] })
    const client = new RestClientV5(
      { key: bybit.apiKey, secret: bybit.apiSecret, recv_window: 5000 },
      { adapter: capture(sent) },
    )
    await client.getActiveOrders({ category: 'linear', settleCoin: 'USDT', limit: 50 })
    await client.submitOrder(JSON.parse(find(bybit, 'V2').body))
    await client.getActiveOrders({ category: 'linear', symbol: 'BTCUSDT', cursor: 'a%3A1%2Cb' })
    expect(sent.map(({ headers }) => headers['x-bapi-sign'])).toEqual(
      ['V1', 'V2', 'V4'].map((id) => find(bybit, id).signature),
    )
    expect(sent.flatMap((request) => faults(bybitSigning, request, bybit))).toEqual([])
  })

  it('error: a changed byte, a late time or a foreign key does not verify', () => {
    const words = {
      method: 'POST',
      path: '/v5/order/cancel-all',
      access: 'signed',
      json: { category: 'linear', symbol: 'BTCUSDT' },
    } as const
    const good = bybitSigning.sign(words, bybit, bybit.timestamp)
    expect(faults(bybitSigning, good, bybit)).toEqual([])
    expect(faults(bybitSigning, { ...good, body: `${good.body} ` }, bybit)).toEqual([
      'header X-BAPI-SIGN: does not verify over the bytes that were sent',
    ])
    expect(faults(bybitSigning, good, { ...bybit, timestamp: bybit.timestamp + 2_000 })).toEqual([
      `header X-BAPI-TIMESTAMP: expected about ${bybit.timestamp + 2_000}, sent '${bybit.timestamp}'`,
    ])
    expect(faults(bybitSigning, good, { ...bybit, apiKey: 'another' })).toEqual([
      'header X-BAPI-API-KEY: expected the key',
      'header X-BAPI-SIGN: does not verify over the bytes that were sent',
    ])
  })
})

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

type NetworkOptions = NonNullable<ConstructorParameters<typeof RestClientV5>[1]>
type Adapter = Extract<NetworkOptions['adapter'], (...request: never) => unknown>

/** An axios adapter that keeps what would have left and answers success. */
function capture(sent: WireText[]): Adapter {
  return async (request) => {
    const url = new URL(request.url ?? '')
    const headers = Object.entries(request.headers)
    sent.push({
      method: (request.method ?? '').toUpperCase(),
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), `${value}`])),
      body: typeof request.data === 'string' ? request.data : '',
    })
    const data = { retCode: 0, retMsg: 'OK', result: {} }
    return { data, status: 200, statusText: 'OK', headers: {}, config: request }
  }
}

function faults(
  signing: typeof binanceSigning,
  request: WireText,
  { apiKey, apiSecret, timestamp }: Pick<Vectors, 'apiKey' | 'apiSecret' | 'timestamp'>,
): string[] {
  return signing.faults(request, 'signed', { apiKey, apiSecret }, timestamp)
}

function readVectors(exchange: string): Vectors {
  const file = new URL(`../../evidence/${exchange}/vectors.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

function find(vectors: Vectors, id: string): Vector {
  const found = vectors.vectors.find((vector) => vector.id === id)
  if (!found) throw new Error(`no vector ${id}`)
  return found
}

function hmac(secret: string, text: string, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHmac('sha256', secret).update(text).digest(encoding)
}

function parameters(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('&').flatMap((pair) => {
      const [name = '', value = ''] = pair.split('=')
      if (name === '') return []
      return [[name, name === 'cursor' ? value : decodeURIComponent(value)]]
    }),
  )
}
