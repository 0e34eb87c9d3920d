import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, refuse, remove } from './requests.ts'
import * as sample from './samples.ts'

// docs/wire/binance.md 4.4, 4.5 and 4.7: regular orders.

const clientId = /^[.A-Z:/a-z0-9_-]{1,36}$/

type Form = Record<string, string | RegExp>

function place(form: Form, answer: Json): ExpectedRequest {
  return {
    method: 'POST',
    path: '/fapi/v1/order',
    access: 'signed',
    dated: true,
    form: { ...btc, newOrderRespType: 'RESULT', ...form },
    answer,
  }
}

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const byId = { ...btc, orderId: '22542179' }

const marketFilled = {
  type: 'MARKET',
  origType: 'MARKET',
  status: 'FILLED',
  executedQty: '0.010',
  price: '0.00',
}

/** What has traded is read: the answer to placing never tells a price. */
function executed(form: Form, members: Record<string, Json>): ExpectedRequest[] {
  return [
    place(form, sample.placedOrder({ price: '60000.10', ...members })),
    ask(
      '/fapi/v1/order',
      byId,
      sample.queriedOrder({ price: '60000.10', avgPrice: '60000.10000', ...members }),
    ),
  ]
}

function filled(form: Form, members: Record<string, Json>): ExpectedRequest[] {
  return executed({ type: 'MARKET', ...form }, { ...marketFilled, ...members })
}

function limit(id: string, side: string, price: string, timeInForce: string): Form {
  return { side, type: 'LIMIT', quantity: '0.01', price, timeInForce, newClientOrderId: id }
}

const sold = { side: 'SELL', reduceOnly: true, origQty: '0.020', executedQty: '0.020' }

export const wireOrders: Pick<
  WireEvidence['cases'],
  | 'W-10'
  | 'W-11'
  | 'W-12'
  | 'W-13'
  | 'W-14'
  | 'W-19'
  | 'W-20'
  | 'W-22'
  | 'W-23'
  | 'W-25'
  | 'W-26'
  | 'W-27'
  | 'W-30'
  | 'W-37'
  | 'W-38'
  | 'W-39'
  | 'W-40'
  | 'W-42'
