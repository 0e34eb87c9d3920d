import type { Instruments } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import { type OrderType, opposite, type Side } from '../../../model/tokens.ts'
import { amountOrNone, timeOrNone } from '../fields.ts'
import { toOrderId } from '../orderRow.ts'
import {
  closingSide,
  ofPercent,
  readHedgeSide,
  readPositionSide,
  readSide,
  readTriggerStatus,
  wordOf,
} from '../tokens.ts'
import { closesInHedgeMode, onlyReduces } from './orders.ts'

// Rows of conditional orders (docs/wire/bitget.md 4.8).

/** A conditional order by its own record. */
export interface PlanOrder {
  order: FuturesOrder
  /** Its native kind, which a cancel must name. */
  planType: string
  /** What price it watches, in the exchange's word. */
  triggerType: string | undefined
  /** The plain order it became, once triggered. */
  childId: string | undefined
}

export function readPlan(row: Reader, instruments: Instruments): PlanOrder {
  const nativeSymbol = row.at('symbol').string()
  const planType = row.at('planType').string()
  const type = readType(row, planType)
  const closePosition = planType.startsWith('pos_')
  const createdAt = timeOrNone(row.at('cTime'))
  const updatedAt = timeOrNone(row.at('uTime'))
  const order = withRaw(
    {
      orderId: toOrderId(row.at('orderId').id()),
      clientOrderId: row.at('clientOid').optionalString() ?? '',
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: readPlanSide(row, planType),
      type,
      quantity: closePosition ? '0' : row.at('size').decimal(),
      price: readPrice(row, type),
      status: readTriggerStatus(row.has('planStatus') ? row.at('planStatus') : row.at('status')),
      executedQty: '0',
      timeInForce: hasLimit(type) ? ('GTC' as const) : ('IOC' as const),
      ...readTrigger(row, type),
      ...readHedgeSide(row, 'posMode'),
      reduceOnly: protects(planType) || onlyReduces(row),
      ...(closePosition && { closePosition }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
  const childId = amountOrNone(row.at('executeOrderId'))
  return { order, planType, triggerType: row.at('triggerType').optionalString(), childId }
}

/** What it waits for. The price of a trailing one is where it becomes active. */
function readTrigger(
  row: Reader,
  type: OrderType,
): Pick<FuturesOrder, 'stopPrice' | 'activationPrice' | 'callbackRate'> {
  const price = amountOrNone(row.at('triggerPrice'))
  if (type !== 'TRAILING_STOP_MARKET') return price === undefined ? {} : { stopPrice: price }
  const percent = amountOrNone(row.at('callbackRatio')) ?? amountOrNone(row.at('rangeRate'))
  return {
    ...(price !== undefined && { activationPrice: price }),
    ...(percent !== undefined && { callbackRate: ofPercent(percent) }),
  }
}

/** Kinds that protect a position. */
export function protects(planType: string): boolean {
  return planType !== 'normal_plan' && planType !== 'track_plan'
}

function readType(row: Reader, planType: string): OrderType {
  const isLimit = wordOf(row.at('orderType')) === 'limit'
  switch (planType) {
    case 'profit_plan':
    case 'pos_profit':
      return isLimit ? 'TAKE_PROFIT' : 'TAKE_PROFIT_MARKET'
    case 'moving_plan':
    case 'track_plan':
      return 'TRAILING_STOP_MARKET'
    // `loss_plan`, `pos_loss`, and `normal_plan`, which we place as stops alone.
    default:
      return isLimit ? 'STOP' : 'STOP_MARKET'
  }
}

/** Of the order to come. The side of the position leaves no doubt, where it is told. */
function readPlanSide(row: Reader, planType: string): Side {
  const closes = closesInHedgeMode(row)
  const position = readPositionSide(row.at('posSide'))
  if (position !== undefined && (closes || protects(planType))) return closingSide(position)
  const side = readSide(row.at('side'))
  return closes ? opposite(side) : side
}

function readPrice(row: Reader, type: OrderType): string {
  if (!hasLimit(type)) return '0'
  return amountOrNone(row.at('executePrice')) ?? row.at('price').optionalDecimal() ?? '0'
}

function hasLimit(type: OrderType): boolean {
  return type === 'STOP' || type === 'TAKE_PROFIT'
}
