import type { Engine, EngineOrder } from '../../engine/types.ts'
import { newestOrOldest, readWindow, windowNames } from './historyWindow.ts'
import { isYounger } from './orderLookup.ts'
import { queriedShape } from './orderShapes.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContracts } from './symbols.ts'

// Orders the system sent: docs/wire/binance.md 4.5 and 4.7 (liquidation). Nobody is deleveraged here.

export const liquidationRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Users-Force-Orders
  signedRoute('GET', '/fapi/v1/forceOrders', {
    operation: 'getOrder',
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['symbol', 'autoCloseType', ...windowNames])
      const { list } = readContracts(sent)
      const type = sent.word('autoCloseType', ['LIQUIDATION', 'ADL'], '-1130')
      const window = readWindow(sent, handling.clock.now())
      const limit = sent.limit('limit', 50, 100)
      const rows = engine
        .orders(accountId)
        .filter(({ venueData }) => venueData.liquidation === true && type !== 'ADL')
        .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
        .filter(({ createdAt }) => window.holds(createdAt) && isYounger(engine, createdAt, 90))
      return newestOrOldest(rows, limit, window.hasStart).map((row) => forcedShape(engine, row))
    },
  }),
]

/** A queried order without what only orders of one's own have. */
function forcedShape(engine: Engine, order: EngineOrder): Record<string, unknown> {
  const { priceProtect, priceMatch, selfTradePreventionMode, goodTillDate, ...shown } =
    queriedShape(engine, order)
  return shown
}
