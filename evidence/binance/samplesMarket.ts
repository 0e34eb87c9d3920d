import type { Json } from '../../test/wire/evidence.ts'

// Answers that need no key, in the exchange's own words, after docs/wire/binance.md 3.

type Members = { readonly [key: string]: Json }

const NOW = 1_763_798_400_000
const HOUR = 3_600_000

/** 3.2, three perpetuals that trade, one that does not yet, and a dated contract. */
export const exchangeInfo: Json = {
  timezone: 'UTC',
  serverTime: 1763798399000,
  futuresType: 'U_MARGINED',
  rateLimits: [
    { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 },
    { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
  ],
  exchangeFilters: [],
  assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
  symbols: [
    instrument({ symbol: 'BTCUSDT', baseAsset: 'BTC' }),
    instrument({ symbol: '1000PEPEUSDT', baseAsset: '1000PEPE' }),
    instrument({
      symbol: 'BTCUSDC',
      baseAsset: 'BTC',
      quoteAsset: 'USDC',
      marginAsset: 'USDC',
    }),
    instrument({ symbol: 'NEWUSDT', baseAsset: 'NEW', status: 'PENDING_TRADING' }),
    instrument({
      symbol: 'BTCUSDT_260327',
      pair: 'BTCUSDT',
      baseAsset: 'BTC',
      contractType: 'CURRENT_QUARTER',
      deliveryDate: 1774598400000,
    }),
  ],
}

function instrument(members: Members): Json {
  return {
    pair: members.symbol ?? '',
    contractType: 'PERPETUAL',
    deliveryDate: 4133404800000,
    onboardDate: 1569398400000,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: 2,
    quantityPrecision: 3,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10000,
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.10', minPrice: '556.80', maxPrice: '4529764' },
      { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
      { filterType: 'MARKET_LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '120' },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      { filterType: 'MIN_NOTIONAL', notional: '50' },
      {
        filterType: 'PERCENT_PRICE',
        multiplierUp: '1.0500',
        multiplierDown: '0.9500',
        multiplierDecimal: '4',
      },
      { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
    ...members,
  }
}

export const dayTicker: Json = {
  symbol: 'BTCUSDT',
  priceChange: '-94.90',
  priceChangePercent: '-0.158',
  weightedAvgPrice: '60034.10',
  lastPrice: '60005.50',
  lastQty: '0.010',
  openPrice: '60100.40',
  highPrice: '61000.00',
  lowPrice: '59000.00',
  volume: '89184.301',
  quoteVolume: '5354097000.12',
  openTime: 1763712000000,
  closeTime: 1763798399999,
  firstId: 28385,
  lastId: 28460,
  count: 76,
}

export const bookTicker: Json = {
  symbol: 'BTCUSDT',
  bidPrice: '60005.40',
  bidQty: '4.310',
  askPrice: '60005.50',
  askQty: '9.000',
  time: 1763798399990,
}

export const premiumIndex: Json = {
  symbol: 'BTCUSDT',
  markPrice: '60004.10000000',
  indexPrice: '60030.58765432',
  estimatedSettlePrice: '60030.00000000',
  lastFundingRate: '0.00010000',
  interestRate: '0.00010000',
  nextFundingTime: 1763827200000,
  time: 1763798400000,
}

/** 3.4. */
export function kline(openTime: number, minutes: number): Json {
  return [
    openTime,
    '60000.10',
    '60012.00',
    '59980.00',
    '60005.50',
    '12.345',
    openTime + minutes * 60_000 - 1,
    '740769.4',
    321,
    '6.100',
    '366034.9',
    '0',
  ]
}

/** 3.1, oldest first. */
export const trades: Json = [
  {
    id: 698759001,
    price: '60005.40',
    qty: '0.010',
    quoteQty: '600.05',
    time: NOW - 300,
    isBuyerMaker: true,
    isRPITrade: false,
  },
  {
    id: 698759002,
    price: '60005.50',
    qty: '0.200',
    quoteQty: '12001.10',
    time: NOW - 100,
    isBuyerMaker: false,
    isRPITrade: false,
  },
]

/** 3.1: a few milliseconds late, without a mark price and out of turn it may be. */
export const fundingRates: Json = [
  settled({ fundingRate: '0.00010000', fundingTime: NOW - 16 * HOUR, markPrice: '' }),
  settled({ fundingRate: '-0.00002000', fundingTime: NOW - 8 * HOUR + 2 }),
  settled({ fundingRate: '0.00030000', fundingTime: NOW - 4 * HOUR, rateType: 'Special' }),
  settled({ fundingRate: '0.00005000', fundingTime: NOW }),
]

function settled(members: Members): Json {
  return { symbol: 'BTCUSDT', markPrice: '60001.50000000', rateType: 'Regular', ...members }
}
