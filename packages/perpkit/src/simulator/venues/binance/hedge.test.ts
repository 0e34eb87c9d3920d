import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  limitBuy,
  marketBuy,
  openStand,
  type Stand,
  stopSell,
  type Words,
  without,
} from './wire.fixture.ts'

// Hedge mode: docs/wire/binance.md 4.2 to 4.7, and 9 rows 11, 21 and 22.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const ORDER = '/fapi/v1/order'
const ALGO = '/fapi/v1/algoOrder'
const MODE = '/fapi/v1/positionSide/dual'

const openLong: Words = { ...marketBuy, positionSide: 'LONG' }
const closeLong: Words = { ...openLong, side: 'SELL' }
const openShort: Words = { ...marketBuy, side: 'SELL', positionSide: 'SHORT', quantity: '0.004' }
const closeShort: Words = { ...openShort, side: 'BUY' }
const stopLong: Words = { ...without(stopSell, 'reduceOnly'), positionSide: 'LONG' }

async function hedge(): Promise<void> {
  expect((await venue.post(MODE, { dualSidePosition: 'true' })).body).toEqual({
    code: 200,
    msg: 'success',
  })
}

const codeOf = async (path: string, words: Words): Promise<unknown> =>
  Object((await venue.post(path, words)).body).code

const amounts = async (): Promise<unknown> =>
  (await venue.get('/fapi/v3/positionRisk')).json
    .items()
    .map((row) => [row.at('positionSide').string(), row.at('positionAmt').string()])

describe('mode', () => {
  test('default: (row 22) of the whole account, and back again', async () => {
    await hedge()
    expect((await venue.get(MODE)).body).toEqual({ dualSidePosition: true })
    expect((await venue.get('/fapi/v1/accountConfig')).body).toMatchObject({
      dualSidePosition: true,
    })
    expect((await venue.post(MODE, { dualSidePosition: 'false' })).status).toBe(200)
    expect((await venue.get(MODE)).body).toEqual({ dualSidePosition: false })
  })

  test('error: as it is already', async () => {
    await hedge()
    expect(await venue.post(MODE, { dualSidePosition: 'true' })).toMatchObject({
      status: 400,
      body: { code: -4059, msg: 'No need to change position side.' },
    })
  })

  test.each<[string, string, Words, number]>([
    ['an open order', ORDER, limitBuy, -4067],
    ['an untriggered algo order', ALGO, stopSell, -4067],
    ['a position of another symbol', ORDER, { ...marketBuy, symbol: 'ETHUSDT' }, -4068],
  ])('error: blocked by %s', async (_name, path, words, code) => {
    await venue.post(path, { ...words, ...(words.symbol === 'ETHUSDT' && { quantity: '1' }) })
    expect(await codeOf(MODE, { dualSidePosition: 'true' })).toBe(code)
    expect((await venue.get(MODE)).body).toEqual({ dualSidePosition: false })
  })

  test('error: hedge positions block the way back', async () => {
    await hedge()
    await venue.post(ORDER, openShort)
    expect(await codeOf(MODE, { dualSidePosition: 'false' })).toBe(-4068)
  })
})

