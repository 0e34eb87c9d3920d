import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  emptyEntrusted,
  endedOrder,
  entrusted,
  is58000,
  isHundredth,
  isZero,
  order,
  orderDetail,
  receipt,
  receiptOf,
  success,
} from './shapes.ts'
import {
  ask,
  btc,
  coin,
  create,
  detail,
  member,
  openLong,
  pending,
  restingBuy,
  usdt,
} from './words.ts'

// docs/wire/bitget.md 4.4 and 4.5, one-way mode.

export const limit = { side: 'buy', orderType: 'limit', size: '0.01', price: '59000' } as const
export const history = ask('v2/mix/order/orders-history', btc)
function reduce(price: string, clientOid: string): Words {
  return create({ ...limit, side: 'sell', price, reduceOnly: 'YES', clientOid })
}

const closeHalf = create({
  side: 'sell',
  orderType: 'market',
  size: '0.005',
  reduceOnly: 'YES',
  clientOid: 'half-1',
})

const filled = {
  clientOid: ['one of', 'entry-1'],
  orderType: ['one of', 'market'],
  size: isHundredth,
  baseVolume: isHundredth,
  price: ['one of', ''],
  priceAvg: /^[56]\d{4}/,
  fee: /^-0\.\d/,
  side: ['one of', 'buy'],
  posSide: ['one of', 'net'],
  tradeSide: ['one of', 'buy_single'],
  reduceOnly: ['one of', 'NO'],
  enterPointSource: /^api$/i,
  cancelReason: ['one of', ''],
} as const satisfies Shape

export const live = {
  clientOid: ['one of', 'resting-1'],
  orderType: ['one of', 'limit'],
  force: ['one of', 'gtc'],
  size: isHundredth,
  price: /^59000(\.0+)?$/,
  baseVolume: isZero,
  priceAvg: ['one of', ''],
  posSide: ['one of', 'net'],
  tradeSide: ['one of', 'buy_single'],
  orderSource: ['one of', 'normal'],
  reduceOnly: ['one of', 'NO'],
  leverage: /^20(\.0+)?$/,
  marginMode: ['one of', 'crossed'],
  cancelReason: ['one of', ''],
  presetStopLossPrice: ['one of', ''],
  presetStopSurplusPrice: ['one of', ''],
} as const satisfies Shape

/** One that ends by itself. */
function ends(force: string, price: string): Words {
  return create({ ...limit, price, force, clientOid: 'ends-1' })
}

function ended(force: string, cancelReason: string): Shape {
  return orderDetail('canceled', {
    clientOid: ['one of', 'ends-1'],
    force: ['one of', force],
    baseVolume: isZero,
    cancelReason: ['one of', cancelReason],
  })
}

export const orderProbes: readonly Probe[] = [
  { title: 'an order is acknowledged', send: openLong, answer: receiptOf('entry-1') },
  {
    title: 'an order without a client id gets one of digits',
    send: create(limit),
    answer: success({ ...receipt, clientOid: 'digits' }),
  },
  {
    title: 'tokens in any case, numbers for decimals',
    send: create({
      ...limit,
      size: 0.01,
      price: 59000,
      force: 'GTC',
      side: 'BUY',
      clientOid: 'x-1',
    }),
    answer: receiptOf('x-1'),
  },
  {
    title: 'a filled market order, by its id',
    before: [openLong],
    send: ([entry]) => ask('v2/mix/order/detail', { ...btc, orderId: member(entry, 'orderId') }),
    answer: orderDetail('filled', filled),
  },
  {
    title: 'a resting limit order, by its client id',
    before: [restingBuy],
    send: detail('resting-1'),
    answer: orderDetail('live', live),
  },
  { title: 'no open orders: null', send: pending, answer: emptyEntrusted },
  {
    title: 'open orders',
    before: [restingBuy],
    send: pending,
    answer: entrusted(order('live', live)),
  },
  {
    title: 'open orders of all symbols, newest first',
    before: [restingBuy, create({ ...limit, clientOid: 'resting-0' })],
    send: ask('v2/mix/order/orders-pending', usdt),
    answer: entrusted(
      order('live', { clientOid: ['one of', 'resting-0'] }),
      order('live', { clientOid: ['one of', 'resting-1'] }),
    ),
  },
  {
    title: 'history of orders',
    before: [openLong],
    send: history,
    answer: entrusted(endedOrder('filled', filled)),
  },
  {
    title: 'a reduce-only order reads YES',
    before: [openLong, closeHalf],
    send: detail('half-1'),
    answer: orderDetail('filled', {
      reduceOnly: ['one of', 'YES'],
      side: ['one of', 'sell'],
      posSide: ['one of', 'net'],
      tradeSide: ['one of', 'sell_single', 'reduce_sell_single'],
      baseVolume: /^0\.0050*$/,
    }),
  },
  {
    title: 'a reduce-only order above the position is cut to it',
    before: [
      openLong,
      create({
        side: 'sell',
        orderType: 'market',
        size: '0.03',
        reduceOnly: 'YES',
        clientOid: 'cut-1',
      }),
    ],
    send: ask('v2/mix/position/all-position', { ...usdt, ...coin }),
    answer: success(['rows']),
  },
  {
    title: 'a post-only order that would trade ends at once',
    before: [ends('post_only', '60500')],
    send: detail('ends-1'),
    answer: ended('post_only', 'post_only_fill_cancel'),
  },
  {
    title: 'an order for now that finds nothing ends at once',
    before: [ends('ioc', '59000')],
    send: detail('ends-1'),
    answer: ended('ioc', 'ioc_not_full_cancel'),
  },
  {
    title: 'an order for all or nothing that finds nothing ends at once',
    before: [ends('fok', '59000')],
    send: detail('ends-1'),
    answer: ended('fok', 'fok_not_full_cancel'),
  },
  {
    title: 'a stop on the entry stands in the order until it fills',
    before: [create({ ...limit, clientOid: 'resting-1', presetStopLossPrice: '58000' })],
    send: detail('resting-1'),
    answer: orderDetail('live', {
      presetStopLossPrice: is58000,
      presetStopLossType: ['one of', 'fill_price'],
      presetStopSurplusPrice: ['one of', ''],
    }),
  },
  {
    title: 'a key nobody knows is ignored',
    send: create({ ...limit, clientOid: 'x-1', presetStopLosPrice: '58000' }),
    answer: receiptOf('x-1'),
    notUnderstood: ['presetStopLosPrice'],
  },
  {
    title: 'a reduce-only order that displaces an older one is told without its id',
    before: [openLong, reduce('61000', 'reduce-1')],
    send: reduce('61500', 'reduce-2'),
    answer: success({
      orderId: ['optional', ['either', 'null', 'empty']],
      clientOid: ['one of', 'reduce-2'],
    }),
  },
  {
    title: 'a reduce-only order that was displaced',
    before: [openLong, reduce('61000', 'reduce-1'), reduce('61500', 'reduce-2')],
    send: detail('reduce-1'),
    answer: orderDetail('canceled', { reduceOnly: ['one of', 'YES'] }),
  },
]
