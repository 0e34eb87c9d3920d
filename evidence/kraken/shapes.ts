import type { Shape } from '../../test/wire/evidence.ts'

// What several answers about orders share: docs/wire/kraken.md 4.5 to 4.8 and 6.1. Numbers are JSON
// numbers unless the sheet says otherwise.

export type Keys = { readonly [key: string]: Shape }

export const iso: Shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
export const uuid: Shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The value itself. */
export function is(...values: readonly (string | number | boolean)[]): Shape {
  return ['one of', ...values]
}

const numberOrNull: Shape = ['either', 'number', 'null']
const textOrNull: Shape = ['either', 'text', 'null']

/** Section 4: the envelope of a success. */
export function success(members: Keys = {}): Shape {
  return { result: is('success'), ...members, serverTime: iso }
}

/** 6.1, envelope A. */
export function refusalA(error: Shape): Shape {
  return { result: is('error'), error, serverTime: iso }
}

/** 6.1, envelope B. */
export function refusalB(
  status: string,
  code: number,
  message: Shape,
  serverTime: Shape = iso,
): Shape {
  return {
    status: is(status),
    result: is('error'),
    errors: ['rows', { code: is(code), message }],
    serverTime,
  }
}

/** 4.5: the order inside an event. */
export const eventOrder = {
  orderId: uuid,
  cliOrdId: textOrNull,
  type: is('lmt', 'post', 'ioc', 'fok'),
  symbol: is('PF_XBTUSD'),
  side: is('buy', 'sell'),
  quantity: 'number',
  filled: 'number',
  limitPrice: 'number',
  reduceOnly: 'boolean',
  timestamp: iso,
  lastUpdateTimestamp: iso,
} as const satisfies Shape

/** 4.5: the trigger inside an event; `ioc` fires as a market order. */
export const eventTrigger = {
  uid: uuid,
  clientId: textOrNull,
  type: is('ioc', 'lmt'),
  symbol: is('PF_XBTUSD'),
  side: is('buy', 'sell'),
  quantity: 'number',
  limitPrice: numberOrNull,
  triggerPrice: 'number',
  triggerSide: is('trigger_below', 'trigger_above'),
  triggerSignal: is('mark_price', 'spot_price', 'last_price'),
  reduceOnly: 'boolean',
  timestamp: iso,
  lastUpdateTimestamp: iso,
  startTime: 'null',
} as const satisfies Shape

export function place(order: Keys, reducedQuantity: Shape = 'null'): Shape {
  return { type: is('PLACE'), order: { ...eventOrder, ...order }, reducedQuantity }
}

export function placeTrigger(orderTrigger: Keys): Shape {
  return { type: is('PLACE'), orderTrigger: { ...eventTrigger, ...orderTrigger } }
}

export function execution(order: Keys, more: Keys = {}): Shape {
  return {
    type: is('EXECUTION'),
    executionId: uuid,
    price: 'number',
    amount: 'number',
    orderPriorEdit: 'null',
    orderPriorExecution: { ...eventOrder, ...order },
    takerReducedQuantity: 'null',
    ...more,
  }
}

export function reject(order: Keys, reason: string): Shape {
  return {
    type: is('REJECT'),
    uid: uuid,
    order: { ...eventOrder, ...order },
    reason: is(reason),
  }
}

export function cancelled(order: Keys): Shape {
  return { type: is('CANCEL'), uid: uuid, order: { ...eventOrder, ...order } }
}

export function cancelledTrigger(orderTrigger: Keys): Shape {
  return { type: is('CANCEL'), uid: uuid, orderTrigger: { ...eventTrigger, ...orderTrigger } }
}

export function edited(old: Keys, next: Keys): Shape {
  return {
    type: is('EDIT'),
    old: { ...eventOrder, ...old },
    new: { ...eventOrder, ...next },
    reducedQuantity: 'null',
  }
}

/** 4.5: the answer to an order that has an id. */
export function sent(status: string, orderEvents: Shape, more: Keys = {}): Shape {
  const receipt = { order_id: uuid, status: is(status), receivedTime: iso, orderEvents }
  return success({ sendStatus: { ...receipt, ...more } })
}

/** 5.4: an order that was refused before it had an id. */
export function notSent(status: string, more: Keys = {}): Shape {
  return success({
    sendStatus: {
      status: is(status),
      receivedTime: iso,
      orderEvents: ['rows'],
      ...more,
    },
  })
}

export function editStatus(status: string, orderEvents: Shape, more: Keys = {}): Shape {
  const receipt = { status: is(status), orderId: uuid, receivedTime: iso, orderEvents }
  return success({ editStatus: { ...receipt, ...more } })
}

/** 4.6: nothing more is told of an order that is not there. */
export const cancelNotFound: Shape = success({
  cancelStatus: { status: is('notFound'), receivedTime: iso },
})

/** 4.8, openorders; `cliOrdId` besides, where one was set. */
export const openOrder = {
  order_id: uuid,
  symbol: is('PF_XBTUSD'),
  side: is('buy', 'sell'),
  orderType: is('lmt'),
  limitPrice: 'number',
  unfilledSize: 'number',
  receivedTime: iso,
  status: is('untouched', 'partiallyFilled'),
  filledSize: 'number',
  reduceOnly: 'boolean',
  lastUpdateTime: iso,
} as const satisfies Shape

export const openTrigger = {
  order_id: uuid,
  symbol: is('PF_XBTUSD'),
  side: is('buy', 'sell'),
  orderType: is('stop'),
  stopPrice: 'number',
  unfilledSize: 'number',
  receivedTime: iso,
  status: is('untouched'),
  filledSize: is(0),
  reduceOnly: 'boolean',
  triggerSignal: is('mark', 'last', 'spot'),
  lastUpdateTime: iso,
} as const satisfies Shape

/** 4.8, orders/status: the type of the order is not told. */
export function recentOrder(status: string, order: Keys, more: Keys = {}): Shape {
  return {
    order: {
      type: is('ORDER'),
      orderId: uuid,
      cliOrdId: textOrNull,
      symbol: is('PF_XBTUSD'),
      side: is('buy', 'sell'),
      quantity: 'number',
      filled: 'number',
      limitPrice: 'number',
      reduceOnly: 'boolean',
      timestamp: iso,
      lastUpdateTimestamp: iso,
      ...order,
    },
    status: is(status),
    updateReason: textOrNull,
    error: 'null',
    ...more,
  }
}

/** The sheet tells no value for the price of a market order and for the time before it fires. */
export function recentTrigger(status: string, order: Keys, more: Keys = {}): Shape {
  const trigger = {
    type: is('TRIGGER_ORDER'),
    limitPrice: ['optional', numberOrNull],
    priceTriggerOptions: {
      triggerPrice: 'number',
      triggerSide: is('TRIGGER_ABOVE', 'TRIGGER_BELOW'),
      triggerSignal: is('MARK_PRICE', 'LAST_PRICE', 'SPOT_PRICE'),
    },
    triggerTime: ['optional', 'anything'],
    ...order,
  } as const satisfies Shape
  return recentOrder(status, trigger, more)
}

/** 4.8, fills; `cliOrdId` besides, where one was set. */
export const fill = {
  fill_id: uuid,
  order_id: uuid,
  symbol: is('PF_XBTUSD'),
  side: is('buy', 'sell'),
  size: 'number',
  price: 'number',
  fillTime: iso,
  fillType: is('maker', 'taker', 'takerAfterEdit'),
  realized_pnl: numberOrNull,
  sequence_id: ['either', 'integer', 'null'],
} as const satisfies Shape
