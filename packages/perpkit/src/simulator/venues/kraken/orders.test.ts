import { describe, expect, test } from 'vitest'
import { type Desk, fieldsOf, openDesk, order, place, placed, rows } from './desk.fixture.ts'

async function openOrders(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/openorders')).at('openOrders'))
}

async function statusOf(desk: Desk, orderIds: string): Promise<Record<string, unknown>[]> {
  return rows((await desk.post('/orders/status', { orderIds })).at('orders'))
}

describe('market orders', () => {
  test('default: executions add up, the limit is the protection, nothing rests', async () => {
    const desk = openDesk()
    const sent = await place(desk, { size: 0.5, cliOrdId: 'own-1' })
    expect(sent).toMatchObject({ status: 'placed', cliOrdId: 'own-1' })
    const events = sent.orderEvents
    if (!Array.isArray(events)) throw new Error('no events')
    expect(events.every(({ type }) => type === 'EXECUTION')).toBe(true)
    expect(events.reduce((total, { amount }) => total + amount, 0)).toBeCloseTo(0.5, 9)
    expect(events[0]).toMatchObject({
      orderPriorEdit: null,
      takerReducedQuantity: null,
      orderPriorExecution: { type: 'ioc', cliOrdId: 'own-1', quantity: 0.5, filled: 0 },
    })
    const { ask } = fieldsOf((await desk.get('/tickers/PF_XBTUSD')).at('ticker'))
    expect(events[0].orderPriorExecution.limitPrice).toBe(Math.floor(Number(ask) * 1.01))
    expect(await openOrders(desk)).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: orders/status forgets an ended order after 5 seconds', async () => {
    const desk = openDesk()
    const orderId = await placed(desk)
    expect(await statusOf(desk, orderId)).toMatchObject([
      {
        order: { type: 'ORDER', orderId, cliOrdId: null, quantity: 0, filled: 0.01 },
        status: 'FULLY_EXECUTED',
        error: null,
      },
    ])
    await desk.advance(5_001)
    expect(await statusOf(desk, orderId)).toEqual([])
  })

  test('behavior: reduce-only is cut to the position', async () => {
    const desk = openDesk()
    await placed(desk, { size: 0.02 })
    const closed = await place(desk, { side: 'sell', size: 0.05, reduceOnly: true })
    expect(closed).toMatchObject({ status: 'placed', orderEvents: [{ amount: 0.02 }] })
    expect(closed.orderEvents).toMatchObject([{ takerReducedQuantity: 0.03 }])
    expect(rows((await desk.get('/openpositions')).at('openPositions'))).toEqual([])
  })
})

