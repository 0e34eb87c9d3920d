import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limitBuy, marketBuy, openStand, type Stand, type Words, without } from './wire.fixture.ts'

// What a plain order is refused with: docs/wire/binance.md 4.4 and 4.7.

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

async function expectRefused(words: Words, code: number, msg?: string): Promise<void> {
  expect(await venue.post('/fapi/v1/order', words)).toMatchObject({
    status: 400,
    body: { code, ...(msg !== undefined && { msg }) },
  })
  expect((await venue.get('/fapi/v1/allOrders')).body).toEqual([])
}

describe('combinations', () => {
  test.each<[string, Words, number, string?]>([
    ['no quantity', without(limitBuy, 'quantity'), -1102],
    [
      'a limit without a price',
      without(limitBuy, 'price'),
      -1102,
      "Mandatory parameter 'price' was not sent, was empty/null, or malformed.",
    ],
    ['a limit without timeInForce', without(limitBuy, 'timeInForce'), -1102],
    [
      'a limit with an empty price',
      { ...limitBuy, price: '' },
      -1105,
      "Parameter 'price' was empty.",
    ],
    [
      'a market order with a price',
      { ...marketBuy, price: '60000' },
      -1106,
      "Parameter 'price' sent when not required.",
    ],
    [
      'a market order with timeInForce',
      { ...marketBuy, timeInForce: 'GTC' },
      -1114,
      'TimeInForce parameter sent when not required.',
    ],
    ['a price and priceMatch', { ...limitBuy, priceMatch: 'QUEUE' }, -1106],
    ['a market order with priceMatch', { ...marketBuy, priceMatch: 'QUEUE' }, -5038],
    ['a side of hedge mode', { ...limitBuy, positionSide: 'LONG' }, -4061],
  ])('error: %s', async (_name, words, code, msg) => {
    await expectRefused(words, code, msg)
  })

  // Names this endpoint took until conditional orders moved: known, and no matter for the ledger.
  const ofConditionals = {
    stopPrice: '58000',
    closePosition: 'false',
    workingType: 'MARK_PRICE',
    priceProtect: 'false',
    callbackRate: '1',
    activationPrice: '61000',
  }

  test.each(['STOP_MARKET', 'TAKE_PROFIT', 'TRAILING_STOP_MARKET'])(
    'error: (row 1) %s belongs to the algo service',
    async (type) => {
      await expectRefused(
        { ...marketBuy, type, ...ofConditionals },
        -4120,
        'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
      )
    },
  )
})

describe('words', () => {
  test.each<[string, string, number]>([
    ['side', 'buy', -1117],
    ['type', 'MARKET_IF_TOUCHED', -1116],
    ['timeInForce', 'GTT', -1115],
    ['timeInForce', 'GTD', -1115],
    ['positionSide', 'BUTH', -4060],
    ['newOrderRespType', 'FULL', -1136],
    ['priceMatch', 'OPPONENT_10', -5037],
    ['selfTradePreventionMode', 'CANCEL', -5039],
    ['reduceOnly', 'yes', -1130],
  ])('error: %s %s is refused and told to the ledger', async (name, word, code) => {
    await expectRefused({ ...limitBuy, [name]: word }, code)
    expectedLedger = [`value ${name}`]
  })
})

