import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  bare,
  filled,
  id,
  is,
  num,
  order,
  position,
  receipt,
  resting,
  rows,
  success,
} from './shapes.ts'
import {
  ask,
  btc,
  cross,
  limit,
  market,
  openLong,
  orderIdOf,
  place,
  post,
  readBack,
  restingBuy,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4.4 to 4.7.

const opens = '/v5/trade/order/opens'
const ended = ask('/v5/trade/order/history', { ...cross, limit: '100' })
const SYSTEM = 'Order cancelation by system'

/** An order and how it reads back by its id. */
function reads(
  title: string,
  json: { readonly [key: string]: Json },
  row: { readonly [key: string]: Shape },
  before: readonly Words[] = [],
): Probe {
  return {
    title,
    before: [...before, place(json)],
    send: readBack(before.length),
    answer: bare({ ...order, ...row }),
  }
}

function bySystem(state: string): { readonly [key: string]: Shape } {
  return { state: is(state), cancel_reason: is(SYSTEM) }
}

export const orderProbes: readonly Probe[] = [
  {
    title: 'an order with a client id',
    send: restingBuy,
    answer: success({ ...receipt, client_order_id: is('2001') }),
  },
  {
    title: 'an order with a client id that is a number',
    send: place({ ...limit, volume: 10, client_order_id: 2002 }),
    answer: success({ ...receipt, client_order_id: is('2002') }),
  },
  {
    title: 'an order without a client id echoes its own',
    send: place(limit),
    answer: success({ order_id: id, client_order_id: id }),
    text: /"order_id":"(\d+)","client_order_id":"\1"/,
  },
  {
    title: 'a client id that is a text is dropped in silence',
    send: place({ ...limit, client_order_id: 'x-SL-ab12' }),
    answer: success({ order_id: id, client_order_id: id }),
    notUnderstood: ['client_order_id'],
  },
  {
    title: 'unknown keys are ignored',
    send: place({ ...market, time_in_force: 'gtc', channel_code: 'AAxyz' }),
    answer: success(receipt),
  },
  {
    title: 'an open order',
    before: [restingBuy],
    send: readBack(0),
    answer: bare(resting),
  },
  {
    title: 'an open order by its client id',
    before: [restingBuy],
    send: ask('/v5/trade/order', { ...cross, client_order_id: '2001' }),
    answer: bare(resting),
  },
  {
    title: 'an order asked for by two ids: its own wins',
    before: [restingBuy, place({ ...limit, client_order_id: '2002' })],
    send: readBack(0, { client_order_id: '2002' }),
    answer: bare(resting),
  },
  reads(
    'the mark price by its other name',
    { ...limit, sl_trigger_price: '58000', sl_trigger_price_type: 'market' },
    { sl_trigger_price: num('58000'), sl_trigger_price_type: is('mark', 'market') },
  ),
  reads(
    'a market order that was filled',
    { ...market, client_order_id: '1001' },
    { ...filled, side: is('buy'), client_order_id: is('1001') },
  ),
  reads(
    'a closing order that was filled',
    { ...market, side: 'sell', reduce_only: 1 },
    { ...filled, side: is('sell'), reduce_only: is(true) },
    [openLong],
  ),
  reads(
    'reduce_only as a boolean',
    { ...limit, side: 'sell', price: '61000', reduce_only: true },
    { state: is('new'), reduce_only: is(true), price: num('61000') },
    [openLong],
  ),
  reads(
    'a limit order far below the band: only the other direction is barred',
    { ...limit, price: '39000' },
    { ...resting, client_order_id: id, price: num('39000') },
  ),
  reads(
    'post_only that rests',
    { ...limit, type: 'post_only' },
    { type: is('post_only'), state: is('new') },
  ),
  reads(
    'post_only that would take is cancelled',
    { ...limit, type: 'post_only', price: '60500' },
    { ...bySystem('canceled'), type: is('post_only'), trade_volume: is('0') },
  ),
  reads(
    'ioc that finds nothing',
    { ...limit, time_in_force: 'ioc' },
    { ...bySystem('canceled'), time_in_force: is('ioc') },
  ),
  reads(
    'fok that finds nothing',
    { ...limit, time_in_force: 'fok' },
    { ...bySystem('canceled'), time_in_force: is('fok') },
  ),
  reads(
    'a limit order that takes its price from the book',
    { side: 'buy', type: 'limit', volume: '10', price_match: 'optimal_20', time_in_force: 'ioc' },
    {
      state: is('filled'),
      price_match: is('optimal_20'),
      time_in_force: is('ioc'),
      fee_currency: is('USDT'),
    },
  ),
  reads(
    'an entry with attached protection',
    {
      ...limit,
      sl_trigger_price: '58000',
      sl_type: 'market',
      sl_trigger_price_type: 'mark',
      tp_trigger_price: '63000',
      tp_order_price: '63010',
      tp_type: 'limit',
      tp_trigger_price_type: 'last',
      price_protect: false,
      self_match_prevent: 'cancel_maker',
    },
    {
      state: is('new'),
      sl_trigger_price: num('58000'),
      sl_type: is('market'),
      sl_trigger_price_type: is('mark'),
      tp_trigger_price: num('63000'),
      tp_order_price: num('63010'),
      tp_type: is('limit'),
      tp_trigger_price_type: is('last'),
      price_protect: is(false),
      self_match_prevent: is('cancel_maker'),
    },
  ),
  { title: 'no open order', send: ask(opens), answer: rows() },
  {
    title: 'open orders: conditional ones are not among them',
    before: [openLong, waitingStop, restingBuy],
    send: ask(opens, { ...btc, limit: '100' }),
    answer: rows(resting),
  },
  {
    title: 'open orders: the oldest first, one a page',
    before: [restingBuy, place(limit)],
    send: ask(opens, { ...cross, limit: '1' }),
    answer: rows(resting),
  },
  {
    title: 'open orders: the next page begins behind an id',
    before: [place(limit), restingBuy, ask(opens, { ...cross, limit: '1' })],
    send: (earlier) =>
      ask(opens, { ...btc, from: /"id":"(\d+)"/.exec(JSON.stringify(earlier[2]))?.[1] ?? '' }),
    answer: rows(resting),
  },
  {
    title: 'history: open orders are not in it',
    before: [restingBuy],
    send: ended,
    answer: rows(),
  },
  {
    title: 'history keeps the client id',
    before: [openLong, restingBuy],
    send: ended,
    answer: rows({ ...filled, side: is('buy'), client_order_id: is('1001') }),
  },
  {
    title: 'history: the newest first, by state',
    before: [
      openLong,
      place({ ...limit, time_in_force: 'ioc', client_order_id: '2003' }),
      place({ ...limit, time_in_force: 'fok', client_order_id: '2004' }),
    ],
    send: ask('/v5/trade/order/history', { ...cross, states: 'canceled,partially_canceled' }),
    answer: rows(
      { ...order, state: is('canceled'), client_order_id: is('2004') },
      { ...order, state: is('canceled'), client_order_id: is('2003') },
    ),
  },
  {
    title: 'history of the other margin mode',
    before: [openLong],
    send: ask('/v5/trade/order/history', { ...btc, margin_mode: 'isolated' }),
    answer: rows(),
  },
  {
    title: 'a position closed at the market: its id is a bare number',
    before: [openLong],
    send: post('/v5/trade/position', { ...cross, position_side: 'both', client_order_id: '4001' }),
    answer: success({ order_id: 'integer', client_order_id: is('4001') }),
    text: /"order_id":\d{19}[,}]/,
  },
  {
    title: 'all positions closed: an array with bare numbers',
    before: [openLong],
    send: post('/v5/trade/position_all', {}),
    answer: rows({
      code: is(200),
      message: 'text or empty',
      order_id: 'integer',
      client_order_id: ['either', 'integer', 'digits'],
    }),
    text: /"order_id":\d{19}[,}]/,
  },
  {
    title: 'nothing is left of a position that was closed',
    before: [openLong, post('/v5/trade/position', cross)],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows(),
  },
  {
    title: 'a second order adds to the position',
    before: [openLong, place(market)],
    send: ask('/v5/trade/position/opens', btc),
    answer: rows({ ...position, volume: is('20'), available: is('20') }),
  },
  {
    title: 'cancelled by its id',
    before: [restingBuy],
    send: (earlier) => post('/v5/trade/cancel_order', { ...btc, order_id: orderIdOf(earlier[0]) }),
    answer: success({ ...receipt, client_order_id: is('2001') }),
  },
]
