import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { is, success } from './shapes.ts'
import { publicExecution } from './shapesHistory.ts'
import { bitcoin, candle, instrument, instrumentStatus, ticker, trade } from './shapesMarket.ts'
import { API, btc, look, openLong } from './words.ts'

// docs/wire/kraken.md 3 and 4.9.

const level: Shape = ['rows', 'number', 'number']
const kind = is('trade', 'mark', 'spot')

/** One minute long before now: every period has a candle. */
const window = { from: '1764201600', to: '1764201659' } as const

export const marketProbes: readonly Probe[] = [
  {
    title: 'instruments, nine of one margin level each',
    send: look(`${API}/instruments`),
    answer: success({
      instruments: ['rows', bitcoin, ...Array.from({ length: 8 }, () => instrument)],
    }),
  },
  {
    title: 'instruments by contract type',
    send: look(`${API}/instruments`, { contractType: 'flexible_futures' }),
    answer: success({ instruments: ['at least one', instrument] }),
  },
  {
    title: 'no inverse contracts',
    send: look(`${API}/instruments`, { contractType: 'futures_inverse' }),
    answer: success({ instruments: ['rows'] }),
  },
  {
    title: 'status of one instrument: the cheapest look at the time',
    send: look(`${API}/instruments/PF_XBTUSD/status`),
    answer: success(instrumentStatus),
  },
  {
    title: 'status of all instruments',
    send: look(`${API}/instruments/status`),
    answer: success({
      instrumentStatus: ['at least one', { ...instrumentStatus, tradeable: 'text' }],
    }),
  },
  {
    title: 'ticker',
    send: look(`${API}/tickers/PF_XBTUSD`),
    answer: success({ ticker: { ...ticker, pair: is('XBT:USD'), symbol: is('PF_XBTUSD') } }),
  },
  {
    title: 'tickers, of one symbol in any case',
    send: look(`${API}/tickers`, { symbol: 'pf_xbtusd' }),
    answer: success({ tickers: ['rows', { ...ticker, symbol: is('PF_XBTUSD') }] }),
  },
  {
    title: 'tickers of all, reference indices among them',
    send: look(`${API}/tickers`),
    answer: success({
      tickers: [
        'at least one',
        ['either', ticker, { symbol: /^(in|rr)_/, last: 'number', lastTime: 'text' }],
      ],
    }),
  },
  {
    title: 'order book, no sequence number',
    send: look(`${API}/orderbook`, btc),
    answer: success({
      orderBook: { bids: ['at least one', level], asks: ['at least one', level] },
    }),
  },
  {
    title: 'recent trades',
    before: [openLong],
    send: look(`${API}/history`, btc),
    answer: success({ history: ['at least one', trade] }),
  },
  {
    title: 'executions of the market, a page of one',
    before: [openLong],
    send: look('/api/history/v3/market/PF_XBTUSD/executions', { count: '1', sort: 'desc' }),
    answer: {
      elements: ['rows', publicExecution],
      len: is(1),
      continuationToken: ['optional', 'text'],
    },
  },
  {
    title: 'candles: no envelope, oldest first',
    send: look('/api/charts/v1/trade/PF_XBTUSD/1h', { from: '1764198000', to: '1764201600' }),
    answer: {
      candles: [
        'rows',
        { ...candle, time: is(1_764_198_000_000) },
        { ...candle, time: is(1_764_201_600_000) },
      ],
      more_candles: is(false),
    },
  },
  {
    title: 'candles of a window, both ends inclusive',
    send: look('/api/charts/v1/trade/PF_XBTUSD/1m', window),
    answer: {
      candles: ['rows', { ...candle, time: is(1_764_201_600_000) }],
      more_candles: is(false),
    },
  },
  {
    title: 'mark price candles have no volume',
    send: look('/api/charts/v1/mark/PF_XBTUSD/1m', window),
    answer: { candles: ['rows', { ...candle, volume: is('0') }], more_candles: is(false) },
  },
  {
    title: 'index price candles have no volume',
    send: look('/api/charts/v1/spot/PF_XBTUSD/1m', window),
    answer: { candles: ['rows', { ...candle, volume: is('0') }], more_candles: is(false) },
  },
  {
    title: 'more candles than an answer holds: the earliest 2000',
    send: look('/api/charts/v1/trade/PF_XBTUSD/1m', { from: '1764000000', to: '1764201659' }),
    answer: { candles: ['at least one', candle], more_candles: is(true) },
  },
  {
    title: 'kinds of candles',
    send: look('/api/charts/v1/'),
    answer: ['rows', kind, kind, kind],
  },
  {
    title: 'resolutions of the candles',
    send: look('/api/charts/v1/trade/PF_XBTUSD'),
    answer: [
      'rows',
      ...['1m', '5m', '15m', '30m', '1h', '4h', '12h', '1d', '1w'].map((token) => is(token)),
    ],
  },
  {
    title: 'funding history',
    send: look('/derivatives/api/v4/historicalfundingrates', btc),
    answer: success({
      rates: [
        'at least one',
        {
          timestamp: /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/,
          fundingRate: 'number',
          relativeFundingRate: 'number',
        },
      ],
    }),
  },
  {
    title: 'fee table, in percent',
    send: look(`${API}/feeschedules`),
    answer: success({
      feeSchedules: [
        'at least one',
        {
          uid: 'text',
          name: 'text',
          tiers: ['rows', { makerFee: is(0.02), takerFee: is(0.05), usdVolume: is(0) }],
        },
      ],
    }),
  },
]
