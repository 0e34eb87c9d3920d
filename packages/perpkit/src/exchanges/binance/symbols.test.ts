import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReadError } from '../../core/reader.ts'
import { script } from './script.testing.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'

describe('normalizeSymbol', () => {
  test.each([
    ['BTCUSDT', 'BTCUSDT'],
    ['BTC/USDT', 'BTCUSDT'],
    ['BTC/USDT:USDT', 'BTCUSDT'],
    ['1000PEPE/USDT', '1000PEPEUSDT'],
    ['币安人生/USDT', '币安人生USDT'],
    ['ETH/BTC:BTC', 'ETHBTC'],
    ['BTCUSDT_260925', 'BTCUSDT_260925'],
  ])('default: %s is %s', (symbol, native) => {
    expect(normalizeSymbol(symbol)).toBe(native)
  })

  test.each([
    '',
    '/',
    'BTC/',
    '/USDT',
    'BTC-USDT',
    'BTC USDT',
    'BTC/USDT/USDT',
    'BTC/USD:BTC',
    'BTC/USDT:USDT-260925',
    'BTCUSDT_',
    '_USDT',
    'B',
    "BTC'USDT",
  ])('error: %j cannot be a symbol', (symbol) => {
    expect(normalizeSymbol(symbol)).toBeUndefined()
  })

  test('behavior: all writings of one symbol are the same, and a native name stays', () => {
    const asset = fc.stringMatching(/^[A-Z0-9]{1,12}$/)
    fc.assert(
      fc.property(asset, asset, (base, quote) => {
        const native = normalizeSymbol(base + quote)
        expect(native).toBe(base + quote)
        expect(normalizeSymbol(`${base}/${quote}`)).toBe(native)
        expect(normalizeSymbol(`${base}/${quote}:${quote}`)).toBe(native)
      }),
    )
  })
})

const filters = [
  { filterType: 'PRICE_FILTER', tickSize: '0.10', minPrice: '556.80', maxPrice: '4529764' },
  { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
  { filterType: 'MARKET_LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '120' },
  { filterType: 'MAX_NUM_ORDERS', limit: 200 },
  { filterType: 'MIN_NOTIONAL', notional: '50' },
  { filterType: 'PERCENT_PRICE', multiplierUp: '1.0500', multiplierDown: '0.9500' },
]

const row = {
  symbol: 'BTCUSDT',
  pair: 'BTCUSDT',
  contractType: 'PERPETUAL',
  deliveryDate: 4_133_404_800_000,
  status: 'TRADING',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  marginAsset: 'USDT',
  pricePrecision: 2,
  quantityPrecision: 3,
  filters,
}

async function decode(...symbols: unknown[]) {
  const { call } = script({ 'GET /fapi/v1/exchangeInfo': { serverTime: 1, symbols } })
  return getInstruments(call)
}

function withFilter(filterType: string, changes: object | undefined) {
  const rest = filters.filter((filter) => filter.filterType !== filterType)
  return { ...row, filters: changes ? [...rest, { filterType, ...changes }] : rest }
}

describe('getInstruments', () => {
  test('default: rules come from the filters, not from the display precision', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/exchangeInfo': { symbols: [row] } })
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
        stepSize: '0.001',
        minQuantity: '0.001',
        maxQuantity: '1000',
        maxMarketQuantity: '120',
        minNotional: '50',
        contractMultiplier: '1',
      },
    ])
    expect(instruments[0]?.raw).toBe(row)
    expect(lines).toEqual(['GET /fapi/v1/exchangeInfo'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { weight: 1 } }])
  })

  test('behavior: dated contracts are left out, all perpetual kinds are in', async () => {
    const instruments = await decode(
      row,
      { ...row, symbol: 'TSLAUSDT', contractType: 'TRADIFI_PERPETUAL', deliveryDate: 1 },
      { ...row, symbol: 'NEWUSDT', contractType: '', status: 'PENDING_TRADING' },
      { ...row, symbol: 'OLDUSDT', deliveryDate: 1_790_000_000_000 },
      // Not even looked at: its filters are missing.
      {
        symbol: 'BTCUSDT_260925',
        contractType: 'CURRENT_QUARTER',
        deliveryDate: 1_790_000_000_000,
      },
    )
    expect(instruments.map(({ symbol }) => symbol)).toEqual([
      'BTCUSDT',
      'TSLAUSDT',
      'NEWUSDT',
      'OLDUSDT',
    ])
  })

  test.each([
    'TRADING_HALT',
    'PENDING_TRADING',
    'PRE_SETTLE',
    'SETTLING',
    'PRE_DELIVERING',
    'DELIVERING',
    'DELIVERED',
    'CLOSE',
    'PRE_DELISTING',
    'DELISTING',
    'DOWN',
    'A_WORD_OF_TOMORROW',
  ])('args: status %s does not trade', async (status) => {
    expect((await decode({ ...row, status }))[0]?.isTrading).toBe(false)
  })

  test('behavior: a step of zero leaves the allowed decimals', async () => {
    const noTick = withFilter('PRICE_FILTER', { tickSize: '0' })
    const noStep = withFilter('LOT_SIZE', { stepSize: '0', minQty: '0', maxQty: '10' })
    const bare = noStep.filters.map((filter) =>
      filter.filterType === 'MARKET_LOT_SIZE' ? { ...filter, stepSize: '0' } : filter,
    )
    expect((await decode(noTick))[0]?.tickSize).toBe('0.01')
    expect((await decode({ ...noStep, filters: bare }))[0]?.stepSize).toBe('0.001')
    expect((await decode({ ...noTick, pricePrecision: 0 }))[0]?.tickSize).toBe('1')
  })

  test('behavior: one step and minimum suit both kinds of order', async () => {
    const market = { stepSize: '0.01', minQty: '0.02', maxQty: '0' }
    const [instrument] = await decode(withFilter('MARKET_LOT_SIZE', market))
    expect(instrument).toMatchObject({
      stepSize: '0.01',
      minQuantity: '0.02',
      maxQuantity: '1000',
      maxMarketQuantity: '1000',
    })
  })

  test('behavior: filters that can be missing are', async () => {
    const [noMarket] = await decode(withFilter('MARKET_LOT_SIZE', undefined))
    const [noNotional] = await decode(withFilter('MIN_NOTIONAL', undefined))
    expect(noMarket?.maxMarketQuantity).toBe('1000')
    expect(noNotional?.minNotional).toBe('0')
  })

  test.each(['PRICE_FILTER', 'LOT_SIZE'])('error: %s is needed', async (filterType) => {
    await expect(decode(withFilter(filterType, undefined))).rejects.toThrow(
      new ReadError('$.symbols[0].filters', `a ${filterType}`, undefined),
    )
  })

  test.each([
    ['$.symbols[0].baseAsset', { ...row, baseAsset: undefined }],
    ['$.symbols[0].status', { ...row, status: 1 }],
    ['$.symbols[0].filters', { ...row, filters: {} }],
  ])('error: %s is refused when it is of another type', async (path, broken) => {
    await expect(decode(broken)).rejects.toMatchObject({ name: 'ReadError', path })
  })

  test('error: an answer without symbols is refused', async () => {
    const { call } = script({ 'GET /fapi/v1/exchangeInfo': { timezone: 'UTC' } })
    await expect(getInstruments(call)).rejects.toBeInstanceOf(ReadError)
  })
})
