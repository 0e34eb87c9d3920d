import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { account, oldAccount, oldPosition, position, success } from './shapes.ts'
import { ask, openLong, post } from './words.ts'

// docs/wire/binance.md 4.1 to 4.3.

const btc = { symbol: 'BTCUSDT' }

const symbolConfig: Shape = {
  symbol: ['one of', 'BTCUSDT'],
  marginType: ['one of', 'CROSSED'],
  isAutoAddMargin: 'boolean',
  leverage: ['one of', 20],
  maxNotionalValue: 'decimal',
}

// Numbers, unlike everything else.
const brackets: Shape = {
  symbol: ['one of', 'BTCUSDT'],
  brackets: [
    'at least one',
    {
      bracket: 'integer',
      initialLeverage: 'integer',
      notionalCap: 'integer',
      notionalFloor: 'integer',
      maintMarginRatio: 'number',
      cum: 'number',
    },
  ],
  notionalCoef: ['optional', 'number'],
}

const balance: Shape = {
  accountAlias: 'text',
  asset: 'text',
  balance: 'decimal',
  crossWalletBalance: 'decimal',
  crossUnPnl: 'decimal',
  availableBalance: 'decimal',
  maxWithdrawAmount: 'decimal',
  marginAvailable: 'boolean',
  updateTime: 'integer',
}

export const accountProbes: readonly Probe[] = [
  { title: 'account', send: ask('/fapi/v3/account'), answer: { ...account, positions: ['rows'] } },
  {
    title: 'account with a position',
    before: [openLong],
    send: ask('/fapi/v3/account'),
    answer: { ...account, positions: ['rows', account.positions[1]] },
  },
  { title: 'account, second version', send: ask('/fapi/v2/account'), answer: oldAccount },
  { title: 'balance', send: ask('/fapi/v3/balance'), answer: ['at least one', balance] },
  {
    title: 'balance, second version',
    send: ask('/fapi/v2/balance'),
    answer: ['at least one', balance],
  },
  {
    title: 'account flags',
    send: ask('/fapi/v1/accountConfig'),
    answer: {
      feeTier: 'integer',
      canTrade: 'boolean',
      canDeposit: 'boolean',
      canWithdraw: 'boolean',
      dualSidePosition: ['one of', false],
      updateTime: 'integer',
      multiAssetsMargin: ['one of', false],
      tradeGroupId: 'integer',
    },
  },
  {
    title: 'settings of a symbol',
    send: ask('/fapi/v1/symbolConfig', btc),
    answer: ['rows', symbolConfig],
  },
  {
    title: 'leverage brackets',
    send: ask('/fapi/v1/leverageBracket', btc),
    answer: ['either', ['rows', brackets], brackets],
  },
  {
    title: 'fee rates',
    send: ask('/fapi/v1/commissionRate', btc),
    answer: {
      symbol: ['one of', 'BTCUSDT'],
      makerCommissionRate: /^0\.00020*$/,
      takerCommissionRate: /^0\.00050*$/,
      rpiCommissionRate: 'decimal',
    },
  },
  {
    title: 'income of a trade',
    before: [openLong],
    send: ask('/fapi/v1/income', { ...btc, incomeType: 'COMMISSION' }),
    answer: [
      'at least one',
      {
        symbol: ['one of', 'BTCUSDT'],
        incomeType: ['one of', 'COMMISSION'],
        income: /^-0\.\d+$/,
        asset: ['one of', 'USDT'],
        info: 'text or empty',
        time: 'ms',
        tranId: 'integer',
        tradeId: 'digits',
      },
    ],
  },
  {
    title: 'no position, no row',
    send: ask('/fapi/v3/positionRisk', btc),
    answer: ['rows'],
  },
  {
    title: 'a position',
    before: [openLong],
    send: ask('/fapi/v3/positionRisk', btc),
    answer: ['rows', { ...position, positionAmt: /^0\.010*$/, notional: /^\d/ }],
  },
  {
    title: 'positions, second version, flat ones too',
    send: ask('/fapi/v2/positionRisk'),
    answer: ['at least one', oldPosition],
  },
  {
    title: 'leverage set',
    send: post('/fapi/v1/leverage', { ...btc, leverage: '7' }),
    answer: {
      leverage: ['one of', 7],
      maxNotionalValue: 'decimal',
      symbol: ['one of', 'BTCUSDT'],
    },
  },
  {
    title: 'leverage set to what it is, an ordinary success',
    send: post('/fapi/v1/leverage', { ...btc, leverage: '20' }),
    answer: {
      leverage: ['one of', 20],
      maxNotionalValue: 'decimal',
      symbol: ['one of', 'BTCUSDT'],
    },
  },
  {
    title: 'position mode',
    send: ask('/fapi/v1/positionSide/dual'),
    answer: { dualSidePosition: ['one of', false] },
  },
  {
    title: 'assets mode',
    send: ask('/fapi/v1/multiAssetsMargin'),
    answer: { multiAssetsMargin: ['one of', false] },
  },
  {
    title: 'cancel-all of nothing, the same success',
    send: {
      method: 'DELETE',
      path: '/fapi/v1/allOpenOrders',
      access: 'signed',
      query: btc,
    },
    answer: { ...success, msg: ['one of', 'The operation of cancel all open order is done.'] },
  },
]
