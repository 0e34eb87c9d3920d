import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kindsOf, openStand, START, type Stand, type Words } from './wire.fixture.ts'

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

async function bodyOf(path: string, words: Words = {}): Promise<unknown> {
  const { status, body } = await venue.read(path, words)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body
}

// Samples of docs/wire/binance.md 3; compared by key and JSON type.
const samples: Record<string, [path: string, words: Words, sample: string]> = {
  time: ['/fapi/v1/time', {}, '{"serverTime":1499827319559}'],
  ping: ['/fapi/v1/ping', {}, '{}'],
  exchangeInfo: [
    '/fapi/v1/exchangeInfo',
    {},
    '{"timezone":"UTC","serverTime":1,"futuresType":"U_MARGINED","rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400}],"exchangeFilters":[],"assets":[{"asset":"USDT","marginAvailable":true,"autoAssetExchange":"0"}],"symbols":[{"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"onboardDate":1569398400000,"status":"TRADING","maintMarginPercent":"2.5000","requiredMarginPercent":"5.0000","baseAsset":"BTC","quoteAsset":"USDT","marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"baseAssetPrecision":8,"quotePrecision":8,"underlyingType":"COIN","underlyingSubType":["PoW"],"triggerProtect":"0.0500","liquidationFee":"0.012500","marketTakeBound":"0.05","maxMoveOrderLimit":10000,"filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10","minPrice":"556.80","maxPrice":"4529764"}],"orderTypes":["LIMIT"],"timeInForce":["GTC"]}]}',
  ],
  'ticker/24hr': [
    '/fapi/v1/ticker/24hr',
    { symbol: 'BTCUSDT' },
    '{"symbol":"","priceChange":"","priceChangePercent":"","weightedAvgPrice":"","lastPrice":"","lastQty":"","openPrice":"","highPrice":"","lowPrice":"","volume":"","quoteVolume":"","openTime":1,"closeTime":1,"firstId":1,"lastId":1,"count":1}',
  ],
  'v2 ticker/price': [
    '/fapi/v2/ticker/price',
    { symbol: 'BTCUSDT' },
    '{"symbol":"","price":"","time":1}',
  ],
  'v1 ticker/price': ['/fapi/v1/ticker/price', {}, '[{"symbol":"","price":"","time":1}]'],
  bookTicker: [
    '/fapi/v1/ticker/bookTicker',
    { symbol: 'BTCUSDT' },
    '{"symbol":"","bidPrice":"","bidQty":"","askPrice":"","askQty":"","time":1}',
  ],
  depth: [
    '/fapi/v1/depth',
    { symbol: 'BTCUSDT' },
    '{"lastUpdateId":1,"E":1,"T":1,"bids":[["",""]],"asks":[["",""]]}',
  ],
  rpiDepth: [
    '/fapi/v1/rpiDepth',
    { symbol: 'BTCUSDT', limit: '1000' },
    '{"lastUpdateId":1,"E":1,"T":1,"bids":[["",""]],"asks":[["",""]]}',
  ],
  trades: [
    '/fapi/v1/trades',
    { symbol: 'BTCUSDT' },
    '[{"id":1,"price":"","qty":"","quoteQty":"","time":1,"isBuyerMaker":true,"isRPITrade":false}]',
  ],
  aggTrades: [
    '/fapi/v1/aggTrades',
    { symbol: 'BTCUSDT' },
    '[{"a":1,"p":"","q":"","nq":"","f":1,"l":1,"T":1,"m":true}]',
  ],
  premiumIndex: [
    '/fapi/v1/premiumIndex',
    { symbol: 'BTCUSDT' },
    '{"symbol":"","markPrice":"","indexPrice":"","estimatedSettlePrice":"","lastFundingRate":"","interestRate":"","nextFundingTime":1,"time":1}',
  ],
  fundingRate: [
    '/fapi/v1/fundingRate',
    { symbol: 'BTCUSDT', limit: '2' },
    '[{"symbol":"","fundingRate":"","fundingTime":1,"markPrice":"","rateType":"Regular"}]',
  ],
  fundingInfo: ['/fapi/v1/fundingInfo', {}, '[]'],
  openInterest: [
    '/fapi/v1/openInterest',
    { symbol: 'BTCUSDT' },
    '{"openInterest":"","symbol":"","time":1}',
  ],
}

