import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  algoOf,
  balance,
  bare,
  fill,
  filled,
  is,
  leg,
  leverage,
  num,
  order,
  position,
  rows,
  success,
} from './shapes.ts'
import {
  ask,
  btc,
  cross,
  hedgeOn,
  isolated,
  limit,
  market,
  place,
  post,
  readBack,
  stop,
} from './words.ts'

// docs/wire/htx.md 4.2 to 4.4: hedge mode, a row for each side; and isolated margin.

const positions = ask('/v5/trade/position/opens', btc)
const funds = ask('/v5/account/balance')

function hedged(position_side: 'long' | 'short', side: 'buy' | 'sell', volume = '10'): Words {
  return place({ ...market, side, position_side, volume })
}

const longs = hedged('long', 'buy')
const shorts = hedged('short', 'sell')
const sideOf = (side: 'long' | 'short'): { readonly [key: string]: Shape } => ({
  ...position,
  position_side: is(side),
  direction: is(side === 'long' ? 'buy' : 'sell'),
})

function alone(json: { readonly [key: string]: Json } = {}): Words {
  return post('/v5/trade/order', { ...isolated, ...market, ...json })
}

const apart = { ...position, margin_mode: is('isolated') } as const
const margin = { ...btc, position_side: 'both', currency: 'USDT' } as const
const addMargin = post('/v5/position/margin', { ...margin, type: 'add', amount: '50' })
const addMore = /^1(69|70)(\.\d+)?$/

export const modeProbes: readonly Probe[] = [
  {
    title: 'hedge mode: a long and a short',
    before: [hedgeOn, longs, shorts],
    send: positions,
    answer: success(['rows by', 'position_side', { long: sideOf('long'), short: sideOf('short') }]),
  },
  {
    title: 'hedge mode: part of a long closed',
    before: [hedgeOn, longs, hedged('long', 'sell', '4')],
    send: positions,
    answer: rows({ ...sideOf('long'), volume: is('6'), available: is('6') }),
  },
  {
    title: 'hedge mode: a closing order reads back reduce_only',
    before: [hedgeOn, longs, hedged('long', 'sell')],
    send: readBack(2),
    answer: bare({
      ...filled,
      side: is('sell'),
      position_side: is('long'),
      reduce_only: is(true),
    }),
  },
  {
    title: 'hedge mode: reduce_only of an opening order is ignored',
    before: [hedgeOn, place({ ...limit, position_side: 'long', reduce_only: 1 })],
    send: readBack(1),
    answer: bare({ ...order, position_side: is('long'), state: is('new') }),
  },
  {
    title: 'hedge mode: fills name their side',
    before: [hedgeOn, shorts],
    send: ask('/v5/trade/order/details', btc),
    answer: rows({ ...fill, side: is('sell'), position_side: is('short') }),
  },
  {
    title: 'hedge mode: the stop of a short',
    before: [
      hedgeOn,
      shorts,
      post('/v5/algo/order', {
        ...cross,
        type: 'sl',
        side: 'buy',
        position_side: 'short',
        volume: '10',
        sl_trigger_price: '62000',
        sl_type: 'market',
      }),
    ],
    send: ask('/v5/algo/order/opens', { ...btc, type: 'sl' }),
    answer: rows(
      algoOf('sl', {
        ...leg('sl', '62000', 'last'),
        side: is('buy'),
        position_side: is('short'),
      }),
    ),
  },
  {
    title: 'hedge mode: one side closed at the market',
    before: [
      hedgeOn,
      longs,
      shorts,
      post('/v5/trade/position', { ...cross, position_side: 'long' }),
    ],
    send: positions,
    answer: rows(sideOf('short')),
  },
  {
    title: 'hedge mode: both sides closed',
    before: [hedgeOn, longs, shorts, post('/v5/trade/position_all', {})],
    send: positions,
    answer: rows(),
  },
  {
    title: 'isolated margin: a position',
    before: [alone()],
    send: positions,
    answer: rows({ ...apart, margin: /^1(19|20)(\.\d+)?$/ }),
  },
  {
    title: 'isolated margin beside cross: two rows',
    before: [alone(), place(market)],
    send: positions,
    answer: success(['rows by', 'margin_mode', { isolated: apart, cross: position }]),
  },
  {
    title: 'isolated margin: an order keeps its mode',
    before: [alone({ ...limit, client_order_id: '6001' })],
    send: ask('/v5/trade/order', { ...isolated, client_order_id: '6001' }),
    answer: bare({ ...order, margin_mode: is('isolated'), client_order_id: is('6001') }),
  },
  {
    title: 'isolated margin: a resting order freezes apart',
    before: [alone(limit)],
    send: funds,
    answer: balance({
      available_margin: num('99881'),
      cross_order_frozen: num('0'),
      isolated_order_frozen: num('119'),
    }),
  },
  {
    title: 'isolated margin added',
    before: [alone()],
    send: addMargin,
    answer: success('null'),
  },
  {
    title: 'isolated margin that was added',
    before: [alone(), addMargin],
    send: positions,
    answer: rows({ ...apart, margin: addMore }),
  },
  {
    title: 'isolated margin taken back',
    before: [
      alone(),
      addMargin,
      post('/v5/position/margin', { ...margin, type: 'reduce', amount: '20' }),
    ],
    send: positions,
    answer: rows({ ...apart, margin: /^1(49|50)(\.\d+)?$/ }),
  },
  {
    title: 'isolated margin: leverage of its own',
    before: [post('/v5/position/lever', { ...isolated, lever_rate: 20 })],
    send: ask('/v5/position/lever', btc),
    answer: success([
      'rows by',
      'margin_mode',
      {
        cross: leverage,
        isolated: { ...leverage, margin_mode: is('isolated'), lever_rate: is(20) },
      },
    ]),
  },
  {
    title: 'isolated margin in hedge mode: leverage of each side',
    before: [
      hedgeOn,
      post('/v5/position/lever', { ...isolated, lever_rate: 20, position_side: 'long' }),
    ],
    send: ask('/v5/position/lever', isolated),
    answer: success([
      'rows by',
      'position_side',
      {
        long: {
          ...leverage,
          margin_mode: is('isolated'),
          position_side: is('long'),
          lever_rate: is(20),
        },
        short: { ...leverage, margin_mode: is('isolated'), position_side: is('short') },
      },
    ]),
  },
  {
    title: 'isolated margin: a stop',
    before: [alone(), post('/v5/algo/order', { ...isolated, ...stop })],
    send: ask('/v5/algo/order/opens', { ...btc, type: 'sl' }),
    answer: rows(algoOf('sl', { ...leg('sl', '58000', 'last'), margin_mode: is('isolated') })),
  },
]
