import type { Json, Step, Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes begin with. Volumes are contracts of 0.001 BTC.

type Parameters = Readonly<Record<string, string>>
type Members = { readonly [key: string]: Json }

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'signed', query }
}

export function post(path: string, json: Json): Words {
  return { method: 'POST', path, access: 'signed', json }
}

export const btc = { contract_code: 'BTC-USDT' } as const
export const cross = { ...btc, margin_mode: 'cross' } as const
export const isolated = { ...btc, margin_mode: 'isolated' } as const

export const market = { side: 'buy', type: 'market', volume: '10' } as const
/** Below the market of 60000, inside the price band. */
export const limit = { side: 'buy', type: 'limit', price: '59500', volume: '10' } as const
export const stop = {
  side: 'sell',
  type: 'sl',
  position_side: 'both',
  volume: '10',
  sl_trigger_price: '58000',
  sl_type: 'market',
  sl_trigger_price_type: 'last',
} as const

/** Legs of two, or attached to an entry. */
export const takeProfit = { tp_trigger_price: '62000', tp_type: 'market' } as const
export const stopLoss = { sl_trigger_price: '58000', sl_type: 'market' } as const

export function place(json: Members): Words {
  return post('/v5/trade/order', { ...cross, ...json })
}

export function placeAlgo(json: Members): Words {
  return post('/v5/algo/order', { ...cross, position_side: 'both', ...json })
}

/** A long position of 0.01 BTC. */
export const openLong: Words = place({ ...market, client_order_id: '1001' })
export const closeLong: Words = place({ ...market, side: 'sell', reduce_only: 1 })
export const restingBuy: Words = place({ ...limit, client_order_id: '2001' })
export const waitingStop: Words = placeAlgo({ ...stop, algo_client_order_id: '3001' })

/** The market falls through the stop. */
export const fall: Step = { price: ['BTCUSDT', '57900'] }

export const hedgeOn: Words = post('/v5/position/mode', { position_mode: 'dual_side' })

export function openAlgos(type: string): Words {
  return ask('/v5/algo/order/opens', { ...btc, type, limit: '100' })
}

export function algoHistory(type: string, states?: string): Words {
  const chosen = states === undefined ? {} : { states }
  return ask('/v5/algo/order/history', { ...cross, type, ...chosen })
}

/** The one order whose receipt is so many answers in. */
export function readBack(index: number, more: Parameters = {}) {
  return (earlier: readonly unknown[]): Words =>
    ask('/v5/trade/order', { ...cross, order_id: orderIdOf(earlier[index]), ...more })
}

/** The conditional order whose receipt is so many answers in. */
export function readAlgo(index: number, type: string) {
  return (earlier: readonly unknown[]): Words =>
    ask('/v5/algo/order', { ...btc, type, algo_id: algoIdOf(earlier[index]) })
}

export function orderIdOf(answer: unknown): string {
  return String(memberOf(memberOf(answer, 'data'), 'order_id'))
}

/** Of an answer whose `data` is an array although one order was sent. */
export function algoIdOf(answer: unknown): string {
  return String(memberOf(rowOf(answer), 'algo_id'))
}

/** The first row of an answer's `data`. */
export function rowOf(answer: unknown): unknown {
  const data = memberOf(answer, 'data')
  return Array.isArray(data) ? data[0] : undefined
}

export function memberOf(value: unknown, key: string): unknown {
  return Object.entries(Object(value)).find(([name]) => name === key)?.[1]
}
