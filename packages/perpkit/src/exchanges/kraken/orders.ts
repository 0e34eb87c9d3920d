import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Fields,
  PlainOrderIntent,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import { mul } from '../../core/decimal.ts'
import { OutcomeUnknownError, RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { OrderMemory } from './memory.ts'
import { askedOrder, type NewOrderIntent, readPlacement } from './placement.ts'
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

/** Works from the moment it is placed: there is no activation price. */
export async function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
  memory: OrderMemory,
): Promise<FuturesOrder> {
  if (intent.activationPrice !== undefined) {
    throw new RequestError(
      'KRAKEN has no activation price: its trailing stops work from the moment they are placed',
      { code: 'UNSUPPORTED', exchange: 'KRAKEN' },
    )
  }
  return remember(memory, intent, () => call(trailingOrder, intent))
}

/** A plain order in the words of a single order and of one in a batch. */
export function wordsOf(intent: PlainOrderIntent): Fields {
  const { instrument, side, type, quantity, price, timeInForce, reduceOnly, clientOrderId } = intent
  const isLimit = type === 'LIMIT'
  return {
    orderType: isLimit ? limitTypeTokens[timeInForce ?? 'GTC'] : 'mkt',
    symbol: instrument.nativeSymbol,
    side: sideTokens[side],
    size: quantity,
    limitPrice: isLimit ? price : undefined,
    reduceOnly: reduceOnly ? true : undefined,
    cliOrdId: clientOrderId,
  }
}

/** What is sent is remembered before it leaves: its answer may be lost. */
async function remember(
  memory: OrderMemory,
  intent: NewOrderIntent,
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
  encode: (intent) => ({ form: wordsOf(intent) }),
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

/**
 * The distance is a percentage, and no price goes with it.
 * https://docs.kraken.com/api-reference/order-management/send-order
 */
const trailingOrder: Endpoint<TrailingOrderIntent, FuturesOrder> = {
  ...sendOrder,
  encode(intent) {
    return {
      form: {
        orderType: 'trailing_stop',
        symbol: intent.instrument.nativeSymbol,
        side: sideTokens[intent.side],
        size: intent.quantity,
        trailingStopMaxDeviation: mul(intent.callbackRate, '100'),
        trailingStopDeviationUnit: 'PERCENT',
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
