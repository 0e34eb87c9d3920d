import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/binance.md.

type Members = { readonly [key: string]: Json }

/** 4.4, shape of 2026: neither `avgPrice` nor `cumQuote`. */
export function placedOrder(members: Members): Json {
  return {
    clientOrderId: 't1-0001',
    cumQty: '0.000',
    executedQty: '0.000',
    orderId: 22542179,
    origQty: '0.010',
    price: '0.00',
    reduceOnly: false,
    side: 'BUY',
    positionSide: 'BOTH',
    status: 'NEW',
    stopPrice: '0.00',
    closePosition: false,
    symbol: 'BTCUSDT',
    timeInForce: 'GTC',
    type: 'LIMIT',
    origType: 'LIMIT',
    updateTime: 1763798400123,
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    ...members,
  }
}

/** 4.5: an order that is asked for. */
export function queriedOrder(members: Members): Json {
  return {
    avgPrice: '0.00000',
    clientOrderId: 't1-0001',
    cumQuote: '0.00000',
    executedQty: '0.000',
    orderId: 22542179,
    origQty: '0.010',
    origType: 'LIMIT',
    price: '0.00',
    reduceOnly: false,
    side: 'BUY',
    positionSide: 'BOTH',
    status: 'NEW',
    stopPrice: '0.00',
    closePosition: false,
    symbol: 'BTCUSDT',
    time: 1763798400001,
    timeInForce: 'GTC',
    type: 'LIMIT',
    updateTime: 1763798400123,
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    ...members,
  }
}

const algoCore = {
  algoId: 2146760,
  clientAlgoId: 'wire-15',
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.010',
  algoStatus: 'NEW',
  triggerPrice: '58000.00',
  price: '0.00',
  icebergQuantity: null,
  selfTradePreventionMode: 'EXPIRE_MAKER',
  workingType: 'MARK_PRICE',
  priceMatch: 'NONE',
  closePosition: false,
  priceProtect: false,
  reduceOnly: true,
  createTime: 1763798400076,
  updateTime: 1763798400076,
  triggerTime: 0,
  goodTillDate: 0,
} as const

/** 4.6: the answer to placing. */
export function placedAlgo(members: Members): Json {
  return { ...algoCore, activatePrice: '', callbackRate: '', ...members }
}

/** 4.6: a conditional that is asked for. */
export function queriedAlgo(members: Members): Json {
  return { ...algoCore, actualOrderId: '', actualPrice: '0.00000', ...members }
}

/** Lists carry five further keys, unused. */
export function listedAlgo(members: Members): Json {
  return {
    ...algoCore,
    actualOrderId: '',
    actualPrice: '0.00000',
    tpTriggerPrice: '0.000',
    tpPrice: '0.000',
    slTriggerPrice: '0.000',
    slPrice: '0.000',
    tpOrderType: '',
    ...members,
  }
}

/** 4.2. */
export const longPosition: Json = {
  symbol: 'BTCUSDT',
  positionSide: 'BOTH',
  positionAmt: '0.020',
  entryPrice: '60000.0',
  breakEvenPrice: '60030.0',
  markPrice: '60100.00000000',
  unRealizedProfit: '2.00000000',
  liquidationPrice: '0',
  isolatedMargin: '0',
  notional: '1202.00000000',
  marginAsset: 'USDT',
  isolatedWallet: '0',
  initialMargin: '60.10000000',
  maintMargin: '4.80800000',
  positionInitialMargin: '60.10000000',
  openOrderInitialMargin: '0',
  adl: 2,
  bidNotional: '0',
  askNotional: '0',
  updateTime: 1763798400000,
}

/** A row that is there for a resting order only. */
export const flatPosition: Json = {
  symbol: 'ETHUSDT',
  positionSide: 'BOTH',
  positionAmt: '0.000',
  entryPrice: '0.0',
  breakEvenPrice: '0.0',
  markPrice: '3000.00000000',
  unRealizedProfit: '0.00000000',
  liquidationPrice: '0',
  isolatedMargin: '0',
  notional: '0',
  marginAsset: 'USDT',
  isolatedWallet: '0',
  initialMargin: '15.00000000',
  maintMargin: '0',
  positionInitialMargin: '0',
  openOrderInitialMargin: '15.00000000',
  adl: 0,
  bidNotional: '300',
  askNotional: '0',
  updateTime: 0,
}

export const symbolConfig: Json = {
  symbol: 'BTCUSDT',
  marginType: 'CROSSED',
  isAutoAddMargin: false,
  leverage: 20,
  maxNotionalValue: '80000000',
}

/** 4.1. */
export const account: Json = {
  totalInitialMargin: '0.61571385',
  totalMaintMargin: '0.08004280',
  totalWalletBalance: '103.12345678',
  totalUnrealizedProfit: '0.76427700',
  totalMarginBalance: '103.88773378',
  totalPositionInitialMargin: '0.61571385',
  totalOpenOrderInitialMargin: '0.00000000',
  totalCrossWalletBalance: '103.12345678',
  totalCrossUnPnl: '0.76427700',
  availableBalance: '103.27201993',
  maxWithdrawAmount: '102.50774293',
  assets: [
    {
      asset: 'USDT',
      walletBalance: '103.12345678',
      unrealizedProfit: '0.76427700',
      marginBalance: '103.88773378',
      maintMargin: '0.08004280',
      initialMargin: '0.61571385',
      positionInitialMargin: '0.61571385',
      openOrderInitialMargin: '0.00000000',
      crossWalletBalance: '103.12345678',
      crossUnPnl: '0.76427700',
      availableBalance: '103.27201993',
      maxWithdrawAmount: '102.50774293',
      updateTime: 1720736417660,
    },
  ],
  positions: [],
}

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

export const noSuchOrder: Json = { code: -2013, msg: 'Order does not exist.' }
export const unknownOrder: Json = { code: -2011, msg: 'Unknown order sent.' }
