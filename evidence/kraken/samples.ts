import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/kraken.md. Numbers are JSON
// numbers, but in candles and history, where they are texts.

type Members = { readonly [key: string]: Json }

const SERVER_TIME = '2025-11-22T08:00:00.000Z'
/** When the orders of these answers were received, 1763798400123. */
export const RECEIVED = '2025-11-22T08:00:00.123Z'

export const ORDER_ID = '179f9af8-e45e-469d-b3e9-2fd4675cb7d0'
export const STOP_ID = '1abfd3c6-af93-4b30-91cc-e4a93797f3f5'
/** The order a trigger becomes has an id of its own (5.3). */
export const CHILD_ID = 'a133a4f9-254d-4806-8176-9acc936b6944'
const OTHER_ID = '59302619-41d2-4f0b-941f-7e7914760ad3'

/** Section 4: the envelope. */
export function success(members: Members): Json {
  return { result: 'success', ...members, serverTime: SERVER_TIME }
}

/** 4.8: the envelope of the history service. */
export function history(elements: readonly Json[], continuationToken?: string): Json {
  return {
    accountUid: 'e258dba9-4dd4-4da5-bfef-75beb91c098e',
    elements,
    len: elements.length,
    ...(continuationToken !== undefined && { continuationToken }),
    serverTime: SERVER_TIME,
  }
}

/** 4.5: an order as events tell it. */
export function eventOrder(members: Members): Json {
  return {
    orderId: ORDER_ID,
    cliOrdId: 'wire-12',
    type: 'lmt',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    quantity: 0.01,
    filled: 0,
    limitPrice: 59500.1,
    reduceOnly: false,
    timestamp: RECEIVED,
    lastUpdateTimestamp: RECEIVED,
    ...members,
  }
}

export function placed(events: readonly Json[], members: Members = {}): Json {
  return {
    order_id: ORDER_ID,
    status: 'placed',
    receivedTime: RECEIVED,
    orderEvents: events,
    ...members,
  }
}

export function place(order: Members): Json {
  return { type: 'PLACE', order: eventOrder(order), reducedQuantity: null }
}

/** One maker order that was hit; `limitPrice` of a market order is its protection price. */
export function execution(price: number, amount: number, order: Members): Json {
  return {
    type: 'EXECUTION',
    executionId: `403bf49f-dbbe-448b-8de7-fd3cf38cc5d${Math.round(amount * 1000) % 10}`,
    price,
    amount,
    orderPriorEdit: null,
    orderPriorExecution: eventOrder({ type: 'ioc', limitPrice: 60600, ...order }),
    takerReducedQuantity: null,
  }
}

export function reject(reason: string, order: Members): Json {
  return { type: 'REJECT', uid: ORDER_ID, order: eventOrder(order), reason }
}

/** 4.5: a trigger as events tell it; without a limit price it is a market order when it fires. */
export function eventTrigger(members: Members): Json {
  return {
    uid: STOP_ID,
    clientId: 'wire-15',
    type: 'ioc',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    quantity: 0.01,
    limitPrice: null,
    triggerPrice: 58000,
    triggerSide: 'trigger_below',
    triggerSignal: 'mark_price',
    reduceOnly: true,
    timestamp: RECEIVED,
    lastUpdateTimestamp: RECEIVED,
    startTime: null,
    ...members,
  }
}

/** 4.8, openorders. */
export function openOrder(members: Members): Json {
  return {
    order_id: ORDER_ID,
    cliOrdId: 'wire-12',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    orderType: 'lmt',
    limitPrice: 59500.1,
    unfilledSize: 0.01,
    receivedTime: RECEIVED,
    status: 'untouched',
    filledSize: 0,
    reduceOnly: false,
    lastUpdateTime: RECEIVED,
    ...members,
  }
}

export function openStop(members: Members): Json {
  return {
    order_id: STOP_ID,
    cliOrdId: 'wire-15',
    symbol: 'PF_XBTUSD',
    side: 'sell',
    orderType: 'stop',
    stopPrice: 58000,
    unfilledSize: 0.01,
    receivedTime: RECEIVED,
    status: 'untouched',
    filledSize: 0,
    reduceOnly: true,
    triggerSignal: 'mark',
    lastUpdateTime: RECEIVED,
    ...members,
  }
}

