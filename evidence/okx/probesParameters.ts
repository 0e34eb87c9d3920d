import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  acted,
  algo,
  amount,
  cancelReceipt,
  gatewayRefusal,
  order,
  receipt,
  says,
  success,
  waiting,
} from './shapes.ts'
import { config, leverage } from './shapesAccount.ts'
import {
  algoOf,
  ask,
  btc,
  look,
  member,
  openLong,
  orderOf,
  place,
  placeAlgo,
  post,
  resting,
  restingBuy,
  stop,
  swaps,
  waitingStop,
} from './words.ts'

// docs/wire/okx.md 3 to 4.4, 4.6, 7: what a request may say, and what happens where it says less.

const setBack = post('account/set-leverage', { ...btc, lever: 7, mgnMode: 'cross' })
const higher = place({ ...resting, px: '59600', clOrdId: 'resting2' })
const row: Shape = ['rows', 'ms text', ...bars(7), 'digits']

function bars(count: number): Shape[] {
  return Array.from({ length: count }, () => 'decimal')
}

function only(clOrdId: string): Shape {
  return success({ ...order, state: says('live'), clOrdId: says(clOrdId) })
}

function times(count: number): (typeof setBack)[] {
  return Array.from({ length: count }, () => ask('account/config'))
}

export const parameterProbes: readonly Probe[] = [
  {
    title: 'a number where text belongs is taken',
    before: [setBack],
    send: ask('account/leverage-info', { ...btc, mgnMode: 'cross' }),
    answer: success(leverage(amount('7'))),
  },
  {
    title: 'a flag as text is taken',
    before: [openLong, place({ ...resting, side: 'sell', px: '60500', reduceOnly: 'true' })],
    send: orderOf('resting1'),
    answer: success({ ...order, reduceOnly: says('true') }),
  },
  {
    title: 'a time limit in seconds may be a number',
    send: post('trade/cancel-all-after', { timeOut: 60 }),
    answer: success({ triggerTime: 'ms text', tag: 'empty', ts: 'ms text' }),
  },
  {
    title: 'a demo header changes nothing',
    send: {
      ...ask('account/config'),
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, 'x-simulated-trading': '1' },
      }),
    },
    answer: success(config),
  },
  {
    title: 'the mark price by its instrument alone',
    send: look('public/mark-price', btc),
    answer: success({
      instType: says('SWAP'),
      instId: says('BTC-USDT-SWAP'),
      markPx: 'decimal',
      ts: 'ms text',
    }),
  },
  {
    title: 'candles, the first of a minute',
    send: look('market/candles', { ...btc, limit: '1' }),
    answer: success(row),
  },
  {
    title: 'candles between two times, both exclusive',
    send: look('market/history-candles', {
      ...btc,
      bar: '1m',
      after: '1767225540000',
      before: '1767225360000',
    }),
    answer: success(
      ['rows', says('1767225480000'), ...bars(7), says('1')],
      ['rows', says('1767225420000'), ...bars(7), says('1')],
    ),
  },
  {
    title: 'candles older than the recent ones',
    send: look('market/candles', { ...btc, bar: '1m', after: '1735689600000' }),
    answer: success(),
  },
  {
    title: 'of two ids that of the exchange counts',
    before: [restingBuy, higher],
    send: ([first]) =>
      ask('trade/order', { ...btc, ordId: member(first, 'ordId'), clOrdId: 'resting2' }),
    answer: only('resting1'),
  },
  {
    title: 'of two ids that of the exchange counts, cancelled',
    before: [restingBuy, higher],
    send: ([first]) =>
      post('trade/cancel-order', {
        ...btc,
        ordId: member(first, 'ordId'),
        clOrdId: 'resting2',
      }),
    answer: acted({ ...cancelReceipt, clOrdId: says('resting1') }),
  },
  {
    title: 'open orders newer than an id',
    before: [restingBuy, higher],
    send: ([first]) => ask('trade/orders-pending', { ...swaps, before: member(first, 'ordId') }),
    answer: only('resting2'),
  },
  {
    title: 'open orders, a page of one',
    before: [restingBuy, higher],
    send: ask('trade/orders-pending', { ...swaps, limit: '1' }),
    answer: only('resting2'),
  },
  {
    title: 'open orders of a kind',
    before: [restingBuy, place({ ...resting, ordType: 'post_only', clOrdId: 'resting2' })],
    send: ask('trade/orders-pending', { ...swaps, ordType: 'post_only,fok' }),
    answer: only('resting2'),
  },
  {
    title: 'by client id the newest answers',
    before: [restingBuy, post('trade/cancel-order', { ...btc, clOrdId: 'resting1' }), restingBuy],
    send: orderOf('resting1'),
    answer: only('resting1'),
  },
  {
    title: 'a client id of a conditional order is not one of an order',
    before: [placeAlgo({ ...stop, algoClOrdId: 'same1' })],
    send: place({ ...resting, clOrdId: 'same1' }),
    answer: acted({ ...receipt, clOrdId: says('same1') }),
  },
  {
    title: 'a conditional order with the client id of an order is found by it',
    before: [placeAlgo({ ...withoutId(), clOrdId: 'other1' })],
    send: algoOf('other1'),
    answer: success({ ...algo, ...waiting, algoClOrdId: says('other1') }),
  },
  {
    title: 'ended conditional orders by id, in no state',
    before: [waitingStop, post('trade/cancel-algos', [{ ...btc, algoClOrdId: 'stop1' }])],
    send: ([receipt]) =>
      ask('trade/orders-algo-history', {
        ordType: 'conditional',
        algoId: member(receipt, 'algoId'),
      }),
    answer: success({ ...algo, state: says('canceled') }),
  },
  {
    title: 'the sixth look at the settings within two seconds',
    before: times(5),
    send: ask('account/config'),
    status: 429,
    answer: gatewayRefusal('50011', says('Too Many Requests')),
  },
  {
    title: 'two seconds later it is answered again',
    before: [...times(5), { advanceMs: 2_001 }],
    send: ask('account/config'),
    answer: success(config),
  },
]

function withoutId(): { readonly [key: string]: string | boolean } {
  const { algoClOrdId: _, ...rest } = stop
  return rest
}