describe('plain orders', () => {
  beforeEach(hedge)

  test('default: two positions a symbol, each with its row', async () => {
    expect((await venue.post(ORDER, openLong)).body).toMatchObject({
      positionSide: 'LONG',
      reduceOnly: false,
    })
    await venue.post(ORDER, openShort)
    expect(await amounts()).toEqual([
      ['LONG', '0.010'],
      ['SHORT', '-0.004'],
    ])
    const { json } = await venue.get('/fapi/v3/account')
    expect(json.at('positions').items()).toHaveLength(2)
    const fills = await venue.get('/fapi/v1/userTrades', { symbol: 'BTCUSDT' })
    expect(fills.body).toMatchObject([{ positionSide: 'LONG' }, { positionSide: 'SHORT' }])
  })

  test('behavior: v2 shows both sides of every symbol, flat or not', async () => {
    await venue.post(ORDER, openLong)
    const risk = await venue.get('/fapi/v2/positionRisk', { symbol: 'BTCUSDT' })
    expect(risk.body).toMatchObject([
      { positionSide: 'LONG', positionAmt: '0.010' },
      { positionSide: 'SHORT', positionAmt: '0.000' },
    ])
    const account = await venue.get('/fapi/v2/account')
    expect(account.json.at('positions').items()).toHaveLength(10)
  })

  test('behavior: a closing pair reduces its own side, and says so', async () => {
    await venue.post(ORDER, openLong)
    await venue.post(ORDER, openShort)
    const half = { ...closeLong, quantity: '0.005' }
    expect((await venue.post(ORDER, half)).body).toMatchObject({
      status: 'FILLED',
      positionSide: 'LONG',
      reduceOnly: true,
    })
    expect((await venue.post(ORDER, closeShort)).body).toMatchObject({ reduceOnly: true })
    expect(await amounts()).toEqual([['LONG', '0.005']])
  })

  test('behavior: an order that rests makes a row of its side alone', async () => {
    await venue.post(ORDER, { ...limitBuy, positionSide: 'LONG' })
    expect(await amounts()).toEqual([['LONG', '0.000']])
  })

  test.each<[string, Words, number, string?]>([
    ['no position side', marketBuy, -4061, "Order's position side does not match user's setting."],
    ['the side of one-way mode', { ...marketBuy, positionSide: 'BOTH' }, -4061],
    [
      'reduceOnly',
      { ...closeLong, reduceOnly: 'true' },
      -1106,
      "Parameter 'reduceonly' sent when not required.",
    ],
    ['(row 11) reduceOnly, even when false', { ...openLong, reduceOnly: 'false' }, -1106],
    ['closing while flat', closeLong, -2022],
    ['closing the other side', closeShort, -2022],
    ['closing the other side with a limit', { ...limitBuy, positionSide: 'SHORT' }, -2022],
  ])('error: %s', async (_name, words, code, msg) => {
    const answer = await venue.post(ORDER, words)
    expect(answer).toMatchObject({ status: 400, body: { code, ...(msg && { msg }) } })
    expect(await amounts()).toEqual([])
  })

  test('error: closing more than the position is refused, not cut', async () => {
    await venue.post(ORDER, openLong)
    expect(await codeOf(ORDER, { ...closeLong, quantity: '0.011' })).toBe(-2022)
    expect(await amounts()).toEqual([['LONG', '0.010']])
  })

  test('behavior: closing orders that rank before use the position up, others give way', async () => {
    await venue.post(ORDER, openLong)
    const rest: Words = {
      ...limitBuy,
      side: 'SELL',
      positionSide: 'LONG',
      quantity: '0.006',
      price: '61000',
    }
    const first = await venue.post(ORDER, rest)
    expect(await codeOf(ORDER, { ...rest, price: '61500' })).toBe(-2022)
    expect((await venue.post(ORDER, { ...rest, price: '60500' })).body).toMatchObject({
      origQty: '0.006',
    })
    const orderId = first.json.at('orderId').number()
    expect((await venue.get(ORDER, { symbol: 'BTCUSDT', orderId })).body).toMatchObject({
      status: 'EXPIRED',
      positionSide: 'LONG',
    })
  })

  test('behavior: a closing order is exempt from the minimum notional', async () => {
    await venue.post(ORDER, openLong)
    const small = { ...closeLong, symbol: 'BTCUSDT', quantity: '0.001' }
    await venue.setPrice(40_000)
    expect((await venue.post(ORDER, small)).status).toBe(200)
    expect(await codeOf(ORDER, { ...openLong, quantity: '0.001' })).toBe(-4164)
  })

  test('behavior: batch elements carry their side, and fail each for itself', async () => {
    const elements = [
      { ...openLong, newOrderRespType: 'RESULT' },
      marketBuy,
      { ...openShort, reduceOnly: true },
      openShort,
    ]
    const { body } = await venue.post('/fapi/v1/batchOrders', {
      batchOrders: JSON.stringify(elements),
    })
    expect(body).toMatchObject([
      { positionSide: 'LONG', status: 'FILLED' },
      { code: -4061 },
      { code: -1106 },
      { positionSide: 'SHORT', status: 'FILLED' },
    ])
  })

  test('behavior: amending needs no position side and keeps it', async () => {
    await venue.post(ORDER, { ...limitBuy, positionSide: 'LONG', newClientOrderId: 'a' })
    const words = { symbol: 'BTCUSDT', side: 'BUY', origClientOrderId: 'a' }
    expect(
      (await venue.put(ORDER, { ...words, quantity: '0.020', price: '58000' })).body,
    ).toMatchObject({ positionSide: 'LONG', origQty: '0.020', price: '58000.00' })
  })

  test('behavior: the cap of a leverage is on each side alone', async () => {
    await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 125 })
    const most = { ...openLong, quantity: '4.9' }
    expect((await venue.post(ORDER, most)).status).toBe(200)
    expect(await codeOf(ORDER, { ...openLong, quantity: '0.2' })).toBe(-2027)
    expect((await venue.post(ORDER, { ...openShort, quantity: '4.9' })).status).toBe(200)
  })
})

test('error: (row 11) one-way mode has no LONG and no SHORT', async () => {
  expect(await codeOf(ORDER, openLong)).toBe(-4061)
  expect(await codeOf(ALGO, stopLong)).toBe(-4061)
  expect((await venue.post(ORDER, { ...marketBuy, positionSide: 'BOTH' })).status).toBe(200)
})

