import {
  ceilToStep,
  type Decimal,
  div,
  floorToStep,
  isZero,
  min,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { Engine, EngineOrder, EngineTimeInForce } from '../../engine/types.ts'
import { plain, priceText, quantityText } from './decimals.ts'
import { type Listing, listingOf } from './instruments.ts'
import { outcomeOf } from './outcome.ts'
import { isOpen, isUntriggered, type OrderRecord } from './records.ts'
import { positionIn } from './slots.ts'

/**
 * A row of order/realtime and order/history: keys as in the sample of docs/wire/bybit.md 4.3.
 * Conditional orders differ in their values alone.
 */
export function orderRow(engine: Engine, record: OrderRecord): Record<string, unknown> {
  const { conditional, notes } = record
  const listing = listingOf(record.symbol)
  return {
    orderId: record.orderId,
    orderLinkId: record.orderLinkId,
    parentOrderLinkId: notes.parentOrderLinkId,
    blockTradeId: '',
    symbol: listing.native,
    price: priceText(listing, shownPrice(listing, record)),
    qty: quantityText(listing, shownQuantity(engine, record)),
    side: record.side === 'BUY' ? 'Buy' : 'Sell',
    isLeverage: '',
    positionIdx: record.slot.index,
    ...progress(engine, record),
    timeInForce: record.type === 'MARKET' ? 'IOC' : timesInForce[record.timeInForce],
    orderType: record.type === 'MARKET' ? 'Market' : 'Limit',
    stopOrderType: notes.stopOrderType,
    orderIv: '',
    triggerPrice: conditional ? priceText(listing, conditional.triggerPrice) : '',
    takeProfit: notes.takeProfit,
    stopLoss: notes.stopLoss,
    tpslMode: notes.tpslMode,
    tpLimitPrice: notes.tpLimitPrice,
    slLimitPrice: notes.slLimitPrice,
    tpTriggerBy: notes.tpTriggerBy,
    slTriggerBy: notes.slTriggerBy,
    triggerDirection: conditional ? directionOf(conditional.triggerDirection) : 0,
    triggerBy: notes.triggerBy,
    lastPriceOnCreated: notes.lastPriceOnCreated,
    reduceOnly: record.reduceOnly,
    closeOnTrigger: notes.closeOnTrigger,
    placeType: '',
    smpType: notes.smpType,
    smpGroup: '0',
    smpOrderId: '',
    slippageToleranceType: notes.slippageToleranceType,
    slippageTolerance: notes.slippageTolerance,
    createdTime: String(record.createdAt),
    updatedTime: String(record.updatedAt),
    extraFees: '',
    rpiTakerAccess: notes.rpiTakerAccess,
    rpiMatchedQty: '0',
  }
}

/** On the tick: the bound that a triggered market order has from the engine need not be. */
export function shownPrice({ engine }: Listing, record: OrderRecord): Decimal {
  const { price = '0', side, type } = record
  if (type === 'LIMIT') return price
  return side === 'BUY' ? floorToStep(price, engine.tickSize) : ceilToStep(price, engine.tickSize)
}

/** Average price of what has been filled; `''` without fills. */
function averagePrice(record: OrderRecord): string {
  return record.order ? averageOf(record.order) : ''
}

/** Average price of an order's fills; `''` without any. */
export function averageOf(order: EngineOrder): string {
  if (isZero(order.executedQuantity)) return ''
  return plain(div(order.executedNotional, order.executedQuantity))
}

const timesInForce: Readonly<Record<EngineTimeInForce, string>> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  GTX: 'PostOnly',
}

function progress(engine: Engine, record: OrderRecord): Record<string, unknown> {
  const { order } = record
  const listing = listingOf(record.symbol)
  const executed = order?.executedQuantity ?? '0'
  const fee = plain(order?.fee ?? '0')
  const left = sub(shownQuantity(engine, record), executed)
  const { orderStatus, cancelType, rejectReason } = outcomeOf(record)
  return {
    orderStatus,
    createType: record.notes.createType,
    cancelType,
    rejectReason,
    avgPrice: averagePrice(record),
    leavesQty: isOpen(record) ? quantityText(listing, left) : '0',
    leavesValue: isOpen(record) ? plain(mul(left, record.price ?? '0')) : '0',
    cumExecQty: quantityText(listing, executed),
    cumExecValue: plain(order?.executedNotional ?? '0'),
    cumExecFee: fee,
    cumFeeDetail: isZero(executed) ? {} : { [listing.engine.settleAsset]: fee },
  }
}

/** Legs of a position follow its size as long as they wait: docs/wire/bybit.md 4.5. */
function shownQuantity(engine: Engine, record: OrderRecord): Decimal {
  const { conditional, notes, quantity } = record
  if (!conditional || !isUntriggered(record)) return quantity
  if (notes.closesAll) return '0'
  if (!conditional.closePosition && conditional.endsWithPosition !== true) return quantity
  const size = positionIn(engine, record.slot)?.size ?? '0'
  return conditional.closePosition ? size : min(quantity, size)
}

function directionOf(direction: 'rise' | 'fall'): 1 | 2 {
  return direction === 'rise' ? 1 : 2
}
