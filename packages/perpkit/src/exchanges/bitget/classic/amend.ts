import type { AmendIntent, Call, Endpoint, JsonValue } from '../../../client/definition.ts'
import { OutcomeUnknownError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { isOpen } from '../../../model/tokens.ts'
import { requireAmendable, unsupported } from '../amendRules.ts'
import { amended, notFound, toTriggerId, unlessNotFound } from '../orderRow.ts'
import { productOf } from '../symbols.ts'
import { toPercent, triggerToken } from '../tokens.ts'
import { findTrigger } from './books.ts'
import { orderDetail } from './orders.ts'
import { type PlanOrder, protects } from './planRow.ts'
import { triggerTokens } from './triggers.ts'

/** A plain order is replaced by another one, under the new client order id. */
export async function amendOrder(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  const triggerId = toTriggerId(intent.order.orderId)
  if (triggerId !== undefined) return amendTrigger(call, intent, triggerId)
  if (intent.order.status === 'PARTIALLY_FILLED') {
    throw unsupported(
      `a classic account changes only orders of which nothing was filled, order ${intent.order.orderId} was filled in part`,
    )
  }
  const isReplaced = await call(replacement, intent)
  return isReplaced ? readReplacement(call, intent) : intent.order
}

/**
 * The answer tells the old order alone; the new one comes to be a moment later and is known by its
 * client order id.
 */
async function readReplacement(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  const { instrument, order, newClientOrderId } = intent
  for (let attempt = 1; attempt <= READS; attempt++) {
    const key = { instrument, clientOrderId: newClientOrderId }
    const found = await unlessNotFound(call(orderDetail, key))
    if (found) return found
  }
  throw new OutcomeUnknownError(
    `BITGET amendOrder: order ${order.orderId} was to be replaced by ${newClientOrderId}, which is not to be seen yet`,
    { exchange: 'BITGET', clientOrderId: newClientOrderId, tried: [`${READS} look-ups`] },
  )
}

const READS = 5

/**
 * Size and price go together or not at all. Whether it was replaced; not, when nothing changes.
 * https://www.bitget.com/api-doc/contract/trade/Modify-Order
 */
const replacement: Endpoint<AmendIntent, boolean> = {
  method: 'POST',
  path: '/api/v2/mix/order/modify-order',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'v2/mix/order/modify-order': 1 },
  encode({ instrument, order, quantity, price, newClientOrderId }) {
    return {
      json: {
        orderId: order.orderId,
        symbol: instrument.nativeSymbol,
        productType: productOf(instrument).name,
        newClientOid: newClientOrderId,
        newSize: quantity ?? order.quantity,
        newPrice: price ?? order.price,
      },
    }
  },
  decode(answer) {
    answer.at('data').at('orderId').id()
    return true
  },
  unchanged: () => false,
}

async function amendTrigger(
  call: Call,
  intent: AmendIntent,
  triggerId: string,
): Promise<FuturesOrder> {
  requireAmendable(intent)
  const { instrument, order } = intent
  const plan = await findTrigger(call, instrument, { orderId: triggerId })
  const isWaiting = plan && isOpen(plan.order.status) && plan.childId === undefined
  if (!isWaiting) throw notFound(instrument, order.orderId)
  const change = { intent, plan, triggerId }
  return call(protects(plan.planType) ? protectionChange : triggerChange, change)
}

interface Change {
  intent: AmendIntent
  /** As it was just read: what does not change is said again. */
  plan: PlanOrder
  triggerId: string
}

/** https://www.bitget.com/api-doc/contract/plan/Modify-Tpsl-Order */
const protectionChange: Endpoint<Change, FuturesOrder> = {
  method: 'POST',
  path: '/api/v2/mix/order/modify-tpsl-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/order/modify-tpsl-order': 1 },
  encode: (change) => ({ json: protectionWords(change) }),
  decode: (_answer, { intent, plan }) => amended({ ...intent, order: plan.order }),
  unchanged: ({ plan }) => plan.order,
}

/** https://www.bitget.com/api-doc/contract/plan/Modify-Plan-Order */
const triggerChange: Endpoint<Change, FuturesOrder> = {
  ...protectionChange,
  path: '/api/v2/mix/order/modify-plan-order',
  cost: { address: 1, 'v2/mix/order/modify-plan-order': 1 },
  encode: (change) => ({ json: triggerWords(change) }),
}

function protectionWords({ intent, plan, triggerId }: Change): JsonValue {
  const { instrument, quantity, stopPrice, triggerSource } = intent
  const { order, triggerType } = plan
  const { name, coin } = productOf(instrument)
  return {
    orderId: triggerId,
    marginCoin: coin,
    productType: name,
    symbol: instrument.nativeSymbol,
    triggerPrice: stopPrice ?? order.stopPrice ?? order.activationPrice,
    triggerType: triggerSource ? triggerToken(triggerSource, triggerTokens) : triggerType,
    // Of the whole position: no size.
    size: order.closePosition ? '' : (quantity ?? order.quantity),
    rangeRate: percentOf(order),
  }
}

function triggerWords({ intent, plan, triggerId }: Change): JsonValue {
  const { instrument, quantity, stopPrice } = intent
  const { order, planType, triggerType } = plan
  return {
    orderId: triggerId,
    productType: productOf(instrument).name,
    planType,
    symbol: instrument.nativeSymbol,
    newSize: quantity ?? order.quantity,
    newPrice: order.type === 'STOP' ? order.price : undefined,
    newCallbackRatio: percentOf(order),
    newTriggerPrice: stopPrice ?? order.stopPrice ?? order.activationPrice,
    newTriggerType: triggerType,
  }
}

function percentOf({ callbackRate }: FuturesOrder): string | undefined {
  return callbackRate === undefined ? undefined : toPercent(callbackRate)
}
