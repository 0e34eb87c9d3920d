import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { USDMClient } from 'binance'
import { RestClientV5 } from 'bybit-api'
import ccxt from 'ccxt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import type { WireText } from './evidence.ts'

interface Vectors {
  apiKey: string
  apiSecret: string
  timestamp: number
  vectors: Vector[]
}

interface Vector {
  id: string
  method: string
  path: string
  /** Another secret than the file's. */
  apiSecret?: string
  /** The string to sign, where it is not made of a request. */
  text?: string
  query: string
  body: string
  signature: string
}

const binance = readVectors('binance')
const bybit = readVectors('bybit')

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

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
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
