import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { btc, look, usdc, usdt } from './requests.ts'
import { ok } from './samples.ts'
import * as sample from './samplesMarket.ts'

// docs/wire/bitget.md 3: the market, where V2 serves both kinds of account.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

export const time = look('v2/public/time', {}, ok({ serverTime: String(NOW) }))
export const instruments = [
  look('v2/mix/market/contracts', usdt, sample.contractsInUsdt),
  look('v2/mix/market/contracts', usdc, sample.contractsInUsdc),
]

/** One candle, asked for by its start: both ends count. */
function candle(
  call: string,
  granularity: string,
  limit: string,
  starts: readonly number[],
): ExpectedRequest {
  const query = { ...btc, granularity, startTime: String(JULY), endTime: String(JULY), limit }
  return look(`v2/mix/market/${call}`, query, sample.candles(starts))
}

/** July 2024 is further back than the first call reaches: it knows nothing of it. */
function oldCandle(granularity: string): ExpectedRequest[] {
  return [
    candle('candles', granularity, '1000', []),
    candle('history-candles', granularity, '200', [JULY]),
  ]
}

/** How far it reaches in longer intervals the sheet does not tell. */
function recentCandle(granularity: string): ExpectedRequest {
  return candle('candles', granularity, '1000', [JULY])
}

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
> = {
  'W-02': {
    requests: instruments,
    result: [
      ['BTCUSDT', 'BTCUSDT', true],
      ['PEPEUSDT', 'PEPEUSDT', true],
      ['SUIUSDT', 'SUIUSDT', false],
      ['LTCUSDT', 'LTCUSDT', true],
      ['BTCUSDC', 'BTCPERP', true],
    ],
  },
  'W-03': {
    requests: [look('v2/mix/market/ticker', btc, sample.ticker)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      price: '60000.1',
      bidPrice: '60000',
      askPrice: '60000.2',
      markPrice: '60001.2',
      indexPrice: '60002.1353333',
      highPrice: '60900',
      lowPrice: '58700',
      volume: '81234.5',
      fundingRate: '-0.0007',
      timestamp: 1763798400005,
    },
  },
  // No depth of 20 is offered: the next larger one is asked for, and cut.
  'W-04': {
    requests: [
      look('v2/mix/market/merge-depth', { ...btc, precision: 'scale0', limit: '50' }, sample.book),
    ],
    result: {
      symbol: 'BTCUSDT',
      bids: [
        ['60000', '0.1201'],
        ['59999.9', '0.005'],
        ...Array.from({ length: 18 }, (_, index) => [String(59999 - index), '1']),
      ],
      asks: [
        ['60000.2', '3.105'],
        ['60000.3', '0.01'],
        ...Array.from({ length: 18 }, (_, index) => [String(60001 + index), '1']),
      ],
      timestamp: 1763798400010,
    },
  },
  // Both ends count.
  'W-05': {
    requests: [
      look(
        'v2/mix/market/candles',
        {
          ...btc,
          granularity: '5m',
          startTime: String(NOW - 50 * MINUTE),
          endTime: String(NOW - 40 * MINUTE),
          limit: '1000',
        },
        sample.candles([50, 45, 40].map((minutes) => NOW - minutes * MINUTE)),
      ),
    ],
    result: [50, 45, 40].map((minutes) => ({
      timestamp: NOW - minutes * MINUTE,
      open: 60480,
      high: 60490,
      low: 60470,
      close: 60475,
      volume: 12.3,
    })),
  },
  'W-28': {
    requests: [],
    result: {
      quantityPrecision: 4,
      pricePrecision: 1,
      stepSize: '0.0001',
      tickSize: '0.1',
      minQuantity: '0.0001',
      maxQuantity: '1200',
      minNotional: '5',
      maxLeverage: 125,
    },
  },
  // 8h has no token; from 6h on the plain ones open on boundaries of UTC+8.
  'W-32': {
    requests: [
      ...'1m 3m 5m 15m 30m 1H 2H 4H 6Hutc'.split(' ').flatMap(oldCandle),
      ...'12Hutc 1Dutc 3Dutc 1Wutc 1Mutc'.split(' ').map(recentCandle),
    ],
  },
  'W-43': {
    requests: [look('v2/mix/market/fills', { ...btc, limit: '20' }, sample.trades)],
    result: [
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        tradeId: '1107140264270315523',
        price: '60000.2',
        quantity: '0.2',
        side: 'BUY',
        timestamp: 1763798399800,
      },
      { tradeId: '1107140264270315524', side: 'SELL', timestamp: 1763798399900 },
    ],
  },
  'W-44': {
    requests: [look('v2/mix/market/current-fund-rate', btc, sample.fundingNow)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '0.000068',
      timestamp: 1763827200000,
      intervalMs: 8 * HOUR,
    },
  },
  // No times: it is read back from now, and what is older is left out.
  'W-45': {
    requests: [
      look(
        'v2/mix/market/history-fund-rate',
        { ...btc, pageSize: '100', pageNo: '1' },
        sample.fundingBefore,
      ),
    ],
    result: [6, 5, 4, 3, 2, 1, 0].map((index) => ({
      symbol: 'BTCUSDT',
      rate: `0.0000${11 + index}`,
      timestamp: NOW - index * 8 * HOUR,
    })),
  },
  'W-46': {
    requests: [look('v2/mix/market/open-interest', btc, sample.openInterest)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '27606.0718',
      timestamp: 1763798400007,
    },
  },
}
