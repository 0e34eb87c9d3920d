import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { history, limit, live } from './probesOrders.ts'
import {
  endedOrder,
  entrusted,
  is58000,
  lists,
  order,
  orderDetail,
  plan,
  receipt,
  success,
} from './shapes.ts'
import {
  btc,
  coin,
  create,
  detail,
  openLong,
  pending,
  plansOf,
  post,
  restingBuy,
  stopOfLong,
  usdt,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.4, one-way mode: amends, cancels and batches.

const withBoth = create({
  ...limit,
  clientOid: 'resting-1',
  presetStopLossPrice: '58000',
  presetStopSurplusPrice: '62000',
})

function amend(json: Readonly<Record<string, string>>): Words {
  const ids = { clientOid: 'resting-1', newClientOid: 'resting-2' }
  return write('order/modify-order', { ...ids, ...json })
}

const amended = amend({ newSize: '0.02', newPrice: '58900' })

const named = { ...receipt, clientOid: ['one of', 'resting-1'] } as const satisfies Shape
const cancelled = write('order/cancel-order', { clientOid: 'resting-1' })
const cancelAll = post('v2/mix/order/cancel-all-orders', { ...usdt, ...coin })

function batch(...orderList: readonly { readonly [key: string]: string }[]): Words {
  return write('order/batch-place-order', { marginMode: 'crossed', orderList })
}

export const cancelProbes: readonly Probe[] = [
  {
    title: 'amend answers with the old order',
    before: [restingBuy],
    send: amended,
    answer: success(named),
  },
  {
    title: 'amend makes a new order',
    before: [restingBuy, amended],
    send: pending,
    answer: entrusted(
      order('live', {
        clientOid: ['one of', 'resting-2'],
        size: /^0\.020*$/,
        price: /^58900(\.0+)?$/,
      }),
    ),
  },
  {
    title: 'amend cancels the old order',
    before: [restingBuy, amended],
    send: detail('resting-1'),
    answer: orderDetail('canceled', { cancelReason: ['one of', 'modify_limit_order'] }),
  },
  { title: 'cancel', before: [restingBuy], send: cancelled, answer: success(named) },
  {
    title: 'an order that was cancelled',
    before: [restingBuy, cancelled],
    send: detail('resting-1'),
    answer: orderDetail('canceled', {
      ...live,
      cancelReason: ['one of', 'normal_cancel'],
    }),
  },
  {
    title: 'an order that was cancelled stays in the history',
    before: [restingBuy, cancelled],
    send: history,
    answer: entrusted(
      endedOrder('canceled', { ...live, cancelReason: ['one of', 'normal_cancel'] }),
    ),
  },
  {
    title: 'cancel of a list',
    before: [restingBuy],
    send: write('order/batch-cancel-orders', { orderIdList: [{ clientOid: 'resting-1' }] }),
    answer: lists(['rows', named]),
  },
  {
    title: 'cancel of a list, one of them unknown',
    before: [restingBuy],
    send: write('order/batch-cancel-orders', {
      orderIdList: [{ clientOid: 'resting-1' }, { orderId: '1300000000000000001' }],
    }),
    answer: lists(
      ['rows', named],
      [
        'rows',
        {
          orderId: ['one of', '1300000000000000001'],
          clientOid: ['optional', ['either', 'text or empty', 'null']],
          errorMsg: ['one of', 'notExistend'],
          errorCode: ['optional', 'text or empty'],
        },
      ],
    ),
  },
  {
    title: 'cancel of a symbol',
    before: [restingBuy],
    send: post('v2/mix/order/batch-cancel-orders', btc),
    answer: lists(['rows', named]),
  },
  {
    title: 'cancel of a product type',
    before: [restingBuy],
    send: cancelAll,
    answer: lists(['rows', named]),
  },
  {
    title: 'several orders at once',
    send: batch({ ...limit, clientOid: 'batch-1' }, { ...limit, clientOid: 'batch-2' }),
    answer: lists([
      'rows',
      { ...receipt, clientOid: ['one of', 'batch-1'] },
      { ...receipt, clientOid: ['one of', 'batch-2'] },
    ]),
  },
  {
    title: 'several orders at once, one of them too big',
    send: batch(
      { ...limit, clientOid: 'batch-1' },
      { ...limit, size: '200', clientOid: 'batch-2' },
    ),
    answer: lists(
      ['rows', { ...receipt, clientOid: ['one of', 'batch-1'] }],
      [
        'rows',
        {
          orderId: ['one of', ''],
          clientOid: ['one of', 'batch-2'],
          errorMsg: 'text',
          errorCode: ['one of', '40762'],
        },
      ],
    ),
  },
  {
    title: 'several orders at once, all of them refused, are a success',
    send: batch({ ...limit, size: '200', clientOid: 'batch-1' }),
    answer: lists(
      ['rows'],
      ['rows', { orderId: 'empty', clientOid: 'text', errorMsg: 'text', errorCode: 'digits' }],
    ),
  },
  {
    title: 'positions closed at the market',
    before: [openLong],
    send: post('v2/mix/order/close-positions', btc),
    answer: lists([
      'rows',
      { orderId: /^\d{19}$/, clientOid: 'text', symbol: ['one of', 'BTCUSDT'] },
    ]),
  },
  {
    title: 'cancels of plain orders leave plans alone',
    before: [openLong, stopOfLong, restingBuy, post('v2/mix/order/batch-cancel-orders', btc)],
    send: plansOf('profit_loss'),
    answer: entrusted(plan('loss_plan', { clientOid: ['one of', 'stop-1'] })),
  },
  {
    title: 'amend of the stop on an entry alone drops its take-profit',
    before: [withBoth, amend({ newPresetStopLossPrice: '58500' })],
    send: detail('resting-2'),
    answer: orderDetail('live', {
      presetStopLossPrice: /^58500(\.0+)?$/,
      presetStopSurplusPrice: ['one of', ''],
      price: /^59000(\.0+)?$/,
    }),
  },
  {
    title: 'amend of size, price and the stop on an entry: the stop stays as it was',
    before: [
      withBoth,
      amend({ newSize: '0.02', newPrice: '58900', newPresetStopLossPrice: '58500' }),
    ],
    send: detail('resting-2'),
    answer: orderDetail('live', {
      presetStopLossPrice: is58000,
      presetStopSurplusPrice: /^62000(\.0+)?$/,
      price: /^58900(\.0+)?$/,
      size: /^0\.020*$/,
    }),
  },
]
