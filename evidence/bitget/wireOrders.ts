import type { WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askOrder, type Body, btc, coin, place, post, refused, send } from './requests.ts'
import { detail, filledDetail, ORDER_ID, ok, receipt, refusal } from './samples.ts'
import { position } from './samplesMarket.ts'

// docs/wire/bitget.md 4.4 and 4.5: plain orders, in one-way mode.

const clientId = /^[A-Za-z0-9_-]{1,32}$/
const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const byId = { orderId: ORDER_ID } as const

function limit(id: string, side: string, price: string, force: string): Body {
  return { side, orderType: 'limit', force, price, size: '0.01', clientOid: id }
}

function market(id: string | RegExp, side: string, size: string): Body {
  return { side, orderType: 'market', size, clientOid: id }
}

const closing = { reduceOnly: 'YES' } as const
const sold = {
  clientOid: 'wire-11',
  side: 'sell',
  tradeSide: 'reduce_sell_single',
  size: '0.02',
  baseVolume: '0.02',
  reduceOnly: 'YES',
} as const

export const wireOrders: Pick<
  WireEvidence['cases'],
  | 'W-10'
  | 'W-11'
  | 'W-12'
  | 'W-13'
  | 'W-14'
  | 'W-19'
  | 'W-20'
  | 'W-23'
  | 'W-26'
  | 'W-27'
  | 'W-37'
  | 'W-38'
  | 'W-39'
  | 'W-40'
  | 'W-42'
> = {
  'W-10': {
    requests: place(
      market('wire-10', 'buy', '0.01'),
      ORDER_ID,
      filledDetail({ clientOid: 'wire-10' }),
    ),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-10',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '60000.1',
      reduceOnly: false,
    },
  },
  'W-11': {
    requests: place(
      { ...market('wire-11', 'sell', '0.02'), ...closing },
      ORDER_ID,
      filledDetail(sold),
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: place(
      limit('wire-12', 'buy', '59500.1', 'gtc'),
      ORDER_ID,
      detail('live', { clientOid: 'wire-12' }),
    ),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-12',
      type: 'LIMIT',
      price: '59500.1',
      status: 'NEW',
      timeInForce: 'GTC',
      executedQty: '0',
      createdAt: 1763798400100,
      updatedAt: 1763798400200,
    },
  },
  'W-13': {
    requests: place(
      limit('wire-13', 'sell', '60500.1', 'post_only'),
      ORDER_ID,
      detail('live', {
        clientOid: 'wire-13',
        side: 'sell',
        tradeSide: 'sell_single',
        price: '60500.1',
        force: 'post_only',
      }),
    ),
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW', price: '60500.1' },
  },
  // What could not be filled is cancelled by the exchange, which is our EXPIRED.
  'W-14': {
    requests: place(
      limit('wire-14', 'buy', '60000.1', 'ioc'),
      ORDER_ID,
      detail('canceled', {
        clientOid: 'wire-14',
        price: '60000.1',
        force: 'ioc',
        baseVolume: '0.004',
        priceAvg: '60000.1',
        cancelReason: 'ioc_not_full_cancel',
      }),
    ),
    result: {
      status: 'EXPIRED',
      executedQty: '0.004',
      averagePrice: '60000.1',
      timeInForce: 'IOC',
    },
  },
  'W-19': {
    requests: [
      askOrder(byId, ok(detail('partially_filled', { baseVolume: '0.004', priceAvg: '60000.1' }))),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      averagePrice: '60000.1',
    },
  },
  'W-20': {
    requests: [
      askOrder(
        { clientOid: 'wire-12' },
        ok(detail('canceled', { clientOid: 'wire-12', cancelReason: 'normal_cancel' })),
      ),
    ],
    result: { orderId: ORDER_ID, clientOrderId: 'wire-12', status: 'CANCELLED' },
  },
  'W-23': {
    requests: [post('v2/mix/order/cancel-order', { ...btc, ...coin, ...byId }, receipt(ORDER_ID))],
    result: true,
  },
  'W-26': {
    requests: [
      ask(
        'v2/mix/position/single-position',
        { ...btc, ...coin },
        ok([position({ holdSide: 'short' })]),
      ),
      ...place(
        { ...market(clientId, 'buy', '0.02'), ...closing },
        ORDER_ID,
        filledDetail({ ...sold, side: 'buy', tradeSide: 'reduce_buy_single' }),
      ),
    ],
    result: { side: 'BUY', type: 'MARKET', status: 'FILLED', executedQty: '0.02' },
  },
  'W-27': {
    requests: place(
      limit('wire-27', 'buy', '60000.1', 'fok'),
      ORDER_ID,
      filledDetail({
        clientOid: 'wire-27',
        orderType: 'limit',
        orderSource: 'normal',
        force: 'fok',
        price: '60000.1',
      }),
    ),
    result: { status: 'FILLED', timeInForce: 'FOK', type: 'LIMIT' },
  },
  'W-37': {
    requests: [
      refused(
        post(
          'v2/mix/order/cancel-order',
          { ...btc, ...coin, ...byId },
          refusal('22001', 'No order to cancel'),
        ),
      ),
      // Ended, or never seen? Only a look tells.
      askOrder(byId, ok(filledDetail({}))),
    ],
    result: false,
  },
  // The receipt tells an id and nothing else.
  'W-38': {
    requests: [send(limit('wire-38', 'buy', '59500.1', 'gtc'), receipt(ORDER_ID))],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-38',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '59500.1',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
    },
  },
  // Accepted all the same; the look at it tells.
  'W-39': {
    requests: place(
      limit('wire-39', 'buy', '60500.1', 'post_only'),
      ORDER_ID,
      detail('canceled', {
        clientOid: 'wire-39',
        price: '60500.1',
        force: 'post_only',
        cancelReason: 'post_only_fill_cancel',
      }),
    ),
    rejects: 'WOULD_NOT_REST',
  },
  'W-40': {
    requests: [
      refused(
        send(
          market('wire-40', 'buy', '100'),
          refusal('40762', 'The order amount exceeds the balance'),
        ),
      ),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
  // Its id tells that it is none of the conditional ones.
  'W-42': {
    requests: [refused(askOrder(byId, refusal('40109', 'The data of the order cannot be found')))],
    rejects: 'ORDER_NOT_FOUND',
  },
}
