import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, page, post } from './requests.ts'
import { askOrder, btc, usdt } from './requestsUnified.ts'
import { CHILD_ID, ORDER_ID, ok, PLAN_ID, receipt } from './samples.ts'
import {
  fill,
  filledOrder,
  list,
  order,
  strategy,
  subOrders,
  takeProfit,
} from './samplesUnified.ts'

// docs/wire/bitget.md 12.4 and 12.5: several orders at once, a changed one, the past.

const NOW = 1_763_798_400_000
const DAY = 86_400_000

const ofDay = { startTime: String(NOW - DAY), endTime: String(NOW), ...page } as const

function item(id: string, price: string): Record<string, string> {
  return {
    ...btc,
    marginMode: 'crossed',
    side: 'buy',
    orderType: 'limit',
    timeInForce: 'gtc',
    price,
    qty: '0.01',
    clientOid: id,
  }
}

/** A question spans 30 days at most. */
function askEnded(startTime: number, endTime: number, rows: readonly Json[]): ExpectedRequest {
  const words = { ...usdt, startTime: String(startTime), endTime: String(endTime), ...page }
  return ask('v3/trade/history-strategy-orders', words, list(rows))
}

const waited = { createdTime: String(NOW - 9_000), updatedTime: String(NOW - 5_000) } as const

export const wireUnifiedRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-60' | 'W-61'> = {
  // An array, and one in the answer: an item that was refused has a code.
  'W-57': {
    requests: [
      post(
        'v3/trade/place-batch',
        [item('wire-57a', '59500.1'), item('wire-57b', '59400.1')],
        ok([
          { clientOid: 'wire-57a', orderId: ORDER_ID },
          {
            clientOid: 'wire-57b',
            orderId: '',
            code: '40762',
            msg: 'The order amount exceeds the balance',
          },
        ]),
      ),
    ],
    result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
  },
  // The id stays; a failed change must not take the order with it.
  'W-58': {
    requests: [
      askOrder({ orderId: ORDER_ID }, ok(order({}))),
      post(
        'v3/trade/modify-order',
        { ...btc, orderId: ORDER_ID, qty: '0.02', price: '59400.1', autoCancel: 'no' },
        receipt(ORDER_ID),
      ),
      askOrder({ orderId: ORDER_ID }, ok(order({ qty: '0.02', price: '59400.1' }))),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', quantity: '0.02', price: '59400.1' },
  },
  // A conditional order that has triggered is told once, as the order it placed; it may have waited
  // since long before the day.
  'W-60': {
    requests: [
      askEnded(NOW - 30 * DAY, NOW, [
        strategy({ status: 'success', ...waited }),
        takeProfit({
          orderId: '1300000000000000100',
          clientOid: 'wire-17',
          status: 'cancelled',
          takeProfit: '62000',
          tpTriggerBy: 'market',
          createdTime: String(NOW - 10_000),
          updatedTime: String(NOW - 6_000),
        }),
        // The list knows no filter by symbol.
        strategy({ orderId: '1300000000000000099', symbol: 'PEPEUSDT', status: 'success' }),
      ]),
      askEnded(NOW - 31 * DAY, NOW - 30 * DAY - 1, []),
      ask('v3/trade/strategy-sub-orders', { orderId: PLAN_ID }, subOrders(CHILD_ID)),
      ask(
        'v3/trade/history-orders',
        { ...btc, ...ofDay },
        list([
          filledOrder({
            orderId: CHILD_ID,
            clientOid: '1300000000000000202',
            side: 'sell',
            reduceOnly: 'YES',
            avgPrice: '57990',
            createdTime: String(NOW - 5_000),
          }),
          order({
            orderId: '1300000000000000003',
            clientOid: 'wire-12',
            orderStatus: 'cancelled',
            cancelReason: 'normal_cancel',
            createdTime: String(NOW - 8_000),
          }),
          filledOrder({ clientOid: 'wire-10', createdTime: String(NOW - 11_000) }),
        ]),
      ),
    ],
    result: [
      {
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
        orderId: 'algo:1300000000000000100',
        clientOrderId: 'wire-17',
        type: 'TAKE_PROFIT_MARKET',
        side: 'SELL',
        status: 'CANCELLED',
        executedQty: '0',
        stopPrice: '62000',
      },
      {
        orderId: `algo:${PLAN_ID}`,
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
        orderId: '1300000000000000003',
        clientOrderId: 'wire-12',
        type: 'LIMIT',
        status: 'CANCELLED',
        price: '59500.1',
        executedQty: '0',
      },
    ],
  },
  // No filter by symbol. What was paid is positive.
  'W-61': {
    requests: [
      ask(
        'v3/trade/fills',
        { ...usdt, ...ofDay },
        list([
          fill({
            execId: '1300000000000000303',
            side: 'sell',
            posSide: 'long',
            tradeSide: 'close',
            execPnl: '0.5',
            createdTime: String(NOW - 1_000),
          }),
          fill({
            execId: '1300000000000000302',
            side: 'sell',
            execPrice: '60100.1',
            execPnl: '1',
            tradeScope: 'maker',
            tradeSide: 'close',
            feeDetail: [{ feeCoin: 'USDT', fee: '0.12' }],
            createdTime: String(NOW - 2_000),
          }),
          fill({
            execId: '1300000000000000309',
            symbol: 'PEPEUSDT',
            execQty: '3',
            createdTime: String(NOW - 3_000),
          }),
          fill({}),
        ]),
      ),
    ],
    result: [
      {
        fillId: '1300000000000000301',
        orderId: ORDER_ID,
        clientOrderId: 'wire-10',
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'BUY',
        quantity: '0.01',
        price: '60000.1',
        fee: '0.3600006',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '0',
        timestamp: NOW - 7_000,
      },
      {
        fillId: '1300000000000000302',
        side: 'SELL',
        price: '60100.1',
        fee: '0.12',
        isMaker: true,
        realizedPnl: '1',
      },
      { fillId: '1300000000000000303', side: 'SELL', positionSide: 'LONG', realizedPnl: '0.5' },
    ],
  },
}
