import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { is58000, isHundredth, isZero, success } from './shapes.ts'
import { emptyPage, listed, order, page, receipt, receiptOf } from './shapesUnified.ts'
import { ask, member } from './words.ts'
import {
  closeLong,
  create,
  history,
  info,
  limit,
  openLong,
  pending,
  restingBuy,
} from './wordsUnified.ts'

// docs/wire/bitget.md 12.2 and 12.4.

const filled = {
  clientOid: ['one of', 'entry-1'],
  orderType: ['one of', 'market'],
  side: ['one of', 'buy'],
  price: ['one of', '0'],
  qty: isHundredth,
  cumExecQty: isHundredth,
  avgPrice: /^[56]\d{4}/,
  reduceOnly: ['one of', 'NO'],
  feeDetail: ['rows', { feeCoin: ['one of', 'USDT'], fee: /^0\.\d*[1-9]/ }],
} as const satisfies Shape

export const live = {
  clientOid: ['one of', 'resting-1'],
  orderType: ['one of', 'limit'],
  timeInForce: ['one of', 'gtc'],
  price: /^59000(\.0+)?$/,
  qty: isHundredth,
  cumExecQty: isZero,
  avgPrice: isZero,
  marginMode: ['one of', 'crossed'],
} as const satisfies Shape

/** One that ends by itself. */
function ends(timeInForce: string, price: string) {
  return create({ ...limit, price, timeInForce, clientOid: 'ends-1' })
}

function ended(timeInForce: string, cancelReason: string): Shape {
  return success(
    order('cancelled', {
      clientOid: ['one of', 'ends-1'],
      timeInForce: ['one of', timeInForce],
      cumExecQty: isZero,
      cancelReason: ['one of', cancelReason],
    }),
  )
}

function reduce(price: string, clientOid: string): Words {
  return create({ ...limit, side: 'sell', price, reduceOnly: 'yes', clientOid })
}

export const unifiedOrderProbes: readonly Probe[] = [
  { title: 'an order is acknowledged', send: openLong, answer: receiptOf('entry-1') },
  {
    title: 'an order without a client id gets one',
    send: create(limit),
    answer: success(receipt),
  },
  {
    title: 'tokens in any case, numbers for decimals',
    send: create({ ...limit, category: 'usdt-futures', qty: 0.01, price: 59000, clientOid: 'x-1' }),
    answer: receiptOf('x-1'),
  },
  {
    title: 'a filled market order, by its id',
    before: [openLong],
    send: ([entry]) => ask('v3/trade/order-info', { orderId: member(entry, 'orderId') }),
    answer: success(order('filled', filled)),
  },
  {
    title: 'a resting limit order, by its client id',
    before: [restingBuy],
    send: info('resting-1'),
    answer: success(order('new', { ...live, cancelReason: 'empty' })),
  },
  { title: 'no open orders', send: pending, answer: emptyPage },
  {
    title: 'open orders: two keys less',
    before: [restingBuy],
    send: pending,
    answer: page(listed('new', live)),
  },
  {
    title: 'history of orders',
    before: [openLong],
    send: history,
    answer: page(order('filled', filled)),
  },
  {
    title: 'a reduce-only order reads YES',
    before: [openLong, closeLong],
    send: info('close-1'),
    answer: success(order('filled', { reduceOnly: ['one of', 'YES'], side: ['one of', 'sell'] })),
  },
  {
    title: 'a post-only order that would trade ends at once',
    before: [ends('post_only', '60500')],
    send: info('ends-1'),
    answer: ended('post_only', 'post_only_fill_cancel'),
  },
  {
    title: 'an order for now that finds nothing ends at once',
    before: [ends('ioc', '59000')],
    send: info('ends-1'),
    answer: ended('ioc', 'ioc_not_full_cancel'),
  },
  {
    title: 'an order for all or nothing that finds nothing ends at once',
    before: [ends('fok', '59000')],
    send: info('ends-1'),
    answer: ended('fok', 'fok_not_full_cancel'),
  },
  {
    title: 'a stop on the entry stands in the order',
    before: [create({ ...limit, clientOid: 'resting-1', stopLoss: '58000', slTriggerBy: 'mark' })],
    send: info('resting-1'),
    answer: success(order('new', { ...live, stopLoss: is58000, slTriggerBy: ['one of', 'mark'] })),
  },
  {
    title: 'a key nobody knows is ignored',
    send: create({ ...limit, clientOid: 'x-1', stopLos: '58000' }),
    answer: receiptOf('x-1'),
    notUnderstood: ['stopLos'],
  },
  {
    title: "the position's side is ignored in one-way mode",
    send: create({ ...limit, clientOid: 'x-1', posSide: 'long' }),
    answer: receiptOf('x-1'),
  },
  {
    title: 'a reduce-only order that displaces an older one is told without its id',
    before: [openLong, reduce('61000', 'reduce-1')],
    send: reduce('61500', 'reduce-2'),
    answer: success({ orderId: 'null', clientOid: ['one of', 'reduce-2'] }),
  },
  {
    title: 'a reduce-only order that was displaced',
    before: [openLong, reduce('61000', 'reduce-1'), reduce('61500', 'reduce-2')],
    send: info('reduce-1'),
    answer: success(order('cancelled', { reduceOnly: ['one of', 'YES'] })),
  },
]
