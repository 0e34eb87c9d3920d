import { describe, expect, it } from 'vitest'
import type { FuturesOrder } from '../../model/order.ts'
import { createHistoryReader } from './history.ts'
import {
  asked,
  byClientId,
  byId,
  events,
  FILLS,
  fill,
  historyOrder,
  look,
  NOTHING,
  OPEN,
  ORDERS,
  openRow,
  remembering,
  STATUS,
  statusRow,
  stop,
  TRIGGERS,
  trigger,
} from './lookup.testing.ts'
import { getOrder } from './lookup.ts'
import { createOrderMemory } from './memory.ts'
import { askedOrder } from './placement.ts'
import { bitcoin, CHILD_ID, NOW, ORDER_ID, script, success } from './script.testing.ts'

describe('getOrder: in the books', () => {
  it('default: an order that rests, by either id, with one call', async () => {
    for (const key of [byId, byClientId]) {
      const answer = { [STATUS]: success({ orders: [statusRow('ENTERED_BOOK')] }) }
      const { order, lines } = await look(answer, key)
      expect(order).toMatchObject({ orderId: ORDER_ID, type: 'LIMIT', status: 'NEW' })
      const [by] = lines
      expect(by).toBe(
        key === byId ? `${STATUS} orderIds=${ORDER_ID}` : `${STATUS} cliOrdIds=demo-1`,
      )
      expect(lines).toHaveLength(1)
    }
  })

  it('behavior: a trigger of ours that waits needs one call', async () => {
    const answer = { [STATUS]: success({ orders: [statusRow('TRIGGER_PLACED', trigger)] }) }
    const memory = remembering({ ...askedOrder(stop), orderId: ORDER_ID })
    const { order, lines } = await look(answer, byId, memory)
    expect(order).toMatchObject({ type: 'STOP_MARKET', status: 'PENDING', stopPrice: '80000' })
    expect(lines).toHaveLength(1)
  })

  it('behavior: a trailing stop of ours is one, with its distance', async () => {
    const answer = { [STATUS]: success({ orders: [statusRow('TRIGGER_PLACED', trigger)] }) }
    const trailing = { ...askedOrder(stop), orderId: ORDER_ID, callbackRate: '0.015' }
    const memory = remembering({ ...trailing, type: 'TRAILING_STOP_MARKET' })
    const { order, lines } = await look(answer, byId, memory)
    expect(order).toMatchObject({
      type: 'TRAILING_STOP_MARKET',
      status: 'PENDING',
      stopPrice: '80000',
      callbackRate: '0.015',
    })
    expect(order.raw).toMatchObject({ status: 'TRIGGER_PLACED' })
    expect(lines).toHaveLength(1)
  })

  it.each([
    ['trailing_stop', 'TRAILING_STOP_MARKET'],
    ['stop', 'STOP_MARKET'],
  ])('behavior: of others the open ones tell that it is a %s', async (orderType, type) => {
    const row = { ...openRow, orderType, limitPrice: undefined, stopPrice: 80100 }
    const answer = {
      [STATUS]: success({ orders: [statusRow('TRIGGER_PLACED', trigger)] }),
      [OPEN]: success({ openOrders: [row] }),
    }
    const { order, lines } = await look(answer, byId)
    expect(order).toMatchObject({ type, status: 'PENDING', stopPrice: '80100' })
    expect(lines).toHaveLength(2)
  })

  it('behavior: one that the open ones do not know any more is told as it was seen', async () => {
    const answer = { [STATUS]: success({ orders: [statusRow('TRIGGER_PLACED', trigger)] }) }
    expect((await look(answer, byId)).order).toMatchObject({
      type: 'STOP_MARKET',
      stopPrice: '80000',
    })
  })

  it('behavior: what the recent ones miss is looked for among the open ones', async () => {
    const plain = await look({ [OPEN]: success({ openOrders: [openRow] }) }, byClientId)
    expect(plain.order).toMatchObject({ type: 'LIMIT', price: '90000', status: 'NEW' })
    expect(plain.lines).toEqual([`${STATUS} cliOrdIds=demo-1`, OPEN])
    const row = { ...openRow, orderType: 'stop', limitPrice: undefined, stopPrice: 80000 }
    const waiting = await look({ [OPEN]: success({ openOrders: [row] }) }, byId)
    expect(waiting.order).toMatchObject({ type: 'STOP_MARKET', status: 'PENDING' })
  })

  it('behavior: executions give the average price, and may be newer than the book', async () => {
    const row = { ...openRow, unfilledSize: 0.006, filledSize: 0.004 }
    const partly = await look(
      {
        [OPEN]: success({ openOrders: [row] }),
        [FILLS]: success({ fills: [fill(0.001, 90000), fill(0.003, 90004)] }),
      },
      byId,
    )
    expect(partly.order).toMatchObject({
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      averagePrice: '90003',
      updatedAt: Date.parse(NOW),
    })
    const wholly = await look(
      {
        [OPEN]: success({ openOrders: [row] }),
        [FILLS]: success({ fills: [fill(0.004, 90000), fill(0.006, 90000)] }),
      },
      byId,
    )
    expect(wholly.order).toMatchObject({ status: 'FILLED', executedQty: '0.01', quantity: '0.01' })
  })

  it('behavior: no average of executions that do not add up', async () => {
    const row = { ...openRow, unfilledSize: 0.006, filledSize: 0.004 }
    const answer = {
      [OPEN]: success({ openOrders: [row] }),
      [FILLS]: success({ fills: [fill(0.001, 90000)] }),
    }
    expect((await look(answer, byId)).order).not.toHaveProperty('averagePrice')
  })

  it('behavior: a post-only order of ours is known as one, an amended price is the new one', async () => {
    const memory = remembering(
      askedOrder({ ...asked, type: 'LIMIT', price: '89000', timeInForce: 'GTX' }),
    )
    const { order } = await look({ [OPEN]: success({ openOrders: [openRow] }) }, byClientId, memory)
    expect(order).toMatchObject({ timeInForce: 'GTX', price: '90000' })
  })
})

