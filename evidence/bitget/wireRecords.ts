import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askOrder, btc, coin, page, post, refused } from './requests.ts'
import {
  CHILD_ID,
  detail,
  endedRow,
  filledRow,
  lists,
  ORDER_ID,
  ok,
  orders,
  PLAN_ID,
  plan,
  receipt,
  refusal,
} from './samples.ts'

// docs/wire/bitget.md 4.4, 4.5 and 4.8: several orders at once, one replaced by another, the past.

const clientId = /^[A-Za-z0-9_-]{1,32}$/
const NEW_ID = '1300000000000000002'
const NOW = 1_763_798_400_000
const DAY = 86_400_000

const ofDay = {
  ...btc,
  startTime: String(NOW - DAY),
  endTime: String(NOW),
  ...page,
} as const

const notThere = refusal('40109', 'The data of the order cannot be found')
const replacement = detail('live', { orderId: NEW_ID, size: '0.02', price: '59400.1' })

function askEndedPlans(planType: string, rows: readonly Json[]): ExpectedRequest {
  return ask('v2/mix/order/orders-plan-history', { ...ofDay, planType }, orders(rows))
}

function item(id: string, price: string): Record<string, string> {
  return { side: 'buy', orderType: 'limit', force: 'gtc', price, size: '0.01', clientOid: id }
}

function fill(members: { readonly [key: string]: Json }): Json {
  return {
    tradeId: '1300000000000000301',
    symbol: 'BTCUSDT',
    marginCoin: 'USDT',
    orderId: ORDER_ID,
    price: '60000.1',
    baseVolume: '0.01',
    feeDetail: [
      { deduction: 'no', feeCoin: 'USDT', totalDeductionFee: '0', totalFee: '-0.3600006' },
    ],
    side: 'buy',
    quoteVolume: '600.001',
    profit: '0',
    enterPointSource: 'api',
    tradeSide: 'buy_single',
    posMode: 'one_way_mode',
    tradeScope: 'taker',
    cTime: String(NOW - 7_000),
    ...members,
  }
}

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-60' | 'W-61'> = {
  // A success, whatever became of the orders in it.
  'W-57': {
    requests: [
      post(
        'v2/mix/order/batch-place-order',
        {
          ...btc,
          ...coin,
          marginMode: 'crossed',
          orderList: [item('wire-57a', '59500.1'), item('wire-57b', '59400.1')],
        },
        lists(
          [{ orderId: ORDER_ID, clientOid: 'wire-57a' }],
          [
            {
              orderId: '',
              clientOid: 'wire-57b',
              errorMsg: 'Insufficient balance',
              errorCode: '43012',
            },
          ],
        ),
      ),
    ],
    result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
  },
  // Replaced a moment later by an order that is known by its client id alone.
  'W-58': {
    requests: [
      askOrder({ orderId: ORDER_ID }, ok(detail('live'))),
      post(
        'v2/mix/order/modify-order',
        {
          ...btc,
          orderId: ORDER_ID,
          newClientOid: clientId,
          newSize: '0.02',
          newPrice: '59400.1',
        },
        receipt(ORDER_ID),
      ),
      refused(askOrder({ clientOid: clientId }, notThere)),
      askOrder({ clientOid: clientId }, ok(replacement)),
      askOrder({ orderId: NEW_ID }, ok(replacement)),
    ],
    result: { orderId: NEW_ID, status: 'NEW', quantity: '0.02', price: '59400.1' },
  },
  // A conditional order that has triggered is told once, as the order it became.
  'W-60': {
    requests: [
      askEndedPlans('profit_loss', [
        plan({
          planStatus: 'executed',
          executeOrderId: CHILD_ID,
          cTime: String(NOW - 9_000),
          uTime: String(NOW - 5_000),
        }),
        plan({
          orderId: '1300000000000000100',
          clientOid: 'wire-17',
          planType: 'profit_plan',
          planStatus: 'cancelled',
          triggerPrice: '62000',
          cTime: String(NOW - 10_000),
          uTime: String(NOW - 6_000),
        }),
      ]),
      askEndedPlans('normal_plan', []),
      askEndedPlans('track_plan', []),
      ask(
        'v2/mix/order/orders-history',
        ofDay,
        orders([
          filledRow({
            orderId: CHILD_ID,
            clientOid: '1300000000000000202',
            side: 'sell',
            tradeSide: 'reduce_sell_single',
            reduceOnly: 'YES',
            priceAvg: '57990',
            orderSource: 'loss_market',
            cTime: String(NOW - 5_000),
          }),
          endedRow('canceled', {
            orderId: '1300000000000000003',
            clientOid: 'wire-12',
            cancelReason: 'normal_cancel',
            cTime: String(NOW - 8_000),
          }),
          filledRow({ clientOid: 'wire-10', cTime: String(NOW - 11_000) }),
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
  // Newest first. The fee is negative where it was paid; `side` of a hedge row is the position's.
  'W-61': {
    requests: [
      ask(
        'v2/mix/order/fills',
        ofDay,
        ok({
          fillList: [
            fill({
              tradeId: '1300000000000000303',
              orderId: '1300000000000000006',
              posMode: 'hedge_mode',
              tradeSide: 'close',
              profit: '0.5',
              cTime: String(NOW - 1_000),
            }),
            fill({
              tradeId: '1300000000000000302',
              orderId: '1300000000000000005',
              side: 'sell',
              tradeSide: 'reduce_sell_single',
              price: '60100.1',
              profit: '1',
              tradeScope: 'maker',
              feeDetail: [
                { deduction: 'no', feeCoin: 'USDT', totalDeductionFee: '0', totalFee: '-0.12' },
              ],
              cTime: String(NOW - 2_000),
            }),
            fill({}),
          ],
          endId: '1300000000000000301',
        }),
      ),
    ],
    result: [
      {
        fillId: '1300000000000000301',
        orderId: ORDER_ID,
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