describe('limit orders', () => {
  test('default: placed, listed, cancelled', async () => {
    const desk = openDesk()
    const sent = await place(desk, { orderType: 'lmt', limitPrice: 59000, cliOrdId: 'own-2' })
    expect(sent).toMatchObject({
      status: 'placed',
      receivedTime: '2026-01-05T00:00:30.000Z',
      orderEvents: [
        {
          type: 'PLACE',
          reducedQuantity: null,
          order: {
            cliOrdId: 'own-2',
            type: 'lmt',
            symbol: 'PF_XBTUSD',
            side: 'buy',
            quantity: 0.01,
            filled: 0,
            limitPrice: 59000,
            reduceOnly: false,
          },
        },
      ],
    })
    const [row] = await openOrders(desk)
    expect(row).toEqual({
      order_id: sent.order_id,
      cliOrdId: 'own-2',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      orderType: 'lmt',
      limitPrice: 59000,
      unfilledSize: 0.01,
      receivedTime: '2026-01-05T00:00:30.000Z',
      status: 'untouched',
      filledSize: 0,
      reduceOnly: false,
      lastUpdateTime: '2026-01-05T00:00:30.000Z',
    })
    const { cancelStatus } = fieldsOf(await desk.post('/cancelorder', { cliOrdId: 'own-2' }))
    expect(cancelStatus).toMatchObject({
      status: 'cancelled',
      order_id: sent.order_id,
      cliOrdId: 'own-2',
      orderEvents: [{ type: 'CANCEL', uid: sent.order_id, order: { filled: 0 } }],
    })
    const again = await desk.post('/cancelorder', { order_id: String(sent.order_id) })
    expect(again.at('cancelStatus').value).toEqual({
      status: 'notFound',
      receivedTime: '2026-01-05T00:00:30.000Z',
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: filled by the market, and then too late to cancel', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, { orderType: 'post', limitPrice: 59000 })
    await desk.setPrice('58900')
    const answer = await desk.post('/cancelorder', { order_id: orderId })
    expect(answer.at('cancelStatus').value).toMatchObject({ status: 'filled', order_id: orderId })
    expect(rows((await desk.get('/fills')).at('fills'))).toMatchObject([
      { order_id: orderId, price: 59000, size: 0.01, side: 'buy', fillType: 'maker' },
    ])
  })

  test.each([
    ['post', 61000, 'postWouldExecute', 'POST_WOULD_EXECUTE'],
    ['ioc', 50000, 'iocWouldNotExecute', 'IOC_WOULD_NOT_EXECUTE'],
    ['fok', 50000, 'iocWouldNotExecute', 'IOC_WOULD_NOT_EXECUTE'],
  ])('error: %s that cannot be what it wants', async (orderType, limitPrice, status, reason) => {
    const sent = await place(openDesk(), { orderType, limitPrice })
    expect(sent.status).toBe(status)
    expect(sent.order_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(sent.orderEvents).toMatchObject([{ type: 'REJECT', reason, order: { type: orderType } }])
  })
})

describe('orders/status', () => {
  test('default: cancelled, rejected and partly executed ones', async () => {
    const desk = openDesk()
    const cancelled = await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    await desk.post('/cancelorder', { order_id: cancelled })
    const rejected = await place(desk, { orderType: 'ioc', limitPrice: 59000 })
    const { ask } = fieldsOf((await desk.get('/tickers/PF_XBTUSD')).at('ticker'))
    const partly = await place(desk, { orderType: 'ioc', limitPrice: Number(ask), size: 100 })
    expect(partly).toMatchObject({ status: 'placed', orderEvents: [{ type: 'EXECUTION' }] })
    const orderIds = [cancelled, String(rejected.order_id), String(partly.order_id)]
    const list = rows((await desk.get('/orders/status', { orderIds })).at('orders'))
    expect(list).toMatchObject([
      { status: 'CANCELLED', updateReason: 'CANCELLED_BY_USER', error: null },
      { status: 'REJECTED', error: 'IOC_WOULD_NOT_EXECUTE', order: { filled: 0 } },
      { status: 'CANCELLED', updateReason: 'IOC_WOULD_NOT_EXECUTE_REASON' },
    ])
    const { order: last } = JSON.parse(JSON.stringify(list[2]))
    expect(last.filled).toBeGreaterThan(0)
    expect(last.filled + last.quantity).toBeCloseTo(100, 9)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: what is no id, and an unknown one', async () => {
    const desk = openDesk()
    const answer = await desk.post('/orders/status', { orderIds: 'x' })
    expect(answer.at('errors').value).toEqual([{ code: 11, message: 'Invalid UUID string: x' }])
    expect(await statusOf(desk, '022774bc-2c4a-4f26-9317-436c8d85746d')).toEqual([])
  })
})

describe('refusals', () => {
  const limit = { orderType: 'lmt', limitPrice: 59000 }

  test.each([
    [{ size: 0 }, 'invalidSize'],
    [{ size: 0.00001 }, 'invalidSize'],
    [{ size: 0.00015 }, 'invalidSize'],
    [{ ...limit, limitPrice: 59000.5 }, 'invalidPrice'],
    [{ ...limit, limitPrice: -1 }, 'invalidPrice'],
    [{ size: 190 }, 'insufficientAvailableFunds'],
    [{ size: 1201 }, 'maxPositionViolation'],
    [{ ...limit, limitPrice: 67000 }, 'outsidePriceCollar'],
    [{ reduceOnly: true }, 'wouldNotReducePosition'],
    [{ cliOrdId: 'x'.repeat(101) }, 'clientOrderIdTooLong'],
    [{ processBefore: '2026-01-04T00:00:00.000Z' }, 'wouldProcessAfterSpecifiedTime'],
  ])('error: %o is %s, without an id', async (more, status) => {
    const desk = openDesk()
    const sent = await place(desk, more)
    expect(sent).toMatchObject({ status, orderEvents: [] })
    expect(sent).not.toHaveProperty('order_id')
    expect(await desk.unknownWords()).toEqual([])
  })

  test('error: a client id serves once and for ever', async () => {
    const desk = openDesk()
    await placed(desk, { cliOrdId: 'once' })
    const trigger = { orderType: 'stp', side: 'sell', stopPrice: 55000, cliOrdId: 'once' }
    for (const more of [{ cliOrdId: 'once' }, trigger]) {
      expect(await place(desk, more)).toMatchObject({
        status: 'clientOrderIdAlreadyExist',
        cliOrdId: 'once',
      })
    }
  })

  test('error: an order against the own one', async () => {
    const desk = openDesk()
    await placed(desk, { orderType: 'lmt', limitPrice: 59000, size: 1 })
    await desk.setPrice('59001')
    const sent = await place(desk, { orderType: 'ioc', side: 'sell', limitPrice: 58500, size: 50 })
    expect(sent).toMatchObject({
      order_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'selfFill',
      orderEvents: [{ type: 'REJECT', reason: 'WOULD_EXECUTE_SELF' }],
    })
  })

  test.each([
    [{ symbol: 'PF_NONEUSD' }, 200, { result: 'error', error: 'contractNotFound' }],
    [{ size: '' }, 200, { error: 'requiredArgumentMissing' }],
    [{ orderType: 'lmt' }, 200, { error: 'requiredArgumentMissing' }],
    [{ orderType: 'stp', side: 'sell' }, 200, { error: 'requiredArgumentMissing' }],
    [{ size: 'much' }, 200, { error: 'invalidArgument: size' }],
    [
      { orderType: 'limit' },
      400,
      { status: 'BAD_REQUEST', errors: [{ code: 11, message: 'invalid order type' }] },
    ],
  ])('error: %o refuses the request', async (more, status, body) => {
    const desk = openDesk()
    const text = new URLSearchParams({
      orderType: 'mkt',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      size: '0.01',
      ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)])),
    })
    const path = '/derivatives/api/v3/sendorder'
    const answer = await desk.send({ method: 'POST', path, body: text.toString() })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject(body)
  })

  test('error: misspelt words are in the ledger', async () => {
    const desk = openDesk()
    await desk.post('/sendorder', order({ orderType: 'MKT' }))
    await place(desk, { reduceonly: true })
    await desk.post('/cancelorder', { orderId: 'x' })
    expect(await desk.unknownWords()).toEqual([
      'value orderType',
      'parameter reduceonly',
      'parameter orderId',
    ])
  })
})