describe('decimals and filters', () => {
  test.each<[string, Words, number, string?]>([
    ['an exponent', { quantity: '1e-2' }, -1100],
    ['a sign', { quantity: '-0.010' }, -1100],
    [
      'a fourth decimal',
      { quantity: '0.0105' },
      -1111,
      'Precision is over the maximum defined for this asset.',
    ],
    ['a third decimal of the price', { price: '59000.123' }, -1111],
    ['off the tick', { price: '59000.01' }, -4014, 'Price not increased by tick size.'],
    ['nothing', { quantity: '0.000' }, -4003],
    ['too much', { quantity: '1000.001' }, -4005, 'Quantity greater than max quantity.'],
    ['a price of 0', { price: '0' }, -4001],
    ['a price above the maximum', { price: '4529764.1' }, -4002],
    ['a price below the minimum', { price: '556.7' }, -4013, 'Price less than min price.'],
    ['above the band', { price: '63000.1' }, -4016, "Limit price can't be higher than 63000.00."],
    [
      'a sale below the band',
      { side: 'SELL', price: '56999.9' },
      -4024,
      "Limit price can't be lower than 57000.00.",
    ],
    [
      'a notional under the minimum',
      { price: '40000', quantity: '0.001' },
      -4164,
      "Order's notional must be no smaller than 50 (unless you choose reduce only).",
    ],
    ['more than the margin carries', { quantity: '1000' }, -2019],
  ])('error: %s', async (_name, words, code, msg) => {
    await expectRefused({ ...limitBuy, ...words }, code, msg)
  })

  test('args: zeros at the end do not count, far prices on the good side do not matter', async () => {
    for (const words of [
      { quantity: '0.01000000' },
      { price: '59000.10000' },
      { price: '30000' },
      { price: '63000.0' },
      { side: 'SELL', price: '90000' },
    ]) {
      expect(await venue.post('/fapi/v1/order', { ...limitBuy, ...words })).toMatchObject({
        status: 200,
      })
    }
  })

  test('error: (row 17) off the step where the precision would allow it', async () => {
    const words = { ...limitBuy, symbol: 'SOLUSDT', price: '150', quantity: '0.105' }
    await expectRefused(words, -1111)
    await expectRefused({ ...words, quantity: '0.10', price: '149.995' }, -4014)
  })

  test('error: (row 18) the maximum of a market order is smaller', async () => {
    await expectRefused({ ...marketBuy, quantity: '120.001' }, -4005)
  })

  test('error: a market order is held to the minimum at the mark price', async () => {
    await venue.setPrice(49_900)
    await expectRefused({ ...marketBuy, quantity: '0.001' }, -4164)
  })
})

describe('what only the engine can tell', () => {
  test('error: no margin for it', async () => {
    await expectRefused({ ...marketBuy, quantity: '40' }, -2019, 'Margin is insufficient.')
  })

  test('error: beyond the position that the leverage allows', async () => {
    await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 125 })
    await expectRefused({ ...marketBuy, quantity: '5.001' }, -2027)
  })

  test('behavior: that limit is on the position that would be, whichever side it is', async () => {
    await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 125 })
    const sell = { ...marketBuy, side: 'SELL', quantity: '4.9' }
    expect((await venue.post('/fapi/v1/order', sell)).status).toBe(200)
    expect((await venue.post('/fapi/v1/order', sell)).body).toMatchObject({ code: -2027 })
    const turn = { ...marketBuy, quantity: '9.8' }
    expect((await venue.post('/fapi/v1/order', turn)).status).toBe(200)
  })

  test('error: post-only that would take, fill-or-kill that cannot fill', async () => {
    await expectRefused({ ...limitBuy, timeInForce: 'GTX', price: '60100' }, -5022)
    await expectRefused({ ...limitBuy, timeInForce: 'FOK' }, -5021)
  })

  test('error: the market is closed', async () => {
    await venue.simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    await expectRefused(limitBuy, -4141)
  })

  test('error: more than 200 open orders of a symbol', async () => {
    for (let i = 0; i < 200; i++)
      await venue.post('/fapi/v1/order', { ...limitBuy, quantity: '0.001' })
    expect(await venue.post('/fapi/v1/order', limitBuy)).toMatchObject({
      status: 400,
      body: { code: -2025, msg: 'Reach max open order limit.' },
    })
  })

  test('behavior: a market order beyond the depth of the band ends EXPIRED with what it got', async () => {
    const rich = { venue: 'binance', balance: '100000000' } as const
    venue.credentials = await venue.simulator.control.createAccount(rich)
    const large = { ...marketBuy, quantity: '120' }
    expect((await venue.post('/fapi/v1/order', large)).body).toMatchObject({ status: 'FILLED' })
    const { body, json } = await venue.post('/fapi/v1/order', large)
    expect(body).toMatchObject({ status: 'EXPIRED', origQty: '120.000' })
    const executed = Number(json.at('executedQty').string())
    expect(executed).toBeGreaterThan(0)
    expect(executed).toBeLessThan(120)
    expect(await venue.post('/fapi/v1/order', large)).toMatchObject({ body: { code: -4131 } })
  })
})
