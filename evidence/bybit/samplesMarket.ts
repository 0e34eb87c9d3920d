import type { Json } from '../../test/wire/evidence.ts'
import { list, success } from './samples.ts'

// Answers that need no key, in the exchange's own words, after docs/wire/bybit.md 3. Lists are
// newest first.

type Members = { readonly [key: string]: Json }

const NOW = 1_763_798_400_000
const HOUR = 3_600_000

/** Section 3. */
function instrument(members: Members): Json {
  return {
    symbolId: 5,
    contractType: 'LinearPerpetual',
    status: 'Trading',
    quoteCoin: 'USDT',
    launchTime: '1584230400000',
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: '2',
    leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
    priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
    lotSizeFilter: {
      maxOrderQty: '1190.000',
      minOrderQty: '0.001',
      qtyStep: '0.001',
      postOnlyMaxOrderQty: '1190.000',
      maxMktOrderQty: '500.000',
      minNotionalValue: '5',
    },
    unifiedMarginTrade: true,
    fundingInterval: 480,
    settleCoin: 'USDT',
    copyTrading: 'both',
    upperFundingRate: '0.005',
    lowerFundingRate: '-0.005',
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
    displayName: '',
    forbidUplWithdrawal: false,
    symbolType: '',
    skipCallAuction: false,
    ...members,
  }
}

export const btcUsdt: Json = instrument({ symbol: 'BTCUSDT', baseCoin: 'BTC' })
export const btcPerp: Json = instrument({
  symbol: 'BTCPERP',
  baseCoin: 'BTC',
  quoteCoin: 'USDC',
  settleCoin: 'USDC',
})
export const pepe: Json = instrument({ symbol: '1000PEPEUSDT', baseCoin: '1000PEPE' })
export const dated: Json = instrument({
  symbol: 'BTCUSDT-26DEC25',
  contractType: 'LinearFutures',
  baseCoin: 'BTC',
  deliveryTime: '1766736000000',
  deliveryFeeRate: '0.0005',
})

export const ticker: Json = {
  symbol: 'BTCUSDT',
  lastPrice: '66666.60',
  indexPrice: '66690.19',
  markPrice: '66666.70',
  prevPrice24h: '65206.20',
  price24hPcnt: '0.022397',
  highPrice24h: '67266.30',
  lowPrice24h: '65076.90',
  prevPrice1h: '66640.10',
  openInterest: '52310.114',
  openInterestValue: '3487337445.95',
  singleOpenInterest: '26155.057',
  singleOpenInterestValue: '1743668722.98',
  turnover24h: '4936790807.6521',
  volume24h: '73191.3870',
  fundingRate: '0.0001',
  nextFundingTime: '1763827200000',
  predictedDeliveryPrice: '',
  basisRate: '',
  basisRateYear: '',
  deliveryFeeRate: '',
  deliveryTime: '0',
  ask1Size: '23.469',
  bid1Price: '66666.50',
  ask1Price: '66666.80',
  bid1Size: '23.165',
  basis: '',
  preOpenPrice: '',
  preQty: '',
  curPreListingPhase: '',
  fundingIntervalHour: '8',
  fundingCap: '0.005',
}

/** Newest first, as the exchange lists them. */
export function klines(starts: readonly number[]): Json {
  const rows = starts.map((start) => [
    String(start),
    '66480',
    '66490',
    '66470',
    '66475',
    '12.3',
    '817642.5',
  ])
  return success({ category: 'linear', symbol: 'BTCUSDT', list: rows.reverse() })
}

export const trades: Json = list([
  trade({
    execId: '0ab1bdf7-4219-438b-b30a-32ec863018f8',
    price: '66473.40',
    side: 'Sell',
    time: String(NOW - 100),
  }),
  trade({ execId: '0ab1bdf7-4219-438b-b30a-32ec863018f7' }),
])

function trade(members: Members): Json {
  return {
    symbol: 'BTCUSDT',
    price: '66473.50',
    size: '0.001',
    side: 'Buy',
    time: String(NOW - 300),
    isBlockTrade: false,
    isRPITrade: false,
    seq: '37449201146',
    ...members,
  }
}

export const fundingRates: Json = list([
  settled('0.0001', NOW),
  settled('0.00005', NOW - 8 * HOUR),
  settled('-0.00002', NOW - 16 * HOUR),
])

function settled(fundingRate: string, time: number): Json {
  return { symbol: 'BTCUSDT', fundingRate, fundingRateTimestamp: String(time) }
}
