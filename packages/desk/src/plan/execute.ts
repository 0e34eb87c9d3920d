import type { FuturesExchange, ManagedOrders } from 'perpkit'
import { DeskError, EXIT } from '../output/failure.ts'
import type { OpenProtectedRequest, PlanRequest, PlanResult } from './plan.ts'

/** Sends what the plan shows, word for word. */
export async function execute(
  exchange: FuturesExchange,
  request: PlanRequest,
): Promise<PlanResult> {
  switch (request.method) {
    case 'createMarketOrder': {
      const { symbol, side, quantity, options } = request
      const order = await exchange.createMarketOrder(symbol, side, quantity, options)
      return { kind: 'ORDER', order }
    }
    case 'createLimitOrder': {
      const { symbol, side, quantity, price, options } = request
      const order = await exchange.createLimitOrder(symbol, side, quantity, price, options)
      return { kind: 'ORDER', order }
    }
    case 'createStopLossOrder':
      return { kind: 'ORDER', order: await exchange.createStopLossOrder(request.order) }
    case 'createTakeProfitOrder':
      return { kind: 'ORDER', order: await exchange.createTakeProfitOrder(request.order) }
    case 'createManagedOrders':
      return { kind: 'MANAGED', managed: await exchange.createManagedOrders(request.order) }
    case 'openProtectedPosition':
      requireOpening(exchange)
      return { kind: 'MANAGED', managed: await exchange.openProtectedPosition(request.order) }
    case 'closePosition': {
      const order = await exchange.closePosition(request.symbol, request.options)
      return order ? { kind: 'ORDER', order } : { kind: 'NOTHING_TO_DO' }
    }
  }
}

interface OpensProtected {
  openProtectedPosition(request: OpenProtectedRequest): Promise<ManagedOrders>
}

function requireOpening(
  exchange: FuturesExchange,
): asserts exchange is FuturesExchange & OpensProtected {
  if ('openProtectedPosition' in exchange) return
  throw new DeskError(
    EXIT.NOT_SENT,
    'UNSUPPORTED',
    'this version of perpkit cannot open and protect a position in one step; nothing was sent',
    'Open it with perpkit order market, then run perpkit protect.',
  )
}