describe('edits', () => {
  test('default: size and price, relative and absolute', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    const edited = await desk.post('/editorder', { orderId, size: 0.02, limitPrice: 59100 })
    expect(edited.at('editStatus').value).toMatchObject({
      status: 'edited',
      orderId,
      orderEvents: [
        {
          type: 'EDIT',
          old: { quantity: 0.01, limitPrice: 59000 },
          new: { orderId, quantity: 0.02, limitPrice: 59100 },
          reducedQuantity: null,
        },
      ],
    })
    const same = await desk.post('/editorder', { orderId, size: 0.02, qtyMode: 'ABSOLUTE' })
    expect(same.at('editStatus').value).toMatchObject({ status: 'edited', orderEvents: [] })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: into the book it trades at once', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    const edited = await desk.post('/editorder', { orderId, limitPrice: 60500 })
    expect(edited.at('editStatus').value).toMatchObject({
      orderEvents: [
        { type: 'EDIT' },
        { type: 'EXECUTION', amount: 0.01, orderPriorEdit: { limitPrice: 59000 } },
      ],
    })
    const [fill] = rows((await desk.get('/fills')).at('fills'))
    expect(fill).toMatchObject({ fillType: 'takerAfterEdit' })
  })

  test.each([
    [{ stopPrice: 50000 }, 'orderForEditNotAStop'],
    [{ size: 0 }, 'invalidSize'],
    [{ limitPrice: 59000.1 }, 'invalidPrice'],
    [{ limitPrice: 61000 }, 'postWouldExecute'],
  ])('error: %o leaves the order as it was', async (change, status) => {
    const desk = openDesk()
    const orderId = await placed(desk, { orderType: 'post', limitPrice: 59000 })
    const answer = await desk.post('/editorder', { orderId, ...change })
    expect(answer.at('editStatus').value).toMatchObject({ status, orderId, orderEvents: [] })
    expect(await openOrders(desk)).toMatchObject([{ limitPrice: 59000, unfilledSize: 0.01 }])
  })

  test('error: an unknown id', async () => {
    const orderId = '022774bc-2c4a-4f26-9317-436c8d85746d'
    const answer = await openDesk().post('/editorder', { orderId, size: 1 })
    expect(answer.at('editStatus').value).toEqual({
      status: 'orderForEditNotFound',
      orderId,
      receivedTime: '2026-01-05T00:00:30.000Z',
      orderEvents: [],
    })
  })
})

