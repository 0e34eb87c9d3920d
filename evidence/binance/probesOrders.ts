import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { fill, placedOrder, queriedOrder, refusal, success } from './shapes.ts'
import { ask, member, openLong, order, post, put, remove, restingBuy } from './words.ts'

// docs/wire/binance.md 4.4 and 4.5.

const btc = { symbol: 'BTCUSDT' }
const isZero = /^0(\.0+)?$/
const isHundredth = /^0\.010*$/

const placed = (status: string, more: { readonly [key: string]: Shape } = {}): Shape => ({
  ...placedOrder,
  status: ['one of', status],
  ...more,
})

const queried = (status: string, more: { readonly [key: string]: Shape } = {}): Shape => ({
  ...queriedOrder,
  status: ['one of', status],
  ...more,
})

const limit = { side: 'BUY', type: 'LIMIT', quantity: '0.01', newOrderRespType: 'RESULT' }

export const orderProbes: readonly Probe[] = [
  {
    title: 'market order, RESULT',
    send: openLong,
    answer: placed('FILLED', {
      clientOrderId: ['one of', 'entry-1'],
      type: ['one of', 'MARKET'],
      timeInForce: ['one of', 'GTC'],
      price: isZero,
      executedQty: isHundredth,
    }),
  },
  {
    title: 'market order, ACK by default',
    send: order({ side: 'SELL', type: 'MARKET', quantity: '0.01' }),
    answer: placed('NEW', { executedQty: isZero, side: ['one of', 'SELL'] }),
  },
  {
    title: 'limit order that rests',
    send: restingBuy,
    answer: placed('NEW', {
      clientOrderId: ['one of', 'resting-1'],
      type: ['one of', 'LIMIT'],
      executedQty: isZero,
      price: /^50000(\.0+)?$/,
      stopPrice: isZero,
    }),
  },
  {
    title: 'limit order that crosses',
    send: order({ ...limit, price: '60500', timeInForce: 'GTC' }),
    answer: placed('FILLED', { executedQty: isHundredth }),
  },
  {
    title: 'limit order, IOC, nothing to hit',
    send: order({ ...limit, price: '50000', timeInForce: 'IOC' }),
    answer: placed('EXPIRED', { timeInForce: ['one of', 'IOC'], executedQty: isZero }),
  },
  {
    title: 'limit order, FOK, filled',
    send: order({ ...limit, price: '60500', timeInForce: 'FOK' }),
    answer: placed('FILLED', { timeInForce: ['one of', 'FOK'] }),
  },
  {
    title: 'limit order, post-only, rests',
    send: order({ ...limit, price: '50000', timeInForce: 'GTX' }),
    answer: placed('NEW', { timeInForce: ['one of', 'GTX'] }),
  },
  {
    title: 'reduce-only market order above the position is cut to it',
    before: [openLong],
    send: order({
      side: 'SELL',
      type: 'MARKET',
      quantity: '0.05',
      reduceOnly: 'true',
      newOrderRespType: 'RESULT',
    }),
    answer: placed('FILLED', { reduceOnly: ['one of', true], origQty: isHundredth }),
  },
  {
    title: 'query by orderId',
    before: [openLong],
    send: ([entry]) => ask('/fapi/v1/order', { ...btc, orderId: member(entry, 'orderId') }),
    answer: queried('FILLED', { avgPrice: /^[56]\d{4}/, cumQuote: /^[56]\d\d/ }),
  },
  {
    title: 'query by client id',
    before: [restingBuy],
    send: ask('/fapi/v1/order', { ...btc, origClientOrderId: 'resting-1' }),
    answer: queried('NEW', { avgPrice: isZero, cumQuote: isZero }),
  },
  {
    title: 'query of an open order',
    before: [restingBuy],
    send: ask('/fapi/v1/openOrder', { ...btc, origClientOrderId: 'resting-1' }),
    answer: queried('NEW'),
  },
  {
    title: 'open orders of a symbol',
    before: [restingBuy],
    send: ask('/fapi/v1/openOrders', btc),
    answer: ['rows', queried('NEW')],
  },
  {
    title: 'open orders of all symbols',
    before: [restingBuy],
    send: ask('/fapi/v1/openOrders'),
    answer: ['rows', queried('NEW')],
  },
  {
    title: 'history, ascending',
    before: [openLong, restingBuy],
    send: ask('/fapi/v1/allOrders', { ...btc, limit: '10' }),
    answer: [
      'rows',
      queried('FILLED', { pair: ['one of', 'BTCUSDT'], cumBase: 'decimal' }),
      queried('NEW', { pair: ['one of', 'BTCUSDT'], cumBase: 'decimal' }),
    ],
  },
  {
    title: 'fills',
    before: [openLong],
    send: ask('/fapi/v1/userTrades', { ...btc, limit: '10' }),
    answer: ['at least one', { ...fill, buyer: ['one of', true], maker: ['one of', false] }],
  },
  {
    title: 'cancel by orderId',
    before: [restingBuy],
    send: ([resting]) => remove('/fapi/v1/order', { ...btc, orderId: member(resting, 'orderId') }),
    answer: placed('CANCELED'),
  },
  {
    title: 'cancel by client id',
    before: [restingBuy],
    send: remove('/fapi/v1/order', { ...btc, origClientOrderId: 'resting-1' }),
    answer: placed('CANCELED'),
  },
  {
    title: 'cancel all',
    before: [restingBuy],
    send: remove('/fapi/v1/allOpenOrders', btc),
    answer: { ...success, msg: ['one of', 'The operation of cancel all open order is done.'] },
  },
  {
    title: 'amend',
    before: [restingBuy],
    send: put('/fapi/v1/order', {
      ...btc,
      origClientOrderId: 'resting-1',
      side: 'BUY',
      quantity: '0.02',
      price: '49000',
      modifyId: '7',
    }),
    answer: placed('NEW', {
      pair: ['one of', 'BTCUSDT'],
      modifyId: ['one of', 7],
      clientOrderId: ['one of', 'resting-1'],
      origQty: /^0\.020*$/,
      price: /^49000(\.0+)?$/,
    }),
  },
  {
    title: 'batch: orders and refusals side by side',
    send: post('/fapi/v1/batchOrders', {
      batchOrders: JSON.stringify([
        { ...btc, ...limit, price: '50000', timeInForce: 'GTC', newClientOrderId: 'b1' },
        { symbol: 'NOSUCHUSDT', ...limit, price: '50000', timeInForce: 'GTC' },
      ]),
    }),
    answer: [
      'rows',
      placed('NEW', { clientOrderId: ['one of', 'b1'] }),
      refusal(-1121, ['one of', 'Invalid symbol.']),
    ],
  },
  {
    title: 'batch amend: orders and refusals side by side',
    before: [restingBuy],
    send: put('/fapi/v1/batchOrders', {
      batchOrders: JSON.stringify([
        {
          ...btc,
          origClientOrderId: 'resting-1',
          side: 'BUY',
          quantity: '0.02',
          price: '49000',
        },
        { ...btc, origClientOrderId: 'nobody', side: 'BUY', quantity: '0.02', price: '49000' },
      ]),
    }),
    answer: [
      'rows',
      placed('NEW', { pair: ['one of', 'BTCUSDT'], origQty: /^0\.020*$/ }),
      refusal(-2013),
    ],
  },
  {
    title: 'batch cancel: orders and refusals side by side',
    before: [restingBuy],
    send: ([resting]) =>
      remove('/fapi/v1/batchOrders', {
        ...btc,
        orderIdList: `[${member(resting, 'orderId')},1]`,
      }),
    answer: ['rows', placed('CANCELED'), refusal(-2011, ['one of', 'Unknown order sent.'])],
  },
]
