import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Fault } from '../../server/faults.ts'
import { openTradeStand, type Reply, refusal, type TradeStand } from './tradeSocket.fixture.ts'
import { limitBuy, marketBuy, START, stopSell, type Words, without } from './wire.fixture.ts'

// docs/wire/binance.md 8.7.

let stand: TradeStand
let expectedLedger: string[] = []
beforeEach(() => {
  stand = openTradeStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await stand.ledger()).toEqual(expectedLedger)
})

async function inject(fault: Fault): Promise<void> {
  await stand.simulator.control.inject({ ...fault, venue: 'binance', times: 1 })
}

describe('orders', () => {
  test('default: a limit order is placed, amended, read and cancelled', async () => {
    const placed = stand.sign('order.place', { ...limitBuy, newClientOrderId: 'w1' })
    expect(placed).toEqual({
      id: 1,
      status: 200,
      result: expect.objectContaining({ clientOrderId: 'w1', status: 'NEW', origQty: '0.010' }),
      rateLimits: [
        limitRow('REQUEST_WEIGHT', 'MINUTE', 1, 2400, -1),
        limitRow('ORDERS', 'MINUTE', 1, 1200, 1),
        limitRow('ORDERS', 'SECOND', 10, 300, 1),
      ],
    })
    const { orderId } = placed.result as { orderId: number }
    expect(await stand.openIds()).toEqual([orderId])
    const name = { symbol: 'BTCUSDT', orderId }
    const amended = stand.sign('order.modify', {
      ...name,
      side: 'BUY',
      quantity: '0.020',
      price: '58000.00',
    })
    expect(amended.result).toMatchObject({ orderId, origQty: '0.020', price: '58000.00' })
    // ccxt sends ids as text.
    const read = stand.sign('order.status', { ...name, orderId: String(orderId) })
    expect(read.result).toMatchObject({ orderId, status: 'NEW', cumQuote: '0.00000' })
    expect(stand.sign('order.cancel', name).result).toMatchObject({ orderId, status: 'CANCELED' })
    expect(await stand.openIds()).toEqual([])
    expect(stand.sign('order.cancel', name)).toEqual(refusal(400, -2011))
    expect(stand.sign('order.status', { ...name, orderId: 1 })).toEqual(refusal(400, -2013))
  })

  test('behavior: a market order fills, and the private stream tells as if it had come over HTTP', async () => {
    const started = stand.ask('userDataStream.start', { apiKey: stand.credentials.apiKey })
    const { listenKey } = started.result as { listenKey: string }
    const events = stand.simulator.openSocket('binance', `/private/ws?listenKey=${listenKey}`)
    expect(stand.sign('order.place', marketBuy).result).toMatchObject({
      status: 'FILLED',
      executedQty: '0.010',
    })
    expect(events.take().map((frame) => JSON.parse(String(frame)).e)).toEqual([
      'ORDER_TRADE_UPDATE',
      'TRADE_LITE',
      'ACCOUNT_UPDATE',
      'ORDER_TRADE_UPDATE',
    ])
  })

  test('behavior: a conditional goes to algoOrder.place; order.place points there', () => {
    expect(stand.sign('order.place', without(stopSell, 'algoType', 'triggerPrice'))).toEqual(
      refusal(400, -4120),
    )
    const placed = stand.sign('algoOrder.place', { ...stopSell, clientAlgoId: 'g1:sl/1' })
    expect(placed.result).toMatchObject({ clientAlgoId: 'g1:sl/1', algoStatus: 'NEW' })
    const { algoId } = placed.result as { algoId: number }
    expect(stand.sign('order.cancel', { symbol: 'BTCUSDT', orderId: algoId })).toEqual(
      refusal(400, -2011),
    )
    const cancelled = stand.sign('algoOrder.cancel', { algoId: String(algoId), symbol: 'BTCUSDT' })
    expect(cancelled.result).toEqual({
      algoId,
      clientAlgoId: 'g1:sl/1',
      code: '200',
      msg: 'success',
    })
  })

  test.each<[string, Words, number]>([
    ['no margin', { ...limitBuy, quantity: '100' }, -2019],
    ['off tick', { ...limitBuy, price: '59000.05' }, -4014],
    ['no symbol', without(limitBuy, 'symbol'), -1102],
    ['a symbol nobody lists', { ...limitBuy, symbol: 'NOPE' }, -1121],
  ])('error: %s', (_, params, code) => {
    expect(stand.sign('order.place', params)).toEqual(refusal(400, code))
  })

  test('error: a client id that is in use, over whichever way', async () => {
    const words = { ...limitBuy, newClientOrderId: 'twin' }
    await stand.post('/fapi/v1/order', words)
    expect(stand.sign('order.place', words)).toEqual(refusal(400, -4116))
  })

  test('error: a name nobody knows is ignored, and stands in the ledger under the method', async () => {
    expect(stand.sign('order.place', { ...limitBuy, colour: 'red' }).status).toBe(200)
    expectedLedger = ['parameter colour']
    const [entry] = await stand.simulator.control.ledger()
    expect(entry?.request).toBe('/ws-fapi/v1 order.place')
  })

  test('behavior: the log has the handshake, and each message with its twin', async () => {
    const account = stand.credentials.apiKey
    stand.sign('order.place', limitBuy)
    stand.logOn()
    stand.ask('order.cancel', { symbol: 'BTCUSDT', orderId: 7, timestamp: START })
    const { requests } = await stand.simulator.control.state({ venue: 'binance' })
    expect(requests).toMatchObject([
      { method: 'GET', path: '/ws-fapi/v1', socket: '/ws-fapi/v1 handshake', status: 200 },
      { method: 'POST', path: '/fapi/v1/order', socket: '/ws-fapi/v1 order.place', account },
      { socket: '/ws-fapi/v1 session.logon', account },
      { operation: 'cancelOrder', socket: '/ws-fapi/v1 order.cancel', account, status: 400 },
    ])
  })
})

