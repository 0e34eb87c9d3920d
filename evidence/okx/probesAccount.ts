import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { algo, amount, id, one, order, says, success, unfilled, waiting, zero } from './shapes.ts'
import { balance, config, leverage, position } from './shapesAccount.ts'
import {
  algoOf,
  ask,
  btc,
  hedgeOn,
  openLong,
  orderOf,
  place,
  post,
  resting,
  restingBuy,
  swaps,
  waitingStop,
} from './words.ts'

// docs/wire/okx.md 4.1 and 4.6: the account, in Futures mode.

const btcSwap = says('BTC-USDT-SWAP')
const fee = ask('account/trade-fee', { ...swaps, instFamily: 'BTC-USDT' })

const long = { ...position, pos: one, avgPx: /^60\d{3}/, lever: /^3(\.0+)?$/ } as const

/** Negative: paid. */
const feeGroup = {
  groupId: 'digits',
  maker: says('-0.0002'),
  taker: says('-0.0005'),
  rpiMaker: 'text or empty',
  elpMaker: 'text or empty',
} as const satisfies Shape

const fees = {
  level: says('Lv1'),
  feeGroup: ['at least one', feeGroup],
  instType: says('SWAP'),
  maker: says('-0.0002'),
  taker: says('-0.0005'),
  makerU: says('-0.0002'),
  takerU: says('-0.0005'),
  makerUSDC: 'text or empty',
  takerUSDC: 'text or empty',
  category: 'text or empty',
  delivery: 'text or empty',
  exercise: 'text or empty',
  fiat: ['rows'],
  ruleType: says('normal'),
  ts: 'ms text',
} as const satisfies Shape

function setLeverage(lever: string): ReturnType<typeof post> {
  return post('account/set-leverage', { ...btc, lever, mgnMode: 'cross' })
}

const readLeverage = ask('account/leverage-info', { ...btc, mgnMode: 'cross' })

const closed = {
  posId: id,
  instId: btcSwap,
  direction: says('long'),
  posSide: says('net'),
  mgnMode: says('cross'),
  lever: 'decimal',
  openAvgPx: /^60\d{3}/,
  closeAvgPx: /^5\d{4}|^60\d{3}/,
  openMaxPos: one,
  closeTotalPos: one,
  pnl: 'decimal',
  pnlRatio: 'decimal',
  realizedPnl: 'decimal',
  fee: /^-0\.\d+$/,
  fundingFee: 'decimal',
  liqPenalty: 'decimal',
  settledPnl: 'decimal or empty',
  nonSettleAvgPx: 'empty',
  triggerPx: 'decimal or empty',
  ccy: says('USDT'),
  uly: says('BTC-USDT'),
  instType: says('SWAP'),
  type: says('2'),
  cTime: 'ms text',
  uTime: 'ms text',
} as const satisfies Shape

const close = place({ side: 'sell', ordType: 'market', sz: '1', reduceOnly: true })

