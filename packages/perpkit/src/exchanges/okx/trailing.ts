import type { Call, Endpoint, TrailingOrderIntent } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { reduceOnlyFlag, targetSide, tradeMode } from './direction.ts'
import { onInstrument } from './limits.ts'
import { toContracts } from './symbols.ts'
import { sideTokens } from './tokens.ts'
import { readAlgoReceipt } from './triggers.ts'

/** It follows the last price, whatever other conditional orders watch. */
export function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
): Promise<FuturesOrder> {
  return call(trailingPlacement, intent)
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-place-algo-order */
const trailingPlacement: Endpoint<TrailingOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/api/v5/trade/order-algo',
  access: 'trade',
  effect: 'once',
  cost: ({ instrument }) => onInstrument('POST trade/order-algo', instrument),
  encode(intent) {
    return {
      json: {
        instId: intent.instrument.nativeSymbol,
        tdMode: tradeMode(intent),
        side: sideTokens[intent.side],
        posSide: targetSide(intent),
        ordType: 'move_order_stop',
        sz: toContracts(intent.quantity, intent.instrument),
        // A fraction, as ours.
        callbackRatio: intent.callbackRate,
        activePx: intent.activationPrice,
        reduceOnly: reduceOnlyFlag(intent),
        algoClOrdId: intent.clientOrderId,
      },
    }
  },
  decode(answer, intent) {
    const { callbackRate, activationPrice } = intent
    return readAlgoReceipt(answer.at('data').at(0), intent, {
      type: 'TRAILING_STOP_MARKET',
      callbackRate,
      ...(activationPrice !== undefined && { activationPrice }),
    })
  },
}
