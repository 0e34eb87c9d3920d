import type { Words } from '../../test/wire/evidence.ts'

// Raw requests that several probes begin with. Query for GET and DELETE, form for POST and PUT.

type Parameters = Readonly<Record<string, string>>

export function look(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'public', query }
}

export function ask(path: string, query: Parameters = {}): Words {
  return { method: 'GET', path, access: 'signed', query }
}

export function post(path: string, form: Parameters): Words {
  return { method: 'POST', path, access: 'signed', form }
}

export function put(path: string, form: Parameters): Words {
  return { method: 'PUT', path, access: 'signed', form }
}

export function remove(path: string, query: Parameters): Words {
  return { method: 'DELETE', path, access: 'signed', query }
}

export function order(form: Parameters): Words {
  return post('/fapi/v1/order', { symbol: 'BTCUSDT', ...form })
}

export function algo(form: Parameters): Words {
  return post('/fapi/v1/algoOrder', { algoType: 'CONDITIONAL', symbol: 'BTCUSDT', ...form })
}

/** A long position of 0.01 BTC. */
export const openLong: Words = order({
  side: 'BUY',
  type: 'MARKET',
  quantity: '0.01',
  newOrderRespType: 'RESULT',
  newClientOrderId: 'entry-1',
})

/** A limit order far below the market of 60000. */
export const restingBuy: Words = order({
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '50000',
  timeInForce: 'GTC',
  newOrderRespType: 'RESULT',
  newClientOrderId: 'resting-1',
})

/** A stop below the market of 60000 that watches the mark price. */
export const waitingStop: Words = algo({
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  triggerPrice: '58000',
  workingType: 'MARK_PRICE',
  reduceOnly: 'true',
  clientAlgoId: 'stop-1',
})

/** A member of an earlier answer, as text. */
export function member(answer: unknown, key: string): string {
  const found = Object.entries(Object(answer)).find(([name]) => name === key)
  return String(found?.[1])
}
