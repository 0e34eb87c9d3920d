import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  kindsOf,
  limitBuy,
  marketBuy,
  openStand,
  START,
  type Stand,
  stopSell,
  type Words,
  without,
} from './wire.fixture.ts'

// docs/wire/binance.md 4.6 and 4.7.

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

const ALGO = '/fapi/v1/algoOrder'
const OPEN = '/fapi/v1/openAlgoOrders'

const placedSample = {
  algoId: 2146760,
  clientAlgoId: '6B2I9XVcJpCjqPAJ4YoFX7',
  algoType: 'CONDITIONAL',
  orderType: 'TAKE_PROFIT',
  symbol: 'BNBUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.01',
  algoStatus: 'NEW',
  triggerPrice: '750.000',
  price: '750.000',
  icebergQuantity: null,
  selfTradePreventionMode: 'EXPIRE_MAKER',
  workingType: 'CONTRACT_PRICE',
  priceMatch: 'NONE',
  closePosition: false,
  priceProtect: false,
  reduceOnly: false,
  activatePrice: '',
  callbackRate: '',
  createTime: 1750485492076,
  updateTime: 1750485492076,
  triggerTime: 0,
  goodTillDate: 0,
}
const { activatePrice: _activatePrice, callbackRate: _callbackRate, ...common } = placedSample
const queriedSample = { ...common, actualOrderId: '', actualPrice: '0.00000' }
const listedSample = {
  ...queriedSample,
  tpTriggerPrice: '',
  tpPrice: '',
  slTriggerPrice: '',
  slPrice: '',
  tpOrderType: '',
}

async function place(words: Words): Promise<number> {
  const { status, body, json } = await venue.post(ALGO, { ...stopSell, ...words })
  expect({ status, body }).toMatchObject({ status: 200 })
  return json.at('algoId').number()
}

const openIds = async (): Promise<number[]> =>
  (await venue.get(OPEN)).json.items().map((row) => row.at('algoId').number())

