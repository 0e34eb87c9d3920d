import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, btc, post, send } from './requests.ts'
import {
  conditional,
  execution,
  filledOrder,
  list,
  ORDER_ID,
  order,
  receipt,
  STOP_ID,
} from './samples.ts'

// docs/wire/bybit.md 4.3, 4.6 and 4.7: several orders at once, one amended, the past.

const NOW = 1_763_798_400_000
const DAY = 86_400_000
const TAKE_ID = 'a1c18ab1-0c92-4c8f-9d52-0f2b1b3c9f12'

const ofDay = { ...btc, startTime: String(NOW - DAY), endTime: String(NOW) } as const

function item(id: string, price: string): Body {
  return {
    symbol: 'BTCUSDT',
    side: 'Buy',
    orderType: 'Limit',
    qty: '0.01',
    price,
    timeInForce: 'GTC',
    positionIdx: 0,
    reduceOnly: false,
    orderLinkId: id,
  }
}

function batchRow(orderId: string, orderLinkId: string): Json {
  const createAt = orderId === '' ? '' : '1763798400102'
  return { category: 'linear', symbol: 'BTCUSDT', orderId, orderLinkId, createAt }
}

function find(orderId: string, row: Json): ExpectedRequest {
  return ask('/v5/order/realtime', { ...btc, orderId }, list([row]))
}

const takeProfit = {
  orderId: TAKE_ID,
  orderLinkId: 'wire-17',
  triggerPrice: '62000.00',
  triggerDirection: 1,
} as const

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-59' | 'W-60' | 'W-61'> =
  {
    // A success even if every item failed: receipts in one list, codes in another, by index.
    'W-57': {
      requests: [
        {
          ...send(
            '/v5/order/create-batch',
            {
              category: 'linear',
              request: [item('wire-57a', '59500.1'), item('wire-57b', '59400.1')],
            },
            {
              retCode: 0,
              retMsg: 'OK',
              result: { list: [batchRow(ORDER_ID, 'wire-57a'), batchRow('', 'wire-57b')] },
              retExtInfo: {
                list: [
                  { code: 0, msg: 'OK' },
                  { code: 110007, msg: 'ab not enough for new order' },
                ],
              },
              time: 1763798400103,
            },
          ),
          dated: true,
        },
      ],
      result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
    },
    // The id stays, the quantity is the new total. The answer is a receipt, so it is looked at.
    'W-58': {
      requests: [
        find(ORDER_ID, order({})),
        post(
          '/v5/order/amend',
          { orderId: ORDER_ID, qty: '0.02', price: '59400.1' },
          receipt(ORDER_ID, 'tx-0001'),
        ),
        find(ORDER_ID, order({ qty: '0.020', leavesQty: '0.020', price: '59400.10' })),
      ],
      result: { orderId: ORDER_ID, status: 'NEW', quantity: '0.02', price: '59400.1' },
    },
    'W-59': {
      requests: [
        find(STOP_ID, conditional({})),
        post(
          '/v5/order/amend',
          { orderId: STOP_ID, triggerPrice: '57000' },
          receipt(STOP_ID, 'wire-15'),
        ),
        find(STOP_ID, conditional({ triggerPrice: '57000.00' })),
      ],
      result: { orderId: STOP_ID, status: 'PENDING', stopPrice: '57000', quantity: '0.01' },
    },
    // One list for both kinds, newest first; what has triggered is the same row. A cursor does not
    // prove another page.
    'W-60': {
      requests: [
        ask(
          '/v5/order/history',
          { ...ofDay, limit: '50' },
          list(
            [
              order({
                orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffb',
                orderLinkId: 'wire-12',
                orderStatus: 'Cancelled',
                cancelType: 'CancelByUser',
                rejectReason: 'EC_PerCancelRequest',
                leavesQty: '0',
                leavesValue: '0',
                createdTime: String(NOW - 8_000),
                updatedTime: String(NOW - 7_000),
              }),
              conditional({
                orderStatus: 'Filled',
                avgPrice: '57990',
                cumExecQty: '0.010',
                leavesQty: '0',
                createdTime: String(NOW - 9_000),
                updatedTime: String(NOW - 5_000),
              }),
              conditional({
                ...takeProfit,
                orderStatus: 'Deactivated',
                cancelType: 'CancelByUser',
                rejectReason: 'EC_PerCancelRequest',
                leavesQty: '0',
                createdTime: String(NOW - 10_000),
                updatedTime: String(NOW - 6_000),
              }),
              filledOrder({
                orderLinkId: 'wire-10',
                createdTime: String(NOW - 11_000),
                updatedTime: String(NOW - 11_000),
              }),
            ],
            'a%3A1%2Cb',
          ),
        ),
        ask('/v5/order/history', { ...ofDay, limit: '50', cursor: 'a:1,b' }, list([], 'a%3A1%2Cb')),
      ],
      result: [
        {
          orderId: ORDER_ID,
          clientOrderId: 'wire-10',
          symbol: 'BTCUSDT',
          nativeSymbol: 'BTCUSDT',
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
          orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffb',
          clientOrderId: 'wire-12',
          type: 'LIMIT',
          status: 'CANCELLED',
          price: '59500.1',
          executedQty: '0',
        },
      ],
    },
    // Positive is a cost. An empty fee currency means what the contract settles in.
    'W-61': {
      requests: [
        ask(
          '/v5/execution/list',
          { ...ofDay, execType: 'Trade', limit: '100' },
          list([
            execution({
              execId: '0ab1bdf7-4219-438b-b30a-000000000003',
              orderLinkId: '',
              side: 'Sell',
              execFee: '0.21',
              feeCurrency: 'MNT',
              closedSize: '0.010',
              execTime: String(NOW - 1_000),
            }),
            execution({
              execId: '0ab1bdf7-4219-438b-b30a-000000000002',
              orderId: STOP_ID,
              orderLinkId: 'wire-15',
              side: 'Sell',
              orderType: 'Limit',
              isMaker: true,
              execPrice: '60100.10',
              execFee: '-0.012',
              feeCurrency: '',
              closedSize: '0.010',
              execTime: String(NOW - 2_000),
            }),
            execution({}),
          ]),
        ),
      ],
      result: [
        {
          fillId: '0ab1bdf7-4219-438b-b30a-000000000001',
          orderId: '88d84f9a-a6b5-4ff6-b746-1cc9978afca4',
          clientOrderId: 'wire-10',
          symbol: 'BTCUSDT',
          nativeSymbol: 'BTCUSDT',
          side: 'BUY',
          quantity: '0.01',
          price: '60000.1',
          fee: '0.33000055',
          feeAsset: 'USDT',
          isMaker: false,
          timestamp: NOW - 7_000,
        },
        {
          fillId: '0ab1bdf7-4219-438b-b30a-000000000002',
          orderId: STOP_ID,
          side: 'SELL',
          price: '60100.1',
          fee: '-0.012',
          feeAsset: 'USDT',
          isMaker: true,
        },
        { fillId: '0ab1bdf7-4219-438b-b30a-000000000003', fee: '0.21', feeAsset: 'MNT' },
      ],
    },
  }
