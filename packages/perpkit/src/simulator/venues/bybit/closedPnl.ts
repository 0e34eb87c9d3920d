import { add, type Decimal, div, isZero, mul, sub } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain, priceText } from './decimals.ts'
import { readQuery } from './fields.ts'
import { listingOf } from './instruments.ts'
import { shownPrice } from './orderRow.ts'
import { readPage } from './paging.ts'
import { type OrderRecord, orderRecords } from './records.ts'
import { type PlacedFill, replayFills } from './replay.ts'
import { reply } from './replies.ts'
import { readScope } from './scope.ts'
import { sideOf } from './slots.ts'
import { readWindow } from './window.ts'

const closedPnlFields = [
  'category',
  'symbol',
  'baseCoin',
  'settleCoin',
  'startTime',
  'endTime',
  'limit',
  'cursor',
] as const

// https://bybit-exchange.github.io/docs/v5/position/close-pnl
export const closedPnl: Route = {
  method: 'GET',
  path: '/v5/position/closed-pnl',
  access: 'signed',
  operation: 'getPositions',
  parameters: closedPnlFields,
  handle(handling) {
    const fields = readQuery(handling.params, closedPnlFields)
    const scope = readScope(handling, fields, { isRequired: false })
    const symbols = new Set(scope.map((listing) => listing.engine.symbol))
    const { from, to } = readWindow(handling.engine, fields)
    const wanted = closings(handling).filter(
      ({ createdAt, record }) => symbols.has(record.symbol) && createdAt >= from && createdAt <= to,
    )
    const page = readPage(wanted, fields, { standard: 50, most: 100 }, (closing) => ({
      id: closing.record.orderId,
      time: closing.createdAt,
    }))
    const { accountId, engine } = handling
    const list = page.rows.map((closing) =>
      closingRow(
        closing,
        engine.leverage(accountId, closing.record.symbol, sideOf(closing.record.slot)),
      ),
    )
    const category = fields.text('category')
    return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
  },
}

/** What one order closed. */
interface Closing {
  record: OrderRecord
  closed: Decimal
  fillCount: number
  entryValue: Decimal
  exitValue: Decimal
  openFee: Decimal
  closeFee: Decimal
  pnl: Decimal
  createdAt: number
  updatedAt: number
  /** Place of its last fill among all of the account's. */
  sequence: number
}

/** Newest first. */
function closings({ accountId, engine }: Handling): Closing[] {
  const byOrder = new Map<string, PlacedFill[]>()
  for (const placed of replayFills(engine.fills(accountId))) {
    if (isZero(placed.closed)) continue
    const { orderId } = placed.fill
    const fills = byOrder.get(orderId)
    if (fills) fills.push(placed)
    else byOrder.set(orderId, [placed])
  }
  const closed: Closing[] = []
  for (const record of orderRecords(engine, accountId)) {
    const fills = byOrder.get(record.orderId)
    if (fills) closed.push(closingOf(record, fills))
  }
  return closed.sort((a, b) => b.sequence - a.sequence)
}

function closingOf(record: OrderRecord, fills: readonly PlacedFill[]): Closing {
  const closing: Closing = {
    record,
    closed: '0',
    fillCount: fills.length,
    entryValue: '0',
    exitValue: '0',
    openFee: '0',
    closeFee: '0',
    pnl: '0',
    createdAt: fills[0]?.fill.timestamp ?? record.createdAt,
    updatedAt: fills[fills.length - 1]?.fill.timestamp ?? record.updatedAt,
    sequence: fills[fills.length - 1]?.sequence ?? 0,
  }
  for (const { closed, entryPrice, fill, openFee } of fills) {
    closing.closed = add(closing.closed, closed)
    closing.entryValue = add(closing.entryValue, mul(closed, entryPrice))
    closing.exitValue = add(closing.exitValue, mul(closed, fill.price))
    closing.openFee = add(closing.openFee, openFee)
    closing.closeFee = add(closing.closeFee, mul(fill.fee, div(closed, fill.quantity)))
    closing.pnl = add(closing.pnl, fill.realizedPnl)
  }
  return closing
}

/** Keys as in the sample of docs/wire/bybit.md 4.6; `side` is that of the closing order. */
function closingRow(closing: Closing, leverage: number): Record<string, unknown> {
  const { closed, closeFee, entryValue, exitValue, openFee, record } = closing
  const listing = listingOf(record.symbol)
  return {
    symbol: listing.native,
    orderType: record.type === 'MARKET' ? 'Market' : 'Limit',
    leverage: String(leverage),
    side: record.side === 'BUY' ? 'Buy' : 'Sell',
    orderId: record.orderId,
    orderPrice: priceText(listing, shownPrice(listing, record)),
    qty: plain(record.quantity),
    closedSize: plain(closed),
    execType: 'Trade',
    fillCount: String(closing.fillCount),
    avgEntryPrice: plain(div(entryValue, closed)),
    avgExitPrice: plain(div(exitValue, closed)),
    cumEntryValue: plain(entryValue),
    cumExitValue: plain(exitValue),
    openFee: plain(openFee),
    closeFee: plain(closeFee),
    closedPnl: plain(sub(closing.pnl, add(openFee, closeFee))),
    createdTime: String(closing.createdAt),
    updatedTime: String(closing.updatedAt),
  }
}
