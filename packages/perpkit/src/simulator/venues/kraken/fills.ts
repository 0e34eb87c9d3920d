import type { EngineFill, EngineOrder } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { timeOf } from './fields.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { success } from './replies.ts'

/** Most fills of one answer. */
const MOST_FILLS = 100

// docs/wire/kraken.md 4.8; https://docs.kraken.com/api/docs/futures-api/trading/get-fills
export const fills: Route = {
  method: 'GET',
  path: '/derivatives/api/v3/fills',
  access: 'signed',
  operation: 'getOrder',
  parameters: ['lastFillTime'],
  handle(handling) {
    const { accountId, engine, params } = handling
    const lastFillTime = timeOf(params, 'lastFillTime')
    const rows = engine
      .fills(accountId)
      .map((fill, index) => ({ fill, sequence: index + 1 }))
      // An upper bound: pages go backwards in time.
      .filter(({ fill }) => lastFillTime === undefined || fill.timestamp < lastFillTime)
      .slice(-MOST_FILLS)
      .reverse()
      .map(({ fill, sequence }) => ({
        ...fillRow(fill, engine.order(accountId, fill.orderId)),
        sequence_id: sequence,
      }))
    return success(handling, { fills: rows })
  },
}

/** `liquidation`, `maker`, `taker` or `takerAfterEdit`. */
export function fillTypeOf(fill: EngineFill, order: EngineOrder | undefined): string {
  if (order?.venueData.liquidation === true) return 'liquidation'
  if (fill.isMaker) return 'maker'
  return order?.venueData.isEdited === true ? 'takerAfterEdit' : 'taker'
}

function fillRow(fill: EngineFill, order: EngineOrder | undefined): Record<string, unknown> {
  return {
    fill_id: fill.fillId,
    order_id: fill.orderId,
    ...(fill.clientOrderId !== '' && { cliOrdId: fill.clientOrderId }),
    symbol: listingOf(fill.symbol).native,
    side: fill.side === 'BUY' ? 'buy' : 'sell',
    size: num(fill.quantity),
    price: num(fill.price),
    fillTime: iso(fill.timestamp),
    fillType: fillTypeOf(fill, order),
    realized_pnl: num(fill.realizedPnl),
  }
}
