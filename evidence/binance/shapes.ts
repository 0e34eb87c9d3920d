import type { Shape } from '../../test/wire/evidence.ts'

// Rows of private answers that several endpoints share: docs/wire/binance.md 4.

const conditionalTypes = [
  'STOP_MARKET',
  'STOP',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT',
  'TRAILING_STOP_MARKET',
] as const

const orderCore = {
  clientOrderId: 'text',
  executedQty: 'decimal',
  orderId: 'integer',
  origQty: 'decimal',
  price: 'decimal',
  reduceOnly: 'boolean',
  side: ['one of', 'BUY', 'SELL'],
  positionSide: ['one of', 'BOTH'],
  status: ['one of', 'NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'],
  stopPrice: 'decimal',
  closePosition: 'boolean',
  symbol: ['one of', 'BTCUSDT'],
  timeInForce: ['one of', 'GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  type: ['one of', 'LIMIT', 'MARKET'],
  origType: ['one of', 'LIMIT', 'MARKET', ...conditionalTypes],
  updateTime: 'ms',
  workingType: ['one of', 'CONTRACT_PRICE', 'MARK_PRICE'],
  priceProtect: 'boolean',
  priceMatch: ['one of', 'NONE'],
  selfTradePreventionMode: ['one of', 'NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'],
  goodTillDate: 'integer',
} as const satisfies Shape

/** 4.4: the answer to placing, cancelling; neither `avgPrice` nor `cumQuote` since 2026-06. */
export const placedOrder = { ...orderCore, cumQty: 'decimal' } as const satisfies Shape

/** 4.5: an order that is asked for. */
export const queriedOrder = {
  ...orderCore,
  avgPrice: 'decimal',
  cumQuote: 'decimal',
  time: 'ms',
} as const satisfies Shape

/** 4.6: what all answers of the algo service have. */
const algoCore = {
  algoId: 'integer',
  clientAlgoId: 'text',
  algoType: ['one of', 'CONDITIONAL'],
  orderType: ['one of', ...conditionalTypes],
  symbol: ['one of', 'BTCUSDT'],
  side: ['one of', 'BUY', 'SELL'],
  positionSide: ['one of', 'BOTH'],
  timeInForce: ['one of', 'GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  quantity: 'decimal',
  algoStatus: [
    'one of',
    'NEW',
    'TRIGGERING',
    'TRIGGERED',
    'FINISHED',
    'CANCELED',
    'REJECTED',
    'EXPIRED',
  ],
  triggerPrice: 'decimal',
  price: 'decimal',
  icebergQuantity: 'null',
  selfTradePreventionMode: ['one of', 'NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'],
  workingType: ['one of', 'CONTRACT_PRICE', 'MARK_PRICE'],
  priceMatch: ['one of', 'NONE'],
  closePosition: 'boolean',
  priceProtect: 'boolean',
  reduceOnly: 'boolean',
  createTime: 'ms',
  updateTime: 'ms',
  triggerTime: 'integer',
  goodTillDate: 'integer',
} as const satisfies Shape

export const placedAlgo = {
  ...algoCore,
  algoStatus: ['one of', 'NEW'],
  activatePrice: 'decimal or empty',
  callbackRate: 'decimal or empty',
  triggerTime: ['one of', 0],
} as const satisfies Shape

/** Queried while it waits. */
export const waitingAlgo = {
  ...algoCore,
  algoStatus: ['one of', 'NEW', 'CANCELED', 'EXPIRED'],
  actualOrderId: 'empty',
  actualPrice: 'decimal or empty',
} as const satisfies Shape

/** Queried after it has triggered. */
export const triggeredAlgo = {
  ...algoCore,
  algoStatus: ['one of', 'TRIGGERED', 'FINISHED'],
  triggerTime: 'ms',
  actualOrderId: 'digits',
  actualPrice: 'decimal or empty',
  actualType: ['one of', 'MARKET', 'LIMIT'],
  actualQty: 'decimal',
} as const satisfies Shape

/** Lists carry five further keys, unused. */
export const algoListExtras = {
  tpTriggerPrice: 'text or empty',
  tpPrice: 'text or empty',
  slTriggerPrice: 'text or empty',
  slPrice: 'text or empty',
  tpOrderType: 'text or empty',
} as const satisfies Shape

export const cancelledAlgo = {
  algoId: 'integer',
  clientAlgoId: 'text',
  // A string here, a number everywhere else.
  code: ['one of', '200'],
  msg: ['one of', 'success'],
} as const satisfies Shape

export const success = { code: ['one of', 200], msg: 'text' } as const satisfies Shape

export const fill = {
  buyer: 'boolean',
  commission: 'decimal',
  commissionAsset: ['one of', 'USDT'],
  id: 'integer',
  maker: 'boolean',
  orderId: 'integer',
  price: 'decimal',
  qty: 'decimal',
  quoteQty: 'decimal',
  baseQty: 'decimal',
  marginAsset: ['one of', 'USDT'],
  realizedPnl: 'decimal',
  side: ['one of', 'BUY', 'SELL'],
  positionSide: ['one of', 'BOTH'],
  symbol: ['one of', 'BTCUSDT'],
  pair: ['one of', 'BTCUSDT'],
  time: 'ms',
} as const satisfies Shape

export const position = {
  symbol: ['one of', 'BTCUSDT'],
  positionSide: ['one of', 'BOTH'],
  positionAmt: 'decimal',
  entryPrice: 'decimal',
  breakEvenPrice: 'decimal',
  markPrice: 'decimal',
  unRealizedProfit: 'decimal',
  liquidationPrice: 'decimal',
  isolatedMargin: 'decimal',
  notional: 'decimal',
  marginAsset: ['one of', 'USDT'],
  isolatedWallet: 'decimal',
  initialMargin: 'decimal',
  maintMargin: 'decimal',
  positionInitialMargin: 'decimal',
  openOrderInitialMargin: 'decimal',
  adl: 'integer',
  bidNotional: 'decimal',
  askNotional: 'decimal',
  updateTime: 'ms',
} as const satisfies Shape

export const oldPosition = {
  symbol: 'text',
  positionAmt: 'decimal',
  entryPrice: 'decimal',
  breakEvenPrice: 'decimal',
  markPrice: 'decimal',
  unRealizedProfit: 'decimal',
  liquidationPrice: 'decimal',
  leverage: 'digits',
  maxNotionalValue: 'decimal',
  marginType: ['one of', 'cross'],
  isolatedMargin: 'decimal',
  isAutoAddMargin: ['one of', 'false'],
  positionSide: ['one of', 'BOTH'],
  notional: 'decimal',
  isolatedWallet: 'decimal',
  updateTime: 'integer',
} as const satisfies Shape

const totals = {
  totalInitialMargin: 'decimal',
  totalMaintMargin: 'decimal',
  totalWalletBalance: 'decimal',
  totalUnrealizedProfit: 'decimal',
  totalMarginBalance: 'decimal',
  totalPositionInitialMargin: 'decimal',
  totalOpenOrderInitialMargin: 'decimal',
  totalCrossWalletBalance: 'decimal',
  totalCrossUnPnl: 'decimal',
  availableBalance: 'decimal',
  maxWithdrawAmount: 'decimal',
} as const satisfies Shape

const accountAsset = {
  asset: 'text',
  walletBalance: 'decimal',
  unrealizedProfit: 'decimal',
  marginBalance: 'decimal',
  maintMargin: 'decimal',
  initialMargin: 'decimal',
  positionInitialMargin: 'decimal',
  openOrderInitialMargin: 'decimal',
  crossWalletBalance: 'decimal',
  crossUnPnl: 'decimal',
  availableBalance: 'decimal',
  maxWithdrawAmount: 'decimal',
  updateTime: 'integer',
} as const satisfies Shape

const accountPosition = {
  symbol: ['one of', 'BTCUSDT'],
  positionSide: ['one of', 'BOTH'],
  positionAmt: 'decimal',
  unrealizedProfit: 'decimal',
  isolatedMargin: 'decimal',
  notional: 'decimal',
  isolatedWallet: 'decimal',
  initialMargin: 'decimal',
  maintMargin: 'decimal',
  updateTime: 'ms',
} as const satisfies Shape

export const account = {
  ...totals,
  assets: ['at least one', accountAsset],
  positions: ['array of', accountPosition],
} as const satisfies Shape

export const oldAccount = {
  ...totals,
  feeTier: 'integer',
  feeBurn: 'boolean',
  canTrade: 'boolean',
  canDeposit: 'boolean',
  canWithdraw: 'boolean',
  updateTime: ['one of', 0],
  multiAssetsMargin: 'boolean',
  tradeGroupId: ['one of', -1],
  assets: ['at least one', { ...accountAsset, marginAvailable: 'boolean' }],
  positions: [
    'at least one',
    {
      symbol: 'text',
      initialMargin: 'decimal',
      maintMargin: 'decimal',
      unrealizedProfit: 'decimal',
      positionInitialMargin: 'decimal',
      openOrderInitialMargin: 'decimal',
      leverage: 'digits',
      isolated: 'boolean',
      entryPrice: 'decimal',
      breakEvenPrice: 'decimal',
      maxNotional: 'decimal',
      bidNotional: 'decimal',
      askNotional: 'decimal',
      positionSide: ['one of', 'BOTH'],
      positionAmt: 'decimal',
      updateTime: 'integer',
    },
  ],
} as const satisfies Shape

/** Section 6: a refusal with this code. */
export function refusal(code: number, msg: Shape = 'text'): Shape {
  return { code: ['one of', code], msg }
}
