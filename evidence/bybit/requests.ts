import type { ExpectedRequest, Json, Pattern } from '../../test/wire/evidence.ts'
import { list, receipt } from './samples.ts'

// Requests as the wire tables expect them.

export type Body = { readonly [key: string]: Pattern }

export const btc = { category: 'linear', symbol: 'BTCUSDT' } as const

export function look(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path, access: 'public', query, answer }
}

export function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path, access: 'signed', query, answer }
}

/** Of BTCUSDT. */
export function post(path: string, json: Body, answer: Json): ExpectedRequest {
  return send(path, { ...btc, ...json }, answer)
}

export function send(path: string, json: Body, answer: Json): ExpectedRequest {
  return { method: 'POST', path, access: 'signed', json, answer }
}

/** An order and, because its answer is only an acknowledgement, the look at it. */
export function place(json: Body, id: string, row: Json): ExpectedRequest[] {
  const body = { positionIdx: 0, ...json }
  return [
    { ...post('/v5/order/create', body, receipt(id, 'x')), dated: true },
    ask('/v5/order/realtime', { ...btc, orderId: id }, list([row])),
  ]
}

/** An order whose acknowledgement is enough. */
export function placeUnseen(json: Body, id: string): ExpectedRequest {
  const answer = receipt(id, 'x')
  return { ...post('/v5/order/create', { positionIdx: 0, ...json }, answer), dated: true }
}

/** An order the exchange refuses at once. */
export function refuse(json: Body, answer: Json): ExpectedRequest {
  return { ...post('/v5/order/create', { positionIdx: 0, ...json }, answer), dated: true }
}
