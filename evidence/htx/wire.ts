import type { WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askMode, askPositions, btc, cross, page, post } from './requests.ts'
import * as sample from './samples.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireManaged } from './wireManaged.ts'
import { balance, contracts, elements, time, wireMarket } from './wireMarket.ts'
import { wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/htx.md, by hand. Key, time and signature are checked by `signing`.

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT',
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100.5',
  pnl: '2.01',
  percentage: '1.67',
  liquidationPrice: '55225.1',
  notional: '1202.01',
  leverage: 10,
  marginMode: 'CROSS',
}

const lever = '/v5/position/lever'

const accountCases: Pick<
  WireEvidence['cases'],
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  'W-06': {
    requests: [balance],
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
      ],
    },
  },
  'W-07': {
    requests: [askPositions(sample.position({}))],
    result: [btcLong],
  },
  'W-08': { requests: [ask(lever, cross, sample.leverage(10))], result: 10 },
  // Read first: no code says that it is so already.
  'W-09': {
    requests: [
      ask(lever, cross, sample.leverage(10)),
      post(lever, { ...cross, lever_rate: 7 }, sample.success({ ...cross, lever_rate: 7 })),
    ],
    result: true,
  },
  'W-31': {
    requests: [
      ask(
        '/v5/trade/position/opens',
        {},
        sample.success([
          sample.position({}),
          sample.position({ contract_code: 'SHIB-USDT', direction: 'sell', volume: '3' }),
        ]),
      ),
    ],
    result: [
      btcLong,
      { symbol: 'SHIBUSDT', nativeSymbol: 'SHIB-USDT', side: 'SHORT', size: '3000' },
    ],
  },
  'W-36': { requests: [ask(lever, cross, sample.leverage(20))], result: true },
  // No call tells them: what was paid last, else what every recorded fill paid.
  'W-51': {
    requests: [
      ask(
        '/v5/trade/order/details',
        { ...btc, ...page },
        sample.success([sample.fill({ type: 'limit', role: 'MAKER', trade_fee: '0.15000025' })]),
      ),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      makerRate: '0.00025',
      takerRate: '0.0006',
    },
  },
}

/** What HTX must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: {
    order: sample.ORDER_ID,
    conditional: `algo:${sample.ALGO_ID}`,
    client: sample.numberOf,
  },
  // The position mode is read before the first order; each call names its margin mode, which is that
  // of the open position.
  preliminaries: [time, contracts, elements, askMode('single_side'), askPositions()],
  cases: {
    ...wireMarket,
    ...accountCases,
    ...wireModes,
    ...wireOrders,
    ...wireConditionals,
    ...wireRecords,
    ...wireManaged,
  },
}
