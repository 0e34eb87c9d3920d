import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc } from './requests.ts'
import * as sample from './samples.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireManaged } from './wireManaged.ts'
import { account, instruments, time, wireMarket } from './wireMarket.ts'
import { positionMode, wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/binance.md, by hand. Time, window and signature are checked by `signing`.

const config = ask('/fapi/v1/symbolConfig', btc, [sample.symbolConfig])

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100',
  pnl: '2',
  leverage: 20,
  marginMode: 'CROSS',
  notional: '1202',
}

const accounts: Pick<
  WireEvidence['cases'],
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  'W-06': {
    requests: [account],
    result: {
      totalWalletBalance: '103.12345678',
      availableBalance: '103.27201993',
      totalUnrealizedPnl: '0.764277',
      totalMarginBalance: '103.88773378',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '103.12345678',
          availableBalance: '103.27201993',
          unrealizedPnl: '0.764277',
        },
      ],
    },
  },
  'W-07': {
    requests: [ask('/fapi/v3/positionRisk', btc, [sample.longPosition]), config],
    result: [btcLong],
  },
  'W-08': { requests: [config], result: 20 },
  'W-09': { requests: [setLeverage('7', 7)], result: true },
  'W-31': {
    requests: [
      ask('/fapi/v3/positionRisk', {}, [sample.longPosition, sample.flatPosition]),
      ask('/fapi/v1/symbolConfig', {}, [sample.symbolConfig]),
    ],
    result: [btcLong],
  },
  // Setting it to its current value is not an error.
  'W-36': { requests: [setLeverage('20', 20)], result: true },
  'W-51': {
    requests: [ask('/fapi/v1/commissionRate', btc, sample.commissionRate)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '0.0002',
      takerRate: '0.0005',
    },
  },
}

function setLeverage(text: string, leverage: number): ExpectedRequest {
  return {
    method: 'POST',
    path: '/fapi/v1/leverage',
    access: 'signed',
    form: { ...btc, leverage: text },
    answer: { leverage, maxNotionalValue: '1000000', symbol: 'BTCUSDT' },
  }
}

/** What Binance USD-M must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: { order: '22542179', conditional: 'algo:2146760' },
  // The position mode is read before the first order.
  preliminaries: [time, instruments, positionMode(false)],
  cases: {
    ...wireMarket,
    ...accounts,
    ...wireOrders,
    ...wireConditionals,
    ...wireModes,
    ...wireRecords,
    ...wireManaged,
  },
}
