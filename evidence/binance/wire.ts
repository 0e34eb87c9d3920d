import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look } from './requests.ts'
import * as sample from './samples.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireOrders } from './wireOrders.ts'

// docs/wire/binance.md, by hand. Time, window and signature are checked by `signing`.

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000
/** One candle of an interval, asked for by its start. */
function candle(interval: string): ExpectedRequest {
  const query = {
    ...btc,
    interval,
    startTime: String(JULY),
    endTime: String(JULY),
    limit: '1',
  }
  return look('/fapi/v1/klines', query, [sample.kline(JULY, 1)])
}

const time = look('/fapi/v1/time', {}, { serverTime: NOW })
const instruments = look('/fapi/v1/exchangeInfo', {}, sample.exchangeInfo)
const account = ask('/fapi/v3/account', {}, sample.account)
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

const market: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32'
> = {
  'W-01': { requests: [time, account], result: true },
  'W-02': {
    requests: [instruments],
    result: [
      ['BTCUSDT', 'BTCUSDT', true],
      ['1000PEPEUSDT', '1000PEPEUSDT', true],
      ['BTCUSDC', 'BTCUSDC', true],
      ['NEWUSDT', 'NEWUSDT', false],
    ],
  },
  'W-03': {
    requests: [
      look('/fapi/v1/ticker/24hr', btc, sample.dayTicker),
      look('/fapi/v1/ticker/bookTicker', btc, sample.bookTicker),
      look('/fapi/v1/premiumIndex', btc, sample.premiumIndex),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '60005.5',
      bidPrice: '60005.4',
      askPrice: '60005.5',
      markPrice: '60004.1',
      indexPrice: '60030.58765432',
      highPrice: '61000',
      lowPrice: '59000',
      volume: '89184.301',
      fundingRate: '0.0001',
      nextFundingTime: 1763827200000,
    },
  },
  'W-04': {
    requests: [
      look(
        '/fapi/v1/depth',
        { ...btc, limit: '20' },
        {
          lastUpdateId: 1027024,
          E: 1763798399984,
          T: 1763798399972,
          bids: [
            ['60005.40', '4.310'],
            ['60005.30', '0.004'],
          ],
          asks: [['60005.50', '9.000']],
        },
      ),
    ],
    result: {
      symbol: 'BTCUSDT',
      bids: [
        ['60005.4', '4.31'],
        ['60005.3', '0.004'],
      ],
      asks: [['60005.5', '9']],
    },
  },
  'W-05': {
    requests: [
      look(
        '/fapi/v1/klines',
        {
          ...btc,
          interval: '5m',
          startTime: String(NOW - 50 * MINUTE),
          endTime: String(NOW - 40 * MINUTE),
          limit: '3',
        },
        [
          sample.kline(NOW - 50 * MINUTE, 5),
          sample.kline(NOW - 45 * MINUTE, 5),
          sample.kline(NOW - 40 * MINUTE, 5),
        ],
      ),
    ],
    result: [50, 45, 40].map((minutes) => ({
      timestamp: NOW - minutes * MINUTE,
      open: 60000.1,
      high: 60012,
      low: 59980,
      close: 60005.5,
      volume: 12.345,
    })),
  },
  'W-28': {
    requests: [
      ask('/fapi/v1/leverageBracket', btc, [
        {
          symbol: 'BTCUSDT',
          brackets: [
            {
              bracket: 1,
              initialLeverage: 125,
              notionalCap: 50000,
              notionalFloor: 0,
              maintMarginRatio: 0.004,
              cum: 0,
            },
            {
              bracket: 2,
              initialLeverage: 100,
              notionalCap: 250000,
              notionalFloor: 50000,
              maintMarginRatio: 0.005,
              cum: 50,
            },
          ],
        },
      ]),
    ],
    result: {
      quantityPrecision: 3,
      pricePrecision: 1,
      stepSize: '0.001',
      tickSize: '0.1',
      minQuantity: '0.001',
      maxQuantity: '1000',
      minNotional: '50',
      contractMultiplier: '1',
      maxLeverage: 125,
    },
  },
  'W-32': {
    requests: '1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M'.split(' ').map(candle),
  },
}

const accounts: Pick<WireEvidence['cases'], 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36'> = {
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
  preliminaries: [time, instruments],
  cases: { ...market, ...accounts, ...wireOrders, ...wireConditionals },
}