> = {
  'W-10': {
    requests: filled(
      { side: 'BUY', quantity: '0.01', newClientOrderId: 'wire-10' },
      { clientOrderId: 'wire-10' },
    ),
    result: {
      ...unified,
      orderId: '22542179',
      clientOrderId: 'wire-10',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '60000.1',
    },
  },
  'W-11': {
    requests: filled(
      { side: 'SELL', quantity: '0.02', reduceOnly: 'true', newClientOrderId: 'wire-11' },
      { ...sold, clientOrderId: 'wire-11' },
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: [
      place(
        limit('wire-12', 'BUY', '59500.1', 'GTC'),
        sample.placedOrder({ clientOrderId: 'wire-12', price: '59500.10' }),
      ),
    ],
    result: {
      ...unified,
      orderId: '22542179',
      clientOrderId: 'wire-12',
      type: 'LIMIT',
      price: '59500.1',
      status: 'NEW',
      timeInForce: 'GTC',
      executedQty: '0',
    },
  },
  'W-13': {
    requests: [
      place(
        limit('wire-13', 'SELL', '60500.1', 'GTX'),
        sample.placedOrder({ side: 'SELL', price: '60500.10', timeInForce: 'GTX' }),
      ),
    ],
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW' },
  },
  'W-14': {
    requests: executed(limit('wire-14', 'BUY', '60000.1', 'IOC'), {
      timeInForce: 'IOC',
      status: 'EXPIRED',
      executedQty: '0.004',
    }),
    result: {
      status: 'EXPIRED',
      executedQty: '0.004',
      averagePrice: '60000.1',
      timeInForce: 'IOC',
    },
  },
  'W-19': {
    requests: [
      ask(
        '/fapi/v1/order',
        byId,
        sample.queriedOrder({
          status: 'PARTIALLY_FILLED',
          executedQty: '0.004',
          price: '60000.10',
          avgPrice: '60000.10000',
        }),
      ),
    ],
    result: {
      ...unified,
      orderId: '22542179',
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      averagePrice: '60000.1',
      createdAt: 1763798400001,
      updatedAt: 1763798400123,
    },
  },
  'W-20': {
    requests: [
      ask(
        '/fapi/v1/order',
        { ...btc, origClientOrderId: 'wire-12' },
        sample.queriedOrder({ clientOrderId: 'wire-12', status: 'CANCELED', price: '59500.10' }),
      ),
    ],
    result: { clientOrderId: 'wire-12', status: 'CANCELLED' },
  },
  'W-22': {
    requests: [
      ask('/fapi/v1/openOrders', btc, [sample.queriedOrder({ price: '59500.10' })]),
      ask('/fapi/v1/openAlgoOrders', btc, [sample.listedAlgo({})]),
    ],
    result: [
      {
        orderId: 'algo:2146760',
        clientOrderId: 'wire-15',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      { orderId: '22542179', type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  'W-23': {
    requests: [remove('/fapi/v1/order', byId, sample.placedOrder({ status: 'CANCELED' }))],
    result: true,
  },
  'W-25': {
    requests: [
      remove('/fapi/v1/allOpenOrders', btc, {
        code: 200,
        msg: 'The operation of cancel all open order is done.',
      }),
      remove('/fapi/v1/algoOpenOrders', btc, { code: 200, msg: 'success' }),
      // `true` means none is left, so it is looked.
      ask('/fapi/v1/openOrders', btc, []),
      ask('/fapi/v1/openAlgoOrders', btc, []),
    ],
    result: true,
  },
  'W-26': {
    requests: [
      ask('/fapi/v3/positionRisk', btc, [sample.longPosition]),
      ask('/fapi/v1/symbolConfig', btc, [sample.symbolConfig]),
      ...filled(
        { side: 'SELL', quantity: '0.02', reduceOnly: 'true', newClientOrderId: clientId },
        sold,
      ),
    ],
    result: { side: 'SELL', type: 'MARKET', status: 'FILLED', executedQty: '0.02' },
  },
  'W-27': {
    requests: executed(limit('wire-27', 'BUY', '60000.1', 'FOK'), {
      timeInForce: 'FOK',
      status: 'FILLED',
      executedQty: '0.010',
    }),
    result: { status: 'FILLED', timeInForce: 'FOK', averagePrice: '60000.1' },
  },
  'W-30': {
    requests: [
      ask('/fapi/v1/openOrders', {}, [sample.queriedOrder({ symbol: 'BTCUSDC' })]),
      ask('/fapi/v1/openAlgoOrders', {}, []),
    ],
    result: [{ symbol: 'BTCUSDC', nativeSymbol: 'BTCUSDC' }],
  },
  'W-37': {
    requests: [
      refuse(remove('/fapi/v1/order', byId, null), sample.unknownOrder),
      // Ended, or never seen? Only a query tells.
      ask('/fapi/v1/order', byId, sample.queriedOrder({ status: 'CANCELED' })),
    ],
    result: false,
  },
  'W-38': {
    requests: [
      place(
        limit('wire-38', 'BUY', '59500.1', 'GTC'),
        sample.placedOrder({ clientOrderId: 'wire-38', price: '59500.10' }),
      ),
    ],
    result: { clientOrderId: 'wire-38', status: 'NEW', price: '59500.1' },
  },
  'W-39': {
    requests: [
      refuse(place(limit('wire-39', 'BUY', '60500.1', 'GTX'), null), {
        code: -5022,
        msg: 'Due to the order could not be executed as maker, the Post Only order will be rejected.',
      }),
    ],
    rejects: 'WOULD_NOT_REST',
  },
  'W-40': {
    requests: [
      refuse(
        place({ side: 'BUY', type: 'MARKET', quantity: '100', newClientOrderId: 'wire-40' }, null),
        { code: -2019, msg: 'Margin is insufficient.' },
      ),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
  'W-42': {
    requests: [refuse(ask('/fapi/v1/order', byId, null), sample.noSuchOrder)],
    rejects: 'ORDER_NOT_FOUND',
  },
}
