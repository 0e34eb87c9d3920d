import { describe, expect, test } from 'vitest'
import type { Call, KlinePage } from '../../client/definition.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime, getTrades } from './market.ts'

const instrument: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '1190',
  maxMarketQuantity: '500',
  minNotional: '5',
  contractMultiplier: '1',
  maxLeverage: 100,
}

/** Answers in turn, and keeps what was asked. */
function answering(...answers: unknown[]): { call: Call; sent: unknown[] } {
  const sent: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    expect(cost).toEqual({ address: 1 })
    sent.push({ method, path, access, effect, ...endpoint.encode(params) })
    return endpoint.decode(new Reader(answers.shift()), params, {
      instruments: { byNative: () => instrument, symbolOf: (native) => native },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

const publicRead = { method: 'GET', access: 'public', effect: 'read' }

describe('getServerTime', () => {
  test('default: the envelope tells it in milliseconds', async () => {
    const { call, sent } = answering(
      ok({ timeSecond: '1700000000', timeNano: '1700000000001456789' }),
    )
    expect(await getServerTime(call)).toBe(1_700_000_000_001)
    expect(sent).toEqual([{ ...publicRead, path: '/v5/market/time' }])
  })

  test('error: an answer without it', async () => {
    const { call } = answering({ retCode: 0, retMsg: 'OK', result: {} })
    await expect(getServerTime(call)).rejects.toThrow('$.time: expected a decimal')
  })
})

describe('getInstruments', () => {
  // docs/wire/bybit.md 3, instrument row
  const row = {
    symbol: 'BTCUSDT',
    symbolId: 5,
    contractType: 'LinearPerpetual',
    status: 'Trading',
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    launchTime: '1584230400000',
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: '2',
    leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
    priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
    lotSizeFilter: {
      maxOrderQty: '1190.000',
      minOrderQty: '0.001',
      qtyStep: '0.001',
      postOnlyMaxOrderQty: '1190.000',
      maxMktOrderQty: '500.000',
      minNotionalValue: '5',
    },
    fundingInterval: 480,
    settleCoin: 'USDT',
    preListingInfo: null,
  }
  const usdc = {
    ...row,
    symbol: 'BTCPERP',
    quoteCoin: 'USDC',
    settleCoin: 'USDC',
  }
  const pageOf = (list: unknown[], nextPageCursor: unknown): unknown =>
    ok({ category: 'linear', list, nextPageCursor })
  const asked = (more: object): object => ({
    ...publicRead,
    path: '/v5/market/instruments-info',
    query: { category: 'linear', limit: 1000, ...more },
  })

  test('default: the rules without padding, and the row as raw', async () => {
    const { call, sent } = answering(pageOf([row], ''))
    const [found] = await getInstruments(call)
    expect(found).toEqual(instrument)
    expect(found?.raw).toBe(row)
    expect(sent).toEqual([asked({})])
  })

  test('behavior: a contract in USDC is named by its assets', async () => {
    const { call } = answering(pageOf([usdc], ''))
    expect(await getInstruments(call)).toMatchObject([
      { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP', settleAsset: 'USDC' },
    ])
  })

  test('behavior: contracts with a delivery date are left out', async () => {
    const dated = { symbol: 'BTCUSDT-21FEB25', contractType: 'LinearFutures' }
    const { call } = answering(pageOf([dated, row, { ...dated, symbol: 'BTC-24MAR23' }], ''))
    expect(await getInstruments(call)).toEqual([instrument])
  })

  test('behavior: reads all pages, giving the cursor back as it came', async () => {
    const { call, sent } = answering(
      pageOf([row], 'first%3A1%2Cb'),
      pageOf([usdc], '100%'),
      pageOf([], 'more%3A2'),
    )
    expect((await getInstruments(call)).map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'BTCUSDC'])
    // Encoded once on the way out, these are the texts that came; the second was no encoded text.
    expect(sent).toEqual([asked({}), asked({ cursor: 'first:1,b' }), asked({ cursor: '100%' })])
  })

  test('behavior: a cursor that stands still ends the list', async () => {
    const { call, sent } = answering(pageOf([row], 'here'), pageOf([usdc], 'here'))
    expect(await getInstruments(call)).toHaveLength(2)
    expect(sent).toHaveLength(2)
  })

  test('args: old rows without a market maximum, a minimum notional or a cursor', async () => {
    const { maxOrderQty, minOrderQty, qtyStep } = row.lotSizeFilter
    const old = { ...row, lotSizeFilter: { maxOrderQty, minOrderQty, qtyStep } }
    const { call } = answering(pageOf([old], null))
    expect(await getInstruments(call)).toMatchObject([
      { maxQuantity: '1190', maxMarketQuantity: '1190', minNotional: '0' },
    ])
  })

  test('args: steps above one', async () => {
    const lotSizeFilter = { ...row.lotSizeFilter, qtyStep: '100', minOrderQty: '100' }
    const { call } = answering(pageOf([{ ...row, lotSizeFilter }], ''))
    expect(await getInstruments(call)).toMatchObject([{ stepSize: '100', minQuantity: '100' }])
  })

  test.each([
    ['Trading', true],
    ['PendingOpen', false],
    ['Closed', false],
    ['Tomorrow', false],
  ])('behavior: %s is trading: %s', async (status, isTrading) => {
    const { call } = answering(pageOf([{ ...row, status }], ''))
    expect(await getInstruments(call)).toMatchObject([{ isTrading }])
  })

  test('error: a rule is missing', async () => {
    const { call } = answering(pageOf([{ ...row, priceFilter: {} }], ''))
    await expect(getInstruments(call)).rejects.toThrow(
      '$.result.list[0].priceFilter.tickSize: expected a decimal, received nothing',
    )
  })

  test('error: no list at all', async () => {
    const { call } = answering(ok({}))
    await expect(getInstruments(call)).rejects.toThrow('$.result.list: expected an array')
  })
})

describe('getOrderBook', () => {
  const book = {
    s: 'BTCUSDT',
    b: [
      ['66666.60', '23.165'],
      ['66666.50', '0.004'],
    ],
    a: [['66666.70', '23.469']],
    ts: 1_700_000_000_031,
    u: 230704,
  }

  test('default: levels best first, in the book’s own time', async () => {
    const { call, sent } = answering(ok(book))
    expect(await getOrderBook(call, { instrument, depth: 50 })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      bids: [
        ['66666.6', '23.165'],
        ['66666.5', '0.004'],
      ],
      asks: [['66666.7', '23.469']],
      timestamp: 1_700_000_000_031,
    })
    expect(sent).toEqual([
      {
        ...publicRead,
        path: '/v5/market/orderbook',
        query: { category: 'linear', symbol: 'BTCUSDT', limit: 50 },
      },
    ])
  })

  test('args: the exchange shows 1000 levels at most, and perhaps none', async () => {
    const { call, sent } = answering(ok({ ...book, a: [] }))
    expect(await getOrderBook(call, { instrument, depth: 5000 })).toMatchObject({ asks: [] })
    expect(sent).toMatchObject([{ query: { limit: 1000 } }])
  })

  test('error: a level without a quantity', async () => {
    const { call } = answering(ok({ ...book, b: [['66666.60']] }))
    await expect(getOrderBook(call, { instrument, depth: 50 })).rejects.toThrow(
      '$.result.b[0][1]: expected a decimal',
    )
  })
})

describe('getTrades', () => {
  const path = '/v5/market/recent-trade'
  // docs/wire/bybit.md 4.6
  const row = {
    execId: '0ab1bdf7-4219-438b-b30a-32ec863018f7',
    symbol: 'BTCUSDT',
    price: '66473.50',
    size: '0.001',
    side: 'Buy',
    time: '1700000000198',
    isBlockTrade: false,
  }

  test('default: ascending, trades of one millisecond in their order', async () => {
    const { call, sent } = answering(
      ok({
        category: 'linear',
        list: [
          { ...row, execId: 'd', side: 'Sell' },
          { ...row, execId: 'c' },
          { ...row, execId: 'a', time: '1700000000100' },
          { ...row, execId: 'b', time: '1700000000197' },
        ],
      }),
    )
    const trades = await getTrades(call, { instrument, limit: 4 })
    expect(trades.map((trade) => trade.tradeId)).toEqual(['a', 'b', 'c', 'd'])
    expect(trades[3]).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      tradeId: 'd',
      price: '66473.5',
      quantity: '0.001',
      side: 'SELL',
      timestamp: 1_700_000_000_198,
    })
    expect(trades[3]?.raw).toMatchObject({ execId: 'd', isBlockTrade: false })
    expect(sent).toEqual([
      { ...publicRead, path, query: { category: 'linear', symbol: 'BTCUSDT', limit: 4 } },
    ])
  })

  test('args: the exchange hands out 1000 at most', async () => {
    const { call, sent } = answering(ok({ list: [] }))
    expect(await getTrades(call, { instrument, limit: 5000 })).toEqual([])
    expect(sent).toMatchObject([{ query: { limit: 1000 } }])
  })

  test('error: a trade without a side', async () => {
    const { call } = answering(ok({ list: [{ ...row, side: '' }] }))
    await expect(getTrades(call, { instrument, limit: 1 })).rejects.toThrow(
      '$.result.list[0].side: expected Buy or Sell',
    )
  })
})

