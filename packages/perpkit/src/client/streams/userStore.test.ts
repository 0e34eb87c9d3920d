import { describe, expect, test } from 'vitest'
import { nextInteger, seeded } from '../../core/random.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { UserStore } from './userStore.ts'

function order(change: Partial<FuturesOrder>): FuturesOrder {
  return {
    orderId: '1',
    clientOrderId: 'c1',
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    quantity: '3',
    price: '100',
    status: 'NEW',
    executedQty: '0',
    timeInForce: 'GTC',
    ...change,
  }
}

const LIFE = [
  order({ status: 'PENDING', updatedAt: 1, createdAt: 1 }),
  order({ status: 'NEW', updatedAt: 2 }),
  order({ status: 'PARTIALLY_FILLED', executedQty: '1', updatedAt: 3 }),
  order({ status: 'PARTIALLY_FILLED', executedQty: '2', updatedAt: 3 }),
  order({ status: 'FILLED', executedQty: '3', updatedAt: 4 }),
]

const POSITION: FuturesPosition = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'LONG',
  size: '1',
  entryPrice: '100',
  markPrice: '101',
  pnl: '1',
  percentage: '10',
  leverage: 10,
  marginMode: 'CROSS',
}

describe('orders', () => {
  test('behavior: in whatever order and however often they come, they go forward only', () => {
    const random = seeded(3)
    for (let round = 0; round < 300; round++) {
      const store = new UserStore('account')
      const told: FuturesOrder[] = []
      for (let turn = 0; turn < 12; turn++) {
        const event = LIFE[nextInteger(random, LIFE.length)]
        const news = event && store.takeOrder(event)
        if (news) told.push(news)
      }
      for (const event of LIFE.slice(-1)) {
        const news = store.takeOrder(event)
        if (news) told.push(news)
      }
      const places = told.map((each) =>
        LIFE.findIndex(
          (state) => state.updatedAt === each.updatedAt && state.executedQty === each.executedQty,
        ),
      )
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
      expect(told.at(-1)?.status).toBe('FILLED')
    }
  })

  test('behavior: what one message leaves out an earlier one has told', () => {
    const store = new UserStore('account')
    store.takeOrder(order({ createdAt: 5, stopPrice: '90' }))
    expect(store.takeOrder(order({ status: 'CANCELLED' }))).toMatchObject({
      status: 'CANCELLED',
      createdAt: 5,
      stopPrice: '90',
    })
    expect(store.openOrders()).toEqual([])
    expect(store.ordersByClientId('c1')).toHaveLength(1)
  })

  test('behavior: an amended order is news, the old figures after it are not', () => {
    const store = new UserStore('account')
    store.takeOrder(order({ updatedAt: 1 }))
    expect(store.takeOrder(order({ updatedAt: 2, price: '101' }))?.price).toBe('101')
    expect(store.takeOrder(order({ updatedAt: 1 }))).toBeUndefined()
  })

  test('behavior: the end tells more of what was executed, once', () => {
    const store = new UserStore('account')
    store.takeOrder(order({ status: 'CANCELLED', executedQty: '1' }))
    expect(store.takeOrder(order({ status: 'CANCELLED', executedQty: '2' }))).toBeDefined()
    expect(store.takeOrder(order({ status: 'PARTIALLY_FILLED', executedQty: '3' }))).toBeUndefined()
  })
})

