import { EXCHANGE_REGISTRY, type FuturesExchange, type OrderBook, type Stream } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../packages/perpkit/src/core/clock.ts'
import {
  BITGET_UNIFIED,
  EXCHANGES,
  labelOf,
  type Played,
  type Stage,
  setStage,
} from '../support/stage.ts'

// Streams over real sockets of the simulator: what is told is what is so.

const SYMBOL = 'BTCUSDT'
const streaming = [...EXCHANGES, BITGET_UNIFIED].filter(({ name }) =>
  EXCHANGE_REGISTRY.some((definition) => definition.name === name && definition.streams),
)

const labelled = streaming.map((played) => ({ label: labelOf(played), played }))

describe.each(labelled)('$label', ({ played }) => {
  it('behavior: the ticker follows the market', async () => {
    const { exchange, stage } = await setStreams(played)
    const ticker = exchange.watchTicker(SYMBOL)
    expect((await next(ticker)).symbol).toBe(played.symbol)
    await stage.price('61000')
    const moved = await until(ticker, ({ price }) => price === '61000')
    expect(moved.receivedAt).toBeGreaterThan(0)
    ticker.close()
    expect(ticker.status).toBe('CLOSED')
  })

  it('behavior: a book that is LIVE is sorted, not crossed and that of the venue', async () => {
    const { exchange, stage } = await setStreams(played)
    const stream = exchange.watchOrderBook(SYMBOL, { depth: 10 })
    await next(stream)
    await stage.price('60500')
    const book = await until(stream, ({ bids }) => Number(bids[0]?.[0]) > 60_400)
    expect(stream.status).toBe('LIVE')
    const bids = book.bids.map(([price]) => Number(price))
    const asks = book.asks.map(([price]) => Number(price))
    expect(bids).toEqual([...bids].sort((a, b) => b - a))
    expect(asks).toEqual([...asks].sort((a, b) => a - b))
    expect(bids[0]).toBeLessThan(asks[0] ?? 0)
    // Where each level is told by itself, the last of them may still be on their way.
    const asked = linesOf(await exchange.getOrderBook(SYMBOL, { depth: 10 }))
    if (linesOf(book) !== asked) await until(stream, (later) => linesOf(later) === asked)
  })

  it('behavior: trades and candles are told', async () => {
    const { exchange } = await setStreams(played)
    const trades = exchange.watchTrades(SYMBOL)
    const klines = exchange.watchKlines(SYMBOL, '1m')
    const trade = next(trades)
    const kline = next(klines)
    await live(trades)
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    expect(await trade).toMatchObject({ symbol: played.symbol, side: 'BUY', quantity: '0.01' })
    expect((await kline).timestamp % 60_000).toBe(0)
  })

  it('behavior: an order, its fill, the position and the money are told', async () => {
    const { exchange } = await setStreams(played)
    const orders = exchange.watchOrders()
    const fills = exchange.watchFills()
    const positions = exchange.watchPositions()
    const [order, fill, position] = [
      until(orders, ({ status }) => status === 'FILLED'),
      next(fills),
      until(positions, ({ size }) => size === '0.01'),
    ]
    await live(orders)
    const placed = await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    expect(await order).toMatchObject({ orderId: placed.orderId, executedQty: '0.01' })
    expect(await fill).toMatchObject({ side: 'BUY', quantity: '0.01', orderId: placed.orderId })
    expect(await position).toMatchObject({ side: 'LONG' })
  })

  it('behavior: conditional orders are told too, and keep their id', async () => {
    const { exchange, stage } = await setStreams(played)
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    const orders = exchange.watchOrders()
    const pending = until(orders, ({ status }) => status === 'PENDING')
    await live(orders)
    const stop = await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.01',
      stopPrice: '58000',
    })
    expect((await pending).orderId).toBe(stop.orderId)
    await stage.price('57900')
    const filled = await until(orders, ({ status }) => status === 'FILLED')
    expect(filled.orderId).toBe(stop.orderId)
  })

  it('behavior: what happens while the line is down is told once, marked as recovered', async () => {
    const { exchange, stage } = await setStreams(played)
    const fills = exchange.watchFills()
    const first = next(fills)
    await live(fills)
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    await first
    const { venue } = stage
    await stage.simulator.control.inject({ venue, kind: 'disconnect', times: 1 })
    for (const quantity of ['0.011', '0.012']) {
      await exchange.createMarketOrder(SYMBOL, 'BUY', quantity)
    }
    const quantities = [(await next(fills)).quantity, (await next(fills)).quantity]
    expect(quantities).toEqual(['0.011', '0.012'])
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.013')
    expect((await next(fills)).quantity).toBe('0.013')
  })
})

/** Sockets need real time: heartbeats and watchdogs of a clock that skips would never rest. */
async function setStreams(played: Played): Promise<{ exchange: FuturesExchange; stage: Stage }> {
  const stage = await setStage(played, 'over loopback')
  const exchange = stage.another({ clock: systemClock })
  await exchange.getInstruments()
  stage.atEnd(() => exchange.close())
  return { exchange, stage }
}

function linesOf({ bids, asks }: OrderBook): string {
  return JSON.stringify([bids.slice(0, 10), asks.slice(0, 10)])
}

async function next<Item>(stream: Stream<Item>): Promise<Item> {
  const { value } = await stream.next()
  if (value === undefined) throw new Error('the stream has ended')
  return value
}

async function until<Item>(stream: Stream<Item>, isIt: (item: Item) => boolean): Promise<Item> {
  for (;;) {
    const item = await next(stream)
    if (isIt(item)) return item
  }
}

/** Waits until it is connected: before that nothing is promised. */
async function live(stream: Stream<unknown>): Promise<void> {
  while (stream.status !== 'LIVE') {
    if (stream.status === 'CLOSED') throw new Error('the stream ended before it was live')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
