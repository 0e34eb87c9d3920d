import type { AmendIntent, Call, Endpoint, JsonValue } from '../../../client/definition.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { requireAmendable, unsupported } from '../amendRules.ts'
import { amended, notFound, toTriggerId } from '../orderRow.ts'
import { productOf } from '../symbols.ts'
import type { StrategyWords } from './strategyRow.ts'
import { openTriggerWords } from './triggers.ts'

/** Both stores keep the id of an order that is changed. */
export async function amendOrder(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  const { order } = intent
  const triggerId = toTriggerId(order.orderId)
  if (triggerId !== undefined) return amendStrategy(call, intent, triggerId)
  if (order.reduceOnly && order.positionSide === undefined) {
    // It would be refused as if it had ended (docs/wire/bitget.md 6.1).
    throw unsupported(
      `a unified account does not change reduce-only orders; cancel ${order.orderId} and place another`,
    )
  }
  return call(change, intent)
}

/** https://www.bitget.com/api-doc/uta/trade/Modify-Order */
const change: Endpoint<AmendIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v3/trade/modify-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/trade/modify-order': 1 },
  encode({ instrument, order, quantity, price }) {
    return {
      json: {
        orderId: order.orderId,
        category: productOf(instrument).name,
        symbol: instrument.nativeSymbol,
        qty: quantity,
        price,
        autoCancel: 'no',
      },
    }
  },
  decode(answer, intent) {
    answer.at('data').at('orderId').id()
    return amended(intent)
  },
  unchanged: ({ order }) => order,
}

async function amendStrategy(
  call: Call,
  intent: AmendIntent,
  triggerId: string,
): Promise<FuturesOrder> {
  requireAmendable(intent)
  const { instrument, order } = intent
  const scope = { product: productOf(instrument), symbol: instrument.nativeSymbol }
  const words = await call(openTriggerWords, { ...scope, key: { orderId: triggerId } })
  if (words?.order.status !== 'PENDING') throw notFound(instrument, order.orderId)
  return call(strategyChange, { intent, words, triggerId })
}

interface StrategyChange {
  intent: AmendIntent
  /** As it was just read: what does not change is said again. */
  words: StrategyWords
  triggerId: string
}

/**
 * The quantity is required, except of what covers the whole position.
 * https://www.bitget.com/api-doc/uta/strategy/Modify-Strategy-Order
 */
const strategyChange: Endpoint<StrategyChange, FuturesOrder> = {
  method: 'POST',
  path: '/api/v3/trade/modify-strategy-order',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/trade/modify-strategy-order': 1 },
  encode: (request) => ({ json: strategyWords(request) }),
  decode: (_answer, { intent, words }) => amended({ ...intent, order: words.order }),
  unchanged: ({ words }) => words.order,
}

function strategyWords({ intent, words, triggerId }: StrategyChange): JsonValue {
  const { order, priceName, leg } = words
  return {
    orderId: triggerId,
    qty: order.closePosition ? undefined : (intent.quantity ?? order.quantity),
    ...(priceName !== undefined && { [priceName]: intent.stopPrice ?? order.stopPrice }),
    ...leg,
  }
}
