import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { says, success } from './shapes.ts'
import { btcInstrument, instrument, ticker } from './shapesMarket.ts'
import { ask, btc, look, openLong, swaps } from './words.ts'

// docs/wire/okx.md 2 and 3.

const swap = says('SWAP')
const btcSwap = says('BTC-USDT-SWAP')
const confirm: Shape = ['one of', '0', '1']

const trade = {
  instId: btcSwap,
  side: ['one of', 'buy', 'sell'],
  sz: 'decimal',
  px: 'decimal',
  tradeId: 'digits',
  source: ['one of', '0'],
  ts: 'ms text',
} as const satisfies Shape

function several(row: Shape): Shape {
  return { code: says('0'), msg: 'empty', data: ['at least one', row] }
}

function any(row: Shape): Shape {
  return { code: says('0'), msg: 'empty', data: ['array of', row] }
}

function book(level: Shape, more: { readonly [key: string]: Shape }): Shape {
  return success({
    asks: ['rows', level, level],
    bids: ['rows', level, level],
    ts: 'ms text',
    ...more,
  })
}

const candle: Shape = [
  'rows',
  'ms text',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  'decimal',
  confirm,
]
const bareCandle: Shape = ['rows', 'ms text', 'decimal', 'decimal', 'decimal', 'decimal', confirm]
const two = { bar: '1H', limit: '2' } as const

export const marketProbes: readonly Probe[] = [
  { title: 'time', send: look('public/time'), answer: success({ ts: 'ms text' }) },
  {
    title: 'time, with headers that a public path never looks at',
    send: {
      ...look('public/time'),
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, 'ok-access-key': 'nobody', 'ok-access-sign': 'stale' },
      }),
    },
    answer: success({ ts: 'ms text' }),
  },
  { title: 'instruments', send: look('public/instruments', swaps), answer: several(instrument) },
  {
    title: 'one instrument: the values the sheet fixes',
    send: look('public/instruments', { ...swaps, ...btc }),
    answer: success(btcInstrument),
  },
  {
    title: 'an instrument as the account sees it',
    send: ask('account/instruments', { ...swaps, ...btc }),
    answer: success({
      ...btcInstrument,
      posLmtAmt: 'decimal or empty',
      posLmtPct: 'decimal or empty',
      maxPlatOILmt: 'decimal or empty',
      maxPlatOICoinLmt: 'decimal or empty',
      longPosRemainingQuota: 'decimal or empty',
      shortPosRemainingQuota: 'decimal or empty',
      elp: ['optional', 'text or empty'],
      rpi: ['optional', 'text or empty'],
      rpiMaker: ['optional', 'text or empty'],
    }),
  },
  { title: 'ticker', send: look('market/ticker', btc), answer: success(ticker) },
  {
    title: 'tickers',
    send: look('market/tickers', swaps),
    answer: several({ ...ticker, instId: 'text' }),
  },
  {
    title: 'order book, with a constant and a count of orders',
    send: look('market/books', { ...btc, sz: '2' }),
    answer: book(['rows', 'decimal', 'decimal', says('0'), 'digits'], { seqId: 'integer' }),
  },
  {
    title: 'order book, one level by default',
    send: look('market/books', btc),
    answer: success({
      asks: ['rows', ['rows', 'decimal', 'decimal', says('0'), 'digits']],
      bids: ['rows', ['rows', 'decimal', 'decimal', says('0'), 'digits']],
      ts: 'ms text',
      seqId: 'integer',
    }),
  },
  {
    title: 'deep order book: three columns',
    send: look('market/books-full', { ...btc, sz: '2' }),
    answer: book(['rows', 'decimal', 'decimal', 'digits'], { seqId: ['optional', 'integer'] }),
  },
  {
    title: 'order book with retail price improvement',
    send: look('market/books-rpi', { ...btc, sz: '2' }),
    answer: book(['rows', 'decimal', 'decimal', 'decimal', 'digits'], { seqId: 'integer' }),
  },
  {
    title: 'candles',
    send: look('market/candles', { ...btc, ...two }),
    answer: success(candle, candle),
  },
  {
    title: 'candles of the history are closed',
    send: look('market/history-candles', { ...btc, bar: '1Dutc', limit: '1' }),
    answer: success([
      'rows',
      'ms text',
      'decimal',
      'decimal',
      'decimal',
      'decimal',
      'decimal',
      'decimal',
      'decimal',
      says('1'),
    ]),
  },
  {
    title: 'mark price candles',
    send: look('market/mark-price-candles', { ...btc, ...two }),
    answer: success(bareCandle, bareCandle),
  },
  {
    title: 'index candles',
    send: look('market/index-candles', { instId: 'BTC-USDT', ...two }),
    answer: success(bareCandle, bareCandle),
  },
  {
    title: 'recent trades',
    before: [openLong],
    send: look('market/trades', { ...btc, limit: '1' }),
    answer: success(trade),
  },
  {
    title: 'mark price',
    send: look('public/mark-price', { ...swaps, ...btc }),
    answer: success({ instType: swap, instId: btcSwap, markPx: 'decimal', ts: 'ms text' }),
  },
  {
    title: 'index price',
    send: look('market/index-tickers', { instId: 'BTC-USDT' }),
    answer: success({
      instId: says('BTC-USDT'),
      idxPx: 'decimal',
      open24h: 'decimal or empty',
      high24h: 'decimal or empty',
      low24h: 'decimal or empty',
      sodUtc0: 'decimal or empty',
      sodUtc8: 'decimal or empty',
      ts: 'ms text',
    }),
  },
  {
    title: 'price band',
    send: look('public/price-limit', btc),
    answer: success({
      instType: swap,
      instId: btcSwap,
      buyLmt: 'decimal',
      sellLmt: 'decimal',
      ts: 'ms text',
      enabled: ['one of', true],
    }),
  },
  {
    title: 'funding rate',
    send: look('public/funding-rate', btc),
    answer: success({
      instType: swap,
      instId: btcSwap,
      method: says('current_period'),
      formulaType: says('withRate'),
      fundingRate: 'decimal',
      nextFundingRate: 'empty',
      fundingTime: 'ms text',
      nextFundingTime: 'ms text',
      minFundingRate: 'decimal',
      maxFundingRate: 'decimal',
      interestRate: 'decimal',
      impactValue: 'decimal',
      premium: 'decimal',
      settState: ['one of', 'settled', 'processing'],
      settFundingRate: 'decimal',
      ts: 'ms text',
    }),
  },
  {
    title: 'funding rates that were charged',
    send: look('public/funding-rate-history', { ...btc, limit: '2' }),
    answer: any({
      instType: swap,
      instId: btcSwap,
      fundingRate: 'decimal',
      realizedRate: 'decimal',
      fundingTime: 'ms text',
      method: says('current_period'),
      formulaType: says('withRate'),
    }),
  },
  {
    title: 'open interest: contracts, coins, dollars',
    send: look('public/open-interest', { ...swaps, ...btc }),
    answer: success({
      instType: swap,
      instId: btcSwap,
      oi: 'decimal',
      oiCcy: 'decimal',
      oiUsd: 'decimal',
      ts: 'ms text',
    }),
  },
]
