import { RestClientV5 } from 'bybit-api'
import ccxt from 'ccxt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signing as bybitSigning } from '../../../evidence/bybit/sign.ts'
import type { WireText } from '../evidence.ts'
import { capture, faults, find, hmac, parameters, readVectors } from './vectors.ts'

const bybit = readVectors('bybit')

afterEach(() => {
  vi.useRealTimers()
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
