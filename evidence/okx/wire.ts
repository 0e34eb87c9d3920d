import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askConfig, askPositions, btc, look, post, swaps } from './requests.ts'
import { ALGO_ID, list, ORDER_ID } from './samples.ts'
import * as sample from './samplesAccount.ts'
import { btcUsdt } from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireManaged } from './wireManaged.ts'
import { balance, instruments, time, wireMarket } from './wireMarket.ts'
import { wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/okx.md, by hand. Time, window and signature are checked by `signing`.

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT-SWAP',
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
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  // The totals are those of USDT.
  'W-06': {
    requests: [balance],
    result: {
      totalWalletBalance: '10100',
      availableBalance: '9907.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10120.55',
      currency: 'USDT',
      assets: [
        { asset: 'USDC', walletBalance: '200', unrealizedPnl: '0' },
        { asset: 'USDT', walletBalance: '10100', unrealizedPnl: '20.55' },
      ],
    },
  },
  'W-07': {
    requests: [
      ask(
        'account/positions',
        { ...swaps, ...btc },
        list([sample.position({}), sample.closedPosition]),
      ),
    ],
    result: [btcLong],
  },
  'W-08': { requests: [askLeverage('10')], result: 10 },
  // Read first: with orders open the exchange refuses even what would change nothing.
  'W-09': {
    requests: [
      askLeverage('20'),
      post(
        'account/set-leverage',
        { ...btc, lever: '7', mgnMode: 'cross' },
        list([{ ...btc, lever: '7', mgnMode: 'cross', posSide: '' }]),
      ),
    ],
    result: true,
  },
  'W-31': {
    requests: [
      ask(
        'account/positions',
        swaps,
        list([
          sample.position({}),
          sample.position({ instId: 'PEPE-USDT-SWAP', pos: '-2.5', avgPx: '0.00001' }),
          // Inverse contracts share the list.
          sample.position({ instId: 'BTC-USD-SWAP', ccy: 'BTC', pos: '3' }),
        ]),
      ),
    ],
    result: [
      btcLong,
      { symbol: 'PEPEUSDT', nativeSymbol: 'PEPE-USDT-SWAP', side: 'SHORT', size: '25000000' },
    ],
  },
  'W-36': { requests: [askLeverage('20')], result: true },
  // Of the groups the one of the instrument counts. Negative: paid. The flat fields are out of date.
  'W-51': {
    requests: [
      instruments,
      look('public/instruments', { ...swaps, ...btc }, list([btcUsdt])),
      ask('account/trade-fee', { ...swaps, instFamily: 'BTC-USDT' }, list([sample.feeRates])),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      makerRate: '0.0002',
      takerRate: '0.0005',
    },
  },
}

function askLeverage(lever: string): ExpectedRequest {
  return ask('account/leverage-info', { ...btc, mgnMode: 'cross' }, sample.leverage(lever))
}

/** What OKX V5 must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: {
    order: ORDER_ID,
    conditional: `algo:${ALGO_ID}`,
    // Letters and digits only.
    client: (id) => id.replace('-', ''),
  },
  // The position mode is read before the first order; each names its margin mode, which is that of
  // the open position.
  preliminaries: [time, instruments, askConfig('net_mode'), askPositions()],
  cases: {
    ...wireMarket,
    ...accounts,
    ...wireModes,
    ...wireOrders,
    ...wireConditionals,
    ...wireRecords,
    ...wireManaged,
  },
}
