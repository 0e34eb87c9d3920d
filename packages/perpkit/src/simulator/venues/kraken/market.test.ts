import { describe, expect, test } from 'vitest'
import type { Answer } from '../../server/types.ts'
import { type Desk, fieldsOf, openDesk, placed, rows, startTime } from './desk.fixture.ts'

const api = '/derivatives/api/v3'

async function ask(desk: Desk, path: string, query = ''): Promise<Answer> {
  return desk.send({ path, query, headers: {} })
}

describe('instruments', () => {
  test('default: keys of the sample', async () => {
    const desk = openDesk()
    const list = rows((await desk.get('/instruments')).at('instruments'))
    expect(list[0]).toEqual({
      symbol: 'PF_XBTUSD',
      type: 'flexible_futures',
      tickSize: 1,
      contractSize: 1,
      tradeable: true,
      impactMidSize: 0.0001,
      maxPositionSize: 1200,
      openingDate: '2022-03-22T13:15:36Z',
      marginLevels: [{ numNonContractUnits: 0, initialMargin: 0.01, maintenanceMargin: 0.005 }],
      fundingRateCoefficient: 8,
      maxRelativeFundingRate: 0.005,
      isin: expect.stringMatching(/^GB00/),
      contractValueTradePrecision: 4,
      postOnly: false,
      feeScheduleUid: expect.any(String),
      mtf: true,
      base: 'BTC',
      quote: 'USD',
      pair: 'BTC:USD',
      category: 'Layer 1',
      tradfi: false,
      isExpired: false,
    })
    const pepe = list.find(({ base }) => base === 'PEPE')
    expect(pepe).toMatchObject({ tickSize: 1e-10, contractValueTradePrecision: -3 })
    const none = await desk.get('/instruments', { contractType: 'futures_inverse' })
    expect(none.at('instruments').value).toEqual([])
    const trading = rows((await desk.get('/trading/instruments')).at('instruments'))
    expect(trading[0]).toMatchObject({ symbol: 'PF_XBTUSD', restricted: false })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: sizes of a coarse step are multiples of 1000', async () => {
    const desk = openDesk()
    const pepe = { symbol: 'PF_PEPEUSD', orderType: 'lmt', limitPrice: '0.0000099999' }
    const refused = { ...pepe, side: 'buy', size: 1500 }
    const answer = await desk.post('/sendorder', refused)
    expect(answer.at('sendStatus').at('status').string()).toBe('invalidSize')
    await placed(desk, { ...pepe, size: 2000 })
    expect(rows((await desk.get('/openorders')).at('openOrders'))).toMatchObject([
      { unfilledSize: 2000, limitPrice: 0.0000099999 },
    ])
  })

  test('default: status, one and all', async () => {
    const desk = openDesk()
    const one = fieldsOf(await desk.get('/instruments/PF_XBTUSD/status'))
    expect(one).toMatchObject({ tradeable: 'PF_XBTUSD', experiencingDislocation: false })
    const all = rows((await desk.get('/instruments/status')).at('instrumentStatus'))
    expect(all[1]).toMatchObject({ tradeable: 'PF_ETHUSD' })
  })
})

describe('tickers', () => {
  test('default: keys of the sample', async () => {
    const desk = openDesk()
    await placed(desk)
    const ticker = fieldsOf((await desk.get('/tickers/PF_XBTUSD')).at('ticker'))
    expect(Object.keys(ticker).join(' ')).toBe(
      'tag pair symbol markPrice bid bidSize ask askSize vol24h volumeQuote openInterest open24h ' +
        'high24h low24h indexPrice last lastTime lastSize suspended fundingRate ' +
        'fundingRatePrediction postOnly change24h',
    )
    expect(ticker).toMatchObject({
      pair: 'XBT:USD',
      lastSize: 0.01,
      lastTime: '2026-01-05T00:00:30.000Z',
      fundingRate: expect.any(Number),
    })
    // At most 0.04 % of a coin of 60 000.
    expect(Math.abs(Number(ticker.fundingRate))).toBeLessThanOrEqual(24)
    const some = await desk.get('/tickers', { symbol: ['pf_ethusd', 'PF_XBTUSD'] })
    expect(rows(some.at('tickers'))).toMatchObject([
      { symbol: 'PF_ETHUSD' },
      { symbol: 'PF_XBTUSD' },
    ])
  })

  test('error: an unknown one', async () => {
    const answer = await ask(openDesk(), `${api}/tickers/PF_NONEUSD`)
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({ status: 'NOT_FOUND', result: 'error' })
  })

  test('behavior: the price follows BTCUSDT and BTCUSD of control', async () => {
    const desk = openDesk()
    const mark = async (): Promise<number> =>
      (await desk.get('/tickers/PF_XBTUSD')).at('ticker').at('markPrice').number()
    await desk.simulator.control.setPrice({ symbol: 'BTCUSDT', price: '61000' })
    expect(await mark()).toBe(61000)
    await desk.simulator.control.setPrice({ symbol: 'BTCUSD', price: '62000' })
    expect(await mark()).toBe(62000)
  })

  test('behavior: a suspended market says so and takes no orders', async () => {
    const desk = openDesk()
    await desk.simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    const { ticker } = fieldsOf(await desk.get('/tickers/PF_XBTUSD'))
    expect(ticker).toMatchObject({ suspended: true })
    expect(ticker).not.toHaveProperty('bid')
    const order = { orderType: 'mkt', symbol: 'PF_XBTUSD', side: 'buy', size: 1 }
    const answer = await desk.post('/sendorder', order)
    expect(answer.at('sendStatus').at('status').string()).toBe('marketSuspended')
  })
})

