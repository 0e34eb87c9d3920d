import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc } from './requests.ts'
import * as sample from './samples.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireManaged } from './wireManaged.ts'
import { allInstruments, time, wallet, wireMarket } from './wireMarket.ts'
import { askMode, wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/bybit.md, by hand. Time, window and signature are checked by `signing`.

const marginMode = ask('/v5/account/info', {}, sample.accountInfo)

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100.5',
  pnl: '2.01',
  leverage: 10,
  marginMode: 'CROSS',
}

const accounts: Pick<
  WireEvidence['cases'],
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  'W-06': {
    requests: [wallet],
    result: {
      totalWalletBalance: '10100',
      availableBalance: '9907.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10120.55',
      currency: 'USD',
      assets: [{ asset: 'USDT', walletBalance: '10100', unrealizedPnl: '20.55' }],
    },
  },
  'W-07': {
    requests: [
      ask('/v5/position/list', { ...btc, limit: '200' }, sample.list([sample.position({})])),
      marginMode,
    ],
    result: [btcLong],
  },
  'W-08': {
    requests: [ask('/v5/position/list', btc, sample.list([sample.flatPosition]))],
    result: 10,
  },
  'W-09': { requests: [setLeverage('7', sample.success({}))], result: true },
  // The two coins profit is paid in are asked for apart.
  'W-31': {
    requests: [
      ask(
        '/v5/position/list',
        { category: 'linear', settleCoin: 'USDT', limit: '200' },
        sample.list([sample.position({})]),
      ),
      ask(
        '/v5/position/list',
        { category: 'linear', settleCoin: 'USDC', limit: '200' },
        sample.list([sample.position({ symbol: 'BTCPERP', side: 'Sell' })]),
      ),
      marginMode,
    ],
    result: [btcLong, { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP', side: 'SHORT', size: '0.02' }],
  },
  'W-36': {
    requests: [setLeverage('20', sample.refusal(110043, 'leverage not modified'))],
    result: true,
  },
  'W-51': {
    requests: [ask('/v5/account/fee-rate', btc, sample.feeRate)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '0.0002',
      takerRate: '0.00055',
    },
  },
}

function setLeverage(leverage: string, answer: Json): ExpectedRequest {
  return {
    method: 'POST',
    path: '/v5/position/set-leverage',
    access: 'signed',
    json: { ...btc, buyLeverage: leverage, sellLeverage: leverage },
    answer,
  }
}

/** What Bybit V5 must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: { order: sample.ORDER_ID, conditional: sample.STOP_ID },
  preliminaries: [
    time,
    allInstruments,
    // The position mode of the symbol is read before the first order.
    askMode('one-way'),
  ],
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
