import type { Shape } from '../../test/wire/evidence.ts'
import { is, type Keys, uuid } from './shapes.ts'

// docs/wire/kraken.md 3.5 and 4.8: the history service. Decimals are texts, times numbers.

const decimalOrNull: Shape = ['either', 'decimal', 'null']

/** The sheet shows the amount cut off as an empty text where there is none. */
const cut: Shape = ['either', 'decimal or empty', 'null']

/** The envelope; the last page has no token. */
export function pageOf(elements: Shape, len: number, more: Keys = {}): Shape {
  return {
    accountUid: uuid,
    elements,
    len: is(len),
    serverTime: 'text',
    ...more,
  }
}

export function event(name: string, content: Shape): Shape {
  return { uid: uuid, timestamp: 'ms', event: { [name]: content } }
}

export const pastOrder = {
  uid: uuid,
  accountUid: uuid,
  tradeable: is('PF_XBTUSD'),
  direction: is('Buy', 'Sell'),
  quantity: 'decimal',
  filled: 'decimal',
  timestamp: 'ms',
  limitPrice: 'decimal',
  orderType: is('Limit'),
  clientId: 'text or empty',
  reduceOnly: 'boolean',
  lastUpdateTimestamp: 'ms',
} as const satisfies Shape

export const pastTrigger = {
  ...pastOrder,
  accountId: 'text',
  limitPrice: ['optional', is('0')],
  orderType: 'text',
  triggerOptions: {
    triggerPrice: 'decimal',
    triggerSide: is('Above', 'Below'),
    triggerSignal: is('MarkPrice', 'LastPrice', 'SpotPrice'),
    trailingStopOptions: ['optional', 'anything'],
  },
} as const satisfies Shape

export function orderPlaced(order: Keys): Shape {
  return event('OrderPlaced', {
    order: { ...pastOrder, ...order },
    reason: 'text',
    reducedQuantity: cut,
    algoId: 'anything',
  })
}

export function orderUpdated(oldOrder: Keys, newOrder: Keys, reason: string): Shape {
  return event('OrderUpdated', {
    oldOrder: { ...pastOrder, ...oldOrder },
    newOrder: { ...pastOrder, ...newOrder },
    reason: is(reason),
    reducedQuantity: cut,
  })
}

export function orderCancelled(order: Keys, reason: string): Shape {
  return event('OrderCancelled', { order: { ...pastOrder, ...order }, reason: is(reason) })
}

const pastExecution: Shape = {
  execution: {
    uid: uuid,
    order: { ...pastOrder, orderType: 'text' },
    timestamp: 'ms',
    quantity: is('0.01'),
    price: /^[56]\d{4}(\.\d+)?$/,
    markPrice: 'decimal',
    limitFilled: 'boolean',
    executionType: is('taker'),
    usdValue: 'decimal',
    partnerTradeId: 'text or empty',
    orderData: {
      fee: 'decimal',
      positionSize: 'decimal',
      realizedPnl: ['either', 'decimal', 'null'],
      feeCalculationInfo: { percentageFee: 'decimal' },
    },
  },
  takerReducedQuantity: cut,
}

/** Seen in both cases. */
export const anExecution: Shape = [
  'either',
  event('Execution', pastExecution),
  event('execution', pastExecution),
]

const publicOrder: Shape = {
  uid: uuid,
  tradeable: is('PF_XBTUSD'),
  direction: is('Buy', 'Sell'),
  quantity: 'decimal',
  timestamp: 'ms',
  limitPrice: 'decimal',
  orderType: 'text',
  reduceOnly: 'boolean',
  lastUpdateTimestamp: 'ms',
}

/** 3.5: what everybody may read of an execution. */
export const publicExecution: Shape = event('Execution', {
  execution: {
    uid: uuid,
    makerOrder: publicOrder,
    takerOrder: publicOrder,
    timestamp: 'ms',
    quantity: 'decimal',
    price: 'decimal',
    markPrice: 'decimal',
    limitFilled: 'boolean',
    usdValue: 'decimal',
  },
  takerReducedQuantity: cut,
})

export function positionUpdate(members: Keys): Shape {
  return event('PositionUpdate', {
    accountUid: ['optional', uuid],
    tradeable: is('PF_XBTUSD'),
    oldPosition: 'decimal',
    oldAverageEntryPrice: decimalOrNull,
    newPosition: 'decimal',
    newAverageEntryPrice: decimalOrNull,
    fillTime: ['either', 'ms', 'null'],
    fee: decimalOrNull,
    feeCurrency: ['either', is('USD'), 'null'],
    realizedPnL: decimalOrNull,
    positionChange: is('open', 'close', 'increase', 'decrease', 'reverse', 'noChange'),
    executionUid: ['either', uuid, 'null'],
    executionPrice: decimalOrNull,
    executionSize: decimalOrNull,
    tradeType: ['either', is('userExecution'), 'null'],
    realizedFunding: decimalOrNull,
    fundingRealizationTime: ['either', 'ms', 'null'],
    timestamp: 'ms',
    updateReason: is('trade', 'fundingRealisation', 'settlement'),
    ...members,
  })
}

const numberOrNull: Shape = ['either', 'number', 'null']

/** 4.8, account-log. */
export const logRow = {
  id: 'integer',
  date: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
  asset: 'text',
  info: 'text',
  booking_uid: 'text',
  margin_account: 'text',
  old_balance: numberOrNull,
  new_balance: numberOrNull,
  old_average_entry_price: numberOrNull,
  new_average_entry_price: numberOrNull,
  trade_price: numberOrNull,
  mark_price: numberOrNull,
  realized_pnl: numberOrNull,
  fee: numberOrNull,
  execution: ['either', uuid, 'null'],
  collateral: ['either', 'text', 'null'],
  funding_rate: numberOrNull,
  realized_funding: numberOrNull,
  contract: ['either', is('pf_xbtusd'), 'null'],
} as const satisfies Shape
