import type { Probe, Shape, Step, Words } from '../../test/wire/evidence.ts'
import { bare, is, num, rows, success } from './shapes.ts'
import {
  bbo,
  book,
  candle,
  holds,
  instrument,
  markCandle,
  match,
  oldSuccess,
  tick,
} from './shapesMarket.ts'
import { ask, btc, look, memberOf } from './words.ts'

// docs/wire/htx.md 3: public calls.

const time: Step = look('/api/v1/timestamp')
const minutes = { ...btc, period: '1min' } as const
const klines = '/linear-swap-ex/market/history/kline'
/** Where the sheet has no sample of the envelope. */
const channel: Shape = ['optional', 'text']

/** Candles of whole minutes, counted back from the venue's time, both ends included. */
function span(from: number, to: number, more: Readonly<Record<string, string>> = {}) {
  return (earlier: readonly unknown[]): Words => {
    const minute = Math.floor(Number(memberOf(earlier[0], 'ts')) / 60_000) * 60
    return look(klines, {
      ...minutes,
      from: String(minute - from * 60),
      to: String(minute - to * 60),
      ...more,
    })
  }
}

function candles(...shapes: readonly Shape[]): Shape {
  return oldSuccess({ ch: 'text', data: ['rows', ...shapes] })
}

function indexCandles(title: string, name: string): Probe {
  return {
    title,
    send: look(`/index/market/history/${name}`, { ...minutes, size: '2' }),
    answer: oldSuccess({ ch: channel, data: ['rows', markCandle, markCandle] }),
  }
}

const fundingRow = {
  id: 'digits',
  contract_code: is('BTC-USDT'),
  funding_rate: 'decimal',
  funding_time: 'ms text',
} as const

