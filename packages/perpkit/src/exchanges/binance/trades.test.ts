import { describe, expect, test } from 'vitest'
import { parseJson } from '../../core/json.ts'
import { bitcoin, script } from './script.testing.ts'
import { getFills, getTrades } from './trades.ts'

const trade = {
  id: 28_457,
  price: '60000.10',
  qty: '0.120',
  quoteQty: '7200.01',
  time: 1_763_798_400_001,
  isBuyerMaker: true,
  isRPITrade: false,
}

describe('getTrades', () => {
  test('default: from the side of the taker', async () => {
    const answer = [trade, { ...trade, id: 28_458, isBuyerMaker: false }]
    const { call, lines, sent } = script({ 'GET /fapi/v1/trades': answer })
    const trades = await getTrades(call, { instrument: bitcoin, limit: 50 })
    expect(trades).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        tradeId: '28457',
        price: '60000.1',
        quantity: '0.12',
        side: 'SELL',
        timestamp: 1_763_798_400_001,
      },
      expect.objectContaining({ tradeId: '28458', side: 'BUY' }),
    ])
    expect(trades[0]?.raw).toBe(trade)
    expect(lines).toEqual(['GET /fapi/v1/trades?symbol=BTCUSDT&limit=50'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { weight: 5 } }])
  })

  test('args: no more than there are', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/trades': [] })
    expect(await getTrades(call, { instrument: bitcoin, limit: 5_000 })).toEqual([])
    expect(lines).toEqual(['GET /fapi/v1/trades?symbol=BTCUSDT&limit=1000'])
  })

  test.each(['id', 'price', 'qty', 'time', 'isBuyerMaker'])('error: %s is needed', async (name) => {
    const { call } = script({ 'GET /fapi/v1/trades': [{ ...trade, [name]: undefined }] })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toMatchObject({
      path: `$[0].${name}`,
    })
  })
})

const fill = {
  buyer: false,
  commission: '0.07819010',
  commissionAsset: 'USDT',
  id: 698_759,
  maker: false,
  orderId: 25_851_813,
  price: '60000.10',
  qty: '0.002',
  quoteQty: '120.0002',
  baseQty: '0',
  marginAsset: 'USDT',
  realizedPnl: '-0.91539999',
  side: 'SELL',
  positionSide: 'BOTH',
  symbol: 'BTCUSDT',
  pair: 'BTCUSDT',
  time: 1_763_798_400_000,
}

const WEEK = 7 * 86_400_000
const endTime = 1_763_798_400_500

function readFills(changes: object) {
  const { call } = script({ 'GET /fapi/v1/userTrades': [{ ...fill, ...changes }] })
  return getFills(call, { instrument: bitcoin, startTime: endTime - 1_000, endTime, limit: 1 })
}

describe('getFills', () => {
  test('default: one fill with its fee', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/userTrades': [fill] })
    const query = { instrument: bitcoin, startTime: endTime - 1_000, endTime, limit: 100 }
    const fills = await getFills(call, query)
    expect(fills).toEqual([
      {
        fillId: '698759',
        orderId: '25851813',
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'SELL',
        quantity: '0.002',
        price: '60000.1',
        fee: '0.0781901',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '-0.91539999',
        timestamp: 1_763_798_400_000,
      },
    ])
    expect(fills[0]?.raw).toBe(fill)
    expect(lines).toEqual([
      'GET /fapi/v1/userTrades?symbol=BTCUSDT&startTime=1763798399500&endTime=1763798400500' +
        '&limit=1000',
    ])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { weight: 5 } }])
  })

  test('behavior: a maker of a hedge account with a rebate in another asset', async () => {
    const changes = {
      positionSide: 'LONG',
      maker: true,
      commission: '-0.001',
      commissionAsset: 'BNB',
    }
    expect(await readFills(changes)).toMatchObject([
      { positionSide: 'LONG', isMaker: true, fee: '-0.001', feeAsset: 'BNB' },
    ])
    expect((await readFills({}))[0]).not.toHaveProperty('positionSide')
  })

  test('behavior: windows of seven days, and no further back than three months', async () => {
    const { call, lines } = script({
      'GET /fapi/v1/userTrades': [],
      'GET /fapi/v1/time': { serverTime: endTime },
    })
    const query = { instrument: bitcoin, startTime: 0, endTime, limit: 1 }
    expect(await getFills(call, query)).toEqual([])
    expect(lines[0]).toBe('GET /fapi/v1/time')
    const windows = lines.slice(1).map((line) => {
      const [, start, end] = /startTime=(\d+)&endTime=(\d+)/.exec(line) ?? []
      return [Number(start), Number(end)] as const
    })
    expect(windows[0]).toEqual([endTime - WEEK, endTime])
    expect(windows[1]).toEqual([endTime - 2 * WEEK - 1, endTime - WEEK - 1])
    expect(windows).toHaveLength(14)
    expect(windows.at(-1)?.[0]).toBe(endTime - 93 * 86_400_000)
  })

  test('args: seven days are one call', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/userTrades': [] })
    const query = { instrument: bitcoin, startTime: endTime - WEEK, endTime, limit: 1 }
    expect(await getFills(call, query)).toEqual([])
    expect(lines).toHaveLength(1)
  })

  test('behavior: a sweep of more fills at one time than a page holds', async () => {
    const time = endTime - 10
    const rows = Array.from({ length: 2_500 }, (_, id) => ({ ...fill, id: id + 1, time }))
    const { call, lines } = script({
      'GET /fapi/v1/userTrades': ({ fromId = '0' }: { fromId?: string }) =>
        rows.filter(({ id }) => id >= Number(fromId)).slice(0, 1_000),
    })
    const query = { instrument: bitcoin, startTime: time, endTime, limit: 10 }
    const fills = await getFills(call, query)
    expect(new Set(fills.map(({ fillId }) => fillId)).size).toBe(2_500)
    expect(lines.slice(1)).toEqual([
      'GET /fapi/v1/userTrades?symbol=BTCUSDT&fromId=1001&limit=1000',
      'GET /fapi/v1/userTrades?symbol=BTCUSDT&fromId=2001&limit=1000',
    ])
  })

  test('behavior: an order id beyond 2^53 keeps all its digits', async () => {
    const text = JSON.stringify([fill]).replace('25851813', '8389765739703625592')
    const { call } = script({ 'GET /fapi/v1/userTrades': parseJson(text) })
    const query = { instrument: bitcoin, startTime: endTime - 1_000, endTime, limit: 1 }
    expect((await getFills(call, query))[0]?.orderId).toBe('8389765739703625592')
  })

  test.each(['id', 'orderId', 'side', 'qty', 'price', 'commission', 'commissionAsset', 'maker'])(
    'error: %s is needed',
    async (name) => {
      await expect(readFills({ [name]: undefined })).rejects.toMatchObject({
        path: `$[0].${name}`,
      })
    },
  )
})
