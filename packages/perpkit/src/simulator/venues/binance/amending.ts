import { type Decimal, equals } from '../../../core/decimal.ts'
import type { EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { amendmentsOf, withAmendment } from './amendments.ts'
import { Refused } from './errors.ts'
import { checkBand, checkNotional, checkPrice, checkQuantity } from './filters.ts'
import { findOrder, isOpen, readOrderName } from './orderLookup.ts'
import { placedShape } from './orderShapes.ts'
import { matchedPrice } from './priceMatch.ts'
import { accepted } from './refusals.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'
import { priceMatches, sides } from './tokens.ts'

// Amending a plain order: docs/wire/binance.md 4.5 (amend details) and 4.7 (amend).
// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Modify-Order

/** Names without which no amendment is read at all. */
export const amendMandatory = ['symbol', 'side', 'quantity'] as const

/**
 * Amends one order, of a request or of an element of a batch, and shows it. A quantity that is filled
 * already, or a post-only price that would trade, cancels the order, and that is no refusal.
 */
export function amend(handling: Handling): Record<string, unknown> {
  const { engine, accountId } = handling
  const { order, quantity, price, priceMatch, modifyId } = readAmendment(handling)
  const outcome = engine.amendOrder(accountId, order.orderId, {
    quantity,
    price,
    venueData: {
      ...order.venueData,
      priceMatch,
      selfTradePreventionMode: 'NONE',
      amendments: withAmendment(
        order,
        { price, quantity },
        { time: engine.now(), priceMatch, modifyId },
      ),
    },
  })
  const amended = accepted(outcome, { orderNotFound: '-2013', marketClosed: '-5024' })
  return {
    ...placedShape(engine, amended),
    pair: order.symbol,
    ...(modifyId !== undefined && { modifyId }),
  }
}

interface Amendment {
  order: EngineOrder
  quantity: Decimal
  price: Decimal
  priceMatch: string
  modifyId: number | undefined
}

const amendNames = [
  ...amendMandatory,
  'orderId',
  'origClientOrderId',
  'price',
  'priceMatch',
  'modifyId',
  'reduceOnly',
] as const

function readAmendment(handling: Handling): Amendment {
  const { engine } = handling
  const sent = new Sent(handling, amendNames)
  for (const name of amendMandatory) sent.required(name)
  const contract = readContract(sent)
  const { symbol } = contract
  const side = sent.requiredWord('side', sides, '-1117')
  const priceMatch = sent.word('priceMatch', priceMatches, '-5037') ?? 'NONE'
  const assertsReduceOnly = sent.flag('reduceOnly')
  const name = readOrderName(sent)
  const modifyId = sent.whole('modifyId')
  if (priceMatch === 'NONE') sent.required('price')
  else if (sent.has('price')) throw new Refused('-1106', 'price')
  const quantity = sent.decimal('quantity') ?? '0'
  checkQuantity(contract, quantity, false)
  const price = sent.decimal('price') ?? matchedPrice(engine, contract, side, priceMatch)
  checkPrice(contract, price)

  const order = findOrder(handling, symbol, name)
  if (!order || !isOpen(order)) throw new Refused('-2013')
  if (order.type !== 'LIMIT') throw new Refused('-5025')
  if (order.side !== side) throw new Refused('-1130', 'side')
  if (assertsReduceOnly !== undefined && assertsReduceOnly !== order.reduceOnly) {
    throw new Refused('-5047')
  }
  checkBand(contract, side, price, engine.prices(symbol).mark)
  if (!assertsReduceOnly) checkNotional(contract, price, quantity, '-5029')
  if (equals(quantity, order.quantity) && equals(price, order.price ?? '0')) {
    throw new Refused('-5027')
  }
  if (amendmentsOf(order).length >= MOST_AMENDMENTS) throw new Refused('-5026')
  return { order, quantity, price, priceMatch, modifyId }
}

// `maxMoveOrderLimit` of exchangeInfo.
const MOST_AMENDMENTS = 10_000
