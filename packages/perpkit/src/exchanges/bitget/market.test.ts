import { describe, expect, test } from 'vitest'
import { getInstruments, getOrderBook, getServerTime, getTicker } from './market.ts'
import { bitcoin, ok, perp, script } from './script.testing.ts'

const MARKET = '/api/v2/mix/market'

test('default: server time, a text inside a number', async () => {
  const { call, lines, sent } = script({
    'GET /api/v2/public/time': ok({ serverTime: '1688008631614' }),
  })
  expect(await getServerTime(call)).toBe(1_688_008_631_614)
  expect(lines).toEqual(['GET /api/v2/public/time'])
  expect(sent).toEqual([{ access: 'public', effect: 'read' }])
})

describe('getInstruments', () => {
  // docs/wire/bitget.md 3.1
  const row = {
    symbol: 'BTCUSDT',
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    supportMarginCoins: ['USDT'],
    minTradeNum: '0.0001',
    priceEndStep: '1',
    volumePlace: '4',
    pricePlace: '1',
    sizeMultiplier: '0.0001',
    symbolType: 'perpetual',
    minTradeUSDT: '5',
    symbolStatus: 'normal',
    offTime: '-1',
    minLever: '1',
    maxLever: '125',
    maxMarketOrderQty: '220',
    maxOrderQty: '1200',
  }
  const inDollars = {
    ...row,
    symbol: 'BTCPERP',
    quoteCoin: 'USDC',
    priceEndStep: '5',
    supportMarginCoins: ['USDC'],
  }

  async function listed(changes: object, more: object[] = []) {
    const { call } = script({
      [`GET ${MARKET}/contracts?productType=USDT-FUTURES`]: ok([{ ...row, ...changes }, ...more]),
      [`GET ${MARKET}/contracts?productType=USDC-FUTURES`]: ok([]),
    })
    return await getInstruments(call)
  }

  test('default: both families of linear contracts', async () => {
    const { call, lines, sent } = script({
      [`GET ${MARKET}/contracts?productType=USDT-FUTURES`]: ok([row]),
      [`GET ${MARKET}/contracts?productType=USDC-FUTURES`]: ok([inDollars]),
    })
    const instruments = await getInstruments(call)
    expect(instruments).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        baseAsset: 'BTC',
        quoteAsset: 'USDT',
        settleAsset: 'USDT',
        isTrading: true,
        tickSize: '0.1',
        stepSize: '0.0001',
        minQuantity: '0.0001',
        maxQuantity: '1200',
        maxMarketQuantity: '220',
        minNotional: '5',
        contractMultiplier: '1',
        maxLeverage: 125,
      },
      expect.objectContaining({
        symbol: 'BTCUSDC',
        nativeSymbol: 'BTCPERP',
        settleAsset: 'USDC',
        tickSize: '0.5',
      }),
    ])
    expect(instruments[0]?.raw).toBe(row)
    expect(lines).toHaveLength(2)
    expect(sent[0]).toEqual({ access: 'public', effect: 'read' })
  })

  test.each([
    ['10', '1', '0.0000000001'],
    ['0', '1', '1'],
    ['3', '25', '0.025'],
  ])('args: pricePlace %s with priceEndStep %s is a tick of %s', async (pricePlace, step, tick) => {
    expect(await listed({ pricePlace, priceEndStep: step })).toMatchObject([{ tickSize: tick }])
  })

  test.each([
    ['normal', true],
    ['limit_open', true],
    ['listed', false],
    ['maintain', false],
    ['restrictedAPI', false],
    ['off', false],
  ])('args: status %s: trading %s', async (symbolStatus, isTrading) => {
    expect(await listed({ symbolStatus })).toMatchObject([{ isTrading }])
  })

  test('behavior: an empty maximum is none; one for market orders is that of limit orders', async () => {
    expect(await listed({ maxMarketOrderQty: '' })).toMatchObject([{ maxMarketQuantity: '1200' }])
    const [instrument] = await listed({ maxMarketOrderQty: '', maxOrderQty: '' })
    expect(Number(instrument?.maxQuantity)).toBeGreaterThan(1e12)
    expect(instrument?.maxMarketQuantity).toBe(instrument?.maxQuantity)
  })

  test('behavior: contracts with a delivery date are left out', async () => {
    expect(
      await listed({}, [{ ...row, symbol: 'BTCUSDTU26', symbolType: 'delivery' }]),
    ).toHaveLength(1)
  })

  test.each([
    'pricePlace',
    'priceEndStep',
    'sizeMultiplier',
    'minTradeNum',
    'maxLever',
    'baseCoin',
  ])('error: %s is needed', async (name) => {
    await expect(listed({ [name]: undefined })).rejects.toThrow(`$.data[0].${name}: expected`)
  })
})

