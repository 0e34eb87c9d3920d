import { feeScheduleUid } from './fees.ts'
import { uuidOf } from './ids.ts'
import { initialMarginOf, type Listing } from './instruments.ts'
import { num } from './numbers.ts'

/** A row of `/instruments`: docs/wire/kraken.md 3.2. */
export function instrumentRow(listing: Listing): Record<string, unknown> {
  const { baseAsset, maintenanceMarginRate, maxQuantity, tickSize } = listing.engine
  return {
    symbol: listing.native,
    type: 'flexible_futures',
    tickSize: num(tickSize),
    contractSize: 1,
    // Always true here; whether it trades is in the ticker.
    tradeable: true,
    impactMidSize: num(listing.engine.stepSize),
    maxPositionSize: num(maxQuantity),
    openingDate: listing.openingDate,
    marginLevels: [
      {
        numNonContractUnits: 0,
        initialMargin: num(initialMarginOf(listing)),
        maintenanceMargin: num(maintenanceMarginRate),
      },
    ],
    fundingRateCoefficient: 8,
    maxRelativeFundingRate: 0.005,
    isin: isinOf(listing),
    contractValueTradePrecision: listing.sizePrecision,
    postOnly: false,
    feeScheduleUid,
    mtf: true,
    base: baseAsset,
    quote: 'USD',
    pair: `${baseAsset}:USD`,
    category: listing.category,
    tradfi: false,
    isExpired: false,
  }
}

/** Of no meaning here, yet there is one. */
function isinOf({ native }: Listing): string {
  return `GB00${uuidOf(native).replace(/-/g, '').slice(0, 8).toUpperCase()}`
}
