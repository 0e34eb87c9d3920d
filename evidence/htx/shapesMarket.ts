import type { Shape } from '../../test/wire/evidence.ts'
import { is, orNull } from './shapes.ts'

// Rows of public answers: docs/wire/htx.md 3.

type Keys = { readonly [key: string]: Shape }

/** Section 3: the envelope of the old families. */
export function oldSuccess(members: Keys): Shape {
  return { status: is('ok'), ...members, ts: 'ms' }
}

/** Every one of these stands somewhere in the body, where the sheet does not tell all keys. */
export function holds(...parts: readonly RegExp[]): RegExp {
  return new RegExp(`^${parts.map(({ source }) => `(?=.*${source})`).join('')}`, 's')
}

/** 3.1. */
export const instrument: Keys = {
  symbol: 'text',
  contract_code: /^[0-9A-Z]+-USDT$/,
  contract_size: 'number',
  price_tick: 'number',
  delivery_date: 'empty',
  delivery_time: 'empty',
  create_date: /^\d{8}$/,
  contract_status: is(1),
  adjust: ['rows'],
  price_estimated: ['rows'],
  settlement_date: 'ms text',
  support_margin_mode: is('all'),
  open_type: 'integer',
  settlement_period: is('1', '4', '8'),
  business_type: is('swap'),
  pair: /^[0-9A-Z]+-USDT$/,
  contract_type: is('swap'),
  trade_partition: is('USDT'),
}

const quote: Shape = orNull(['rows', 'number', 'integer'])

/** 3.2. */
export const tick: Keys = {
  amount: 'decimal',
  ask: quote,
  bid: quote,
  close: 'decimal',
  count: 'integer',
  high: 'decimal',
  id: 'integer',
  low: 'decimal',
  open: 'decimal',
  trade_turnover: 'decimal',
  ts: 'ms',
  vol: 'decimal',
}

/** 3.2: best bid and ask. */
export const bbo: Keys = {
  business_type: is('swap'),
  contract_code: is('BTC-USDT'),
  ask: quote,
  bid: quote,
  mrid: 'integer',
  ts: 'ms',
}

/** 3.3: prices and contracts. */
export function book(type: string, depth: number): Shape {
  const levels: Shape = [
    'rows',
    ...Array.from({ length: depth }, (): Shape => ['rows', 'number', 'integer']),
  ]
  return oldSuccess({
    ch: is(`market.BTC-USDT.depth.${type}`),
    tick: {
      asks: levels,
      bids: levels,
      ch: is(`market.BTC-USDT.depth.${type}`),
      id: 'integer',
      mrid: 'integer',
      ts: 'ms',
      version: 'integer',
    },
  })
}

/** 3.4. */
export const candle: Keys = {
  id: 'integer',
  open: 'number',
  close: 'number',
  high: 'number',
  low: 'number',
  amount: 'number',
  vol: 'number',
  trade_turnover: 'number',
  count: 'integer',
}

/** 3.4: of the mark price and the like, in texts. */
export const markCandle: Keys = {
  id: 'integer',
  open: 'decimal',
  close: 'decimal',
  high: 'decimal',
  low: 'decimal',
  amount: is('0'),
  vol: is('0'),
  trade_turnover: is('0'),
  count: is('0'),
}

/** 3.5. */
export const match: Keys = {
  id: 'integer',
  ts: 'ms',
  data: [
    'at least one',
    {
      amount: 'integer',
      direction: is('buy', 'sell'),
      id: 'integer',
      price: 'number',
      ts: 'ms',
      quantity: 'number',
      trade_turnover: 'number',
    },
  ],
}

/** Section 6: refusals of market data, and of reference paths. HTTP 200. */
export function marketRefusal(code: string, message: Shape): Shape {
  return { status: is('error'), 'err-code': is(code), 'err-msg': message, ts: 'ms' }
}

export function referenceRefusal(code: number, message: Shape): Shape {
  return { status: is('error'), err_code: is(code), err_msg: message, ts: 'ms' }
}