describe('getTicker', () => {
  // docs/wire/bitget.md 3.2
  const row = {
    symbol: 'BTCUSDT',
    lastPr: '29904.5',
    askPr: '29904.6',
    bidPr: '29903.5',
    high24h: '30100',
    low24h: '29000.0',
    ts: '1695794098184',
    baseVolume: '12.5',
    indexPrice: '29132.353333',
    fundingRate: '-0.0007',
    deliveryTime: null,
    markPrice: '29904.1',
  }

  function ticker(changes: object) {
    const { call } = script({ [`GET ${MARKET}/ticker`]: ok([{ ...row, ...changes }]) })
    return getTicker(call, { instrument: bitcoin })
  }

  test('default: all prices in one answer', async () => {
    const { call, lines } = script({ [`GET ${MARKET}/ticker`]: ok([row]) })
    const read = await getTicker(call, { instrument: bitcoin })
    expect(lines).toEqual([`GET ${MARKET}/ticker?productType=USDT-FUTURES&symbol=BTCUSDT`])
    expect(read).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '29904.5',
      bidPrice: '29903.5',
      askPrice: '29904.6',
      markPrice: '29904.1',
      indexPrice: '29132.353333',
      volume: '12.5',
      highPrice: '30100',
      lowPrice: '29000',
      fundingRate: '-0.0007',
      timestamp: 1_695_794_098_184,
    })
    expect(read.raw).toBe(row)
  })

  test('behavior: an idle symbol with an empty book', async () => {
    const read = await ticker({ bidPr: '', askPr: undefined, ts: '0', high24h: '0', low24h: '0' })
    expect(read).toMatchObject({ bidPrice: '0', askPrice: '0', timestamp: 1_763_798_400_500 })
    expect(read).not.toHaveProperty('highPrice')
    expect(read).not.toHaveProperty('lowPrice')
  })

  test.each(['lastPr', 'markPrice', 'indexPrice'])('error: %s is needed', async (name) => {
    await expect(ticker({ [name]: '' })).rejects.toThrow(`$.data[0].${name}: expected a decimal`)
  })

  test('error: the row of another symbol is not taken', async () => {
    await expect(ticker({ symbol: 'ETHUSDT' })).rejects.toThrow('a row of BTCUSDT')
  })
})

describe('getOrderBook', () => {
  const data = {
    asks: [
      [26347.5, 0.25],
      [26348.0, 0.16],
    ],
    bids: [
      [26346.5, 0.16],
      [26346.0, 1e-7],
    ],
    ts: '1695870968804',
    scale: '0.1',
    precision: 'scale0',
    isMaxPrecision: 'NO',
  }

  test('default: bare numbers become decimals', async () => {
    const { call, lines } = script({ [`GET ${MARKET}/merge-depth`]: ok(data) })
    expect(await getOrderBook(call, { instrument: perp, depth: 2 })).toEqual({
      symbol: 'BTCUSDC',
      nativeSymbol: 'BTCPERP',
      bids: [
        ['26346.5', '0.16'],
        ['26346', '0.0000001'],
      ],
      asks: [
        ['26347.5', '0.25'],
        ['26348', '0.16'],
      ],
      timestamp: 1_695_870_968_804,
    })
    expect(lines).toEqual([
      `GET ${MARKET}/merge-depth?productType=USDC-FUTURES&symbol=BTCPERP&precision=scale0&limit=5`,
    ])
  })

  test.each([
    [1, '1'],
    [5, '5'],
    [6, '15'],
    [50, '50'],
    [51, 'max'],
    [1000, 'max'],
  ])('args: %i levels are asked for as %s', async (depth, limit) => {
    const { call, lines } = script({ [`GET ${MARKET}/merge-depth`]: ok(data) })
    await getOrderBook(call, { instrument: bitcoin, depth })
    expect(lines[0]).toContain(`&limit=${limit}`)
  })

  test('behavior: no more levels than were asked for', async () => {
    const { call } = script({ [`GET ${MARKET}/merge-depth`]: ok(data) })
    const book = await getOrderBook(call, { instrument: bitcoin, depth: 1 })
    expect([book.bids.length, book.asks.length]).toEqual([1, 1])
  })

  test('error: a side that is missing', async () => {
    const { call } = script({ [`GET ${MARKET}/merge-depth`]: ok({ ...data, asks: undefined }) })
    await expect(getOrderBook(call, { instrument: bitcoin, depth: 5 })).rejects.toThrow(
      '$.data.asks: expected an array',
    )
  })
})
