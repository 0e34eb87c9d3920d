import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askAccount, btc, coin, post, refused, usdc, usdt } from './requests.ts'
import { ORDER_ID, ok, PLAN_ID, refusal } from './samples.ts'
import * as sample from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireLists } from './wireLists.ts'
import { wireManaged } from './wireManaged.ts'
import { instruments, time, wireMarket } from './wireMarket.ts'
import { wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/bitget.md, by hand: a classic account. Time and signature are checked by `signing`.

/** 12.1: what a unified account would answer tells the kind of this one. */
export const kind = refused(
  ask(
    'v3/account/settings',
    {},
    refusal(
      '40084',
      'You are in Classic Account mode, and the Unified Account API is not supported at this time',
    ),
  ),
)

const askAccounts = [
  ask('v2/mix/account/accounts', usdt, sample.accountsInUsdt),
  ask('v2/mix/account/accounts', usdc, sample.accountsInUsdc),
]

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100',
  pnl: '2',
  percentage: '2',
  leverage: 12,
  liquidationPrice: '40321.5',
  marginMode: 'CROSS',
  notional: '1202',
}

const accounts: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  // The refusal of the other kind proves the key, the accounts that it may be used.
  'W-01': { requests: [time, kind, ...askAccounts], result: true },
  // The totals are those of USDT.
  'W-06': {
    requests: askAccounts,
    result: {
      totalWalletBalance: '10100',
      availableBalance: '9907.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10120.55',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '10100',
          availableBalance: '9907.12',
          unrealizedPnl: '20.55',
        },
        { asset: 'USDC', walletBalance: '200', availableBalance: '200', unrealizedPnl: '0' },
      ],
    },
  },
  'W-07': {
    requests: [
      ask('v2/mix/position/single-position', { ...btc, ...coin }, ok([sample.position({})])),
    ],
    result: [btcLong],
  },
  // Margin mode and position mode are read first: each kind of margin has a leverage of its own.
  'W-08': {
    requests: Array.from({ length: 3 }, () =>
      askAccount(sample.account({ crossedMarginLeverage: 15 })),
    ),
    result: 15,
  },
  'W-09': { requests: [setLeverage('7')], result: true },
  'W-31': {
    requests: [
      ask(
        'v2/mix/position/all-position',
        { ...usdt, ...coin },
        ok([
          sample.position({}),
          // No price at which it would be liquidated.
          sample.position({
            symbol: 'PEPEUSDT',
            holdSide: 'short',
            total: '25000000',
            openPriceAvg: '0.00001',
            liquidationPrice: '-1',
          }),
        ]),
      ),
      ask('v2/mix/position/all-position', { ...usdc, marginCoin: 'USDC' }, ok(null)),
    ],
    result: [
      btcLong,
      { symbol: 'PEPEUSDT', nativeSymbol: 'PEPEUSDT', side: 'SHORT', size: '25000000' },
    ],
  },
  'W-36': { requests: [setLeverage('20')], result: true },
  'W-51': {
    requests: [
      ask('v2/common/trade-rate', { symbol: 'BTCUSDT', businessType: 'mix' }, sample.feeRate),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '0.0002',
      takerRate: '0.0006',
    },
  },
}

function setLeverage(leverage: string): ExpectedRequest {
  return post(
    'v2/mix/account/set-leverage',
    { ...btc, ...coin, leverage },
    ok({
      symbol: 'BTCUSDT',
      marginCoin: 'USDT',
      longLeverage: leverage,
      shortLeverage: leverage,
      crossMarginLeverage: leverage,
      marginMode: 'crossed',
    }),
  )
}

/** What a classic account (V2) must send for each wire case. */
export const wire: WireEvidence = {
  ids: { order: ORDER_ID, conditional: `algo:${PLAN_ID}` },
  // Both modes are read before the first order.
  preliminaries: [time, ...instruments, kind, askAccount(sample.account())],
  cases: {
    ...wireMarket,
    ...accounts,
    ...wireOrders,
    ...wireLists,
    ...wireConditionals,
    ...wireModes,
    ...wireRecords,
    ...wireManaged,
  },
}
