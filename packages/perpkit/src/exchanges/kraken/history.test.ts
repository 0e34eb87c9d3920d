import { describe, expect, it } from 'vitest'
import type { Call } from '../../client/definition.ts'
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
  remembering,
  STATUS,
  statusRow,
  stop,
  TRIGGERS,
  trigger,
  triggerOptions,
} from './lookup.testing.ts'
import { getOrder } from './lookup.ts'
import { createOrderMemory } from './memory.ts'
import { askedOrder } from './placement.ts'
import { bitcoin, CHILD_ID, ORDER_ID, script, success } from './script.testing.ts'

describe('getOrder: ended a while ago', () => {
  it('behavior: executions that add up are enough for an order of ours', async () => {
    const { order, lines } = await look(
      { [FILLS]: success({ fills: [fill(0.004, 83500), fill(0.006, 83400)] }) },
      byClientId,
      remembering(askedOrder(asked)),
    )
    expect(order).toMatchObject({ type: 'MARKET', status: 'FILLED', averagePrice: '83440' })
    expect(lines).toEqual([`${STATUS} cliOrdIds=demo-1`, OPEN, FILLS])
  })

  it.each([
    ['OrderPlaced', {}, { orderType: 'Limit' }, 'LIMIT', 'GTC', 'FILLED'],
    [
      'OrderPlaced',
      {},
      { orderType: 'Post', quantity: '0.01', filled: '0' },
      'LIMIT',
      'GTX',
      'NEW',
    ],
    ['OrderPlaced', {}, { quantity: '0.004', filled: '0.006' }, 'MARKET', 'IOC', 'EXPIRED'],
    [
      'OrderPlaced',
      {},
      { orderType: 'Limit', quantity: '0.004', filled: '0.006' },
      'LIMIT',
      'GTC',
      'PARTIALLY_FILLED',
    ],
    [
      'OrderCancelled',
      { reason: 'cancelled_by_user' },
      { orderType: 'Limit', quantity: '0.01', filled: '0' },
      'LIMIT',
      'GTC',
      'CANCELLED',
    ],
    [
      'OrderCancelled',
      { reason: 'would_not_reduce_position' },
      { orderType: 'Limit', quantity: '0.01', filled: '0' },
      'LIMIT',
      'GTC',
      'REJECTED',
    ],
    [
      'OrderRejected',
      { reason: '', orderError: 'IOC_WOULD_NOT_EXECUTE' },
      { orderType: 'IoC', quantity: '0.01', filled: '0' },
      'LIMIT',
      'IOC',
      'EXPIRED',
    ],
    [
      'OrderRejected',
      { reason: 'not_enough_margin' },
      { orderType: 'FillOrKill', quantity: '0.01', filled: '0' },
      'LIMIT',
      'FOK',
      'REJECTED',
    ],
    ['OrderPlaced', {}, { orderType: 'Liquidation' }, 'MARKET', 'IOC', 'FILLED'],
    [
      'OrderRejected',
      {},
      { orderType: 'Post', quantity: '0.01', filled: '0' },
      'LIMIT',
      'GTX',
      'REJECTED',
    ],
  ])('default: %s %j with %j', async (name, more, order, type, timeInForce, status) => {
    const answer = { [ORDERS]: events([name, { order: historyOrder(order), ...more }]) }
    const found = (await look(answer, byId)).order
    expect(found).toMatchObject({ orderId: ORDER_ID, type, timeInForce, status, quantity: '0.01' })
    expect(found.price).toBe(type === 'LIMIT' ? '79000' : '0')
  })

  it('behavior: the newest event of the order counts, after events that changed nothing', async () => {
    const later = historyOrder({ orderType: 'Limit' })
    const first = historyOrder({ orderType: 'Limit', quantity: '0.01', filled: '0' })
    const answer = {
      [ORDERS]: events(
        ['OrderPlaced', { order: historyOrder({ uid: CHILD_ID, clientId: '' }) }],
        ['OrderEditRejected', { oldOrder: later, attemptedOrder: later }],
        ['OrderUpdated', { oldOrder: first, newOrder: later, reason: 'full_fill' }],
        ['OrderPlaced', { order: first }],
      ),
    }
    const { order } = await look(answer, byId)
    expect(order).toMatchObject({
      status: 'FILLED',
      executedQty: '0.01',
      createdAt: 1795323000000,
      updatedAt: 1795323000500,
    })
  })

  it('behavior: follows the pages, up to three', async () => {
    const empty = { ...events(['OrderNotFound', {}]), continuationToken: 'next' }
    const found = events(['OrderPlaced', { order: historyOrder() }])
    const { call, lines } = script({ ...NOTHING, [ORDERS]: [empty, found] })
    expect(await getOrder(call, byId, createOrderMemory(), createHistoryReader())).toMatchObject({
      status: 'FILLED',
    })
    expect(lines.filter((line) => line.startsWith(ORDERS))).toEqual([
      `${ORDERS}?tradeable=PF_XBTUSD&sort=desc&count=1000`,
      `${ORDERS}?tradeable=PF_XBTUSD&sort=desc&count=1000&continuation_token=next`,
    ])
    const endless = script({ ...NOTHING, [ORDERS]: empty })
    await expect(
      getOrder(endless.call, byId, createOrderMemory(), createHistoryReader()),
    ).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    })
    expect(endless.lines.filter((line) => line.startsWith(ORDERS))).toHaveLength(3)
  })

  it.each([
    ['maker', 'LIMIT'],
    ['taker', 'MARKET'],
  ])('behavior: an order that only its %s executions remember is a %s', async (fillType, type) => {
    const answer = { [FILLS]: success({ fills: [fill(0.01, 83500, { fillType })] }) }
    expect((await look(answer, byClientId)).order).toMatchObject({
      orderId: ORDER_ID,
      type,
      quantity: '0.01',
      status: 'FILLED',
      averagePrice: '83500',
    })
  })
})

