import type { Shape } from '../../test/wire/evidence.ts'

// Rows of public answers: docs/wire/binance.md 3.

const instrument = {
  symbol: 'text',
  pair: 'text',
  contractType: ['one of', 'PERPETUAL', 'TRADIFI_PERPETUAL'],
  deliveryDate: 'ms',
  onboardDate: 'ms',
  status: ['one of', 'TRADING'],
  maintMarginPercent: 'decimal',
  requiredMarginPercent: 'decimal',
  baseAsset: 'text',
  quoteAsset: 'text',
  marginAsset: 'text',
  pricePrecision: 'integer',
  quantityPrecision: 'integer',
  baseAssetPrecision: 'integer',
  quotePrecision: 'integer',
  underlyingType: 'text',
  underlyingSubType: ['array of', 'text'],
  triggerProtect: 'decimal',
  liquidationFee: 'decimal',
  marketTakeBound: 'decimal',
  maxMoveOrderLimit: 'integer',
  filters: [
    'rows by',
    'filterType',
    {
      PRICE_FILTER: {
        filterType: 'text',
        tickSize: 'decimal',
        minPrice: 'decimal',
        maxPrice: 'decimal',
      },
      LOT_SIZE: { filterType: 'text', stepSize: 'decimal', minQty: 'decimal', maxQty: 'decimal' },
      MARKET_LOT_SIZE: {
        filterType: 'text',
        stepSize: 'decimal',
        minQty: 'decimal',
        maxQty: 'decimal',
      },
      MAX_NUM_ORDERS: { filterType: 'text', limit: 'integer' },
      MIN_NOTIONAL: { filterType: 'text', notional: 'decimal' },
      PERCENT_PRICE: {
        filterType: 'text',
        multiplierUp: 'decimal',
        multiplierDown: 'decimal',
        multiplierDecimal: 'digits',
      },
      POSITION_RISK_CONTROL: { filterType: 'text', positionControlSide: ['one of', 'NONE'] },
    },
  ],
  orderTypes: ['at least one', 'text'],
  timeInForce: ['at least one', ['one of', 'GTC', 'IOC', 'FOK', 'GTX', 'GTD']],
} as const satisfies Shape

export const exchangeInfo = {
  timezone: 'text',
  serverTime: 'ms',
  futuresType: ['one of', 'U_MARGINED'],
  rateLimits: [
    'at least one',
    {
      rateLimitType: ['one of', 'REQUEST_WEIGHT', 'ORDERS'],
      interval: ['one of', 'MINUTE', 'SECOND'],
      intervalNum: 'integer',
      limit: 'integer',
    },
  ],
  exchangeFilters: ['array of', 'anything'],
  assets: [
    'at least one',
    { asset: 'text', marginAvailable: 'boolean', autoAssetExchange: ['either', 'decimal', 'null'] },
  ],
  symbols: ['at least one', instrument],
} as const satisfies Shape

export const dayTicker = {
  symbol: ['one of', 'BTCUSDT'],
  priceChange: 'decimal',
  priceChangePercent: 'decimal',
  weightedAvgPrice: 'decimal',
  lastPrice: 'decimal',
  lastQty: 'decimal',
  openPrice: 'decimal',
  highPrice: 'decimal',
  lowPrice: 'decimal',
  volume: 'decimal',
  quoteVolume: 'decimal',
  openTime: 'ms',
  closeTime: 'ms',
  firstId: 'integer',
  lastId: 'integer',
  count: 'integer',
} as const satisfies Shape

export const kline = [
  'rows',
  'ms',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'ms',
  'decimal',
  'integer',
  'decimal',
  'decimal',
  'decimal',
] as const satisfies Shape

export const trade = {
  id: 'integer',
  price: 'decimal',
  qty: 'decimal',
  quoteQty: 'decimal',
  time: 'ms',
  isBuyerMaker: 'boolean',
  isRPITrade: 'boolean',
} as const satisfies Shape

export const premiumIndex = {
  symbol: ['one of', 'BTCUSDT'],
  markPrice: 'decimal',
  indexPrice: 'decimal',
  estimatedSettlePrice: 'decimal',
  lastFundingRate: 'decimal',
  interestRate: 'decimal',
  nextFundingTime: 'ms',
  time: 'ms',
} as const satisfies Shape