describe('getOrder: just ended', () => {
  const filled = { [STATUS]: success({ orders: [statusRow('FULLY_EXECUTED', { filled: 0.01 })] }) }
  const fills = { [FILLS]: success({ fills: [fill(0.01, 83500)] }) }

  it('behavior: a market order of ours is one, whatever its protection price', async () => {
    const { order, lines } = await look(
      { ...filled, ...fills },
      byClientId,
      remembering(askedOrder(asked)),
    )
    expect(order).toMatchObject({
      orderId: ORDER_ID,
      type: 'MARKET',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '83500',
    })
    expect(lines).toEqual([`${STATUS} cliOrdIds=demo-1`, FILLS])
  })

  it('behavior: the history tells what an order of another process was', async () => {
    const history = { [ORDERS]: events(['OrderPlaced', { order: historyOrder() }]) }
    const { order, lines } = await look({ ...filled, ...fills, ...history }, byId)
    expect(order).toMatchObject({ type: 'MARKET', price: '0', status: 'FILLED' })
    expect(lines).toEqual([`${STATUS} orderIds=${ORDER_ID}`, FILLS, ORDERS, TRIGGERS])
  })

  it('behavior: where nothing tells, it is taken for a limit order', async () => {
    expect((await look({ ...filled, ...fills }, byId)).order).toMatchObject({
      type: 'LIMIT',
      status: 'FILLED',
    })
  })

  it.each([
    ['CANCELLED', 0.004, 'MARKET', 'EXPIRED'],
    ['CANCELLED', 0, 'MARKET', 'EXPIRED'],
    ['REJECTED', 0, 'MARKET', 'REJECTED'],
    ['CANCELLED', 0.004, 'LIMIT', 'CANCELLED'],
    ['CANCELLED', 0, 'LIMIT', 'CANCELLED'],
  ] as const)('behavior: %s with %d done of a %s order is %s', async (...args) => {
    const [word, done, type, status] = args
    const row = statusRow(word, { filled: done, quantity: 0.01 - done })
    const { order } = await look(
      {
        [STATUS]: success({ orders: [row] }),
        [FILLS]: success({ fills: done > 0 ? [fill(done, 83500)] : [] }),
      },
      byClientId,
      remembering(askedOrder({ ...asked, type, price: '90000' })),
    )
    expect(order).toMatchObject({ type, status, quantity: '0.01', executedQty: String(done) })
  })
})

