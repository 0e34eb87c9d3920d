import { describe, expect, test } from 'vitest'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk, startTime } from '../desk.fixture.ts'
import { rowsOf, type Said, subscribe, take } from './channels.fixture.ts'

// docs/wire/bitget.md 8.3, 8.4 and 12.7.

function open(desk: Desk, path = '/v2/ws/public'): LocalSocket {
  return desk.simulator.openSocket('bitget', path)
}

function classic(channel: string): Record<string, string> {
  return { instType: 'USDT-FUTURES', channel, instId: 'BTCUSDT' }
}

function unified(topic: string): Record<string, string> {
  return { instType: 'usdt-futures', topic, symbol: 'BTCUSDT' }
}

describe('books', () => {
  test('default: kept from a snapshot and updates it is the book, and the chain has no gap', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    const [, snapshot] = subscribe(socket, classic('books'))
    for (const price of ['60010', '60300', '60290']) {
      await desk.setPrice(price)
      await desk.advance(150)
    }
    const messages = [snapshot ?? {}, ...take(socket)]
    expect(messages.length).toBeGreaterThan(3)
    const asks = new Map<string, string>()
    let last = 0
    for (const message of messages) {
      const [row = {}] = rowsOf(message)
      expect(row.pseq).toBe(message.action === 'snapshot' ? 0 : last)
      last = Number(row.seq)
      for (const [price, size] of row.asks as [string, string][]) {
        if (size === '0') asks.delete(price)
        else asks.set(price, size)
      }
    }
    const rest = await desk.get('/api/v2/mix/market/merge-depth', {
      ...{ symbol: 'BTCUSDT', productType: 'USDT-FUTURES', limit: 'max' },
    })
    const kept = [...asks]
      .map(([price, size]) => [Number(price), Number(size)])
      .sort(([a = 0], [b = 0]) => a - b)
    // There are more levels than REST gives.
    expect(kept.slice(0, 1_000)).toEqual(rest.at('data').at('asks').value)
  })

  test('behavior: a later subscriber joins the same chain; nothing carries a checksum', async () => {
    const desk = await openDesk('classic')
    const [one, two] = [open(desk), open(desk)]
    subscribe(one, classic('books'))
    await desk.setPrice('60010')
    await desk.advance(150)
    const [update] = rowsOf(take(one).at(-1))
    await desk.setPrice('60020')
    const [snapshot = {}] = rowsOf(subscribe(two, classic('books'))[1])
    expect(snapshot.seq).toBe(update?.seq)
    expect(Object.keys(snapshot)).toEqual(['asks', 'bids', 'seq', 'pseq', 'ts'])
    await desk.advance(150)
    expect(rowsOf(take(two)[0])).toMatchObject([{ pseq: snapshot.seq }])
  })

  test.each([
    ['books1', 1, 10],
    ['books5', 5, 150],
    ['books15', 15, 150],
  ])('args: %s comes whole', async (channel, levels, everyMs) => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    expect(rowsOf(subscribe(socket, classic(channel))[1])[0]?.bids).toHaveLength(levels)
    await desk.setPrice('60050')
    await desk.advance(everyMs)
    const [message] = take(socket)
    expect(message?.action).toBe('snapshot')
    expect(rowsOf(message)).toMatchObject([{ pseq: 0, asks: expect.anything() }])
    expect(rowsOf(message)[0]?.asks).toHaveLength(levels)
  })

  test('behavior: V3 calls the sides a and b', async () => {
    const desk = await openDesk('unified')
    const socket = open(desk, '/v3/ws/public')
    const [, message] = subscribe(socket, unified('books50'))
    expect(Object.keys(rowsOf(message)[0] ?? {})).toEqual(['a', 'b', 'seq', 'pseq', 'ts'])
    expect(rowsOf(message)[0]?.a).toHaveLength(50)
    expect(subscribe(socket, unified('books15'))).toMatchObject([{ code: 30001 }])
  })
})

describe('tickers', () => {
  test('default: all of it, again when the market has moved', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    const [, first] = subscribe(socket, classic('ticker'))
    expect(first).toMatchObject({ action: 'snapshot', ts: startTime })
    expect(Object.keys(rowsOf(first)[0] ?? {})).toEqual(TICKER_KEYS)
    await desk.setPrice('60050')
    await desk.advance(300)
    expect(take(socket)).toMatchObject([
      { action: 'snapshot', data: [{ instId: 'BTCUSDT', markPrice: '60050', symbolType: 1 }] },
    ])
    await desk.advance(10_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: V3 leaves the contract to the argument', async () => {
    const desk = await openDesk('unified')
    const [, first] = subscribe(open(desk, '/v3/ws/public'), unified('ticker'))
    expect(rowsOf(first)).toMatchObject([
      { lastPrice: '60000', nextFundingTime: expect.any(String) },
    ])
    expect(rowsOf(first)[0]).not.toHaveProperty('symbol')
  })
})