function limitRow(
  rateLimitType: string,
  interval: string,
  intervalNum: number,
  limit: number,
  count: number,
): Reply {
  return { rateLimitType, interval, intervalNum, limit, count }
}

describe('reads', () => {
  test.each<[string, string, Words, string?]>([
    ['account.position', '/fapi/v2/positionRisk', { symbol: 'BTCUSDT' }],
    ['v2/account.position', '/fapi/v3/positionRisk', {}],
    ['account.balance', '/fapi/v2/balance', {}],
    ['v2/account.balance', '/fapi/v3/balance', {}],
    ['account.status', '/fapi/v2/account', {}],
    ['v2/account.status', '/fapi/v3/account', {}],
    ['depth', '/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 5 }, 'public'],
    ['ticker.price', '/fapi/v2/ticker/price', { symbol: 'BTCUSDT' }, 'public'],
    ['ticker.price', '/fapi/v2/ticker/price', {}, 'public'],
    ['ticker.book', '/fapi/v1/ticker/bookTicker', { symbol: 'BTCUSDT' }, 'public'],
  ])('default: %s says what %s says', async (method, path, params, access) => {
    stand.sign('order.place', marketBuy)
    const reply = stand.sign(method, params)
    const ask = access === 'public' ? stand.read : stand.get
    expect(reply.result).toEqual((await ask(path, params)).body)
  })

  test('args: what is public needs no key', () => {
    expect(stand.ask('ticker.book', { symbol: 'ETHUSDT' }).status).toBe(200)
    expect(stand.ask('depth', { symbol: 'BTCUSDT', limit: 7 })).toEqual(refusal(400, -4021))
  })

  test('behavior: listen keys are those of the account', () => {
    const apiKey = { apiKey: stand.credentials.apiKey }
    const { result } = stand.ask('userDataStream.start', apiKey)
    expect(stand.sign('userDataStream.ping').result).toEqual(result)
    expect(stand.ask('userDataStream.stop', apiKey).result).toEqual({})
    expect(stand.ask('userDataStream.ping', apiKey)).toEqual(refusal(400, -1125))
    expect(stand.ask('userDataStream.start')).toEqual(refusal(400, -1102))
  })
})

describe('messages', () => {
  test.each(['7', '"a-1"', 'null', '1763798400000123456', '"1763798400000123456"'])(
    'args: the id %s comes back as it came',
    (id) => {
      stand.socket.send(`{"id":${id},"method":"ticker.price","params":{"symbol":"BTCUSDT"}}`)
      expect(String(stand.socket.take()[0])).toMatch(`{"id":${id},"status":200,"result":{`)
    },
  )

  test('args: params may be left out, the id too', () => {
    expect(stand.say({ method: 'session.status' })).toMatchObject([{ id: null, status: 200 }])
  })

  test.each<[string, string, unknown, number]>([
    ['no JSON', '{"id":', null, -1135],
    ['no object', '[1]', null, -1135],
    ['an id of another kind', '{"id":1.5,"method":"depth"}', null, -1135],
    ['no method', '{"id":3}', 3, -1135],
    ['params that are no object', '{"id":3,"method":"depth","params":[]}', 3, -1135],
    ['a parameter that is a list', '{"id":3,"method":"depth","params":{"symbol":[]}}', 3, -1130],
    [
      'a wish of another kind',
      '{"id":3,"method":"depth","params":{"returnRateLimits":1}}',
      3,
      -1130,
    ],
  ])('error: %s', (_, text, id, code) => {
    expect(stand.say(text)).toEqual([{ id, status: 400, error: { code, msg: expect.any(String) } }])
  })

  test.each(['order.test', 'klines', 'v1/login', 'constructor'])(
    'error: no method %s',
    (method) => {
      const msg = `Method ${method} is invalid`
      expect(stand.ask(method)).toEqual({ id: 1, status: 404, error: { code: -5000, msg } })
      expectedLedger = ['value method']
    },
  )

  test('error: a name beside id, method and params stands in the ledger', () => {
    stand.say({ id: 1, method: 'session.status', apiKey: 'x' })
    expectedLedger = ['parameter apiKey']
  })
})

describe('faults', () => {
  test.each<['dropBefore' | 'dropAfter', number]>([
    ['dropBefore', 0],
    ['dropAfter', 1],
  ])('behavior: %s cuts the connection, with %d orders standing', async (kind, count) => {
    await inject({ operation: 'createOrder', kind })
    expect(stand.say({ id: 1, method: 'order.place', params: stand.signed(limitBuy) })).toEqual([])
    expect(stand.socket.end?.code).toBe(1006)
    expect(await stand.openIds()).toHaveLength(count)
  })

  test('behavior: rejectWith is a reply of that id', async () => {
    await inject({ operation: 'createOrder', kind: 'rejectWith', reason: 'insufficientMargin' })
    const error = { code: -2019, msg: 'Margin is insufficient.' }
    expect(stand.sign('order.place', limitBuy)).toMatchObject({ id: 1, status: 400, error })
    expect(await stand.openIds()).toEqual([])
  })

  test('behavior: a delay lets another message be answered first', async () => {
    await inject({ operation: 'createOrder', kind: 'delay', ms: 500 })
    const params = stand.signed(limitBuy)
    expect(stand.say({ id: 'slow', method: 'order.place', params })).toEqual([])
    expect(stand.ask('session.status').id).toBe(1)
    await stand.simulator.control.advance({ ms: 500 })
    expect(String(stand.socket.take()[0])).toMatch('{"id":"slow","status":200,')
  })

  test('behavior: what a gateway says instead is -1000 under its status', async () => {
    await inject({ operation: 'createOrder', kind: 'status', code: 502, body: '<html>' })
    expect(stand.sign('order.place', limitBuy)).toEqual({
      id: 1,
      status: 502,
      error: {
        code: -1000,
        msg: 'Unknown error, please check your request or try again later.',
      },
    })
  })

  test('behavior: those at the path meet the handshake', async () => {
    const open = () => stand.simulator.openSocket('binance', '/ws-fapi/v1')
    await inject({ path: '/ws-fapi/v1', kind: 'dropBefore' })
    expect(open()).toMatchObject({ isOpen: false, refusal: undefined, end: { code: 1006 } })
    await inject({ path: '/ws-fapi/v1', kind: 'delay', ms: 100 })
    await inject({ path: '/ws-fapi/v1', kind: 'rateLimit', retryAfterMs: 1_000 })
    const late = open()
    expect(late.isOpen).toBe(true)
    await stand.simulator.control.advance({ ms: 100 })
    expect(late.end?.code).toBe(1008)
  })

  test('behavior: a malformed answer is a malformed reply', async () => {
    await inject({ operation: 'createOrder', kind: 'malformed' })
    stand.socket.send(
      JSON.stringify({ id: 1, method: 'order.place', params: stand.signed(limitBuy) }),
    )
    const frame = String(stand.socket.take()[0])
    expect(frame).toMatch('{"id":1,"status":200,"result":{')
    expect(() => JSON.parse(frame)).toThrow(SyntaxError)
  })
})
