import { type Decimal, div, mul } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

/** A contract as this venue lists it. */
export interface Listing {
  /** The venue's name: `'BTCUSDT'`, `'BTCPERP'`. */
  native: string
  symbolId: number
  launchTime: number
  /** Decimals of a printed price; not always those of the tick. */
  priceScale: number
  maxPrice: Decimal
  engine: EngineInstrument
}

export const fees = { taker: '0.00055', maker: '0.0002' } as const

/** `X` and `Y` of the price band (docs/wire/bybit.md 3), the same for all contracts here. */
export const priceLimitRatio = { x: '0.01', y: '0.02' } as const

export const fundingIntervalMinutes = 480

/** docs/wire/bybit.md 3, "Values a simulator uses for its instruments". */
export const listings: readonly Listing[] = [
  list('BTCUSDT', 'BTC', 'USDT', 5, ['0.10', '0.001', '1190', '500', 100, 2], 1_584_230_400_000),
  list('ETHUSDT', 'ETH', 'USDT', 6, ['0.01', '0.01', '7240', '1500', 100, 2], 1_603_756_800_000),
  list('SOLUSDT', 'SOL', 'USDT', 37, ['0.010', '0.1', '79770', '15860', 100, 3], 1_634_256_000_000),
  list(
    'XRPUSDT',
    'XRP',
    'USDT',
    12,
    ['0.0001', '0.1', '5000000', '1000000', 75, 4],
    1_610_582_400_000,
  ),
  list(
    'DOGEUSDT',
    'DOGE',
    'USDT',
    24,
    ['0.00001', '1', '30000000', '6000000', 75, 5],
    1_622_505_600_000,
  ),
  list(
    '1000PEPEUSDT',
    '1000PEPE',
    'USDT',
    355,
    ['0.0000001', '100', '80000000', '16000000', 50, 7],
    1_683_244_800_000,
  ),
  list('BTCPERP', 'BTC', 'USDC', 155, ['0.10', '0.001', '300', '100', 100, 2], 1_646_870_400_000),
  list(
    '1000000BABYDOGEUSDT',
    '1000000BABYDOGE',
    'USDT',
    533,
    ['0.0000001', '1', '20000000', '4000000', 25, 7],
    1_725_235_200_000,
  ),
]

/** The contract the venue calls so; case counts. */
export function findListing(native: string): Listing | undefined {
  return byNative.get(native)
}

/** The contract of an engine symbol; throws for one that this venue does not list. */
export function listingOf(symbol: string): Listing {
  const listing = byEngineSymbol.get(symbol)
  if (!listing) throw new Error(`no contract ${symbol} is listed here`)
  return listing
}

/** `'100.00'`: the leverage limit as the venue prints it. */
export function maxLeverageText(listing: Listing): string {
  return `${listing.engine.maxLeverage}.00`
}

/** Initial margin rate at the highest leverage. */
export function initialMarginRate(listing: Listing): Decimal {
  return div('1', String(listing.engine.maxLeverage), 4)
}

const byNative = new Map(listings.map((listing) => [listing.native, listing]))

const byEngineSymbol = new Map(listings.map((listing) => [listing.engine.symbol, listing]))

type Sizes = [
  tick: Decimal,
  step: Decimal,
  maxLimit: Decimal,
  maxMarket: Decimal,
  maxLeverage: number,
  priceScale: number,
]

function list(
  native: string,
  baseAsset: string,
  quoteAsset: string,
  symbolId: number,
  [tickSize, stepSize, maxQuantity, maxMarketQuantity, maxLeverage, priceScale]: Sizes,
  launchTime: number,
): Listing {
  return {
    native,
    symbolId,
    launchTime,
    priceScale,
    maxPrice: mul('19999998', tickSize),
    engine: {
      symbol: `${baseAsset}${quoteAsset}`,
      baseAsset,
      quoteAsset,
      settleAsset: quoteAsset,
      tickSize,
      stepSize,
      minQuantity: stepSize,
      maxQuantity,
      maxMarketQuantity,
      minNotional: '5',
      maxLeverage,
      maintenanceMarginRate: div('0.5', String(maxLeverage), 4),
      makerFee: fees.maker,
      takerFee: fees.taker,
      fundingIntervalMs: fundingIntervalMinutes * 60_000,
    },
  }
}