const TICKER_KEYS = [
  ...['instId', 'lastPr', 'bidPr', 'askPr', 'bidSz', 'askSz', 'open24h', 'high24h', 'low24h'],
  ...['change24h', 'fundingRate', 'nextFundingTime', 'markPrice', 'indexPrice', 'holdingAmount'],
  ...['baseVolume', 'quoteVolume', 'openUtc', 'symbolType', 'symbol', 'deliveryPrice', 'ts'],
]

describe('trades and candles', () => {
  test('default: the latest trades, then each at once', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    await desk.setPrice('60010')
    const [, first] = subscribe(socket, classic('trade'))
    const [newest] = rowsOf(first)
    expect(first?.action).toBe('snapshot')
    expect(newest).toMatchObject({ price: '60010', side: 'buy', ts: String(startTime) })
    await desk.setPrice('60000')
    const [update] = take(socket)
    expect(update).toMatchObject({ action: 'update', data: [{ side: 'sell', price: '60000' }] })
    expect(rowsOf(update)[0]?.tradeId).not.toBe(newest?.tradeId)
  })

  test('behavior: V3 shortens the names', async () => {
    const desk = await openDesk('unified')
    const socket = open(desk, '/v3/ws/public')
    subscribe(socket, unified('publicTrade'))
    await desk.setPrice('60010')
    expect(rowsOf(take(socket)[0])).toMatchObject([{ S: 'buy', p: '60010', isRPI: 'no' }])
  })

  test('default: history, the open candle a second after a trade, and the one that begins', async () => {
    const desk = await openDesk('classic')
    const socket = open(desk)
    const [, history] = subscribe(socket, classic('candle1m'))
    const rows = (history?.data ?? []) as string[][]
    expect([rows.length, rows[0]?.length]).toEqual([500, 8])
    const minute = startTime - 30_000
    expect(rows.at(-1)?.[0]).toBe(String(minute))
    await desk.setPrice('60050')
    await desk.advance(1_000)
    const [update] = take(socket)
    expect(update?.action).toBe('update')
    const [row] = (update?.data ?? []) as string[][]
    expect(row?.slice(0, 3)).toEqual([String(minute), '60000', '60050'])
    await desk.advance(29_000)
    const opened = take(socket).map(({ data }) => (data as string[][])[0]?.[0])
    expect(opened).toEqual([String(minute), String(minute + 60_000)])
  })

  test('args: intervals of V2 in the channel, of V3 beside the topic', async () => {
    const desk = await openDesk('unified')
    const [, months] = subscribe(open(desk), classic('candle1Dutc'))
    expect(months?.data).not.toEqual([])
    expect(subscribe(open(desk), classic('candle2D'))).toMatchObject([{ code: 30001 }])
    const socket = open(desk, '/v3/ws/public')
    const [, klines] = subscribe(socket, { ...unified('kline'), interval: '1H' })
    const keys = ['start', 'open', 'close', 'high', 'low', 'volume', 'turnover']
    expect(Object.keys(rowsOf(klines)[0] ?? {})).toEqual(keys)
    expect(subscribe(socket, unified('kline'))).toMatchObject([{ code: 30001 }])
  })

  test('behavior: liquidations of one contract or of all, within a second', async () => {
    const desk = await openDesk('unified')
    const socket = open(desk, '/v3/ws/public')
    const all = { instType: 'usdt-futures', topic: 'liquidation' }
    subscribe(socket, all, { ...all, symbol: 'ETHUSDT' })
    await desk.post('/api/v3/trade/place-order', {
      ...{ category: 'USDT-FUTURES', symbol: 'BTCUSDT', qty: '0.01' },
      ...{ side: 'buy', orderType: 'market' },
    })
    await desk.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    await desk.advance(1_000)
    expect(take(socket)).toMatchObject([
      { arg: all, data: [{ symbol: 'BTCUSDT', side: 'sell', amount: '0.01' }] },
    ])
  })
})

test('behavior: the same seed and the same deeds give the same bytes', async () => {
  const run = async (): Promise<unknown[]> => {
    const desk = await openDesk('classic', { seed: 5 })
    const socket = open(desk)
    const channels: Said[] = ['books', 'books5', 'ticker', 'trade', 'candle1m'].map(classic)
    socket.send(JSON.stringify({ op: 'subscribe', args: channels }))
    await desk.simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '60500']] })
    await desk.advance(10_000)
    return socket.take()
  }
  const frames = await run()
  expect(frames.length).toBeGreaterThan(10)
  expect(await run()).toEqual(frames)
})
