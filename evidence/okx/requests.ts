import type { ExpectedRequest, Json, Pattern } from '../../test/wire/evidence.ts'
import { list, placed } from './samples.ts'
import { config } from './samplesAccount.ts'

// Requests as the wire tables expect them.

export type Body = { readonly [key: string]: Pattern }

export const btc = { instId: 'BTC-USDT-SWAP' } as const
export const swaps = { instType: 'SWAP' } as const
export const page = { limit: '100' } as const

export function look(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path: `/api/v5/${path}`, access: 'public', query, answer }
}

export function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path: `/api/v5/${path}`, access: 'signed', query, answer }
}

/** `json` is an object, or an array where the exchange takes several at once. */
export function post(path: string, json: Pattern, answer: Json): ExpectedRequest {
  return { method: 'POST', path: `/api/v5/${path}`, access: 'signed', json, answer }
}

export function askConfig(posMode: 'net_mode' | 'long_short_mode'): ExpectedRequest {
  return ask('account/config', {}, list([{ ...config, posMode }]))
}

export function askPositions(...rows: readonly Json[]): ExpectedRequest {
  return ask('account/positions', { ...swaps, ...btc }, list(rows))
}

/** An order as it is sent; cross margin is said with each. */
export function send(json: Body, answer: Json): ExpectedRequest {
  return { ...post('trade/order', { ...btc, tdMode: 'cross', ...json }, answer), dated: true }
}

/** An order and, because its answer tells neither state nor price, the look at it. */
export function place(json: Body, id: string, row: Json): ExpectedRequest[] {
  return [send(json, placed(id, 'x')), ask('trade/order', { ...btc, ordId: id }, list([row]))]
}

/** The lists of conditional orders: only two of their kinds may be asked for together. */
export function askAlgos(
  query: Readonly<Record<string, string>>,
  rows: readonly Json[] = [],
  triggers: readonly Json[] = [],
  trailing: readonly Json[] = [],
): ExpectedRequest[] {
  const path = 'trade/orders-algo-pending'
  const scope = { ...swaps, ...query, ...page }
  return [
    ask(path, { ordType: 'conditional,oco', ...scope }, list(rows)),
    ask(path, { ordType: 'trigger', ...scope }, list(triggers)),
    ask(path, { ordType: 'move_order_stop', ...scope }, list(trailing)),
  ]
}
