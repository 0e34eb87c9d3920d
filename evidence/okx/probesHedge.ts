import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  acted,
  algo,
  amount,
  fill,
  one,
  order,
  receipt,
  refusedOrder,
  says,
  success,
  waiting,
} from './shapes.ts'
import { leverage, position } from './shapesAccount.ts'
import {
  algoOf,
  ask,
  btc,
  cross,
  hedgeOn,
  orderOf,
  place,
  placeAlgo,
  post,
  swaps,
} from './words.ts'

// docs/wire/okx.md 4.1, 4.2 and 4.6: long/short mode, a position for each side, none below zero.

export type Side = 'long' | 'short'

function market(side: 'buy' | 'sell', posSide: Side, sz: string, clOrdId: string): Words {
  return place({ side, posSide, ordType: 'market', sz, clOrdId })
}

export const hedgedLong: Words = market('buy', 'long', '1', 'long1')
const hedgedShort = market('sell', 'short', '1', 'short1')

function closeLong(sz: string): Words {
  return market('sell', 'long', sz, 'close1')
}

const stopOfShort = placeAlgo({
  side: 'buy',
  posSide: 'short',
  ordType: 'conditional',
  sz: '1',
  slTriggerPx: '61000',
  slOrdPx: '-1',
  slTriggerPxType: 'last',
  algoClOrdId: 'stop1',
})

const stopOfLong = placeAlgo({
  side: 'sell',
  posSide: 'long',
  ordType: 'conditional',
  closeFraction: '1',
  slTriggerPx: '58000',
  slOrdPx: '-1',
  slTriggerPxType: 'mark',
  algoClOrdId: 'whole1',
})

const positions = ask('account/positions', swaps)

function sided(posSide: Side, more: { readonly [key: string]: Shape } = {}): Shape {
  return { ...position, posSide: says(posSide), pos: one, availPos: 'decimal or empty', ...more }
}

const long = sided('long')
const short = sided('short')

function bySide(ofLong: Shape, ofShort: Shape): Shape {
  return {
    code: says('0'),
    msg: 'empty',
    data: ['rows by', 'posSide', { long: ofLong, short: ofShort }],
  }
}

function ordered(posSide: Side, more: { readonly [key: string]: Shape }): Shape {
  return success({ ...order, posSide: says(posSide), ...more })
}

function lever(value: string): Words {
  return post('account/set-leverage', { ...btc, lever: value, mgnMode: 'cross' })
}

function leverOf(posSide: Side, value: string): Words {
  return post('account/set-leverage', { ...btc, lever: value, mgnMode: 'isolated', posSide })
}

function bill(posSide: Side, subType: string): Shape {
  return success({ ...fill, posSide: says(posSide), subType: says(subType) })
}

function fillsOf(ordId: string): Words {
  return ask('trade/fills', { ...swaps, ordId })
}

function idOf(answer: unknown): string {
  return String(Object(answer).data[0].ordId)
}

const resting: { readonly [key: string]: Json } = {
  ...cross,
  side: 'buy',
  ordType: 'limit',
  px: '59500',
  sz: '1',
}

