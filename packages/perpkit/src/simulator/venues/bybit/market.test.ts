import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../core/clock.ts'
import { createEngine } from '../../engine/createEngine.ts'
import { bitcoin, openDesk, place, row, rows, said, startTime } from './desk.fixture.ts'
import { bybit } from './index.ts'
import { listingOf } from './instruments.ts'
import { tickerRow } from './tickerRow.ts'

const linear = { category: 'linear' }

test('default: time', async () => {
  const answer = await openDesk().get('/v5/market/time')
  expect(answer.value).toEqual({
    retCode: 0,
    retMsg: 'OK',
    result: { timeSecond: String(startTime / 1000), timeNano: `${startTime}000000` },
    retExtInfo: {},
    time: startTime,
  })
})

describe('instruments', () => {
  test('default: eight contracts, each with the sizes of the sheet', async () => {
    const list = rows(await openDesk().get('/v5/market/instruments-info', linear))
    const sizes = list.map(({ leverageFilter, lotSizeFilter, priceFilter, priceScale, symbol }) =>
      JSON.stringify([symbol, priceFilter, lotSizeFilter, leverageFilter, priceScale]),
    )
    expect(sizes).toHaveLength(8)
    expect(sizes[2]).toBe(
      '["SOLUSDT",{"minPrice":"0.010","maxPrice":"199999.980","tickSize":"0.010"},' +
        '{"maxOrderQty":"79770.0","minOrderQty":"0.1","qtyStep":"0.1",' +
        '"postOnlyMaxOrderQty":"79770.0","maxMktOrderQty":"15860.0","minNotionalValue":"5"},' +
        '{"minLeverage":"1","maxLeverage":"100.00","leverageStep":"0.01"},"3"]',
    )
    expect(sizes[5]).toContain('"tickSize":"0.0000001"')
    expect(sizes[5]).toContain('"qtyStep":"100"')
  })

  test('behavior: the USDC contract has a name of its own', async () => {
    const query = { ...linear, symbol: 'BTCPERP' }
    const contract = row(await openDesk().get('/v5/market/instruments-info', query))
    expect(contract).toMatchObject({ baseCoin: 'BTC', quoteCoin: 'USDC', settleCoin: 'USDC' })
  })

  test('args: filters and pages', async () => {
    const desk = openDesk()
    const count = async (query: Record<string, string | number>): Promise<number> =>
      rows(await desk.get('/v5/market/instruments-info', { ...linear, ...query })).length
    expect(await count({ baseCoin: 'BTC' })).toBe(2)
    expect(await count({ settleCoin: 'USDC' })).toBe(1)
    expect(await count({ symbolType: 'stock' })).toBe(0)
    expect(await count({ status: 'PreLaunch' })).toBe(0)
    expect(await count({ status: 'Trading', limit: 3 })).toBe(3)
    const first = await desk.get('/v5/market/instruments-info', { ...linear, limit: 5 })
    const cursor = decodeURIComponent(first.at('result').at('nextPageCursor').string())
    expect(await count({ limit: 5, cursor })).toBe(3)
    for (const category of ['spot', 'inverse', 'option']) {
      expect(rows(await desk.get('/v5/market/instruments-info', { category }))).toEqual([])
    }
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a closed market leaves the listing and takes no orders', async () => {
    const desk = openDesk()
    await desk.simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    expect(rows(await desk.get('/v5/market/instruments-info', bitcoin))).toEqual([])
    const closed = { ...bitcoin, status: 'Closed' }
    expect(row(await desk.get('/v5/market/instruments-info', closed))).toMatchObject({
      status: 'Closed',
    })
    await expect(place(desk, {})).rejects.toThrow('110074 This contract is not live')
  })

  test('default: the signed listing says a little more', async () => {
    const answer = await openDesk().get('/v5/account/instruments-info', bitcoin)
    expect(row(answer)).toMatchObject({ symbol: 'BTCUSDT', myRpiPermission: false })
  })
})

