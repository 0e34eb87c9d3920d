import { describe, expect, it } from 'vitest'
import type { FuturesOrder } from '../../model/order.ts'
import {
  FILLS,
  fill,
  historyOrder,
  NOTHING,
  ORDERS,
  TRIGGERS,
  triggerOptions,
} from './lookup.testing.ts'
import { getEndedOrders, getOrderHistory } from './pastOrders.ts'
import { bitcoin, CHILD_ID, NOW, ORDER_ID, script, success } from './script.testing.ts'

const END = Date.parse(NOW)
const DAY = 86_400_000
const window = { instrument: bitcoin, startTime: END - DAY, endTime: END, limit: 100 }

interface Told {
  name: string
  body: Record<string, unknown>
  age: number
}

/** A page of events, each so many milliseconds before the end of the window. */
const page = (list: Told[], continuationToken?: string): unknown => ({
  elements: list.map(({ name, body, age }) => ({ timestamp: END - age, event: { [name]: body } })),
  len: list.length,
  ...(continuationToken !== undefined && { continuationToken }),
})

/** An order that was placed one second before the event. */
function plain(uid: string, age: number, more: Record<string, unknown> = {}): Told {
  const order = historyOrder({ uid, clientId: uid, timestamp: END - age - 1_000, ...more })
  return { name: 'OrderPlaced', body: { order }, age }
}

function trigger(name: string, age: number, more: Record<string, unknown> = {}): Told {
  const order = historyOrder({
    quantity: '0.01',
    filled: '0',
    limitPrice: '0',
    triggerOptions,
    ...more,
  })
  return { name, body: { order }, age }
}

async function read(answers: Record<string, unknown>, query = window) {
  const { call, lines } = script({ ...NOTHING, ...answers })
  return { orders: await getOrderHistory(call, query), lines }
}
const idsOf = (orders: readonly { orderId: string }[]) => orders.map(({ orderId }) => orderId)

