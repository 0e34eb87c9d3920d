import { describe, expect, test } from 'vitest'
import { BTC, openDesk, order, place, row, rows } from '../desk.fixture.ts'
import { openSocket, pushes, rowsIn, type Said, subscribe, take, wait } from '../socket.fixture.ts'

// docs/wire/okx.md 8.2.

const book = { channel: 'books', instId: BTC }

type Levels = [price: string, size: string, string, string][]

interface Sides {
  asks: Levels
  bids: Levels
  seqId: number
  prevSeqId: number
}

function sidesOf(message: Said = {}): Sides {
  const [sides] = message.data as Sides[]
  if (!sides) throw new Error('no book')
  return sides
}

describe('order books', () => {
  test('default: a book kept from a snapshot and updates is the book', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const [, snapshot] = subscribe(socket, book)
    expect(snapshot).toMatchObject({ arg: book, action: 'snapshot', data: [{ checksum: 0 }] })
    for (const price of ['60010', '60300', '60290']) {
      await desk.setPrice(price)
      await desk.advance(100)
    }
    const asks = new Map<string, string[]>()
    let last = -1
    const messages = [snapshot, ...take(socket)]
    expect(messages).toHaveLength(4)
    for (const message of messages) {
      const { asks: changed, prevSeqId, seqId } = sidesOf(message)
      expect(prevSeqId).toBe(last)
      last = seqId
      for (const level of changed) {
        if (level[1] === '0') asks.delete(level[0])
        else asks.set(level[0], level)
      }
    }
    const rest = row(await desk.get('market/books', { instId: BTC, sz: 400 }))
    const best = [...asks.values()].sort(([a = ''], [b = '']) => Number(a) - Number(b))
    expect([best, last]).toEqual([rest.asks, rest.seqId])
  })

  test('behavior: a second subscriber goes on from the same sequence', async () => {
    const desk = openDesk()
    const [one, two] = [openSocket(desk, 'public'), openSocket(desk, 'public')]
    subscribe(one, book)
    await desk.setPrice('60010')
    await desk.advance(100)
    const { seqId } = sidesOf(take(one)[0])
    await desk.setPrice('60020')
    const [, snapshot] = subscribe(two, book)
    expect(sidesOf(snapshot)).toMatchObject({ seqId, prevSeqId: -1 })
    await desk.advance(100)
    expect(sidesOf(take(two)[0]).prevSeqId).toBe(seqId)
  })

  test('behavior: one that stands still says so, with nothing in it', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const [, snapshot] = subscribe(socket, book)
    await wait(desk, socket, 60_000)
    const { seqId } = sidesOf(snapshot)
    expect(take(socket)).toMatchObject([
      { action: 'update', data: [{ asks: [], bids: [], prevSeqId: seqId, seqId }] },
    ])
  })

  test('behavior: five levels and the touch come whole; no level is told of twice', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const args = ['books5', 'bbo-tbt'].map((channel) => ({ channel, instId: BTC }))
    subscribe(socket, ...args)
    await desk.setPrice('60100')
    await desk.advance(100)
    const said = take(socket)
    const [five] = rowsIn<Sides>(said, 'books5')
    const [touch] = rowsIn<Sides>(said, 'bbo-tbt')
    expect([five?.asks.length, touch?.bids.length]).toEqual([5, 1])
    expect(five).toMatchObject({ instId: BTC })
    expect(Object.keys(touch ?? {}).sort()).toEqual(['asks', 'bids', 'seqId', 'ts'])
    expect(said[0]).not.toHaveProperty('action')
    await desk.advance(1_000)
    expect(take(socket)).toEqual([])
  })

  test('behavior: the book of improved prices has other rows and no checksum', () => {
    const socket = openSocket(openDesk(), 'public')
    const [, snapshot] = subscribe(socket, { channel: 'books-rpi', instId: BTC })
    const sides = sidesOf(snapshot)
    expect(sides).not.toHaveProperty('checksum')
    const [, total, plain] = sides.asks[0] ?? []
    expect(plain).toBe(total)
  })
})