describe('prices', () => {
  test('behavior: tickers of one and of all contracts', async () => {
    const desk = openDesk()
    await desk.setPrice('60600')
    const one = row(await desk.get('/v5/market/tickers', bitcoin))
    expect(one).toMatchObject({ symbol: 'BTCUSDT', markPrice: '60600.00', indexPrice: '60600.00' })
    expect(Number(one.openInterest)).toBe(2 * Number(one.singleOpenInterest))
    expect(Number(one.bid1Price)).toBeLessThan(Number(one.ask1Price))
    expect(one.nextFundingTime).toBe(String(Date.UTC(2026, 0, 5, 8)))
    expect(rows(await desk.get('/v5/market/tickers', linear))).toHaveLength(8)
  })

  test('behavior: an empty side of the book has neither price nor size', () => {
    const engine = createEngine({
      instruments: bybit.instruments,
      rules: bybit.rules,
      clock: new ManualClock(startTime),
      seed: 1,
      startPrices: Object.fromEntries(bybit.instruments.map((one) => [one.baseAsset, '60000'])),
    })
    const account = engine.createAccount({ USDT: '100000000000' })
    engine.placeOrder(account, {
      clientOrderId: '',
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: '1000000',
      timeInForce: 'IOC',
      reduceOnly: false,
    })
    const ticker = tickerRow(engine, listingOf('BTCUSDT'))
    expect(ticker).toMatchObject({ ask1Price: '', ask1Size: '', bid1Price: '59999.90' })
  })

  test('default: the book, best first, with as many levels as asked for', async () => {
    const desk = openDesk()
    const book = (await desk.get('/v5/market/orderbook', { ...bitcoin, limit: 2 })).at('result')
    expect(book.value).toMatchObject({
      s: 'BTCUSDT',
      b: [
        ['59999.90', '2.315'],
        ['59999.80', '2.449'],
      ],
      a: [
        ['60000.00', '4.028'],
        ['60000.10', '4.71'],
      ],
      ts: startTime,
    })
    const standard = (await desk.get('/v5/market/orderbook', bitcoin)).at('result')
    expect(standard.at('b').items()).toHaveLength(25)
    const full = (await desk.get('/v5/market/full_orderbook', bitcoin)).at('result')
    expect(full.at('b').items().length).toBeGreaterThan(25)
    const improved = await desk.get('/v5/market/rpi_orderbook', { ...bitcoin, limit: 1 })
    expect(improved.at('result').at('b').value).toEqual([['59999.90', '2.315', '0']])
  })

  test('behavior: trades, newest first', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.01' })
    await place(desk, { side: 'Sell', qty: '0.02' })
    const trades = rows(await desk.get('/v5/market/recent-trade', { ...bitcoin, limit: 2 }))
    expect(trades).toMatchObject([
      { side: 'Sell', size: '0.02', price: '59999.90', isBlockTrade: false, isRPITrade: false },
      { side: 'Buy', size: '0.01', price: '60000.00', time: String(startTime) },
    ])
    expect(trades[0]?.execId).not.toBe(trades[1]?.execId)
  })

  test('default: the band of limit prices', async () => {
    const answer = await openDesk().get('/v5/market/price-limit', { symbol: 'BTCUSDT' })
    expect(answer.at('retMsg').string()).toBe('')
    expect(answer.at('result').value).toEqual({
      symbol: 'BTCUSDT',
      buyLmt: '60600.00',
      sellLmt: '59400.00',
      ts: String(startTime),
    })
  })
})

