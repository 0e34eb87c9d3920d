import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  limitBuy,
  marketBuy,
  openStand,
  START,
  type Stand,
  stopSell,
  type Words,
} from './wire.fixture.ts'

// Isolated margin: docs/wire/binance.md 4.1 to 4.3, and 9 row 21.

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
const MARGIN = '/fapi/v1/positionMargin'
const TYPE = '/fapi/v1/marginType'
const ISOLATED = { symbol: 'BTCUSDT', marginType: 'ISOLATED' }
const CROSSED = { symbol: 'BTCUSDT', marginType: 'CROSSED' }

async function isolate(): Promise<void> {
  expect((await venue.post(TYPE, ISOLATED)).body).toEqual({ code: 200, msg: 'success' })
}

const codeOf = async (path: string, words: Words): Promise<unknown> =>
  Object((await venue.post(path, words)).body).code

const risk = async (): Promise<Record<string, unknown>> =>
  Object((await venue.get('/fapi/v3/positionRisk')).json.at(0).value)

describe('margin type', () => {
  test('default: of one symbol, and back again', async () => {
    await isolate()
    const typeOf = async (symbol: string): Promise<unknown> =>
      (await venue.get('/fapi/v1/symbolConfig', { symbol })).json.at(0).at('marginType').string()
    expect(await typeOf('BTCUSDT')).toBe('ISOLATED')
    expect(await typeOf('ETHUSDT')).toBe('CROSSED')
    expect((await venue.post(TYPE, CROSSED)).status).toBe(200)
    expect(await typeOf('BTCUSDT')).toBe('CROSSED')
  })

  test('error: (row 21) as it is already', async () => {
    await isolate()
    expect(await codeOf(TYPE, ISOLATED)).toBe(-4046)
  })

  test.each<[string, string, Words, number]>([
    ['an open order', ORDER, limitBuy, -4047],
    ['an untriggered algo order', '/fapi/v1/algoOrder', stopSell, -4047],
    ['a position', ORDER, marketBuy, -4048],
  ])('error: (row 21) blocked by %s, other symbols are not', async (_name, path, words, code) => {
    await venue.post(path, words)
    expect(await codeOf(TYPE, ISOLATED)).toBe(code)
    expect((await venue.post(TYPE, { ...ISOLATED, symbol: 'ETHUSDT' })).status).toBe(200)
  })

  test('behavior: the leverage of a symbol is the same in both', async () => {
    await venue.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 7 })
    await isolate()
    const { body } = await venue.get('/fapi/v1/symbolConfig', { symbol: 'BTCUSDT' })
    expect(body).toMatchObject([{ leverage: 7, marginType: 'ISOLATED' }])
  })
})

describe('positions', () => {
  beforeEach(isolate)

  test('default: margin, wallet and liquidation price are those of the position', async () => {
    await venue.post(ORDER, marketBuy)
    await venue.setPrice(61_000)
    const row = await risk()
    const entry = Number(row.entryPrice)
    expect(Number(row.isolatedWallet)).toBeCloseTo((entry * 0.01) / 20, 6)
    expect(Number(row.isolatedMargin)).toBeCloseTo(
      Number(row.isolatedWallet) + Number(row.unRealizedProfit),
      8,
    )
    // Where wallet and loss leave just the maintenance margin: 0.4 % of the notional.
    expect(Number(row.liquidationPrice)).toBeCloseTo((entry * 0.95) / 0.996, 0)
    expect((await venue.get('/fapi/v2/positionRisk', { symbol: 'BTCUSDT' })).body).toMatchObject([
      { marginType: 'isolated', isolatedWallet: row.isolatedWallet },
    ])
  })

  test('behavior: what is put aside is no longer in the cross wallet', async () => {
    await venue.post(ORDER, marketBuy)
    await venue.setPrice(61_000)
    const { isolatedWallet } = await risk()
    const { json } = await venue.get('/fapi/v3/account')
    const figure = (name: string): number => Number(json.at(name).string())
    expect(figure('totalCrossWalletBalance')).toBeCloseTo(
      figure('totalWalletBalance') - Number(isolatedWallet),
      8,
    )
    expect(figure('totalCrossUnPnl')).toBe(0)
    expect(figure('totalUnrealizedProfit')).toBeCloseTo(9.999, 3)
    expect(figure('availableBalance')).toBeCloseTo(figure('totalCrossWalletBalance'), 8)
    expect(figure('maxWithdrawAmount')).toBeCloseTo(figure('totalCrossWalletBalance'), 8)
    expect(json.at('positions').at(0).at('isolatedWallet').string()).toBe(isolatedWallet)
    const old = await venue.get('/fapi/v2/account')
    expect(old.json.at('positions').at(0).value).toMatchObject({ isolated: true })
  })

  test('behavior: leverage may rise, not fall', async () => {
    await venue.post(ORDER, marketBuy)
    const to = (leverage: number): Words => ({ symbol: 'BTCUSDT', leverage })
    expect(await codeOf('/fapi/v1/leverage', to(10))).toBe(-4161)
    expect((await venue.post('/fapi/v1/leverage', to(20))).status).toBe(200)
    expect((await venue.post('/fapi/v1/leverage', to(40))).status).toBe(200)
    await venue.post(ORDER, { ...marketBuy, side: 'SELL', reduceOnly: 'true' })
    expect((await venue.post('/fapi/v1/leverage', to(10))).status).toBe(200)
  })

  test('behavior: liquidation takes the margin of the position and no more', async () => {
    await venue.post(ORDER, { ...marketBuy, quantity: '1' })
    const { isolatedWallet } = await risk()
    const before = await venue.get('/fapi/v3/account')
    await venue.setPrice(56_000)
    expect((await venue.get('/fapi/v3/positionRisk')).body).toEqual([])
    const after = await venue.get('/fapi/v3/account')
    const lost =
      Number(before.json.at('totalWalletBalance').string()) -
      Number(after.json.at('totalWalletBalance').string())
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBeLessThanOrEqual(Number(isolatedWallet) + 1e-8)
  })
})

