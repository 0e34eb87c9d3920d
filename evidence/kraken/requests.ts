import type { ExpectedRequest, Json } from '../../test/wire/evidence.ts'
import { history, success } from './samples.ts'

// Requests as the wire tables expect them.

export type Parameters = Readonly<Record<string, string | RegExp>>

export const btc = { symbol: 'PF_XBTUSD' } as const
/** As results name it. */
export const names = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' } as const

const API = '/derivatives/api/v3'

export function look(
  path: string,
  query: Readonly<Record<string, string>>,
  answer: Json,
): ExpectedRequest {
  return { method: 'GET', path: `${API}${path}`, access: 'public', query, answer }
}

/** Private reading takes no parameters: the lists are of all symbols. */
export function ask(path: string, answer: Json): ExpectedRequest {
  return { method: 'GET', path: `${API}${path}`, access: 'signed', answer }
}

export function post(path: string, form: Parameters, answer: Json): ExpectedRequest {
  return { method: 'POST', path: `${API}${path}`, access: 'signed', form, answer }
}

/** Plain and conditional orders go through one door. */
export function send(form: Parameters, sendStatus: Json): ExpectedRequest {
  return { ...post('/sendorder', { ...btc, ...form }, success({ sendStatus })), dated: true }
}

/** Orders that are open or ended less than 5 s ago. */
export function recent(ids: Parameters, orders: readonly Json[]): ExpectedRequest {
  return post('/orders/status', ids, success({ orders }))
}

export function open(openOrders: readonly Json[]): ExpectedRequest {
  return ask('/openorders', success({ openOrders }))
}

export function fills(rows: readonly Json[]): ExpectedRequest {
  return ask('/fills', success({ fills: rows }))
}

export function positions(openPositions: readonly Json[]): ExpectedRequest {
  return ask('/openpositions', success({ openPositions }))
}

/** Markets with isolated margin alone are listed. */
export function leverages(leveragePreferences: readonly Json[]): ExpectedRequest {
  return ask('/leveragepreferences', success({ leveragePreferences }))
}

/** Isolates the margin, too. */
export function setLeverage(maxLeverage: string): ExpectedRequest {
  return {
    method: 'PUT',
    path: `${API}/leveragepreferences`,
    access: 'signed',
    form: { ...btc, maxLeverage },
    answer: success({}),
  }
}

/** Positions tell no mark price. */
export function tickers(
  query: Readonly<Record<string, string>>,
  rows: readonly Json[],
): ExpectedRequest {
  return look('/tickers', query, success({ tickers: rows }))
}

interface Page {
  elements: readonly Json[]
  /** Of the page before this one. */
  token?: string
  nextToken?: string
  since?: number
}

/** Events of one market, newest first, as many as a page holds. */
export function past(
  kind: 'orders' | 'triggers',
  { elements, token, nextToken, since }: Page,
): ExpectedRequest {
  return {
    method: 'GET',
    path: `/api/history/v3/${kind}`,
    access: 'signed',
    query: {
      tradeable: 'PF_XBTUSD',
      sort: 'desc',
      count: '1000',
      ...(since !== undefined && { since: String(since) }),
      ...(token !== undefined && { continuation_token: token }),
    },
    answer: history(elements, nextToken),
  }
}
