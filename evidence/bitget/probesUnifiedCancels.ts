import type { Json, Probe, Shape } from '../../test/wire/evidence.ts'
import { live } from './probesUnifiedOrders.ts'
import { is58000, success } from './shapes.ts'
import { emptyPage, fill, order, page, receipt, receiptOf } from './shapesUnified.ts'
import { ask, member, post } from './words.ts'
import {
  atMarket,
  btc,
  closeLong,
  create,
  hedgedLong,
  hedgedShort,
  hedgeOn,
  history,
  info,
  limit,
  openLong,
  positions,
  restingBuy,
  usdt,
  write,
} from './wordsUnified.ts'

// docs/wire/bitget.md 12.4: amends, cancels, batches and fills.

const named = { ...receipt, clientOid: ['one of', 'resting-1'] } as const satisfies Shape
const cancelled = write('trade/cancel-order', { clientOid: 'resting-1' })
const ofHedge = { holdMode: ['one of', 'hedge_mode'], posSide: ['one of', 'long'] } as const
const fills = ask('v3/trade/fills', usdt)

const hedgedClose = create({
  ...atMarket,
  side: 'sell',
  posSide: 'long',
  clientOid: 'close-1',
})

const amended = write('trade/modify-order', {
  clientOid: 'resting-1',
  qty: '0.02',
  price: '58900',
})

function batch(path: string, ...items: readonly Json[]) {
  return post(`v3/trade/${path}`, items)
}

function failed(code: string): Shape {
  return {
    orderId: ['optional', ['either', 'text or empty', 'null']],
    clientOid: ['optional', ['either', 'text or empty', 'null']],
    code: ['one of', code],
    msg: 'text',
  }
}

