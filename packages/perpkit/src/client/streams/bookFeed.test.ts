import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import type { Level } from '../../model/market.ts'
import type { BookFeed, BookMessage } from '../definition.ts'
import { silentLogger } from '../logger.ts'
import { BookRunner } from './bookFeed.ts'
import type { TopicListener } from './topics.ts'

// A book that is silent, held against what the exchange has.

const levels = (from: number, step: number, count: number): Level[] =>
  Array.from({ length: count }, (_, place) => [String(from + step * place), '1'])

function setUp(bids: Level[], asks: Level[]) {
  const clock = new ManualClock(1_000)
  let listener: TopicListener | undefined
  const parts = {
    clock,
    logger: silentLogger,
    call: () => () => Promise.reject(new Error('nothing is called')),
    now: async () => clock.now(),
    pool: {
      add: (_: unknown, added: TopicListener) => {
        listener = added
      },
      remove: () => undefined,
      refresh: () => undefined,
      close: () => undefined,
    },
    instrument: {
      ...{ symbol: 'BTCUSDT', nativeSymbol: 'BTC', baseAsset: 'BTC', quoteAsset: 'USDT' },
      ...{ settleAsset: 'USDT', isTrading: true, tickSize: '1', stepSize: '1', minQuantity: '1' },
      ...{ maxQuantity: '9', maxMarketQuantity: '9', minNotional: '0', contractMultiplier: '1' },
    },
    look: async () => ({
      ...{ symbol: 'BTCUSDT', nativeSymbol: 'BTC', timestamp: clock.now() },
      bids,
      asks,
    }),
  }
  const feed: BookFeed = {
    topic: { route: 'public', name: 'book' },
    rule: { follows: (last, { last: next }) => (next === last + 1 ? 'next' : 'gap') },
    decode: (value) => value as BookMessage,
  }
  const runner = new BookRunner(parts, feed, () => undefined)
  listener?.live(1)
  const snapshot = {
    ...{ kind: 'snapshot', first: 1, last: 1, timestamp: 1 },
    bids: levels(100, -1, 20),
    asks: levels(101, 1, 20),
  }
  listener?.message('book', snapshot, 1)
  return { runner, isBehind: () => listener?.isBehind?.() }
}

describe('a silent book', () => {
  test('default: the best levels are those of the exchange: it is quiet', async () => {
    const { isBehind } = setUp(levels(100, -1, 5), levels(101, 1, 5))
    expect(await isBehind()).toBe(false)
  })

  test('behavior: where the whole book is answered, the best levels of it count', async () => {
    const { isBehind } = setUp(levels(100, -1, 400), levels(101, 1, 400))
    expect(await isBehind()).toBe(false)
  })

  test.each([
    ['bids', levels(99, -1, 400), levels(101, 1, 400)],
    ['asks', levels(100, -1, 5), levels(102, 1, 5)],
  ])('behavior: other %s there are news', async (_, bids, asks) => {
    expect(await setUp(bids, asks).isBehind()).toBe(true)
  })
})
