import { describe, expect, it } from 'vitest'
import { bitcoin, NOW, script, success } from './script.testing.ts'
import { getFundingRate, getOpenInterest, getTicker } from './ticker.ts'

// docs/wire/kraken.md 3.3
const TICKER = {
  tag: 'perpetual',
  pair: 'XBT:USD',
  symbol: 'PF_XBTUSD',
  markPrice: 84004.11,
  bid: 84001,
  bidSize: 0.0273,
  ask: 84002,
  askSize: 0.006,
  vol24h: 4237.2723,
  high24h: 84911,
  low24h: 83120,
  indexPrice: 84000,
  last: 83997,
  lastTime: '2026-09-25T18:53:16.906123Z',
  suspended: false,
  fundingRate: 0.84,
  postOnly: false,
}

describe('getTicker', () => {
  const read = (ticker: unknown) =>
    getTicker(script({ 'GET tickers/PF_XBTUSD': success({ ticker }) }).call, {
      instrument: bitcoin,
    })

  it('default: prices, day figures, the hourly rate as a fraction', async () => {
    const { call, lines, sent } = script({ 'GET tickers/PF_XBTUSD': success({ ticker: TICKER }) })
    const ticker = await getTicker(call, { instrument: bitcoin })
    expect(ticker).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      price: '83997',
      bidPrice: '84001',
      askPrice: '84002',
      markPrice: '84004.11',
      indexPrice: '84000',
      volume: '4237.2723',
      highPrice: '84911',
      lowPrice: '83120',
      fundingRate: '0.00001',
      nextFundingTime: Date.UTC(2026, 10, 22, 6),
      timestamp: Date.parse(NOW),
    })
    expect(ticker.raw).toBe(TICKER)
    expect(lines).toEqual(['GET tickers/PF_XBTUSD'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('behavior: an empty book, no trades, no funding', async () => {
    const { markPrice, indexPrice } = TICKER
    const ticker = await read({ symbol: 'PF_XBTUSD', markPrice, indexPrice })
    expect(ticker).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      price: '0',
      bidPrice: '0',
      askPrice: '0',
      markPrice: '84004.11',
      indexPrice: '84000',
      timestamp: Date.parse(NOW),
    })
  })

  it.each(['markPrice', 'indexPrice'])('error: without %s', async (name) => {
    await expect(read({ ...TICKER, [name]: undefined })).rejects.toThrow(
      `$.ticker.${name}: expected a decimal`,
    )
  })

  it('error: a price of another type', async () => {
    await expect(read({ ...TICKER, last: true })).rejects.toThrow('$.ticker.last: expected')
  })
})

describe('getFundingRate', () => {
  const read = (row: Record<string, unknown>, serverTime = NOW) =>
    getFundingRate(
      script({ 'GET tickers/PF_XBTUSD': { result: 'success', ticker: row, serverTime } }).call,
      { instrument: bitcoin },
    )

  it('default: dollars an hour, as a fraction of the index price, for the next full hour', async () => {
    const rate = await read(
      { fundingRate: 0.84, indexPrice: 84000, markPrice: 84004.11 },
      '2026-11-22T05:59:59.999Z',
    )
    expect(rate).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      rate: '0.00001',
      timestamp: Date.parse('2026-11-22T06:00:00Z'),
      intervalMs: 3_600_000,
    })
    expect(rate.raw).toMatchObject({ fundingRate: 0.84 })
  })

  it('behavior: shorts pay where it is negative; on the hour the next one counts', async () => {
    expect(await read({ fundingRate: -0.00042, indexPrice: 0.5 })).toMatchObject({
      rate: '-0.00084',
      timestamp: Date.parse('2026-11-22T06:00:00Z'),
    })
  })

  it('behavior: a rate that is not told is none', async () => {
    expect(await read({ indexPrice: 84000 })).toMatchObject({ rate: '0' })
  })

  it('error: a rate without the price to measure it by', async () => {
    await expect(read({ fundingRate: 1 })).rejects.toThrow('$.ticker.indexPrice: expected')
  })
})

describe('getOpenInterest', () => {
  it('default: in the base asset', async () => {
    const { call, lines, sent } = script({
      'GET tickers/PF_XBTUSD': success({ ticker: { openInterest: 2189.7813 } }),
    })
    expect(await getOpenInterest(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      quantity: '2189.7813',
      timestamp: Date.parse(NOW),
    })
    expect(lines).toEqual(['GET tickers/PF_XBTUSD'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('error: not told', async () => {
    const { call } = script({ 'GET tickers/PF_XBTUSD': success({ ticker: {} }) })
    await expect(getOpenInterest(call, { instrument: bitcoin })).rejects.toThrow(
      '$.ticker.openInterest: expected a decimal',
    )
  })
})