export const unifiedCancelProbes: readonly Probe[] = [
  { title: 'amend', before: [restingBuy], send: amended, answer: receiptOf('resting-1') },
  {
    title: 'amend keeps the id',
    before: [restingBuy, amended],
    send: ([entry]) => ask('v3/trade/order-info', { orderId: member(entry, 'orderId') }),
    answer: success(order('new', { ...live, qty: /^0\.020*$/, price: /^58900(\.0+)?$/ })),
  },
  { title: 'cancel', before: [restingBuy], send: cancelled, answer: success(named) },
  {
    title: 'an order that was cancelled',
    before: [restingBuy, cancelled],
    send: info('resting-1'),
    answer: success(order('cancelled', { ...live, cancelReason: ['one of', 'normal_cancel'] })),
  },
  {
    title: 'an order that was cancelled stays in the history',
    before: [restingBuy, cancelled],
    send: history,
    answer: page(order('cancelled', { ...live, cancelReason: ['one of', 'normal_cancel'] })),
  },
  {
    title: 'a client id is free again after the order has ended',
    before: [restingBuy, cancelled],
    send: restingBuy,
    answer: success(named),
  },
  {
    title: 'cancel of a symbol',
    before: [restingBuy],
    send: write('trade/cancel-symbol-order', {}),
    answer: success({ list: ['rows', named] }),
  },
  {
    title: 'cancel of a category',
    before: [restingBuy],
    send: post('v3/trade/cancel-symbol-order', usdt),
    answer: success({ list: ['rows', named] }),
  },
  {
    title: 'several orders at once, one of them too big',
    send: batch(
      'place-batch',
      { ...btc, ...limit, clientOid: 'batch-1' },
      { ...btc, ...limit, qty: '200', clientOid: 'batch-2' },
    ),
    answer: success([
      'rows',
      { ...receipt, clientOid: ['one of', 'batch-1'] },
      {
        clientOid: ['one of', 'batch-2'],
        orderId: ['one of', ''],
        code: ['one of', '40762'],
        msg: ['one of', 'The order amount exceeds the balance'],
      },
    ]),
  },
  {
    title: 'several orders amended at once',
    before: [restingBuy],
    send: batch('batch-modify-order', { ...btc, clientOid: 'resting-1', qty: '0.02' }),
    answer: success(['rows', named]),
  },
  {
    title: 'several orders amended at once, one of them as it is',
    before: [restingBuy],
    send: batch('batch-modify-order', {
      ...btc,
      clientOid: 'resting-1',
      qty: '0.01',
      price: '59000',
    }),
    answer: success(['rows', failed('25571')]),
  },
  {
    title: 'several orders cancelled at once, one of them unknown',
    before: [restingBuy],
    send: batch(
      'cancel-batch',
      { ...btc, clientOid: 'resting-1' },
      { ...btc, orderId: '1300000000000000001' },
    ),
    answer: success(['rows', named, failed('25204')]),
  },
  {
    title: 'positions closed at the market',
    before: [openLong],
    send: write('trade/close-positions', {}),
    answer: success({ list: ['rows', receipt] }),
  },
  { title: 'no fills', before: [restingBuy], send: fills, answer: emptyPage },
  {
    title: 'fills',
    before: [openLong],
    send: fills,
    answer: page({
      ...fill,
      clientOid: ['one of', 'entry-1'],
      side: ['one of', 'buy'],
      tradeScope: ['one of', 'taker'],
    }),
  },
  {
    title: 'fills, newest first, a page of one',
    before: [openLong, closeLong],
    send: ask('v3/trade/fills', { ...usdt, limit: '1' }),
    answer: page({ ...fill, clientOid: ['one of', 'close-1'], side: ['one of', 'sell'] }),
  },
  {
    title: 'hedge mode: an order that opens',
    before: [hedgeOn, hedgedLong],
    send: info('long-1'),
    answer: success(
      order('filled', { ...ofHedge, side: ['one of', 'buy'], tradeSide: ['one of', 'open'] }),
    ),
  },
  {
    title: 'hedge mode: an order that closes a long sells, and does not read as reducing',
    before: [hedgeOn, hedgedLong, hedgedClose],
    send: info('close-1'),
    answer: success(
      order('filled', {
        ...ofHedge,
        side: ['one of', 'sell'],
        tradeSide: ['one of', 'close'],
        reduceOnly: ['one of', 'NO'],
      }),
    ),
  },
  {
    title: 'hedge mode: fills',
    before: [hedgeOn, hedgedLong, hedgedClose],
    send: fills,
    answer: page(
      {
        ...fill,
        side: ['one of', 'sell'],
        posSide: ['one of', 'long'],
        tradeSide: ['one of', 'close'],
      },
      {
        ...fill,
        side: ['one of', 'buy'],
        posSide: ['one of', 'long'],
        tradeSide: ['one of', 'open'],
      },
    ),
  },
  {
    title: 'hedge mode: closing leaves the other side',
    before: [hedgeOn, hedgedLong, hedgedShort, hedgedClose],
    send: ask('v3/position/current-position', { ...btc, posSide: 'long' }),
    answer: success({ list: ['either', 'null', ['rows']] }),
  },
  {
    title: 'a reduce-only order above the position is cut to it',
    before: [
      openLong,
      create({ ...atMarket, side: 'sell', qty: '0.03', reduceOnly: 'yes', clientOid: 'cut-1' }),
    ],
    send: positions,
    answer: success({ list: ['either', 'null', ['rows']] }),
  },
  {
    title: 'amend keeps the stop on an entry',
    before: [create({ ...limit, clientOid: 'resting-1', stopLoss: '58000' }), amended],
    send: info('resting-1'),
    answer: success(order('new', { stopLoss: is58000, price: /^58900(\.0+)?$/ })),
  },
  {
    title: 'amend takes the stop off an entry',
    before: [
      create({ ...limit, clientOid: 'resting-1', stopLoss: '58000' }),
      write('trade/modify-order', { clientOid: 'resting-1', stopLoss: '0' }),
    ],
    send: info('resting-1'),
    answer: success(order('new', { stopLoss: ['either', 'empty', 'null'] })),
  },
]
