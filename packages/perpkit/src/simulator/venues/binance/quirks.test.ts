import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hmacSha256 } from '../../../core/bytes.ts'
import {
  limitBuy,
  marketBuy,
  openStand,
  START,
  type Stand,
  stopSell,
  type Words,
  without,
} from './wire.fixture.ts'

// Rows of docs/wire/binance.md 9 that have no other place; the rest are named in the titles of the
// tests beside this one.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const ORDER = '/fapi/v1/order'
const ALGO = '/fapi/v1/algoOrder'

test('behavior: (row 4) a repeated placement proves that the first one landed', async () => {
  const words = { ...limitBuy, newClientOrderId: 'g1' }
  const first = await venue.post(ORDER, words)
  expect((await venue.post(ORDER, words)).body).toMatchObject({ code: -4116 })
  const found = await venue.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'g1' })
  expect(found.json.at('orderId').number()).toBe(first.json.at('orderId').number())
})

test('behavior: (row 7) closePosition is taken once the entry has filled', async () => {
  const closing = { ...without(stopSell, 'quantity', 'reduceOnly'), closePosition: 'true' }
  await venue.post(ORDER, limitBuy)
  expect((await venue.post(ALGO, closing)).body).toMatchObject({ code: -4509 })
  await venue.setPrice(58_900)
  expect((await venue.post(ALGO, closing)).status).toBe(200)
})

test('behavior: (row 31) JSON that is not percent-encoded is signed as it is sent', async () => {
  const { apiKey, apiSecret } = venue.credentials
  const order = JSON.stringify([{ ...limitBuy, newClientOrderId: 'raw' }])
  const body = `timestamp=${START}&batchOrders=${order}`
  const signature = hmacSha256(apiSecret, body, 'hex')
  const answer = await venue.raw({
    method: 'POST',
    path: '/fapi/v1/batchOrders',
    body: `${body}&signature=${signature}`,
    key: apiKey,
  })
  expect(answer.body).toMatchObject([{ clientOrderId: 'raw', status: 'NEW' }])
})

test('behavior: (row 37) the default ends an own order that rests in the way', async () => {
  const ask = await venue.post(ORDER, { ...limitBuy, side: 'SELL', price: '60000.10' })
  expect(ask.body).toMatchObject({ selfTradePreventionMode: 'EXPIRE_MAKER', status: 'NEW' })
  expect((await venue.post(ORDER, { ...marketBuy, quantity: '30' })).body).toMatchObject({
    status: 'FILLED',
  })
  const orderId = ask.json.at('orderId').number()
  expect((await venue.get(ORDER, { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
    status: 'EXPIRED_IN_MATCH',
    executedQty: '0.000',
  })
})

describe('priceMatch of a stop-limit', () => {
  const stop: Words = { ...stopSell, type: 'STOP', priceMatch: 'QUEUE_5', clientAlgoId: 'm' }

  test('default: the price is looked up when it triggers', async () => {
    await venue.post(ORDER, marketBuy)
    expect((await venue.post(ALGO, stop)).body).toMatchObject({
      priceMatch: 'QUEUE_5',
      price: '0',
      triggerPrice: '58000.00',
    })
    await venue.setPrice(57_000)
    const child = (await venue.get('/fapi/v1/openOrders')).json.at(0)
    const asks = (await venue.read('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 20 })).json
      .at('asks')
      .items()
      .map((level) => Number(level.at(0).string()))
    expect(child.value).toMatchObject({ clientOrderId: 'm', priceMatch: 'QUEUE_5', type: 'LIMIT' })
    const price = Number(child.at('price').string())
    // It fires on the way down, at the trigger, and queues as the fifth level did there.
    expect(price).toBeGreaterThan(Math.min(...asks))
    expect(price).toBeLessThan(58_100)
  })

  test.each<[string, Words, number]>([
    ['with a price', { ...stop, price: '57900' }, -1106],
    ['of a stop-market', { ...stop, type: 'STOP_MARKET' }, -5038],
  ])('error: %s', async (_name, words, code) => {
    expect((await venue.post(ALGO, words)).body).toMatchObject({ code })
  })
})
