import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  kindsOf,
  limitBuy,
  marketBuy,
  openStand,
  START,
  type Stand,
  signedForm,
  without,
} from './wire.fixture.ts'

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const ORDER = '/fapi/v1/order'
const closing = { ...marketBuy, side: 'SELL', reduceOnly: 'true' }

// docs/wire/binance.md 4.4 and 4.5.
const placedSample = {
  clientOrderId: 't1-0001',
  cumQty: '0.010',
  executedQty: '0.010',
  orderId: 22542179,
  origQty: '0.010',
  price: '60000.10',
  reduceOnly: false,
  side: 'BUY',
  positionSide: 'BOTH',
  status: 'FILLED',
  stopPrice: '0',
  closePosition: false,
  symbol: 'BTCUSDT',
  timeInForce: 'GTC',
  type: 'LIMIT',
  origType: 'LIMIT',
  updateTime: 1763798400123,
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  priceMatch: 'NONE',
  selfTradePreventionMode: 'EXPIRE_MAKER',
  goodTillDate: 0,
}
const { cumQty: _cumQty, ...shared } = placedSample
const queriedSample = { ...shared, avgPrice: '60000.10000', cumQuote: '600.00100', time: 1 }

describe('placing', () => {
  test('default: a limit order rests, with the keys and types of the sheet', async () => {
    const id = { newClientOrderId: 't1-0001', newOrderRespType: 'RESULT' }
    const { status, body } = await venue.post(ORDER, { ...limitBuy, ...id })
    expect(status).toBe(200)
    expect(kindsOf(body)).toEqual(kindsOf(placedSample))
    expect(body).toMatchObject({
      clientOrderId: 't1-0001',
      cumQty: '0.000',
      executedQty: '0.000',
      origQty: '0.010',
      price: '59000.00',
      status: 'NEW',
      updateTime: START,
    })
  })

  test('default: (row 5) a market order with RESULT is filled and shows no price', async () => {
    const { body } = await venue.post(ORDER, marketBuy)
    expect(kindsOf(body)).toEqual(kindsOf(placedSample))
    expect(body).toMatchObject({
      status: 'FILLED',
      executedQty: '0.010',
      price: '0',
      type: 'MARKET',
      timeInForce: 'GTC',
    })
  })

  test('default: (row 5) ACK says NEW and nothing filled, whatever has happened', async () => {
    const words = without(marketBuy, 'newOrderRespType')
    const { json, body } = await venue.post(ORDER, words)
    expect(body).toMatchObject({ status: 'NEW', executedQty: '0.000', cumQty: '0.000' })
    const orderId = json.at('orderId').number()
    expect((await venue.get(ORDER, { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      status: 'FILLED',
    })
  })

  test('args: parameters in the body, or half of them, are as good', async () => {
    const { apiKey, apiSecret } = venue.credentials
    for (const [inQuery, inBody] of [
      [{}, { ...limitBuy, timestamp: START }],
      [{ symbol: 'BTCUSDT', side: 'SELL', timestamp: START }, limitBuy],
    ] as const) {
      const { query, body } = signedForm(apiSecret, inQuery, inBody)
      const said = await venue.raw({ method: 'POST', path: ORDER, query, body, key: apiKey })
      // A name in both counts as the query has it.
      expect(said.body).toMatchObject({ side: 'side' in inQuery ? 'SELL' : 'BUY' })
    }
  })

  test('behavior: an order without a client id gets one of 22 letters and digits', async () => {
    const ids = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const { json } = await venue.post(ORDER, limitBuy)
      ids.add(json.at('clientOrderId').string())
    }
    expect(ids.size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{22}$/)
  })

  test('behavior: IOC ends EXPIRED with what it got; a crossing GTC shows its fill', async () => {
    const far = { ...limitBuy, timeInForce: 'IOC', newOrderRespType: 'RESULT' }
    expect((await venue.post(ORDER, far)).body).toMatchObject({
      status: 'EXPIRED',
      executedQty: '0.000',
      timeInForce: 'IOC',
    })
    const crossing = { ...limitBuy, price: '60100', newOrderRespType: 'RESULT' }
    expect((await venue.post(ORDER, crossing)).body).toMatchObject({ status: 'FILLED' })
  })

  test('behavior: priceMatch takes its price from the book', async () => {
    const book = (await venue.read('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 20 })).json
    const words = without(limitBuy, 'price')
    for (const [priceMatch, side, rank] of [
      ['QUEUE', 'bids', 0],
      ['QUEUE_5', 'bids', 4],
      ['OPPONENT_5', 'asks', 4],
    ] as const) {
      const { body } = await venue.post(ORDER, { ...words, priceMatch })
      expect(body).toMatchObject({ priceMatch, price: book.at(side).at(rank).at(0).string() })
    }
  })
})

describe('queries', () => {
  test('default: one order, with average price and turnover', async () => {
    const { json } = await venue.post(ORDER, { ...marketBuy, newClientOrderId: 'q-1' })
    const said = await venue.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'q-1' })
    expect(kindsOf(said.body)).toEqual(kindsOf(queriedSample))
    expect(said.json.at('orderId').number()).toBe(json.at('orderId').number())
    const average = said.json.at('avgPrice').string()
    expect(average).toMatch(/^60\d{3}\.\d{5}$/)
    expect(Number(said.json.at('cumQuote').string())).toBeCloseTo(Number(average) * 0.01, 4)
  })

  test('default: openOrder and openOrders show what rests, by symbol or all', async () => {
    const { json } = await venue.post(ORDER, limitBuy)
    await venue.post(ORDER, { ...limitBuy, symbol: 'ETHUSDT', price: '2900', quantity: '1' })
    const orderId = json.at('orderId').number()
    const open = await venue.get('/fapi/v1/openOrder', { symbol: 'BTCUSDT', orderId })
    expect(kindsOf(open.body)).toEqual(kindsOf(queriedSample))
    const ofSymbol = await venue.get('/fapi/v1/openOrders', { symbol: 'BTCUSDT' })
    expect(ofSymbol.body).toEqual([open.body])
    expect((await venue.get('/fapi/v1/openOrders')).body).toHaveLength(2)
  })

  test('behavior: a closed order is no open order; a wrong symbol knows it not', async () => {
    const { json } = await venue.post(ORDER, marketBuy)
    const orderId = json.at('orderId').number()
    const gone = { status: 400, body: { code: -2013, msg: 'Order does not exist.' } }
    expect(await venue.get('/fapi/v1/openOrder', { symbol: 'BTCUSDT', orderId })).toMatchObject(
      gone,
    )
    expect(await venue.get(ORDER, { symbol: 'ETHUSDT', orderId })).toMatchObject(gone)
    expect(await venue.get(ORDER, { symbol: 'BTCUSDT', orderId: 1 })).toMatchObject(gone)
    expect(await venue.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'never' })).toMatchObject(
      gone,
    )
  })

  test('behavior: history is ascending, the newest page, upward from an id', async () => {
    const ids: number[] = []
    for (let i = 0; i < 4; i++) {
      ids.push((await venue.post(ORDER, marketBuy)).json.at('orderId').number())
    }
    const list = async (words: Record<string, string | number>): Promise<number[]> =>
      (await venue.get('/fapi/v1/allOrders', words)).json
        .items()
        .map((row) => row.at('orderId').number())
    expect(await list({ symbol: 'BTCUSDT' })).toEqual(ids)
    expect(await list({})).toEqual(ids)
    expect(await list({ symbol: 'ETHUSDT' })).toEqual([])
    expect(await list({ symbol: 'BTCUSDT', limit: 2 })).toEqual(ids.slice(2))
    expect(await list({ symbol: 'BTCUSDT', startTime: START, limit: 2 })).toEqual(ids.slice(0, 2))
    expect(await list({ symbol: 'BTCUSDT', endTime: START - 1 })).toEqual([])
    expect(await list({ symbol: 'BTCUSDT', orderId: ids[1] ?? 0, limit: 2 })).toEqual(
      ids.slice(1, 3),
    )
    const [row] = (await venue.get('/fapi/v1/allOrders')).json.items()
    const sample = { ...queriedSample, pair: 'BTCUSDT', cumBase: '0' }
    expect(kindsOf(row?.value)).toEqual(kindsOf(sample))
  })

  test('behavior: without a fill an ended order is gone after 3 days', async () => {
    const { json } = await venue.post(ORDER, limitBuy)
    const name = { symbol: 'BTCUSDT', orderId: json.at('orderId').number() }
    await venue.remove(ORDER, name)
    await venue.simulator.control.advance({ ms: 3 * 86_400_000 })
    expect((await venue.get(ORDER, name)).status).toBe(200)
    await venue.simulator.control.advance({ ms: 1 })
    expect((await venue.get(ORDER, name)).body).toMatchObject({ code: -2013 })
  })
})

