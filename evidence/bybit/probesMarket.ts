import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { instrument, list, success, ticker } from './shapes.ts'
import { btc, look, openLong } from './words.ts'

// docs/wire/bybit.md 2 and 3.

const symbol: Shape = ['one of', 'BTCUSDT']
const category: Shape = ['one of', 'linear']
const kline: Shape = [
  'rows',
  'ms text',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
]
const bareKline: Shape = ['rows', 'ms text', 'decimal', 'decimal', 'decimal', 'decimal']

function klines(row: Shape): Shape {
  return success({ category, symbol, list: ['rows', row, row] })
}

function book(...level: readonly Shape[]): Shape {
  return {
    s: symbol,
    b: ['at least one', ['rows', ...level]],
    a: ['at least one', ['rows', ...level]],
    ts: 'ms',
    u: 'integer',
    seq: 'integer',
    cts: 'ms',
  }
}

export const marketProbes: readonly Probe[] = [
  {
    title: 'time',
    send: look('/v5/market/time'),
    answer: success({ timeSecond: /^\d{10}$/, timeNano: /^\d{19}$/ }),
  },
  {
    title: 'instruments',
    send: look('/v5/market/instruments-info', { category: 'linear', limit: '1000' }),
    answer: success({
      category,
      list: ['at least one', instrument],
      nextPageCursor: 'empty',
    }),
  },
  {
    title: 'one instrument: the values the sheet fixes',
    send: look('/v5/market/instruments-info', btc),
    answer: list({
      ...instrument,
      symbol,
      priceFilter: { ...instrument.priceFilter, tickSize: ['one of', '0.10'] },
      leverageFilter: { ...instrument.leverageFilter, maxLeverage: /^100(\.00)?$/ },
      lotSizeFilter: {
        ...instrument.lotSizeFilter,
        qtyStep: ['one of', '0.001'],
        maxMktOrderQty: /^500(\.0+)?$/,
        minNotionalValue: ['one of', '5'],
      },
      fundingInterval: ['one of', 480],
    }),
  },
  {
    title: 'instruments, first page of one row',
    send: look('/v5/market/instruments-info', { category: 'linear', limit: '1' }),
    answer: list(instrument, { nextPageCursor: 'text' }),
  },
  {
    title: 'ticker',
    send: look('/v5/market/tickers', btc),
    answer: list({ ...ticker, symbol }, {}),
  },
  {
    title: 'order book',
    send: look('/v5/market/orderbook', { ...btc, limit: '2' }),
    answer: success({
      s: symbol,
      b: ['rows', ['rows', 'decimal', 'decimal'], ['rows', 'decimal', 'decimal']],
      a: ['rows', ['rows', 'decimal', 'decimal'], ['rows', 'decimal', 'decimal']],
      ts: 'ms',
      u: 'integer',
      seq: 'integer',
      cts: 'ms',
    }),
  },
  {
    title: 'full order book',
    send: look('/v5/market/full_orderbook', btc),
    answer: success(book('decimal', 'decimal')),
  },
  {
    title: 'order book with retail price improvement',
    send: look('/v5/market/rpi_orderbook', { ...btc, limit: '2' }),
    answer: success(book('decimal', 'decimal', 'decimal')),
  },
  {
    title: 'klines',
    send: look('/v5/market/kline', { ...btc, interval: '1', limit: '2' }),
    answer: klines(kline),
  },
  {
    title: 'mark price klines',
    send: look('/v5/market/mark-price-kline', { ...btc, interval: '60', limit: '2' }),
    answer: klines(bareKline),
  },
  {
    title: 'index price klines',
    send: look('/v5/market/index-price-kline', { ...btc, interval: '60', limit: '2' }),
    answer: klines(bareKline),
  },
  {
    title: 'premium index klines',
    send: look('/v5/market/premium-index-price-kline', { ...btc, interval: '60', limit: '2' }),
    answer: klines(bareKline),
  },
  {
    title: 'recent trades',
    before: [openLong],
    send: look('/v5/market/recent-trade', { ...btc, limit: '1' }),
    answer: list(
      {
        execId: 'text',
        symbol,
        price: 'decimal',
        size: 'decimal',
        side: ['one of', 'Buy', 'Sell'],
        time: 'ms text',
        isBlockTrade: 'boolean',
        isRPITrade: 'boolean',
        seq: 'digits',
      },
      {},
    ),
  },
  {
    title: 'funding history',
    send: look('/v5/market/funding/history', { ...btc, limit: '1' }),
    answer: success({
      category,
      list: ['array of', { symbol, fundingRate: 'decimal', fundingRateTimestamp: 'ms text' }],
    }),
  },
  {
    title: 'open interest',
    send: look('/v5/market/open-interest', { ...btc, intervalTime: '1h', limit: '1' }),
    answer: success({
      symbol,
      category,
      list: [
        'array of',
        { openInterest: 'decimal', singleOpenInterest: 'decimal', timestamp: 'ms text' },
      ],
      nextPageCursor: 'text or empty',
    }),
  },
  {
    title: 'risk tiers',
    send: look('/v5/market/risk-limit', btc),
    answer: success({
      category,
      list: [
        'at least one',
        {
          id: 'integer',
          symbol,
          riskLimitValue: 'decimal',
          maintenanceMargin: 'decimal',
          initialMargin: 'decimal',
          isLowestRisk: ['one of', 0, 1],
          maxLeverage: 'decimal',
          mmDeduction: 'decimal or empty',
        },
      ],
      nextPageCursor: 'text or empty',
    }),
  },
  {
    title: 'price band',
    send: look('/v5/market/price-limit', btc),
    answer: success({ symbol, buyLmt: 'decimal', sellLmt: 'decimal', ts: 'ms text' }, 'empty'),
  },
]
