import { isRefusal } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { Refused, refusedByEngine } from './errors.ts'
import { readFields } from './fields.ts'
import {
  closersOn,
  closingSideOf,
  legFor,
  positionOn,
  readMarginMode,
  readPositionSide,
  sideWord,
} from './legs.ts'
import { keepNotes } from './notes.ts'
import { bandEdge } from './priceBand.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'
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
    const marginMode = readMarginMode(handling, 'mgnMode', fields.required('mgnMode'))
    const leg = legFor(listing.engine.symbol, marginMode, readPositionSide(handling, fields))
    const clOrdId = readClientId('clOrdId', fields.text('clOrdId'))
    const tag = readTag(fields.text('tag'))
    const position = positionOn(engine, accountId, leg)
    if (!position) throw new Refused('51023')
    const side = closingSideOf(position.side)
    const pending = closersOn(engine, accountId, leg, side)
    if (pending.length > 0 && !fields.isTrue('autoCxl')) throw new Refused('51115')
    for (const { orderId } of pending) engine.cancelOrder(accountId, orderId)
    const placed = engine.placeOrder(accountId, {
      clientOrderId: clOrdId,
      ...leg,
      side,
      type: 'MARKET',
      quantity: position.size,
      worstPrice: bandEdge(engine, listing, side),
      timeInForce: 'IOC',
      reduceOnly: leg.positionSide === undefined,
      venueData: keepNotes({ ordType: 'market', tag, lever: String(position.leverage) }),
    })
    if (isRefusal(placed)) throw refusedByEngine(placed, 'place')
    return [{ instId: listing.instId, posSide: sideWord(leg), clOrdId, tag }]
  }),
}
