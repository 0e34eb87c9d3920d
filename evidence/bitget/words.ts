import type { Json, Step, Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes of a classic account begin with.

type Parameters = Readonly<Record<string, string>>
type Body = { readonly [key: string]: Json }

export const usdt = { productType: 'USDT-FUTURES' } as const
export const btc = { ...usdt, symbol: 'BTCUSDT' } as const
export const coin = { marginCoin: 'USDT' } as const

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path: `/api/${path}`, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path: `/api/${path}`, access: 'signed', query }
}

export function post(path: string, json: Json): Words {
  return { method: 'POST', path: `/api/${path}`, access: 'signed', json }
}

/** Below `/api/v2/mix/market/`. */
export function market(path: string, query: Parameters = {}): Words {
  return look(`v2/mix/market/${path}`, { ...btc, ...query })
}

/** Writes of BTCUSDT below `/api/v2/mix/`. */
export function write(path: string, json: Body): Words {
  return post(`v2/mix/${path}`, { ...btc, ...coin, ...json })
}

export function create(json: Body): Words {
  return write('order/place-order', { marginMode: 'crossed', ...json })
}

export function protect(json: Body): Words {
  return write('order/place-tpsl-order', json)
}

export function createPlan(json: Body): Words {
  return write('order/place-plan-order', { marginMode: 'crossed', ...json })
}

export function plansOf(planType: string, list: 'pending' | 'history' = 'pending'): Words {
  return ask(`v2/mix/order/orders-plan-${list}`, { ...btc, planType })
}

export function detail(clientOid: string): Words {
  return ask('v2/mix/order/detail', { ...btc, clientOid })
}

export const allPositions: Words = ask('v2/mix/position/all-position', { ...usdt, ...coin })
export const account: Words = ask('v2/mix/account/account', { ...btc, ...coin })

export const pending: Words = ask('v2/mix/order/orders-pending', btc)
export const hedgeOn: Words = post('v2/mix/account/set-position-mode', {
  ...usdt,
  posMode: 'hedge_mode',
})

export const isolatedOn: Words = write('account/set-margin-mode', { marginMode: 'isolated' })

const marketBuy = { side: 'buy', orderType: 'market', size: '0.01' } as const

/** A long position of 0.01 BTC in one-way mode. */
export const openLong: Words = create({ ...marketBuy, clientOid: 'entry-1' })
export const openShort: Words = create({ ...marketBuy, side: 'sell', clientOid: 'entry-2' })
export const closeLong: Words = create({
  ...marketBuy,
  side: 'sell',
  reduceOnly: 'YES',
  clientOid: 'close-1',
})

/** The same in hedge mode, where `side` is that of the position. */
export const hedgedLong: Words = create({ ...marketBuy, tradeSide: 'open', clientOid: 'long-1' })

export const hedgedShort: Words = create({
  ...marketBuy,
  side: 'sell',
  tradeSide: 'open',
  clientOid: 'short-1',
})

/** A limit order below the market of 60000, inside the price band. */
export const restingBuy: Words = create({
  side: 'buy',
  orderType: 'limit',
  size: '0.01',
  price: '59000',
  force: 'gtc',
  clientOid: 'resting-1',
})

/** A stop of the long position on the mark price. */
export const stopOfLong: Words = protect({
  planType: 'loss_plan',
  triggerPrice: '58000',
  triggerType: 'mark_price',
  holdSide: 'buy',
  size: '0.01',
  clientOid: 'stop-1',
})

/** An entry that waits above the market. */
export const stopEntry: Words = createPlan({
  planType: 'normal_plan',
  side: 'buy',
  orderType: 'market',
  size: '0.01',
  triggerPrice: '62000',
  triggerType: 'mark_price',
  clientOid: 'plan-1',
})

/** The market falls through the stop, or rises through the entry. */
export const fall: Step = { price: ['BTCUSDT', '57900'] }
export const rise: Step = { price: ['BTCUSDT', '62100'] }

/** A member of an answer's `data`, as text. */
export function member(answer: unknown, key: string): string {
  return String(memberOf(memberOf(answer, 'data'), key))
}

export function memberOf(value: unknown, key: string): unknown {
  return Object.entries(Object(value)).find(([name]) => name === key)?.[1]
}
