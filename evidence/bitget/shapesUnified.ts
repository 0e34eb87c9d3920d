import type { Shape } from '../../test/wire/evidence.ts'
import { isHundredth, success } from './shapes.ts'

// Rows of answers that several endpoints of V3 share: docs/wire/bitget.md 12.3 to 12.5.

type Keys = { readonly [key: string]: Shape }

const id = /^\d{19}$/
const category: Shape = ['one of', 'USDT-FUTURES']
const symbol: Shape = ['one of', 'BTCUSDT']
const side: Shape = ['one of', 'buy', 'sell']
/** Recorded `null` in 2025, printed `""` in 2026. */
const unset: Shape = ['either', 'decimal or empty', 'null']
const unsetWord: Shape = ['either', ['one of', '', 'market', 'mark', 'limit'], 'null']

/** 12.2: a page; 6.1: its cursor is the last row's id. */
export function page(...rows: readonly Shape[]): Shape {
  return success({ list: ['rows', ...rows], cursor: 'digits' })
}

export const emptyPage: Shape = success({
  list: ['either', 'null', ['rows']],
  cursor: ['one of', ''],
})

export const receipt = { orderId: id, clientOid: 'text' } as const satisfies Shape

export function receiptOf(clientOid: string): Shape {
  return success({ ...receipt, clientOid: ['one of', clientOid] })
}

type Status = 'live' | 'new' | 'partially_filled' | 'filled' | 'cancelled'

/** 12.4; rows of lists lack two keys while the order is open. */
export function order(orderStatus: Status, more: Keys = {}): Shape {
  return {
    orderId: id,
    clientOid: 'text',
    category,
    symbol,
    orderType: ['one of', 'limit', 'market'],
    side,
    price: 'decimal',
    qty: 'decimal',
    amount: 'decimal',
    cumExecQty: 'decimal',
    cumExecValue: 'decimal',
    avgPrice: 'decimal',
    timeInForce: ['one of', 'gtc', 'ioc', 'fok', 'post_only'],
    orderStatus: orderStatus === 'new' ? ['one of', 'new', 'live'] : ['one of', orderStatus],
    posSide: ['one of', 'net', ''],
    holdMode: ['one of', 'one_way_mode'],
    tradeSide: 'text or empty',
    delegateType: 'text',
    reduceOnly: ['one of', 'NO', 'YES'],
    marginMode: ['one of', 'crossed', 'isolated'],
    feeDetail: [
      'rows',
      { feeCoin: ['either', 'text or empty', 'null'], fee: ['either', 'decimal or empty', 'null'] },
    ],
    createdTime: 'ms text',
    updatedTime: 'ms text',
    cancelReason: 'text or empty',
    execType: 'text',
    stpMode: ['one of', 'none'],
    tpTriggerBy: unsetWord,
    slTriggerBy: unsetWord,
    takeProfit: unset,
    stopLoss: unset,
    tpOrderType: unsetWord,
    slOrderType: unsetWord,
    tpLimitPrice: unset,
    slLimitPrice: unset,
    ...more,
  }
}

export function listed(orderStatus: Status, more: Keys = {}): Shape {
  const row = Object.entries(order(orderStatus, more))
  return Object.fromEntries(row.filter(([key]) => key !== 'cancelReason' && key !== 'execType'))
}

/** 12.4: one fill; the category in small letters, a fee that was paid without a sign. */
export const fill = {
  execId: id,
  execLinkId: id,
  orderId: id,
  clientOid: 'text',
  category: ['one of', 'usdt-futures'],
  symbol,
  orderType: ['one of', 'limit', 'market'],
  side,
  posSide: 'text or empty',
  execPrice: /^[56]\d{4}/,
  execQty: isHundredth,
  execValue: 'decimal',
  tradeScope: ['one of', 'maker', 'taker'],
  tradeSide: 'text or empty',
  feeDetail: ['rows', { feeCoin: ['one of', 'USDT'], fee: /^0\.\d*[1-9]/ }],
  createdTime: 'ms text',
  updatedTime: 'ms text',
  execPnl: 'decimal',
  isRPI: ['one of', 'no'],
} as const satisfies Shape

/** 12.3. */
export const position = {
  category,
  symbol,
  marginCoin: ['one of', 'USDT'],
  holdMode: ['one of', 'one_way_mode'],
  posSide: ['one of', 'long'],
  marginMode: ['one of', 'crossed'],
  positionBalance: 'decimal',
  available: 'decimal',
  frozen: 'decimal',
  total: isHundredth,
  leverage: /^20(\.0+)?$/,
  curRealisedPnl: 'decimal',
  avgPrice: /^[56]\d{4}/,
  positionStatus: ['one of', 'normal'],
  unrealisedPnl: 'decimal',
  liquidationPrice: 'decimal or empty',
  mmr: 'decimal',
  profitRate: 'decimal',
  markPrice: 'decimal',
  breakEvenPrice: 'decimal or empty',
  totalFunding: 'decimal or empty',
  openFeeTotal: /^-0\.\d/,
  closeFeeTotal: 'decimal',
  cashDividend: 'decimal or empty',
  createdTime: 'ms text',
  updatedTime: 'ms text',
} as const satisfies Shape

const strategyBody = {
  orderId: id,
  clientOid: 'text',
  category,
  symbol,
  qty: 'decimal or empty',
  type: ['one of', 'tpsl'],
  tpTriggerBy: ['one of', '', 'market', 'mark'],
  slTriggerBy: ['one of', '', 'market', 'mark'],
  takeProfit: 'decimal or empty',
  stopLoss: 'decimal or empty',
  tpOrderType: ['one of', '', 'market', 'limit'],
  slOrderType: ['one of', '', 'market', 'limit'],
  tpLimitPrice: 'decimal or empty',
  slLimitPrice: 'decimal or empty',
  triggerBy: ['one of', '', 'market', 'mark'],
  triggerPrice: 'decimal or empty',
  triggerOrderType: ['one of', '', 'market', 'limit'],
  triggerOrderPrice: 'decimal or empty',
  trailingStopParams: ['rows'],
  createdTime: 'ms text',
  updatedTime: 'ms text',
} as const satisfies Shape

type StrategyStatus = 'pending' | 'success' | 'failed' | 'cancelled'

/** 12.5: protection of a position has no side of its own. */
export function protection(status: StrategyStatus, more: Keys = {}): Shape {
  return {
    ...strategyBody,
    posSide: ['one of', 'long', 'short'],
    status: ['one of', status],
    ...more,
  }
}

/** 12.5: the other kinds tell side and whether they reduce. */
export function strategyRow(type: string, status: StrategyStatus, more: Keys = {}): Shape {
  return {
    ...strategyBody,
    posSide: 'text or empty',
    side,
    reduceOnly: /^(yes|no)$/i,
    type: ['one of', type],
    status: ['one of', status],
    ...more,
  }
}