describe('the history as a scarce thing', () => {
  const uuid = (number: number): string => ORDER_ID.slice(0, -2) + String(number).padStart(2, '0')
  const twenty = Array.from({ length: 20 }, (_, number) => uuid(number))
  const pageOf = (ids: readonly string[]) =>
    events(
      ...ids.map((uid): [string, Record<string, unknown>] => [
        'OrderPlaced',
        { order: historyOrder({ uid, clientId: uid }) },
      ]),
    )
  const historyOf = (lines: readonly string[]): string[] =>
    lines.filter((line) => line.includes('/api/history/'))

  it('behavior: one page answers all who ask at once', async () => {
    const { call, lines } = script({ ...NOTHING, [ORDERS]: pageOf(twenty) })
    const history = createHistoryReader()
    const found = await Promise.all(
      twenty.map((orderId) =>
        getOrder(call, { instrument: bitcoin, orderId }, createOrderMemory(), history),
      ),
    )
    expect(found.map(({ orderId, status }) => [orderId, status])).toEqual(
      twenty.map((orderId) => [orderId, 'FILLED']),
    )
    expect(historyOf(lines)).toHaveLength(2)
  })

  it('behavior: whoever asks while one is under way shares the one after it', async () => {
    const { call, lines } = script({ ...NOTHING, [ORDERS]: [pageOf([]), pageOf(twenty)] })
    const history = createHistoryReader()
    const read = (orderId: string) =>
      history.read(call, { instrument: bitcoin, ids: { orderId } }).then(({ plain }) => plain)
    const first = read(uuid(0))
    await Promise.resolve()
    await Promise.resolve()
    const others = twenty.map(read)
    expect(await first).toBeUndefined()
    expect((await Promise.all(others)).every((order) => order?.status === 'FILLED')).toBe(true)
    expect(historyOf(lines)).toHaveLength(4)
  })

  it('behavior: what has ended is not asked for twice, what is open or unknown is', async () => {
    const open = historyOrder({ orderType: 'Limit', quantity: '0.01', filled: '0', uid: uuid(1) })
    const answer = events(
      ['OrderPlaced', { order: historyOrder() }],
      ['OrderPlaced', { order: open }],
    )
    const { call, lines } = script({ ...NOTHING, [ORDERS]: answer })
    const history = createHistoryReader()
    for (const [orderId, calls] of [
      [ORDER_ID, 2],
      [ORDER_ID, 2],
      [uuid(1), 4],
      [uuid(1), 6],
      [uuid(2), 8],
      [uuid(2), 10],
    ] as const) {
      await history.read(call, { instrument: bitcoin, ids: { orderId } })
      expect(historyOf(lines)).toHaveLength(calls)
    }
  })

  it('error: whose shared page is refused asks for himself', async () => {
    const { call } = script({ ...NOTHING, [ORDERS]: pageOf(twenty) })
    const refused: Call = () => Promise.reject(new Error('no room'))
    const history = createHistoryReader()
    const ask = (by: Call) => history.read(by, { instrument: bitcoin, ids: { orderId: uuid(3) } })
    const [first, second] = await Promise.allSettled([ask(refused), ask(call)])
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'no room' } })
    expect(second).toMatchObject({ value: { plain: { orderId: uuid(3) } } })
    expect((await ask(call)).plain?.orderId).toBe(uuid(3))
  })
})

