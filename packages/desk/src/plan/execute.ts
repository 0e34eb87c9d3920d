import type { FuturesExchange } from 'perpkit'
import type { PlanRequest, PlanResult } from './plan.ts'

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
      return { kind: 'MANAGED', managed: await exchange.openProtectedPosition(request.order) }
    case 'closePosition': {
      const order = await exchange.closePosition(request.symbol, request.options)
      return order ? { kind: 'ORDER', order } : { kind: 'NOTHING_TO_DO' }
    }
  }
}
