import { describe, expect, test } from 'vitest'
import { AuthenticationError, RequestError, TransportError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { UserEvent, UserFeed } from '../definition.ts'
import { silentLogger } from '../logger.ts'
import { createAccount, fillOf, orderOf } from './account.testing.ts'
import { collect } from './rig.testing.ts'
import { ItemQueue, type Streamed } from './stream.ts'
import type { TopicListener } from './topics.ts'
import { UserRunner } from './userFeed.ts'
import { UserStore } from './userStore.ts'

// What a topic brings is the events themselves.

function setUp(open: () => Promise<UserFeed> = async () => FEED) {
  const account = createAccount()
  const listeners: TopicListener[] = []
  let opened = 0
  const parts = {
    ...account.questions,
    logger: silentLogger,
    pool: {
      add: (_: unknown, listener: TopicListener) => listeners.push(listener),
      remove: () => undefined,
      refresh: () => undefined,
      close: () => undefined,
    },
    definition: {
      user: () => {
        opened++
        return open()
      },
    },
  }
  const runner = new UserRunner(parts, new UserStore('symbol'), () => undefined)
  const queue = new ItemQueue<Streamed<FuturesOrder>>({
    ...{ exchange: 'BYBIT', action: 'watchOrders', bound: 100 },
  })
  runner.join('watchOrders', queue)
  const { items, error } = collect(queue)
  return {
    ...account,
    account,
    queue,
    items,
    error,
    listeners,
    opened: () => opened,
    async live() {
      await account.settle()
      listeners[0]?.live(1)
      await account.pass(100)
    },
    say: (...events: UserEvent[]) => listeners[0]?.message('user', events, 1),
  }
}

const FEED: UserFeed = {
  topics: [{ route: 'private', name: 'user' }],
  decode: (_, value) => value as UserEvent[],
}

describe('the beginning', () => {
  test('default: the feed is opened once, and its topics are listened to', async () => {
    const all = setUp()
    await all.live()
    expect([all.opened(), all.listeners.length, all.queue.status]).toEqual([1, 1, 'LIVE'])
  })

  test('behavior: what cannot be answered now is asked again, at growing distances', async () => {
    let failures = 3
    const all = setUp(async () => {
      if (failures-- > 0)
        throw new TransportError('lost', { code: 'CONNECTION_LOST', sent: 'maybe' })
      return FEED
    })
    const times: number[] = []
    for (let second = 0; second < 9; second++) {
      await all.pass(1_000)
      times.push(all.opened())
    }
    expect(times).toEqual([2, 2, 3, 3, 3, 3, 4, 4, 4])
    await all.live()
    expect([all.error(), all.queue.status]).toEqual([undefined, 'LIVE'])
  })

  test.each([
    ['a key that is not valid', new AuthenticationError('no', { code: 'INVALID_CREDENTIALS' })],
    ['a request that was never right', new RequestError('no', { code: 'UNSUPPORTED' })],
    ['what is none of our errors', new Error('no')],
  ])('error: %s ends the stream at once', async (_, failure) => {
    const all = setUp(() => Promise.reject(failure))
    await all.pass(5_000)
    expect([all.opened(), all.error()]).toEqual([1, failure])
  })

  test('behavior: closed while it waits, it is not opened again', async () => {
    const failure = new TransportError('lost', { code: 'CONNECTION_LOST', sent: 'no' })
    const all = setUp(() => Promise.reject(failure))
    await all.settle()
    all.queue.close()
    await all.pass(30_000)
    expect([all.opened(), all.error()]).toEqual([1, undefined])
  })
})

describe('orders that must be read', () => {
  const changed = { kind: 'orderChanged', nativeSymbol: 'BTC', orderId: 'o' } as const

  test('default: with what the message told of them, else with what is known', async () => {
    const all = setUp()
    await all.live()
    const known = orderOf('o', { type: 'MARKET' })
    all.account.past = [orderOf('o', { status: 'FILLED', executedQty: '1' })]
    all.say({ ...changed, timestamp: 1, known })
    await all.settle()
    expect(all.account.keys).toMatchObject([{ orderId: 'o', known }])
    expect(all.items).toMatchObject([{ orderId: 'o', status: 'FILLED' }])
    all.say({ ...changed, timestamp: 2 })
    await all.settle()
    expect(all.account.keys[1]?.known).toMatchObject({ orderId: 'o', status: 'FILLED' })
  })

  test('error: one that cannot be read is found by reading the account', async () => {
    const all = setUp()
    await all.live()
    const before = all.asked.length
    all.say({ ...changed, timestamp: 1 })
    await all.settle()
    all.account.past = [orderOf('o', { status: 'FILLED', executedQty: '1' })]
    await all.pass(2_000)
    expect(all.asked.slice(before)).toContain('getAccountInfo')
    expect(all.queue.status).toBe('LIVE')
  })
})

describe('the fills of a conditional order', () => {
  test('behavior: under the id of what it became they are its own, and nothing is missing', async () => {
    const all = setUp()
    await all.live()
    const stop = orderOf('stop', { type: 'STOP_MARKET', status: 'PENDING', stopPrice: '90' })
    const before = all.asked.length
    all.say(
      { kind: 'order', timestamp: 1, order: stop },
      {
        ...{ kind: 'fill', timestamp: 2 },
        fill: fillOf('f', { orderId: 'child', clientOrderId: stop.clientOrderId }),
      },
      {
        ...{ kind: 'order', timestamp: 3 },
        order: { ...stop, status: 'FILLED', executedQty: '1' },
      },
    )
    await all.pass(5_000)
    expect(all.asked.slice(before)).toEqual([])
  })

  test('behavior: those of somebody else ask for his order', async () => {
    const all = setUp()
    await all.live()
    all.account.past = [orderOf('other', { status: 'FILLED', executedQty: '1' })]
    const fill = fillOf('f', { orderId: 'other', clientOrderId: 'c-x' })
    all.say({ kind: 'fill', timestamp: 2, fill })
    await all.pass(5_000)
    expect(all.account.keys).toMatchObject([{ orderId: 'other' }])
  })
})
