import {
  type Decimal,
  div,
  isPositive,
  isZero,
  mul,
  negate,
  toFixed,
} from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, PositionView } from '../../../engine/types.ts'
import type { PayloadObject } from '../../../server/socketTypes.ts'
import { orderRow as listedOrder, stateOf, triggerTypeOf } from '../classic/orderRow.ts'
import { planRow as listedPlan, planStatusOf } from '../classic/planRow.ts'
import { positionRow as listedPosition } from '../classic/positions.ts'
import { clientIdOf } from '../clientIds.ts'
import { type ClosedPosition, openedBy } from '../closedPositions.ts'
import { money, plain } from '../decimals.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, legOf, positionModeWord } from '../modes.ts'
import { type PlanType, readNotes } from '../notes.ts'
import { tradeSideOf } from '../orderWords.ts'
import { type OrderMoment, profitOf } from './accountEvents.ts'

// Rows of the private channels of classic accounts: docs/wire/bitget.md 8.5. They differ from those
// of REST in names, in what is a number, and in what is left out.

type FillEvent = Extract<EngineEvent, { kind: 'fill' }>
type PlanEvent = Extract<EngineEvent, { kind: 'conditional' }>

/** `baseVolume`, `fillPrice` and what belongs to them are of the fill alone, if it was one. */
export function orderRow(engine: Engine, { fill, order }: OrderMoment): PayloadObject {
  const row = listedOrder(engine, order)
  const price = order.price ?? '0'
  const worth = isZero(price) ? engine.prices(order.symbol).mark : price
  const hasEnded = order.endReason !== undefined
  const coin = row.marginCoin
  return {
    instId: row.symbol,
    orderId: row.orderId,
    clientOid: row.clientOid,
    price,
    size: row.size,
    accBaseVolume: row.baseVolume,
    ...(fill && {
      baseVolume: plain(fill.quantity),
      fillPrice: plain(fill.price),
      tradeId: fill.fillId,
      fillTime: String(fill.timestamp),
      fillFee: money(negate(fill.fee)),
      fillFeeCoin: fill.feeAsset,
      fillNotionalUsd: money(mul(fill.price, fill.quantity)),
      tradeScope: fill.isMaker ? 'M' : 'T',
    }),
    ...(hasEnded ? {} : { priceAvg: row.priceAvg }),
    pnl: fill ? money(fill.realizedPnl) : '0',
    feeDetail: isZero(order.executedQuantity) ? [] : [{ feeCoin: coin, fee: row.fee }],
    notionalUsd: money(mul(worth, order.quantity)),
    orderType: row.orderType,
    force: row.force,
    side: row.side,
    posSide: row.posSide,
    tradeSide: row.tradeSide,
    posMode: row.posMode,
    marginMode: row.marginMode,
    marginCoin: coin,
    leverage: row.leverage,
    reduceOnly: row.reduceOnly === 'YES' ? 'yes' : 'no',
    status: stateOf(order),
    cancelReason: row.cancelReason,
    enterPointSource: row.enterPointSource,
    stpMode: readNotes(order.venueData).stpMode,
    totalProfits: money(profitOf(engine, order)),
    presetStopSurplusPrice: row.presetStopSurplusPrice,
    presetStopSurplusType: row.presetStopSurplusType,
    presetStopSurplusExecutePrice: row.presetStopSurplusExecutePrice,
    presetStopLossPrice: row.presetStopLossPrice,
    presetStopLossType: row.presetStopLossType,
    presetStopLossExecutePrice: row.presetStopLossExecutePrice,
    cTime: row.cTime,
    uTime: row.uTime,
  }
}

/** `side` is the direction, also in hedge mode. */
export function fillRow({ fill, order }: FillEvent): PayloadObject {
  return {
    orderId: fill.orderId,
    clientOid: clientIdOf(order),
    tradeId: fill.fillId,
    symbol: listingOf(fill.symbol).native,
    side: fill.side === 'BUY' ? 'buy' : 'sell',
    orderType: order.type === 'MARKET' ? 'market' : 'limit',
    posMode: positionModeWord(fill.positionSide !== undefined),
    price: plain(fill.price),
    baseVolume: plain(fill.quantity),
    quoteVolume: plain(mul(fill.price, fill.quantity)),
    profit: money(fill.realizedPnl),
    tradeSide: tradeSideOf(order),
    tradeScope: fill.isMaker ? 'maker' : 'taker',
    feeDetail: [
      {
        feeCoin: fill.feeAsset,
        deduction: 'no',
        totalDeductionFee: '0',
        totalFee: isZero(fill.fee) ? '0' : money(negate(fill.fee)),
      },
    ],
    cTime: String(fill.timestamp),
    uTime: String(fill.timestamp),
  }
}

