import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, look, post, swaps } from './requests.ts'
import { ALGO_ID, list, ORDER_ID } from './samples.ts'
import * as sample from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireOrders } from './wireOrders.ts'

// docs/wire/okx.md, by hand. Time, window and signature are checked by `signing`.

const MINUTE = 60_000
const NOW = 1_763_798_400_000
const JULY = 1_719_792_000_000

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

const time = look('public/time', {}, list([{ ts: String(NOW) }]))
const instruments = look('public/instruments', swaps, sample.instruments)
const balance = ask('account/balance', {}, sample.balance)

const btcLong = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTC-USDT-SWAP',
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100',
  pnl: '2',
  percentage: '2',
  leverage: 12,
  liquidationPrice: '40321.5',
  marginMode: 'CROSS',
  notional: '1202',
}

const market: Pick<
  WireEvidence['cases'],
  'W-01' | 'W-02' | 'W-03' | 'W-04' | 'W-05' | 'W-28' | 'W-32'
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
}

const accounts: Pick<WireEvidence['cases'], 'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36'> = {
  // The totals are those of USDT.
  'W-06': {
    requests: [balance],
    result: {
      totalWalletBalance: '10100',
      availableBalance: '9907.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10120.55',
      currency: 'USDT',
      assets: [
        { asset: 'USDC', walletBalance: '200', unrealizedPnl: '0' },
        { asset: 'USDT', walletBalance: '10100', unrealizedPnl: '20.55' },
      ],
    },
  },
  'W-07': {
    requests: [
      ask(
        'account/positions',
        { ...swaps, ...btc },
        list([sample.position({}), sample.closedPosition]),
      ),
    ],
    result: [btcLong],
  },
  'W-08': { requests: [askLeverage('10')], result: 10 },
  // Read first: with orders open the exchange refuses even what would change nothing.
  'W-09': {
    requests: [
      askLeverage('20'),
      post(
        'account/set-leverage',
        { ...btc, lever: '7', mgnMode: 'cross' },
        list([{ ...btc, lever: '7', mgnMode: 'cross', posSide: '' }]),
      ),
    ],
    result: true,
  },
  'W-31': {
    requests: [
      ask(
        'account/positions',
        swaps,
        list([
          sample.position({}),
          sample.position({ instId: 'PEPE-USDT-SWAP', pos: '-2.5', avgPx: '0.00001' }),
          // Inverse contracts share the list.
          sample.position({ instId: 'BTC-USD-SWAP', ccy: 'BTC', pos: '3' }),
        ]),
      ),
    ],
    result: [
      btcLong,
      { symbol: 'PEPEUSDT', nativeSymbol: 'PEPE-USDT-SWAP', side: 'SHORT', size: '25000000' },
    ],
  },
  'W-36': { requests: [askLeverage('20')], result: true },
}

function askLeverage(lever: string): ExpectedRequest {
  return ask('account/leverage-info', { ...btc, mgnMode: 'cross' }, sample.leverage(lever))
}

/** What OKX V5 must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: {
    order: ORDER_ID,
    conditional: `algo:${ALGO_ID}`,
    // Letters and digits only.
    client: (id) => id.replace('-', ''),
  },
  preliminaries: [time, instruments],
  cases: { ...market, ...accounts, ...wireOrders, ...wireConditionals },
}
