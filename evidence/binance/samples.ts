import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/binance.md.

type Members = { readonly [key: string]: Json }

/** 4.4, shape of 2026: neither `avgPrice` nor `cumQuote`. */
export function placedOrder(members: Members): Members {
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
export function queriedOrder(members: Members): Members {
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

/** 4.5, fill. */
export function fill(members: Members): Json {
  return {
    buyer: true,
    commission: '0.30000050',
    commissionAsset: 'USDT',
    id: 698759101,
    maker: false,
    orderId: 22542179,
    price: '60000.10',
    qty: '0.010',
    quoteQty: '600.00100',
    baseQty: '0',
    marginAsset: 'USDT',
    realizedPnl: '0',
    side: 'BUY',
    positionSide: 'BOTH',
    symbol: 'BTCUSDT',
    pair: 'BTCUSDT',
    time: 1763798393000,
    ...members,
  }
}

/** 4.2. */
export const longPosition: Json = position({})

export function position(members: Members): Json {
  return {
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
    ...members,
  }
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

export const symbolConfig: Json = configOf('CROSSED')

export function configOf(marginType: 'CROSSED' | 'ISOLATED'): Json {
  return {
    symbol: 'BTCUSDT',
    marginType,
    isAutoAddMargin: false,
    leverage: 20,
    maxNotionalValue: '80000000',
  }
}

/** 4.1: `dualSidePosition` is hedge mode. */
export function accountConfig(dualSidePosition: boolean): Json {
  return {
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    dualSidePosition,
    updateTime: 0,
    multiAssetsMargin: false,
    tradeGroupId: -1,
  }
}

/** 4.1: fractions. */
export const commissionRate: Json = {
  symbol: 'BTCUSDT',
  makerCommissionRate: '0.000200',
  takerCommissionRate: '0.000500',
  rpiCommissionRate: '0.000100',
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

export const noSuchOrder: Json = { code: -2013, msg: 'Order does not exist.' }
export const unknownOrder: Json = { code: -2011, msg: 'Unknown order sent.' }
