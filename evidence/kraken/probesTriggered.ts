import type { Probe, Shape, Step, Words } from '../../test/wire/evidence.ts'
import {
  execution,
  fill,
  is,
  openOrder,
  openTrigger,
  placeTrigger,
  recentOrder,
  recentTrigger,
  sent,
  success,
} from './shapes.ts'
import { orderPlaced, pageOf } from './shapesHistory.ts'
import {
  API,
  ask,
  edit,
  fall,
  idOf,
  openLong,
  openOrders,
  post,
  recent,
  send,
  stop,
  waitingStop,
} from './words.ts'

// docs/wire/kraken.md 4.5, 4.8 and 5.4: what becomes of triggers.

const listed = {
  ...openTrigger,
  cliOrdId: is('stop-1'),
  side: is('sell'),
  stopPrice: is(58000),
  unfilledSize: is(0.01),
  reduceOnly: is(true),
  triggerSignal: is('mark'),
} as const satisfies Shape

const trailing = {
  orderType: 'trailing_stop',
  side: 'sell',
  size: '0.01',
  trailingStopMaxDeviation: '1.5',
  trailingStopDeviationUnit: 'PERCENT',
  triggerSignal: 'mark',
  reduceOnly: 'true',
} as const
/** Fires as a limit order. */
const stopLimit = { ...stop, limitPrice: '57000', cliOrdId: 'stop-2' } as const

function open(...rows: readonly Shape[]): Shape {
  return success({ openOrders: ['rows', ...rows] })
}

function recently(...rows: readonly Shape[]): Shape {
  return success({ orders: ['rows', ...rows] })
}

const fired: readonly Step[] = [openLong, waitingStop, fall]

export const triggeredProbes: readonly Probe[] = [
  {
    title: 'a stop that fires closes the position',
    before: fired,
    send: ask(`${API}/openpositions`),
    answer: success({ openPositions: ['rows'] }),
  },
  {
    title: 'a stop that has fired is not open',
    before: fired,
    send: openOrders,
    answer: open(),
  },
  {
    title: 'the id of a stop that has fired is gone',
    before: fired,
    send: ([, order]) => post('/orders/status', { orderIds: idOf(order) }),
    answer: recently(),
  },
  {
    title: 'the order a stop became has its client id',
    before: fired,
    send: recent('stop-1'),
    answer: recently(
      recentOrder('FULLY_EXECUTED', {
        cliOrdId: is('stop-1'),
        side: is('sell'),
        filled: is(0.01),
        quantity: is(0),
        reduceOnly: is(true),
      }),
    ),
  },
  {
    title: 'fills of a stop that has fired, newest first',
    before: fired,
    send: ask(`${API}/fills`),
    answer: success({
      fills: [
        'rows',
        {
          ...fill,
          cliOrdId: is('stop-1'),
          side: is('sell'),
          size: is(0.01),
          fillType: is('taker'),
        },
        { ...fill, cliOrdId: is('entry-1'), side: is('buy') },
      ],
    }),
  },
  {
    title: 'a stop with a limit price that has fired and rests',
    before: [openLong, send({ ...stopLimit, limitPrice: '59000' }), fall],
    send: openOrders,
    answer: open({
      ...openOrder,
      cliOrdId: is('stop-2'),
      side: is('sell'),
      limitPrice: is(59000),
      unfilledSize: is(0.01),
      reduceOnly: is(true),
    }),
  },
  {
    title: 'a stop that fires without a position',
    before: [waitingStop, fall],
    send: recent('stop-1'),
    answer: recently(
      recentTrigger(
        'TRIGGER_ACTIVATION_FAILURE',
        { cliOrdId: is('stop-1') },
        { error: is('WOULD_NOT_REDUCE_POSITION') },
      ),
    ),
  },
  {
    title: 'a stop whose price is passed is accepted',
    before: [openLong],
    send: send({ ...stop, stopPrice: '61000' }),
    answer: sent('placed', [
      'at least one',
      ['either', placeTrigger({ triggerPrice: is(61000) }), execution({})],
    ]),
  },
  {
    title: 'a stop whose price is passed fires at once',
    before: [openLong, send({ ...stop, stopPrice: '61000' })],
    send: ask(`${API}/openpositions`),
    answer: success({ openPositions: ['rows'] }),
  },
  {
    title: 'an edit to a price that is passed fires at once',
    before: [openLong, waitingStop, edit({ cliOrdId: 'stop-1', stopPrice: '61000' })],
    send: ask(`${API}/openpositions`),
    answer: success({ openPositions: ['rows'] }),
  },
  {
    title: 'a reduce-only stop outlives the position',
    before: [
      openLong,
      waitingStop,
      send({ orderType: 'mkt', side: 'sell', size: '0.01', reduceOnly: 'true' }),
    ],
    send: openOrders,
    answer: open(listed),
  },
  {
    title: 'a plain reduce-only order does not',
    before: [
      openLong,
      send({
        orderType: 'lmt',
        side: 'sell',
        size: '0.01',
        limitPrice: '61000',
        reduceOnly: 'true',
      }),
      send({ orderType: 'mkt', side: 'sell', size: '0.01', reduceOnly: 'true' }),
    ],
    send: openOrders,
    answer: open(),
  },
  {
    title: 'a trailing stop follows the price and never moves back',
    before: [send(trailing), { price: ['BTCUSDT', '61000'] }, { price: ['BTCUSDT', '60500'] }],
    send: openOrders,
    answer: open({ ...openTrigger, orderType: is('trailing_stop'), stopPrice: is(60085) }),
  },
  {
    title: 'history of a stop that fired and was refused: no child',
    before: [waitingStop, fall],
    send: ask('/api/history/v3/orders'),
    answer: pageOf(['rows'], 0),
  },
  {
    title: 'history of a stop that fired: the child has an id of its own and the same client id',
    before: [waitingStopOnly(), fall],
    send: ask('/api/history/v3/orders'),
    answer: pageOf(
      [
        'rows',
        orderPlaced({
          clientId: is('stop-3'),
          direction: is('Sell'),
          quantity: is('0'),
          filled: is('0.01'),
          orderType: 'text',
        }),
      ],
      1,
    ),
  },
]

/** Opens a short position when it fires. */
function waitingStopOnly(): Words {
  const { reduceOnly: _, ...words } = stop
  return send({ ...words, cliOrdId: 'stop-3' })
}
