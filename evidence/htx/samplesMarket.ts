import type { Json } from '../../test/wire/evidence.ts'
import { type Members, oldSuccess, success } from './samples.ts'

// Answers of public calls, after the samples of docs/wire/htx.md 3.

/** 3.1. */
function contract(members: Members): Json {
  return {
    symbol: 'BTC',
    contract_code: 'BTC-USDT',
    contract_size: 0.001,
    price_tick: 0.1,
    delivery_date: '',
    delivery_time: '',
    create_date: '20201021',
    contract_status: 1,
    adjust: [],
    price_estimated: [],
    settlement_date: '1763827200000',
    support_margin_mode: 'all',
    open_type: 0,
    settlement_period: '8',
    business_type: 'swap',
    pair: 'BTC-USDT',
    contract_type: 'swap',
    trade_partition: 'USDT',
    ...members,
  }
}

/** A small tick is written with an exponent; a dated contract has three parts. */
export const contracts: Json = oldSuccess({
  data: [
    contract({}),
    contract({
      symbol: 'SHIB',
      contract_code: 'SHIB-USDT',
      pair: 'SHIB-USDT',
      contract_size: 1000,
      price_tick: 1e-8,
    }),
    contract({
      symbol: '1000PEPE',
      contract_code: '1000PEPE-USDT',
      pair: '1000PEPE-USDT',
      contract_size: 1000,
      price_tick: 1e-7,
      contract_status: 3,
    }),
    contract({
      contract_code: 'BTC-USDT-260327',
      delivery_date: '20260327',
      delivery_time: '1774598400000',
      settlement_date: '',
      settlement_period: '',
      business_type: 'futures',
      contract_type: 'quarter',
    }),
  ],
})

/** 3.1: trading rules; limits of orders in contracts. */
export const elements: Json = oldSuccess({
  data: [
    {
      contract_code: 'BTC-USDT',
      funding_rate_cap: '0.003750000000000000',
      mode_type: 2,
      settle_period: 8,
      price_ticks: [{ business_type: 1, price: '0.100000000000000000' }],
      instrument_values: [{ business_type: 1, price: '0.001000000000000000' }],
      min_level: '1',
      max_level: '200',
      order_limits: [
        {
          instrument_type: 0,
          open: '170000.000000000000000000',
          close: '170000.000000000000000000',
          open_after_closing: '170000.000000000000000000',
        },
      ],
      price_tick: '0.100000000000000000',
      instrument_value: '0.001000000000000000',
    },
  ],
})

/** 3.2. */
export const ticker: Json = {
  ch: 'market.BTC-USDT.detail.merged',
  status: 'ok',
  tick: {
    amount: '11371.362',
    ask: [63105.3, 880],
    bid: [63105.2, 1204],
    close: '63105.1',
    count: 98211,
    high: '64012.7',
    id: 1763798400,
    low: '62544',
    open: '62880.1',
    trade_turnover: '719600792.7222',
    ts: 1763798400088,
    vol: '11371362',
  },
  ts: 1763798400123,
}

/** 3.4: mark candles are texts, and the last one's close is the mark price. */
export const markCandle: Json = {
  ch: 'market.BTC-USDT.mark_price.1min',
  status: 'ok',
  data: [
    {
      id: 1763798400,
      open: '63100.1',
      close: '63104.9',
      high: '63110',
      low: '63090.3',
      amount: '0',
      vol: '0',
      trade_turnover: '0',
      count: '0',
    },
  ],
  ts: 1763798400123,
}

/** The table of section 3. */
export const index: Json = oldSuccess({
  data: [{ contract_code: 'BTC-USDT', index_price: 63110.25, index_ts: 1763798400001 }],
})

/** 3.6: `funding_time` is the upcoming settlement. */
export const funding: Json = success([
  {
    contract_code: 'BTC-USDT',
    funding_rate: '0.000083024939363172',
    funding_time: '1763827200000',
    next_funding_time: '1763856000000',
    min_funding_rate: '-0.003750000000000000',
    max_funding_rate: '0.003750000000000000',
  },
])

/** 3.3: sizes in contracts. */
export const book: Json = {
  ch: 'market.BTC-USDT.depth.step6',
  status: 'ok',
  tick: {
    asks: [
      [63105.3, 880],
      [63105.5, 12],
    ],
    bids: [
      [63105.2, 1204],
      [63105.1, 40],
    ],
    ch: 'market.BTC-USDT.depth.step6',
    id: 1763798400,
    mrid: 270022343541,
    ts: 1763798400066,
    version: 1763798400,
  },
  ts: 1763798400123,
}

/** 3.4: ascending, starts in seconds; `amount` counts the base coin. */
export function klines(period: string, starts: readonly number[]): Json {
  return {
    ch: `market.BTC-USDT.kline.${period}`,
    status: 'ok',
    data: starts.map((start) => ({
      id: start / 1_000,
      open: 63100.1,
      close: 63105.2,
      high: 63110,
      low: 63090.3,
      amount: 3.412,
      vol: 3412,
      trade_turnover: 215310.1,
      count: 88,
    })),
    ts: 1763798400123,
  }
}

/** 3.5: matches, each with its prints. */
export const trades: Json = {
  ch: 'market.BTC-USDT.trade.detail',
  status: 'ok',
  data: [
    {
      id: 131476787,
      ts: 1763798399383,
      data: [
        print({ id: 1314767870000, amount: 2, quantity: 0.002, trade_turnover: 126.2104 }),
        print({
          id: 1314767870001,
          amount: 3,
          quantity: 0.003,
          price: 63105.3,
          trade_turnover: 189.3159,
        }),
      ],
    },
    {
      id: 131476786,
      ts: 1763798399100,
      data: [
        print({
          id: 1314767860000,
          amount: 1,
          quantity: 0.001,
          direction: 'sell',
          price: 63105.1,
          ts: 1763798399100,
          trade_turnover: 63.1051,
        }),
      ],
    },
  ],
  ts: 1763798400123,
}

function print(members: Members): Json {
  return { direction: 'buy', price: 63105.2, ts: 1763798399383, ...members }
}

/** 3.6: ascending by `id`. */
export function fundingBefore(times: readonly number[]): Json {
  return success(
    times.map((time, index) => ({
      id: String(5_600 + index),
      contract_code: 'BTC-USDT',
      funding_rate: `0.0000${11 + index}0000000000`,
      funding_time: String(time),
    })),
  )
}

/** 3.6: base asset, contracts, USDT; and the same of what was traded. */
export const openInterest: Json = success({
  amount: '32476.092',
  volume: '32476092',
  value: '2063137924.9668',
  contract_code: 'BTC-USDT',
  trade_amount: '11371.362',
  trade_volume: '11371362',
  trade_turnover: '719600792.7222',
})