describe('placing', () => {
  test('default: (row 14) a stop waits, with the keys and types of the sheet', async () => {
    const { body } = await venue.post(ALGO, { ...stopSell, clientAlgoId: 'sl/1' })
    expect(kindsOf(body)).toEqual(kindsOf(placedSample))
    expect(body).toMatchObject({
      clientAlgoId: 'sl/1',
      orderType: 'STOP_MARKET',
      algoStatus: 'NEW',
      quantity: '0.010',
      triggerPrice: '58000.00',
      price: '0',
      reduceOnly: true,
      createTime: START,
    })
    expect((await venue.get('/fapi/v1/openOrders')).body).toEqual([])
  })

  test('args: a stop-limit, closing the position, trailing', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const bare = without(stopSell, 'quantity', 'reduceOnly')
    const limit = { ...stopSell, type: 'STOP', price: '57900' }
    expect((await venue.post(ALGO, limit)).body).toMatchObject({ price: '57900.00' })
    const closing = {
      ...bare,
      closePosition: 'true',
      workingType: 'MARK_PRICE',
      priceProtect: 'TRUE',
    }
    expect((await venue.post(ALGO, closing)).body).toMatchObject({
      closePosition: true,
      priceProtect: true,
      quantity: '0',
      reduceOnly: false,
      workingType: 'MARK_PRICE',
    })
    const trailing = { ...without(stopSell, 'triggerPrice'), type: 'TRAILING_STOP_MARKET' }
    const shown = await venue.post(ALGO, {
      ...trailing,
      callbackRate: '0.25',
      activatePrice: '61000',
    })
    expect(shown.body).toMatchObject({ activatePrice: '61000.00', callbackRate: '0.25' })
    const atOnce = await venue.post(ALGO, { ...trailing, callbackRate: '1' })
    // The market order above was the last trade.
    expect(atOnce.body).toMatchObject({ activatePrice: '60000.10', triggerPrice: '0' })
  })

  test('behavior: margin and position are not asked for', async () => {
    expect(await place({ quantity: '100' })).toBeGreaterThan(2 ** 31)
  })

  const closing = { ...without(stopSell, 'quantity', 'reduceOnly'), closePosition: 'true' }
  const trailing = {
    ...without(stopSell, 'triggerPrice'),
    type: 'TRAILING_STOP_MARKET',
    callbackRate: '1',
  }

  test.each<[string, Words, number]>([
    ['no algoType', { ...stopSell, algoType: '' }, -1105],
    ['an unknown symbol', { ...stopSell, symbol: 'NOPE' }, -1121],
    ['no quantity', { ...closing, closePosition: 'false' }, -1102],
    ['closePosition with a quantity', { ...closing, quantity: '0.010' }, -1106],
    ['closePosition with reduceOnly', { ...closing, reduceOnly: 'true' }, -1106],
    ['closePosition of a stop-limit', { ...closing, type: 'STOP', price: '57900' }, -1106],
    ['a price of a stop-market', { ...stopSell, price: '57900' }, -1106],
    ['no price of a stop-limit', { ...stopSell, type: 'STOP' }, -1102],
    ['no trigger', { ...stopSell, triggerPrice: '' }, -1105],
    ['(row 12) a trailing order with a trigger', { ...trailing, triggerPrice: '58000' }, -2021],
    ['a callback rate too small', { ...trailing, callbackRate: '0.09' }, -1130],
    ['a callback rate too large', { ...trailing, callbackRate: '20.1' }, -1130],
    ['an activation on the near side', { ...trailing, activatePrice: '59000' }, -2021],
    ['a trigger off the tick', { ...stopSell, triggerPrice: '58000.05' }, -4014],
    ['a trigger of 0', { ...stopSell, triggerPrice: '0' }, -4006],
    ['a quantity off the precision', { ...stopSell, quantity: '0.0101' }, -1111],
    [
      'a small opening stop',
      { ...stopSell, reduceOnly: 'false', quantity: '0.001', triggerPrice: '49000' },
      -4164,
    ],
    ['a side of hedge mode', { ...stopSell, positionSide: 'SHORT' }, -4061],
    ['a stop beyond the price', { ...stopSell, triggerPrice: '60000' }, -2021],
    [
      'a take-profit beyond the price',
      { ...stopSell, type: 'TAKE_PROFIT_MARKET', triggerPrice: '60000' },
      -2021,
    ],
    ['a buy stop below the price', { ...stopSell, side: 'BUY' }, -2021],
    ['a price far from the trigger', { ...stopSell, type: 'STOP', price: '55000' }, -4184],
    ['(row 7) closePosition while flat', closing, -4509],
    ['GTE_GTC while flat', { ...stopSell, timeInForce: 'GTE_GTC' }, -4509],
    ['a client id of wrong form', { ...stopSell, clientAlgoId: 'a b' }, -4015],
  ])('error: %s', async (_name, words, code) => {
    expect(await venue.post(ALGO, words)).toMatchObject({ status: 400, body: { code } })
    expect((await venue.get(OPEN)).body).toEqual([])
  })

  test.each([
    ['type', 'STOP_LOSS', -1116],
    ['algoType', 'VP', -1130],
    ['workingType', 'INDEX_PRICE', -4031],
    ['priceMatch', 'OPPONENT_10', -5037],
    ['timeInForce', 'GTD', -1115],
  ])('error: %s %s is told to the ledger', async (name, word, code) => {
    expect(await venue.post(ALGO, { ...stopSell, [name]: word })).toMatchObject({ body: { code } })
    expectedLedger = [`value ${name}`]
  })

  test('behavior: stopPrice and newClientOrderId are names of the other endpoint', async () => {
    const words = without(stopSell, 'triggerPrice')
    const { body } = await venue.post(ALGO, { ...words, stopPrice: '58000', newClientOrderId: 'x' })
    expect(body).toMatchObject({ code: -1102 })
    expectedLedger = ['parameter stopPrice', 'parameter newClientOrderId']
  })

  test('behavior: (row 12) the old name of the activation price is known and ignored', async () => {
    const words = { ...trailing, activationPrice: '61000' }
    expect((await venue.post(ALGO, words)).body).toMatchObject({ activatePrice: '60000.00' })
  })

  test('error: (row 8) a second closePosition order of the same kind and direction', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    expect((await venue.post(ALGO, closing)).status).toBe(200)
    expect((await venue.post(ALGO, { ...closing, triggerPrice: '57000' })).body).toMatchObject({
      code: -4130,
    })
    const profit = { ...closing, type: 'TAKE_PROFIT_MARKET', triggerPrice: '62000' }
    expect((await venue.post(ALGO, profit)).status).toBe(200)
  })

  test('error: more than 200 in the account', async () => {
    for (let i = 0; i < 200; i++) await place({})
    expect(
      await venue.post(ALGO, { ...stopSell, symbol: 'ETHUSDT', triggerPrice: '2900' }),
    ).toMatchObject({
      body: { code: -4045, msg: 'Reach max stop order limit.' },
    })
  })
})

