import type { Shape } from '../../test/wire/evidence.ts'

// Rows of answers that several endpoints of V2 share: docs/wire/bitget.md 3 and 4. Numbers are
// strings unless the sheet says otherwise.

export const isZero = /^0(\.0+)?$/
export const isHundredth = /^0\.010*$/
export const is58000 = /^58000(\.0+)?$/

type Keys = { readonly [key: string]: Shape }

/** Section 3: the envelope of a success. */
export function success(data: Shape): Shape {
  return { code: ['one of', '00000'], msg: ['one of', 'success'], requestTime: 'ms', data }
}

/** Section 6: a refusal. */
export function refusal(code: string, msg: Shape = 'text'): Shape {
  return { code: ['one of', code], msg, requestTime: 'ms', data: 'null' }
}

/** 4.5: the last row's id, absent or `null` on an empty page. */
const endId: Shape = ['either', 'digits', 'null']

/** A page of orders or plans with these rows. */
export function entrusted(...rows: readonly Shape[]): Shape {
  return success({ entrustedList: ['rows', ...rows], endId: 'digits' })
}

export const emptyEntrusted: Shape = success({
  entrustedList: 'null',
  endId: ['optional', ['either', 'null', 'empty']],
})

export function list(...rows: readonly Shape[]): Shape {
  return success({ list: ['rows', ...rows], endId: ['optional', endId] })
}

export const receipt = { orderId: /^\d{19}$/, clientOid: 'text' } as const satisfies Shape

export function receiptOf(clientOid: string): Shape {
  return success({ ...receipt, clientOid: ['one of', clientOid] })
}

/** 4.4: the answer of batches. Newer pages have `result` besides. */
export function lists(successList: Shape, failureList: Shape = ['rows']): Shape {
  return success({ successList, failureList, result: ['optional', 'boolean'] })
}

const unset: Shape = ['either', 'decimal or empty', 'null']
const triggerType: Shape = ['either', ['one of', '', 'fill_price', 'mark_price'], 'null']

const orderBody = {
  symbol: ['one of', 'BTCUSDT'],
  size: 'decimal',
  orderId: /^\d{19}$/,
  clientOid: 'text',
  baseVolume: 'decimal',
  fee: 'decimal or empty',
  price: 'decimal or empty',
  priceAvg: 'decimal or empty',
  side: ['one of', 'buy', 'sell'],
  force: ['one of', 'gtc', 'ioc', 'fok', 'post_only'],
  totalProfits: 'decimal or empty',
  posSide: ['one of', 'long', 'short', 'net'],
  marginCoin: ['one of', 'USDT'],
  quoteVolume: 'decimal',
  leverage: 'decimal',
  marginMode: ['one of', 'crossed', 'isolated'],
  reduceOnly: ['one of', 'YES', 'NO'],
  enterPointSource: 'text',
  tradeSide: 'text',
  posMode: ['one of', 'one_way_mode'],
  orderType: ['one of', 'limit', 'market'],
  orderSource: 'text',
  cancelReason: 'text or empty',
  presetStopSurplusPrice: 'decimal or empty',
  presetStopSurplusType: ['one of', '', 'fill_price', 'mark_price'],
  presetStopSurplusExecutePrice: 'decimal or empty',
  presetStopLossPrice: 'decimal or empty',
  presetStopLossType: ['one of', '', 'fill_price', 'mark_price'],
  presetStopLossExecutePrice: 'decimal or empty',
  cTime: 'ms text',
  uTime: 'ms text',
  newTradeSide: ['optional', 'anything'],
} as const satisfies Shape

type Status = 'live' | 'partially_filled' | 'filled' | 'canceled'

/** 4.5, of a list. */
export function order(status: Status, more: Keys = {}): Shape {
  return { ...orderBody, status: ['one of', status], ...more }
}

/** 4.5, by its id: `state` instead of `status`. */
export function orderDetail(state: Status, more: Keys = {}): Shape {
  return success({ ...orderBody, state: ['one of', state], ...more })
}

/** 4.5, of the history. */
export function endedOrder(status: Status, more: Keys = {}): Shape {
  return order(status, { posAvg: 'decimal or empty', liqPrice: 'decimal or empty', ...more })
}

