import type { Cost, Limit, RawAnswer, Usage } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'

/**
 * The live figures; the demo environment allows more. Orders are counted by account, which is what
 * a key stands for here.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export const limits: readonly Limit[] = [
  { name: 'weight', limit: 2_400, windowMs: 60_000, scope: 'address' },
  { name: 'orders10s', limit: 300, windowMs: 10_000, scope: 'key' },
  { name: 'orders1m', limit: 1_200, windowMs: 60_000, scope: 'key' },
  { name: 'funding', limit: 500, windowMs: 300_000, scope: 'address' },
  { name: 'statistics', limit: 1_000, windowMs: 300_000, scope: 'address' },
]

const USED_HEADERS: Readonly<Record<string, string>> = {
  weight: 'x-mbx-used-weight-1m',
  orders10s: 'x-mbx-order-count-10s',
  orders1m: 'x-mbx-order-count-1m',
}

/** `-1` where a call cost nothing; orders are told with successful orders alone (section 7). */
export function readUsage({ headers }: RawAnswer): Usage[] {
  return Object.entries(USED_HEADERS).flatMap(([name, header]) => {
    const used = headers[header]
    return used === undefined ? [] : [{ name, used: Number(used) }]
  })
}

const TOO_MANY_ORDERS = -1015

/** 418 shuts the address out; else the code tells orders from everything else. */
export function closedBy({ status, json }: RawAnswer, cost: Cost): readonly string[] | 'address' {
  if (status === 418) return 'address'
  const isOrders = isRecord(json) && json.code === TOO_MANY_ORDERS
  return Object.keys(cost).filter((name) => name.startsWith('orders') === isOrders)
}