describe('queries and cancelling', () => {
  test('default: one by id and by client id, in the shapes of the sheet', async () => {
    const algoId = await place({ clientAlgoId: 'sl-1' })
    const byId = await venue.get(ALGO, { algoId, symbol: 'BTCUSDT' })
    expect(kindsOf(byId.body)).toEqual(kindsOf(queriedSample))
    expect((await venue.get(ALGO, { clientAlgoId: 'sl-1' })).body).toEqual(byId.body)
    const { body } = await venue.get(OPEN, { symbol: 'BTCUSDT', algoType: 'CONDITIONAL', algoId })
    expect(kindsOf(body)).toEqual([kindsOf(listedSample)])
    expect((await venue.get(OPEN, { symbol: 'ETHUSDT' })).body).toEqual([])
  })

  test('default: (row 15) cancelling answers with a code that is text', async () => {
    const algoId = await place({ clientAlgoId: 'sl-1' })
    const { body } = await venue.remove(ALGO, { clientAlgoId: 'sl-1' })
    expect(body).toEqual({ algoId, clientAlgoId: 'sl-1', code: '200', msg: 'success' })
    expect((await venue.get(ALGO, { algoId })).body).toMatchObject({ algoStatus: 'CANCELED' })
    expect(await openIds()).toEqual([])
  })

  test('error: (row 2) ended, unknown, of the other book, or not named', async () => {
    const algoId = await place({})
    await venue.remove(ALGO, { algoId })
    const plain = await venue.post('/fapi/v1/order', limitBuy)
    const orderId = plain.json.at('orderId').number()
    for (const id of [algoId, 1, orderId]) {
      expect((await venue.remove(ALGO, { algoId: id })).body).toMatchObject({ code: -2011 })
    }
    expect((await venue.get(ALGO, { algoId: orderId })).body).toMatchObject({ code: -2013 })
    expect((await venue.get(ALGO, { clientAlgoId: 'x' })).body).toMatchObject({ code: -2013 })
    expect((await venue.get(ALGO)).body).toEqual({
      code: -1102,
      msg: "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!",
    })
    const ofPlain = { symbol: 'BTCUSDT', orderId: algoId }
    expect((await venue.remove('/fapi/v1/order', ofPlain)).body).toMatchObject({ code: -2011 })
  })

  test('behavior: (row 2) cancel-all takes one symbol and one book', async () => {
    const other = await place({ symbol: 'ETHUSDT', triggerPrice: '2900' })
    await place({})
    await venue.post('/fapi/v1/order', limitBuy)
    await venue.remove('/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })
    expect(await openIds()).toHaveLength(2)
    await venue.post('/fapi/v1/order', limitBuy)
    expect((await venue.remove('/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' })).body).toEqual({
      code: 200,
      msg: 'The operation of cancel all open order is done.',
    })
    expect(await openIds()).toEqual([other])
    expect((await venue.get('/fapi/v1/openOrders')).body).toHaveLength(1)
  })

  test('behavior: history of a symbol, all states, upward from an id', async () => {
    const first = await place({})
    const second = await place({})
    await venue.remove(ALGO, { algoId: first })
    const list = async (words: Words): Promise<number[]> =>
      (await venue.get('/fapi/v1/allAlgoOrders', { symbol: 'BTCUSDT', ...words })).json
        .items()
        .map((row) => row.at('algoId').number())
    expect(await list({})).toEqual([first, second])
    expect(await list({ limit: 1 })).toEqual([second])
    expect(await list({ algoId: second })).toEqual([second])
    expect(await list({ endTime: START - 1 })).toEqual([])
    expect((await venue.get('/fapi/v1/allAlgoOrders')).body).toMatchObject({ code: -1102 })
  })

  test('behavior: client ids are a space of their own, free once the order has ended', async () => {
    await place({ clientAlgoId: 'same' })
    expect(
      (await venue.post('/fapi/v1/order', { ...limitBuy, newClientOrderId: 'same' })).status,
    ).toBe(200)
    expect((await venue.post(ALGO, { ...stopSell, clientAlgoId: 'same' })).body).toMatchObject({
      code: -4116,
    })
    await venue.remove(ALGO, { clientAlgoId: 'same' })
    await place({ clientAlgoId: 'same' })
  })
})
