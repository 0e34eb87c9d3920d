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
} from './wire.fixture.ts'

// Histories: docs/wire/binance.md 4.5, 4.6 and 4.7 (history windows).

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

const DAY = 86_400_000
const ORDER = '/fapi/v1/order'

const pass = (ms: number): Promise<unknown> => venue.simulator.control.advance({ ms })

async function idsOf(path: string, name: string, words: Words): Promise<number[]> {
  const { json } = await venue.get(path, { symbol: 'BTCUSDT', ...words })
  return json.items().map((row) => row.at(name).number())
}

describe('windows and ids', () => {
  const lists: [path: string, id: string, make: () => Promise<unknown>][] = [
    ['/fapi/v1/allOrders', 'orderId', () => venue.post(ORDER, marketBuy)],
    ['/fapi/v1/allAlgoOrders', 'algoId', () => venue.post('/fapi/v1/algoOrder', stopSell)],
    ['/fapi/v1/userTrades', 'id', () => venue.post(ORDER, marketBuy)],
  ]

  test.each(lists)('behavior: %s', async (path, name, make) => {
    const list = (words: Words): Promise<number[]> => idsOf(path, name, words)
    const cursor = name === 'id' ? 'fromId' : name
    for (let i = 0; i < 3; i++) {
      await make()
      await pass(4 * DAY)
    }
    // Made on days 0, 4 and 8; now it is day 12.
    const all = await list({ [cursor]: 1 })
    expect(all).toHaveLength(3)
    const [first = 0, second = 0, third = 0] = all
    expect(all).toEqual([first, second, third].sort((a, b) => a - b))
    expect(await list({})).toEqual([third])
    expect(await list({ startTime: START })).toEqual([first, second])
    expect(await list({ endTime: START + 8 * DAY })).toEqual([second, third])
    expect(await list({ startTime: START, endTime: START + 4 * DAY, limit: 1 })).toEqual([first])
    expect(await list({ endTime: START + 8 * DAY, limit: 1 })).toEqual([third])
    expect(await list({ [cursor]: second })).toEqual([second, third])
    expect(await list({ [cursor]: first, limit: 2 })).toEqual([first, second])
    const tooLong = await venue.get(path, {
      symbol: 'BTCUSDT',
      startTime: START,
      endTime: START + 7 * DAY + 1,
    })
    expect(tooLong.body).toMatchObject({ code: -4165 })
    await pass(90 * DAY)
    const isOpenStill = path.includes('Algo')
    expect(await list({ [cursor]: 1 })).toEqual(isOpenStill ? all : [])
  })

  test('behavior: an id and times narrow each other', async () => {
    await venue.post(ORDER, marketBuy)
    await pass(DAY)
    await venue.post(ORDER, marketBuy)
    const [first = 0] = await idsOf('/fapi/v1/allOrders', 'orderId', {})
    const words = { orderId: first, endTime: START }
    expect(await idsOf('/fapi/v1/allOrders', 'orderId', words)).toEqual([first])
    const later = { orderId: first, startTime: START + 1 }
    expect(await idsOf('/fapi/v1/userTrades', 'id', later)).toEqual([])
  })

  test('behavior: trades of an old order need no times', async () => {
    const { json } = await venue.post(ORDER, marketBuy)
    await pass(30 * DAY)
    const orderId = json.at('orderId').number()
    expect(await idsOf('/fapi/v1/userTrades', 'orderId', { orderId })).toEqual([orderId])
    expect(await idsOf('/fapi/v1/userTrades', 'orderId', {})).toEqual([])
  })

  test('behavior: an ended algo order is forgotten after 90 days', async () => {
    const { json } = await venue.post('/fapi/v1/algoOrder', stopSell)
    const algoId = json.at('algoId').number()
    await venue.remove('/fapi/v1/algoOrder', { algoId })
    const list = (): Promise<number[]> => idsOf('/fapi/v1/allAlgoOrders', 'algoId', { algoId })
    await pass(90 * DAY)
    expect(await list()).toEqual([algoId])
    await pass(1)
    expect(await list()).toEqual([])
  })
})

