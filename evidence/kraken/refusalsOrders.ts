import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  cancelNotFound,
  is,
  iso,
  type Keys,
  notSent,
  reject,
  sent,
  success,
  uuid,
} from './shapes.ts'
import {
  API,
  ask,
  batch,
  btc,
  cancel,
  edit,
  limit,
  market,
  memberOf,
  openLong,
  put,
  restingBuy,
  send,
  stop,
  waitingStop,
} from './words.ts'

// docs/wire/kraken.md 4.5, 4.6 and 5.4: orders refused in a success (envelope C).

function refused(
  status: string,
  title: string,
  sentWords: Words,
  more: Partial<Probe> = {},
): Probe {
  const answer = notSent(status, clientIdOf(sentWords))
  return { title: `C ${status}: ${title}`, send: sentWords, answer, ...more }
}

/** 4.5: the client id is told again where one was set. */
function clientIdOf({ form }: Words): Keys {
  const id = form?.cliOrdId
  return id === undefined ? {} : { cliOrdId: is(id) }
}

/** An order that is left as it was. */
function notEdited(
  status: string,
  title: string,
  sentWords: Words,
  more: Partial<Probe> = {},
): Probe {
  const answer: Shape = success({
    editStatus: {
      status: is(status),
      // What has ended may not be known any more.
      orderId: status === 'orderForEditNotFound' ? ['optional', uuid] : uuid,
      ...clientIdOf(sentWords),
      receivedTime: iso,
      orderEvents: ['rows'],
    },
  })
  return { title: `C ${status}: edit, ${title}`, send: sentWords, answer, ...more }
}

const resting = { cliOrdId: 'resting-1' } as const
const waiting = { cliOrdId: 'stop-1' } as const
const trailing = send({
  orderType: 'trailing_stop',
  side: 'sell',
  size: '0.01',
  trailingStopMaxDeviation: '1.5',
  trailingStopDeviationUnit: 'PERCENT',
  cliOrdId: 'trail-1',
})

/** As many triggers as an account may have. */
const manyStops = batch(
  Array.from({ length: 200 }, (_, index) => ({
    order: 'send',
    order_tag: String(index),
    ...btc,
    ...stop,
    reduceOnly: true,
  })),
)

const UNKNOWN = '179f9af8-e45e-469d-b3e9-2fd4675cb7d0'

