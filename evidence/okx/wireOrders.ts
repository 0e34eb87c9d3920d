import type { Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askAlgos, type Body, btc, page, place, post, send, swaps } from './requests.ts'
import {
  ALGO_ID,
  algo,
  algoReceipt,
  cancelled,
  filledOrder,
  list,
  noSuchOrder,
  ORDER_ID,
  order,
  refusedRow,
  trailingAlgo,
  triggerAlgo,
} from './samples.ts'
import { position } from './samplesAccount.ts'

// docs/wire/okx.md 4.2 and 4.3: the order book. Sizes are contracts of 0.01 BTC.

const clientId = /^[A-Za-z0-9]{1,32}$/
const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT-SWAP' }
const byId = { ...btc, ordId: ORDER_ID }
const ofBtc = { ...swaps, ...btc, ...page }

/** Time in force is part of the type. */
function limit(id: string, side: string, price: string, ordType: string): Body {
  return { side, ordType, px: price, sz: '1', clOrdId: id }
}

const sold = {
  clOrdId: 'wire11',
  side: 'sell',
  sz: '2',
  accFillSz: '2',
  reduceOnly: 'true',
} as const

/** A full page of which one row is ours: inverse contracts share the list. */
function fullPage(ours: typeof order, idName: string, newest: bigint): Json[] {
  return Array.from({ length: 100 }, (_, index) =>
    ours({
      [idName]: String(newest - BigInt(index)),
      instId: index === 0 ? 'BTC-USDT-SWAP' : 'BTC-USD-SWAP',
    }),
  )
}

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
      { side: 'buy', ordType: 'market', sz: '1', clOrdId: 'wire10' },
      ORDER_ID,
      filledOrder({ clOrdId: 'wire10' }),
    ),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire10',
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
      { side: 'sell', ordType: 'market', sz: '2', reduceOnly: true, clOrdId: 'wire11' },
      ORDER_ID,
      filledOrder(sold),
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: place(
      limit('wire12', 'buy', '59500.1', 'limit'),
      ORDER_ID,
      order({ clOrdId: 'wire12' }),
    ),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire12',
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
      limit('wire13', 'sell', '60500.1', 'post_only'),
      ORDER_ID,
      order({ clOrdId: 'wire13', side: 'sell', px: '60500.1', ordType: 'post_only' }),
    ),
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW', price: '60500.1' },
  },
  // What could not be filled is cancelled by the exchange, which is our EXPIRED.
  'W-14': {
    requests: place(
      limit('wire14', 'buy', '60000.1', 'ioc'),
      ORDER_ID,
      order({
        clOrdId: 'wire14',
        px: '60000.1',
        ordType: 'ioc',
        state: 'canceled',
        cancelSource: '14',
        accFillSz: '0.4',
        avgPx: '60000.1',
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
        'trade/order',
        byId,
        list([order({ state: 'partially_filled', accFillSz: '0.4', avgPx: '60000.1' })]),
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
  'W-20': {
    requests: [
      ask(
        'trade/order',
        { ...btc, clOrdId: 'wire12' },
        list([order({ clOrdId: 'wire12', state: 'canceled', cancelSource: '1' })]),
      ),
    ],
    result: { orderId: ORDER_ID, clientOrderId: 'wire12', status: 'CANCELLED' },
  },
  // Two stores, and three requests for one of them.
  'W-22': {
    requests: [
      ...askAlgos(btc, [algo({})], [triggerAlgo], [trailingAlgo({})]),
      ask('trade/orders-pending', ofBtc, list([order({})])),
    ],
    result: [
      {
        orderId: `algo:${ALGO_ID}`,
        clientOrderId: 'wire15',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      { type: 'STOP_MARKET', side: 'BUY', stopPrice: '62000', status: 'PENDING' },
      { type: 'TRAILING_STOP_MARKET', side: 'SELL', status: 'PENDING' },
      { orderId: ORDER_ID, type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  'W-23': {
    requests: [post('trade/cancel-order', byId, cancelled(ORDER_ID))],
    result: true,
  },
  // No call does it: what is open is listed and cancelled in parts.
  'W-25': {
    requests: [
      ...askAlgos(btc, [algo({})], [triggerAlgo]),
      post(
        'trade/cancel-algos',
        [
          { ...btc, algoId: ALGO_ID },
          { ...btc, algoId: '3654836939422998400' },
        ],
        algoReceipt(ALGO_ID, '3654836939422998400'),
      ),
      ask('trade/orders-pending', ofBtc, list([order({})])),
      post('trade/cancel-batch-orders', [byId], cancelled(ORDER_ID)),
      // `true` means none is left, so it is looked.
      ...askAlgos(btc),
      ask('trade/orders-pending', ofBtc, list([])),
    ],
    result: true,
  },
  'W-26': {
    requests: [
      ask('account/positions', { ...swaps, ...btc }, list([position({ pos: '-2' })])),
      ...place(
        { side: 'buy', ordType: 'market', sz: '2', reduceOnly: true, clOrdId: clientId },
        ORDER_ID,
        filledOrder({ ...sold, side: 'buy' }),
      ),
    ],
    result: { side: 'BUY', type: 'MARKET', status: 'FILLED', executedQty: '0.02' },
  },
  'W-27': {
    requests: place(
      limit('wire27', 'buy', '60000.1', 'fok'),
      ORDER_ID,
      filledOrder({ clOrdId: 'wire27', ordType: 'fok', px: '60000.1' }),
    ),
    result: { status: 'FILLED', timeInForce: 'FOK', type: 'LIMIT' },
  },
  // A full page has one behind it, which begins after the oldest id.
  'W-30': {
    requests: [
      ...askAlgos({}, fullPage(algo, 'algoId', 3654836939422998529n)),
      ask(
        'trade/orders-algo-pending',
        { ordType: 'conditional,oco', ...swaps, ...page, after: '3654836939422998430' },
        list([]),
      ),
      ask(
        'trade/orders-pending',
        { ...swaps, ...page },
        list(fullPage(order, 'ordId', 2497956918703120384n)),
      ),
      ask(
        'trade/orders-pending',
        { ...swaps, ...page, after: '2497956918703120285' },
        list([order({ ordId: '2497956918703120001', instId: 'BTC-USDC-SWAP', sz: '3' })]),
      ),
    ],
    result: [
      { orderId: `algo:${ALGO_ID}`, symbol: 'BTCUSDT', status: 'PENDING' },
      { orderId: ORDER_ID, symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT-SWAP' },
      { symbol: 'BTCUSDC', nativeSymbol: 'BTC-USDC-SWAP', quantity: '0.0003' },
    ],
  },
  'W-37': {
    requests: [
      post(
        'trade/cancel-order',
        byId,
        refusedRow('All operations failed', {
          ordId: ORDER_ID,
          clOrdId: '',
          ts: '1763798400100',
          sCode: '51400',
          sMsg: 'Order cancellation failed as the order has been filled, canceled or does not exist.',
        }),
      ),
      // Ended, or never seen? Only a look tells.
      ask('trade/order', byId, list([filledOrder({})])),
    ],
    result: false,
  },
  // The receipt tells an id and nothing else.
  'W-38': {
    requests: place(limit('wire38', 'buy', '59500.1', 'limit'), ORDER_ID, null).slice(0, 1),
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire38',
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
      limit('wire39', 'buy', '60500.1', 'post_only'),
      ORDER_ID,
      order({
        clOrdId: 'wire39',
        px: '60500.1',
        ordType: 'post_only',
        state: 'canceled',
        cancelSource: '31',
      }),
    ),
    rejects: 'WOULD_NOT_REST',
  },
  'W-40': {
    requests: [
      send(
        { side: 'buy', ordType: 'market', sz: '10000', clOrdId: 'wire40' },
        refusedRow('All operations failed', {
          ordId: '',
          clOrdId: 'wire40',
          tag: '',
          ts: '1763798400123',
          sCode: '51008',
          sMsg: 'Order failed. Insufficient USDT margin in account',
          subCode: '1001',
        }),
      ),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
  // Its id tells that it is none of the conditional ones.
  'W-42': {
    requests: [ask('trade/order', byId, noSuchOrder)],
    rejects: 'ORDER_NOT_FOUND',
  },
}
