import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  acted,
  amount,
  cancelReceipt,
  fill,
  filled,
  id,
  one,
  order,
  receipt,
  refusedOrder,
  says,
  success,
  unfilled,
} from './shapes.ts'
import {
  ask,
  btc,
  cross,
  member,
  openLong,
  orderOf,
  place,
  post,
  resting,
  restingBuy,
  swaps,
} from './words.ts'

// docs/wire/okx.md 4.2 and 4.3.

/** The time a simulator begins at. */
const BEGIN = /^1767225600\d{3}$/

const live: Shape = {
  ...order,
  ...unfilled,
  clOrdId: says('resting1'),
  ordType: says('limit'),
  side: says('buy'),
  state: says('live'),
  px: amount('59500'),
  sz: one,
  source: says(''),
  cancelSource: 'empty',
  reduceOnly: says('false'),
  isTpLimit: says('false'),
}

function cancelled(source: string, more: { readonly [key: string]: Shape } = {}): Shape {
  return success({
    ...order,
    ...unfilled,
    state: says('canceled'),
    cancelSource: says(source),
    ...more,
  })
}

const cancel = post('trade/cancel-order', { ...btc, clOrdId: 'resting1' })
const amend = post('trade/amend-order', { ...btc, clOrdId: 'resting1', newSz: '2', newPx: '59400' })
const amended = {
  ...cancelReceipt,
  clOrdId: says('resting1'),
  reqId: 'empty',
  subCode: 'empty',
} as const satisfies Shape
const other = { ...cross, ...resting, clOrdId: 'resting2' } as const
const bothOfBatch = [
  { ...cross, ...resting },
  { ...other, px: '59400' },
]