describe('public endpoints', () => {
  test.each(Object.keys(samples))(
    'default: %s has the keys and types of the sheet',
    async (name) => {
      const [path, words, sample] = samples[name] ?? ['', {}, '']
      // Something must have traded for the lists of trades.
      await venue.setPrice(60_010)
      const body = await bodyOf(path, words)
      expect(kindsOf(body)).toEqual(kindsOf(JSON.parse(sample)))
    },
  )

  test('default: the filters of BTCUSDT, padded as the exchange prints them', async () => {
    expect(await bodyOf('/fapi/v1/exchangeInfo')).toMatchObject({
      symbols: expect.arrayContaining([
        expect.objectContaining({
          symbol: 'BTCUSDT',
          filters: [
            {
              filterType: 'PRICE_FILTER',
              tickSize: '0.10',
              minPrice: '556.80',
              maxPrice: '4529764',
            },
            { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
            { filterType: 'MARKET_LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '120' },
            { filterType: 'MAX_NUM_ORDERS', limit: 200 },
            { filterType: 'MIN_NOTIONAL', notional: '50' },
            {
              filterType: 'PERCENT_PRICE',
              multiplierUp: '1.0500',
              multiplierDown: '0.9500',
              multiplierDecimal: '4',
            },
            { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
          ],
        }),
      ]),
    })
  })

  test('args: one object for a symbol, an array without', async () => {
    for (const path of ['/fapi/v1/ticker/24hr', '/fapi/v2/ticker/price', '/fapi/v1/premiumIndex']) {
      expect(await bodyOf(path)).toHaveLength(5)
      expect(await bodyOf(path, { symbol: 'ETHUSDT' })).toMatchObject({ symbol: 'ETHUSDT' })
    }
  })

  test('behavior: tickers follow the market', async () => {
    await venue.setPrice(61_234.5)
    expect(await bodyOf('/fapi/v2/ticker/price', { symbol: 'BTCUSDT' })).toMatchObject({
      price: '61234.50',
    })
    expect(await bodyOf('/fapi/v1/premiumIndex', { symbol: 'BTCUSDT' })).toMatchObject({
      markPrice: '61234.50000000',
      lastFundingRate: expect.stringMatching(/^-?0\.000\d{5}$/),
    })
    const ticker = await bodyOf('/fapi/v1/ticker/24hr', { symbol: 'BTCUSDT' })
    expect(ticker).toMatchObject({ lastPrice: '61234.50', closeTime: START })
  })

  test('behavior: the book is best first, as many levels as asked for', async () => {
    const { json } = await venue.read('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 5 })
    const prices = (side: string): number[] =>
      json
        .at(side)
        .items()
        .map((level) => Number(level.at(0).string()))
    const [bids, asks] = [prices('bids'), prices('asks')]
    expect([bids.length, asks.length]).toEqual([5, 5])
    expect(bids).toEqual([...bids].sort((a, b) => b - a))
    expect(asks).toEqual([...asks].sort((a, b) => a - b))
    expect(bids[0]).toBeLessThan(asks[0] ?? 0)
    expect(json.at('bids').at(0).at(0).string()).toMatch(/^\d+\.\d0$/)
  })

  test('behavior: isBuyerMaker is true when the taker sold', async () => {
    await venue.setPrice(59_990)
    await venue.setPrice(60_020)
    const { body, json } = await venue.read('/fapi/v1/trades', { symbol: 'BTCUSDT', limit: 2 })
    expect(body).toMatchObject([{ isBuyerMaker: true }, { isBuyerMaker: false }])
    expect(json.at(0).at('id').number()).toBeLessThan(json.at(1).at('id').number())
  })

  test('behavior: older trades need the key and go up from an id', async () => {
    for (const price of [60_010, 60_020, 60_030]) await venue.setPrice(price)
    const { json } = await venue.read('/fapi/v1/trades', { symbol: 'BTCUSDT' })
    const second = json.at(1)
    const path = '/fapi/v1/historicalTrades'
    const query = `symbol=BTCUSDT&limit=1&fromId=${second.at('id').number()}`
    const key = venue.credentials.apiKey
    expect(await venue.raw({ method: 'GET', path, query, key })).toMatchObject({
      status: 200,
      body: [second.value],
    })
    expect(await venue.raw({ method: 'GET', path, query })).toMatchObject({
      status: 401,
      body: { code: -2014 },
    })
  })

  test('behavior: funding history is every 8 hours, ascending, the newest without a start', async () => {
    const hours = 3_600_000
    expect(await bodyOf('/fapi/v1/fundingRate', { symbol: 'BTCUSDT', limit: 2 })).toMatchObject([
      { fundingTime: START - 8 * hours },
      { fundingTime: START },
    ])
    const from = START - 80 * hours
    const oldest = await bodyOf('/fapi/v1/fundingRate', {
      symbol: 'BTCUSDT',
      startTime: from + 1,
      limit: 2,
    })
    expect(oldest).toMatchObject([
      { fundingTime: from + 8 * hours },
      { fundingTime: from + 16 * hours },
    ])
  })

  test.each([
    ['/fapi/v1/depth', {}, -1102],
    ['/fapi/v1/depth', { symbol: '' }, -1105],
    ['/fapi/v1/depth', { symbol: 'NOPE' }, -1121],
    ['/fapi/v1/depth', { symbol: 'btcusdt' }, -1121],
    ['/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 7 }, -4021],
    ['/fapi/v1/rpiDepth', { symbol: 'BTCUSDT', limit: 500 }, -4021],
    ['/fapi/v1/trades', { symbol: 'BTCUSDT', limit: 1001 }, -1130],
    ['/fapi/v1/aggTrades', { symbol: 'BTCUSDT', fromId: 1, startTime: 1 }, -1128],
    ['/fapi/v1/aggTrades', { symbol: 'BTCUSDT', startTime: 0, endTime: 3_600_001 }, -1127],
    ['/fapi/v1/ticker/24hr', { symbol: 'NOPE' }, -1121],
    ['/fapi/v1/fundingRate', { symbol: 'BTCUSDT', limit: 1001 }, -1130],
  ])('error: %s %o answers %i', async (path, words, code) => {
    expect(await venue.read(path, words)).toMatchObject({ status: 400, body: { code } })
  })
})
