import type { Shape } from '../../test/wire/evidence.ts'

// Rows of answers that several endpoints share: docs/wire/htx.md 4. Prices, sizes, rates and ids
// are strings unless the sheet says otherwise.

type Keys = { readonly [key: string]: Shape }

/** One of these values and no other. */
export function is(...values: readonly (string | number | boolean)[]): Shape {
  return ['one of', ...values]
}

/** This number, however many zeros follow. */
export function num(value: string): Shape {
  const point = value.includes('.') ? '0*' : '(\\.0+)?'
  return new RegExp(`^${value.replace('.', '\\.')}${point}$`)
}

export function orNull(shape: Shape): Shape {
  return ['either', 'null', shape]
}

/** Section 3: the envelope of a V5 success. */
export function success(data: Shape): Shape {
  return { code: is(200), message: is('Success'), data, ts: 'ms' }
}

/** Section 3: replies that were seen without time and text, where `code` and `data` are certain. */
export function bare(data: Shape): Shape {
  return {
    code: is(200),
    message: ['optional', orNull(is('Success'))],
    success: ['optional', is(true)],
    data,
    ts: ['optional', 'ms'],
  }
}

export function rows(...shapes: readonly Shape[]): Shape {
  return success(['rows', ...shapes])
}

/** Section 6: a V5 refusal, HTTP 200. */
export function refusal(code: number, message: Shape): Shape {
  return { code: is(code), message, data: 'null', ts: 'ms' }
}

/** Ids lie beyond 2^53: section 9. */
export const id = /^\d{19}$/

export const receipt = { order_id: id, client_order_id: 'digits' } as const satisfies Shape

const priceType = orNull(is('', 'last', 'mark'))
const legType = orNull(is('0', '', 'market', 'limit', 'optimal_5', 'optimal_10', 'optimal_20'))

/** 4.7. */
export const order: Keys = {
  id: 'digits',
  side: is('buy', 'sell'),
  type: is('market', 'limit', 'post_only'),
  price: 'decimal or empty',
  volume: 'digits',
  state: is('new', 'partially_filled', 'filled', 'canceled', 'partially_canceled'),
  profit: orNull('decimal'),
  contract_code: is('BTC-USDT'),
  position_side: is('both'),
  price_match: orNull(is('', 'opponent', 'optimal_5', 'optimal_10', 'optimal_20')),
  order_id: id,
  client_order_id: 'digits',
  margin_mode: is('cross'),
  lever_rate: is(5),
  order_source: is('api'),
  reduce_only: is(false),
  time_in_force: is('gtc', 'ioc', 'fok'),
  tp_trigger_price: 'decimal or empty',
  tp_order_price: 'decimal or empty',
  tp_type: legType,
  tp_trigger_price_type: priceType,
  sl_trigger_price: 'decimal or empty',
  sl_order_price: 'decimal or empty',
  sl_type: legType,
  sl_trigger_price_type: priceType,
  trade_avg_price: 'decimal',
  trade_volume: 'digits',
  trade_turnover: 'decimal',
  fee_currency: is('', 'USDT'),
  fee: 'decimal',
  price_protect: 'boolean',
  real_profit: orNull('decimal'),
  contract_type: is('swap'),
  created_time: 'ms text',
  updated_time: 'ms text',
  cancel_reason: orNull('text or empty'),
  self_match_prevent: is('cancel_taker'),
}

/** 4.7: one that rests. */
export const resting: Keys = {
  ...order,
  side: is('buy'),
  type: is('limit'),
  price: num('59500'),
  volume: is('10'),
  state: is('new'),
  client_order_id: is('2001'),
  time_in_force: is('gtc'),
  trade_avg_price: num('0'),
  trade_volume: is('0'),
  trade_turnover: num('0'),
  fee: num('0'),
  cancel_reason: 'null',
}

/** 4.7: a market order that was filled; a fee that was paid is negative. */
export const filled: Keys = {
  ...order,
  type: is('market'),
  price: num('0'),
  volume: is('10'),
  state: is('filled'),
  trade_avg_price: /^[56]\d{4}/,
  trade_volume: is('10'),
  fee_currency: is('USDT'),
  fee: /^-0\.3[56]\d*$/,
  cancel_reason: 'null',
}

