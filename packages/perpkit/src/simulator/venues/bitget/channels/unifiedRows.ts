import type { Engine, EngineEvent, PositionView } from '../../../engine/types.ts'
import type { PayloadObject } from '../../../server/socketTypes.ts'
import { clientIdOf } from '../clientIds.ts'
import type { ClosedPosition } from '../closedPositions.ts'
import { money } from '../decimals.ts'
import type { Holder } from '../holder.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, legOf, marginModeWord, positionModeWord } from '../modes.ts'
import type { Money } from '../unified/account.ts'
import { fillRow as listedFill, orderRow as listedOrder } from '../unified/orderRow.ts'
import { positionRow as listedPosition } from '../unified/positions.ts'
import type { Strategy } from '../unified/strategies.ts'
import { strategyRow as listedStrategy } from '../unified/strategyQueries.ts'
import { type OrderMoment, profitOf } from './accountEvents.ts'

// Rows of the private channels of unified accounts: docs/wire/bitget.md 12.7. Names differ from
// those of REST.

type FillEvent = Extract<EngineEvent, { kind: 'fill' }>

export function orderRow(engine: Engine, { order }: OrderMoment): PayloadObject {
  const row = listedOrder(order)
  const { accountId, marginMode, positionSide, symbol } = order
  const listing = listingOf(symbol)
  return {
    category: listing.productType.toLowerCase(),
    symbol: row.symbol,
    orderId: row.orderId,
    clientOid: row.clientOid,
    price: order.price ?? '',
    qty: row.qty,
    amount: row.amount,
    holdMode: row.holdMode,
    holdSide: row.posSide,
    delegateType: row.delegateType,
    tradeSide: row.tradeSide,
    orderType: row.orderType,
    timeInForce: row.timeInForce,
    side: row.side,
    marginMode: row.marginMode,
    marginCoin: listing.engine.settleAsset,
    reduceOnly: row.reduceOnly === 'YES' ? 'yes' : 'no',
    cumExecQty: row.cumExecQty,
    cumExecValue: row.cumExecValue,
    avgPrice: row.avgPrice,
    totalProfit: money(profitOf(engine, order)),
    orderStatus: row.orderStatus,
    cancelReason: row.cancelReason,
    leverage: String(engine.leverage(accountId, symbol, legOf(symbol, marginMode, positionSide))),
    feeDetail: row.feeDetail,
    createdTime: row.createdTime,
    updatedTime: row.updatedTime,
    stpMode: row.stpMode,
  }
}

export function fillRow({ fill, order }: FillEvent): PayloadObject {
  const row = listedFill(order, fill)
  return {
    category: row.category,
    symbol: row.symbol,
    orderType: row.orderType,
    side: row.side,
    holdSide: row.posSide,
    orderId: row.orderId,
    clientOid: row.clientOid,
    execId: row.execId,
    execLinkId: row.execLinkId,
    execPrice: row.execPrice,
    execQty: row.execQty,
    execValue: row.execValue,
    execPnl: row.execPnl,
    tradeScope: row.tradeScope,
    tradeSide: row.tradeSide,
    feeDetail: row.feeDetail,
    isRPI: row.isRPI,
    execTime: row.createdTime,
    updatedTime: row.updatedTime,
  }
}

/** Without what takes time to work out: fees and profit. */
export function fastFillRow({ fill, order }: FillEvent): PayloadObject {
  const row = listedFill(order, fill)
  return {
    category: row.category,
    symbol: row.symbol,
    orderId: row.orderId,
    clientOid: clientIdOf(order),
    execId: row.execId,
    side: row.side,
    holdSide: row.posSide,
    execPrice: row.execPrice,
    execQty: row.execQty,
    tradeScope: row.tradeScope,
    execTime: row.createdTime,
    updatedTime: row.updatedTime,
  }
}

