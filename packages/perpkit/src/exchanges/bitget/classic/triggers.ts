import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  TrailingOrderIntent,
} from '../../../client/definition.ts'
import { type Decimal, isGreater, isLess, roundToStep } from '../../../core/decimal.ts'
import { RequestError } from '../../../model/errors.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { opposite } from '../../../model/tokens.ts'
import { getTicker } from '../market.ts'
import { readTrailingReceipt, readTriggerReceipt } from '../orderRow.ts'
import { PAGE_SIZE, type Page, type PageRequest, readPage } from '../pages.ts'
import { productOf } from '../symbols.ts'
import {
  marginModeTokens,
  positionSideTokens,
  sideTokens,
  toPercent,
  triggerToken,
} from '../tokens.ts'
import { directionWords, type Words } from './direction.ts'
import { LIST } from './orders.ts'
import { type PlanOrder, readPlan } from './planRow.ts'

// Conditional orders: those that protect a position (`profit_loss`), and those that stand alone
// (`normal_plan`, `track_plan`). No list or cancel crosses from one to the other.

/** What the lists of conditional orders are asked for. */
export const triggerStores = ['profit_loss', 'normal_plan', 'track_plan'] as const

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

export const triggerTokens = { MARK: 'mark_price', LAST: 'fill_price' } as const

/**
 * Of exactly the quantity given, or of the whole position, which keeps no quantity: one of each kind
 * a side (docs/wire/bitget.md 4.6).
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
        planType: planTypeOf(intent),
        triggerPrice: intent.stopPrice,
        triggerType: triggerToken(intent.triggerSource, triggerTokens),
        holdSide: holdSideOf(intent),
        size: intent.closePosition ? undefined : intent.quantity,
        clientOid: intent.clientOrderId,
      },
    }
  },
  decode: readTriggerReceipt,
}

function planTypeOf({ type, closePosition }: ConditionalOrderIntent): string {
  const kind = type === 'STOP_MARKET' ? 'loss' : 'profit'
  return closePosition ? `pos_${kind}` : `${kind}_plan`
}

/** In one-way mode the side of the position is told in the words of an order: buy is long. */
function holdSideOf({ side, positionSide }: ConditionalOrderIntent): string {
  return positionSide === undefined ? sideTokens[opposite(side)] : positionSideTokens[positionSide]
}

/** https://www.bitget.com/api-doc/contract/plan/Place-Plan-Order */
const newTrigger: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/place-plan-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/place-plan-order': 1 },
  encode(intent) {
    return { json: planWords(intent, 'normal_plan', intent.stopPrice) }
  },
  decode: readTriggerReceipt,
}

/**
 * The price of a trailing stop is where it becomes active, and there must be one: the price of the
 * moment, where none is given.
 */
export async function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
): Promise<FuturesOrder> {
  const { instrument, triggerSource, activationPrice } = intent
  if (activationPrice !== undefined) return call(newTrailing, { ...intent, activationPrice })
  const ticker = await getTicker(call, { instrument })
  const price = triggerToken(triggerSource, { MARK: ticker.markPrice, LAST: ticker.price })
  const now = roundToStep(price, instrument.tickSize)
  return call(newTrailing, { ...intent, activationPrice: now })
}

/** https://www.bitget.com/api-doc/contract/plan/Place-Plan-Order */
const newTrailing: Endpoint<TrailingOrderIntent & { activationPrice: Decimal }, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/place-plan-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/place-plan-order': 1 },
  encode(intent) {
    const words = planWords(intent, 'track_plan', intent.activationPrice)
    return { json: { ...words, callbackRatio: toPercent(intent.callbackRate) } }
  },
  decode: readTrailingReceipt,
}

function planWords(
  intent: ConditionalOrderIntent | TrailingOrderIntent,
  planType: string,
  triggerPrice: Decimal,
): Words {
  const { instrument, quantity, marginMode, triggerSource, clientOrderId } = intent
  const { name, coin } = productOf(instrument)
  const { side, tradeSide, reduceOnly } = directionWords(intent)
  return {
    planType,
    symbol: instrument.nativeSymbol,
    productType: name,
    marginMode: marginModeTokens[marginMode ?? 'CROSS'],
    marginCoin: coin,
    size: quantity,
    triggerPrice,
    triggerType: triggerToken(triggerSource, triggerTokens),
    side,
    tradeSide,
    orderType: 'market',
    reduceOnly,
    clientOid: clientOrderId,
  }
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
