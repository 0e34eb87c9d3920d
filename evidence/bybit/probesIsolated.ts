import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { execution, list, position, success, wallet } from './shapes.ts'
import { ask, btc, openLong, post } from './words.ts'

// docs/wire/bybit.md 4.1, 4.2 and 4.7: isolated margin, which is one of the account, and funding.

const EIGHT_HOURS = { advanceMs: 28_800_000 } as const

export const isolatedOn: Words = marginMode('ISOLATED_MARGIN')

function marginMode(setMarginMode: string): Words {
  return post('/v5/account/set-margin-mode', { setMarginMode })
}

function addMargin(margin: string): Words {
  return post('/v5/position/add-margin', { ...btc, margin, positionIdx: 0 })
}

const changed: Shape = {
  retCode: ['one of', 0],
  retMsg: 'text or empty',
  result: { reasons: ['rows'] },
  retExtInfo: ['optional', {}],
  time: ['optional', 'ms'],
}

const info = {
  updatedTime: 'ms text',
  unifiedMarginStatus: ['one of', 5, 6],
  isMasterTrader: 'boolean',
  spotHedgingStatus: ['one of', 'OFF'],
  dcpStatus: ['optional', ['one of', 'OFF']],
  timeWindow: ['optional', 'integer'],
  smpGroup: ['optional', 'integer'],
} as const satisfies Shape

/** Of 0.01 BTC at 60000 and leverage 10: a tenth of what it cost. */
const tenth = /^60(\.\d+)?$/

const long = {
  ...position,
  symbol: ['one of', 'BTCUSDT'],
  side: ['one of', 'Buy'],
  openTime: 'ms',
  positionIM: tenth,
  positionBalance: tenth,
  liqPrice: 'decimal',
} as const satisfies Shape

const toppedUp = {
  ...long,
  positionIM: /^70(\.\d+)?$/,
  positionBalance: /^70(\.\d+)?$/,
} as const satisfies Shape

const setAutoAdd = post('/v5/position/set-auto-add-margin', {
  ...btc,
  autoAddMargin: 1,
  positionIdx: 0,
})

export const isolatedProbes: readonly Probe[] = [
  { title: 'isolated: margin mode set', send: isolatedOn, answer: changed },
  {
    title: 'isolated: set again, a success',
    before: [isolatedOn],
    send: isolatedOn,
    answer: changed,
  },
  {
    title: 'isolated: the mode of the account',
    before: [isolatedOn],
    send: ask('/v5/account/info'),
    answer: success({ ...info, marginMode: ['one of', 'ISOLATED_MARGIN'] }),
  },
  {
    title: 'isolated: back to cross',
    before: [isolatedOn, marginMode('REGULAR_MARGIN')],
    send: ask('/v5/account/info'),
    answer: success({ ...info, marginMode: ['one of', 'REGULAR_MARGIN'] }),
  },
  {
    title: 'isolated: totals of the account mean nothing',
    before: [isolatedOn, openLong],
    send: ask('/v5/account/wallet-balance', { accountType: 'UNIFIED' }),
    answer: success({
      list: [
        'rows',
        {
          ...wallet,
          accountIMRate: 'empty',
          accountMMRate: 'empty',
          accountIMRateByMp: 'empty',
          accountMMRateByMp: 'empty',
          totalMarginBalance: 'empty',
          totalAvailableBalance: 'empty',
          totalInitialMargin: 'empty',
          totalMaintenanceMargin: 'empty',
          totalInitialMarginByMp: 'empty',
          totalMaintenanceMarginByMp: 'empty',
          // A ratio, but not called a rate.
          accountLTV: 'decimal or empty',
        },
      ],
    }),
  },
  {
    title: 'isolated: the margin put aside for a position',
    before: [isolatedOn, openLong],
    send: ask('/v5/position/list', btc),
    answer: list(long),
  },
  {
    title: 'isolated: margin added, the row is told',
    before: [isolatedOn, openLong],
    send: addMargin('10'),
    answer: success({ ...toppedUp, category: ['one of', 'linear'] }, 'text or empty'),
  },
  {
    title: 'isolated: margin taken back',
    before: [isolatedOn, openLong, addMargin('10')],
    send: addMargin('-10'),
    answer: success({ ...long, category: ['one of', 'linear'] }, 'text or empty'),
  },
  {
    title: 'isolated: margin that was added stays',
    before: [isolatedOn, openLong, addMargin('10')],
    send: ask('/v5/position/list', btc),
    answer: list(toppedUp),
  },
  {
    title: 'isolated: margin added by itself, set',
    before: [isolatedOn],
    send: setAutoAdd,
    answer: success({}),
  },
  {
    title: 'isolated: margin added by itself, told',
    before: [isolatedOn, setAutoAdd],
    send: ask('/v5/position/list', btc),
    answer: list({ ...position, autoAddMargin: ['one of', 1], createdTime: /^(0|\d{13})?$/ }),
  },
  {
    title: 'funding: a row of the executions',
    before: [openLong, EIGHT_HOURS],
    send: ask('/v5/execution/list', { ...btc, execType: 'Funding', limit: '1' }),
    answer: list({
      ...execution,
      execType: ['one of', 'Funding'],
      orderLinkId: ['one of', ''],
      // That of the position.
      side: ['one of', 'Buy'],
      orderType: ['one of', 'UNKNOWN'],
      createType: ['one of', ''],
      orderPrice: ['one of', '0'],
      orderQty: ['one of', '0'],
      leavesQty: ['one of', '0'],
      closedSize: ['one of', '0'],
      execQty: /^0\.010*$/,
      feeRate: /^-?0\.\d+$/,
    }),
  },
  {
    title: 'funding: not among the trades',
    before: [openLong, EIGHT_HOURS],
    send: ask('/v5/execution/list', { ...btc, execType: 'Trade' }),
    answer: list({ ...execution, orderLinkId: ['one of', 'entry-1'] }),
  },
  {
    title: 'funding: a transaction, negative when paid',
    before: [openLong, EIGHT_HOURS],
    send: ask('/v5/account/transaction-log', {
      category: 'linear',
      type: 'SETTLEMENT',
      limit: '1',
    }),
    answer: success({
      nextPageCursor: 'text or empty',
      list: [
        'rows',
        {
          id: 'text',
          symbol: ['one of', 'BTCUSDT'],
          category: ['one of', 'linear'],
          side: ['one of', 'Buy'],
          type: ['one of', 'SETTLEMENT'],
          transSubType: 'text or empty',
          funding: 'decimal',
          fee: 'decimal',
          change: 'decimal',
          cashFlow: 'decimal',
          cashBalance: 'decimal',
          currency: ['one of', 'USDT'],
          size: 'decimal',
          qty: 'decimal',
          tradePrice: 'decimal',
          feeRate: 'decimal',
          bonusChange: 'decimal or empty',
          transactionTime: 'ms text',
          orderId: 'text',
          orderLinkId: 'text or empty',
          tradeId: 'text',
          extraFees: 'empty',
        },
      ],
    }),
  },
  {
    title: 'funding: one row per eight hours, newest first',
    before: [EIGHT_HOURS],
    send: ask('/v5/market/funding/history', { ...btc, limit: '2' }),
    answer: success({
      category: ['one of', 'linear'],
      list: [
        'rows',
        ...Array.from(
          { length: 2 },
          () =>
            ({
              symbol: ['one of', 'BTCUSDT'],
              fundingRate: 'decimal',
              fundingRateTimestamp: /^\d{8,9}00000$/,
            }) as const satisfies Shape,
        ),
      ],
    }),
  },
]
