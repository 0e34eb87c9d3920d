import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look, positions, tickers } from './requests.ts'
import { ORDER_ID, STOP_ID, success } from './samples.ts'
import * as sample from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireLookups } from './wireLookups.ts'
import { wireOrders } from './wireOrders.ts'

// docs/wire/kraken.md, by hand. Deadline and signature are checked by `signing`. BTCUSDT is taken to
// mean PF_XBTUSD, which is quoted in USD (1.2).

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

/** There is no call for the time: every answer tells it (2.4). */
const time = look('/tickers/PF_XBTUSD', {}, sample.ticker)
const instruments = look('/instruments', {}, sample.instruments)
const accounts = ask('/accounts', sample.accounts)

const names = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' }
const btcLong = {
  ...names,
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100.5',
  pnl: '2',
  leverage: 5,
  marginMode: 'ISOLATED',
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

const market: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32'
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
}

const account: Pick<WireEvidence['cases'], 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36'> = {
  // The wallet of the linear contracts, counted in USD.
  'W-06': {
    requests: [accounts],
    result: {
      totalWalletBalance: '13400.4',
      availableBalance: '12424.3',
      totalUnrealizedPnl: '12.5',
      totalMarginBalance: '13223.8',
      currency: 'USD',
      assets: [
        { asset: 'USD', walletBalance: '5000', availableBalance: '4200.5' },
        { asset: 'BTC', walletBalance: '0.1', availableBalance: '0.1' },
      ],
    },
  },
  'W-07': {
    requests: [
      positions([sample.position({}), sample.etherPosition]),
      tickers(btc, [sample.tickerRow({})]),
    ],
    result: [btcLong],
  },
  // Listed are markets with a preference alone.
  'W-08': {
    requests: [
      ask(
        '/leveragepreferences',
        success({
          leveragePreferences: [
            { symbol: 'PF_ETHUSD', maxLeverage: 3 },
            { symbol: 'PF_XBTUSD', maxLeverage: 10 },
          ],
        }),
      ),
    ],
    result: 10,
  },
  'W-09': { requests: [setLeverage('7')], result: true },
  'W-31': {
    requests: [
      positions([sample.position({}), sample.etherPosition, sample.inversePosition]),
      tickers({}, [sample.indexRow, sample.etherTicker, sample.tickerRow({})]),
    ],
    result: [
      btcLong,
      {
        symbol: 'ETHUSD',
        nativeSymbol: 'PF_ETHUSD',
        side: 'SHORT',
        size: '0.5',
        entryPrice: '3000',
        markPrice: '3050.5',
        pnl: '-25',
        marginMode: 'CROSS',
      },
    ],
  },
  // Repeating a value is plain success (4.4).
  'W-36': { requests: [setLeverage('20')], result: true },
}

function setLeverage(maxLeverage: string): ExpectedRequest {
  return {
    method: 'PUT',
    path: '/derivatives/api/v3/leveragepreferences',
    access: 'signed',
    form: { ...btc, maxLeverage },
    answer: success({}),
  }
}

/** What Kraken must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: { order: ORDER_ID, conditional: STOP_ID },
  preliminaries: [time, instruments],
  cases: { ...market, ...account, ...wireOrders, ...wireLookups, ...wireConditionals },
}
