import type { Json, Probe, Shape } from '../../test/wire/evidence.ts'
import {
  algoOf,
  algoReceipt,
  id,
  is,
  leg,
  num,
  orNull,
  position,
  rows,
  success,
  twoLegs,
  waiting,
} from './shapes.ts'
import {
  algoHistory,
  algoIdOf,
  ask,
  btc,
  openAlgos,
  openLong,
  placeAlgo,
  post,
  readAlgo,
  stop,
  stopLoss,
  takeProfit,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4.10 and 4.11. `position_side` is said in one-way mode too.

const cancelStop = post('/v5/algo/cancel_orders', [{ ...btc, algo_client_order_id: '3001' }])

/** A conditional order and its row among the open ones. */
function lists(json: { readonly [key: string]: Json }, type: string, row: Shape): Probe {
  return {
    title: `${type} among the open ones`,
    before: [openLong, placeAlgo({ side: 'sell', volume: '10', ...json, type })],
    send: openAlgos(type),
    answer: rows(row),
  }
}

export const algoProbes: readonly Probe[] = [
  {
    title: 'a stop-loss: an array, although one was sent',
    before: [openLong],
    send: waitingStop,
    answer: rows({ algo_id: id, algo_client_order_id: is('3001') }),
  },
  {
    title: 'a stop-loss without a client id',
    before: [openLong],
    send: placeAlgo(stop),
    answer: algoReceipt,
    text: /"algo_client_order_id":null/,
  },
  { title: 'no conditional order', send: openAlgos('sl'), answer: rows() },
  {
    title: 'sl among the open ones',
    before: [openLong, waitingStop],
    send: openAlgos('sl'),
    answer: rows(waiting),
  },
  {
    title: 'a type shows its own orders alone',
    before: [openLong, waitingStop],
    send: openAlgos('tp'),
    answer: rows(),
  },
  {
    title: 'a conditional order reserves nothing of the position',
    before: [openLong, waitingStop],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows(position),
  },
  lists(takeProfit, 'tp', algoOf('tp', leg('tp', '62000', 'last'))),
  lists(
    { ...takeProfit, ...stopLoss, sl_trigger_price_type: 'mark' },
    'tpsl',
    algoOf('tpsl', twoLegs),
  ),
  lists(
    { side: 'buy', trigger_price: '61000', trigger_price_type: 'last', price: '61010' },
    'trigger',
    algoOf('trigger', {
      side: is('buy'),
      trigger_price: num('61000'),
      trigger_price_type: is('last'),
      price: num('61010'),
      price_match: ['optional', orNull('empty')],
      reduce_only: ['optional', is(false)],
    }),
  ),
  lists(
    { callback_rate: 0.05, active_price: 61000, order_price_type: 'formula_price', reduce_only: 1 },
    'trailing_stop',
    algoOf('trailing_stop', {
      callback_rate: is('0.05'),
      active_price: num('61000'),
      order_price_type: is('formula_price'),
      reduce_only: is(true),
    }),
  ),
  {
    title: 'a conditional order by its id',
    before: [openLong, waitingStop],
    send: readAlgo(1, 'sl'),
    answer: rows(waiting),
  },
  {
    title: 'a conditional order by its client id',
    before: [openLong, waitingStop],
    send: ask('/v5/algo/order', { type: 'sl', algo_client_order_id: '3001' }),
    answer: rows(waiting),
  },
  {
    title: 'a conditional order among those of another type',
    before: [openLong, waitingStop],
    send: readAlgo(1, 'tp'),
    answer: rows(),
  },
  {
    title: 'a conditional order cancelled by its id',
    before: [openLong, waitingStop],
    send: (earlier) => post('/v5/algo/cancel_orders', [{ ...btc, algo_id: algoIdOf(earlier[1]) }]),
    answer: rows({
      algo_id: id,
      algo_client_order_id: is('3001'),
      code: is(200),
      message: 'text or empty',
    }),
  },
  {
    title: 'an id nobody knows fails in its own place',
    before: [openLong, waitingStop],
    send: post('/v5/algo/cancel_orders', [
      { ...btc, algo_client_order_id: '3001' },
      { ...btc, algo_client_order_id: '3999' },
    ]),
    answer: success([
      'rows by',
      'code',
      {
        200: { algo_id: id, algo_client_order_id: 'digits', code: is(200), message: 'anything' },
        1061: {
          algo_id: 'anything',
          algo_client_order_id: 'anything',
          code: is(1061),
          message: is('The order does not exist.'),
        },
      },
    ]),
  },
  {
    title: 'a cancelled one is no longer open',
    before: [openLong, waitingStop, cancelStop],
    send: openAlgos('sl'),
    answer: rows(),
  },
  {
    title: 'a cancelled one in the history',
    before: [openLong, waitingStop, cancelStop],
    send: algoHistory('sl', 'canceled'),
    answer: rows({ ...waiting, state: is('canceled') }),
  },
]