describe('cancelling', () => {
  test('default: by id and by client id, in the shape of placing', async () => {
    const { json } = await venue.post(ORDER, limitBuy)
    await venue.post(ORDER, { ...limitBuy, newClientOrderId: 'c-1' })
    const orderId = json.at('orderId').number()
    const byId = await venue.remove(ORDER, { symbol: 'BTCUSDT', orderId })
    expect(kindsOf(byId.body)).toEqual(kindsOf(placedSample))
    expect(byId.body).toMatchObject({ orderId, status: 'CANCELED' })
    const byName = await venue.remove(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'c-1' })
    expect(byName.body).toMatchObject({ clientOrderId: 'c-1', status: 'CANCELED' })
    expect((await venue.get('/fapi/v1/openOrders')).body).toEqual([])
  })

  test('behavior: what has ended or never was is unknown', async () => {
    const { json } = await venue.post(ORDER, marketBuy)
    const unknown = { status: 400, body: { code: -2011, msg: 'Unknown order sent.' } }
    for (const orderId of [json.at('orderId').number(), 1]) {
      expect(await venue.remove(ORDER, { symbol: 'BTCUSDT', orderId })).toMatchObject(unknown)
    }
    expect(await venue.remove(ORDER, { symbol: 'BTCUSDT' })).toMatchObject({
      body: {
        code: -1102,
        msg: "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
      },
    })
  })

  test('behavior: all of a symbol, and nothing is fine too', async () => {
    const done = { code: 200, msg: 'The operation of cancel all open order is done.' }
    await venue.post(ORDER, limitBuy)
    await venue.post(ORDER, { ...limitBuy, symbol: 'ETHUSDT', price: '2900', quantity: '1' })
    const path = '/fapi/v1/allOpenOrders'
    expect((await venue.remove(path, { symbol: 'BTCUSDT' })).body).toEqual(done)
    expect((await venue.remove(path, { symbol: 'BTCUSDT' })).body).toEqual(done)
    expect((await venue.get('/fapi/v1/openOrders')).body).toMatchObject([{ symbol: 'ETHUSDT' }])
  })
})

