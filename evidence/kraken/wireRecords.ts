import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { btc, fills, names, past, post, recent } from './requests.ts'
import {
  CHILD_ID,
  eventOrder,
  fill,
  foreignFill,
  ORDER_ID,
  pastEvent,
  pastOrder,
  pastTriggerOf,
  place,
  RECEIVED,
  recentOrder,
  STOP_ID,
  success,
} from './samples.ts'

// docs/wire/kraken.md 4.6 to 4.8: several orders at once, one amended, the past.

const NOW = 1_763_798_400_000
const DAY = 86_400_000
const TAKE_ID = '1abfd3c6-af93-4b30-91cc-e4a93797f300'
const CANCELLED_ID = '179f9af8-e45e-469d-b3e9-2fd4675cb7d3'

type Members = { readonly [key: string]: Json }

/** JSON in a form. */
function batch(items: readonly Members[], batchStatus: readonly Json[]): ExpectedRequest {
  const json = JSON.stringify({ batchOrder: items })
  return { ...post('/batchorder', { json }, success({ batchStatus })), dated: true }
}

function item(order_tag: string, cliOrdId: string, limitPrice: string): Members {
  return {
    order: 'send',
    order_tag,
    orderType: 'lmt',
    ...btc,
    side: 'buy',
    size: '0.01',
    limitPrice,
    cliOrdId,
  }
}