export const orderProbes: readonly Probe[] = [
  {
    title: 'an order is acknowledged, no more',
    send: openLong,
    answer: acted({ ...receipt, clOrdId: says('entry1') }),
  },
  {
    title: 'an order without a client id is acknowledged',
    send: place({ side: 'buy', ordType: 'limit', px: '59500', sz: '1' }),
    answer: acted({ ...receipt, clOrdId: 'empty' }),
  },
  {
    title: 'empty values count as absent, unknown keys are ignored',
    send: place({ ...resting, posSide: '', tag: '', ccy: '', colour: 'x' }),
    answer: acted(receipt),
    notUnderstood: ['colour'],
  },
  {
    title: 'a market order that was filled',
    before: [openLong],
    send: ([entry]) => ask('trade/order', { ...btc, ordId: member(entry, 'ordId') }),
    answer: success({
      ...order,
      ...filled,
      clOrdId: says('entry1'),
      ordType: says('market'),
      side: says('buy'),
      px: 'empty',
      sz: one,
      cancelSource: 'empty',
      reduceOnly: says('false'),
      lever: amount('3'),
    }),
  },
  {
    title: 'a limit order that rests',
    before: [restingBuy],
    send: orderOf('resting1'),
    answer: success(live),
  },
  {
    title: 'open orders',
    before: [restingBuy],
    send: ask('trade/orders-pending', { ...swaps, ...btc }),
    answer: success(live),
  },
  {
    title: 'open orders, newest first',
    before: [restingBuy, place({ ...resting, px: '59400', clOrdId: 'resting2' })],
    send: ask('trade/orders-pending', swaps),
    answer: success({ ...order, clOrdId: says('resting2') }, live),
  },
  {
    title: 'open orders older than an id',
    before: [restingBuy, place({ ...resting, px: '59400', clOrdId: 'resting2' })],
    send: ([, second]) =>
      ask('trade/orders-pending', { ...swaps, after: member(second, 'ordId'), limit: '100' }),
    answer: success(live),
  },
  {
    title: 'a post-only order that would trade ends at once',
    before: [place({ ...resting, ordType: 'post_only', px: '60500' })],
    send: orderOf('resting1'),
    answer: cancelled('31', { ordType: says('post_only') }),
  },
  {
    title: 'an IOC order with nothing to hit ends at once',
    before: [place({ ...resting, ordType: 'ioc' })],
    send: orderOf('resting1'),
    answer: cancelled('14', { ordType: says('ioc') }),
  },
  {
    title: 'a FOK order that cannot fill ends at once',
    before: [place({ ...resting, ordType: 'fok' })],
    send: orderOf('resting1'),
    answer: cancelled('13', { ordType: says('fok') }),
  },
  {
    title: 'a market order whose rest is surely cancelled',
    before: [place({ side: 'buy', ordType: 'optimal_limit_ioc', sz: '1', clOrdId: 'entry1' })],
    send: orderOf('entry1'),
    answer: success({ ...order, ...filled, ordType: says('optimal_limit_ioc') }),
  },
  {
    title: 'a reduce-only order says so in text',
    before: [
      openLong,
      place({ side: 'sell', ordType: 'market', sz: '1', reduceOnly: true, clOrdId: 'close1' }),
    ],
    send: orderOf('close1'),
    answer: success({
      ...order,
      state: says('filled'),
      side: says('sell'),
      reduceOnly: says('true'),
      fillTime: 'ms text',
    }),
  },
  {
    title: 'cancel; the time is that of the order',
    before: [restingBuy, { advanceMs: 5_000 }],
    send: ([entry]) => post('trade/cancel-order', { ...btc, ordId: member(entry, 'ordId') }),
    answer: acted({ ...cancelReceipt, clOrdId: says('resting1'), ts: BEGIN }),
  },
  {
    title: 'an order that was cancelled',
    before: [restingBuy, cancel],
    send: orderOf('resting1'),
    answer: cancelled('1', { px: amount('59500') }),
  },
  {
    title: 'cancelled without a fill, it is forgotten after two hours',
    before: [restingBuy, cancel, { advanceMs: 7_260_000 }],
    send: orderOf('resting1'),
    answer: { code: says('51603'), msg: says('Order does not exist'), data: ['rows'] },
  },
  {
    title: 'history of what ended',
    before: [restingBuy, cancel, openLong],
    send: ask('trade/orders-history', swaps),
    answer: success(
      { ...order, ...filled, clOrdId: says('entry1') },
      { ...order, ...unfilled, state: says('canceled'), cancelSource: says('1') },
    ),
  },
  {
    title: 'the archive has it too',
    before: [openLong],
    send: ask('trade/orders-history-archive', { ...swaps, ...btc, state: 'filled' }),
    answer: success({ ...order, ...filled, clOrdId: says('entry1') }),
  },
  {
    title: 'a client id is free again once its order has ended',
    before: [restingBuy, cancel],
    send: restingBuy,
    answer: acted({ ...receipt, clOrdId: says('resting1') }),
  },
  {
    title: 'amend; the time is that of the order',
    before: [restingBuy, { advanceMs: 5_000 }],
    send: amend,
    answer: acted({ ...amended, ts: BEGIN }),
  },
  {
    title: 'amend with an id of its own',
    before: [restingBuy],
    send: post('trade/amend-order', { ...btc, clOrdId: 'resting1', newSz: '2', reqId: 'r1' }),
    answer: acted({ ...amended, reqId: says('r1') }),
  },
  {
    title: 'an order that was amended',
    before: [restingBuy, amend],
    send: orderOf('resting1'),
    answer: success({ ...order, state: says('live'), sz: amount('2'), px: amount('59400') }),
  },
  {
    title: 'batch: a row for each, in turn',
    send: post('trade/batch-orders', bothOfBatch),
    answer: acted(
      { ...receipt, clOrdId: says('resting1') },
      { ...receipt, clOrdId: says('resting2') },
    ),
  },
  {
    title: 'batch: some refused',
    send: post('trade/batch-orders', [bothOfBatch[0] ?? {}, { ...other, clOrdId: 'resting1' }]),
    answer: {
      code: says('2'),
      msg: 'text or empty',
      data: ['rows', receipt, refusedOrder('51016', 'text', { clOrdId: says('resting1') })],
      inTime: /^\d{16}$/,
      outTime: /^\d{16}$/,
    },
  },
  {
    title: 'batch: cancelled',
    before: [post('trade/batch-orders', bothOfBatch)],
    send: post('trade/cancel-batch-orders', [
      { ...btc, clOrdId: 'resting2' },
      { ...btc, clOrdId: 'resting1' },
    ]),
    answer: acted(
      { ...cancelReceipt, clOrdId: says('resting2') },
      { ...cancelReceipt, clOrdId: says('resting1') },
    ),
  },
  {
    title: 'batch: amended',
    before: [restingBuy],
    send: post('trade/amend-batch-orders', [{ ...btc, clOrdId: 'resting1', newPx: '59400' }]),
    answer: acted(amended),
  },
  {
    title: 'fills',
    before: [openLong],
    send: ask('trade/fills', { ...swaps, ...btc, limit: '1' }),
    answer: success({
      ...fill,
      ordId: id,
      clOrdId: says('entry1'),
      subType: says('1'),
      side: says('buy'),
      execType: says('T'),
      fillPnl: /^0(\.0+)?$/,
      fee: /^-0\.\d+$/,
    }),
  },
  {
    title: 'fills of the archive: a maker that sold',
    before: [place({ ...resting, side: 'sell', px: '60500' }), { price: ['BTCUSDT', '60800'] }],
    send: ask('trade/fills-history', swaps),
    answer: success({
      ...fill,
      clOrdId: says('resting1'),
      subType: says('2'),
      side: says('sell'),
      fillPx: amount('60500'),
      fillSz: one,
      execType: says('M'),
      fee: amount('-0.121'),
    }),
  },
]
