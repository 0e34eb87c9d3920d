import type { Probe } from '../../test/wire/evidence.ts'
import { is } from './shapes.ts'
import {
  event,
  orderCancelled,
  orderPlaced,
  orderUpdated,
  pageOf,
  pastOrder,
  pastTrigger,
} from './shapesHistory.ts'
import {
  ask,
  cancel,
  edit,
  fall,
  limit,
  memberOf,
  openLong,
  post,
  restingBuy,
  send,
  waitingStop,
} from './words.ts'

// docs/wire/kraken.md 4.8: what happened to orders and triggers.

const HISTORY = '/api/history/v3'
const orders = ask(`${HISTORY}/orders`, { tradeable: 'PF_XBTUSD' })
const triggers = ask(`${HISTORY}/triggers`, { tradeable: 'PF_XBTUSD' })
const after = post('/cancelallordersafter', { timeout: '60' })

const past = {
  direction: is('Buy'),
  quantity: is('0.01'),
  filled: is('0'),
  limitPrice: is('59500'),
}

export const historyProbes: readonly Probe[] = [
  {
    title: 'history of an order that was placed',
    before: [restingBuy],
    send: orders,
    answer: pageOf(['rows', orderPlaced({ ...past, clientId: is('resting-1') })], 1),
  },
  {
    title: 'history of an order that was refused on arrival',
    before: [send({ ...limit, orderType: 'post', limitPrice: '60500' })],
    send: orders,
    answer: pageOf(
      [
        'rows',
        event('OrderRejected', {
          order: {
            ...pastOrder,
            filled: is('0'),
            limitPrice: is('60500'),
            orderType: is('Post'),
            clientId: is(''),
          },
          orderError: is('POST_WOULD_EXECUTE'),
          reason: 'text',
        }),
      ],
      1,
    ),
  },
  {
    title: 'history of what was cancelled, newest first',
    before: [restingBuy, { advanceMs: 10 }, cancel({ cliOrdId: 'resting-1' })],
    send: orders,
    answer: pageOf(['rows', orderCancelled(past, 'cancelled_by_user'), orderPlaced(past)], 2),
  },
  {
    title: 'history of what was edited, oldest first',
    before: [restingBuy, { advanceMs: 10 }, edit({ cliOrdId: 'resting-1', limitPrice: '59400' })],
    send: ask(`${HISTORY}/orders`, { sort: 'asc' }),
    answer: pageOf(
      [
        'rows',
        orderPlaced(past),
        orderUpdated(past, { ...past, limitPrice: is('59400') }, 'edited_by_user'),
      ],
      2,
    ),
  },
  {
    title: 'history of what was filled: nothing remains',
    before: [openLong],
    send: orders,
    answer: pageOf(
      [
        'rows',
        orderPlaced({ quantity: is('0'), filled: is('0.01'), orderType: is('Market', 'IoC') }),
      ],
      1,
    ),
  },
  {
    title: 'history by pages',
    before: [restingBuy, { advanceMs: 10 }, cancel({ cliOrdId: 'resting-1' })],
    send: ask(`${HISTORY}/orders`, { count: '1' }),
    answer: pageOf(['rows', orderCancelled(past, 'cancelled_by_user')], 1, {
      continuationToken: 'text',
    }),
  },
  {
    title: 'history, the last page',
    before: [
      restingBuy,
      { advanceMs: 10 },
      cancel({ cliOrdId: 'resting-1' }),
      ask(`${HISTORY}/orders`, { count: '1' }),
    ],
    send: ([, , page]) =>
      ask(`${HISTORY}/orders`, {
        count: '1',
        continuation_token: String(memberOf(page, 'continuationToken')),
      }),
    answer: pageOf(['rows', orderPlaced(past)], 1),
  },
  {
    title: 'the history of v2 is the same',
    before: [restingBuy],
    send: ask('/api/history/v2/orders'),
    answer: pageOf(['rows', orderPlaced(past)], 1),
  },
  {
    title: 'history of a stop that was cancelled',
    before: [waitingStop, { advanceMs: 10 }, cancel({ cliOrdId: 'stop-1' })],
    send: triggers,
    answer: pageOf(
      [
        'rows',
        event('OrderTriggerCancelled', { order: pastTrigger, reason: is('cancelled_by_user') }),
        event('OrderTriggerPlaced', { order: pastTrigger, reason: 'text' }),
      ],
      2,
    ),
  },
  {
    title: 'history of a stop that fired',
    before: [openLong, waitingStop, { advanceMs: 10 }, fall],
    send: triggers,
    answer: pageOf(
      [
        'rows',
        event('OrderTriggerActivated', {
          order: {
            ...pastTrigger,
            clientId: is('stop-1'),
            direction: is('Sell'),
            triggerOptions: {
              triggerPrice: is('58000'),
              triggerSide: is('Below'),
              triggerSignal: is('MarkPrice'),
              trailingStopOptions: ['optional', 'anything'],
            },
          },
        }),
        event('OrderTriggerPlaced', { order: pastTrigger, reason: 'text' }),
      ],
      2,
    ),
  },
  {
    title: 'history of an order that waited and was filled',
    before: [restingBuy, { advanceMs: 10 }, { price: ['BTCUSDT', '59000'] }],
    send: orders,
    answer: pageOf(
      [
        'rows',
        orderUpdated(past, { ...past, quantity: is('0'), filled: is('0.01') }, 'full_fill'),
        orderPlaced(past),
      ],
      2,
    ),
  },
  {
    title: "history of what the dead man's switch took",
    before: [restingBuy, after, { advanceMs: 60_001 }],
    send: orders,
    answer: pageOf(['rows', orderCancelled(past, 'dead_man_switch'), orderPlaced(past)], 2),
  },
  {
    title: 'history of orders that were opened, and nothing else',
    before: [restingBuy, { advanceMs: 10 }, cancel({ cliOrdId: 'resting-1' })],
    send: ask(`${HISTORY}/orders`, { opened: 'true' }),
    answer: pageOf(['rows', orderPlaced(past)], 1),
  },
  {
    title: 'history of a trailing stop',
    before: [
      send({
        orderType: 'trailing_stop',
        side: 'sell',
        size: '0.01',
        trailingStopMaxDeviation: '1.5',
        trailingStopDeviationUnit: 'PERCENT',
      }),
    ],
    send: triggers,
    answer: pageOf(
      [
        'rows',
        event('OrderTriggerPlaced', {
          order: {
            ...pastTrigger,
            clientId: is(''),
            triggerOptions: {
              triggerPrice: 'decimal',
              triggerSide: is('Below'),
              triggerSignal: is('LastPrice'),
              trailingStopOptions: { maxDeviation: /^1\.50?$/, unit: is('Percent') },
            },
          },
          reason: 'text',
        }),
      ],
      1,
    ),
  },
  {
    title: 'history of an edited stop',
    before: [waitingStop, { advanceMs: 10 }, edit({ cliOrdId: 'stop-1', stopPrice: '58500' })],
    send: triggers,
    answer: pageOf(
      [
        'rows',
        event('OrderTriggerUpdated', {
          oldOrderTrigger: pastTrigger,
          newOrderTrigger: {
            ...pastTrigger,
            triggerOptions: {
              triggerPrice: is('58500'),
              triggerSide: is('Below'),
              triggerSignal: is('MarkPrice'),
              trailingStopOptions: ['optional', 'anything'],
            },
          },
          reason: is('edited_by_user'),
        }),
        event('OrderTriggerPlaced', { order: pastTrigger, reason: 'text' }),
      ],
      2,
    ),
  },
]
