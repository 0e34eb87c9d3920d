import type { Json } from '../../test/wire/evidence.ts'
import { type Members, ok } from './samples.ts'

// Contracts, market and account after the samples of docs/wire/bitget.md 3, 4.1 and 4.2.

/** 3.1; sizes in the base asset, the tick in two fields. */
function contract(symbol: string, base: string, quote: string, members: Members = {}): Json {
  return {
    symbol,
    baseCoin: base,
    quoteCoin: quote,
    buyLimitPriceRatio: '0.05',
    sellLimitPriceRatio: '0.05',
    feeRateUpRatio: '0.005',
    makerFeeRate: '0.0002',
    takerFeeRate: '0.0006',
    openCostUpRatio: '0.01',
    supportMarginCoins: [quote],
    minTradeNum: '0.0001',
    priceEndStep: '1',
    volumePlace: '4',
    pricePlace: '1',
    sizeMultiplier: '0.0001',
    symbolType: 'perpetual',
    minTradeUSDT: '5',
    maxSymbolOrderNum: '200',
    maxProductOrderNum: '400',
    maxPositionNum: '150',
    symbolStatus: 'normal',
    offTime: '-1',
    limitOpenTime: '-1',
    deliveryTime: '',
    deliveryStartTime: '',
    deliveryPeriod: '',
    launchTime: '',
    fundInterval: '8',
    minLever: '1',
    maxLever: '125',
    posLimit: '0.05',
    maintainTime: '',
    maxMarketOrderQty: '220',
    maxOrderQty: '1200',
    isRwa: 'NO',
    ...members,
  }
}

export const contractsInUsdt: Json = ok([
  contract('BTCUSDT', 'BTC', 'USDT'),
  contract('PEPEUSDT', 'PEPE', 'USDT', {
    pricePlace: '10',
    volumePlace: '0',
    sizeMultiplier: '1',
    minTradeNum: '1',
    maxMarketOrderQty: '',
    maxOrderQty: '',
  }),
  contract('SUIUSDT', 'SUI', 'USDT', {
    pricePlace: '4',
    volumePlace: '1',
    sizeMultiplier: '0.1',
    minTradeNum: '0.1',
    symbolStatus: 'maintain',
  }),
  // A price of five steps, written as such.
  contract('LTCUSDT', 'LTC', 'USDT', { pricePlace: '2', priceEndStep: '5' }),
])

export const contractsInUsdc: Json = ok([contract('BTCPERP', 'BTC', 'USDC')])

/** 3.2: an array of one. */
export const ticker: Json = ok([
  {
    symbol: 'BTCUSDT',
    lastPr: '60000.1',
    askPr: '60000.2',
    bidPr: '60000',
    bidSz: '0.5091',
    askSz: '2.2694',
    high24h: '60900',
    low24h: '58700',
    ts: '1763798400005',
    change24h: '0.0152',
    baseVolume: '81234.5',
    quoteVolume: '4874070000',
    usdtVolume: '4874070000',
    openUtc: '59500',
    changeUtc24h: '0.0084',
    indexPrice: '60002.1353333',
    fundingRate: '-0.0007',
    holdingAmount: '27606.0718',
    deliveryStartTime: null,
    deliveryTime: null,
    deliveryStatus: 'delivery_normal',
    open24h: '59100',
    markPrice: '60001.2',
  },
])

/** 3.2: levels are numbers. */
export const book: Json = ok({
  asks: [
    [60000.2, 3.105],
    [60000.3, 0.01],
    ...Array.from({ length: 30 }, (_, index) => [60001 + index, 1]),
  ],
  bids: [
    [60000, 0.1201],
    [59999.9, 0.005],
    ...Array.from({ length: 30 }, (_, index) => [59999 - index, 1]),
  ],
  ts: '1763798400010',
  scale: '0.1',
  precision: 'scale0',
  isMaxPrecision: 'NO',
})

/** 3.3: ascending; volume in base and quote. */
export function candles(starts: readonly number[]): Json {
  return ok(
    starts.map((start) => [String(start), '60480', '60490', '60470', '60475', '12.3', '743842.5']),
  )
}