describe('trades and candles', () => {
  test('default: what a taker traded at one price is one row', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const business = openSocket(desk, 'business')
    subscribe(socket, { channel: 'trades', instId: BTC })
    subscribe(business, { channel: 'trades-all', instId: BTC })
    await place(desk, order({ sz: '3' }))
    const [trade] = rowsIn(take(socket))
    expect(trade).toEqual({
      instId: BTC,
      tradeId: expect.any(String),
      px: expect.any(String),
      sz: '3',
      side: 'buy',
      ts: expect.any(String),
      count: '1',
      source: '0',
      seqId: expect.any(Number),
    })
    const [single = {}] = rowsIn(take(business))
    expect(Object.keys(single)).not.toContain('count')
    expect(single.tradeId).toBe(trade?.tradeId)
  })

  test('behavior: a candle within a second, and once more when it is closed', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'business')
    const channels = ['candle1m', 'mark-price-candle1m']
    const [, , first] = subscribe(socket, ...channels.map((channel) => ({ channel, instId: BTC })))
    expect(first).toMatchObject({ data: [expect.objectContaining({ length: 9 })] })
    subscribe(socket, { channel: 'index-candle1Dutc', instId: 'BTC-USDT' })
    await desk.setPrice('60050')
    await wait(desk, socket, 30_000)
    const said = take(socket)
    const candles = rowsIn<string[]>(said, 'candle1m')
    expect(candles.map((candle) => candle[8])).toEqual(['0', '1', '0'])
    expect(candles[0]?.[4]).toBe('60050')
    const marks = rowsIn<string[]>(said, 'mark-price-candle1m')
    expect(marks[0]).toHaveLength(6)
  })
})

describe('figures', () => {
  test('default: rows as over REST, when they have changed', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const names = ['tickers', 'mark-price', 'open-interest', 'price-limit', 'funding-rate']
    const args = names.map((channel) => ({ channel, instId: BTC }))
    expect(pushes(subscribe(socket, ...args))).toHaveLength(5)
    subscribe(socket, { channel: 'index-tickers', instId: 'BTC-USDT' })
    await desk.setPrice('60100')
    await desk.advance(3_000)
    const said = take(socket)
    const [ticker = {}] = rowsIn(said, 'tickers')
    const rest = row(await desk.get('market/ticker', { instId: BTC }))
    expect({ ...ticker, ts: '' }).toEqual({ ...rest, ts: '' })
    expect(rowsIn(said, 'mark-price')).toMatchObject([{ markPx: '60100' }])
    expect(rowsIn(said, 'index-tickers')).toMatchObject([{ idxPx: '60100' }])
    expect(rowsIn(said, 'price-limit')).toMatchObject([{ enabled: true }])
    expect(pushes(said, 'funding-rate')).toEqual([])
  })

  test('behavior: a quiet market still has a mark price every ten seconds', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const names = ['tickers', 'mark-price', 'funding-rate']
    subscribe(socket, ...names.map((channel) => ({ channel, instId: BTC })))
    await wait(desk, socket, 60_000)
    const said = take(socket)
    const counts = names.map((name) => pushes(said, name).length)
    expect(counts).toEqual([0, 6, 1])
  })

  test('behavior: a contract that is suspended, and a liquidation', async () => {
    const desk = openDesk()
    await place(desk, order())
    const socket = openSocket(desk, 'public')
    const names = ['instruments', 'liquidation-orders']
    expect(
      pushes(subscribe(socket, ...names.map((channel) => ({ channel, instType: 'SWAP' })))),
    ).toEqual([])
    await desk.simulator.control.liquidate({ symbol: 'BTCUSDT' })
    await desk.simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    await desk.advance(1_000)
    const said = take(socket)
    expect(rowsIn(said, 'instruments')).toMatchObject([{ instId: BTC, state: 'suspend' }])
    expect(rowsIn(said, 'liquidation-orders')).toMatchObject([
      { instId: BTC, uly: 'BTC-USDT', details: [{ side: 'sell', posSide: 'net', sz: '1' }] },
    ])
  })

  test('behavior: kinds of instruments that are not traded here are silent', async () => {
    const desk = openDesk()
    const socket = openSocket(desk, 'public')
    const args = ['liquidation-orders', 'adl-warning'].map((channel) => ({
      channel,
      instType: 'FUTURES',
    }))
    const events = subscribe(socket, ...args).map(({ event }) => event)
    expect([events, await desk.unknownWords()]).toEqual([['subscribe', 'subscribe'], []])
  })
})

test('behavior: the same seed and the same deeds give the same bytes', async () => {
  const run = async (): Promise<unknown[]> => {
    const desk = openDesk({ seed: 5 })
    const socket = openSocket(desk, 'public')
    const names = ['books', 'bbo-tbt', 'tickers', 'trades']
    subscribe(socket, ...names.map((channel) => ({ channel, instId: BTC })))
    await desk.simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '60500']] })
    await place(desk, order())
    await desk.advance(10_000)
    expect(rows(await desk.get('account/positions'))).toHaveLength(1)
    return socket.take()
  }
  const frames = await run()
  expect(frames.length).toBeGreaterThan(10)
  expect(await run()).toEqual(frames)
})
