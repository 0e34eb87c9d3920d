import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look, names } from './requests.ts'
import * as sample from './samplesMarket.ts'

// docs/wire/kraken.md 3: the market. BTCUSDT is taken to mean PF_XBTUSD, which is quoted in USD (1.2).

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

/** There is no call for the time: every answer tells it (2.4). */
export const time = look('/tickers/PF_XBTUSD', {}, sample.ticker)
export const instruments = look('/instruments', {}, sample.instruments)
export const accounts = ask('/accounts', sample.accounts)

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
> = {
  'W-01': { requests: [time, accounts], result: true },
  // Dated and inverse contracts are no business of ours.
  'W-02': {
    requests: [instruments],
    result: [
      ['BTCUSD', 'PF_XBTUSD', true],
      ['PEPEUSD', 'PF_PEPEUSD', true],
      ['ETHUSD', 'PF_ETHUSD', true],
      ['LUNAUSD', 'PF_LUNAUSD', false],
    ],
  },
  // The rate is 0.6009 of 60090, exchanged on the hour.
  'W-03': {
    requests: [look('/tickers/PF_XBTUSD', {}, sample.ticker)],
    result: {
      ...names,
      price: '60100.2',
      bidPrice: '60100.1',
      askPrice: '60100.4',
      markPrice: '60100.5',
      indexPrice: '60090',
      highPrice: '60911.5',
      lowPrice: '59120.2',
      volume: '4237.2723',
      fundingRate: '0.00001',
      nextFundingTime: NOW + 60 * MINUTE,
      timestamp: NOW,
    },
  },
  // All levels, always.
  'W-04': {
    requests: [look('/orderbook', btc, sample.orderBook)],
    result: {
      ...names,
      bids: [
        ['60100.1', '0.0273'],
        ['60099', '1'],
      ],
      asks: [
        ['60100.4', '0.006'],
        ['60101.2', '23.4695'],
      ],
      timestamp: NOW,
    },
  },
  'W-05': {
    requests: [
      candles(
        '5m',
        300,
        [50, 45, 40].map((minutes) => NOW - minutes * MINUTE),
      ),
    ],
    result: [50, 45, 40].map((minutes) => ({
      timestamp: NOW - minutes * MINUTE,
      open: 60480,
      high: 60490.5,
      low: 60470,
      close: 60475,
      volume: 12.3,
    })),
  },
  // The list of instruments tells all of it; the smallest quantity is one step (3.2).
  'W-28': {
    requests: [],
    result: {
      quantityPrecision: 4,
      pricePrecision: 1,
      stepSize: '0.0001',
      tickSize: '0.1',
      minQuantity: '0.0001',
      maxQuantity: '1200',
      minNotional: '0',
      contractMultiplier: '1',
      maxLeverage: 100,
    },
  },
  // 3m, 2h, 6h, 8h, 3d and 1M have no token.
  'W-32': {
    requests: [
      candles('1m', 60, [JULY]),
      candles('5m', 300, [JULY]),
      candles('15m', 900, [JULY]),
      candles('30m', 1_800, [JULY]),
      candles('1h', 3_600, [JULY]),
      candles('4h', 14_400, [JULY]),
      candles('12h', 43_200, [JULY]),
      candles('1d', 86_400, [JULY]),
      candles('1w', 604_800, [JULY]),
    ],
  },
  // At most 100 come, newest first; the identifier is `uid`.
  'W-43': {
    requests: [look('/history', btc, sample.trades)],
    result: [
      {
        ...names,
        tradeId: '419060e5-869d-41bf-9b6a-33dd7f365d88',
        price: '60100.1',
        quantity: '0.02',
        side: 'SELL',
        timestamp: NOW - 2_000,
      },
      {
        tradeId: '419060e5-869d-41bf-9b6a-33dd7f365d89',
        price: '60100.2',
        quantity: '0.0004',
        side: 'BUY',
        timestamp: NOW - 1_000,
      },
    ],
  },
  // Dollars per unit, of the price of the index; exchanged on the hour.
  'W-44': {
    requests: [look('/tickers/PF_XBTUSD', {}, sample.ticker)],
    result: { ...names, rate: '0.00001', timestamp: NOW + HOUR, intervalMs: HOUR },
  },
  // Everything at once. A row is dated by its beginning, a settlement by its end.
  'W-45': {
    requests: [
      {
        ...look('', btc, sample.funding(ago(60).map((hours) => [NOW - hours * HOUR, rate(hours)]))),
        path: '/derivatives/api/v4/historicalfundingrates',
      },
    ],
    result: ago(48).map((hours) => ({
      ...names,
      rate: String(rate(hours + 1)),
      timestamp: NOW - hours * HOUR,
      intervalMs: HOUR,
    })),
  },
  'W-46': {
    requests: [look('/tickers/PF_XBTUSD', {}, sample.ticker)],
    result: { ...names, quantity: '2189.7813', timestamp: NOW },
  },
}

/** Of an hour that began so many hours ago. */
function rate(hours: number): number {
  return Number(`0.0000${111 + hours}`)
}

/** Hours, from so many down to none. */
function ago(hours: number): number[] {
  return Array.from({ length: hours + 1 }, (_, index) => hours - index)
}

/** Seconds go out, milliseconds come back; `to` is the last second of the last candle (3.6). */
function candles(resolution: string, seconds: number, starts: readonly number[]): ExpectedRequest {
  const from = (starts[0] ?? 0) / 1_000
  return {
    method: 'GET',
    path: `/api/charts/v1/trade/PF_XBTUSD/${resolution}`,
    access: 'public',
    query: { from: String(from), to: String(from + starts.length * seconds - 1) },
    answer: sample.candles(starts),
  }
}
