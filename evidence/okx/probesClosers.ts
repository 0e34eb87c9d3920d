import type { Json, Probe, Words } from '../../test/wire/evidence.ts'
import { algo, amount, one, order, says, success, waiting } from './shapes.ts'
import { position } from './shapesAccount.ts'
import {
  algoOf,
  ask,
  btc,
  fall,
  hedgeOn,
  openLong,
  orderOf,
  place,
  placeAlgo,
  post,
  swaps,
} from './words.ts'
import { both, rise } from './wordsAlgo.ts'

// docs/wire/okx.md 4.2, 4.5 and 4.6: several orders that close one position, and protections that
// know of each other.

type Members = { readonly [key: string]: Json }

const reducing = { side: 'sell', ordType: 'limit', sz: '1', reduceOnly: true } as const

function closeAt(px: string, clOrdId: string, more: Members = {}): Words {
  return place({ ...reducing, px, clOrdId, ...more })
}

const hedgedLong = place({ side: 'buy', posSide: 'long', ordType: 'market', sz: '1' })
const ofLong = { posSide: 'long', reduceOnly: false } as const

const entry = place({
  side: 'buy',
  ordType: 'market',
  sz: '2',
  clOrdId: 'entry1',
  attachAlgoOrds: [
    { attachAlgoClOrdId: 'stop1', slTriggerPx: '58000', slOrdPx: '-1' },
    { attachAlgoClOrdId: 'take1', tpTriggerPx: '61000', tpOrdPx: '-1', sz: '1' },
    { attachAlgoClOrdId: 'take2', tpTriggerPx: '61500', tpOrdPx: '-1', sz: '1' },
  ],
})

const restingTake = place({
  side: 'buy',
  ordType: 'market',
  sz: '1',
  clOrdId: 'entry1',
  attachAlgoOrds: [
    {
      attachAlgoClOrdId: 'take1',
      tpOrdKind: 'limit',
      tpOrdPx: '61000',
    },
    { attachAlgoClOrdId: 'stop1', slTriggerPx: '58000', slOrdPx: '-1' },
  ],
})

export const closerProbes: readonly Probe[] = [
  {
    title: 'a better price overtakes what reduces',
    before: [openLong, closeAt('60500', 'close1'), closeAt('60400', 'close2')],
    send: orderOf('close1'),
    answer: success({ ...order, state: says('canceled'), cancelSource: says('22') }),
  },
  {
    title: 'what reduces goes with the position',
    before: [
      openLong,
      closeAt('60500', 'close1'),
      place({ side: 'sell', ordType: 'market', sz: '1' }),
    ],
    send: orderOf('close1'),
    answer: success({ ...order, state: says('canceled'), cancelSource: says('2') }),
  },
  {
    title: 'long/short mode: a better price makes what closes smaller',
    before: [
      hedgeOn,
      hedgedLong,
      closeAt('60500', 'close1', ofLong),
      closeAt('60400', 'close2', { ...ofLong, sz: '0.4' }),
    ],
    send: orderOf('close1'),
    answer: success({
      ...order,
      posSide: says('long'),
      state: says('live'),
      sz: amount('0.6'),
    }),
  },
  {
    title: 'long/short mode: a better price cancels what closes',
    before: [
      hedgeOn,
      hedgedLong,
      closeAt('60500', 'close1', ofLong),
      closeAt('60400', 'close2', ofLong),
    ],
    send: orderOf('close1'),
    answer: success({
      ...order,
      posSide: says('long'),
      state: says('canceled'),
      cancelSource: says('22'),
    }),
  },
  {
    title: 'a stop shrinks by what its take-profit took',
    before: [entry, rise],
    send: algoOf('stop1'),
    answer: success({ ...algo, ...waiting, sz: one }),
  },
  {
    title: 'the other take-profit stays',
    before: [entry, rise],
    send: algoOf('take2'),
    answer: success({ ...algo, ...waiting, sz: one }),
  },
  {
    title: 'both taken, nothing is left of the stop',
    before: [entry, { price: ['BTCUSDT', '61600'] }],
    send: ask('trade/orders-algo-pending', { ...swaps, ordType: 'conditional,oco' }),
    answer: success(),
  },
  {
    title: 'a stop that fires cancels its take-profits',
    before: [entry, fall],
    send: algoOf('take1'),
    answer: success({ ...algo, state: says('canceled') }),
  },
  {
    title: 'the stop has closed all',
    before: [entry, fall],
    send: ask('account/positions', swaps),
    answer: success(),
  },
  {
    title: 'a resting take-profit has the id it was given',
    before: [restingTake],
    send: orderOf('take1'),
    answer: success({
      ...order,
      state: says('live'),
      side: says('sell'),
      px: amount('61000'),
      sz: one,
      isTpLimit: says('true'),
      linkedAlgoOrd: { algoId: /^\d{19}$/ },
    }),
  },
  {
    title: 'the stop that fires cancels it',
    before: [restingTake, fall],
    send: orderOf('take1'),
    answer: success({
      ...order,
      state: says('canceled'),
      cancelSource: says('36'),
      isTpLimit: says('true'),
      linkedAlgoOrd: { algoId: /^(\d{19})?$/ },
    }),
  },
  {
    title: 'a leg taken away',
    before: [
      openLong,
      placeAlgo(both),
      post('trade/amend-algos', { ...btc, algoClOrdId: 'both1', newTpTriggerPx: '0' }),
    ],
    send: algoOf('both1'),
    answer: success({ ...algo, ...waiting, tpTriggerPx: 'empty', slTriggerPx: amount('58000') }),
  },
  {
    title: 'with no take-profit left the market may rise',
    before: [
      openLong,
      placeAlgo(both),
      post('trade/amend-algos', { ...btc, algoClOrdId: 'both1', newTpTriggerPx: '0' }),
      rise,
    ],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: one, imr: /^20\d/, notionalUsd: /^61\d/ }),
  },
]
