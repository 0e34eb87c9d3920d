import type { Json, Step, Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes begin with.

type Parameters = Readonly<Record<string, string>>

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'signed', query }
}

export function post(path: string, json: { readonly [key: string]: Json }): Words {
  return { method: 'POST', path, access: 'signed', json }
}

export const btc = { category: 'linear', symbol: 'BTCUSDT' } as const

export function create(json: { readonly [key: string]: Json }): Words {
  return post('/v5/order/create', { ...btc, ...json })
}

/** A long position of 0.01 BTC. */
export const openLong: Words = create({
  side: 'Buy',
  orderType: 'Market',
  qty: '0.01',
  positionIdx: 0,
  orderLinkId: 'entry-1',
})

/** A limit order far below the market of 60000, inside the price band. */
export const restingBuy: Words = create({
  side: 'Buy',
  orderType: 'Limit',
  qty: '0.01',
  price: '59500',
  timeInForce: 'GTC',
  positionIdx: 0,
  orderLinkId: 'resting-1',
})

/** A stop below the market of 60000 that watches the mark price. */
export const waitingStop: Words = create({
  side: 'Sell',
  orderType: 'Market',
  qty: '0.01',
  triggerPrice: '58000',
  triggerDirection: 2,
  triggerBy: 'MarkPrice',
  reduceOnly: true,
  positionIdx: 0,
  orderLinkId: 'stop-1',
})

/** The market falls through the stop. */
export const fall: Step = { price: ['BTCUSDT', '57900'] }

/** A member of an answer's `result`, as text. */
export function member(answer: unknown, key: string): string {
  const result = memberOf(answer, 'result')
  return String(memberOf(result, key))
}

export function memberOf(value: unknown, key: string): unknown {
  return Object.entries(Object(value)).find(([name]) => name === key)?.[1]
}
