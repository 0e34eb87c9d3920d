import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { success } from './shapes.ts'
import { candle, fundingNow } from './shapesMarket.ts'
import { look } from './words.ts'
import { btc, openLong, usdt } from './wordsUnified.ts'

// docs/wire/bitget.md 12.6.

const symbol: Shape = ['one of', 'BTCUSDT']
const category: Shape = ['one of', 'USDT-FUTURES']
const level: Shape = ['rows', 'number', 'number']

function market(path: string, query: Readonly<Record<string, string>> = btc) {
  return look(`v3/market/${path}`, query)
}

const instrument = {
  symbol: 'text',
  category,
  baseCoin: 'text',
  quoteCoin: ['one of', 'USDT'],
  isRwa: ['one of', 'NO', 'YES'],
  buyLimitPriceRatio: 'decimal',
  sellLimitPriceRatio: 'decimal',
  feeRateUpRatio: 'decimal',
  makerFeeRate: 'decimal',
  takerFeeRate: 'decimal',
  openCostUpRatio: 'decimal',
  minOrderQty: 'decimal',
  maxOrderQty: 'decimal or empty',
  pricePrecision: 'digits',
  quantityPrecision: 'digits',
  quotePrecision: 'text or empty',
  priceMultiplier: 'decimal',
  quantityMultiplier: 'decimal',
  type: ['one of', 'perpetual'],
  minOrderAmount: 'decimal',
  maxSymbolOrderNum: 'text or empty',
  maxProductOrderNum: 'text or empty',
  maxPositionNum: 'text or empty',
  status: ['one of', 'online'],
  offTime: 'decimal or empty',
  limitOpenTime: 'decimal or empty',
  deliveryTime: 'text or empty',
  deliveryStartTime: 'text or empty',
  deliveryPeriod: 'text or empty',
  launchTime: 'decimal or empty',
  fundInterval: ['one of', '8', '4', '2', '1'],
  minLeverage: 'digits',
  maxLeverage: 'digits',
  maintainTime: 'text or empty',
  symbolType: 'text',
  maxMarketOrderQty: 'decimal or empty',
} as const satisfies Shape

const ticker = {
  category,
  symbol: 'text',
  ts: 'ms text',
  lastPrice: 'decimal',
  openPrice24h: 'decimal',
  highPrice24h: 'decimal',
  lowPrice24h: 'decimal',
  ask1Price: 'decimal',
  bid1Price: 'decimal',
  bid1Size: 'decimal',
  ask1Size: 'decimal',
  price24hPcnt: 'decimal',
  volume24h: 'decimal',
  turnover24h: 'decimal',
  indexPrice: 'decimal',
  markPrice: 'decimal',
  fundingRate: 'decimal',
  openInterest: 'decimal',
  deliveryStartTime: 'empty',
  deliveryTime: 'empty',
  deliveryStatus: 'text or empty',
} as const satisfies Shape

export const unifiedMarketProbes: readonly Probe[] = [
  {
    title: 'instruments',
    send: market('instruments', usdt),
    answer: success(['at least one', instrument]),
  },
  {
    title: 'one instrument: the values the sheet fixes',
    send: market('instruments'),
    answer: success([
      'rows',
      {
        ...instrument,
        symbol,
        priceMultiplier: ['one of', '0.1'],
        quantityMultiplier: ['one of', '0.0001'],
        minOrderQty: ['one of', '0.0001'],
        minOrderAmount: ['one of', '5'],
        maxMarketOrderQty: ['one of', '220'],
        maxOrderQty: ['one of', '1200'],
        makerFeeRate: ['one of', '0.0002'],
        takerFeeRate: ['one of', '0.0006'],
      },
    ]),
  },
  { title: 'ticker', send: market('tickers'), answer: success(['rows', { ...ticker, symbol }]) },
  {
    title: 'tickers',
    send: market('tickers', usdt),
    answer: success(['at least one', ticker]),
  },
  {
    title: 'order book: numbers',
    send: market('orderbook', { ...btc, limit: '2' }),
    answer: success({ a: ['rows', level, level], b: ['rows', level, level], ts: 'ms text' }),
  },
  {
    title: 'recent trades',
    before: [openLong],
    send: market('fills', { ...btc, limit: '1' }),
    answer: success([
      'rows',
      {
        execId: 'digits',
        execLinkId: 'text or empty',
        price: 'decimal',
        size: 'decimal',
        side: ['one of', 'buy', 'sell'],
        ts: 'ms text',
        isRPI: 'text',
      },
    ]),
  },
  {
    title: 'candles',
    send: market('candles', { ...btc, interval: '1m', limit: '2' }),
    answer: success(['rows', candle, candle]),
  },
  {
    title: 'candles of the mark price',
    send: market('candles', { ...btc, interval: '1H', limit: '1', type: 'MARK' }),
    answer: success(['rows', candle]),
  },
  {
    title: 'older candles',
    send: market('history-candles', { ...btc, interval: '1m', limit: '1' }),
    answer: success(['rows', candle]),
  },
  {
    title: 'funding now',
    send: market('current-fund-rate', { symbol: 'BTCUSDT' }),
    answer: success(['rows', { ...fundingNow, symbol }]),
  },
  {
    title: 'funding history',
    send: market('history-fund-rate', { ...btc, limit: '2' }),
    answer: success({
      resultList: ['array of', { symbol, fundingRate: 'decimal', fundingRateTimestamp: 'ms text' }],
    }),
  },
  {
    title: 'open interest',
    send: market('open-interest'),
    answer: success({ list: ['rows', { symbol, openInterest: 'decimal' }], ts: 'ms text' }),
  },
  {
    title: 'leverage tiers',
    send: market('position-tier'),
    answer: success([
      'at least one',
      {
        tier: 'digits',
        minTierValue: 'decimal',
        maxTierValue: 'decimal',
        leverage: 'decimal',
        mmr: 'decimal',
      },
    ]),
  },
  {
    title: 'a unified account reads the market of V2 as everybody',
    send: look('v2/mix/market/symbol-price', { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' }),
    answer: success(['rows', 'anything']),
  },
]
