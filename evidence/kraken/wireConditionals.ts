import type { Expected, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { fills, open, past, post, recent, send } from './requests.ts'
import {
  CHILD_ID,
  eventTrigger,
  fill,
  foreignFill,
  openStop,
  pastEvent,
  pastTrigger,
  placed,
  RECEIVED,
  recentTrigger,
  STOP_ID,
  success,
} from './samples.ts'

// docs/wire/kraken.md 4.5 and 4.8: triggers go through the same door and live in the same book.

const unified = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' }

interface Trigger {
  id: string
  orderType: 'stp' | 'take_profit'
  side: 'buy' | 'sell'
  price: string
  /** As it is sent; answers have another spelling (5.1). */
  signal: 'mark' | 'last' | 'index'
}

/** A stop sells below and buys above its price, a take-profit the other way round. */
function place({ id, orderType, side, price, signal }: Trigger, reduceOnly = true): Json {
  const isBelow = (orderType === 'stp') === (side === 'sell')
  const orderTrigger = eventTrigger({
    clientId: id,
    side,
    triggerPrice: Number(price),
    triggerSide: isBelow ? 'trigger_below' : 'trigger_above',
    triggerSignal: signal === 'index' ? 'spot_price' : `${signal}_price`,
    reduceOnly,
  })
  return placed([{ type: 'PLACE', orderTrigger }], { order_id: STOP_ID, cliOrdId: id })
}

function trigger(asked: Trigger): Expected {
  const { id, orderType, side, price, signal } = asked
  return {
    requests: [
      send(
        {
          orderType,
          side,
          size: '0.01',
          stopPrice: price,
          triggerSignal: signal,
          reduceOnly: 'true',
          cliOrdId: id,
        },
        place(asked),
      ),
    ],
    result: {
      ...unified,
      orderId: STOP_ID,
      clientOrderId: id,
      side: side.toUpperCase(),
      type: orderType === 'stp' ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET',
      quantity: '0.01',
      price: '0',
      stopPrice: price,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
    },
  }
}

const opening: Trigger = {
  id: 'wire-33',
  orderType: 'stp',
  side: 'buy',
  price: '62000',
  signal: 'last',
}

const childFill = fill({
  order_id: CHILD_ID,
  cliOrdId: 'wire-15',
  side: 'sell',
  size: 0.01,
  price: 57990,
  fillType: 'taker',
})

export const wireConditionals: Pick<
  WireEvidence['cases'],
  | 'W-15'
  | 'W-16'
  | 'W-17'
  | 'W-18'
  | 'W-21'
  | 'W-24'
  | 'W-29'
  | 'W-33'
  | 'W-34'
  | 'W-35'
  | 'W-41'
  | 'W-56'
  | 'W-59'
> = {
  'W-15': trigger({
    id: 'wire-15',
    orderType: 'stp',
    side: 'sell',
    price: '58000',
    signal: 'mark',
  }),
  'W-16': trigger({ id: 'wire-16', orderType: 'stp', side: 'buy', price: '62000', signal: 'last' }),
  'W-17': trigger({
    id: 'wire-17',
    orderType: 'take_profit',
    side: 'sell',
    price: '62000',
    signal: 'last',
  }),
  'W-18': trigger({
    id: 'wire-18',
    orderType: 'take_profit',
    side: 'buy',
    price: '58000',
    signal: 'mark',
  }),
  // Only the list of what is open tells a stop from a trailing one.
  'W-21': {
    requests: [
      recent({ orderIds: STOP_ID }, [recentTrigger(58000, 'TRIGGER_BELOW')]),
      open([openStop({})]),
    ],
    result: {
      ...unified,
      orderId: STOP_ID,
      clientOrderId: 'wire-15',
      status: 'PENDING',
      type: 'STOP_MARKET',
      side: 'SELL',
      quantity: '0.01',
      price: '0',
      stopPrice: '58000',
      reduceOnly: true,
    },
  },
  'W-24': {
    requests: [
      post(
        '/cancelorder',
        { order_id: STOP_ID },
        success({
          cancelStatus: {
            status: 'cancelled',
            order_id: STOP_ID,
            cliOrdId: 'wire-15',
            receivedTime: RECEIVED,
            orderEvents: [{ type: 'CANCEL', uid: STOP_ID, orderTrigger: eventTrigger({}) }],
          },
        }),
      ),
    ],
    result: true,
  },
  'W-29': trigger({
    id: 'wire-29',
    orderType: 'stp',
    side: 'sell',
    price: '58000',
    signal: 'index',
  }),
  // Not reduce-only is said by leaving it out.
  'W-33': {
    requests: [
      send(
        {
          orderType: 'stp',
          side: 'buy',
          size: '0.01',
          stopPrice: '62000',
          triggerSignal: 'last',
          cliOrdId: 'wire-33',
        },
        place(opening, false),
      ),
    ],
    result: { orderId: STOP_ID, side: 'BUY', status: 'PENDING', reduceOnly: false },
  },
  // Its id has vanished. The history tells its client id, which is all that leads to the order it
  // became (5.3); with that the recent orders are asked again.
  'W-34': {
    requests: [
      recent({ orderIds: STOP_ID }, []),
      open([]),
      fills([foreignFill, childFill]),
      past('orders', { elements: [] }),
      past('triggers', {
        elements: [
          pastEvent('OrderTriggerActivated', { order: pastTrigger }),
          pastEvent('OrderTriggerPlaced', { order: pastTrigger, reason: 'new_user_order' }),
        ],
      }),
      recent({ orderIds: STOP_ID }, []),
      open([]),
      recent({ cliOrdIds: 'wire-15' }, []),
      fills([foreignFill, childFill]),
    ],
    result: {
      ...unified,
      orderId: STOP_ID,
      clientOrderId: 'wire-15',
      side: 'SELL',
      type: 'STOP_MARKET',
      status: 'FILLED',
      quantity: '0.01',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
      reduceOnly: true,
    },
  },
  // One that sells when the price has risen is a take-profit.
  'W-35': {
    requests: [recent({ cliOrdIds: 'wire-15' }, [recentTrigger(62000, 'TRIGGER_ABOVE')])],
    result: {
      orderId: STOP_ID,
      clientOrderId: 'wire-15',
      type: 'TAKE_PROFIT_MARKET',
      status: 'PENDING',
      stopPrice: '62000',
    },
  },
  // Accepted and activated at once (4.5): nothing refuses it, and the answer tells no more.
  'W-41': trigger({
    id: 'wire-41',
    orderType: 'stp',
    side: 'sell',
    price: '61000',
    signal: 'last',
  }),
  'W-56': { unsupported: 'a trailing stop is active at once (4.5)' },
  // The id stays; `orderId` is written otherwise than in cancels.
  'W-59': {
    requests: [
      recent({ orderIds: STOP_ID }, [recentTrigger(58000, 'TRIGGER_BELOW')]),
      open([openStop({})]),
      post(
        '/editorder',
        { orderId: STOP_ID, stopPrice: '57000' },
        success({
          editStatus: {
            status: 'edited',
            orderId: STOP_ID,
            cliOrdId: 'wire-15',
            receivedTime: RECEIVED,
            orderEvents: [
              {
                type: 'EDIT',
                old: eventTrigger({}),
                new: eventTrigger({ triggerPrice: 57000 }),
                reducedQuantity: null,
              },
            ],
          },
        }),
      ),
    ],
    result: {
      ...unified,
      orderId: STOP_ID,
      type: 'STOP_MARKET',
      stopPrice: '57000',
      quantity: '0.01',
      status: 'PENDING',
    },
  },
}