describe('conditional orders', () => {
  beforeEach(hedge)

  test('default: a stop of each side, which closes that side alone', async () => {
    await venue.post(ORDER, openLong)
    await venue.post(ORDER, openShort)
    expect((await venue.post(ALGO, stopLong)).body).toMatchObject({
      positionSide: 'LONG',
      reduceOnly: true,
    })
    await venue.setPrice(57_900)
    expect(await amounts()).toEqual([['SHORT', '-0.004']])
    const { json } = await venue.get('/fapi/v1/allOrders', { symbol: 'BTCUSDT' })
    expect(json.items().at(-1)?.value).toMatchObject({
      positionSide: 'LONG',
      reduceOnly: true,
      status: 'FILLED',
      origType: 'STOP_MARKET',
    })
  })

  test('behavior: closePosition by side, one stop and one take-profit each', async () => {
    await venue.post(ORDER, openLong)
    await venue.post(ORDER, openShort)
    const closing = (words: Words): Words => ({
      ...without(stopLong, 'quantity'),
      closePosition: 'true',
      ...words,
    })
    const short = { side: 'BUY', positionSide: 'SHORT', triggerPrice: '62000' }
    expect((await venue.post(ALGO, closing({}))).body).toMatchObject({
      positionSide: 'LONG',
      closePosition: true,
      quantity: '0',
    })
    expect((await venue.post(ALGO, closing(short))).status).toBe(200)
    expect(await codeOf(ALGO, closing({ triggerPrice: '57000' }))).toBe(-4130)
    expect(await codeOf(ALGO, closing({ side: 'BUY', triggerPrice: '62000' }))).toBe(-1106)
    expect(await codeOf(ALGO, closing({ positionSide: 'SHORT' }))).toBe(-1106)
    await venue.post(ORDER, closeShort)
    const open = await venue.get('/fapi/v1/openAlgoOrders')
    expect(open.body).toMatchObject([{ positionSide: 'LONG', closePosition: true }])
  })

  test('behavior: a stop may open, a trailing one may close', async () => {
    const opening = { ...stopLong, side: 'BUY', triggerPrice: '61000' }
    expect((await venue.post(ALGO, opening)).body).toMatchObject({ reduceOnly: false })
    await venue.setPrice(61_000)
    expect(await amounts()).toEqual([['LONG', '0.010']])
    const trailing = {
      ...without(stopLong, 'triggerPrice'),
      type: 'TRAILING_STOP_MARKET',
      callbackRate: '1',
    }
    expect((await venue.post(ALGO, trailing)).body).toMatchObject({ positionSide: 'LONG' })
    await venue.setPrice(62_000)
    await venue.setPrice(61_300)
    expect(await amounts()).toEqual([])
  })

  test('behavior: more than its side has is cut when it triggers', async () => {
    await venue.post(ORDER, openLong)
    await venue.post(ALGO, { ...stopLong, quantity: '0.050', clientAlgoId: 'sl' })
    await venue.setPrice(57_900)
    expect((await venue.get(ALGO, { clientAlgoId: 'sl' })).body).toMatchObject({
      algoStatus: 'FINISHED',
      actualQty: '0.010',
    })
    expect(await amounts()).toEqual([])
  })

  test.each<[string, Words, number]>([
    ['no position side', without(stopLong, 'positionSide'), -4061],
    ['reduceOnly', { ...stopLong, reduceOnly: 'true' }, -1106],
    ['reduceOnly, even when false', { ...stopLong, reduceOnly: 'false' }, -1106],
    [
      'closePosition of a side that is flat',
      { ...without(stopLong, 'quantity'), closePosition: 'true' },
      -4509,
    ],
    ['GTE_GTC of a side that is flat', { ...stopLong, timeInForce: 'GTE_GTC' }, -4509],
  ])('error: %s', async (_name, words, code) => {
    await venue.post(ORDER, openShort)
    expect(await venue.post(ALGO, words)).toMatchObject({ status: 400, body: { code } })
    expect((await venue.get('/fapi/v1/openAlgoOrders')).body).toEqual([])
  })

  test('behavior: while its side is flat a stop waits, and is REJECTED when it triggers', async () => {
    await venue.post(ALGO, { ...stopLong, clientAlgoId: 'sl' })
    await venue.setPrice(57_900)
    expect((await venue.get(ALGO, { clientAlgoId: 'sl' })).body).toMatchObject({
      algoStatus: 'REJECTED',
      actualOrderId: '',
    })
    expect(await amounts()).toEqual([])
  })
})

test('behavior: a liquidation says which side it closed', async () => {
  await hedge()
  await venue.post(ORDER, openLong)
  await venue.post(ORDER, openShort)
  await venue.simulator.control.liquidate({ venue: 'binance', symbol: 'BTCUSDT' })
  const { json } = await venue.get('/fapi/v1/forceOrders')
  const shown = json
    .items()
    .map((row) => [row.at('side').string(), row.at('positionSide').string()])
  expect(shown).toEqual([
    ['SELL', 'LONG'],
    ['BUY', 'SHORT'],
  ])
  expect(await amounts()).toEqual([])
})
