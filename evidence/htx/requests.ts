import type { ExpectedRequest, Json, Pattern } from '../../test/wire/evidence.ts'
import { receipt, success, unknownOrder } from './samples.ts'

// Requests as the wire tables expect them.

type Query = Readonly<Record<string, string>>

export type Body = { readonly [key: string]: Pattern }

export const btc = { contract_code: 'BTC-USDT' } as const
/** One-way mode in cross margin, which each call says again. */
export const cross = { ...btc, margin_mode: 'cross' } as const
export const page = { limit: '100' } as const

export function look(path: string, query: Query, answer: Json): ExpectedRequest {
  return { method: 'GET', path, access: 'public', query, answer }
}

export function ask(path: string, query: Query, answer: Json): ExpectedRequest {
  return { method: 'GET', path, access: 'signed', query, answer }
}

export function post(path: string, json: Pattern, answer: Json): ExpectedRequest {
  return { method: 'POST', path, access: 'signed', json, answer }
}

export function askMode(positionMode: 'single_side' | 'dual_side'): ExpectedRequest {
  return ask('/v5/position/mode', {}, success({ position_mode: positionMode }))
}

export function askPositions(...rows: readonly Json[]): ExpectedRequest {
  return ask('/v5/trade/position/opens', btc, success(rows))
}

/** A plain order; the time an exchange takes it cannot be limited here. */
export function send(json: Body, answer: Json): ExpectedRequest {
  return post('/v5/trade/order', { ...cross, position_side: 'both', ...json }, answer)
}

/** A conditional order: it must name its position side in one-way mode too. */
export function sendAlgo(json: Body, answer: Json): ExpectedRequest {
  return post('/v5/algo/order', { ...cross, position_side: 'both', ...json }, answer)
}

export function readOrder(orderId: string, answer: Json): ExpectedRequest {
  return ask('/v5/trade/order', { ...cross, order_id: orderId }, answer)
}

/** Nobody knows with which margin it was placed: both are asked for. */
export function missOrder(key: Query): ExpectedRequest[] {
  return ['cross', 'isolated'].map((margin_mode) =>
    ask('/v5/trade/order', { ...btc, margin_mode, ...key }, unknownOrder),
  )
}

/** A plain order and, because its answer is only an acknowledgement, the look at it. */
export function place(json: Body, orderId: string, row: Json): ExpectedRequest[] {
  const echo = typeof json.client_order_id === 'string' ? json.client_order_id : '1'
  return [send(json, receipt(echo, orderId)), readOrder(orderId, success(row))]
}

/** A conditional one by an id, among those of one type; none of it is an empty list. */
export function readAlgo(type: string, key: Query, rows: readonly Json[]): ExpectedRequest {
  return ask('/v5/algo/order', { ...btc, type, ...key }, success(rows))
}

/** Listing takes a question for each type. */
export const ALGO_TYPES = ['sl', 'tp', 'tpsl', 'trigger', 'trailing_stop'] as const

export function listAlgos(
  query: Query,
  rows: { readonly sl?: readonly Json[] },
): ExpectedRequest[] {
  return ALGO_TYPES.map((type) =>
    ask(
      '/v5/algo/order/opens',
      { ...query, ...page, type },
      success((type === 'sl' && rows.sl) || []),
    ),
  )
}
