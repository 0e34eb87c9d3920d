import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look } from './requests.ts'
import * as sample from './samples.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireOrders } from './wireOrders.ts'

// docs/wire/bybit.md, by hand. Time, window and signature are checked by `signing`.

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000
function instruments(query: Record<string, string>, answer: Json): ExpectedRequest {
  return look(
    '/v5/market/instruments-info',
    { category: 'linear', limit: '1000', ...query },
    answer,
  )
}

/** One candle of an interval, asked for by its start. */
function candle(interval: string): ExpectedRequest {
  const query = { ...btc, interval, start: String(JULY), end: String(JULY), limit: '1' }
  return look('/v5/market/kline', query, sample.klines([JULY]))
}

const time = look(
  '/v5/market/time',
  {},
  {
    retCode: 0,
    retMsg: 'OK',
    result: { timeSecond: '1763798400', timeNano: '1763798400000000000' },
    retExtInfo: {},
    time: NOW,
  },
)
const wallet = ask('/v5/account/wallet-balance', { accountType: 'UNIFIED' }, sample.wallet)
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

const market: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32'
> = {
  'W-01': { requests: [time, wallet], result: true },
  'W-02': {
    requests: [
      instruments({}, sample.list([sample.btcUsdt, sample.dated], 'a%3A1%2Cb')),
      // The cursor arrives percent-encoded; encoded once is what stands in the URL.
      instruments({ cursor: 'a:1,b' }, sample.list([sample.btcPerp, sample.pepe])),
    ],
    result: [
      ['BTCUSDT', 'BTCUSDT', true],
      ['BTCUSDC', 'BTCPERP', true],
      ['1000PEPEUSDT', '1000PEPEUSDT', true],
    ],
  },
  'W-03': {
    requests: [look('/v5/market/tickers', btc, sample.list([sample.ticker]))],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '66666.6',
      bidPrice: '66666.5',
      askPrice: '66666.8',
      markPrice: '66666.7',
      indexPrice: '66690.19',
      highPrice: '67266.3',
      lowPrice: '65076.9',
      volume: '73191.387',
      fundingRate: '0.0001',
      nextFundingTime: 1763827200000,
      timestamp: 1763798400001,
    },
  },
  'W-04': {
    requests: [
      look(
        '/v5/market/orderbook',
        { ...btc, limit: '20' },
        sample.success({
          s: 'BTCUSDT',
          b: [
            ['66666.60', '23.165'],
            ['66666.50', '0.004'],
          ],
          a: [
            ['66666.70', '23.469'],
            ['66666.80', '1.2'],
          ],
          ts: 1763798400031,
          u: 230704,
          seq: 1432604333,
          cts: 1763798400005,
        }),
      ),
    ],
    result: {
      symbol: 'BTCUSDT',
      bids: [
        ['66666.6', '23.165'],
        ['66666.5', '0.004'],
      ],
      asks: [
        ['66666.7', '23.469'],
        ['66666.8', '1.2'],
      ],
    },
  },
  'W-05': {
    requests: [
      look(
        '/v5/market/kline',
        {
          ...btc,
          interval: '5',
          start: String(NOW - 50 * MINUTE),
          end: String(NOW - 40 * MINUTE),
          limit: '3',
        },
        sample.klines([50, 45, 40].map((minutes) => NOW - minutes * MINUTE)),
      ),
    ],
    result: [50, 45, 40].map((minutes) => ({
      timestamp: NOW - minutes * MINUTE,
      open: 66480,
      high: 66490,
      low: 66470,
      close: 66475,
      volume: 12.3,
    })),
  },
  // The list of instruments tells all of it.
  'W-28': {
    requests: [],
    result: {
      quantityPrecision: 3,
      pricePrecision: 1,
      stepSize: '0.001',
      tickSize: '0.1',
      minQuantity: '0.001',
      maxQuantity: '1190',
      minNotional: '5',
      contractMultiplier: '1',
      maxLeverage: 100,
    },
  },
  // 8h and 3d have no token.
  'W-32': { requests: '1 3 5 15 30 60 120 240 360 720 D W M'.split(' ').map(candle) },
}

const accounts: Pick<WireEvidence['cases'], 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36'> = {
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
    instruments({}, sample.list([sample.btcUsdt, sample.btcPerp, sample.pepe, sample.dated])),
  ],
  cases: { ...market, ...accounts, ...wireOrders, ...wireConditionals },
}
