import type { Engine } from '../../engine/types.ts'
import { priceText, quantityText } from './decimals.ts'
import {
  fundingIntervalMinutes,
  type Listing,
  maxLeverageText,
  priceLimitRatio,
} from './instruments.ts'

/** A row of instruments-info, keys as in the sample of docs/wire/bybit.md 3. */
export interface InstrumentRow {
  symbol: string
  status: 'Trading' | 'Closed'
  [more: string]: unknown
}

export function instrumentRow(engine: Engine, listing: Listing): InstrumentRow {
  const rules = listing.engine
  return {
    symbol: listing.native,
    symbolId: listing.symbolId,
    contractType: 'LinearPerpetual',
    status: engine.isTrading(rules.symbol) ? 'Trading' : 'Closed',
    baseCoin: rules.baseAsset,
    quoteCoin: rules.quoteAsset,
    launchTime: String(listing.launchTime),
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: String(listing.priceScale),
    leverageFilter: {
      minLeverage: '1',
      maxLeverage: maxLeverageText(listing),
      leverageStep: '0.01',
    },
    priceFilter: {
      minPrice: priceText(listing, rules.tickSize),
      maxPrice: priceText(listing, listing.maxPrice),
      tickSize: priceText(listing, rules.tickSize),
    },
    lotSizeFilter: {
      maxOrderQty: quantityText(listing, rules.maxQuantity),
      minOrderQty: quantityText(listing, rules.minQuantity),
      qtyStep: quantityText(listing, rules.stepSize),
      postOnlyMaxOrderQty: quantityText(listing, rules.maxQuantity),
      maxMktOrderQty: quantityText(listing, rules.maxMarketQuantity),
      minNotionalValue: rules.minNotional,
    },
    unifiedMarginTrade: true,
    fundingInterval: fundingIntervalMinutes,
    settleCoin: rules.settleAsset,
    copyTrading: 'both',
    upperFundingRate: '0.005',
    lowerFundingRate: '-0.005',
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: priceLimitRatio.x, priceLimitRatioY: priceLimitRatio.y },
    displayName: '',
    forbidUplWithdrawal: false,
    symbolType: '',
    skipCallAuction: false,
  }
}