export const accountProbes: readonly Probe[] = [
  { title: 'what a fresh account is', send: ask('account/config'), answer: success(config) },
  {
    title: 'balance: totals of the account stand empty',
    send: ask('account/balance'),
    answer: success(balance),
  },
  {
    title: 'balance of one coin, with a position',
    before: [openLong],
    send: ask('account/balance', { ccy: 'USDT' }),
    answer: success(balance),
  },
  {
    title: 'no coins to deposit',
    send: ask('asset/currencies'),
    answer: success(),
  },
  { title: 'no position, no row', send: ask('account/positions', swaps), answer: success() },
  {
    title: 'a position',
    before: [openLong],
    send: ask('account/positions', { ...swaps, ...btc }),
    answer: success({ ...long, realizedPnl: /^-0\.3\d*$/, fee: /^-0\.3\d*$/, pnl: zero }),
  },
  {
    title: 'a short position is negative',
    before: [place({ side: 'sell', ordType: 'market', sz: '1' })],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: /^-1(\.0+)?$/ }),
  },
  {
    title: 'a plain opposite order turns the position round',
    before: [openLong, place({ side: 'sell', ordType: 'market', sz: '3' })],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: /^-2(\.0+)?$/ }),
  },
  {
    title: 'a position that was closed',
    before: [openLong, close],
    send: ask('account/positions-history', { ...swaps, ...btc }),
    answer: success(closed),
  },
  { title: 'fees', send: fee, answer: success(fees) },
  {
    title: 'leverage that nobody has set',
    send: readLeverage,
    answer: success(leverage(amount('3'))),
  },
  {
    title: 'leverage set, echoed as it was sent',
    send: setLeverage('7'),
    answer: success({
      instId: btcSwap,
      lever: says('7'),
      mgnMode: says('cross'),
      posSide: ['one of', '', 'net'],
    }),
  },
  {
    title: 'leverage set as it is, a success',
    before: [setLeverage('7')],
    send: setLeverage('7'),
    answer: success({
      instId: btcSwap,
      lever: says('7'),
      mgnMode: says('cross'),
      posSide: ['one of', '', 'net'],
    }),
  },
  {
    title: 'leverage that was set',
    before: [setLeverage('7')],
    send: readLeverage,
    answer: success(leverage(amount('7'))),
  },
  {
    title: 'leverage of isolated margin is another',
    before: [setLeverage('7')],
    send: ask('account/leverage-info', { ...btc, mgnMode: 'isolated' }),
    answer: success(leverage(amount('3'), 'isolated')),
  },
  {
    title: 'a new leverage applies to the open position at once',
    before: [openLong, setLeverage('7')],
    send: ask('account/positions', swaps),
    answer: success({ ...long, lever: amount('7') }),
  },
  {
    title: 'position mode set',
    send: hedgeOn,
    answer: success({ posMode: says('long_short_mode') }),
  },
  {
    title: 'position mode as it is, a success',
    send: post('account/set-position-mode', { posMode: 'net_mode' }),
    answer: success({ posMode: says('net_mode') }),
  },
  {
    title: 'position mode that was set',
    before: [hedgeOn],
    send: ask('account/config'),
    answer: success({ ...config, posMode: says('long_short_mode') }),
  },
  {
    title: 'account mode as it is',
    send: post('account/set-account-level', { acctLv: '2' }),
    answer: success({ acctLv: says('2') }),
  },
  {
    title: 'the largest order, in contracts',
    send: ask('account/max-size', { ...btc, tdMode: 'cross' }),
    answer: success({ instId: btcSwap, ccy: says('USDT'), maxBuy: 'decimal', maxSell: 'decimal' }),
  },
  {
    title: 'position closed',
    before: [openLong],
    send: post('trade/close-position', { ...btc, mgnMode: 'cross' }),
    answer: {
      code: says('0'),
      msg: 'empty',
      data: [
        'rows',
        { instId: btcSwap, posSide: says('net'), clOrdId: 'text or empty', tag: 'empty' },
      ],
      inTime: ['optional', /^\d{16}$/],
      outTime: ['optional', /^\d{16}$/],
    },
  },
  {
    title: 'position closed with what waits to close it',
    before: [openLong, place({ ...resting, side: 'sell', px: '60500', reduceOnly: true })],
    send: post('trade/close-position', { ...btc, mgnMode: 'cross', autoCxl: true }),
    answer: {
      code: says('0'),
      msg: 'empty',
      data: [
        'rows',
        { instId: btcSwap, posSide: says('net'), clOrdId: 'text or empty', tag: 'empty' },
      ],
      inTime: ['optional', /^\d{16}$/],
      outTime: ['optional', /^\d{16}$/],
    },
  },
  {
    title: "dead man's switch on",
    before: [restingBuy],
    send: post('trade/cancel-all-after', { timeOut: '60' }),
    answer: success({ triggerTime: 'ms text', tag: 'empty', ts: 'ms text' }),
  },
  {
    title: "dead man's switch off",
    send: post('trade/cancel-all-after', { timeOut: '0' }),
    answer: success({ triggerTime: says('0'), tag: 'empty', ts: 'ms text' }),
  },
  {
    title: "dead man's switch, too late",
    before: [restingBuy, post('trade/cancel-all-after', { timeOut: '10' }), { advanceMs: 11_000 }],
    send: orderOf('resting1'),
    answer: success({
      ...order,
      ...unfilled,
      state: says('canceled'),
      cancelSource: says('20'),
    }),
  },
  {
    title: "dead man's switch: conditional orders stay",
    before: [waitingStop, post('trade/cancel-all-after', { timeOut: '10' }), { advanceMs: 11_000 }],
    send: algoOf('stop1'),
    answer: success({ ...algo, ...waiting }),
  },
]