/** 3.2: newest first, and once with a capital. */
export const trades: Json = ok([
  {
    tradeId: '1107140264270315524',
    price: '60000.1',
    size: '0.0166',
    side: 'Sell',
    ts: '1763798399900',
    symbol: 'BTCUSDT',
  },
  {
    tradeId: '1107140264270315523',
    price: '60000.2',
    size: '0.2',
    side: 'buy',
    ts: '1763798399800',
    symbol: 'BTCUSDT',
  },
])

/** 3.2. */
export const fundingNow: Json = ok([
  {
    symbol: 'BTCUSDT',
    fundingRate: '0.000068',
    fundingRateInterval: '8',
    nextUpdate: '1763827200000',
    minFundingRate: '-0.003',
    maxFundingRate: '0.003',
  },
])

const HOUR = 3_600_000

/** Section 3: no times can be asked for; every 8 hours, newest first, further back than wanted. */
export const fundingBefore: Json = ok(
  Array.from({ length: 10 }, (_, index) => ({
    symbol: 'BTCUSDT',
    fundingRate: `0.0000${11 + index}`,
    fundingTime: String(1_763_798_400_000 - index * 8 * HOUR),
  })),
)

/** Section 3: in the base asset. */
export const openInterest: Json = ok({
  openInterestList: [{ symbol: 'BTCUSDT', size: '27606.0718' }],
  ts: '1763798400007',
})

/** 4.1. */
export const feeRate: Json = ok({ makerFeeRate: '0.0002', takerFeeRate: '0.0006' })

const balances = {
  locked: '0.31876482',
  isolatedMaxAvailable: '9907.12',
  btcEquity: '0.204885807029',
  crossedRiskRate: '0',
  coupon: '0',
  isolatedUnrealizedPL: '0',
  assetMode: 'single',
} as const

const perCoin = {
  unionTotalMargin: '',
  unionAvailable: '',
  unionMm: '',
  assetList: [],
  isolatedMargin: '0',
  crossedMargin: '0',
} as const

/** 4.1: one row a margin coin; `unrealizedPL` may be empty. */
export const accountsInUsdt: Json = ok([
  {
    marginCoin: 'USDT',
    ...balances,
    available: '10100',
    crossedMaxAvailable: '9907.12',
    maxTransferOut: '9900',
    accountEquity: '10120.55',
    usdtEquity: '10120.550000000000',
    unrealizedPL: '',
    crossedUnrealizedPL: '20.55',
    ...perCoin,
  },
])

export const accountsInUsdc: Json = ok([
  {
    marginCoin: 'USDC',
    ...balances,
    available: '200',
    crossedMaxAvailable: '200',
    maxTransferOut: '200',
    accountEquity: '200',
    usdtEquity: '199.98',
    unrealizedPL: '0',
    crossedUnrealizedPL: '0',
    ...perCoin,
  },
])

/** 4.1: leverage as numbers, and both modes. */
export function account(members: Members = {}): Json {
  return ok({
    marginCoin: 'USDT',
    ...balances,
    available: '10100',
    crossedMaxAvailable: '9907.12',
    maxTransferOut: '9900',
    accountEquity: '10120.55',
    usdtEquity: '10120.550000000000',
    unrealizedPL: '20.55',
    crossedUnrealizedPL: '20.55',
    crossedMarginLeverage: 20,
    isolatedLongLever: 10,
    isolatedShortLever: 10,
    marginMode: 'crossed',
    posMode: 'one_way_mode',
    ...members,
  })
}

/** 4.2: long 0.02 BTC at 60000; the size has no sign in either mode. */
export function position(members: Members): Json {
  return {
    marginCoin: 'USDT',
    symbol: 'BTCUSDT',
    holdSide: 'long',
    openDelegateSize: '0',
    marginSize: '100',
    available: '0.02',
    locked: '0',
    total: '0.02',
    leverage: '12',
    achievedProfits: '0',
    openPriceAvg: '60000',
    marginMode: 'crossed',
    posMode: 'one_way_mode',
    unrealizedPL: '2',
    liquidationPrice: '40321.5',
    keepMarginRate: '0.004',
    markPrice: '60100',
    breakEvenPrice: '60072.04',
    totalFee: '',
    deductedFee: '0.72',
    takeProfit: '',
    stopLoss: '',
    takeProfitId: '',
    stopLossId: '',
    marginRatio: '0.011',
    assetMode: 'single',
    cashDividend: '',
    cTime: '1763790000000',
    uTime: '1763798400000',
    ...members,
  }
}
