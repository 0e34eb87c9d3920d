import type { Call, Endpoint, TrailingOrderIntent } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { reduceOnlyOf, toPercent } from './orderWords.ts'
import { workingTypeOf } from './tokens.ts'
import { decodeConditional } from './triggers.ts'

/** A conditional order like others: in the algo service, without margin until it triggers. */
export function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
): Promise<FuturesOrder> {
  return call(newTrailingOrder, intent)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Algo-Order
const newTrailingOrder: Endpoint<TrailingOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/fapi/v1/algoOrder',
  access: 'trade',
  effect: 'once',
  cost: { orders10s: 1, orders1m: 1 },
  // No triggerPrice, with which it would be refused (docs/wire/binance.md 9, row 12).
  encode: (intent) => ({
    form: {
      algoType: 'CONDITIONAL',
      symbol: intent.instrument.nativeSymbol,
      side: intent.side,
      positionSide: intent.positionSide,
      type: 'TRAILING_STOP_MARKET',
      quantity: intent.quantity,
      callbackRate: toPercent(intent.callbackRate),
      // Not activationPrice: the old name is ignored, and the order would trail at once.
      activatePrice: intent.activationPrice,
      reduceOnly: reduceOnlyOf(intent),
      workingType: workingTypeOf(intent.triggerSource),
      clientAlgoId: intent.clientOrderId,
    },
  }),
  decode(answer, intent, context) {
    const { order } = decodeConditional(answer, intent, context)
    // The figures come back empty at times, and the activation price as the present price where
    // none was asked for: what was accepted is what was asked.
    order.callbackRate = intent.callbackRate
    if (intent.activationPrice === undefined) delete order.activationPrice
    else order.activationPrice = intent.activationPrice
    return order
  },
}
