import type { Shape } from '../../test/wire/evidence.ts'

// Rows of public answers: docs/wire/bitget.md 3.1 and 3.2.

const milliseconds: Shape = /^(-1|0|\d{13})?$/

export const contract = {
  symbol: 'text',
  baseCoin: 'text',
  quoteCoin: 'text',
  buyLimitPriceRatio: 'decimal',
  sellLimitPriceRatio: 'decimal',
  feeRateUpRatio: 'decimal',
  makerFeeRate: 'decimal',
  takerFeeRate: 'decimal',
  openCostUpRatio: 'decimal',
  supportMarginCoins: ['at least one', 'text'],
  minTradeNum: 'decimal',
  priceEndStep: 'digits',
  volumePlace: 'digits',
  pricePlace: 'digits',
  sizeMultiplier: 'decimal',
  symbolType: ['one of', 'perpetual'],
  minTradeUSDT: 'decimal',
  maxSymbolOrderNum: 'digits',
  maxProductOrderNum: 'digits',
  maxPositionNum: 'digits',
  symbolStatus: ['one of', 'normal'],
  offTime: milliseconds,
  limitOpenTime: milliseconds,
  deliveryTime: milliseconds,
  deliveryStartTime: milliseconds,
  deliveryPeriod: 'text or empty',
  launchTime: milliseconds,
  fundInterval: ['one of', '8', '4', '2', '1'],
  minLever: 'digits',
  maxLever: 'digits',
  posLimit: 'decimal',
  maintainTime: milliseconds,
  maxMarketOrderQty: 'decimal or empty',
  maxOrderQty: 'decimal or empty',
  isRwa: ['one of', 'NO', 'YES'],
  openTime: ['optional', milliseconds],
} as const satisfies Shape

export const ticker = {
  symbol: 'text',
  lastPr: 'decimal',
  askPr: 'decimal or empty',
  bidPr: 'decimal or empty',
  bidSz: 'decimal or empty',
  askSz: 'decimal or empty',
  high24h: 'decimal',
  low24h: 'decimal',
  ts: /^(0|\d{13})$/,
  change24h: 'decimal',
  baseVolume: 'decimal',
  quoteVolume: 'decimal',
  usdtVolume: 'decimal',
  openUtc: 'decimal',
  changeUtc24h: 'decimal',
  indexPrice: 'decimal',
  fundingRate: 'decimal',
  holdingAmount: 'decimal',
  deliveryStartTime: 'null',
  deliveryTime: 'null',
  deliveryStatus: ['one of', 'delivery_normal'],
  open24h: 'decimal',
  markPrice: 'decimal',
} as const satisfies Shape

/** 3.3. */
export const candle: Shape = [
  'rows',
  'ms text',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
]

export const trade = {
  tradeId: 'digits',
  price: 'decimal',
  size: 'decimal',
  side: /^(buy|sell)$/i,
  ts: 'ms text',
  symbol: ['one of', 'BTCUSDT'],
} as const satisfies Shape

export const fundingNow = {
  symbol: 'text',
  fundingRate: 'decimal',
  fundingRateInterval: ['one of', '8', '4', '2', '1'],
  nextUpdate: 'ms text',
  minFundingRate: 'decimal',
  maxFundingRate: 'decimal',
} as const satisfies Shape
