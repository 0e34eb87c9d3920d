import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, isZero, max } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

// Letters of any script: symbols in Chinese have been listed since 2025-10.
const UNIFIED = /^([\p{L}\p{N}]+)\/([\p{L}\p{N}]+)(?::([\p{L}\p{N}]+))?$/u
const NATIVE = /^[\p{L}\p{N}]{2,}(?:_[\p{L}\p{N}]+)?$/u

/**
 * `'BTC/USDT'` and `'BTC/USDT:USDT'` to `'BTCUSDT'`; native names stay as they are. `undefined` for
 * what cannot be a symbol here, an inverse `'BTC/USD:BTC'` for example.
 */
export function normalizeSymbol(symbol: string): string | undefined {
  const [, base, quote, settle] = UNIFIED.exec(symbol) ?? []
  if (base !== undefined && quote !== undefined) {
    return settle === undefined || settle === quote ? base + quote : undefined
  }
  return NATIVE.test(symbol) ? symbol : undefined
}

/** All perpetual contracts, those that do not trade now among them. */
export function getInstruments(call: Call): Promise<Instrument[]> {
  return call(exchangeInfo, undefined)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information
const exchangeInfo: Endpoint<void, Instrument[]> = {
  method: 'GET',
  path: '/fapi/v1/exchangeInfo',
  access: 'public',
  effect: 'read',
  cost: { weight: 1 },
  encode: () => ({}),
  decode: (answer) => answer.at('symbols').items().filter(isPerpetual).map(decodeInstrument),
}

/** The year 2100, which stands for "never delivered". */
const NO_DELIVERY = 4_133_404_800_000
const PERPETUAL_TYPES = ['PERPETUAL', 'TRADIFI_PERPETUAL']

/** The contract type may be an empty text while a symbol is pending (docs/wire/binance.md 1.3). */
function isPerpetual(row: Reader): boolean {
  const contractType = row.at('contractType').optionalString()
  if (contractType !== undefined && PERPETUAL_TYPES.includes(contractType)) return true
  return row.at('deliveryDate').optionalInteger() === NO_DELIVERY
}

function decodeInstrument(row: Reader): Instrument {
  const price = requireFilter(row, 'PRICE_FILTER')
  const lot = requireFilter(row, 'LOT_SIZE')
  const marketLot = findFilter(row, 'MARKET_LOT_SIZE') ?? lot
  const maxQuantity = lot.at('maxQty').decimal()
  const maxMarketQuantity = marketLot.at('maxQty').decimal()
  // One step for both kinds of order: the coarser of the two suits both.
  const stepSize = max(lot.at('stepSize').decimal(), marketLot.at('stepSize').decimal())
  const nativeSymbol = row.at('symbol').string()
  const instrument: Instrument = {
    // A perpetual's native name is its base and quote asset joined, as ours is; only settled
    // leftovers differ, and those must not take the name of the contract that replaced them.
    symbol: nativeSymbol,
    nativeSymbol,
    baseAsset: row.at('baseAsset').string(),
    quoteAsset: row.at('quoteAsset').string(),
    settleAsset: row.at('marginAsset').string(),
    isTrading: row.at('status').string() === 'TRADING',
    tickSize: stepOr(price.at('tickSize').decimal(), row.at('pricePrecision')),
    stepSize: stepOr(stepSize, row.at('quantityPrecision')),
    minQuantity: max(lot.at('minQty').decimal(), marketLot.at('minQty').decimal()),
    maxQuantity,
    maxMarketQuantity: isZero(maxMarketQuantity) ? maxQuantity : maxMarketQuantity,
    minNotional: findFilter(row, 'MIN_NOTIONAL')?.at('notional').decimal() ?? '0',
    contractMultiplier: '1',
  }
  return withRaw(instrument, row.value)
}

/** A step of zero switches its rule off; the allowed decimals still bind. */
function stepOr(step: Decimal, precision: Reader): Decimal {
  if (!isZero(step)) return step
  const places = precision.integer()
  return places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`
}

function requireFilter(row: Reader, filterType: string): Reader {
  const filter = findFilter(row, filterType)
  if (!filter) throw new ReadError(row.at('filters').path, `a ${filterType}`, undefined)
  return filter
}

function findFilter(row: Reader, filterType: string): Reader | undefined {
  const filters = row.at('filters').items()
  return filters.find((filter) => filter.at('filterType').string() === filterType)
}
