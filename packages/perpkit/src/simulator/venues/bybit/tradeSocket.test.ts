import { describe, expect, test } from 'vitest'
import { bitcoin, look, openDesk, order, startTime } from './desk.fixture.ts'
import { ask, authOf, connect, limit, open, openOrders, send } from './tradeSocket.fixture.ts'

// docs/wire/bybit.md 8, "Order entry over WS".

const create = 'order.create'

describe('login and pings', () => {
  test('default: acknowledged once; the second login is told so, and the first stands', () => {
    const desk = openDesk()
    const socket = open(desk)
    const auth = authOf(desk.simulator.credentials('bybit'), startTime + 10_000)
    // The Node SDK names it `req_id`, which is not sent back.
    expect(send(socket, { ...auth, req_id: 'v5PrivateTrade-auth' })).toEqual([
      { retCode: 0, retMsg: 'OK', op: 'auth', connId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
    expect(send(socket, { ...auth, reqId: 'a1' })).toMatchObject([
      { reqId: 'a1', retCode: 20001, op: 'auth' },
    ])
    expect(ask(desk, socket, create, limit).retCode).toBe(0)
  })

  test.each([
    ['of nobody', 10003, { apiKey: 'nobody', apiSecret: 'x' }, 10_000],
    ['badly signed', 10004, { apiSecret: 'x' }, 10_000],
    ['that has expired', 10001, {}, -1],
  ] as const)('error: a login %s', (_, retCode, wrong, ms) => {
    const desk = openDesk()
    const socket = open(desk)
    const own = desk.simulator.credentials('bybit')
    const [said] = send(socket, { ...authOf({ ...own, ...wrong }, startTime + ms), reqId: 5 })
    expect(said).toMatchObject({ reqId: 5, retCode, op: 'auth' })
    expect([socket.isOpen, ask(desk, socket, create, limit).retCode]).toEqual([true, 10003])
    expect(send(socket, authOf(own, startTime + 10_000))).toMatchObject([{ retCode: 0 }])
  })

  test('error: a login without its parts', () => {
    const desk = openDesk()
    expect(send(open(desk), { op: 'auth' })).toMatchObject([{ retCode: 10001, op: 'auth' }])
  })

  test('error: nothing is taken before a login', async () => {
    const desk = openDesk()
    expect(ask(desk, open(desk), create, limit, { reqId: 'x' })).toMatchObject({
      reqId: 'x',
      retCode: 10003,
      retMsg: 'API key is invalid.',
      op: create,
      data: {},
    })
    expect(await openOrders(desk)).toEqual([])
  })

  test('behavior: pings are answered before a login too, and keep the connection', async () => {
    const desk = openDesk()
    const socket = open(desk, '/v5/trade?max_active_time=30s')
    await desk.advance(29_999)
    expect(send(socket, { req_id: 1, op: 'ping' })).toEqual([
      {
        retCode: 0,
        retMsg: 'OK',
        op: 'pong',
        data: [String(startTime + 29_999)],
        connId: expect.any(String),
      },
    ])
    await desk.advance(29_999)
    expect(socket.isOpen).toBe(true)
    await desk.advance(1)
    expect(socket.end?.code).toBe(1006)
    expect(await desk.unknownWords()).toEqual([])
  })
})

describe('one order', () => {
  test('default: placed, and told as over HTTP', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const said = ask(desk, socket, create, { ...limit, orderLinkId: 'tx-9' }, { reqId: 'r' })
    const { orderId } = await look(desk, 'tx-9')
    expect(said).toEqual({
      reqId: 'r',
      retCode: 0,
      retMsg: 'OK',
      op: create,
      data: { orderId, orderLinkId: 'tx-9' },
      retExtInfo: {},
      header: {
        'X-Bapi-Limit': '10',
        'X-Bapi-Limit-Status': '9',
        'X-Bapi-Limit-Reset-Timestamp': String(startTime),
        Traceid: expect.stringMatching(/^[0-9a-f]{32}$/),
        Timenow: String(startTime),
      },
      connId: expect.any(String),
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: a market order fills, a conditional one waits', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    expect(ask(desk, socket, create, order({ orderLinkId: 'm' })).retCode).toBe(0)
    const stop = { side: 'Sell', triggerPrice: '58000', triggerDirection: 2, orderLinkId: 's' }
    expect(ask(desk, socket, create, order(stop)).retCode).toBe(0)
    expect(await look(desk, 'm')).toMatchObject({ orderStatus: 'Filled' })
    expect(await look(desk, 's')).toMatchObject({ orderStatus: 'Untriggered' })
    expect(
      ask(desk, socket, create, order({ ...stop, triggerPrice: '61000', orderLinkId: 'gone' })),
    ).toMatchObject({
      retCode: 110093,
      data: {},
    })
  })

  test('default: amended, then cancelled', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    ask(desk, socket, create, { ...limit, orderLinkId: 'a' })
    const named = { ...bitcoin, orderLinkId: 'a' }
    expect(ask(desk, socket, 'order.amend', { ...named, price: '49000.00' })).toMatchObject({
      retCode: 0,
      op: 'order.amend',
      data: { orderLinkId: 'a' },
    })
    expect(await look(desk, 'a')).toMatchObject({ price: '49000.00' })
    expect(ask(desk, socket, 'order.cancel', named)).toMatchObject({ retCode: 0 })
    expect(ask(desk, socket, 'order.cancel', named)).toMatchObject({
      retCode: 110001,
      retMsg: 'order not exists or too late to cancel',
      op: 'order.cancel',
      data: {},
      retExtInfo: {},
    })
    expect(ask(desk, socket, 'order.amend', { ...named, qty: '0.02' })).toMatchObject({
      retCode: 110001,
      retMsg: 'order not exists or too late to replace',
    })
  })

  test('error: refused as over HTTP', () => {
    const desk = openDesk()
    const socket = connect(desk)
    const refusals = [
      { ...limit, qty: '5000' },
      { ...limit, symbol: 'FOOUSDT' },
      { ...limit, qty: 1 },
      { ...limit, category: 'spot' },
    ].map((args) => ask(desk, socket, create, args).retMsg)
    expect(refusals).toEqual([
      expect.stringMatching(/^The number of contracts exceeds maximum/),
      'params error: symbol invalid FOOUSDT',
      'Request parameter error.',
      'params error: symbol invalid BTCUSDT',
    ])
    ask(desk, socket, create, { ...limit, orderLinkId: 'twice' })
    expect(ask(desk, socket, create, { ...limit, orderLinkId: 'twice' })).toMatchObject({
      retCode: 110072,
      retMsg: 'OrderLinkedID is duplicate',
    })
  })

  test('behavior: the private socket hears of it', () => {
    const desk = openDesk()
    const streams = open(desk, '/v5/private')
    send(streams, authOf(desk.simulator.credentials('bybit'), startTime + 10_000))
    send(streams, { op: 'subscribe', args: ['order'] })
    ask(desk, connect(desk), create, { ...limit, orderLinkId: 'told' })
    const heard = streams.take().map((frame) => JSON.parse(String(frame)))
    expect(heard).toMatchObject([
      { topic: 'order', data: [{ orderLinkId: 'told', orderStatus: 'New' }] },
    ])
  })
})

describe('batches', () => {
  test('default: placed, amended and cancelled, each item in its slot', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    const { category: _, ...item } = limit
    const items = ['b-1', 'b-1', 'b-2'].map((orderLinkId) => ({ ...item, orderLinkId }))
    const placed = ask(desk, socket, 'order.create-batch', { category: 'linear', request: items })
    expect(placed).toMatchObject({
      retCode: 0,
      op: 'order.create-batch',
      data: {
        list: [{ orderLinkId: 'b-1' }, { orderId: '', createAt: '' }, { orderLinkId: 'b-2' }],
      },
      retExtInfo: { list: [{ code: 0, msg: 'OK' }, { code: 110072 }, { code: 0 }] },
      header: { 'X-Bapi-Limit': '10', 'X-Bapi-Limit-Status': '7' },
    })
    const named = ['b-1', 'b-9'].map((orderLinkId) => ({ symbol: 'BTCUSDT', orderLinkId }))
    const changes = named.map((one) => ({ ...one, qty: '0.02' }))
    const codes = { retExtInfo: { list: [{ code: 0 }, { code: 110001 }] } }
    const amend = { category: 'linear', request: changes }
    expect(ask(desk, socket, 'order.amend-batch', amend)).toMatchObject(codes)
    expect(await look(desk, 'b-1')).toMatchObject({ qty: '0.020' })
    const cancel = { category: 'linear', request: named }
    expect(ask(desk, socket, 'order.cancel-batch', cancel)).toMatchObject(codes)
    expect(await openOrders(desk)).toEqual(['b-2'])
  })

  test('error: a batch of nothing', () => {
    const desk = openDesk()
    const args = { category: 'linear', request: [] }
    expect(ask(desk, connect(desk), 'order.create-batch', args).retCode).toBe(10001)
  })
})

describe('messages that go no further', () => {
  test('error: what it cannot do, and words it does not know', async () => {
    const desk = openDesk()
    const socket = connect(desk)
    expect(ask(desk, socket, 'order.cancel-all', bitcoin, { reqId: 7 })).toMatchObject({
      reqId: 7,
      retCode: 10404,
      op: 'order.cancel-all',
      header: { Timenow: String(startTime) },
    })
    expect(send(socket, { op: 'subscribe', args: ['order'] })).toMatchObject([{ retCode: 10404 }])
    expect(ask(desk, socket, create, { ...limit, category: 'perps' }).retCode).toBe(10404)
    const header = { 'X-BAPI-TIMESTAMP': startTime, 'X-BAPI-SIGN': 'none' }
    const more = { header, colour: 'red' }
    expect(ask(desk, socket, create, { ...limit, shade: 1 }, more).retCode).toBe(0)
    const words = await desk.unknownWords()
    expect(words).toEqual([
      'value op',
      'value op',
      'value category',
      'parameter frame.colour',
      'parameter frame.header.X-BAPI-SIGN',
      'parameter shade',
    ])
    const ledger = await desk.simulator.control.ledger()
    expect(ledger.at(-1)).toMatchObject({ request: '/v5/trade order.create' })
  })

  test('error: an id that was used, or is too long; without one nothing is sent back', () => {
    const desk = openDesk()
    const socket = connect(desk)
    ask(desk, socket, create, limit, { reqId: 1 })
    expect(ask(desk, socket, create, limit, { reqId: '1' })).toMatchObject({
      reqId: '1',
      retCode: 20006,
    })
    expect(ask(desk, connect(desk), create, limit, { reqId: '1' }).retCode).toBe(0)
    expect(ask(desk, socket, create, limit, { reqId: 'x'.repeat(37) }).retCode).toBe(10001)
    const said = ask(desk, socket, create, limit)
    expect([said.retCode, Object.keys(said)]).toEqual([
      0,
      ['retCode', 'retMsg', 'op', 'data', 'retExtInfo', 'header', 'connId'],
    ])
  })

  test.each([
    ['no header', { header: undefined }],
    ['no time', { header: {} }],
    ['nothing to place', { args: [] }],
    ['two at once', { args: [limit, limit] }],
  ])('error: %s', async (_, more) => {
    const desk = openDesk()
    expect(ask(desk, connect(desk), create, limit, more)).toMatchObject({
      retCode: 10001,
      retMsg: 'Request parameter error.',
    })
    expect(await openOrders(desk)).toEqual([])
  })

  test.each([
    [-5_001, undefined, 10002],
    [-5_000, undefined, 0],
    [-8_000, '8000', 0],
    // A client that is ahead fails whatever its window.
    [30_000, '60000', 10002],
    [999, '5000', 0],
  ] as const)(
    'behavior: a message of %d ms from now with a window of %s: %d',
    (ms, window, code) => {
      const desk = openDesk()
      const header = {
        'X-BAPI-TIMESTAMP': String(desk.simulator.now() + ms),
        ...(window && { 'X-BAPI-RECV-WINDOW': window }),
      }
      expect(ask(desk, connect(desk), create, limit, { header }).retCode).toBe(code)
    },
  )

  test('behavior: frames that are nothing are ignored', () => {
    const socket = connect(openDesk())
    for (const frame of ['{', '5', '[]', new Uint8Array([1])]) socket.send(frame)
    expect([socket.take(), socket.isOpen]).toEqual([[], true])
  })
})
