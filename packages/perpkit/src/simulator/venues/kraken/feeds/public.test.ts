import { describe, expect, test } from 'vitest'
import type { LocalSocket } from '../../../server/localSocket.ts'
import { type Desk, openDesk, placed, startTime } from '../desk.fixture.ts'
import { connect, rowsOf, type Said, send, subscribe, take } from './socketDesk.fixture.ts'

// docs/wire/kraken.md 8.2 and 8.3.

const XBT = 'PF_XBTUSD'

/** Keeps a book by the rule of 8.3; fails on a gap, an unknown level or a crossed book. */
class Kept {
  readonly bids = new Map<number, number>()
  readonly asks = new Map<number, number>()
  #seq: number

  constructor(snapshot: Said | undefined) {
    for (const { price, qty } of rowsOf(snapshot, 'bids')) this.bids.set(Number(price), Number(qty))
    for (const { price, qty } of rowsOf(snapshot, 'asks')) this.asks.set(Number(price), Number(qty))
    this.#seq = Number(snapshot?.seq)
  }

  apply(messages: readonly Said[]): void {
    for (const { feed, price, qty, seq, side } of messages) {
      expect([feed, seq]).toEqual(['book', this.#seq + 1])
      this.#seq++
      const levels = side === 'buy' ? this.bids : this.asks
      if (qty === 0) expect(levels.delete(Number(price))).toBe(true)
      else levels.set(Number(price), Number(qty))
      expect(Math.max(...this.bids.keys())).toBeLessThan(Math.min(...this.asks.keys()))
    }
  }
}

async function expectSame(desk: Desk, kept: Kept): Promise<void> {
  const rest = (await desk.get('/orderbook', { symbol: XBT })).at('orderBook')
  const sorted = (levels: Map<number, number>): [number, number][] =>
    [...levels].sort(([a], [b]) => a - b)
  expect([...sorted(kept.bids)].reverse()).toEqual(rest.at('bids').value)
  expect(sorted(kept.asks)).toEqual(rest.at('asks').value)
}

function openBook(desk: Desk): { socket: LocalSocket; kept: Kept; snapshot: Said | undefined } {
  const socket = connect(desk)
  const [, snapshot] = subscribe(socket, 'book', XBT)
  return { socket, kept: new Kept(snapshot), snapshot }
}

describe('book', () => {
  test('default: a book kept from the snapshot and one message a level is the book', async () => {
    const desk = openDesk()
    const { kept, snapshot, socket } = openBook(desk)
    expect(snapshot).toMatchObject({ feed: 'book_snapshot', tickSize: null, timestamp: startTime })
    for (const price of ['60010', '60300', '60290']) {
      await desk.setPrice(price)
      kept.apply(take(socket))
      await desk.advance(300)
      kept.apply(take(socket))
    }
    await placed(desk, { orderType: 'lmt', limitPrice: 59_000, size: 0.3 })
    await placed(desk)
    kept.apply(take(socket))
    await expectSame(desk, kept)
  })

  test('behavior: a second subscriber goes on from the number of the first', async () => {
    const desk = openDesk()
    const { socket } = openBook(desk)
    await desk.setPrice('60010')
    const last = take(socket).at(-1)
    const { kept, snapshot, socket: second } = openBook(desk)
    expect(snapshot?.seq).toBe(last?.seq)
    await desk.setPrice('60020')
    kept.apply(take(second))
    await expectSame(desk, kept)
  })

  test('behavior: when everybody has left, numbers do not begin anew', async () => {
    const desk = openDesk()
    const { snapshot, socket } = openBook(desk)
    await desk.setPrice('60010')
    send(socket, { event: 'unsubscribe', feed: 'book', product_ids: [XBT] })
    await desk.setPrice('60020')
    const { kept, snapshot: later } = openBook(desk)
    expect(Number(later?.seq)).toBeGreaterThan(Number(snapshot?.seq))
    await expectSame(desk, kept)
  })

  test('behavior: a fault leaves a gap in the numbers', async () => {
    const desk = openDesk()
    const { snapshot, socket } = openBook(desk)
    await desk.simulator.control.inject({ kind: 'skipMessage', topic: 'book *', times: 1 })
    await desk.setPrice('60010')
    expect(take(socket)[0]?.seq).toBe(Number(snapshot?.seq) + 2)
  })

  test('error: there is no checksum to corrupt', async () => {
    const { control } = openDesk().simulator
    await expect(control.inject({ kind: 'corruptChecksum' })).rejects.toThrow('checksum')
  })
})

describe('trades', () => {
  test('default: newest first, then each one, numbered without a gap', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const [, snapshot] = subscribe(socket, 'trade', XBT)
    const before = rowsOf(snapshot, 'trades')
    await desk.setPrice('60100')
    // A trade of another product does not count.
    await desk.simulator.control.setPrice({ symbol: 'ETHUSDT', price: '3100' })
    await placed(desk)
    const trades = take(socket)
    expect(trades.at(-1)).toEqual({
      feed: 'trade',
      product_id: XBT,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      side: 'buy',
      type: 'fill',
      seq: expect.any(Number),
      time: startTime,
      qty: 0.01,
      price: expect.any(Number),
    })
    const all = [...before].reverse().concat(trades)
    const numbers = all.map(({ seq }) => Number(seq))
    expect(numbers).toEqual(numbers.map((_, index) => Number(numbers[0]) + index))
    const [, again] = subscribe(connect(desk), 'trade', XBT)
    const newest = rowsOf(again, 'trades')[0]
    expect(newest).toEqual(trades.at(-1))
  })

  test('behavior: a trade keeps its number while nobody listens', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    subscribe(socket, 'trade', XBT)
    await desk.setPrice('60100')
    const last = take(socket).at(-1)
    socket.close()
    await desk.setPrice('60200')
    const [, snapshot] = subscribe(connect(desk), 'trade', XBT)
    const trades = rowsOf(snapshot, 'trades')
    expect(trades.find(({ uid }) => uid === last?.uid)?.seq).toBe(last?.seq)
    expect(trades[0]?.seq).toBeGreaterThan(Number(last?.seq))
  })
})

