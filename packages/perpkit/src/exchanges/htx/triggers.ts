import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Fields,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import { RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { ofAlgoId } from './algoRow.ts'
import { toContracts } from './contracts.ts'
import { positionSideToken } from './positionSide.ts'
import { marginModeToken, sideTokens, triggerPriceTypeOf } from './tokens.ts'

// Placing orders in the store of conditional ones (docs/wire/htx.md 4.10).

/** Throws `RequestError` for an order that may open: stops and take-profits here only close. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  const { type, stopPrice, reduceOnly } = intent
  if (reduceOnly) {
    const told = { type, stopPrice, timeInForce: 'IOC' } as const
    return call(newAlgoOrder, { intent, kind: legOf(intent), told })
  }
  throw new RequestError(
    `HTX: a ${type} only closes there; one that may open (reduceOnly: false) is not possible`,
    { code: 'UNSUPPORTED', exchange: 'HTX' },
  )
}

/** It follows the last price. */
export function createTrailingOrder(
  call: Call,
  intent: TrailingOrderIntent,
): Promise<FuturesOrder> {
  const { callbackRate, activationPrice, reduceOnly, positionSide } = intent
  const kind = {
    type: 'trailing_stop',
    callback_rate: callbackRate,
    active_price: activationPrice,
    // There is no market order. The other choice, a limit at the price the market has just come
    // through, stays in the book when the market goes on.
    order_price_type: 'optimal_20',
    // One-way mode only, where it may open when nothing is said.
    reduce_only: positionSide === undefined ? reduceOnly : undefined,
  }
  const told = { type: 'TRAILING_STOP_MARKET', timeInForce: 'GTC', callbackRate } as const
  const activation = activationPrice === undefined ? {} : { activationPrice }
  return call(newAlgoOrder, { intent, kind, told: { ...told, ...activation } })
}

/** A stop that sells or buys at market; the default price source is not ours, so it is said. */
export function stopFields({
  stopPrice,
  triggerSource,
}: Pick<ConditionalOrderIntent, 'stopPrice' | 'triggerSource'>): Record<string, string> {
  return {
    sl_trigger_price: stopPrice,
    sl_type: 'market',
    sl_trigger_price_type: triggerPriceTypeOf(triggerSource),
  }
}

interface NewAlgoOrder {
  intent: ConditionalOrderIntent | TrailingOrderIntent
  /** The kind of the order, and its figures in the words of that kind. */
  kind: Fields
  /** The same in ours. */
  told: Pick<
    FuturesOrder,
    'type' | 'timeInForce' | 'stopPrice' | 'callbackRate' | 'activationPrice'
  >
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b72756dd7
const newAlgoOrder: Endpoint<NewAlgoOrder, FuturesOrder> = {
  method: 'POST',
  path: '/v5/algo/order',
  access: 'trade',
  effect: 'once',
  cost: { trade: 1 },
  encode({ intent, kind }) {
    const { instrument, side, quantity, positionSide, marginMode, clientOrderId } = intent
    return {
      json: {
        contract_code: instrument.nativeSymbol,
        margin_mode: marginModeToken(marginMode),
        // Required here, in one-way mode too.
        position_side: positionSideToken(positionSide),
        side: sideTokens[side],
        volume: toContracts(quantity, instrument),
        ...kind,
        algo_client_order_id: clientOrderId,
      },
    }
  },
  decode(answer, { intent, told }) {
    const { instrument, side, quantity, reduceOnly, positionSide, clientOrderId } = intent
    const receipt = answer.at('data').at(0)
    const order: FuturesOrder = {
      orderId: ofAlgoId(receipt.at('algo_id').id()),
      clientOrderId: receipt.at('algo_client_order_id').optionalId() ?? clientOrderId,
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      side,
      quantity,
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      reduceOnly,
      ...told,
    }
    if (positionSide !== undefined) order.positionSide = positionSide
    return withRaw(order, receipt.value)
  },
}

/** The kind of the order, and its trigger in the words of that kind. */
function legOf(intent: ConditionalOrderIntent): Record<string, string> {
  if (intent.type === 'STOP_MARKET') return { type: 'sl', ...stopFields(intent) }
  return {
    type: 'tp',
    tp_trigger_price: intent.stopPrice,
    tp_type: 'market',
    tp_trigger_price_type: triggerPriceTypeOf(intent.triggerSource),
  }
}