export const hedgeProbes: readonly Probe[] = [
  {
    title: 'long/short mode: an order names its side',
    before: [hedgeOn],
    send: hedgedLong,
    answer: acted({ ...receipt, clOrdId: says('long1') }),
  },
  {
    title: 'long/short mode: a long and a short beside each other, neither below zero',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: positions,
    answer: bySide(long, short),
  },
  {
    title: 'long/short mode: the order tells its side',
    before: [hedgeOn, hedgedShort],
    send: orderOf('short1'),
    answer: ordered('short', {
      side: says('sell'),
      state: says('filled'),
      reduceOnly: says('false'),
    }),
  },
  {
    title: 'long/short mode: closing the long leaves the short',
    before: [hedgeOn, hedgedLong, hedgedShort, closeLong('1')],
    send: positions,
    answer: success(short),
  },
  {
    title: 'long/short mode: a closing order does not read reduce-only',
    before: [hedgeOn, hedgedLong, closeLong('1')],
    send: orderOf('close1'),
    answer: ordered('long', {
      side: says('sell'),
      state: says('filled'),
      reduceOnly: says('false'),
    }),
  },
  {
    title: 'long/short mode: reduceOnly is ignored',
    before: [
      hedgeOn,
      place({ side: 'buy', posSide: 'long', ordType: 'market', sz: '1', reduceOnly: true }),
    ],
    send: positions,
    answer: success(long),
  },
  {
    title: 'long/short mode: a close of any size is taken',
    before: [hedgeOn, hedgedLong],
    send: closeLong('3'),
    answer: acted({ ...receipt, clOrdId: says('close1') }),
  },
  {
    title: 'long/short mode: it never opens the other side',
    before: [hedgeOn, hedgedLong, closeLong('3')],
    send: positions,
    answer: success(),
  },
  {
    title: 'long/short mode: a fill that opened a long',
    before: [hedgeOn, hedgedLong],
    send: ([, entry]) => fillsOf(idOf(entry)),
    answer: bill('long', '3'),
  },
  {
    title: 'long/short mode: a fill that opened a short',
    before: [hedgeOn, hedgedShort],
    send: ([, entry]) => fillsOf(idOf(entry)),
    answer: bill('short', '4'),
  },
  {
    title: 'long/short mode: a fill that closed a long',
    before: [hedgeOn, hedgedLong, closeLong('1')],
    send: ([, , close]) => fillsOf(idOf(close)),
    answer: bill('long', '5'),
  },
  {
    title: 'long/short mode: the stop of a short waits, and reads reduce-only',
    before: [hedgeOn, hedgedShort, stopOfShort],
    send: algoOf('stop1'),
    answer: success({
      ...algo,
      ...waiting,
      posSide: says('short'),
      side: says('buy'),
      sz: one,
      slTriggerPx: amount('61000'),
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'long/short mode: the stop of a short closes it, and nothing else',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfShort, { price: ['BTCUSDT', '61100'] }],
    send: positions,
    answer: success(long),
  },
  {
    title: 'long/short mode: the stop of a whole side',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong],
    send: algoOf('whole1'),
    answer: success({
      ...algo,
      ...waiting,
      posSide: says('long'),
      sz: 'empty',
      closeFraction: one,
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'long/short mode: it fires for its side alone',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong, { price: ['BTCUSDT', '57900'] }],
    send: positions,
    answer: success(short),
  },
  {
    title: 'long/short mode: one side closed',
    before: [
      hedgeOn,
      hedgedLong,
      hedgedShort,
      post('trade/close-position', { ...btc, mgnMode: 'cross', posSide: 'long' }),
    ],
    send: positions,
    answer: success(short),
  },
  {
    title: 'long/short mode, cross: two rows of one leverage',
    before: [hedgeOn, lever('7')],
    send: ask('account/leverage-info', { ...btc, mgnMode: 'cross' }),
    answer: bySide(leverage(amount('7'), 'cross', 'long'), leverage(amount('7'), 'cross', 'short')),
  },
  {
    title: 'long/short mode, isolated: the answer names the side',
    before: [hedgeOn],
    send: leverOf('long', '7'),
    answer: success({
      instId: says('BTC-USDT-SWAP'),
      lever: says('7'),
      mgnMode: says('isolated'),
      posSide: says('long'),
    }),
  },
  {
    title: 'long/short mode, isolated: a leverage for each side',
    before: [hedgeOn, leverOf('long', '7'), leverOf('short', '12')],
    send: ask('account/leverage-info', { ...btc, mgnMode: 'isolated' }),
    answer: bySide(
      leverage(amount('7'), 'isolated', 'long'),
      leverage(amount('12'), 'isolated', 'short'),
    ),
  },
  {
    title: 'long/short mode: a batch of which one has no side',
    before: [hedgeOn],
    send: post('trade/batch-orders', [
      { ...resting, posSide: 'long', clOrdId: 'batch1' },
      { ...resting, clOrdId: 'batch2' },
    ]),
    answer: {
      code: says('2'),
      msg: 'text or empty',
      data: [
        'rows',
        { ...receipt, clOrdId: says('batch1') },
        refusedOrder('51000', /^Parameter posSide +error$/, { clOrdId: says('batch2') }),
      ],
      inTime: /^\d{16}$/,
      outTime: /^\d{16}$/,
    },
  },
]