describe('tickers', () => {
  test('default: the full record, at most once a second and only when something moved', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const [, first] = subscribe(socket, 'ticker', XBT)
    expect(Object.keys(first ?? {}).sort()).toEqual(TICKER_KEYS)
    expect(first).toMatchObject({ leverage: '100x', pair: 'XBT:USD', tag: 'perpetual' })
    await desk.setPrice('60100')
    await desk.setPrice('60200')
    expect(take(socket)).toEqual([])
    await desk.advance(1_000)
    expect(take(socket)).toMatchObject([{ feed: 'ticker', markPrice: 60_200, suspended: false }])
    await desk.advance(5_000)
    expect(take(socket)).toEqual([])
  })

  test('default: the short one', () => {
    const [, first] = subscribe(connect(openDesk()), 'ticker_lite', XBT)
    expect(Object.keys(first ?? {}).sort()).toEqual(
      [
        ...['ask', 'bid', 'change', 'dtm', 'feed', 'maturityTime', 'pair', 'premium'],
        ...['product_id', 'tag', 'volume', 'volumeQuote'],
      ].sort(),
    )
  })
})

const TICKER_KEYS = [
  ...['ask', 'ask_size', 'bid', 'bid_size', 'change', 'dtm', 'feed', 'funding_rate'],
  ...['funding_rate_prediction', 'high', 'index', 'last', 'leverage', 'low', 'markPrice'],
  ...['maturityTime', 'next_funding_rate_time', 'open', 'openInterest', 'pair', 'post_only'],
  ...['premium', 'product_id', 'relative_funding_rate', 'relative_funding_rate_prediction'],
  ...['suspended', 'tag', 'time', 'volume', 'volumeQuote'],
].sort()

describe('candles', () => {
  test('default: a snapshot, a change within a second, each once more when it is closed', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const [, snapshot] = subscribe(socket, 'candles_trade_1m', XBT)
    expect(snapshot).toMatchObject({ feed: 'candles_trade_1m_snapshot', product_id: XBT })
    expect(snapshot?.candles).toHaveLength(100)
    await desk.setPrice('60050')
    await desk.advance(1_000)
    expect(take(socket)).toEqual([
      {
        feed: 'candles_trade_1m',
        candle: expect.objectContaining({ time: startTime - 30_000, close: '60050' }),
        product_id: XBT,
      },
    ])
    await desk.advance(29_000)
    const times = take(socket).map(({ candle }) => (candle as Said).time)
    expect(times).toEqual([startTime - 30_000, startTime + 30_000])
  })

  test('behavior: those of marks have no volume', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    subscribe(socket, 'candles_mark_1h', XBT)
    await desk.setPrice('60050')
    await desk.advance(1_000)
    expect(take(socket)).toMatchObject([{ candle: { volume: '0' } }])
  })
})

test('behavior: the same seed and the same deeds give the same bytes', async () => {
  const run = async (): Promise<unknown[]> => {
    const desk = openDesk({ seed: 5 })
    const socket = connect(desk)
    for (const feed of ['book', 'ticker', 'trade', 'candles_trade_1m']) {
      socket.send(JSON.stringify({ event: 'subscribe', feed, product_ids: [XBT] }))
    }
    await desk.simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '60500']] })
    await desk.advance(10_000)
    return socket.take()
  }
  const frames = await run()
  expect(frames.length).toBeGreaterThan(10)
  expect(await run()).toEqual(frames)
})