describe('book, trades, funding', () => {
  test('default: the book, best first, in numbers', async () => {
    const { orderBook } = fieldsOf(await openDesk().get('/orderbook', { symbol: 'PF_XBTUSD' }))
    expect(orderBook).toMatchObject({ bids: expect.any(Array), asks: expect.any(Array) })
    const { bids, asks } = JSON.parse(JSON.stringify(orderBook))
    expect(bids[0][0]).toBeGreaterThan(bids[1][0])
    expect(asks[0][0]).toBeLessThan(asks[1][0])
    expect(asks[0][0]).toBeGreaterThan(bids[0][0])
  })

  test('error: no symbol, and an unknown one', async () => {
    const desk = openDesk()
    const missing = await ask(desk, `${api}/orderbook`)
    expect(missing.status).toBe(400)
    expect(JSON.parse(missing.body)).toMatchObject({
      status: 'BAD_REQUEST',
      errors: [{ code: 0, message: '400 BAD_REQUEST' }],
    })
    const unknown = await ask(desk, `${api}/history`, 'symbol=PF_NONEUSD')
    expect(unknown.status).toBe(200)
    expect(JSON.parse(unknown.body)).toMatchObject({ error: 'contractNotFound' })
  })

  test('default: trades, newest first, by both services', async () => {
    const desk = openDesk()
    await placed(desk)
    await desk.advance(1_000)
    await placed(desk, { side: 'sell', size: 0.02 })
    const history = rows((await desk.get('/history', { symbol: 'PF_XBTUSD' })).at('history'))
    expect(history).toMatchObject([
      { trade_id: 2, side: 'sell', size: 0.02, type: 'fill' },
      { trade_id: 1, side: 'buy', size: 0.01, time: '2026-01-05T00:00:30.000Z' },
    ])
    const deep = await desk.get('/api/history/v3/market/PF_XBTUSD/executions', { count: 1 })
    expect(rows(deep.at('elements'))).toMatchObject([
      { event: { Execution: { execution: { quantity: '0.02', uid: history[0]?.uid } } } },
    ])
    const token = deep.at('continuationToken').string()
    const next = await desk.get('/api/history/v3/market/PF_XBTUSD/executions', {
      count: 1,
      continuation_token: token,
    })
    expect(rows(next.at('elements'))).toMatchObject([
      { event: { Execution: { execution: { quantity: '0.01' } } } },
    ])
    expect(next.has('continuationToken')).toBe(false)
  })

  test('behavior: lastTime is an exclusive upper bound, and trades go back seven days', async () => {
    const desk = openDesk()
    await placed(desk)
    await desk.advance(1_000)
    await placed(desk, { side: 'sell', size: 0.02 })
    const list = async (query = {}): Promise<unknown[]> => {
      const answer = await desk.get('/history', { symbol: 'PF_XBTUSD', ...query })
      return rows(answer.at('history')).map(({ size }) => size)
    }
    expect(await list({ lastTime: '2026-01-05T00:00:31.001Z' })).toEqual([0.02, 0.01])
    expect(await list({ lastTime: '2026-01-05T00:00:31.000Z' })).toEqual([0.01])
    await desk.advance(7 * 86_400_000)
    expect(await list()).toEqual([0.02])
    const never = await desk.get('/history', { symbol: 'PF_XBTUSD', lastTime: 'never' })
    expect(never.at('error').string()).toBe('invalidArgument: lastTime')
  })
})

describe('charts', () => {
  const hour = '/api/charts/v1/trade/PF_XBTUSD/1h'
  const midnight = Math.floor(startTime / 86_400_000) * 86_400

  test('default: seconds in, milliseconds out, both ends inclusive', async () => {
    const desk = openDesk()
    const answer = await desk.get(hour, { from: midnight - 7_200, to: midnight })
    const candles = rows(answer.at('candles'))
    expect(candles.map(({ time }) => time)).toEqual(
      [-7_200, -3_600, 0].map((offset) => (midnight + offset) * 1_000),
    )
    expect(candles[0]).toMatchObject({ open: expect.any(String), volume: expect.any(String) })
    expect(answer.at('more_candles').boolean()).toBe(false)
    expect(Object.keys(fieldsOf(answer))).toEqual(['candles', 'more_candles'])
    const mark = await desk.get('/api/charts/v1/mark/PF_XBTUSD/1h', { from: midnight })
    expect(rows(mark.at('candles'))).toMatchObject([{ volume: '0' }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a long window gives the earliest 2000', async () => {
    const from = midnight - 3_000 * 60
    const answer = await openDesk().get('/api/charts/v1/trade/PF_XBTUSD/1m', { from, to: midnight })
    const candles = rows(answer.at('candles'))
    expect(candles).toHaveLength(2_000)
    expect(candles[0]?.time).toBe(from * 1_000)
    expect(answer.at('more_candles').boolean()).toBe(true)
  })

  test('default: weeks open on Monday', async () => {
    const answer = await openDesk().get('/api/charts/v1/trade/PF_XBTUSD/1w', { count: 2 })
    expect(rows(answer.at('candles')).map(({ time }) => time)).toEqual([
      Date.UTC(2025, 11, 29),
      Date.UTC(2026, 0, 5),
    ])
  })

  test('error: plain text', async () => {
    const desk = openDesk()
    expect(await ask(desk, '/api/charts/v1/trade/PF_XBTUSD/2h')).toMatchObject({
      status: 400,
      body: 'Invalid resolution',
    })
    expect((await ask(desk, '/api/charts/v1/trade/PF_NONEUSD/1h')).status).toBe(404)
  })

  test('default: what there is', async () => {
    const desk = openDesk()
    expect((await desk.get('/api/charts/v1/')).value).toEqual(['spot', 'mark', 'trade'])
    expect((await desk.get('/api/charts/v1/trade/PF_XBTUSD')).value).toContain('12h')
  })
})
