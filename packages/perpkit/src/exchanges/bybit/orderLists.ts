import type { Endpoint } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { readOrder } from './orderRow.ts'
import { type Page, type PageRequest, readPage } from './pages.ts'

/**
 * Open orders, plain and conditional; asked by id also the latest ended ones.
 * https://bybit-exchange.github.io/docs/v5/order/open-order
 */
export const realtimeOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/v5/order/realtime',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'order/realtime': 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => readOrder(row, instruments))
  },
}

/**
 * Plain and conditional orders; some rows have not ended (docs/wire/bybit.md 4.3).
 * https://bybit-exchange.github.io/docs/v5/order/order-list
 */
export const endedOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/v5/order/history',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'order/history': 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => readOrder(row, instruments))
  },
}
