import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { isHundredth, isZero, success } from './shapes.ts'
import { emptyPage, page, position } from './shapesUnified.ts'
import { ask, post } from './words.ts'
import {
  atMarket,
  btc,
  closeLong,
  create,
  hedgedLong,
  hedgedShort,
  hedgeOn,
  openLong,
  openShort,
  pending,
  positions,
  restingBuy,
  settings,
  usdt,
  write,
} from './wordsUnified.ts'

// docs/wire/bitget.md 4.10 and 12.3.

const isSuccess = success(['one of', 'success'])
const symbol: Shape = ['one of', 'BTCUSDT']
const category: Shape = ['one of', 'USDT-FUTURES']

const sets = {
  uid: 'digits',
  accountMode: ['one of', 'unified', 'hybrid'],
  assetMode: 'text',
  accountLevel: 'text',
  holdMode: ['one of', 'one_way_mode'],
  stpMode: ['one of', 'none'],
  symbolConfigList: ['array of', 'anything'],
  coinConfigList: ['array of', { coin: 'text', leverage: 'decimal' }],
} as const satisfies Shape

const setRow = { category, symbol, marginMode: ['one of', 'crossed'], leverage: 'decimal' } as const
const assets = ask('v3/account/assets')
const leverage7 = write('account/set-leverage', { leverage: '7', marginMode: 'crossed' })
const openIsolated = create({ ...atMarket, marginMode: 'isolated', clientOid: 'isolated-1' })
const records = ask('v3/account/financial-records', usdt)

const sums = {
  accountEquity: 'decimal',
  usdtEquity: 'decimal',
  btcEquity: 'decimal',
  unrealisedPnl: 'decimal',
  usdtUnrealisedPnl: 'decimal',
  btcUnrealizedPnl: 'decimal',
  effEquity: 'decimal',
  mmr: 'decimal',
  imr: 'decimal',
  mgnRatio: 'decimal',
  positionMgnRatio: 'decimal',
  assets: [
    'at least one',
    {
      coin: 'text',
      equity: 'decimal',
      usdValue: 'decimal',
      balance: 'decimal',
      available: 'decimal',
      debt: 'decimal',
      locked: 'decimal',
      bonus: 'decimal',
    },
  ],
} as const satisfies Shape

const record = {
  category,
  id: 'digits',
  symbol,
  coin: ['one of', 'USDT'],
  type: 'text',
  amount: 'decimal',
  fee: 'decimal',
  balance: 'decimal',
  ts: 'ms text',
} as const satisfies Shape

