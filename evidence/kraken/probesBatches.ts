import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  cancelled,
  edited,
  is,
  iso,
  type Keys,
  place,
  recentOrder,
  success,
  uuid,
} from './shapes.ts'
import { batch, idOf, openOrders, post, recent, restingBuy, waitingStop } from './words.ts'

// docs/wire/kraken.md 4.6, 4.7: the dead man's switch and batches.

const after = post('/cancelallordersafter', { timeout: '60' })

const one = {
  order: 'send',
  order_tag: '1',
  orderType: 'lmt',
  symbol: 'PF_XBTUSD',
  side: 'buy',
  size: 0.01,
  limitPrice: 59500,
  cliOrdId: 'b-1',
  reduceOnly: false,
} as const

const resting = {
  cliOrdId: is('resting-1'),
  quantity: is(0.01),
  limitPrice: is(59500),
} as const satisfies Shape

/** 4.7: what an item tells besides depends on its kind. */
function item(status: string, orderEvents: Shape, more: Keys): Shape {
  return { status: is(status), orderEvents, ...more }
}

function placed(order_tag: string, cliOrdId: string, order: Keys): Shape {
  const names = { order_tag: is(order_tag), cliOrdId: is(cliOrdId) }
  const ids = { ...names, order_id: uuid, dateTimeReceived: iso }
  return item('placed', ['rows', place({ cliOrdId: is(cliOrdId), ...order })], ids)
}

/** Samples tell no time here, the text of the sheet does not say that there is none. */
const known: Keys = {
  order_id: uuid,
  cliOrdId: ['optional', is('resting-1')],
  dateTimeReceived: ['optional', iso],
}

function answered(...items: readonly Shape[]): Shape {
  return success({ batchStatus: ['rows', ...items] })
}

export const batchProbes: readonly Probe[] = [
  {
    title: "the dead man's switch armed",
    send: after,
    answer: success({ status: { currentTime: iso, triggerTime: iso } }),
  },
  {
    title: "the dead man's switch disarmed",
    before: [after],
    send: post('/cancelallordersafter', { timeout: '0' }),
    answer: success({ status: { currentTime: iso, triggerTime: is('0') } }),
  },
  {
    title: "the dead man's switch takes triggers too",
    before: [restingBuy, waitingStop, after, { advanceMs: 60_001 }],
    send: openOrders,
    answer: success({ openOrders: ['rows'] }),
  },
  {
    title: "an order taken by the dead man's switch",
    before: [restingBuy, after, { advanceMs: 60_001 }],
    send: recent('resting-1'),
    answer: success({
      orders: [
        'rows',
        recentOrder(
          'CANCELLED',
          { cliOrdId: is('resting-1') },
          { updateReason: is('DEAD_MAN_SWITCH') },
        ),
      ],
    }),
  },
  {
    title: 'batch: sends with numbers and with numeric texts',
    send: batch([
      one,
      { ...one, order_tag: '2', cliOrdId: 'b-2', size: '0.01', limitPrice: '59400' },
    ]),
    answer: answered(
      placed('1', 'b-1', { limitPrice: is(59500) }),
      placed('2', 'b-2', { limitPrice: is(59400) }),
    ),
  },
  {
    title: 'batch: edit and cancel, in the order given',
    before: [restingBuy],
    send: ([order]) =>
      batch([
        { order: 'edit', order_id: idOf(order), size: 0.02, limitPrice: 59400 },
        { order: 'cancel', order_id: idOf(order) },
      ]),
    answer: answered(
      item(
        'edited',
        ['rows', edited(resting, { ...resting, quantity: is(0.02), limitPrice: is(59400) })],
        known,
      ),
      item(
        'cancelled',
        ['rows', cancelled({ cliOrdId: is('resting-1'), quantity: is(0.02) })],
        known,
      ),
    ),
  },
  {
    title: 'batch: items fail one by one',
    send: batch([
      { ...one, size: 0 },
      { order: 'send', orderType: 'lmt', symbol: 'PF_XBTUSD', side: 'buy', size: 1, limitPrice: 9 },
      { order: 'edit', cliOrdId: 'nobody', size: 0.02 },
      { order: 'cancel', cliOrdId: 'nobody' },
      { order: 'cancel', order_id: '179f9af8-e45e-469d-b3e9-2fd4675cb7d0' },
      { ...one, order_tag: '6', cliOrdId: 'b-6' },
      { ...one, order_tag: '7', cliOrdId: 'b-6' },
    ]),
    answer: answered(
      item('invalidSize', ['rows'], { order_tag: is('1'), cliOrdId: ['optional', is('b-1')] }),
      item('requiredArgumentMissing', ['rows'], {}),
      item('orderForEditNotFound', ['rows'], { cliOrdId: is('nobody') }),
      item('notFound', ['rows'], { cliOrdId: is('nobody') }),
      item('notFound', ['rows'], { order_id: is('179f9af8-e45e-469d-b3e9-2fd4675cb7d0') }),
      placed('6', 'b-6', {}),
      item('clientOrderIdAlreadyExist', ['rows'], {
        order_tag: is('7'),
        cliOrdId: ['optional', is('b-6')],
      }),
    ),
  },
]
