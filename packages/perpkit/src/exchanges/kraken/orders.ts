import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  PlainOrderIntent,
} from '../../client/definition.ts'
import { OutcomeUnknownError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { requireOrderId } from './ids.ts'
import type { OrderMemory } from './memory.ts'
import { askedOrder, readPlacement } from './placement.ts'
import { limitTypeTokens, sideTokens, triggerSourceTokens, triggerTypeTokens } from './tokens.ts'

// Plain and conditional orders go through one door and live in one book. What is sent here besides,
// `processBefore`, is the request's own date and is written by sign.ts.

export function createOrder(
  call: Call,
  intent: PlainOrderIntent,
  memory: OrderMemory,
): Promise<FuturesOrder> {
  return remember(memory, intent, () => call(plainOrder, intent))
}

/** Accepted also when its trigger price is already reached: then it is activated at once. */
export function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
  memory: OrderMemory,
): Promise<FuturesOrder> {
  return remember(memory, intent, () => call(conditionalOrder, intent))
}

/** Throws `ORDER_NOT_FOUND` when the order is not open. */
export async function cancelOrder(call: Call, params: CancelRequest): Promise<void> {
  requireOrderId(params.orderId)
  await call(cancellation, params)
}

/** Plain and conditional. */
export function cancelAllOrders(call: Call, params: { instrument: Instrument }): Promise<void> {
  return call(cancellationOfAll, params)
}

interface CancelRequest {
  instrument: Instrument
  orderId: string
}

/** What is sent is remembered before it leaves: its answer may be lost. */
async function remember(
  memory: OrderMemory,
  intent: PlainOrderIntent | ConditionalOrderIntent,
  send: () => Promise<FuturesOrder>,
): Promise<FuturesOrder> {
  const isFirst = memory.expect(askedOrder(intent))
  try {
    const order = await send()
    memory.learn(order)
    return order
  } catch (error) {
    if (isFirst && !(error instanceof OutcomeUnknownError)) memory.forget(intent.clientOrderId)
    throw error
  }
}

const sendOrder = {
  method: 'POST',
  path: '/derivatives/api/v3/sendorder',
  access: 'trade',
  effect: 'once',
  cost: { derivatives: 10 },
} as const

/** https://docs.kraken.com/api-reference/order-management/send-order */
const plainOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  ...sendOrder,
  encode({ instrument, side, type, quantity, price, timeInForce, reduceOnly, clientOrderId }) {
    const isLimit = type === 'LIMIT'
    return {
      form: {
        orderType: isLimit ? limitTypeTokens[timeInForce ?? 'GTC'] : 'mkt',
        symbol: instrument.nativeSymbol,
        side: sideTokens[side],
        size: quantity,
        limitPrice: isLimit ? price : undefined,
        reduceOnly: reduceOnly ? true : undefined,
        cliOrdId: clientOrderId,
      },
    }
  },
  decode(answer, intent) {
    return readPlacement(answer.at('sendStatus'), askedOrder(intent))
  },
}

/**
 * Without a limit price it becomes a market order when it fires.
 * https://docs.kraken.com/api-reference/order-management/send-order
 */
const conditionalOrder: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  ...sendOrder,
  encode(intent) {
    return {
      form: {
        orderType: triggerTypeTokens[intent.type],
        symbol: intent.instrument.nativeSymbol,
        side: sideTokens[intent.side],
        size: intent.quantity,
        stopPrice: intent.stopPrice,
        triggerSignal: triggerSourceTokens[intent.triggerSource],
        reduceOnly: intent.reduceOnly ? true : undefined,
        cliOrdId: intent.clientOrderId,
      },
    }
  },
  decode(answer, intent) {
    return readPlacement(answer.at('sendStatus'), askedOrder(intent))
  },
}

/** https://docs.kraken.com/api-reference/order-management/cancel-order */
const cancellation: Endpoint<CancelRequest, void> = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelorder',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 10 },
  encode({ orderId }) {
    // Not `orderId`, as everywhere else.
    return { form: { order_id: orderId } }
  },
  decode(answer) {
    answer.at('cancelStatus').at('status').string()
  },
}

/** https://docs.kraken.com/api-reference/order-management/cancel-all-orders */
const cancellationOfAll: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelallorders',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 25 },
  encode({ instrument }) {
    return { form: { symbol: instrument.nativeSymbol } }
  },
  decode(answer) {
    answer.at('cancelStatus').at('status').string()
  },
  unchanged() {},
}
