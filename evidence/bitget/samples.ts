import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/bitget.md.

export type Members = { readonly [key: string]: Json }

/** Sections 3 and 6: one envelope for all. */
export function ok(data: Json): Json {
  return { code: '00000', msg: 'success', requestTime: 1763798400123, data }
}

export function refusal(code: string, msg: string): Json {
  return { code, msg, requestTime: 1763798400123, data: null }
}

/** Ids have 19 digits: more than a JSON number holds. */
export const ORDER_ID = '1300000000000000001'
export const PLAN_ID = '1300000000000000101'
export const CHILD_ID = '1300000000000000201'

/** 4.4: accepted, no more. */
export function receipt(orderId: string): Json {
  return ok({ clientOid: 'x', orderId })
}

/** 4.5, one-way mode: an order that rests; the key of its state is another in lists. */
function order(members: Members): Members {
  return {
    symbol: 'BTCUSDT',
    size: '0.01',
    orderId: ORDER_ID,
    clientOid: 'mock-0001',
    baseVolume: '0',
    fee: '0',
    price: '59500.1',
    priceAvg: '',
    side: 'buy',
    force: 'gtc',
    totalProfits: '0',
    posSide: 'net',
    marginCoin: 'USDT',
    quoteVolume: '0',
    leverage: '20',
    marginMode: 'crossed',
    reduceOnly: 'NO',
    enterPointSource: 'API',
    tradeSide: 'buy_single',
    posMode: 'one_way_mode',
    orderType: 'limit',
    orderSource: 'normal',
    cancelReason: '',
    presetStopSurplusPrice: '',
    presetStopSurplusType: '',
    presetStopSurplusExecutePrice: '',
    presetStopLossPrice: '',
    presetStopLossType: '',
    presetStopLossExecutePrice: '',
    cTime: '1763798400100',
    uTime: '1763798400200',
    ...members,
  }
}

/** A market order of 0.01 BTC, filled at 60000.1; its price is empty. */
const filled = {
  orderType: 'market',
  orderSource: 'market',
  price: '',
  baseVolume: '0.01',
  quoteVolume: '600.001',
  priceAvg: '60000.1',
  fee: '-0.3600006',
} as const

/** The answer about one order. */
export function detail(state: string, members: Members = {}): Json {
  return { ...order(members), state }
}

export function filledDetail(members: Members): Json {
  return detail('filled', { ...filled, ...members })
}

/** The same in a list. */
export function row(status: string, members: Members = {}): Json {
  return { ...order(members), status }
}

/** In the list of what has ended. */
export function endedRow(status: string, members: Members): Json {
  return row(status, { posAvg: '', liqPrice: '', ...members })
}

export function filledRow(members: Members): Json {
  return endedRow('filled', { ...filled, ...members })
}

/** 4.5: `null` for an empty list. */
export function orders(rows: readonly Json[], endId: Json = null): Json {
  return ok({ entrustedList: rows.length === 0 ? null : rows, endId })
}

/** 4.8: a stop-loss of 0.01 BTC that waits, in one-way mode; unset fields are `null` or empty. */
export function plan(members: Members): Json {
  return {
    planType: 'loss_plan',
    symbol: 'BTCUSDT',
    size: '0.01',
    orderId: PLAN_ID,
    clientOid: 'wire-15',
    price: '0',
    executePrice: '0',
    callbackRatio: '',
    triggerPrice: '58000',
    triggerType: 'mark_price',
    planStatus: 'live',
    side: 'sell',
    posSide: 'net',
    marginCoin: 'USDT',
    marginMode: 'crossed',
    enterPointSource: 'API',
    tradeSide: 'sell_single',
    posMode: 'one_way_mode',
    orderType: 'market',
    stopSurplusTriggerPrice: null,
    stopSurplusExecutePrice: null,
    stopSurplusTriggerType: null,
    stopLossTriggerPrice: '58000',
    stopLossExecutePrice: null,
    stopLossTriggerType: 'mark_price',
    cTime: '1763798400100',
    uTime: '1763798400200',
    ...members,
  }
}

export const noStop: Members = { stopLossTriggerPrice: '', stopLossTriggerType: '' }

/** 4.7: a stop that may open a position. */
export function triggerPlan(members: Members): Json {
  return plan({
    ...noStop,
    planType: 'normal_plan',
    orderId: '1300000000000000102',
    clientOid: 'wire-33',
    side: 'buy',
    tradeSide: 'buy_single',
    triggerPrice: '62000',
    triggerType: 'fill_price',
    ...members,
  })
}

/** 4.7: the rate is in percent; that it closes, `tradeSide` tells alone. */
export function trailingPlan(members: Members): Json {
  return plan({
    ...noStop,
    planType: 'track_plan',
    orderId: '1300000000000000103',
    clientOid: 'wire-56',
    side: 'sell',
    tradeSide: 'reduce_sell_single',
    callbackRatio: '1.5',
    triggerPrice: '61000',
    triggerType: 'fill_price',
    ...members,
  })
}

/** 4.4, 4.8: what was done, and what was not, of several. */
export function lists(successes: readonly Json[], failures: readonly Json[] = []): Json {
  return ok({ successList: successes, failureList: failures })
}