describe('client ids', () => {
  test('behavior: (row 4) unique while open, free afterwards; a query finds the newest', async () => {
    const id = { newClientOrderId: 'same' }
    await venue.post(ORDER, { ...limitBuy, ...id })
    expect(await venue.post(ORDER, { ...limitBuy, ...id })).toMatchObject({
      status: 400,
      body: { code: -4116, msg: 'ClientOrderId is duplicated.' },
    })
    await venue.remove(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'same' })
    const again = await venue.post(ORDER, { ...limitBuy, ...id })
    const found = await venue.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'same' })
    expect(found.json.at('orderId').number()).toBe(again.json.at('orderId').number())
  })

  test.each(['', 'a b', 'ä', 'x'.repeat(37)])('error: %j is no client id', async (id) => {
    const code = id === '' ? -1105 : -4015
    expect(await venue.post(ORDER, { ...limitBuy, newClientOrderId: id })).toMatchObject({
      status: 400,
      body: { code },
    })
  })
})

describe('reduce-only', () => {
  test('behavior: (row 10) cut to the position, which it closes', async () => {
    await venue.post(ORDER, marketBuy)
    expect((await venue.post(ORDER, { ...closing, quantity: '0.5' })).body).toMatchObject({
      origQty: '0.010',
      executedQty: '0.010',
      status: 'FILLED',
      reduceOnly: true,
    })
    expect((await venue.get('/fapi/v3/positionRisk')).body).toEqual([])
  })

  test('error: flat, or in the direction of the position', async () => {
    const refused = { status: 400, body: { code: -2022, msg: 'ReduceOnly Order is rejected.' } }
    expect(await venue.post(ORDER, closing)).toMatchObject(refused)
    await venue.post(ORDER, marketBuy)
    expect(await venue.post(ORDER, { ...marketBuy, reduceOnly: 'true' })).toMatchObject(refused)
  })

  test('behavior: (row 10) resting ones use up the position; a better one displaces the worse', async () => {
    await venue.post(ORDER, marketBuy)
    const rest = { ...limitBuy, side: 'SELL', reduceOnly: 'true', price: '61000' }
    const { json } = await venue.post(ORDER, rest)
    expect(await venue.post(ORDER, { ...rest, price: '61100' })).toMatchObject({
      body: { code: -2022 },
    })
    expect((await venue.post(ORDER, { ...rest, price: '60900' })).status).toBe(200)
    const name = { symbol: 'BTCUSDT', orderId: json.at('orderId').number() }
    expect((await venue.get(ORDER, name)).body).toMatchObject({ status: 'EXPIRED' })
  })

  test('behavior: resting ones end with the position', async () => {
    await venue.post(ORDER, marketBuy)
    const rest = { ...limitBuy, side: 'SELL', reduceOnly: 'true', price: '61000' }
    const { json } = await venue.post(ORDER, rest)
    await venue.post(ORDER, closing)
    const name = { symbol: 'BTCUSDT', orderId: json.at('orderId').number() }
    expect((await venue.get(ORDER, name)).body).toMatchObject({ status: 'EXPIRED' })
  })

  test('args: exempt from the minimum notional', async () => {
    await venue.post(ORDER, { ...marketBuy, quantity: '0.001' })
    await venue.setPrice(45_000)
    expect((await venue.post(ORDER, { ...closing, quantity: '0.001' })).status).toBe(200)
  })
})
