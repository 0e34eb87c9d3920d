import type { Json, Step, Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes begin with. Of a swap in BTC a contract is 0.01 BTC.

type Parameters = Readonly<Record<string, string>>
type Members = { readonly [key: string]: Json }

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path: `/api/v5/${path}`, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path: `/api/v5/${path}`, access: 'signed', query }
}

/** `json` is an object, or an array where the exchange takes several at once. */
export function post(path: string, json: Json): Words {
  return { method: 'POST', path: `/api/v5/${path}`, access: 'signed', json }
}

export const btc = { instId: 'BTC-USDT-SWAP' } as const
export const swaps = { instType: 'SWAP' } as const

/** What every order says. */
export const cross = { ...btc, tdMode: 'cross' } as const

export function place(json: Members): Words {
  return post('trade/order', { ...cross, ...json })
}

export function placeAlgo(json: Members): Words {
  return post('trade/order-algo', { ...cross, ...json })
}

export function orderOf(clOrdId: string): Words {
  return ask('trade/order', { ...btc, clOrdId })
}

export function algoOf(algoClOrdId: string): Words {
  return ask('trade/order-algo', { algoClOrdId })
}

/** A long position of one contract. */
export const openLong: Words = place({
  side: 'buy',
  ordType: 'market',
  sz: '1',
  clOrdId: 'entry1',
})

/** A limit order below the market of 60000, inside the price band. */
export const resting = {
  side: 'buy',
  ordType: 'limit',
  px: '59500',
  sz: '1',
  clOrdId: 'resting1',
} as const

export const restingBuy: Words = place(resting)

/** A stop below the market of 60000 that watches the mark price. */
export const stop = {
  side: 'sell',
  ordType: 'conditional',
  sz: '1',
  slTriggerPx: '58000',
  slOrdPx: '-1',
  slTriggerPxType: 'mark',
  reduceOnly: true,
  algoClOrdId: 'stop1',
} as const

export const waitingStop: Words = placeAlgo(stop)

/** The market falls through the stop. */
export const fall: Step = { price: ['BTCUSDT', '57900'] }

export const hedgeOn: Words = post('account/set-position-mode', { posMode: 'long_short_mode' })

/** A member of the first row of an answer, as text. */
export function member(answer: unknown, key: string): string {
  const data = memberOf(answer, 'data')
  return String(memberOf(Array.isArray(data) ? data[0] : undefined, key))
}

function memberOf(value: unknown, key: string): unknown {
  return Object.entries(Object(value)).find(([name]) => name === key)?.[1]
}
