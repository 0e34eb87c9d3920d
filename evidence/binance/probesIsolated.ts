import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import {
  account,
  oldPosition,
  placedOrder,
  position,
  queriedOrder,
  success,
  waitingAlgo,
} from './shapes.ts'
import { ask, look, member, openLong, order, post, put, restingBuy, waitingStop } from './words.ts'

// docs/wire/binance.md 4.1 to 4.5: isolated margin of a symbol, the dead man's switch, records.

const btc = { symbol: 'BTCUSDT' }
const EIGHT_HOURS = { advanceMs: 28_800_000 } as const

export const isolatedOn: Words = marginType('ISOLATED')

function marginType(word: string): Words {
  return post('/fapi/v1/marginType', { ...btc, marginType: word })
}

function addMargin(amount: string, type: '1' | '2'): Words {
  return post('/fapi/v1/positionMargin', { ...btc, amount, type })
}

/** Of 0.01 BTC at 60000 and leverage 20: a twentieth of what it cost. */
const twentieth = /^30(\.\d+)?$/

const isolatedLong = {
  ...position,
  isolatedWallet: twentieth,
  isolatedMargin: 'decimal',
  liquidationPrice: /^[1-9]/,
} as const satisfies Shape

const marginRow = {
  symbol: ['one of', 'BTCUSDT'],
  type: ['one of', 1, 2],
  deltaType: ['one of', 'USER_ADJUST'],
  amount: 'decimal',
  asset: ['one of', 'USDT'],
  time: 'ms',
  positionSide: ['one of', 'BOTH'],
} as const satisfies Shape

function countdown(countdownTime: string): Words {
  return post('/fapi/v1/countdownCancelAll', { ...btc, countdownTime })
}

const amend = put('/fapi/v1/order', {
  ...btc,
  origClientOrderId: 'resting-1',
  side: 'BUY',
  quantity: '0.02',
  price: '49000',
})

const before = { before: 'decimal', after: 'decimal' } as const

