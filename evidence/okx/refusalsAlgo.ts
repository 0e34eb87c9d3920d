import type { Json, Probe, Words } from '../../test/wire/evidence.ts'
import { algoReceipt, says } from './shapes.ts'
import { btc, fall, openLong, placeAlgo, post, stop, waitingStop } from './words.ts'

// docs/wire/okx.md 4.4, 4.6 and 6: conditional orders; a row says why, HTTP 200.

type Members = { readonly [key: string]: Json }

/** A conditional order; `sCode` may be one of several. */
function refusedAlgo(
  sCode: string | RegExp,
  title: string,
  json: Members,
  more: Partial<Probe> = {},
): Probe {
  return {
    title: `${nameOf(sCode)} ${title}`,
    send: placeAlgo(json),
    answer: {
      code: says('1'),
      msg: 'empty',
      data: [
        'rows',
        {
          ...algoReceipt,
          algoId: 'empty',
          sCode: typeof sCode === 'string' ? says(sCode) : sCode,
          sMsg: 'text',
        },
      ],
    },
    ...more,
  }
}

const take = {
  side: 'sell',
  ordType: 'conditional',
  sz: '1',
  tpTriggerPx: '61000',
  tpOrdPx: '-1',
  reduceOnly: true,
} as const
const { sz: _, ...unsized } = stop
const whole = { ...unsized, closeFraction: '1' } as const
const trail = { side: 'sell', ordType: 'move_order_stop', sz: '1', callbackRatio: '0.01' } as const

function amendAlgo(json: Members): Words {
  return post('trade/amend-algos', { ...btc, ...json })
}

function algoNotDone(
  sCode: string | RegExp,
  title: string,
  send: Words,
  before: readonly Words[],
): Probe {
  return {
    title: `${nameOf(sCode)} ${title}`,
    before,
    send,
    answer: {
      code: says('1'),
      msg: 'empty',
      data: [
        'rows',
        {
          algoId: 'text or empty',
          algoClOrdId: 'text or empty',
          reqId: ['optional', 'text or empty'],
          sCode: typeof sCode === 'string' ? says(sCode) : sCode,
          sMsg: 'text',
        },
      ],
    },
  }
}