/** 4.5: one fill. */
export const fill = {
  tradeId: 'digits',
  symbol: ['one of', 'BTCUSDT'],
  marginCoin: ['optional', ['one of', 'USDT']],
  orderId: /^\d{19}$/,
  price: 'decimal',
  baseVolume: 'decimal',
  feeDetail: [
    'rows',
    {
      deduction: ['one of', 'no'],
      feeCoin: ['one of', 'USDT'],
      totalDeductionFee: 'decimal or empty',
      totalFee: /^-\d/,
    },
  ],
  side: ['one of', 'buy', 'sell'],
  quoteVolume: 'decimal',
  profit: 'decimal',
  enterPointSource: 'text',
  tradeSide: 'text',
  posMode: ['one of', 'one_way_mode'],
  tradeScope: ['one of', 'maker', 'taker'],
  cTime: 'ms text',
} as const satisfies Shape

const planBody = {
  symbol: ['one of', 'BTCUSDT'],
  size: 'decimal or empty',
  orderId: /^\d{19}$/,
  clientOid: 'text',
  price: unset,
  executePrice: unset,
  callbackRatio: unset,
  triggerPrice: 'decimal',
  triggerType: ['one of', 'fill_price', 'mark_price'],
  side: ['one of', 'buy', 'sell'],
  posSide: ['one of', 'long', 'short', 'net'],
  marginCoin: ['one of', 'USDT'],
  marginMode: ['one of', '', 'crossed', 'isolated'],
  enterPointSource: 'text',
  tradeSide: 'text',
  posMode: ['one of', 'one_way_mode'],
  orderType: ['one of', 'limit', 'market'],
  stopSurplusTriggerPrice: unset,
  stopSurplusExecutePrice: unset,
  stopSurplusTriggerType: triggerType,
  stopLossTriggerPrice: unset,
  stopLossExecutePrice: unset,
  stopLossTriggerType: triggerType,
  cTime: 'ms text',
  uTime: 'ms text',
} as const satisfies Shape

/** 4.8: one that waits. */
export function plan(planType: string, more: Keys = {}): Shape {
  return {
    ...planBody,
    planType: ['one of', planType],
    planStatus: ['one of', 'live', 'not_trigger'],
    executeOrderId: ['optional', 'text or empty'],
    ...more,
  }
}

/** 4.8: one of the history. */
export function endedPlan(planType: string, planStatus: string, more: Keys = {}): Shape {
  return plan(planType, { planStatus: ['one of', planStatus], ...more })
}

/** 4.2. */
export const position = {
  marginCoin: ['one of', 'USDT'],
  symbol: ['one of', 'BTCUSDT'],
  holdSide: ['one of', 'long'],
  openDelegateSize: 'decimal',
  marginSize: 'decimal',
  available: 'decimal',
  locked: 'decimal',
  total: isHundredth,
  leverage: /^20(\.0+)?$/,
  achievedProfits: 'decimal',
  openPriceAvg: /^[56]\d{4}/,
  marginMode: ['one of', 'crossed'],
  posMode: ['one of', 'one_way_mode'],
  unrealizedPL: 'decimal',
  liquidationPrice: 'decimal or empty',
  keepMarginRate: 'decimal',
  markPrice: 'decimal',
  breakEvenPrice: 'decimal or empty',
  totalFee: 'decimal or empty',
  deductedFee: 'decimal or empty',
  takeProfit: 'decimal or empty',
  stopLoss: 'decimal or empty',
  takeProfitId: 'text or empty',
  stopLossId: 'text or empty',
  marginRatio: 'decimal or empty',
  assetMode: ['one of', 'single'],
  cashDividend: 'decimal or empty',
  cTime: 'ms text',
  uTime: 'ms text',
} as const satisfies Shape

/** 4.1: what `account/accounts` and `account/account` share. */
export const balances = {
  marginCoin: ['one of', 'USDT'],
  locked: 'decimal',
  available: 'decimal',
  crossedMaxAvailable: 'decimal',
  isolatedMaxAvailable: 'decimal',
  maxTransferOut: 'decimal',
  accountEquity: 'decimal',
  usdtEquity: 'decimal',
  btcEquity: 'decimal',
  crossedRiskRate: 'decimal',
  unrealizedPL: 'decimal or empty',
  coupon: 'decimal',
  crossedUnrealizedPL: 'decimal or empty',
  isolatedUnrealizedPL: 'decimal or empty',
  assetMode: ['one of', 'single'],
} as const satisfies Shape

/** 4.1: numbers on the wire where the documents print strings. */
export const settings = {
  crossedMarginLeverage: ['one of', 20],
  isolatedLongLever: ['one of', 20],
  isolatedShortLever: ['one of', 20],
  marginMode: ['one of', 'crossed'],
  posMode: ['one of', 'one_way_mode'],
} as const satisfies Shape
