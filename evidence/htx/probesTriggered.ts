import type { Probe, Step } from '../../test/wire/evidence.ts'
import {
  algoOf,
  bare,
  filled,
  id,
  is,
  leg,
  num,
  order,
  position,
  rows,
  twoLegs,
  waiting,
} from './shapes.ts'
import {
  algoHistory,
  ask,
  btc,
  closeLong,
  cross,
  fall,
  limit,
  market,
  memberOf,
  openAlgos,
  openLong,
  place,
  placeAlgo,
  rowOf,
  stopLoss,
  takeProfit,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4.10 and 4.11: what fires, and protection attached to an entry.

const tpsl = placeAlgo({
  type: 'tpsl',
  side: 'sell',
  volume: '10',
  ...takeProfit,
  ...stopLoss,
  sl_trigger_price_type: 'mark',
})

const trailing = placeAlgo({
  type: 'trailing_stop',
  side: 'sell',
  volume: '10',
  callback_rate: '0.01',
  order_price_type: 'optimal_20',
  reduce_only: true,
})

/** After the trigger. */
const effective = {
  state: is('effective'),
  relation_order_id: id,
  actual_volume: is('10'),
  actual_price: num('0'),
  actual_time: 'ms text',
} as const
const entry = place({ ...market, ...stopLoss, ...takeProfit, sl_trigger_price_type: 'mark' })
const rise: Step = { price: ['BTCUSDT', '60600'] }

/** The plain order that the conditional one became, whose row is the last answer. */
function readSpawned(index: number): Probe['send'] {
  return (earlier) =>
    ask('/v5/trade/order', {
      ...cross,
      order_id: String(memberOf(rowOf(earlier[index]), 'relation_order_id')),
    })
}

export const triggeredProbes: readonly Probe[] = [
  {
    title: 'a stop-loss that fired',
    before: [openLong, waitingStop, fall],
    send: algoHistory('sl'),
    answer: rows({ ...waiting, ...effective }),
  },
  {
    title: 'the order it became',
    before: [openLong, waitingStop, fall, algoHistory('sl')],
    send: readSpawned(2),
    answer: bare({
      ...filled,
      side: is('sell'),
      order_source: is('tpsl'),
      reduce_only: is(true),
      trade_avg_price: /^57\d{3}/,
      fee: /^-0\.3[45]\d*$/,
    }),
  },
  {
    title: 'it closed the position',
    before: [openLong, waitingStop, fall],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows(),
  },
  {
    title: 'a stop stays when the position is closed',
    before: [openLong, waitingStop, closeLong],
    send: openAlgos('sl'),
    answer: rows(waiting),
  },
  {
    title: 'and fails when it fires with nothing to close',
    before: [openLong, waitingStop, closeLong, fall],
    send: algoHistory('sl', 'failed'),
    answer: rows({ ...waiting, state: is('failed') }),
  },
  {
    title: 'a stop larger than the rest of the position fails',
    before: [
      openLong,
      waitingStop,
      place({ ...market, side: 'sell', volume: '4', reduce_only: 1 }),
      fall,
    ],
    send: algoHistory('sl'),
    answer: rows({ ...waiting, state: is('failed') }),
  },
  {
    title: 'one leg of a tpsl fires and ends the other',
    before: [openLong, tpsl, fall],
    send: openAlgos('tpsl'),
    answer: rows(),
  },
  {
    title: 'a tpsl that fired',
    before: [openLong, tpsl, fall],
    send: algoHistory('tpsl'),
    answer: rows(algoOf('tpsl', { ...twoLegs, ...effective })),
  },
  {
    title: 'a take-profit that fired',
    before: [
      openLong,
      placeAlgo({ type: 'tp', side: 'sell', volume: '10', ...takeProfit }),
      { price: ['BTCUSDT', '62100'] },
    ],
    send: algoHistory('tp', 'effective'),
    answer: rows(algoOf('tp', { ...leg('tp', '62000', 'last'), ...effective })),
  },
  {
    title: 'a trailing stop that fired',
    before: [
      openLong,
      trailing,
      { price: ['BTCUSDT', '61000'] },
      { price: ['BTCUSDT', '60300'] },
      algoHistory('trailing_stop'),
    ],
    send: readSpawned(2),
    answer: bare({
      ...filled,
      side: is('sell'),
      type: is('limit'),
      price: 'decimal',
      price_match: is('optimal_20'),
      order_source: is('trigger'),
      reduce_only: is(true),
    }),
  },
  {
    title: 'a trailing stop that the price has not come back to',
    before: [openLong, trailing, { price: ['BTCUSDT', '61000'] }, { price: ['BTCUSDT', '60500'] }],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows(position),
  },
  {
    title: 'a trigger order may open',
    before: [
      placeAlgo({
        type: 'trigger',
        side: 'buy',
        volume: '10',
        trigger_price: '60500',
        price: '60700',
      }),
      rise,
    ],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows(position),
  },
  {
    title: 'the order a trigger order became',
    before: [
      placeAlgo({
        type: 'trigger',
        side: 'buy',
        volume: '10',
        trigger_price: '60500',
        price: '60700',
      }),
      rise,
    ],
    send: ask('/v5/trade/order/history', cross),
    answer: rows({ ...order, side: is('buy'), type: is('limit'), order_source: is('trigger') }),
  },
  {
    title: 'attached protection after the fill: one tpsl, without a client id',
    before: [entry],
    send: openAlgos('tpsl'),
    answer: rows(algoOf('tpsl', twoLegs)),
  },
  {
    title: 'an attached stop alone is listed as sl',
    before: [place({ ...market, ...stopLoss })],
    send: openAlgos('sl'),
    answer: rows(algoOf('sl', leg('sl', '58000', 'last'))),
  },
  {
    title: 'attached protection is not listed before the fill',
    before: [place({ ...limit, ...stopLoss })],
    send: openAlgos('sl'),
    answer: rows(),
  },
]
