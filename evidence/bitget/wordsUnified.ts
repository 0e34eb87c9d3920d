import type { Json, Words } from '../../test/wire/evidence.ts'
import { ask, post } from './words.ts'

// Raw requests that several probes of a unified account begin with.

type Body = { readonly [key: string]: Json }

export const usdt = { category: 'USDT-FUTURES' } as const
export const btc = { ...usdt, symbol: 'BTCUSDT' } as const

/** Writes of BTCUSDT below `/api/v3/`. */
export function write(path: string, json: Body): Words {
  return post(`v3/${path}`, { ...btc, ...json })
}

export function create(json: Body): Words {
  return write('trade/place-order', json)
}

export function strategy(json: Body): Words {
  return write('trade/place-strategy-order', json)
}

export function info(clientOid: string): Words {
  return ask('v3/trade/order-info', { clientOid })
}

export const settings: Words = ask('v3/account/settings')
export const positions: Words = ask('v3/position/current-position', usdt)
export const pending: Words = ask('v3/trade/unfilled-orders', btc)
export const history: Words = ask('v3/trade/history-orders', usdt)
export const strategies: Words = ask('v3/trade/unfilled-strategy-orders', usdt)
export const endedStrategies: Words = ask('v3/trade/history-strategy-orders', usdt)
export const hedgeOn: Words = post('v3/account/set-hold-mode', { holdMode: 'hedge_mode' })

export const atMarket = { side: 'buy', orderType: 'market', qty: '0.01' } as const
/** Below the market of 60000, inside the price band. */
export const limit = { ...atMarket, orderType: 'limit', price: '59000' } as const

/** A long position of 0.01 BTC in one-way mode. */
export const openLong: Words = create({ ...atMarket, clientOid: 'entry-1' })
export const openShort: Words = create({ ...atMarket, side: 'sell', clientOid: 'entry-2' })
export const restingBuy: Words = create({ ...limit, clientOid: 'resting-1' })
export const closeLong: Words = create({
  ...atMarket,
  side: 'sell',
  reduceOnly: 'yes',
  clientOid: 'close-1',
})

/** The same in hedge mode, where `side` is the direction. */
export const hedgedLong: Words = create({ ...atMarket, posSide: 'long', clientOid: 'long-1' })

export const hedgedShort: Words = create({
  ...atMarket,
  side: 'sell',
  posSide: 'short',
  clientOid: 'short-1',
})

/** A stop of the long position on the mark price. */
export const stopOfLong: Words = strategy({
  type: 'tpsl',
  tpslMode: 'partial',
  qty: '0.01',
  side: 'sell',
  reduceOnly: 'yes',
  stopLoss: '58000',
  slTriggerBy: 'mark',
  slOrderType: 'market',
  clientOid: 'stop-1',
})

/** An entry that waits above the market. */
export const stopEntry: Words = strategy({
  type: 'trigger',
  qty: '0.01',
  side: 'buy',
  triggerPrice: '62000',
  triggerBy: 'mark',
  triggerOrderType: 'market',
})
