import { describe, expect, test } from 'vitest'
import { collect, type Rig } from '../../client/streams/rig.testing.ts'
import { readCapture } from './captures.testing.ts'
import { binanceRig, NO_MONEY } from './streams.testing.ts'
import { userFeed } from './streamUser.ts'
import {
  algoEvent,
  FILLED,
  fillRow,
  orderEvent,
  orderRow,
  positionRow,
  SETTINGS,
  T,
} from './userEvents.testing.ts'

// User events of docs/wire/binance.md 8.6 on a whole client.

async function watching() {
  const rig = binanceRig()
  const streams = {
    orders: rig.client.watchOrders(),
    fills: rig.client.watchFills(),
    positions: rig.client.watchPositions(),
    account: rig.client.watchAccount(),
  }
  const orders = collect(streams.orders)
  const fills = collect(streams.fills)
  const positions = collect(streams.positions)
  const account = collect(streams.account)
  await rig.settle()
  return { ...rig, streams, orders, fills, positions, account, rig }
}

function say(rig: Rig, ...events: object[]): Promise<void> {
  for (const event of events) rig.side('/private/').say(event)
  return rig.settle()
}

describe('private streams', () => {
  test('default: an order and its fill, each once', async () => {
    const { rig, orders, fills, streams } = await watching()
    expect(rig.side('/private/').request.url).toBe('ws://127.0.0.1:1/private/ws?listenKey=listen-1')
    expect(streams.orders.status).toBe('LIVE')
    const filled = orderEvent(FILLED, T + 10)
    await say(rig, orderEvent({}), orderEvent({}), filled, filled, orderEvent({}))
    expect(orders.items.map(({ status }) => status)).toEqual(['NEW', 'FILLED'])
    expect(orders.items[1]).toMatchObject({
      orderId: '22542179',
      clientOrderId: 't1-0001',
      executedQty: '0.01',
      averagePrice: '60000.1',
      timestamp: T + 10,
      receivedAt: rig.clock.now(),
    })
    expect(fills.items).toEqual([
      {
        fillId: '12345678',
        orderId: '22542179',
        clientOrderId: 't1-0001',
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'BUY',
        quantity: '0.01',
        price: '60000.1',
        fee: '0.1200002',
        feeAsset: 'USDT',
        isMaker: true,
        realizedPnl: '0',
        timestamp: T + 10,
        receivedAt: rig.clock.now(),
      },
    ])
  })

  test('behavior: what was missed is told once, in order, marked recovered', async () => {
    const { rig, orders, fills, positions, streams } = await watching()
    await say(rig, orderEvent({}))
    rig.side('/private/').cut()
    expect(streams.fills.status).toBe('RESYNCING')
    const time = rig.clock.now() + 200
    const done = orderRow({ status: 'FILLED', executedQty: '0.01', updateTime: time })
    rig.answers['GET /fapi/v1/order'] = () => done
    rig.answers['GET /fapi/v1/allOrders'] = () => [done]
    rig.answers['GET /fapi/v1/userTrades'] = () => [fillRow(8, time), fillRow(7, time - 5)]
    rig.answers['GET /fapi/v3/positionRisk'] = () => [positionRow()]
    rig.answers['GET /fapi/v1/symbolConfig'] = () => [SETTINGS]
    await rig.pass(2_000)
    expect(streams.fills.status).toBe('LIVE')
    await say(rig, orderEvent({ ...FILLED, t: 8 }, time))
    expect(fills.items.map(({ fillId, recovered }) => [fillId, recovered])).toEqual([
      ['7', true],
      ['8', true],
    ])
    expect(orders.items.map(({ status, recovered }) => [status, recovered])).toEqual([
      ['NEW', undefined],
      ['FILLED', true],
    ])
    expect(positions.items).toEqual([expect.objectContaining({ size: '0.01', recovered: true })])
  })

  test('behavior: events wait until the account has been read', async () => {
    const rig = binanceRig()
    const seen = collect(rig.client.watchFills())
    let isReady = false
    rig.answers['GET /fapi/v1/openOrders'] = () => (isReady ? [] : undefined)
    await rig.settle()
    await say(rig, orderEvent(FILLED))
    expect(seen.items).toEqual([])
    isReady = true
    await rig.pass(5_000)
    expect(seen.items.map(({ fillId, recovered }) => [fillId, recovered])).toEqual([
      ['12345678', undefined],
    ])
  })

  test('behavior: a conditional order stays one order, whichever word comes first', async () => {
    const { rig, orders } = await watching()
    const child = { o: 'MARKET', ot: 'STOP_MARKET', c: 'stop-1', S: 'SELL', p: '0', i: 88937381063 }
    await say(
      rig,
      algoEvent('NEW'),
      algoEvent('TRIGGERING', {}, T + 1),
      orderEvent(child, T + 2),
      algoEvent('TRIGGERED', { ai: '88937381063', aq: '0', ap: '0', act: 'MARKET' }, T + 2),
      orderEvent({ ...FILLED, ...child }, T + 3),
      algoEvent('FINISHED', { ai: '88937381063', aq: '0.01', ap: '58999' }, T + 4),
    )
    expect(orders.items.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['algo:1000000033225453', 'PENDING'],
      ['algo:1000000033225453', 'NEW'],
      ['algo:1000000033225453', 'FILLED'],
    ])
  })

  test('behavior: the child of an order nobody has seen is looked up', async () => {
    const { rig, orders } = await watching()
    const row = orderRow({ orderId: 5, clientOrderId: 'old', origType: 'STOP_MARKET' })
    rig.answers['GET /fapi/v1/order'] = () => row
    rig.answers['GET /fapi/v1/algoOrder'] = () => ({
      ...{ algoId: 9, clientAlgoId: 'old', orderType: 'STOP_MARKET', symbol: 'BTCUSDT' },
      ...{ side: 'SELL', positionSide: 'BOTH', timeInForce: 'GTC', quantity: '0.01', price: '0' },
      ...{ algoStatus: 'TRIGGERED', actualOrderId: '5', triggerPrice: '1', reduceOnly: true },
    })
    await say(rig, orderEvent({ ot: 'STOP_MARKET', c: 'old', i: 5 }))
    expect(orders.items.map(({ orderId }) => orderId)).toEqual(['algo:9'])
  })

  test('behavior: a new position is read, a known one is completed, a closed one told flat', async () => {
    const { rig, positions } = await watching()
    const update = (pa: string, up: string, at: number): object => ({
      ...{ e: 'ACCOUNT_UPDATE', E: at, T: at },
      a: {
        m: 'ORDER',
        B: [],
        P: [{ s: 'BTCUSDT', pa, ep: pa === '0' ? '0' : '60000', up, mt: 'cross', ps: 'BOTH' }],
      },
    })
    rig.answers['GET /fapi/v3/positionRisk'] = () => [positionRow()]
    rig.answers['GET /fapi/v1/symbolConfig'] = () => [SETTINGS]
    await say(rig, update('0.01', '0.1', T))
    expect(positions.items[0]).toMatchObject({ size: '0.01', leverage: 20, marginMode: 'CROSS' })
    await say(rig, update('-0.02', '1', T + 5), update('0.01', '0.1', T + 1))
    expect(positions.items.slice(1)).toEqual([
      expect.objectContaining({ size: '0', side: 'LONG', pnl: '0' }),
      expect.objectContaining({ size: '0.02', side: 'SHORT', markPrice: '59950', leverage: 20 }),
    ])
    rig.answers['GET /fapi/v3/positionRisk'] = () => []
    await say(rig, update('0.03', '0.3', T + 9), update('0', '0', T + 10))
    expect(positions.items.slice(3)).toEqual([
      expect.objectContaining({ size: '0', side: 'SHORT' }),
      expect.objectContaining({
        size: '0.03',
        markPrice: '60010',
        leverage: 20,
        notional: '1800.3',
        percentage: '0.33',
      }),
      expect.objectContaining({ size: '0', side: 'LONG' }),
    ])
  })

  test('behavior: who comes later begins with the positions and the account as they are', async () => {
    const rig = binanceRig()
    rig.answers['GET /fapi/v3/positionRisk'] = () => [positionRow()]
    rig.answers['GET /fapi/v1/symbolConfig'] = () => [SETTINGS]
    const early = rig.client.watchPositions()
    expect((await early.next()).value).toMatchObject({ size: '0.01' })
    const late = collect(rig.client.watchPositions())
    const account = collect(rig.client.watchAccount())
    await rig.settle()
    expect([late.items.length, account.items.length]).toEqual([1, 1])
    expect(late.items[0]?.recovered).toBeUndefined()
  })

  test('behavior: watched again, it begins anew, but no fill is told twice', async () => {
    const { rig, streams, fills } = await watching()
    await say(rig, orderEvent({}), orderEvent(FILLED, T + 10))
    expect(fills.items).toHaveLength(1)
    for (const stream of Object.values(streams)) stream.close()
    expect(rig.side('/private/').isClosed).toBe(true)
    rig.answers['GET /fapi/v1/userTrades'] = () => [fillRow(12345678, rig.clock.now())]
    const again = collect(rig.client.watchFills())
    const account = collect(rig.client.watchAccount())
    await rig.settle()
    expect([again.items, account.items.length]).toEqual([[], 1])
  })

  test('behavior: balances are read after an event, not more than twice a second', async () => {
    const { rig, account } = await watching()
    expect(account.items).toHaveLength(1)
    let asked = 0
    rig.answers['GET /fapi/v3/account'] = () => {
      asked++
      return { ...NO_MONEY, totalWalletBalance: String(100 - asked) }
    }
    const event = { e: 'ACCOUNT_UPDATE', E: T, T, a: { m: 'FUNDING_FEE', B: [{}] } }
    await say(rig, event, event, event)
    await rig.pass(3_000)
    expect(account.items.map(({ totalWalletBalance }) => totalWalletBalance)).toEqual([
      '100',
      '99',
      '98',
    ])
  })

  test('behavior: an expired listen key gives way to a new one', async () => {
    const { rig, streams } = await watching()
    const first = rig.side('/private/')
    rig.answers['POST /fapi/v1/listenKey'] = () => ({ listenKey: 'listen-2' })
    await say(rig, { e: 'listenKeyExpired', E: '1736996475556', listenKey: 'listen-1' })
    expect([first.isClosed, streams.orders.status]).toEqual([true, 'RESYNCING'])
    await rig.pass(1_000)
    expect(rig.side('/private/').request.url).toContain('listen-2')
    expect(streams.orders.status).toBe('LIVE')
  })

  test('behavior: the listen key is kept alive, and replaced when it is gone', async () => {
    const { rig } = await watching()
    await rig.pass(1_500_000)
    expect(rig.calls.filter((line) => line.startsWith('PUT'))).toHaveLength(1)
    rig.answers['PUT /fapi/v1/listenKey'] = () => ({
      code: -1125,
      msg: 'This listenKey does not exist.',
    })
    const before = rig.side('/private/')
    await rig.pass(1_502_000)
    expect(rig.side('/private/')).not.toBe(before)
  })

  test('behavior: a connection that keeps silent about a known change is replaced', async () => {
    const { rig, orders, streams } = await watching()
    await say(rig, orderEvent({}))
    const first = rig.side('/private/')
    rig.answers['GET /fapi/v1/openOrders'] = () => [orderRow({})]
    await rig.pass(30_000)
    expect(rig.side('/private/')).toBe(first)
    rig.answers['GET /fapi/v1/openOrders'] = () => []
    rig.answers['GET /fapi/v1/order'] = () =>
      orderRow({ status: 'CANCELED', updateTime: rig.clock.now() })
    await rig.pass(10_000)
    expect(rig.side('/private/')).not.toBe(first)
    expect(streams.orders.status).toBe('LIVE')
    expect(orders.items.at(-1)).toMatchObject({ status: 'CANCELLED', recovered: true })
  })

  test('error: a refused key ends all streams', async () => {
    const rig = binanceRig()
    rig.answers['POST /fapi/v1/listenKey'] = () => ({ code: -2015, msg: 'Invalid API-key' })
    await expect(rig.client.watchOrders().next()).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    })
  })

  test('args: recorded events', () => {
    const context = {
      instruments: { byNative: () => undefined, symbolOf: (name: string) => name },
      receivedAt: 0,
      orderById: () => undefined,
      ordersByClientId: () => [],
    }
    const decode = (name: string): unknown => {
      const value = readCapture(name)
      return value === undefined ? undefined : userFeed.decode('user', value, context)
    }
    if (decode('order_update_trade.json') === undefined) return
    expect(decode('order_update_trade.json')).toMatchObject([
      { kind: 'order', order: { status: 'PARTIALLY_FILLED', positionSide: 'LONG' } },
      { kind: 'fill', fill: { fillId: '12345678', fee: '0.01', realizedPnl: '12.34' } },
    ])
    expect(decode('order_update_calculated.json')).toMatchObject([
      { kind: 'order' },
      { kind: 'fill', fill: { side: 'SELL', quantity: '0.014' } },
    ])
    expect(decode('order_update_new.json')).toMatchObject([{ kind: 'orderChanged' }])
    expect(decode('trade_lite.json')).toEqual([])
    expect(decode('algo_update_canceled.json')).toMatchObject([
      { kind: 'order', order: { orderId: 'algo:2148719', status: 'CANCELLED' } },
    ])
  })
})
