import type { ExpectedRequest, Json, Pattern } from '../../test/wire/evidence.ts'
import { ok, orders, receipt } from './samples.ts'

// Requests as the wire table of a classic account expects them.

export type Body = { readonly [key: string]: Pattern }

export const usdt = { productType: 'USDT-FUTURES' } as const
export const usdc = { productType: 'USDC-FUTURES' } as const
export const btc = { ...usdt, symbol: 'BTCUSDT' } as const
export const coin = { marginCoin: 'USDT' } as const
export const page = { limit: '100' } as const

export function look(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path: `/api/${path}`, access: 'public', query, answer }
}

export function ask(
  path: string,
  query: Readonly<Record<string, string | RegExp>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path: `/api/${path}`, access: 'signed', query, answer }
}

/** `json` is an object, or an array where a unified account sends several at once. */
export function post(path: string, json: Pattern, answer: Json): ExpectedRequest {
  return { method: 'POST', path: `/api/${path}`, access: 'signed', json, answer }
}

/** Section 6: every business code comes with HTTP 400. */
export function refused(request: ExpectedRequest): ExpectedRequest {
  return { ...request, status: 400 }
}

/** What one account is set to for a symbol; its leverage and both modes are read here. */
export function askAccount(answer: Json): ExpectedRequest {
  return ask('v2/mix/account/account', { ...btc, ...coin }, answer)
}

/** A plain order; the margin mode is said with each. */
export function send(json: Body, answer: Json): ExpectedRequest {
  const words = { ...btc, ...coin, marginMode: 'crossed', ...json }
  return post('v2/mix/order/place-order', words, answer)
}

/** An order and, because its answer tells neither state nor price, the look at it. */
export function place(json: Body, id: string, row: Json): ExpectedRequest[] {
  return [send(json, receipt(id)), askOrder({ orderId: id }, ok(row))]
}

export function askOrder(
  key: Readonly<Record<string, string | RegExp>>,
  answer: Json,
): ExpectedRequest {
  return ask('v2/mix/order/detail', { ...btc, ...key }, answer)
}

const KINDS = ['profit_loss', 'normal_plan', 'track_plan'] as const

export type Kind = (typeof KINDS)[number]

/** 4.8: one question for each of the three kinds of conditional orders, and one for plain ones. */
export function askOpen(
  scope: Readonly<Record<string, string>>,
  rows: { readonly [kind in Kind | 'plain']?: readonly Json[] } = {},
): ExpectedRequest[] {
  return [
    ...KINDS.map((planType) =>
      ask(
        'v2/mix/order/orders-plan-pending',
        { ...scope, planType, ...page },
        orders(rows[planType] ?? []),
      ),
    ),
    ask('v2/mix/order/orders-pending', { ...scope, ...page }, orders(rows.plain ?? [])),
  ]
}

/** A conditional order of one kind among those that wait, or among those that have ended. */
export function askPlan(
  list: 'pending' | 'history',
  planType: Kind,
  key: Readonly<Record<string, string>>,
  rows: readonly Json[],
): ExpectedRequest {
  const path = `v2/mix/order/orders-plan-${list}`
  return ask(path, { ...btc, planType, ...key, ...page }, orders(rows))
}

/** Its id tells nothing of its kind: one list after the other, up to those that wait of `kind`. */
export function findPlan(
  kind: Kind,
  key: Readonly<Record<string, string>>,
  row: Json,
): ExpectedRequest[] {
  const others = KINDS.slice(0, KINDS.indexOf(kind))
  return [
    ...others.flatMap((other) => [
      askPlan('pending', other, key, []),
      askPlan('history', other, key, []),
    ]),
    askPlan('pending', kind, key, [row]),
  ]
}
