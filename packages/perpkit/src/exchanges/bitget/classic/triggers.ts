import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Instruments,
} from '../../../client/definition.ts'
import { isGreater, isLess } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import { RequestError } from '../../../model/errors.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import { type OrderType, opposite, type Side } from '../../../model/tokens.ts'
import { amountOrNone, timeOrNone } from '../fields.ts'
import { getTicker } from '../market.ts'
import { readTriggerReceipt, toOrderId } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf } from '../symbols.ts'
import {
  closingSide,
  isYes,
  readPositionSide,
  readSide,
  readTriggerStatus,
  sideTokens,
  triggerToken,
  wordOf,
} from '../tokens.ts'
import { closesInHedgeMode, LIST } from './orders.ts'

// Conditional orders: those that protect a position (`profit_loss`), and those that stand alone
// (`normal_plan`, `track_plan`). No list or cancel crosses from one to the other.

/** What the lists of conditional orders are asked for. */
export const triggerStores = ['profit_loss', 'normal_plan', 'track_plan'] as const

/** A conditional order by its own record. */
export interface PlanOrder {
  order: FuturesOrder
  /** Its native kind, which a cancel must name. */
  planType: string
  /** The plain order it became, once triggered. */
  childId: string | undefined
}

/** A protective order needs a position to protect; one that may open waits on its own. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  if (intent.reduceOnly) return call(newProtection, intent)
  await requireUntriggered(call, intent)
  return call(newTrigger, intent)
}

/**
 * The exchange infers the direction from the price of the moment: a stop behind it would wait for
 * the way back, and a take-profit could not be told from a stop afterwards.
 */
async function requireUntriggered(call: Call, intent: ConditionalOrderIntent): Promise<void> {
  const { instrument, side, type, stopPrice, triggerSource } = intent
  if (type !== 'STOP_MARKET') {
    throw new RequestError(
      'BITGET has no take-profit that may open a position; use a limit order, or reduceOnly',
      { code: 'UNSUPPORTED', exchange: 'BITGET' },
    )
  }
  const ticker = await getTicker(call, { instrument })
  const price = triggerToken(triggerSource, { MARK: ticker.markPrice, LAST: ticker.price })
  const waits = side === 'SELL' ? isLess(stopPrice, price) : isGreater(stopPrice, price)
  if (waits) return
  throw new RequestError(
    `BITGET: the ${side} stop of ${instrument.symbol} at ${stopPrice} is already reached: the ${triggerSource} price is ${price}`,
    { code: 'WOULD_TRIGGER_IMMEDIATELY', exchange: 'BITGET' },
  )
}

const triggerTokens = { MARK: 'mark_price', LAST: 'fill_price' } as const

/**
 * Of exactly the quantity given: `pos_loss` and `pos_profit`, which take the whole position, are
 * another thing (docs/wire/bitget.md 4.6).
 * https://www.bitget.com/api-doc/contract/plan/Place-Tpsl-Order
 */
const newProtection: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/place-tpsl-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/place-tpsl-order': 1 },
  encode(intent) {
    const { name, coin } = productOf(intent.instrument)
    return {
      json: {
        marginCoin: coin,
        productType: name,
        symbol: intent.instrument.nativeSymbol,
        planType: intent.type === 'STOP_MARKET' ? 'loss_plan' : 'profit_plan',
        triggerPrice: intent.stopPrice,
        triggerType: triggerToken(intent.triggerSource, triggerTokens),
        // The side of the position in the words of an order: buy is long.
        holdSide: sideTokens[opposite(intent.side)],
        size: intent.quantity,
        clientOid: intent.clientOrderId,
      },
    }
  },
  decode: readTriggerReceipt,
}

/** https://www.bitget.com/api-doc/contract/plan/Place-Plan-Order */
const newTrigger: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/place-plan-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/place-plan-order': 1 },
  encode(intent) {
    const { name, coin } = productOf(intent.instrument)
    return {
      json: {
        planType: 'normal_plan',
        symbol: intent.instrument.nativeSymbol,
        productType: name,
        marginMode: 'crossed',
        marginCoin: coin,
        size: intent.quantity,
        triggerPrice: intent.stopPrice,
        triggerType: triggerToken(intent.triggerSource, triggerTokens),
        side: sideTokens[intent.side],
        orderType: 'market',
        clientOid: intent.clientOrderId,
      },
    }
  },
  decode: readTriggerReceipt,
}

/** https://www.bitget.com/api-doc/contract/plan/get-orders-plan-pending */
export const openTriggers: Endpoint<PageRequest, Page<PlanOrder>> = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-plan-pending',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/order/orders-plan-pending': 1 },
  encode: ({ filter, from }) => ({ query: { ...filter, idLessThan: from, limit: PAGE_SIZE } }),
  decode(answer, _page, { instruments }) {
    return readPage(answer, LIST, (row) => readPlan(row, instruments))
  },
}

/** https://www.bitget.com/api-doc/contract/plan/orders-plan-history */
export const endedTriggers: Endpoint<PageRequest, Page<PlanOrder>> = {
  ...openTriggers,
  path: '/api/v2/mix/order/orders-plan-history',
  cost: { address: 1, 'v2/mix/order/orders-plan-history': 1 },
}

/** Orders of one native kind; without ids all of that kind. */
interface TriggerCancellation {
  instrument: Instrument
  planType: string
  orderIds?: string[]
}

/**
 * An id under another kind than its own is a failure inside a success.
 * https://www.bitget.com/api-doc/contract/plan/Cancel-Plan-Order
 */
export const triggerCancellation: Endpoint<TriggerCancellation, void> = {
  method: 'POST',
  path: '/api/v2/mix/order/cancel-plan-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/order/cancel-plan-order': 1 },
  encode({ instrument, planType, orderIds }) {
    const { name, coin } = productOf(instrument)
    return {
      json: {
        productType: name,
        symbol: instrument.nativeSymbol,
        marginCoin: coin,
        planType,
        orderIdList: orderIds?.map((orderId) => ({ orderId })),
      },
    }
  },
  decode() {},
}

function readPlan(row: Reader, instruments: Instruments): PlanOrder {
  const nativeSymbol = row.at('symbol').string()
  const planType = row.at('planType').string()
  const type = readType(row, planType)
  const closePosition = planType.startsWith('pos_')
  const stopPrice =
    type === 'TRAILING_STOP_MARKET' ? undefined : amountOrNone(row.at('triggerPrice'))
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
      ...(stopPrice !== undefined && { stopPrice }),
      reduceOnly: protects(planType) || closesInHedgeMode(row) || isYes(row.at('reduceOnly')),
      ...(closePosition && { closePosition }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
  return { order, planType, childId: amountOrNone(row.at('executeOrderId')) }
}

/** Kinds that protect a position. */
function protects(planType: string): boolean {
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
