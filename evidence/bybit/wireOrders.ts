import type { WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, btc, place, post, refuse } from './requests.ts'
import {
  accountInfo,
  conditional,
  filledOrder,
  list,
  ORDER_ID,
  order,
  position,
  receipt,
  refusal,
  STOP_ID,
  success,
} from './samples.ts'

// docs/wire/bybit.md 4.3 and 4.4: one book of record for plain and conditional orders.

const clientId = /^[A-Za-z0-9_-]{1,36}$/
const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const byId = { ...btc, orderId: ORDER_ID }
const page = { limit: '50' }
/** Said, as in vector V2, rather than left out. */
const opening = { reduceOnly: false }

function limit(id: string, side: string, price: string, timeInForce: string): Body {
  return { ...opening, side, orderType: 'Limit', qty: '0.01', price, timeInForce, orderLinkId: id }
}

const sold = {
  side: 'Sell',
  qty: '0.020',
  cumExecQty: '0.020',
  reduceOnly: true,
  orderLinkId: 'wire-11',
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
    requests: place(
      { ...opening, side: 'Buy', orderType: 'Market', qty: '0.01', orderLinkId: 'wire-10' },
      ORDER_ID,
      filledOrder({ orderLinkId: 'wire-10' }),
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
    },
  },
  'W-11': {
    requests: place(
      { side: 'Sell', orderType: 'Market', qty: '0.02', reduceOnly: true, orderLinkId: 'wire-11' },
      ORDER_ID,
      filledOrder(sold),
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: place(
      limit('wire-12', 'Buy', '59500.1', 'GTC'),
      ORDER_ID,
      order({ orderLinkId: 'wire-12' }),
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
      limit('wire-13', 'Sell', '60500.1', 'PostOnly'),
      ORDER_ID,
      order({ side: 'Sell', price: '60500.10', timeInForce: 'PostOnly' }),
    ),
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW' },
  },
  // What an IOC order could not fill is cancelled by the exchange, which is our EXPIRED.
  'W-14': {
    requests: place(
      limit('wire-14', 'Buy', '60000.1', 'IOC'),
      ORDER_ID,
      order({
        timeInForce: 'IOC',
        price: '60000.10',
        orderStatus: 'Cancelled',
        rejectReason: 'EC_NoImmediateQtyToFill',
        avgPrice: '60000.1',
        leavesQty: '0.000',
        cumExecQty: '0.004',
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
      ask(
        '/v5/order/realtime',
        byId,
        list([order({ orderStatus: 'PartiallyFilled', cumExecQty: '0.004', avgPrice: '60000.1' })]),
      ),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      averagePrice: '60000.1',
    },
  },
  // Not among the open ones: history is asked by the same id.
  'W-20': {
    requests: [
      ask('/v5/order/realtime', { ...btc, orderLinkId: 'wire-12' }, list([])),
      ask(
        '/v5/order/history',
        { ...btc, orderLinkId: 'wire-12' },
        list([
          order({ orderLinkId: 'wire-12', orderStatus: 'Cancelled', cancelType: 'CancelByUser' }),
        ]),
      ),
    ],
    result: { clientOrderId: 'wire-12', status: 'CANCELLED' },
  },
  // Two pages; the cursor is sent as it came.
  'W-22': {
    requests: [
      ask('/v5/order/realtime', { ...btc, ...page }, list([conditional({})], 'a%3A1%2Cb')),
      ask('/v5/order/realtime', { ...btc, ...page, cursor: 'a:1,b' }, list([order({})])),
    ],
    result: [
      {
        orderId: STOP_ID,
        clientOrderId: 'wire-15',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      { orderId: ORDER_ID, type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  'W-23': {
    requests: [post('/v5/order/cancel', { orderId: ORDER_ID }, receipt(ORDER_ID, ''))],
    result: true,
  },
  'W-25': {
    requests: [
      post('/v5/order/cancel-all', {}, success({ list: [], success: '1' })),
      // `true` means none is left, so it is looked.
      ask('/v5/order/realtime', { ...btc, ...page }, list([])),
    ],
    result: true,
  },
  'W-26': {
    requests: [
      ask('/v5/position/list', { ...btc, limit: '200' }, list([position({ side: 'Sell' })])),
      ask('/v5/account/info', {}, accountInfo),
      ...place(
        { side: 'Buy', orderType: 'Market', qty: '0.02', reduceOnly: true, orderLinkId: clientId },
        ORDER_ID,
        filledOrder({ ...sold, side: 'Buy' }),
      ),
    ],
    result: { side: 'BUY', type: 'MARKET', status: 'FILLED', executedQty: '0.02' },
  },
  'W-27': {
    requests: place(
      limit('wire-27', 'Buy', '60000.1', 'FOK'),
      ORDER_ID,
      filledOrder({ orderType: 'Limit', price: '60000.10', timeInForce: 'FOK' }),
    ),
    result: { status: 'FILLED', timeInForce: 'FOK', type: 'LIMIT' },
  },
  // The two coins profit is paid in are asked for apart.
  'W-30': {
    requests: [
      ask(
        '/v5/order/realtime',
        { category: 'linear', settleCoin: 'USDT', ...page },
        list([order({})]),
      ),
      ask(
        '/v5/order/realtime',
        { category: 'linear', settleCoin: 'USDC', ...page },
        list([order({ symbol: 'BTCPERP' })]),
      ),
    ],
    result: [
      { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' },
      { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP' },
    ],
  },
  'W-37': {
    requests: [
      post(
        '/v5/order/cancel',
        { orderId: ORDER_ID },
        refusal(110001, 'order not exists or too late to cancel'),
      ),
      // Ended, or never seen? Only a look tells.
      ask('/v5/order/realtime', byId, list([filledOrder({})])),
    ],
    result: false,
  },
  // The acknowledgement tells an id and nothing else.
  'W-38': {
    requests: place(limit('wire-38', 'Buy', '59500.1', 'GTC'), ORDER_ID, null).slice(0, 1),
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
  // Acknowledged all the same; the look at it tells.
  'W-39': {
    requests: place(
      limit('wire-39', 'Buy', '60500.1', 'PostOnly'),
      ORDER_ID,
      order({
        orderStatus: 'Cancelled',
        timeInForce: 'PostOnly',
        price: '60500.10',
        rejectReason: 'EC_PostOnlyWillTakeLiquidity',
        leavesQty: '0.000',
      }),
    ),
    rejects: 'WOULD_NOT_REST',
  },
  'W-40': {
    requests: [
      refuse(
        { ...opening, side: 'Buy', orderType: 'Market', qty: '100', orderLinkId: 'wire-40' },
        refusal(110007, 'ab not enough for new order'),
      ),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
  'W-42': {
    requests: [ask('/v5/order/realtime', byId, list([])), ask('/v5/order/history', byId, list([]))],
    rejects: 'ORDER_NOT_FOUND',
  },
}
