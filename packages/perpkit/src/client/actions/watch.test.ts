import { describe, expect, test } from 'vitest'
import { bybit } from '../../exchanges/bybit/index.ts'
import { bybitRig } from '../../exchanges/bybit/streams.testing.ts'
import { FuturesClient } from '../FuturesClient.ts'
import { createRig } from '../streams/rig.testing.ts'

const { streams: _, ...withoutStreams } = bybit
const PRIVATE = ['watchOrders', 'watchFills', 'watchPositions', 'watchAccount'] as const

describe('watching', () => {
  test('behavior: two who watch the same share one subscription', async () => {
    const rig = bybitRig()
    const streams = [rig.client.watchTrades('BTCUSDT'), rig.client.watchTrades('btc/usdt')]
    await rig.pass(1_000)
    expect(rig.sockets.opened.map(({ sent }) => sent.length)).toEqual([1])
    streams[0]?.close()
    expect(streams[1]?.status).toBe('LIVE')
    streams[1]?.close()
    expect(rig.sockets.opened[0]?.isClosed).toBe(true)
  })

  test('behavior: closing the exchange ends every stream', async () => {
    const rig = bybitRig()
    const streams = [rig.client.watchTicker('BTCUSDT'), rig.client.watchFills()]
    const ends = streams.map((stream) => stream.next())
    await rig.settle()
    await rig.client.close()
    for (const end of await Promise.all(ends)) expect(end.done).toBe(true)
    expect(rig.sockets.opened.every(({ isClosed }) => isClosed)).toBe(true)
  })

  test('behavior: closed before the symbol was found, nothing is opened', async () => {
    const rig = bybitRig()
    rig.client.watchTicker('BTCUSDT').close()
    await rig.pass(1_000)
    expect(rig.sockets.opened).toEqual([])
  })

  test.each(PRIVATE)('error: %s without a key', (method) => {
    const { client, calls } = createRig(bybit, {}, { hasKey: false })
    expect(() => client[method]()).toThrow(/needs apiKey and apiSecret/)
    expect(calls).toEqual([])
  })

  test('error: an exchange without streams', () => {
    const client = new FuturesClient(withoutStreams, { apiKey: 'k', apiSecret: 's' })
    expect(() => client.watchTicker('BTCUSDT')).toThrow(/not supported/)
    expect(() => client.watchOrders()).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }))
  })

  test('error: a symbol that is none, an interval there is none of', () => {
    const { client } = bybitRig()
    expect(() => client.watchTrades('$')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_SYMBOL' }),
    )
    expect(() => client.watchKlines('BTCUSDT', '8h')).toThrow(/interval must be one of/)
  })
})
