import { describe, expect, it } from 'vitest'
import type { KlinePage } from '../../client/definition.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime } from './market.ts'
import { bitcoin, NOW, script, success } from './script.testing.ts'

// docs/wire/kraken.md 3.2
const BITCOIN = {
  symbol: 'PF_XBTUSD',
  type: 'flexible_futures',
  tickSize: 1,
  contractSize: 1,
  tradeable: true,
  impactMidSize: 0.08,
  maxPositionSize: 1200.0,
  openingDate: '2022-03-22T13:15:36Z',
  marginLevels: [
    { numNonContractUnits: 0.0, initialMargin: 0.01, maintenanceMargin: 0.005 },
    { numNonContractUnits: 1000000.0, initialMargin: 0.02, maintenanceMargin: 0.01 },
  ],
  contractValueTradePrecision: 4,
  postOnly: false,
  base: 'BTC',
  quote: 'USD',
  pair: 'BTC:USD',
  isExpired: false,
}

describe('getServerTime', () => {
  const line = 'GET tickers/PF_XBTUSD'

  it('default: the time in the answer of the cheapest public call', async () => {
    const { call, lines, sent } = script({
      [line]: { result: 'success', ticker: {}, serverTime: '2026-11-22T05:00:00.123Z' },
    })
    expect(await getServerTime(call)).toBe(Date.UTC(2026, 10, 22, 5, 0, 0, 123))
    expect(lines).toEqual([line])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it.each(['soon', '2026-11-22', '2026-11-22T05:00:00.123', 1_795_323_600_000, undefined])(
    'error: %j is no time',
    async (serverTime) => {
      const { call } = script({ [line]: { result: 'success', serverTime } })
      await expect(getServerTime(call)).rejects.toThrow('$.serverTime: expected')
    },
  )
})

describe('getInstruments', () => {
  const list = async (...rows: unknown[]) => {
    const { call, lines, sent } = script({ 'GET instruments': success({ instruments: rows }) })
    const instruments = await getInstruments(call)
    expect(lines).toEqual(['GET instruments'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
    return instruments
  }

  it('default: a linear perpetual with its rules', async () => {
    const [instrument] = await list(BITCOIN)
    expect(instrument).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      baseAsset: 'BTC',
      quoteAsset: 'USD',
      settleAsset: 'USD',
      isTrading: true,
      tickSize: '1',
      stepSize: '0.0001',
      minQuantity: '0.0001',
      maxQuantity: '1200',
      maxMarketQuantity: '1200',
      minNotional: '0',
      contractMultiplier: '1',
      maxLeverage: 100,
    })
    expect(instrument?.raw).toBe(BITCOIN)
  })

  it('behavior: dated and inverse contracts are left out, whatever their fields', async () => {
    const others = [
      { symbol: 'FF_XBTUSD_261225', type: 'flexible_futures' },
      { symbol: 'PI_XBTUSD', type: 'futures_inverse' },
      { symbol: 'FI_XBTUSD_261225' },
      { symbol: 'in_xbtusd' },
    ]
    expect(await list(...others, BITCOIN)).toHaveLength(1)
  })

  it.each([
    [-3, '1000'],
    [0, '1'],
    [1, '0.1'],
    [8, '0.00000001'],
  ])('args: %i decimals are a step of %s', async (contractValueTradePrecision, step) => {
    const [instrument] = await list({ ...BITCOIN, contractValueTradePrecision })
    expect(instrument).toMatchObject({ stepSize: step, minQuantity: step })
  })

  it('behavior: a tick in exponent form, a mixed-case base, XBT as a base, no margin levels', async () => {
    const [pepe] = await list({ ...BITCOIN, tickSize: 1e-10 })
    expect(pepe?.tickSize).toBe('0.0000000001')
    const [apple] = await list({ ...BITCOIN, symbol: 'PF_AAPLxUSD', base: 'AAPLx' })
    expect(apple).toMatchObject({ symbol: 'AAPLxUSD', nativeSymbol: 'PF_AAPLxUSD' })
    const [xbt] = await list({ ...BITCOIN, base: 'XBT', marginLevels: undefined })
    expect(xbt?.symbol).toBe('BTCUSD')
    expect(xbt).not.toHaveProperty('maxLeverage')
  })

  it('behavior: the highest leverage is that of the lowest margin', async () => {
    const marginLevels = [
      { contracts: null, numNonContractUnits: 1000, initialMargin: 0.04 },
      { contracts: null, numNonContractUnits: null, initialMargin: 0.03 },
    ]
    expect((await list({ ...BITCOIN, marginLevels }))[0]?.maxLeverage).toBe(33.33)
  })

  it('behavior: expired ones do not trade; post-only ones do, and answers without the key', async () => {
    const [expired] = await list({ ...BITCOIN, isExpired: true })
    expect(expired?.isTrading).toBe(false)
    expect((await list({ ...BITCOIN, postOnly: true }))[0]?.isTrading).toBe(true)
    expect((await list({ ...BITCOIN, isExpired: undefined }))[0]?.isTrading).toBe(true)
  })

  it.each(['base', 'quote', 'tickSize', 'contractValueTradePrecision', 'maxPositionSize'])(
    'error: a row without %s',
    async (name) => {
      await expect(list({ ...BITCOIN, [name]: undefined })).rejects.toThrow(
        `$.instruments[0].${name}: expected`,
      )
    },
  )

  it('error: an answer without the list, and a step that is no number', async () => {
    await expect(getInstruments(script({ 'GET instruments': success() }).call)).rejects.toThrow(
      '$.instruments: expected an array',
    )
    await expect(list({ ...BITCOIN, contractValueTradePrecision: 5_000 })).rejects.toThrow(
      'expected a number of decimals',
    )
  })
})

describe('getOrderBook', () => {
  it('default: both sides, best first', async () => {
    const book = {
      bids: [[84001, 0.0273]],
      asks: [
        [84002, 0.006],
        [84003.5, 1e-7],
      ],
    }
    const { call, lines, sent } = script({ 'GET orderbook': success({ orderBook: book }) })
    expect(await getOrderBook(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      bids: [['84001', '0.0273']],
      asks: [
        ['84002', '0.006'],
        ['84003.5', '0.0000001'],
      ],
      timestamp: Date.parse(NOW),
    })
    expect(lines).toEqual(['GET orderbook?symbol=PF_XBTUSD'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('error: a side is missing', async () => {
    const { call } = script({ 'GET orderbook': success({ orderBook: { bids: [] } }) })
    await expect(getOrderBook(call, { instrument: bitcoin })).rejects.toThrow(
      '$.orderBook.asks: expected an array',
    )
  })
})

describe('getKlines', () => {
  const HOUR = 3_600_000
  const START = 1_764_201_600_000
  const page: KlinePage = {
    instrument: bitcoin,
    interval: '1h',
    startTime: START,
    endTime: START + 2 * HOUR,
    limit: 3,
  }
  const candle = (time: number, volume: unknown = '319.4') => ({
    time,
    open: '91069',
    high: '91373.5',
    low: '90956',
    close: '91045.5',
    volume,
  })
  const PATH = 'GET /api/charts/v1/trade/PF_XBTUSD/1h'

  it('default: seconds go out, milliseconds come back', async () => {
    const { call, lines, sent } = script({
      [PATH]: { candles: [candle(START), candle(START + HOUR, 7)], more_candles: false },
    })
    expect(await getKlines(call, page)).toEqual([
      { timestamp: START, open: 91069, high: 91373.5, low: 90956, close: 91045.5, volume: 319.4 },
      {
        timestamp: START + HOUR,
        open: 91069,
        high: 91373.5,
        low: 90956,
        close: 91045.5,
        volume: 7,
      },
    ])
    expect(lines).toEqual([`${PATH}?from=1764201600&to=1764212399`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: {} }])
  })

  it('behavior: exactly the candles that start in the window, ascending', async () => {
    const times = [START + 3 * HOUR, START + 2 * HOUR, START, START - HOUR, START + HOUR]
    const { call } = script({ [PATH]: { candles: times.map((time) => candle(time)) } })
    const klines = await getKlines(call, page)
    expect(klines.map(({ timestamp }) => timestamp)).toEqual([
      START,
      START + HOUR,
      START + 2 * HOUR,
    ])
  })

  it('behavior: asks for the rest when it was given less than the window', async () => {
    const { call, lines } = script({
      [PATH]: [
        { candles: [candle(START), candle(START + HOUR)], more_candles: true },
        { candles: [candle(START + 2 * HOUR)], more_candles: false },
      ],
    })
    expect(await getKlines(call, page)).toHaveLength(3)
    expect(lines).toEqual([
      `${PATH}?from=1764201600&to=1764212399`,
      `${PATH}?from=1764208800&to=1764212399`,
    ])
  })

  it('behavior: stops when more is promised and nothing given', async () => {
    const { call, lines } = script({ [PATH]: { candles: [], more_candles: true } })
    expect(await getKlines(call, page)).toEqual([])
    expect(lines).toHaveLength(1)
  })

  it.each([
    ['1m', '1m'],
    ['5m', '5m'],
    ['15m', '15m'],
    ['30m', '30m'],
    ['1h', '1h'],
    ['4h', '4h'],
    ['12h', '12h'],
    ['1d', '1d'],
    ['1w', '1w'],
  ] as const)('args: %s is %s', async (interval, token) => {
    const { call, lines } = script({
      [`GET /api/charts/v1/trade/PF_XBTUSD/${token}`]: { candles: [] },
    })
    await getKlines(call, { ...page, interval, endTime: START })
    const seconds = { m: 60, h: 3_600, d: 86_400, w: 604_800 }[interval.slice(-1)] ?? 0
    const to = START / 1_000 + Number(interval.slice(0, -1)) * seconds - 1
    expect(lines[0]).toContain(`from=1764201600&to=${to}`)
  })

  it('error: an interval there is none of, before anything is sent', async () => {
    const { call, lines } = script({})
    await expect(getKlines(call, { ...page, interval: '3m' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  it('error: a candle without its close', async () => {
    const { call } = script({ [PATH]: { candles: [{ ...candle(START), close: null }] } })
    await expect(getKlines(call, page)).rejects.toThrow('$.candles[0].close: expected a decimal')
  })
})
