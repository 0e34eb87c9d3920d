import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ALGO_TYPES, ask, type Body, btc, cross, page, post } from './requests.ts'
import {
  ALGO_ID,
  CHILD_ID,
  fill,
  filledOrder,
  numberOf,
  ORDER_ID,
  order,
  stopLoss,
  success,
  takeProfit,
} from './samples.ts'

// docs/wire/htx.md 4.4, 4.7, 4.8 and 4.10: several orders at once, and the past.

const NOW = 1_763_798_400_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const TAKE_ID = '1512871666507657100'

/** A day in two windows, since a window is read to its end: the newest six hours, and the rest. */
const newest = { start_time: String(NOW - 6 * HOUR), end_time: String(NOW) }
const older = { start_time: String(NOW - DAY), end_time: String(NOW - 6 * HOUR) }

type Times = typeof newest

function item(id: string, price: string): Body {
  return {
    ...cross,
    position_side: 'both',
    side: 'buy',
    type: 'limit',
    price,
    time_in_force: 'gtc',
    volume: '10',
    client_order_id: numberOf(id),
  }
}

/** Plain orders are kept by margin mode. */
function askEnded(
  times: Times,
  margin_mode: 'cross' | 'isolated',
  rows: readonly Json[],
): ExpectedRequest {
  return ask('/v5/trade/order/history', { ...btc, ...times, ...page, margin_mode }, success(rows))
}

/** Conditional ones are listed by type. */
function askEndedAlgos(
  times: Times,
  rows: { readonly [type: string]: readonly Json[] } = {},
): ExpectedRequest[] {
  return ALGO_TYPES.map((type) =>
    ask('/v5/algo/order/history', { ...btc, ...times, ...page, type }, success(rows[type] ?? [])),
  )
}

function askFills(times: Times, rows: readonly Json[]): ExpectedRequest {
  return ask('/v5/trade/order/details', { ...btc, ...times, ...page }, success(rows))
}

function at(time: number): Record<'created_time' | 'updated_time', string> {
  return { created_time: String(time), updated_time: String(time) }
}

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-60' | 'W-61'> = {
  // A success, whatever became of the orders in it.
  'W-57': {
    requests: [
      post(
        '/v5/trade/batch_orders',
        [item('wire-57a', '59500.1'), item('wire-57b', '59400.1')],
        success([
          {
            code: 200,
            message: 'Success',
            order_id: ORDER_ID,
            client_order_id: numberOf('wire-57a'),
          },
          {
            code: 1047,
            message: 'Insufficient margin available.',
            order_id: null,
            client_order_id: null,
          },
        ]),
      ),
    ],
    result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
  },
  'W-58': { unsupported: 'V5 amends nothing (4.4)' },
  // A conditional order that has triggered is told once, as the order it became.
  'W-60': {
    requests: [
      ...askEndedAlgos(newest, {
        sl: [
          stopLoss({
            state: 'effective',
            actual_volume: '10',
            actual_price: '0',
            actual_time: String(NOW - 5_000),
            relation_order_id: CHILD_ID,
            ...at(NOW - 9_000),
          }),
        ],
        tp: [
          takeProfit({
            algo_id: TAKE_ID,
            algo_client_order_id: numberOf('wire-17'),
            state: 'canceled',
            ...at(NOW - 10_000),
          }),
        ],
      }),
      askEnded(newest, 'cross', [
        filledOrder({
          id: '1512509978516443210',
          order_id: CHILD_ID,
          client_order_id: ALGO_ID,
          side: 'sell',
          order_source: 'tpsl',
          reduce_only: true,
          trade_avg_price: '57990',
          ...at(NOW - 5_000),
        }),
      ]),
      askEnded(newest, 'isolated', [
        order({
          id: '1512509978516443205',
          order_id: '1512509978516443204',
          margin_mode: 'isolated',
          state: 'canceled',
          cancel_reason: 'Limit order cancelation by the client',
          ...at(NOW - 8_000),
        }),
      ]),
      ...askEndedAlgos(older),
      askEnded(older, 'cross', [
        filledOrder({ client_order_id: numberOf('wire-10'), ...at(NOW - 7 * HOUR) }),
      ]),
      askEnded(older, 'isolated', []),
    ],
    result: [
      {
        orderId: ORDER_ID,
        clientOrderId: numberOf('wire-10'),
        type: 'MARKET',
        side: 'BUY',
        status: 'FILLED',
        executedQty: '0.01',
        averagePrice: '60000.1',
        createdAt: NOW - 7 * HOUR,
      },
      {
        orderId: `algo:${TAKE_ID}`,
        clientOrderId: numberOf('wire-17'),
        type: 'TAKE_PROFIT_MARKET',
        side: 'SELL',
        status: 'CANCELLED',
        executedQty: '0',
        stopPrice: '62000',
      },
      {
        orderId: `algo:${ALGO_ID}`,
        clientOrderId: numberOf('wire-15'),
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
        orderId: '1512509978516443204',
        clientOrderId: numberOf('wire-12'),
        type: 'LIMIT',
        status: 'CANCELLED',
        price: '59500.1',
        executedQty: '0',
      },
    ],
  },
  // A fee that was paid is positive here. One order and trade may have several prints.
  // `id` has another value on sockets (8.2): what names a fill is its trade, its order and its place.
  'W-61': {
    requests: [
      askFills(older, [fill(at(NOW - 7 * HOUR))]),
      askFills(newest, [
        fill({
          id: '1513834754679549902',
          trade_id: '152022902',
          order_id: '1512509978516443205',
          side: 'sell',
          type: 'limit',
          role: 'MAKER',
          trade_price: '60100.1',
          trade_fee: '-0.12',
          profit: '1',
          ...at(NOW - 2_000),
        }),
        fill({
          id: '1513834754679549903',
          trade_id: '152022902',
          order_id: '1512509978516443206',
          side: 'sell',
          position_side: 'long',
          profit: '0.5',
          ...at(NOW - 1_000),
        }),
      ]),
    ],
    result: [
      {
        fillId: `152022901-${ORDER_ID}-1`,
        orderId: ORDER_ID,
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        side: 'BUY',
        quantity: '0.01',
        price: '60000.1',
        fee: '0.3600006',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '0',
        timestamp: NOW - 7 * HOUR,
      },
      {
        fillId: '152022902-1512509978516443205-1',
        side: 'SELL',
        price: '60100.1',
        fee: '-0.12',
        isMaker: true,
        realizedPnl: '1',
      },
      {
        fillId: '152022902-1512509978516443206-1',
        side: 'SELL',
        positionSide: 'LONG',
        realizedPnl: '0.5',
      },
    ],
  },
}