describe('amendments', () => {
  const PATH = '/fapi/v1/orderAmendment'
  const named: Words = { symbol: 'BTCUSDT', origClientOrderId: 'a' }
  const amend = (words: Words): Promise<unknown> =>
    venue.put(ORDER, { ...named, side: 'BUY', quantity: '0.010', ...words })

  beforeEach(async () => {
    await venue.post(ORDER, { ...limitBuy, newClientOrderId: 'a' })
  })

  test('default: newest first, each with what it was and what it became', async () => {
    expect((await venue.get(PATH, named)).body).toEqual([])
    await amend({ price: '58000', modifyId: 7 })
    await pass(1_000)
    await amend({ price: '58000', quantity: '0.020' })
    const { body } = await venue.get(PATH, named)
    const shared = {
      amendmentId: expect.any(Number),
      symbol: 'BTCUSDT',
      pair: 'BTCUSDT',
      orderId: 4_000_000_001,
      clientOrderId: 'a',
      priceMatch: 'NONE',
    }
    const older = {
      ...shared,
      time: START,
      amendment: {
        price: { before: '59000.00', after: '58000.00' },
        origQty: { before: '0.010', after: '0.010' },
        count: 1,
      },
      modifyId: 7,
    }
    const newer = {
      ...shared,
      time: START + 1_000,
      amendment: {
        price: { before: '58000.00', after: '58000.00' },
        origQty: { before: '0.010', after: '0.020' },
        count: 2,
      },
    }
    expect(body).toEqual([newer, older])
    expect((await venue.get(PATH, { ...named, limit: 1 })).body).toEqual([newer])
    expect((await venue.get(PATH, { ...named, endTime: START })).body).toEqual([older])
    expect((await venue.get(PATH, { ...named, startTime: START + 1 })).body).toEqual([newer])
  })

  test('behavior: a refused amendment leaves no trace', async () => {
    await amend({ price: '59000.00' })
    await amend({ price: '1' })
    expect((await venue.get(PATH, named)).body).toEqual([])
  })

  test.each<[string, Words, number]>([
    ['no order named', { symbol: 'BTCUSDT' }, -1102],
    ['an order that never was', { symbol: 'BTCUSDT', orderId: 1 }, -2013],
    ['a limit above 100', { ...named, limit: 101 }, -1130],
  ])('error: %s', async (_name, words, code) => {
    expect((await venue.get(PATH, words)).body).toMatchObject({ code })
  })
})

describe('own liquidations', () => {
  const PATH = '/fapi/v1/forceOrders'

  test('default: (row 38) an order that the account never sent', async () => {
    expect((await venue.get(PATH)).body).toEqual([])
    await venue.post(ORDER, marketBuy)
    await venue.simulator.control.liquidate({ venue: 'binance', symbol: 'BTCUSDT' })
    const { body } = await venue.get(PATH, { symbol: 'BTCUSDT', autoCloseType: 'LIQUIDATION' })
    const sample = JSON.parse(
      '[{"orderId":1,"symbol":"","status":"","clientOrderId":"","price":"","avgPrice":"","origQty":"","executedQty":"","cumQuote":"","timeInForce":"IOC","type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"SELL","positionSide":"BOTH","stopPrice":"0","workingType":"","origType":"LIMIT","time":1,"updateTime":1}]',
    )
    expect(kindsOf(body)).toEqual(kindsOf(sample))
    expect(body).toMatchObject([
      { clientOrderId: `autoclose-${START}`, status: 'FILLED', type: 'LIMIT', timeInForce: 'IOC' },
    ])
    expect((await venue.get(PATH, { autoCloseType: 'ADL' })).body).toEqual([])
    expect((await venue.get(PATH, { symbol: 'ETHUSDT' })).body).toEqual([])
  })

  test('error: a type that does not exist', async () => {
    const { body } = await venue.get(PATH, { autoCloseType: 'MARGIN' })
    expect(body).toMatchObject({ code: -1130 })
    expectedLedger = ['value autoCloseType']
  })
})

describe('an order that is only tried', () => {
  const TEST = '/fapi/v1/order/test'

  test('default: the answer of an order, and no order', async () => {
    const placed = await venue.post(ORDER, limitBuy)
    const tried = await venue.post(TEST, { ...limitBuy, newClientOrderId: 't' })
    expect(kindsOf(tried.body)).toEqual(kindsOf(placed.body))
    expect(tried.body).toMatchObject({ orderId: 0, clientOrderId: 't', status: 'NEW' })
    expect((await venue.get('/fapi/v1/openOrders')).json.items()).toHaveLength(1)
  })

  test.each<[string, Words, number]>([
    ['a price off the tick', { ...limitBuy, price: '59000.05' }, -4014],
    ['a conditional type', { ...limitBuy, type: 'STOP_MARKET', stopPrice: '58000' }, -4120],
    ['a side of hedge mode', { ...limitBuy, positionSide: 'LONG' }, -4061],
    ['no symbol', { side: 'BUY', type: 'MARKET' }, -1102],
  ])('error: %s', async (_name, words, code) => {
    expect((await venue.post(TEST, words)).body).toMatchObject({ code })
  })
})
