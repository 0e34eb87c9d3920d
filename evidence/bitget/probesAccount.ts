import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { balances, isHundredth, isZero, position, settings, success } from './shapes.ts'
import {
  account,
  allPositions,
  ask,
  btc,
  coin,
  hedgeOn,
  isolatedOn,
  openLong,
  openShort,
  post,
  restingBuy,
  usdt,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.1 to 4.3 and 4.10.

const symbol: Shape = ['one of', 'BTCUSDT']
const marginCoin: Shape = ['one of', 'USDT']
const isSeven = /^7(\.0+)?$/
const isTwenty = /^20(\.0+)?$/

const sums = {
  ...balances,
  unionTotalMargin: 'decimal or empty',
  unionAvailable: 'decimal or empty',
  unionMm: 'decimal or empty',
  assetList: ['array of', 'anything'],
  isolatedMargin: 'decimal',
  crossedMargin: 'decimal',
} as const satisfies Shape

const rates = { makerFeeRate: ['one of', '0.0002'], takerFeeRate: ['one of', '0.0006'] } as const
const leverage7 = write('account/set-leverage', { leverage: '7' })
const single = ask('v2/mix/position/single-position', { ...btc, ...coin })
const addMargin = write('account/set-margin', { holdSide: 'long', amount: '10' })
const openIsolated = write('order/place-order', {
  marginMode: 'isolated',
  side: 'buy',
  orderType: 'market',
  size: '0.01',
  clientOid: 'isolated-1',
})

const setTo = {
  symbol,
  marginCoin,
  longLeverage: isTwenty,
  shortLeverage: isTwenty,
  marginMode: ['one of', 'crossed', 'isolated'],
} as const

export const accountProbes: readonly Probe[] = [
  {
    title: 'accounts: one row for each margin coin',
    send: ask('v2/mix/account/accounts', usdt),
    answer: success(['rows', { ...sums, locked: isZero }]),
  },
  {
    title: 'accounts with a position',
    before: [openLong],
    send: ask('v2/mix/account/accounts', usdt),
    answer: success(['rows', sums]),
  },
  {
    title: 'one account: a fresh one is crossed, 20x, one-way',
    send: account,
    answer: success({ ...balances, ...settings }),
  },
  {
    title: 'one account that was set otherwise',
    before: [hedgeOn, isolatedOn],
    send: account,
    answer: success({
      ...balances,
      ...settings,
      marginMode: ['one of', 'isolated'],
      posMode: ['one of', 'hedge_mode'],
    }),
  },
  {
    title: 'fee rate',
    send: ask('v2/common/trade-rate', { symbol: 'BTCUSDT', businessType: 'mix' }),
    answer: success(rates),
  },
  {
    title: 'all fee rates',
    send: ask('v2/common/all-trade-rate', { symbol: 'BTCUSDT', businessType: 'mix' }),
    answer: success([
      'at least one',
      { symbol: 'text', makerFeeRate: 'decimal', takerFeeRate: 'decimal' },
    ]),
  },
  {
    title: 'what a key may do',
    send: ask('v2/spot/account/info'),
    answer: success({
      userId: 'digits',
      inviterId: 'anything',
      ips: 'text or empty',
      authorities: ['at least one', 'text'],
      parentId: 'anything',
      traderType: 'text or empty',
      channelCode: 'text or empty',
      channel: 'text or empty',
      regisTime: 'ms text',
    }),
  },
  { title: 'no positions', send: allPositions, answer: success(['rows']) },
  {
    title: 'no position of a symbol',
    send: single,
    answer: success(['rows']),
  },
  {
    title: 'a position',
    before: [openLong],
    send: allPositions,
    answer: success(['rows', position]),
  },
  {
    title: 'a position of a symbol tells about added margin',
    before: [openLong],
    send: single,
    answer: success(['rows', { ...position, autoMargin: ['one of', 'off', 'on'] }]),
  },
  {
    title: 'a short position: its size has no sign',
    before: [openShort],
    send: allPositions,
    answer: success(['rows', { ...position, holdSide: ['one of', 'short'] }]),
  },
  {
    title: 'leverage set',
    send: leverage7,
    answer: success({
      ...setTo,
      longLeverage: isSeven,
      shortLeverage: isSeven,
      crossMarginLeverage: isSeven,
      marginMode: ['one of', 'crossed'],
    }),
  },
  {
    title: 'leverage as it is, a success',
    send: write('account/set-leverage', { leverage: '20' }),
    answer: success({ ...setTo, crossMarginLeverage: isTwenty }),
  },
  {
    title: 'leverage that was set, in numbers',
    before: [leverage7],
    send: account,
    answer: success({ ...balances, ...settings, crossedMarginLeverage: ['one of', 7] }),
  },
  {
    title: 'leverage that was set, of a position',
    before: [openLong, leverage7],
    send: allPositions,
    answer: success(['rows', { ...position, leverage: isSeven }]),
  },
  {
    title: 'leverage of all symbols',
    send: post('v2/mix/account/set-all-leverage', { ...usdt, leverage: '7' }),
    answer: success(['one of', 'success']),
  },
  {
    title: 'margin mode set',
    send: isolatedOn,
    answer: success({ ...setTo, marginMode: ['one of', 'isolated'] }),
  },
  {
    title: 'margin mode as it is, a success',
    send: write('account/set-margin-mode', { marginMode: 'crossed' }),
    answer: success({ ...setTo, marginMode: ['one of', 'crossed'] }),
  },
  {
    title: 'position mode set',
    send: hedgeOn,
    answer: success({ posMode: ['one of', 'hedge_mode'] }),
  },
  {
    title: 'position mode as it is, a success even with a position',
    before: [openLong],
    send: post('v2/mix/account/set-position-mode', { ...usdt, posMode: 'one_way_mode' }),
    answer: success({ posMode: ['one of', 'one_way_mode'] }),
  },
  {
    title: 'an isolated position',
    before: [isolatedOn, openIsolated],
    send: allPositions,
    answer: success(['rows', { ...position, marginMode: ['one of', 'isolated'] }]),
  },
  {
    title: 'margin added to an isolated position',
    before: [isolatedOn, openIsolated],
    send: addMargin,
    answer: success('empty'),
  },
  {
    title: 'asset mode as it is',
    send: post('v2/mix/account/set-asset-mode', { ...usdt, assetMode: 'single' }),
    answer: success(['one of', 'success']),
  },
  {
    title: 'a position tells how much waits to be added',
    before: [openLong, restingBuy],
    send: allPositions,
    answer: success([
      'rows',
      { ...position, openDelegateSize: isHundredth, available: isHundredth },
    ]),
  },
]