describe('positions and balances', () => {
  test('behavior: prices alone are no news; what was closed is told flat', () => {
    const store = new UserStore('account')
    expect(store.takePositions([POSITION])).toHaveLength(1)
    expect(store.takePositions([{ ...POSITION, markPrice: '120', pnl: '20' }])).toEqual([])
    expect(store.hasOtherPositions([{ ...POSITION, size: '2' }])).toBe(true)
    expect(store.takePositions([])).toEqual([
      expect.objectContaining({ size: '0', pnl: '0', side: 'LONG' }),
    ])
  })

  test('behavior: in hedge mode each side is a position of its own', () => {
    const store = new UserStore('account')
    const short = { ...POSITION, side: 'SHORT' } as const
    store.takePositions([POSITION, short])
    const flat = { nativeSymbol: 'BTCUSDT', positionSide: 'SHORT' } as const
    expect(store.takePosition(flat, 5)).toEqual([expect.objectContaining({ side: 'SHORT' })])
    expect(store.positions()).toEqual([expect.objectContaining({ side: 'LONG' })])
    expect(store.takePosition({ ...flat, position: short }, 4)).toEqual([])
  })

  describe('where orders name their margin mode', () => {
    const isolated = { ...POSITION, size: '3', marginMode: 'ISOLATED' } as const
    const inSlot = { nativeSymbol: 'BTCUSDT' }

    function holding(...positions: FuturesPosition[]): UserStore {
      const store = new UserStore('order')
      store.takePositions(positions)
      return store
    }

    test('behavior: a cross and an isolated position of one side are both kept', () => {
      const store = new UserStore('order')
      expect(store.takePositions([POSITION, isolated])).toEqual([POSITION, isolated])
      expect(store.positions()).toEqual([POSITION, isolated])
      expect(store.hasOtherPositions([isolated, POSITION])).toBe(false)
      expect(store.hasOtherPositions([isolated])).toBe(true)
      expect(store.takePositions([isolated, POSITION], 'BTCUSDT')).toEqual([])
    })

    test('behavior: one that is read no more is told flat with its mode, the other stays', () => {
      const store = holding(POSITION, isolated)
      expect(store.takePositions([POSITION])).toEqual([
        expect.objectContaining({ size: '0', side: 'LONG', marginMode: 'ISOLATED' }),
      ])
      expect(store.positions()).toEqual([POSITION])
    })

    test('behavior: an event moves the position of its own mode alone', () => {
      const store = holding(POSITION, isolated)
      const grown = { ...POSITION, size: '2' }
      expect(store.takePosition({ ...inSlot, position: grown }, 5)).toEqual([grown])
      const turned = { ...grown, side: 'SHORT' } as const
      expect(store.takePosition({ ...inSlot, position: turned }, 6)).toEqual([
        expect.objectContaining({ size: '0', side: 'LONG', marginMode: 'CROSS' }),
        turned,
      ])
      expect(store.positions()).toEqual([isolated, turned])
    })

    test('behavior: an event without a mode is followed by a reading when it may mean two', () => {
      const store = holding(POSITION, isolated)
      const { marginMode: _, ...untold } = POSITION
      expect(store.takePosition(inSlot, 5)).toBe('unknown')
      expect(store.takePosition({ ...inSlot, position: untold }, 5)).toBe('unknown')
      expect(store.positions()).toEqual([POSITION, isolated])
    })

    test('behavior: an event without a mode means the only one there is', () => {
      const store = holding(isolated)
      const { marginMode: _, ...untold } = { ...isolated, size: '4' }
      expect(store.takePosition({ ...inSlot, position: untold }, 5)).toEqual([
        { ...isolated, size: '4' },
      ])
      expect(store.takePosition(inSlot, 6)).toEqual([
        expect.objectContaining({ size: '0', marginMode: 'ISOLATED' }),
      ])
      expect(store.positions()).toEqual([])
    })
  })

  test('behavior: where the mode is a setting, a position that changes it is the same one', () => {
    const store = new UserStore('account')
    store.takePositions([POSITION])
    const changed = { ...POSITION, marginMode: 'ISOLATED' } as const
    expect(store.takePositions([changed])).toEqual([changed])
    expect(store.positions()).toEqual([changed])
  })

  test('behavior: a partial position of a stranger must be read', () => {
    const change = { nativeSymbol: 'BTCUSDT', position: POSITION, isPartial: true }
    expect(new UserStore('account').takePosition(change, 1)).toBe('unknown')
  })

  test('behavior: assets that were not told stay; older balances are not heard', () => {
    const asset = (name: string, walletBalance: string) => {
      return { asset: name, walletBalance, availableBalance: '0', unrealizedPnl: '0' }
    }
    const info: AccountInfo = {
      totalWalletBalance: '3',
      availableBalance: '3',
      totalUnrealizedPnl: '0',
      totalMarginBalance: '3',
      currency: 'USD',
      assets: [asset('USDT', '1'), asset('BTC', '2')],
    }
    const store = new UserStore('account')
    expect(store.takeAccount(info, 10)).toBeDefined()
    expect(store.takeAccount({ ...info, totalUnrealizedPnl: '1' }, 11)).toBeUndefined()
    const changed = { ...info, assets: [asset('USDT', '5')] }
    expect(store.takeAccount(changed, 12)?.assets).toEqual([asset('USDT', '5'), asset('BTC', '2')])
    expect(store.takeAccount(info, 11)).toBeUndefined()
  })
})
