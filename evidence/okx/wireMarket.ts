import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look, swaps } from './requests.ts'
import { list } from './samples.ts'
import { balance as balances } from './samplesAccount.ts'
import * as sample from './samplesMarket.ts'

// docs/wire/okx.md 3: the market.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

export const time = look('public/time', {}, list([{ ts: String(NOW) }]))
export const instruments = look('public/instruments', swaps, sample.instruments)
export const balance = ask('account/balance', {}, balances)

export const wireMarket: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32' | 'W-43' | 'W-44' | 'W-45' | 'W-46'
> = {
  'W-01': { requests: [time, balance], result: true },
  'W-02': {
    requests: [instruments],
    result: [
      ['BTCUSDT', 'BTC-USDT-SWAP', true],
      ['BTCUSDC', 'BTC-USDC-SWAP', true],
      ['PEPEUSDT', 'PEPE-USDT-SWAP', true],
      ['SUIUSDT', 'SUI-USDT-SWAP', false],
    ],
  },
  'W-03': {
    requests: [
      look('market/ticker', btc, list([sample.ticker])),
      look('public/mark-price', { ...swaps, ...btc }, list([sample.markPrice])),
      look('market/index-tickers', { instId: 'BTC-USDT' }, list([sample.indexTicker])),
    ],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      price: '60000.1',
      bidPrice: '60000',
      askPrice: '60000.2',
      markPrice: '60001.2',
      indexPrice: '60002.1',
      highPrice: '60900',
      lowPrice: '58700',
      volume: '81234.5',
      timestamp: 1763798400005,
    },
  },
  // Sizes are contracts of 0.01 BTC.
  'W-04': {
    requests: [look('market/books', { ...btc, sz: '20' }, list([sample.book]))],
    result: {
      symbol: 'BTCUSDT',
      bids: [
        ['60000', '0.1201'],
        ['59999.9', '0.005'],
      ],
      asks: [
        ['60000.2', '3.105'],
        ['60000.3', '0.01'],
      ],
      timestamp: 1763798400010,
    },
  },
  'W-05': {
    requests: [
      look(
        'market/candles',
        {
          ...btc,
          bar: '5m',
          after: String(NOW - 40 * MINUTE + 1),
          before: String(NOW - 50 * MINUTE - 1),
          limit: '3',
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
  // The list of instruments tells all of it, in contracts.
  'W-28': {
    requests: [],
    result: {
      quantityPrecision: 4,
      pricePrecision: 1,
      stepSize: '0.0001',
      tickSize: '0.1',
      minQuantity: '0.0001',
      maxQuantity: '1000000',
      minNotional: '0',
      contractMultiplier: '0.01',
      maxLeverage: 100,
    },
  },
  // 8h has no token; from 6h on the plain ones open on boundaries of UTC+8.
  'W-32': {
    requests: [
      ...'1m 3m 5m 15m 30m 1H 2H 4H 6Hutc'.split(' ').flatMap(oldCandle),
      ...'12Hutc 1Dutc 3Dutc 1Wutc 1Mutc'.split(' ').map(recentCandle),
    ],
  },
  // Newest first; `side` is the taker's.
  'W-43': {
    requests: [look('market/trades', { ...btc, limit: '20' }, list(sample.trades))],
    result: [
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        tradeId: '1518905528',
        price: '60000.2',
        quantity: '0.012',
        side: 'BUY',
        timestamp: 1763798399800,
      },
      { tradeId: '1518905529', price: '60000', quantity: '0.005', side: 'SELL' },
    ],
  },
  // What it will be at `fundingTime`; the settlement after that tells the interval.
  'W-44': {
    requests: [look('public/funding-rate', btc, list([sample.fundingNow]))],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      rate: '0.0000512',
      timestamp: 1763827200000,
      intervalMs: 8 * HOUR,
    },
  },
  // Walked back from the end, which is exclusive; what is older is left out. What was charged is
  // `realizedRate`.
  'W-45': {
    requests: [
      look(
        'public/funding-rate-history',
        { ...btc, after: String(NOW + 1), limit: '100' },
        list(
          [0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
            sample.fundingThen(NOW - index * 8 * HOUR, index),
          ),
        ),
      ),
    ],
    result: [6, 5, 4, 3, 2, 1, 0].map((index) => ({
      symbol: 'BTCUSDT',
      rate: `0.0000${11 + index}`,
      timestamp: NOW - index * 8 * HOUR,
    })),
  },
  'W-46': {
    requests: [look('public/open-interest', { ...swaps, ...btc }, list([sample.openInterest]))],
    result: {
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      quantity: '22161.1301',
      timestamp: 1763798400007,
    },
  },
}

/** One candle of a bar length, asked for by its start; both bounds are exclusive. */
function candle(call: string, bar: string, starts: readonly number[]): ExpectedRequest {
  const query = { ...btc, bar, after: String(JULY + 1), before: String(JULY - 1), limit: '1' }
  return look(`market/${call}`, query, sample.candles(starts))
}

/** July 2024 is more than 1440 bars back: the first call knows nothing of it. */
function oldCandle(bar: string): ExpectedRequest[] {
  return [candle('candles', bar, []), candle('history-candles', bar, [JULY])]
}

function recentCandle(bar: string): ExpectedRequest {
  return candle('candles', bar, [JULY])
}
