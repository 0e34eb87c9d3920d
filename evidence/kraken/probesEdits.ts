import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  cancelled,
  cancelNotFound,
  edited,
  editStatus,
  eventOrder,
  execution,
  is,
  iso,
  openOrder,
  place,
  recentOrder,
  sent,
  success,
  uuid,
} from './shapes.ts'
import { cancel, edit, idOf, limit, openLong, openOrders, post, restingBuy, send } from './words.ts'

// docs/wire/kraken.md 4.6 and 5.4: plain orders edited and cancelled.

const remembered = {
  cliOrdId: is('resting-1'),
  side: is('buy'),
  quantity: is(0.01),
  filled: is(0),
  limitPrice: is(59500),
  reduceOnly: is(false),
} as const satisfies Shape
const resting = { ...remembered, type: is('lmt') } as const

const amend = { cliOrdId: 'resting-1', size: '0.02', limitPrice: '59400' } as const
const amended = { ...resting, quantity: is(0.02), limitPrice: is(59400) } as const

function recently(row: Shape): Shape {
  return success({ orders: ['rows', row] })
}

export const editProbes: readonly Probe[] = [
  {
    title: 'edit',
    before: [restingBuy],
    send: edit(amend),
    answer: editStatus('edited', ['rows', edited(resting, amended)], { cliOrdId: is('resting-1') }),
  },
  {
    title: 'an edited order keeps its id',
    before: [restingBuy, edit({ ...amend, qtyMode: 'ABSOLUTE' })],
    send: ([order]) => post('/orders/status', { orderIds: idOf(order) }),
    answer: recently(
      recentOrder('ENTERED_BOOK', {
        ...remembered,
        quantity: is(0.02),
        limitPrice: is(59400),
      }),
    ),
  },
  {
    title: 'edit without a change',
    before: [restingBuy],
    send: edit({ cliOrdId: 'resting-1', size: '0.01', limitPrice: '59500' }),
    answer: editStatus('edited', ['rows'], { cliOrdId: is('resting-1') }),
  },
  {
    title: 'edit into the book',
    before: [restingBuy],
    send: edit({ cliOrdId: 'resting-1', limitPrice: '60500' }),
    answer: editStatus(
      'edited',
      [
        'rows',
        edited(resting, { ...resting, limitPrice: is(60500) }),
        execution(
          { cliOrdId: is('resting-1') },
          { amount: is(0.01), orderPriorEdit: { ...eventOrder, ...resting } },
        ),
      ],
      { cliOrdId: is('resting-1') },
    ),
  },
  {
    title: 'cancel',
    before: [restingBuy],
    send: ([order]) => cancel({ order_id: idOf(order) }),
    answer: success({
      cancelStatus: {
        status: is('cancelled'),
        order_id: uuid,
        cliOrdId: is('resting-1'),
        receivedTime: iso,
        orderEvents: ['rows', cancelled(resting)],
      },
    }),
  },
  {
    title: 'cancel of an order that has filled',
    before: [openLong],
    send: cancel({ cliOrdId: 'entry-1' }),
    answer: success({
      cancelStatus: {
        status: is('filled'),
        order_id: uuid,
        cliOrdId: is('entry-1'),
        receivedTime: iso,
        orderEvents: ['rows'],
      },
    }),
  },
  {
    title: 'cancel of what filled more than five seconds ago',
    before: [openLong, { advanceMs: 5_001 }],
    send: cancel({ cliOrdId: 'entry-1' }),
    answer: cancelNotFound,
  },
  {
    title: 'cancel twice',
    before: [restingBuy, cancel({ cliOrdId: 'resting-1' })],
    send: cancel({ cliOrdId: 'resting-1' }),
    answer: cancelNotFound,
  },
  {
    title: 'cancel all',
    before: [restingBuy],
    send: post('/cancelallorders', { symbol: 'pf_xbtusd' }),
    answer: success({
      cancelStatus: {
        receivedTime: iso,
        cancelOnly: is('PF_XBTUSD'),
        status: is('cancelled'),
        cancelledOrders: ['rows', { order_id: uuid, cliOrdId: is('resting-1') }],
        orderEvents: ['rows', cancelled(resting)],
      },
    }),
  },
  {
    title: 'cancel all of another market leaves the order',
    before: [restingBuy, post('/cancelallorders', { symbol: 'PF_ETHUSD' })],
    send: openOrders,
    answer: success({ openOrders: ['rows', { ...openOrder, cliOrdId: is('resting-1') }] }),
  },
  {
    title: 'cancel all of nothing',
    send: post('/cancelallorders'),
    answer: success({
      cancelStatus: {
        receivedTime: iso,
        cancelOnly: is('all'),
        status: is('noOrdersToCancel'),
        cancelledOrders: ['rows'],
        orderEvents: ['rows'],
      },
    }),
  },
  {
    title: 'a deadline that has not passed',
    send: send({ ...limit, processBefore: '2099-01-01T00:00:00.000Z' }),
    answer: sent('placed', ['rows', place({ ...resting, cliOrdId: 'null' })]),
  },
]
