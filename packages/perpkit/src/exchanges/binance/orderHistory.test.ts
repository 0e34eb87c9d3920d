import { describe, expect, test } from 'vitest'
import { getOrderHistory } from './orderHistory.ts'
import { bitcoin, refused, script } from './script.testing.ts'

const endTime = 1_763_798_400_500
const startTime = endTime - 10_000
const query = { instrument: bitcoin, startTime, endTime, limit: 10 }

const plain = {
  orderId: 11,
  clientOrderId: 'p1',
  symbol: 'BTCUSDT',
  pair: 'BTCUSDT',
  side: 'BUY',
  positionSide: 'BOTH',
  type: 'LIMIT',
  origType: 'LIMIT',
  status: 'FILLED',
  price: '60000.10',
  avgPrice: '60000.10',
  origQty: '0.010',
  executedQty: '0.010',
  stopPrice: '0',
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: false,
  time: endTime - 5_000,
  updateTime: endTime - 4_000,
}
const stop = {
  algoId: 21,
  clientAlgoId: 's1',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.010',
  algoStatus: 'CANCELED',
  triggerPrice: '55000.00',
  price: '0',
  reduceOnly: true,
  closePosition: false,
  createTime: endTime - 6_000,
  updateTime: endTime - 3_000,
  actualOrderId: '',
}
const triggered = { ...stop, algoStatus: 'FINISHED', actualOrderId: '88', actualQty: '0.008' }
const child = {
  ...plain,
  orderId: 88,
  clientOrderId: 's1',
  side: 'SELL',
  type: 'MARKET',
  origType: 'STOP_MARKET',
  status: 'FILLED',
  price: '0',
  avgPrice: '54998.10',
  origQty: '0.008',
  executedQty: '0.008',
  stopPrice: '55000.00',
  reduceOnly: true,
  time: endTime - 2_000,
  updateTime: endTime - 1_900,
}

const unknown = refused(-2013, 'Order does not exist.')

function history(
  algos: unknown[],
  orders: unknown[],
  more: Readonly<Record<string, unknown>> = {},
) {
  return script({ 'GET /fapi/v1/allAlgoOrders': algos, 'GET /fapi/v1/allOrders': orders, ...more })
}

