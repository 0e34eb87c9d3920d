import { describe, expect, test } from 'vitest'
import { OrderNotFoundError } from '../../model/errors.ts'
import { createAccount, fillOf, orderOf, positionOf, START } from './account.testing.ts'
import { readAccount } from './reconcile.ts'
import { UserStore } from './userStore.ts'

function setUp(options?: Parameters<typeof createAccount>[0]) {
  return { account: createAccount(options), store: new UserStore('symbol') }
}

describe('reading the account', () => {
  test('default: what is open, and what has happened since, ascending', async () => {
    const { account, store } = setUp()
    account.orders = [orderOf('open')]
    account.positions = [positionOf('1')]
    account.past = [
      orderOf('second', { status: 'CANCELLED', updatedAt: START + 2 }),
      orderOf('first', { status: 'FILLED', updatedAt: START + 1 }),
      orderOf('before', { status: 'FILLED', updatedAt: START - 1 }),
    ]
    account.fills = [fillOf('b'), fillOf('a'), fillOf('before', { timestamp: START - 1 })]
    const read = await readAccount(account.questions, store, START)
    expect(read.openOrders.map(({ orderId }) => orderId)).toEqual(['open'])
    expect(read.endedOrders.map(({ orderId }) => orderId)).toEqual(['first', 'second'])
    expect(read.fills.map(({ fillId }) => fillId)).toEqual(['a', 'b'])
    expect(read.positions).toEqual(account.positions)
    expect(account.keys).toEqual([])
  })

  test('behavior: each order that is gone is asked for, with what is known of it', async () => {
    const { account, store } = setUp()
    const known = orderOf('gone')
    store.takeOrder(known)
    account.past = [orderOf('gone', { status: 'CANCELLED', updatedAt: START - 5 })]
    const read = await readAccount(account.questions, store, START)
    expect(read.endedOrders).toMatchObject([{ orderId: 'gone', status: 'CANCELLED' }])
    expect(account.keys).toMatchObject([{ orderId: 'gone', known }])
  })

  test('behavior: where one question answers for all, it is asked instead', async () => {
    const { account, store } = setUp({ answersForAll: true })
    for (let number = 0; number < 30; number++) {
      const nativeSymbol = number % 2 === 0 ? 'BTC' : 'ETH'
      const order = orderOf(`${number}`, { nativeSymbol })
      store.takeOrder(order)
      account.past.push({ ...order, status: 'CANCELLED', updatedAt: START + 1 })
    }
    store.takeOrder(orderOf('open'))
    account.orders = [orderOf('open')]
    const read = await readAccount(account.questions, store, START)
    expect(read.endedOrders).toHaveLength(30)
    expect(account.ended).toHaveLength(1)
    expect(account.ended[0]?.startTime).toBe(START)
    expect(account.ended[0]?.known).toHaveLength(30)
    expect(account.asked).not.toContain('getOrder')
    expect(account.asked).not.toContain('getOrderHistory')
  })

  test('behavior: an order whose end no answer tells leaves the reading whole', async () => {
    const { account, store } = setUp()
    store.takeOrder(orderOf('gone'))
    const { operations } = account.questions
    operations.getOrder = () =>
      Promise.reject(new OrderNotFoundError('no', { code: 'ORDER_NOT_FOUND', exchange: 'HTX' }))
    expect((await readAccount(account.questions, store, START)).endedOrders).toEqual([])
    operations.getOrder = () => Promise.reject(new Error('lost'))
    await expect(readAccount(account.questions, store, START)).rejects.toThrow('lost')
  })
})
