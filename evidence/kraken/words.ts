import type { Json, Step, Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes begin with.

export type Parameters = Readonly<Record<string, string>>

export const API = '/derivatives/api/v3'

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'signed', query }
}

export function post(path: string, form: Parameters = {}): Words {
  return { method: 'POST', path: `${API}${path}`, access: 'signed', form }
}

export function put(path: string, form: Parameters): Words {
  return { method: 'PUT', path: `${API}${path}`, access: 'signed', form }
}

export const btc = { symbol: 'PF_XBTUSD' } as const

export function send(form: Parameters): Words {
  return post('/sendorder', { ...btc, ...form })
}

export function edit(form: Parameters): Words {
  return post('/editorder', form)
}

export function cancel(form: Parameters): Words {
  return post('/cancelorder', form)
}

export function batch(instructions: readonly Json[]): Words {
  return post('/batchorder', { json: JSON.stringify({ batchOrder: instructions }) })
}

export const market = { orderType: 'mkt', side: 'buy', size: '0.01' } as const
export const limit = { orderType: 'lmt', side: 'buy', size: '0.01', limitPrice: '59500' } as const
export const stop = {
  orderType: 'stp',
  side: 'sell',
  size: '0.01',
  stopPrice: '58000',
  triggerSignal: 'mark',
  reduceOnly: 'true',
} as const

/** A long position of 0.01 BTC. */
export const openLong: Words = send({ ...market, cliOrdId: 'entry-1' })

/** A limit order below the market of 60000. */
export const restingBuy: Words = send({ ...limit, cliOrdId: 'resting-1' })

/** A stop below the market of 60000 that watches the mark price. */
export const waitingStop: Words = send({ ...stop, cliOrdId: 'stop-1' })

export const openOrders: Words = ask(`${API}/openorders`)

export const fall: Step = { price: ['BTCUSDT', '57900'] }

/** Orders that are open or ended less than 5 s ago, by their client ids. */
export function recent(cliOrdIds: string): Words {
  return post('/orders/status', { cliOrdIds })
}

/** A member of an answer, or of what stands below a name in it. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (holder, key) => Object.entries(Object(holder)).find(([name]) => name === key)?.[1],
    value,
  )
}

/** The id a new order was answered. */
export function idOf(answer: unknown): string {
  return String(memberOf(answer, 'sendStatus', 'order_id'))
}
