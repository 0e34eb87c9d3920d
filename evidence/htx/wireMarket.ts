import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look } from './requests.ts'
import * as sample from './samples.ts'
import * as market from './samplesMarket.ts'

// docs/wire/htx.md 3: the market.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

export const time = look('/api/v1/timestamp', {}, { status: 'ok', ts: NOW })
export const contracts = look(
  '/linear-swap-api/v1/swap_contract_info',
  { business_type: 'swap' },
  market.contracts,
)
export const elements = look('/linear-swap-api/v1/swap_query_elements', {}, market.elements)
export const balance = ask('/v5/account/balance', {}, sample.balance)

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
> = {
  'W-01': { requests: [time, balance], result: true },
  // Trading rules are a list of their own.
  'W-02': {
    requests: [contracts, elements],
    result: [
      ['BTCUSDT', 'BTC-USDT', true],
      ['SHIBUSDT', 'SHIB-USDT', true],
      ['1000PEPEUSDT', '1000PEPE-USDT', false],
    ],
  },
  // Mark price, index price and funding rate each stand elsewhere.
  'W-03': {
    requests: [
      look('/linear-swap-ex/market/detail/merged', btc, market.ticker),
      look(
        '/index/market/history/linear_swap_mark_price_kline',
        { ...btc, period: '1min', size: '1' },
        market.markCandle,
      ),
      look('/linear-swap-api/v1/swap_index', btc, market.index),
      look('/v5/market/funding_rate', btc, market.funding),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      price: '63105.1',
      bidPrice: '63105.2',
      askPrice: '63105.3',
      markPrice: '63104.9',
      indexPrice: '63110.25',
      highPrice: '64012.7',
      lowPrice: '62544',
      volume: '11371.362',
      fundingRate: '0.000083024939363172',
      nextFundingTime: 1763827200000,
      timestamp: 1763798400088,
    },
  },
  'W-04': {
    requests: [look('/linear-swap-ex/market/depth', { ...btc, type: 'step6' }, market.book)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      bids: [
        ['63105.2', '1.204'],
        ['63105.1', '0.04'],
      ],
      asks: [
        ['63105.3', '0.88'],
        ['63105.5', '0.012'],
      ],
      timestamp: 1763798400066,
    },
  },
  'W-05': {
    requests: [
      candles(
        '5min',
        [50, 45, 40].map((minutes) => NOW - minutes * MINUTE),
      ),
    ],
    result: [50, 45, 40].map((minutes) => ({
      timestamp: NOW - minutes * MINUTE,
      open: 63100.1,
      high: 63110,
      low: 63090.3,
      close: 63105.2,
      volume: 3.412,
    })),
  },
  // The lists of contracts and of rules tell all of it; limits are counted in contracts there.
  'W-28': {
    requests: [],
    result: {
      quantityPrecision: 3,
      pricePrecision: 1,
      stepSize: '0.001',
      tickSize: '0.1',
      minQuantity: '0.001',
      maxQuantity: '170',
      minNotional: '0',
      contractMultiplier: '0.001',
      maxLeverage: 200,
    },
  },
  // 3m 2h 6h 8h 12h and 3d have no token; days, weeks and months there begin at 16:00 UTC.
  'W-32': {
    requests: [
      candles('1min', [JULY]),
      candles('5min', [JULY]),
      candles('15min', [JULY]),
      candles('30min', [JULY]),
      candles('60min', [JULY]),
      candles('4hour', [JULY]),
    ],
  },
  // One match may have several prints.
  'W-43': {
    requests: [look('/linear-swap-ex/market/history/trade', { ...btc, size: '20' }, market.trades)],
    result: [
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        tradeId: '1314767860000',
        price: '63105.1',
        quantity: '0.001',
        side: 'SELL',
        timestamp: 1763798399100,
      },
      { tradeId: '1314767870000', side: 'BUY', quantity: '0.002', timestamp: 1763798399383 },
      { tradeId: '1314767870001', side: 'BUY', quantity: '0.003', price: '63105.3' },
    ],
  },
  // The settlement after the next tells the interval.
  'W-44': {
    requests: [look('/v5/market/funding_rate', btc, market.funding)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      rate: '0.000083024939363172',
      timestamp: 1763827200000,
      intervalMs: 8 * HOUR,
    },
  },
  // From 2020 on, unless it is told from when.
  'W-45': {
    requests: [
      look(
        '/v5/market/funding_rate_history',
        { ...btc, start_time: String(NOW - 48 * HOUR), end_time: String(NOW), limit: '100' },
        market.fundingBefore([6, 5, 4, 3, 2, 1, 0].map((index) => NOW - index * 8 * HOUR)),
      ),
    ],
    result: [6, 5, 4, 3, 2, 1, 0].map((index, place) => ({
      symbol: 'BTCUSDT',
      rate: `0.0000${11 + place}`,
      timestamp: NOW - index * 8 * HOUR,
    })),
  },
  'W-46': {
    requests: [look('/v5/market/open_interest', btc, market.openInterest)],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      quantity: '32476.092',
      notional: '2063137924.9668',
      timestamp: 1763798400123,
    },
  },
}

/** By the starts of the first and the last candle, both inclusive and in seconds; no size. */
function candles(period: string, starts: readonly number[]): ExpectedRequest {
  const from = String((starts[0] ?? 0) / 1_000)
  const to = String((starts.at(-1) ?? 0) / 1_000)
  const query = { ...btc, period, from, to }
  return look('/linear-swap-ex/market/history/kline', query, market.klines(period, starts))
}
