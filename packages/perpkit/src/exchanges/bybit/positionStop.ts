import type { Call, Endpoint, PositionStopIntent } from '../../client/definition.ts'
import { positionIndex, triggerSourceTokens } from './tokens.ts'

/**
 * The stop of the position, in the place of the one it has: the exchange keeps its size true to the
 * position and removes it with the position. It is an order of its own, under an id that the answer
 * does not tell. `side` is not sent: the exchange knows it, and refuses a price on the wrong side.
 */
export function setPositionStop(call: Call, intent: PositionStopIntent): Promise<void> {
  return call(stopSetting, intent)
}

/**
 * What is not named stays as it is: nothing is said of take-profits and trailing stops
 * (docs/wire/bybit.md 4.5).
 * https://bybit-exchange.github.io/docs/v5/position/trading-stop
 */
const stopSetting: Endpoint<PositionStopIntent, void> = {
  method: 'POST',
  path: '/v5/position/trading-stop',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'position/trading-stop': 1 },
  encode({ instrument, positionSide, stopPrice, triggerSource }) {
    return {
      json: {
        category: 'linear',
        symbol: instrument.nativeSymbol,
        tpslMode: 'Full',
        positionIdx: positionIndex(positionSide),
        stopLoss: stopPrice,
        slTriggerBy: triggerSourceTokens[triggerSource],
      },
    }
  },
  decode() {},
  unchanged() {},
}
