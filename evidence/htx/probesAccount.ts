import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { balance, bill, is, leverage, num, position, rows, success } from './shapes.ts'
import { ask, btc, closeLong, cross, openLong, post, restingBuy, waitingStop } from './words.ts'

// docs/wire/htx.md 4.1 to 4.3. An account starts with 100000 USDT, leverage 5, in one-way mode.

const funds = ask('/v5/account/balance')
const positions = ask('/v5/trade/position/opens', btc)
const bills = '/v5/account/bills'
/** An echo of what was set. */
const settled = { contract_code: is('BTC-USDT'), margin_mode: is('cross') } as const
/** 2026 sources and those of 2025 name it differently. */
const assetMode: Shape = ['either', { asset_mode: is(2) }, { assets_mode: is(2) }]
const eightHours = { advanceMs: 8 * 3_600_000 } as const

function setLeverage(rate: number): Words {
  return post('/v5/position/lever', { ...cross, lever_rate: rate })
}

const untouched = {
  equity: num('100000'),
  available_margin: num('100000'),
  profit_unreal: num('0'),
  initial_margin: num('0'),
  maintenance_margin: num('0'),
  maintenance_margin_rate: num('0'),
} as const

export const accountProbes: readonly Probe[] = [
  {
    title: 'balance of a new account',
    send: funds,
    answer: balance(
      {
        ...untouched,
        available: num('100000'),
        withdraw_available: num('100000'),
        initial_margin_rate: num('0'),
        isolated_equity: num('0'),
        isolated_profit_unreal: num('0'),
      },
      untouched,
    ),
  },
  {
    title: 'balance: an open order freezes price x contracts x size / leverage',
    before: [restingBuy],
    send: funds,
    answer: balance(
      {
        equity: num('100000'),
        available: num('100000'),
        available_margin: num('99881'),
        initial_margin: num('0'),
        cross_order_frozen: num('119'),
        isolated_order_frozen: num('0'),
      },
      { available_margin: num('99881'), initial_margin: num('0') },
    ),
  },
  {
    title: 'balance with a position',
    before: [openLong],
    send: funds,
    answer: balance({
      equity: /^99999\.\d+$/,
      initial_margin: /^1(19|20)(\.\d+)?$/,
      maintenance_margin: /^2\.0\d*$/,
      cross_order_frozen: num('0'),
    }),
  },
  { title: 'asset mode', send: ask('/v5/account/asset_mode'), answer: success(assetMode) },
  {
    title: 'asset mode set to what it is',
    send: post('/v5/account/asset_mode', { asset_mode: 2 }),
    answer: success(assetMode),
  },
  { title: 'no position is no row', send: positions, answer: rows() },
  { title: 'a long position', before: [openLong], send: positions, answer: rows(position) },
  {
    title: 'a closing order takes from what is available',
    before: [
      openLong,
      post('/v5/trade/order', {
        ...cross,
        side: 'sell',
        type: 'limit',
        price: '61000',
        volume: '4',
        reduce_only: 1,
      }),
    ],
    send: positions,
    answer: rows({ ...position, available: is('6') }),
  },
  {
    title: 'all positions, without parameters',
    before: [openLong],
    send: ask('/v5/trade/position/opens'),
    answer: rows(position),
  },
  {
    title: 'a closed position is no row',
    before: [openLong, closeLong],
    send: positions,
    answer: rows(),
  },
  {
    title: 'leverage never set is 5',
    send: ask('/v5/position/lever', cross),
    answer: rows(leverage),
  },
  {
    title: 'leverage of both margin modes',
    send: ask('/v5/position/lever', btc),
    answer: success([
      'rows by',
      'margin_mode',
      { cross: leverage, isolated: { ...leverage, margin_mode: is('isolated') } },
    ]),
  },
  {
    title: 'leverage set',
    send: setLeverage(10),
    answer: success({ ...settled, lever_rate: is(10) }),
  },
  {
    title: 'leverage set as a text',
    send: post('/v5/position/lever', { ...cross, lever_rate: '20' }),
    answer: success({ ...settled, lever_rate: is(20) }),
  },
  {
    title: 'leverage that was set',
    before: [setLeverage(10)],
    send: ask('/v5/position/lever', cross),
    answer: rows({ ...leverage, lever_rate: is(10) }),
  },
  {
    title: 'an open position does not block the leverage',
    before: [openLong, setLeverage(10)],
    send: positions,
    answer: rows({ ...position, lever_rate: is(10), initial_margin: /^(60|59\.9)/ }),
  },
  {
    title: 'the same leverage is taken, with open orders too',
    before: [restingBuy],
    send: setLeverage(5),
    answer: success({ ...settled, lever_rate: is(5) }),
  },
  {
    title: 'conditional orders do not block the leverage',
    before: [openLong, waitingStop],
    send: setLeverage(10),
    answer: success({ ...settled, lever_rate: is(10) }),
  },
  {
    title: 'signed for the exchange, sent to a local server',
    send: {
      ...ask('/v5/position/mode'),
      spoil: (request) => ({ ...request, headers: { ...request.headers, host: '127.0.0.1:7075' } }),
    },
    answer: success({ position_mode: is('single_side') }),
  },
  {
    title: 'position mode',
    send: ask('/v5/position/mode'),
    answer: success({ position_mode: is('single_side') }),
  },
  {
    title: 'position mode that was set',
    before: [post('/v5/position/mode', { position_mode: 'dual_side' })],
    send: ask('/v5/position/mode'),
    answer: success({ position_mode: is('dual_side') }),
  },
  {
    title: 'the same position mode is taken, with a position too',
    before: [openLong, post('/v5/position/mode', { position_mode: 'single_side' })],
    send: ask('/v5/position/mode'),
    answer: success({ position_mode: is('single_side') }),
  },
  {
    title: 'bills of fees',
    before: [openLong],
    send: ask(bills, { ...btc, type: '5,6,7,8' }),
    answer: rows({ ...bill, type: is('5', '6', '7', '8'), amount: /^-0\.3[56]\d*$/ }),
  },
  {
    title: 'bills of a funding settlement, one for each position',
    before: [openLong, eightHours],
    send: ask(bills, { ...btc, type: '30,31', limit: '100' }),
    answer: rows({ ...bill, type: is('30', '31') }),
  },
  {
    title: 'bills: nothing yet',
    send: ask(bills),
    answer: rows(),
  },
  {
    title: "dead man's switch armed",
    send: post('/v5/trade/cancel-after', { on_off: '1', time_out: '5000' }),
    answer: success({ current_time: 'ms text', trigger_time: 'ms text' }),
  },
  {
    title: "dead man's switch disarmed",
    before: [post('/v5/trade/cancel-after', { on_off: '1', time_out: '5000' })],
    send: post('/v5/trade/cancel-after', { on_off: '0' }),
    answer: success({ current_time: 'ms text', trigger_time: 'empty' }),
  },
]
