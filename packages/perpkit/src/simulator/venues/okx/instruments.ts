import { type Decimal, div, mul } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

/** A contract as this venue lists it; sizes in contracts. */
export interface Listing {
  /** The venue's name: `'BTC-USDT-SWAP'`. */
  instId: string
  /** Underlying index and instrument family in one: `'BTC-USDT'`. */
  family: string
  instIdCode: number
  listTime: number
  /** Base asset in one contract: `ctVal`, with a `ctMult` of 1. */
  contractSize: Decimal
  /** Step and minimum of a size. */
  lotSize: Decimal
  maxLimitSize: Decimal
  maxMarketSize: Decimal
  /** Above it no price is taken. */
  maxPrice: Decimal
  engine: EngineInstrument
}

/** Fractions of the notional; printed negative, which here means paid (docs/wire/okx.md 4.1). */
export const fees = { maker: '0.0002', taker: '0.0005' } as const

/** Fee group of crypto contracts (docs/wire/okx.md 3.1). */
export const feeGroup = '4'

/** Distance from the index price beyond which no order trades (docs/wire/okx.md 4.6). */
export const priceLimitRatio = '0.03'

/** Contract size, lot and tick: docs/wire/okx.md 1.3; limits and codes are plausible ones. */
export const listings: readonly Listing[] = [
  list('BTC', 10_459, ['0.01', '0.01', '0.1', '12000', 100], 1_573_557_408_000),
  list('ETH', 10_461, ['0.1', '0.01', '0.01', '20000', 100], 1_573_557_408_000),
  list('SOL', 10_512, ['1', '0.01', '0.01', '40000', 50], 1_611_907_686_000),
  list('XRP', 10_465, ['100', '0.01', '0.0001', '100000', 50], 1_573_557_408_000),
  list('DOGE', 10_533, ['1000', '0.01', '0.00001', '50000', 50], 1_611_907_686_000),
  list('ADA', 10_479, ['100', '0.1', '0.0001', '100000', 50], 1_581_408_000_000),
  list('SUI', 11_803, ['1', '1', '0.0001', '4000000', 50], 1_683_115_200_000),
  list('PEPE', 11_812, ['10000000', '0.1', '0.000000001', '60000', 50], 1_683_288_000_000, 4),
]

/** The contract the venue calls so; case counts. */
export function findListing(instId: string): Listing | undefined {
  return byInstId.get(instId)
}

/** The contract of that `instIdCode`, as text. */
export function findListingByCode(code: string): Listing | undefined {
  return byCode.get(code)
}

/** The contract of an engine symbol; throws for one that this venue does not list. */
export function listingOf(symbol: string): Listing {
  const listing = bySymbol.get(symbol)
  if (!listing) throw new Error(`no contract ${symbol} is listed here`)
  return listing
}

/** Initial margin rate at the highest leverage. */
export function initialMarginRate(listing: Listing): Decimal {
  return div('1', String(listing.engine.maxLeverage), 4)
}

const byInstId = new Map(listings.map((listing) => [listing.instId, listing]))

const byCode = new Map(listings.map((listing) => [String(listing.instIdCode), listing]))

const bySymbol = new Map(listings.map((listing) => [listing.engine.symbol, listing]))

type Sizes = [
  contractSize: Decimal,
  lotSize: Decimal,
  tick: Decimal,
  maxMarket: Decimal,
  maxLeverage: number,
]

function list(
  baseAsset: string,
  instIdCode: number,
  [contractSize, lotSize, tickSize, maxMarketSize, maxLeverage]: Sizes,
  listTime: number,
  fundingHours = 8,
): Listing {
  const family = `${baseAsset}-USDT`
  const maxLimitSize = '100000000'
  const stepSize = mul(lotSize, contractSize)
  return {
    instId: `${family}-SWAP`,
    family,
    instIdCode,
    listTime,
    contractSize,
    lotSize,
    maxLimitSize,
    maxMarketSize,
    maxPrice: mul('10000000000', tickSize),
    engine: {
      symbol: `${baseAsset}USDT`,
      baseAsset,
      quoteAsset: 'USDT',
      settleAsset: 'USDT',
      tickSize,
      stepSize,
      minQuantity: stepSize,
      maxQuantity: mul(maxLimitSize, contractSize),
      maxMarketQuantity: mul(maxMarketSize, contractSize),
      minNotional: '0',
      maxLeverage,
      maintenanceMarginRate: div('0.4', String(maxLeverage), 4),
      makerFee: fees.maker,
      takerFee: fees.taker,
      fundingIntervalMs: fundingHours * 3_600_000,
    },
  }
}
