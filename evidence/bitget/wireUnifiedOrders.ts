import type { Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, page, post, refused } from './requests.ts'
import {
  askOrder,
  askOrders,
  askPositions,
  askStrategies,
  btc,
  place,
  send,
  usdc,
  usdt,
} from './requestsUnified.ts'
import { ORDER_ID, ok, PLAN_ID, receipt, refusal } from './samples.ts'
import { filledOrder, list, order, position, strategy, trailing } from './samplesUnified.ts'

// docs/wire/bitget.md 12.4: normal orders, in one-way mode.

const clientId = /^[.A-Z:/a-z0-9_-]{1,32}$/
const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const byId = { orderId: ORDER_ID } as const
const inUsdt = 'USDT-FUTURES'
const noSuchOrder = refusal('25204', 'Order does not exist')

function limit(id: string, side: string, price: string, timeInForce: string): Body {
  return { side, orderType: 'limit', timeInForce, price, qty: '0.01', clientOid: id }
}

function market(id: string | RegExp, side: string, qty: string): Body {
  return { side, orderType: 'market', qty, clientOid: id }
}

const closing = { reduceOnly: 'yes' } as const
const sold = {
  clientOid: 'wire-11',
  side: 'sell',
  qty: '0.02',
  cumExecQty: '0.02',
  reduceOnly: 'YES',
} as const

/** One of another symbol: the list knows no filter. */
const ofPepe = strategy({ orderId: '1300000000000000109', symbol: 'PEPEUSDT', qty: '3' })

const ids = Array.from({ length: 100 }, (_, index) => String(1300000000000000900n - BigInt(index)))

function cancelStrategy(orderId: string) {
  return post('v3/trade/cancel-strategy-order', { orderId }, ok(null))
}

export const wireUnifiedOrders: Pick<
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
      market('wire-10', 'buy', '0.01'),
      ORDER_ID,
      filledOrder({ clientOid: 'wire-10' }),
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
      filledOrder(sold),
    ),
    result: { side: 'SELL', reduceOnly: true, status: 'FILLED', executedQty: '0.02' },
  },
  'W-12': {
    requests: place(
      limit('wire-12', 'buy', '59500.1', 'gtc'),
      ORDER_ID,
      order({ clientOid: 'wire-12' }),
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
      order({
        clientOid: 'wire-13',
        side: 'sell',
        price: '60500.1',
        timeInForce: 'post_only',
        orderStatus: 'live',
      }),
    ),
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW', price: '60500.1' },
  },
  'W-14': {
    requests: place(
      limit('wire-14', 'buy', '60000.1', 'ioc'),
      ORDER_ID,
      order({
        clientOid: 'wire-14',
        price: '60000.1',
        timeInForce: 'ioc',
        orderStatus: 'cancelled',
        cumExecQty: '0.004',
        avgPrice: '60000.1',
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
      askOrder(
        byId,
        ok(
          order({
            orderStatus: 'partially_filled',
            cumExecQty: '0.004',
            avgPrice: '60000.1',
          }),
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
  'W-20': {
    requests: [
      askOrder(
        { clientOid: 'wire-12' },
        ok(
          order({
            clientOid: 'wire-12',
            orderStatus: 'cancelled',
            cancelReason: 'normal_cancel',
          }),
        ),
      ),
    ],
    result: { orderId: ORDER_ID, clientOrderId: 'wire-12', status: 'CANCELLED' },
  },
  'W-22': {
    requests: [
      askStrategies(inUsdt, [strategy({}), ofPepe, trailing]),
      askOrders(btc, [order({})]),
    ],
    result: [
      {
        orderId: `algo:${PLAN_ID}`,
        clientOrderId: 'wire-15',
        type: 'STOP_MARKET',
        side: 'SELL',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      {
        type: 'TRAILING_STOP_MARKET',
        side: 'SELL',
        status: 'PENDING',
        callbackRate: '0.015',
        activationPrice: '61000',
        reduceOnly: true,
      },
      { orderId: ORDER_ID, type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  'W-23': {
    requests: [post('v3/trade/cancel-order', { ...usdt, ...byId }, receipt(ORDER_ID))],
    result: true,
  },
  // Strategies survive the call that takes all of a symbol: one by one.
  'W-25': {
    requests: [
      askStrategies(inUsdt, [strategy({}), ofPepe, trailing]),
      cancelStrategy(PLAN_ID),
      // It ended meanwhile.
      refused({
        ...cancelStrategy('1300000000000000103'),
        answer: refusal('25597', 'Strategy order does not exist'),
      }),
      post(
        'v3/trade/cancel-symbol-order',
        btc,
        ok({ list: [{ orderId: ORDER_ID, clientOid: 'a1' }] }),
      ),
      // `true` means none is left, so it is looked.
      askStrategies(inUsdt, [ofPepe]),
      askOrders(btc, []),
    ],
    result: true,
  },
  'W-26': {
    requests: [
      askPositions(btc, [position({ posSide: 'short' })]),
      ...place(
        { ...market(clientId, 'buy', '0.02'), ...closing },
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
      filledOrder({
        clientOid: 'wire-27',
        orderType: 'limit',
        timeInForce: 'fok',
        price: '60000.1',
      }),
    ),
    result: { status: 'FILLED', timeInForce: 'FOK', type: 'LIMIT' },
  },
  // A full page has one behind it, at its cursor.
  'W-30': {
    requests: [
      askStrategies(inUsdt, [strategy({})]),
      ask(
        'v3/trade/unfilled-orders',
        { ...usdt, ...page },
        list(
          ids.map((orderId) => order({ orderId })),
          '1300000000000000801',
        ),
      ),
      ask(
        'v3/trade/unfilled-orders',
        { ...usdt, ...page, cursor: '1300000000000000801' },
        list([order({ symbol: 'PEPEUSDT', qty: '3' })], ORDER_ID),
      ),
      askStrategies('USDC-FUTURES', []),
      askOrders(usdc, [order({ category: 'USDC-FUTURES', symbol: 'BTCPERP' })]),
    ],
    result: [
      { orderId: `algo:${PLAN_ID}`, symbol: 'BTCUSDT', status: 'PENDING' },
      ...ids.map((orderId): Json => ({ orderId, symbol: 'BTCUSDT', status: 'NEW' })),
      { orderId: ORDER_ID, symbol: 'PEPEUSDT', quantity: '3' },
      { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP', quantity: '0.01' },
    ],
  },
  // One code for what has ended and what never was: only a look tells.
  'W-37': {
    requests: [
      refused(post('v3/trade/cancel-order', { ...usdt, ...byId }, noSuchOrder)),
      askOrder(byId, ok(filledOrder({}))),
    ],
    result: false,
  },
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
  'W-39': {
    requests: place(
      limit('wire-39', 'buy', '60500.1', 'post_only'),
      ORDER_ID,
      order({
        clientOid: 'wire-39',
        price: '60500.1',
        timeInForce: 'post_only',
        orderStatus: 'cancelled',
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
  'W-42': { requests: [refused(askOrder(byId, noSuchOrder))], rejects: 'ORDER_NOT_FOUND' },
}