describe('edits are held to the rules of new orders', () => {
  async function edited(desk: Desk, orderId: string, change: object): Promise<unknown> {
    return (await desk.post('/editorder', { orderId, ...change })).at('editStatus').at('status')
      .value
  }

  test('error: position limit, collar, own order on the other side; it stays as it was', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, { orderType: 'lmt', limitPrice: 100, size: 1 })
    await placed(desk, { orderType: 'lmt', side: 'sell', size: 0.1, limitPrice: 60003 })
    expect(await edited(desk, orderId, { size: 1201 })).toBe('maxPositionViolation')
    expect(await edited(desk, orderId, { limitPrice: 67000 })).toBe('outsidePriceCollar')
    expect(await edited(desk, orderId, { limitPrice: 60003, size: 150 })).toBe('selfFill')
    const resting = (await openOrders(desk)).filter(({ side }) => side === 'buy')
    expect(resting).toMatchObject([{ limitPrice: 100, unfilledSize: 1 }])
    // Its own size does not count twice.
    expect(await edited(desk, orderId, { size: 1200 })).toBe('edited')
  })
})

describe('cancel all', () => {
  test('default: plain and trigger orders, triggers without an event', async () => {
    const desk = openDesk()
    const plain = await placed(desk, { orderType: 'lmt', limitPrice: 59000, cliOrdId: 'p' })
    const trigger = await placed(desk, { orderType: 'stp', side: 'sell', stopPrice: 55000 })
    const answer = await desk.post('/cancelallorders', { symbol: 'pf_xbtusd' })
    expect(answer.at('cancelStatus').value).toMatchObject({
      cancelOnly: 'PF_XBTUSD',
      status: 'cancelled',
      cancelledOrders: [{ order_id: plain, cliOrdId: 'p' }, { order_id: trigger }],
      orderEvents: [{ type: 'CANCEL', uid: plain }],
    })
    expect(await openOrders(desk)).toEqual([])
    const none = await desk.post('/cancelallorders')
    expect(none.at('cancelStatus').value).toMatchObject({
      cancelOnly: 'all',
      status: 'noOrdersToCancel',
      cancelledOrders: [],
    })
  })

  test('behavior: other markets stay', async () => {
    const desk = openDesk()
    await placed(desk, { orderType: 'lmt', symbol: 'PF_ETHUSD', limitPrice: 2900 })
    await desk.post('/cancelallorders', { symbol: 'PF_XBTUSD' })
    expect(await openOrders(desk)).toMatchObject([{ symbol: 'PF_ETHUSD' }])
  })
})
