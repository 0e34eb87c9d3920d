import type { EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { newestOrOldest, readWindow, windowNames } from './historyWindow.ts'
import { findOrder, isOpen, isVisible, readOrderName } from './orderLookup.ts'
import { historyShape, queriedShape } from './orderShapes.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readContracts } from './symbols.ts'

// Reading plain orders: docs/wire/binance.md 4.5.

export const orderQueryRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-Order
  signedRoute('GET', '/fapi/v1/order', {
    operation: 'getOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const order = readNamed(handling)
      if (!order || !isVisible(handling.engine, order)) throw new Refused('-2013')
      return queriedShape(handling.engine, order)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-Current-Open-Order
  signedRoute('GET', '/fapi/v1/openOrder', {
    operation: 'getOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const order = readNamed(handling)
      if (!order || !isOpen(order)) throw new Refused('-2013')
      return queriedShape(handling.engine, order)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders
  signedRoute('GET', '/fapi/v1/openOrders', {
    operation: 'getOpenOrders',
    handle(handling) {
      const { engine, accountId } = handling
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return engine
        .openOrders(accountId)
        .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
        .map((order) => queriedShape(engine, order))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/All-Orders
  signedRoute('GET', '/fapi/v1/allOrders', {
    operation: 'getOrder',
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['symbol', 'orderId', ...windowNames])
      const { list } = readContracts(sent)
      const from = sent.id('orderId')
      const window = readWindow(sent, handling.clock.now(), from !== undefined)
      const limit = sent.limit('limit', 500, 1_000)
      const rows = engine
        .orders(accountId)
        .filter((order) => isVisible(engine, order))
        .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
        .filter((order) => window.holds(order.createdAt))
        .filter((order) => from === undefined || Number(order.orderId) >= Number(from))
      return newestOrOldest(rows, limit, from !== undefined || window.hasStart).map((order) =>
        historyShape(engine, order),
      )
    },
  }),
]

function readNamed(handling: Handling): EngineOrder | undefined {
  const sent = new Sent(handling, ['symbol', 'orderId', 'origClientOrderId'])
  const { symbol } = readContract(sent)
  return findOrder(handling, symbol, readOrderName(sent))
}
