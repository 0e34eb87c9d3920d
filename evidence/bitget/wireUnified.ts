import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, post } from './requests.ts'
import { askHedge, askPositions, askSettings, btc, send, usdc, usdt } from './requestsUnified.ts'
import { ORDER_ID, ok, PLAN_ID, receipt } from './samples.ts'
import { feeRate } from './samplesMarket.ts'
import * as sample from './samplesUnified.ts'
import { instruments, time, wireMarket } from './wireMarket.ts'
import { wireUnifiedManaged } from './wireUnifiedManaged.ts'
import { wireUnifiedOrders } from './wireUnifiedOrders.ts'
import { wireUnifiedRecords } from './wireUnifiedRecords.ts'
import { wireUnifiedStrategies } from './wireUnifiedStrategies.ts'

// docs/wire/bitget.md 12, by hand: a unified account. It takes public data from V2 as well.

const settings = askSettings(sample.settings())
const assets = ask('v3/account/assets', {}, sample.assets)

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

/** Leverage is kept for each margin mode. */
function setLeverage(leverage: string): ExpectedRequest {
  const words = { ...btc, leverage, marginMode: 'crossed' }
  return post('v3/account/set-leverage', words, ok('success'))
}

const accounts: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  'W-01': { requests: [time, settings, assets], result: true },
  // What backs the positions are all assets together.
  'W-06': {
    requests: [assets],
    result: {
      totalWalletBalance: '10300',
      availableBalance: '10107.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10320.55',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '10100',
          availableBalance: '9917.67',
          unrealizedPnl: '20.55',
        },
        { asset: 'USDC', walletBalance: '200', unrealizedPnl: '0' },
      ],
    },
  },
  'W-07': { requests: [askPositions(btc, [sample.position({})])], result: [btcLong] },
  'W-08': { requests: [settings], result: 15 },
  'W-09': { requests: [setLeverage('7')], result: true },
  'W-31': {
    requests: [
      askPositions(usdt, [
        sample.position({}),
        // No price at which it would be liquidated.
        sample.position({
          symbol: 'PEPEUSDT',
          posSide: 'short',
          total: '25000000',
          avgPrice: '0.00001',
          liquidationPrice: '0',
        }),
      ]),
      askPositions(usdc, []),
    ],
    result: [
      btcLong,
      { symbol: 'PEPEUSDT', nativeSymbol: 'PEPEUSDT', side: 'SHORT', size: '25000000' },
    ],
  },
  'W-36': { requests: [setLeverage('20')], result: true },
  'W-51': {
    requests: [ask('v3/account/fee-rate', btc, feeRate)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '0.0002',
      takerRate: '0.0006',
    },
  },
}

const modes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-55' | 'W-62'
> = {
  // No setting: what the open position has.
  'W-47': {
    requests: [askPositions(btc, [sample.position({ marginMode: 'isolated' })])],
    result: 'ISOLATED',
  },
  // Nothing to set: it is remembered for the orders to come.
  'W-48': { requests: [askPositions(btc, [])], result: true },
  'W-49': { requests: askHedge(), result: 'HEDGE' },
  'W-50': {
    requests: [post('v3/account/set-hold-mode', { holdMode: 'hedge_mode' }, ok('success'))],
    result: true,
  },
  'W-52': {
    requests: [
      ...askHedge(),
      send(
        { side: 'buy', posSide: 'long', orderType: 'market', qty: '0.01', clientOid: 'wire-52' },
        receipt(ORDER_ID),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'BUY',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: false,
    },
  },
  // Here `side` is that of the trade.
  'W-53': {
    requests: [
      ...askHedge(),
      send(
        { side: 'sell', posSide: 'long', orderType: 'market', qty: '0.01', clientOid: 'wire-53' },
        receipt(ORDER_ID),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'SELL',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: true,
    },
  },
  'W-55': {
    requests: [
      askPositions(btc, []),
      send(
        {
          marginMode: 'isolated',
          side: 'buy',
          orderType: 'limit',
          timeInForce: 'gtc',
          price: '59500.1',
          qty: '0.01',
          clientOid: 'wire-55',
        },
        receipt(ORDER_ID),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  'W-62': { unsupported: 'only by application (sheet 12.3)' },
}

/** What a unified account (V3) must send for each wire case. */
export const wireUnified: WireEvidence = {
  ids: { order: ORDER_ID, conditional: `algo:${PLAN_ID}` },
  // The kind of the account, its position mode, and the margin mode of the symbol.
  preliminaries: [time, ...instruments, settings, askPositions(btc, [])],
  cases: {
    ...wireMarket,
    ...accounts,
    ...modes,
    ...wireUnifiedOrders,
    ...wireUnifiedStrategies,
    ...wireUnifiedRecords,
    ...wireUnifiedManaged,
  },
}
