import type { WireEvidence } from '../../test/wire/evidence.ts'
import {
  ALGO_TYPES,
  ask,
  type Body,
  btc,
  cross,
  listAlgos,
  missOrder,
  page,
  place,
  post,
  readAlgo,
  readOrder,
  send,
} from './requests.ts'
import {
  ALGO_ID,
  filledOrder,
  numberOf,
  ORDER_ID,
  order,
  position,
  receipt,
  refusal,
  stopLoss,
  success,
} from './samples.ts'

// docs/wire/htx.md 4.4 to 4.7: the plain book, and what is asked of both.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT' }
const opens = '/v5/trade/order/opens'
/** One of our own making. */
const digits = /^[1-9]\d{0,18}$/

function limit(id: string, side: string, price: string, timeInForce: string): Body {
  const words = { type: 'limit', price, time_in_force: timeInForce }
  return { side, ...words, volume: '10', client_order_id: numberOf(id) }
}

function postOnly(id: string, side: string, price: string): Body {
  return { side, type: 'post_only', price, volume: '10', client_order_id: numberOf(id) }
}

const sold = { side: 'sell', volume: '20', trade_volume: '20', reduce_only: true } as const

/** Ids with which a second page begins. */
const hundred = Array.from({ length: 100 }, (_, index) => ({
  id: `16000000000000000${String(index).padStart(2, '0')}`,
  order_id: `15000000000000000${String(index).padStart(2, '0')}`,
}))

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
  // Asked at once, a market order may still be new.
  'W-10': {
    requests: [
      ...place(
        { side: 'buy', type: 'market', volume: '10', client_order_id: numberOf('wire-10') },
        ORDER_ID,
        order({ type: 'market', price: '0', client_order_id: numberOf('wire-10') }),
      ),
      readOrder(ORDER_ID, success(filledOrder({ client_order_id: numberOf('wire-10') }))),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: numberOf('wire-10'),
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
      {
        side: 'sell',
        type: 'market',
        volume: '20',
        reduce_only: 1,
        client_order_id: numberOf('wire-11'),
      },
      ORDER_ID,
      filledOrder({ ...sold, client_order_id: numberOf('wire-11') }),
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: place(limit('wire-12', 'buy', '59500.1', 'gtc'), ORDER_ID, order({})),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: numberOf('wire-12'),
      type: 'LIMIT',
      quantity: '0.01',
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
      postOnly('wire-13', 'sell', '60500.1'),
      ORDER_ID,
      order({ side: 'sell', type: 'post_only', price: '60500.1' }),
    ),
    result: { side: 'SELL', type: 'LIMIT', timeInForce: 'GTX', status: 'NEW' },
  },
  // What an ioc order could not fill is cancelled by the exchange, which is our EXPIRED.
  'W-14': {
    requests: place(
      limit('wire-14', 'buy', '60000.1', 'ioc'),
      ORDER_ID,
      order({
        price: '60000.1',
        time_in_force: 'ioc',
        state: 'partially_canceled',
        trade_volume: '4',
        trade_avg_price: '60000.1',
        cancel_reason: 'Order cancelation by system',
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
      readOrder(
        ORDER_ID,
        success(
          order({ state: 'partially_filled', trade_volume: '4', trade_avg_price: '60000.1' }),
        ),
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
  // Once ended, an order is found by its client id in the history alone, and there only by looking.
  'W-20': {
    requests: [
      ...missOrder({ client_order_id: numberOf('wire-12') }),
      ...ALGO_TYPES.map((type) =>
        readAlgo(type, { algo_client_order_id: numberOf('wire-12') }, []),
      ),
      ask(
        '/v5/trade/order/history',
        { ...cross, ...page },
        success([
          filledOrder({ order_id: '1512509978516443200', client_order_id: '1512509978516443200' }),
          order({ state: 'canceled', cancel_reason: 'Limit order cancelation by the client' }),
        ]),
      ),
    ],
    result: { orderId: ORDER_ID, clientOrderId: numberOf('wire-12'), status: 'CANCELLED' },
  },
  'W-22': {
    requests: [
      ...listAlgos(btc, { sl: [stopLoss({})] }),
      ask(opens, { ...btc, ...page }, success([order({})])),
    ],
    result: [
      {
        orderId: `algo:${ALGO_ID}`,
        clientOrderId: numberOf('wire-15'),
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      { orderId: ORDER_ID, type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  'W-23': {
    requests: [
      post('/v5/trade/cancel_order', { ...btc, order_id: ORDER_ID }, receipt(numberOf('wire-12'))),
    ],
    result: true,
  },
  // Cancel-all leaves conditional orders alone: they are listed and cancelled first.
  'W-25': {
    requests: [
      ...listAlgos(btc, { sl: [stopLoss({})] }),
      post(
        '/v5/algo/cancel_orders',
        [{ ...btc, algo_id: ALGO_ID }],
        success([{ algo_id: ALGO_ID, algo_client_order_id: null, code: 200, message: 'Success' }]),
      ),
      // It empties the plain book alone, which was empty: the same as done.
      post('/v5/trade/cancel_all_orders', btc, refusal(1051, 'No orders to cancel.')),
      // `true` means none is left, so it is looked.
      ...listAlgos(btc, {}),
      ask(opens, { ...btc, ...page }, success([])),
    ],
    result: true,
  },
  'W-26': {
    requests: [
      ask('/v5/trade/position/opens', btc, success([position({ direction: 'sell' })])),
      ...place(
        { side: 'buy', type: 'market', volume: '20', reduce_only: 1, client_order_id: digits },
        ORDER_ID,
        filledOrder({ ...sold, side: 'buy' }),
      ),
    ],
    result: { side: 'BUY', type: 'MARKET', status: 'FILLED', executedQty: '0.02' },
  },
  'W-27': {
    requests: place(
      limit('wire-27', 'buy', '60000.1', 'fok'),
      ORDER_ID,
      filledOrder({ type: 'limit', price: '60000.1', time_in_force: 'fok' }),
    ),
    result: { status: 'FILLED', timeInForce: 'FOK', type: 'LIMIT' },
  },
  // A full page: the next begins behind the paging id of its last row, which is not the order's id.
  'W-30': {
    requests: [
      ...listAlgos({}, {}),
      ask(opens, page, success(hundred.map(order))),
      ask(
        opens,
        { ...page, from: '1600000000000000099', direct: 'next' },
        success([order({ contract_code: 'SHIB-USDT', volume: '3' })]),
      ),
    ],
    result: [
      ...hundred.map(({ order_id }) => ({ ...unified, orderId: order_id })),
      { symbol: 'SHIBUSDT', nativeSymbol: 'SHIB-USDT', orderId: ORDER_ID, quantity: '3000' },
    ],
  },
  'W-37': {
    requests: [
      post(
        '/v5/trade/cancel_order',
        { ...btc, order_id: ORDER_ID },
        refusal(1063, 'The order has been executed.'),
      ),
      // Ended, or never seen? Only a look tells.
      readOrder(ORDER_ID, success(filledOrder({}))),
    ],
    result: false,
  },
  // The acknowledgement tells an id and nothing else.
  'W-38': {
    requests: [send(limit('wire-38', 'buy', '59500.1', 'gtc'), receipt(numberOf('wire-38')))],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: numberOf('wire-38'),
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
      postOnly('wire-39', 'buy', '60500.1'),
      ORDER_ID,
      order({
        type: 'post_only',
        price: '60500.1',
        state: 'canceled',
        cancel_reason: 'Order cancelation by system',
      }),
    ),
    rejects: 'WOULD_NOT_REST',
  },
  'W-40': {
    requests: [
      send(
        { side: 'buy', type: 'market', volume: '100000', client_order_id: numberOf('wire-40') },
        refusal(1047, 'Insufficient margin available.'),
      ),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
  'W-42': { requests: missOrder({ order_id: ORDER_ID }), rejects: 'ORDER_NOT_FOUND' },
}
