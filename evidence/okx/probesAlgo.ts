import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { algo, algoReceipt, amount, id, one, order, says, success, waiting } from './shapes.ts'
import { position } from './shapesAccount.ts'
import { liveStop, noStop, noTake, noTrigger, theStop, theTake } from './shapesAlgo.ts'
import {
  algoOf,
  ask,
  btc,
  member,
  openLong,
  placeAlgo,
  post,
  restingBuy,
  swaps,
  waitingStop,
} from './words.ts'
import { both, entry, pending, takeProfit, trail, whole } from './wordsAlgo.ts'

// docs/wire/okx.md 4.4: conditional orders have a store and ids of their own.

const cancel = post('trade/cancel-algos', [{ ...btc, algoClOrdId: 'stop1' }])
const amended = {
  algoId: id,
  algoClOrdId: 'text or empty',
  reqId: ['optional', 'empty'],
  sCode: says('0'),
  sMsg: 'text or empty',
} as const satisfies Shape
const moved = post('trade/amend-algos', {
  ...btc,
  algoClOrdId: 'stop1',
  newSz: '2',
  newSlTriggerPx: '57000',
  newSlTriggerPxType: 'last',
})
export const algoProbes: readonly Probe[] = [
  {
    title: 'a conditional order is acknowledged, while flat too',
    send: waitingStop,
    answer: success({ ...algoReceipt, algoClOrdId: says('stop1') }),
  },
  {
    title: 'a stop that waits',
    before: [waitingStop],
    send: ([receipt]) => ask('trade/order-algo', { algoId: member(receipt, 'algoId') }),
    answer: success(liveStop),
  },
  {
    title: 'a take-profit that waits',
    before: [placeAlgo(takeProfit)],
    send: algoOf('take1'),
    answer: success({
      ...algo,
      ...waiting,
      ...noStop,
      ...noTrigger,
      ...theTake,
      ordType: says('conditional'),
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'a stop and a take-profit in one',
    before: [placeAlgo(both)],
    send: pending('conditional,oco'),
    answer: success({
      ...algo,
      ...waiting,
      ...noTrigger,
      ...theStop,
      ...theTake,
      ordType: says('oco'),
    }),
  },
  {
    title: 'a trigger order: sent as orderPx, read as ordPx',
    before: [placeAlgo(entry)],
    send: pending('trigger'),
    answer: success({
      ...algo,
      ...waiting,
      ...noStop,
      ...noTake,
      ordType: says('trigger'),
      side: says('buy'),
      triggerPx: amount('61000'),
      triggerPxType: says('last'),
      ordPx: says('-1'),
      reduceOnly: says('false'),
    }),
  },
  {
    title: 'a trailing stop follows the last price',
    before: [openLong, placeAlgo(trail), { price: ['BTCUSDT', '61000'] }],
    send: pending('move_order_stop'),
    answer: success({
      ...algo,
      ...waiting,
      ...noStop,
      ...noTake,
      ordType: says('move_order_stop'),
      callbackRatio: amount('0.01'),
      callbackSpread: 'empty',
      moveTriggerPx: amount('60390'),
    }),
  },
  {
    title: 'a trailing stop by a distance, the other spelling too',
    send: placeAlgo({
      side: 'sell',
      ordType: 'move_order_stop',
      sz: '1',
      callBackSpread: '500',
      activePx: '61000',
    }),
    answer: success({ ...algoReceipt, algoClOrdId: 'empty' }),
  },
  {
    title: 'open orders do not tell of conditional ones',
    before: [restingBuy, waitingStop],
    send: ask('trade/orders-pending', swaps),
    answer: success({ ...order, clOrdId: says('resting1') }),
  },
  {
    title: 'conditional orders, newest first, of two kinds at once',
    before: [waitingStop, placeAlgo(both)],
    send: pending('conditional,oco'),
    answer: success({ ...algo, ordType: says('oco') }, liveStop),
  },
  {
    title: 'cancel',
    before: [waitingStop],
    send: ([receipt]) =>
      post('trade/cancel-algos', [{ ...btc, algoId: member(receipt, 'algoId') }]),
    answer: success(algoReceipt),
  },
  {
    title: 'a conditional order that was cancelled',
    before: [waitingStop, cancel],
    send: ask('trade/orders-algo-history', {
      ...swaps,
      ordType: 'conditional',
      state: 'canceled',
    }),
    answer: success({ ...algo, state: says('canceled'), ordId: 'empty' }),
  },
  {
    title: 'several cancelled, one of them unknown',
    before: [waitingStop],
    send: post('trade/cancel-algos', [
      { ...btc, algoClOrdId: 'stop1' },
      { ...btc, algoClOrdId: 'nobody' },
    ]),
    answer: {
      code: says('2'),
      msg: 'text or empty',
      data: [
        'rows',
        algoReceipt,
        { ...algoReceipt, algoId: 'text or empty', sCode: says('51400'), sMsg: 'text' },
      ],
    },
  },
  {
    title: 'amend',
    before: [waitingStop],
    send: moved,
    answer: success(amended),
  },
  {
    title: 'a stop that was amended',
    before: [waitingStop, moved],
    send: algoOf('stop1'),
    answer: success({
      ...algo,
      ...waiting,
      ...noTake,
      sz: amount('2'),
      slTriggerPx: amount('57000'),
      slTriggerPxType: says('last'),
      slOrdPx: says('-1'),
    }),
  },
  {
    title: 'a new stop leaves the take-profit as it is',
    before: [
      placeAlgo(both),
      post('trade/amend-algos', {
        ...btc,
        algoClOrdId: 'both1',
        newSlTriggerPx: '57000',
        newSlOrdPx: '-1',
        newSlTriggerPxType: 'mark',
      }),
    ],
    send: algoOf('both1'),
    answer: success({ ...algo, ...waiting, ...theTake, slTriggerPx: amount('57000') }),
  },
  {
    title: 'the stop of the whole position has no size',
    before: [openLong, placeAlgo({ ...whole, algoClOrdId: 'whole1' })],
    send: algoOf('whole1'),
    answer: success({
      ...algo,
      ...waiting,
      ...theStop,
      sz: 'empty',
      closeFraction: one,
      reduceOnly: says('true'),
    }),
  },
  {
    title: 'the position tells of it',
    before: [openLong, placeAlgo(whole)],
    send: ask('account/positions', swaps),
    answer: success({
      ...position,
      closeOrderAlgo: [
        'rows',
        {
          algoId: id,
          slTriggerPx: amount('58000'),
          slTriggerPxType: says('mark'),
          tpTriggerPx: 'empty',
          tpTriggerPxType: 'text or empty',
          closeFraction: one,
        },
      ],
    }),
  },
]
