import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limitBuy, marketBuy, openStand, type Stand, type Words } from './wire.fixture.ts'

// docs/wire/binance.md 4.5: amending, and several orders in one request.

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

const ORDER = '/fapi/v1/order'
const BATCH = '/fapi/v1/batchOrders'

async function rest(words: Words = {}): Promise<number> {
  const { status, body, json } = await venue.post(ORDER, { ...limitBuy, ...words })
  expect({ status, body }).toMatchObject({ status: 200 })
  return json.at('orderId').number()
}

describe('amending', () => {
  const change = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.020', price: '58000' }

  test('default: keeps both ids, resets the self-trade mode, shows pair and modifyId', async () => {
    const orderId = await rest({ newClientOrderId: 'a-1' })
    const { body } = await venue.put(ORDER, { ...change, orderId, modifyId: 7 })
    expect(body).toMatchObject({
      orderId,
      clientOrderId: 'a-1',
      origQty: '0.020',
      price: '58000.00',
      status: 'NEW',
      selfTradePreventionMode: 'NONE',
      pair: 'BTCUSDT',
      modifyId: 7,
    })
    const byName = { ...change, origClientOrderId: 'a-1', price: '58100' }
    expect((await venue.put(ORDER, byName)).body).not.toHaveProperty('modifyId')
    expect((await venue.get(ORDER, { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      price: '58100.00',
    })
  })

  test.each<[string, Words, number]>([
    ['no price', { price: '' }, -1105],
    ['nothing to change', { quantity: '0.010', price: '59000' }, -5027],
    ['an unknown order', { orderId: 1 }, -2013],
    ['off the tick', { price: '58000.01' }, -4014],
    ['off the step', { quantity: '0.0201' }, -1111],
    ['a notional under the minimum', { quantity: '0.001', price: '40000' }, -5029],
    ['a reduceOnly that it is not', { reduceOnly: 'true' }, -5047],
    ['another side', { side: 'SELL' }, -1130],
    ['no margin for it', { quantity: '999' }, -2019],
  ])('error: %s leaves the order as it was', async (_name, words, code) => {
    const orderId = await rest()
    expect(await venue.put(ORDER, { ...change, orderId, ...words })).toMatchObject({
      status: 400,
      body: { code },
    })
    expect((await venue.get(ORDER, { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      status: 'NEW',
      origQty: '0.010',
      price: '59000.00',
    })
  })

  test('error: which order, and one that has ended', async () => {
    expect((await venue.put(ORDER, change)).body).toMatchObject({ code: -1102 })
    const orderId = await rest()
    await venue.remove(ORDER, { symbol: 'BTCUSDT', orderId })
    expect((await venue.put(ORDER, { ...change, orderId })).body).toMatchObject({ code: -2013 })
  })

  test('behavior: a post-only order whose new price would cross is cancelled', async () => {
    const orderId = await rest({ timeInForce: 'GTX' })
    const crossing = { ...change, orderId, price: '60100' }
    expect(await venue.put(ORDER, crossing)).toMatchObject({
      status: 200,
      body: { orderId, status: 'CANCELED' },
    })
  })

  test('behavior: any other one that crosses is filled', async () => {
    const orderId = await rest()
    expect((await venue.put(ORDER, { ...change, orderId, price: '60100' })).body).toMatchObject({
      status: 'FILLED',
      executedQty: '0.020',
    })
  })

  test('behavior: a quantity that is filled already cancels what is left', async () => {
    const rich = { venue: 'binance', balance: '100000000' } as const
    venue.credentials = await venue.simulator.control.createAccount(rich)
    // More than the whole depth of the book up to that price: the rest of it stays.
    const orderId = await rest({ quantity: '300', price: '60050' })
    const name = { symbol: 'BTCUSDT', orderId }
    const before = await venue.get(ORDER, name)
    expect(before.body).toMatchObject({ status: 'PARTIALLY_FILLED' })
    const quantity = before.json.at('executedQty').string()
    expect(await venue.put(ORDER, { ...change, ...name, quantity })).toMatchObject({
      status: 200,
      body: { status: 'CANCELED', executedQty: quantity },
    })
  })
})

describe('batches', () => {
  const place = (orders: unknown): ReturnType<Stand['post']> =>
    venue.post(BATCH, { batchOrders: JSON.stringify(orders) })

  test('default: (row 1) each element has its order or its refusal, in the order of the request', async () => {
    const { status, body } = await place([
      { ...limitBuy, newClientOrderId: 'b1' },
      { ...limitBuy, price: '1e-7' },
      { ...marketBuy, type: 'STOP_MARKET', stopPrice: '58000' },
      { ...marketBuy, quantity: 0.01, reduceOnly: false },
    ])
    expect(status).toBe(200)
    expect(body).toMatchObject([
      { clientOrderId: 'b1', status: 'NEW' },
      { code: -1100 },
      { code: -4120 },
      { status: 'FILLED', reduceOnly: false },
    ])
  })

  test.each<[string, unknown, number]>([
    ['too many', Array.from({ length: 6 }, () => limitBuy), -4082],
    ['none', [], -4082],
    ['no list', { ...limitBuy }, -1130],
    ['no objects', ['x'], -1130],
  ])('error: %s', async (_name, orders, code) => {
    expect(await place(orders)).toMatchObject({ status: 400, body: { code } })
  })

  test('error: no JSON', async () => {
    expect(await venue.post(BATCH, { batchOrders: '[{' })).toMatchObject({ body: { code: -1130 } })
  })

  test('behavior: a name that an element makes up is told to the ledger', async () => {
    await place([{ ...limitBuy, newClientOrderID: 'b1' }])
    expectedLedger = ['value batchOrders[].newClientOrderID']
  })

  test('default: amending, each for itself', async () => {
    const orderId = await rest()
    const batchOrders = JSON.stringify([
      { orderId, symbol: 'BTCUSDT', side: 'BUY', quantity: '0.020', price: '58000' },
      { orderId: 1, symbol: 'BTCUSDT', side: 'BUY', quantity: '0.020', price: '58000' },
    ])
    expect((await venue.put(BATCH, { batchOrders })).body).toMatchObject([
      { orderId, price: '58000.00', pair: 'BTCUSDT' },
      { code: -2013 },
    ])
  })

  test.each([
    ['orderIdList', (ids: number[]) => JSON.stringify(ids)],
    ['orderIdList', (ids: number[]) => JSON.stringify(ids.map(String))],
    ['orderidlist', (ids: number[]) => JSON.stringify(ids)],
  ])('args: cancelling by %s', async (name, list) => {
    const orderId = await rest()
    const words = { symbol: 'BTCUSDT', [name]: list([orderId, 1]) }
    expect((await venue.remove(BATCH, words)).body).toMatchObject([
      { orderId, status: 'CANCELED' },
      { code: -2011, msg: 'Unknown order sent.' },
    ])
  })

  test.each(['origClientOrderIdList', 'origclientorderidlist'])(
    'args: cancelling by %s',
    async (name) => {
      await rest({ newClientOrderId: 'b1' })
      const words = { symbol: 'BTCUSDT', [name]: '["b1"]' }
      expect((await venue.remove(BATCH, words)).body).toMatchObject([
        { clientOrderId: 'b1', status: 'CANCELED' },
      ])
    },
  )

  test.each<[string, Words, number]>([
    ['no list', {}, -1102],
    ['both lists', { orderIdList: '[1]', origClientOrderIdList: '["a"]' }, -1128],
    ['more than 10', { orderIdList: '[1,2,3,4,5,6,7,8,9,10,11]' }, -1130],
    ['no JSON', { orderIdList: '[1' }, -1130],
  ])('error: cancelling %s', async (_name, words, code) => {
    expect(await venue.remove(BATCH, { symbol: 'BTCUSDT', ...words })).toMatchObject({
      status: 400,
      body: { code },
    })
  })
})
