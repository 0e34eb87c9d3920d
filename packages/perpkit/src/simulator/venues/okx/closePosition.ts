import { isRefusal } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { Refused, refusedByEngine } from './errors.ts'
import { readFields } from './fields.ts'
import { keepNotes } from './notes.ts'
import { positionOf, reducingOrders } from './placement.ts'
import { bandEdge } from './priceBand.ts'
import { answering } from './replies.ts'
import { readListing, refuseIsolated, refuseOtherSide } from './scope.ts'
import { readClientId, readTag } from './sizes.ts'

const closeNames = ['instId', 'mgnMode', 'posSide', 'autoCxl', 'clOrdId', 'tag', 'ccy'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-close-positions
export const closePosition: Route = {
  method: 'POST',
  path: '/api/v5/trade/close-position',
  access: 'signed',
  operation: 'createOrder',
  parameters: closeNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, closeNames)
    const listing = readListing(fields)
    refuseIsolated(handling, 'mgnMode', fields.required('mgnMode'))
    refuseOtherSide(handling, fields)
    const clOrdId = readClientId('clOrdId', fields.text('clOrdId'))
    const tag = readTag(fields.text('tag'))
    const { symbol } = listing.engine
    const position = positionOf(engine, accountId, symbol)
    if (!position) throw new Refused('51023')
    const side = position.side === 'LONG' ? 'SELL' : 'BUY'
    const pending = reducingOrders(engine, accountId, symbol, side)
    if (pending.length > 0 && !fields.isTrue('autoCxl')) throw new Refused('51115')
    for (const { orderId } of pending) engine.cancelOrder(accountId, orderId)
    const placed = engine.placeOrder(accountId, {
      clientOrderId: clOrdId,
      symbol,
      side,
      type: 'MARKET',
      quantity: position.size,
      worstPrice: bandEdge(engine, listing, side),
      timeInForce: 'IOC',
      reduceOnly: true,
      venueData: keepNotes({ ordType: 'market', tag, lever: String(position.leverage) }),
    })
    if (isRefusal(placed)) throw refusedByEngine(placed, 'place')
    return [{ instId: listing.instId, posSide: 'net', clOrdId, tag }]
  }),
}