export const openTakeProfit: Json = {
  order_id: CHILD_ID,
  symbol: 'PF_XBTUSD',
  side: 'sell',
  orderType: 'take_profit',
  stopPrice: 62000,
  unfilledSize: 0.01,
  receivedTime: RECEIVED,
  status: 'untouched',
  filledSize: 0,
  reduceOnly: true,
  triggerSignal: 'last',
  lastUpdateTime: RECEIVED,
}

/** An order of another contract and without a client id. */
export const openEther: Json = {
  order_id: OTHER_ID,
  symbol: 'PF_ETHUSD',
  side: 'sell',
  orderType: 'lmt',
  limitPrice: 3100,
  unfilledSize: 0.304,
  receivedTime: RECEIVED,
  status: 'partiallyFilled',
  filledSize: 0.1,
  reduceOnly: true,
  lastUpdateTime: RECEIVED,
}

/** 4.8, orders/status: `quantity` is what remains. */
export function recentOrder(status: string, members: Members, updateReason: Json = null): Json {
  const order = {
    type: 'ORDER',
    orderId: ORDER_ID,
    cliOrdId: 'wire-12',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    quantity: 0.01,
    filled: 0,
    limitPrice: 59500.1,
    reduceOnly: false,
    timestamp: RECEIVED,
    lastUpdateTimestamp: RECEIVED,
    ...members,
  }
  return { order, status, updateReason, error: null }
}

/** The same of a trigger that waits to sell. */
export function recentTrigger(
  triggerPrice: number,
  triggerSide: string,
  members: Members = {},
): Json {
  return recentOrder('TRIGGER_PLACED', {
    type: 'TRIGGER_ORDER',
    orderId: STOP_ID,
    cliOrdId: 'wire-15',
    side: 'sell',
    limitPrice: null,
    reduceOnly: true,
    priceTriggerOptions: { triggerPrice, triggerSide, triggerSignal: 'MARK_PRICE' },
    triggerTime: null,
    ...members,
  })
}

/** 4.8, fills. */
export function fill(members: Members): Json {
  return {
    fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe215e',
    order_id: ORDER_ID,
    cliOrdId: 'wire-12',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    size: 0.004,
    price: 59500.1,
    fillTime: RECEIVED,
    fillType: 'maker',
    realized_pnl: null,
    sequence_id: 123,
    ...members,
  }
}

/** An execution of another order. */
export const foreignFill: Json = fill({
  fill_id: '6a22a3fb-e18e-4e76-b841-8689735c9158',
  order_id: OTHER_ID,
  cliOrdId: 'demo-1',
  fillType: 'taker',
})

/** 4.8, history: `quantity` is what remains, decimals are texts, times numbers. */
export function pastOrder(members: Members): Json {
  return {
    uid: ORDER_ID,
    accountUid: 'e258dba9-4dd4-4da5-bfef-75beb91c098e',
    tradeable: 'PF_XBTUSD',
    direction: 'Buy',
    quantity: '0.01',
    filled: '0',
    timestamp: 1763798300000,
    limitPrice: '59500.1',
    orderType: 'Limit',
    clientId: 'wire-12',
    reduceOnly: false,
    lastUpdateTimestamp: 1763798300000,
    ...members,
  }
}

export const foreignPastOrder: Json = pastOrder({ uid: OTHER_ID, clientId: '' })

export const pastTrigger: Json = pastTriggerOf({})

/** A stop-loss that waited. */
export function pastTriggerOf(members: Members): Json {
  return pastOrder({
    uid: STOP_ID,
    direction: 'Sell',
    limitPrice: '0',
    orderType: 'Stop',
    clientId: 'wire-15',
    reduceOnly: true,
    triggerOptions: {
      triggerPrice: '58000',
      triggerSide: 'Below',
      triggerSignal: 'MarkPrice',
      trailingStopOptions: null,
    },
    ...members,
  })
}

export function pastEvent(name: string, content: Members): Json {
  return {
    uid: '03591930-2a5b-4bee-b10a-8b8ce214efb8',
    timestamp: 1763798350000,
    event: { [name]: content },
  }
}
