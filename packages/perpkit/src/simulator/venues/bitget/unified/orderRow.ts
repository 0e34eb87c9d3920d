import { div, isZero, mul } from '../../../../core/decimal.ts'
import type { EngineFill, EngineOrder, PositionSide } from '../../../engine/types.ts'
import { isOpen } from '../cancellation.ts'
import { clientIdOf } from '../clientIds.ts'
import { money, plain } from '../decimals.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, marginModeWord, positionModeWord } from '../modes.ts'
import { type Notes, readNotes, type Watched } from '../notes.ts'
import { cancelReasonOf, forceOf, isReduceOnly } from '../orderWords.ts'

// Rows of orders and fills of V3: docs/wire/bitget.md 12.4.

/** As order-info has it. */
export function orderRow(order: EngineOrder): Record<string, unknown> {
  const listing = listingOf(order.symbol)
  const isFilled = !isZero(order.executedQuantity)
  const { executedNotional, executedQuantity, price } = order
  return {
    orderId: order.orderId,
    clientOid: clientIdOf(order),
    category: listing.productType,
    symbol: listing.native,
    orderType: order.type === 'MARKET' ? 'market' : 'limit',
    side: order.side === 'BUY' ? 'buy' : 'sell',
    price: price ?? '0',
    qty: plain(order.quantity),
    amount: '0',
    cumExecQty: plain(executedQuantity),
    cumExecValue: plain(executedNotional),
    avgPrice: isFilled ? plain(div(executedNotional, executedQuantity)) : '0',
    timeInForce: forceOf(order),
    orderStatus: statusOf(order),
    posSide: posSideOf(order.positionSide),
    holdMode: positionModeWord(order.positionSide !== undefined),
    tradeSide: isClosing(order) ? 'close' : 'open',
    delegateType: 'normal',
    reduceOnly: isReduceOnly(order) ? 'YES' : 'NO',
    marginMode: marginModeWord(order.marginMode),
    // Positive: paid.
    feeDetail: [
      isFilled
        ? { feeCoin: listing.engine.settleAsset, fee: money(order.fee) }
        : { feeCoin: '', fee: '' },
    ],
    createdTime: String(order.createdAt),
    updatedTime: String(order.updatedAt),
    cancelReason: cancelReasonOf(order),
    execType: 'normal',
    ...presetOf(readNotes(order.venueData)),
  }
}

/** As the lists have it: what is open lacks two keys. */
export function listRow(order: EngineOrder): Record<string, unknown> {
  const row = orderRow(order)
  if (!isOpen(order)) return row
  const { cancelReason: _reason, execType: _type, ...open } = row
  return open
}

/** Keys as in the fill sample of docs/wire/bitget.md 12.4. */
export function fillRow(order: EngineOrder | undefined, fill: EngineFill): Record<string, unknown> {
  const listing = listingOf(fill.symbol)
  return {
    execId: fill.fillId,
    execLinkId: String(BigInt(fill.fillId) + 1n),
    orderId: fill.orderId,
    clientOid: order ? clientIdOf(order) : '',
    category: listing.productType.toLowerCase(),
    symbol: listing.native,
    orderType: order?.type === 'LIMIT' ? 'limit' : 'market',
    side: fill.side === 'BUY' ? 'buy' : 'sell',
    posSide: posSideOf(fill.positionSide),
    execPrice: plain(fill.price),
    execQty: plain(fill.quantity),
    execValue: plain(mul(fill.price, fill.quantity)),
    tradeScope: fill.isMaker ? 'maker' : 'taker',
    tradeSide: order && isClosing(order) ? 'close' : 'open',
    feeDetail: [{ feeCoin: fill.feeAsset, fee: money(fill.fee) }],
    createdTime: String(fill.timestamp),
    updatedTime: String(fill.timestamp),
    execPnl: money(fill.realizedPnl),
    isRPI: 'no',
  }
}

function isClosing(order: EngineOrder): boolean {
  return order.reduceOnly || order.closePosition
}

function posSideOf(side: PositionSide | undefined): string {
  return side === undefined ? 'net' : holdSideOf(side)
}

export function triggerByOf(watched: Watched): 'market' | 'mark' {
  return watched === 'last' ? 'market' : 'mark'
}

function statusOf({ status }: EngineOrder): string {
  switch (status) {
    case 'NEW':
      return 'new'
    case 'PARTIALLY_FILLED':
      return 'partially_filled'
    case 'FILLED':
      return 'filled'
    case 'CANCELLED':
    case 'EXPIRED':
    case 'REJECTED':
      return 'cancelled'
  }
}

/** `null` where nothing is set. */
function presetOf(notes: Notes): Record<string, string | null> {
  const { stopBy, stopLimit, stopLoss, takeBy, takeLimit, takeProfit } = notes
  const isTake = takeProfit !== ''
  const isStop = stopLoss !== ''
  return {
    stpMode: notes.stpMode,
    tpTriggerBy: isTake ? triggerByOf(takeBy) : null,
    slTriggerBy: isStop ? triggerByOf(stopBy) : null,
    takeProfit: isTake ? takeProfit : null,
    stopLoss: isStop ? stopLoss : null,
    tpOrderType: isTake ? typeOf(takeLimit) : null,
    slOrderType: isStop ? typeOf(stopLimit) : null,
    tpLimitPrice: takeLimit === '' ? null : takeLimit,
    slLimitPrice: stopLimit === '' ? null : stopLimit,
  }
}

function typeOf(limit: string): 'limit' | 'market' {
  return limit === '' ? 'market' : 'limit'
}