function placedAt(time: number): Members {
  return { timestamp: time, lastUpdateTimestamp: time }
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-60' | 'W-61'> = {
  // A success, whatever became of the orders in it; rows are found by their tags.
  'W-57': {
    requests: [
      batch(
        [item('0', 'wire-57a', '59500.1'), item('1', 'wire-57b', '59400.1')],
        [
          { status: 'insufficientAvailableFunds', order_tag: '1', orderEvents: [] },
          {
            status: 'placed',
            order_tag: '0',
            order_id: ORDER_ID,
            cliOrdId: 'wire-57a',
            dateTimeReceived: RECEIVED,
            orderEvents: [place({ cliOrdId: 'wire-57a' })],
          },
        ],
      ),
    ],
    result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
  },
  // The size meant is the total, which has to be said. The answer tells what became of it.
  'W-58': {
    requests: [
      recent({ orderIds: ORDER_ID }, [recentOrder('ENTERED_BOOK', {}, 'NEW_USER_ORDER')]),
      post(
        '/editorder',
        { orderId: ORDER_ID, size: '0.02', limitPrice: '59400.1', qtyMode: 'ABSOLUTE' },
        success({
          editStatus: {
            status: 'edited',
            orderId: ORDER_ID,
            cliOrdId: 'wire-12',
            receivedTime: RECEIVED,
            orderEvents: [
              {
                type: 'EDIT',
                old: eventOrder({}),
                new: eventOrder({ quantity: 0.02, limitPrice: 59400.1 }),
                reducedQuantity: null,
              },
            ],
          },
        }),
      ),
    ],
    result: { ...names, orderId: ORDER_ID, status: 'NEW', quantity: '0.02', price: '59400.1' },
  },
  // Events, of which the newest counts; what fired just before the day may have become an order in it. What a trigger became has its client id, and is told once.
  'W-60': {
    requests: [
      past('triggers', {
        since: NOW - DAY - 10_000 - 1,
        elements: [
          pastEvent('OrderTriggerActivated', {
            order: pastTriggerOf(placedAt(NOW - 9_000)),
          }),
          pastEvent('OrderTriggerCancelled', {
            order: pastTriggerOf({
              uid: TAKE_ID,
              clientId: 'wire-17',
              triggerOptions: {
                triggerPrice: '62000',
                triggerSide: 'Above',
                triggerSignal: 'LastPrice',
                trailingStopOptions: null,
              },
              ...placedAt(NOW - 10_000),
            }),
            reason: 'cancelled_by_user',
          }),
          pastEvent('OrderTriggerPlaced', {
            order: pastTriggerOf(placedAt(NOW - 9_000)),
            reason: 'new_user_order',
          }),
        ],
      }),
      past('orders', {
        since: NOW - DAY - 1,
        elements: [
          pastEvent('OrderPlaced', {
            order: pastOrder({
              uid: CHILD_ID,
              direction: 'Sell',
              quantity: '0',
              filled: '0.01',
              limitPrice: '57420',
              orderType: 'IoC',
              clientId: 'wire-15',
              reduceOnly: true,
              ...placedAt(NOW - 5_000),
            }),
            reason: 'new_user_order',
            reducedQuantity: '',
            algoId: '',
          }),
          pastEvent('OrderCancelled', {
            order: pastOrder({ uid: CANCELLED_ID, ...placedAt(NOW - 8_000) }),
            reason: 'cancelled_by_user',
          }),
          pastEvent('OrderPlaced', {
            order: pastOrder({ uid: CANCELLED_ID, ...placedAt(NOW - 8_000) }),
            reason: 'new_user_order',
            reducedQuantity: '',
            algoId: '',
          }),
          pastEvent('OrderPlaced', {
            order: pastOrder({
              quantity: '0',
              filled: '0.01',
              limitPrice: '60600',
              orderType: 'Market',
              clientId: 'wire-10',
              ...placedAt(NOW - 11_000),
            }),
            reason: 'new_user_order',
            reducedQuantity: '',
            algoId: '',
          }),
        ],
      }),
      fills([
        fill({
          fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe2160',
          order_id: CHILD_ID,
          cliOrdId: 'wire-15',
          side: 'sell',
          size: 0.01,
          price: 57990,
          fillType: 'taker',
        }),
        foreignFill,
        fill({ cliOrdId: 'wire-10', size: 0.01, price: 60000.1, fillType: 'taker' }),
      ]),
    ],
    result: [
      {
        ...names,
        orderId: ORDER_ID,
        clientOrderId: 'wire-10',
        type: 'MARKET',
        side: 'BUY',
        status: 'FILLED',
        executedQty: '0.01',
        averagePrice: '60000.1',
        createdAt: NOW - 11_000,
      },
      {
        orderId: TAKE_ID,
        clientOrderId: 'wire-17',
        type: 'TAKE_PROFIT_MARKET',
        side: 'SELL',
        status: 'CANCELLED',
        executedQty: '0',
        stopPrice: '62000',
      },
      {
        orderId: STOP_ID,
        clientOrderId: 'wire-15',
        type: 'STOP_MARKET',
        side: 'SELL',
        status: 'FILLED',
        executedQty: '0.01',
        averagePrice: '57990',
        stopPrice: '58000',
        reduceOnly: true,
        createdAt: NOW - 9_000,
      },
      {
        orderId: CANCELLED_ID,
        clientOrderId: 'wire-12',
        type: 'LIMIT',
        status: 'CANCELLED',
        price: '59500.1',
        executedQty: '0',
      },
    ],
  },
  // Those of all contracts, newest first, and no fees.
  'W-61': {
    requests: [
      fills([
        fill({
          fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe2162',
          symbol: 'PF_ETHUSD',
          fillTime: isoOf(NOW - 1_000),
        }),
        fill({
          fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe2161',
          order_id: CHILD_ID,
          cliOrdId: 'wire-15',
          side: 'sell',
          size: 0.01,
          price: 57990,
          fillType: 'taker',
          realized_pnl: -20.1,
          fillTime: isoOf(NOW - 2_000),
        }),
        fill({ fillTime: isoOf(NOW - 7_000) }),
        fill({
          fill_id: '522d4e08-96e7-4b44-9694-bfaea8fe2150',
          fillTime: isoOf(NOW - DAY - 1),
        }),
      ]),
    ],
    result: [
      {
        ...names,
        fillId: '522d4e08-96e7-4b44-9694-bfaea8fe215e',
        orderId: ORDER_ID,
        clientOrderId: 'wire-12',
        side: 'BUY',
        quantity: '0.004',
        price: '59500.1',
        isMaker: true,
        timestamp: NOW - 7_000,
      },
      {
        fillId: '522d4e08-96e7-4b44-9694-bfaea8fe2161',
        orderId: CHILD_ID,
        side: 'SELL',
        quantity: '0.01',
        price: '57990',
        isMaker: false,
        realizedPnl: '-20.1',
      },
    ],
  },
}
