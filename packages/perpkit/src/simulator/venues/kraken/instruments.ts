import { type Decimal, div } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

/** A contract as this venue lists it. */
export interface Listing {
  /** The venue's name: `'PF_XBTUSD'`. */
  native: string
  /** The base asset as market data spells it: `'XBT'`. */
  wireBase: string
  /** p of docs/wire/kraken.md 3.2: the step is 10^-p. */
  sizePrecision: number
  openingDate: string
  category: string
  engine: EngineInstrument
}

const hour = 3_600_000

/** Single perpetuals, figures as listed in autumn 2026; one margin level each. */
export const listings: readonly Listing[] = [
  list('BTC', 'XBT', ['1', 4, '1200', 100], ['2022-03-22T13:15:36Z', 'Layer 1']),
  list('ETH', 'ETH', ['0.1', 3, '18000', 100], ['2022-03-22T13:15:36Z', 'Layer 1']),
  list('SOL', 'SOL', ['0.01', 2, '150000', 50], ['2022-03-22T13:15:36Z', 'Layer 1']),
  list('XRP', 'XRP', ['0.00001', 0, '30000000', 50], ['2022-03-22T13:15:36Z', 'Payments']),
  list('DOGE', 'DOGE', ['0.000001', 0, '50000000', 50], ['2022-03-29T15:30:00Z', 'Meme']),
  list('LTC', 'LTC', ['0.01', 2, '100000', 50], ['2022-03-29T15:30:00Z', 'Payments']),
  list('ADA', 'ADA', ['0.00001', 0, '20000000', 50], ['2022-03-29T15:30:00Z', 'Layer 1']),
  list('LINK', 'LINK', ['0.001', 1, '1000000', 50], ['2022-03-29T15:30:00Z', 'Oracle']),
  // A coin with a coarse step: sizes are multiples of 1000.
  list('PEPE', 'PEPE', ['0.0000000001', -3, '500000000000', 50], ['2023-05-11T13:00:00Z', 'Meme']),
]

/** The contract the venue calls exactly so. */
export function findListing(native: string): Listing | undefined {
  return byNative.get(native)
}

/** Likewise, whatever the case. */
export function findListingLoosely(native: string): Listing | undefined {
  const wanted = native.toUpperCase()
  return listings.find((listing) => listing.native.toUpperCase() === wanted)
}

/** The contract of an engine symbol; throws for one that this venue does not list. */
export function listingOf(symbol: string): Listing {
  const listing = byEngineSymbol.get(symbol)
  if (!listing) throw new Error(`no contract ${symbol} is listed here`)
  return listing
}

/** Share of the notional a new position needs. */
export function initialMarginOf({ engine }: Listing): Decimal {
  return div('1', String(engine.maxLeverage))
}

function list(
  base: string,
  wireBase: string,
  [tickSize, sizePrecision, maxPosition, maxLeverage]: readonly [Decimal, number, Decimal, number],
  [openingDate, category]: readonly [string, string],
): Listing {
  const stepSize = stepOf(sizePrecision)
  return {
    native: `PF_${wireBase}USD`,
    wireBase,
    sizePrecision,
    openingDate,
    category,
    engine: {
      symbol: `${base}USD`,
      baseAsset: base,
      quoteAsset: 'USD',
      settleAsset: 'USD',
      tickSize,
      stepSize,
      minQuantity: stepSize,
      maxQuantity: maxPosition,
      maxMarketQuantity: maxPosition,
      minNotional: '0',
      maxLeverage,
      maintenanceMarginRate: div('0.5', String(maxLeverage)),
      makerFee: '0.0002',
      takerFee: '0.0005',
      fundingIntervalMs: hour,
    },
  }
}

function stepOf(precision: number): Decimal {
  if (precision > 0) return `0.${'0'.repeat(precision - 1)}1`
  return `1${'0'.repeat(-precision)}`
}

const byNative = new Map(listings.map((listing) => [listing.native, listing]))
const byEngineSymbol = new Map(listings.map((listing) => [listing.engine.symbol, listing]))
