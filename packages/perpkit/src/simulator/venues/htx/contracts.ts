import { type Decimal, div, mul } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

/** A contract as this venue lists it. */
export interface Listing {
  /** The venue's name: `'BTC-USDT'`. */
  native: string
  /** Base asset in one contract: what a volume of 1 stands for. */
  contractSize: Decimal
  /** Contracts of the largest order. */
  maxVolume: Decimal
  /** `'20201021'` */
  createDate: string
  /** The same, 00:00 in UTC+8. */
  createdAt: number
  engine: EngineInstrument
}

/** Every recorded taker fill paid 0.0006: docs/wire/htx.md 4.9. */
const fees = { maker: '0.0002', taker: '0.0006' } as const

/** Of a contract whose leverage was never set. */
export const firstLeverage = 5

export const fundingIntervalMs = 28_800_000

/** Highest and lowest funding rate: docs/wire/htx.md 3.1. */
export const fundingCap: Decimal = '0.00375'

/** Sizes and ticks are those of docs/wire/htx.md 3.1; the rest is of this simulator's choosing. */
export const listings: readonly Listing[] = [
  list('BTC', ['0.001', '0.1', '170000', 200, '0.0034'], '20201021'),
  list('ETH', ['0.01', '0.01', '340000', 200, '0.0034'], '20201021'),
  list('SOL', ['1', '0.0001', '60000', 100, '0.006'], '20210324'),
  list('XRP', ['10', '0.00001', '1000000', 75, '0.0085'], '20201109'),
  list('DOGE', ['100', '0.000001', '500000', 75, '0.0085'], '20210129'),
  list('ADA', ['10', '0.000001', '1000000', 75, '0.0085'], '20201116'),
  list('LTC', ['0.1', '0.01', '700000', 75, '0.0085'], '20201102'),
  list('LINK', ['0.1', '0.0001', '3000000', 75, '0.0085'], '20201026'),
  list('AVAX', ['1', '0.0001', '150000', 75, '0.0085'], '20201118'),
  list('BNB', ['0.1', '0.001', '100000', 75, '0.0085'], '20210406'),
  list('TRX', ['100', '0.000001', '400000', 75, '0.0085'], '20201112'),
  list('FIL', ['0.1', '0.001', '10000000', 75, '0.0085'], '20201030'),
  list('1000PEPE', ['1000', '0.0000001', '500000', 50, '0.01'], '20230506'),
  list('SHIB', ['1000', '0.000000001', '100000000', 50, '0.01'], '20210510'),
]

/** The contract the venue calls so; case does not count. */
export function findListing(native: string): Listing | undefined {
  return byNative.get(native.toUpperCase())
}

/** The contract of an engine symbol; throws for one that this venue does not list. */
export function listingOf(symbol: string): Listing {
  const listing = bySymbol.get(symbol)
  if (!listing) throw new Error(`no contract ${symbol} is listed here`)
  return listing
}

/** A quantity of the base asset in contracts. */
export function toVolume(listing: Listing, quantity: Decimal): string {
  return div(quantity, listing.contractSize)
}

/** Contracts in the base asset. */
export function toQuantity(listing: Listing, volume: Decimal): Decimal {
  return mul(volume, listing.contractSize)
}

const byNative = new Map(listings.map((listing) => [listing.native, listing]))

const bySymbol = new Map(listings.map((listing) => [listing.engine.symbol, listing]))

type Sizes = [
  contractSize: Decimal,
  tick: Decimal,
  maxVolume: Decimal,
  maxLeverage: number,
  maintenanceMarginRate: Decimal,
]

function list(
  baseAsset: string,
  [contractSize, tickSize, maxVolume, maxLeverage, maintenanceMarginRate]: Sizes,
  createDate: string,
): Listing {
  const day = createDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const maxQuantity = mul(maxVolume, contractSize)
  return {
    native: `${baseAsset}-USDT`,
    contractSize,
    maxVolume,
    createDate,
    createdAt: Date.parse(`${day}T00:00:00+08:00`),
    engine: {
      symbol: `${baseAsset}USDT`,
      baseAsset,
      quoteAsset: 'USDT',
      settleAsset: 'USDT',
      tickSize,
      stepSize: contractSize,
      minQuantity: contractSize,
      maxQuantity,
      maxMarketQuantity: maxQuantity,
      minNotional: '0',
      maxLeverage,
      maintenanceMarginRate,
      makerFee: fees.maker,
      takerFee: fees.taker,
      fundingIntervalMs,
    },
  }
}
