import type { AmendIntent, Call, Endpoint, Fields } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isTakeProfitLeg, toAlgoId } from './algoRow.ts'
import { onInstrument } from './limits.ts'
import { toContracts } from './symbols.ts'
import { algoDetails, MARKET_PRICE } from './triggers.ts'

/** In place, in either store. What is left out stays; the size is the total with what was filled. */
export async function amendOrder(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  const { order, stopPrice } = intent
  const algoId = toAlgoId(order.orderId)
  if (algoId === undefined) return call(orderAmendment, { intent, ordId: order.orderId })
  if (order.status !== 'PENDING') return amendChild(call, intent, algoId)
  if (order.type === 'TRAILING_STOP_MARKET') {
    throw new RequestError('OKX cannot change a trailing stop: cancel it and place it anew', {
      code: 'UNSUPPORTED',
      exchange: 'OKX',
    })
  }
  if (stopPrice === undefined) return call(algoAmendment, { intent, algoId })
  // A new trigger price goes with the watched price and the price of the leg, which only the order's
  // own record has.
  const trigger = await call(triggerTerms, { algoId })
  return call(algoAmendment, { intent, algoId, trigger })
}

/** Once it has fired, the order it became can be changed in the book alone. */
async function amendChild(call: Call, intent: AmendIntent, algoId: string): Promise<FuturesOrder> {
  const { childId } = await call(algoDetails, { algoId })
  if (childId === undefined) return call(algoAmendment, { intent, algoId })
  return call(orderAmendment, { intent, ordId: childId })
}

interface BookAmendment {
  intent: AmendIntent
  ordId: string
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-amend-order */
const orderAmendment: Endpoint<BookAmendment, FuturesOrder> = {
  method: 'POST',
  path: '/api/v5/trade/amend-order',
  access: 'trade',
  effect: 'idempotent',
  cost: ({ intent: { instrument } }) => ({
    'new orders': 1,
    ...onInstrument('POST trade/amend-order', instrument),
  }),
  encode({ intent: { instrument, quantity, price }, ordId }) {
    return {
      json: {
        instId: instrument.nativeSymbol,
        ordId,
        newSz: quantity && toContracts(quantity, instrument),
        newPx: price,
      },
    }
  },
  decode(answer, { intent }) {
    const receipt = answer.at('data').at(0)
    receipt.at('ordId').id()
    return amended(receipt, intent)
  },
}

interface AlgoAmendment {
  intent: AmendIntent
  algoId: string
  /** Given with a new trigger price. */
  trigger?: TriggerTerms
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-amend-algo-order */
const algoAmendment: Endpoint<AlgoAmendment, FuturesOrder> = {
  method: 'POST',
  path: '/api/v5/trade/amend-algos',
  access: 'trade',
  effect: 'idempotent',
  cost: ({ intent: { instrument } }) => onInstrument('POST trade/amend-algos', instrument),
  encode({ intent, algoId, trigger }) {
    const { instrument, quantity, stopPrice, order } = intent
    return {
      json: {
        instId: instrument.nativeSymbol,
        algoId,
        newSz: quantity && toContracts(quantity, instrument),
        ...(stopPrice !== undefined && trigger && triggerFields(trigger, stopPrice, order)),
      },
    }
  },
  decode(answer, { intent }) {
    const receipt = answer.at('data').at(0)
    receipt.at('algoId').id()
    return amended(receipt, intent)
  },
}

/** Which of an order's legs triggers, what it watches, and the price of its order. */
interface TriggerTerms {
  leg: 'Sl' | 'Tp' | ''
  source: string | undefined
  orderPrice: string
}

function triggerFields(
  { leg, source, orderPrice }: TriggerTerms,
  stopPrice: string,
  { closePosition }: FuturesOrder,
): Fields {
  if (leg === '') {
    return { newTriggerPx: stopPrice, newTriggerPxType: source, newOrdPx: orderPrice }
  }
  return {
    [`new${leg}TriggerPx`]: stopPrice,
    [`new${leg}TriggerPxType`]: source,
    // Of the whole position nothing but trigger prices can be changed (docs/wire/okx.md 4.4).
    ...(!closePosition && { [`new${leg}OrdPx`]: orderPrice }),
  }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-details */
const triggerTerms: Endpoint<{ algoId: string }, TriggerTerms> = {
  method: 'GET',
  path: '/api/v5/trade/order-algo',
  access: 'read',
  effect: 'read',
  cost: { 'GET trade/order-algo': 1 },
  encode({ algoId }) {
    return { query: { algoId } }
  },
  decode(answer) {
    const row = answer.at('data').at(0)
    const kind = row.at('ordType')
    switch (kind.string()) {
      case 'conditional':
      case 'oco':
        return isTakeProfitLeg(row)
          ? termsOf('Tp', row.at('tpTriggerPxType'), row.at('tpOrdPx'))
          : termsOf('Sl', row.at('slTriggerPxType'), row.at('slOrdPx'))
      case 'trigger':
        return termsOf('', row.at('triggerPxType'), row.at('ordPx'))
      default:
        throw new ReadError(kind.path, 'an order with a trigger price', kind.value)
    }
  },
}

function termsOf(leg: TriggerTerms['leg'], source: Reader, orderPrice: Reader): TriggerTerms {
  return {
    leg,
    source: source.optionalString(),
    orderPrice: orderPrice.optionalDecimal() ?? MARKET_PRICE,
  }
}

/** The answer is a receipt. */
function amended(
  receipt: Reader,
  { order, quantity, price, stopPrice }: AmendIntent,
): FuturesOrder {
  return withRaw(
    {
      ...order,
      ...(quantity !== undefined && { quantity }),
      ...(price !== undefined && { price }),
      ...(stopPrice !== undefined && { stopPrice }),
    },
    receipt.value,
  )
}
