import { add, type Decimal, isZero, mul, sub } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain, priceText, quantityText } from './decimals.ts'
import { readQuery, readToken } from './fields.ts'
import { fees, listingOf } from './instruments.ts'
import { isLiquidation } from './notes.ts'
import { shownPrice } from './orderRow.ts'
import { readPage } from './paging.ts'
import { type OrderRecord, orderRecords } from './records.ts'
import { type PlacedFill, replayFills } from './replay.ts'
import { reply } from './replies.ts'
import { readScope } from './scope.ts'
import { readWindow } from './window.ts'

const fillFields = [
  'category',
  'symbol',
  'orderId',
  'orderLinkId',
  'baseCoin',
  'settleCoin',
  'startTime',
  'endTime',
  'execType',
  'limit',
  'cursor',
] as const

const execTypes = [
  'Trade',
  'AdlTrade',
  'Funding',
  'BustTrade',
  'Delivery',
  'Settle',
  'BlockTrade',
  'MovePosition',
  'FutureSpread',
  'ForwardSplitSettle',
  'ReverseSplitSettle',
  'Dividend',
] as const

// https://bybit-exchange.github.io/docs/v5/order/execution
export const executions: Route = {
  method: 'GET',
  path: '/v5/execution/list',
  access: 'signed',
  operation: 'getOrder',
  // ccxt asks for funding with a `size`, which the venue makes nothing of.
  parameters: [...fillFields, 'size'],
  handle(handling) {
    const fields = readQuery(handling.params, fillFields)
    const scope = readScope(handling, fields, { isRequired: false })
    const symbols = new Set(scope.map((listing) => listing.engine.symbol))
    const execType = readToken(handling, fields, 'execType', execTypes)
    const orderId = fields.text('orderId')
    const orderLinkId = fields.text('orderLinkId')
    const { from, to } = readWindow(handling.engine, fields)
    const wanted = executionsOf(handling).filter(({ record, placed: { fill } }) => {
      // With an id every other filter is ignored.
      if (orderId !== undefined) return record.orderId === orderId
      if (orderLinkId !== undefined) return record.orderLinkId === orderLinkId
      const isInTime = fill.timestamp >= from && fill.timestamp <= to
      return isInTime && symbols.has(fill.symbol) && isOfType(record, execType)
    })
    const page = readPage(wanted, fields, { standard: 50, most: 100 }, ({ placed: { fill } }) => ({
      id: fill.fillId,
      time: fill.timestamp,
    }))
    const category = fields.text('category')
    const list = page.rows.map((row) => executionRow(row))
    return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
  },
}

/** One fill with its order. */
interface Execution {
  placed: PlacedFill
  record: OrderRecord
  /** What the order had left after this fill. */
  left: Decimal
}

/** All fills of an account, newest first. */
function executionsOf({ accountId, engine }: Handling): Execution[] {
  const records = new Map<string, OrderRecord>()
  for (const record of orderRecords(engine, accountId)) {
    records.set(record.orderId, record)
  }
  const filled = new Map<string, Decimal>()
  const rows: Execution[] = []
  for (const placed of replayFills(engine.fills(accountId))) {
    const record = records.get(placed.fill.orderId)
    if (!record) continue
    const sum = add(filled.get(placed.fill.orderId) ?? '0', placed.fill.quantity)
    filled.set(placed.fill.orderId, sum)
    rows.push({ placed, record, left: sub(record.quantity, sum) })
  }
  return rows.reverse()
}

/** Keys as in the sample of docs/wire/bybit.md 4.6. */
function executionRow({ left, placed, record }: Execution): Record<string, unknown> {
  const { fill, closed } = placed
  const listing = listingOf(fill.symbol)
  return {
    symbol: listing.native,
    orderId: record.orderId,
    orderLinkId: record.orderLinkId,
    side: fill.side === 'BUY' ? 'Buy' : 'Sell',
    orderPrice: priceText(listing, shownPrice(listing, record)),
    orderQty: quantityText(listing, record.quantity),
    leavesQty: quantityText(listing, left),
    createType: record.notes.createType,
    orderType: record.type === 'MARKET' ? 'Market' : 'Limit',
    stopOrderType: record.notes.stopOrderType === '' ? 'UNKNOWN' : record.notes.stopOrderType,
    execFee: plain(fill.fee),
    feeCurrency: fill.feeAsset,
    feeRate: feeRateOf(fill),
    execId: fill.fillId,
    execPrice: priceText(listing, fill.price),
    execQty: quantityText(listing, fill.quantity),
    execType: execTypeOf(record),
    execValue: plain(mul(fill.price, fill.quantity)),
    execTime: String(fill.timestamp),
    isMaker: fill.isMaker,
    // The engine keeps no mark price of the moment: the fill's own is the nearest to it.
    markPrice: priceText(listing, fill.price),
    indexPrice: '',
    tradeIv: '',
    markIv: '',
    underlyingPrice: '',
    blockTradeId: '',
    closedSize: isZero(closed) ? '' : plain(closed),
    extraFees: '',
    seq: placed.sequence,
  }
}

function execTypeOf({ order }: OrderRecord): 'Trade' | 'BustTrade' {
  return order && isLiquidation(order.venueData) ? 'BustTrade' : 'Trade'
}

function isOfType(record: OrderRecord, execType: string | undefined): boolean {
  return execType === undefined || execTypeOf(record) === execType
}

function feeRateOf(fill: EngineFill): string {
  return fill.isMaker ? fees.maker : fees.taker
}