export const algoRefusals: readonly Probe[] = [
  refusedAlgo('51280', 'a stop of a long above the market', {
    ...stop,
    slTriggerPx: '61000',
    slTriggerPxType: 'last',
  }),
  refusedAlgo('51304', 'a stop of a long above the mark', { ...stop, slTriggerPx: '61000' }),
  refusedAlgo('51279', 'a take-profit of a long below the market', {
    ...take,
    tpTriggerPx: '59000',
  }),
  refusedAlgo('51278', 'a stop of a short below the market', {
    ...stop,
    side: 'buy',
    slTriggerPxType: 'last',
  }),
  refusedAlgo('51277', 'a take-profit of a short above the market', { ...take, side: 'buy' }),
  refusedAlgo('51065', 'a client id that waits', stop, { before: [waitingStop] }),
  refusedAlgo('51121', 'a conditional size off the lot', { ...stop, sz: '1.005' }),
  refusedAlgo('51150', 'a trigger price off the tick', { ...stop, slTriggerPx: '58000.05' }),
  refusedAlgo('51275', 'more than a conditional order may be', { ...stop, sz: '90000000' }),
  refusedAlgo('51058', 'a stop of the whole of nothing', whole),
  refusedAlgo(
    '51088',
    'a second stop of the whole',
    { ...whole, algoClOrdId: 'whole2' },
    {
      before: [openLong, placeAlgo({ ...whole, algoClOrdId: 'whole1' })],
    },
  ),
  refusedAlgo(
    /^513(27|28|29|30|31|32)$/,
    'a stop of the whole that does not say reduce-only',
    {
      ...whole,
      reduceOnly: false,
    },
    { before: [openLong] },
  ),
  refusedAlgo('51258', 'a trailing stop that begins below the market', {
    ...trail,
    activePx: '59000',
  }),
  refusedAlgo(/^(51311|51257)$/, 'a trailing stop of too much', { ...trail, callbackRatio: '2' }),
  refusedAlgo('51095', 'a resting take-profit without a stop', {
    side: 'sell',
    ordType: 'oco',
    sz: '1',
    tpOrdKind: 'limit',
    tpOrdPx: '61000',
    reduceOnly: true,
    cxlOnClosePos: true,
  }),
  refusedAlgo('51096', 'a resting take-profit that outlives its position', {
    side: 'sell',
    ordType: 'oco',
    sz: '1',
    tpOrdKind: 'limit',
    tpOrdPx: '61000',
    slTriggerPx: '58000',
    slOrdPx: '-1',
    reduceOnly: true,
  }),
  refusedAlgo('51000', 'a conditional order of no contract', { ...stop, sz: '0' }),
  refusedAlgo('51001', 'a conditional order of no instrument', {
    ...stop,
    instId: 'FOO-USDT-SWAP',
  }),
  refusedAlgo('51010', 'a conditional order of another margin mode', { ...stop, tdMode: 'cash' }),
  refusedAlgo(
    '51065',
    'a client id that waits, whatever the kind',
    {
      ...trail,
      algoClOrdId: 'stop1',
    },
    { before: [waitingStop] },
  ),
  refusedAlgo('51205', 'a trigger order that reduces', {
    side: 'sell',
    ordType: 'trigger',
    sz: '1',
    triggerPx: '59000',
    orderPx: '-1',
    reduceOnly: true,
  }),
  {
    title: '51400 cancel of an unknown conditional order',
    send: post('trade/cancel-algos', [{ ...btc, algoClOrdId: 'nobody' }]),
    answer: {
      code: says('1'),
      msg: 'empty',
      data: [
        'rows',
        { ...algoReceipt, algoId: 'text or empty', sCode: says('51400'), sMsg: 'text' },
      ],
    },
  },
  {
    title: '51400 cancel of a conditional order that has fired',
    before: [openLong, waitingStop, fall],
    send: post('trade/cancel-algos', [{ ...btc, algoClOrdId: 'stop1' }]),
    answer: {
      code: says('1'),
      msg: 'empty',
      data: [
        'rows',
        { ...algoReceipt, algoId: 'text or empty', sCode: says('51400'), sMsg: 'text' },
      ],
    },
  },
  algoNotDone(
    '51527',
    'amend of a conditional order that was cancelled',
    amendAlgo({ algoClOrdId: 'stop1', newSz: '2' }),
    [waitingStop, post('trade/cancel-algos', [{ ...btc, algoClOrdId: 'stop1' }])],
  ),
  algoNotDone(
    /^515\d\d$/,
    'amend of a trailing stop',
    amendAlgo({ algoClOrdId: 'trail1', newSz: '2' }),
    [placeAlgo({ ...trail, algoClOrdId: 'trail1' })],
  ),
  algoNotDone(
    '51527',
    'amend of an unknown conditional order',
    amendAlgo({ algoClOrdId: 'nobody', newSz: '2' }),
    [],
  ),
  algoNotDone(
    '51531',
    'the only leg taken away',
    amendAlgo({ algoClOrdId: 'stop1', newSlTriggerPx: '0' }),
    [waitingStop],
  ),
  algoNotDone(
    '51526',
    'a leg added',
    amendAlgo({ algoClOrdId: 'stop1', newTpTriggerPx: '61000', newTpOrdPx: '-1' }),
    [waitingStop],
  ),
  algoNotDone(
    /^5152[34]$/,
    'a size for the stop of the whole',
    amendAlgo({ algoClOrdId: 'stop1', newSz: '2' }),
    [openLong, placeAlgo(whole)],
  ),
]

function nameOf(sCode: string | RegExp): string {
  return typeof sCode === 'string' ? sCode : sCode.source
}
