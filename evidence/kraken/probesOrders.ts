import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { execution, is, openOrder, place, recentOrder, reject, sent, success } from './shapes.ts'
import {
  API,
  cancel,
  idOf,
  limit,
  look,
  market,
  memberOf,
  openLong,
  openOrders,
  post,
  recent,
  restingBuy,
  send,
} from './words.ts'

// docs/wire/kraken.md 4.5, 4.6, 4.8 and 5.4: plain orders.

const remembered = {
  cliOrdId: is('resting-1'),
  side: is('buy'),
  quantity: is(0.01),
  filled: is(0),
  limitPrice: is(59500),
  reduceOnly: is(false),
} as const satisfies Shape
const resting = { ...remembered, type: is('lmt') } as const

/** A part of a long position closed, so that 0.006 of the order is cut off. */
const partLong = send({ ...market, size: '0.004' })

function recently(row: Shape): Shape {
  return success({ orders: ['rows', row] })
}

export const orderProbes: readonly Probe[] = [
  {
    title: 'a market order executes as an IOC order inside its protection price',
    send: openLong,
    answer: sent(
      'placed',
      [
        'rows',
        execution(
          {
            cliOrdId: is('entry-1'),
            type: is('ioc'),
            side: is('buy'),
            quantity: is(0.01),
            filled: is(0),
          },
          { amount: is(0.01) },
        ),
      ],
      { cliOrdId: is('entry-1') },
    ),
  },
  {
    title: 'a limit order that rests',
    send: restingBuy,
    answer: sent('placed', ['rows', place(resting)], { cliOrdId: is('resting-1') }),
  },
  {
    title: 'without a client id none is told, but in the event',
    send: send(limit),
    answer: sent('placed', ['rows', place({ ...resting, cliOrdId: 'null' })]),
  },
  {
    title: 'parameters in the query',
    send: ((): typeof restingBuy => {
      const { form, ...words } = send({ ...limit, cliOrdId: 'resting-1' })
      return { ...words, query: form ?? {} }
    })(),
    answer: sent('placed', ['rows', place(resting)], { cliOrdId: is('resting-1') }),
  },
  {
    title: 'a limit order that crosses executes',
    send: send({ ...limit, limitPrice: '60500' }),
    answer: sent('placed', [
      'at least one',
      execution({ cliOrdId: 'null', type: is('lmt'), limitPrice: is(60500) }),
    ]),
  },
  {
    title: 'a post-only order that rests',
    send: send({ ...limit, orderType: 'post' }),
    answer: sent('placed', ['rows', place({ ...resting, cliOrdId: 'null', type: is('post') })]),
  },
  {
    title: 'a post-only order that would trade',
    send: send({ ...limit, orderType: 'post', limitPrice: '60500' }),
    answer: sent('postWouldExecute', [
      'rows',
      reject({ cliOrdId: 'null', type: is('post'), filled: is(0) }, 'POST_WOULD_EXECUTE'),
    ]),
  },
  {
    title: 'an IOC order that executes',
    send: send({ ...limit, orderType: 'ioc', limitPrice: '60500' }),
    answer: sent('placed', ['at least one', execution({ type: is('ioc') })]),
  },
  {
    title: 'an IOC order with nothing to hit',
    send: send({ ...limit, orderType: 'ioc', cliOrdId: 'ioc-1' }),
    answer: sent(
      'iocWouldNotExecute',
      [
        'rows',
        reject({ cliOrdId: is('ioc-1'), type: is('ioc'), filled: is(0) }, 'IOC_WOULD_NOT_EXECUTE'),
      ],
      { cliOrdId: is('ioc-1') },
    ),
  },
  {
    title: 'a FOK order that executes',
    send: send({ ...limit, orderType: 'fok', limitPrice: '60500' }),
    answer: sent('placed', ['at least one', execution({ type: is('fok') })]),
  },
  {
    title: 'a FOK order that cannot fill ends as an IOC order does',
    send: send({ ...limit, orderType: 'fok' }),
    answer: sent('iocWouldNotExecute', [
      'rows',
      reject({ type: is('fok'), filled: is(0) }, 'IOC_WOULD_NOT_EXECUTE'),
    ]),
  },
  {
    title: 'a reduce-only order larger than the position is cut: on arrival',
    before: [partLong],
    send: send({ ...market, side: 'sell', reduceOnly: 'true' }),
    answer: sent('placed', [
      'rows',
      execution({ reduceOnly: is(true) }, { amount: is(0.004), takerReducedQuantity: is(0.006) }),
    ]),
  },
  {
    title: 'a reduce-only order larger than the position is cut: in the book',
    before: [partLong],
    send: send({ ...limit, side: 'sell', limitPrice: '60500', reduceOnly: 'true' }),
    answer: sent('placed', [
      'rows',
      place(
        { side: is('sell'), quantity: is(0.004), filled: is(0), reduceOnly: is(true) },
        is(0.006),
      ),
    ]),
  },
  {
    title: 'open orders, newest first, of all symbols',
    before: [restingBuy, { advanceMs: 10 }, send({ ...limit, limitPrice: '59400' })],
    send: openOrders,
    answer: success({
      openOrders: [
        'rows',
        { ...openOrder, limitPrice: is(59400) },
        {
          ...openOrder,
          cliOrdId: is('resting-1'),
          side: is('buy'),
          limitPrice: is(59500),
          unfilledSize: is(0.01),
          status: is('untouched'),
          filledSize: is(0),
          reduceOnly: is(false),
        },
      ],
    }),
  },
  {
    title: 'post-only orders stand among the open ones as limit orders',
    before: [send({ ...limit, orderType: 'post' })],
    send: openOrders,
    answer: success({ openOrders: ['rows', { ...openOrder, orderType: is('lmt', 'post') }] }),
  },
  {
    title: 'market orders never stand among the open ones',
    before: [openLong],
    send: openOrders,
    answer: success({ openOrders: ['rows'] }),
  },
  {
    title: 'an open order by its id',
    before: [restingBuy],
    send: ([order]) => post('/orders/status', { orderIds: idOf(order) }),
    answer: recently(recentOrder('ENTERED_BOOK', remembered)),
  },
  {
    title: 'the same, by GET',
    before: [restingBuy],
    send: {
      ...recent('resting-1'),
      method: 'GET',
      form: {},
      query: { cliOrdIds: 'resting-1' },
    },
    answer: recently(recentOrder('ENTERED_BOOK', remembered)),
  },
  {
    title: 'a filled order, remembered: what remains is nothing',
    before: [openLong],
    send: recent('entry-1'),
    answer: recently(
      recentOrder(
        'FULLY_EXECUTED',
        { quantity: is(0), filled: is(0.01) },
        { updateReason: ['either', is('FULL_FILL'), 'null'] },
      ),
    ),
  },
  {
    title: 'a cancelled order, remembered',
    before: [restingBuy, cancel({ cliOrdId: 'resting-1' })],
    send: recent('resting-1'),
    answer: recently(
      recentOrder(
        'CANCELLED',
        { cliOrdId: is('resting-1') },
        { updateReason: is('CANCELLED_BY_USER') },
      ),
    ),
  },
  {
    title: 'an order that was refused on arrival, remembered',
    before: [send({ ...limit, orderType: 'post', limitPrice: '60500', cliOrdId: 'post-1' })],
    send: recent('post-1'),
    answer: recently(
      recentOrder(
        'REJECTED',
        { cliOrdId: is('post-1') },
        { updateReason: is('POST_WOULD_EXECUTE_REASON'), error: is('POST_WOULD_EXECUTE') },
      ),
    ),
  },
  {
    title: 'forgotten after five seconds',
    before: [restingBuy, cancel({ cliOrdId: 'resting-1' }), { advanceMs: 5_001 }],
    send: recent('resting-1'),
    answer: success({ orders: ['rows'] }),
  },
  {
    title: 'an unknown id is missing',
    send: post('/orders/status', { orderIds: '179f9af8-e45e-469d-b3e9-2fd4675cb7d0' }),
    answer: success({ orders: ['rows'] }),
  },
  {
    title: 'a limit order that takes a part and rests: executions and what is left',
    before: [look(`${API}/tickers/PF_XBTUSD`), partTaken('lmt')],
    send: openOrders,
    answer: success({
      openOrders: [
        'rows',
        {
          ...openOrder,
          cliOrdId: is('part-1'),
          unfilledSize: is(1),
          status: is('partiallyFilled'),
        },
      ],
    }),
  },
  {
    title: 'the same, by its id: the rest is the quantity',
    before: [look(`${API}/tickers/PF_XBTUSD`), partTaken('lmt')],
    send: recent('part-1'),
    answer: recently(recentOrder('ENTERED_BOOK', { cliOrdId: is('part-1'), quantity: is(1) })),
  },
  {
    title: 'an IOC order that takes a part: the rest is gone without an event',
    before: [look(`${API}/tickers/PF_XBTUSD`)],
    send: partTaken('ioc'),
    answer: sent('placed', ['at least one', execution({ type: is('ioc') })], {
      cliOrdId: is('part-1'),
    }),
  },
]

/** Takes all that is offered at the best price, and wants one more. */
function partTaken(orderType: string): (earlier: readonly unknown[]) => Words {
  return ([answer]) => {
    const size = Number(memberOf(answer, 'ticker', 'askSize')) + 1
    const limitPrice = String(memberOf(answer, 'ticker', 'ask'))
    return send({ ...limit, orderType, size: size.toFixed(4), limitPrice, cliOrdId: 'part-1' })
  }
}
