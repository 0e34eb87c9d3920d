import type { Probe, Words } from '../../test/wire/evidence.ts'
import { a, BAD, b } from './refused.ts'
import { is, refusalA } from './shapes.ts'
import { API, ask, batch, btc, cancel, limit, market, post, put, send, stop } from './words.ts'

// docs/wire/kraken.md 4.5 to 4.7 and 5.4: requests refused for their parameters.

function without(name: string): Words {
  const all = Object.entries({ ...btc, ...limit })
  return post('/sendorder', Object.fromEntries(all.filter(([key]) => key !== name)))
}

export const parameterRefusals: readonly Probe[] = [
  ...['orderType', 'symbol', 'side', 'size', 'limitPrice'].map((name) =>
    a('requiredArgumentMissing', `an order without ${name}`, without(name)),
  ),
  a(
    'requiredArgumentMissing',
    'a stop without its price',
    send({ orderType: 'stp', side: 'sell', size: '0.01' }),
  ),
  a(
    'requiredArgumentMissing',
    'a trailing stop without its unit',
    send({ orderType: 'trailing_stop', side: 'sell', size: '0.01', trailingStopMaxDeviation: '1' }),
  ),
  b(BAD, is('invalid order type'), 'no such order type', send({ ...limit, orderType: 'market' }), {
    notUnderstood: ['orderType'],
  }),
  b(BAD, /^invalid /, 'no such side', send({ ...limit, side: 'BUY' }), {
    notUnderstood: ['side'],
  }),
  b(BAD, /^invalid /, 'no such signal', send({ ...stop, triggerSignal: 'MARK' }), {
    notUnderstood: ['triggerSignal'],
  }),
  b(
    BAD,
    is('Invalid UUID string: x'),
    'an id that is none',
    post('/orders/status', { orderIds: 'x' }),
  ),
  b(BAD, is('Invalid UUID string: x'), 'cancel of an id that is none', cancel({ order_id: 'x' })),
  a('invalidArgument: size', 'a size that is no number', send({ ...market, size: 'much' })),
  a(
    'invalidArgument: limitPrice',
    'a price that is no number',
    send({ ...limit, limitPrice: 'low' }),
  ),
  a(
    'invalidArgument: stopPrice',
    'a trigger price on a plain order',
    send({ ...limit, stopPrice: '58000' }),
  ),
  a(
    'invalidArgument: triggerSignal',
    'a signal on a plain order',
    send({ ...limit, triggerSignal: 'mark' }),
  ),
  a(
    'invalidArgument: limitPriceOffsetValue',
    'an offset on a plain order',
    send({ ...limit, limitPriceOffsetValue: '1', limitPriceOffsetUnit: 'PERCENT' }),
  ),
  a(
    'invalidArgument: trailingStopMaxDeviation',
    'a deviation on a stop',
    send({ ...stop, trailingStopMaxDeviation: '1', trailingStopDeviationUnit: 'PERCENT' }),
  ),
  a(
    'invalidArgument: processBefore',
    'a deadline that is no time',
    send({ ...limit, processBefore: 'soon' }),
  ),
  a(
    'invalidArgument: lastFillTime',
    'a time that is none',
    ask(`${API}/fills`, { lastFillTime: 'yesterday' }),
  ),
  a(
    'invalidArgument: timeout',
    "a dead man's switch in fractions of a second",
    post('/cancelallordersafter', { timeout: '1.5' }),
  ),
  a(
    'invalidArgument: timeout',
    "a dead man's switch of more than a day",
    post('/cancelallordersafter', { timeout: '86401' }),
  ),
  a(
    'invalidArgument: pnlPreference',
    'another currency of profit and loss, which is not simulated',
    put('/pnlpreferences', { ...btc, pnlPreference: 'BTC' }),
  ),
  a(
    'insufficientPrivileges',
    'another self-trade strategy, which is not simulated',
    put('/self-trade-strategy', { strategy: 'CANCEL_MAKER_SELF' }),
  ),
  a('requiredArgumentMissing', 'a batch of nothing', post('/batchorder')),
  a('requiredArgumentMissing', 'cancel without an id', cancel({})),
  {
    title: 'A Json Parse Error: a batch with a boolean in a text',
    send: batch([{ order: 'send', order_tag: '1', ...btc, ...limit, reduceOnly: 'false' }]),
    answer: refusalA(/^Json Parse Error/),
  },
  {
    title: 'A invalidArgument: a limit price and an offset',
    send: send({
      ...stop,
      limitPrice: '57900',
      limitPriceOffsetValue: '1',
      limitPriceOffsetUnit: 'PERCENT',
    }),
    answer: refusalA(/^invalidArgument/),
  },
  a(
    'apiLimitExceeded',
    'a batch that costs more than there is',
    batch(Array.from({ length: 492 }, () => ({ order: 'cancel', cliOrdId: 'nobody' }))),
  ),
]
