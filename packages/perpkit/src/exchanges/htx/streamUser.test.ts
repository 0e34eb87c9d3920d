import { describe, expect, test } from 'vitest'
import type { UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { readConditional } from './algoRow.ts'
import { childRow, filledRow, plainRow, stopRow, triggeredRow } from './rows.testing.ts'
import { bitcoin } from './script.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Frames of docs/wire/htx.md 8.2.

function contextOf(...orders: FuturesOrder[]): UserContext {
  return {
    instruments: {
      byNative: (name) => (name === bitcoin.nativeSymbol ? bitcoin : undefined),
      symbolOf: (name) => name,
    },
    receivedAt: 0,
    orderById: (orderId) => orders.find((order) => order.orderId === orderId),
    ordersByClientId: () => [],
  }
}

interface Told {
  feed?: UserFeed
  event?: string
  orders?: FuturesOrder[]
}

const TS = 1_782_367_563_267

function tell(topic: string, data: unknown, { feed, event, orders = [] }: Told = {}): UserEvent[] {
  const frame = { op: 'notify', topic, contract_code: 'BTC-USDT', ts: TS, uid: '1', event, data }
  return (feed ?? createUserFeed()).decode(topic, frame, contextOf(...orders))
}

const orderRow = { ...plainRow, cancel_reason: '', contract_code: 'BTC-USDT' }
const stop = readConditional(new Reader(stopRow), bitcoin).order

test('default: orders, fills with their fee, positions, account and conditional orders', () => {
  expect(createUserFeed().topics.map(({ route, name }) => `${route} ${name}`)).toEqual([
    'private orders',
    'private trade_detail',
    'private positions',
    'private account',
    'private algo_orders',
  ])
})

describe('orders', () => {
  test('default: an object, in the base asset', () => {
    expect(tell('orders', orderRow)).toEqual([
      {
        kind: 'order',
        timestamp: 1780652079954,
        order: expect.objectContaining({
          ...{
            orderId: '1512509978516443136',
            status: 'NEW',
            quantity: '0.005',
            symbol: 'BTCUSDT',
          },
        }),
      },
    ])
  })

  test('args: hedge mode, and several in a list', () => {
    const hedge = { ...orderRow, position_side: 'short', side: 'buy' }
    expect(tell('orders', [hedge, orderRow])).toMatchObject([
      { order: { positionSide: 'SHORT', reduceOnly: true } },
      { order: { reduceOnly: false } },
    ])
  })

  test('args: contracts with a delivery date are not ours', () => {
    expect(tell('orders', { ...orderRow, contract_code: 'BTC-USDT-260327' })).toEqual([])
  })

  test.each([
    ['filled', { ...filledRow, trade_volume: '3' }, 'PARTIALLY_FILLED'],
    ['filled', { ...filledRow, trade_volume: '0' }, 'NEW'],
    [
      'partially_canceled',
      { ...orderRow, state: 'partially_canceled', trade_volume: '3', cancel_volume: '1' },
      'PARTIALLY_FILLED',
    ],
  ])('behavior: %s is not the end while volumes grow', (_, row, status) => {
    const orderId = row.order_id
    expect(tell('orders', row)).toMatchObject([
      { kind: 'order', order: { orderId, status } },
      { kind: 'orderChanged', nativeSymbol: 'BTC-USDT', orderId },
    ])
  })

  test.each([
    [filledRow, 'FILLED'],
    [
      { ...orderRow, state: 'partially_canceled', trade_volume: '3', cancel_volume: '2' },
      'CANCELLED',
    ],
    [{ ...orderRow, state: 'canceled' }, 'CANCELLED'],
    [{ ...orderRow, state: 'canceled', time_in_force: 'ioc' }, 'EXPIRED'],
    [{ ...orderRow, state: 'rejected' }, 'REJECTED'],
  ])('args: an end that is one', (row, status) => {
    expect(tell('orders', row)).toMatchObject([{ kind: 'order', order: { status } }])
  })

  test('behavior: what a conditional order became is told as that order', () => {
    expect(tell('orders', childRow, { orders: [stop] })).toMatchObject([
      {
        kind: 'order',
        order: {
          ...{ orderId: 'algo:1512871666507657216', type: 'STOP_MARKET', status: 'FILLED' },
          ...{ averagePrice: '57998.2', executedQty: '0.005', clientOrderId: '1780315200002' },
        },
      },
    ])
  })

  test('behavior: it is looked up where that order is not known, or more is to come', () => {
    const changed = [{ kind: 'orderChanged', orderId: childRow.order_id }]
    expect(tell('orders', childRow)).toMatchObject(changed)
    const growing = { ...childRow, trade_volume: '1' }
    expect(tell('orders', growing, { orders: [stop] })).toMatchObject(changed)
  })

  test('error: a state nobody knows', () => {
    expect(() => tell('orders', { ...orderRow, state: 'melted' })).toThrow(/one of new/)
  })
})

describe('conditional orders', () => {
  test.each([
    [[stopRow], 'PENDING'],
    [stopRow, 'PENDING'],
    [[{ ...stopRow, state: 'canceled' }], 'CANCELLED'],
    [[{ ...stopRow, state: 'failed' }], 'REJECTED'],
  ])('default: with an id of their own', (data, status) => {
    expect(tell('algo_orders', data)).toMatchObject([
      { kind: 'order', order: { orderId: 'algo:1512871666507657216', status, stopPrice: '58000' } },
    ])
  })

  test('behavior: a stop that came with an entry grows with what fills', () => {
    const { algo_client_order_id: _, ...attached } = stopRow
    const tellIt = (volume: string) => tell('algo_orders', [{ ...attached, volume }])
    expect([tellIt('2'), tellIt('5')].flat()).toMatchObject([
      { order: { type: 'STOP_MARKET', clientOrderId: '', quantity: '0.002', status: 'PENDING' } },
      { order: { type: 'STOP_MARKET', clientOrderId: '', quantity: '0.005', status: 'PENDING' } },
    ])
  })

  test('behavior: a triggered one is read', () => {
    const orderId = 'algo:1512871666507657216'
    expect(tell('algo_orders', [triggeredRow], { orders: [stop] })).toMatchObject([
      { kind: 'order', order: { orderId, status: 'NEW' } },
      { kind: 'orderChanged', orderId },
    ])
  })

  test('behavior: unless the order it became has spoken', () => {
    const orders = [{ ...stop, status: 'FILLED' as const }]
    expect(tell('algo_orders', [triggeredRow], { orders })).toEqual([])
  })
})

describe('fills', () => {
  // Recorded, with what trade_detail adds.
  const row = {
    ...{ direction: 'buy', id: '100121555172810-1519705786942156810-1' },
    ...{ contract_code: 'BTC-USDT', contract_type: 'swap', order_id: '1519705786942156810' },
    ...{ trade_id: '155233460', position_side: 'both', trade_volume: '1', trade_price: '61629' },
    ...{ trade_turnover: '61.629', role: 'taker', client_order_id: '1519705786942156810' },
    ...{ created_time: '1782367694375', updated_time: '1782367694385' },
    ...{ trade_fee: '0.0369774', fee_currency: 'USDT' },
  }

  test('default: under the id that calls give them too', () => {
    expect(tell('trade_detail', [row])).toEqual([
      {
        kind: 'fill',
        timestamp: 1782367694375,
        fill: {
          ...{ fillId: '155233460-1519705786942156810-1', orderId: '1519705786942156810' },
          ...{ clientOrderId: '1519705786942156810', symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT' },
          ...{ side: 'BUY', quantity: '0.001', price: '61629', fee: '0.0369774' },
          ...{ feeAsset: 'USDT', isMaker: false, timestamp: 1782367694375 },
        },
      },
    ])
  })

  test('args: side, hedge mode, bare numbers; several executions of one trade', () => {
    const bare = {
      ...{ ...row, direction: undefined, side: 'sell', position_side: 'long', role: 'maker' },
      ...{ trade_id: 155233460 },
    }
    const fills = tell('trade_detail', [bare, bare, { ...bare, contract_code: 'ETH-USDT-261225' }])
    expect(fills).toMatchObject([
      { fill: { side: 'SELL', positionSide: 'LONG', isMaker: true } },
      { fill: { fillId: '155233460-1519705786942156810-2' } },
    ])
    expect(fills).toHaveLength(2)
  })
})

describe('positions', () => {
  // Recorded.
  const row = {
    ...{ contract_code: 'BTC-USDT', symbol: 'BTC', position_mode: 'single_side', version: 7 },
    ...{ position_side: 'both', direction: 'buy', margin_mode: 'cross', open_avg_price: '60547.9' },
    ...{ volume: '1', available: '1', fee: '0.03632874', lever_rate: 10, profit_unreal: '0.0328' },
    ...{ liquidation_price: '-102094.8476', initial_margin: '6.05807', mark_price: '60580.7' },
    ...{ state: 'normal', created_time: '1782460515119', updated_time: '1782460515119' },
  }

  test('default: whole', () => {
    const [event] = tell('positions', [row], { event: 'snapshot' })
    expect(event).toEqual({
      kind: 'position',
      timestamp: TS,
      nativeSymbol: 'BTC-USDT',
      position: expect.objectContaining({
        ...{ side: 'LONG', size: '0.001', leverage: 10, marginMode: 'CROSS', percentage: '0.54' },
      }),
    })
    expect(event).not.toHaveProperty('position.liquidationPrice')
  })

  test('args: hedge mode, and flat', () => {
    const rows = [
      { ...row, position_side: 'long' },
      { ...row, position_side: 'short', direction: 'sell', volume: '0' },
    ]
    expect(tell('positions', rows)).toEqual([
      expect.objectContaining({ positionSide: 'LONG', position: expect.anything() }),
      { kind: 'position', timestamp: TS, nativeSymbol: 'BTC-USDT', positionSide: 'SHORT' },
    ])
    expect(tell('positions', [])).toEqual([])
  })

  test('behavior: an older version is dropped, that of another position is not', () => {
    const feed = createUserFeed()
    const count = (news: object) => tell('positions', [{ ...row, ...news }], { feed }).length
    expect([
      count({}),
      count({ version: 8 }),
      count({ version: 7 }),
      count({ version: 8 }),
    ]).toEqual([1, 1, 0, 1])
    expect(count({ version: 1, created_time: '1782460599999' })).toBe(1)
    expect(tell('positions', [{ ...row, version: 1 }], { feed, event: 'snapshot' })).toHaveLength(1)
  })

  test('behavior: where both margin modes are open, positions are read', () => {
    const feed = createUserFeed()
    const isolated = { ...row, margin_mode: 'isolated' }
    const kinds = (data: object[], event?: string) =>
      tell('positions', data, { feed, ...(event !== undefined && { event }) }).map(
        ({ kind }) => kind,
      )
    expect(kinds([row])).toEqual(['position'])
    expect(kinds([isolated])).toEqual(['positionChanged'])
    expect(kinds([{ ...row, version: 8, volume: '0' }])).toEqual(['positionChanged'])
    expect(kinds([isolated])).toEqual(['position'])
    // A snapshot is the whole truth: the isolated one is not there any more.
    expect(kinds([row], 'snapshot')).toEqual(['position'])
  })
})

test('default: the account is read after each change', () => {
  const account = { equity: '0', details: [{ currency: 'USDT', equity: '162.3319' }], version: 5 }
  expect(tell('account', account, { event: 'filled' })).toEqual([
    { kind: 'account', timestamp: TS },
  ])
  expect(tell('account', account, { event: 'snapshot' })).toEqual([])
})
