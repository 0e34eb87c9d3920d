import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { success } from './shapes.ts'
import { candle, contract, fundingNow, ticker, trade } from './shapesMarket.ts'
import { ask, btc, look, market, member, openLong, usdt } from './words.ts'

// docs/wire/bitget.md 2, 3 to 3.3 and 1 (what another client asks before anything else).

const symbol: Shape = ['one of', 'BTCUSDT']
const isNothing = success(['rows'])

function book(asks: Shape, bids: Shape): Shape {
  return success({
    asks,
    bids,
    ts: 'ms text',
    scale: ['one of', '0.1'],
    precision: ['one of', 'scale0'],
    isMaxPrecision: ['one of', 'NO', 'YES'],
  })
}

const level: Shape = ['rows', 'number', 'number']

export const marketProbes: readonly Probe[] = [
  {
    title: 'time: a number outside, text inside',
    send: look('v2/public/time'),
    answer: success({ serverTime: 'ms text' }),
  },
  {
    title: 'contracts',
    send: look('v2/mix/market/contracts', usdt),
    answer: success([
      'at least one',
      { ...contract, supportMarginCoins: ['rows', ['one of', 'USDT']] },
    ]),
  },
  {
    title: 'one contract: the values the sheet fixes',
    send: market('contracts'),
    answer: success([
      'rows',
      {
        ...contract,
        symbol,
        baseCoin: ['one of', 'BTC'],
        quoteCoin: ['one of', 'USDT'],
        buyLimitPriceRatio: ['one of', '0.05'],
        sellLimitPriceRatio: ['one of', '0.05'],
        makerFeeRate: ['one of', '0.0002'],
        takerFeeRate: ['one of', '0.0006'],
        minTradeNum: ['one of', '0.0001'],
        sizeMultiplier: ['one of', '0.0001'],
        volumePlace: ['one of', '4'],
        pricePlace: ['one of', '1'],
        priceEndStep: ['one of', '1'],
        minTradeUSDT: ['one of', '5'],
        maxMarketOrderQty: ['one of', '220'],
        maxOrderQty: ['one of', '1200'],
      },
    ]),
  },
  {
    title: 'contracts in USDC are named PERP',
    send: look('v2/mix/market/contracts', { productType: 'USDC-FUTURES', symbol: 'BTCPERP' }),
    answer: success([
      'rows',
      {
        ...contract,
        symbol: ['one of', 'BTCPERP'],
        baseCoin: ['one of', 'BTC'],
        quoteCoin: ['one of', 'USDC'],
        supportMarginCoins: ['rows', ['one of', 'USDC']],
      },
    ]),
  },
  {
    title: 'contracts: the product type in any case',
    send: look('v2/mix/market/contracts', { productType: 'usdt-futures', symbol: 'BTCUSDT' }),
    answer: success(['rows', { ...contract, symbol }]),
  },
  {
    title: 'contracts margined in coins: none',
    send: look('v2/mix/market/contracts', { productType: 'COIN-FUTURES' }),
    answer: isNothing,
  },
  {
    title: 'contracts of the old demo: none',
    send: look('v2/mix/market/contracts', { productType: 'SUSDT-FUTURES' }),
    answer: isNothing,
  },
  { title: 'no spot coins', send: look('v2/spot/public/coins'), answer: isNothing },
  { title: 'no spot symbols', send: look('v2/spot/public/symbols'), answer: isNothing },
  { title: 'no margin currencies', send: look('v2/margin/currencies'), answer: isNothing },
  {
    title: 'ticker: an array of one',
    send: market('ticker'),
    answer: success(['rows', { ...ticker, symbol, ts: 'ms text' }]),
  },
  {
    title: 'tickers',
    send: look('v2/mix/market/tickers', usdt),
    answer: success(['at least one', ticker]),
  },
  {
    title: 'order book: numbers',
    send: market('merge-depth', { precision: 'scale0', limit: '1' }),
    answer: book(['rows', level], ['rows', level]),
  },
  {
    title: 'order book: as many levels as there are',
    send: market('merge-depth', { precision: 'scale0', limit: 'max' }),
    answer: book(['at least one', level], ['at least one', level]),
  },
  {
    title: 'candles',
    send: market('candles', { granularity: '1m', limit: '2' }),
    answer: success(['rows', candle, candle]),
  },
  {
    title: 'candles of days in UTC',
    send: market('candles', { granularity: '1Dutc', limit: '1' }),
    answer: success(['rows', ['rows', /^\d{13}$/, ...Array<Shape>(6).fill('decimal')]]),
  },
  {
    title: 'candles of the mark price, in small letters',
    send: market('candles', { granularity: '1H', limit: '1', kLineType: 'mark' }),
    answer: success(['rows', candle]),
  },
  {
    title: 'candles of the index price',
    send: market('candles', { granularity: '1H', limit: '1', kLineType: 'INDEX' }),
    answer: success(['rows', candle]),
  },
  ...['history-candles', 'history-mark-candles', 'history-index-candles'].map((path) => ({
    title: `${path}: closed ones`,
    send: market(path, { granularity: '1m', limit: '1' }),
    answer: success(['rows', candle]),
  })),
  {
    title: 'recent trades',
    before: [openLong],
    send: market('fills', { limit: '1' }),
    answer: success(['rows', trade]),
  },
  {
    title: 'older trades: the side with a capital',
    before: [openLong],
    send: market('fills-history', { limit: '1' }),
    answer: success(['rows', { ...trade, side: ['one of', 'Buy', 'Sell'] }]),
  },
  {
    title: 'mark and index price',
    send: market('symbol-price'),
    answer: success([
      'rows',
      { symbol, price: 'decimal', indexPrice: 'decimal', markPrice: 'decimal', ts: 'ms text' },
    ]),
  },
  {
    title: 'funding now',
    send: market('current-fund-rate'),
    answer: success(['rows', { ...fundingNow, symbol }]),
  },
  {
    title: 'funding now, of all',
    send: look('v2/mix/market/current-fund-rate', usdt),
    answer: success(['at least one', fundingNow]),
  },
  {
    title: 'next funding',
    send: market('funding-time'),
    answer: success(['rows', { symbol, nextFundingTime: 'ms text', ratePeriod: ['one of', '8'] }]),
  },
  {
    title: 'funding history',
    send: market('history-fund-rate', { pageSize: '2' }),
    answer: success(['array of', { symbol, fundingRate: 'decimal', fundingTime: 'ms text' }]),
  },
  {
    title: 'open interest',
    send: market('open-interest'),
    answer: success({ openInterestList: ['rows', { symbol, size: 'decimal' }], ts: 'ms text' }),
  },
  {
    title: 'leverage tiers',
    send: market('query-position-lever'),
    answer: success([
      'at least one',
      {
        symbol,
        level: 'digits',
        startUnit: 'decimal',
        endUnit: 'decimal',
        leverage: 'decimal',
        keepMarginRate: 'decimal',
      },
    ]),
  },
  {
    title: 'candles: both ends count',
    before: [look('v2/public/time')],
    send: ([time]) => {
      const minute = Math.floor(Number(member(time, 'serverTime')) / 60_000) * 60_000
      return market('candles', {
        granularity: '1m',
        startTime: String(minute - 180_000),
        endTime: String(minute - 60_000),
        limit: '1000',
      })
    },
    answer: success(['rows', candle, candle, candle]),
  },
  {
    title: 'candles of the future: none',
    before: [look('v2/public/time')],
    send: ([time]) => {
      const day = Number(member(time, 'serverTime')) + 86_400_000
      return market('candles', {
        granularity: '1m',
        startTime: String(day),
        endTime: String(day + 60_000),
      })
    },
    answer: isNothing,
  },
  {
    title: 'ticker, asked for with a signature',
    send: ask('v2/mix/market/ticker', btc),
    answer: success(['rows', { ...ticker, symbol, ts: 'ms text' }]),
  },
]