describe('getOrderHistory', () => {
  it('default: both stores and the executions, in the words of each', async () => {
    const { call, lines, sent } = script({
      ...NOTHING,
      [ORDERS]: page([plain(ORDER_ID, 5_000)]),
      [FILLS]: success({ fills: [fill(0.004, 83500), fill(0.006, 83400)] }),
    })
    const [order, ...others] = await getOrderHistory(call, window)
    expect(others).toEqual([])
    expect(order).toMatchObject({
      orderId: ORDER_ID,
      symbol: 'BTCUSD',
      type: 'MARKET',
      status: 'FILLED',
      quantity: '0.01',
      executedQty: '0.01',
      averagePrice: '83440',
      createdAt: END - 6_000,
    })
    expect(lines).toEqual([
      `${TRIGGERS}?tradeable=PF_XBTUSD&since=${END - DAY - 10_001}&sort=desc&count=1000`,
      `${ORDERS}?tradeable=PF_XBTUSD&since=${END - DAY - 1}&sort=desc&count=1000`,
      FILLS,
    ])
    expect(sent.map(({ cost }) => cost)).toEqual([
      { history: 1 },
      { history: 1 },
      { derivatives: 2 },
    ])
  })

  it('behavior: nothing happened, and two calls say so', async () => {
    const { orders, lines } = await read({})
    expect(orders).toEqual([])
    expect(lines).toHaveLength(2)
  })

  it('behavior: each order once, by its newest event; open ones are not history', async () => {
    const rest = { orderType: 'Limit', quantity: '0.01', filled: '0' }
    const cancelled = plain('cancelled', 10, rest)
    const { orders } = await read({
      [ORDERS]: page([
        { ...cancelled, name: 'OrderCancelled' },
        plain('filled', 20),
        { ...plain('refused', 30, { ...rest, orderType: 'Post' }), name: 'OrderRejected' },
        plain('open', 40, rest),
        plain('cancelled', 50, rest),
      ]),
    })
    expect(orders.map(({ orderId, status }) => [orderId, status])).toEqual([
      ['cancelled', 'CANCELLED'],
      ['filled', 'FILLED'],
      ['refused', 'REJECTED'],
    ])
    expect(orders[1]).not.toHaveProperty('averagePrice')
  })

  it('behavior: a trigger that has fired and its order are one', async () => {
    const child = plain(CHILD_ID, 4_990, { clientId: 'demo-1', quantity: '0.006', filled: '0.004' })
    const { orders } = await read({
      [ORDERS]: page([child]),
      [TRIGGERS]: page([trigger('OrderTriggerActivated', 5_000)]),
      [FILLS]: success({ fills: [fill(0.004, 79990, { order_id: CHILD_ID })] }),
    })
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({
      orderId: ORDER_ID,
      clientOrderId: 'demo-1',
      type: 'STOP_MARKET',
      stopPrice: '80000',
      status: 'EXPIRED',
      quantity: '0.01',
      executedQty: '0.004',
      averagePrice: '79990',
    })
  })

  it('behavior: one whose order still rests is open', async () => {
    const more = { clientId: 'demo-1', orderType: 'Limit', quantity: '0.01', filled: '0' }
    const { orders } = await read({
      [ORDERS]: page([plain(CHILD_ID, 4_990, more)]),
      [TRIGGERS]: page([trigger('OrderTriggerActivated', 5_000, { limitPrice: '79000' })]),
    })
    expect(orders).toEqual([])
  })

  it.each([
    ['OrderTriggerPlaced', 60_000, []],
    ['OrderTriggerCancelled', 60_000, ['CANCELLED']],
    ['OrderTriggerActivated', 60_000, ['REJECTED']],
    ['OrderTriggerActivated', 9_000, []],
  ])('behavior: a trigger alone, %s %i ms ago, is %j', async (name, age, statuses) => {
    const { orders } = await read({ [TRIGGERS]: page([trigger(name, age)]) })
    expect(orders.map(({ status }) => status)).toEqual(statuses)
  })

  it('behavior: what a trigger without a client order id became stands for itself', async () => {
    const { orders } = await read({
      [ORDERS]: page([plain(CHILD_ID, 59_000, { clientId: '' })]),
      [TRIGGERS]: page([trigger('OrderTriggerActivated', 60_000, { clientId: '' })]),
    })
    expect(idsOf(orders)).toEqual([CHILD_ID])
  })

  it('behavior: the trigger of the first order in the window fired just before it', async () => {
    const child = plain(CHILD_ID, DAY - 2_000, { clientId: 'demo-1', timestamp: END - DAY })
    const fired = trigger('OrderTriggerActivated', DAY + 5, { timestamp: END - 2 * DAY })
    const { orders } = await read({ [ORDERS]: page([child]), [TRIGGERS]: page([fired]) })
    // It is one with the trigger, which was placed before the window.
    expect(orders).toEqual([])
  })

  it('behavior: what was placed in the window and ended after it is there', async () => {
    const query = { ...window, startTime: END - DAY, endTime: END - DAY / 2 }
    const late = plain('late', 10, { timestamp: END - DAY })
    const { orders } = await read({ [ORDERS]: page([late]) }, query)
    expect(idsOf(orders)).toEqual(['late'])
  })

  it('behavior: pages are followed to the start of the window', async () => {
    const { orders, lines } = await read({
      [ORDERS]: [
        page([plain('a', 10), plain('b', 20)], 'next'),
        page([plain('b', 20), plain('c', 20), plain('d', 30)]),
      ],
    })
    expect(idsOf(orders)).toEqual(['a', 'b', 'c', 'd'])
    expect(lines[2]).toMatch(/count=1000&continuation_token=next$/)
  })

  it('behavior: ends once nothing newer can be missing', async () => {
    const { orders, lines } = await read(
      {
        [ORDERS]: [
          // Placed before the oldest event that was seen: others may have been placed after it.
          page([plain('a', 10, { timestamp: END - 5_000 }), plain('b', 2_000)], 'second'),
          page([plain('c', 3_000, { timestamp: END - 3_001 }), plain('d', 6_000)], 'third'),
        ],
      },
      { ...window, limit: 3 },
    )
    // The last one of a page, and all that was placed before it, is not complete.
    expect(idsOf(orders)).toEqual(['a', 'b', 'c'])
    expect(lines.filter((line) => line.startsWith(ORDERS))).toHaveLength(2)
  })

  it('behavior: an order that is one with an older trigger does not count as a new one', async () => {
    const fired = trigger('OrderTriggerActivated', 1_000, { timestamp: END - 50_000 })
    const { orders, lines } = await read(
      {
        [ORDERS]: [
          page([plain('x', 900, { clientId: 'demo-1' }), plain('y', 1_950)], 'second'),
          page([plain('z', 2_000), plain('w', 60_000)]),
        ],
        [TRIGGERS]: page([fired]),
      },
      { ...window, limit: 1 },
    )
    expect(lines.filter((line) => line.startsWith(ORDERS))).toHaveLength(2)
    expect(idsOf(orders)).toEqual([ORDER_ID, 'y', 'z', 'w'])
  })

  it('behavior: a cursor that does not move, or one that never ends, does not hold us', async () => {
    const stuck = await read({ [ORDERS]: page([plain('a', 10)], 'same') })
    expect(idsOf(stuck.orders)).toEqual(['a'])
    expect(stuck.lines.filter((line) => line.startsWith(ORDERS))).toHaveLength(2)
    const endless = Array.from({ length: 20 }, (_, i) =>
      page([plain(`o${i}`, i * 10_000)], `t${i}`),
    )
    const { orders, lines } = await read({ [ORDERS]: endless })
    expect(lines.filter((line) => line.startsWith(ORDERS))).toHaveLength(10)
    expect(orders).toHaveLength(9)
  })

  it('error: an answer without its list', async () => {
    await expect(read({ [ORDERS]: { len: 0 } })).rejects.toThrow('$.elements: expected an array')
  })
})

