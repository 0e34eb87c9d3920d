import { describe, expect, test } from 'vitest'
import { look, openDesk, order, place, startTime } from '../desk.fixture.ts'
import {
  ask,
  dataOf,
  loginOf,
  openPrivate,
  openSocket,
  openTrade,
  request,
  type Said,
  states,
  TRADE,
  take,
} from './sockets.fixture.ts'

// The operations of order entry: docs/wire/htx.md 8.3.

const LIMIT = { type: 'limit', price: '58000' }

const orderId = (said: Said): string => dataOf(said).at('order_id').string()

describe('place_order', () => {
  test('default: a market order, with the limits in the answer', async () => {
    const desk = openDesk()
    await desk.advance(1_000)
    const said = request(openTrade(desk), 'place_order', order())
    expect(said).toEqual({
      cid: '17',
      code: 200,
      message: 'Success',
      data: { order_id: orderId(said), client_order_id: orderId(said) },
      rate_limit: { limit: 72, interval: 3000, remaining: 71, reset: 2000 },
      ts: startTime + 1_000,
    })
    expect(orderId(said)).toMatch(/^\d{19}$/)
    expect(await look(desk, orderId(said))).toMatchObject({ state: 'filled', trade_volume: '5' })
    const { requests } = await desk.simulator.control.state({ venue: 'htx' })
    expect(requests.at(-2)).toMatchObject({
      path: '/v5/trade/order',
      operation: 'createOrder',
      socket: '/linear-swap-trade place_order',
      status: 200,
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('args: attached legs; numbers for texts; a bare client id of 19 digits', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    const body = JSON.stringify(
      order({ ...LIMIT, volume: 5, price: 58000.1, sl_trigger_price: 50000 }),
    )
    socket.send(
      `{"op":"place_order","cid":8,"data":${body.slice(0, -1)},"client_order_id":1234567890123456789}}`,
    )
    const [said] = take(socket)
    expect(said).toMatchObject({ cid: 8, data: { client_order_id: '1234567890123456789' } })
    const { orders } = await desk.simulator.control.state({ venue: 'htx' })
    expect(orders).toMatchObject([{ price: '58000.1', quantity: '0.005' }])
  })

  test('behavior: an order is pushed as one over HTTP is, elsewhere', () => {
    const desk = openDesk()
    const pushes = openPrivate(desk, 'orders')
    const said = request(openTrade(desk), 'place_order', order(LIMIT))
    const [push] = take(pushes)
    expect(push).toMatchObject({ topic: 'orders', data: { state: 'new', order_id: orderId(said) } })
  })

  test('behavior: without a cid the answer has none', () => {
    const socket = openTrade(openDesk())
    const [said = {}] = ask(socket, { op: 'place_order', data: order(LIMIT) })
    expect([said.code, 'cid' in said]).toEqual([200, false])
  })

  test.each([
    ['a conditional order', order({ type: 'sl', sl_trigger_price: '59000' }), 1067],
    ['a price off the tick', order({ ...LIMIT, price: '58000.01' }), 1038],
    ['too little margin', order({ volume: '50000' }), 1047],
    ['nothing to close', order({ side: 'sell', reduce_only: 1 }), 1492],
    ['a side of the other mode', order({ position_side: 'long' }), 1500],
    ['no data', undefined, 1066],
    ['data that is no object', 'buy', 1030],
  ])('error: %s', async (_name, data, code) => {
    const desk = openDesk()
    const said = request(openTrade(desk), 'place_order', data)
    expect(said).toMatchObject({ cid: '17', code, message: expect.any(String), data: null })
    expect(await states(desk)).toEqual([])
  })

  test('error: a client id that is taken', () => {
    const socket = openTrade(openDesk())
    const data = order({ ...LIMIT, client_order_id: '5' })
    expect(dataOf(request(socket, 'place_order', data)).at('client_order_id').value).toBe('5')
    expect(request(socket, 'place_order', data)).toMatchObject({ code: 1050, data: null })
  })

  test('error: a key that may not trade', async () => {
    const desk = openDesk()
    const { control } = desk.simulator
    const keys = await control.createAccount({ venue: 'htx', permissions: { trade: false } })
    const socket = openSocket(desk, TRADE)
    ask(socket, loginOf(desk, {}, TRADE, keys))
    expect(request(socket, 'place_order', order())).toMatchObject({
      cid: '17',
      code: 403,
      msg: 'Permission denied [权限不足]',
      data: null,
    })
    expect(await states(desk)).toEqual([])
  })
})

describe('several orders', () => {
  test('default: each in its place, refused ones as well', async () => {
    const desk = openDesk()
    const said = request(openTrade(desk), 'place_batch_orders', [
      order(LIMIT),
      order({ ...LIMIT, volume: '0' }),
      order({ ...LIMIT, client_order_id: 9 }),
    ])
    expect(said).toMatchObject({
      cid: '17',
      code: 200,
      data: [
        { code: 200, message: 'Success', order_id: expect.any(String) },
        { code: 1040, order_id: null, client_order_id: null },
        { code: 200, client_order_id: '9' },
      ],
      rate_limit: { remaining: 71 },
    })
    expect(await states(desk)).toEqual(['NEW', 'NEW'])
  })

  test.each([
    ['more than 25', Array.from({ length: 26 }, () => order(LIMIT)), 1052],
    ['an order by itself', order(LIMIT), 1030],
    ['none', [], 1030],
  ])('error: %s', async (_name, data, code) => {
    const desk = openDesk()
    expect(request(openTrade(desk), 'place_batch_orders', data)).toMatchObject({ code, data: null })
    expect(await states(desk)).toEqual([])
  })
})

describe('cancelling', () => {
  test('default: by order id, by client id, orders placed over HTTP too', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    const id = await place(desk, LIMIT)
    await place(desk, { ...LIMIT, client_order_id: 4 })
    const by = { contract_code: 'BTC-USDT' }
    expect(request(socket, 'cancel_order', { ...by, order_id: id })).toMatchObject({
      cid: '17',
      code: 200,
      data: { order_id: id, client_order_id: id },
    })
    expect(request(socket, 'cancel_order', { ...by, client_order_id: 4 }).code).toBe(200)
    expect(await states(desk)).toEqual(['CANCELLED', 'CANCELLED'])
    expect(request(socket, 'cancel_order', { ...by, order_id: id }).code).toBe(1071)
    expect(request(socket, 'cancel_order', { ...by, order_id: '1' }).code).toBe(1061)
    expect(request(socket, 'cancel_order', by).code).toBe(1066)
  })

  test('args: several, one of them unknown', async () => {
    const desk = openDesk()
    const id = await place(desk, LIMIT)
    const data = { contract_code: 'BTC-USDT', order_id: [id, '1'] }
    expect(request(openTrade(desk), 'cancel_batch_orders', data)).toMatchObject({
      code: 200,
      data: [
        { code: 200, order_id: id },
        { code: 1061, order_id: '1' },
      ],
    })
  })

  test('args: all, with and without data; then there is nothing', async () => {
    const desk = openDesk()
    const socket = openTrade(desk)
    await place(desk, LIMIT)
    const data = { contract_code: 'BTC-USDT', margin_mode: 'cross' }
    expect(request(socket, 'cancel_all_orders', data)).toMatchObject({ data: [{ code: 200 }] })
    await place(desk, LIMIT)
    expect(request(socket, 'cancel_all_orders')).toMatchObject({ data: [{ code: 200 }] })
    expect(request(socket, 'cancel_all_orders')).toMatchObject({ code: 1051, data: null })
    expect(await desk.unknownWords()).toEqual([])
  })
})