describe('getKlines', () => {
  const minute = 60_000
  const start = 1_699_999_980_000
  const page: KlinePage = {
    instrument,
    interval: '1m',
    startTime: start,
    endTime: start + minute,
    limit: 2,
  }
  const row = (timestamp: number, close: string): string[] => [
    String(timestamp),
    '66460',
    '66485',
    '66455',
    close,
    '9.8',
    '651400.1',
  ]

  test('default: ascending, with the newest first on the wire', async () => {
    const { call, sent } = answering(
      ok({
        category: 'linear',
        symbol: 'BTCUSDT',
        list: [row(start + minute, '2'), row(start, '1')],
      }),
    )
    expect(await getKlines(call, page)).toEqual([
      { timestamp: start, open: 66460, high: 66485, low: 66455, close: 1, volume: 9.8 },
      { timestamp: start + minute, open: 66460, high: 66485, low: 66455, close: 2, volume: 9.8 },
    ])
    expect(sent).toEqual([
      {
        ...publicRead,
        path: '/v5/market/kline',
        query: {
          category: 'linear',
          symbol: 'BTCUSDT',
          interval: '1',
          start,
          end: start + minute,
          limit: 2,
        },
      },
    ])
  })

  test('behavior: candles that begin outside the window are dropped', async () => {
    const { call } = answering(
      ok({ list: [row(start + 2 * minute, '3'), row(start, '1'), row(start - minute, '0')] }),
    )
    expect((await getKlines(call, page)).map(({ close }) => close)).toEqual([1])
  })

  test('args: no candles', async () => {
    const { call } = answering(ok({ list: [] }))
    expect(await getKlines(call, page)).toEqual([])
  })

  test.each<[KlineInterval, string]>([
    ['1m', '1'],
    ['3m', '3'],
    ['5m', '5'],
    ['15m', '15'],
    ['30m', '30'],
    ['1h', '60'],
    ['2h', '120'],
    ['4h', '240'],
    ['6h', '360'],
    ['12h', '720'],
    ['1d', 'D'],
    ['1w', 'W'],
    ['1M', 'M'],
  ])('args: %s is %s', async (interval, token) => {
    const { call, sent } = answering(ok({ list: [] }))
    await getKlines(call, { ...page, interval })
    expect(sent).toMatchObject([{ query: { interval: token } }])
  })

  test.each<KlineInterval>(['8h', '3d'])('error: %s has no token', async (interval) => {
    const { call } = answering()
    const refused = getKlines(call, { ...page, interval })
    await expect(refused).rejects.toThrow(RequestError)
    await expect(refused).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('error: a candle without a close', async () => {
    const { call } = answering(ok({ list: [[String(start), '1', '1', '1']] }))
    await expect(getKlines(call, page)).rejects.toThrow(ReadError)
  })
})
