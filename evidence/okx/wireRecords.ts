import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, btc, page, post, swaps } from './requests.ts'
import {
  ALGO_ID,
  algo,
  CHILD_ID,
  fill,
  filledOrder,
  list,
  ORDER_ID,
  order,
  placedSome,
} from './samples.ts'

// docs/wire/okx.md 4.2 to 4.4: several orders at once, one amended, the past.

const NOW = 1_763_798_400_000
const DAY = 86_400_000
const TAKE_ID = '3654836939422998100'

/** Which time the bounds compare is not certain: asked a little wider, and filtered. */
const ofDay = {
  ...swaps,
  ...btc,
  begin: String(NOW - DAY - 1),
  end: String(NOW + 60_000),
  ...page,
} as const

function item(id: string, px: string): Body {
  return { ...btc, tdMode: 'cross', side: 'buy', ordType: 'limit', px, sz: '1', clOrdId: id }
}

function askEndedAlgos(
  ordType: string,
  state: string,
  rows: readonly Json[] = [],
): ExpectedRequest {
  const query = { ordType, state, ...swaps, ...btc, ...page }
  return ask('trade/orders-algo-history', query, list(rows))
}

/** They are listed by the kind and by how they ended. */
function askAllEndedAlgos(
  effective: readonly Json[],
  cancelled: readonly Json[],
): ExpectedRequest[] {
  const kinds = ['conditional,oco', 'trigger', 'move_order_stop']
  return kinds.flatMap((kind, index) => [
    askEndedAlgos(kind, 'effective', index === 0 ? effective : []),
    askEndedAlgos(kind, 'canceled', index === 0 ? cancelled : []),
    askEndedAlgos(kind, 'order_failed'),
  ])
}

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-60' | 'W-61'> = {
  // The envelope says that some failed, each row what became of it.
  'W-57': {
    requests: [
      {
        ...post(
          'trade/batch-orders',
          [item('wire57a', '59500.1'), item('wire57b', '59400.1')],
          placedSome(
            { ordId: ORDER_ID, clOrdId: 'wire57a', sCode: '0', sMsg: 'Order placed' },
            {
              ordId: '',
              clOrdId: 'wire57b',
              sCode: '51008',
              sMsg: 'Order failed. Insufficient USDT margin in account',
              subCode: '1001',
            },
          ),
        ),
        dated: true,
      },
    ],
    result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
  },
  // It keeps its id. That it is accepted does not say that it is done.
  'W-58': {
    requests: [
      ask('trade/order', { ...btc, ordId: ORDER_ID }, list([order({})])),
      post(
        'trade/amend-order',
        { ...btc, ordId: ORDER_ID, newSz: '2', newPx: '59400.1' },
        list([
          {
            ordId: ORDER_ID,
            clOrdId: 'lab0000000000001',
            reqId: '',
            ts: '1763798400100',
            sCode: '0',
            sMsg: '',
            subCode: '',
          },
        ]),
      ),
      ask(
        'trade/order',
        { ...btc, ordId: ORDER_ID },
        list([order({ sz: '2', px: '59400.1', uTime: '1763798400300' })]),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', quantity: '0.02', price: '59400.1' },
  },
  // A conditional order that has triggered is told once, as the order it became.
  'W-60': {
    requests: [
      ...askAllEndedAlgos(
        [
          algo({
            state: 'effective',
            ordId: CHILD_ID,
            ordIdList: [CHILD_ID],
            actualSide: 'sl',
            actualSz: '1',
            actualPx: '57990',
            triggerTime: String(NOW - 5_000),
            cTime: String(NOW - 9_000),
            uTime: String(NOW - 5_000),
          }),
        ],
        [
          algo({
            algoId: TAKE_ID,
            algoClOrdId: 'wire17',
            state: 'canceled',
            tpTriggerPx: '62000',
            tpTriggerPxType: 'last',
            tpOrdPx: '-1',
            slTriggerPx: '',
            slTriggerPxType: '',
            slOrdPx: '',
            cTime: String(NOW - 10_000),
            uTime: String(NOW - 6_000),
          }),
        ],
      ),
      ask(
        'trade/orders-history',
        ofDay,
        list([
          filledOrder({
            ordId: CHILD_ID,
            clOrdId: '',
            side: 'sell',
            reduceOnly: 'true',
            avgPx: '57990',
            source: '7',
            algoId: ALGO_ID,
            algoClOrdId: 'wire15',
            cTime: String(NOW - 5_000),
          }),
          order({
            ordId: '2497956918703120003',
            clOrdId: 'wire12',
            state: 'canceled',
            cancelSource: '1',
            cTime: String(NOW - 8_000),
          }),
          filledOrder({ clOrdId: 'wire10', cTime: String(NOW - 11_000) }),
        ]),
      ),
    ],
    result: [
      {
        orderId: ORDER_ID,
        clientOrderId: 'wire10',
        type: 'MARKET',
        side: 'BUY',
        status: 'FILLED',
        executedQty: '0.01',
        averagePrice: '60000.1',
        createdAt: NOW - 11_000,
      },
      {
        orderId: `algo:${TAKE_ID}`,
        clientOrderId: 'wire17',
        type: 'TAKE_PROFIT_MARKET',
        side: 'SELL',
        status: 'CANCELLED',
        executedQty: '0',
        stopPrice: '62000',
      },
      {
        orderId: `algo:${ALGO_ID}`,
        clientOrderId: 'wire15',
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
        orderId: '2497956918703120003',
        clientOrderId: 'wire12',
        type: 'LIMIT',
        status: 'CANCELLED',
        price: '59500.1',
        executedQty: '0',
      },
    ],
  },
  // Newest first by `billId`; a rebate is positive. It is `fillTime` that counts.
  'W-61': {
    requests: [
      ask(
        'trade/fills',
        ofDay,
        list([
          fill({
            tradeId: '1518905531',
            billId: '2497956918703120401',
            ordId: '2497956918703120006',
            clOrdId: '',
            subType: '5',
            side: 'sell',
            posSide: 'long',
            fillPnl: '0.5',
            fillTime: String(NOW - 1_000),
            ts: String(NOW - 998),
          }),
          fill({
            tradeId: '1518905530',
            billId: '2497956918703120400',
            ordId: '2497956918703120005',
            clOrdId: '',
            subType: '2',
            side: 'sell',
            fillPx: '60100.1',
            fillPnl: '1',
            execType: 'M',
            fee: '0.12',
            fillTime: String(NOW - 2_000),
            ts: String(NOW - 1_998),
          }),
          fill({ fillTime: String(NOW - 7_000), ts: String(NOW - 6_998) }),
          fill({
            tradeId: '1518905001',
            billId: '2497956918703120001',
            fillTime: String(NOW - DAY - 1),
            ts: String(NOW - DAY),
          }),
        ]),
      ),
    ],
    result: [
      {
        fillId: '1518905529',
        orderId: ORDER_ID,
        clientOrderId: 'wire10',
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        side: 'BUY',
        quantity: '0.01',
        price: '60000.1',
        fee: '0.3000005',
        feeAsset: 'USDT',
        isMaker: false,
        realizedPnl: '0',
        timestamp: NOW - 7_000,
      },
      {
        fillId: '1518905530',
        side: 'SELL',
        price: '60100.1',
        fee: '-0.12',
        isMaker: true,
        realizedPnl: '1',
      },
      { fillId: '1518905531', side: 'SELL', positionSide: 'LONG', realizedPnl: '0.5' },
    ],
  },
}