/** Words of this channel for the kinds of plans. */
const PLAN_WORDS: Readonly<Record<PlanType | '', string>> = {
  '': 'pl',
  normal_plan: 'pl',
  track_plan: 'track',
  profit_plan: 'tp',
  loss_plan: 'sl',
  moving_plan: 'mtpsl',
  pos_profit: 'ptp',
  pos_loss: 'psl',
}

export function planRow({ change, conditional: plan }: PlanEvent): PayloadObject {
  const row = listedPlan(plan)
  const { planType, stpMode } = readNotes(plan.venueData)
  return {
    instId: row.symbol,
    orderId: row.orderId,
    clientOid: row.clientOid,
    triggerPrice: padded(plan.triggerPrice),
    triggerType: triggerTypeOf(plan.triggerSource),
    triggerTime: String(plan.triggeredAt ?? plan.createdAt),
    planType: PLAN_WORDS[planType],
    price: padded(plan.price ?? '0'),
    executePrice: padded(plan.price ?? '0'),
    size: padded(plan.quantity),
    actualSize: padded(plan.quantity),
    orderType: row.orderType,
    side: row.side,
    tradeSide: row.tradeSide,
    posSide: row.posSide,
    marginCoin: row.marginCoin,
    status: change === 'triggered' ? 'executing' : planStatusOf(plan),
    posMode: row.posMode,
    enterPointSource: row.enterPointSource,
    ...goalOf('stopSurplus', row),
    ...goalOf('stopLoss', row),
    ...(row.callbackRatio === '' ? {} : { callbackRatio: row.callbackRatio }),
    stpMode,
    cTime: row.cTime,
    uTime: row.uTime,
  }
}

/** Keys of a goal that is not set are left out. */
function goalOf(
  name: 'stopSurplus' | 'stopLoss',
  row: ReturnType<typeof listedPlan>,
): PayloadObject {
  const trigger = row[`${name}TriggerPrice`]
  if (typeof trigger !== 'string') return {}
  return {
    [`${name}TriggerPrice`]: padded(trigger),
    [`${name}TriggerType`]: row[`${name}TriggerType`],
    // Called so here, and `…ExecutePrice` in the lists.
    [`${name}Price`]: padded(row[`${name}ExecutePrice`] ?? '0'),
  }
}

/** Prices and sizes of plans are padded, but for nothing. */
function padded(value: Decimal): string {
  return isZero(value) ? '0' : toFixed(value, 9)
}

export function positionRow(engine: Engine, position: PositionView): PayloadObject {
  const { accountId, isHedged, marginMode, side, symbol, unrealizedPnl } = position
  const row = listedPosition(engine, position)
  const margin = position.isolatedMargin ?? position.initialMargin
  const leg = legOf(symbol, marginMode, isHedged ? side : undefined)
  return {
    posId: openedBy({ engine, accountId }, leg) ?? '',
    instId: row.symbol,
    marginCoin: row.marginCoin,
    marginSize: row.marginSize,
    marginMode: row.marginMode,
    holdSide: row.holdSide,
    posMode: row.posMode,
    total: row.total,
    available: row.available,
    frozen: row.locked,
    openPriceAvg: row.openPriceAvg,
    leverage: position.leverage,
    achievedProfits: row.achievedProfits,
    unrealizedPL: row.unrealizedPL,
    unrealizedPLR: isPositive(margin) ? plain(div(unrealizedPnl, margin)) : '0',
    liquidationPrice: row.liquidationPrice,
    keepMarginRate: row.keepMarginRate,
    marginRate: row.marginRatio,
    breakEvenPrice: row.breakEvenPrice,
    totalFee: row.totalFee,
    deductedFee: row.deductedFee,
    markPrice: row.markPrice,
    assetMode: row.assetMode,
    autoMargin: 'off',
    cTime: row.cTime,
    uTime: row.uTime,
  }
}

export function positionHistoryRow(position: ClosedPosition): PayloadObject {
  const { engine, native } = listingOf(position.symbol)
  return {
    posId: position.openedBy,
    instId: native,
    marginCoin: engine.settleAsset,
    marginMode: position.marginMode === 'ISOLATED' ? 'fixed' : 'crossed',
    holdSide: holdSideOf(position.side),
    posMode: positionModeWord(position.isHedged),
    openPriceAvg: plain(position.openPrice),
    closePriceAvg: plain(position.closePrice),
    openSize: plain(position.size),
    closeSize: plain(position.size),
    achievedProfits: money(position.profit),
    settleFee: money(position.funding),
    openFee: money(negate(position.openFee)),
    closeFee: money(negate(position.closeFee)),
    cTime: String(position.openedAt),
    uTime: String(position.closedAt),
  }
}