describe('getOrder: a trigger that has fired', () => {
  const child = { order_id: CHILD_ID }
  const known = () => remembering({ ...askedOrder(stop), orderId: ORDER_ID })
  const activated = (age: number) => ({
    [TRIGGERS]: events([
      'OrderTriggerActivated',
      { order: historyOrder({ quantity: '0.01', filled: '0', limitPrice: '0', triggerOptions }) },
      age,
    ]),
  })

  it('default: ours keeps its id and has the state of the order it became', async () => {
    const fills = { [FILLS]: success({ fills: [fill(0.01, 79990, child)] }) }
    const { order, lines } = await look(fills, byId, known())
    expect(order).toMatchObject({
      orderId: ORDER_ID,
      type: 'STOP_MARKET',
      stopPrice: '80000',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '79990',
    })
    expect(lines).toEqual([
      `${STATUS} orderIds=${ORDER_ID}`,
      OPEN,
      `${STATUS} cliOrdIds=demo-1`,
      FILLS,
    ])
  })

  it('behavior: cut to the position, it is filled with less', async () => {
    const row = statusRow('FULLY_EXECUTED', { orderId: CHILD_ID, filled: 0.004 })
    const { order } = await look(
      {
        [STATUS]: [success({ orders: [] }), success({ orders: [row] })],
        [FILLS]: success({ fills: [fill(0.004, 79990, child)] }),
      },
      byId,
      known(),
    )
    expect(order).toMatchObject({
      orderId: ORDER_ID,
      type: 'STOP_MARKET',
      status: 'FILLED',
      quantity: '0.004',
      executedQty: '0.004',
    })
  })

  it('behavior: its lost id is found in the history', async () => {
    const fills = { [FILLS]: success({ fills: [fill(0.01, 79990, child)] }) }
    const { order } = await look(
      { ...fills, ...activated(100) },
      byClientId,
      remembering(askedOrder(stop)),
    )
    expect(order).toMatchObject({ orderId: ORDER_ID, type: 'STOP_MARKET', status: 'FILLED' })
  })

  it('behavior: one of another process is followed by the client id its history tells', async () => {
    const { order, lines } = await look(
      { ...activated(60_000), [FILLS]: success({ fills: [fill(0.01, 79990, child)] }) },
      byId,
    )
    expect(order).toMatchObject({
      orderId: ORDER_ID,
      clientOrderId: 'demo-1',
      type: 'STOP_MARKET',
      status: 'FILLED',
      averagePrice: '79990',
    })
    expect(lines.filter((line) => line === TRIGGERS)).toHaveLength(1)
  })

  it('behavior: at work for a moment, refused when no order came of it', async () => {
    expect((await look(activated(9_000), byId, known())).order).toMatchObject({ status: 'NEW' })
    expect((await look(activated(11_000), byId, known())).order).toMatchObject({
      status: 'REJECTED',
      executedQty: '0',
    })
  })

  it('behavior: what it did not get is gone', async () => {
    const order = historyOrder({ uid: CHILD_ID, quantity: '0.006', filled: '0.004' })
    const found = await look(
      {
        ...activated(60_000),
        [ORDERS]: events(['OrderPlaced', { order }]),
        [FILLS]: success({ fills: [fill(0.004, 79990, child)] }),
      },
      byId,
      known(),
    )
    expect(found.order).toMatchObject({
      orderId: ORDER_ID,
      status: 'EXPIRED',
      quantity: '0.01',
      executedQty: '0.004',
    })
  })

  it.each([
    ['OrderTriggerPlaced', {}, 'PENDING'],
    ['OrderTriggerCancelled', { reason: 'cancelled_by_user' }, 'CANCELLED'],
    ['OrderTriggerCancelled', { reason: 'would_not_reduce_position' }, 'REJECTED'],
    ['OrderTriggerCancelled', { reason: 'stop_order_triggered' }, 'REJECTED'],
  ])('default: %s %j is %s', async (name, more, status) => {
    const order = historyOrder({ quantity: '0.01', filled: '0', triggerOptions, limitPrice: '0' })
    const answer = { [TRIGGERS]: events([name, { order, ...more }]) }
    expect((await look(answer, byClientId)).order).toMatchObject({ type: 'STOP_MARKET', status })
  })

  it.each([
    [{ triggerSide: 'Above' }, {}, 'TAKE_PROFIT_MARKET'],
    [{ triggerSide: 'Above' }, { direction: 'Buy' }, 'STOP_MARKET'],
    [{}, { limitPrice: '79000' }, 'STOP'],
    [{ trailingStopOptions: { maxDeviation: '1', unit: 'Percent' } }, {}, 'TRAILING_STOP_MARKET'],
  ])('args: a trigger with %j and %j is a %s', async (options, more, type) => {
    const newOrderTrigger = historyOrder({
      quantity: '0.01',
      filled: '0',
      limitPrice: '0',
      triggerOptions: { ...triggerOptions, ...options },
      ...more,
    })
    const answer = { [TRIGGERS]: events(['OrderTriggerUpdated', { newOrderTrigger }]) }
    expect((await look(answer, byClientId)).order).toMatchObject({
      type,
      stopPrice: '80000',
      timeInForce: type === 'STOP' ? 'GTC' : 'IOC',
    })
  })

  it.each([
    ['Percent', '1.5', '0.015'],
    ['PERCENT', '0.1', '0.001'],
    ['QuoteCurrency', '100', undefined],
  ])('args: a trailing stop with a distance in %s', async (unit, maxDeviation, callbackRate) => {
    const options = { ...triggerOptions, trailingStopOptions: { maxDeviation, unit } }
    const order = historyOrder({ quantity: '0.01', filled: '0', triggerOptions: options })
    const answer = { [TRIGGERS]: events(['OrderTriggerPlaced', { order }]) }
    const found = (await look(answer, byClientId)).order
    expect(found.type).toBe('TRAILING_STOP_MARKET')
    expect(found.callbackRate).toBe(callbackRate)
  })

  it('behavior: a refused activation is told by the recent orders', async () => {
    const row = statusRow('TRIGGER_ACTIVATION_FAILURE', trigger)
    const { order, lines } = await look({ [STATUS]: success({ orders: [row] }) }, byId, known())
    expect(order).toMatchObject({ type: 'STOP_MARKET', status: 'REJECTED' })
    expect(lines).toHaveLength(1)
  })

  it('behavior: trigger and order side by side are one', async () => {
    const rows = [
      statusRow('TRIGGER_PLACED', trigger),
      statusRow('FULLY_EXECUTED', { orderId: CHILD_ID, filled: 0.01 }),
    ]
    const { order } = await look(
      {
        [STATUS]: success({ orders: rows }),
        [FILLS]: success({ fills: [fill(0.01, 79990, child)] }),
      },
      byClientId,
    )
    expect(order).toMatchObject({ orderId: ORDER_ID, type: 'STOP_MARKET', status: 'FILLED' })
  })
})