export const isolatedProbes: readonly Probe[] = [
  {
    title: 'isolated: set',
    send: isolatedOn,
    answer: { ...success, msg: ['one of', 'success'] },
  },
  {
    title: 'isolated: told',
    before: [isolatedOn],
    send: ask('/fapi/v1/symbolConfig', btc),
    answer: [
      'rows',
      {
        symbol: ['one of', 'BTCUSDT'],
        marginType: ['one of', 'ISOLATED'],
        isAutoAddMargin: 'boolean',
        leverage: ['one of', 20],
        maxNotionalValue: 'decimal',
      },
    ],
  },
  {
    title: 'isolated: back to cross',
    before: [isolatedOn],
    send: marginType('CROSSED'),
    answer: { ...success, msg: ['one of', 'success'] },
  },
  {
    title: 'isolated: the margin put aside for a position',
    before: [isolatedOn, openLong],
    send: ask('/fapi/v3/positionRisk', btc),
    answer: ['rows', isolatedLong],
  },
  {
    title: 'isolated: the position, second version',
    before: [isolatedOn, openLong],
    send: ask('/fapi/v2/positionRisk', btc),
    answer: ['rows', { ...oldPosition, marginType: ['one of', 'isolated'] }],
  },
  {
    title: 'isolated: the position in the account',
    before: [isolatedOn, openLong],
    send: ask('/fapi/v3/account'),
    answer: {
      ...account,
      positions: ['rows', { ...account.positions[1], isolatedWallet: twentieth }],
    },
  },
  {
    title: 'isolated: margin added',
    before: [isolatedOn, openLong],
    send: addMargin('10', '1'),
    // A number.
    answer: { amount: ['one of', 10], code: ['one of', 200], msg: 'text', type: ['one of', 1] },
  },
  {
    title: 'isolated: margin taken back',
    before: [isolatedOn, openLong, addMargin('10', '1')],
    send: addMargin('4.5', '2'),
    answer: { amount: ['one of', 4.5], code: ['one of', 200], msg: 'text', type: ['one of', 2] },
  },
  {
    title: 'isolated: margin that was added stays',
    before: [isolatedOn, openLong, addMargin('10', '1'), addMargin('4', '2')],
    send: ask('/fapi/v3/positionRisk', btc),
    answer: ['rows', { ...isolatedLong, isolatedWallet: /^36(\.\d+)?$/ }],
  },
  {
    title: 'isolated: what was added and taken, oldest first',
    before: [isolatedOn, openLong, addMargin('10', '1'), addMargin('4', '2')],
    send: ask('/fapi/v1/positionMargin/history', btc),
    answer: [
      'rows',
      { ...marginRow, type: ['one of', 1], amount: /^10(\.0+)?$/ },
      { ...marginRow, type: ['one of', 2], amount: /^4(\.0+)?$/ },
    ],
  },
  {
    title: "dead man's switch: set",
    send: countdown('100000'),
    // A string.
    answer: { symbol: ['one of', 'BTCUSDT'], countdownTime: ['one of', '100000'] },
  },
  {
    title: "dead man's switch: stopped",
    before: [countdown('100000')],
    send: countdown('0'),
    answer: { symbol: ['one of', 'BTCUSDT'], countdownTime: ['one of', '0'] },
  },
  {
    title: "dead man's switch: plain orders are cancelled when it runs out",
    before: [restingBuy, countdown('60000'), { advanceMs: 60_000 }],
    send: ask('/fapi/v1/order', { ...btc, origClientOrderId: 'resting-1' }),
    answer: { ...queriedOrder, status: ['one of', 'CANCELED'] },
  },
  {
    title: "dead man's switch: not before",
    before: [restingBuy, countdown('60000'), { advanceMs: 59_000 }],
    send: ask('/fapi/v1/order', { ...btc, origClientOrderId: 'resting-1' }),
    answer: { ...queriedOrder, status: ['one of', 'NEW'] },
  },
  {
    title: "dead man's switch: set again, it begins anew",
    before: [
      restingBuy,
      countdown('60000'),
      { advanceMs: 59_000 },
      countdown('60000'),
      { advanceMs: 59_000 },
    ],
    send: ask('/fapi/v1/order', { ...btc, origClientOrderId: 'resting-1' }),
    answer: { ...queriedOrder, status: ['one of', 'NEW'] },
  },
  {
    title: "dead man's switch: conditional orders stay",
    before: [waitingStop, countdown('60000'), { advanceMs: 61_000 }],
    send: ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' }),
    answer: { ...waitingAlgo, algoStatus: ['one of', 'NEW'] },
  },
  {
    title: 'amendments of an order',
    before: [restingBuy, amend],
    send: ([resting]) =>
      ask('/fapi/v1/orderAmendment', { ...btc, orderId: member(resting, 'orderId') }),
    answer: [
      'rows',
      {
        amendmentId: 'integer',
        symbol: ['one of', 'BTCUSDT'],
        pair: ['one of', 'BTCUSDT'],
        orderId: 'integer',
        clientOrderId: ['one of', 'resting-1'],
        time: 'ms',
        amendment: { price: before, origQty: before, count: ['one of', 1] },
        priceMatch: ['one of', 'NONE'],
        modifyId: ['optional', 'anything'],
      },
    ],
  },
  {
    title: 'a test of an order makes none',
    send: {
      ...order({ side: 'BUY', type: 'MARKET', quantity: '0.01' }),
      path: '/fapi/v1/order/test',
    },
    answer: {
      ...placedOrder,
      orderId: ['one of', 0],
      updateTime: ['one of', 0],
      status: ['one of', 'NEW'],
    },
  },
  {
    title: 'limits of orders',
    send: ask('/fapi/v1/rateLimit/order'),
    answer: [
      'at least one',
      {
        rateLimitType: ['one of', 'ORDERS'],
        interval: ['one of', 'SECOND', 'MINUTE'],
        intervalNum: ['one of', 1, 10],
        limit: ['one of', 300, 1200],
      },
    ],
  },
  { title: 'no liquidations', send: ask('/fapi/v1/forceOrders', btc), answer: ['rows'] },
  {
    title: 'klines of the premium have no volume',
    send: look('/fapi/v1/premiumIndexKlines', { ...btc, interval: '1h', limit: '1' }),
    answer: [
      'rows',
      [
        'rows',
        'ms',
        'decimal',
        'decimal',
        'decimal',
        'decimal',
        /^0(\.0+)?$/,
        'ms',
        /^0(\.0+)?$/,
        'integer',
        /^0(\.0+)?$/,
        /^0(\.0+)?$/,
        'decimal',
      ],
    ],
  },
  {
    title: 'funding: income, negative when paid',
    before: [openLong, EIGHT_HOURS],
    send: ask('/fapi/v1/income', { ...btc, incomeType: 'FUNDING_FEE' }),
    answer: [
      'rows',
      {
        symbol: ['one of', 'BTCUSDT'],
        incomeType: ['one of', 'FUNDING_FEE'],
        income: 'decimal',
        asset: ['one of', 'USDT'],
        info: 'text or empty',
        time: 'ms',
        tranId: 'integer',
        tradeId: 'text or empty',
      },
    ],
  },
  {
    title: 'funding: rates of the past, ascending',
    before: [EIGHT_HOURS],
    send: look('/fapi/v1/fundingRate', { ...btc, limit: '1' }),
    answer: [
      'rows',
      {
        symbol: ['one of', 'BTCUSDT'],
        fundingRate: 'decimal',
        fundingTime: 'ms',
        markPrice: 'decimal or empty',
        rateType: ['one of', 'Regular'],
      },
    ],
  },
]
