import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, cross, look, post } from './requests.ts'
import * as sample from './samples.ts'
import * as market from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireOrders } from './wireOrders.ts'

// docs/wire/htx.md, by hand. Key, time and signature are checked by `signing`.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

const time = look('/api/v1/timestamp', {}, { status: 'ok', ts: NOW })
const contracts = look(
  '/linear-swap-api/v1/swap_contract_info',
  { business_type: 'swap' },
  market.contracts,
)
const elements = look('/linear-swap-api/v1/swap_query_elements', {}, market.elements)
const balance = ask('/v5/account/balance', {}, sample.balance)

/** By the starts of the first and the last candle, both inclusive and in seconds; no size. */
function candles(period: string, starts: readonly number[]): ExpectedRequest {
  const from = String((starts[0] ?? 0) / 1_000)
  const to = String((starts.at(-1) ?? 0) / 1_000)
  const query = { ...btc, period, from, to }
  return look('/linear-swap-ex/market/history/kline', query, market.klines(period, starts))
}

/** The candles of July's start that make one candle of an interval. */
function parts(period: string, lengthMs: number, count: number): ExpectedRequest {
  return candles(
    period,
    Array.from({ length: count }, (_, index) => JULY + index * lengthMs),
  )
}

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

const marketCases: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32'
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
      parts('1min', MINUTE, 1),
      parts('1min', MINUTE, 3),
      parts('5min', 5 * MINUTE, 1),
      parts('15min', 15 * MINUTE, 1),
      parts('30min', 30 * MINUTE, 1),
      parts('60min', HOUR, 1),
      parts('60min', HOUR, 2),
      parts('4hour', 4 * HOUR, 1),
      parts('60min', HOUR, 6),
      parts('4hour', 4 * HOUR, 2),
      parts('4hour', 4 * HOUR, 3),
      parts('4hour', 4 * HOUR, 6),
      parts('4hour', 4 * HOUR, 3 * 6),
      parts('4hour', 4 * HOUR, 7 * 6),
      parts('4hour', 4 * HOUR, 31 * 6),
    ],
  },
}

const openPositions = '/v5/trade/position/opens'
const lever = '/v5/position/lever'

const accountCases: Pick<
  WireEvidence['cases'],
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36'
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
    requests: [ask(openPositions, btc, sample.success([sample.position({})]))],
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
        openPositions,
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
}

/** What HTX must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: {
    order: sample.ORDER_ID,
    conditional: `algo:${sample.ALGO_ID}`,
    client: sample.numberOf,
  },
  preliminaries: [time, contracts, elements],
  cases: { ...marketCases, ...accountCases, ...wireOrders, ...wireConditionals },
}
