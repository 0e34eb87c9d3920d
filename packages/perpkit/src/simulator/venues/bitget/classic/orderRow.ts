import { add, type Decimal, div, isZero, mul, negate } from '../../../../core/decimal.ts'
import type { Engine, EngineFill, EngineOrder } from '../../../engine/types.ts'
import { clientIdOf } from '../clientIds.ts'
import { money, plain } from '../decimals.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, legOf, marginModeWord, positionModeWord } from '../modes.ts'
import { isLiquidation, readNotes, type Watched } from '../notes.ts'
import {
  cancelReasonOf,
  classicSideOf,
  forceOf,
  isReduceOnly,
  sourceOf,
  tradeSideOf,
} from '../orderWords.ts'

// Rows of orders and fills: docs/wire/bitget.md 4.5. One-way: `side` is the direction; hedge: the
// position side.

/** Without its state, whose key differs from call to call. */
export function orderRow(engine: Engine, order: EngineOrder): Record<string, string> {
  const listing = listingOf(order.symbol)
  const notes = readNotes(order.venueData)
  const isSystem = isLiquidation(order.venueData)
  return {
    symbol: listing.native,
    size: plain(order.quantity),
    orderId: order.orderId,
    clientOid: clientIdOf(order),
    baseVolume: plain(order.executedQuantity),
    fee: feeText(order.fee),
    price: order.price ?? '',
    priceAvg: averagePrice(order),
    side: classicSideOf(order),
    force: forceOf(order),
    totalProfits: money(profitOf(engine, order)),
    posSide: order.positionSide === undefined ? 'net' : holdSideOf(order.positionSide),
    marginCoin: listing.engine.settleAsset,
    quoteVolume: plain(order.executedNotional),
    leverage: String(
      engine.leverage(
        order.accountId,
        order.symbol,
        legOf(order.symbol, order.marginMode, order.positionSide),
      ),
    ),
    marginMode: marginModeWord(order.marginMode),
    reduceOnly: isReduceOnly(order) ? 'YES' : 'NO',
    enterPointSource: isSystem ? 'SYS' : 'API',
    tradeSide: tradeSideOf(order),
    posMode: positionModeWord(order.positionSide !== undefined),
    orderType: order.type === 'MARKET' ? 'market' : 'limit',
    orderSource: sourceOf(order),
    cancelReason: cancelReasonOf(order),
    presetStopSurplusPrice: notes.takeProfit,
    presetStopSurplusType: notes.takeProfit === '' ? '' : triggerTypeOf(notes.takeBy),
    presetStopSurplusExecutePrice: notes.takeLimit,
    presetStopLossPrice: notes.stopLoss,
    presetStopLossType: notes.stopLoss === '' ? '' : triggerTypeOf(notes.stopBy),
    presetStopLossExecutePrice: notes.stopLimit,
    cTime: String(order.createdAt),
    uTime: String(order.updatedAt),
  }
}

export function stateOf({ status }: EngineOrder): string {
  switch (status) {
    case 'NEW':
      return 'live'
    case 'PARTIALLY_FILLED':
      return 'partially_filled'
    case 'FILLED':
      return 'filled'
    case 'CANCELLED':
    case 'EXPIRED':
    case 'REJECTED':
      return 'canceled'
  }
}

export function triggerTypeOf(watched: Watched): 'fill_price' | 'mark_price' {
  return watched === 'last' ? 'fill_price' : 'mark_price'
}

/** Keys as in the fill sample of docs/wire/bitget.md 4.5. */
export function fillRow(engine: Engine, fill: EngineFill): Record<string, unknown> {
  const listing = listingOf(fill.symbol)
  const order = engine.order(fill.accountId, fill.orderId)
  const word = classicSideOf(fill)
  return {
    tradeId: fill.fillId,
    symbol: listing.native,
    marginCoin: listing.engine.settleAsset,
    orderId: fill.orderId,
    price: plain(fill.price),
    baseVolume: plain(fill.quantity),
    feeDetail: [
      {
        deduction: 'no',
        feeCoin: fill.feeAsset,
        totalDeductionFee: '0',
        totalFee: feeText(fill.fee),
      },
    ],
    side: word,
    quoteVolume: plain(mul(fill.price, fill.quantity)),
    profit: money(fill.realizedPnl),
    enterPointSource: 'api',
    tradeSide: order ? tradeSideOf(order) : `${word}_single`,
    posMode: positionModeWord(fill.positionSide !== undefined),
    tradeScope: fill.isMaker ? 'maker' : 'taker',
    cTime: String(fill.timestamp),
  }
}

/** Negative: paid (docs/wire/bitget.md 4.5). */
function feeText(fee: Decimal): string {
  return isZero(fee) ? '0' : money(negate(fee))
}

function averagePrice({ executedNotional, executedQuantity }: EngineOrder): string {
  return isZero(executedQuantity) ? '' : plain(div(executedNotional, executedQuantity))
}

function profitOf(engine: Engine, { accountId, orderId }: EngineOrder): Decimal {
  let profit = '0'
  for (const fill of engine.fills(accountId)) {
    if (fill.orderId === orderId) profit = add(profit, fill.realizedPnl)
  }
  return profit
}
