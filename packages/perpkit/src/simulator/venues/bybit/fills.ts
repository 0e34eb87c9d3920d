import { add, type Decimal, isZero, mul, sub } from '../../../core/decimal.ts'
import type { Engine, EngineFill, EngineFunding } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain, priceText, quantityText } from './decimals.ts'
import { readQuery, readToken } from './fields.ts'
import { fundingIds } from './ids.ts'
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
    const wanted = executionsOf(handling).filter((row) => {
      // With an id every other filter is ignored.
      if (orderId !== undefined) return row.orderId === orderId
      if (orderLinkId !== undefined) return row.orderLinkId === orderLinkId
      const isInTime = row.time >= from && row.time <= to
      const isOfType = execType === undefined || row.execType === execType
      return isInTime && isOfType && symbols.has(row.symbol)
    })
    const page = readPage(wanted, fields, { standard: 50, most: 100 }, ({ id, time }) => ({
      id,
      time,
    }))
    const category = fields.text('category')
    const list = page.rows.map(({ print }) => print())
    return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
  },
}

/** A fill or a settlement of funding, as far as filters go. */
export interface Execution {
  id: string
  time: number
  /** The engine's symbol. */
  symbol: string
  orderId: string
  orderLinkId: string
  execType: 'Trade' | 'BustTrade' | 'Funding'
  print(): Record<string, unknown>
}

/** One fill with its order. */
interface OrderFill {
  placed: PlacedFill
  record: OrderRecord
  /** What the order had left after this fill. */
  left: Decimal
}

/** All executions of an account, newest first. */
export function executionsOf({
  accountId,
  engine,
}: Pick<Handling, 'accountId' | 'engine'>): Execution[] {
  const fundings = engine.fundings(accountId).map((row) => fundingExecution(row))
  const executions = [...orderFills(engine, accountId).map(fillExecution), ...fundings]
  return executions.reverse().sort((a, b) => b.time - a.time)
}

/** All fills of an account, oldest first. */
function orderFills(engine: Engine, accountId: string): OrderFill[] {
  const records = new Map<string, OrderRecord>()
  for (const record of orderRecords(engine, accountId)) {
    records.set(record.orderId, record)
  }
  const filled = new Map<string, Decimal>()
  const rows: OrderFill[] = []
  for (const placed of replayFills(engine.fills(accountId))) {
    const record = records.get(placed.fill.orderId)
    if (!record) continue
    const sum = add(filled.get(placed.fill.orderId) ?? '0', placed.fill.quantity)
    filled.set(placed.fill.orderId, sum)
    rows.push({ placed, record, left: sub(record.quantity, sum) })
  }
  return rows
}

function fillExecution(row: OrderFill): Execution {
  const { fill } = row.placed
  const { orderId, orderLinkId, order } = row.record
  const isBust = order !== undefined && isLiquidation(order.venueData)
  const execType = isBust ? 'BustTrade' : 'Trade'
  return {
    id: fill.fillId,
    time: fill.timestamp,
    symbol: fill.symbol,
    orderId,
    orderLinkId,
    execType,
    print: () => fillRow(row, execType),
  }
}

function fundingExecution(funding: EngineFunding): Execution {
  return {
    id: fundingIds(funding).tradeId,
    time: funding.timestamp,
    symbol: funding.symbol,
    orderId: fundingIds(funding).orderId,
    orderLinkId: '',
    execType: 'Funding',
    print: () => fundingRow(funding),
  }
}

/** Keys as in the sample of docs/wire/bybit.md 4.6. */
function fillRow(
  { left, placed, record }: OrderFill,
  execType: 'Trade' | 'BustTrade',
): Record<string, unknown> {
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
    execType,
    execValue: plain(mul(fill.price, fill.quantity)),
    execTime: String(fill.timestamp),
    isMaker: fill.isMaker,
    // The engine keeps no mark price of the moment: the fill's own is the nearest to it.
    markPrice: priceText(listing, fill.price),
    ...unsaid,
    closedSize: isZero(closed) ? '' : plain(closed),
    seq: placed.sequence,
  }
}

/** docs/wire/bybit.md 4.7, "Funding": paid is positive here, and no order stands behind it. */
function fundingRow(funding: EngineFunding): Record<string, unknown> {
  const { amount, asset, markPrice, rate, side, size, symbol, timestamp } = funding
  const listing = listingOf(symbol)
  const { orderId, tradeId } = fundingIds(funding)
  return {
    symbol: listing.native,
    orderId,
    orderLinkId: '',
    side: side === 'LONG' ? 'Buy' : 'Sell',
    orderPrice: '0',
    orderQty: '0',
    leavesQty: '0',
    createType: '',
    orderType: 'UNKNOWN',
    stopOrderType: 'UNKNOWN',
    execFee: plain(sub('0', amount)),
    feeCurrency: asset,
    feeRate: plain(rate),
    execId: tradeId,
    execPrice: priceText(listing, markPrice),
    execQty: quantityText(listing, size),
    execType: 'Funding',
    execValue: plain(mul(markPrice, size)),
    execTime: String(timestamp),
    isMaker: false,
    markPrice: priceText(listing, markPrice),
    ...unsaid,
    closedSize: '0',
    seq: Number(funding.fundingId),
  }
}

/** Keys that are about options, block trades and regions. */
const unsaid = {
  indexPrice: '',
  tradeIv: '',
  markIv: '',
  underlyingPrice: '',
  blockTradeId: '',
  extraFees: '',
} as const

function feeRateOf(fill: EngineFill): string {
  return fill.isMaker ? fees.maker : fees.taker
}