export function positionRow(engine: Engine, position: PositionView): PayloadObject {
  const row = listedPosition(engine, position)
  return {
    symbol: row.symbol,
    marginCoin: row.marginCoin,
    holdMode: row.holdMode,
    posSide: row.posSide,
    marginMode: row.marginMode,
    size: row.total,
    available: row.available,
    frozen: row.frozen,
    leverage: row.leverage,
    marginSize: row.positionBalance,
    avgPrice: row.avgPrice,
    markPrice: row.markPrice,
    breakEvenPrice: row.breakEvenPrice,
    liqPrice: row.liquidationPrice,
    mmr: row.mmr,
    unrealisedPnl: row.unrealisedPnl,
    curRealisedPnl: row.curRealisedPnl,
    profitRate: row.profitRate,
    totalFundingFee: row.totalFunding,
    openFeeTotal: row.openFeeTotal,
    closeFeeTotal: row.closeFeeTotal,
    positionStatus: 'opening',
    createdTime: row.createdTime,
    updatedTime: row.updatedTime,
  }
}

/** The one time that a position is told of which is no more. */
export function endedRow({ accountId, engine }: Holder, position: ClosedPosition): PayloadObject {
  const { isHedged, marginMode, side, symbol } = position
  const listing = listingOf(symbol)
  const leg = legOf(symbol, marginMode, isHedged ? side : undefined)
  return {
    symbol: listing.native,
    marginCoin: listing.engine.settleAsset,
    holdMode: positionModeWord(isHedged),
    posSide: holdSideOf(side),
    marginMode: marginModeWord(marginMode),
    size: '0',
    available: '0',
    frozen: '0',
    leverage: String(engine.leverage(accountId, symbol, leg)),
    marginSize: '0',
    avgPrice: '0',
    markPrice: engine.prices(symbol).mark,
    breakEvenPrice: '',
    liqPrice: '',
    mmr: '',
    unrealisedPnl: '0',
    curRealisedPnl: money(position.profit),
    profitRate: '',
    totalFundingFee: money(position.funding),
    openFeeTotal: '',
    closeFeeTotal: '',
    positionStatus: 'ended',
    createdTime: String(position.openedAt),
    updatedTime: String(position.closedAt),
  }
}

export function accountRow(money: Money): PayloadObject {
  return {
    unrealisedPnL: money.unrealisedPnl,
    totalEquity: money.accountEquity,
    positionMgnRatio: money.positionMgnRatio,
    mmr: money.mmr,
    effEquity: money.effEquity,
    imr: money.imr,
    mgnRatio: money.mgnRatio,
    bonus: '0',
    coin: money.assets.map((row) => ({
      coin: row.coin,
      balance: row.balance,
      available: row.available,
      equity: row.equity,
      usdValue: row.usdValue,
      locked: row.locked,
      borrow: '0',
      debts: '0',
    })),
  }
}

export function strategyRow(strategy: Strategy, isFiring: boolean): PayloadObject {
  const row = listedStrategy(strategy)
  const [first, ...others] = strategy.legs
  const isPair = others.length > 0
  const goal = first.kind === 'takeProfit' ? 'takeProfit' : 'stopLoss'
  return {
    category: listingOf(first.symbol).productType.toLowerCase(),
    symbol: row.symbol,
    orderId: row.orderId,
    clientOid: row.clientOid,
    qty: row.qty,
    side: first.side === 'BUY' ? 'buy' : 'sell',
    posSide: row.posSide,
    reduceOnly: row.reduceOnly ?? 'no',
    type: row.type,
    status: isFiring ? 'submitting' : row.status,
    triggerType: row.type !== 'tpsl' || isPair ? '' : goal,
    tpTriggerBy: row.tpTriggerBy,
    slTriggerBy: row.slTriggerBy,
    takeProfit: row.takeProfit,
    stopLoss: row.stopLoss,
    tpOrderType: row.tpOrderType,
    slOrderType: row.slOrderType,
    tpLimitPrice: row.tpLimitPrice,
    slLimitPrice: row.slLimitPrice,
    triggerBy: row.triggerBy,
    triggerPrice: row.triggerPrice,
    triggerOrderType: row.triggerOrderType,
    triggerOrderPrice: row.triggerOrderPrice,
    ...(row.type === 'trailing_stop' && { trailingStopParams: row.trailingStopParams }),
    createdTime: row.createdTime,
    updatedTime: row.updatedTime,
  }
}
