// Rows as recorded (docs/wire/htx.md 4.7, 4.10), for the tests of this folder.

/** An open limit order of 5 contracts. */
export const plainRow = {
  id: '1512509978516443136',
  side: 'buy',
  type: 'limit',
  price: '60000',
  volume: '5',
  state: 'new',
  profit: null,
  contract_code: 'BTC-USDT',
  position_side: 'both',
  price_match: null,
  order_id: '1512509978516443136',
  client_order_id: '1780315200001',
  margin_mode: 'cross',
  lever_rate: 10,
  order_source: 'api',
  reduce_only: false,
  time_in_force: 'gtc',
  tp_trigger_price: '',
  tp_order_price: '',
  tp_type: '0',
  sl_trigger_price: '',
  sl_type: '0',
  trade_avg_price: '0',
  trade_volume: '0',
  trade_turnover: '0',
  fee_currency: '',
  fee: '0',
  price_protect: false,
  real_profit: null,
  contract_type: 'swap',
  created_time: '1780652079954',
  updated_time: '1780652079954',
  cancel_reason: null,
  self_match_prevent: 'cancel_taker',
}

/** A market order that has filled. */
export const filledRow = {
  ...plainRow,
  type: 'market',
  price: '0',
  state: 'filled',
  time_in_force: '',
  tp_type: null,
  sl_type: null,
  trade_avg_price: '63105.3',
  trade_volume: '5',
  fee: '-0.07522584',
  fee_currency: 'USDT',
  updated_time: '1780652080001',
}

/** A stop that waits. */
export const stopRow = {
  id: '162173672',
  volume: '5',
  type: 'sl',
  state: 'active',
  side: 'sell',
  algo_id: '1512871666507657216',
  algo_client_order_id: '1780315200002',
  contract_code: 'BTC-USDT',
  position_side: 'both',
  margin_mode: 'cross',
  created_time: '1780738313091',
  updated_time: '1780738313187',
  order_source: 'api',
  sl_trigger_price: '58000',
  sl_order_price: '0',
  sl_type: 'market',
  sl_trigger_price_type: 'last',
}

/** The same, triggered. */
export const triggeredRow = {
  ...stopRow,
  state: 'effective',
  actual_volume: '5',
  actual_price: '57999.9',
  actual_time: '1780738400000',
  relation_order_id: '1512880000000000001',
}

/** The order it became. */
export const childRow = {
  ...filledRow,
  id: '1512880000000000001',
  order_id: '1512880000000000001',
  client_order_id: '1512871666507657216',
  side: 'sell',
  order_source: 'tpsl',
  reduce_only: true,
  trade_avg_price: '57998.2',
}
