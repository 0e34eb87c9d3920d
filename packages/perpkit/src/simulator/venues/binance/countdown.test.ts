import { afterEach, beforeEach, expect, test } from 'vitest'
import { limitBuy, openStand, type Stand, stopSell, type Words } from './wire.fixture.ts'

// The dead man's switch: docs/wire/binance.md 4.5.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const SWITCH = '/fapi/v1/countdownCancelAll'

async function openCount(): Promise<[plain: number, conditional: number]> {
  const plain = await venue.get('/fapi/v1/openOrders')
  const conditional = await venue.get('/fapi/v1/openAlgoOrders')
  return [plain.json.items().length, conditional.json.items().length]
}

const pass = (ms: number): Promise<unknown> => venue.simulator.control.advance({ ms })

test('default: orders of its symbol end CANCELED, conditional ones and other symbols stay', async () => {
  const { json } = await venue.post('/fapi/v1/order', limitBuy)
  const other = { ...limitBuy, symbol: 'ETHUSDT', price: '2900', quantity: '0.1' }
  await venue.post('/fapi/v1/order', other)
  await venue.post('/fapi/v1/algoOrder', stopSell)
  const words = { symbol: 'BTCUSDT', countdownTime: 5_000 }
  expect((await venue.post(SWITCH, words)).body).toEqual({
    symbol: 'BTCUSDT',
    countdownTime: '5000',
  })
  await pass(4_999)
  expect(await openCount()).toEqual([2, 1])
  await pass(1)
  expect(await openCount()).toEqual([1, 1])
  const orderId = json.at('orderId').number()
  expect((await venue.get('/fapi/v1/order', { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
    status: 'CANCELED',
  })
})

test('behavior: said anew it starts anew, 0 stops it, and it runs out once', async () => {
  await venue.post('/fapi/v1/order', limitBuy)
  const set = (countdownTime: number): Promise<unknown> =>
    venue.post(SWITCH, { symbol: 'BTCUSDT', countdownTime })
  await set(5_000)
  await pass(4_000)
  await set(5_000)
  await pass(4_000)
  expect(await openCount()).toEqual([1, 0])
  await set(0)
  await pass(10_000)
  expect(await openCount()).toEqual([1, 0])
  await set(1_000)
  await pass(1_000)
  expect(await openCount()).toEqual([0, 0])
  await venue.post('/fapi/v1/order', limitBuy)
  await pass(10_000)
  expect(await openCount()).toEqual([1, 0])
})

test.each<[Words, number]>([
  [{ symbol: 'BTCUSDT' }, -1102],
  [{ countdownTime: 5_000 }, -1102],
  [{ symbol: 'NOPE', countdownTime: 5_000 }, -1121],
  [{ symbol: 'BTCUSDT', countdownTime: 999 }, -1130],
  [{ symbol: 'BTCUSDT', countdownTime: 86_400_001 }, -1130],
  [{ symbol: 'BTCUSDT', countdownTime: '1.5' }, -1100],
])('error: %o', async (words, code) => {
  expect(await venue.post(SWITCH, words)).toMatchObject({ status: 400, body: { code } })
})
