import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { btc, fills, open, past, post, recent } from './requests.ts'
import {
  eventOrder,
  fill,
  foreignFill,
  foreignPastOrder,
  ORDER_ID,
  openEther,
  openOrder,
  openStop,
  openTakeProfit,
  pastEvent,
  pastOrder,
  RECEIVED,
  recentOrder,
  STOP_ID,
  success,
} from './samples.ts'

// docs/wire/kraken.md 4.6 and 4.8: a look-up goes from what is recent to what is past.

const unified = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' }
const createdAt = 1763798400123
const LATER = '2025-11-22T08:00:01.123Z'

function cancel(cancelStatus: { readonly [key: string]: Json }): ExpectedRequest {
  const answer = success({ cancelStatus: { receivedTime: RECEIVED, ...cancelStatus } })
  return post('/cancelorder', { order_id: ORDER_ID }, answer)
}

export const wireLookups: Pick<
  WireEvidence['cases'],
  'W-19' | 'W-20' | 'W-22' | 'W-23' | 'W-25' | 'W-30' | 'W-37' | 'W-42'
> = {
  // What remains and what is done make the whole; the average is in the executions alone.
  'W-19': {
    requests: [
      recent({ orderIds: ORDER_ID }, [
        recentOrder('ENTERED_BOOK', { quantity: 0.006, filled: 0.004 }, 'PARTIAL_FILL'),
      ]),
      fills([foreignFill, fill({})]),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-12',
      type: 'LIMIT',
      price: '59500.1',
      status: 'PARTIALLY_FILLED',
      quantity: '0.01',
      executedQty: '0.004',
      averagePrice: '59500.1',
    },
  },
  // Closed for more than 5 s: only the history knows it, here on the second page.
  'W-20': {
    requests: [
      recent({ cliOrdIds: 'wire-12' }, []),
      open([openStop({})]),
      fills([foreignFill]),
      past('orders', {
        elements: [
          pastEvent('OrderPlaced', {
            order: foreignPastOrder,
            reason: 'new_user_order',
            reducedQuantity: '',
            algoId: '',
          }),
        ],
        nextToken: 'c3RyaW5n+/=',
      }),
      past('orders', {
        token: 'c3RyaW5n+/=',
        elements: [
          pastEvent('OrderCancelled', { order: pastOrder({}), reason: 'cancelled_by_user' }),
        ],
      }),
      past('triggers', { elements: [] }),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-12',
      side: 'BUY',
      type: 'LIMIT',
      price: '59500.1',
      status: 'CANCELLED',
      executedQty: '0',
    },
  },
  // One list of all symbols, plain and conditional.
  'W-22': {
    requests: [
      open([
        openStop({}),
        openEther,
        openOrder({ unfilledSize: 0.006, filledSize: 0.004, lastUpdateTime: LATER }),
      ]),
    ],
    result: [
      {
        ...unified,
        orderId: STOP_ID,
        clientOrderId: 'wire-15',
        side: 'SELL',
        type: 'STOP_MARKET',
        status: 'PENDING',
        quantity: '0.01',
        stopPrice: '58000',
        reduceOnly: true,
      },
      {
        ...unified,
        orderId: ORDER_ID,
        clientOrderId: 'wire-12',
        side: 'BUY',
        type: 'LIMIT',
        status: 'PARTIALLY_FILLED',
        quantity: '0.01',
        executedQty: '0.004',
        price: '59500.1',
        createdAt,
        updatedAt: createdAt + 1_000,
      },
    ],
  },
  'W-23': {
    requests: [
      cancel({
        status: 'cancelled',
        order_id: ORDER_ID,
        cliOrdId: 'wire-12',
        orderEvents: [{ type: 'CANCEL', uid: ORDER_ID, order: eventOrder({}) }],
      }),
    ],
    result: true,
  },
  'W-25': {
    requests: [
      post(
        '/cancelallorders',
        btc,
        success({
          cancelStatus: {
            receivedTime: RECEIVED,
            cancelOnly: 'PF_XBTUSD',
            status: 'cancelled',
            cancelledOrders: [
              { order_id: ORDER_ID, cliOrdId: 'wire-12' },
              { order_id: STOP_ID, cliOrdId: 'wire-15' },
            ],
            orderEvents: [{ uid: ORDER_ID, order: eventOrder({}), type: 'CANCEL' }],
          },
        }),
      ),
      // `true` means none is left, so it is looked.
      open([openEther]),
    ],
    result: true,
  },
  'W-30': {
    requests: [open([openOrder({}), openTakeProfit, openEther])],
    result: [
      { ...unified, orderId: ORDER_ID, type: 'LIMIT', status: 'NEW' },
      { ...unified, type: 'TAKE_PROFIT_MARKET', status: 'PENDING', stopPrice: '62000', price: '0' },
      {
        symbol: 'ETHUSD',
        nativeSymbol: 'PF_ETHUSD',
        side: 'SELL',
        status: 'PARTIALLY_FILLED',
        quantity: '0.404',
        executedQty: '0.1',
        clientOrderId: '',
        reduceOnly: true,
      },
    ],
  },
  // Success all the same: the status tells that it was filled.
  'W-37': {
    requests: [
      cancel({ status: 'filled', order_id: ORDER_ID, orderEvents: [] }),
      recent({ orderIds: ORDER_ID }, [
        recentOrder(
          'FULLY_EXECUTED',
          { quantity: 0, filled: 0.01, limitPrice: 60600 },
          'FULL_FILL',
        ),
      ]),
      fills([fill({ size: 0.01, price: 60000, fillType: 'taker' })]),
      // Recent orders do not tell what kind of order it was.
      past('orders', {
        elements: [
          pastEvent('OrderPlaced', {
            order: pastOrder({ quantity: '0', filled: '0.01', orderType: 'Market' }),
            reason: 'new_user_order',
            reducedQuantity: '',
            algoId: '',
          }),
        ],
      }),
      past('triggers', { elements: [] }),
    ],
    result: false,
  },
  'W-42': {
    requests: [
      recent({ orderIds: ORDER_ID }, []),
      open([openStop({})]),
      fills([foreignFill]),
      past('orders', {
        elements: [pastEvent('OrderCancelled', { order: foreignPastOrder, reason: 'expired' })],
      }),
      past('triggers', { elements: [] }),
    ],
    rejects: 'ORDER_NOT_FOUND',
  },
}