/** 4.8: here a fee that was paid is positive. */
export const fill: Keys = {
  id: 'digits',
  contract_code: is('BTC-USDT'),
  order_id: id,
  trade_id: 'digits',
  side: is('buy', 'sell'),
  position_side: is('both'),
  order_type: is('1'),
  margin_mode: is('cross'),
  type: is('market', 'limit', 'post_only'),
  role: is('TAKER', 'MAKER'),
  trade_price: 'decimal',
  trade_volume: 'digits',
  trade_turnover: 'decimal',
  created_time: 'ms text',
  updated_time: 'ms text',
  order_source: is('api'),
  fee_currency: is('USDT'),
  trade_fee: 'decimal',
  deduction_price: 'decimal or empty',
  profit: 'decimal',
  contract_type: is('swap'),
  client_order_id: ['optional', 'digits'],
}

/** 4.2, in one-way mode: the sign is in `direction` alone. */
export const position: Keys = {
  contract_code: is('BTC-USDT'),
  position_side: is('both'),
  direction: is('buy'),
  margin_mode: is('cross'),
  open_avg_price: /^[56]\d{4}/,
  volume: is('10'),
  available: is('10'),
  lever_rate: is(5),
  adl_risk_percent: ['either', 'null', is(1, 2, 3, 4, 5)],
  liquidation_price: 'decimal or empty',
  margin: 'decimal',
  initial_margin: 'decimal',
  maintenance_margin: 'decimal',
  profit_unreal: 'decimal',
  profit_rate: 'decimal',
  margin_rate: 'decimal',
  mark_price: 'decimal',
  last_price: 'decimal',
  margin_currency: is('USDT'),
  contract_type: is('swap'),
  created_time: 'ms text',
  updated_time: 'ms text',
}

const money = {
  equity: 'decimal',
  available_margin: 'decimal',
  profit_unreal: 'decimal',
  initial_margin: 'decimal',
  maintenance_margin: 'decimal',
  maintenance_margin_rate: 'decimal',
  voucher_value: num('0'),
  created_time: 'ms',
  updated_time: 'ms',
} as const satisfies Keys

/** 4.1: times are numbers here. */
export function balance(detail: Keys = {}, top: Keys = {}): Shape {
  return success({
    ...money,
    state: is('normal'),
    ...top,
    details: [
      'rows',
      {
        ...money,
        currency: is('USDT'),
        available: 'decimal',
        withdraw_available: 'decimal',
        initial_margin_rate: 'decimal',
        isolated_equity: 'decimal',
        isolated_profit_unreal: 'decimal',
        cross_order_frozen: ['optional', 'decimal'],
        isolated_order_frozen: ['optional', 'decimal'],
        isolated_available: ['optional', 'decimal'],
        voucher: num('0'),
        ...detail,
      },
    ],
  })
}

/** 4.3. */
export const leverage: Keys = {
  contract_code: is('BTC-USDT'),
  contract_type: is('swap'),
  margin_mode: is('cross'),
  position_side: ['optional', is('both')],
  lever_rate: is(5),
  available_lever: ['at least one', 'integer'],
}

/** 4.1. */
export const bill: Keys = {
  id: 'digits',
  type: 'digits',
  currency: is('USDT'),
  amount: 'decimal',
  contract_code: is('BTC-USDT'),
  margin_mode: is('cross'),
  created_time: 'ms text',
}

const algo: Keys = {
  id: 'digits',
  volume: is('10'),
  state: is('active'),
  side: is('sell'),
  algo_id: id,
  contract_code: is('BTC-USDT'),
  position_side: is('both'),
  margin_mode: is('cross'),
  created_time: 'ms text',
  updated_time: 'ms text',
  order_source: is('api'),
}

/** 4.10: one leg of a conditional order. */
export function leg(side: 'tp' | 'sl', trigger: string, priceType: 'last' | 'mark'): Keys {
  return {
    [`${side}_trigger_price`]: num(trigger),
    [`${side}_order_price`]: num('0'),
    [`${side}_type`]: is('market'),
    [`${side}_trigger_price_type`]: is(priceType),
  }
}

/** 4.10 and 4.11: both legs, the stop on the mark price. */
export const twoLegs: Keys = { ...leg('tp', '62000', 'last'), ...leg('sl', '58000', 'mark') }

export function algoOf(type: string, more: Keys): Keys {
  return { ...algo, type: is(type), ...more }
}

/** 4.10: the stop of `waitingStop`. */
export const waiting: Keys = algoOf('sl', {
  ...leg('sl', '58000', 'last'),
  algo_client_order_id: is('3001'),
})

export const algoReceipt: Shape = rows({
  algo_id: id,
  algo_client_order_id: orNull('digits'),
})
