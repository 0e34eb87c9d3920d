import { isRecord } from '../../../core/reader.ts'
import type { AmendRequest, EngineOrder } from '../../engine/types.ts'
import { Refused } from './errors.ts'
import { priceText, quantityText } from './format.ts'
import { newestOrOldest, readTimes, windowNames } from './historyWindow.ts'
import { findOrder, isYounger, readOrderName } from './orderLookup.ts'
import { contractOf } from './orderShapes.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// What amending has made of an order, kept with it: docs/wire/binance.md 4.5.

type Shape = Record<string, unknown>

export const amendmentRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Get-Order-Modify-History
  signedRoute('GET', '/fapi/v1/orderAmendment', {
    operation: 'getOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'orderId', 'origClientOrderId', ...windowNames])
      const { symbol } = readContract(sent)
      const order = findOrder(handling, symbol, readOrderName(sent))
      const { start, end } = readTimes(sent)
      const limit = sent.limit('limit', 50, 100)
      if (!order) throw new Refused('-2013')
      const rows = amendmentsOf(order).filter(({ time }) => {
        const at = Number(time)
        return isYounger(handling.engine, at, 90) && at >= (start ?? at) && at <= (end ?? at)
      })
      return newestOrOldest(rows, limit, false).reverse()
    },
  }),
]

/** Oldest first, as they are shown. */
export function amendmentsOf({ venueData }: EngineOrder): Shape[] {
  return Array.isArray(venueData.amendments) ? venueData.amendments.filter(isRecord) : []
}

/** The amendments of an order with one more. */
export function withAmendment(
  order: EngineOrder,
  change: Required<Pick<AmendRequest, 'price' | 'quantity'>>,
  details: { time: number; priceMatch: string; modifyId: number | undefined },
): Shape[] {
  const amendments = amendmentsOf(order)
  const contract = contractOf(order)
  const count = amendments.length + 1
  const { time, priceMatch, modifyId } = details
  const row: Shape = {
    // No order is amended more than 10 000 times.
    amendmentId: Number(order.orderId) * 100_000 + count,
    symbol: order.symbol,
    pair: order.symbol,
    orderId: Number(order.orderId),
    clientOrderId: order.clientOrderId,
    time,
    amendment: {
      price: {
        before: priceText(contract, order.price ?? '0'),
        after: priceText(contract, change.price),
      },
      origQty: {
        before: quantityText(contract, order.quantity),
        after: quantityText(contract, change.quantity),
      },
      count,
    },
    priceMatch,
    ...(modifyId !== undefined && { modifyId }),
  }
  return [...amendments, row]
}
