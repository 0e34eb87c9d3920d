import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  cancelledTrigger,
  editStatus,
  eventTrigger,
  is,
  iso,
  type Keys,
  openOrder,
  openTrigger,
  placeTrigger,
  recentTrigger,
  sent,
  success,
  uuid,
} from './shapes.ts'
import {
  cancel,
  edit,
  idOf,
  openOrders,
  post,
  recent,
  restingBuy,
  send,
  stop,
  waitingStop,
} from './words.ts'

// docs/wire/kraken.md 4.5, 4.6, 4.8 and 5.4: orders that wait for a price.

const waiting = {
  clientId: is('stop-1'),
  type: is('ioc'),
  side: is('sell'),
  quantity: is(0.01),
  limitPrice: 'null',
  triggerPrice: is(58000),
  triggerSide: is('trigger_below'),
  triggerSignal: is('mark_price'),
  reduceOnly: is(true),
} as const satisfies Shape

const listed = {
  ...openTrigger,
  cliOrdId: is('stop-1'),
  side: is('sell'),
  stopPrice: is(58000),
  unfilledSize: is(0.01),
  reduceOnly: is(true),
  triggerSignal: is('mark'),
} as const satisfies Shape

const take = { ...stop, orderType: 'take_profit', stopPrice: '62000' } as const
const trailing = {
  orderType: 'trailing_stop',
  side: 'sell',
  size: '0.01',
  trailingStopMaxDeviation: '1.5',
  trailingStopDeviationUnit: 'PERCENT',
  triggerSignal: 'mark',
  reduceOnly: 'true',
} as const

function open(...rows: readonly Shape[]): Shape {
  return success({ openOrders: ['rows', ...rows] })
}

function recently(...rows: readonly Shape[]): Shape {
  return success({ orders: ['rows', ...rows] })
}

function placed(orderTrigger: Keys): Shape {
  return sent('placed', ['rows', placeTrigger({ clientId: 'null', ...orderTrigger })])
}

function triggerEdited(old: Keys, next: Keys): Shape {
  return {
    type: is('EDIT'),
    old: { ...eventTrigger, ...old },
    new: { ...eventTrigger, ...next },
    reducedQuantity: 'null',
  }
}

export const conditionalProbes: readonly Probe[] = [
  {
    title: 'a stop that waits: its id is that of the trigger',
    send: waitingStop,
    answer: sent('placed', ['rows', placeTrigger(waiting)], { cliOrdId: is('stop-1') }),
  },
  {
    title: 'a stop with a limit price, on the last price',
    send: send({ ...stop, limitPrice: '57900', triggerSignal: 'last' }),
    answer: placed({
      type: is('lmt'),
      limitPrice: is(57900),
      triggerPrice: is(58000),
      triggerSignal: is('last_price'),
    }),
  },
  {
    title: 'the signal of a stop is the last price, where none is named',
    send: send({ orderType: 'stp', side: 'sell', size: '0.01', stopPrice: '58000' }),
    answer: placed({ triggerSignal: is('last_price'), reduceOnly: is(false) }),
  },
  {
    title: 'a stop above the market, to buy',
    send: send({ ...stop, side: 'buy', stopPrice: '62000' }),
    answer: placed({ side: is('buy'), triggerSide: is('trigger_above') }),
  },
  {
    title: 'a take-profit, on the index',
    send: send({ ...take, triggerSignal: 'index' }),
    answer: placed({
      side: is('sell'),
      triggerPrice: is(62000),
      triggerSide: is('trigger_above'),
      triggerSignal: is('spot_price'),
    }),
  },
  {
    title: 'a take-profit below the market, to buy',
    send: send({ ...take, side: 'buy', stopPrice: '58000' }),
    answer: placed({ side: is('buy'), triggerSide: is('trigger_below') }),
  },
  {
    title: 'a trailing stop starts at its deviation from the signal',
    send: send(trailing),
    answer: placed({
      side: is('sell'),
      triggerPrice: is(59100),
      triggerSide: is('trigger_below'),
      triggerSignal: is('mark_price'),
    }),
  },
  {
    title: 'open orders hold triggers too',
    before: [restingBuy, { advanceMs: 10 }, waitingStop],
    send: openOrders,
    answer: open(listed, { ...openOrder, cliOrdId: is('resting-1') }),
  },
  {
    title: 'a take-profit with a limit price among the open orders',
    before: [send({ ...take, limitPrice: '61900', triggerSignal: 'last' })],
    send: openOrders,
    answer: open({
      ...openTrigger,
      orderType: is('take_profit'),
      stopPrice: is(62000),
      limitPrice: is(61900),
      triggerSignal: is('last'),
    }),
  },
  {
    title: 'a trigger on the index is told as one on spot',
    before: [send({ ...take, triggerSignal: 'index' })],
    send: openOrders,
    answer: open({ ...openTrigger, orderType: is('take_profit'), triggerSignal: is('spot') }),
  },
  {
    title: 'a trailing stop among the open orders: the trigger of the moment',
    before: [send(trailing)],
    send: openOrders,
    answer: open({ ...openTrigger, orderType: is('trailing_stop') }),
  },
  {
    title: 'a waiting stop by its id',
    before: [waitingStop],
    send: ([order]) => post('/orders/status', { orderIds: idOf(order) }),
    answer: recently(
      recentTrigger('TRIGGER_PLACED', {
        cliOrdId: is('stop-1'),
        side: is('sell'),
        quantity: is(0.01),
        filled: is(0),
        reduceOnly: is(true),
        priceTriggerOptions: {
          triggerPrice: is(58000),
          triggerSide: is('TRIGGER_BELOW'),
          triggerSignal: is('MARK_PRICE'),
        },
      }),
    ),
  },
  {
    title: 'a cancelled stop, remembered',
    before: [waitingStop, cancel({ cliOrdId: 'stop-1' })],
    send: recent('stop-1'),
    answer: recently(
      recentTrigger(
        'CANCELLED',
        { cliOrdId: is('stop-1') },
        { updateReason: is('CANCELLED_BY_USER') },
      ),
    ),
  },
  {
    title: 'cancel of a stop',
    before: [waitingStop],
    send: ([order]) => cancel({ order_id: idOf(order) }),
    answer: success({
      cancelStatus: {
        status: is('cancelled'),
        order_id: uuid,
        cliOrdId: is('stop-1'),
        receivedTime: iso,
        orderEvents: ['rows', cancelledTrigger(waiting)],
      },
    }),
  },
  {
    title: 'cancel all: triggers are listed and have no event',
    before: [waitingStop, send(take)],
    send: post('/cancelallorders'),
    answer: success({
      cancelStatus: {
        receivedTime: iso,
        cancelOnly: is('all'),
        status: is('cancelled'),
        cancelledOrders: [
          'rows',
          { order_id: uuid, cliOrdId: ['optional', is('stop-1')] },
          { order_id: uuid, cliOrdId: ['optional', is('stop-1')] },
        ],
        orderEvents: ['rows'],
      },
    }),
  },
  {
    title: 'edit of a stop',
    before: [waitingStop],
    send: edit({ cliOrdId: 'stop-1', stopPrice: '58500', size: '0.02' }),
    answer: editStatus(
      'edited',
      ['rows', triggerEdited(waiting, { ...waiting, triggerPrice: is(58500), quantity: is(0.02) })],
      { cliOrdId: is('stop-1') },
    ),
  },
  {
    title: 'an edited stop',
    before: [waitingStop, edit({ cliOrdId: 'stop-1', stopPrice: '58500' })],
    send: openOrders,
    answer: open({ ...listed, stopPrice: is(58500) }),
  },
]