export const orderRefusals: readonly Probe[] = [
  refused('invalidSize', 'a size of zero', send({ ...market, size: '0' })),
  refused('invalidSize', 'a size below the step', send({ ...market, size: '0.00005' })),
  refused('invalidSize', 'a size between two steps', send({ ...market, size: '0.01005' })),
  refused('invalidPrice', 'a price off the tick', send({ ...limit, limitPrice: '59500.0001' })),
  refused('invalidPrice', 'a price of zero', send({ ...limit, limitPrice: '0' })),
  refused('invalidPrice', 'a trigger off the tick', send({ ...stop, stopPrice: '58000.0001' })),
  refused(
    'insufficientAvailableFunds',
    'more than the account can carry',
    send({ ...limit, size: '500' }),
  ),
  refused(
    'insufficientAvailableFunds',
    'more than the account can carry, isolated',
    send({ ...limit, size: '2' }),
    { before: [put('/leveragepreferences', { ...btc, maxLeverage: '1' })] },
  ),
  refused('tooManyOrders', 'more than 200 triggers', waitingStop, { before: [manyStops] }),
  refused(
    'outsidePriceCollar',
    'an order that would trade, more than 10 % from the mark',
    send({ ...limit, limitPrice: '70000' }),
  ),
  refused(
    'wouldNotReducePosition',
    'reduce-only while flat',
    send({ ...market, side: 'sell', reduceOnly: 'true' }),
  ),
  refused(
    'wouldNotReducePosition',
    "reduce-only on the position's own side",
    send({ ...market, reduceOnly: 'true' }),
    { before: [openLong] },
  ),
  refused('clientOrderIdAlreadyExist', 'a client id that is in use', restingBuy, {
    before: [restingBuy],
  }),
  refused('clientOrderIdAlreadyExist', 'a client id of an order that has ended', restingBuy, {
    before: [restingBuy, cancel(resting)],
  }),
  refused(
    'clientOrderIdTooLong',
    'a client id of 101 characters',
    send({ ...limit, cliOrdId: 'x'.repeat(101) }),
  ),
  {
    title: 'C maxPositionViolation: more than the market allows',
    before: [ask(`${API}/instruments`)],
    send: ([instruments]) => {
      const most = Number(memberOf(instruments, 'instruments', '0', 'maxPositionSize'))
      return send({ ...limit, size: String(most + 1) })
    },
    answer: notSent('maxPositionViolation'),
  },
  {
    title: 'C wouldProcessAfterSpecifiedTime: a deadline that has passed',
    send: send({ ...market, processBefore: '2020-01-01T00:00:00.000Z' }),
    answer: late('sendStatus', { order_id: ['optional', uuid] }),
  },
  {
    title: 'C wouldProcessAfterSpecifiedTime: edit, a deadline that has passed',
    before: [restingBuy],
    send: edit({ ...resting, size: '0.02', processBefore: '2020-01-01T00:00:00.000Z' }),
    answer: late('editStatus', { orderId: ['optional', uuid] }),
  },
  {
    title: 'C wouldProcessAfterSpecifiedTime: cancel, a deadline that has passed',
    before: [restingBuy],
    send: cancel({ ...resting, processBefore: '2020-01-01T00:00:00.000Z' }),
    answer: late('cancelStatus', { order_id: ['optional', uuid] }),
  },
  {
    title: 'C selfFill: an own order on the other side',
    before: [ask(`${API}/tickers/PF_XBTUSD`), ([ticker]) => between(ticker, 'sell')],
    send: ([ticker]) => between(ticker, 'buy'),
    answer: sent('selfFill', [
      'rows',
      reject({ side: is('buy'), quantity: is(0.01) }, 'WOULD_EXECUTE_SELF'),
    ]),
  },
  refused('clientOrderIdAlreadyExist', 'a client id of a trigger', waitingStop, {
    before: [waitingStop],
  }),
  {
    title: 'C notFound: cancel of an unknown client id',
    send: cancel({ cliOrdId: 'nobody' }),
    answer: cancelNotFound,
  },
  {
    title: 'C notFound: cancel of an unknown order',
    send: cancel({ order_id: UNKNOWN }),
    answer: cancelNotFound,
  },
  {
    title: 'C orderForEditNotFound: edit of an unknown order',
    send: edit({ orderId: UNKNOWN, size: '0.02' }),
    answer: success({
      editStatus: {
        status: is('orderForEditNotFound'),
        orderId: is(UNKNOWN),
        receivedTime: iso,
        orderEvents: ['rows'],
      },
    }),
  },
  notEdited('orderForEditNotFound', 'an order that has ended', edit({ ...resting, size: '0.02' }), {
    before: [restingBuy, cancel(resting)],
  }),
  notEdited(
    'orderForEditNotAStop',
    'a trigger price for a plain order',
    edit({ ...resting, stopPrice: '58000' }),
    { before: [restingBuy] },
  ),
  notEdited(
    'cannotEditTriggerPriceOfTrailingStop',
    'the trigger of a trailing stop',
    edit({ cliOrdId: 'trail-1', stopPrice: '58000' }),
    { before: [trailing] },
  ),
  notEdited(
    'cannotEditLimitPriceOfTrailingStop',
    'a limit price for a trailing stop',
    edit({ cliOrdId: 'trail-1', limitPrice: '58000' }),
    { before: [trailing] },
  ),
  notEdited(
    'invalidPrice',
    'a limit price for a stop that fires as a market order',
    edit({ ...waiting, limitPrice: '57900' }),
    { before: [waitingStop] },
  ),
  notEdited('invalidSize', 'a size of zero', edit({ ...resting, size: '0', limitPrice: '59400' }), {
    before: [restingBuy],
  }),
  notEdited(
    'invalidPrice',
    'a price off the tick',
    edit({ ...resting, limitPrice: '59400.0001' }),
    {
      before: [restingBuy],
    },
  ),
  notEdited(
    'postWouldExecute',
    'a post-only order to a price that would trade',
    edit({ cliOrdId: 'post-1', limitPrice: '60500' }),
    { before: [send({ ...limit, orderType: 'post', cliOrdId: 'post-1' })] },
  ),
  notEdited(
    'outsidePriceCollar',
    'a price that would trade, more than 10 % from the mark',
    edit({ ...resting, limitPrice: '70000' }),
    { before: [restingBuy] },
  ),
  notEdited(
    'maxPositionViolation',
    'more than the market allows',
    edit({ ...resting, size: '1000000' }),
    { before: [restingBuy] },
  ),
  notEdited(
    'insufficientAvailableFunds',
    'more than the account can carry',
    edit({ ...resting, size: '500' }),
    { before: [restingBuy] },
  ),
]

/** What came too late: the sheet tells the status alone. */
function late(name: string, more: Keys): Shape {
  return success({
    [name]: {
      status: is('wouldProcessAfterSpecifiedTime'),
      cliOrdId: ['optional', 'text'],
      receivedTime: ['optional', iso],
      orderEvents: ['optional', ['rows']],
      ...more,
    },
  })
}

/** A limit order at the best ask of the market. */
function between(ticker: unknown, side: string): Words {
  return send({ ...limit, side, limitPrice: String(memberOf(ticker, 'ticker', 'ask')) })
}
