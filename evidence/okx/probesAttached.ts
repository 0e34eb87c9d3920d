import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { acted, algo, amount, one, order, receipt, says, success, waiting } from './shapes.ts'
import {
  algoOf,
  ask,
  btc,
  openLong,
  orderOf,
  place,
  placeAlgo,
  post,
  resting,
  swaps,
} from './words.ts'

// docs/wire/okx.md 4.5: what an entry brings along.

const stop = { slTriggerPx: '58000', slOrdPx: '-1', slTriggerPxType: 'mark' } as const
const rests = { tpOrdKind: 'limit', tpOrdPx: '61000' } as const
const take = { tpTriggerPx: '61000', tpOrdPx: '-1', tpTriggerPxType: 'last' } as const

function withAttached(order: { readonly [key: string]: Json }, ...items: readonly Json[]): Words {
  return place({ ...order, attachAlgoOrds: items })
}

const market = { side: 'buy', ordType: 'market', sz: '2', clOrdId: 'entry1' } as const
const child = { attachAlgoClOrdId: 'child1', ...stop } as const

const price: Shape = ['optional', 'decimal or empty']
const source: Shape = ['optional', ['one of', '', 'last', 'mark', 'index']]

/** Names and prices of an item inside its parent; which others stand empty is not told. */
const item = {
  attachAlgoId: 'digits',
  attachAlgoClOrdId: 'text or empty',
  sz: 'decimal or empty',
  tpOrdKind: 'text or empty',
  failCode: 'text or empty',
  failReason: 'text or empty',
  tpTriggerPx: 'decimal or empty',
  tpOrdPx: 'decimal or empty',
  slTriggerPx: 'decimal or empty',
  slOrdPx: 'decimal or empty',
  tpTriggerPxType: source,
  slTriggerPxType: source,
  tpTriggerRatio: price,
  slTriggerRatio: price,
  callbackRatio: price,
  callbackSpread: price,
  activePx: price,
  amendPxOnTriggerType: ['optional', 'text or empty'],
} as const satisfies Shape

const pending = ask('trade/orders-algo-pending', { ...swaps, ordType: 'conditional,oco' })

const restingTake = [
  openLong,
  placeAlgo({
    side: 'sell',
    ordType: 'oco',
    sz: '1',
    tpOrdKind: 'limit',
    tpOrdPx: '61000',
    ...stop,
    reduceOnly: true,
    cxlOnClosePos: true,
  }),
] as const

export const attachedProbes: readonly Probe[] = [
  {
    title: 'an entry with a stop is acknowledged',
    send: withAttached(market, child),
    answer: acted({ ...receipt, clOrdId: says('entry1') }),
  },
  {
    title: 'while the entry rests, the stop stands inside it',
    before: [withAttached(resting, child)],
    send: orderOf('resting1'),
    answer: success({
      ...order,
      state: says('live'),
      attachAlgoOrds: [
        'rows',
        {
          ...item,
          attachAlgoClOrdId: says('child1'),
          slTriggerPx: amount('58000'),
          slOrdPx: says('-1'),
          slTriggerPxType: says('mark'),
          tpTriggerPx: 'empty',
        },
      ],
    }),
  },
  {
    title: 'while the entry rests, the stop is in no list',
    before: [withAttached(resting, child)],
    send: pending,
    answer: success(),
  },
  {
    title: 'filled, the stop stands under the id it was given',
    before: [withAttached(market, child)],
    send: algoOf('child1'),
    answer: success({
      ...algo,
      ...waiting,
      algoClOrdId: says('child1'),
      ordType: says('conditional'),
      side: says('sell'),
      sz: amount('2'),
      reduceOnly: says('false'),
      slTriggerPx: amount('58000'),
      slTriggerPxType: says('mark'),
    }),
  },
  {
    title: 'both legs of an item are one',
    before: [withAttached(market, { ...child, ...take })],
    send: pending,
    answer: success({
      ...algo,
      ...waiting,
      algoClOrdId: says('child1'),
      ordType: says('oco'),
      sz: amount('2'),
      tpTriggerPx: amount('61000'),
      slTriggerPx: amount('58000'),
    }),
  },
  {
    title: 'so are a stop and a take-profit that rests',
    before: [withAttached(market, { ...child, ...rests })],
    send: pending,
    answer: success({
      ...algo,
      ...waiting,
      algoClOrdId: says('child1'),
      ordType: says('oco'),
      sz: amount('2'),
      tpOrdPx: amount('61000'),
      slTriggerPx: amount('58000'),
    }),
  },
  {
    title: 'the take-profit that rests has the id of both',
    before: [withAttached(market, { ...child, ...rests })],
    send: orderOf('child1'),
    answer: success({
      ...order,
      clOrdId: says('child1'),
      side: says('sell'),
      px: amount('61000'),
      state: says('live'),
    }),
  },
  {
    title: 'one stop and two take-profits that share the size',
    before: [
      withAttached(
        market,
        child,
        { attachAlgoClOrdId: 'take1', ...take, sz: '1' },
        { attachAlgoClOrdId: 'take2', ...take, tpTriggerPx: '61500', sz: '1' },
      ),
    ],
    send: pending,
    answer: {
      code: says('0'),
      msg: 'empty',
      data: [
        'rows by',
        'algoClOrdId',
        {
          child1: { ...algo, ...waiting, slTriggerPx: amount('58000'), sz: amount('2') },
          take1: { ...algo, ...waiting, tpTriggerPx: amount('61000'), sz: one },
          take2: { ...algo, ...waiting, tpTriggerPx: amount('61500'), sz: one },
        },
      ],
    },
  },
  {
    title: 'cancelled before it was filled, the entry leaves no stop',
    before: [
      withAttached(resting, child),
      post('trade/cancel-order', { ...btc, clOrdId: 'resting1' }),
      openLong,
    ],
    send: pending,
    answer: success(),
  },
  {
    title: 'the stop inside an entry is moved by amending the entry',
    before: [
      withAttached(resting, child),
      post('trade/amend-order', {
        ...btc,
        clOrdId: 'resting1',
        attachAlgoOrds: [
          { attachAlgoClOrdId: 'child1', newSlTriggerPx: '57500', newSlOrdPx: '-1' },
        ],
      }),
      { price: ['BTCUSDT', '59300'] },
    ],
    send: algoOf('child1'),
    answer: success({ ...algo, ...waiting, sz: one, slTriggerPx: amount('57500') }),
  },
  {
    title: 'closed by another order, the stop stays',
    before: [
      withAttached(market, child),
      place({ side: 'sell', ordType: 'market', sz: '2', reduceOnly: true }),
    ],
    send: pending,
    answer: success({ ...algo, ...waiting, algoClOrdId: says('child1') }),
  },
  {
    title: 'a resting take-profit beside its stop is an order of the book',
    before: restingTake,
    send: ask('trade/orders-pending', swaps),
    answer: success({
      ...order,
      state: says('live'),
      side: says('sell'),
      px: amount('61000'),
      sz: one,
      ordType: says('limit'),
      linkedAlgoOrd: { algoId: /^\d{19}$/ },
      isTpLimit: says('true'),
    }),
  },
  {
    title: 'the stop beside it knows that order',
    before: restingTake,
    send: pending,
    answer: success({
      ...algo,
      ...waiting,
      ordType: says('oco'),
      tpTriggerPx: 'empty',
      tpOrdPx: amount('61000'),
      linkedOrd: { ordId: /^\d{19}$/ },
    }),
  },
]
