import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getFundingRate, getOpenInterest, getTicker } from './tickers.ts'

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

describe('getTicker', () => {
  const row = {
    symbol: 'BTCUSDT',
    lastPrice: '66666.60',
    indexPrice: '66690.19',
    markPrice: '66666.65',
    highPrice24h: '67266.30',
    lowPrice24h: '65076.90',
    turnover24h: '4936790807.6521',
    volume24h: '73191.3870',
    fundingRate: '0.0001',
    nextFundingTime: '1700006400000',
    basis: '',
    ask1Size: '23.469',
    bid1Price: '66666.60',
    ask1Price: '66666.70',
    bid1Size: '23.165',
  }

  test('default: one call, in the time of the envelope', async () => {
    const { call, sent } = answering(ok({ category: 'linear', list: [row] }))
    expect(await getTicker(call, { instrument })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '66666.6',
      bidPrice: '66666.6',
      askPrice: '66666.7',
      markPrice: '66666.65',
      indexPrice: '66690.19',
      volume: '73191.387',
      highPrice: '67266.3',
      lowPrice: '65076.9',
      fundingRate: '0.0001',
      nextFundingTime: 1_700_006_400_000,
      timestamp: 1_700_000_000_001,
    })
    expect(sent).toEqual([
      {
        ...publicRead,
        path: '/v5/market/tickers',
        query: { category: 'linear', symbol: 'BTCUSDT' },
      },
    ])
  })

  test('args: no time in the envelope, no funding, an empty side of the book', async () => {
    const bare = { ...row, fundingRate: '', nextFundingTime: '0', bid1Price: '' }
    const { call } = answering({ retCode: 0, result: { list: [bare] } })
    const ticker = await getTicker(call, { instrument })
    expect(ticker).toMatchObject({ bidPrice: '0', timestamp: 1_700_000_000_555 })
    expect(ticker).not.toHaveProperty('fundingRate')
    expect(ticker).not.toHaveProperty('nextFundingTime')
  })

  test('error: another symbol’s row is not taken', async () => {
    const { call } = answering(ok({ list: [{ ...row, symbol: 'ETHUSDT' }] }))
    await expect(getTicker(call, { instrument })).rejects.toThrow(
      '$.result.list: expected a row of BTCUSDT',
    )
  })

  test.each(['lastPrice', 'bid1Price', 'ask1Price', 'markPrice', 'indexPrice'])(
    'error: %s is missing',
    async (name) => {
      const { call } = answering(ok({ list: [{ ...row, [name]: undefined }] }))
      await expect(getTicker(call, { instrument })).rejects.toThrow(
        `$.result.list[0].${name}: expected a decimal, received nothing`,
      )
    },
  )
})

// docs/wire/bybit.md 3, ticker row
const figures = {
  symbol: 'BTCUSDT',
  openInterest: '52310.114',
  openInterestValue: '3487337445.95',
  singleOpenInterest: '26155.050',
  singleOpenInterestValue: '1743668000.00',
  fundingRate: '-0.0001',
  nextFundingTime: '1700006400000',
  fundingIntervalHour: '8',
}
const request = {
  ...publicRead,
  path: '/v5/market/tickers',
  query: { category: 'linear', symbol: 'BTCUSDT' },
}

describe('getFundingRate', () => {
  test('default: the rate that runs, with its settlement', async () => {
    const { call, sent } = answering(ok({ category: 'linear', list: [figures] }))
    const rate = await getFundingRate(call, { instrument })
    expect(rate).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '-0.0001',
      timestamp: 1_700_006_400_000,
      intervalMs: 28_800_000,
    })
    expect(rate.raw).toBe(figures)
    expect(sent).toEqual([request])
  })

  test('args: an answer that tells no interval', async () => {
    const { fundingIntervalHour: _, ...older } = figures
    const { call } = answering(ok({ list: [older] }))
    expect(await getFundingRate(call, { instrument })).not.toHaveProperty('intervalMs')
  })

  test.each([
    ['fundingRate', 'a decimal'],
    ['nextFundingTime', 'a decimal'],
  ])('error: an empty %s is no rate', async (name, expected) => {
    const { call } = answering(ok({ list: [{ ...figures, [name]: '' }] }))
    await expect(getFundingRate(call, { instrument })).rejects.toThrow(
      `$.result.list[0].${name}: expected ${expected}`,
    )
  })
})

describe('getOpenInterest', () => {
  test('default: counted once, in the time of the envelope', async () => {
    const { call, sent } = answering(ok({ category: 'linear', list: [figures] }))
    const interest = await getOpenInterest(call, { instrument })
    expect(interest).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '26155.05',
      notional: '1743668000',
      timestamp: 1_700_000_000_001,
    })
    expect(interest.raw).toBe(figures)
    expect(sent).toEqual([request])
  })

  test('args: older answers count both sides', async () => {
    const { singleOpenInterest: _, singleOpenInterestValue: __, ...older } = figures
    const { call } = answering(ok({ list: [older] }))
    expect(await getOpenInterest(call, { instrument })).toMatchObject({
      quantity: '26155.057',
      notional: '1743668722.975',
    })
  })

  test('args: no value told', async () => {
    const row = { ...figures, openInterestValue: '', singleOpenInterestValue: '' }
    const { call } = answering({ retCode: 0, result: { list: [row] } })
    const interest = await getOpenInterest(call, { instrument })
    expect(interest).not.toHaveProperty('notional')
    expect(interest.timestamp).toBe(1_700_000_000_555)
  })

  test('error: no figure at all', async () => {
    const { call } = answering(ok({ list: [{ symbol: 'BTCUSDT' }] }))
    await expect(getOpenInterest(call, { instrument })).rejects.toThrow(
      '$.result.list[0].openInterest: expected a decimal',
    )
  })
})