describe('getEndedOrders', () => {
  const startTime = END - 60_000
  async function readEnded(answers: Record<string, unknown>, known: FuturesOrder[] = []) {
    const { call, lines } = script({ ...NOTHING, ...answers })
    return { orders: await getEndedOrders(call, { startTime, known }), lines }
  }
  const rest = { orderType: 'Limit', quantity: '0.01', filled: '0' }

  it('default: of all symbols, with one call to each store', async () => {
    const { orders, lines } = await readEnded({
      [ORDERS]: page([
        plain('bitcoin', 10),
        plain('ether', 20, { tradeable: 'PF_ETHUSD' }),
        { ...plain('old', 30, { ...rest, timestamp: END - DAY }), name: 'OrderCancelled' },
        plain('open', 40, rest),
      ]),
    })
    expect(
      orders.map(({ orderId, nativeSymbol, status }) => [orderId, nativeSymbol, status]),
    ).toEqual([
      ['bitcoin', 'PF_XBTUSD', 'FILLED'],
      ['ether', 'PF_ETHUSD', 'FILLED'],
      ['old', 'PF_XBTUSD', 'CANCELLED'],
    ])
    expect(lines).toEqual([
      `${TRIGGERS}?since=${startTime - 10_001}&sort=desc&count=1000`,
      `${ORDERS}?since=${startTime - 10_001}&sort=desc&count=1000`,
      FILLS,
    ])
  })

  it('behavior: inverse and dated contracts are none of ours', async () => {
    const { orders } = await readEnded({
      [ORDERS]: page([
        plain('inverse', 10, { tradeable: 'PI_XBTUSD' }),
        plain('dated', 10, { tradeable: 'FF_XBTUSD_261225' }),
      ]),
    })
    expect(orders).toEqual([])
  })

  it('behavior: what became of a trigger that fired long ago is told under its id', async () => {
    const known: FuturesOrder = {
      ...{ orderId: ORDER_ID, clientOrderId: 'demo-1', symbol: 'BTCUSD', side: 'SELL' },
      ...{ nativeSymbol: 'PF_XBTUSD', type: 'STOP', quantity: '0.01', price: '79000' },
      ...{ status: 'NEW', executedQty: '0', timeInForce: 'GTC', stopPrice: '80000' },
    }
    const child = {
      ...plain(CHILD_ID, 10, { ...rest, clientId: 'demo-1' }),
      name: 'OrderCancelled',
    }
    const { orders } = await readEnded({ [ORDERS]: page([child]) }, [known])
    expect(orders).toMatchObject([{ orderId: ORDER_ID, type: 'STOP', status: 'CANCELLED' }])
    // As long as nothing is told of it, nothing has happened.
    expect((await readEnded({}, [known])).orders).toEqual([])
  })

  it('behavior: a trigger of the window tells more than what was known of it', async () => {
    const known: FuturesOrder = {
      ...{ orderId: ORDER_ID, clientOrderId: 'demo-1', symbol: 'BTCUSD', side: 'SELL' },
      ...{ nativeSymbol: 'PF_XBTUSD', type: 'STOP_MARKET', quantity: '0.01', price: '0' },
      ...{ status: 'PENDING', executedQty: '0', timeInForce: 'IOC', stopPrice: '80000' },
    }
    const cancelled = trigger('OrderTriggerCancelled', 10)
    const { orders } = await readEnded({ [TRIGGERS]: page([cancelled]) }, [known])
    expect(orders).toMatchObject([{ orderId: ORDER_ID, status: 'CANCELLED' }])
  })

  it('error: an answer without its list', async () => {
    await expect(readEnded({ [TRIGGERS]: { len: 0 } })).rejects.toThrow('$.elements')
  })
})
