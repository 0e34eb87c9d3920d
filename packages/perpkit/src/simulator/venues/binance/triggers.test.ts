import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  kindsOf,
  marketBuy,
  openStand,
  START,
  type Stand,
  stopSell,
  type Words,
  without,
} from './wire.fixture.ts'

// docs/wire/binance.md 4.6 and 4.7: what becomes of a conditional order.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const ALGO = '/fapi/v1/algoOrder'
const OPEN = '/fapi/v1/openAlgoOrders'

const triggeredSample = {
  algoId: 2146760,
  clientAlgoId: '6B2I9XVcJpCjqPAJ4YoFX7',
  algoType: 'CONDITIONAL',
  orderType: 'TAKE_PROFIT',
  symbol: 'BNBUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.01',
  algoStatus: 'FINISHED',
  triggerPrice: '750.000',
  price: '750.000',
  icebergQuantity: null,
  selfTradePreventionMode: 'EXPIRE_MAKER',
  workingType: 'CONTRACT_PRICE',
  priceMatch: 'NONE',
  closePosition: false,
  priceProtect: false,
  reduceOnly: false,
  createTime: 1750485492076,
  updateTime: 1750485492076,
  triggerTime: 0,
  goodTillDate: 0,
  actualOrderId: '',
  actualPrice: '0.00000',
  actualType: 'MARKET',
  actualQty: '0',
}

async function place(words: Words): Promise<number> {
  const { status, body, json } = await venue.post(ALGO, { ...stopSell, ...words })
  expect({ status, body }).toMatchObject({ status: 200 })
  return json.at('algoId').number()
}

const openIds = async (): Promise<number[]> =>
  (await venue.get(OPEN)).json.items().map((row) => row.at('algoId').number())

describe('triggers', () => {
  test('behavior: (row 6) a stop becomes a market order of its own id and the same client id', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const algoId = await place({ clientAlgoId: 'sl-1' })
    await venue.setPrice(57_990)
    expect(await openIds()).toEqual([])
    const said = await venue.get(ALGO, { algoId })
    expect(kindsOf(said.body)).toEqual(kindsOf(triggeredSample))
    expect(said.body).toMatchObject({
      algoStatus: 'FINISHED',
      actualType: 'MARKET',
      actualQty: '0.010',
      triggerTime: START,
    })
    const orderId = said.json.at('actualOrderId').string()
    const child = await venue.get('/fapi/v1/order', { symbol: 'BTCUSDT', orderId })
    expect(child.body).toMatchObject({
      clientOrderId: 'sl-1',
      type: 'MARKET',
      origType: 'STOP_MARKET',
      stopPrice: '58000.00',
      reduceOnly: true,
      status: 'FILLED',
      executedQty: '0.010',
    })
    expect((await venue.get('/fapi/v3/positionRisk')).body).toEqual([])
    expect((await venue.remove(ALGO, { algoId })).body).toMatchObject({ code: -2011 })
  })

  test('behavior: a stop-limit rests as TRIGGERED until its child has ended', async () => {
    const buy = {
      side: 'BUY',
      type: 'STOP',
      reduceOnly: 'false',
      triggerPrice: '61000',
      price: '60500',
    }
    const algoId = await place(buy)
    await venue.setPrice(61_000)
    const { body, json } = await venue.get(ALGO, { algoId })
    expect(body).toMatchObject({ algoStatus: 'TRIGGERED', actualType: 'LIMIT', actualQty: '0.000' })
    const name = { symbol: 'BTCUSDT', orderId: json.at('actualOrderId').string() }
    expect((await venue.get('/fapi/v1/openOrders')).body).toMatchObject([
      { type: 'LIMIT', origType: 'STOP', stopPrice: '61000.00', price: '60500.00' },
    ])
    await venue.remove('/fapi/v1/order', name)
    expect((await venue.get(ALGO, { algoId })).body).toMatchObject({ algoStatus: 'FINISHED' })
  })

  test('behavior: a take-profit fires on the other side; closePosition takes all there is', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const bare = without(stopSell, 'quantity', 'reduceOnly')
    const closing = {
      ...bare,
      type: 'TAKE_PROFIT_MARKET',
      triggerPrice: '61000',
      closePosition: 'true',
    }
    const { json } = await venue.post(ALGO, closing)
    const algoId = json.at('algoId').number()
    await venue.post('/fapi/v1/order', marketBuy)
    await venue.setPrice(61_000)
    const shown = await venue.get(ALGO, { algoId })
    expect(shown.body).toMatchObject({ algoStatus: 'FINISHED', quantity: '0', actualQty: '0.020' })
    const orderId = shown.json.at('actualOrderId').string()
    expect((await venue.get('/fapi/v1/order', { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      origQty: '0.020',
      closePosition: true,
    })
  })

  test('behavior: while flat a reduce-only stop stays, and is REJECTED when it triggers', async () => {
    const algoId = await place({})
    await venue.setPrice(58_000)
    expect((await venue.get(ALGO, { algoId })).body).toMatchObject({
      algoStatus: 'REJECTED',
      actualOrderId: '',
    })
    expect((await venue.get('/fapi/v1/allOrders')).body).toEqual([])
  })

  test('behavior: (row 9) when the position is gone, only what is bound to it ends', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const bare = without(stopSell, 'quantity', 'reduceOnly')
    const closing = await venue.post(ALGO, { ...bare, closePosition: 'true' })
    const bound = await place({ timeInForce: 'GTE_GTC' })
    const stays = await place({})
    await venue.post('/fapi/v1/order', { ...marketBuy, side: 'SELL', reduceOnly: 'true' })
    expect(await openIds()).toEqual([stays])
    for (const algoId of [closing.json.at('algoId').number(), bound]) {
      expect((await venue.get(ALGO, { algoId })).body).toMatchObject({ algoStatus: 'EXPIRED' })
    }
  })

  test('behavior: (row 13) a trailing stop follows the price by its percentage', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const words = without(stopSell, 'triggerPrice')
    const trailing = { ...words, type: 'TRAILING_STOP_MARKET', callbackRate: '1' }
    const { json } = await venue.post(ALGO, trailing)
    const algoId = json.at('algoId').number()
    const status = async (): Promise<unknown> => (await venue.get(ALGO, { algoId })).body
    await venue.setPrice(62_000)
    await venue.setPrice(61_390)
    expect(await status()).toMatchObject({ algoStatus: 'NEW' })
    await venue.setPrice(61_380)
    expect(await status()).toMatchObject({ algoStatus: 'FINISHED' })
    const { actualOrderId: orderId } = Object(await status())
    expect((await venue.get('/fapi/v1/order', { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      origType: 'TRAILING_STOP_MARKET',
      activatePrice: '60000.10',
      priceRate: '1',
    })
  })

  test('behavior: MARK_PRICE and CONTRACT_PRICE are told apart', async () => {
    // A large taker moves the last price, not the mark.
    const rich = { venue: 'binance', balance: '100000000' } as const
    venue.credentials = await venue.simulator.control.createAccount(rich)
    const buy = { side: 'BUY', reduceOnly: 'false', triggerPrice: '60010' }
    const byLast = await place({ ...buy, workingType: 'CONTRACT_PRICE' })
    const byMark = await place({ ...buy, workingType: 'MARK_PRICE' })
    await venue.post('/fapi/v1/order', { ...marketBuy, quantity: '120' })
    expect(await openIds()).toEqual([byMark])
    expect((await venue.get(ALGO, { algoId: byLast })).body).toMatchObject({
      algoStatus: 'FINISHED',
    })
    await venue.setPrice(60_010)
    expect(await openIds()).toEqual([])
  })
})
