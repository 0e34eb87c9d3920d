import type { ExpectedRequest, Json } from '../../test/wire/evidence.ts'
import { ask, type Body, page, post } from './requests.ts'
import { ok, receipt } from './samples.ts'
import { list, settings } from './samplesUnified.ts'

// Requests as the wire table of a unified account expects them.

export const usdt = { category: 'USDT-FUTURES' } as const
export const usdc = { category: 'USDC-FUTURES' } as const
export const btc = { ...usdt, symbol: 'BTCUSDT' } as const

/** A normal order; the margin mode is said with each. */
export function send(json: Body, answer: Json): ExpectedRequest {
  return post('v3/trade/place-order', { ...btc, marginMode: 'crossed', ...json }, answer)
}

/** An order and, because its answer tells neither state nor price, the look at it. */
export function place(json: Body, id: string, row: Json): ExpectedRequest[] {
  return [send(json, receipt(id)), askOrder({ orderId: id }, ok(row))]
}

export function askOrder(key: Readonly<Record<string, string>>, answer: Json): ExpectedRequest {
  return ask('v3/trade/order-info', key, answer)
}

export function askOrders(
  scope: Readonly<Record<string, string>>,
  rows: readonly Json[],
): ExpectedRequest {
  return ask('v3/trade/unfilled-orders', { ...scope, ...page }, list(rows))
}

/** 12.5: all symbols of a category, as a bare array. */
export function askStrategies(category: string, rows: readonly Json[]): ExpectedRequest {
  return ask('v3/trade/unfilled-strategy-orders', { category }, ok(rows))
}

/** Both modes and the leverage of what was ever set. */
export function askSettings(answer: Json): ExpectedRequest {
  return ask('v3/account/settings', {}, answer)
}

/** Once to learn the kind of the account, once for its mode. */
export function askHedge(): ExpectedRequest[] {
  return Array.from({ length: 2 }, () => askSettings(settings({ holdMode: 'hedge_mode' })))
}

export function askPositions(
  scope: Readonly<Record<string, string>>,
  rows: readonly Json[],
): ExpectedRequest {
  return ask('v3/position/current-position', scope, ok({ list: rows.length === 0 ? null : rows }))
}
