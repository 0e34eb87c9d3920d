import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { marketBuy, openStand, type Stand, stopSell } from './wire.fixture.ts'

// docs/wire/binance.md 4.1 (brackets, symbol settings) and 4.3.

let venue: Stand
let expectedLedger: string[] = []
beforeEach(() => {
  venue = openStand()
  expectedLedger = []
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual(expectedLedger)
})

describe('settings', () => {
  test('default: leverage is set and read', async () => {
    const set = { symbol: 'BTCUSDT', leverage: 10 }
    expect((await venue.post('/fapi/v1/leverage', set)).body).toEqual({
      leverage: 10,
      maxNotionalValue: '210000000',
      symbol: 'BTCUSDT',
    })
    expect((await venue.post('/fapi/v1/leverage', set)).status).toBe(200)
    expect((await venue.get('/fapi/v1/symbolConfig', { symbol: 'BTCUSDT' })).body).toEqual([
      {
        symbol: 'BTCUSDT',
        marginType: 'CROSSED',
        isAutoAddMargin: false,
        leverage: 10,
        maxNotionalValue: '210000000',
      },
    ])
    expect((await venue.get('/fapi/v1/symbolConfig')).json.items()).toHaveLength(5)
  })

  test.each([
    [0, -4028],
    [126, -4028],
    ['1.5', -1100],
    ['ten', -1100],
  ])('error: leverage %s', async (leverage, code) => {
    expect(await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage })).toMatchObject({
      status: 400,
      body: { code },
    })
  })

  test('error: a leverage that the position or the margin does not allow', async () => {
    await venue.post('/fapi/v1/order', { ...marketBuy, quantity: '10' })
    const lower = { symbol: 'BTCUSDT', leverage: 2 }
    expect((await venue.post('/fapi/v1/leverage', lower)).body).toMatchObject({ code: -2028 })
    const higher = { symbol: 'BTCUSDT', leverage: 125 }
    expect((await venue.post('/fapi/v1/leverage', higher)).body).toMatchObject({ code: -2027 })
  })

  test('default: brackets are numbers, the first has the highest leverage', async () => {
    const { body, json } = await venue.get('/fapi/v1/leverageBracket', { symbol: 'BTCUSDT' })
    expect(json.items()).toHaveLength(1)
    expect(body).toMatchObject([
      {
        symbol: 'BTCUSDT',
        brackets: [
          {
            bracket: 1,
            initialLeverage: 125,
            notionalCap: 300_000,
            notionalFloor: 0,
            maintMarginRatio: 0.004,
            cum: 0,
          },
          { bracket: 2, initialLeverage: 100, notionalFloor: 300_000 },
          ...Array.from({ length: 10 }, () => ({ cum: 0 })),
        ],
      },
    ])
    expect((await venue.get('/fapi/v1/leverageBracket')).json.items()).toHaveLength(5)
  })

  const CROSSED = { symbol: 'BTCUSDT', marginType: 'CROSSED' }
  const ISOLATED = { symbol: 'BTCUSDT', marginType: 'ISOLATED' }

  test('behavior: what is so already needs no change', async () => {
    expect(await venue.post('/fapi/v1/marginType', CROSSED)).toMatchObject({
      status: 400,
      body: { code: -4046, msg: 'No need to change margin type.' },
    })
    const oneWay = { dualSidePosition: 'false' }
    expect(await venue.post('/fapi/v1/positionSide/dual', oneWay)).toMatchObject({
      status: 400,
      body: { code: -4059, msg: 'No need to change position side.' },
    })
    const single = { multiAssetsMargin: 'false' }
    expect((await venue.post('/fapi/v1/multiAssetsMargin', single)).body).toMatchObject({
      code: -4171,
    })
  })

  test('error: what is open blocks the modes, orders before positions; multi-assets never is', async () => {
    const hedge = { dualSidePosition: 'true' }
    const codes = async (): Promise<unknown[]> => [
      Object((await venue.post('/fapi/v1/marginType', ISOLATED)).body).code,
      Object((await venue.post('/fapi/v1/positionSide/dual', hedge)).body).code,
    ]
    await venue.post('/fapi/v1/order', marketBuy)
    expect(await codes()).toEqual([-4048, -4068])
    await venue.post('/fapi/v1/algoOrder', stopSell)
    expect(await codes()).toEqual([-4047, -4067])
    const multi = { multiAssetsMargin: 'true' }
    expect((await venue.post('/fapi/v1/multiAssetsMargin', multi)).body).toMatchObject({
      code: -1020,
    })
  })

  test('error: a margin type that does not exist', async () => {
    const words = { symbol: 'BTCUSDT', marginType: 'CROSS' }
    expect((await venue.post('/fapi/v1/marginType', words)).body).toMatchObject({ code: -1130 })
    expectedLedger = ['value marginType']
  })
})
