import { USDMClient } from 'binance'
import ccxt from 'ccxt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signing as binanceSigning } from '../../../evidence/binance/sign.ts'
import type { WireText } from '../evidence.ts'
import { capture, faults, find, hmac, parameters, readVectors } from './vectors.ts'

const binance = readVectors('binance')

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
