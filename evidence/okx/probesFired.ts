import type { Probe } from '../../test/wire/evidence.ts'
import { algo, amount, filled, id, one, order, says, success } from './shapes.ts'
import { position } from './shapesAccount.ts'
import { fired, liveStop, theStop, theTake } from './shapesAlgo.ts'
import {
  algoOf,
  ask,
  btc,
  fall,
  hedgeOn,
  member,
  openLong,
  orderOf,
  place,
  placeAlgo,
  post,
  stop,
  swaps,
  waitingStop,
} from './words.ts'
import { both, entry, rise, trail, whole } from './wordsAlgo.ts'

// docs/wire/okx.md 4.4 and 4.6: what a conditional order becomes.

export const firedProbes: readonly Probe[] = [
  {
    title: 'a stop that has fired',
    before: [openLong, waitingStop, fall],
    send: algoOf('stop1'),
    answer: success(fired('sl', { ...theStop })),
  },
  {
    title: 'the order it became',
    before: [openLong, waitingStop, fall, algoOf('stop1')],
    send: ([, , row]) => ask('trade/order', { ...btc, ordId: member(row, 'ordId') }),
    answer: success({
      ...order,
      ...filled,
      clOrdId: 'empty',
      ordType: says('market'),
      side: says('sell'),
      source: says('7'),
      algoId: id,
      algoClOrdId: says('stop1'),
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'the history of what has fired',
    before: [openLong, waitingStop, fall],
    send: ask('trade/orders-algo-history', {
      ...swaps,
      ordType: 'conditional,oco',
      state: 'effective',
    }),
    answer: success(fired('sl')),
  },
  {
    title: 'the take-profit of two legs has fired',
    before: [openLong, placeAlgo(both), rise],
    send: algoOf('both1'),
    answer: success(fired('tp', { ...theStop, ...theTake })),
  },
  {
    title: 'a trigger order that has fired opens a position',
    before: [placeAlgo(entry), rise],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: one }),
  },
  {
    title: 'the order a trigger became',
    before: [placeAlgo(entry), rise, algoOf('entry1')],
    send: ([, row]) => ask('trade/order', { ...btc, ordId: member(row, 'ordId') }),
    answer: success({ ...order, state: says('filled'), source: says('6'), clOrdId: 'empty' }),
  },
  {
    title: 'a trailing stop that has fired',
    before: [openLong, placeAlgo(trail), { price: ['BTCUSDT', '59000'] }, algoOf('trail1')],
    send: ([, , row]) => ask('trade/order', { ...btc, ordId: member(row, 'ordId') }),
    answer: success({ ...order, state: says('filled'), source: says('25'), side: says('sell') }),
  },
  {
    title: 'a stop that finds no position has failed',
    before: [waitingStop, fall],
    send: algoOf('stop1'),
    answer: success({ ...algo, state: says('order_failed'), failCode: says('51169') }),
  },
  {
    title: 'a stop that goes with its position',
    before: [
      openLong,
      placeAlgo({ ...stop, cxlOnClosePos: true }),
      post('trade/close-position', { ...btc, mgnMode: 'cross' }),
    ],
    send: algoOf('stop1'),
    answer: success({ ...algo, state: says('canceled') }),
  },
  {
    title: 'a stop that stays without its position',
    before: [openLong, waitingStop, post('trade/close-position', { ...btc, mgnMode: 'cross' })],
    send: algoOf('stop1'),
    answer: success(liveStop),
  },
  {
    title: 'an order that a conditional one became is unknown by its client id',
    before: [openLong, waitingStop, fall],
    send: orderOf('stop1'),
    answer: { code: says('51603'), msg: says('Order does not exist'), data: ['rows'] },
  },
  {
    title: 'of two legs a conditional order keeps its stop alone',
    before: [openLong, placeAlgo({ ...both, ordType: 'conditional' }), rise],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: one }),
  },
  {
    title: 'in long/short mode it keeps both',
    before: [
      hedgeOn,
      place({ side: 'buy', posSide: 'long', ordType: 'market', sz: '1' }),
      placeAlgo({ ...both, ordType: 'conditional', posSide: 'long' }),
      rise,
    ],
    send: ask('account/positions', swaps),
    answer: success(),
  },
  {
    title: 'what reduces is cut to what is left',
    before: [openLong, placeAlgo({ ...stop, sz: '3' }), fall],
    send: algoOf('stop1'),
    answer: success(fired('sl', { sz: amount('3'), actualSz: one })),
  },
  {
    title: 'what does not reduce turns the position round',
    before: [openLong, placeAlgo({ ...stop, sz: '3', reduceOnly: false }), fall],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: /^-2(\.0+)?$/ }),
  },
  {
    title: 'the stop of the whole takes what there is',
    before: [
      openLong,
      placeAlgo({ ...whole, algoClOrdId: 'whole1' }),
      place({ side: 'buy', ordType: 'market', sz: '1' }),
      fall,
    ],
    send: algoOf('whole1'),
    answer: success(fired('sl', { closeFraction: one, actualSz: amount('2') })),
  },
  {
    title: 'a stop with a limit leaves an order at that price',
    before: [openLong, placeAlgo({ ...stop, slOrdPx: '59000' }), fall],
    send: ask('trade/orders-pending', swaps),
    answer: success({
      ...order,
      state: says('live'),
      ordType: says('limit'),
      px: amount('59000'),
      source: says('7'),
      algoClOrdId: says('stop1'),
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'a trigger order whose price is the present one fires at once',
    before: [placeAlgo({ ...entry, triggerPx: '60000' })],
    send: algoOf('entry1'),
    answer: success(fired('')),
  },
  {
    title: 'a trigger order fires from above, too',
    before: [placeAlgo({ ...entry, triggerPx: '59000' }), { price: ['BTCUSDT', '58900'] }],
    send: algoOf('entry1'),
    answer: success(fired('')),
  },
  {
    title: 'several in one move, each sees what the one before left',
    before: [
      openLong,
      placeAlgo(stop),
      placeAlgo({ ...stop, slTriggerPx: '58500', algoClOrdId: 'stop2' }),
      fall,
    ],
    send: algoOf('stop1'),
    answer: success({ ...algo, state: says('order_failed'), failCode: says('51169') }),
  },
]
