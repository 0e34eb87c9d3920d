import { describe, expect, test } from 'vitest'
import { getOrderBook, getServerTime, getTicker } from './market.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const merged = {
  ch: 'market.BTC-USDT.detail.merged',
  status: 'ok',
  tick: {
    amount: '11371.362',
    ask: [63105.3, 880],
    bid: [63105.2, 1204],
    close: '63105.2',
    count: 98211,
    high: '64012.7',
    id: 1780315200,
    low: '62544',
    open: '62880.1',
    trade_turnover: '719600792.7222',
    ts: 1780315200088,
    vol: '11371362',
  },
  ts: 1780315200123,
}
const mark = {
  status: 'ok',
  ch: 'market.BTC-USDT.mark_price.1min',
  data: [{ id: 1780315200, open: '63100', close: '63104.7', high: '63110', low: '63090' }],
}
const index = {
  status: 'ok',
  data: [{ contract_code: 'BTC-USDT', index_price: 63103.21, index_ts: 1780315200000 }],
  ts: 1780315200123,
}
const funding = done([
  {
    contract_code: 'BTC-USDT',
    funding_rate: '0.000083024939363172',
    funding_time: '1780329600000',
    next_funding_time: '1780358400000',
    min_funding_rate: '-0.003750000000000000',
    max_funding_rate: '0.003750000000000000',
  },
])
const MERGED = 'GET /linear-swap-ex/market/detail/merged'
const MARK = 'GET /index/market/history/linear_swap_mark_price_kline'
const INDEX = 'GET /linear-swap-api/v1/swap_index'
const FUNDING = 'GET /v5/market/funding_rate'
const DEPTH = 'GET /linear-swap-ex/market/depth'
const answers = { [MERGED]: merged, [MARK]: mark, [INDEX]: index, [FUNDING]: funding }

describe('getServerTime', () => {
  test('default: milliseconds', async () => {
    const { call, lines } = script({
      'GET /api/v1/timestamp': { status: 'ok', ts: 1780315200123 },
    })
    expect(await getServerTime(call)).toBe(1780315200123)
    expect(lines).toEqual(['GET /api/v1/timestamp'])
  })

  test('error: no time', async () => {
    const { call } = script({ 'GET /api/v1/timestamp': { status: 'ok' } })
    await expect(getServerTime(call)).rejects.toMatchObject({ path: '$.ts' })
  })
})

describe('getTicker', () => {
  test('default: joined from four calls', async () => {
    const { call, lines, sent } = script(answers)
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      price: '63105.2',
      bidPrice: '63105.2',
      askPrice: '63105.3',
      markPrice: '63104.7',
      indexPrice: '63103.21',
      volume: '11371.362',
      highPrice: '64012.7',
      lowPrice: '62544',
      fundingRate: '0.000083024939363172',
      nextFundingTime: 1780329600000,
      timestamp: 1780315200088,
    })
    expect(ticker.raw).toMatchObject({ merged: { id: 1780315200 }, fundingRate: {} })
    expect(lines).toEqual([
      `${MERGED}?contract_code=BTC-USDT`,
      `${MARK}?contract_code=BTC-USDT&period=1min&size=1`,
      `${INDEX}?contract_code=BTC-USDT`,
      `${FUNDING}?contract_code=BTC-USDT`,
    ])
    expect(sent.map(({ cost }) => cost)).toEqual([
      { market: 1 },
      { market: 1 },
      { reference: 1 },
      { reference: 1 },
    ])
  })

  test.each([[null], [undefined], [[]]])(
    'behavior: an empty side told as %j is no price, and no failure',
    async (side) => {
      const tick = { ...merged.tick, ask: side }
      const { call } = script({ ...answers, [MERGED]: { ...merged, tick } })
      const { askPrice, bidPrice } = await getTicker(call, { instrument: bitcoin })
      expect([askPrice, bidPrice]).toEqual(['0', '63105.2'])
    },
  )

  test('behavior: a contract without funding has no rate', async () => {
    const { call } = script({ ...answers, [FUNDING]: done([]) })
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).not.toHaveProperty('fundingRate')
    expect(ticker).not.toHaveProperty('nextFundingTime')
  })

  test.each([
    ['a last price', MERGED, { ...merged, tick: { ...merged.tick, close: null } }, '$.tick.close'],
    ['a mark price', MARK, { ...mark, data: [] }, '$.data'],
    ['an index price of its own', INDEX, { ...index, data: [{ contract_code: 'X' }] }, '$.data'],
  ])('error: without %s', async (_what, line, answer, path) => {
    const { call } = script({ ...answers, [line]: answer })
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toMatchObject({
      name: 'ReadError',
      path,
    })
  })

  test('error: one refusal refuses all', async () => {
    const answer = {
      status: 'error',
      'err-code': 'invalid-parameter',
      'err-msg': 'invalid symbol',
      ts: 1,
    }
    const { call } = script({ ...answers, [MERGED]: answer })
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
      nativeCode: 'invalid-parameter',
    })
  })

  test('error: a V5 refusal inside', async () => {
    const { call } = script({ ...answers, [FUNDING]: refused(1013, 'This contract …') })
    await expect(getTicker(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})

describe('getOrderBook', () => {
  const book = {
    ch: 'market.BTC-USDT.depth.step6',
    status: 'ok',
    tick: {
      asks: [
        [63105.3, 880],
        [63105.5, 12],
      ],
      bids: [
        [63105.2, 1204],
        [63105.1, 40],
      ],
      id: 1780315200,
      mrid: 270022343541,
      ts: 1780315200066,
      version: 1780315200,
    },
    ts: 1780315200123,
  }

  test('default: best first, quantities in the base asset', async () => {
    const { call } = script({ [DEPTH]: book })
    expect(await getOrderBook(call, { instrument: bitcoin, depth: 5 })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      bids: [
        ['63105.2', '1.204'],
        ['63105.1', '0.04'],
      ],
      asks: [
        ['63105.3', '0.88'],
        ['63105.5', '0.012'],
      ],
      timestamp: 1780315200066,
    })
  })

  test.each([
    [1, 'step6'],
    [20, 'step6'],
    [21, 'step0'],
    [500, 'step0'],
  ])('args: a depth of %i asks for %s', async (depth, type) => {
    const { call, lines } = script({ [DEPTH]: book })
    const { asks } = await getOrderBook(call, { instrument: bitcoin, depth })
    expect(lines).toEqual([`${DEPTH}?contract_code=BTC-USDT&type=${type}`])
    expect(asks).toHaveLength(Math.min(depth, 2))
  })

  test('error: a level without a size', async () => {
    const { call } = script({ [DEPTH]: { ...book, tick: { ...book.tick, asks: [[1]] } } })
    await expect(getOrderBook(call, { instrument: bitcoin, depth: 5 })).rejects.toMatchObject({
      path: '$.tick.asks[0][1]',
    })
  })
})
