import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { hedgedLong } from './probesHedge.ts'
import { receipt, refusedOrder, says } from './shapes.ts'
import { btc, hedgeOn, openLong, place, post, resting, restingBuy } from './words.ts'

// docs/wire/okx.md 4.2 to 4.6 and 6: what a row says was refused, HTTP 200.

type Members = { readonly [key: string]: Json }

const timed = { inTime: /^\d{16}$/, outTime: /^\d{16}$/ } as const

/** A row of the order book. */
function refused(
  sCode: string,
  title: string,
  json: Members,
  { sMsg = 'text', subCode = 'text or empty', ...more }: More = {},
): Probe {
  return {
    title: `${sCode} ${title}`,
    send: place(json),
    answer: {
      code: says('1'),
      msg: says('All operations failed'),
      data: ['rows', refusedOrder(sCode, sMsg, { subCode, clOrdId: 'text or empty' })],
      ...timed,
    },
    ...more,
  }
}

interface More extends Partial<Probe> {
  readonly sMsg?: Shape
  readonly subCode?: Shape
}

/** A row of a cancel or an amendment. */
function notDone(sCode: string, title: string, send: Words, more: Partial<Probe> = {}): Probe {
  return {
    title: `${sCode} ${title}`,
    send,
    answer: {
      code: says('1'),
      msg: says('All operations failed'),
      data: [
        'rows',
        {
          ordId: 'text or empty',
          clOrdId: 'text or empty',
          ts: 'text or empty',
          sCode: says(sCode),
          sMsg: 'text',
          ...(send.path.endsWith('amend-order')
            ? { reqId: 'text or empty', subCode: 'text or empty' }
            : {}),
        },
      ],
      ...timed,
    },
    ...more,
  }
}

const market = { side: 'buy', ordType: 'market', sz: '1' } as const
const close = { ...market, side: 'sell', reduceOnly: true } as const

