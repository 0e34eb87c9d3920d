import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { TransportError } from '../../model/errors.ts'
import type { Trade } from '../../model/market.ts'
import type { MarketFeed } from '../definition.ts'
import { silentLogger } from '../logger.ts'
import { MarketRunner } from './marketFeed.ts'
import { type MarketQuestion, tradeRules } from './marketRules.ts'
import { collect } from './rig.testing.ts'
import { ItemQueue, type Streamed } from './stream.ts'
import type { TopicListener } from './topics.ts'

// Trades through losses of the connection; what a topic brings is the trade itself.

const trade = (id: number): Trade => ({
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  tradeId: `${id}`,
  price: '60000',
  quantity: '0.1',
  side: 'BUY',
  timestamp: 1_000 + id,
})

function setUp(recent?: () => Promise<Trade[]>) {
  const clock = new ManualClock(5_000)
  let listener: TopicListener | undefined
  const parts = {
    pool: {
      add: (_: unknown, added: TopicListener) => {
        listener = added
      },
      remove: () => undefined,
      refresh: () => undefined,
      close: () => undefined,
    },
    clock,
    logger: silentLogger,
    call: () => () => Promise.reject(new Error('nothing is called')),
    now: async () => clock.now(),
  }
  const feed: MarketFeed<Trade> = {
    topics: [{ route: 'public', name: 'trades' }],
    start: () => (_, value) => [trade(Number(value))],
    ...(recent && { recent }),
  }
  const question = { call: parts.call() } as Partial<MarketQuestion> as MarketQuestion
  const queue = new ItemQueue<Streamed<Trade>>({
    exchange: 'BYBIT',
    action: 'watchTrades',
    bound: 100,
  })
  new MarketRunner(parts, feed, tradeRules(question, feed), () => undefined).join(queue)
  const { items } = collect(queue)
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 30; turn++) await Promise.resolve()
  }
  return {
    clock,
    queue,
    settle,
    live: (source: number) => listener?.live(source),
    lost: () => listener?.lost(),
    say: (id: number, source: number) => listener?.message('trades', id, source),
    told: () =>
      items.map(
        ({ tradeId, recovered, afterGap }) =>
          tradeId + (recovered ? ' recovered' : '') + (afterGap ? ' afterGap' : ''),
      ),
  }
}

describe('trades after a loss', () => {
  test('default: those missed are read and told once, before those that came meanwhile', async () => {
    let answer: (trades: Trade[]) => void = () => undefined
    const feed = setUp(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    feed.live(1)
    feed.say(1, 1)
    feed.say(2, 1)
    feed.lost()
    expect(feed.queue.status).toBe('RESYNCING')
    feed.live(2)
    feed.say(5, 2)
    await feed.settle()
    expect(feed.told()).toEqual(['1', '2'])
    expect(feed.queue.status).toBe('RESYNCING')
    answer([1, 2, 3, 4, 5].map(trade))
    await feed.settle()
    feed.say(6, 2)
    await feed.settle()
    expect(feed.told()).toEqual(['1', '2', '3 recovered', '4 recovered', '5 recovered', '6'])
    expect(feed.queue.status).toBe('LIVE')
  })

  test('behavior: where the answer does not reach back the next trade says so', async () => {
    const feed = setUp(async () => [7, 8].map(trade))
    feed.live(1)
    feed.say(1, 1)
    feed.lost()
    feed.live(2)
    await feed.settle()
    feed.say(9, 2)
    await feed.settle()
    expect(feed.told()).toEqual(['1', '7 recovered afterGap', '8 recovered', '9'])
  })

  test('behavior: where they cannot be read the next trade says so', async () => {
    const feed = setUp()
    feed.live(1)
    feed.say(1, 1)
    feed.lost()
    feed.live(2)
    await feed.settle()
    feed.say(4, 2)
    await feed.settle()
    expect(feed.told()).toEqual(['1', '4 afterGap'])
  })

  test('error: a reading that fails is tried three times, then the hole is told', async () => {
    let tries = 0
    const feed = setUp(async () => {
      tries++
      throw new TransportError('no answer', { code: 'TIMEOUT', sent: 'maybe' })
    })
    feed.live(1)
    feed.say(1, 1)
    feed.lost()
    feed.live(2)
    feed.say(3, 2)
    for (let second = 0; second < 4; second++) {
      await feed.settle()
      feed.clock.advance(1_000)
    }
    await feed.settle()
    expect(tries).toBe(3)
    expect(feed.told()).toEqual(['1', '3 afterGap'])
    expect(feed.queue.status).toBe('LIVE')
  })

  test('behavior: a connection that is lost again leaves the older reading unheard', async () => {
    const answers: ((trades: Trade[]) => void)[] = []
    const feed = setUp(
      () =>
        new Promise((resolve) => {
          answers.push(resolve)
        }),
    )
    feed.live(1)
    feed.say(1, 1)
    feed.lost()
    feed.live(2)
    await feed.settle()
    feed.lost()
    feed.live(3)
    await feed.settle()
    answers[0]?.([1, 2].map(trade))
    await feed.settle()
    expect(feed.told()).toEqual(['1'])
    answers[1]?.([1, 2, 3].map(trade))
    await feed.settle()
    expect(feed.told()).toEqual(['1', '2 recovered', '3 recovered'])
  })
})
