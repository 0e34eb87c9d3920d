import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { bare, id, is, order, orNull, receipt, resting, rows, success, waiting } from './shapes.ts'
import {
  ask,
  btc,
  cross,
  limit,
  openLong,
  orderIdOf,
  place,
  post,
  readBack,
  restingBuy,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4.4 and 4.5: batches, cancelling, the dead man's switch.

const cancel = '/v5/trade/cancel_order'
const cancelBatch = '/v5/trade/cancel_batch_orders'
const cancelAll = '/v5/trade/cancel_all_orders'
const opens = ask('/v5/trade/order/opens', btc)

/** One item of a batch. */
function item(code: number, message: Shape, more: { readonly [key: string]: Shape } = {}): Shape {
  return { ...receipt, code: is(code), message, ...more }
}

const done: Shape = 'text or empty'
const cancelled = (reason: string): Shape =>
  bare({ ...order, state: is('canceled'), cancel_reason: is(reason) })

const sell = { ...cross, ...limit, side: 'sell', price: '60500' } as const

export const cancelProbes: readonly Probe[] = [
  {
    title: 'cancelled by its client id',
    before: [restingBuy],
    send: post(cancel, { ...btc, client_order_id: '2001' }),
    answer: success({ ...receipt, client_order_id: is('2001') }),
  },
  {
    title: 'a cancelled order, by its id',
    before: [restingBuy, post(cancel, { ...btc, client_order_id: '2001' })],
    send: readBack(0),
    answer: cancelled('Limit order cancelation by the client'),
  },
  {
    title: 'a batch: receipts, and codes in the same place',
    send: post('/v5/trade/batch_orders', [
      { ...cross, ...limit, client_order_id: '5001' },
      { ...cross, ...limit, client_order_id: '5001' },
      { ...cross, ...limit, volume: '0' },
    ]),
    answer: rows(
      item(200, done, { client_order_id: is('5001') }),
      item(1050, is("Customer's order number is repeated. Please try again later."), {
        order_id: 'null',
        client_order_id: 'null',
      }),
      item(1040, is('Invalid amount, please modify and order again.'), {
        order_id: 'null',
        client_order_id: 'null',
      }),
    ),
  },
  {
    title: 'a batch of orders stands in the book',
    before: [
      post('/v5/trade/batch_orders', [
        { ...cross, ...limit, client_order_id: '2001' },
        { ...sell, client_order_id: '5002' },
      ]),
    ],
    send: opens,
    answer: rows(resting, { ...order, side: is('sell'), client_order_id: is('5002') }),
  },
  {
    title: 'a batch of cancels: an unknown order fails in its own place',
    before: [restingBuy],
    send: (earlier) =>
      post(cancelBatch, { ...btc, order_id: [orderIdOf(earlier[0]), '1512501029504577536'] }),
    answer: success([
      'rows by',
      'code',
      {
        200: item(200, done),
        1061: item(1061, is('The order does not exist.'), {
          order_id: orNull(id),
          client_order_id: orNull('text or empty'),
        }),
      },
    ]),
  },
  {
    title: 'a batch of cancels by client ids',
    before: [restingBuy],
    send: post(cancelBatch, { ...btc, client_order_id: ['2001'] }),
    answer: rows(item(200, done, { client_order_id: is('2001') })),
  },
  {
    title: 'cancel-all answers each order',
    before: [restingBuy, place({ ...limit, client_order_id: '2002' })],
    send: post(cancelAll, btc),
    answer: rows(item(200, done), item(200, done)),
  },
  {
    title: 'cancel-all of one side leaves the other',
    before: [restingBuy, post('/v5/trade/order', sell), post(cancelAll, { ...btc, side: 'sell' })],
    send: opens,
    answer: rows(resting),
  },
  {
    title: 'cancel-all without parameters takes all',
    before: [restingBuy, post(cancelAll, {})],
    send: opens,
    answer: rows(),
  },
  {
    title: 'cancel-all leaves the conditional orders',
    before: [openLong, waitingStop, restingBuy, post(cancelAll, btc)],
    send: ask('/v5/algo/order/opens', { ...btc, type: 'sl' }),
    answer: rows(waiting),
  },
  {
    title: "an order that the dead man's switch cancelled",
    before: [
      restingBuy,
      post('/v5/trade/cancel-after', { on_off: '1', time_out: '5000' }),
      { advanceMs: 6_000 },
    ],
    send: readBack(0),
    answer: cancelled('Order cancelation due to API timeout'),
  },
  {
    title: "conditional orders outlive the dead man's switch",
    before: [
      openLong,
      waitingStop,
      post('/v5/trade/cancel-after', { on_off: '1', time_out: '5000' }),
      { advanceMs: 6_000 },
    ],
    send: ask('/v5/algo/order/opens', { ...btc, type: 'sl' }),
    answer: rows(waiting),
  },
  {
    title: "orders outlive a dead man's switch that was disarmed",
    before: [
      restingBuy,
      post('/v5/trade/cancel-after', { on_off: '1', time_out: '5000' }),
      post('/v5/trade/cancel-after', { on_off: '0' }),
      { advanceMs: 6_000 },
    ],
    send: opens,
    answer: rows(resting),
  },
]
