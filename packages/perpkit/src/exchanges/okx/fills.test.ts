import { describe, expect, test } from 'vitest'
import type { HistoryQuery } from '../../client/definition.ts'
import { getFills } from './fills.ts'
import { bitcoin, context, ok, script } from './script.testing.ts'

// docs/wire/okx.md 4.3
const NOW = context.receivedAt
const HOUR = 3_600_000
const fill = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tradeId: '1518905529',
  ordId: '2497956918703120384',
  clOrdId: 'lab0000000000001',
  billId: '2497956918703120399',
  subType: '1',
  fillPx: '85000.5',
  fillSz: '0.05',
  fillPnl: '0',
  side: 'buy',
  posSide: 'net',
  execType: 'M',
  fee: '-0.0085',
  feeCcy: 'USDT',
  feeRate: '',
  fillTime: String(NOW - HOUR),
  ts: String(NOW - HOUR + 2),
}
const day: HistoryQuery = {
  instrument: bitcoin,
  startTime: NOW - 24 * HOUR,
  endTime: NOW,
  limit: 100,
}
function line(path: string, from: number, to: number, after = ''): string {
  const window = `begin=${from - 1}&end=${to + 60_000}`
  return `GET trade/${path}?instType=SWAP&instId=BTC-USDT-SWAP&${window}${after}&limit=100`
}
const OF_DAY = line('fills', day.startTime, day.endTime)

/** Numbered downwards from `from`, all of one millisecond. */
function many(from: number, count: number, time = NOW - HOUR): object[] {
  return Array.from({ length: count }, (_, index) => ({
    ...fill,
    billId: String(from - index),
    tradeId: String(from - index),
    fillTime: String(time),
  }))
}

describe('getFills', () => {
  test('default: a fill in the base asset; what one pays is positive', async () => {
    const { call, lines, sent } = script({ 'GET trade/fills': ok(fill) })
    const fills = await getFills(call, day)
    expect(fills).toEqual([
      {
        fillId: '1518905529',
        orderId: '2497956918703120384',
        clientOrderId: 'lab0000000000001',
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        side: 'BUY',
        quantity: '0.0005',
        price: '85000.5',
        fee: '0.0085',
        feeAsset: 'USDT',
        isMaker: true,
        realizedPnl: '0',
        timestamp: NOW - HOUR,
      },
    ])
    expect(fills[0]?.raw).toBe(fill)
    expect(lines).toEqual([OF_DAY])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET trade/fills': 1 } }])
  })

  test.each([
    ['long', 'LONG'],
    ['short', 'SHORT'],
  ])('behavior: in hedge mode it tells the side: %s', async (posSide, positionSide) => {
    const { call } = script({ 'GET trade/fills': ok({ ...fill, posSide }) })
    expect(await getFills(call, day)).toMatchObject([{ positionSide }])
  })

  test('behavior: a taker, a rebate, and what is not told', async () => {
    const taker = { ...fill, execType: 'T', fee: '0.001' }
    const vague = {
      ...fill,
      execType: '',
      clOrdId: '',
      fillTime: '',
      fee: '',
      feeCcy: '',
      fillPnl: '',
    }
    const { call } = script({ 'GET trade/fills': ok(taker, vague) })
    const [first, second] = await getFills(call, day)
    expect(first).toMatchObject({ isMaker: false, fee: '-0.001' })
    expect(second).toMatchObject({ timestamp: NOW - HOUR + 2 })
    expect(Object.keys(second ?? {}).sort()).toEqual(
      'fillId nativeSymbol orderId price quantity side symbol timestamp'.split(' '),
    )
  })

  test('behavior: pages by bill, so that none of one millisecond is lost', async () => {
    const { call, lines } = script({
      [OF_DAY]: ok(...many(1_000, 100)),
      [line('fills', day.startTime, day.endTime, '&after=901')]: ok(...many(900, 30)),
    })
    const fills = await getFills(call, { ...day, limit: 1_000 })
    expect(fills).toHaveLength(130)
    expect(new Set(fills.map(({ fillId }) => fillId)).size).toBe(130)
    expect(lines).toHaveLength(2)
  })

  test('behavior: stops when there are enough', async () => {
    const { call, lines } = script({ [OF_DAY]: ok(...many(1_000, 100)) })
    expect(await getFills(call, { ...day, limit: 100 })).toHaveLength(100)
    expect(lines).toHaveLength(1)
  })

  test('behavior: fills outside the window are not counted', async () => {
    const { call, lines } = script({
      [OF_DAY]: ok(...many(1_000, 100, NOW + 10)),
      [line('fills', day.startTime, day.endTime, '&after=901')]: ok(...many(900, 1)),
    })
    await getFills(call, { ...day, limit: 1 })
    expect(lines).toHaveLength(2)
  })

  test('behavior: a page that comes again ends it', async () => {
    const { call, lines } = script({ 'GET trade/fills': ok(...many(1_000, 100)) })
    await getFills(call, { ...day, limit: 1_000 })
    expect(lines).toHaveLength(2)
  })

  test('behavior: what is older than the first list holds is in the second', async () => {
    const week = { ...day, startTime: NOW - 168 * HOUR }
    const edge = NOW - 71 * HOUR
    const old = { ...fill, billId: '7', tradeId: '7', fillTime: String(NOW - 100 * HOUR) }
    const { call, lines } = script({
      'GET trade/fills': ok(fill),
      'GET trade/fills-history': ok(old),
    })
    const fills = await getFills(call, week)
    expect(fills.map(({ fillId }) => fillId)).toEqual(['1518905529', '7'])
    expect(lines).toEqual([
      line('fills', week.startTime, week.endTime),
      line('fills-history', week.startTime, edge),
    ])
  })

  test('behavior: enough of late need no second list', async () => {
    const week = { ...day, startTime: NOW - 168 * HOUR, limit: 1 }
    const { call, lines } = script({ 'GET trade/fills': ok(fill) })
    await getFills(call, week)
    expect(lines).toHaveLength(1)
  })

  test('behavior: what the first list still has beyond its time is not enough', async () => {
    const week = { ...day, startTime: NOW - 168 * HOUR, limit: 1 }
    const { call, lines } = script({
      'GET trade/fills': ok(...many(5, 1, NOW - 90 * HOUR)),
      'GET trade/fills-history': ok(...many(6, 1, NOW - 80 * HOUR)),
    })
    expect((await getFills(call, week)).map(({ fillId }) => fillId)).toEqual(['5', '6'])
    expect(lines).toHaveLength(2)
  })

  test.each(['tradeId', 'ordId', 'side', 'fillSz', 'fillPx'])(
    'error: a fill without %s',
    async (name) => {
      const { call } = script({ 'GET trade/fills': ok({ ...fill, [name]: '' }) })
      await expect(getFills(call, day)).rejects.toThrow(`$.data[0].${name}: expected`)
    },
  )
})
