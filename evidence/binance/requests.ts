import type { ExpectedRequest, Json } from '../../test/wire/evidence.ts'

// Requests as the wire tables expect them.

export const btc = { symbol: 'BTCUSDT' } as const

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

export function remove(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'DELETE', path, access: 'signed', query, answer }
}

export function refuse(request: ExpectedRequest, answer: Json): ExpectedRequest {
  return { ...request, status: 400, answer }
}