describe('statistics', () => {
  const hour = 3_600_000
  const midnight = Date.UTC(2026, 0, 5)

  test('behavior: funding on the grid, newest first (traps 16, 17)', async () => {
    const desk = openDesk()
    const times = async (query: Record<string, number>): Promise<unknown[]> =>
      rows(await desk.get('/v5/market/funding/history', { ...bitcoin, ...query })).map((one) =>
        Number(one.fundingRateTimestamp),
      )
    expect(await times({ limit: 2 })).toEqual([midnight, midnight - 8 * hour])
    const range = { startTime: midnight - 16 * hour, endTime: midnight - 1 }
    expect(await times(range)).toEqual([midnight - 8 * hour, midnight - 16 * hour])
    expect(await times({ endTime: midnight })).toHaveLength(200)
    expect(await times({ ...range, limit: 1 })).toEqual([midnight - 8 * hour])
    const ahead = { startTime: midnight + 8 * hour, endTime: midnight + 16 * hour }
    expect(await times(ahead)).toEqual([])
    const open = await desk.get('/v5/market/funding/history', { ...bitcoin, startTime: 1 })
    expect(said(open)).toBe('10001 params error: endTime invalid')
  })

  test('behavior: funding that was settled stands in the history at its own rate', async () => {
    const desk = openDesk()
    await desk.simulator.control.applyFunding({ symbol: 'BTCUSDT', rate: '0.0007' })
    const query = { ...bitcoin, limit: 2 }
    expect(rows(await desk.get('/v5/market/funding/history', query))).toMatchObject([
      { symbol: 'BTCUSDT', fundingRate: '0.0007', fundingRateTimestamp: String(startTime) },
      { fundingRateTimestamp: String(midnight) },
    ])
    await desk.advance(8 * hour)
    const [settled] = rows(await desk.get('/v5/market/funding/history', query))
    expect(settled).toMatchObject({ fundingRateTimestamp: String(midnight + 8 * hour) })
    // What comes is in the ticker, and what came is what the ticker had said.
    const ticker = row(await desk.get('/v5/market/tickers', bitcoin))
    await desk.advance(8 * hour)
    const [next] = rows(await desk.get('/v5/market/funding/history', query))
    expect(next?.fundingRate).toBe(ticker.fundingRate)
    expect(next?.fundingRateTimestamp).toBe(ticker.nextFundingTime)
  })

  test('behavior: open interest page by page', async () => {
    const desk = openDesk()
    const query = { ...bitcoin, intervalTime: '1h', limit: 2, startTime: midnight - 2 * hour }
    const first = await desk.get('/v5/market/open-interest', query)
    const cursor = decodeURIComponent(first.at('result').at('nextPageCursor').string())
    const second = await desk.get('/v5/market/open-interest', { ...query, cursor })
    const times = [...rows(first), ...rows(second)].map((one) => Number(one.timestamp))
    expect(times).toEqual([midnight, midnight - hour, midnight - 2 * hour])
    expect(second.at('result').at('nextPageCursor').string()).toBe('')
    const wrong = await desk.get('/v5/market/open-interest', { ...query, intervalTime: '60' })
    expect(said(wrong)).toBe('10001 params error: intervalTime invalid')
  })

  test('default: one tier a contract', async () => {
    const desk = openDesk()
    const tiers = rows(await desk.get('/v5/market/risk-limit', linear))
    expect(tiers).toHaveLength(8)
    const query = { ...linear, symbol: '1000000BABYDOGEUSDT' }
    expect(row(await desk.get('/v5/market/risk-limit', query))).toMatchObject({
      maxLeverage: '25.00',
      initialMargin: '0.04',
      maintenanceMargin: '0.02',
    })
  })

  test('default: nothing is announced', async () => {
    const query = { id: 'x', state: 'ongoing' }
    expect(rows(await openDesk().get('/v5/system/status', query))).toEqual([])
    expect(rows(await openDesk().get('/v5/market/adlAlert', { symbol: 'BTCUSDT' }))).toEqual([])
    const unknown = await openDesk().get('/v5/market/adlAlert', { symbol: 'X' })
    expect(said(unknown)).toBe('10001 Not supported symbols')
  })
})

test.each([
  ['tickers', { category: 'linear', symbol: 'FOOUSDT' }, '10001 Not supported symbols'],
  ['tickers', { category: 'linear', symbol: 'btcusdt' }, '10001 Not supported symbols'],
  ['tickers', { category: 'spot', symbol: 'BTCUSDT' }, '10001 Not supported symbols'],
  ['tickers', {}, '10001 params error: Category is invalid'],
  ['tickers', { category: 'futures' }, '10001 params error: Category is invalid'],
  ['orderbook', { category: 'linear' }, '10001 Not supported symbols'],
  ['recent-trade', { category: 'linear', symbol: 'X' }, '10001 Not supported symbols'],
  ['instruments-info', { category: 'linear', symbol: 'X' }, '10001 Not supported symbols'],
  [
    'instruments-info',
    { category: 'linear', status: 'Open' },
    '10001 params error: status invalid',
  ],
])('error: %s %j', async (path, query, message) => {
  expect(said(await openDesk().get(`/v5/market/${path}`, query))).toBe(message)
})