export const orderRefusals: readonly Probe[] = [
  refused(
    '51001',
    'no such instrument',
    { ...market, instId: 'FOO-USDT-SWAP' },
    { sMsg: says("Instrument ID, Instrument ID code, or Spread ID doesn't exist.") },
  ),
  refused(
    '51000',
    'no such side',
    { ...market, side: 'up' },
    { sMsg: says('Parameter side  error'), notUnderstood: ['side'] },
  ),
  refused(
    '51000',
    'no such order type',
    { ...market, ordType: 'iceberg' },
    { sMsg: says('Parameter ordType  error'), notUnderstood: ['ordType'] },
  ),
  refused('51000', 'no size', { ...market, sz: '0' }, { sMsg: says('Parameter sz  error') }),
  refused(
    '51000',
    'a client id of strange letters',
    { ...resting, clOrdId: 'a-b' },
    { sMsg: says('Parameter clOrdId  error') },
  ),
  refused(
    '51000',
    'a client id of 33 letters',
    { ...resting, clOrdId: 'a'.repeat(33) },
    { sMsg: says('Parameter clOrdId  error') },
  ),
  refused('51010', 'a margin mode the account does not have', { ...market, tdMode: 'cash' }),
  refused('51121', 'a size off the lot', { ...market, sz: '1.005' }),
  refused('51121', 'a size below the lot', { ...market, sz: '0.001' }),
  refused('51202', 'more than a market order may be', { ...market, sz: '90000000' }),
  refused('51101', 'more than a limit order may be', { ...resting, sz: '900000000' }),
  refused('51150', 'a price off the tick', { ...resting, px: '59500.05' }),
  refused('51204', 'a limit order of no price', { ...market, ordType: 'limit' }),
  refused(
    '51006',
    'a purchase above the band',
    { ...resting, px: '70000' },
    { sMsg: /58200.*61800|61800.*58200/ },
  ),
  refused('51006', 'a sale below the band', { ...resting, side: 'sell', px: '50000' }),
  refused(
    '51008',
    'more than the account can carry',
    { ...resting, sz: '1000' },
    { sMsg: /^Order failed\. Insufficient USDT margin in account/, subCode: says('1001') },
  ),
  refused('51016', 'a client id that is pending', resting, { before: [restingBuy] }),
  refused('51169', 'reduce-only while flat', close),
  refused(
    '51170',
    "reduce-only on the position's own side",
    { ...market, reduceOnly: true },
    { before: [openLong] },
  ),
  refused('51112', 'reduce-only above the position', { ...close, sz: '2' }, { before: [openLong] }),
  refused('51000', 'no side in long/short mode', market, {
    before: [hedgeOn],
    sMsg: /^Parameter posSide {1,2}error$/,
  }),
  refused(
    '51169',
    'a close of a side without position',
    { ...market, side: 'sell', posSide: 'long' },
    { before: [hedgeOn] },
  ),
  refused(
    '51112',
    'a close for which others leave nothing',
    { side: 'sell', posSide: 'long', ordType: 'limit', px: '60600', sz: '1' },
    {
      before: [
        hedgeOn,
        hedgedLong,
        place({ side: 'sell', posSide: 'long', ordType: 'limit', px: '60500', sz: '1' }),
      ],
    },
  ),
  refused(
    '51206',
    'a plain order that would turn reduce-only ones round',
    { ...market, side: 'sell', sz: '2' },
    { before: [openLong, place({ ...close, ordType: 'limit', px: '60500' })] },
  ),
  notDone(
    '51171',
    'amend of what reduces above the position',
    post('trade/amend-order', { ...btc, clOrdId: 'close1', newSz: '2' }),
    {
      before: [openLong, place({ ...close, ordType: 'limit', px: '60500', clOrdId: 'close1' })],
    },
  ),
  notDone(
    '51400',
    'cancel of an unknown order',
    post('trade/cancel-order', { ...btc, clOrdId: 'nobody' }),
  ),
  notDone(
    '51400',
    'cancel of an order that was filled',
    post('trade/cancel-order', { ...btc, clOrdId: 'entry1' }),
    { before: [openLong] },
  ),
  notDone('51407', 'cancel without an id', post('trade/cancel-order', btc)),
  notDone('51003', 'amend without an id', post('trade/amend-order', { ...btc, newSz: '2' })),
  notDone(
    '51503',
    'amend of an unknown order',
    post('trade/amend-order', { ...btc, clOrdId: 'nobody', newSz: '2' }),
  ),
  notDone(
    '51503',
    'amend of an order that was filled',
    post('trade/amend-order', { ...btc, clOrdId: 'entry1', newSz: '2' }),
    { before: [openLong] },
  ),
  notDone('51500', 'amend of nothing', post('trade/amend-order', { ...btc, clOrdId: 'resting1' }), {
    before: [restingBuy],
  }),
  {
    title: '51512 an order amended twice in one batch',
    before: [restingBuy],
    send: post('trade/amend-batch-orders', [
      { ...btc, clOrdId: 'resting1', newSz: '2' },
      { ...btc, clOrdId: 'resting1', newSz: '3' },
    ]),
    answer: {
      code: ['one of', '1', '2'],
      msg: 'text or empty',
      data: ['rows', amendRow(['one of', '0', '51512']), amendRow(says('51512'))],
      ...timed,
    },
  },
  {
    title: '51016 and 50014 a batch of which nothing is done',
    before: [restingBuy],
    send: post('trade/batch-orders', [
      { ...btc, tdMode: 'cross', ...resting },
      { ...btc, tdMode: 'cross', ordType: 'market', sz: '1' },
    ]),
    answer: {
      code: says('1'),
      msg: says('All operations failed'),
      data: [
        'rows',
        refusedOrder('51016', 'text', { clOrdId: says('resting1') }),
        refusedOrder('50014', says('Parameter side can not be empty.')),
      ],
      ...timed,
    },
  },
]

function amendRow(sCode: Shape): Shape {
  return {
    ordId: 'text or empty',
    clOrdId: says('resting1'),
    ts: receipt.ts,
    reqId: 'empty',
    sCode,
    sMsg: 'text or empty',
    subCode: 'text or empty',
  }
}
