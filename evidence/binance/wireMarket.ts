import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look } from './requests.ts'
import * as own from './samples.ts'
import * as sample from './samplesMarket.ts'

// docs/wire/binance.md 3: what needs no key.

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const DAY = 1_440 * MINUTE
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

export const time: ExpectedRequest = look('/fapi/v1/time', {}, { serverTime: NOW })
export const instruments: ExpectedRequest = look('/fapi/v1/exchangeInfo', {}, sample.exchangeInfo)
export const account: ExpectedRequest = ask('/fapi/v3/account', {}, own.account)

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
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
  // Where the buyer was there first the taker sold.
  'W-43': {
    requests: [look('/fapi/v1/trades', { ...btc, limit: '20' }, sample.trades)],
    result: [
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        tradeId: '698759001',
        price: '60005.4',
        quantity: '0.01',
        side: 'SELL',
        timestamp: NOW - 300,
      },
      { tradeId: '698759002', price: '60005.5', quantity: '0.2', side: 'BUY' },
    ],
  },
  'W-44': {
    requests: [look('/fapi/v1/premiumIndex', btc, sample.premiumIndex)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '0.0001',
      timestamp: 1763827200000,
    },
  },
  // As many as there may be in two days, whatever the interval has been.
  'W-45': {
    requests: [
      look(
        '/fapi/v1/fundingRate',
        { ...btc, startTime: String(NOW - 2 * DAY), endTime: String(NOW), limit: '1000' },
        sample.fundingRates,
      ),
    ],
    result: [
      { symbol: 'BTCUSDT', rate: '0.0001', timestamp: NOW - 960 * MINUTE },
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        rate: '-0.00002',
        timestamp: NOW - 480 * MINUTE + 2,
        markPrice: '60001.5',
      },
      { rate: '0.0003', timestamp: NOW - 240 * MINUTE },
      { rate: '0.00005', timestamp: NOW },
    ],
  },
  'W-46': {
    requests: [
      look('/fapi/v1/openInterest', btc, {
        openInterest: '10659.509',
        symbol: 'BTCUSDT',
        time: 1763798400007,
      }),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '10659.509',
      timestamp: 1763798400007,
    },
  },
}
