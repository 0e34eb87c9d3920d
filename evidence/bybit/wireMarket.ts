import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look } from './requests.ts'
import * as own from './samples.ts'
import * as sample from './samplesMarket.ts'

// docs/wire/bybit.md 3: what needs no key.

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const DAY = 1_440 * MINUTE
const JULY = 1_719_792_000_000

function instruments(query: Readonly<Record<string, string>>, answer: Json): ExpectedRequest {
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

export const time: ExpectedRequest = look(
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
export const allInstruments: ExpectedRequest = instruments(
  {},
  own.list([sample.btcUsdt, sample.btcPerp, sample.pepe, sample.dated]),
)

export const wallet: ExpectedRequest = ask(
  '/v5/account/wallet-balance',
  { accountType: 'UNIFIED' },
  own.wallet,
)

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
> = {
  'W-01': { requests: [time, wallet], result: true },
  'W-02': {
    requests: [
      instruments({}, own.list([sample.btcUsdt, sample.dated], 'a%3A1%2Cb')),
      // The cursor arrives percent-encoded; encoded once is what stands in the URL.
      instruments({ cursor: 'a:1,b' }, own.list([sample.btcPerp, sample.pepe])),
    ],
    result: [
      ['BTCUSDT', 'BTCUSDT', true],
      ['BTCUSDC', 'BTCPERP', true],
      ['1000PEPEUSDT', '1000PEPEUSDT', true],
    ],
  },
  'W-03': {
    requests: [look('/v5/market/tickers', btc, own.list([sample.ticker]))],
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
        own.success({
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
  // Newest first; `side` is the taker's.
  'W-43': {
    requests: [look('/v5/market/recent-trade', { ...btc, limit: '20' }, sample.trades)],
    result: [
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        tradeId: '0ab1bdf7-4219-438b-b30a-32ec863018f7',
        price: '66473.5',
        quantity: '0.001',
        side: 'BUY',
        timestamp: NOW - 300,
      },
      { tradeId: '0ab1bdf7-4219-438b-b30a-32ec863018f8', price: '66473.4', side: 'SELL' },
    ],
  },
  'W-44': {
    requests: [look('/v5/market/tickers', btc, own.list([sample.ticker]))],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      rate: '0.0001',
      timestamp: 1763827200000,
      intervalMs: 480 * MINUTE,
    },
  },
  // A start alone is refused. Newest first.
  'W-45': {
    requests: [
      look(
        '/v5/market/funding/history',
        { ...btc, startTime: String(NOW - 2 * DAY), endTime: String(NOW), limit: '50' },
        sample.fundingRates,
      ),
    ],
    result: [
      { symbol: 'BTCUSDT', rate: '-0.00002', timestamp: NOW - 960 * MINUTE },
      { rate: '0.00005', timestamp: NOW - 480 * MINUTE },
      { nativeSymbol: 'BTCUSDT', rate: '0.0001', timestamp: NOW },
    ],
  },
  // `openInterest` counts both sides.
  'W-46': {
    requests: [look('/v5/market/tickers', btc, own.list([sample.ticker]))],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '26155.057',
      notional: '1743668722.98',
      timestamp: 1763798400001,
    },
  },
}