describe('adding margin', () => {
  const add: Words = { symbol: 'BTCUSDT', type: 1, amount: '100.5' }

  test('default: added and taken back, with its history', async () => {
    await isolate()
    await venue.post(ORDER, marketBuy)
    const wallet = Number((await risk()).isolatedWallet)
    expect((await venue.post(MARGIN, add)).body).toEqual({
      amount: 100.5,
      code: 200,
      msg: 'Successfully modify position margin.',
      type: 1,
    })
    expect(Number((await risk()).isolatedWallet)).toBeCloseTo(wallet + 100.5, 8)
    await venue.simulator.control.advance({ ms: 1_000 })
    expect((await venue.post(MARGIN, { ...add, type: 2, amount: '50' })).status).toBe(200)
    const shared = { symbol: 'BTCUSDT', deltaType: 'USER_ADJUST', asset: 'USDT' }
    const added = { ...shared, type: 1, amount: '100.50000000', time: START, positionSide: 'BOTH' }
    const taken = { ...added, type: 2, amount: '50.00000000', time: START + 1_000 }
    const history = async (words: Words): Promise<unknown> =>
      (await venue.get(`${MARGIN}/history`, { symbol: 'BTCUSDT', ...words })).body
    expect(await history({})).toEqual([added, taken])
    expect(await history({ type: 2 })).toEqual([taken])
    expect(await history({ limit: 1 })).toEqual([taken])
    expect(await history({ startTime: START, limit: 1 })).toEqual([added])
    expect(await history({ endTime: START })).toEqual([added])
    expect(await history({ symbol: 'ETHUSDT' })).toEqual([])
  })

  test.each<[string, Words, number]>([
    ['more than is free', { ...add, amount: '100000' }, -4050],
    ['taking what the position needs', { ...add, type: 2, amount: '30' }, -4051],
    ['nothing', { ...add, amount: '0' }, -4055],
    ['more than eight places', { ...add, amount: '0.000000001' }, -1111],
    ['a sign', { ...add, amount: '-1' }, -1100],
    ['a side of hedge mode', { ...add, positionSide: 'LONG' }, -4061],
    ['no position', { ...add, symbol: 'ETHUSDT' }, -4054],
    ['a cross symbol', { ...add, symbol: 'SOLUSDT' }, -4049],
  ])('error: %s', async (_name, words, code) => {
    await isolate()
    await venue.post(TYPE, { ...ISOLATED, symbol: 'ETHUSDT' })
    await venue.post(ORDER, marketBuy)
    const { isolatedWallet } = await risk()
    expect(await venue.post(MARGIN, words)).toMatchObject({ status: 400, body: { code } })
    expect((await risk()).isolatedWallet).toBe(isolatedWallet)
  })

  test('error: a type that does not exist is told to the ledger', async () => {
    expect(await codeOf(MARGIN, { ...add, type: 0 })).toBe(-1130)
    expectedLedger = ['value type']
  })

  test('behavior: in hedge mode the side says which position', async () => {
    await isolate()
    await venue.post('/fapi/v1/positionSide/dual', { dualSidePosition: 'true' })
    await venue.post(ORDER, { ...marketBuy, positionSide: 'LONG' })
    await venue.post(ORDER, { ...marketBuy, side: 'SELL', positionSide: 'SHORT' })
    expect(await codeOf(MARGIN, add)).toBe(-4061)
    expect((await venue.post(MARGIN, { ...add, positionSide: 'SHORT' })).status).toBe(200)
    const { json } = await venue.get('/fapi/v3/positionRisk')
    const wallet = (index: number): number => Number(json.at(index).at('isolatedWallet').string())
    expect(wallet(1) - wallet(0)).toBeCloseTo(100.5, 1)
    expect((await venue.get(`${MARGIN}/history`, { symbol: 'BTCUSDT' })).body).toMatchObject([
      { positionSide: 'SHORT' },
    ])
    expect((await venue.get('/fapi/v1/adlQuantile', { symbol: 'BTCUSDT' })).body).toEqual([
      { symbol: 'BTCUSDT', adlQuantile: { LONG: 0, SHORT: 0, BOTH: 0 } },
    ])
  })

  test('behavior: cross positions of hedge mode share one place in the queue', async () => {
    await venue.post('/fapi/v1/positionSide/dual', { dualSidePosition: 'true' })
    expect((await venue.get('/fapi/v1/adlQuantile')).body).toEqual([])
    await venue.post(ORDER, { ...marketBuy, positionSide: 'LONG' })
    expect((await venue.get('/fapi/v1/adlQuantile')).body).toEqual([
      { symbol: 'BTCUSDT', adlQuantile: { LONG: 0, SHORT: 0, HEDGE: 0 } },
    ])
  })
})
