import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { dayTicker, exchangeInfo, kline, premiumIndex, trade } from './shapesMarket.ts'
import { look, openLong } from './words.ts'

// docs/wire/binance.md 3.

const btc = { symbol: 'BTCUSDT' }
const symbolOf: Shape = ['one of', 'BTCUSDT']

const bookTicker: Shape = {
  symbol: symbolOf,
  bidPrice: 'decimal',
  bidQty: 'decimal',
  askPrice: 'decimal',
  askQty: 'decimal',
  time: 'ms',
  lastUpdateId: ['optional', 'integer'],
}

const flatKline: Shape = [
  'rows',
  'ms',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  ['one of', '0'],
  'ms',
  ['one of', '0'],
  'integer',
  ['one of', '0'],
  ['one of', '0'],
  'decimal',
]

const fundingRow: Shape = {
  symbol: symbolOf,
  fundingRate: 'decimal',
  fundingTime: 'ms',
  markPrice: 'decimal or empty',
  rateType: ['one of', 'Regular', 'Special'],
}

const book: Shape = {
  lastUpdateId: 'integer',
  E: 'ms',
  T: 'ms',
  bids: ['at least one', ['rows', 'decimal', 'decimal']],
  asks: ['at least one', ['rows', 'decimal', 'decimal']],
}

export const marketProbes: readonly Probe[] = [
  { title: 'ping', send: look('/fapi/v1/ping'), answer: {} },
  { title: 'time', send: look('/fapi/v1/time'), answer: { serverTime: 'ms' } },
  { title: 'instruments', send: look('/fapi/v1/exchangeInfo'), answer: exchangeInfo },
  { title: '24 h ticker', send: look('/fapi/v1/ticker/24hr', btc), answer: dayTicker },
  {
    title: '24 h tickers of all symbols',
    send: look('/fapi/v1/ticker/24hr'),
    answer: ['at least one', { ...dayTicker, symbol: 'text' }],
  },
  {
    title: 'last price',
    send: look('/fapi/v1/ticker/price', btc),
    answer: { symbol: symbolOf, price: 'decimal', time: 'ms' },
  },
  {
    title: 'last price, second version, all symbols',
    send: look('/fapi/v2/ticker/price'),
    answer: ['at least one', { symbol: 'text', price: 'decimal', time: 'ms' }],
  },
  {
    title: 'best bid and ask',
    send: look('/fapi/v1/ticker/bookTicker', btc),
    answer: bookTicker,
  },
  {
    title: 'order book',
    send: look('/fapi/v1/depth', { ...btc, limit: '5' }),
    answer: book,
  },
  {
    title: 'order book with retail price improvement',
    send: look('/fapi/v1/rpiDepth', { ...btc, limit: '1000' }),
    answer: book,
  },
  {
    title: 'recent trades',
    before: [openLong],
    send: look('/fapi/v1/trades', { ...btc, limit: '5' }),
    answer: ['at least one', trade],
  },
  {
    title: 'older trades, with the key alone',
    before: [openLong],
    send: { ...look('/fapi/v1/historicalTrades', { ...btc, limit: '5' }), access: 'key' },
    answer: ['at least one', trade],
  },
  {
    title: 'aggregate trades',
    before: [openLong],
    send: look('/fapi/v1/aggTrades', { ...btc, limit: '5' }),
    answer: [
      'at least one',
      {
        a: 'integer',
        p: 'decimal',
        q: 'decimal',
        nq: 'decimal',
        f: 'integer',
        l: 'integer',
        T: 'ms',
        m: 'boolean',
      },
    ],
  },
  {
    title: 'klines',
    send: look('/fapi/v1/klines', { ...btc, interval: '1m', limit: '2' }),
    answer: ['rows', kline, kline],
  },
  {
    title: 'klines of a continuous contract',
    send: look('/fapi/v1/continuousKlines', {
      pair: 'BTCUSDT',
      contractType: 'PERPETUAL',
      interval: '1d',
      limit: '1',
    }),
    answer: ['rows', kline],
  },
  {
    title: 'mark price klines have no volume',
    send: look('/fapi/v1/markPriceKlines', { ...btc, interval: '1h', limit: '1' }),
    answer: ['rows', flatKline],
  },
  {
    title: 'index price klines have no volume',
    send: look('/fapi/v1/indexPriceKlines', { pair: 'BTCUSDT', interval: '1h', limit: '1' }),
    answer: ['rows', flatKline],
  },
  {
    title: 'mark price, index price and funding now',
    send: look('/fapi/v1/premiumIndex', btc),
    answer: premiumIndex,
  },
  {
    title: 'funding history',
    send: look('/fapi/v1/fundingRate', { ...btc, limit: '3' }),
    answer: ['array of', fundingRow],
  },
  {
    title: 'funding rules',
    send: look('/fapi/v1/fundingInfo'),
    answer: [
      'array of',
      {
        symbol: 'text',
        adjustedFundingRateCap: 'decimal',
        adjustedFundingRateFloor: 'decimal',
        fundingIntervalHours: 'integer',
        disclaimer: 'boolean',
        updateTime: ['optional', 'integer'],
      },
    ],
  },
  {
    title: 'open interest',
    send: look('/fapi/v1/openInterest', btc),
    answer: { openInterest: 'decimal', symbol: symbolOf, time: 'ms' },
  },
]