export const marketProbes: readonly Probe[] = [
  { title: 'time', send: look('/api/v1/timestamp'), answer: oldSuccess({}) },
  {
    title: 'platform status',
    send: look('/heartbeat/'),
    text: holds(/"linear_swap_heartbeat":1/, /"linear_swap_estimated_recovery_time":null/),
  },
  {
    title: 'one instrument, its numbers with trailing zeros',
    send: look('/linear-swap-api/v1/swap_contract_info', btc),
    answer: oldSuccess({
      data: [
        'rows',
        {
          ...instrument,
          symbol: is('BTC'),
          contract_code: is('BTC-USDT'),
          pair: is('BTC-USDT'),
          contract_size: is(0.001),
          price_tick: is(0.1),
        },
      ],
    }),
    text: holds(/"contract_size":0\.0010+[,}]/, /"price_tick":0\.10+[,}]/),
  },
  {
    title: 'all instruments, a small number with an exponent',
    send: look('/linear-swap-api/v1/swap_contract_info', { business_type: 'swap' }),
    answer: oldSuccess({ data: ['at least one', instrument] }),
    text: holds(/"SHIB-USDT","contract_size":1000\.0+,"price_tick":1\.0+E-[89],/),
  },
  {
    title: 'trading rules',
    send: look('/linear-swap-api/v1/swap_query_elements', btc),
    text: holds(
      /"status":"ok"/,
      /"contract_code":"BTC-USDT"/,
      /"mode_type":2/,
      /"settle_period":8/,
      /"min_level":"1"/,
      /"max_level":"200"/,
      /"price_tick":"0\.10*"/,
      /"instrument_value":"0\.0010*"/,
      /"price_ticks":\[\{"business_type":1,"price":"0\.10*"\}\]/,
      /"instrument_values":\[\{"business_type":1,"price":"0\.0010*"\}\]/,
      /"order_limits":\[\{"instrument_type":0,"open":"/,
    ),
  },
  {
    title: 'risk tiers, unsigned',
    send: look('/v5/market/risk/limit', { ...btc, margin_mode: 'cross' }),
    answer: success([
      'at least one',
      {
        contract_code: is('BTC-USDT'),
        contract_type: is('swap'),
        margin_mode: is('cross'),
        tier: is(1),
        max_lever: is('200'),
        maintenance_margin_rate: is('0.0034'),
        max_volume: 'digits',
        min_volume: 'digits',
        volume_unit: is('cont'),
      },
    ]),
  },
  {
    title: 'risk tiers, signed',
    send: ask('/v5/market/risk/limit', { ...btc, margin_mode: 'isolated', tier: '1' }),
    text: holds(/"code":200/, /"margin_mode":"isolated"/),
  },
  {
    title: 'risk tiers, old',
    send: look('/linear-swap-api/v1/swap_cross_adjustfactor', btc),
    text: holds(/"status":"ok"/, /"lever_rate":/, /"ladders":\[\{/, /"adjust_factor":/),
  },
  {
    title: 'ticker',
    send: look('/linear-swap-ex/market/detail/merged', btc),
    answer: oldSuccess({ ch: is('market.BTC-USDT.detail.merged'), tick }),
  },
  {
    title: 'all tickers',
    send: look('/linear-swap-ex/market/detail/batch_merged', { business_type: 'swap' }),
    answer: oldSuccess({
      ch: channel,
      ticks: ['at least one', { ...tick, contract_code: 'text', business_type: is('swap') }],
    }),
  },
  {
    title: 'all tickers, the names that moved',
    send: look('/v2/linear-swap-ex/market/detail/batch_merged', btc),
    text: holds(
      /"ticks":\[\{/,
      /"number_of":/,
      /"vol":/,
      /"amount":/,
      /"contract_code":"BTC-USDT"/,
    ),
  },
  {
    title: 'best bid and ask',
    send: look('/linear-swap-ex/market/bbo', btc),
    answer: oldSuccess({ ch: channel, ticks: ['rows', bbo] }),
  },
  {
    title: 'book of 20 levels',
    send: look('/linear-swap-ex/market/depth', { ...btc, type: 'step6' }),
    answer: book('step6', 20),
  },
  {
    title: 'book of 150 levels',
    send: look('/linear-swap-ex/market/depth', { ...btc, type: 'step0' }),
    answer: book('step0', 150),
  },
  {
    title: 'merged book',
    send: look('/linear-swap-ex/market/depth', { ...btc, type: 'step7' }),
    answer: book('step7', 20),
  },
  {
    title: 'klines by number',
    send: look(klines, { ...minutes, size: '3' }),
    answer: candles(candle, candle, candle),
  },
  {
    title: 'klines of a span, both ends included',
    before: [time],
    send: span(3, 2),
    answer: candles(candle, candle),
  },
  {
    title: 'klines: a span beside a number is ignored',
    before: [time],
    send: span(9, 2, { size: '1' }),
    answer: candles(candle),
  },
  {
    title: 'klines: a span of 2000 periods is empty',
    before: [time],
    send: span(2_001, 1),
    answer: candles(),
  },
  indexCandles('mark klines', 'linear_swap_mark_price_kline'),
  indexCandles('premium index klines', 'linear_swap_premium_index_kline'),
  indexCandles('estimated rate klines', 'linear_swap_estimated_rate_kline'),
  {
    title: 'basis',
    send: look('/index/market/history/linear_swap_basis', { ...minutes, size: '1' }),
    answer: oldSuccess({
      ch: channel,
      data: [
        'rows',
        {
          basis: 'decimal',
          basis_rate: 'decimal',
          contract_price: 'decimal',
          id: 'integer',
          index_price: 'decimal',
        },
      ],
    }),
  },
  {
    title: 'trades',
    send: look('/linear-swap-ex/market/history/trade', { ...btc, size: '2' }),
    answer: oldSuccess({ ch: is('market.BTC-USDT.trade.detail'), data: ['at least one', match] }),
  },
  {
    title: 'last trade',
    send: look('/linear-swap-ex/market/trade', btc),
    text: holds(/"tick":\{/, /"data":\[\{/, /"price":"/, /"amount":"/, /"quantity":\d/),
  },
  {
    title: 'index price',
    send: look('/linear-swap-api/v1/swap_index', btc),
    answer: oldSuccess({
      data: ['rows', { contract_code: is('BTC-USDT'), index_price: 'number', index_ts: 'ms' }],
    }),
  },
  {
    title: 'price band: 5 % either side of the mark',
    send: look('/v5/market/price_limit', btc),
    answer: rows({
      contract_code: is('BTC-USDT'),
      high_limit: num('63000'),
      low_limit: num('57000'),
    }),
  },
  {
    title: 'funding rate',
    send: look('/v5/market/funding_rate', btc),
    answer: rows({
      contract_code: is('BTC-USDT'),
      funding_rate: 'decimal',
      funding_time: 'ms text',
      next_funding_time: 'ms text',
      min_funding_rate: num('-0.00375'),
      max_funding_rate: num('0.00375'),
    }),
  },
  {
    title: 'funding history of a day',
    before: [time],
    send: (earlier) => {
      const now = Number(memberOf(earlier[0], 'ts'))
      return look('/v5/market/funding_rate_history', {
        ...btc,
        start_time: String(now - 86_400_000 + 1),
        end_time: String(now),
        limit: '2',
      })
    },
    answer: rows(fundingRow, fundingRow),
  },
  {
    title: 'open interest',
    send: look('/v5/market/open_interest', btc),
    answer: bare({
      amount: 'decimal',
      volume: 'decimal',
      value: 'decimal',
      contract_code: is('BTC-USDT'),
      trade_amount: 'decimal',
      trade_volume: 'decimal',
      trade_turnover: 'decimal',
    }),
  },
  {
    title: 'open interest history',
    send: look('/linear-swap-api/v1/swap_his_open_interest', {
      ...btc,
      period: '60min',
      size: '1',
      amount_type: '1',
    }),
    text: holds(/"tick":\[\{/, /"volume":"/, /"value":"/, /"amount_type":1/, /"ts":\d/),
  },
  {
    title: 'currencies for margin',
    send: look('/v5/market/multi_assets_margin'),
    answer: success({ multi_assets: ['at least one', 'text'] }),
  },
]
