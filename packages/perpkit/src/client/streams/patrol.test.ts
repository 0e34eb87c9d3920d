import { describe, expect, test } from 'vitest'
import { createAccount, fillOf, orderOf, positionOf, START } from './account.testing.ts'
import { Patrol } from './patrol.ts'
import { Timers } from './timers.ts'
import { UserStore } from './userStore.ts'

function setUp(options?: Parameters<typeof createAccount>[0]) {
  const account = createAccount(options)
  const store = new UserStore('symbol')
  const told: string[] = []
  const verified: number[] = []
  const state = { isLive: true }
  const patrol = new Patrol(account.questions, store, new Timers(account.clock), {
    isLive: () => state.isLive,
    sinceAt: () => START,
    verified: (at) => verified.push(at),
    missing: () => told.push('missing'),
  })
  return { ...account, account, store, patrol, told, verified, state }
}

/** The account and what is known of it alike. */
function hold({ account, store }: ReturnType<typeof setUp>): void {
  account.orders = [orderOf('o')]
  account.positions = [positionOf('1')]
  store.takeOrder(orderOf('o'))
  store.takePositions(account.positions)
}

describe('the patrol', () => {
  test('default: where nothing is missing it says up to when', async () => {
    const all = setUp()
    hold(all)
    await all.pass(65_000)
    expect(all.told).toEqual([])
    expect(all.verified).toEqual([START + 60_000])
  })

  test.each([
    ['a fill', ({ account }) => account.fills.push(fillOf('f'))],
    ['an order', ({ account }) => account.orders.push(orderOf('new'))],
    [
      'a change of an order',
      ({ account }) => {
        account.orders = [orderOf('o', { price: '101', updatedAt: START + 5 })]
      },
    ],
    [
      'the end of an order',
      ({ account }) => {
        account.orders = []
      },
    ],
    [
      'a position',
      ({ account }) => {
        account.positions = [positionOf('2')]
      },
    ],
  ] as [string, (all: ReturnType<typeof setUp>) => void][])(
    'behavior: %s that was lost is missing at the next round',
    async (_, lose) => {
      const all = setUp()
      hold(all)
      lose(all)
      await all.pass(21_000)
      expect(all.told).toEqual([])
      await all.pass(2_000)
      expect(all.told).toEqual(['missing'])
    },
  )

  test('behavior: an order that came and went without a word is missing once a minute', async () => {
    for (const answersForAll of [false, true]) {
      const all = setUp({ answersForAll })
      hold(all)
      all.account.past.push(orderOf('gone', { status: 'CANCELLED', updatedAt: START + 1 }))
      await all.pass(59_000)
      expect(all.told).toEqual([])
      await all.pass(4_000)
      expect(all.told).toEqual(['missing'])
      expect(all.asked).toContain(answersForAll ? 'getEndedOrders' : 'getOrderHistory')
    }
  })

  test('behavior: what was on its way is not missing', async () => {
    const all = setUp()
    hold(all)
    all.account.fills.push(fillOf('f'))
    all.account.orders = []
    await all.pass(20_500)
    all.store.takeFill(fillOf('f'))
    all.store.takeOrder(orderOf('o', { status: 'FILLED', executedQty: '1' }))
    await all.pass(5_000)
    expect(all.told).toEqual([])
  })

  test('behavior: under constant trading something is always on its way, and nothing missing', async () => {
    const all = setUp()
    hold(all)
    // Each event is heard 150 ms after the account knows it, and each round meets one in between.
    await all.pass(100)
    for (let number = 1; number <= 1_000; number++) {
      const fill = fillOf(`f-${number}`, { timestamp: all.clock.now() })
      const old = orderOf(`o-${number}`)
      const position = positionOf(String(1 + number / 1_000))
      all.account.fills = [...all.account.fills.slice(-50), fill]
      all.account.orders = [orderOf('o'), old]
      all.account.positions = [position]
      all.clock.after(150, () => {
        all.store.takeFill(fill)
        all.store.takeOrder(old)
        all.store.takePositions([position])
      })
      all.clock.after(250, () => {
        all.store.takeOrder({ ...old, status: 'CANCELLED' })
      })
      await all.pass(200)
    }
    expect(all.told).toEqual([])
  })

  test('behavior: a fill that is lost under constant trading is missing all the same', async () => {
    const all = setUp()
    hold(all)
    all.account.fills = [fillOf('lost')]
    await all.pass(100)
    for (let number = 1; number <= 120; number++) {
      const fill = fillOf(`f-${number}`, { timestamp: all.clock.now() })
      all.account.fills.push(fill)
      all.clock.after(150, () => all.store.takeFill(fill))
      await all.pass(200)
    }
    expect(all.told).toEqual(['missing'])
  })

  test('behavior: what a round has made good tells of a silent connection all the same', async () => {
    const all = setUp()
    hold(all)
    await all.pass(19_500)
    all.account.fills.push(fillOf('f'))
    await all.pass(2_000)
    const behind = all.patrol.isBehind()
    await all.pass(700)
    expect(all.told).toEqual(['missing'])
    all.store.takeFill(fillOf('f'))
    await all.pass(1_000)
    expect(await behind).toBe(true)
    expect(await all.patrol.isBehind()).toBe(true)
    await all.pass(6_000)
    expect(await all.patrol.isBehind()).toBe(false)
  })

  test('behavior: while the account is read nothing is looked at', async () => {
    const all = setUp()
    all.state.isLive = false
    all.account.fills.push(fillOf('f'))
    await all.pass(70_000)
    expect([all.told, all.asked, await all.patrol.isBehind()]).toEqual([[], [], false])
  })
})

describe('a silent connection', () => {
  test('default: in a quiet account it is not behind', async () => {
    const all = setUp()
    hold(all)
    expect(await all.patrol.isBehind()).toBe(false)
  })

  test('behavior: of several each gets the same answer, for one question', async () => {
    const all = setUp()
    hold(all)
    all.account.positions = [positionOf('2')]
    const answers = [all.patrol.isBehind(), all.patrol.isBehind()]
    await all.pass(1_000)
    answers.push(all.patrol.isBehind())
    expect(await Promise.all(answers)).toEqual([true, true, true])
    expect(all.asked.filter((name) => name === 'getPositions')).toHaveLength(1)
    await all.pass(2_100)
    const again = all.patrol.isBehind()
    await all.pass(1_100)
    expect(await again).toBe(true)
    expect(all.asked.filter((name) => name === 'getPositions')).toHaveLength(2)
  })

  test('behavior: what another connection tells meanwhile proves nothing', async () => {
    const all = setUp()
    hold(all)
    all.account.fills.push(fillOf('f'))
    const answer = all.patrol.isBehind()
    await all.pass(500)
    all.store.takeFill(fillOf('f'))
    await all.pass(600)
    expect(await answer).toBe(false)
  })

  test('error: a question that fails is no answer', async () => {
    const all = setUp()
    hold(all)
    all.questions.operations.getPositions = () => Promise.reject(new Error('no'))
    await expect(all.patrol.isBehind()).rejects.toThrow('no')
    await all.pass(25_000)
    expect(all.told).toEqual([])
  })
})