describe('getOrder: known otherwise', () => {
  const market: FuturesOrder = {
    ...{ orderId: ORDER_ID, clientOrderId: '', symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' },
    ...{ side: 'SELL', type: 'MARKET', timeInForce: 'IOC', quantity: '0.01', price: '0' },
    ...{ status: 'NEW', executedQty: '0' },
  }
  const limit: FuturesOrder = { ...market, type: 'LIMIT', timeInForce: 'GTC' }
  const fills = { [FILLS]: success({ fills: [fill(0.004, 83500), fill(0.006, 83400)] }) }
  const filled = { [STATUS]: success({ orders: [statusRow('FULLY_EXECUTED', { filled: 0.01 })] }) }
  const historyOf = (lines: string[]): string[] =>
    lines.filter((line) => line === ORDERS || line === TRIGGERS)

  it('default: what executions told of its kind leaves the history alone', async () => {
    const { order, lines } = await look({ ...filled, ...fills }, { ...byId, known: market })
    expect(order).toMatchObject({
      ...{ type: 'MARKET', price: '0', status: 'FILLED', reduceOnly: true },
      ...{ executedQty: '0.01', averagePrice: '83440', createdAt: Date.parse(NOW) },
    })
    expect(lines).toEqual([`${STATUS} orderIds=${ORDER_ID}`, FILLS])
  })

  it('behavior: the price of a limit order is that of the recent ones', async () => {
    const { order, lines } = await look({ ...filled, ...fills }, { ...byId, known: limit })
    expect(order).toMatchObject({ type: 'LIMIT', price: '79000', status: 'FILLED' })
    expect(historyOf(lines)).toEqual([])
  })

  it('behavior: forgotten by the recent ones, its executions tell that it is filled', async () => {
    const { order, lines } = await look(fills, { ...byId, known: market })
    expect(order).toMatchObject({ type: 'MARKET', status: 'FILLED', averagePrice: '83440' })
    expect(historyOf(lines)).toEqual([])
  })

  it.each([
    ['a limit order without its price', fills, limit],
    ['one that lacks executions', fills, { ...market, quantity: '0.02' }],
    ['one without any', {}, market],
  ])('behavior: of %s nothing but the history tells', async (_, answers, known) => {
    const history = { [ORDERS]: events(['OrderPlaced', { order: historyOrder() }]) }
    const { lines } = await look({ ...answers, ...history }, { ...byId, known })
    expect(historyOf(lines)).toEqual([ORDERS, TRIGGERS])
  })

  it('behavior: a trigger is followed by its client order id', async () => {
    const known: FuturesOrder = {
      ...{ ...market, type: 'STOP_MARKET', stopPrice: '80000', status: 'PENDING' },
      clientOrderId: 'demo-1',
    }
    const child = { [FILLS]: success({ fills: [fill(0.01, 79990, { order_id: CHILD_ID })] }) }
    const { order, lines } = await look(child, { ...byId, known })
    expect(order).toMatchObject({ type: 'STOP_MARKET', status: 'FILLED', averagePrice: '79990' })
    expect(historyOf(lines)).toEqual([])
  })

  it('behavior: what was asked for here counts more', async () => {
    const memory = remembering({ ...market, clientOrderId: 'demo-1', timeInForce: 'FOK' })
    const { order } = await look({ ...filled, ...fills }, { ...byId, known: limit }, memory)
    expect(order).toMatchObject({ type: 'MARKET', timeInForce: 'FOK' })
  })

  it('behavior: an average of before is none of now', async () => {
    const known = { ...limit, price: '79000', executedQty: '0.004', averagePrice: '83500' }
    const some = success({ fills: [fill(0.006, 83400)] })
    const later = await look({ ...filled, [FILLS]: some }, { ...byId, known })
    expect(later.order).not.toHaveProperty('averagePrice')
    const row = statusRow('CANCELLED', { filled: 0.004, quantity: 0.006 })
    const same = await look({ [STATUS]: success({ orders: [row] }) }, { ...byId, known })
    expect(same.order).toMatchObject({ status: 'CANCELLED', averagePrice: '83500' })
  })
})

describe('getOrder: never seen', () => {
  it.each([byId, byClientId])('error: no store knows it', async (key) => {
    const { call, lines } = script(NOTHING)
    await expect(
      getOrder(call, key, createOrderMemory(), createHistoryReader()),
    ).rejects.toMatchObject({
      name: 'OrderNotFoundError',
      code: 'ORDER_NOT_FOUND',
      exchange: 'KRAKEN',
    })
    expect(lines).toHaveLength(5)
  })

  it('error: one that was asked for and never arrived', async () => {
    await expect(look({}, byClientId, remembering(askedOrder(stop)))).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
  })

  it('error: an id no order here can have, before anything is sent', async () => {
    const { call, lines } = script({})
    const key = { instrument: bitcoin, orderId: '12345' }
    await expect(
      getOrder(call, key, createOrderMemory(), createHistoryReader()),
    ).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(lines).toEqual([])
  })

  it('error: a history without its list is not an empty one', async () => {
    await expect(look({ [ORDERS]: { len: 0 } }, byId)).rejects.toThrow(
      '$.elements: expected an array',
    )
  })

  it('default: what the history costs', async () => {
    const { call, lines, sent } = script(NOTHING)
    await expect(getOrder(call, byId, createOrderMemory(), createHistoryReader())).rejects.toThrow(
      'has never seen',
    )
    const index = lines.findIndex((line) => line.startsWith(TRIGGERS))
    expect(sent[index]).toEqual({ access: 'read', effect: 'read', cost: { history: 1 } })
    expect(sent[index - 1]).toEqual({ access: 'read', effect: 'read', cost: { history: 1 } })
  })
})
