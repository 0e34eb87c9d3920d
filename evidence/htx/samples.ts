import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/htx.md.

export type Members = { readonly [key: string]: Json }

/** Section 3: the two envelopes of success. */
export function success(data: Json): Json {
  return { code: 200, message: 'Success', data, ts: 1763798400123 }
}

export function oldSuccess(members: Members): Json {
  return { status: 'ok', ...members, ts: 1763798400123 }
}

/** Section 6: business errors arrive with HTTP 200. */
export function refusal(code: number, message: string): Json {
  return { code, message, data: null, ts: 1763798400123 }
}

/** 4.7: no book of plain orders has it. */
export const unknownOrder: Json = refusal(1017, 'Order doesnt exist.')

// Beyond 2^53, as all ids here.
export const ORDER_ID = '1512509978516443136'
export const ALGO_ID = '1512871666507657216'
export const CHILD_ID = '1512871999507657217'

/** Client order ids are digits; these too lie beyond 2^53. */
export function numberOf(clientOrderId: string): string {
  const digits = clientOrderId.replace('wire-', '').replace('a', '1').replace('b', '2')
  return `900719925474099${digits.padStart(3, '0')}`
}

/** 4.4: accepted, no more. */
export function receipt(clientOrderId: string, orderId: string = ORDER_ID): Json {
  return success({ order_id: orderId, client_order_id: clientOrderId })
}

/** 4.10: an array, although one order was sent. */
export function algoReceipt(clientOrderId: string): Json {
  return success([{ algo_id: ALGO_ID, algo_client_order_id: clientOrderId }])
}

/** 4.7: an order that rests. Its `id` is for paging alone. */
export function order(members: Members): Json {
  return {
    id: '1512509978516443139',
    side: 'buy',
    type: 'limit',
    price: '59500.1',
    volume: '10',
    state: 'new',
    profit: null,
    contract_code: 'BTC-USDT',
    position_side: 'both',
    price_match: null,
    order_id: ORDER_ID,
    client_order_id: numberOf('wire-12'),
    margin_mode: 'cross',
    lever_rate: 10,
    order_source: 'api',
    reduce_only: false,
    time_in_force: 'gtc',
    tp_trigger_price: '',
    tp_order_price: '',
    tp_type: '0',
    tp_trigger_price_type: '',
    sl_trigger_price: '',
    sl_order_price: '',
    sl_type: '0',
    sl_trigger_price_type: '',
    trade_avg_price: '0',
    trade_volume: '0',
    trade_turnover: '0',
    fee_currency: '',
    fee: '0',
    price_protect: false,
    real_profit: null,
    contract_type: 'swap',
    created_time: '1763798400100',
    updated_time: '1763798400200',
    cancel_reason: null,
    self_match_prevent: 'cancel_taker',
    ...members,
  }
}

/** 4.7: a market order that was filled; its price is a zero. */
export function filledOrder(members: Members): Json {
  return order({
    type: 'market',
    price: '0',
    state: 'filled',
    profit: '0',
    trade_avg_price: '60000.1',
    trade_volume: '10',
    trade_turnover: '600.001',
    fee_currency: 'USDT',
    fee: '-0.3600006',
    tp_type: null,
    sl_type: null,
    ...members,
  })
}

/** 4.10: a stop-loss that waits. */
export function stopLoss(members: Members): Json {
  return {
    ...conditional,
    type: 'sl',
    sl_trigger_price: '58000',
    sl_order_price: '0',
    sl_type: 'market',
    sl_trigger_price_type: 'mark',
    ...members,
  }
}

/** 4.10: a take-profit that waits. */
export function takeProfit(members: Members): Json {
  return {
    ...conditional,
    type: 'tp',
    tp_trigger_price: '62000',
    tp_order_price: '0',
    tp_type: 'market',
    tp_trigger_price_type: 'last',
    ...members,
  }
}

const conditional = {
  id: '162173672',
  volume: '10',
  state: 'active',
  side: 'sell',
  algo_id: ALGO_ID,
  algo_client_order_id: numberOf('wire-15'),
  contract_code: 'BTC-USDT',
  position_side: 'both',
  margin_mode: 'cross',
  created_time: '1763798400091',
  updated_time: '1763798400187',
  order_source: 'api',
} as const

/** 4.2, in one-way mode: the sign is in `direction` alone. */
export function position(members: Members): Json {
  return {
    contract_code: 'BTC-USDT',
    position_side: 'both',
    direction: 'buy',
    margin_mode: 'cross',
    open_avg_price: '60000',
    volume: '20',
    available: '20',
    lever_rate: 10,
    adl_risk_percent: 3,
    liquidation_price: '55225.1',
    margin: '120.201',
    initial_margin: '120.201',
    maintenance_margin: '4.086834',
    profit_unreal: '2.01',
    profit_rate: '0.0167',
    margin_rate: '0.0012',
    mark_price: '60100.5',
    last_price: '60100.1',
    margin_currency: 'USDT',
    contract_type: 'swap',
    created_time: '1763790000234',
    updated_time: '1763790000234',
    ...members,
  }
}

/** 4.1; the identities named there hold. */
export const balance: Json = success({
  state: 'normal',
  equity: '10120.55',
  initial_margin: '201.03',
  maintenance_margin: '40.1',
  maintenance_margin_rate: '0.0039',
  profit_unreal: '20.55',
  available_margin: '9907.12',
  voucher_value: '0',
  created_time: 1763700000881,
  updated_time: 1763798400932,
  details: [
    {
      currency: 'USDT',
      equity: '10120.55',
      available: '10100',
      available_margin: '9907.12',
      withdraw_available: '9907.12',
      profit_unreal: '20.55',
      initial_margin: '201.03',
      maintenance_margin: '40.1',
      maintenance_margin_rate: '0.0039',
      initial_margin_rate: '0.0198',
      isolated_equity: '0',
      isolated_profit_unreal: '0',
      cross_order_frozen: '12.4',
      isolated_order_frozen: '0',
      voucher: '0',
      voucher_value: '0',
      created_time: 1763700000932,
      updated_time: 1763798400932,
    },
  ],
})

/** 4.3. */
export function leverage(rate: number): Json {
  return success([
    {
      contract_code: 'BTC-USDT',
      contract_type: 'swap',
      margin_mode: 'cross',
      position_side: 'both',
      lever_rate: rate,
      available_lever: [1, 2, 3, 5, 10, 20, 50, 100, 200],
    },
  ])
}

/** 4.10: a trailing stop that waits. */
export function trailingStop(members: Members): Json {
  return {
    ...conditional,
    type: 'trailing_stop',
    callback_rate: '0.015',
    active_price: '61000',
    order_price_type: 'optimal_20',
    reduce_only: true,
    ...members,
  }
}

/** 4.8: here a fee that was paid is positive. */
export function fill(members: Members): Json {
  return {
    id: '1513834754679549901',
    contract_code: 'BTC-USDT',
    order_id: ORDER_ID,
    trade_id: '152022901',
    side: 'buy',
    position_side: 'both',
    order_type: '1',
    margin_mode: 'cross',
    type: 'market',
    role: 'TAKER',
    trade_price: '60000.1',
    trade_volume: '10',
    trade_turnover: '600.001',
    created_time: '1763798393000',
    updated_time: '1763798393000',
    order_source: 'api',
    fee_currency: 'USDT',
    trade_fee: '0.3600006',
    deduction_price: '',
    profit: '0',
    contract_type: 'swap',
    ...members,
  }
}
