import { type Decimal, mul } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

/** Kinds of products: `productType` of V2, `category` of V3. Those of the old demo list nothing. */
export const productTypes = [
  'USDT-FUTURES',
  'USDC-FUTURES',
  'COIN-FUTURES',
  'SUSDT-FUTURES',
  'SUSDC-FUTURES',
  'SCOIN-FUTURES',
] as const

export type ProductType = (typeof productTypes)[number]

/** A contract as this venue lists it. */
export interface Listing {
  /** The venue's name: `'BTCUSDT'`, `'BTCPERP'`. */
  native: string
  productType: ProductType
  /** Decimals of a price. */
  pricePlace: number
  /** Tick in units of the last of those decimals. */
  priceEndStep: string
  /** Decimals of a size. */
  volumePlace: number
  engine: EngineInstrument
}

/** Share of the mark price within which limit prices must lie. */
export const priceLimitRatio: Decimal = '0.05'

export const fundingIntervalHours = 8

/** https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts */
export const listings: readonly Listing[] = [
  list('BTCUSDT', 'BTC', 'USDT', [1, 1, 4], ['1200', '220', 125, '0.004']),
  list('ETHUSDT', 'ETH', 'USDT', [2, 1, 2], ['12000', '2500', 125, '0.005']),
  list('SOLUSDT', 'SOL', 'USDT', [3, 1, 1], ['120000', '25000', 100, '0.005']),
  list('XRPUSDT', 'XRP', 'USDT', [4, 1, 0], ['10000000', '2000000', 75, '0.01']),
  list('DOGEUSDT', 'DOGE', 'USDT', [5, 1, 0], ['60000000', '12000000', 75, '0.01']),
  list('PEPEUSDT', 'PEPE', 'USDT', [10, 1, 0], ['900000000000', '180000000000', 75, '0.01']),
  list('BTCPERP', 'BTC', 'USDC', [1, 5, 4], ['300', '60', 125, '0.004']),
]

/** The contract the venue calls so, in any case. */
export function findListing(productType: ProductType, native: string): Listing | undefined {
  const name = native.toUpperCase()
  return listings.find((listing) => listing.native === name && listing.productType === productType)
}

/** The contract of an engine symbol; throws for one that this venue does not list. */
export function listingOf(symbol: string): Listing {
  const listing = bySymbol.get(symbol)
  if (!listing) throw new Error(`no contract ${symbol} is listed here`)
  return listing
}

/** The coin positions of a product type are margined in. */
export function marginCoinOf(productType: ProductType): string | undefined {
  return listings.find((listing) => listing.productType === productType)?.engine.settleAsset
}

const bySymbol = new Map(listings.map((listing) => [listing.engine.symbol, listing]))

function list(
  native: string,
  baseAsset: string,
  quoteAsset: 'USDT' | 'USDC',
  [pricePlace, endStep, volumePlace]: [pricePlace: number, endStep: number, volumePlace: number],
  [maxQuantity, maxMarketQuantity, maxLeverage, maintenanceMarginRate]: [
    limit: Decimal,
    market: Decimal,
    maxLeverage: number,
    maintenanceMarginRate: Decimal,
  ],
): Listing {
  const stepSize = unit(volumePlace)
  return {
    native,
    productType: `${quoteAsset}-FUTURES`,
    pricePlace,
    priceEndStep: String(endStep),
    volumePlace,
    engine: {
      symbol: `${baseAsset}${quoteAsset}`,
      baseAsset,
      quoteAsset,
      settleAsset: quoteAsset,
      tickSize: mul(String(endStep), unit(pricePlace)),
      stepSize,
      minQuantity: stepSize,
      maxQuantity,
      maxMarketQuantity,
      minNotional: '5',
      maxLeverage,
      maintenanceMarginRate,
      makerFee: '0.0002',
      takerFee: '0.0006',
      fundingIntervalMs: fundingIntervalHours * 3_600_000,
    },
  }
}

/** `'0.001'` for 3. */
function unit(places: number): Decimal {
  return places === 0 ? '1' : `0.${'1'.padStart(places, '0')}`
}
