import type {
  EndReason,
  Engine,
  EngineConditional,
  EngineFill,
  EngineOrder,
} from '../../../engine/types.ts'
import type { PayloadObject } from '../../../server/socketTypes.ts'
import { placedConditionalShape } from '../conditionalShapes.ts'
import { averageText, moneyText, priceText, quantityText } from '../format.ts'
import { averagePrice, contractOf, queriedShape } from '../orderShapes.ts'

// Events of orders, keys as in the samples of docs/wire/binance.md 8.6.

/** What happened to an order. */
export interface Execution {
  /** `x`. */
  execution: string
  fill?: EngineFill
  at: number
}

/**
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Order-Update
 */
export function orderUpdate(
  engine: Engine,
  order: EngineOrder,
  { execution, fill, at }: Execution,
): PayloadObject {
  const contract = contractOf(order)
  const shape = queriedShape(engine, order)
  const o = {
    s: order.symbol,
    c: shape.clientOrderId,
    S: order.side,
    o: shape.type,
    f: shape.timeInForce,
    q: shape.origQty,
    p: shape.price,
    ap: shape.avgPrice,
    sp: shape.stopPrice,
    x: order.venueData.liquidation === true && execution === 'TRADE' ? 'CALCULATED' : execution,
    X: shape.status,
    i: shape.orderId,
    l: quantityText(contract, fill?.quantity ?? '0'),
    z: shape.executedQty,
    L: priceText(contract, fill?.price ?? '0'),
    ...(fill && { N: fill.feeAsset, n: moneyText(fill.fee) }),
    T: at,
    t: fill ? Number(fill.fillId) : 0,
    b: '0',
    a: '0',
    m: fill?.isMaker ?? false,
    R: order.reduceOnly,
    wt: shape.workingType,
    ot: shape.origType,
    ps: shape.positionSide,
    cp: order.closePosition,
    ...('activatePrice' in shape && { AP: shape.activatePrice, cr: shape.priceRate }),
    pP: shape.priceProtect,
    si: 0,
    ss: 0,
    rp: fill ? moneyText(fill.realizedPnl) : '0',
    V: shape.selfTradePreventionMode,
    pm: shape.priceMatch,
    gtd: 0,
    er: '0',
  }
  return { e: 'ORDER_TRADE_UPDATE', E: at, T: at, o }
}

/**
 * A fill, before the account and the order are told of: no fee, no status.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Trade-Lite
 */
export function liteUpdate(fill: EngineFill, order: EngineOrder, at: number): PayloadObject {
  const contract = contractOf(fill)
  return {
    e: 'TRADE_LITE',
    E: at,
    T: at,
    s: fill.symbol,
    q: quantityText(contract, order.quantity),
    p: order.price === undefined ? '0' : priceText(contract, order.price),
    m: fill.isMaker,
    c: fill.clientOrderId,
    S: fill.side,
    L: priceText(contract, fill.price),
    l: quantityText(contract, fill.quantity),
    t: Number(fill.fillId),
    i: Number(fill.orderId),
  }
}

/** What happened to a conditional order. */
export interface Lifecycle {
  /** `X`. */
  status: string
  /** What it became. */
  child?: EngineOrder
  /** A trailing order has reached its activation price. */
  isActivated?: boolean
  at: number
}

/**
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Algo-Order-Update
 */
export function conditionalUpdate(
  conditional: EngineConditional,
  { status, child, isActivated, at }: Lifecycle,
): PayloadObject {
  const shape = placedConditionalShape(conditional)
  const isTrailing = conditional.kind === 'trailing'
  const o = {
    caid: shape.clientAlgoId,
    aid: shape.algoId,
    at: shape.algoType,
    o: shape.orderType,
    s: shape.symbol,
    S: shape.side,
    ps: shape.positionSide,
    f: shape.timeInForce,
    q: shape.quantity,
    X: status,
    ai: child?.orderId ?? '',
    ...(child && childFields(child, status)),
    tp: shape.triggerPrice,
    p: shape.price,
    V: shape.selfTradePreventionMode,
    wt: shape.workingType,
    pm: shape.priceMatch,
    cp: shape.closePosition,
    pP: shape.priceProtect,
    R: shape.reduceOnly,
    tt: status === 'TRIGGERING' ? at : (conditional.triggeredAt ?? 0),
    gtd: 0,
    ...(isTrailing && {
      AP: shape.activatePrice,
      cr: shape.callbackRate,
      ia: isActivated ?? false,
    }),
    ...(status === 'REJECTED' && { rm: reasonText(conditional.endReason) }),
  }
  return { e: 'ALGO_UPDATE', T: at, E: at, o }
}

function childFields(child: EngineOrder, status: string): PayloadObject {
  const contract = contractOf(child)
  const isFinished = status === 'FINISHED'
  return {
    ap: isFinished ? averageText(contract, averagePrice(child)) : '0',
    aq: isFinished ? quantityText(contract, child.executedQuantity) : '0',
    act: child.type,
  }
}

// The real texts are not known: those of the refusals over REST.
function reasonText(reason: EndReason | undefined): string {
  if (reason === 'insufficientMargin') return 'Margin is insufficient.'
  if (reason === 'reduceOnly' || reason === 'positionClosed') return 'ReduceOnly Order is rejected.'
  return 'Order would immediately match and take.'
}