export const unifiedAccountProbes: readonly Probe[] = [
  {
    title: 'settings of a fresh account',
    send: settings,
    answer: success(sets),
  },
  {
    title: 'settings that were set',
    before: [hedgeOn, leverage7],
    send: settings,
    answer: success({
      ...sets,
      holdMode: ['one of', 'hedge_mode'],
      symbolConfigList: ['rows', { ...setRow, leverage: /^7(\.0+)?$/ }],
    }),
  },
  { title: 'assets', send: assets, answer: success({ ...sums, imr: isZero }) },
  { title: 'assets with a position', before: [openLong], send: assets, answer: success(sums) },
  {
    title: 'what a key may do',
    send: ask('v3/account/info'),
    answer: success({
      uid: 'digits',
      inviterId: 'anything',
      parentId: 'anything',
      channelCode: 'text or empty',
      channel: 'text or empty',
      ips: 'text or empty',
      permType: ['one of', 'read-and-write'],
      permissions: ['at least one', 'text'],
      regisTime: 'ms text',
    }),
  },
  { title: 'position mode set', send: hedgeOn, answer: isSuccess },
  {
    title: 'position mode as it is, a success',
    send: post('v3/account/set-hold-mode', { holdMode: 'one_way_mode' }),
    answer: isSuccess,
  },
  { title: 'leverage set', send: leverage7, answer: isSuccess },
  {
    title: 'isolated leverage of one side in one-way mode',
    send: write('account/set-leverage', {
      leverage: '7',
      marginMode: 'isolated',
      posSide: 'long',
    }),
    answer: isSuccess,
  },
  {
    title: 'isolated leverage of both sides in hedge mode',
    before: [hedgeOn],
    send: write('account/set-leverage', {
      longLeverage: '5',
      shortLeverage: '6',
      marginMode: 'isolated',
    }),
    answer: isSuccess,
  },
  {
    title: 'fee rate',
    send: ask('v3/account/fee-rate', btc),
    answer: success({ makerFeeRate: ['one of', '0.0002'], takerFeeRate: ['one of', '0.0006'] }),
  },
  {
    title: 'all fee rates',
    send: ask('v3/account/all-fee-rate', usdt),
    answer: success([
      'at least one',
      { symbol: 'text', makerFeeRate: 'decimal', takerFeeRate: 'decimal' },
    ]),
  },
  {
    title: 'no positions',
    send: positions,
    answer: success({ list: ['either', 'null', ['rows']] }),
  },
  {
    title: 'a position',
    before: [openLong],
    send: positions,
    answer: success({ list: ['rows', position] }),
  },
  {
    title: 'a short position: its size has no sign',
    before: [openShort],
    send: ask('v3/position/current-position', btc),
    answer: success({ list: ['rows', { ...position, posSide: ['one of', 'short'] }] }),
  },
  {
    title: 'an isolated position',
    before: [openIsolated],
    send: positions,
    answer: success({ list: ['rows', { ...position, marginMode: ['one of', 'isolated'] }] }),
  },
  {
    title: 'margin added to an isolated position',
    before: [openIsolated],
    send: write('account/set-margin', { posSide: 'long', operation: 'add', amount: '10' }),
    answer: isSuccess,
  },
  {
    title: 'hedge mode: a long and a short beside each other',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: positions,
    answer: success({
      list: [
        'rows by',
        'posSide',
        {
          long: { ...position, holdMode: ['one of', 'hedge_mode'] },
          short: {
            ...position,
            holdMode: ['one of', 'hedge_mode'],
            posSide: ['one of', 'short'],
          },
        },
      ],
    }),
  },
  {
    title: 'closed positions',
    before: [openLong, closeLong],
    send: ask('v3/position/history-position', usdt),
    answer: page({
      positionId: 'digits',
      category,
      symbol,
      marginCoin: ['one of', 'USDT'],
      holdMode: ['one of', 'one_way_mode'],
      posSide: ['one of', 'long'],
      marginMode: ['one of', 'crossed'],
      openPriceAvg: /^[56]\d{4}/,
      closePriceAvg: /^[56]\d{4}/,
      openTotalPos: isHundredth,
      closeTotalPos: isHundredth,
      cumRealisedPnl: 'decimal',
      netProfit: 'decimal',
      totalFunding: 'decimal or empty',
      openFeeTotal: 'decimal',
      closeFeeTotal: 'decimal',
      createdTime: 'ms text',
      updatedTime: 'ms text',
    }),
  },
  {
    title: 'no closed positions',
    send: ask('v3/position/history-position', usdt),
    answer: emptyPage,
  },
  { title: 'records of trades', before: [openLong], send: records, answer: page(record) },
  {
    title: 'records of funding',
    before: [openLong, { advanceMs: 8 * 3_600_000 }],
    send: records,
    answer: page({ ...record, type: /^CONTRACT_MAIN_SETTLE_FEE_USER_(IN|OUT)$/ }, record),
  },
  {
    title: 'a countdown for all orders',
    send: post('v3/trade/countdown-cancel-all', { countdown: '30' }),
    answer: isSuccess,
  },
  {
    title: 'a countdown that is switched off',
    send: post('v3/trade/countdown-cancel-all', { countdown: '0' }),
    answer: isSuccess,
  },
  {
    title: 'a countdown that runs out cancels plain orders',
    before: [
      restingBuy,
      post('v3/trade/countdown-cancel-all', { countdown: '5' }),
      { advanceMs: 6_000 },
    ],
    send: pending,
    answer: emptyPage,
  },
  {
    title: 'settings of isolated leverage: one and a pair',
    before: [
      hedgeOn,
      write('account/set-leverage', {
        longLeverage: '5',
        shortLeverage: '6',
        marginMode: 'isolated',
      }),
    ],
    send: settings,
    answer: success({
      ...sets,
      holdMode: ['one of', 'hedge_mode'],
      symbolConfigList: [
        'rows',
        {
          ...setRow,
          marginMode: ['one of', 'isolated'],
          longLeverage: /^5(\.0+)?$/,
          shortLeverage: /^6(\.0+)?$/,
        },
      ],
    }),
  },
]