describe('getOrderHistory', () => {
  test('default: plain and conditional, each from its own list', async () => {
    const { call, lines, sent } = history([stop], [plain])
    const orders = await getOrderHistory(call, query)
    expect(orders).toMatchObject([
      { orderId: '11', status: 'FILLED', averagePrice: '60000.1', createdAt: endTime - 5_000 },
      { orderId: 'algo:21', status: 'CANCELLED', stopPrice: '55000' },
    ])
    const words = `symbol=BTCUSDT&startTime=${startTime}&endTime=${endTime}&limit=1000`
    expect(lines).toEqual([
      `GET /fapi/v1/allAlgoOrders?${words}`,
      `GET /fapi/v1/allOrders?${words}`,
    ])
    expect(sent).toEqual([
      { access: 'read', effect: 'read', cost: { weight: 5 } },
      { access: 'read', effect: 'read', cost: { weight: 5 } },
    ])
  })

  test('behavior: what is still open is no history', async () => {
    const waiting = ['NEW', 'TRIGGERING'].map((algoStatus) => ({ ...stop, algoStatus }))
    const resting = ['NEW', 'PARTIALLY_FILLED'].map((status) => ({ ...plain, status }))
    const openChild = { ...child, status: 'NEW' }
    const { call, lines } = history(waiting, [...resting, openChild])
    expect(await getOrderHistory(call, query)).toEqual([])
    expect(lines).toHaveLength(2)
  })

  test('behavior: a triggered order is one row, told as its child in the other list', async () => {
    const { call, lines } = history([triggered], [plain, child])
    const orders = await getOrderHistory(call, query)
    expect(orders).toMatchObject([
      { orderId: '11' },
      {
        orderId: 'algo:21',
        // Cut to the position: by its own record alone it would be a cancelled one.
        status: 'FILLED',
        executedQty: '0.008',
        averagePrice: '54998.1',
        createdAt: endTime - 6_000,
      },
    ])
    expect(lines).toHaveLength(2)
  })

  test('behavior: a child from after the stretch is looked up', async () => {
    const { call, lines } = history([triggered], [], { 'GET /fapi/v1/order': child })
    const orders = await getOrderHistory(call, query)
    expect(orders).toMatchObject([{ orderId: 'algo:21', status: 'FILLED' }])
    expect(lines[2]).toBe('GET /fapi/v1/order?symbol=BTCUSDT&orderId=88')
  })

  test('behavior: triggered, but its child still works', async () => {
    const working = { ...child, status: 'PARTIALLY_FILLED' }
    const { call } = history([triggered], [], { 'GET /fapi/v1/order': working })
    expect(await getOrderHistory(call, query)).toEqual([])
  })

  test('behavior: a child whose parent is older than the stretch stands under its parent', async () => {
    const older = { ...triggered, createTime: startTime - 1 }
    const { call, lines } = history([], [child], { 'GET /fapi/v1/algoOrder': older })
    const orders = await getOrderHistory(call, query)
    expect(orders).toMatchObject([{ orderId: 'algo:21', createdAt: startTime - 1 }])
    expect(lines[2]).toBe('GET /fapi/v1/algoOrder?clientAlgoId=s1')
  })

  test('behavior: a row from outside the stretch takes no place of one inside', async () => {
    const older = { ...triggered, createTime: startTime - 1 }
    const { call } = history([], [plain, child], { 'GET /fapi/v1/algoOrder': older })
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:21', '11'])
  })

  test('behavior: a child takes the place of its parent, not that of newer orders', async () => {
    const older = { ...triggered, createTime: startTime + 1 }
    const { call } = history([], [plain, child], { 'GET /fapi/v1/algoOrder': older })
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:21', '11'])
    expect(orders[0]?.createdAt).toBeLessThan(orders[1]?.createdAt ?? 0)
  })

  test('behavior: of one millisecond all come along, for nothing here tells which is newer', async () => {
    const time = endTime - 10
    const rows = [1, 2, 3].map((orderId) => ({ ...plain, orderId, time }))
    const { call } = history([{ ...stop, createTime: time }], [plain, ...rows])
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['algo:21', '1', '2', '3'])
  })

  test('behavior: a child whose parent is forgotten stands for itself', async () => {
    const { call } = history([], [child], { 'GET /fapi/v1/algoOrder': unknown })
    expect(await getOrderHistory(call, query)).toMatchObject([
      { orderId: '88', type: 'STOP_MARKET', status: 'FILLED' },
    ])
  })

  test('behavior: nothing is looked up beyond the wanted number', async () => {
    const { call, lines } = history([triggered], [plain])
    const orders = await getOrderHistory(call, { ...query, limit: 1 })
    expect(orders.map(({ orderId }) => orderId)).toEqual(['11'])
    expect(lines).toHaveLength(2)
  })

  test('behavior: each list goes back by itself until it has enough', async () => {
    const { call, lines } = script({
      'GET /fapi/v1/allAlgoOrders': [],
      'GET /fapi/v1/allOrders': [plain],
    })
    await getOrderHistory(call, { ...query, startTime: endTime - 20 * 86_400_000, limit: 1 })
    const asked = lines.map((line) => /(all\w+)/.exec(line)?.[1])
    expect(asked).toEqual(['allAlgoOrders', 'allAlgoOrders', 'allAlgoOrders', 'allOrders'])
  })

  test('behavior: windows stay under seven days', async () => {
    const { call, lines } = history([], [])
    await getOrderHistory(call, { ...query, startTime: endTime - 7 * 86_400_000 })
    const spans = lines.map((line) => {
      const [, start, end] = /startTime=(\d+)&endTime=(\d+)/.exec(line) ?? []
      return Number(end) - Number(start)
    })
    expect(spans).toEqual([604_799_999, 0, 604_799_999, 0])
  })

  test.each([
    ['allOrders', 'orderId'],
    ['allAlgoOrders', 'algoId'],
  ])('behavior: a full millisecond of %s is read on by %s', async (path, name) => {
    const time = endTime - 10
    const rows = Array.from({ length: 1_001 }, (_, index) =>
      path === 'allOrders'
        ? { ...plain, orderId: index + 1, time }
        : { ...stop, algoId: index + 1, createTime: time },
    )
    const { call, lines } = history([], [], {
      [`GET /fapi/v1/${path}`]: (words: Record<string, string | undefined>) =>
        words[name] === undefined ? rows.slice(0, 1_000) : rows.slice(Number(words[name]) - 1),
    })
    const orders = await getOrderHistory(call, { ...query, startTime: time, limit: 2_000 })
    expect(orders).toHaveLength(1_001)
    expect(lines).toContain(`GET /fapi/v1/${path}?symbol=BTCUSDT&${name}=1001&limit=1000`)
  })

  test.each([
    ['$[0].time', [], [{ ...plain, time: undefined }]],
    ['$[0].createTime', [{ ...stop, createTime: undefined }], []],
    ['$[0].algoStatus', [{ ...stop, algoStatus: 'GONE' }], []],
    ['$[0].status', [], [{ ...plain, status: 'GONE' }]],
  ])('error: %s is needed', async (path, algos, orders) => {
    const { call } = history(algos, orders)
    await expect(getOrderHistory(call, query)).rejects.toMatchObject({ name: 'ReadError', path })
  })

  test('error: a failed look-up fails the whole', async () => {
    const { call } = history([triggered], [], {
      'GET /fapi/v1/order': refused(-1003, 'Too many requests.'),
    })
    await expect(getOrderHistory(call, query)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
